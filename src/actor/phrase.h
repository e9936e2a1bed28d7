/* phrase.h - an automaton over words: which names and nouns of the knowledge begin at this word.
 *
 * A phrase is a sequence of pieces: words split at blanks and hyphens, lower case, without diacritics and apostrophes, so that
 * "Asa'ib Ahl al-Haq" and "Asaib Ahl al Haq" are one. One step costs one probe of a hash table, whatever the size of
 * the knowledge. Filled while the knowledge loads, immutable afterwards, shared by all threads. */
#ifndef TR_ACTOR_PHRASE_H
#define TR_ACTOR_PHRASE_H
#include "base/intern.h"

enum { PIECE_MAX = 64, PHRASE_MAX = 16 };

/* The next piece of `text` at *at into out (at most PIECE_MAX bytes, *n of them); false at the end. A final "'s" or "'" is
 * a piece of its own, as the tokenizer makes it. */
bool piece_next(str text, size_t *at, char out[PIECE_MAX], size_t *n);

struct phrase_edge {
  uint32_t node;
  sym word;
  uint32_t to; /* 0: free slot */
};
struct phrase_entry {
  uint32_t value, next; /* next entry of the same phrase, 0 none */
};
struct phrases {
  struct phrase_edge *edge; /* [mask + 1] */
  uint32_t mask, n_edges;
  uint32_t *first; /* [n] first entry of each node, 0 none; node 0 is the root */
  uint32_t n, size;
  struct phrase_entry *entry;
  uint32_t n_entries, size_entries;
};

bool phrases_init(struct phrases *p); /* false: out of memory */
void phrases_release(struct phrases *p);
/* Adds a value to the phrase; a phrase may have many, in the order of adding. False: out of memory or n is 0. */
bool phrases_add(struct phrases *p, const sym *words, uint32_t n, uint32_t value);
/* The node after `word` from `node` (root: 0); 0 if no phrase goes on. */
uint32_t phrases_step(const struct phrases *p, uint32_t node, sym word);
static inline uint32_t phrases_first(const struct phrases *p, uint32_t node) { return p->first[node]; }
static inline uint32_t phrases_next(const struct phrases *p, uint32_t entry) { return p->entry[entry].next; }
static inline uint32_t phrases_value(const struct phrases *p, uint32_t entry) { return p->entry[entry].value; }

#endif
