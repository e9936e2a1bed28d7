/* zone_stage.h - the stage after the events: which zone's clock a time or a deadline is told in. */
#ifndef TR_TIME_ZONE_STAGE_H
#define TR_TIME_ZONE_STAGE_H
#include "doc/stage.h"

extern const struct stage zone_stage;

#endif
