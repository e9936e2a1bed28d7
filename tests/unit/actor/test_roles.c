/* test_roles.c - tests/cases/actor/{roles,members}.txt against the knowledge: who held which post, and which states belonged to what, on a day. */
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

static bool check_post(str line) {
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

static bool belongs(const struct kb_member *m, uint32_t body, int32_t day) {
  return m->body == body && (m->first == DAY_NONE || m->first <= day) && (m->last == DAY_NONE || day <= m->last);
}

static bool is_member(uint32_t body, str code, int32_t day) {
  for (uint32_t i = 0; i < kb.members.n; i++)
    if (belongs(&kb.members.at[i], body, day) && str_is(code, kb.states.at[kb.members.at[i].state].iso3)) return true;
  return false;
}

static bool check_members(str line) {
  str day_text = str_trim(str_cut(&line, '|')), id = str_trim(str_cut(&line, '|')),
      number = str_trim(str_cut(&line, '|')), states = str_trim(line);
  int32_t day;
  int64_t want, n = 0;
  uint32_t body = kb_entity_find(&kb, id);
  if (!day_parse_iso(day_text, &day) || body == NONE) return false;
  for (uint32_t i = 0; i < kb.members.n; i++) n += belongs(&kb.members.at[i], body, day);
  if (!str_is(number, "-") && (!str_to_int(number, &want) || want != n)) {
    fprintf(stderr, "# %lld members\n", (long long)n);
    return false;
  }
  while (states.n) {
    str code = str_cut(&states, ' ');
    bool out = code.n && code.p[0] == '!';
    if (is_member(body, out ? str_from(code, 1) : code, day) == out) {
      fprintf(stderr, "# %.*s\n", STR_FMT(code));
      return false;
    }
  }
  return true;
}

/* How many lines of a file of cases are wrong; it has at least so many. */
static unsigned wrong(const char *file, unsigned least, bool (*check)(str line)) {
  char path[4096];
  struct file_map m;
  struct err e = {0};
  struct line_reader r;
  unsigned n = 0, bad = 0;
  path_join(path, sizeof path, getenv("TIGHTROPE_SOURCE"), file);
  assert_true(file_map_open(&m, path, &e));
  line_reader_init(&r, file_map_str(&m), path);
  for (; line_next(&r); n++)
    if (!check(r.line)) fprintf(stderr, "# %s:%lu: %.*s\n", path, (unsigned long)r.number, STR_FMT(r.line)), bad++;
  file_map_release(&m);
  assert_true(n >= least);
  return bad;
}

static void posts_have_their_holders(void **state) {
  (void)state;
  assert_int_equal(wrong("tests/cases/actor/roles.txt", 300, check_post), 0);
}

static void organisations_have_their_members(void **state) {
  (void)state;
  assert_int_equal(wrong("tests/cases/actor/members.txt", 70, check_members), 0);
}

int main(void) {
  char folder[4096];
  struct err e = {0};
  path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge");
  if (!symtab_init(&words) || !actor_kb_open(&kb, folder, &words, NULL, &e)) {
    fprintf(stderr, "%s:%lu: %s\n", e.file, (unsigned long)e.line, e.message);
    return 1;
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(posts_have_their_holders),
                                     cmocka_unit_test(organisations_have_their_members)};
  int failed = RUN(tests);
  actor_kb_release(&kb);
  symtab_release(&words);
  return failed;
}
