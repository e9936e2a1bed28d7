/* petr_match.c - runs of elements over the words beside a verb. */
#include "petrarch/petr_match.h"

struct cursor {
  const struct petr_sentence *s;
  const struct petr_side *side;
  struct petr_slots *slots;
};

static const struct petr_word *word_at(const struct cursor *c, uint32_t i) { return &c->s->word[c->side->at[i]]; }

/* One member of a synset at place i; the place behind it, 0 if it does not stand there. */
static uint32_t member_at(const struct cursor *c, const struct petr_member *m, uint32_t i) {
  for (uint8_t k = 0; k < m->n; k++) {
    uint8_t at = c->side->left ? (uint8_t)(m->n - 1 - k) : k;
    bool joined = !k || (c->side->left ? m->adjacent[at + 1] : m->adjacent[at]);
    while (!joined && i < c->side->n && word_at(c, i)->word != m->word[at]) i++;
    if (i >= c->side->n || word_at(c, i)->word != m->word[at]) return 0;
    i++;
  }
  return i;
}

static uint32_t synset_at(const struct cursor *c, const struct petr_synset *x, uint32_t i) {
  const struct petr_member *member = c->s->dict->member + x->first;
  sym word = word_at(c, i)->word;
  uint32_t best = 0;
  for (uint32_t k = 0; k < x->n; k++) {
    if (member[k].word[c->side->left ? member[k].n - 1 : 0] != word) continue;
    uint32_t end = member_at(c, &member[k], i);
    if (end && (!best || end < best)) best = end;
  }
  return best;
}

/* A phrase with its coordination that begins (in the direction of the side) at place i: the place behind it, 0 if none begins here. */
static uint32_t phrase_at(const struct cursor *c, uint32_t i, bool compound, uint32_t *np) {
  uint32_t row = word_at(c, i)->np, from, to;
  if (row == NONE || (compound && !c->s->np[row].compound)) return 0;
  petr_group(c->s, row, &from, &to);
  if (i) {
    uint32_t before = c->side->at[i - 1];
    if (before >= from && before < to) return 0;
  }
  *np = c->s->np[row].first;
  while (i < c->side->n && c->side->at[i] >= from && c->side->at[i] < to) i++;
  return i;
}

/* ^ : to the end of the phrase that place i stands in. */
static uint32_t skip_at(const struct cursor *c, uint32_t i) {
  uint32_t row = word_at(c, i)->np;
  if (row == NONE) return 0;
  while (i < c->side->n && word_at(c, i)->np == row) i++;
  return i;
}

static uint32_t element_at(const struct cursor *c, const struct petr_element *e, uint32_t i) {
  if (i >= c->side->n) return 0;
  switch (e->kind) {
  case PETR_WORD: return word_at(c, i)->word == e->number ? i + 1 : 0;
  case PETR_SYNSET: return synset_at(c, &c->s->dict->synset[e->number], i);
  case PETR_SOURCE: return phrase_at(c, i, false, &c->slots->source);
  case PETR_TARGET: return phrase_at(c, i, false, &c->slots->target);
  case PETR_COMPOUND: return phrase_at(c, i, true, &c->slots->compound);
  case PETR_SKIP: return skip_at(c, i);
  default: return 0;
  }
}

static uint32_t run_at(const struct cursor *c, const struct petr_element *e, uint32_t n, uint32_t i) {
  for (uint32_t k = 0; k < n; k++)
    if (!(i = element_at(c, &e[k], i))) return 0;
  return i;
}

static bool match_side(const struct cursor *c, const struct petr_element *e, uint32_t n) {
  uint32_t at = 0;
  for (uint32_t k = 0; k < n;) {
    uint32_t run = 1, end = 0;
    while (k + run < n && e[k + run].adjacent) run++;
    bool anchored = e[k].adjacent;
    for (uint32_t i = at; i < c->side->n && !end && (!anchored || i == at); i++) end = run_at(c, e + k, run, i);
    if (!end) return false;
    at = end;
    k += run;
  }
  return true;
}

bool petr_match(const struct petr_sentence *s, const struct petr_pattern *p, const struct petr_side *left,
                const struct petr_side *right, struct petr_slots *slots) {
  *slots = (struct petr_slots){NONE, NONE, NONE};
  if (p->words & ~s->words) return false;
  struct cursor l = {s, left, slots}, r = {s, right, slots};
  return match_side(&l, s->dict->element + p->before, p->n_before) &&
         match_side(&r, s->dict->element + p->after, p->n_after);
}
