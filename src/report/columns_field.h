/* columns_field.h - the fields that columns are made of. For src/report/columns*.c alone. */
#ifndef TR_REPORT_COLUMNS_FIELD_H
#define TR_REPORT_COLUMNS_FIELD_H
#include "ledger/mask.h"
#include "report/columns.h"

/* One row while it is written. */
struct row {
  const struct doc *d;
  const struct ontology *o;
  const struct columns_options *options;
  const struct page_ids *ids;
  const struct event *e;
  const struct mask *mask;   /* hides private persons */
  uint32_t number;           /* of the event's rows, from 0 */
  uint32_t actor, recipient; /* rows of actors in a row for a pair; NONE: all of the event's, or none */
  bool pair;                 /* a row for a pair */
};

/* What a field appends to an empty cell. */
typedef void (*field_fn)(const struct row *r, struct buf *cell);
field_fn columns_field(str name); /* NULL if unknown */

bool row_civilian(const struct row *r);               /* the recipients are civilians */
double row_deaths(const struct row *r, bool highest); /* -1: not told */

#endif
