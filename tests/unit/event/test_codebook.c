/* Codes of another codebook: the first line that holds, and errors with their line. */
#include "../unit.h"
#include "doc/codebook.h"
#include "doc/labels.h"
#include <stdio.h>
#include <stdlib.h>

static char knowledge[4096];
static struct ontology *ontology;

static int open_ontology(void **state) {
  (void)state;
  struct err e = {0};
  const char *root = getenv("TIGHTROPE_SOURCE");
  assert_non_null(root);
  snprintf(knowledge, sizeof knowledge, "%s/knowledge", root);
  ontology = ontology_open(knowledge, NULL, &e);
  return ontology ? 0 : -1;
}
static int close_ontology(void **state) {
  (void)state;
  ontology_close(ontology);
  return 0;
}

static struct event event_of(const char *type, const char *mode, uint8_t status) {
  struct event e = {.type = ontology_type(ontology, str_of(type)), .status = status};
  e.mode = ontology_mode(ontology, e.type, str_of(mode));
  return e;
}

static void test_acled(void **state) {
  (void)state;
  struct err e = {0};
  struct codebook *c = codebook_open(knowledge, "acled", ontology, &e);
  if (!c) fail_msg("%s:%d: %s", e.file, (int)e.line, e.message);
  struct doc d;
  doc_init(&d);
  struct codebook_code k;
  struct event drone = event_of("ASSAULT", "drone", STATUS_ACTUAL), plan = event_of("ASSAULT", "drone", STATUS_PLANNED),
               march = event_of("PROTEST", "demo", STATUS_ACTUAL), clash = event_of("ASSAULT", "", STATUS_ACTUAL),
               visit = event_of("CONSULT", "visit", STATUS_ACTUAL);
  clash.reciprocal = true;
  assert_true(codebook_code(c, &d, &drone, &k));
  assert_true(str_is(k.code, "Air/drone strike") && str_is(k.parent, "Explosions/Remote violence"));
  assert_false(codebook_code(c, &d, &plan, &k));
  assert_true(codebook_code(c, &d, &march, &k) && str_is(k.code, "Peaceful protest"));
  assert_true(codebook_code(c, &d, &clash, &k) && str_is(k.code, "Armed clash"));
  assert_false(codebook_code(c, &d, &visit, &k));
  assert_string_equal(codebook_name(c), "acled-2023");
  doc_release(&d);
  codebook_close(c);
}

static void refused(const char *text, unsigned line) {
  char path[] = "/tmp/codebook-XXXXXX";
  struct err e = {0};
  int f = mkstemp(path);
  assert_true(f >= 0);
  FILE *out = fdopen(f, "w");
  assert_non_null(out);
  fputs(text, out);
  fclose(out);
  char named[64];
  snprintf(named, sizeof named, "%s", path); /* holds a '/': a file */
  assert_null(codebook_open(knowledge, named, ontology, &e));
  assert_int_equal(e.line, line);
  remove(path);
}

static void test_errors(void **state) {
  (void)state;
  refused("Attack\t-\ttype=ASSAULT\n", 1);                         /* no name */
  refused("codebook\tmine\nAttack\t-\ttype=WAR\n", 2);             /* no such type */
  refused("codebook\tmine\n\n# note\nAttack\t-\tcolour=red\n", 4); /* no such condition */
  refused("codebook\tmine\nAttack\ttype=ASSAULT\n", 2);            /* a field is missing */
  refused("codebook\tmine\nAttack\t-\tlethal=yes\n", 2);           /* a flag with a value */
  refused("codebook\tmine\n", 0);                                  /* no codes */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_acled), cmocka_unit_test(test_errors)};
  return cmocka_run_group_tests_name("codebook", tests, open_ontology, close_ontology);
}
