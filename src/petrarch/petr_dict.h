/* petr_dict.h - the dictionaries of PETRARCH2, PETRARCH1 and TABARI, loaded once: verbs, actors, agents, discards, issues, options.
 *
 * Formats: the comments of PETRARCH's PETRreader (Open Event Data Alliance, MIT licence) and the TABARI manual (Schrodt), where
 * they differ what the published files hold. A bad line never ends a run: it is noted with file, line and what to do, and
 * everything else is loaded. Traps of the old readers that are mended: the last record of a file is kept, a `<!` line ends
 * nothing, a bad date loses one code and not the actor, the same phrase in two records merges their codes.
 *
 * Immutable after petr_dict_open, shared by all threads. */
#ifndef TR_PETRARCH_PETR_DICT_H
#define TR_PETRARCH_PETR_DICT_H
#include "doc/stage.h"
#include "petrarch/petr_files.h"
#include "petrarch/petr_trie.h"

enum { PETR_PIECES = 24 }; /* most words of one phrase, elements of one pattern */

/* ---- what the reader noticed */

struct petr_notes { /* the first PETR_NOTES of them are kept, all are counted */
  struct err *at;
  uint32_t n, total;
};
enum { PETR_NOTES = 1000 };

/* ---- actors and agents */

struct petr_dated { /* a code and the days on which it holds, both ends inclusive; undated: INT32_MIN, INT32_MAX */
  str code;         /* "" for [---]: a known phrase without code */
  int32_t from, to;
};
struct petr_record { /* an actor: its codes in the order of the file */
  uint32_t first, n; /* of petr_dict.dated */
};
struct petr_gap { /* a phrase whose blanks allow words between ("ITHILEN TELEVISION"), for TABARI's matching */
  uint32_t record;
  uint8_t n;
  sym word[6];
};
struct petr_agent {
  str code;
  bool before; /* [NGO~] stands before the actor's code, [~GOV] behind */
  bool weak;   /* ~PPL: dropped where another role is told */
};

/* ---- verbs */

enum petr_kind {
  PETR_WORD,
  PETR_SYNSET,
  PETR_SOURCE,   /* $ */
  PETR_TARGET,   /* + */
  PETR_COMPOUND, /* % */
  PETR_SKIP,     /* ^ */
  PETR_NP,       /* { */
  PETR_NP_END,   /* } */
  PETR_PP,       /* ( */
  PETR_PP_END    /* ) */
};
struct petr_element {
  uint8_t kind;
  bool adjacent;   /* no word between it and the element before it, seen from the verb */
  uint32_t number; /* word, or row of synsets */
};
struct petr_member { /* of a synset: words in reading order; adjacent[i]: nothing between word i-1 and i */
  sym word[6];
  bool adjacent[6];
  uint8_t n;
};
struct petr_synset {
  str name;
  uint32_t first, n; /* of petr_dict.members */
};
struct petr_pattern {
  uint32_t before, after; /* first element of each side in petr_dict.elements; before: from the verb to the left */
  uint8_t n_before, n_after;
  uint8_t weight;    /* words and slots: longer patterns are tried first */
  uint64_t words;    /* a bit for each word that must stand in the sentence: a cheap refusal */
  str code, reverse; /* [042:043]: the second holds from target to source; "" none */
  uint32_t line;
  uint16_t file;
};
struct petr_block {
  str label;
  uint32_t first, n; /* of patterns, longest first */
};
struct petr_verb { /* a form, perhaps with particles around it */
  uint32_t block;
  str code, reverse; /* of the verb alone; "" for [---] */
  bool own;          /* the code is its own, not the block's */
  sym base;          /* the form under which the file lists it */
  uint8_t n_before, n_after;
  sym before[4], after[4]; /* words around the head, in reading order */
};
enum petr_rel { PETR_ANY = 0xFE, PETR_EMPTY = 0xFF }; /* '.' and '_' in place of a letter */
struct petr_transform {                               /* ~ a (b c VERB) VERB = d e CODE */
  uint8_t outer, inner_source, inner_target;          /* letters, or enum petr_rel */
  sym inner_verb;                                     /* SYM_NONE: Q, any verb */
  sym outer_verb;
  uint8_t source, target; /* letters of the result */
  str code;               /* "" : the inner event's own (Q) */
};

/* ---- discards, issues */

struct petr_discard {
  bool story; /* + : the whole document, else the sentence */
  bool year;  /* a bare year: left out with discard_years=false */
};
struct petr_issue {
  str code;         /* "" : cancels */
  uint32_t section; /* of the file; what a ~ line cancels */
  bool cancels_all; /* ~~ : in the whole document */
};

struct petr_sum { /* a row of knowledge/petrarch/compose.tsv */
  str inner;      /* beginning of the act's code */
  str with[5];    /* appealed for, meant, demanded, threatened, refused; "" none */
};

struct petr_dict {
  struct petr_options options;
  const struct ontology *ontology;
  bool has_verbs, has_actors, tree_style; /* tree_style: PETRARCH2's patterns, matched on the tree */
  struct arena memory;
  struct petr_trie actors, agents, discards, issues, gaps, verbs;
  struct petr_dated *dated;
  struct petr_record *record;
  struct petr_gap *gap;
  struct petr_agent *agent;
  struct petr_element *element;
  struct petr_member *member;
  struct petr_synset *synset;
  struct petr_pattern *pattern;
  struct petr_block *block;
  struct petr_verb *verb;
  struct petr_transform *transform;
  struct petr_discard *discard;
  struct petr_issue *issue;
  struct petr_sum *sum;
  const char **file; /* names, for rule ids */
  uint32_t n_dated, n_records, n_gaps, n_agents, n_elements, n_members, n_synsets, n_patterns, n_blocks, n_verbs,
      n_transforms, n_discards, n_issues, n_files, n_sums;
  uint32_t size_dated, size_records, size_gaps, size_agents, size_elements, size_members, size_synsets, size_patterns,
      size_blocks, size_verbs, size_transforms, size_discards, size_issues, size_files, size_sums;
  struct petr_notes notes;
};

/* Loads what `files` names; words go into `words`. NULL with *e if a file cannot be read or an option is unknown; lines that are
 * wrong are in ->notes. */
struct petr_dict *petr_dict_open(const struct petr_files *files, struct symtab *words, struct err *e);
/* An empty dictionary with PETRARCH's options, and one file's text read into it; for petr_dict_open, tests and fuzzing. */
struct petr_dict *petr_dict_new(void);
bool petr_dict_read(struct petr_dict *d, struct symtab *words, uint8_t kind, str text, const char *name, struct err *e);
/* Reads the sums of codes, which verb files in PETRARCH2's way need. */
bool petr_sums_load(struct petr_dict *d, const char *knowledge, struct err *e);
void petr_dict_close(struct petr_dict *d);

/* The code of records on a phrase (links of the actors' trie from `link` on) on a day: the first dated one that holds, else the
 * first undated one. False if none holds; an empty code is a known phrase without code. */
bool petr_actor_code(const struct petr_dict *d, uint32_t link, int32_t day, str *code);

#endif
