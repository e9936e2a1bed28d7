/* clock.c - finds the time of day in a date as it was written. */
#include "base/clock.h"
#include "base/zone.h"

/* RFC 822, section 5.1. */
static const struct {
  char name[4];
  int16_t minutes;
} lettered[] = {{"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"est", -300}, {"edt", -240},
                {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}};

/* One or two digits from *at on; -1 if there is none. */
static int two_digits(str s, size_t *at) {
  int v = -1;
  for (size_t from = *at; *at < s.n && *at < from + 2 && ascii_digit(s.p[*at]); ++*at)
    v = (v < 0 ? 0 : v * 10) + (s.p[*at] - '0');
  return v;
}

static str word_at(str s, size_t *at) {
  while (*at < s.n && ascii_space(s.p[*at])) ++*at;
  size_t from = *at;
  while (*at < s.n && ascii_alpha(s.p[*at])) ++*at;
  return str_sub(s, from, *at);
}

/* "+01:00", "-0500", "+03" */
static int16_t offset_at(str s, size_t at) {
  int sign = s.p[at++] == '-' ? -1 : 1, hours = two_digits(s, &at);
  at += at < s.n && s.p[at] == ':';
  int minutes = two_digits(s, &at);
  if (minutes < 0) minutes = 0;
  return hours < 0 || hours > 14 || minutes > 59 ? ZONE_NONE : (int16_t)(sign * (hours * 60 + minutes));
}

static int16_t zone_at(str s, size_t at) {
  str word = word_at(s, &at);
  if (!word.n) return at < s.n && (s.p[at] == '+' || s.p[at] == '-') ? offset_at(s, at) : ZONE_NONE;
  for (size_t i = 0; i < sizeof lettered / sizeof *lettered; i++)
    if (str_eq_fold(word, str_of(lettered[i].name))) return lettered[i].minutes;
  return ZONE_NONE;
}

/* "10:30 PM": the hour of twenty-four; *at moves behind it. False if it is no such hour. */
static bool half_day(str s, size_t *at, int *hour) {
  size_t end = *at;
  str word = word_at(s, &end);
  bool dots = word.n == 1 && end + 1 < s.n && s.p[end] == '.' && ascii_fold(s.p[end + 1]) == 'm'; /* "p.m." */
  bool pm = str_eq_fold(word, dots ? STR("p") : STR("pm")), am = str_eq_fold(word, dots ? STR("a") : STR("am"));
  if (!pm && !am) return true;
  if (dots) end += end + 2 < s.n && s.p[end + 2] == '.' ? 3 : 2;
  *at = end;
  if (*hour < 1 || *hour > 12) return false;
  *hour = *hour % 12 + (pm ? 12 : 0);
  return true;
}

static struct clock clock_at(str s, size_t at) {
  int hour = two_digits(s, &at), second = 0;
  if (at >= s.n || s.p[at++] != ':') return CLOCK_NONE;
  int minute = two_digits(s, &at);
  if (at < s.n && s.p[at] == ':') at++, second = two_digits(s, &at);
  if (at < s.n && s.p[at] == '.')
    for (at++; at < s.n && ascii_digit(s.p[at]);) at++;
  if (!half_day(s, &at, &hour) || hour > 23 || minute < 0 || minute > 59 || (!hour && !minute && !second))
    return CLOCK_NONE;
  return (struct clock){(int16_t)(hour * 60 + minute), zone_at(s, at)};
}

struct clock clock_parse(str date) {
  size_t colon = str_find(date, ':');
  if (colon < 1 || colon >= date.n || !ascii_digit(date.p[colon - 1])) return CLOCK_NONE;
  size_t from = colon - 1;
  if (from && ascii_digit(date.p[from - 1])) from--;
  return clock_at(date, from);
}

void clock_put(struct buf *b, struct clock c) {
  if (c.minute < 0) return;
  buf_printf(b, "T%02d:%02d", c.minute / 60, c.minute % 60);
  if (c.zone != ZONE_NONE) zone_put_offset(b, c.zone);
}
