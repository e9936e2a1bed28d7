/* name_parts.h - what the finders of names share: name_runs.c (where runs of words begin and end), name_kind.c (what an unknown
 * name is) and names.c (which words are title, name, state). Private to src/actor/. */
#ifndef TR_ACTOR_NAME_PARTS_H
#define TR_ACTOR_NAME_PARTS_H
#include "actor/name_tagger.h"

struct title {           /* what stands before a name */
  uint32_t agent, first; /* role noun; first token of the title, or NONE */
  uint8_t gender, held;
  uint32_t land;
  bool honorific;
};

static inline bool word_upper(const struct work *w, uint32_t t) { return w->d->tokens.flags[t] & TOKEN_UPPER_FIRST; }
static inline bool word_joined(const struct work *w, uint32_t t) { /* no blank between t and t + 1 */
  return !(w->d->tokens.flags[t] & TOKEN_SPACE_AFTER);
}
static inline bool word_hyphen(const struct work *w, uint32_t t) {
  return w->d->tokens.xpos[t] == XPOS_HYPH || str_is(token_text(w->d, t), "-");
}
/* "Merrill Lynch & Co.": the sign joins names to a firm's. */
static inline bool word_ampersand(const struct work *w, uint32_t t) { return str_is(token_text(w->d, t), "&"); }
uint32_t word_classes(const struct work *w, uint32_t t); /* what knowledge/actors/words.tsv says of it */

/* ---- name_runs.c */
uint32_t name_run_start(const struct work *w, uint32_t t, uint32_t end, uint32_t sentence_first); /* t, or NONE */
uint32_t name_run_end(const struct work *w, uint32_t run, uint32_t end, uint32_t sentence_first);
uint32_t name_label_last(const struct work *w,
                         uint32_t t); /* last token of the name that the recogniser opens at t, or NONE */

bool name_shouted(const struct work *w, uint32_t t); /* it stands among words in capitals: its own tell nothing */

/* ---- name_kind.c; a name is its tokens [first, last] */
bool name_is_place(const struct work *w, uint32_t first, uint32_t last);
bool name_is_family(const struct work *w, uint32_t first, uint32_t last);
bool name_is_constituency(const struct work *w, uint32_t first, uint32_t last);
bool name_is_community(const struct work *w, uint32_t first, uint32_t last);
bool name_is_rank(const struct work *w, uint32_t first, uint32_t last);
bool name_is_type(const struct work *w, uint32_t t);
bool name_article_before(const struct work *w, uint32_t first);
uint32_t name_head_word(const struct work *w, uint32_t first, uint32_t last);
bool name_told_by_words(const struct work *w, uint32_t first, uint32_t last, const struct title *title);
bool name_overruled(const struct work *w, uint32_t first, uint32_t last, const struct title *title);
/* The kind by the words alone, and with the recogniser's class; ACTOR_COUNT: not known; *skip: no actor. */
uint8_t name_kind_by_words(const struct work *w, uint32_t first, uint32_t last, const struct title *title, bool *skip);
uint8_t name_kind_learned(const struct work *w, uint32_t first, uint32_t last, const struct title *title, bool *skip);

#endif
