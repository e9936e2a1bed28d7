/* clause.h - questions about clauses and noun phrases that the readers of speech, ties and quantities share.
 *
 * Answers come from relations and tags alone (UD v2), no word lists. Every walk is bounded by CLAUSE_DEPTH, so a question costs
 * constant time beside the children it looks at. Nothing is stored. */
#ifndef TR_EVENT_CLAUSE_H
#define TR_EVENT_CLAUSE_H
#include "doc/tree.h"

enum { CLAUSE_DEPTH = 8 };

bool clause_passive(const struct doc *d, uint32_t verb); /* "was said", "accused of"; also a conjunct of one */
/* The subject of a verb or predicate: its own, that of the verb it is coordinated with, the noun that its relative clause or
 * participle describes, the controller of its infinitive. NONE if there is none. "Two guards who fled": guards. */
uint32_t clause_subject(const struct doc *d, uint32_t verb);
/* The phrase with "by" of a passive, or NONE. `by` is the symbol of the word. */
uint32_t clause_agent(const struct doc *d, uint32_t verb, sym by);
bool clause_negated(const struct doc *d, uint32_t verb, sym not_, sym nt, sym never);
/* Head of the clause that holds t: the nearest verb or predicate at or above t. */
uint32_t clause_head(const struct doc *d, uint32_t t);
bool clause_is_verbal(const struct doc *d, uint32_t t); /* a verb, or a predicate with a copula or a subject */

/* First and last token of a noun phrase: its subtree without relative clauses, loose clauses, and punctuation at its ends. */
struct token_range {
  uint32_t first, last; /* inclusive */
};
struct token_range phrase_range(const struct doc *d, uint32_t head);
/* The same without appositions and coordinated parts: "the commander of the brigade". */
struct token_range phrase_core(const struct doc *d, uint32_t head);
/* The actor of a phrase: its head's mention, else that of the name in it ("a spokeswoman for the union": the union). */
uint32_t phrase_actor(const struct doc *d, uint32_t head);
uint32_t token_actor(const struct doc *d, uint32_t t); /* actor of the mention whose head is t, or NONE */
bool token_noun(const struct doc *d, uint32_t t);      /* NOUN, PROPN, PRON, NUM or an adjective used as one */
static inline bool token_is_verb(const struct doc *d, uint32_t t) {
  return d->tokens.upos[t] == UPOS_VERB || d->tokens.upos[t] == UPOS_AUX;
}

#endif
