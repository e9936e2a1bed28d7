/* keep.h - looking after a ledger: forgetting a document for good, checking that all is whole, a copy while others write. */
#ifndef TR_LEDGER_KEEP_H
#define TR_LEDGER_KEEP_H
#include "ledger/ledger.h"

/* Takes a document out, in all its versions, with every row that was read from it and every actor that nothing else tells of, and
 * writes over its bytes. What stays is a tombstone: a hash of its id and of its texts, the time and the note, so that neither this id
 * nor the same text under another comes in again. ERR_USAGE when the ledger has no such document. Not while a run is open. */
bool ledger_forget(struct ledger *g, str id, str note, struct err *e);

/* Looks at the whole file: damage of the database, rows that refer to nothing, documents whose text or page is not what was put in,
 * evidence outside its text, documents missing in the index. `tell` gets a line each; *problems how many. Reads only. */
typedef void (*ledger_problem_fn)(void *ctx, const char *problem);
bool ledger_check(struct ledger *g, ledger_problem_fn tell, void *ctx, uint64_t *problems, struct err *e);

/* Copies the ledger as it is at one moment into a new file (mode 0600), also while another process writes. ERR_IO if there is a file
 * of that name; what was begun is removed where it fails. */
bool ledger_backup(struct ledger *g, const char *path, struct err *e);

#endif
