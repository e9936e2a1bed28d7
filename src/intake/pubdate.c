/* pubdate.c - dates of publication: three numbers, or two and the name of a month. */
#include "intake/pubdate.h"

enum { NUMBERS = 3 };

static int month_of(str word) {
  static const char names[12][4] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.n < 3) return 0;
  for (int i = 0; i < 12; i++)
    if (str_eq_fold(str_sub(word, 0, 3), str_of(names[i]))) return i + 1;
  return 0;
}

static int number(str digits) {
  int v = 0;
  for (size_t i = 0; i < digits.n; i++) v = v * 10 + (digits.p[i] - '0');
  return v;
}

static enum pubdate finish(int year, int month, int day, int32_t *out) {
  struct civil c = {year, month, day};
  if (!civil_valid(c)) return PUBDATE_IMPOSSIBLE;
  *out = day_of_civil(c);
  return PUBDATE_OK;
}

/* Digits from *at on, at most four. */
static str digits_at(str s, size_t *at) {
  size_t from = *at;
  while (*at < s.n && *at - from < 5 && ascii_digit(s.p[*at])) ++*at;
  return str_sub(s, from, *at);
}

/* 2020-12-26, 2020/12/26, 2020.12.26, and what follows it if that does not go on with the number. */
static enum pubdate year_first(str s, int32_t *out) {
  size_t at = 0;
  str part[NUMBERS];
  char mark = 0;
  for (int i = 0; i < NUMBERS; i++) {
    if (i) {
      if (at >= s.n || !strchr("-/.", s.p[at]) || (mark && s.p[at] != mark)) return PUBDATE_UNKNOWN;
      mark = s.p[at++];
    }
    part[i] = digits_at(s, &at);
    if (i ? part[i].n < 1 || part[i].n > 2 : part[i].n != 4) return PUBDATE_UNKNOWN;
  }
  if (at < s.n && s.p[at] != 'T' && s.p[at] != 't' && !ascii_space(s.p[at]) && s.p[at] != 'Z' && s.p[at] != '+')
    return PUBDATE_UNKNOWN;
  return finish(number(part[0]), number(part[1]), number(part[2]), out);
}

static enum pubdate eight_digits(str s, int32_t *out) {
  size_t n = 0;
  while (n < s.n && ascii_digit(s.p[n])) n++;
  if (n != 8 && n != 14) return PUBDATE_UNKNOWN;
  return finish(number(str_sub(s, 0, 4)), number(str_sub(s, 4, 6)), number(str_sub(s, 6, 8)), out);
}

struct words_found {
  int day, month, year;
};

/* A number of a written date: the year has four digits, or two behind the month in the old form of RFC 822. */
static void take_number(struct words_found *f, str digits) {
  if (digits.n == 4 && !f->year) f->year = number(digits);
  else if (digits.n <= 2 && !f->day) f->day = number(digits);
  else if (digits.n == 2 && f->month && !f->year) f->year = number(digits) + (number(digits) < 70 ? 2000 : 1900);
}

/* "Sat, 26 Dec 2020 10:00:00 GMT", "December 26, 2020, 10:00": up to the first colon or until all three are found. */
static enum pubdate month_named(str s, int32_t *out) {
  struct words_found f = {0};
  for (size_t at = 0; at < s.n && !(f.day && f.month && f.year) && s.p[at] != ':';) {
    size_t from = at;
    if (ascii_digit(s.p[at])) {
      str digits = digits_at(s, &at);
      take_number(&f, digits);
    } else if (ascii_alpha(s.p[at])) {
      while (at < s.n && ascii_alpha(s.p[at])) at++;
      if (!f.month) f.month = month_of(str_sub(s, from, at));
    } else at++;
  }
  if (!f.day || !f.month || !f.year) return PUBDATE_UNKNOWN;
  return finish(f.year, f.month, f.day, out);
}

enum pubdate pubdate_parse(str s, int32_t *day) {
  s = str_trim(s);
  if (s.n > 128) s.n = 128;
  enum pubdate found = year_first(s, day);
  if (found == PUBDATE_UNKNOWN) found = eight_digits(s, day);
  return found == PUBDATE_UNKNOWN ? month_named(s, day) : found;
}
