/* export.h - a ledger for other programs: a Frictionless data package, GeoJSON, iCalendar.
 *
 * Written from the lists of the ledger alone (ledger/query.h), so that private persons stand there by their role word and places of
 * civilians no finer than a district. The same ledger gives the same bytes. */
#ifndef TR_REPORT_EXPORT_H
#define TR_REPORT_EXPORT_H
#include "base/buf.h"
#include "ledger/query.h"

/* Writes incidents, events, demands, ties, actors and documents as CSV, the points as GeoJSON, the deadlines as iCalendar, with
 * datapackage.json (schema, sizes, hashes, sources) and CODEBOOK.md, into `folder`, which is made if it is not there. */
bool export_package(struct ledger *g, const struct ledger_filter *f, const char *folder, struct err *e);

/* Incidents that have a point (RFC 7946); precision and radius say how far the point is to be trusted. */
bool export_geojson(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e);

/* Demands with a deadline (RFC 5545): tentative as long as they are open. */
bool export_ics(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e);

/* What a column of the lists means; NULL if it is none. For the schema, the codebook, and the test that all are told. */
const char *export_meaning(const char *column);

#endif
