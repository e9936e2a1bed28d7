/* correct_rows.h - corrections where rows are made: private to src/ledger/, used by put.c, keep.c and upgrade.c. */
#ifndef TR_LEDGER_CORRECT_ROWS_H
#define TR_LEDGER_CORRECT_ROWS_H
#include "ledger/ledger_impl.h"

extern const char *const correct_schema; /* a table that is made where it is missing */

/* The events of a document whose rows stand: what was said of their fields becomes theirs. Before incidents are placed. */
bool correct_apply(struct ledger *g, int64_t doc, struct err *e);
/* Makes the rows of a document anew from the page that the ledger has (put.c). */
bool put_again(struct ledger *g, int64_t doc, struct err *e);
/* Who is meant by an id, the beginning of one, or a name that only one actor has; ERR_USAGE for nobody, many, or one that is known in
 * his own document only (decide.c). */
struct who_row {
  int64_t row;
  char key[1024], name[256];
};
bool decide_who(struct ledger *g, str who, struct who_row *out, struct err *e);

#endif
