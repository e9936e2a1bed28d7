/* petr_tree.h - what the coder in PETRARCH2's way asks of the tree and of a verb's patterns. For src/petrarch/ alone. */
#ifndef TR_PETRARCH_PETR_TREE_H
#define TR_PETRARCH_PETR_TREE_H
#include "petrarch/petr_sentence.h"

struct petr_reading {                 /* what a verb with its surroundings means */
  const struct petr_pattern *pattern; /* or NULL */
  str code, reverse;                  /* "" none; negated already where the verb is */
};
struct petr_reading petr_tree_verb(const struct petr_sentence *s, uint32_t verb);

/* The subject of a verb, in the passive too; of a verb without one, that of the verb it is coordinated with or stands under. NONE. */
uint32_t petr_subject(const struct doc *d, uint32_t verb);
/* The phrase that ends right before the verb, the one that begins right behind it: for verbs that the tree hangs oddly. NONE. */
uint32_t petr_left_phrase(const struct petr_sentence *s, uint32_t verb);
uint32_t petr_right_phrase(const struct petr_sentence *s, uint32_t verb);
bool petr_odd_verb(const struct doc *d, uint32_t verb); /* finite by its tag, yet no verb of a clause in the tree */
bool petr_passive(const struct doc *d, uint32_t verb);
bool petr_marked(const struct petr_sentence *s, uint32_t phrase, const char *preposition); /* it has this preposition */

/* Two codes of CAMEO put together: want (030) and help (070) are 033. The inner code where the book has no such sum. */
str petr_compose(const struct petr_dict *dict, str outer, str inner);
str petr_negate(const struct petr_dict *dict,
                str code); /* 060 -> 121; "" where an act that did not happen has no code */

#endif
