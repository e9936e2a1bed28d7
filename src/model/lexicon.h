/* lexicon.h - from the form of a word to rows of the embedding table: the word itself where the model knows it, and
 * hashed pieces of it (affixes, shape, the form as written) where it does not.
 *
 * Which pieces, and how many rows each has, is data of the model (struct lexicon.feature), so that another language or
 * a better choice needs no other code. Trainer and runtime share these functions. Immutable, thread-safe. */
#ifndef TR_MODEL_LEXICON_H
#define TR_MODEL_LEXICON_H
#include "model/kernels.h"
#include "model/model_file.h"

enum feature_kind { FEATURE_WORD, FEATURE_PREFIX, FEATURE_SUFFIX, FEATURE_SHAPE, FEATURE_CASED };
struct feature {
  uint32_t kind, length; /* length: bytes of an affix */
  uint32_t rows;         /* a power of two; for FEATURE_WORD the number of words */
};

struct lexicon_slot {
  uint32_t hash, id; /* id 0: free */
};
struct lexicon {
  uint32_t nfeature, case_modes; /* case_modes: the shape also tells how the sentence is written */
  struct feature feature[NET_FEATURES_MAX];
  struct string_table word; /* normalised; word 0 is the unknown word */
  const struct lexicon_slot *slot;
  uint32_t mask; /* slots - 1 */
};

/* How a sentence is written; its shapes are read accordingly. */
enum case_mode { CASE_MIXED, CASE_UPPER, CASE_LOWER, CASE_TITLE };
enum case_mode case_mode_of(const str *form, uint32_t n);

enum { WORD_BYTES = 63 }; /* longer words are cut for the purpose of features */

/* Lower case, digits to 0, typographic quotes and dashes to plain ones; returns the length in out. */
uint32_t word_normalise(str form, char out[WORD_BYTES + 1]);
uint32_t lexicon_hash(const char *s, uint32_t n, uint32_t seed);
uint32_t lexicon_find(const struct lexicon *l, const char *normalised, uint32_t n); /* 0: unknown */
/* Fills row[n] for n features of a word; `first`: it opens its sentence; mode: CASE_MIXED if the model has no modes;
 * id: its number in the lexicon, w[nw] its normalised form. */
void feature_rows(const struct feature *f, uint32_t n, str form, bool first, enum case_mode mode, uint32_t id,
                  const char *w, uint32_t nw, uint32_t *row);
/* The same, looking the word up. */
void lexicon_rows(const struct lexicon *l, str form, bool first, enum case_mode mode, uint32_t *row);
uint32_t feature_row_count(const struct feature *f, uint32_t n); /* rows of the embedding table */

/* Reads and validates the sections "lex.word" and "lex.slot"; features and modes are set by the caller before. */
bool lexicon_open(struct lexicon *l, const struct model_file *m, struct err *e);

#endif
