/* conjuncts.h - a second look at the heads of conjuncts, when the tree is whole: "troops killed two men and wounded five" (killed ..
 * wounded, not men .. wounded). The parser decides word by word; here both sides of a coordination are seen with all their dependents.
 *
 * A conjunct may move to another word of the right edge of what stands before it, if no arcs cross thereby. A linear model over hashed
 * features chooses (Collins 2000 reranked whole trees; this does a single kind of arc). Its weights are the section "conjuncts" of a
 * model, which may have none. tools/learn_conjuncts makes them from trees of texts that the parser had not learned from. */
#ifndef TR_PARSE_CONJUNCTS_H
#define TR_PARSE_CONJUNCTS_H
#include "doc/doc.h"
#include "model/model.h"

enum {
  CONJUNCT_ROWS = 1 << 17, /* weights */
  CONJUNCT_HEADS = 12,     /* heads that a conjunct may have */
  CONJUNCT_FEATURES = 64   /* of one of them, at most */
};

struct conjunct_labels { /* hashes of names, so that weights do not depend on the order of the labels */
  uint32_t upos[UPOS_COUNT], xpos[XPOS_COUNT], deprel[DEPREL_COUNT];
};
struct conjuncts {
  const int8_t *weight; /* [CONJUNCT_ROWS]; NULL: the model has none */
  float unit;           /* what 1 is, in logits */
  struct conjunct_labels labels;
};

struct conjunct_choice {
  uint32_t head[CONJUNCT_HEADS]; /* nearest first */
  uint32_t n, now;               /* head[now] is the present one */
};

void conjunct_labels_init(struct conjunct_labels *l);
/* ERR_MODEL if the section has the wrong size. */
bool conjuncts_open(struct conjuncts *c, const struct model_file *m, struct err *e);
/* The heads that token t, a conjunct of a linked tree, may have; false if there is no choice. */
bool conjunct_heads(const struct doc *d, uint32_t t, struct conjunct_choice *choice);
/* Rows of the features of head number i; returns how many. */
uint32_t conjunct_features(const struct conjunct_labels *l, const struct doc *d, uint32_t t,
                           const struct conjunct_choice *choice, uint32_t i, uint32_t *row);
/* Moves conjuncts of the linked tree; true if any was moved: then the tree is to be linked again. */
bool conjuncts_settle(const struct conjuncts *c, struct doc *d);

#endif
