/* query.h - lists read from a ledger: rows of named text columns in a stable order, under filters that mean the same everywhere. */
#ifndef TR_LEDGER_QUERY_H
#define TR_LEDGER_QUERY_H
#include "ledger/ledger.h"

enum ledger_list {
  LIST_EVENTS,
  LIST_EVENTS_LATEST, /* the same, the newest first */
  LIST_AUDIT,         /* the same for coding by hand */
  LIST_INCIDENTS,
  LIST_LATEST, /* the same, the newest first */
  LIST_FACETS, /* how many of them there are by type, country, outlet and actor; `limit`: of the newest so many */
  LIST_PAIRS,  /* who acts on whom in how many of them, friendly and hostile; the most first */
  LIST_MAP,    /* incidents that have a point, none finer than may be shown */
  LIST_PLACED, /* incidents of force and protest with country and point, for comparing: for no eye but the program's */
  LIST_SEARCH,
  LIST_SEARCHES, /* those that are saved */
  LIST_REPORTS,  /* of one incident, whose id stands in `actor` */
  LIST_ACTORS,
  LIST_NEW_ACTORS, /* whom no document has before `from` and one has up to `to`; both are wanted */
  LIST_TIES,
  LIST_TENURES, /* the same over all documents: one row for what one actor is to another, with conflicts */
  LIST_DEMANDS,
  LIST_DEADLINES,
  LIST_DOCUMENTS,
  LIST_TEXT, /* of the document `doc`, private persons under their role words */
  LIST_OUTLETS,
  LIST_COVERAGE, /* documents by outlet and period */
  LIST_CODERS,   /* with which versions the documents were coded */
  LIST_UNKNOWN,
  LIST_CODES,
  LIST_SERIES,
  LIST_CORRECTIONS, /* what an analyst said of fields */
  LIST_BEHIND,      /* the reports behind one unit of a series, whose name stands in `words` */
  LIST_DYADS        /* incidents between two named actors, or two countries (unit "country"), with the PLOVER score */
};

/* NULL or 0: not filtered. Words match case-blind and without diacritics, anywhere in a name. */
struct ledger_filter {
  const char *actor; /* in any slot */
  const char *acting,
      *receiving;     /* of incidents, events, series, demands: who acts (issues), on whom (addressee); whole names */
  const char *type;   /* event type, tie relation or demand kind */
  const char *status; /* "all": every one; NULL: actual events, every demand and tie */
  const char *from, *to; /* days, inclusive: of the event, the demand's issue, the tie's document */
  const char *place, *doc, *country, *source;
  int64_t limit;
  const char *
      unit; /* of a series: "all" (the default), "type", "actor", "country", "dyad" (directed: "A > B") or "pair" (of countries) */
  const char *words;  /* of a search: what somebody typed; words, "a phrase", begin*, AND OR NOT */
  const char *dedup;  /* of events and series: "report" (the default: every one), "incident", "one-a-day" */
  const char *period; /* of a series: "day", "week" (the default; its Monday) or "month" */
};

/* LIST_SERIES counts reports by period and unit, with the documents read in the period beside them: a period without documents is
 * absent, which is no data and not peace. Events whose date is vaguer than the period, habits and background are not counted. */
struct ledger_query;
/* Keeps a search under a name, in place of what stood there. */
bool ledger_search_save(struct ledger *g, const char *name, const struct ledger_filter *f, struct err *e);
struct ledger_query *ledger_query_open(struct ledger *g, enum ledger_list list, const struct ledger_filter *f,
                                       struct err *e);
void ledger_query_close(struct ledger_query *q);
int ledger_query_next(struct ledger_query *q, struct err *e); /* 1 a row, 0 the end, -1 failure */
int ledger_query_columns(const struct ledger_query *q);
const char *ledger_query_name(const struct ledger_query *q, int column);
str ledger_query_text(const struct ledger_query *q, int column); /* "" for NULL; valid until the next row */
const char *ledger_default_status(enum ledger_list list);        /* what status = NULL keeps, or "" */

#endif
