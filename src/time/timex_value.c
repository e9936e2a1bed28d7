/* timex_value.c - writing TIMEX3 values and the stretches of days they denote. */
#include "time/timex_value.h"
#include <stdio.h>

bool year_ok(int y) { return y >= 1 && y <= 9999; }

struct period span_of(int32_t first, int32_t last, enum precision p) {
  return (struct period){first, last, -1, -1, (uint8_t)p};
}

struct period months_from(int year, int month, int n, enum precision p) {
  int m = year * 12 + month - 1 + n - 1;
  return span_of(day_of_civil((struct civil){year, month, 1}),
                 day_of_civil((struct civil){m / 12, m % 12 + 1, days_in_month(m / 12, m % 12 + 1)}), p);
}

struct period week_of(int32_t day) {
  int32_t monday = day - weekday_of_day(day) + 1;
  return span_of(monday, monday + 6, PRECISION_WEEK);
}

/* ---- values */

void put(struct answer *a, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(a->value, sizeof a->value, format, args);
  va_end(args);
}

void put_day(struct answer *a, int32_t day) {
  char z[11];
  day_format(day, z);
  put(a, "%s", z);
}

bool answer_day(struct answer *a, int32_t day) {
  if (day == DAY_NONE) return false;
  put_day(a, day);
  a->period = period_of_day(day);
  return true;
}

bool answer_month(struct answer *a, int year, int month) {
  if (!year_ok(year)) return false;
  put(a, "%04d-%02d", year, month);
  a->period = period_of_month(year, month);
  return true;
}

bool answer_year(struct answer *a, int year) {
  if (!year_ok(year)) return false;
  put(a, "%04d", year);
  a->period = period_of_year(year);
  return true;
}

bool answer_week(struct answer *a, int32_t day) {
  int y, w;
  iso_week_of_day(day, &y, &w);
  put(a, "%04d-W%02d", y, w);
  a->period = week_of(day);
  return true;
}

bool answer_weekend(struct answer *a, int32_t day) {
  int y, w;
  iso_week_of_day(day, &y, &w);
  put(a, "%04d-W%02d-WE", y, w);
  struct period week = week_of(day);
  a->period = span_of(week.first + 5, week.last, PRECISION_WEEKEND);
  return true;
}

bool answer_quarter(struct answer *a, int year, int quarter) {
  if (!year_ok(year) || quarter < 1 || quarter > 4) return false;
  put(a, "%04d-Q%d", year, quarter);
  a->period = months_from(year, quarter * 3 - 2, 3, PRECISION_SEASON);
  return true;
}

bool answer_season(struct answer *a, int year, int season) {
  static const char *const names[] = {"SP", "SU", "FA", "WI"};
  if (!year_ok(year) || year_ok(year) != year_ok(year + 1)) return false;
  put(a, "%04d-%s", year, names[season - 1]);
  a->period = months_from(year, season * 3, 3, PRECISION_SEASON);
  return true;
}

bool answer_decade(struct answer *a, int year) {
  if (!year_ok(year) || !year_ok(year + 9)) return false;
  put(a, "%03d", year / 10);
  a->period = span_of(day_of_civil((struct civil){year < 10 ? 1 : year / 10 * 10, 1, 1}),
                      day_of_civil((struct civil){year / 10 * 10 + 9, 12, 31}), PRECISION_DECADE);
  return true;
}

bool answer_century(struct answer *a, int ord) {
  if (ord < 1 || ord > 99) return false;
  put(a, "%02d", ord - 1);
  a->period = span_of(day_of_civil((struct civil){(ord - 1) * 100 + 1, 1, 1}),
                      day_of_civil((struct civil){ord * 100 > 9999 ? 9999 : ord * 100, 12, 31}), PRECISION_CENTURY);
  return true;
}

bool answer_iso_week(struct answer *a, int year, int week) {
  if (!year_ok(year) || week < 1) return false;
  int32_t monday = day_of_iso_week(year, week);
  int y, w;
  iso_week_of_day(monday, &y, &w);
  return y == year && w == week && answer_week(a, monday); /* most years have no week 53 */
}

bool answer_within(struct answer *a, struct period p) {
  if (p.first == DAY_NONE) return false;
  struct civil c = civil_of_day(p.first);
  if (p.precision <= PRECISION_MONTH) put(a, "%04d-%02d-XX", c.year, c.month);
  else put(a, "%04d-XX-XX", c.year);
  a->period = p;
  a->relative = true, a->anchor = ANCHOR_NARRATIVE;
  return true;
}

/* ---- parts of days and of stretches */

/* Minutes of a part of the day; a night runs into the next day. */
static void part_minutes(int part, int mod, int16_t *first, int16_t *last) {
  static const int16_t at[][2] = {{0, 1439},    {360, 720},   {690, 810}, {720, 1080},
                                  {1080, 1320}, {1080, 1439}, {270, 420}, {360, 1140}};
  *first = at[part][0], *last = at[part][1];
  if (mod == MOD_EARLY && part == PART_MORNING) *first = 180, *last = 540;
}

const char *part_code(int part) {
  static const char *const codes[] = {"", "MO", "MI", "AF", "EV", "NI", "MO", "DT"};
  return codes[part];
}

bool refine_part(struct answer *a, int32_t day, int part, int mod) {
  char z[11];
  day_format(day, z);
  a->type = TIMEX_TIME;
  put(a, "%sT%s", z, part_code(part));
  a->period = period_of_day(day);
  part_minutes(part, mod, &a->period.first_min, &a->period.last_min);
  a->period.precision = PRECISION_DAYPART;
  return true;
}

/* GMT stands in the value, as TimeML has it; other zones in `zone` alone. */
bool refine_clock(struct answer *a, int32_t day, int minute) {
  char z[11];
  day_format(day, z);
  a->type = TIMEX_TIME;
  put(a, "%sT%02d:%02d", z, minute / 60, minute % 60);
  if (minute == 1440) put(a, "%sT24:00", z);
  else if (a->zone == 0) put(a, "%sT%02d:%02dZ", z, minute / 60, minute % 60);
  a->period = (struct period){day, day, (int16_t)(minute == 1440 ? 1439 : minute),
                              (int16_t)(minute == 1440 ? 1439 : minute), PRECISION_MINUTE};
  return true;
}

/* The part of a stretch that "early", "the end of" leave. */
void narrow(struct answer *a, int mod, int edge) {
  int32_t n = a->period.last - a->period.first + 1, third = n / 3;
  if (mod == MOD_EARLY || edge == 1) a->period.last = a->period.first + third;
  else if (mod == MOD_MID || edge == 2) a->period.first += third, a->period.last -= third;
  else if (mod == MOD_LATE || edge == 3) a->period.first = a->period.last - third;
}

/* "the end of May" is its last day; "the beginning" its first. */
bool edge_day(struct answer *a, int edge) {
  if (edge == 2) return narrow(a, 0, 2), true;
  return answer_day(a, edge == 1 ? a->period.first : a->period.last);
}
