/* panel.h - the index of a panel of outlets: how much of what they write is threats, acts or cooperation, free of how much they write.
 *
 * Of each outlet the share of reports in its articles by period, each by its own spread (scales.h), so that no outlet leads because it
 * writes much, and one that falls silent takes nothing with it. The base period has mean 100. */
#ifndef TR_SIGNAL_PANEL_H
#define TR_SIGNAL_PANEL_H
#include "signal/series.h"

enum { PANEL_MAX = 30 }; /* outlets: those with most articles */
enum panel_index { PANEL_THREATS, PANEL_ACTS, PANEL_COOPERATION, PANEL_INDICES };

struct panel_options {
  const char *of;   /* one unit of f->unit alone, by its name ("A > B"); NULL: all that the filters leave */
  int32_t from, to; /* the base period; DAY_NONE: the first or last period that is complete */
};
struct panel {
  struct series all; /* periods, and articles of every outlet; no units */
  str *outlet;
  size_t outlets;               /* in the panel: those with articles in half of the periods of the base */
  double *alive;                /* [periods] outlets of the panel that had an article */
  double *index[PANEL_INDICES]; /* [periods] NAN: not defined */
  size_t base, base_end;        /* periods of the base: [base, base_end) */
};
/* f->source is not asked: the panel is made of outlets. */
bool panel_read(struct ledger *g, const struct ledger_filter *f, const struct panel_options *o, struct arena *memory,
                struct panel *out, struct err *e);

#endif
