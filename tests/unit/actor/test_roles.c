/* test_roles.c - tests/cases/actor/roles.txt against the knowledge: who held which post on which day. */
#include "actor/actor_kb.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>

static struct symtab words;
static struct actor_kb kb;

static bool holds(const struct kb_spell *s, str country, str role, int32_t day) {
  return str_is(country, s->code.country) && str_eq(kb_str(&kb, s->role), role) &&
         (s->first == DAY_NONE || s->first <= day) && (s->last == DAY_NONE || day <= s->last);
}

/* May the name mean this entity? */
static bool named(str name, uint32_t row) {
  sym key[PHRASE_MAX];
  uint32_t n = kb_pieces(&words, name, key, PHRASE_MAX), node = 0;
  for (uint32_t i = 0; i < n; i++)
    if (!key[i] || !(node = phrases_step(&kb.phrases, node, key[i]))) return false;
  for (uint32_t e = phrases_first(&kb.phrases, node); e; e = phrases_next(&kb.phrases, e)) {
    uint32_t v = phrases_value(&kb.phrases, e);
    if (name_kind(v) == NAME_ENTITY && name_row(v) == row) return true;
  }
  return false;
}

static bool check(str line) {
  str day_text = str_trim(str_cut(&line, '|')), country = str_trim(str_cut(&line, '|')),
      role = str_trim(str_cut(&line, '|')), name = str_trim(line);
  bool others = name.n && name.p[0] == '+', found = false;
  if (others) name = str_from(name, 1);
  int32_t day;
  if (!day_parse_iso(day_text, &day)) return false;
  for (uint32_t i = 0; i < kb.entities.n; i++)
    for (uint32_t k = 0; k < kb.entities.at[i].n_spells; k++) {
      if (!holds(&kb.spells.at[kb.entities.at[i].first_spell + k], country, role, day)) continue;
      bool it = named(name, i);
      found |= it;
      if (it || others) continue;
      fprintf(stderr, "# also %.*s\n", STR_FMT(kb_str(&kb, kb.entities.at[i].name)));
      return false;
    }
  return found;
}

static void posts_have_their_holders(void **state) {
  (void)state;
  char path[4096];
  struct file_map m;
  struct err e = {0};
  struct line_reader r;
  unsigned n = 0, bad = 0;
  path_join(path, sizeof path, getenv("TIGHTROPE_SOURCE"), "tests/cases/actor/roles.txt");
  assert_true(file_map_open(&m, path, &e));
  line_reader_init(&r, file_map_str(&m), path);
  for (; line_next(&r); n++)
    if (!check(r.line)) fprintf(stderr, "# %s:%lu: %.*s\n", path, (unsigned long)r.number, STR_FMT(r.line)), bad++;
  file_map_release(&m);
  assert_true(n >= 300);
  assert_int_equal(bad, 0);
}

int main(void) {
  char folder[4096];
  struct err e = {0};
  path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge");
  if (!symtab_init(&words) || !actor_kb_open(&kb, folder, &words, NULL, &e)) {
    fprintf(stderr, "%s:%lu: %s\n", e.file, (unsigned long)e.line, e.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(posts_have_their_holders)};
  int failed = RUN(tests);
  actor_kb_release(&kb);
  symtab_release(&words);
  return failed;
}
