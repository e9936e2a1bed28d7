/* petr_match.h - patterns over the string of words, in TABARI's way. */
#ifndef TR_PETRARCH_PETR_MATCH_H
#define TR_PETRARCH_PETR_MATCH_H
#include "petrarch/petr_sentence.h"

/* The words on one side of a verb, going away from it. */
struct petr_side {
  uint32_t *at; /* words */
  uint32_t n;
  bool left; /* they go to the left */
};
struct petr_slots { /* phrases that $, + and % caught; NONE where the pattern has none */
  uint32_t source, target, compound;
};
/* Whether the pattern fits; fills *slots. Each run of joined elements is looked for from where the last one ended, leftmost first: linear
 * in the words for each element. */
bool petr_match(const struct petr_sentence *s, const struct petr_pattern *p, const struct petr_side *left,
                const struct petr_side *right, struct petr_slots *slots);

#endif
