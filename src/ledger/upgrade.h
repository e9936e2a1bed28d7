/* upgrade.h - which version of the tables a ledger has, and how an earlier one becomes the present one. Private to src/ledger/. */
#ifndef TR_LEDGER_UPGRADE_H
#define TR_LEDGER_UPGRADE_H
#include "ledger/ledger_impl.h"

/* The version of the tables: 0 for a database without anything in it. False: not a ledger, or one of a newer program. */
bool upgrade_version(struct ledger *g, int *version, struct err *e);
/* Inside a transaction: makes the tables of version 0, or those that an earlier version lacks, and writes the present version. */
bool upgrade_tables(struct ledger *g, int version, struct err *e);
/* Then, with the statements prepared: fills the new tables from what the ledger holds. */
bool upgrade_rows(struct ledger *g, int version, struct err *e);

#endif
