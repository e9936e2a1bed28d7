/* place_stage.c - keeps, uses and resolves toponyms; adds unresolved places and buildings. */
#include "place/place_stage.h"
#include "doc/tree.h"
#include "place/context.h"
#include "place/resolve.h"
#include <math.h>

enum { COUNTRIES = 24, NAME_TOKENS_MOST = 5 };

struct settle {
  const struct knowledge *k;
  struct doc *d;
  struct {
    char code[4];
    uint32_t n;
  } country[COUNTRIES]; /* countries that the document speaks of, and how often */
  uint32_t countries, told;
};

/* ---- the countries of the document */

static void speak_of(struct settle *s, const char *code) {
  if (!code[0]) return;
  uint32_t i = 0;
  while (i < s->countries && memcmp(s->country[i].code, code, 3) != 0) i++;
  if (i == COUNTRIES) return;
  if (i == s->countries) {
    memcpy(s->country[i].code, code, 3);
    s->countries++;
  }
  s->country[i].n++;
  s->told++;
}

static void count_countries(struct settle *s) {
  for (uint32_t i = 0; i < s->d->mentions.n; i++) {
    uint32_t a = s->d->mentions.at[i].actor;
    if (a < s->d->actors.n && s->d->actors.at[a].kind == ACTOR_STATE) speak_of(s, s->d->actors.at[a].code.country);
  }
  for (uint32_t i = 0; i < s->d->places.n; i++)
    if (s->d->places.at[i].level == LEVEL_COUNTRY) speak_of(s, s->d->places.at[i].country);
}

static double share_of(const struct settle *s, const char code[3]) {
  for (uint32_t i = 0; i < s->countries; i++)
    if (!memcmp(s->country[i].code, code, 3)) return (double)s->country[i].n / s->told;
  return 0;
}

/* ---- which one */

/* "Paris, Texas": the name right behind a comma contains this row. */
static bool contained(const struct settle *s, const struct place *p, const struct gaz_place *g) {
  uint32_t after = p->first + p->n;
  if (after + 1 >= s->d->tokens.n || s->d->tokens.form[after] != s->k->cues.comma) return false;
  uint32_t q = s->d->tokens.place[after + 1];
  if (q == NONE) return false;
  const struct place *outer = &s->d->places.at[q];
  if (outer->level == LEVEL_COUNTRY) return !memcmp(outer->country, g->country, 3);
  str adm1 = gazetteer_str(&s->k->gaz, g->adm1);
  return adm1.n && str_eq(adm1, outer->name);
}

static double worth(const struct settle *s, const struct place *p, const struct gaz_place *g) {
  double v = log10((double)g->population + 10);
  if (g->level == LEVEL_COUNTRY) v += 3;
  if (g->feature == GAZ_CAPITAL) v += 1.5;
  if (g->feature == GAZ_OWN) v += 1;
  return v + 4 * share_of(s, g->country) + (contained(s, p, g) ? 10 : 0);
}

static void choose(struct settle *s, struct place *p) {
  struct name_hit hit;
  if (!name_at(s->k, s->d, p->first, &hit) || hit.n != p->n || hit.nrows < 2) return;
  uint32_t best = 0;
  double most = -1;
  for (uint32_t i = 0; i < hit.nrows; i++) {
    double v = worth(s, p, &s->k->gaz.places[GAZ_ROW(hit.rows[i])]) - 0.05 * i; /* rows come likeliest first */
    if (v > most) most = v, best = i;
  }
  const struct gaz_place *g = &s->k->gaz.places[GAZ_ROW(hit.rows[best])];
  const char *why = contained(s, p, g)                    ? "inside the place named after it"
                    : best && share_of(s, g->country) > 0 ? "in a country that the text speaks of"
                                                          : "the likeliest of that name";
  place_fill(s->k, s->d, p, GAZ_ROW(hit.rows[best]), why);
}

/* ---- is it a place, and how is it used */

/* The mention that stands on the place's words or around them, or NULL. */
static const struct mention *mention_over(const struct doc *d, const struct place *p) {
  uint32_t t = p->first;
  for (int climb = 0; climb < 8 && t != NONE; climb++, t = d->tokens.head[t]) {
    uint32_t m = d->tokens.mention[t];
    if (m == NONE) continue;
    const struct mention *x = &d->mentions.at[m];
    if (x->first <= p->first && x->first + x->n >= p->first + p->n && x->type != MENTION_NOMINAL) return x;
  }
  return NULL;
}

static bool belongs_to_name(const struct doc *d, const struct place *p) {
  const struct mention *m = mention_over(d, p);
  if (!m) return false;
  bool wider = m->n > p->n;
  if (m->type == MENTION_DEMONYM) return true;
  uint8_t kind = m->actor < d->actors.n ? d->actors.at[m->actor].kind : m->kind;
  return wider ? kind != ACTOR_STATE : kind == ACTOR_PERSON || kind == ACTOR_GROUP || kind == ACTOR_ORGANIZATION;
}

static uint32_t place_head(const struct doc *d, const struct place *p) {
  for (uint32_t t = p->first; t < p->first + p->n; t++)
    if (d->tokens.head[t] < p->first || d->tokens.head[t] >= p->first + p->n) return t;
  return p->first;
}

static uint8_t use_of(const struct settle *s, const struct place *p) {
  const struct tokens *t = &s->d->tokens;
  uint32_t h = place_head(s->d, p);
  for (int climb = 0; climb < 6 && t->deprel[h] == DEPREL_CONJ && t->head[h] != NONE; climb++) h = t->head[h];
  uint32_t up = t->head[h];
  uint32_t prep = cue_bits(&s->k->cues, tree_case(s->d, h));
  uint32_t governor = up == NONE ? 0 : cue_bits(&s->k->cues, t->lemma[up]);
  if (prep & (CUE(STRONG) | CUE(WEAK))) {
    bool against = !(prep & CUE(STRONG)) && p->level == LEVEL_COUNTRY && up != NONE && t->upos[up] == UPOS_NOUN &&
                   tree_case(s->d, h) == s->k->cues.of && !(governor & (CUE(KIND) | CUE(DIVISION)));
    return against ? PLACE_USE_MODIFIER : PLACE_USE_LITERAL;
  }
  switch (deprel_universal(t->deprel[h])) {
  case DEPREL_NSUBJ:
  case DEPREL_CSUBJ:
    return up != NONE && t->upos[up] == UPOS_VERB && !(governor & CUE(STATIC)) && t->deprel[h] != DEPREL_NSUBJ_PASS
               ? PLACE_USE_METONYMIC
               : PLACE_USE_LITERAL;
  case DEPREL_OBJ:
  case DEPREL_IOBJ: return governor & CUE(MOTION) ? PLACE_USE_LITERAL : PLACE_USE_METONYMIC;
  case DEPREL_NMOD:
    return t->deprel[h] == DEPREL_NMOD_POSS ? PLACE_USE_MODIFIER
           : tree_case(s->d, h)             ? PLACE_USE_METONYMIC
                                            : PLACE_USE_LITERAL;
  case DEPREL_COMPOUND:
  case DEPREL_AMOD:
    return governor & (CUE(KIND) | CUE(DIVISION) | CUE(FACILITY)) ? PLACE_USE_LITERAL : PLACE_USE_MODIFIER;
  case DEPREL_OBL: return tree_case(s->d, h) ? PLACE_USE_METONYMIC : PLACE_USE_LITERAL;
  default: return PLACE_USE_LITERAL;
  }
}

/* Drops the rows that are no places; the tokens of those kept point to their new rows. */
static void keep_places(struct settle *s) {
  struct doc *d = s->d;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < d->places.n; i++) {
    struct place p = d->places.at[i];
    bool drop = belongs_to_name(d, &p);
    struct context c = place_context(s->k, d, p.first, p.n, NULL);
    if (!drop && c.person && !c.locative) drop = true;
    for (uint32_t t = p.first; t < p.first + p.n; t++) d->tokens.place[t] = drop ? NONE : kept;
    if (!drop) d->places.at[kept++] = p;
  }
  d->places.n = kept;
}

/* ---- places that no gazetteer knows */

static bool add(struct settle *s, uint32_t first, uint32_t n, uint8_t level, const char *reason) {
  struct doc *d = s->d;
  uint32_t row = d->places.n;
  struct place *p = DOC_PUSH(d, places);
  if (!p) return false;
  struct span span = tokens_span(d, first, first + n - 1);
  *p = (struct place){.first = first,
                      .n = n,
                      .span = span,
                      .sentence = d->tokens.sentence[first],
                      .use = PLACE_USE_LITERAL,
                      .level = level,
                      .name = doc_span(d, span),
                      .reason = reason,
                      .mention = d->tokens.mention[first]};
  for (uint32_t t = first; t < first + n; t++)
    if (d->tokens.place[t] == NONE) d->tokens.place[t] = row;
  return true;
}

/* How long a run of proper nouns begins here. */
static uint32_t proper_run(const struct doc *d, uint32_t t) {
  uint32_t n = 0, end = d->sentences.at[d->tokens.sentence[t]].first + d->sentences.at[d->tokens.sentence[t]].n;
  while (t + n < end && n < NAME_TOKENS_MOST && d->tokens.upos[t + n] == UPOS_PROPN &&
         (d->tokens.flags[t + n] & TOKEN_UPPER_FIRST))
    n++;
  return n;
}

/* A name that a locative preposition or a word for a kind of place tells to be one, and that is no actor of another kind. */
static bool unknown_name(const struct settle *s, uint32_t t, uint32_t n) {
  const struct doc *d = s->d;
  for (uint32_t i = t; i < t + n; i++) {
    if (d->tokens.place[i] != NONE || d->tokens.timex[i] != NONE) return false;
    uint32_t m = d->tokens.mention[i];
    if (m != NONE && d->mentions.at[m].actor < d->actors.n && d->actors.at[d->mentions.at[m].actor].known) return false;
    if (m != NONE && d->mentions.at[m].kind == ACTOR_PERSON) return false;
  }
  struct context c = place_context(s->k, d, t, n, NULL);
  return !c.person && (c.kind || c.locative) && c.score >= PLACE_SURE;
}

static bool add_unknown(struct settle *s) {
  struct doc *d = s->d;
  for (uint32_t t = 0; t < d->tokens.n;) {
    uint32_t n = d->tokens.upos[t] == UPOS_PROPN ? proper_run(d, t) : 0;
    if (n && unknown_name(s, t, n) &&
        !add(s, t, n, LEVEL_CITY, "its words tell a place that the gazetteer does not know"))
      return false;
    t += n ? n : 1;
  }
  return true;
}

/* "at the airport", "in Baghdad airport": a building, on the point of the town before it where there is one. */
static bool add_facilities(struct settle *s) {
  struct doc *d = s->d;
  for (uint32_t t = 0; t < d->tokens.n; t++) {
    if (!(cue_bits(&s->k->cues, d->tokens.lemma[t]) & CUE(FACILITY)) || d->tokens.upos[t] == UPOS_VERB) continue;
    uint32_t prep = cue_bits(&s->k->cues, tree_case(d, t));
    if (!(prep & (CUE(STRONG) | CUE(WEAK))) || d->tokens.place[t] != NONE) continue;
    uint32_t town = t && d->tokens.head[t - 1] == t ? d->tokens.place[t - 1] : NONE, behind = NONE;
    TREE_EACH(d, c, t) /* "a mosque in Peshawar" */
    if (c > t && d->tokens.deprel[c] == DEPREL_NMOD && d->tokens.place[c] != NONE) behind = c;
    if (town == NONE && behind != NONE) town = d->tokens.place[behind];
    if (!add(s, t, 1, LEVEL_BUILDING, "a building that the gazetteer does not know")) return false;
    if (town == NONE) continue;
    struct place *p = &d->places.at[d->places.n - 1], *of = &d->places.at[town];
    uint32_t first = of->first < t ? of->first : t, last = of->first < t ? t : of->first + of->n - 1;
    p->first = first;
    p->n = last + 1 - first;
    p->span = tokens_span(d, first, last);
    p->name = doc_span(d, p->span);
    p->adm1 = of->adm1;
    memcpy(p->country, of->country, sizeof p->country);
    p->resolved = of->resolved;
    p->lat = of->lat;
    p->lon = of->lon;
    p->radius_km = 20;
    p->reason = "near the town of its name";
  }
  return true;
}

static bool place_run(const void *stage, void *work, struct doc *d, struct err *e) {
  struct settle s = {.k = stage, .d = d};
  (void)work;
  count_countries(&s);
  keep_places(&s);
  for (uint32_t i = 0; i < d->places.n; i++) {
    choose(&s, &d->places.at[i]);
    d->places.at[i].use = use_of(&s, &d->places.at[i]);
    d->places.at[i].mention = d->tokens.mention[place_head(d, &d->places.at[i])];
  }
  if (!add_unknown(&s) || !add_facilities(&s)) return err_set(e, ERR_NOMEM, "no memory for the places");
  return true;
}

static void *place_open(const struct stage_setup *setup, struct err *e) { return place_knowledge_open(setup, e); }
static void place_close(void *stage) { place_knowledge_close(stage); }

const struct stage place_stage = {"place",     HAVE_TAGS | HAVE_TREE | HAVE_TOPONYMS | HAVE_ACTORS,
                                  HAVE_PLACES, place_open,
                                  place_close, NULL,
                                  NULL,        place_run};
