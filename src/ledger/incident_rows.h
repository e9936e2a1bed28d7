/* incident_rows.h - families and incidents as documents come and go: private to src/ledger/, used by put.c and decide.c. */
#ifndef TR_LEDGER_INCIDENT_ROWS_H
#define TR_LEDGER_INCIDENT_ROWS_H
#include "ledger/ledger_impl.h"

extern const char *const incident_schema; /* tables that are made where they are missing */

/* A document whose rows stand in the ledger: its family, and the incident of each event that it tells. */
bool incident_place(struct ledger *g, int64_t doc, str body, str title, struct err *e);
/* Before its rows are dropped: its events leave their incidents, which part where only they held them together. */
bool incident_drop(struct ledger *g, int64_t doc, struct err *e);
/* Places all documents anew that tell of an actor: he is somebody else now. */
bool incident_actor_changed(struct ledger *g, int64_t actor, struct err *e);
/* Where a ledger of an earlier program has documents but no incidents: places them all. */
bool incident_upgrade(struct ledger *g, struct err *e);
/* Joins two incidents unless an analyst has parted a report of the one from one of the other. */
bool incident_join(struct ledger *g, int64_t a, int64_t b, struct err *e);
/* The connected parts of an incident become incidents of their own; counts are made anew. */
bool incident_settle(struct ledger *g, int64_t incident, struct err *e);

#endif
