/* actor_stage.h - the stage that finds who a text speaks of: doc->mentions, doc->actors, tokens.mention.
 *
 * Names, nominals, pronouns and demonyms become mentions; mentions of one actor are linked; every actor gets the code that
 * text and knowledge give it on the article's day. Knowledge: knowledge/actors/. Thread-safe after opening. */
#ifndef TR_ACTOR_ACTOR_STAGE_H
#define TR_ACTOR_ACTOR_STAGE_H
#include "doc/stage.h"

extern const struct stage actor_stage;

/* What the recogniser of names looks at, for its learner (src/train/names_corpus.c): calls fn once over a document that has been
 * through the stages before this one. False with *e: no memory. */
struct name_scan;
bool actor_scan(const void *stage, struct doc *d, void (*fn)(void *to, const struct name_scan *), void *to,
                struct err *e);

#endif
