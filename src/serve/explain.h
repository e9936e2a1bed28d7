/* explain.h - how a record of a ledger was read: its document coded anew, with a trace. For `tightrope why` and the dashboard. */
#ifndef TR_SERVE_EXPLAIN_H
#define TR_SERVE_EXPLAIN_H
#include "base/buf.h"
#include "ledger/ledger.h"
#include "pipeline/engine.h"

/* Appends the explanation of the event, demand, tie or incident whose id is or begins with `id`, and with which reports an event is
 * one incident. ERR_USAGE: nothing or more than one thing has the id; ERR_FORMAT: this
 * version does not read it from its document. */
bool explain_record(struct ledger *ledger, const struct engine *engine, struct worker *worker, str id, bool colour,
                    struct buf *out, struct err *e);

#endif
