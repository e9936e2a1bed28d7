/* parse.h - the stage that parses: head and relation of every token, from the states that the tag stage left in the document.
 * Every sentence gets one projective tree with one root, whatever the input. */
#ifndef TR_PARSE_PARSE_H
#define TR_PARSE_PARSE_H
#include "doc/stage.h"

extern const struct stage parse_stage;

#endif
