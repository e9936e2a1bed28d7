/* number.h - a number written in words or digits, with the words that bound it; private to the reader of quantities. */
#ifndef TR_EVENT_NUMBER_H
#define TR_EVENT_NUMBER_H
#include "event/clause.h"
#include "event/quantity_kb.h"

struct number {
  uint32_t first, last;           /* tokens with bounds: "at least 14", "$ 3 million", "10 to 15" */
  uint32_t core_first, core_last; /* the number alone */
  double value, min, max;         /* NAN where unknown */
  bool approx, vague;
  str currency; /* "" or the unit of a currency sign */
};

/* The number that begins at token t (its bounds stand before t). False if there is none there. */
bool number_read(const struct quantity_kb *kb, const struct doc *d, uint32_t t, struct number *out);
bool count_word(const struct quantity_kb *kb, sym word, enum count_word kind); /* a one-word phrase of this kind */

#endif
