/* rescore.h - a second look at the arcs of a tree, now that it is whole: a word whose head the transition parser was not sure of may get
 * the head that suits it better, and every relation is told anew, by its two ends and what else hangs on them (model/arcs.h).
 *
 * The tree stays a projective one with the same root. Does nothing where the model has no such part. Thread-safe with one work each. */
#ifndef TR_PARSE_RESCORE_H
#define TR_PARSE_RESCORE_H
#include "model/net.h"

struct rescore_work {
  float *arcs;        /* [NET_ROWS][2 width] */
  int16_t *relations; /* [NET_ROWS][2 hidden] */
  uint8_t *scratch;
  struct arc_links links;
};

bool rescore_open(struct rescore_work *w, const struct net *net, struct err *e);
void rescore_close(struct rescore_work *w);
/* The tree of st->n tokens whose states are given; changes st's heads, relations and margins. */
void rescore(const struct net *net, const struct kernels *k, struct rescore_work *w, const int8_t *state,
             struct arc_state *st);

#endif
