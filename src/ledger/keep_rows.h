/* keep_rows.h - tombstones, for put.c and ledger.c; private to src/ledger/. */
#ifndef TR_LEDGER_KEEP_ROWS_H
#define TR_LEDGER_KEEP_ROWS_H
#include "ledger/ledger.h"

extern const char *const keep_schema; /* tables that are made where they are missing */
struct ledger;

/* Was this document, or one of this text, forgotten? 1 yes, 0 no, -1 failure. */
int keep_forgotten(struct ledger *g, str id, str text, struct err *e);

#endif
