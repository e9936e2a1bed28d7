/* offset_words.h - words that measure from a place: knowledge/places/offsets.tsv by symbol. Immutable after opening. */
#ifndef TR_PLACE_OFFSET_WORDS_H
#define TR_PLACE_OFFSET_WORDS_H
#include "base/arena.h"
#include "base/err.h"
#include "base/intern.h"

enum offset_kind { OFFSET_NONE, OFFSET_UNIT, OFFSET_BEARING, OFFSET_NUMBER, OFFSET_FROM, OFFSET_FILLER, OFFSET_KINDS };

struct offset_word {
  float value;  /* kilometres of a unit, degrees from north of a bearing, what a number counts */
  uint8_t kind; /* enum offset_kind */
};
struct offset_words {
  struct arena memory;
  struct offset_word *at; /* [symbols] */
  uint32_t symbols;
};

bool offset_words_open(struct offset_words *o, const char *folder, struct symtab *words, struct err *e);
void offset_words_release(struct offset_words *o);
/* NULL if the word is none. */
static inline const struct offset_word *offset_word(const struct offset_words *o, sym s) {
  return s < o->symbols && o->at[s].kind ? &o->at[s] : NULL;
}

#endif
