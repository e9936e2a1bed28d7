/* timex_resolve.c - the operations that rules.txt names: each in its file, vague references here. */
#include "time/timex_op.h"

static bool vague(struct answer *a, const char *value) {
  put(a, "%s", value);
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  return true;
}

/* "for the third straight day", "a fifth consecutive year": the one that is under way. */
static bool op_nth(const struct reference *r, const struct found *f, struct answer *a) {
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  a->role = TIMEX_ROLE_BACKGROUND;
  int unit = f->parts.unit;
  return unit_answer(a, r, r->day, unit >= UNIT_WEEK && unit <= UNIT_WEEKEND ? unit : UNIT_DAY, 0);
}

static bool op_anniversary(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  float years = c->ord ? (float)c->ord : c->ncard ? c->num : 0;
  if (c->unit == UNIT_MONTH) years = 0;
  a->role = TIMEX_ROLE_ANNIVERSARY;
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  a->years = years >= 1 && years < 3000 ? (int)years : 0;
  return answer_day(a, r->day);
}

bool timex_resolve(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  *a = (struct answer){.type = TIMEX_DATE, .period = PERIOD_NONE, .role = TIMEX_ROLE_EVENT, .zone = ZONE_NONE};
  struct reference some = *r;
  if (r->day == DAY_NONE) some.day = 0; /* without a publication day only what stands alone counts */
  bool ok = false;
  switch ((enum time_op)f->pattern->op) {
  case OP_DAY: ok = op_day(t, &some, f, a); break;
  case OP_RANGE: ok = op_range(t, &some, f, a); break;
  case OP_YEARS: ok = op_years(f, a); break;
  case OP_MONTH: ok = op_month(&some, f, a); break;
  case OP_YEAR: ok = op_year(f, a); break;
  case OP_DECADE: ok = op_decade(f, a); break;
  case OP_CENTURY: a->anchor = ANCHOR_CALENDAR, ok = answer_century(a, f->parts.ord); break;
  case OP_QUARTER: ok = op_quarter(&some, f, a); break;
  case OP_HALF: ok = op_half(&some, f, a); break;
  case OP_SEASON: ok = op_season(&some, f, a); break;
  case OP_UNIT: ok = op_unit(&some, f, a); break;
  case OP_SPAN: ok = op_span(&some, f, a); break;
  case OP_AWAY: ok = op_away(t, &some, f, a); break;
  case OP_LENGTH: ok = op_length(f, a); break;
  case OP_SET: ok = op_set(f, a); break;
  case OP_REF: ok = vague(a, f->parts.ref == 1 ? "PRESENT_REF" : f->parts.ref == 2 ? "PAST_REF" : "FUTURE_REF"); break;
  case OP_PAST: ok = vague(a, "PAST_REF"); break;
  case OP_FUTURE: ok = vague(a, "FUTURE_REF"); break;
  case OP_PRESENT: ok = vague(a, "PRESENT_REF"); break;
  case OP_WEEK: ok = op_week(t, &some, f, a); break;
  case OP_WEEKDAY: ok = op_weekday(t, &some, f, a); break;
  case OP_NTH: ok = op_nth(&some, f, a); break;
  case OP_ANNIVERSARY: ok = op_anniversary(&some, f, a); break;
  case OP_COUNT: break;
  }
  if (ok && r->day == DAY_NONE && a->relative) a->period = PERIOD_NONE, put(a, "%s", "XXXX-XX-XX");
  return ok;
}
