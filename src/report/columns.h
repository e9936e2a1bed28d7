/* columns.h - the events of coded documents as rows of a table, in the columns that users of other coders have now.
 *
 * A set of columns is a text file, knowledge/columns/NAME.tsv or one of the user's own: which columns, in which order, from which field;
 * whether a row is an event or a pair of parties; what becomes of the type in another code book. Rows are written as CSV (RFC 4180:
 * a field with a comma, a quotation mark or a line end stands in quotation marks, which are doubled inside) or as tab-separated
 * values, in which tabs and line ends become blanks. A header row comes first; lines end with LF.
 *
 * Private persons stand there by their role word, never by name. The coordinates of places where civilians, camps, hospitals or aid are
 * the target are blurred to about 5 km. No sentence of the text is written. */
#ifndef TR_REPORT_COLUMNS_H
#define TR_REPORT_COLUMNS_H
#include "report/page.h"

struct columns;

/* Opens a set by name, or by path if `name` holds a '/'. NULL with *e: an unknown name (the message lists those there are), an unknown
 * field with file and line. Immutable afterwards. */
struct columns *columns_open(const char *knowledge, const char *name, struct err *e);
void columns_close(struct columns *c);

struct columns_options {
  bool tabs;           /* TSV; else CSV */
  uint32_t statuses;   /* bit i: events of status i are written */
  const char *version; /* of the coder */
};
struct columns_counts {
  uint64_t rows, other_status,
      other_type; /* written; left out for their status; left out by the set ("only", "deadly") */
};
bool columns_tabs(const struct columns *c); /* how files of this kind usually are */

void columns_header(const struct columns *c, const struct columns_options *o, struct buf *out);
/* Appends the rows of a document's events and adds to *n. Check out->failed afterwards. */
void columns_rows(const struct columns *c, const struct columns_options *o, const struct doc *d,
                  const struct ontology *ontology, struct buf *out, struct columns_counts *n);

#endif
