/* restore.h - a quantised network back in float32, so that training goes on from it. */
#ifndef TR_TRAIN_RESTORE_H
#define TR_TRAIN_RESTORE_H
#include "train/graph.h"

/* The words of the network in its order; all have embeddings of their own. */
bool lexicon_restore(struct vocabulary *l, const struct net *n, struct err *e);

/* Weights of a graph that was initialised with the shape, the names and the words of the network; ERR_FORMAT where they
 * differ. The vectors of words are part of the embeddings from then on. */
bool graph_restore(struct graph *g, const struct net *n, struct err *e);

#endif
