/* petr_sentence.h - a sentence as PETRARCH's patterns see it: words, noun phrases, coordinations, what clauses between commas are cut.
 *
 * TABARI and PETRARCH match over a string of words with the noun phrases marked. Here the phrases come from our own dependency tree: a
 * phrase is a nominal head with what stands before it and names behind it; its reach adds what hangs on it by "of", and by "in" and
 * "from" where the tree says so ("human rights activists in Arnor"). Coordinated phrases are one compound. */
#ifndef TR_PETRARCH_PETR_SENTENCE_H
#define TR_PETRARCH_PETR_SENTENCE_H
#include "petrarch/petr_dict.h"

struct petr_word {
  sym word;
  uint32_t token;
  uint32_t np; /* phrase it stands in, or NONE */
  bool comma, gone;
};
struct petr_np {
  uint32_t from, to; /* words, end exclusive */
  uint32_t reach;    /* end with what hangs on it by of, in, from */
  uint32_t head;     /* token */
  uint32_t first;    /* first phrase of its coordination (itself if there is none) */
  uint32_t next;     /* next phrase of its coordination, or NONE */
  bool compound;     /* part of a coordination */
  bool closed;       /* the coordination that begins here has its "and" */
};
struct petr_sentence {
  const struct petr_dict *dict;
  struct doc *d;
  uint32_t row; /* of doc->sentences */
  struct petr_word *word;
  struct petr_np *np;
  uint32_t n, n_np;
  uint32_t *np_of; /* token - first token of the sentence -> phrase, or NONE */
  uint64_t words;  /* a bit for each word, as petr_pattern.words */
};

/* Reads sentence `row` into s; memory comes from the document's scratch. False: out of memory. */
bool petr_sentence_read(struct petr_sentence *s, const struct petr_dict *dict, struct doc *d, uint32_t row);
/* The first and the end word of a phrase with its whole coordination. */
void petr_group(const struct petr_sentence *s, uint32_t np, uint32_t *from, uint32_t *to);
/* The word of a token, or NONE ('s, punctuation). */
uint32_t petr_word_of(const struct petr_sentence *s, uint32_t token);
static inline uint64_t petr_word_bit(uint32_t word) { return 1ull << (word * 0x9E3779B1u >> 26); }

/* ---- who a phrase is (petr_who.c) */

enum { PETR_WHO = 16 };
struct petr_who {
  str code; /* "" none */
  uint32_t np;
  uint32_t token; /* head of the phrase */
};
/* The actors that a phrase with its coordination names, by the dictionaries, on the document's day. At most PETR_WHO; 0: none. */
uint32_t petr_who(const struct petr_sentence *s, uint32_t np, struct petr_who out[PETR_WHO]);
/* The same, and the phrases that no dictionary knows stand for themselves, in quotation marks, where new_actor_length allows it. */
uint32_t petr_who_new(const struct petr_sentence *s, uint32_t np, struct petr_who out[PETR_WHO]);

/* ---- the coders: the events of a sentence */

struct petr_event {
  uint32_t verb;                      /* token */
  const struct petr_pattern *pattern; /* or NULL: the verb's own code */
  str code;
  struct petr_who source[PETR_WHO], target[PETR_WHO];
  uint32_t n_source, n_target;
  bool reciprocal; /* all parties are in source */
};
/* Adds an event to the document: row, actors, mentions. False: out of memory. */
bool petr_emit(struct petr_sentence *s, const struct petr_event *x);
bool petr_code_linear(struct petr_sentence *s); /* as PETRARCH1 and TABARI */
bool petr_code_tree(struct petr_sentence *s);   /* as PETRARCH2 */

#endif
