/* rule_lint.h - what the reader of the rules lets pass and an analyst should know: rules that contradict one another or that no
 * word can reach. For `tightrope dict lint`; not used while coding. */
#ifndef TR_EVENT_RULE_LINT_H
#define TR_EVENT_RULE_LINT_H
#include "event/rules.h"

typedef void rule_lint_sink(void *ctx, const struct rule *first, const struct rule *second, str word, const char *what);
/* Tells every pair of rules that one word opens under the same conditions: "contradicts" where they differ in what they
 * code, "is the same as" where not. Returns how many. */
size_t rule_lint(const struct rules *r, const struct symtab *words, rule_lint_sink *sink, void *ctx);

#endif
