/* tree.c - links and questions over heads; no grammar of any language. */
#include "doc/tree.h"

/* Widens the bounds of the ancestors of the leaves, depth first, without a stack: child, sibling and head lead the way. */
static void bounds_from(struct tokens *t, uint32_t root) {
  uint32_t at = root;
  for (;;) {
    while (t->child[at] != NONE) at = t->child[at];
    for (;; at = t->head[at]) {
      if (at == root) return;
      uint32_t up = t->head[at];
      if (t->left[at] < t->left[up]) t->left[up] = t->left[at];
      if (t->right[at] > t->right[up]) t->right[up] = t->right[at];
      if (t->sibling[at] != NONE) break;
    }
    at = t->sibling[at];
  }
}

void tree_link(struct doc *d) {
  struct tokens *t = &d->tokens;
  for (uint32_t i = 0; i < t->n; i++) {
    t->child[i] = t->sibling[i] = NONE;
    t->left[i] = t->right[i] = i;
  }
  for (uint32_t i = t->n; i-- > 0;) { /* backwards, so that children come in text order */
    uint32_t h = t->head[i];
    if (h == NONE) continue;
    t->sibling[i] = t->child[h];
    t->child[h] = i;
  }
  for (uint32_t i = 0; i < t->n; i++)
    if (t->head[i] == NONE) bounds_from(t, i);
}

uint32_t tree_child(const struct doc *d, uint32_t head, uint8_t deprel) {
  TREE_EACH(d, c, head)
  if (d->tokens.deprel[c] == deprel) return c;
  return NONE;
}

uint32_t tree_child_universal(const struct doc *d, uint32_t head, uint8_t deprel) {
  TREE_EACH(d, c, head)
  if (deprel_universal(d->tokens.deprel[c]) == deprel) return c;
  return NONE;
}

uint32_t tree_next_same(const struct doc *d, uint32_t child) {
  uint8_t rel = d->tokens.deprel[child];
  for (uint32_t c = d->tokens.sibling[child]; c != NONE; c = d->tokens.sibling[c])
    if (d->tokens.deprel[c] == rel) return c;
  return NONE;
}

sym tree_case(const struct doc *d, uint32_t t) {
  uint32_t c = tree_child(d, t, DEPREL_CASE);
  return c == NONE ? SYM_NONE : d->tokens.norm[c];
}

bool tree_above(const struct doc *d, uint32_t ancestor, uint32_t t) {
  for (; t != NONE; t = d->tokens.head[t])
    if (t == ancestor) return true;
  return false;
}
