/* features.c - places that only their words tell: "the village of Nam Sauk", "Wichita Drive", "the Neches River", "the airport".
 *
 * They have no point, but for a building that stands beside the name of a town. */
#include "doc/tree.h"
#include "place/resolve.h"
#include "place/settle.h"

enum { NAME_TOKENS_MOST = 6, NEAR_TOWN_KM = 20 };

static uint32_t sentence_end(const struct doc *d, uint32_t t) {
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[t]];
  return s->first + s->n;
}

static bool add(struct settle *s, uint32_t first, uint32_t n, uint8_t level, const char *reason) {
  struct doc *d = s->d;
  uint32_t row = d->places.n;
  if (!place_push(d, first, n, PLACE_USE_LITERAL, level, reason)) return false;
  for (uint32_t t = first; t < first + n; t++)
    if (d->tokens.place[t] == NONE) d->tokens.place[t] = row;
  return true;
}

/* How long a run of proper nouns begins here. */
static uint32_t proper_run(const struct doc *d, uint32_t t) {
  uint32_t n = 0, end = sentence_end(d, t);
  while (t + n < end && n < NAME_TOKENS_MOST && d->tokens.upos[t + n] == UPOS_PROPN &&
         (d->tokens.flags[t + n] & TOKEN_UPPER_FIRST))
    n++;
  return n;
}

/* The same, with the other words that may stand in the name of a street: "Main Street", "14th Avenue". */
static uint32_t street_run(const struct doc *d, uint32_t t) {
  uint32_t n = 0, end = sentence_end(d, t);
  bool opens = d->sentences.at[d->tokens.sentence[t]].first == t && d->tokens.upos[t] != UPOS_PROPN;
  while (!opens && t + n < end && n < NAME_TOKENS_MOST &&
         (d->tokens.flags[t + n] & (TOKEN_UPPER_FIRST | TOKEN_DIGIT)) && d->tokens.timex[t + n] == NONE &&
         d->tokens.upos[t + n] != UPOS_PUNCT)
    n++;
  return n;
}

/* ---- streets, waters, mountains: told by the last word of the name */

/* Cue bits of a word that may close a name: "St." too. */
static uint32_t kind_at(const struct settle *s, uint32_t t) {
  return s->d->tokens.flags[t] & TOKEN_UPPER_FIRST ? cue_bits(&s->k->cues, s->d->tokens.norm[t]) : 0;
}

/* Places of the gazetteer inside the new one's words are its parts: "Santa Clara" in "Santa Clara Valley". Their rows are left empty
 * until drop_empty. */
static void swallow(struct settle *s, uint32_t first, uint32_t n) {
  struct doc *d = s->d;
  for (uint32_t t = first; t < first + n; t++) {
    uint32_t i = d->tokens.place[t];
    d->tokens.place[t] = NONE;
    if (i != NONE && d->places.at[i].first >= first && d->places.at[i].first + d->places.at[i].n <= first + n)
      d->places.at[i].span = (struct span){0, 0};
  }
}

static void drop_empty(struct doc *d) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < d->places.n; i++) {
    struct place p = d->places.at[i];
    if (!span_known(p.span)) continue;
    for (uint32_t t = p.first; kept != i && t < p.first + p.n; t++)
      if (d->tokens.place[t] == i) d->tokens.place[t] = kept;
    d->places.at[kept++] = p;
  }
  d->places.n = kept;
}

static bool inside_gazetteer_name(const struct doc *d, uint32_t first, uint32_t n) {
  uint32_t p = d->tokens.place[first + n - 1];
  return p != NONE && d->places.at[p].first <= first && d->places.at[p].first + d->places.at[p].n >= first + n;
}

static bool of_person(const struct doc *d, uint32_t t) {
  uint32_t m = d->tokens.mention[t];
  return m != NONE && d->mentions.at[m].type == MENTION_NAME && d->mentions.at[m].actor < d->actors.n &&
         d->actors.at[d->mentions.at[m].actor].known;
}

/* A capitalised run that ends in "Street", "River"; "Lake Erie" begins with its kind. */
static bool add_feature(struct settle *s, uint32_t t, uint32_t *step) {
  const struct doc *d = s->d;
  uint32_t n = street_run(d, t), last = 0, street = 0;
  for (uint32_t i = 1; i < n; i++) {
    uint32_t b = kind_at(s, t + i);
    if (b & (CUE(STREET) | CUE(NATURE))) last = i + 1, street = b & CUE(STREET);
  }
  if (!last && n > 1 && (kind_at(s, t) & CUE(LEADING))) last = 2;
  if (!last || inside_gazetteer_name(d, t, last) || of_person(d, t + last - 1)) return true;
  uint32_t next = t + last;
  if (next < sentence_end(d, t) && (d->tokens.flags[next] & TOKEN_UPPER_FIRST) && d->tokens.upos[next] == UPOS_PROPN)
    return true; /* "River Plate", "Bay Area Rapid Transit": a longer name */
  *step = last;
  swallow(s, t, last);
  return add(s, t, last, street ? LEVEL_BUILDING : LEVEL_AREA,
             street ? "a street; the gazetteer knows none"
                    : "a water, mountain or ground that the gazetteer does not know");
}

/* ---- unknown names */

/* A name that a locative preposition or a word for a kind of place tells to be one, and that is no actor of another kind. */
static bool unknown_name(const struct settle *s, uint32_t t, uint32_t n) {
  const struct doc *d = s->d;
  for (uint32_t i = t; i < t + n; i++) {
    if (d->tokens.place[i] != NONE || d->tokens.timex[i] != NONE) return false;
    uint32_t m = d->tokens.mention[i];
    if (m != NONE && d->mentions.at[m].actor < d->actors.n && d->actors.at[d->mentions.at[m].actor].known) return false;
    if (m != NONE && d->mentions.at[m].kind == ACTOR_PERSON) return false;
    if (m != NONE && d->mentions.at[m].type == MENTION_NAME && d->mentions.at[m].n > n) return false;
  }
  if (kind_at(s, t + n - 1) & (CUE(CIVIC) | CUE(OTHER) | CUE(TITLE))) return false; /* "Oxford Crown Court" */
  struct context c = place_context(s->k, d, t, n, NULL);
  return !c.person && !c.body && (c.kind || c.locative) && c.score >= PLACE_SURE;
}

bool features_add(struct settle *s) {
  struct doc *d = s->d;
  for (uint32_t t = 0, step; t < d->tokens.n; t += step) {
    uint32_t n = d->tokens.upos[t] == UPOS_PROPN ? proper_run(d, t) : 0;
    step = n ? n : 1;
    if ((d->tokens.flags[t] & TOKEN_UPPER_FIRST) && !add_feature(s, t, &step)) return false;
    if (n && d->tokens.place[t] == NONE && unknown_name(s, t, n) &&
        !add(s, t, n, LEVEL_CITY, "its words tell a place that the gazetteer does not know"))
      return false;
  }
  drop_empty(d);
  return true;
}

/* Free for a place: no time, no place, nobody's name. */
static bool free_for_place(const struct doc *d, const struct named_place *p) {
  for (uint32_t t = p->first; t < p->first + p->n; t++) {
    uint32_t m = d->tokens.mention[t];
    if (d->tokens.place[t] != NONE || d->tokens.timex[t] != NONE) return false;
    if (m != NONE && d->mentions.at[m].first >= p->first && d->mentions.at[m].kind != ACTOR_COUNT) return false;
  }
  return true;
}

bool learned_add(struct settle *s) {
  struct doc *d = s->d;
  for (uint32_t i = 0; i < d->named_places.n; i++) {
    const struct named_place *p = &d->named_places.at[i];
    if (free_for_place(d, p) && !add(s, p->first, p->n, p->building ? LEVEL_BUILDING : LEVEL_CITY,
                                     "a name of a place, as far as one can learn; the gazetteer lacks it"))
      return false;
  }
  return true;
}

/* ---- buildings */

static bool definite(const struct doc *d, const struct cues *cues, uint32_t t) {
  if (d->tokens.xpos[t] == XPOS_NNS || d->tokens.xpos[t] == XPOS_NNPS) return false;
  TREE_EACH(d, c, t)
  if ((deprel_universal(d->tokens.deprel[c]) == DEPREL_DET && d->tokens.norm[c] == cues->the) ||
      d->tokens.deprel[c] == DEPREL_NMOD_POSS || (c < t && d->tokens.upos[c] == UPOS_PROPN))
    return true;
  return false;
}

/* "at the airport", "in Baghdad airport": a building, on the point of the town before it where there is one. One that nothing makes
 * definite ("in prison", "at a hospital", "airports") is no place that could be looked for. */
bool buildings_add(struct settle *s) {
  struct doc *d = s->d;
  for (uint32_t t = 0; t < d->tokens.n; t++) {
    if (!(cue_bits(&s->k->cues, d->tokens.lemma[t]) & CUE(FACILITY)) || d->tokens.upos[t] == UPOS_VERB) continue;
    uint32_t prep = cue_bits(&s->k->cues, tree_case(d, t));
    if (!(prep & (CUE(STRONG) | CUE(WEAK))) || d->tokens.place[t] != NONE) continue;
    uint32_t town = t && d->tokens.head[t - 1] == t ? d->tokens.place[t - 1] : NONE, behind = NONE;
    TREE_EACH(d, c, t) /* "a mosque in Peshawar" */
    if (c > t && d->tokens.deprel[c] == DEPREL_NMOD && d->tokens.place[c] != NONE) behind = c;
    if (town == NONE && behind != NONE) town = d->tokens.place[behind];
    if (town == NONE && !definite(d, &s->k->cues, t)) continue;
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
    p->resolved = of->resolved && of->level <= LEVEL_DISTRICT;
    p->lat = of->lat;
    p->lon = of->lon;
    p->radius_km = NEAR_TOWN_KM;
    p->reason = p->resolved ? "near the town of its name" : p->reason;
  }
  return true;
}
