/* identity_rows.h - which row of `actors` an actor of a document is: private to src/ledger/, used by put.c. */
#ifndef TR_LEDGER_IDENTITY_ROWS_H
#define TR_LEDGER_IDENTITY_ROWS_H
#include "base/buf.h"
#include "ledger/identity.h"
#include "ledger/ledger_impl.h"

extern const char *const identity_schema; /* tables that are made where they are missing */

struct identity_found {
  int64_t row;      /* of actors; 0: nobody yet, make one under `key` */
  struct buf key;   /* in: what makes it one actor by itself; out: what it is to be found under */
  const char *rule; /* why it is one with somebody of another name; NULL if by its own */
  int64_t like;     /* whose name it is like, where rule is not NULL */
  struct buf other; /* that name */
};

/* Finds who `a` of document `doc` is: by key, by a like name, and by what an analyst decided. False: the database failed. */
bool identity_find(struct ledger *g, str doc, const struct face *a, struct identity_found *found, struct err *e);
/* Notes a name under which the actor may be found again. */
bool identity_note(struct ledger *g, int64_t actor, const struct face *a, struct err *e);
/* Notes the names of a ledger that an earlier program has made. */
bool identity_upgrade(struct ledger *g, struct err *e);

#endif
