/* cues.h - words that tell of places: knowledge/places/cues.tsv by symbol. Immutable after opening. */
#ifndef TR_PLACE_CUES_H
#define TR_PLACE_CUES_H
#include "base/arena.h"
#include "base/err.h"
#include "base/intern.h"

/* clang-format off */
#define CUES(X)                                                                                                       \
  X(STRONG, "strong") X(WEAK, "weak") X(KIND, "kind") X(DIVISION, "division") X(FACILITY, "facility") X(OTHER, "other") \
  X(TITLE, "title") X(DIRECTION, "direction") X(STATIC, "static") X(MOTION, "motion") X(CIVIC, "civic")              \
  X(STREET, "street") X(NATURE, "nature") X(LEADING, "leading") X(KINDS, "kinds") X(ABBREVIATION, "abbreviation")                                 \
  X(SURFACE, "surface") X(GROUND, "ground")
/* clang-format on */
enum cue_class {
#define X(name, text) CUE_##name,
  CUES(X)
#undef X
      CUE_COUNT
};
#define CUE(c) (1u << CUE_##c)

struct cues {
  struct arena memory;
  uint32_t *bits; /* [symbols] */
  uint32_t symbols;
  sym of, the, comma;
};

bool cues_open(struct cues *c, const char *folder, struct symtab *words, struct err *e);
void cues_release(struct cues *c);
static inline uint32_t cue_bits(const struct cues *c, sym s) { return s < c->symbols ? c->bits[s] : 0; }

#endif
