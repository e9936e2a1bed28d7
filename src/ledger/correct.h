/* correct.h - an analyst's word on one field of an event: it was read rightly, or wrongly and what is right.
 *
 * A correction changes the rows at once, holds when the document is coded anew, and is gold data: what a change of rules or models
 * does to it is told by corrections_judge. The page keeps what was read. One transaction each; errors are values. */
#ifndef TR_LEDGER_CORRECT_H
#define TR_LEDGER_CORRECT_H
#include "base/buf.h"
#include "ledger/ledger.h"

enum correct_field {
  CORRECT_EVENT, /* wrong: nothing of the kind is told; its status becomes "mistaken" */
  CORRECT_TYPE,
  CORRECT_STATUS,
  CORRECT_DATE,  /* YYYY-MM-DD, or FROM/TO */
  CORRECT_PLACE, /* NAME, or NAME, ISO3 */
  CORRECT_ACTOR, /* an actor of the ledger, by id or name */
  CORRECT_RECIPIENT,
  CORRECT_FIELDS
};
extern const char *const correct_field_name[CORRECT_FIELDS + 1]; /* NULL at the end */

/* Quad and score of an event type; false: there is none of the name. Types are the ontology's affair, which the ledger does not read. */
typedef bool (*correct_type_fn)(void *ctx, str type, int64_t *quad, double *score);

struct correction {
  str event; /* an id or the beginning of one */
  enum correct_field field;
  bool right;
  str value, note; /* value: what is right, of one that is wrong; "" where nobody says */
};
struct corrected {
  char event[24], was[512], value[512]; /* whole id; what was read; what stands now */
};
/* Replaces what was said of this field before. ERR_USAGE: no such event, value or actor. */
bool ledger_correct(struct ledger *g, const struct correction *c, correct_type_fn type, void *ctx,
                    struct corrected *out, struct err *e);
/* Takes back what was said: the row is again as it was read. */
bool ledger_correct_drop(struct ledger *g, str event, enum correct_field field, struct err *e);

/* All corrections as gold data, a line of JSON each, by document and event; and taken into another ledger, where they hold as soon as the
 * document comes. Counts what it took; a line that is none is an error with its number. */
bool ledger_corrections_write(struct ledger *g, struct buf *out, struct err *e);
bool ledger_corrections_replay(struct ledger *g, str lines, const char *name, correct_type_fn type, void *ctx,
                               uint64_t *taken, struct err *e);

enum correction_outcome {
  OUTCOME_STILL_RIGHT,
  OUTCOME_FIXED,
  OUTCOME_BROKEN,
  OUTCOME_STILL_WRONG,
  OUTCOME_CHANGED, /* from what was wrong to what nobody has judged */
  OUTCOME_GONE,    /* the event is not read any more, and was not said to be wrong */
  OUTCOMES
};
extern const char *const correction_outcome_name[OUTCOMES];
struct correction_judged {
  str event, was, wanted, now;
  const char *field;
  enum correction_outcome outcome;
};
typedef bool (*correction_judged_fn)(void *ctx, const struct correction_judged *x);
/* Holds a page of a document (as just coded) against what was said of its events. `tell` stops the rest where it returns false. */
bool corrections_judge(struct ledger *g, str doc, str page, correction_judged_fn tell, void *ctx, struct err *e);

#endif
