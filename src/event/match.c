/* match.c - which tokens tell an event: tries the rules of each token's lemma, the most specific first. */
#include "event/act.h"

static bool sector_fits(const struct actor *a, const char *sector) {
  for (int i = 0; i < CODE_SECTORS && a->code.sector[i][0]; i++)
    if (!memcmp(a->code.sector[i], sector, 3)) return true;
  return false;
}

static bool pick_fits(struct grammar g, const struct pick *p, uint32_t t) {
  const struct doc *d = g.doc;
  const struct tokens *k = &d->tokens;
  const struct actor *a = k->mention[t] != NONE && d->mentions.at[k->mention[t]].actor != NONE
                              ? &d->actors.at[d->mentions.at[k->mention[t]].actor]
                              : NULL;
  switch (p->kind) {
  case PICK_ANY: return true;
  case PICK_WORD:
    return (k->lemma[t] == p->word || k->norm[t] == p->word) && (!p->before || word_before(d, t, p->before));
  case PICK_CLASS: return rules_in_class(g.rules, d, t, p->word_class);
  case PICK_ACTOR: return a != NULL;
  case PICK_KIND: return a && a->kind == p->actor_kind;
  case PICK_SECTOR: return a && sector_fits(a, p->sector);
  case PICK_TIME: return k->timex[t] != NONE;
  case PICK_PLACE: return k->place[t] != NONE;
  case PICK_SEVERAL: return tree_child(d, t, DEPREL_CONJ) != NONE;
  case PICK_NUMBER: return k->upos[t] == UPOS_NUM;
  default: return false;
  }
}

static bool token_fits(struct grammar g, const struct condition *c, uint32_t t) {
  for (uint16_t i = 0; i < c->n; i++)
    if (pick_fits(g, &g.rules->pick[c->first + i], t)) return true;
  return false;
}

bool picks_fit(struct grammar g, const struct condition *c, uint32_t t) {
  if (token_fits(g, c, t)) return true;
  bool grouping = token_is(g.rules, g.doc, t, GRAMMAR_GROUPING) || g.doc->tokens.upos[t] == UPOS_NUM;
  TREE_EACH(g.doc, k, t) {
    uint8_t rel = g.doc->tokens.deprel[k];
    if (rel == DEPREL_CONJ && token_fits(g, c, k)) return true;
    if (grouping && rel == DEPREL_NMOD && token_fits(g, c, k)) return true; /* "dozens of rockets" */
  }
  return false;
}

/* A condition on a dependent of a phrase: "in/comp:police". */
static bool below_fits(struct grammar g, const struct condition *c, uint32_t head) {
  for (uint32_t k = NONE; (k = child_at(g, head, c->at, k)) != NONE;)
    if (picks_fit(g, c, k)) return true;
  return false;
}

static bool condition_holds(struct grammar g, const struct frame *f, const struct condition *c) {
  bool found = false;
  for (uint8_t i = frame_find(f, c->at, 0); i < f->n && !found; i = frame_find(f, c->at, i + 1u))
    found = c->at.below ? below_fits(g, c, f->arg[i].head) : picks_fit(g, c, f->arg[i].head);
  return found != c->forbidden;
}

static bool rule_fits(struct grammar g, const struct frame *f, const struct rule *r) {
  if (r->particle && !has_particle(g, f->token, r->particle)) return false;
  for (uint16_t i = 0; i < r->n_conditions; i++)
    if (!condition_holds(g, f, &g.rules->condition[r->first_condition + i])) return false;
  return true;
}

/* A noun that is an event only in company needs a party, or a light verb above. */
static bool carried(struct grammar g, const struct frame *f) {
  for (uint8_t i = 0; i < f->n; i++) {
    uint32_t h = f->arg[i].head;
    if (f->arg[i].func == FUNC_SUBJ || (g.doc->tokens.mention[h] != NONE && f->arg[i].func != FUNC_COMP)) return true;
  }
  return false;
}

/* Why a rule of the word does not fit, NULL if it does; "" where it is of another word or part of speech and no candidate. */
static const char *why_not(struct acts *a, const struct trigger *g, uint8_t pos, const struct frame *f) {
  const struct rule *rule = &a->g.rules->rule[g->rule];
  if (rule->pos != pos || (g->before && !word_before(a->d, f->token, g->before))) return "";
  if (g->particle && !has_particle(a->g, f->token, g->particle)) return "";
  if (!rule_fits(a->g, f, rule)) return "lost: a condition on its dependents does not hold";
  if ((rule->flags & RULE_CARRIER) && !carried(a->g, f)) return "lost: no party and no light verb with the noun";
  return NULL;
}

/* For the trace: rules that fit as well, and stand behind the one taken. */
static void trace_rest(struct acts *a, const struct word_entry *w, uint32_t from, uint8_t pos, const struct frame *f) {
  for (uint32_t i = from; i < w[1].first_trigger; i++) {
    const struct trigger *g = &a->g.rules->trigger[i];
    if (!why_not(a, g, pos, f))
      act_trace(a, f->token, a->g.rules->rule[g->rule].id, "lost: fits, and is less specific");
  }
}

/* The rules of a word for this part of speech. */
static const struct rule *best_rule(struct acts *a, sym word, uint8_t pos, const struct frame *f) {
  const struct rules *r = a->g.rules;
  const struct word_entry *w = rules_word(r, word);
  for (uint32_t i = w->first_trigger; i < w[1].first_trigger; i++) {
    const struct rule *rule = &r->rule[r->trigger[i].rule];
    const char *lost = why_not(a, &r->trigger[i], pos, f);
    if (!lost) {
      if (a->d->trace) trace_rest(a, w, i + 1, pos, f);
      return rule;
    }
    if (a->d->trace && lost[0]) act_trace(a, f->token, rule->id, lost);
  }
  return NULL;
}

static bool has_triggers(const struct rules *r, sym word) {
  const struct word_entry *w = rules_word(r, word);
  return w->first_trigger < w[1].first_trigger;
}

struct act *acts_add(struct acts *a) {
  if (a->n == a->size) {
    uint32_t more = a->size ? a->size * 2 : 32;
    struct act *p = more > DOC_MAX_ROWS ? NULL : ARENA_ARRAY(&a->d->scratch, struct act, more);
    if (!p) return NULL;
    if (a->n) memcpy(p, a->at, sizeof *p * a->n);
    a->at = p;
    a->size = more;
  }
  return &a->at[a->n++];
}

/* What the words of the act's clause say it is about: the trigger, its arguments, and what stands right below them. */
static uint64_t contexts_of(struct grammar g, const struct frame *f) {
  uint64_t found = rules_contexts(g.rules, g.doc, f->token);
  TREE_EACH(g.doc, c, f->token) found |= rules_contexts(g.rules, g.doc, c);
  for (uint8_t i = 0; i < f->n; i++) {
    found |= rules_contexts(g.rules, g.doc, f->arg[i].head);
    TREE_EACH(g.doc, c, f->arg[i].head) {
      uint8_t r = g.doc->tokens.deprel[c];
      if (r == DEPREL_COMPOUND || r == DEPREL_AMOD || r == DEPREL_NMOD || r == DEPREL_CONJ)
        found |= rules_contexts(g.rules, g.doc, c);
    }
  }
  return found;
}

static bool add_act(struct acts *a, const struct rule *rule, const struct frame *f) {
  struct act *x = acts_add(a);
  if (!x) return false;
  *x = (struct act){.token = f->token,
                    .rule = rule,
                    .frame = *f,
                    .type = rule->type,
                    .mode = rule->mode,
                    .contexts = rule->contexts | contexts_of(a->g, f),
                    .flags = rule->flags,
                    .status = rule->flags & RULE_UNDONE ? STATUS_NEGATED : STATUS_ACTUAL,
                    .condition = NONE,
                    .holder = NONE,
                    .claimer = NONE,
                    .object = NONE,
                    .instrument = NONE,
                    .content = NONE,
                    .content_head = NONE,
                    .ender = NONE,
                    .event = NONE,
                    .first_held = NONE,
                    .next_held = NONE};
  memcpy(x->cameo, rule->cameo, sizeof x->cameo);
  a->of_token[f->token] = a->n - 1;
  return true;
}

/* "Hand them over within 24 hours", "Pay or be cut off": a time by which, or another branch. */
static bool pressed(struct acts *a, uint32_t t) {
  TREE_EACH(a->d, c, t) {
    if (a->d->tokens.deprel[c] == DEPREL_CONJ && child_in_class(a->g, c, GRAMMAR_OR) != NONE) return true;
    sym p = marker_of(a->d, c);
    if (a->d->tokens.timex[c] != NONE && word_is(a->g.rules, p, GRAMMAR_DEADLINE)) return true;
  }
  return false;
}

/* Rules for any verb, tried only where a clause of condition hangs on it: "... would be doubled unless ...", or where somebody is
 * told to do it by a time. */
static bool match_any(struct acts *a, uint32_t t) {
  bool condition = false;
  TREE_EACH(a->d, c, t)
  if (a->d->tokens.deprel[c] == DEPREL_ADVCL && word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_UNLESS))
    condition = true;
  if (!condition && !(a->speech_of[t] != NONE && act_imperative(a, t) && pressed(a, t))) return true;
  struct frame f;
  frame_build(a->g, t, &f);
  const struct rule *rule = best_rule(a, a->g.rules->any, POS_VERB, &f);
  return !rule || add_act(a, rule, &f);
}

static bool match_token(struct acts *a, uint32_t t) {
  const struct tokens *k = &a->d->tokens;
  uint8_t upos = k->upos[t];
  bool verbal = token_verbal(a->d, t), lower = k->norm[t] != k->lemma[t] && has_triggers(a->g.rules, k->norm[t]);
  if (!has_triggers(a->g.rules, k->lemma[t]) && !lower) return upos != UPOS_VERB || match_any(a, t);
  if ((k->flags[t] & TOKEN_NAME) && upos == UPOS_PROPN) return true;
  if (k->timex[t] != NONE && upos != UPOS_VERB) return true; /* "last March" */
  if (!verbal && upos != UPOS_NOUN && upos != UPOS_PROPN && upos != UPOS_ADJ) return true;
  bool gerund_noun = verbal && k->xpos[t] == XPOS_VBG &&
                     (tree_child(a->d, t, DEPREL_DET) != NONE || tree_child(a->d, t, DEPREL_COMPOUND) != NONE);
  uint8_t pos = gerund_noun ? POS_NOUN : verbal ? POS_VERB : upos == UPOS_ADJ ? POS_ADJ : POS_NOUN;
  struct frame f;
  frame_build(a->g, t, &f);
  bool own_word = pos == POS_NOUN && k->xpos[t] == XPOS_VBG && lower; /* "firing", "shelling": before "fire", "shell" */
  const struct rule *rule = best_rule(a, own_word ? k->norm[t] : k->lemma[t], pos, &f);
  if (!rule && lower) rule = best_rule(a, own_word ? k->lemma[t] : k->norm[t], pos, &f);
  if (!rule && verbal && upos == UPOS_ADJ) rule = best_rule(a, k->lemma[t], POS_ADJ, &f);
  if (!rule) return upos != UPOS_VERB || match_any(a, t);
  if (rule->flags & RULE_BLOCK) {
    act_trace(a, t, rule->id, "no event: a figure of speech");
    return true;
  }
  return add_act(a, rule, &f);
}

bool acts_match(struct acts *a, struct err *e) {
  for (uint32_t t = 0; t < a->d->tokens.n; t++)
    if (!match_token(a, t)) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  return true;
}

void act_trace(struct acts *a, uint32_t token, str rule, const char *verdict) {
  if (!a->d->trace) return;
  struct trace *t = DOC_PUSH(a->d, traces);
  if (t) *t = (struct trace){token, rule, verdict, {"", 0}};
}
