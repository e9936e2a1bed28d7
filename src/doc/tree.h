/* tree.h - the dependency tree of a sentence: children in order, subtree bounds, small questions that stages share. */
#ifndef TR_DOC_TREE_H
#define TR_DOC_TREE_H
#include "doc/doc.h"

/* Fills child, sibling, left, right from head for all sentences; linear. Heads must be inside their sentence and acyclic. */
void tree_link(struct doc *d);
/* The first dependent of `head` with this relation (subtypes apart), or NONE. */
uint32_t tree_child(const struct doc *d, uint32_t head, uint8_t deprel);
/* The same, any subtype: DEPREL_NSUBJ finds nsubj:pass. */
uint32_t tree_child_universal(const struct doc *d, uint32_t head, uint8_t deprel);
/* The next dependent of the same head with the same relation, or NONE. */
uint32_t tree_next_same(const struct doc *d, uint32_t child);
/* Form of the preposition that marks a phrase: first `case` dependent's lemma, SYM_NONE if there is none. */
sym tree_case(const struct doc *d, uint32_t t);
bool tree_above(const struct doc *d, uint32_t ancestor, uint32_t t); /* ancestor dominates t or is t */
#define TREE_EACH(d, c, h) for (uint32_t c = (d)->tokens.child[h]; c != NONE; c = (d)->tokens.sibling[c])

#endif
