/* brief.h - one page about a ledger: what changed, what is due, what is contested, who is new, what was read.
 *
 * Written from the lists of the ledger alone; the same ledger and options give the same bytes. Every line has a footnote to the
 * documents and sentences it rests on; private persons stand there by their role word, allegations with their speaker. */
#ifndef TR_REPORT_BRIEF_H
#define TR_REPORT_BRIEF_H
#include "base/buf.h"
#include "ledger/query.h"

struct brief_options {
  int32_t on;        /* last day of the period; DAY_NONE: the day of the newest document */
  int days;          /* length of the period */
  const char *actor; /* only what concerns this actor; NULL: all */
  bool html;
  bool part; /* HTML to stand in a page, without head and end */
};

bool brief_write(struct ledger *g, const struct brief_options *o, struct buf *out, struct err *e);

#endif
