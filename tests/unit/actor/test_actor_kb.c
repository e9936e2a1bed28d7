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
  if (!actor_kb_open(&kb, folder, &words, NULL, &e)) fail_msg("%s:%lu: %s", e.file, (unsigned long)e.line, e.message);
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

static const char *const files[] = {"agents.tsv",   "peoples.tsv",      "words.tsv",    "given-names.tsv", "takers.tsv",
                                    "states.tsv",   "bodies.tsv",       "pronouns.tsv", "persons.tsv",     "more.tsv",
                                    "some.offices", "family-names.tsv", "members.tsv"};
enum { N_FILES = sizeof files / sizeof *files };

/* A folder of knowledge that holds one state and, in `file`, these lines from the third on; "" once it is removed again. */
static char small_folder[64];
static void small_begin(const char *file, const char *lines) {
  char path[512];
  snprintf(small_folder, sizeof small_folder, "/tmp/actor-kb-XXXXXX");
  assert_non_null(mkdtemp(small_folder));
  snprintf(path, sizeof path, "%s/actors", small_folder);
  mkdir(path, 0700);
  for (size_t i = 0; i < N_FILES; i++) {
    snprintf(path, sizeof path, "%s/actors/%s", small_folder, files[i]);
    FILE *f = fopen(path, "w");
    if (!strcmp(files[i], file)) fprintf(f, "# head\n\n%s\n", lines);
    else if (!strcmp(files[i], "states.tsv")) fprintf(f, "IRQ\tIRQ\t-\tIraq\t-\tIraqi\tIraqis\tBaghdad\t-\n");
    else if (!strcmp(files[i], "bodies.tsv") && !strcmp(file, "members.tsv"))
      fprintf(f, "pact\torganization\tThe Pact\t-\t-\tIGO -\t-\n");
    fclose(f);
  }
}

static void small_end(void) {
  char path[512];
  for (size_t i = 0; i < N_FILES; i++) {
    snprintf(path, sizeof path, "%s/actors/%s", small_folder, files[i]);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/actors", small_folder);
  rmdir(path);
  rmdir(small_folder);
}

/* Without a list of problems the first one is the error. */
static void broken(const char *file, const char *line, uint64_t at) {
  struct symtab table;
  struct actor_kb bad;
  struct err e = {0};
  small_begin(file, line);
  assert_true(symtab_init(&table));
  assert_false(actor_kb_open(&bad, small_folder, &table, NULL, &e));
  assert_int_equal(e.code, ERR_KNOWLEDGE);
  assert_int_equal(e.line, at);
  symtab_release(&table);
  small_end();
}

/* With one, all lines that are right are there; returns how many problems were told, the first in *first. */
static uint32_t told(const char *file, const char *lines, uint32_t entities, struct err *first) {
  struct symtab table;
  struct actor_kb some;
  struct problems p;
  struct err e = {0};
  small_begin(file, lines);
  problems_init(&p);
  assert_true(symtab_init(&table));
  assert_true(actor_kb_open(&some, small_folder, &table, &p, &e));
  assert_int_equal(some.entities.n, entities);
  uint32_t n = p.total;
  if (p.n) *first = p.at[0];
  actor_kb_release(&some);
  symtab_release(&table);
  problems_release(&p);
  small_end();
  return n;
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
  broken("persons.tsv", "x\tperson\tX Y\t-\tmale\tIRQ GOV\t-\nx\tperson\tZ\t-\tmale\tIRQ GOV\t-", 4);
  broken("words.tsv", "nonsense\tword\t-", 3);
  broken("given-names.tsv", "boy\tEnglish\tTom", 3);
  broken("takers.tsv", "detainee\tvictim\tdetain", 3);
}

static void a_bad_line_costs_only_itself(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("more.tsv",
                        "a-x\tgroup\tA X\t-\t-\tIRQ REB\t-\n"
                        "b-x\tgroup\tB X\t-\t-\tIRQ NOSUCH\t-\n"
                        "c-x\tgroup\tC \xFF X\t-\t-\tIRQ REB\t-\n"
                        "a-x\tgroup\tD X\t-\t-\tIRQ REB\t-\n"
                        "f-x\tgroup\tF X\t-\t-\tIRQ REB\t-",
                        2, &e),
                   3);
  assert_int_equal(e.line, 4);
  assert_non_null(strstr(e.file, "more.tsv"));
  assert_non_null(strstr(e.message, "NOSUCH"));
}

static void part_of_leads_somewhere_and_not_in_a_circle(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("more.tsv",
                        "a\tgroup\tA X\t-\t-\tIRQ REB\tb\n"
                        "b\tgroup\tB X\t-\t-\tIRQ REB\tIRQ",
                        2, &e),
                   0);
  assert_int_equal(told("more.tsv",
                        "a\tgroup\tA X\t-\t-\tIRQ REB\tb\n"
                        "b\tgroup\tB X\t-\t-\tIRQ REB\ta",
                        2, &e),
                   1);
  assert_int_equal(e.line, 3);
  assert_int_equal(told("more.tsv", "a\tgroup\tA X\t-\t-\tIRQ REB\tnobody", 1, &e), 1);
  assert_non_null(strstr(e.message, "nobody"));
}

static void a_post_has_one_holder_at_a_time(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("some.offices",
                        "[IRQ GOV president]\n"
                        "1979-07-16..2003-04-09\tSaddam Hussein\n"
                        "2004-06-28..2005-04-07\tGhazi al-Yawer",
                        2, &e),
                   0);
  assert_int_equal(told("some.offices",
                        "[IRQ GOV president]\n"
                        "1979-07-16..2003-04-09\tSaddam Hussein\n"
                        "2001-06-28..2005-04-07\tGhazi al-Yawer",
                        2, &e),
                   1);
  assert_int_equal(e.line, 5);
  assert_int_equal(told("some.offices",
                        "[IRQ GOV president] shared\n"
                        "1979-07-16..2003-04-09\tSaddam Hussein\n"
                        "2001-06-28..2005-04-07\tGhazi al-Yawer",
                        2, &e),
                   0);
  assert_int_equal(told("some.offices", "2001..2002\tA B", 0, &e), 1);
  assert_int_equal(told("some.offices", "[IRQ GOV]\n2001..2002\tA B", 0, &e), 2);
  assert_int_equal(told("some.offices", "[IRQ GOV mayor]\n2001..2002\tA B\t-\tloud\n2001-02-30..\tC D", 0, &e), 2);
}

static void nobody_has_the_name_of_another(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("some.offices", "[IRQ GOV president]\n1990..1991\tA B\tC D|A. B\n1992..1993\tC D", 2, &e), 1);
  assert_int_equal(e.line, 4);
  assert_non_null(strstr(e.message, "'C D'"));
}

/* One name, or one id, is one person in all files. */
static void holders_join_by_name_and_id(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("some.offices",
                        "[IRQ GOV president]\n2001..2002\tA\xC3\xA9 B\n[IRQ GOV minister]\n1999..2000\tAe B\n"
                        "2003..2004\tAe B\t-\tid=other",
                        2, &e),
                   0);
}

static void members_are_told_once_for_a_time(void **state) {
  (void)state;
  struct err e = {0};
  assert_int_equal(told("members.tsv", "pact\t1990..1999\tIRQ\npact\t1999-12-31..\tIRQ", 1, &e), 0);
  assert_int_equal(told("members.tsv", "pact\t1990..1999\tIRQ\npact\t1999-06..\tIRQ", 1, &e), 1);
  assert_int_equal(e.line, 4);
  assert_int_equal(told("members.tsv", "nobody\t..\tIRQ\npact\t1999\tIRQ\npact\t..\tXYZ\npact\t..\t \npact\t..", 1, &e),
                   5);
  assert_int_equal(told("members.tsv", "pact\t2000..1999\tIRQ\npact\t..\tiraq\npact\t..\tIRQ IRQ XYZ", 1, &e), 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_go_by_all_their_names),    cmocka_unit_test(agents_have_plurals),
      cmocka_unit_test(posts_are_held_for_a_time),       cmocka_unit_test(bad_lines_are_told_with_their_place),
      cmocka_unit_test(a_bad_line_costs_only_itself),    cmocka_unit_test(part_of_leads_somewhere_and_not_in_a_circle),
      cmocka_unit_test(a_post_has_one_holder_at_a_time), cmocka_unit_test(nobody_has_the_name_of_another),
      cmocka_unit_test(holders_join_by_name_and_id),     cmocka_unit_test(members_are_told_once_for_a_time),
  };
  return cmocka_run_group_tests(tests, open_kb, close_kb);
}
