/* learn.h - trains one network on gold and silver trees and writes it as a model file. */
#ifndef TR_TRAIN_LEARN_H
#define TR_TRAIN_LEARN_H
#include "train/graph.h"

/* Where progress goes; a line without newline. The library itself prints nothing. */
struct progress {
  void (*line)(void *to, const char *text);
  void *to;
};
void progress_say(const struct progress *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct word_vectors { /* word vectors, by number; see vectors.h */
  str *word;
  float *value; /* [n][d] */
  uint32_t n, d;
};

enum { LEARN_DEV_MAX = 4, LEARN_WITH_MAX = 7 };
struct learn_job {
  struct inventory *inventory;
  struct treebank *gold, *silver; /* silver may be NULL; both are shuffled in place */
  struct treebank *dev[LEARN_DEV_MAX];
  const char *dev_name[LEARN_DEV_MAX];
  int ndev;
  const struct net *start;                /* a network of the same shape to go on from; may be NULL */
  const struct net *with[LEARN_WITH_MAX]; /* others, whose weights are averaged with those of `start` */
  int nwith;
  const struct word_vectors *vectors; /* may be NULL; not with `start`, whose embeddings hold them */
  float vector_spread;                /* to which vectors are scaled: mean square root of their elements */
  struct graph_config config;
  int epochs, schedule; /* how many are run, and over how many the rate would reach its end; 0: the same */
  int gold_last, batch; /* the last gold_last epochs have no silver; words in a batch */
  int portion;          /* words of silver in an epoch */
  float rate, rate_end; /* at the beginning, and as a share of it at the end */
  int average;          /* the weights are averaged over so many last epochs; 0: those of the last step */
  struct progress progress;
};

struct tag_score {
  double n, upos, xpos, feats, uas, las;
  double likely, told; /* heads by the second look alone; the parser's heads with the relations that it tells */
};

/* Takes sentences from *next on until the batch has `want` words. */
void batch_fill(struct graph_batch *b, struct gold_sentence *s, size_t n, size_t *next, int want);
struct tag_score graph_score(struct graph *g, const struct treebank *tb);

/* Trains; the sections of the network go to w. */
bool learn(struct learn_job *job, struct model_writer *w, struct err *e);

#endif
