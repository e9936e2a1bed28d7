/* timex_resolve.c - the operations that rules.txt names. */
#include "time/timex_resolve.h"
#include <stdio.h>

enum unit {
  UNIT_SECOND = 1,
  UNIT_MINUTE,
  UNIT_HOUR,
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_QUARTER,
  UNIT_YEAR,
  UNIT_DECADE,
  UNIT_CENTURY,
  UNIT_WEEKEND,
  UNIT_FORTNIGHT,
  UNIT_MILLENNIUM,
  UNIT_NIGHT
};
enum rel { REL_LAST = 1, REL_THIS, REL_NEXT, REL_PREVIOUS, REL_FOLLOWING, REL_SAME, REL_PAST, REL_COMING, REL_LATEST };
enum mod { MOD_EARLY = 1, MOD_MID, MOD_LATE, MOD_EARLIER = 6, MOD_LATER };
enum part { PART_MORNING = 1, PART_MIDDAY, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_DAWN, PART_DAYTIME };

static bool year_ok(int y) { return y >= 1 && y <= 9999; }

static struct period span_of(int32_t first, int32_t last, enum precision p) {
  return (struct period){first, last, -1, -1, (uint8_t)p};
}

static struct period months_from(int year, int month, int n, enum precision p) {
  int m = year * 12 + month - 1 + n - 1;
  return span_of(day_of_civil((struct civil){year, month, 1}),
                 day_of_civil((struct civil){m / 12, m % 12 + 1, days_in_month(m / 12, m % 12 + 1)}), p);
}

static struct period week_of(int32_t day) {
  int32_t monday = day - weekday_of_day(day) + 1;
  return span_of(monday, monday + 6, PRECISION_WEEK);
}

/* ---- values */

__attribute__((format(printf, 2, 3))) static void put(struct answer *a, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(a->value, sizeof a->value, format, args);
  va_end(args);
}

static void put_day(struct answer *a, int32_t day) {
  char z[11];
  day_format(day, z);
  put(a, "%s", z);
}

static bool answer_day(struct answer *a, int32_t day) {
  if (day == DAY_NONE) return false;
  put_day(a, day);
  a->period = period_of_day(day);
  return true;
}

static bool answer_month(struct answer *a, int year, int month) {
  if (!year_ok(year)) return false;
  put(a, "%04d-%02d", year, month);
  a->period = period_of_month(year, month);
  return true;
}

static bool answer_year(struct answer *a, int year) {
  if (!year_ok(year)) return false;
  put(a, "%04d", year);
  a->period = period_of_year(year);
  return true;
}

static bool answer_week(struct answer *a, int32_t day) {
  int y, w;
  iso_week_of_day(day, &y, &w);
  put(a, "%04d-W%02d", y, w);
  a->period = week_of(day);
  return true;
}

static bool answer_weekend(struct answer *a, int32_t day) {
  int y, w;
  iso_week_of_day(day, &y, &w);
  put(a, "%04d-W%02d-WE", y, w);
  struct period week = week_of(day);
  a->period = span_of(week.first + 5, week.last, PRECISION_WEEKEND);
  return true;
}

static bool answer_quarter(struct answer *a, int year, int quarter) {
  if (!year_ok(year) || quarter < 1 || quarter > 4) return false;
  put(a, "%04d-Q%d", year, quarter);
  a->period = months_from(year, quarter * 3 - 2, 3, PRECISION_SEASON);
  return true;
}

static bool answer_season(struct answer *a, int year, int season) {
  static const char *const names[] = {"SP", "SU", "FA", "WI"};
  if (!year_ok(year) || year_ok(year) != year_ok(year + 1)) return false;
  put(a, "%04d-%s", year, names[season - 1]);
  a->period = months_from(year, season * 3, 3, PRECISION_SEASON);
  return true;
}

static bool answer_decade(struct answer *a, int year) {
  if (!year_ok(year) || !year_ok(year + 9)) return false;
  put(a, "%03d", year / 10);
  a->period = span_of(day_of_civil((struct civil){year < 10 ? 1 : year / 10 * 10, 1, 1}),
                      day_of_civil((struct civil){year / 10 * 10 + 9, 12, 31}), PRECISION_DECADE);
  return true;
}

static bool answer_century(struct answer *a, int ord) {
  if (ord < 1 || ord > 99) return false;
  put(a, "%02d", ord - 1);
  a->period = span_of(day_of_civil((struct civil){(ord - 1) * 100 + 1, 1, 1}),
                      day_of_civil((struct civil){ord * 100 > 9999 ? 9999 : ord * 100, 12, 31}), PRECISION_CENTURY);
  return true;
}

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

static int nearest_year(const struct reference *r, yearly of, const void *what) {
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

static struct period yearly_day(int year, const void *what) {
  const struct parts *c = what;
  struct civil d = {year, c->month, c->day};
  return civil_valid(d) ? period_of_day(day_of_civil(d)) : PERIOD_NONE;
}
static struct period yearly_month(int year, const void *what) {
  return period_of_month(year, ((const struct parts *)what)->month);
}
static struct period yearly_quarter(int year, const void *what) {
  return months_from(year, ((const struct parts *)what)->ord * 3 - 2, 3, PRECISION_SEASON);
}
static struct period yearly_season(int year, const void *what) {
  return year_ok(year + 1) ? months_from(year, ((const struct parts *)what)->season * 3, 3, PRECISION_SEASON)
                           : PERIOD_NONE;
}
static struct period yearly_feast(int year, const void *what) {
  const struct feast *f = what;
  int32_t d = feast_day(f, year);
  return d == DAY_NONE ? PERIOD_NONE : span_of(d, d + f->length - 1, PRECISION_DAY);
}

/* The narrative's day where one is known, else the publication day. */
static int32_t story_day(const struct reference *r) {
  return r->narrative.first != DAY_NONE ? r->narrative.first : r->day;
}
static bool story_known(const struct reference *r) { return r->narrative.first != DAY_NONE; }

static bool toward_future(const struct reference *r) {
  return r->tense == TENSE_FUTURE || (r->tense == TENSE_PRESENT && !r->headline);
}

/* ---- days */

static int rel_year(const struct reference *r, int rel) {
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

static bool weekday_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int today = weekday_of_day(r->day), w = c->weekday;
  int32_t back = r->day - (today - w + 7) % 7, ahead = r->day + (w - today + 7) % 7;
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  int rel = c->rel;
  if (c->unit == 0 && c->rel2) rel = c->rel2; /* "this coming Sunday", "this past Friday" */
  switch (rel) {
  case REL_LAST:
  case REL_PAST: *day = back == r->day ? back - 7 : back; return true;
  case REL_THIS: *day = r->day - today + w; return true;
  case REL_NEXT:
    *day = r->day - today + 7 + w; /* of the coming week; "next Friday" on a Thursday may also be tomorrow */
    if (w > today) a->period = span_of(ahead, *day, PRECISION_DAY);
    return true;
  case REL_COMING: *day = ahead == r->day ? ahead + 7 : ahead; return true;
  case REL_PREVIOUS:
  case REL_FOLLOWING:
  case REL_SAME: {
    int32_t from = story_day(r);
    int at = weekday_of_day(from);
    a->anchor = story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
    int32_t before = from - ((at - w + 6) % 7 + 1), after = from + ((w - at + 6) % 7 + 1);
    *day = rel == REL_PREVIOUS        ? before
           : rel == REL_FOLLOWING     ? after
           : at == w                  ? from
           : r->tense == TENSE_FUTURE ? after
                                      : before;
    return true;
  }
  default: *day = toward_future(r) ? ahead : back; return true;
  }
}

/* "Monday of last week": the weekday of that week. */
static bool weekday_in_week(const struct reference *r, const struct parts *c, int32_t *day) {
  int32_t monday = r->day - weekday_of_day(r->day) + 1;
  int weeks = c->rel == REL_LAST || c->rel == REL_PAST ? -1 : c->rel == REL_NEXT || c->rel == REL_COMING ? 1 : 0;
  *day = monday + 7 * weeks + c->weekday - 1;
  return true;
}

static bool month_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int year = c->year ? c->year : c->rel ? rel_year(r, c->rel) : nearest_year(r, yearly_day, c);
  struct civil d = {year, c->month, c->day};
  if (!civil_valid(d)) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  *day = day_of_civil(d);
  return true;
}

static bool numeric_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  struct civil d;
  a->anchor = ANCHOR_CALENDAR;
  if (c->iso != DAY_NONE) {
    d = (struct civil){c->numdate[0], c->numdate[1], c->numdate[2]};
  } else {
    int x = c->numdate[0], y = c->numdate[1], year = c->numdate[2];
    if (year < 100) year += year < 50 ? 2000 : 1900;
    bool month_first = y > 12 || (x <= 12 && r->month_first);
    d = month_first ? (struct civil){year, x, y} : (struct civil){year, y, x};
  }
  if (!civil_valid(d)) return false;
  *day = day_of_civil(d);
  return true;
}

/* "the 9th": of this month or the one beside it, as the tense has it. */
static bool day_of_month(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int64_t least = INT64_MAX;
  for (int m = -1; m <= 1; m++) {
    int32_t in = day_add_months(r->day - civil_of_day(r->day).day + 1, m);
    if (in == DAY_NONE) continue;
    struct civil d = civil_of_day(in);
    d.day = c->day;
    if (!civil_valid(d)) continue;
    int32_t at = day_of_civil(d);
    int64_t far = at > r->day && !toward_future(r)  ? 1000 + at - r->day
                  : at < r->day && toward_future(r) ? 1000 + r->day - at
                  : at > r->day                     ? at - r->day
                                                    : r->day - at;
    if (far < least) least = far, *day = at;
  }
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  return least != INT64_MAX;
}

static bool feast_answer(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
                         int32_t *day) {
  const struct feast *f = &t->feast[c->feast];
  int year = c->year                                                              ? c->year
             : c->rel == REL_LAST || c->rel == REL_NEXT || c->rel == REL_PREVIOUS ? 0
                                                                                  : nearest_year(r, yearly_feast, f);
  if (!year) { /* "last Christmas": the last one that is over */
    year = civil_of_day(r->day).year;
    int32_t d = feast_day(f, year);
    if (c->rel == REL_NEXT ? d != DAY_NONE && d <= r->day : d == DAY_NONE || d >= r->day)
      year += c->rel == REL_NEXT ? 1 : -1;
  }
  *day = feast_day(f, year);
  if (*day == DAY_NONE) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  if (f->length > 1) a->period = span_of(*day, *day + f->length - 1, PRECISION_DAY);
  return true;
}

/* Minutes of a part of the day; a night runs into the next day. */
static void part_minutes(int part, int mod, int16_t *first, int16_t *last) {
  static const int16_t at[][2] = {{0, 1439},    {360, 720},   {690, 810}, {720, 1080},
                                  {1080, 1320}, {1080, 1439}, {270, 420}, {360, 1140}};
  *first = at[part][0], *last = at[part][1];
  if (mod == MOD_EARLY && part == PART_MORNING) *first = 180, *last = 540;
}

static const char *part_code(int part) {
  static const char *const codes[] = {"", "MO", "MI", "AF", "EV", "NI", "MO", "DT"};
  return codes[part];
}

static bool refine_part(struct answer *a, int32_t day, int part, int mod) {
  char z[11];
  day_format(day, z);
  a->type = TIMEX_TIME;
  put(a, "%sT%s", z, part_code(part));
  a->period = period_of_day(day);
  part_minutes(part, mod, &a->period.first_min, &a->period.last_min);
  a->period.precision = PRECISION_DAYPART;
  return true;
}

static bool refine_clock(struct answer *a, int32_t day, int minute) {
  char z[11];
  day_format(day, z);
  a->type = TIMEX_TIME;
  put(a, "%sT%02d:%02d", z, minute / 60, minute % 60);
  if (minute == 1440) put(a, "%sT24:00", z);
  a->period = (struct period){day, day, (int16_t)(minute == 1440 ? 1439 : minute),
                              (int16_t)(minute == 1440 ? 1439 : minute), PRECISION_MINUTE};
  return true;
}

/* The day that the parts name, without part of day or clock. */
static bool base_day(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
                     int32_t *day) {
  a->anchor = ANCHOR_PUBLICATION;
  if (c->numdate[0]) return numeric_day(r, c, a, day);
  if (c->month && c->day) return month_day(r, c, a, day);
  if (c->weekday && c->day) return day_of_month(r, c, a, day);
  if (c->weekday && c->unit == UNIT_WEEK) return weekday_in_week(r, c, day);
  if (c->weekday) return weekday_day(r, c, a, day);
  if (c->feast >= 0) return feast_answer(t, r, c, a, day);
  if (c->has_deictic) return a->relative = true, *day = r->day + (c->deictic < 100 ? c->deictic : 0), true;
  if (c->day) return day_of_month(r, c, a, day);
  a->relative = true;
  if (c->rel == REL_LAST || c->rel == REL_PAST) return *day = r->day - 1, true; /* "last night" is the evening before */
  if (c->rel == REL_NEXT || c->rel == REL_FOLLOWING)
    return *day = story_day(r) + 1, a->anchor = story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION, true;
  if (c->rel == REL_PREVIOUS)
    return *day = story_day(r) - 1, a->anchor = story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION, true;
  if (c->rel == REL_THIS) return *day = r->day, true;
  a->anchor = story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  return *day = story_day(r), true;
}

static bool op_day(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int32_t day = DAY_NONE;
  if (!base_day(t, r, c, a, &day)) return false;
  if (!year_ok(civil_of_day(day).year)) return false;
  int part = c->part;
  if (c->has_deictic && c->deictic == 100) part = PART_NIGHT;
  if (c->has_deictic && c->deictic == 101) { /* overnight: the evening before and the morning after */
    char z[11];
    int32_t eve = r->tense == TENSE_FUTURE ? r->day : r->day - 1;
    day_format(eve, z);
    a->type = TIMEX_TIME;
    put(a, "%sTNI", z);
    a->period = (struct period){eve, eve + 1, 1080, 420, PRECISION_DAYPART};
    return true;
  }
  if (c->clock >= 0) {
    int minute = c->clock;
    if (part >= PART_AFTERNOON && part <= PART_NIGHT && minute < 720) minute += 720;
    return refine_clock(a, day, minute);
  }
  if (part) return refine_part(a, day, part, c->mod);
  struct period wide = a->period;
  answer_day(a, day);
  if (period_known(wide)) a->period = wide;
  return true;
}

static bool op_range(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  struct parts c = f->parts;
  int32_t first, last;
  (void)t;
  if (!month_day(r, &c, a, &first)) return false;
  c.day = c.day2, c.year = civil_of_day(first).year;
  bool relative = a->relative;
  if (c.day < f->parts.day || !month_day(r, &c, a, &last)) return false;
  a->relative = relative, a->anchor = relative ? ANCHOR_PUBLICATION : ANCHOR_CALENDAR;
  char from[11], to[11];
  day_format(first, from), day_format(last, to);
  put(a, "%s/%s", from, to);
  a->period = span_of(first, last, PRECISION_DAY);
  return true;
}

static bool op_years(const struct found *f, struct answer *a) {
  int first = f->parts.year, last = f->parts.year2 ? f->parts.year2 : f->parts.day;
  if (last < 100) last += first / 100 * 100;
  if (!year_ok(first) || !year_ok(last) || last <= first || last - first > 150) return false;
  put(a, "%04d/%04d", first, last);
  a->anchor = ANCHOR_CALENDAR;
  a->period = span_of(period_of_year(first).first, period_of_year(last).last, PRECISION_YEAR);
  return true;
}

/* ---- months, years, quarters, seasons */

/* The part of a stretch that "early", "the end of" leave. */
static void narrow(struct answer *a, int mod, int edge) {
  int32_t n = a->period.last - a->period.first + 1, third = n / 3;
  if (mod == MOD_EARLY || edge == 1) a->period.last = a->period.first + third;
  else if (mod == MOD_MID || edge == 2) a->period.first += third, a->period.last -= third;
  else if (mod == MOD_LATE || edge == 3) a->period.first = a->period.last - third;
}

/* "the end of May" is its last day; "the beginning" its first. */
static bool edge_day(struct answer *a, int edge) {
  if (edge == 2) return narrow(a, 0, 2), true;
  return answer_day(a, edge == 1 ? a->period.first : a->period.last);
}

static bool op_month(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int year = c->year;
  a->anchor = year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  a->relative = !year;
  if (!year && c->rel && f->pattern && c->rel != REL_THIS) {
    struct civil now = civil_of_day(r->day);
    bool of_year = c->unit == UNIT_YEAR;
    if (of_year || c->rel == REL_SAME) year = rel_year(r, c->rel);
    else if (c->rel == REL_LAST || c->rel == REL_PAST || c->rel == REL_PREVIOUS)
      year = c->month < now.month ? now.year : now.year - 1;
    else year = c->month > now.month ? now.year : now.year + 1;
  }
  if (!year && c->rel == REL_THIS) year = civil_of_day(r->day).year;
  if (!year) year = nearest_year(r, yearly_month, c);
  bool bare = !c->year && !c->rel && !c->day; /* "killed in January", told at the end of December: the one that was */
  if (bare && r->tense == TENSE_PAST && period_of_month(year, c->month).first > r->day) year--;
  if (!answer_month(a, year, c->month)) return false;
  if (c->edge) return edge_day(a, c->edge);
  narrow(a, c->mod, 0);
  return true;
}

static bool op_year(const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  a->anchor = ANCHOR_CALENDAR;
  if (!answer_year(a, c->year)) return false;
  if (c->edge == 3) a->period = period_of_month(c->year, 12);
  else narrow(a, c->mod, c->edge);
  return true;
}

static bool op_decade(const struct found *f, struct answer *a) {
  a->anchor = ANCHOR_CALENDAR;
  if (!answer_decade(a, f->parts.decade)) return false;
  narrow(a, f->parts.mod, f->parts.edge);
  return true;
}

static bool op_quarter(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  if (!c->ord && c->year) { /* "the 1988 quarter": the one that is spoken of */
    a->anchor = ANCHOR_NARRATIVE, a->relative = true;
    if (r->narrative.precision != PRECISION_SEASON) return answer_year(a, c->year);
    return answer_quarter(a, c->year, (civil_of_day(r->narrative.first).month - 1) / 3 + 1);
  }
  if (c->ord < 1 || c->ord > 4) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  int year = c->year ? c->year : c->rel ? rel_year(r, c->rel) : nearest_year(r, yearly_quarter, c);
  return answer_quarter(a, year, c->ord);
}

static bool op_half(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  if (c->ord < 1 || c->ord > 2) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  int year = c->year ? c->year : rel_year(r, c->rel);
  if (!year_ok(year)) return false;
  put(a, "%04d-H%d", year, c->ord);
  a->period = months_from(year, c->ord * 6 - 5, 6, PRECISION_SEASON);
  return true;
}

static bool op_season(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int year = c->year, now = civil_of_day(r->day).year, rel = c->rel2 ? c->rel2 : c->rel;
  a->relative = !year, a->anchor = year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  if (!year && c->unit == UNIT_YEAR) year = rel_year(r, c->rel);
  if (!year && (rel == REL_LAST || rel == REL_PAST || rel == REL_PREVIOUS)) /* the last one that is over */
    year = year_ok(now + 1) && months_from(now, c->season * 3, 3, PRECISION_SEASON).last < r->day ? now : now - 1;
  if (!year && (rel == REL_NEXT || rel == REL_COMING || rel == REL_FOLLOWING))
    year = months_from(now, c->season * 3, 3, PRECISION_SEASON).first > r->day ? now : now + 1;
  if (!year && rel) year = now;
  if (!year) year = nearest_year(r, yearly_season, c);
  if (!answer_season(a, year, c->season)) return false;
  narrow(a, c->mod, c->edge);
  return true;
}

/* ---- units: last week, this year, the same month, the end of the month */

static bool story_rel(int rel) { return rel == REL_PREVIOUS || rel == REL_FOLLOWING || rel == REL_SAME; }

static bool unit_answer(struct answer *a, const struct reference *r, int32_t from, int unit, int step) {
  struct civil c = civil_of_day(from);
  int32_t moved;
  switch (unit) {
  case UNIT_DAY:
  case UNIT_NIGHT: return answer_day(a, from + step);
  case UNIT_WEEK: return answer_week(a, from + 7 * step);
  case UNIT_FORTNIGHT: return answer_week(a, from + 14 * step);
  case UNIT_WEEKEND: {
    int32_t in = from + 7 * step;
    if (step == 0 && !toward_future(r) && weekday_of_day(from) < 6 && r->tense != TENSE_NONE)
      in -= 7; /* "the weekend" of which one tells */
    return answer_weekend(a, in);
  }
  case UNIT_MONTH:
    moved = day_add_months(from, step);
    return moved != DAY_NONE && (c = civil_of_day(moved), answer_month(a, c.year, c.month));
  case UNIT_QUARTER: {
    int q = c.year * 4 + (c.month - 1) / 3 + step;
    return answer_quarter(a, q / 4, q % 4 + 1);
  }
  case UNIT_YEAR: return answer_year(a, c.year + step);
  case UNIT_DECADE: return answer_decade(a, c.year + 10 * step);
  case UNIT_CENTURY: return answer_century(a, (c.year - 1) / 100 + 1 + step);
  default: return false;
  }
}

static int rel_step(int rel) {
  switch (rel) {
  case REL_LAST:
  case REL_PAST:
  case REL_PREVIOUS: return -1;
  case REL_NEXT:
  case REL_FOLLOWING:
  case REL_COMING: return 1;
  default: return 0;
  }
}

static bool op_unit(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int rel = c->rel2 ? c->rel2 : c->rel, step = rel_step(rel), unit = c->unit;
  if (unit == UNIT_SECOND || unit == UNIT_MINUTE || unit == UNIT_HOUR || unit == UNIT_MILLENNIUM || !unit) return false;
  if (c->plural && !c->edge) { /* "recent weeks", "the coming months": some */
    if (!rel_step(rel)) return false;
    put(a, rel_step(rel) < 0 ? "PAST_REF" : "FUTURE_REF");
    a->relative = true, a->anchor = ANCHOR_PUBLICATION;
    return true;
  }
  bool story = story_rel(rel) && story_known(r);
  if (unit == UNIT_DAY && rel == REL_SAME && !story_known(r)) story = false;
  a->relative = true, a->anchor = story ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (f->n >= 3 && c->dir) step += c->dir < 0 ? -1 : 1; /* "the week before" */
  int32_t from = story || c->dir ? story_day(r) : r->day;
  if (c->dir && rel) step = c->dir < 0 ? -2 : 2, from = r->day; /* "the week before last" */
  if (unit == UNIT_QUARTER && rel == REL_LATEST) step = -1;
  if (unit == UNIT_DAY && (rel == REL_NEXT) && !c->dir)
    from = story_day(r), a->anchor = story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (unit == UNIT_QUARTER && !c->rel && !c->edge && !c->mod)
    step = -1; /* "the quarter" of a report is the one that is over */
  if (!unit_answer(a, r, from, unit, step)) return false;
  if (c->edge && unit == UNIT_MONTH) return edge_day(a, c->edge);
  if (c->edge && unit == UNIT_WEEK && c->edge == 3) return a->period.first = a->period.last - 2, true;
  if (c->edge == 3 && unit == UNIT_YEAR) {
    if (f->n == 3 && f->pattern) put_day(a, a->period.last); /* year-end */
    a->period.first = a->period.last - 30;
    return true;
  }
  if (c->edge == 3 && unit == UNIT_DAY) return refine_part(a, a->period.first, PART_EVENING, 0);
  if (rel == REL_PAST && unit >= UNIT_WEEK && unit <= UNIT_YEAR) { /* "the past week": up to now */
    int32_t back = unit == UNIT_WEEK ? r->day - 7
                                     : day_add_months(r->day, unit == UNIT_MONTH     ? -1
                                                              : unit == UNIT_QUARTER ? -3
                                                                                     : -12);
    if (back != DAY_NONE) a->period = span_of(back, r->day, a->period.precision);
    return true;
  }
  if (c->mod == MOD_EARLIER && rel == REL_THIS && a->period.last >= r->day) a->period.last = r->day;
  else if (c->mod == MOD_LATER && rel == REL_THIS && a->period.first <= r->day) a->period.first = r->day;
  else narrow(a, c->mod, c->edge);
  return true;
}

/* ---- lengths */

static int32_t unit_minutes(int unit) {
  static const int32_t minutes[] = {0,      0,       1,        60,   1440,  10080,     43830, 131490,
                                    525960, 5259600, 52596000, 2880, 20160, 525960000, 1440};
  return unit >= 0 && unit < (int)(sizeof minutes / sizeof *minutes) ? minutes[unit] : 0;
}

static void put_amount(char out[24], float n) {
  if (n == (float)(int)n) snprintf(out, 24, "%d", (int)n);
  else snprintf(out, 24, "%.1f", (double)n);
}

/* PT48H, P2W, P2Y6M, PXD. */
static bool length_value(struct answer *a, float n, int unit) {
  static const char letters[] = {0, 'S', 'M', 'H', 'D', 'W', 'M', 'M', 'Y', 'Y', 'Y', 'W', 'W', 'Y', 'D'};
  static const int16_t times[] = {0, 1, 1, 1, 1, 1, 1, 3, 1, 10, 100, 1, 2, 1000, 1};
  char amount[24];
  if (unit < UNIT_SECOND || unit > UNIT_NIGHT) return false;
  bool clock = unit <= UNIT_HOUR;
  if (n < 0) {
    if (unit == UNIT_DECADE || unit == UNIT_CENTURY) put(a, "P%c%s", 'X', unit == UNIT_DECADE ? "E" : "C");
    else if (unit == UNIT_QUARTER) put(a, "PXQ");
    else put(a, "P%sX%c", clock ? "T" : "", letters[unit]);
    return true;
  }
  if (n > 1e6f) return false;
  float total = unit == UNIT_MILLENNIUM ? n * 1000.0f : n * (float)times[unit];
  float rest = total - (float)(int)total;
  if (unit == UNIT_YEAR && rest > 0)
    snprintf(amount, sizeof amount, "%dY%d", (int)total, (int)(rest * 12 + 0.5f)), put(a, "P%sM", amount);
  else if (unit == UNIT_WEEKEND) put(a, "P%dWE", (int)n);
  else put_amount(amount, total), put(a, "P%s%s%c", clock ? "T" : "", amount, letters[unit]);
  double minutes = (double)n * unit_minutes(unit);
  a->minutes = unit == UNIT_SECOND ? (int32_t)(n / 60) : minutes < 2e9 ? (int32_t)minutes : 0;
  return true;
}

static bool op_length(const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  float n = c->ncard ? c->num : c->plural ? -2 : 1; /* "for weeks": some */
  if (c->half && c->ncard && n >= 0 && n == (float)(int)n) n += 0.5f;
  a->type = TIMEX_DURATION;
  a->anchor = ANCHOR_CALENDAR;
  if (c->ncard > 1 && c->nunit > 1 && c->num >= 0 && c->num2 >= 0) { /* "two years and three months" */
    struct answer second = {0};
    if (!length_value(a, c->num, c->unit) || !length_value(&second, c->num2, c->unit2)) return false;
    struct answer first = *a;
    bool clock = strchr(first.value, 'T') != NULL && second.value[1] == 'T';
    put(a, "%.20s%.20s", first.value, second.value + (clock ? 2 : 1));
    a->minutes = first.minutes + second.minutes;
    return true;
  }
  int unit = c->nunit > 1 ? c->unit2 : c->unit;
  if (!length_value(a, n, unit)) return false;
  if (c->ncard > 1 && c->num2 > n)
    a->minutes = (int32_t)((double)a->minutes * c->num2 / (n > 0 ? n : 1)); /* "two or three days" may last three */
  return true;
}

/* The day `n` units from another; a distance in months or years leaves less than a day known. */
static bool moved(struct answer *a, int32_t from, float n, int unit, int sign, bool quarter, bool compared) {
  double months = unit == UNIT_MONTH     ? n
                  : unit == UNIT_QUARTER ? n * 3
                  : unit == UNIT_YEAR    ? n * 12
                  : unit == UNIT_DECADE  ? n * 120
                  : unit == UNIT_CENTURY ? n * 1200
                                         : 0;
  if (months > 100000 || n > 1e6f) return false;
  int32_t day;
  if (months > 0) {
    day = day_add_months(from, sign * (int)(months + 0.5));
    if (day == DAY_NONE) return false;
    struct civil c = civil_of_day(day);
    if (quarter && unit == UNIT_YEAR) return answer_quarter(a, c.year, (c.month - 1) / 3 + 1);
    if (unit == UNIT_MONTH) return answer_month(a, c.year, c.month);
    if (unit == UNIT_QUARTER) return answer_quarter(a, c.year, (c.month - 1) / 3 + 1);
    if (unit == UNIT_YEAR && n < 1.5f) {
      answer_day(a, day);
      if (compared) put(a, "%04d", c.year); /* "a year earlier", of nothing told: some time in that year */
      int32_t lo = day_add_months(day, -1), hi = day_add_months(day, 1);
      if (lo != DAY_NONE && hi != DAY_NONE) a->period = span_of(lo, hi, PRECISION_MONTH);
      return true;
    }
    return answer_year(a, c.year);
  }
  if (unit == UNIT_HOUR || unit == UNIT_MINUTE || unit == UNIT_SECOND) {
    double minutes = (double)n * unit_minutes(unit);
    day = from + sign * (int32_t)((minutes + (minutes >= 720 ? 720 : 0)) / 1440);
    return answer_day(a, day);
  }
  double days = (double)n * unit_minutes(unit) / 1440;
  if (days > 3e6) return false;
  day = from + sign * (int32_t)(days + 0.5);
  if (day < -719162 + 400 || !year_ok(civil_of_day(day).year)) return false;
  if ((unit == UNIT_WEEK && n > 1.5f)) {
    answer_week(a, day);
    a->period = span_of(day - 3, day + 3, PRECISION_WEEK);
    return true;
  }
  return answer_day(a, day);
}

static bool op_away(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int dir = c->dir;
  float n = c->ncard ? c->num : 1;
  if (c->half && c->ncard && n >= 0 && n == (float)(int)n) n += 0.5f;
  bool anchored = c->weekday || c->feast >= 0 || c->has_deictic;
  bool story = dir == -2 || dir == 2 || (!dir && !anchored && false);
  a->relative = true;
  a->anchor = story && story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (!c->unit || n == -2) {
    if (c->unit && c->unit < UNIT_DAY) return answer_day(a, story ? story_day(r) : r->day); /* "a few hours later" */
    put(a, dir < 0 ? "PAST_REF" : "FUTURE_REF");
    return true;
  }
  int32_t from = story ? story_day(r) : r->day;
  if (anchored) {
    struct parts day = *c;
    day.unit = 0;
    if (!base_day(t, r, &day, a, &from)) return false;
    a->period = PERIOD_NONE;
    a->relative = true;
  }
  int sign = dir ? (dir < 0 ? -1 : 1) : 1;
  bool quarter =
      story_known(r) && r->narrative.precision == PRECISION_SEASON && (r->narrative.last - r->narrative.first) < 95;
  if (quarter && c->unit == UNIT_YEAR) from = r->narrative.first;
  return moved(a, from, n, c->unit, sign, quarter, dir == -2 && !story_known(r));
}

/* "the past three months", "the next two weeks": a length that ends or begins now. */
static bool op_span(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  float n = c->num;
  if (c->ncard > 1 && c->num2 > n) n = c->num2;
  a->type = TIMEX_DURATION;
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  if (!length_value(a, n, c->unit)) return false;
  int step = rel_step(c->rel);
  if (c->rel == REL_THIS) step = -1;
  if (!step || n < 0 || a->minutes <= 0) return true;
  int32_t days = (a->minutes + 720) / 1440;
  if (c->unit >= UNIT_MONTH) {
    int32_t other = c->unit == UNIT_MONTH || c->unit == UNIT_YEAR
                        ? day_add_months(r->day, step * (int)(n * (c->unit == UNIT_YEAR ? 12 : 1)))
                        : DAY_NONE;
    if (other != DAY_NONE) days = other > r->day ? other - r->day : r->day - other;
  }
  if (days > 400000) return true;
  a->period = step < 0 ? span_of(r->day - days, r->day, PRECISION_DAY) : span_of(r->day, r->day + days, PRECISION_DAY);
  a->period.precision = days > 400  ? PRECISION_YEAR
                        : days > 31 ? PRECISION_MONTH
                        : days > 8  ? PRECISION_WEEK
                                    : PRECISION_DAY;
  return true;
}

/* ---- sets, vague references, ordinals */

static bool op_set(const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  a->type = TIMEX_SET;
  a->anchor = ANCHOR_CALENDAR;
  if (c->weekday)
    return put(a, "XXXX-WXX-%d%s%s", c->weekday, c->part ? "T" : "", c->part ? part_code(c->part) : ""), true;
  if (c->month) return put(a, "XXXX-%02d", c->month), true;
  if (c->part) return put(a, "XXXX-XX-XXT%s", part_code(c->part)), true;
  if (c->season) {
    static const char *const names[] = {"SP", "SU", "FA", "WI"};
    return put(a, "XXXX-%s", names[c->season - 1]), true;
  }
  int unit = c->freq ? c->freq : c->unit;
  if (unit == UNIT_QUARTER && !c->ncard) return put(a, "P1Q"), true;
  struct answer length = {0};
  if (!length_value(&length, c->ncard && c->num > 0 ? c->num : 1, unit)) return false;
  memcpy(a->value, length.value, sizeof a->value);
  return true;
}

static bool vague(struct answer *a, const char *value) {
  put(a, "%s", value);
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  return true;
}

static bool op_nth(const struct reference *r, const struct found *f, struct answer *a) {
  (void)f;
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  a->role = TIMEX_ROLE_BACKGROUND;
  put_day(a, r->day);
  return true;
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
  *a = (struct answer){.type = TIMEX_DATE, .period = PERIOD_NONE, .role = TIMEX_ROLE_EVENT};
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
  case OP_NTH: ok = op_nth(&some, f, a); break;
  case OP_ANNIVERSARY: ok = op_anniversary(&some, f, a); break;
  case OP_COUNT: break;
  }
  if (ok && r->day == DAY_NONE && a->relative) a->period = PERIOD_NONE, put(a, "%s", "XXXX-XX-XX");
  return ok;
}
