/* arcs.h - what looks at every arc of a tree once the tree is whole: how well any word suits as the head of another (Dozat and Manning
 * 2017, with the inner product of two small vectors), and which relation an arc has, given what else hangs on its two ends. The
 * transition parser decides word by word and sees neither.
 *
 * Shared by parser (parse/rescore.c) and trainer (train/graph_arcs.c). A model need not have it. Views into a mapped model. */
#ifndef TR_MODEL_ARCS_H
#define TR_MODEL_ARCS_H
#include "model/arc_hybrid.h"
#include "model/kernels.h"
#include "model/model_file.h"

enum {
  ARCS_FAR = 17,       /* kinds of distance from a word to its head */
  ARCS_ROWS_MAX = 24,  /* facts of an arc, at most */
  ARCS_WIDTH_MAX = 256 /* of either part */
};

struct arc_scorer {
  uint32_t width,
      hidden; /* of the vectors that are multiplied; of the layer that tells relations. 0: the model has none */
  uint32_t nrel;
  struct linear arcs;      /* a state's vectors: as a dependent [width], as a head [width] */
  const float *far, *root; /* [ARCS_FAR][width], added to the head's vector; the root's */
  struct linear relations; /* a state's part in the hidden layer: as a dependent [hidden], as a head [hidden] */
  const int16_t *null;     /* [hidden]: the root as a head */
  const int16_t *fact;     /* [arcs_facts(nrel)][hidden] */
  struct linear out;       /* the score of each relation */
};

/* A model without the sections has width 0. `d`: width of the states. */
bool arc_scorer_open(struct arc_scorer *a, const struct model_file *m, uint32_t d, uint32_t nrel, struct err *e);

static inline uint32_t arcs_far(int t, int head) {
  if (!head) return ARCS_FAR - 1;
  return head > t ? (uint32_t)arc_distance(head - t) - 1 : 7 + (uint32_t)arc_distance(t - head);
}

/* Rows of the table of facts: distances; the relation of the head itself (nrel: it is the root); relations of what else hangs on the head
 * before and behind the word; of what hangs on the word before and behind it; what every arc has. */
static inline uint32_t arcs_fact_up(uint32_t rel) { return ARCS_FAR + rel; }
static inline uint32_t arcs_fact_beside(uint32_t nrel, uint32_t rel, bool after) {
  return ARCS_FAR + nrel + 1 + 2 * rel + after;
}
static inline uint32_t arcs_fact_below(uint32_t nrel, uint32_t rel, bool after) {
  return ARCS_FAR + 3 * nrel + 1 + 2 * rel + after;
}
static inline uint32_t arcs_fact_always(uint32_t nrel) { return ARCS_FAR + 5 * nrel + 1; }
static inline uint32_t arcs_facts(uint32_t nrel) { return arcs_fact_always(nrel) + 1; }

/* A tree in which the dependents of a word can be walked: first[h], then next[], in their order; 0 ends. */
struct arc_links {
  int n;
  int16_t head[ARC_TOKENS + 2], rel[ARC_TOKENS + 2], first[ARC_TOKENS + 2], next[ARC_TOKENS + 2];
};
void arc_links_make(struct arc_links *l); /* first and next, from head[1..n] */
/* The facts of the arc from word t to `head` (which need not be its head there) into row[ARCS_ROWS_MAX]; returns how many. */
uint32_t arc_facts(const struct arc_links *l, uint32_t nrel, int t, int head, uint32_t *row);

#endif
