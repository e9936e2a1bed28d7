/* petr_import.h - users' PETRARCH dictionaries as knowledge of ours: actors, agents, event rules, classes, with an account of what went over.
 *
 * What goes over is what our formats can say. A rule of ours reads the tree and knows status; a pattern of theirs matches words: the two do
 * not read every sentence alike. Dictionaries that must code as they always did are loaded as they are (--petrarch-verbs ..). */
#ifndef TR_PETRARCH_PETR_IMPORT_H
#define TR_PETRARCH_PETR_IMPORT_H
#include "base/buf.h"
#include "doc/ontology.h"
#include "petrarch/petr_dict.h"

enum petr_fate { /* what became of an entry */
                 PETR_WENT_OVER,
                 PETR_STATE,        /* a country: our states.tsv has it */
                 PETR_NO_CODE,      /* [---], or a code that begins with no three capitals */
                 PETR_UNKNOWN_CODE, /* an event code without a type of PLOVER, or that CAMEO does not have */
                 PETR_SLOT,         /* a pattern with $ + % ^ that our slots cannot say */
                 PETR_FORM,         /* a pattern or phrase of a form that has no counterpart */
                 PETR_PERSON,       /* a person whom our knowledge has, with dates */
                 PETR_DOUBLE,       /* said before */
                 PETR_FATES
};
const char *petr_fate_text(uint8_t f);

struct petr_import {
  struct buf actors, agents, rules, classes; /* files of knowledge/actors and knowledge/events, without heads */
  uint32_t actor[PETR_FATES], noun[PETR_FATES], verb[PETR_FATES], pattern[PETR_FATES];
  struct buf left_out; /* one line for each entry that did not go over: what, fate */
};

struct petr_known { /* texts of our knowledge that the import looks at, NUL-terminated */
  const char *states, *persons, *prepositions;
};

/* Converts d, whose words are in `words` (more are added). False with *e: out of memory. Release with petr_import_release. */
bool petr_import(const struct petr_dict *d, struct symtab *words, const struct ontology *o,
                 const struct petr_known *known, struct petr_import *out, struct err *e);
void petr_import_release(struct petr_import *x);

#endif
