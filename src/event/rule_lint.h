/* rule_lint.h - what the reader of the rules lets pass and an analyst should know: rules that contradict or shadow one another,
 * ties, parts of the codebook with too few triggers, rules without an example. For `tightrope dict lint`; not used while coding. */
#ifndef TR_EVENT_RULE_LINT_H
#define TR_EVENT_RULE_LINT_H
#include "event/rules.h"

enum rule_notice {
  NOTICE_NOTE, /* in order, but worth knowing */
  NOTICE_FAULT
};
typedef void rule_lint_sink(void *ctx, enum rule_notice notice, const char *text);

struct rule_counts {
  size_t faults, ties;
  uint32_t triggers; /* that tell an event: figures of speech are not counted */
};
/* Tells: pairs of rules that one word opens under the same conditions (they contradict, or one is idle); rules that a more
 * specific one always comes before; ties between rules that one clause may meet (notes); modes and contexts with fewer than
 * ten triggers and three-digit CAMEO codes with fewer than three; rules without an example or a near miss. The rules must have
 * been opened with `lint`. */
struct rule_counts rule_lint(const struct rules *r, const struct symtab *words, rule_lint_sink *sink, void *ctx);

#endif
