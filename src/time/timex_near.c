/* timex_near.c - which of the days, months, feasts that recur is meant: by tense and nearness. */
#include "time/timex_near.h"

/* ---- choosing among what recurs */

/* The date among [candidates] that the tense allows and that lies nearest: with past tense the future counts four times as
 * far, and the other way round. A month begins far from its end, so distance is to the whole stretch. */
static int64_t distance(const struct reference *r, struct period p) {
  int64_t past = (int64_t)r->day - p.last, future = (int64_t)p.first - r->day;
  if (past <= 0 && future <= 0) return 0;
  if (r->tense == TENSE_PAST) future *= 5;
  if (r->tense == TENSE_FUTURE) past *= 5;
  if (r->tense == TENSE_PRESENT || r->tense == TENSE_NONE) future += future / 2;
  return past > 0 ? past : future;
}

typedef struct period (*yearly)(int year, const void *what);

int nearest_year(const struct reference *r, yearly of, const void *what) {
  int now = civil_of_day(r->day).year, best = now;
  int64_t least = INT64_MAX;
  for (int y = now - 1; y <= now + 1; y++) {
    struct period p = year_ok(y) ? of(y, what) : PERIOD_NONE;
    if (!period_known(p)) continue;
    int64_t far = distance(r, p);
    if (far < least) least = far, best = y;
  }
  return best;
}

struct period yearly_day(int year, const void *what) {
  const struct parts *c = what;
  struct civil d = {year, c->month, c->day};
  return civil_valid(d) ? period_of_day(day_of_civil(d)) : PERIOD_NONE;
}
struct period yearly_month(int year, const void *what) {
  return period_of_month(year, ((const struct parts *)what)->month);
}
struct period yearly_quarter(int year, const void *what) {
  return months_from(year, ((const struct parts *)what)->ord * 3 - 2, 3, PRECISION_SEASON);
}
struct period yearly_season(int year, const void *what) {
  return year_ok(year + 1) ? months_from(year, ((const struct parts *)what)->season * 3, 3, PRECISION_SEASON)
                           : PERIOD_NONE;
}
struct period yearly_feast(int year, const void *what) {
  const struct feast *f = what;
  int32_t d = feast_day(f, year);
  return d == DAY_NONE ? PERIOD_NONE : span_of(d, d + f->length - 1, PRECISION_DAY);
}

/* The narrative's day where one is known, else the publication day. */
int32_t story_day(const struct reference *r) { return r->narrative.first != DAY_NONE ? r->narrative.first : r->day; }
bool story_known(const struct reference *r) { return r->narrative.first != DAY_NONE; }

int32_t story_exact(const struct reference *r) {
  const struct period *n = &r->narrative;
  if (n->first == DAY_NONE) return DAY_NONE;
  if (n->precision <= PRECISION_DAY) return n->first;
  bool within = r->told != DAY_NONE && r->told >= n->first && (n->last == DAY_NONE || r->told <= n->last);
  return within ? r->told : DAY_NONE;
}

bool toward_future(const struct reference *r) {
  return r->tense == TENSE_FUTURE || (r->tense == TENSE_PRESENT && !r->headline);
}
int rel_year(const struct reference *r, int rel) {
  int now = civil_of_day(r->day).year;
  switch (rel) {
  case REL_LAST:
  case REL_PAST: return now - 1;
  case REL_NEXT:
  case REL_COMING: return now + 1;
  case REL_PREVIOUS: return civil_of_day(story_day(r)).year - 1;
  case REL_FOLLOWING: return civil_of_day(story_day(r)).year + 1;
  case REL_SAME: return civil_of_day(story_day(r)).year;
  default: return now;
  }
}
