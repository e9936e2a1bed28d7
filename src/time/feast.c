/* feast.c - computing feasts: two Easters, the Islamic and the Hebrew calendar. */
#include "time/feast.h"

int32_t easter_day(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return day_of_civil((struct civil){year, n / 31, n % 31 + 1});
}

int32_t orthodox_easter_day(int year) {
  int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7,
      n = d + e + 114;
  int shift = year / 100 - year / 400 - 2; /* Julian to Gregorian */
  return day_of_civil((struct civil){year, n / 31, n % 31 + 1}) + shift;
}

int32_t hijri_day(int year, int month, int day) {
  const int32_t epoch = -492148; /* 622-07-19 proleptic Gregorian */
  return epoch + day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30 - 1;
}

/* Days from the epoch to 1 Tishri of a year, after the postponements. */
static int32_t hebrew_elapsed(int year) {
  int64_t months = (235ll * year - 234) / 19, parts = 12084 + 13753 * months;
  int64_t day = 29 * months + parts / 25920;
  return (int32_t)(3 * (day + 1) % 7 < 3 ? day + 1 : day);
}

static int32_t hebrew_new_year(int year) {
  const int32_t epoch = -2092590; /* 7 October -3760, Julian */
  int32_t ny0 = hebrew_elapsed(year - 1), ny1 = hebrew_elapsed(year), ny2 = hebrew_elapsed(year + 1);
  int fix = ny2 - ny1 == 356 ? 2 : ny1 - ny0 == 382 ? 1 : 0;
  return epoch + ny1 + fix;
}

static bool hebrew_leap(int year) { return (7 * year + 1) % 19 < 7; }

static int hebrew_month_days(int year, int month) {
  int32_t length = hebrew_new_year(year + 1) - hebrew_new_year(year);
  if (month == 2 || month == 4 || month == 6 || month == 10 || month == 13) return 29;
  if (month == 12 && !hebrew_leap(year)) return 29;
  if (month == 8) return length % 10 == 5 ? 30 : 29; /* Heshvan is long in a complete year */
  if (month == 9) return length % 10 == 3 ? 29 : 30; /* Kislev is short in a deficient one */
  return 30;
}

int32_t hebrew_day(int year, int month, int day) {
  int32_t d = hebrew_new_year(year) + day - 1;
  int last = hebrew_leap(year) ? 13 : 12;
  for (int m = 7; m != month; m = m == last ? 1 : m + 1) d += hebrew_month_days(year, m);
  return d;
}

static int32_t nth_weekday(int year, int month, int weekday, int k) {
  if (k > 0) {
    int32_t first = day_of_civil((struct civil){year, month, 1});
    return first + (weekday - weekday_of_day(first) + 7) % 7 + 7 * (k - 1);
  }
  int32_t last = day_of_civil((struct civil){year, month, days_in_month(year, month)});
  return last - (weekday_of_day(last) - weekday + 7) % 7;
}

/* A lunar feast whose day lies in the civil year: its own year is one of three. */
static int32_t in_year(int32_t (*of)(int, int, int), int guess, int month, int day, int year) {
  for (int y = guess - 1; y <= guess + 1; y++) {
    int32_t d = y > 0 ? of(y, month, day) : DAY_NONE;
    if (d != DAY_NONE && civil_of_day(d).year == year) return d;
  }
  return DAY_NONE;
}

/* The last such weekday of a Hijri month: Quds Day is the last Friday of Ramadan. */
static int32_t hijri_last(int year, int month, int weekday) {
  int32_t last = hijri_day(month == 12 ? year + 1 : year, month % 12 + 1, 1) - 1;
  return last - (weekday_of_day(last) - weekday + 7) % 7;
}

int32_t feast_day(const struct feast *f, int year) {
  if (year < 2 || year > 9998) return DAY_NONE;
  switch (f->rule) {
  case FEAST_FIXED:
    return civil_valid((struct civil){year, f->a, f->b}) ? day_of_civil((struct civil){year, f->a, f->b}) : DAY_NONE;
  case FEAST_EASTER: return year < 1583 ? DAY_NONE : easter_day(year) + f->a;
  case FEAST_ORTHODOX: return year < 1583 ? DAY_NONE : orthodox_easter_day(year) + f->a;
  case FEAST_NTH: return nth_weekday(year, f->c, f->b, f->a);
  case FEAST_HIJRI: return in_year(hijri_day, (int)((year - 622) * 33LL / 32), f->a, f->b, year);
  case FEAST_HIJRI_LAST: return in_year(hijri_last, (int)((year - 622) * 33LL / 32), f->a, f->b, year);
  case FEAST_ONCE: return civil_of_day(f->table[0]).year == year ? f->table[0] : DAY_NONE;
  case FEAST_HEBREW: return in_year(hebrew_day, year + 3761 - (f->a < 7), f->a, f->b, year);
  case FEAST_TABLE:
    for (uint32_t i = 0; i < f->ntable; i++)
      if (civil_of_day(f->table[i]).year == year) return f->table[i];
    return DAY_NONE;
  }
  return DAY_NONE;
}

static bool number(str *rest, int least, int most, int8_t *out) {
  int64_t v;
  *rest = str_trim(*rest);
  str word = str_cut(rest, ' ');
  if (!str_to_int(word, &v) || v < least || v > most) return false;
  *out = (int8_t)v;
  return true;
}

static bool table(struct feast *f, str rest, struct arena *a) {
  f->table = ARENA_ARRAY(a, int32_t, rest.n / 11 + 1);
  if (!f->table) return false;
  while ((rest = str_trim(rest)).n) {
    str word = str_cut(&rest, ' ');
    if (!day_parse_iso(word, &f->table[f->ntable])) return false;
    f->ntable++;
  }
  return f->ntable > 0;
}

bool feast_parse(struct feast *f, str rule, struct arena *a) {
  str rest = str_trim(rule), kind = str_cut(&rest, ' ');
  if (str_is(kind, "fixed")) {
    f->rule = FEAST_FIXED;
    str month = str_cut(&rest, '-');
    return number(&month, 1, 12, &f->a) && number(&rest, 1, 31, &f->b);
  }
  if (str_is(kind, "easter")) return f->rule = FEAST_EASTER, number(&rest, -100, 100, &f->a);
  if (str_is(kind, "orthodox")) return f->rule = FEAST_ORTHODOX, number(&rest, -100, 100, &f->a);
  if (str_is(kind, "nth"))
    return f->rule = FEAST_NTH,
           number(&rest, -1, 5, &f->a) && number(&rest, 1, 7, &f->b) && number(&rest, 1, 12, &f->c);
  if (str_is(kind, "hijri")) return f->rule = FEAST_HIJRI, number(&rest, 1, 12, &f->a) && number(&rest, 1, 30, &f->b);
  if (str_is(kind, "hijri-last"))
    return f->rule = FEAST_HIJRI_LAST, number(&rest, 1, 12, &f->a) && number(&rest, 1, 7, &f->b);
  if (str_is(kind, "once")) return f->rule = FEAST_ONCE, table(f, rest, a) && f->ntable == 1;
  if (str_is(kind, "hebrew")) return f->rule = FEAST_HEBREW, number(&rest, 1, 13, &f->a) && number(&rest, 1, 30, &f->b);
  if (str_is(kind, "table")) return f->rule = FEAST_TABLE, table(f, rest, a);
  return false;
}
