/* rule_lint.c - see rule_lint.h. Compares the rules of each word in pairs; counts triggers by what they tell. */
#include "event/rule_lint.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MODE_LEAST = 10, CONTEXT_LEAST = 10, CAMEO_LEAST = 3, CAMEO_DIGITS = 3, TEXT = 512, CODE = 1000 };

struct lint {
  const struct rules *r;
  const struct symtab *words;
  rule_lint_sink *sink;
  void *ctx;
  struct rule_counts counts;
};

static void tell(struct lint *l, enum rule_notice notice, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void tell(struct lint *l, enum rule_notice notice, const char *format, ...) {
  char text[TEXT];
  va_list ap;
  va_start(ap, format);
  vsnprintf(text, sizeof text, format, ap);
  va_end(ap);
  l->counts.faults += notice == NOTICE_FAULT;
  l->sink(l->ctx, notice, text);
}

/* ---- conditions */

static bool same_pick(const struct pick *a, const struct pick *b) {
  return a->kind == b->kind && a->actor_kind == b->actor_kind && a->word_class == b->word_class && a->word == b->word &&
         a->before == b->before && !memcmp(a->sector, b->sector, sizeof a->sector);
}

static bool in_class(const struct rules *r, sym word, sym before, uint16_t word_class) {
  const struct word_entry *w = rules_word(r, word);
  for (uint32_t i = w->first_member; i < w[1].first_member; i++)
    if (r->member[i].word_class == word_class && (!r->member[i].before || r->member[i].before == before)) return true;
  return false;
}

static bool classes_meet(const struct rules *r, uint16_t a, uint16_t b) {
  for (uint32_t w = 0; w < r->n_words; w++)
    if (r->word[w].first_member < r->word[w + 1].first_member && in_class(r, w, SYM_NONE, a) &&
        in_class(r, w, SYM_NONE, b))
      return true;
  return false;
}

/* Does whatever fits `a` fit `b`? */
static bool pick_within(const struct rules *r, const struct pick *a, const struct pick *b) {
  if (b->kind == PICK_ANY || same_pick(a, b)) return true;
  if (b->kind == PICK_ACTOR) return a->kind == PICK_KIND || a->kind == PICK_SECTOR;
  if (a->kind != PICK_WORD) return false;
  if (b->kind == PICK_WORD) return a->word == b->word && !b->before;
  return b->kind == PICK_CLASS && in_class(r, a->word, a->before, b->word_class);
}

/* May one word fit both? Kinds of actor and words are not compared: that depends on the text. */
static bool pick_meets(const struct rules *r, const struct pick *a, const struct pick *b) {
  if (pick_within(r, a, b) || pick_within(r, b, a)) return true;
  return a->kind == PICK_CLASS && b->kind == PICK_CLASS && classes_meet(r, a->word_class, b->word_class);
}

static bool same_function(const struct func_ref *a, const struct func_ref *b) {
  return a->func == b->func && a->prep == b->prep && a->below == b->below && a->below_prep == b->below_prep;
}

/* Does `a` hold only where `b` holds? */
static bool implies(const struct rules *r, const struct condition *a, const struct condition *b) {
  if (!same_function(&a->at, &b->at) || a->forbidden != b->forbidden) return false;
  const struct condition *narrow = a->forbidden ? b : a, *wide = a->forbidden ? a : b;
  for (uint16_t i = 0; i < narrow->n; i++) {
    bool found = false;
    for (uint16_t k = 0; k < wide->n && !found; k++)
      found = pick_within(r, &r->pick[narrow->first + i], &r->pick[wide->first + k]);
    if (!found) return false;
  }
  return true;
}

static const struct condition *condition_at(const struct rules *r, const struct rule *x, uint16_t i) {
  return &r->condition[x->first_condition + i];
}

static bool conditions_imply(const struct rules *r, const struct rule *a, const struct rule *b) {
  for (uint16_t k = 0; k < b->n_conditions; k++) {
    bool found = false;
    for (uint16_t i = 0; i < a->n_conditions && !found; i++)
      found = implies(r, condition_at(r, a, i), condition_at(r, b, k));
    if (!found) return false;
  }
  return true;
}

static bool conditions_meet(const struct rules *r, const struct condition *a, const struct condition *b) {
  for (uint16_t i = 0; i < a->n; i++)
    for (uint16_t k = 0; k < b->n; k++)
      if (pick_meets(r, &r->pick[a->first + i], &r->pick[b->first + k])) return true;
  return false;
}

/* Do they ask of the same function words that may be the same, and of none words that cannot? */
static bool may_both_hold(const struct rules *r, const struct rule *a, const struct rule *b) {
  bool shared = false;
  for (uint16_t i = 0; i < a->n_conditions; i++)
    for (uint16_t k = 0; k < b->n_conditions; k++) {
      const struct condition *x = condition_at(r, a, i), *y = condition_at(r, b, k);
      if (x->forbidden || y->forbidden || !same_function(&x->at, &y->at)) continue;
      if (!conditions_meet(r, x, y)) return false;
      shared = true;
    }
  return shared;
}

/* ---- pairs */

static bool same_result(const struct rule *a, const struct rule *b) {
  return a->type == b->type && a->mode == b->mode && (a->flags & RULE_BLOCK) == (b->flags & RULE_BLOCK) &&
         !strcmp(a->cameo, b->cameo);
}

static sym particle_of(const struct trigger *t, const struct rule *x) {
  return t->particle ? t->particle : x->particle;
}

static unsigned rank(const struct trigger *t, const struct rule *x) {
  return x->specificity + (t->before ? 4u : 0) + (t->particle ? 6u : 0);
}

/* `a` stands before `b` among the rules of the word. */
static void compare(struct lint *l, const struct trigger *ta, const struct trigger *tb, sym word) {
  const struct rules *r = l->r;
  const struct rule *a = &r->rule[ta->rule], *b = &r->rule[tb->rule];
  str w = symtab_str(l->words, word);
  if (a == b || a->pos != b->pos) return;
  bool company =
      (!ta->before || ta->before == tb->before) && (!particle_of(ta, a) || particle_of(ta, a) == particle_of(tb, b));
  if (company && !(a->flags & RULE_CARRIER) && conditions_imply(r, b, a)) {
    bool differ = !same_result(a, b), equal = conditions_imply(r, a, b);
    tell(l, differ || equal ? NOTICE_FAULT : NOTICE_NOTE, "%.*s: %s %.*s for '%.*s'", STR_FMT(b->id),
         !equal   ? "is never reached behind"
         : differ ? "contradicts"
                  : "is the same as",
         STR_FMT(a->id), STR_FMT(w));
    return;
  }
  if (rank(ta, a) != rank(tb, b) || same_result(a, b) || ta->before != tb->before ||
      particle_of(ta, a) != particle_of(tb, b) || !may_both_hold(r, a, b))
    return;
  l->counts.ties++;
  tell(l, NOTICE_NOTE, "%.*s: ties with %.*s for '%.*s'; the first in order of files and lines counts", STR_FMT(b->id),
       STR_FMT(a->id), STR_FMT(w));
}

static void compare_all(struct lint *l) {
  for (uint32_t w = 0; w < l->r->n_words; w++) {
    uint32_t to = l->r->word[w + 1].first_trigger;
    for (uint32_t i = l->r->word[w].first_trigger; i < to; i++)
      for (uint32_t k = i + 1; k < to; k++) compare(l, &l->r->trigger[i], &l->r->trigger[k], w);
  }
}

/* ---- coverage */

struct coverage {
  uint32_t mode[ONTOLOGY_MODES], context[ONTOLOGY_CONTEXTS], cameo[CODE];
};

static void count_code(struct coverage *c, const char *code) {
  int64_t n;
  if (strlen(code) >= CAMEO_DIGITS && str_to_int((str){code, CAMEO_DIGITS}, &n) && n < CODE) c->cameo[n]++;
}

/* A deed counts also for the speech acts whose code it makes: what is asked, offered, refused, threatened. */
static void count_rule(struct lint *l, struct coverage *c, const struct rule *x) {
  const struct ontology *o = l->r->ontology;
  static const char *const roots[] = {"02", "10", "03", "12", "13"};
  if (x->mode) c->mode[x->mode]++;
  for (uint8_t t = 1; t <= ontology_type_count(o); t++) c->mode[ontology_speech_mode(o, t, x->type, x->mode)]++;
  for (unsigned i = 0; i < ONTOLOGY_CONTEXTS; i++) c->context[i] += x->contexts >> i & 1;
  if (!x->cameo[0]) return;
  count_code(c, x->cameo);
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
    const struct cameo_code *root = ontology_cameo(o, str_of(roots[i]));
    const char *code = root ? ontology_speech_cameo(o, root->type, str_of(roots[i]), str_of(x->cameo)) : "";
    if (!strncmp(code, roots[i], 2)) count_code(c, code);
  }
}

static void tell_few(struct lint *l, const struct coverage *c) {
  const struct ontology *o = l->r->ontology;
  for (uint8_t t = 1; t <= ontology_type_count(o); t++)
    for (unsigned m = 1; m < ONTOLOGY_MODES; m++) {
      const char *name = ontology_mode_name(o, t, (uint8_t)m);
      if (name[0] && c->mode[m] < MODE_LEAST)
        tell(l, NOTICE_FAULT, "mode %s %s has %u triggers; %d are the least", ontology_type_name(o, t), name,
             (unsigned)c->mode[m], MODE_LEAST);
    }
  for (uint8_t i = 0; i < ontology_context_count(o); i++)
    if (c->context[i] < CONTEXT_LEAST)
      tell(l, NOTICE_FAULT, "context %s has %u triggers; %d are the least", ontology_context_name(o, i),
           (unsigned)c->context[i], CONTEXT_LEAST);
  for (uint32_t i = 0; i < ontology_cameo_count(o); i++) {
    const struct cameo_code *k = ontology_cameo_at(o, i);
    int64_t n;
    if (strlen(k->code) != CAMEO_DIGITS || !k->type || !str_to_int(str_of(k->code), &n) || n >= CODE) continue;
    if (c->cameo[n] < CAMEO_LEAST)
      tell(l, NOTICE_FAULT, "CAMEO %s (%s) has %u triggers; %d are the least", k->code, k->name, (unsigned)c->cameo[n],
           CAMEO_LEAST);
  }
}

/* A rule that `tightrope dict import` made of a user's dictionary: that has its own coverage, and no examples. */
static bool imported(const struct rule *x) { return str_starts(x->id, STR("imported:")); }

static void coverage(struct lint *l) {
  struct coverage *c = calloc(1, sizeof *c);
  if (!c) return;
  for (uint32_t i = 0; i < l->r->n_triggers; i++) {
    const struct rule *x = &l->r->rule[l->r->trigger[i].rule];
    if ((x->flags & RULE_BLOCK) || l->r->trigger[i].variant) continue;
    l->counts.triggers++;
    count_rule(l, c, x);
  }
  for (uint32_t i = 0; i < l->r->n_cues; i++)
    for (unsigned k = 0; k < ONTOLOGY_CONTEXTS; k++) c->context[k] += l->r->cue[i].contexts >> k & 1;
  bool of_user = false;
  for (uint32_t i = 0; i < l->r->n_rules && !of_user; i++) of_user = imported(&l->r->rule[i]);
  if (!of_user) tell_few(l, c);
  free(c);
}

/* ---- examples */

static void examples(struct lint *l) {
  const struct rules *r = l->r;
  bool *has = calloc(r->n_rules + 1u, 2 * sizeof *has);
  if (!has) return;
  for (uint32_t i = 0; i < r->n_examples; i++)
    for (uint32_t k = r->example[i].first_rule; k <= r->example[i].rule; k++) has[2 * k + r->example[i].miss] = true;
  for (uint32_t k = 0; k < r->n_rules; k++) {
    const struct rule *x = &r->rule[k];
    if (x->flags & RULE_BLOCK || imported(x)) continue; /* itself the near misses of others */
    if (!has[2 * k] || !has[2 * k + 1])
      tell(l, NOTICE_FAULT, "%.*s: has no %s below it", STR_FMT(x->id),
           has[2 * k]       ? "near miss"
           : has[2 * k + 1] ? "example"
                            : "example and no near miss");
  }
  free(has);
}

struct rule_counts rule_lint(const struct rules *r, const struct symtab *words, rule_lint_sink *sink, void *ctx) {
  struct lint l = {.r = r, .words = words, .sink = sink, .ctx = ctx};
  compare_all(&l);
  coverage(&l);
  examples(&l);
  return l.counts;
}
