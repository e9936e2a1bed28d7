/* search.h - full text: what a reader's words ask for, and the index they are looked up in (FTS5). Private to src/ledger/.
 *
 * The index holds what a reader may see: texts with private persons under their role words, so that neither a hit nor a snippet
 * gives a name away. */
#ifndef TR_LEDGER_SEARCH_H
#define TR_LEDGER_SEARCH_H
#include "base/buf.h"
#include "ledger/ledger_impl.h"

extern const char *const search_schema; /* tables that are made where they are missing */

/* Puts a document, masked, of which nothing stands there. */
bool search_put(struct ledger *g, int64_t doc, str title, str body, struct err *e);
bool search_drop(struct ledger *g, int64_t doc, struct err *e);
/* Puts the documents of a ledger that an earlier program has made. */
bool search_upgrade(struct ledger *g, struct err *e);

/* What somebody types, as an FTS5 query that is always well formed: words, "a phrase", begin*, AND OR NOT between terms. */
void search_words(str typed, struct buf *out);

#endif
