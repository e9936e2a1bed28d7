/* quantise.h - from a trained graph to the sections of a model file: int8 weights per output column, int8 states with a
 * step per layer measured on sample text, int16 rows of the parser's hidden layer. */
#ifndef TR_TRAIN_QUANTISE_H
#define TR_TRAIN_QUANTISE_H
#include "model/model_file.h"
#include "train/graph.h"

/* Adds all sections of the network and its lexicon. sample: sentences for the ranges of the states, text that was not
 * trained on if possible. Folds g->vectors into the embeddings: the graph is not to be trained further. */
bool graph_quantise(struct graph *g, const struct treebank *sample, struct model_writer *w, struct err *e);

/* How often each UPOS stands with each XPOS in the treebank, as logarithms beside the commonest: section "pair";
 * and each UPOS with each relation, section "fit". */
bool pairs_quantise(const struct inventory *inv, const struct treebank *gold, struct model_writer *w, struct err *e);

#endif
