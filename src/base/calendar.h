/* calendar.h - civil days as numbers, and spans of time with a precision.
 *
 * A `day` counts from 1970-01-01 = 0 in the proleptic Gregorian calendar; years 1 to 9999 are valid. Algorithms: H. Hinnant,
 * "chrono-compatible low-level date algorithms". Weekdays and weeks are ISO 8601. Time zones are not applied here:
 * minutes are wall-clock minutes of the zone the text speaks of. */
#ifndef TR_BASE_CALENDAR_H
#define TR_BASE_CALENDAR_H
#include "base/buf.h"

#define DAY_NONE INT32_MIN

struct civil {
  int year, month, day; /* month 1..12, day 1..31 */
};

bool civil_valid(struct civil c);
int32_t day_of_civil(struct civil c); /* c must be valid */
struct civil civil_of_day(int32_t day);
int days_in_month(int year, int month);
int weekday_of_day(int32_t day);                         /* 1 = Monday .. 7 = Sunday */
void iso_week_of_day(int32_t day, int *year, int *week); /* 2021-01-01 is week 53 of 2020 */
int32_t day_of_iso_week(int year, int week);             /* its Monday */
int32_t day_add_months(int32_t day, int months);         /* 31 January + 1 month is the last of February */
bool day_parse_iso(str s, int32_t *day);                 /* "2020-12-26", perhaps followed by 'T' or ' ' and a time */
void day_format(int32_t day, char out[11]);              /* "2020-12-26" */

enum precision { /* from fine to coarse; the order is meaningful */
                 PRECISION_NONE,
                 PRECISION_MINUTE,
                 PRECISION_HOUR,
                 PRECISION_DAYPART,
                 PRECISION_DAY,
                 PRECISION_WEEKEND,
                 PRECISION_WEEK,
                 PRECISION_MONTH,
                 PRECISION_SEASON, /* and quarter, half */
                 PRECISION_YEAR,
                 PRECISION_DECADE,
                 PRECISION_CENTURY,
                 PRECISION_OPEN /* one end unknown: "since 2014" */
};
const char *precision_name(enum precision p); /* "day", "" for none */

/* A stretch of time: [first, last] days inclusive, with wall-clock minutes where known. */
struct period {
  int32_t first, last;         /* DAY_NONE at an unknown end; both DAY_NONE: no date */
  int16_t first_min, last_min; /* minutes of those days, or -1 */
  uint8_t precision;           /* enum precision */
};
#define PERIOD_NONE ((struct period){DAY_NONE, DAY_NONE, -1, -1, PRECISION_NONE})
static inline struct period period_of_day(int32_t day) { return (struct period){day, day, -1, -1, PRECISION_DAY}; }
static inline bool period_known(struct period p) { return p.first != DAY_NONE || p.last != DAY_NONE; }
struct period period_of_month(int year, int month);
struct period period_of_year(int year);
/* "2020-12-26" or "2020-12-26T19:00" for one end of a period; nothing for DAY_NONE. */
void period_put_end(struct buf *b, int32_t day, int16_t minute);

#endif
