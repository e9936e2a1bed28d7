/* tense.h - whether the clause that holds an expression of time speaks of the past or of what is to come.
 *
 * Climbs the dependency tree from the expression to the first verb that tells; without a tree it takes the nearest
 * verb group by tags. Reads tags and tree only. */
#ifndef TR_TIME_TENSE_H
#define TR_TIME_TENSE_H
#include "doc/doc.h"
#include "time/timex_resolve.h"

struct tense_reading {
  enum tense tense;
  uint32_t verb;    /* the verb that told, or NONE */
  bool conditional; /* stands under if or unless */
};
struct tense_reading tense_read(const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n);

#endif
