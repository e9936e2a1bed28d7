/* score.h - scores a CoNLL-U file against gold as the CoNLL 2018 shared task did (Zeman et al. 2018).
 *
 * Both files hold the same text (white space apart). Words are aligned by character spans, within multiword tokens by a longest
 * common subsequence. A gold lemma "_" counts as matched; UFeats compares universal features; LAS cuts subtypes. */
#ifndef TR_TRAIN_SCORE_H
#define TR_TRAIN_SCORE_H
#include "base/arena.h"
#include "base/err.h"

enum metric {
  METRIC_TOKENS,
  METRIC_SENTENCES,
  METRIC_WORDS,
  METRIC_UPOS,
  METRIC_XPOS,
  METRIC_UFEATS,
  METRIC_LEMMAS,
  METRIC_UAS,
  METRIC_LAS,
  METRIC_CLAS,
  METRIC_COUNT
};
struct metric_score {
  size_t correct, gold, system, aligned; /* aligned: 0 where it does not apply */
};
struct scores {
  struct metric_score of[METRIC_COUNT];
  struct metric_score relation[64]; /* of the names asked for */
};
const char *metric_name(enum metric m);

/* relations: names whose labelled scores are wanted; one with ':' is compared with its subtype. */
bool score_conllu(str gold, const char *gold_name, str system, const char *system_name, const str *relations,
                  int nrelation, struct scores *out, struct err *e);

#endif
