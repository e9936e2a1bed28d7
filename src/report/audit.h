/* audit.h - trust by hand: a sample of a ledger's events for two people to code, and what their sheets say of the program and of
 * each other.
 *
 * The sample is stratified by event type and drawn by a hash of the seed and the event's id, so that the same ledger and seed give the
 * same sample. The coders see the sentence, the words that told the event, and who was read as its parties, not its type and
 * status; those stand in the key. Nothing is claimed that two people did not code. Private persons stand by their role words. */
#ifndef TR_REPORT_AUDIT_H
#define TR_REPORT_AUDIT_H
#include "base/buf.h"
#include "ledger/query.h"

/* Appends a sheet to be filled in, and the key to it, both CSV. Of every type the same number, or all there are; together at most
 * n <= AUDIT_MOST. *drawn: how many. */
enum { AUDIT_MOST = 5000 };
bool audit_sample(struct ledger *g, const struct ledger_filter *f, size_t n, uint64_t seed, struct buf *sheet,
                  struct buf *key, size_t *drawn, struct err *e);

enum { AUDIT_QUESTIONS = 6, AUDIT_TYPES = 24 };
struct audit_score {
  size_t items, coded; /* of the key; by both */
  struct audit_question {
    const char *name; /* "type", "status", "actor", "recipient", "date", "place" */
    size_t n, agree;  /* items that both answered; alike */
    double alpha;     /* Krippendorff's, nominal; NAN: not defined */
    size_t right;     /* of those answered alike: as the program has it */
  } question[AUDIT_QUESTIONS];
  struct audit_type {
    char name[24];
    size_t in_ledger, sampled, right, wrong, disputed; /* disputed: the coders say different types */
    double low, high;                                  /* Wilson's 95 % interval of right / (right + wrong) */
  } type[AUDIT_TYPES];
  size_t n_types;
  double precision; /* over the ledger: types weigh by how many events they have there; NAN: nothing was coded alike */
};

/* Scores two filled sheets against their key (the texts of the files). An answer that is none, an item that the key does not have or a
 * column that is missing is an error with its line; blank cells are not coded. With `gold` what both coded alike is
 * appended, a line of JSON each. `names`: of the key and the sheets, for messages. */
bool audit_score(const str text[3], const char *const names[3], const char *const *types, struct audit_score *out,
                 struct buf *gold, struct err *e);

#endif
