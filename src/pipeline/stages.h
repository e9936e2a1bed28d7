/* stages.h - the table of stages in the order in which a document passes. */
#ifndef TR_PIPELINE_STAGES_H
#define TR_PIPELINE_STAGES_H
#include "doc/stage.h"
#include "pipeline/engine.h"

extern const struct stage *const pipeline_stages[];
unsigned pipeline_stage_count(enum engine_depth depth);

#endif
