/* incident.h - many reports, one event: an analyst's word on which reports are one incident.
 *
 * An incident is what the reports that are linked tell, directly or by others: its parts are found by looking at pairs alone, so
 * that the order in which documents come makes no difference. Decisions hold for documents that come or are coded anew and can
 * be carried to another ledger. One transaction each; errors are values. */
#ifndef TR_LEDGER_INCIDENT_H
#define TR_LEDGER_INCIDENT_H
#include "ledger/ledger.h"

/* Events are given by their id or the beginning of one. ERR_USAGE where none or more than one is meant, or where the decision changes
 * nothing. *reports gets how many reports the incident has afterwards. */
bool ledger_incident_merge(struct ledger *g, str event, str other, str note, int64_t *reports, struct err *e);
/* The report leaves its incident for one of its own, for good. */
bool ledger_incident_split(struct ledger *g, str event, str note, int64_t *reports, struct err *e);

/* Writes all decisions in their order, one a line, tab-separated: verb, event, other, note. */
bool ledger_incident_decisions(struct ledger *g, struct buf *out, struct err *e);
/* Takes such lines into this ledger; those that stand already, or whose events it does not have, are left out. */
bool ledger_incident_replay(struct ledger *g, str lines, uint64_t *taken, struct err *e);

#define INCIDENT_CERTAIN 9.0 /* a score from here on: decided by a rule or by hand, not weighed */

/* Tells each report that an event is directly linked with: its id, document, score and what the score is made of. */
typedef void (*incident_link_fn)(void *ctx, str event, str doc, double score, const char *reasons);
bool ledger_incident_links(struct ledger *g, str event, incident_link_fn tell, void *ctx, struct err *e);

#endif
