/* demand_fate.c - what became of a demand, where the text tells it: met, rejected, extended, expired, withdrawn.
 *
 * Two ways. A word for a demand ("the deadline", "its ultimatum") under a verb of the knowledge (governors: met, refused, ..)
 * speaks of the last demand whose parties fit. And an act told as done by the addressee that is of the type asked for meets it.
 * Nothing is inferred from the passing of time: that is for whoever knows today's date. */
#include "event/circumstance.h"

static uint8_t fate_status(uint8_t effect) {
  switch (effect) {
  case EFFECT_MET: return DEMAND_STATUS_MET;
  case EFFECT_REFUSED: return DEMAND_STATUS_REJECTED;
  case EFFECT_EXTENDED: return DEMAND_STATUS_EXTENDED;
  case EFFECT_EXPIRED: return DEMAND_STATUS_EXPIRED;
  default: return DEMAND_STATUS_WITHDRAWN;
  }
}

static bool in_any(const struct acts *a, uint32_t t, const enum grammar_class *c, int n) {
  for (int i = 0; i < n; i++)
    if (token_is(a->g.rules, a->d, t, c[i])) return true;
  return false;
}

/* Told as so: no modal, no negation, not intended, no condition. */
static bool told(const struct acts *a, uint32_t v) {
  static const enum grammar_class modals[] = {GRAMMAR_POSSIBLE, GRAMMAR_FUTURE, GRAMMAR_WOULD, GRAMMAR_DUTY};
  TREE_EACH(a->d, c, v) {
    uint8_t r = deprel_universal(a->d->tokens.deprel[c]);
    if (r == DEPREL_AUX && in_any(a, c, modals, 4)) return false;
    if (r == DEPREL_ADVMOD && token_is(a->g.rules, a->d, c, GRAMMAR_NEGATOR)) return false;
  }
  const struct governor *g = governor_above(a->g, v);
  if (g) return g->effect == EFFECT_SUPPORT || g->effect == EFFECT_ACTUAL || g->effect == EFFECT_FACTIVE;
  sym mark = marker_of(a->d, v);
  return !word_is(a->g.rules, mark, GRAMMAR_TO) && !word_is(a->g.rules, mark, GRAMMAR_UNLESS) &&
         !word_is(a->g.rules, mark, GRAMMAR_CONDITION);
}

static bool list_fits(struct acts *a, struct list l, const struct actors *who) {
  struct actors s = {0};
  for (uint32_t i = 0; i < l.n; i++) actors_add(&s, list_at(a->d, l, i), NONE);
  for (uint8_t i = 0; i < who->n; i++)
    if (actors_related(a, &s, who->row[i])) return true;
  return false;
}

static bool stands_before(const struct doc *d, const struct demand *m, uint32_t token) {
  if (m->sentence != d->tokens.sentence[token]) return m->sentence < d->tokens.sentence[token];
  return d->events.at[m->event].trigger < token;
}

/* The last demand before this token that `who` may speak of: its issuer's to extend or withdraw, its addressee's to meet or refuse. With
 * nobody named that fits, the only one there is. */
static struct demand *demand_meant(struct acts *a, uint32_t at, uint8_t effect, const struct actors *who) {
  struct doc *d = a->d;
  struct demand *only = NULL;
  bool issuers = effect == EFFECT_EXTENDED || effect == EFFECT_WITHDRAWN;
  uint32_t n = 0;
  for (uint32_t i = d->demands.n; i-- > 0;) {
    struct demand *m = &d->demands.at[i];
    if (!stands_before(d, m, at) || (m->status != DEMAND_STATUS_OPEN && m->status != DEMAND_STATUS_EXTENDED)) continue;
    struct list party = issuers ? m->issuer : m->addressee, other = issuers ? m->addressee : m->issuer;
    if (who->n && list_fits(a, party, who)) return m;
    if (effect != EFFECT_EXPIRED && who->n && (party.n || list_fits(a, other, who))) continue;
    if (!only) only = m;
    n++;
  }
  return n == 1 || effect == EFFECT_EXPIRED ? only : NULL;
}

static void tell(struct doc *d, struct demand *m, uint8_t status, uint32_t first, uint32_t last) {
  m->status = status;
  m->fate_sentence = d->tokens.sentence[first];
  m->fate = tokens_span(d, first < last ? first : last, first < last ? last : first);
}

/* "rejected the ultimatum", "the deadline passed" */
static void by_word(struct acts *a, uint32_t t) {
  const struct governor *v = fate_above(a->g, t);
  uint32_t up = a->d->tokens.head[t];
  if (!v || !told(a, up)) return;
  struct actors who = {0};
  uint32_t s = token_verbal(a->d, up) ? subject_of(a->g, up) : tree_child(a->d, up, DEPREL_NMOD_POSS);
  if (s != NONE && s != t) actors_of_phrase(a, s, true, &who);
  struct demand *m = demand_meant(a, t, v->effect, &who);
  if (m) tell(a->d, m, fate_status(v->effect), up, t);
}

/* The addressee has done what was asked. */
static void by_deed(struct acts *a, const struct event *e) {
  struct doc *d = a->d;
  struct actors who = {0};
  if (e->status != STATUS_ACTUAL || e->historical || !e->actor.n) return;
  for (uint32_t k = 0; k < e->actor.n; k++) actors_add(&who, list_at(d, e->actor, k), NONE);
  for (uint32_t k = 0; k < d->demands.n; k++) {
    struct demand *m = &d->demands.at[k];
    if (!stands_before(d, m, e->trigger) || m->status != DEMAND_STATUS_OPEN) continue;
    if (!m->act_type || m->act_type != e->type || m->act_mode != e->mode) continue;
    if (e->trigger_span.beg >= m->act.beg && e->trigger_span.end <= m->act.end) continue;
    bool dated =
        period_known(e->date) && period_known(m->issued) && e->date.last != DAY_NONE && m->issued.first != DAY_NONE;
    if (dated && e->date.last < m->issued.first) continue; /* done before it was asked */
    if (list_fits(a, m->addressee, &who)) tell(d, m, DEMAND_STATUS_MET, e->trigger, e->trigger);
  }
}

void demand_fates(struct acts *a) {
  if (!a->d->demands.n) return;
  for (uint32_t t = 0; t < a->d->tokens.n; t++)
    if (token_is(a->g.rules, a->d, t, GRAMMAR_DEMAND_NOUN)) by_word(a, t);
  for (uint32_t i = 0; i < a->d->events.n; i++) by_deed(a, &a->d->events.at[i]);
}
