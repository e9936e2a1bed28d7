/* circumstance.h - when and where an act took place: the time expression and the toponym that belong to its clause. */
#ifndef TR_EVENT_CIRCUMSTANCE_H
#define TR_EVENT_CIRCUMSTANCE_H
#include "event/act.h"

struct when {
  struct period period;
  uint32_t timex; /* or NONE */
  uint8_t basis;
  bool lasting; /* it went on until the last day of the period */
};
struct when act_when(const struct acts *a, const struct act *x);
/* Where an act took place, row of places or NONE; all its places with their roles go to doc->event_places, as *all. */
uint32_t act_where(const struct acts *a, const struct act *x, struct list *all);
/* The time expression among the dependents of a token, or NONE; `deadline` asks for one with "by", "until", "within". */
uint32_t timex_below(const struct acts *a, uint32_t token, bool deadline);

/* Acts whose clauses name no place take that of the act told just before them. After all events are emitted. */
void places_inherit(struct acts *a);

#endif
