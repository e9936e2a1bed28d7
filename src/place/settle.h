/* settle.h - what the parts of the place stage share about one document. Internal to the stage. */
#ifndef TR_PLACE_SETTLE_H
#define TR_PLACE_SETTLE_H
#include "place/context.h"

struct settle {
  const struct knowledge *k;
  struct doc *d;
};

/* Appends a place on tokens first .. first+n-1, its span theirs; NULL: out of memory. tokens.place is left alone. */
struct place *place_push(struct doc *d, uint32_t first, uint32_t n, uint8_t use, uint8_t level, const char *reason);

/* use.c: the token that governs the place's other tokens; literal, metonymic or modifier by the tree (Gritta, Pilehvar and Collier,
 * "A pragmatic guide to geoparsing evaluation", 2020, for the classes). */
uint32_t place_head(const struct doc *d, const struct place *p);
uint8_t place_use_of(const struct settle *s, const struct place *p);

/* embedded.c: toponyms in names of bodies ("Ohio State Police") and adjectives ("Russian troops"), use modifier; they do not cover
 * their tokens, so that no later stage takes them for where something happened. */
bool embedded_add(struct settle *s);

/* features.c: places that their words alone tell: unknown names, streets, waters and mountains; then, when places are resolved,
 * buildings. */
bool features_add(struct settle *s);
bool learned_add(struct settle *s); /* names that the recogniser of names takes for places, where nothing else stands */
bool buildings_add(struct settle *s);

/* offset.c: "20 km north of Mosul", when places are resolved. */
bool offsets_add(struct settle *s);

/* resolve.c: decides for all places of the document at once which row of the gazetteer each means. False: out of memory. */
bool places_resolve(struct settle *s);

#endif
