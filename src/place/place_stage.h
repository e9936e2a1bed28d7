/* place_stage.h - the stage that settles the toponyms: which candidates are places at all, how they are used, which one is meant.
 *
 * Needs actors and the tree. Candidates inside the names of persons and organisations go; states and cities that act or are
 * acted on become metonymic; among places of one name the document's countries decide before population. Names that only their
 * words tell to be places ("the village of Nam Sauk") and buildings ("the airport") are added, without a point. */
#ifndef TR_PLACE_PLACE_STAGE_H
#define TR_PLACE_PLACE_STAGE_H
#include "doc/stage.h"

extern const struct stage place_stage;

#endif
