/* calendar.c - day numbers, ISO weeks, periods. */
#include "base/calendar.h"
#include <stdio.h>

int days_in_month(int year, int month) {
  static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

bool civil_valid(struct civil c) {
  return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
         c.day <= days_in_month(c.year, c.month);
}

int32_t day_of_civil(struct civil c) {
  int y = c.year - (c.month <= 2), era = (y >= 0 ? y : y - 399) / 400;
  int yoe = y - era * 400, doy = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
  int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

struct civil civil_of_day(int32_t day) {
  int z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  struct civil c = {yoe + era * 400, mp < 10 ? mp + 3 : mp - 9, doy - (153 * mp + 2) / 5 + 1};
  c.year += c.month <= 2;
  return c;
}

int weekday_of_day(int32_t day) { return (int)(((int64_t)day + 3) % 7 + 7) % 7 + 1; }

int32_t day_of_iso_week(int year, int week) {
  int32_t fourth = day_of_civil((struct civil){year, 1, 4}); /* 4 January is always in week 1 */
  return fourth - (weekday_of_day(fourth) - 1) + 7 * (week - 1);
}

void iso_week_of_day(int32_t day, int *year, int *week) {
  int32_t thursday = day - weekday_of_day(day) + 4;
  *year = civil_of_day(thursday).year;
  *week = (thursday - day_of_civil((struct civil){*year, 1, 1})) / 7 + 1;
}

int32_t day_add_months(int32_t day, int months) {
  struct civil c = civil_of_day(day);
  int m = c.year * 12 + c.month - 1 + months;
  c.year = m / 12;
  c.month = m % 12 + 1;
  if (c.year < 1 || c.year > 9999) return DAY_NONE;
  int most = days_in_month(c.year, c.month);
  if (c.day > most) c.day = most;
  return day_of_civil(c);
}

static bool digits(str s, size_t from, size_t n, int *out) {
  int64_t v;
  if (from + n > s.n || !ascii_digit(s.p[from]) || !str_to_int(str_sub(s, from, from + n), &v)) return false;
  *out = (int)v;
  return true;
}

bool day_parse_iso(str s, int32_t *day) {
  struct civil c;
  if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-') return false;
  if (s.n > 10 && s.p[10] != 'T' && s.p[10] != ' ') return false;
  if (!digits(s, 0, 4, &c.year) || !digits(s, 5, 2, &c.month) || !digits(s, 8, 2, &c.day) || !civil_valid(c))
    return false;
  *day = day_of_civil(c);
  return true;
}

void day_format(int32_t day, char out[11]) {
  struct civil c = civil_of_day(day);
  unsigned y = (unsigned)c.year % 10000, m = (unsigned)c.month % 100, d = (unsigned)c.day % 100;
  snprintf(out, 11, "%04u-%02u-%02u", y, m, d);
}

const char *precision_name(enum precision p) {
  static const char *const names[] = {"",      "minute", "hour", "daypart", "day",     "weekend", "week",
                                      "month", "season", "year", "decade",  "century", "open"};
  return (unsigned)p < sizeof names / sizeof *names ? names[p] : "";
}

struct period period_of_month(int year, int month) {
  int32_t first = day_of_civil((struct civil){year, month, 1});
  return (struct period){first, first + days_in_month(year, month) - 1, -1, -1, PRECISION_MONTH};
}

struct period period_of_year(int year) {
  return (struct period){day_of_civil((struct civil){year, 1, 1}), day_of_civil((struct civil){year, 12, 31}), -1, -1,
                         PRECISION_YEAR};
}

void period_put_end(struct buf *b, int32_t day, int16_t minute) {
  if (day == DAY_NONE) return;
  char text[11];
  day_format(day, text);
  buf_put(b, (str){text, 10});
  if (minute >= 0) buf_printf(b, "T%02d:%02d", minute / 60 % 24, minute % 60);
}
