/* vectors.h - word vectors from raw text: structured skip-gram (one output table per relative position; Ling et al. 2015) with
 * negative sampling (Mikolov et al. 2013).
 *
 * Input is tokenised text, one sentence a line, tokens separated by blanks. One thread, deterministic. */
#ifndef TR_TRAIN_VECTORS_H
#define TR_TRAIN_VECTORS_H
#include "train/learn.h"

struct vector_job {
  str text;                    /* raw text */
  const struct treebank *gold; /* its words are learnt too, so that their domain is covered; may be NULL */
  uint32_t d;                  /* a multiple of 16 */
  int epochs, least;           /* words rarer than `least` are left out */
  uint32_t seed;
  struct progress progress;
};

bool vectors_learn(const struct vector_job *job, struct word_vectors *out, struct arena *a, struct err *e);
bool vectors_write(const struct word_vectors *v, const char *path, struct err *e);
bool vectors_read(struct word_vectors *v, const char *path, struct arena *a, struct err *e);

#endif
