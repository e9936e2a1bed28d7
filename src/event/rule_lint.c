/* rule_lint.c - pairs of rules with the same trigger and conditions. */
#include "event/rule_lint.h"

static bool same_pick(const struct pick *a, const struct pick *b) {
  return a->kind == b->kind && a->actor_kind == b->actor_kind && a->word_class == b->word_class && a->word == b->word &&
         a->before == b->before && !memcmp(a->sector, b->sector, sizeof a->sector);
}

static bool same_condition(const struct rules *r, const struct condition *a, const struct condition *b) {
  if (a->at.func != b->at.func || a->at.prep != b->at.prep || a->forbidden != b->forbidden || a->n != b->n)
    return false;
  for (uint16_t i = 0; i < a->n; i++)
    if (!same_pick(&r->pick[a->first + i], &r->pick[b->first + i])) return false;
  return true;
}

static bool same_premise(const struct rules *r, const struct rule *a, const struct rule *b) {
  if (a->pos != b->pos || a->particle != b->particle || a->n_conditions != b->n_conditions) return false;
  for (uint16_t i = 0; i < a->n_conditions; i++)
    if (!same_condition(r, &r->condition[a->first_condition + i], &r->condition[b->first_condition + i])) return false;
  return true;
}

static bool same_result(const struct rule *a, const struct rule *b) {
  return a->type == b->type && a->mode == b->mode && (a->flags & RULE_BLOCK) == (b->flags & RULE_BLOCK) &&
         !strcmp(a->cameo, b->cameo);
}

size_t rule_lint(const struct rules *r, const struct symtab *words, rule_lint_sink *sink, void *ctx) {
  size_t found = 0;
  for (uint32_t w = 0; w < r->n_words; w++) {
    uint32_t from = r->word[w].first_trigger, to = r->word[w + 1].first_trigger;
    for (uint32_t i = from; i < to; i++)
      for (uint32_t k = i + 1; k < to; k++) {
        const struct rule *a = &r->rule[r->trigger[i].rule], *b = &r->rule[r->trigger[k].rule];
        if (a == b || r->trigger[i].before != r->trigger[k].before || !same_premise(r, a, b)) continue;
        sink(ctx, a, b, symtab_str(words, w), same_result(a, b) ? "is the same as" : "contradicts");
        found++;
      }
  }
  return found;
}
