/* names_corpus.h - what names_learn.c learns from: the zones of the corpus as chains of words, each with its features and
 * the labels that its marks allow. */
#ifndef TR_TRAIN_NAMES_CORPUS_H
#define TR_TRAIN_NAMES_CORPUS_H
#include "actor/name_tagger.h"
#include "train/learn.h"

struct name_word {
  uint32_t first, n; /* of `feature` */
  uint16_t allowed;  /* bit l: label l */
};
struct name_chain {
  uint32_t first, n; /* of `words` */
  uint32_t document;
};
struct names_corpus {
  struct arena memory;
  uint32_t *feature, n_features, size_features;
  ROWS(struct name_word) words;
  ROWS(struct name_chain) chains;
  uint32_t documents;
};

bool names_corpus_read(struct names_corpus *c, const char *path, const struct progress *progress, struct err *e);
void names_corpus_release(struct names_corpus *c);

#endif
