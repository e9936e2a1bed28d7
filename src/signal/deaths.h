/* deaths.h - deaths told by country and day, as a series: of each incident the lowest figure that anybody gave.
 *
 * For the rule of HDX Signals, which looks at deaths and not at reports. Incidents whose place names no country are left out. */
#ifndef TR_SIGNAL_DEATHS_H
#define TR_SIGNAL_DEATHS_H
#include "signal/series.h"

/* By day; units are countries (ISO 3166 alpha-3); the deaths stand as SERIES_REPORTS. */
bool deaths_read(struct ledger *g, const struct ledger_filter *f, struct arena *memory, struct series *out,
                 struct err *e);

#endif
