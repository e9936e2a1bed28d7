/* boundary.h - a learned judge of whether a sentence begins at a piece.
 *
 * A linear model over readable features of the pieces around the gap ("last=. first=X"), its weights a text file that
 * tools/learn_boundaries writes from UD treebanks (logistic regression, FTRL-proximal: McMahan et al. 2013). The same code makes the
 * features for learning and for use. The model is immutable after loading; judging allocates nothing. */
#ifndef TR_TEXT_BOUNDARY_H
#define TR_TEXT_BOUNDARY_H
#include "text/tokenize.h"

enum letter_case { CASE_MIXED, CASE_LOWER, CASE_UPPER }; /* how the whole text is written */

/* The pieces of one text and what holds for all of them. */
struct boundary_text {
  const struct pieces *p;
  str text;
  const struct words *words;
  uint32_t from; /* first piece of the text */
  enum letter_case letter_case;
};

/* Where a gap stands: known from what was decided before it. */
struct boundary_place {
  uint32_t i;             /* the piece behind the gap */
  uint32_t sentence;      /* the piece that began the present sentence */
  uint32_t paragraph_end; /* one behind the last piece of the paragraph */
  bool stopped;           /* the paragraph ends with a full stop or the like */
  bool quoted, bracketed; /* a quotation or bracket is open before i */
};

enum letter_case boundary_case(const struct boundary_text *t);
/* Whether the gap is one on which the model is asked: white space, and not between two words of which the second is in lower case. */
bool boundary_candidate(const struct boundary_text *t, uint32_t i);

typedef void boundary_sink(void *to, str feature);
void boundary_features(const struct boundary_text *t, const struct boundary_place *at, boundary_sink *sink, void *to);

struct boundary_slot {
  uint64_t hash; /* of the feature; 0 is free */
  int32_t weight;
};
enum { BOUNDARY_PROGRAMS = 25, BOUNDARY_UNIT = 100 /* of a logit */ };
struct boundary_model {
  struct boundary_slot *slot; /* [mask + 1] */
  uint64_t mask;
  uint64_t program[BOUNDARY_PROGRAMS]; /* hashes of the kinds of features */
};

bool boundary_load(struct boundary_model *m, const char *path, struct err *e);
void boundary_release(struct boundary_model *m);
/* Above 0: a sentence more likely begins than not. In BOUNDARY_UNITs. */
int32_t boundary_score(const struct boundary_model *m, const struct boundary_text *t, const struct boundary_place *at);

#endif
