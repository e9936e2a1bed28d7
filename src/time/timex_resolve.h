/* timex_resolve.h - from what a pattern caught to a TIMEX3 value and the days it denotes.
 *
 * Pure calendar work on numbers: no text, no document. The rules are those of TimeML with the choices of
 * docs/reference on time: a weekday with past tense is the last such day up to and including the publication day, with
 * future tense the next; a year that is not told is the nearest that the tense allows; "two days later" counts from the last
 * date of the narrative. */
#ifndef TR_TIME_TIMEX_RESOLVE_H
#define TR_TIME_TIMEX_RESOLVE_H
#include "doc/doc.h"
#include "time/time_match.h"

enum tense { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE };

struct reference {
  int32_t day;             /* publication, DAY_NONE unknown */
  struct period narrative; /* the last date told before this one, or PERIOD_NONE */
  enum tense tense;
  bool headline;
  bool month_first; /* 03/04/2020 is 4 March */
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
};

/* False if it denotes nothing (31 February, a year out of range) or is no expression of time after all. */
bool timex_resolve(const struct time_words *t, const struct reference *ref, const struct found *f, struct answer *a);

#endif
