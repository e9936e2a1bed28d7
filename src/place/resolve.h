/* resolve.h - filling a place from the gazetteer; which row a name means is decided in resolve.c (settle.h). */
#ifndef TR_PLACE_RESOLVE_H
#define TR_PLACE_RESOLVE_H
#include "place/context.h"

#define TOPONYM_MAYBE 1.2f /* scores of context.h from which a name is kept as a candidate, */
#define PLACE_SURE 1.2f    /* and from which it is a place */

/* Name, level, point, country and the rest of a gazetteer row; `reason` is a static text. */
void place_fill(const struct knowledge *k, struct place *p, uint32_t row, const char *reason);

#endif
