/* petr_trie.h - phrases of a PETRARCH dictionary by their words: one probe of a hash table a word, whatever the size of the file.
 *
 * Words are symbols of the engine's table, which holds the document's norms too. A phrase may carry several values; they come
 * back in the order in which they were added. Filled while dictionaries load, immutable afterwards, shared by all threads. */
#ifndef TR_PETRARCH_PETR_TRIE_H
#define TR_PETRARCH_PETR_TRIE_H
#include "base/intern.h"

struct petr_edge {
  uint32_t node;
  sym word;
  uint32_t to; /* 0: free slot */
};
struct petr_link {
  uint32_t value, next; /* next: link + 1, 0 ends */
};
struct petr_trie {
  struct petr_edge *edge; /* [mask + 1] */
  uint32_t mask, n_edges;
  uint32_t *first; /* [n] link + 1 of each node; node 0 is the root */
  uint32_t n, size;
  struct petr_link *link;
  uint32_t n_links, size_links;
};

bool petr_trie_init(struct petr_trie *t); /* false: out of memory */
void petr_trie_release(struct petr_trie *t);
bool petr_trie_add(struct petr_trie *t, const sym *word, uint32_t n,
                   uint32_t value);                                          /* false: out of memory, or n is 0 */
uint32_t petr_trie_step(const struct petr_trie *t, uint32_t node, sym word); /* 0: no phrase goes on */
/* First link + 1 of a node, 0 if no phrase ends there. Walk: for (l = petr_trie_at(t, node); l; l = t->link[l - 1].next). */
static inline uint32_t petr_trie_at(const struct petr_trie *t, uint32_t node) { return t->first[node]; }
#define PETR_TRIE_EACH(t, l, node) for (uint32_t l = petr_trie_at((t), (node)); l; l = (t)->link[l - 1].next)

#endif
