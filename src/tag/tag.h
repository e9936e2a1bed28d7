/* tag.h - the stage that tags: UPOS, XPOS, feature set and lemma of every token, and the encoder's states, from which the parser
 * reads later. Needs tokens and sentences, nothing else. */
#ifndef TR_TAG_TAG_H
#define TR_TAG_TAG_H
#include "doc/stage.h"

extern const struct stage tag_stage;

#endif
