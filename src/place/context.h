/* context.h - how much the words around a name speak for its being a place. Tags only, no tree. */
#ifndef TR_PLACE_CONTEXT_H
#define TR_PLACE_CONTEXT_H
#include "doc/doc.h"
#include "place/cues.h"
#include "place/gazetteer.h"
#include "place/offset_words.h"

struct knowledge { /* what both stages of this folder read; immutable, owned by whoever opened it */
  struct gazetteer gaz;
  struct cues cues;
  struct offset_words offsets;
};
struct stage_setup;
struct knowledge *place_knowledge_open(const struct stage_setup *setup, struct err *e);
void place_knowledge_close(struct knowledge *k);

struct name_hit {
  uint32_t first, n;    /* tokens */
  const uint32_t *rows; /* of the gazetteer, likeliest first */
  uint32_t nrows;
};
/* The longest gazetteer name that begins at token t, or false; the longest adjective of a place. */
bool name_at(const struct knowledge *k, const struct doc *d, uint32_t t, struct name_hit *hit);
bool adjective_at(const struct knowledge *k, const struct doc *d, uint32_t t, struct name_hit *hit);

/* Is a single word one that names kinds, bodies or directions, and so a place's name only by the way ("City", "Union", "North")? */
bool place_word_common(const struct knowledge *k, const struct doc *d, uint32_t t);

struct context {
  float score;   /* above 2.5: a place; below 0: hardly */
  bool locative; /* after a preposition of place */
  bool ground;   /* object of a verb of what is done to ground */
  bool kind;     /* "the village of X", "X province" */
  bool division; /* the kind makes it a first-level division */
  bool person;   /* beside a title or a given name */
  bool body;     /* "Department of X": what a body is for */
  bool name;     /* a further capitalised word follows: part of a longer name */
};
struct context place_context(const struct knowledge *k, const struct doc *d, uint32_t first, uint32_t n,
                             const struct gaz_place *best);

#endif
