/* again.h - the documents of a ledger that were coded by other versions than the present ones, to be coded anew. */
#ifndef TR_LEDGER_AGAIN_H
#define TR_LEDGER_AGAIN_H
#include "ledger/ledger.h"

struct ledger_walk;
/* `coder` must outlive the walk; NULL: all documents. The ledger may be written to meanwhile, by this process or another: documents
 * are fetched a few at a time, in the order in which they came. NULL with *e: no memory. */
struct ledger_walk *ledger_walk_open(struct ledger *g, const struct ledger_coder *coder, struct err *e);
/* The same over the documents of which a field was corrected. */
struct ledger_walk *ledger_walk_corrected(struct ledger *g, struct err *e);
/* The next document, valid until the next call: 1, 0 the end, -1 failure. */
int ledger_walk_next(struct ledger_walk *w, struct ledger_text *out, struct err *e);
void ledger_walk_close(struct ledger_walk *w);

/* The page of a document as the ledger has it, appended. False with *e when it has none. */
bool ledger_page_of(struct ledger *g, str id, struct buf *page, struct err *e);

#endif
