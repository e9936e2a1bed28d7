/* petr_import_parts.h - what the converters of dictionaries share. For src/petrarch/petr_import*.c alone. */
#ifndef TR_PETRARCH_PETR_IMPORT_PARTS_H
#define TR_PETRARCH_PETR_IMPORT_PARTS_H
#include "petrarch/petr_import.h"

struct paths { /* from a node of a trie back to the root */
  const struct petr_trie *t;
  uint32_t *parent;
  sym *word;
};
bool petr_import_rules(const struct petr_dict *d, struct symtab *words, const struct ontology *o, str prepositions,
                       struct petr_import *x);

#endif
