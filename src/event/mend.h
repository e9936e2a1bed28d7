/* mend.h - wrong attachments put right before events are read. */
#ifndef TR_EVENT_MEND_H
#define TR_EVENT_MEND_H
#include "event/frame.h"

/* Changes heads and relations of a linked tree in a few shapes that are surely wrong, and links it again. Linear. `d` is the
 * document that `g` reads. */
void tree_mend(struct grammar g, struct doc *d);

#endif
