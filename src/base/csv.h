/* csv.h - one cell of comma-separated values (RFC 4180). */
#ifndef TR_BASE_CSV_H
#define TR_BASE_CSV_H
#include "base/buf.h"

/* Quoted where it must be. With `guard` a cell that a spreadsheet would take for a formula begins with an apostrophe. */
void csv_put(struct buf *out, str cell, bool guard);

#endif
