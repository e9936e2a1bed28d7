/* quantity.c - what a number counts, what it says of whom, and the event whose size it tells. */
#include "event/number.h"
#include <math.h>

struct counting {
  const struct quantity_kb *kb;
  struct doc *d;
};

static uint32_t sentence_end(const struct doc *d, uint32_t t) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[t]];
  return s->first + s->n;
}

static bool common_noun(const struct doc *d, uint32_t t) {
  return d->tokens.upos[t] == UPOS_NOUN || d->tokens.upos[t] == UPOS_PROPN;
}

/* ---- what is counted */

static uint32_t of_phrase(const struct counting *c, uint32_t t) {
  TREE_EACH(c->d, k, t)
  if (k > t && deprel_universal(c->d->tokens.deprel[k]) == DEPREL_NMOD && tree_case(c->d, k) == c->kb->of) return k;
  return NONE;
}

/* Token of the number that stands in the tree for all of it: the one whose head is outside. */
static uint32_t number_head(const struct doc *d, const struct number *q) {
  for (uint32_t t = q->core_first; t <= q->core_last; t++) {
    uint32_t h = d->tokens.head[t];
    if (h == NONE || h < q->core_first || h > q->core_last)
      if (d->tokens.upos[t] != UPOS_DET && d->tokens.upos[t] != UPOS_PUNCT) return t;
  }
  return q->core_last;
}

/* "nine of them children": the noun behind "of them". */
static uint32_t noun_behind_them(const struct counting *c, const struct number *q) {
  const struct tokens *t = &c->d->tokens;
  uint32_t end = sentence_end(c->d, q->last), i = q->last + 1;
  if (i + 2 >= end || t->norm[i] != c->kb->of || (t->norm[i + 1] != c->kb->them && t->norm[i + 1] != c->kb->whom))
    return NONE;
  for (i += 2; i < end && i < q->last + 6; i++) {
    if (t->upos[i] == UPOS_PUNCT || t->upos[i] == UPOS_VERB || t->upos[i] == UPOS_AUX) return NONE;
    if (common_noun(c->d, i) && !(i + 1 < end && common_noun(c->d, i + 1))) return i;
  }
  return NONE;
}

/* The noun counted, NONE for a number that stands alone ("Nineteen were detained"). */
static uint32_t counted(const struct counting *c, const struct number *q, uint32_t n) {
  const struct doc *d = c->d;
  uint32_t h = d->tokens.head[n], noun = noun_behind_them(c, q);
  if (noun != NONE) return noun;
  uint8_t rel = d->tokens.deprel[n];
  if (h != NONE && h > q->last &&
      (rel == DEPREL_NUMMOD || rel == DEPREL_DET || rel == DEPREL_AMOD || rel == DEPREL_COMPOUND || rel == DEPREL_NMOD))
    return h;
  if ((noun = of_phrase(c, n)) != NONE) return noun;
  return NONE;
}

/* A number behind its noun names a thing ("Resolution 2254"); "the two" are known; "one of" counts nothing. */
static bool no_count(const struct counting *c, const struct number *q, uint32_t n, uint32_t noun) {
  const struct tokens *t = &c->d->tokens;
  uint32_t h = t->head[n], end = sentence_end(c->d, n);
  sym next = q->last + 1 < end ? t->norm[q->last + 1] : SYM_NONE;
  bool one = t->norm[n] == c->kb->one && q->core_first == q->core_last;
  if (one && (next == c->kb->of || t->upos[n] != UPOS_NUM || t->deprel[n] != DEPREL_NUMMOD)) return true;
  if (h != NONE && h + 1 == q->core_first && common_noun(c->d, h) && !q->approx && q->first == q->core_first)
    return true;
  bool known = q->first > 0 && t->norm[q->first - 1] == c->kb->the;
  if (known && (noun == NONE || (q->value == 2 && q->first == q->core_first))) return true; /* "the two sides" */
  if (count_word(c->kb, next, COUNT_SKIP)) return true;
  if (q->last + 2 < end && str_is(token_text(c->d, q->last + 1), "-") &&
      count_word(c->kb, t->norm[q->last + 2], COUNT_SKIP))
    return true;
  if (noun != NONE && (count_word(c->kb, t->lemma[noun], COUNT_SKIP) || t->timex[noun] != NONE)) return true;
  bool bare = noun == NONE && h != NONE && t->upos[h] == UPOS_NUM; /* "5-4", lists of figures */
  return bare || t->upos[n] == UPOS_PROPN || t->deprel[n] == DEPREL_FLAT;
}

/* ---- what was done to them */

static str measure_of(const struct counting *c, uint32_t word, uint8_t how) {
  const struct tokens *t = &c->d->tokens;
  sym keys[2] = {t->lemma[word], t->norm[word]};
  for (int i = 0; i < 2; i++) WORDMAP_EACH(&c->kb->by_measure, l, keys[i]) {
      const struct measure *m = &c->kb->measures[c->kb->by_measure.link[l].entry];
      if (m->how == how) return m->name;
    }
  return (str){"", 0};
}

/* The role of a noun in its clause: counted as done-to, as doer. */
static str measure_by_verb(const struct counting *c, uint32_t noun) {
  const struct doc *d = c->d;
  for (int depth = 0; depth < 3 && noun != NONE; depth++) {
    uint32_t v = d->tokens.head[noun];
    if (v == NONE) break;
    uint8_t rel = d->tokens.deprel[noun];
    bool passive = rel == DEPREL_NSUBJ_PASS || (rel == DEPREL_NSUBJ && clause_passive(d, v));
    str m = {"", 0};
    if (rel == DEPREL_OBJ || passive) m = measure_of(c, v, MEASURE_OBJECT);
    else if (rel == DEPREL_NSUBJ) m = measure_of(c, v, MEASURE_SUBJECT);
    if (m.n) return m;
    if (rel == DEPREL_NSUBJ) return measure_of(c, v, MEASURE_SELF); /* "Eleven were hurt" where hurt is an adjective */
    if (rel != DEPREL_CONJ && rel != DEPREL_NMOD && rel != DEPREL_APPOS) break;
    if (rel == DEPREL_NMOD && d->tokens.upos[v] == UPOS_NUM) break; /* "nineteen of the 2,000": the nineteen alone */
    noun = v;
  }
  return (str){"", 0};
}

static str find_measure(const struct counting *c, const struct number *q, uint32_t n, uint32_t noun) {
  const struct doc *d = c->d;
  uint32_t who = noun != NONE && tree_above(d, noun, n) ? noun : n, end = sentence_end(d, n);
  str m;
  if (noun != NONE && d->tokens.upos[noun] != UPOS_NOUN && (m = measure_of(c, noun, MEASURE_SELF)).n)
    return m; /* "26 wounded" */
  uint32_t behind = (noun != NONE && noun > q->last ? noun : q->last) + 1;
  if (behind < end && (d->tokens.upos[behind] == UPOS_ADJ || d->tokens.upos[behind] == UPOS_VERB) &&
      !clause_is_verbal(d, behind) && (m = measure_of(c, behind, MEASURE_SELF)).n)
    return m; /* "11 civilians dead" */
  if ((m = measure_by_verb(c, who)).n) return m;
  if (behind < end && d->tokens.xpos[behind] == XPOS_VBN && (m = measure_of(c, behind, MEASURE_SELF)).n) return m;
  if (noun == NONE) return m;
  TREE_EACH(d, k, noun)
  if ((d->tokens.deprel[k] == DEPREL_AMOD || d->tokens.deprel[k] == DEPREL_ACL) &&
      (m = measure_of(c, k, MEASURE_SELF)).n)
    return m;
  return measure_of(c, noun, MEASURE_SELF);
}

/* "was fined $2 million", "120 million euros in aid" */
static bool money(const struct counting *c, const struct number *q, uint32_t noun) {
  return q->currency.n || (noun != NONE && count_word(c->kb, c->d->tokens.lemma[noun], COUNT_MONEY));
}

/* ---- the event */

static uint32_t event_at(const struct doc *d, uint32_t token) {
  for (uint32_t e = 0; e < d->events.n; e++) {
    const struct event *row = &d->events.at[e];
    if (row->trigger == token && row->status != STATUS_HYPOTHETICAL) return e;
  }
  return NONE;
}

/* The nearest event above the count; a count without a measure belongs to the verb right above it or to none. */
static uint32_t find_event(const struct counting *c, uint32_t t, bool measured) {
  const struct doc *d = c->d;
  if (!d->events.n) return NONE;
  for (int depth = 0; t != NONE && depth < (measured ? 6 : 3); depth++, t = d->tokens.head[t]) {
    uint32_t e = event_at(d, t);
    if (e != NONE) return e;
    if (d->tokens.deprel[t] == DEPREL_CCOMP) break;
  }
  return NONE;
}

/* ---- rows */

static str lemma_of(const struct counting *c, uint32_t t) { return doc_word(c->d, c->d->tokens.lemma[t]); }

static str phrase_text(const struct doc *d, uint32_t head) {
  struct token_range r = phrase_core(d, head);
  return doc_span(d, tokens_span(d, r.first, r.last));
}

/* "members of the Hashd": the Hashd; "put the crowd at 60,000": the crowd; "11 civilians": civilians. */
static str said_of(const struct counting *c, const struct number *q, uint32_t n, uint32_t noun) {
  const struct doc *d = c->d;
  if (noun != NONE) {
    uint32_t of = of_phrase(c, noun);
    if (of != NONE && of > q->last) return phrase_text(d, of);
    uint32_t poss = tree_child(d, noun, DEPREL_NMOD_POSS);
    if (poss != NONE) return phrase_text(d, poss);
    return token_text(d, noun);
  }
  uint32_t v = d->tokens.head[n];
  if (v == NONE) return (str){"", 0};
  if (tree_case(d, n) == c->kb->at) {
    uint32_t o = tree_child(d, v, DEPREL_OBJ);
    if (o != NONE) return phrase_text(d, o);
  }
  if (d->tokens.deprel[n] == DEPREL_CONJ && common_noun(d, v))
    return token_text(d, v); /* "11 civilians dead and 26 wounded" */
  return (str){"", 0};
}

static str unit_of(const struct counting *c, struct number *q, uint32_t *noun, uint32_t n) {
  const struct doc *d = c->d;
  uint32_t end = sentence_end(d, n), next = q->last + 1;
  if (q->currency.n) return q->currency;
  if (next < end && count_word(c->kb, d->tokens.norm[next], COUNT_PERCENT)) {
    q->last = next;
    uint32_t of = of_phrase(c, next), h = d->tokens.head[next];
    *noun = of != NONE ? of : h != NONE && h > next && common_noun(d, h) ? h : NONE;
    return STR("percent");
  }
  return *noun == NONE ? (str){"", 0} : lemma_of(c, *noun);
}

static bool put(struct counting *c, struct number *q) {
  struct doc *d = c->d;
  uint32_t n = number_head(d, q), noun = counted(c, q, n);
  if (no_count(c, q, n, noun)) return true;
  str unit = unit_of(c, q, &noun, n), of = said_of(c, q, n, noun), measure = find_measure(c, q, n, noun);
  if (money(c, q, noun) && !measure.n) measure = STR("money");
  if (!unit.n && !of.n && !measure.n && !tree_child_universal(d, n, DEPREL_CASE)) return true;
  struct quantity *row = DOC_PUSH(d, quantities);
  if (!row) return false;
  if (noun != NONE && noun > q->last && noun - q->last <= 8 && unit.n) q->last = noun;
  *row = (struct quantity){.first = q->first,
                           .n = q->last - q->first + 1,
                           .span = tokens_span(d, q->first, q->last),
                           .sentence = d->tokens.sentence[n],
                           .exact = !isnan(q->value),
                           .value = q->value,
                           .min = q->min,
                           .max = q->max,
                           .approx = q->approx || q->vague,
                           .unit = unit,
                           .of = of,
                           .measure = measure};
  row->event = find_event(c, noun != NONE ? noun : n, measure.n > 0);
  return true;
}

/* The counts of each event, in the order of the text: one list of numbers per event. */
static void list_for_events(struct doc *d) {
  for (uint32_t e = 0; e < d->events.n; e++) {
    struct list l = {d->ids.n, 0};
    for (uint32_t i = 0; i < d->quantities.n; i++) {
      if (d->quantities.at[i].event != e) continue;
      uint32_t *at = DOC_PUSH(d, ids);
      if (!at) return;
      *at = i;
      l.n++;
    }
    if (l.n) d->events.at[e].quantities = l;
  }
}

bool quantity_find(const struct quantity_kb *kb, struct doc *d, struct err *e) {
  struct counting c = {kb, d};
  for (uint32_t t = 0; t < d->tokens.n;) {
    struct number q;
    bool may = d->tokens.flags[t] & TOKEN_DIGIT || d->tokens.norm[t] == kb->a || number_word(kb, d->tokens.norm[t]);
    if (!may || !number_read(kb, d, t, &q)) {
      t++;
      continue;
    }
    t = q.core_last + 1;
    if (!put(&c, &q)) return err_set(e, ERR_NOMEM, "no memory for the quantities");
  }
  if (d->quantities.n) list_for_events(d);
  return true;
}
