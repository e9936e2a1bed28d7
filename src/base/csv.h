/* csv.h - comma-separated values (RFC 4180): writing a cell, reading a table that is in memory. Articles are read by intake's own
 * reader, which streams. */
#ifndef TR_BASE_CSV_H
#define TR_BASE_CSV_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* Quoted where it must be. With `guard` a cell that a spreadsheet would take for a formula begins with an apostrophe. */
void csv_put(struct buf *out, str cell, bool guard);

struct csv_reader {
  str rest;
  uint64_t line, next; /* of the row read last; of the next one */
  char comma;          /* ',' or ';' or a tab, whichever the first row has most of */
};
void csv_reader_init(struct csv_reader *r, str text); /* a byte order mark is passed over */
/* The next row that is not empty: *n cells, which point into the text or the arena. 1 a row, 0 the end, -1 an error in *e with its line: a
 * quotation mark that does not close, more than `most` cells, or memory. */
int csv_row(struct csv_reader *r, struct arena *a, str *cells, size_t most, size_t *n, struct err *e);

#endif
