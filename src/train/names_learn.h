/* names_learn.h - learns the recogniser of names (actor/name_tagger.h) from text with marked names.
 *
 * A conditional random field by stochastic gradients (AdaGrad: Duchi, Hazan and Singer 2011), trained on the likelihood of all labellings
 * that the marks allow (Tsuboi et al. 2008), since a mark may leave the class open. The text goes through the pipeline's own
 * stages first, so that the features are those of real use. One thread, deterministic. */
#ifndef TR_TRAIN_NAMES_LEARN_H
#define TR_TRAIN_NAMES_LEARN_H
#include "model/model_file.h"
#include "train/learn.h"

struct names_job {
  const char
      *corpus; /* JSON Lines: {"text", "names": [[first byte, end byte, kind]]}; kinds: name_class_name, or "any" */
  int epochs, held; /* every held-th document is only scored; 0: all are learned from */
  float rate, dropout, decay;
  uint32_t seed;
  struct progress progress;
};

/* Adds the sections of the model to w. False with *e: a bad line of the corpus, no memory, or the engine does not open. */
bool names_learn(const struct names_job *job, struct model_writer *w, struct err *e);

#endif
