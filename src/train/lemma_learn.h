/* lemma_learn.h - learns the lemmatiser's table (model/lemma_table.h) from a treebank. */
#ifndef TR_TRAIN_LEMMA_LEARN_H
#define TR_TRAIN_LEMMA_LEARN_H
#include "model/model_file.h"
#include "train/treebank.h"

/* Adds the sections "lemma.script" and "lemma.entry". The tag of a word is its number in the inventory's XPOS. */
bool lemma_learn(const struct treebank *tb, struct model_writer *w, struct err *e);

#endif
