/* silver.h - silver trees: several models annotate raw text, and what most of them say becomes training data. */
#ifndef TR_TRAIN_SILVER_H
#define TR_TRAIN_SILVER_H
#include "train/learn.h"

enum { TEACHERS_MAX = 8 };
struct silver_job {
  const char *teacher[TEACHERS_MAX]; /* model files; the first one's tree is taken where the votes make none */
  int nteacher;
  str text;           /* tokenised, one sentence a line */
  int stride, offset; /* every how manieth sentence, from which on */
  size_t most;        /* words to write at most */
  float agreement;    /* least share of words whose head all teachers agree on, else the sentence is left out */
  struct progress progress;
};

/* Writes CoNLL-U to path. */
bool silver_make(const struct silver_job *job, const char *path, struct err *e);

#endif
