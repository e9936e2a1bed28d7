/* test_code.c - codes put together from country and sectors. */
#include "actor/code.h"
#include "unit.h"
#include <stdlib.h>

static struct symtab words;
static struct actor_kb kb;

static int open_kb(void **state) {
  (void)state;
  char folder[4096];
  struct err e = {0};
  path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge");
  assert_true(symtab_init(&words));
  assert_true(actor_kb_open(&kb, folder, &words, NULL, &e));
  return 0;
}

static int close_kb(void **state) {
  (void)state;
  actor_kb_release(&kb);
  symtab_release(&words);
  return 0;
}

static void composes(const char *country, const char *sector, const char *cameo) {
  struct actor_code c = {0};
  memcpy(c.country, country, strlen(country));
  code_add(&c, sector);
  code_compose(&kb, &c);
  assert_string_equal(c.cameo, cameo);
}

static void cameo_follows_country_and_first_sector(void **state) {
  (void)state;
  composes("IRQ", "GOV", "IRQGOV");
  composes("ROU", "MIL", "ROMMIL"); /* CAMEO writes Romania otherwise than ISO */
  composes("XKX", "", "KOS");
  composes("KEN", "MED", "KENHLH"); /* MED is health in PLOVER, media in CAMEO */
  composes("KEN", "JRN", "KENMED");
  composes("COL", "PRM", "COLREB");
  composes("", "COP", "---COP");
  composes("", "", "");
  composes("UNO", "", "IGOUNO");
}

static void sectors_stand_once_and_end(void **state) {
  (void)state;
  struct actor_code c = {0};
  static const char *const all[] = {"GOV", "MIL", "GOV", "", "JUD", "LEG", "PTY"};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) code_add(&c, all[i]);
  assert_string_equal(c.sector[0], "GOV");
  assert_string_equal(c.sector[1], "MIL");
  assert_string_equal(c.sector[3], "LEG");
  assert_false(code_has(&c, "PTY"));
  code_add_first(&c, "ELI");
  assert_string_equal(c.sector[0], "ELI");
  assert_string_equal(c.sector[1], "GOV");
  assert_false(code_has(&c, "LEG"));
}

static void states_are_told_from_bodies(void **state) {
  (void)state;
  assert_true(code_is_state("IRQ"));
  assert_false(code_is_state("UNO"));
  assert_false(code_is_state(""));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cameo_follows_country_and_first_sector),
      cmocka_unit_test(sectors_stand_once_and_end),
      cmocka_unit_test(states_are_told_from_bodies),
  };
  return cmocka_run_group_tests(tests, open_kb, close_kb);
}
