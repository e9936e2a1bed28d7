/* lemma_learn.h - learns the lemmatiser's table (model/lemma_table.h) from a treebank. */
#ifndef TR_TRAIN_LEMMA_LEARN_H
#define TR_TRAIN_LEMMA_LEARN_H
#include "model/model_file.h"
#include "train/treebank.h"

struct lemma_books {                     /* each may be NULL */
  const struct treebank *leading, *rest; /* where their conventions differ the first one leads */
  const struct treebank *list;           /* of words that treebanks have too rarely to be believed */
};
/* Adds the sections "lemma.script" and "lemma.entry". The tag of a word is its number in the inventory's XPOS. */
bool lemma_learn(const struct lemma_books *books, struct model_writer *w, struct err *e);
/* Lines of "FORM XPOS LEMMA" as a treebank of one-word sentences, for forms that treebanks lack. */
bool lemma_list_read(struct treebank *tb, str text, const char *name, const struct inventory *inv, struct arena *a,
                     struct err *e);

#endif
