/* timex_value.h - writing TIMEX3 values and the stretches of days they denote. Calendar arithmetic alone: no reference day.
 *
 * An `answer_` function sets value and period and returns false for what no calendar holds (year 0, quarter 5). */
#ifndef TR_TIME_TIMEX_VALUE_H
#define TR_TIME_TIMEX_VALUE_H
#include "time/timex_resolve.h"

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

bool year_ok(int y); /* 1 to 9999 */
struct period span_of(int32_t first, int32_t last, enum precision p);
struct period months_from(int year, int month, int n, enum precision p); /* n months, the first of them given */
struct period week_of(int32_t day);                                      /* Monday to Sunday */

void put(struct answer *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_day(struct answer *a, int32_t day);
bool answer_day(struct answer *a, int32_t day);
bool answer_month(struct answer *a, int year, int month);
bool answer_year(struct answer *a, int year);
bool answer_week(struct answer *a, int32_t day);
bool answer_weekend(struct answer *a, int32_t day);
bool answer_quarter(struct answer *a, int year, int quarter);
bool answer_season(struct answer *a, int year, int season);
bool answer_decade(struct answer *a, int year);
bool answer_century(struct answer *a, int ord);
bool answer_within(struct answer *a, struct period p); /* some day of a stretch: 2015-03-XX */
bool answer_iso_week(struct answer *a, int year, int week);

const char *part_code(int part); /* "MO" .. */
bool refine_part(struct answer *a, int32_t day, int part, int mod);
bool refine_clock(struct answer *a, int32_t day, int minute);
void narrow(struct answer *a, int mod, int edge); /* what "early", "the end of" leave of a stretch */
bool edge_day(struct answer *a, int edge);        /* "the end of May" is its last day; "the beginning" its first */

#endif
