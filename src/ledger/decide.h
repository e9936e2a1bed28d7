/* decide.h - an analyst's word on who is who: two actors of a ledger are one, or one actor of a document is somebody else.
 *
 * A decision changes the ledger at once, holds for all documents that come or are coded anew, and can be replayed into
 * another ledger. Private persons are never joined across documents. One transaction each; errors are values. */
#ifndef TR_LEDGER_DECIDE_H
#define TR_LEDGER_DECIDE_H
#include "ledger/ledger.h"

struct ledger_decided {
  char kept[256], other[256]; /* names of the two; of a split, of the actor */
  int64_t events, documents;  /* rows that changed hands */
};

/* Who is meant: an id ("A0123..") or the beginning of one, or a name that only one actor has. Each fails with ERR_USAGE where
 * nobody or more than one is meant. */
bool ledger_merge(struct ledger *g, str keep, str other, str note, struct ledger_decided *out, struct err *e);
/* In document `doc` the actor is somebody else of the same name. */
bool ledger_split(struct ledger *g, str actor, str doc, str note, struct ledger_decided *out, struct err *e);

/* Writes all decisions in their order, one a line, tab-separated: verb, key, other, doc, note. */
bool ledger_decisions_write(struct ledger *g, struct buf *out, struct err *e);
/* Takes such lines into this ledger, as if they were made here; those that stand already are left out. Counts what it took. */
bool ledger_decisions_replay(struct ledger *g, str lines, uint64_t *taken, struct err *e);

#endif
