/* kb_lint.c - what is wrong with the knowledge of actors as a whole: two holders of one post at once, one post told twice for one
 * person, bodies that are part of nothing known or, in a circle, of themselves, a person under the name of another.
 *
 * Runs once when the text is read. Nothing is left out for such a fault: it is only told. */
#include "actor/kb_read.h"
#include "base/utf8.h"
#include <stdlib.h>

static bool tell(struct kb_reader *b, const struct kb_origin *o, struct err *e) {
  char path[256];
  str file = b->files.at[o->file];
  size_t n = file.n < sizeof path - 1 ? file.n : sizeof path - 1;
  memcpy(path, file.p, n);
  path[n] = 0;
  err_at(e, path, o->line, 0);
  return problems_take(b->problems, e);
}

/* ---- posts */

struct tenure {
  const struct kb_spell *spell;
  uint32_t origin, entity;
  int32_t first, last;
};

static int by_post(const void *a, const void *b) {
  const struct tenure *x = a, *y = b;
  int c = memcmp(x->spell->code.country, y->spell->code.country, 4);
  if (!c && x->spell->role.at != y->spell->role.at) c = x->spell->role.at < y->spell->role.at ? -1 : 1;
  if (!c && x->first != y->first) c = x->first < y->first ? -1 : 1;
  return c ? c : x->origin < y->origin ? -1 : 1;
}

/* Days by which two that follow one another may seem to overlap: ends that are known to the month or the year only. */
static int32_t slack(const struct tenure *a, const struct tenure *c) {
  if (a->spell->flags & c->spell->flags & SPELL_DAY) return 1;
  struct civil last = civil_of_day(a->last), first = civil_of_day(c->first);
  bool year = (last.month == 12 && last.day == 31) || (first.month == 1 && first.day == 1);
  return year ? 366 : 31;
}

static bool overlap(const struct tenure *a, const struct tenure *c) {
  if (a->entity == c->entity) return false;
  return a->last == DAY_NONE || c->first + slack(a, c) < a->last;
}

static bool posts_lint(struct kb_reader *b, struct err *e) {
  const struct actor_kb *kb = b->kb;
  struct tenure *t = calloc(kb->spells.n + 1, sizeof *t);
  uint32_t n = 0;
  bool ok = true;
  if (!t) return kb_no_memory(e);
  for (uint32_t i = 0; i < kb->entities.n; i++)
    for (uint32_t k = 0; k < kb->entities.at[i].n_spells; k++) {
      uint32_t at = kb->entities.at[i].first_spell + k;
      const struct kb_spell *s = &kb->spells.at[at];
      if (!(s->flags & SPELL_OFFICE) || s->flags & (SPELL_ACTING | SPELL_SHARED) || s->first == DAY_NONE) continue;
      t[n++] = (struct tenure){s, at, i, s->first, s->last};
    }
  qsort(t, n, sizeof *t, by_post);
  for (uint32_t i = 0; i + 1 < n && ok; i++) {
    const struct tenure *a = &t[i], *c = &t[i + 1];
    if (memcmp(a->spell->code.country, c->spell->code.country, 4) || a->spell->role.at != c->spell->role.at) continue;
    if (!overlap(a, c)) continue;
    const struct kb_origin *other = &b->spell_origin.at[a->origin];
    err_set(e, ERR_KNOWLEDGE,
            "%.*s and %.*s (line %u) are %.*s of %s at once: mend the dates, or note 'disputed' or 'acting'",
            STR_FMT(kb_str(kb, kb->entities.at[c->entity].name)), STR_FMT(kb_str(kb, kb->entities.at[a->entity].name)),
            other->line, STR_FMT(kb_str(kb, c->spell->role)), c->spell->code.country);
    ok = tell(b, &b->spell_origin.at[c->origin], e);
  }
  free(t);
  return ok;
}

/* ---- part of */

static bool is_state_code(const struct actor_kb *kb, str id) {
  char iso3[4];
  return kb_code3(id, iso3) && kb_state_find(kb, iso3) != NONE;
}

static bool circle(const struct kb_reader *b, uint32_t row, uint8_t *colour, int depth) { /* grey 1, black 2 */
  if (colour[row]) return colour[row] == 1;
  if (depth > 64) return true;
  colour[row] = 1;
  for (str list = kb_str(b->kb, b->kb->entities.at[row].part_of); list.n;) {
    uint32_t up = kb_id_owner(b, str_trim(str_cut(&list, '|')));
    if (up != NONE && circle(b, up, colour, depth + 1)) return colour[row] = 2, true;
  }
  colour[row] = 2;
  return false;
}

static bool parts_lint(struct kb_reader *b, struct err *e) {
  const struct actor_kb *kb = b->kb;
  uint8_t *colour = calloc(kb->entities.n + 1, 1);
  bool ok = colour != NULL || kb_no_memory(e);
  for (uint32_t i = 0; i < kb->entities.n && ok; i++) {
    for (str list = kb_str(kb, kb->entities.at[i].part_of); list.n && ok;) {
      str id = str_trim(str_cut(&list, '|'));
      if (!id.n || kb_id_owner(b, id) != NONE || is_state_code(kb, id)) continue;
      err_set(e, ERR_KNOWLEDGE, "part of '%.*s', which is neither an id nor the code of a state: mend the last field",
              STR_FMT(id));
      ok = tell(b, &b->origin.at[i], e);
    }
    if (ok && circle(b, i, colour, 0)) {
      err_set(e, ERR_KNOWLEDGE, "'%.*s' is, by its part-of and theirs, part of itself: mend the last field",
              STR_FMT(kb_str(kb, kb->entities.at[i].id)));
      ok = tell(b, &b->origin.at[i], e);
    }
  }
  free(colour);
  return ok;
}

/* ---- names */

static bool share_country(const struct actor_kb *kb, uint32_t x, uint32_t y) {
  const struct kb_entity *a = &kb->entities.at[x], *c = &kb->entities.at[y];
  for (uint32_t i = 0; i < a->n_spells; i++)
    for (uint32_t k = 0; k < c->n_spells; k++)
      if (!memcmp(kb->spells.at[a->first_spell + i].code.country, kb->spells.at[c->first_spell + k].code.country, 4))
        return true;
  return false;
}

/* "Al Gore", also "George W. Bush": one of two persons of a country has the name of the other, or both are one. */
static bool names_lint(struct kb_reader *b, struct err *e) {
  const struct actor_kb *kb = b->kb;
  bool ok = true;
  for (uint32_t i = 0; i < kb->entities.n && ok; i++) {
    const struct kb_entity *x = &kb->entities.at[i];
    if (x->kind != ACTOR_PERSON) continue;
    for (str list = kb_str(kb, x->aliases); list.n && ok;) {
      char folded[512];
      str alias = str_trim(str_cut(&list, '|'));
      sym number = symtab_find(&b->names, (str){folded, utf8_fold(alias, folded, sizeof folded)});
      uint32_t other = number && number < b->named.n && b->named.at[number] ? b->named.at[number] - 1 : i;
      if (other == i || kb->entities.at[other].kind != ACTOR_PERSON || !share_country(kb, i, other)) continue;
      err_set(e, ERR_KNOWLEDGE, "%.*s is also called '%.*s', which is the name of somebody else there: mend the names",
              STR_FMT(kb_str(kb, x->name)), STR_FMT(alias));
      ok = tell(b, &b->origin.at[i], e);
    }
  }
  return ok;
}

bool kb_lint(struct kb_reader *b, struct err *e) { return posts_lint(b, e) && parts_lint(b, e) && names_lint(b, e); }
