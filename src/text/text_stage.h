/* text_stage.h - the stage that finds sentences and tokens. Needs nothing, gives HAVE_TOKENS. */
#ifndef TR_TEXT_TEXT_STAGE_H
#define TR_TEXT_TEXT_STAGE_H
#include "doc/stage.h"

extern const struct stage text_stage;

#endif
