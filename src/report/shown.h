/* shown.h - what readers are shown of a coded document that names private persons: role words, and texts without the names. */
#ifndef TR_REPORT_SHOWN_H
#define TR_REPORT_SHOWN_H
#include "doc/doc.h"
#include "ledger/mask.h"

/* The name of an actor of the document, a private one's role word; "?" for a row that there is none of. */
str shown_actor(const struct doc *d, uint32_t actor);
/* Hides the names of private persons in the document's text. False: out of memory. */
bool shown_mask(struct mask *m, const struct doc *d, struct arena *a);

#endif
