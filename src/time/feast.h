/* feast.h - named days of the main calendars: their rule and the day of a year.
 *
 * Easter: Meeus/Jones/Butcher (Gregorian) and Meeus (Julian). Hijri: the tabular civil calendar (30-year cycle), which may
 * differ by a day from the sighted moon. Hebrew: the four postponements, after Dershowitz and Reingold, "Calendrical
 * Calculations". Pure functions; nothing is read here but one line's rule. */
#ifndef TR_TIME_FEAST_H
#define TR_TIME_FEAST_H
#include "base/arena.h"
#include "base/calendar.h"

enum feast_rule {
  FEAST_FIXED,
  FEAST_EASTER,
  FEAST_ORTHODOX,
  FEAST_NTH,
  FEAST_HIJRI,
  FEAST_HEBREW,
  FEAST_HIJRI_LAST,
  FEAST_TABLE,
  FEAST_ONCE
};
struct feast {
  uint8_t rule;
  int8_t a, b,
      c; /* fixed: month day; easter: offset; nth: which, weekday, month; hijri, hebrew: month, day; last: month, weekday */
  uint8_t length; /* days */
  int32_t *table; /* FEAST_TABLE: days in order; FEAST_ONCE: the day */
  uint32_t ntable;
};

/* "easter -2" into *f; a table lies in `a`. False if the rule is not understood. */
bool feast_parse(struct feast *f, str rule, struct arena *a);
/* Its first day that lies in the year, DAY_NONE if there is none (a table that ends, a Hijri feast that skips a year). */
int32_t feast_day(const struct feast *f, int year);
int32_t easter_day(int year);
int32_t orthodox_easter_day(int year);
int32_t hijri_day(int year, int month, int day);
int32_t hebrew_day(int year, int month, int day); /* year of the era of creation; month 1 = Nisan */

#endif
