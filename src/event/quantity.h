/* quantity.h - how many of what: numbers in words and digits, their bounds, what is counted and what was done to them.
 *
 * Reads the tree and doc->events; writes doc->quantities and, where a count tells the size of an event, that event's list.
 * Number words, approximators and the measures of counts are knowledge/quantities/. Dates, times, ages and
 * durations are no quantities: tokens with a timex are left alone. A `quantity_kb` is immutable after opening and shared by
 * all threads. */
#ifndef TR_EVENT_QUANTITY_H
#define TR_EVENT_QUANTITY_H
#include "doc/stage.h"

struct quantity_kb;
struct quantity_kb *quantity_kb_open(const struct stage_setup *setup, struct err *e); /* NULL with *e; adds its words */
void quantity_kb_close(struct quantity_kb *kb);

bool quantity_find(const struct quantity_kb *kb, struct doc *d, struct err *e); /* false with ERR_NOMEM */

#endif
