/* embedded.c - toponyms that only modify: in the name of a body ("Ohio State Police"), before a title ("Texas Senator"), behind a
 * party's letter ("D-S.C."), as an adjective ("Russian troops"); and names that stand as places elsewhere in the document. */
#include "doc/tree.h"
#include "place/settle.h"

enum {
  WELL_KNOWN = 300000,
  KNOWN = 3000
}; /* people of a town that is taken for one without, and with a civic word behind it */

struct seek {
  const struct settle *s;
  uint8_t *covered; /* by token: a place covers it already */
  /* the words of the places found by what stands beside them, as a set: one of the places, NONE free */
  uint32_t *known, mask;
};

static const struct mention *name_over(const struct doc *d, uint32_t first, uint32_t n) {
  uint32_t t = first;
  for (int climb = 0; climb < 6 && t != NONE; climb++, t = d->tokens.head[t]) {
    uint32_t m = d->tokens.mention[t];
    if (m == NONE || d->mentions.at[m].type == MENTION_NOMINAL) continue;
    const struct mention *x = &d->mentions.at[m];
    if (x->first <= first && x->first + x->n >= first + n) return x;
  }
  return NULL;
}

static uint8_t kind_of(const struct doc *d, const struct mention *m) {
  return m->actor < d->actors.n ? d->actors.at[m->actor].kind : m->kind;
}

static bool person(const struct doc *d, uint32_t first, uint32_t n) {
  const struct mention *m = name_over(d, first, n);
  return m && m->type == MENTION_NAME && kind_of(d, m) == ACTOR_PERSON;
}

/* A name that nobody knows and that only looks like a person's: "Gainesville City Elections" where Gainesville is a place, "W.Va.",
 * "Henry County" (`kind`: it ends in the word for what it is). */
static bool mistaken(const struct doc *d, uint32_t first, uint32_t n, str text, bool elsewhere, bool kind) {
  const struct mention *m = name_over(d, first, n);
  if (!m || m->first != first || (m->actor < d->actors.n && d->actors.at[m->actor].known)) return false;
  return elsewhere || (m->n == n && (str_find(text, '.') < text.n || kind));
}

/* Where in the set these words stand or would stand. */
static uint32_t known_slot(const struct seek *k, str text) {
  const struct doc *d = k->s->d;
  uint32_t i = (uint32_t)str_hash(text, 3) & k->mask;
  while (k->known[i] != NONE && !str_eq(doc_span(d, d->places.at[k->known[i]].span), text)) i = (i + 1) & k->mask;
  return i;
}

/* The name stands as a place of its own elsewhere. */
static bool told_elsewhere(const struct seek *k, str text) { return k->known[known_slot(k, text)] != NONE; }

static bool known_fill(struct seek *k) {
  struct doc *d = k->s->d;
  uint32_t size = 16;
  while (size < 2 * d->places.n) size *= 2;
  k->known = ARENA_ARRAY(&d->scratch, uint32_t, size);
  if (!k->known) return false;
  k->mask = size - 1;
  for (uint32_t i = 0; i < size; i++) k->known[i] = NONE;
  for (uint32_t i = 0; i < d->places.n; i++) k->known[known_slot(k, doc_span(d, d->places.at[i].span))] = i;
  return true;
}

static bool push(struct seek *k, uint32_t first, uint32_t n, uint32_t row, bool modifier) {
  struct doc *d = k->s->d;
  uint32_t at = d->places.n;
  struct place *p = place_push(d, first, n, PLACE_USE_MODIFIER, k->s->k->gaz.places[row].level, "");
  if (!p) return false;
  if (!modifier) {
    p->use = place_use_of(k->s, p);
    for (uint32_t t = first; t < first + n; t++) d->tokens.place[t] = at;
  }
  for (uint32_t t = first; t < first + n; t++) k->covered[t] = 1;
  return true;
}

/* ---- adjectives */

/* Before a noun or together with one that is; the name of a language or a people is no place. */
static bool attributive(const struct doc *d, uint32_t t) {
  for (int i = 0; i < 4 && d->tokens.deprel[t] == DEPREL_CONJ && d->tokens.head[t] != NONE; i++) t = d->tokens.head[t];
  switch (deprel_universal(d->tokens.deprel[t])) {
  case DEPREL_AMOD:
  case DEPREL_COMPOUND:
  case DEPREL_FLAT: return true;
  default: return d->tokens.upos[t] == UPOS_ADJ && d->tokens.head[t] != NONE && d->tokens.head[t] > t;
  }
}

static bool try_adjective(struct seek *k, uint32_t t, uint32_t *step, bool *ok) {
  struct name_hit hit;
  const struct doc *d = k->s->d;
  if (!adjective_at(k->s->k, d, t, &hit) || !attributive(d, t + hit.n - 1) || person(d, t, hit.n)) return false;
  *ok = push(k, t, hit.n, GAZ_ROW(hit.rows[0]), true);
  *step = hit.n;
  return true;
}

/* ---- names */

static bool civic(const struct seek *k, uint32_t t) {
  const struct doc *d = k->s->d;
  return t < d->tokens.n && (cue_bits(&k->s->k->cues, d->tokens.norm[t]) & (CUE(CIVIC) | CUE(TITLE)));
}

static bool trusted(const struct seek *k, const struct name_hit *hit, str text) {
  const struct gaz_place *g = &k->s->k->gaz.places[GAZ_ROW(hit->rows[0])];
  uint8_t rank = GAZ_RANK(hit->rows[0]);
  const struct doc *d = k->s->d;
  if (hit->n == 1 && place_word_common(k->s->k, d, hit->first)) return false;
  if (told_elsewhere(k, text)) return true;
  if (d->tokens.upos[hit->first] != UPOS_PROPN && hit->n == 1) return false;
  if (g->level >= LEVEL_COUNTRY || (g->level == LEVEL_REGION && g->feature == GAZ_OWN)) return true;
  if (hit->n > 1 && g->feature == GAZ_COUNTY && rank <= GAZ_RANK_OTHER) return true;
  if (rank > GAZ_RANK_OTHER || text.n < 4) return false;
  return g->population >= WELL_KNOWN || ((g->population >= KNOWN || hit->n > 1) && civic(k, hit->first + hit->n));
}

/* "D-Ark." in three words. */
static bool party_before(const struct doc *d, uint32_t t) {
  if (t < 2 || d->text.p[d->tokens.beg[t - 1]] != '-') return false;
  str party = token_text(d, t - 2);
  return party.n == 1 && memchr("DRI", party.p[0], 3);
}

/* "U.N. officials": the whole name is a body's that the knowledge has, not that of a town in Gujarat. */
static bool known_body(const struct doc *d, const struct mention *m) {
  if (m->actor >= d->actors.n) return false;
  const struct actor *a = &d->actors.at[m->actor];
  return a->known && (a->kind == ACTOR_ORGANIZATION || a->kind == ACTOR_GROUP);
}

static bool try_name(struct seek *k, uint32_t t, uint32_t *step, bool *ok) {
  struct name_hit hit;
  const struct doc *d = k->s->d;
  if (!name_at(k->s->k, d, t, &hit)) return false;
  for (uint32_t i = t; i < t + hit.n; i++)
    if (k->covered[i] || d->tokens.timex[i] != NONE) return false;
  str text = doc_span(d, tokens_span(d, t, t + hit.n - 1));
  bool kind = hit.n > 1 && (cue_bits(&k->s->k->cues, d->tokens.norm[t + hit.n - 1]) & CUE(KIND));
  bool wrong = mistaken(d, t, hit.n, text, told_elsewhere(k, text), kind) || party_before(d, t);
  if ((person(d, t, hit.n) && !wrong) || !trusted(k, &hit, text)) return false;
  const struct mention *m = name_over(d, t, hit.n);
  if (m && m->n == hit.n && known_body(d, m)) return false;
  struct context c = place_context(k->s->k, d, t, hit.n, NULL);
  if (c.person && !c.locative && !party_before(d, t)) return false;
  if (c.name && !(m && m->n > hit.n) && !civic(k, t + hit.n) &&
      k->s->k->gaz.places[GAZ_ROW(hit.rows[0])].level < LEVEL_REGION && !told_elsewhere(k, text))
    return false; /* "Paris Hilton" */
  *ok = push(k, t, hit.n, GAZ_ROW(hit.rows[0]), (m != NULL && !kind) || c.name);
  *step = hit.n;
  return true;
}

/* "D-S.C.", "R-London": a member's party and home in one word. */
static bool try_party(struct seek *k, uint32_t t, bool *ok) {
  struct doc *d = k->s->d;
  str text = token_text(d, t);
  if (text.n < 4 || text.p[1] != '-' || !memchr("DRI", text.p[0], 3)) return false;
  char z[GAZ_KEY_MAX];
  const uint32_t *rows;
  size_t n = gazetteer_fold(str_from(text, 2), z, sizeof z);
  if (!n || !gazetteer_find(&k->s->k->gaz, (str){z, n}, &rows)) return false;
  *ok = push(k, t, 1, GAZ_ROW(rows[0]), true);
  if (*ok) d->places.at[d->places.n - 1].span.beg += 2;
  return true;
}

bool embedded_add(struct settle *s) {
  struct doc *d = s->d;
  if (!s->k->gaz.header) return true;
  struct arena_mark mark = arena_mark(&d->scratch);
  struct seek k = {.s = s, .covered = arena_alloc(&d->scratch, d->tokens.n + 1)};
  bool ok = k.covered != NULL && known_fill(&k);
  for (uint32_t t = 0; ok && t < d->tokens.n; t++) k.covered[t] = d->tokens.place[t] != NONE;
  for (uint32_t t = 0, step; ok && t < d->tokens.n; t += step) {
    step = 1;
    if (k.covered[t] || !(d->tokens.flags[t] & TOKEN_UPPER_FIRST)) continue;
    if (!try_party(&k, t, &ok) && !try_name(&k, t, &step, &ok)) try_adjective(&k, t, &step, &ok);
  }
  arena_rewind(&d->scratch, mark);
  return ok;
}
