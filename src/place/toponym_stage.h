/* toponym_stage.h - the stage that finds names of the gazetteer in the text: doc->places and tokens.place.
 *
 * Needs tags. Runs before actors are known: a row says that a name may well be a place and which it would be by population and
 * the countries that the document speaks of. The place stage decides later which rows stay. */
#ifndef TR_PLACE_TOPONYM_STAGE_H
#define TR_PLACE_TOPONYM_STAGE_H
#include "doc/stage.h"

extern const struct stage toponym_stage;

#endif
