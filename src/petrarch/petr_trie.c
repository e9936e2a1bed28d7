/* petr_trie.c - open addressing over (node, word). */
#include "petrarch/petr_trie.h"
#include <stdlib.h>

enum { FIRST_SLOTS = 1024, FIRST_NODES = 256 };

bool petr_trie_init(struct petr_trie *t) {
  *t = (struct petr_trie){.mask = FIRST_SLOTS - 1, .size = FIRST_NODES, .n = 1};
  t->edge = calloc(FIRST_SLOTS, sizeof *t->edge);
  t->first = calloc(FIRST_NODES, sizeof *t->first);
  return t->edge && t->first;
}

void petr_trie_release(struct petr_trie *t) {
  free(t->edge);
  free(t->first);
  free(t->link);
  *t = (struct petr_trie){0};
}

static uint32_t slot_of(const struct petr_trie *t, uint32_t node, sym word) {
  uint64_t h = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
  uint32_t i = (uint32_t)(h >> 32) & t->mask;
  while (t->edge[i].to && (t->edge[i].node != node || t->edge[i].word != word)) i = (i + 1) & t->mask;
  return i;
}

static bool grow_edges(struct petr_trie *t) {
  struct petr_edge *old = t->edge;
  uint32_t n = t->mask + 1;
  struct petr_edge *edge = calloc((size_t)n * 2, sizeof *edge);
  if (!edge) return false;
  t->edge = edge;
  t->mask = n * 2 - 1;
  for (uint32_t i = 0; i < n; i++)
    if (old[i].to) t->edge[slot_of(t, old[i].node, old[i].word)] = old[i];
  free(old);
  return true;
}

static bool grow(void **at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : FIRST_NODES;
  void *p = realloc(*at, more * row);
  if (!p) return false;
  *at = p;
  *size = more;
  return true;
}

uint32_t petr_trie_step(const struct petr_trie *t, uint32_t node, sym word) {
  return t->edge ? t->edge[slot_of(t, node, word)].to : 0;
}

static uint32_t step_or_add(struct petr_trie *t, uint32_t node, sym word) {
  uint32_t i = slot_of(t, node, word);
  if (t->edge[i].to) return t->edge[i].to;
  if (!grow((void **)&t->first, t->n, &t->size, sizeof *t->first)) return 0;
  if (t->n_edges * 2 > t->mask && !grow_edges(t)) return 0;
  t->edge[slot_of(t, node, word)] = (struct petr_edge){node, word, t->n};
  t->n_edges++;
  t->first[t->n] = 0;
  return t->n++;
}

bool petr_trie_add(struct petr_trie *t, const sym *word, uint32_t n, uint32_t value) {
  uint32_t node = 0;
  if (!n) return false;
  for (uint32_t i = 0; i < n; i++)
    if (!(node = step_or_add(t, node, word[i]))) return false;
  if (!grow((void **)&t->link, t->n_links, &t->size_links, sizeof *t->link)) return false;
  t->link[t->n_links++] = (struct petr_link){value, 0};
  uint32_t *end = &t->first[node];
  while (*end) end = &t->link[*end - 1].next;
  *end = t->n_links;
  return true;
}
