/* timex_length.c - operations on lengths: "three days", "two weeks ago", "the past year", "every Friday". */
#include "time/timex_op.h"
#include <stdio.h>

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

/* "half an hour" is told in the next smaller unit. */
static bool halved(struct answer *a, int unit) {
  const char *value = unit == UNIT_MINUTE    ? "PT30S"
                      : unit == UNIT_HOUR    ? "PT30M"
                      : unit == UNIT_DAY     ? "PT12H"
                      : unit == UNIT_YEAR    ? "P6M"
                      : unit == UNIT_DECADE  ? "P5Y"
                      : unit == UNIT_CENTURY ? "P50Y"
                                             : NULL;
  if (!value) return false;
  put(a, "%s", value);
  a->minutes = unit_minutes(unit) / 2;
  return true;
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
  if (n == 0.5f && halved(a, unit)) return true;
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

bool op_length(const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  float n = c->ncard ? c->num : c->plural ? -2 : c->half ? 0.5f : 1; /* "for weeks": some */
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

/* "a few days ago": two to seven of them; the value stays vague. */
static bool vague_away(struct answer *a, int32_t from, int unit, int dir) {
  put(a, dir < 0 ? "PAST_REF" : "FUTURE_REF");
  double one = unit_minutes(unit) / 1440.0;
  if (!unit || one * 7 > 30000) return true;
  int32_t near_day = from + (int32_t)(dir < 0 ? -one : one), far = from + (int32_t)(dir < 0 ? -7 * one : 7 * one);
  if (near_day < -719162 + 400 || far < -719162 + 400 || !year_ok(civil_of_day(far).year)) return true;
  a->period = span_of(dir < 0 ? far : near_day, dir < 0 ? near_day : far,
                      unit <= UNIT_DAY     ? PRECISION_WEEK
                      : unit == UNIT_WEEK  ? PRECISION_MONTH
                      : unit == UNIT_MONTH ? PRECISION_YEAR
                                           : PRECISION_DECADE);
  return true;
}

bool op_away(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int dir = c->dir;
  float n = c->ncard ? c->num : c->half ? 0.5f : 1; /* "half an hour ago" */
  if (c->half && c->ncard && n >= 0 && n == (float)(int)n) n += 0.5f;
  bool anchored = c->weekday || c->feast >= 0 || c->has_deictic;
  bool story = dir == -2 || dir == 2 || (!dir && !anchored && false);
  a->relative = true;
  a->anchor = story && story_known(r) ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (!c->ncard && c->plural) n = -2; /* "months ago" */
  bool fine = c->unit && c->unit <= UNIT_WEEK;
  int32_t from = !story || !story_known(r) ? r->day : fine ? story_exact(r) : story_day(r);
  if (from == DAY_NONE) return answer_within(a, r->narrative);
  if (!c->unit || n == -2) {
    if (c->unit && c->unit < UNIT_DAY) return answer_day(a, from); /* "a few hours later" */
    return vague_away(a, from, c->unit, dir);
  }
  if (anchored) {
    struct parts day = *c;
    day.unit = 0;
    if (!base_day(t, r, &day, a, &from)) return false;
    a->period = PERIOD_NONE;
    a->relative = true;
  }
  int sign = dir ? (dir < 0 ? -1 : 1) : 1;
  if (!story && !anchored && r->clock.minute >= 0 && (c->unit == UNIT_HOUR || c->unit == UNIT_MINUTE) && n < 1e4f) {
    int32_t at = r->clock.minute + sign * (int32_t)(n * (float)unit_minutes(c->unit)); /* "two hours ago" */
    int32_t days = at >= 0 ? at / 1440 : -((1439 - at) / 1440);
    a->zone = r->clock.zone;
    return refine_clock(a, from + days, at - days * 1440);
  }
  bool quarter = period_known(r->quarter) && n < 1.5f;
  if (quarter && c->unit == UNIT_YEAR) {
    from = r->quarter.first;
    if (civil_of_day(from).year < civil_of_day(r->day).year - 1) quarter = false, from = story ? story_day(r) : r->day;
  }
  return moved(a, from, n, c->unit, sign, quarter, dir == -2 && !story_known(r));
}

/* "the past three months", "the next two weeks": a length that ends or begins now. */
bool op_span(const struct reference *r, const struct found *f, struct answer *a) {
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

bool op_set(const struct found *f, struct answer *a) {
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
