/* timex_resolve.h - from what a pattern caught to a TIMEX3 value and the days it denotes.
 *
 * Pure calendar work on numbers: no text, no document. The rules are those of TimeML with the choices of
 * docs/time.md: a weekday with past tense is the last such day up to and including the publication day, with
 * future tense the next; a year that is not told is the nearest that the tense allows; "two days later" counts from the last
 * date of the narrative. */
#ifndef TR_TIME_TIMEX_RESOLVE_H
#define TR_TIME_TIMEX_RESOLVE_H
#include "doc/doc.h"
#include "time/time_match.h"

/* Order of day and month in figures, as the rest of the document shows it. */
enum date_order { ORDER_UNKNOWN, ORDER_MONTH_FIRST, ORDER_DAY_FIRST };
enum tense { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE };

struct reference {
  int32_t day;             /* publication, DAY_NONE unknown */
  struct clock clock;      /* and its time, if it was told */
  struct period narrative; /* the last date told before this one, or PERIOD_NONE */
  int32_t told;            /* the last day told, DAY_NONE none; what is told of since may be coarser */
  struct period quarter;   /* the last quarter told, while its figures are still spoken of; or PERIOD_NONE */
  enum tense tense;
  bool headline;
  uint8_t order; /* enum date_order: how 03/04/2020 is read */
};

enum { TIMEX_VALUE_MAX = 48 };
struct answer {
  uint8_t type, anchor; /* enum timex_type, enum anchor */
  char value[TIMEX_VALUE_MAX];
  struct period period;
  int32_t minutes;
  bool relative;
  uint8_t role; /* TIMEX_ROLE_ANNIVERSARY, or EVENT */
  int years;    /* anniversary: how many years before; 0 unknown */
  int zone;     /* minutes east of UTC, ZONE_NONE if not told, ZONE_LOCAL "local time" */
};

/* False if it denotes nothing (31 February, a year out of range) or is no expression of time after all. */
bool timex_resolve(const struct time_words *t, const struct reference *ref, const struct found *f, struct answer *a);

#endif
