/* time_stage.h - the stage that finds expressions of time: doc->times and tokens.timex.
 *
 * Needs tags; where a tree is there it reads the tense from it. Every row has the TIMEX3 type and value, the days it
 * denotes (`period`), what it rests on (`anchor`), its length in minutes where it is one, and its role: deadline, anniversary,
 * utterance (a dateline) or event. It does not decide which event a time belongs to. */
#ifndef TR_TIME_TIME_STAGE_H
#define TR_TIME_TIME_STAGE_H
#include "doc/stage.h"

extern const struct stage time_stage;

#endif
