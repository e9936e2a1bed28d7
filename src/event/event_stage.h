/* event_stage.h - the stage that reads events: who did what to whom, whether it took place, who says so; demands, ties, counts. */
#ifndef TR_EVENT_EVENT_STAGE_H
#define TR_EVENT_EVENT_STAGE_H
#include "doc/stage.h"

extern const struct stage event_stage;

#endif
