/* The ledger: the same input changes nothing, a new text is a new version, private names stay inside, foreign files are refused. */
#include "ledger/query.h"
#include "unit.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];
static struct symtab words;
static const struct ledger_coder coder = {"1", "m", "k", "o"}, newer_coder = {"2", "m", "k", "o"};

static int setup(void **state) {
  (void)state;
  snprintf(path, sizeof path, "/tmp/tightrope-test-%ld.db", (long)getpid());
  return symtab_init(&words) ? 0 : -1;
}

static int remove_files(void **state) {
  (void)state;
  char beside[80];
  unlink(path);
  snprintf(beside, sizeof beside, "%s-wal", path);
  unlink(beside);
  snprintf(beside, sizeof beside, "%s-shm", path);
  unlink(beside);
  return 0;
}

static int teardown(void **state) {
  symtab_release(&words);
  return remove_files(state);
}

#define TEXT "Police arrested Ana Ruiz in Dalen."
static const char page_of[] =
    "{\"doc\":{\"id\":\"%s\",\"sha256\":\"00\",\"sentences\":1,\"tokens\":7,\"lang\":\"en\",\"warnings\":[]},\"actors\":["
    "{\"id\":\"a1\",\"name\":\"police\",\"kind\":\"group\",\"private\":false,\"code\":{\"country\":\"XXX\",\"sectors\":[\"COP\"],\"cameo\":\"XXXCOP\"},"
    "\"aliases\":[],\"mentions\":[{\"start\":0,\"end\":6,\"sentence\":1,\"text\":\"Police\",\"type\":\"nominal\"}]},"
    "{\"id\":\"a2\",\"name\":\"Ana Ruiz\",\"kind\":\"person\",\"private\":true,\"role_word\":\"teacher\",\"code\":{},\"aliases\":[],"
    "\"mentions\":[{\"start\":16,\"end\":24,\"sentence\":1,\"text\":\"Ana Ruiz\",\"type\":\"name\"}]}],"
    "\"events\":[{\"id\":\"e%s\",\"type\":\"COERCE\",\"mode\":\"arrest\",\"contexts\":[],\"quad\":4,\"scale\":{\"plover\":-7},"
    "\"actor\":[\"a1\"],\"recipient\":[\"a2\"],\"date\":{\"earliest\":\"2020-05-01\",\"latest\":\"2020-05-01\"},\"status\":\"actual\","
    "\"evidence\":{\"sentence\":1,\"start\":0,\"end\":34,\"trigger\":{\"start\":7,\"end\":15}}}],"
    "\"demands\":[],\"ties\":[],\"quotes\":[],\"dates\":[],\"places\":[]}";

static void put(struct ledger *g, const char *id, const char *text) {
  struct err e = {0};
  struct doc d;
  char page[4096];
  doc_init(&d);
  assert_true(doc_reset(&d, &words, str_of(text), STR(""), &e));
  d.id = str_of(id);
  d.date = 18383;
  snprintf(page, sizeof page, page_of, id, id);
  assert_true(ledger_put_page(g, &d, str_of(page), &e));
  doc_release(&d);
}

static struct ledger *begin(const struct ledger_coder *c) {
  struct err e = {0};
  struct ledger *g = ledger_open(path, LEDGER_WRITE, &e);
  assert_non_null(g);
  assert_true(ledger_run_begin(g, c, "test", &e));
  return g;
}

static struct ledger_counts end(struct ledger *g) {
  struct err e = {0};
  assert_true(ledger_run_end(g, "done", &e));
  struct ledger_counts c = ledger_counts(g);
  ledger_close(g);
  return c;
}

static void test_versions(void **state) {
  (void)state;
  struct ledger *g = begin(&coder);
  put(g, "x", TEXT);
  put(g, "y", TEXT);
  struct ledger_counts c = end(g);
  assert_int_equal(c.added, 2);
  assert_int_equal(c.events, 2);
  g = begin(&coder);
  put(g, "x", TEXT);
  put(g, "y", TEXT " Again.");
  c = end(g);
  assert_int_equal(c.unchanged, 1);
  assert_int_equal(c.updated, 1);
  g = begin(&newer_coder);
  put(g, "x", TEXT);
  c = end(g);
  assert_int_equal(c.recoded, 1);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_restraint(void **state) {
  (void)state;
  struct err e = {0};
  struct ledger *g = begin(&coder);
  put(g, "x", TEXT);
  end(g);
  g = ledger_open(path, LEDGER_READ, &e);
  assert_non_null(g);
  struct ledger_query *q = ledger_query_open(g, LIST_EVENTS, &(struct ledger_filter){0}, &e);
  assert_non_null(q);
  assert_int_equal(ledger_query_next(q, &e), 1);
  bool shown = false;
  for (int i = 0; i < ledger_query_columns(q); i++) {
    str s = ledger_query_text(q, i);
    assert_int_equal(str_find_str(s, STR("Ruiz")), s.n);
    if (str_is(str_of(ledger_query_name(q, i)), "recipient")) shown = str_is(s, "teacher");
  }
  assert_true(shown);
  assert_int_equal(ledger_query_next(q, &e), 0);
  ledger_query_close(q);
  q = ledger_query_open(g, LIST_EVENTS, &(struct ledger_filter){.actor = "ruiz"}, &e);
  assert_int_equal(ledger_query_next(q, &e), 0);
  ledger_query_close(q);
  ledger_close(g);
}

static void test_find(void **state) {
  (void)state;
  struct err e = {0};
  struct ledger *g = begin(&coder);
  put(g, "x1", TEXT);
  put(g, "x2", TEXT);
  end(g);
  struct ledger_text t;
  char full[24];
  g = ledger_open(path, LEDGER_READ, &e);
  assert_true(ledger_find(g, STR("ex1"), full, &t, &e));
  assert_string_equal(full, "ex1");
  assert_true(str_is(t.text, TEXT));
  assert_true(str_starts(t.page, STR("{\"doc\"")));
  ledger_text_release(&t);
  assert_false(ledger_find(g, STR("ex"), full, &t, &e));
  assert_false(ledger_find(g, STR("nothing"), full, &t, &e));
  ledger_close(g);
}

static void refuse(const char *what) {
  struct err e = {0};
  assert_null(ledger_open(path, LEDGER_WRITE, &e));
  assert_int_equal(e.code, ERR_DB);
  assert_non_null(strstr(e.message, what));
  assert_string_equal(e.file, path);
}

static void test_foreign(void **state) {
  (void)state;
  FILE *f = fopen(path, "w");
  fputs(
      "this is no database, but long enough to be taken for one by its size; this is no database at all, really none, nothing of the kind",
      f);
  fclose(f);
  refuse("not a ledger");
  unlink(path);
  sqlite3 *db;
  sqlite3_open(path, &db);
  sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL);
  sqlite3_close(db);
  refuse("not a tightrope ledger");
}

static void test_newer(void **state) {
  (void)state;
  end(begin(&coder));
  sqlite3 *db;
  sqlite3_open(path, &db);
  sqlite3_exec(db, "PRAGMA user_version=99", NULL, NULL, NULL);
  sqlite3_close(db);
  refuse("newer");
}

static void test_locked(void **state) {
  (void)state;
  end(begin(&coder));
  struct err e = {0};
  sqlite3 *db;
  sqlite3_open(path, &db);
  assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  struct ledger *g = ledger_open(path, LEDGER_WRITE, &e);
  assert_non_null(g);
  ledger_set_wait(g, 10);
  assert_false(ledger_run_begin(g, &coder, "test", &e));
  assert_non_null(strstr(e.message, "another program"));
  ledger_close(g);
  sqlite3_close(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(test_versions, remove_files),
                                     cmocka_unit_test_teardown(test_restraint, remove_files),
                                     cmocka_unit_test_teardown(test_find, remove_files),
                                     cmocka_unit_test_teardown(test_foreign, remove_files),
                                     cmocka_unit_test_teardown(test_newer, remove_files),
                                     cmocka_unit_test_teardown(test_locked, remove_files)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
