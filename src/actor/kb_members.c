/* kb_members.c - which states belong to which organisations, and when: the lines of members.tsv, and what is wrong with them.
 *
 * Read after all actors, for they name them. For those who look somebody up (`actors show`); what a text says is coded without,
 * so the compiled knowledge (kb_image.h) does not hold them. */
#include "actor/kb_read.h"

static bool overlaps(const struct kb_member *a, const struct kb_member *c) {
  bool before = a->last != DAY_NONE && c->first != DAY_NONE && a->last <= c->first;
  bool after = c->last != DAY_NONE && a->first != DAY_NONE && c->last <= a->first;
  return a->body == c->body && a->state == c->state && !before && !after;
}

static bool twice(const struct actor_kb *kb, const struct kb_member *m) {
  for (uint32_t i = 0; i < kb->members.n; i++)
    if (overlaps(&kb->members.at[i], m)) return true;
  return false;
}

static bool state_row(struct kb_reader *b, const struct line_reader *r, str code, uint32_t *row, struct err *e) {
  char iso3[4];
  *row = kb_code3(code, iso3) ? kb_state_find(b->kb, iso3) : NONE;
  return *row != NONE || line_err(r, e, "'%.*s' is no code of a state in states.tsv", STR_FMT(code));
}

/* Checks the states of a line, or (put) adds them. */
static bool states_each(struct kb_reader *b, const struct line_reader *r, str list, struct kb_member m, bool put,
                        struct err *e) {
  for (uint32_t n = 0; (list = str_trim(list)).n; n++) {
    str code = str_cut(&list, ' ');
    if (!state_row(b, r, code, &m.state, e)) return false;
    if (put) {
      struct kb_member *row = KB_PUSH(b->kb, members);
      if (!row) return kb_no_memory(e);
      *row = m;
    } else if (twice(b->kb, &m))
      return line_err(r, e, "%.*s is a member at that time by an earlier line: join the two, or mend the dates",
                      STR_FMT(code));
  }
  return true;
}

bool kb_member_line(struct kb_reader *b, const struct line_reader *r, str *f, size_t n, struct err *e) {
  struct kb_spell s = {.first = DAY_NONE, .last = DAY_NONE};
  (void)n;
  uint32_t body = kb_id_owner(b, f[0]);
  if (body == NONE) return line_err(r, e, "'%.*s' is no id of an actor", STR_FMT(f[0]));
  if (!kb_dates_parse(f[1], &s))
    return line_err(r, e, "'%.*s' is no pair of dates in order (1999-03-12..)", STR_FMT(f[1]));
  if (!str_trim(f[2]).n) return line_err(r, e, "the third field has no states");
  struct kb_member m = {.body = body, .first = s.first, .last = s.last, .flags = s.flags};
  return states_each(b, r, f[2], m, false, e) && states_each(b, r, f[2], m, true, e);
}
