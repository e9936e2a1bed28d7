/* petr_tree.c - the coder of PETRARCH2: patterns over the dependency tree. */
#include "petrarch/petr_sentence.h"

bool petr_code_tree(struct petr_sentence *s) {
  (void)s;
  return true;
}
