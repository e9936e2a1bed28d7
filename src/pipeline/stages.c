/* stages.c - the only place that knows every stage. */
#include "pipeline/stages.h"
#include "actor/actor_stage.h"
#include "event/event_stage.h"
#include "parse/parse_stage.h"
#include "place/place_stage.h"
#include "place/toponym_stage.h"
#include "tag/tag_stage.h"
#include "text/text_stage.h"
#include "time/time_stage.h"

const struct stage *const pipeline_stages[] = {
    &text_stage, &tag_stage, &parse_stage, &time_stage, &toponym_stage, &actor_stage, &place_stage, &event_stage,
};

unsigned pipeline_stage_count(enum engine_depth depth) {
  return depth == DEPTH_TOKENS ? 1 : depth == DEPTH_TREE ? 3 : sizeof pipeline_stages / sizeof *pipeline_stages;
}
