/* lemma_table.h - the lemmatiser's memory: for a form, or failing that its longest known ending, with its tag, how to make
 * the lemma. Edit scripts after Chrupala (2006): cut bytes off the end of the lowered form, add some, then write the result
 * small, with a capital, in capitals, or as the form has it. A word that is not known gets the way of writing from
 * endings of its own, which also tell how the form is written: IRAQ may be Iraq, UNICEF is UNICEF.
 *
 * Keys are 64-bit hashes, of which 32 are compared; a table of some ten thousands has next to no collisions.
 * Views into a mapped model; immutable, thread-safe. */
#ifndef TR_MODEL_LEMMA_TABLE_H
#define TR_MODEL_LEMMA_TABLE_H
#include "model/model_file.h"

enum { LEMMA_SUFFIX_MAX = 7, LEMMA_CASE_SUFFIX_MAX = 4, LEMMA_ADD_MAX = 20, LEMMA_FORM_MAX = 120 };

/* How a lemma is written. Kept: as the form is. */
enum lemma_case { LEMMA_KEPT, LEMMA_LOWER, LEMMA_TITLE, LEMMA_UPPER };
struct lemma_script {
  uint8_t letters, strip, nadd, unused; /* letters: enum lemma_case; strip: bytes cut off the end */
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

/* What a key stands for: a form as written; lowered; an ending of a lowered form (of the edit); an ending for the way of
 * writing, of forms all small, with a capital, in capitals (few; many letters), and any other. */
enum lemma_key_kind { LEMMA_KEY_WRITTEN, LEMMA_KEY_LOWERED, LEMMA_KEY_ENDING, LEMMA_KEY_CASE, LEMMA_KEY_KINDS = 8 };
uint64_t lemma_key(str s, uint32_t tag, uint32_t kind);
uint32_t lemma_case_kind(str form); /* LEMMA_KEY_CASE and up, by how the form is written */
const struct lemma_script *lemma_find(const struct lemma_table *t, uint64_t key); /* NULL: unknown */
/* The script of the longest known ending of up to `most` bytes of the lowered form low[n]. */
const struct lemma_script *lemma_find_ending(const struct lemma_table *t, const char *low, size_t n, size_t most,
                                             uint32_t tag, uint32_t kind);

/* ASCII lower case and plain quotes; `out` has room for LEMMA_FORM_MAX bytes; false if the form is longer. */
bool lemma_fold(str form, char *out, size_t *n, bool lower);
/* Writes word[n] so, in place. */
void lemma_write(char *word, size_t n, enum lemma_case letters);
bool lemma_script_apply(const struct lemma_script *s, str form, char *out, size_t size, size_t *n);

/* The lemma of form with tag into out[size]; the form itself where nothing is known or it is too long. */
size_t lemma_of(const struct lemma_table *t, str form, uint32_t tag, char *out, size_t size);

#endif
