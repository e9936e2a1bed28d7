/* lemma_table.h - the lemmatiser's memory: for a form, or failing that its longest known ending, with its tag, how to make
 * the lemma. Edit scripts after Chrupala (2006): keep or lower the form, cut bytes off its end, add some.
 *
 * Keys are 64-bit hashes, of which 32 are compared; a table of some ten thousands has next to no collisions.
 * Views into a mapped model; immutable, thread-safe. */
#ifndef TR_MODEL_LEMMA_TABLE_H
#define TR_MODEL_LEMMA_TABLE_H
#include "model/model_file.h"

enum { LEMMA_SUFFIX_MAX = 7, LEMMA_ADD_MAX = 20, LEMMA_FORM_MAX = 120 };

struct lemma_script {
  uint8_t lower, strip, nadd, unused; /* strip: bytes cut off the end */
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

/* The key of a whole form (as written, or lowered) or of an ending (lowered), with its tag. */
enum lemma_key_kind { LEMMA_KEY_ENDING, LEMMA_KEY_FORM };
uint64_t lemma_key(str s, uint32_t tag, enum lemma_key_kind kind);
const struct lemma_script *lemma_find(const struct lemma_table *t, uint64_t key); /* NULL: unknown */

/* ASCII lower case and plain quotes; `out` has room for LEMMA_FORM_MAX bytes; false if the form is longer. */
bool lemma_fold(str form, char *out, size_t *n, bool lower);
bool lemma_script_apply(const struct lemma_script *s, str form, char *out, size_t size, size_t *n);

/* The lemma of form with tag into out[size]; the form itself where nothing is known or it is too long. */
size_t lemma_of(const struct lemma_table *t, str form, uint32_t tag, char *out, size_t size);

#endif
