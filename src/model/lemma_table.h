/* lemma_table.h - the lemmatiser's memory: for a form, or failing that its longest known ending, with its tags, how to make
 * the lemma. Edit scripts after Chrupala (2006): change the case of the form, cut bytes off its end, add some.
 *
 * Keys are 64-bit hashes, of which 32 are compared; a table of some ten thousands has next to no collisions.
 * Views into a mapped model; immutable, thread-safe. */
#ifndef TR_MODEL_LEMMA_TABLE_H
#define TR_MODEL_LEMMA_TABLE_H
#include "model/model_file.h"

enum { LEMMA_SUFFIX_MAX = 7, LEMMA_ADD_MAX = 20, LEMMA_FORM_MAX = 120 };

/* As written; small; with a capital first letter; learnt from words without capitals, which do not tell: then what words with
 * a capital and this tag do decides. */
enum lemma_case { LEMMA_KEEP, LEMMA_LOWER, LEMMA_CAPITAL, LEMMA_ANY };
struct lemma_script {
  uint8_t fold, strip, nadd, unused; /* fold: enum lemma_case; strip: bytes cut off the end */
  char add[LEMMA_ADD_MAX];
};
struct lemma_entry {
  uint32_t check; /* upper half of the key; 0: free */
  uint32_t script;
};
struct lemma_table {
  const struct lemma_script *script;
  const struct lemma_entry *entry;
  uint32_t nscript, mask;
};

bool lemma_table_open(struct lemma_table *t, const struct model_file *m, struct err *e);

/* A word as the table sees it, at levels from the most general key to the most special: its endings with XPOS alone, then with
 * UPOS and XPOS; the form in small letters and as written with XPOS alone; the same with both tags; listed by hand with XPOS.
 * A word takes the script of the highest level that is known. Tags are the model's numbers. */
enum { LEMMA_LISTED = 2 * (LEMMA_SUFFIX_MAX + 1) + 4, LEMMA_LEVELS = LEMMA_LISTED + 1, LEMMA_NO_UPOS = 0xFFFF };
struct lemma_query {
  char plain[LEMMA_FORM_MAX], low[LEMMA_FORM_MAX]; /* with plain apostrophes; in small letters too */
  size_t nplain, nlow;
  uint32_t upos, xpos;
};
bool lemma_query_make(struct lemma_query *q, str form, uint32_t upos, uint32_t xpos); /* false: the form is too long */
uint64_t lemma_query_key(const struct lemma_query *q, int level);                     /* 0: the word has none there */
uint64_t lemma_query_case(const struct lemma_query *q, bool both); /* key of what capitals with this tag do; 0: none */
const struct lemma_script *lemma_find(const struct lemma_table *t, uint64_t key); /* NULL: unknown */

/* Plain apostrophes and the case that is asked for (of ASCII letters); `out` has room for LEMMA_FORM_MAX bytes; false if the
 * form is longer. */
bool lemma_fold(str form, char *out, size_t *n, enum lemma_case fold);

/* The lemma of form with the model's tags into out[size]; the form itself where nothing is known or it is too long. */
size_t lemma_of(const struct lemma_table *t, str form, uint32_t upos, uint32_t xpos, char *out, size_t size);

#endif
