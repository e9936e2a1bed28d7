/* test_actor_kb.c - the knowledge of actors loads whole, and says what somebody was on a day. */
#include "actor/actor_kb.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct symtab words;
static struct actor_kb kb;

static int open_kb(void **state) {
  (void)state;
  char folder[4096];
  struct err e = {0};
  path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge");
  assert_true(symtab_init(&words));
  if (!actor_kb_open(&kb, folder, &words, &e)) fail_msg("%s:%lu: %s", e.file, (unsigned long)e.line, e.message);
  return 0;
}

static int close_kb(void **state) {
  (void)state;
  actor_kb_release(&kb);
  symtab_release(&words);
  return 0;
}

static uint32_t lookup(const char *name, uint32_t kinds, uint32_t *value) {
  sym key[PHRASE_MAX];
  return kb_longest(&kb, key, kb_pieces(&words, str_of(name), key, PHRASE_MAX), kinds, value);
}

static void states_go_by_all_their_names(void **state) {
  (void)state;
  uint32_t value;
  assert_int_equal(lookup("Iraq", 1u << NAME_STATE, &value), 1);
  assert_string_equal(kb.states.at[name_row(value)].iso3, "IRQ");
  assert_int_equal(lookup("Sri Lankan trawler", 1u << NAME_ADJECTIVE, &value), 2);
  assert_string_equal(kb.states.at[name_row(value)].iso3, "LKA");
  assert_int_equal(lookup("Kremlin", 1u << NAME_METONYM, &value), 1);
  assert_string_equal(kb.states.at[name_row(value)].iso3, "RUS");
  assert_int_equal(lookup("US", 1u << NAME_STATE, &value), 1);
  assert_true(value & NAME_BIT);
  assert_int_equal(lookup("Romania", 1u << NAME_STATE, &value), 1);
  assert_string_equal(kb.states.at[name_row(value)].cameo, "ROM");
}

static void agents_have_plurals(void **state) {
  (void)state;
  uint32_t one, many;
  assert_int_equal(lookup("police officer", 1u << NAME_AGENT, &one), 2);
  assert_int_equal(lookup("police officers", 1u << NAME_AGENT, &many), 2);
  assert_int_equal(name_row(one), name_row(many));
  assert_true(many & NAME_BIT);
  assert_false(one & NAME_BIT);
  assert_string_equal(kb.agents.at[name_row(one)].sector[0], "COP");
  assert_int_equal(lookup("gunmen", 1u << NAME_AGENT, &many), 1);
  assert_int_equal(lookup("parties", 1u << NAME_AGENT, &many), 1);
}

static const char *sector_on(const char *id, const char *date, bool *past) {
  uint32_t row = kb_entity_find(&kb, str_of(id));
  int32_t day = DAY_NONE;
  assert_int_not_equal(row, NONE);
  assert_true(day_parse_iso(str_of(date), &day));
  const struct kb_spell *s = kb_spell_on(&kb, &kb.entities.at[row], day, past);
  assert_non_null(s);
  return s->code.sector[0];
}

static void posts_are_held_for_a_time(void **state) {
  (void)state;
  bool past;
  assert_string_equal(sector_on("mustafa-al-kadhimi", "2020-04-01", &past), "SPY");
  assert_string_equal(sector_on("mustafa-al-kadhimi", "2020-12-26", &past), "GOV");
  assert_false(past);
  sector_on("mustafa-al-kadhimi", "2023-01-01", &past);
  assert_true(past);
  assert_string_equal(sector_on("taliban", "2000-01-01", &past), "GOV");
  assert_string_equal(sector_on("taliban", "2010-01-01", &past), "REB");
  assert_string_equal(sector_on("taliban", "2021-08-15", &past), "GOV");
}

/* A copy of the knowledge with one bad line. */
static void broken(const char *file, const char *line, uint64_t at) {
  char folder[] = "/tmp/actor-kb-XXXXXX", path[512];
  struct symtab table;
  struct actor_kb bad;
  struct err e = {0};
  assert_non_null(mkdtemp(folder));
  static const char *const files[] = {"agents.tsv", "words.tsv",   "given-names.tsv", "takers.tsv", "states.tsv",
                                      "bodies.tsv", "persons.tsv", "pronouns.tsv",    "leaders.tsv"};
  snprintf(path, sizeof path, "%s/actors", folder);
  mkdir(path, 0700);
  for (size_t i = 0; i < 9; i++) {
    snprintf(path, sizeof path, "%s/actors/%s", folder, files[i]);
    FILE *f = fopen(path, "w");
    if (!strcmp(files[i], file)) fprintf(f, "# head\n\n%s\n", line);
    fclose(f);
  }
  assert_true(symtab_init(&table));
  assert_false(actor_kb_open(&bad, folder, &table, &e));
  assert_int_equal(e.code, ERR_KNOWLEDGE);
  assert_int_equal(e.line, at);
  symtab_release(&table);
  for (size_t i = 0; i < 9; i++) {
    snprintf(path, sizeof path, "%s/actors/%s", folder, files[i]);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/actors", folder);
  rmdir(path);
  rmdir(folder);
}

static void bad_lines_are_told_with_their_place(void **state) {
  (void)state;
  broken("agents.tsv", "police\tbody\tCOP\t-", 3);
  broken("agents.tsv", "police\tperson\tcops\t-", 3);
  broken("agents.tsv", "police\tperson\tCOP\tloud", 3);
  broken("agents.tsv", "police\tperson", 3);
  broken("states.tsv", "Iraq\tIRQ\t-\tIraq\t-\tIraqi\t-\tBaghdad\t-", 3);
  broken("persons.tsv", "x\tperson\tX Y\t-\tmale\tIRQ GOV 2020-13..2021 president\t-", 3);
  broken("persons.tsv", "x\tperson\tX Y\t-\tmale\tIRQ GOV 2021..2020 president\t-", 3);
  broken("persons.tsv", "x\thero\tX Y\t-\tmale\tIRQ GOV\t-", 3);
  broken("persons.tsv", "x\tperson\tX Y\t-\tmale\tIRQ GOV\t-\nx\tperson\tZ\t-\tmale\tIRQ GOV\t-", 0);
  broken("words.tsv", "nonsense\tword\t-", 3);
  broken("given-names.tsv", "boy\tEnglish\tTom", 3);
  broken("takers.tsv", "detainee\tvictim\tdetain", 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_go_by_all_their_names),
      cmocka_unit_test(agents_have_plurals),
      cmocka_unit_test(posts_are_held_for_a_time),
      cmocka_unit_test(bad_lines_are_told_with_their_place),
  };
  return cmocka_run_group_tests(tests, open_kb, close_kb);
}
