/* stages.c - the only place that knows every stage. */
#include "pipeline/stages.h"
#include "actor/actor_stage.h"
#include "event/event_stage.h"
#include "parse/parse.h"
#include "petrarch/petr_stage.h"
#include "place/place_stage.h"
#include "place/toponym_stage.h"
#include "tag/tag.h"
#include "text/text_stage.h"
#include "time/time_stage.h"
#include "time/zone_stage.h"

const struct stage *const pipeline_stages[] = {
    &text_stage,  &tag_stage,   &parse_stage, &time_stage, &toponym_stage, &actor_stage,
    &place_stage, &event_stage, &petr_stage,  &zone_stage, NULL,
};

unsigned pipeline_stage_count(enum engine_depth depth) {
  unsigned n = 0;
  if (depth == DEPTH_TOKENS) return 1;
  while (pipeline_stages[n] && (depth == DEPTH_EVENTS || !(n && pipeline_stages[n - 1]->gives & HAVE_TREE))) n++;
  return n;
}
