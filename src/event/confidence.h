/* confidence.h - how far a row may be trusted: a linear score of a few things that are known of an act, and what share of the
 * rows with such a score was right.
 *
 * Weights and grades are data (knowledge/events/confidence.tsv), learned by tools/calibrate on gold that is free to use; the value is
 * the estimated chance that a careful reader would list the row with this type, status and parties. */
#ifndef TR_EVENT_CONFIDENCE_H
#define TR_EVENT_CONFIDENCE_H
#include "doc/stage.h"
#include "event/act.h"

/* What the chance rests on, each 0 to 1; the names are those of the file. */
#define CONFIDENCE_FEATURES(X)                                                                                         \
  X(BIAS, "bias")           /* always 1 */                                                                             \
  X(SPECIFIC, "specific")   /* of the rule, 12 and more is 1 */                                                        \
  X(ACTOR, "actor")         /* somebody stands in the actor's slot */                                                  \
  X(RECIPIENT, "recipient") /* in the recipient's, or the thing acted on is named, or all parties are */               \
  X(NOUN, "noun")           /* read from a noun or an adjective */                                                     \
  X(ATTRIBUTE, "attribute") /* from a participle before a noun: "a detained commander" */                              \
  X(UNREAL, "unreal")       /* of a status other than actual */                                                        \
  X(DOUBT, "doubt")         /* hedged: probable or possible */                                                         \
  X(ALLEGED, "alleged")     /* told by an accuser */                                                                   \
  X(CONTENT, "content")     /* a speech act of which it is known what it speaks of */                                  \
  X(MARGIN, "margin")       /* how sure the parser was of the trigger's attachment */
enum confidence_feature {
#define X(name, text) CONFIDENCE_##name,
  CONFIDENCE_FEATURES(X)
#undef X
      CONFIDENCE_COUNT
};

enum { CONFIDENCE_GRADES = 16 };
struct confidence {
  double weight[CONFIDENCE_COUNT];
  uint8_t n; /* grades by rising score; without any the chance is the logistic of the score */
  struct confidence_grade {
    double from, chance;
  } grade[CONFIDENCE_GRADES];
};

/* Reads "feature <tab> weight" lines, every feature once, and "grade <tab> from this score <tab> chance" lines by rising score.
 * False with *e: file and line. */
bool confidence_open(struct confidence *c, const struct stage_setup *setup, struct err *e);
/* The chance for a settled act, 0.01 to 0.99. */
float confidence_of(const struct confidence *c, const struct acts *a, const struct act *x);

#endif
