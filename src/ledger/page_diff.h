/* page_diff.h - what differs between two codings of one document: entries that are new, gone, or read otherwise.
 *
 * Entries are the same by their id, which a better rule or model keeps. Told in words that may be shown: private persons stand by their
 * role word, places by country and precision. Pure, any thread. */
#ifndef TR_LEDGER_PAGE_DIFF_H
#define TR_LEDGER_PAGE_DIFF_H
#include "base/buf.h"
#include "base/err.h"

struct page_change {
  const char *kind;      /* "event", "demand", "tie" */
  const char *change;    /* "new", "gone", "changed" */
  str id, before, after; /* in words; before or after is empty where there is none */
};
struct page_diff_counts {
  uint64_t same, added, gone, changed;
};
/* Pages as JSON; `tell` gets each difference, in the order of the pages, and stops the rest where it returns false. Adds to *counts.
 * False with *e: one of the two is no page. */
typedef bool (*page_change_fn)(void *ctx, const struct page_change *c);
bool page_diff(str before, str after, page_change_fn tell, void *ctx, struct page_diff_counts *counts, struct err *e);

#endif
