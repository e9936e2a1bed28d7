/* test_actor_stage.c - runs tests/cases/actor/: whole texts through the pipeline, and what must hold of their actors. */
#include "base/file.h"
#include "pipeline/engine.h"
#include "unit.h"
#include <dirent.h>
#include <stdlib.h>

static struct engine *engine;
static struct worker *worker;
static struct doc doc;

static int setup(void **state) {
  (void)state;
  struct err e = {0};
  const struct engine_options options = {.data = getenv("TIGHTROPE_SOURCE"), .depth = DEPTH_EVENTS};
  doc_init(&doc);
  engine = engine_open(&options, &e);
  if (!engine || !(worker = worker_open(engine, &e))) fail_msg("%s: %s", e.file, e.message);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  worker_close(worker);
  engine_close(engine);
  doc_release(&doc);
  return 0;
}

static str bare(str s) {
  static const char *const articles[] = {"the ", "The ", "a ", "A ", "an ", "An "};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
    if (str_starts(s, str_of(articles[i]))) return str_from(s, strlen(articles[i]));
  return s;
}

/* Actor of the n-th mention with these words, NONE if there is none. */
static uint32_t actor_of(str words) {
  int64_t nth = 1;
  size_t slash = str_find(words, '/');
  if (slash < words.n && str_to_int(str_from(words, slash + 1), &nth)) words = str_sub(words, 0, slash);
  for (uint32_t i = 0; i < doc.mentions.n; i++)
    if (str_eq(bare(doc_span(&doc, doc.mentions.at[i].span)), bare(words)) && --nth == 0)
      return doc.mentions.at[i].actor;
  return NONE;
}

static bool slots_ok(const struct actor_code *c, str want) {
  str country = str_cut(&want, '/');
  if (!str_is(country, "*") && !(str_is(country, "-") ? !c->country[0] : str_is(country, c->country))) return false;
  for (uint32_t i = 0; i < CODE_SECTORS; i++) {
    str sector = str_trim(str_cut(&want, ','));
    if (!str_is(sector, c->sector[i])) return false;
    if (!sector.n) break;
  }
  return true;
}

static bool check(str c) {
  static const char marks[] = "=#?:";
  for (size_t i = 0; marks[i]; i++) {
    char mark[4] = {' ', marks[i], ' ', 0};
    size_t at = str_find_str(c, str_of(mark));
    if (at == c.n) continue;
    str right = str_trim(str_from(c, at + 3));
    uint32_t a = actor_of(str_trim(str_sub(c, 0, at))), b = marks[i] == '=' || marks[i] == '#' ? actor_of(right) : NONE;
    if (a == NONE) return false;
    const struct actor *x = &doc.actors.at[a];
    if (marks[i] == '=') return a == b;
    if (marks[i] == '#') return b != NONE && a != b;
    if (marks[i] == '?') return str_is(right, actor_kind_name(x->kind));
    return str_find(right, '/') < right.n ? slots_ok(&x->code, right) : str_is(right, x->code.cameo);
  }
  if (str_ends(c, STR(" -"))) return actor_of(str_trim(str_sub(c, 0, c.n - 2))) == NONE;
  bool private = str_ends(c, STR(" private"));
  uint32_t a = actor_of(str_sub(c, 0, c.n - (private ? 8 : 7)));
  return a != NONE && doc.actors.at[a].is_private == private;
}

static void report(const char *file, uint64_t number, str c) {
  print_error("%s:%d: %.*s\n", file, (int)number, STR_FMT(c));
  for (uint32_t i = 0; i < doc.mentions.n; i++) {
    const struct mention *m = &doc.mentions.at[i];
    const struct actor *a = &doc.actors.at[m->actor];
    str text = doc_span(&doc, m->span);
    print_error("    %.*s = %.*s (%s, %s %s)\n", STR_FMT(text), STR_FMT(a->name), actor_kind_name(a->kind),
                a->code.cameo, a->is_private ? "private" : "");
  }
}

static int run_line(const char *file, uint64_t number, str line) {
  struct input in = {.id = STR("case")};
  str date = str_trim(str_cut(&line, '|'));
  in.text = str_trim(str_cut(&line, '|'));
  in.date_text = date;
  int failed = 0;
  assert_true(day_parse_iso(date, &in.day));
  worker_code(worker, &in, &doc);
  assert_int_equal(doc.error.code, ERR_OK);
  for (str rest = line; rest.n;) {
    str c = str_trim(str_cut(&rest, ';'));
    if (c.n && !check(c)) failed++, report(file, number, c);
  }
  return failed;
}

static void cases_hold(void **state) {
  (void)state;
  char folder[4096], path[4096];
  assert_true(path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "tests/cases/actor"));
  DIR *d = opendir(folder);
  assert_non_null(d);
  int lines = 0, failed = 0;
  for (struct dirent *f; (f = readdir(d));) {
    struct buf b;
    struct line_reader r;
    if (f->d_name[0] == '.' || !strcmp(f->d_name, "roles.txt") ||
        !strcmp(f->d_name, "members.txt") || /* test_roles.c */
        !strcmp(f->d_name, "pairs.txt") ||   /* ledger/test_identity.c */
        !path_join(path, sizeof path, folder, f->d_name))
      continue;
    buf_init(&b, 1 << 22);
    assert_true(file_read(&b, path, NULL));
    line_reader_init(&r, buf_str(&b), f->d_name);
    for (; line_next(&r); lines++) failed += run_line(f->d_name, r.number, r.line);
    buf_release(&b);
  }
  closedir(d);
  print_message("# %d cases, %d checks failed\n", lines, failed);
  assert_true(lines > 20);
  assert_int_equal(failed, 0);
}

/* Every row that a mention points to exists, and heads lead back to their mention. */
static void whatever_comes_rows_hold_together(void **state) {
  (void)state;
  static const char *const texts[] = {
      "The the The - - - al - al of of of the of",
      "Prime Minister Prime Minister Prime Minister President",
      "He his him she her they their them it its himself",
      "A of B of C of D of E of F of G of H's I's J's K's",
      "US US US U.S. U.N. N.A.T.O. WHO IS IT",
      "Mr. Mrs. Dr. Gen. Lt. Col. former acting elect",
      "''' -- '' \xE2\x80\x99\xE2\x80\x99s 's's",
      "Former former former president president of of Iraq Iraq Iraq's Iraq's army's army's army"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct input in = {
        .id = STR("case"), .text = str_of(texts[i]), .title = str_of(texts[i]), .day = 18000, .lang = STR("en")};
    worker_code(worker, &in, &doc);
    for (uint32_t m = 0; m < doc.mentions.n; m++) {
      assert_in_range(doc.mentions.at[m].actor, 0, doc.actors.n - 1);
      assert_in_range(doc.mentions.at[m].head, 0, doc.tokens.n - 1);
    }
    for (uint32_t t = 0; t < doc.tokens.n; t++)
      if (doc.tokens.mention[t] != NONE) assert_in_range(doc.tokens.mention[t], 0, doc.mentions.n - 1);
    for (uint32_t a = 0; a < doc.actors.n; a++)
      if (doc.actors.at[a].part_of != NONE) assert_in_range(doc.actors.at[a].part_of, 0, doc.actors.n - 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(cases_hold), cmocka_unit_test(whatever_comes_rows_hold_together)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
