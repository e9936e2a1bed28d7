/* resolve.c - which of the places of one name is meant, for all names of a document together.
 *
 * All mentions of one name are a group, and a group has one sense (Gale, Church and Yarowsky 1992), but where a mention's own words
 * say otherwise ("Paris, Texas"). A candidate is worth its prior (people, kind of place), and what the other groups give it: the
 * regions and countries they lie in, and how near they are. As the others are uncertain too, each spreads its vote over its
 * candidates, and three rounds let the votes agree. Weights were set by reasoning in steps of a factor ten of population:
 * a region named beside a town outweighs a hundredfold population. */
#include "place/resolve.h"
#include "doc/tree.h"
#include "place/settle.h"
#include <math.h>

enum { GROUPS = 256, CANDIDATES = 32, SLOTS = 1024, ROUNDS = 3, NEAR = 48 };

struct candidate {
  uint32_t row, region; /* region: its first-level division's row, itself for one; NONE */
  float prior, told, score, p;
  float at[3]; /* unit vector */
};
struct group {
  str key;
  struct candidate *c;
  uint32_t n, best, mentions;
  float weight;
};
struct neighbour { /* of a place, by its neighbours in the text */
  uint32_t group;
  uint32_t outer;  /* the place named right behind it that may contain it, or NONE */
  uint32_t inner;  /* the place it may contain, or NONE */
  uint32_t beside; /* a neighbour in a list, or NONE */
  bool plural;     /* "Anderson and Cherokee counties" */
  bool division;   /* "X province" */
};
struct poll {
  uint32_t of; /* row or country code as a number; 0 free */
  float v;
};
struct resolver {
  const struct settle *s;
  const struct gazetteer *gaz;
  struct group group[GROUPS];
  uint32_t groups, slot[SLOTS];
  struct neighbour *relation;
  uint32_t *place_at; /* by token: place, or NONE */
  struct poll region[SLOTS], country[SLOTS];
  float country_total;
};

void place_fill(const struct knowledge *k, struct place *p, uint32_t row, const char *reason) {
  const struct gaz_place *g = &k->gaz.places[row];
  p->name = gazetteer_str(&k->gaz, g->name);
  p->adm1 = gazetteer_str(&k->gaz, g->adm1);
  p->level = g->level;
  p->resolved = g->lat != GAZ_NOWHERE;
  p->lat = p->resolved ? g->lat * 1e-5 : 0, p->lon = p->resolved ? g->lon * 1e-5 : 0;
  p->radius_km = (float)g->radius / 10;
  memcpy(p->country, g->country, 3), p->country[3] = 0;
  p->geonameid = g->geonameid, p->population = g->population;
  p->reason = p->resolved ? reason : "the gazetteer has no point for it";
}

/* ---- candidates */

static bool division(const struct gaz_place *g) { return g->level == LEVEL_REGION && g->feature != GAZ_COUNTY; }

static float prior(const struct gaz_place *g, uint8_t rank) {
  float v = (float)log10((double)g->population + 100);
  if (g->level == LEVEL_COUNTRY) v = fmaxf(v, 6) + 3;
  else if (g->level == LEVEL_AREA) v = 9;
  else if (g->feature == GAZ_OWN) v = fmaxf(v, 5.5f);
  else if (g->feature == GAZ_DIVISION) v -= 0.7f;
  else if (g->feature == GAZ_COUNTY) v -= 1.2f;
  else if (g->feature == GAZ_SECTION) v -= 1;
  if (division(g)) v += 0.5f;
  if (g->feature == GAZ_CAPITAL) v += 1;
  if (g->feature == GAZ_REGION_SEAT) v += 0.4f;
  if (rank == GAZ_RANK_RULE) v -= 2;
  if (rank == GAZ_RANK_SPELLING) v -= 1;
  return v;
}

static void candidate_fill(const struct gazetteer *gaz, struct candidate *c, uint32_t entry) {
  uint32_t row = GAZ_ROW(entry);
  const struct gaz_place *g = &gaz->places[row];
  *c = (struct candidate){.row = row, .region = division(g) ? row : g->region, .prior = prior(g, GAZ_RANK(entry))};
  if (g->lat == GAZ_NOWHERE) return;
  double lat = g->lat * 1e-5 * M_PI / 180, lon = g->lon * 1e-5 * M_PI / 180;
  c->at[0] = (float)(cos(lat) * cos(lon)), c->at[1] = (float)(cos(lat) * sin(lon)), c->at[2] = (float)sin(lat);
}

/* A division that is called like its seat is rather called "X province": the bare name is the town's. So is "Washington" the
 * capital's, and the state is told by a list of states or a town in it. */
static void seats(const struct resolver *r, struct group *g) {
  for (uint32_t i = 0; i < g->n; i++)
    for (uint32_t k = 0; division(&r->gaz->places[g->c[i].row]) && k < g->n; k++) {
      const struct gaz_place *town = &r->gaz->places[g->c[k].row];
      const struct gaz_place *whole = &r->gaz->places[g->c[i].row];
      if (k == i || town->level > LEVEL_DISTRICT) continue;
      bool seat = g->c[k].region == g->c[i].row && town->population >= whole->population / 20;
      bool capital = town->feature == GAZ_CAPITAL && !memcmp(town->country, whole->country, 3);
      if (!seat && !capital) continue;
      g->c[i].prior -= 2;
      break;
    }
}

/* The group of a name, made if it is new; GROUPS: no name of the gazetteer, or too many. */
static uint32_t group_of(struct resolver *r, str text, bool adjective) {
  char z[GAZ_KEY_MAX];
  str key = {z, gazetteer_fold(text, z, sizeof z)};
  const uint32_t *rows;
  uint32_t n = key.n ? gazetteer_find(r->gaz, key, &rows) : 0, slot;
  if (!n) return GROUPS;
  for (slot = gazetteer_hash(key) % SLOTS; r->slot[slot]; slot = (slot + 1) % SLOTS)
    if (str_eq(r->group[r->slot[slot] - 1].key, key)) return r->slot[slot] - 1;
  if (r->groups == GROUPS) return GROUPS;
  struct group *g = &r->group[r->groups];
  *g = (struct group){.key = arena_str(&r->s->d->scratch, key)};
  g->c = ARENA_ARRAY(&r->s->d->scratch, struct candidate, n < CANDIDATES ? n : CANDIDATES);
  if (!g->key.p || !g->c) return GROUPS;
  for (uint32_t i = 0; i < n && g->n < CANDIDATES; i++)
    if (adjective || GAZ_RANK(rows[i]) != GAZ_RANK_ADJECTIVE) candidate_fill(r->gaz, &g->c[g->n++], rows[i]);
  seats(r, g);
  r->slot[slot] = ++r->groups;
  return r->groups - 1;
}

/* ---- what the words beside a name tell */

static uint32_t place_on(const struct resolver *r, uint32_t t) { return t < r->s->d->tokens.n ? r->place_at[t] : NONE; }

static bool mark(const struct doc *d, uint32_t t, char c) {
  return t < d->tokens.n && d->tokens.end[t] - d->tokens.beg[t] == 1 && d->text.p[d->tokens.beg[t]] == c;
}

/* The place right behind "," or "(" after place i, or in a list with it. */
static void neighbours(struct resolver *r, uint32_t i) {
  const struct doc *d = r->s->d;
  const struct place *p = &d->places.at[i];
  uint32_t after = p->first + p->n;
  if (after + 1 >= d->tokens.n || d->tokens.sentence[after + 1] != p->sentence) return;
  bool comma = mark(d, after, ','), and = d->tokens.upos[after] == UPOS_CCONJ;
  uint32_t next = after + 1;
  if (comma && d->tokens.upos[next] == UPOS_CCONJ) comma = false, and = true, next++;
  uint32_t q = place_on(r, next);
  if (q == NONE || q == i || d->places.at[q].first != next) return;
  if (comma || mark(d, after, '(')) r->relation[i].outer = q;
  if (comma || and) {
    if (r->relation[i].beside == NONE) r->relation[i].beside = q;
    r->relation[q].beside = i;
  }
}

static void kinds(struct resolver *r, uint32_t i) {
  const struct doc *d = r->s->d;
  const struct cues *cues = &r->s->k->cues;
  const struct place *p = &d->places.at[i];
  uint32_t t = p->first + p->n;
  if (t < d->tokens.n && d->tokens.sentence[t] == p->sentence)
    r->relation[i].division = cue_bits(cues, d->tokens.norm[t]) & CUE(DIVISION);
  if (p->first > 1 && d->tokens.norm[p->first - 1] == cues->of)
    r->relation[i].division |= (cue_bits(cues, d->tokens.norm[p->first - 2]) & CUE(DIVISION)) != 0;
  for (uint32_t k = 0; k < 8 && t < d->tokens.n && d->tokens.sentence[t] == p->sentence; k++, t++) {
    if (cue_bits(cues, d->tokens.norm[t]) & CUE(KINDS)) r->relation[i].plural = true;
    if (d->tokens.upos[t] != UPOS_PROPN && d->tokens.upos[t] != UPOS_CCONJ && !mark(d, t, ',')) break;
  }
}

static const struct gaz_place *row_of(const struct resolver *r, const struct candidate *c) {
  return &r->gaz->places[c->row];
}

static double apart_km(const struct candidate *a, const struct candidate *b) {
  double dot = (double)a->at[0] * b->at[0] + (double)a->at[1] * b->at[1] + (double)a->at[2] * b->at[2];
  return 6371.0 * acos(dot > 1 ? 1 : dot < -1 ? -1 : dot);
}

static bool contains(const struct resolver *r, const struct candidate *outer, const struct candidate *inner) {
  const struct gaz_place *o = row_of(r, outer), *g = row_of(r, inner);
  if (outer->row == inner->row || o->level <= g->level - (g->level == LEVEL_REGION && division(o) && !division(g)))
    return false;
  if (o->level == LEVEL_COUNTRY) return !memcmp(o->country, g->country, 3);
  if (division(o)) return inner->region == outer->row;
  return o->feature == GAZ_COUNTY && inner->region == outer->region && apart_km(outer, inner) < 1.5 * o->radius / 10;
}

/* The outer candidate that contains this one, or NULL. */
static const struct candidate *container(const struct resolver *r, const struct candidate *c, uint32_t outer) {
  if (outer == NONE || r->relation[outer].group == GROUPS) return NULL;
  const struct group *o = &r->group[r->relation[outer].group];
  for (uint32_t k = 0; k < o->n; k++)
    if (contains(r, &o->c[k], c)) return &o->c[k];
  return NULL;
}

static bool may_be_region(const struct resolver *r, uint32_t place) {
  const struct group *g = &r->group[r->relation[place].group];
  for (uint32_t k = 0; k < g->n; k++)
    if (row_of(r, &g->c[k])->level >= LEVEL_REGION && row_of(r, &g->c[k])->feature != GAZ_COUNTY) return true;
  return false;
}

/* "Utah, Washington, West Virginia and Wyoming" names four states, none inside the next. */
static bool listed(const struct resolver *r, uint32_t i) {
  uint32_t q = r->relation[i].outer, before = r->relation[i].beside;
  if (!may_be_region(r, i) || !may_be_region(r, q)) return false;
  bool more = before != NONE && before != q && may_be_region(r, before) && r->relation[before].outer == i;
  uint32_t third = r->relation[q].beside;
  return more || (third != NONE && third != i && may_be_region(r, third));
}

/* Does any sense of the place behind contain any sense of this one? */
static bool may_hold(const struct resolver *r, uint32_t i) {
  const struct group *g = &r->group[r->relation[i].group];
  for (uint32_t k = 0; k < g->n; k++)
    if (container(r, &g->c[k], r->relation[i].outer)) return true;
  return false;
}

static void relate(struct resolver *r) {
  struct doc *d = r->s->d;
  for (uint32_t i = 0; i < d->places.n; i++) {
    const struct place *p = &d->places.at[i];
    struct neighbour *x = &r->relation[i];
    *x = (struct neighbour){.group = group_of(r, doc_span(d, p->span), p->use == PLACE_USE_MODIFIER),
                            .outer = NONE,
                            .inner = NONE,
                            .beside = NONE};
    if (x->group < GROUPS) r->group[x->group].mentions++;
  }
  for (uint32_t i = 0; i < d->places.n; i++)
    if (r->relation[i].group < GROUPS) neighbours(r, i), kinds(r, i);
  for (uint32_t i = d->places.n; i-- > 0;) { /* backwards, as `listed` reads what the place before says */
    struct neighbour *x = &r->relation[i];
    if (x->group == GROUPS || x->outer == NONE) continue;
    if (r->relation[x->outer].group == GROUPS || listed(r, i) || !may_hold(r, i)) x->outer = NONE;
    else r->relation[x->outer].inner = i;
  }
}

/* ---- votes */

static void vote(struct poll *table, uint32_t of, float v) {
  uint32_t i = of * 2654435761u % SLOTS;
  for (uint32_t probes = 0; table[i].of && table[i].of != of; i = (i + 1) % SLOTS)
    if (++probes == SLOTS) return;
  table[i].of = of, table[i].v += v;
}
static float votes_for(const struct poll *table, uint32_t of) {
  uint32_t i = of * 2654435761u % SLOTS;
  for (uint32_t probes = 0; table[i].of && probes < SLOTS; i = (i + 1) % SLOTS, probes++)
    if (table[i].of == of) return table[i].v;
  return 0;
}
static uint32_t country_number(const char code[3]) {
  return code[0]
             ? (uint32_t)(unsigned char)code[0] << 16 | (uint32_t)(unsigned char)code[1] << 8 | (unsigned char)code[2]
             : 0;
}

static void spread(struct resolver *r, struct group *g) {
  float sum = 0, most = -1e9f;
  for (uint32_t k = 0; k < g->n; k++)
    if (g->c[k].score > most) most = g->c[k].score, g->best = k;
  for (uint32_t k = 0; k < g->n; k++) sum += g->c[k].p = expf(1.6f * (g->c[k].score - most));
  for (uint32_t k = 0; k < g->n; k++) {
    struct candidate *c = &g->c[k];
    c->p *= g->weight / sum;
    if (c->p < 0.02f) continue; /* too little to count, and the tables are small */
    if (c->region != NONE) vote(r->region, c->region + 1, c->p);
    uint32_t country = country_number(row_of(r, c)->country);
    if (country) vote(r->country, country, c->p), r->country_total += c->p;
  }
}

/* What a group itself gave is taken out again. */
static float own_votes(const struct resolver *r, const struct group *g, const struct candidate *c, bool region) {
  float v = 0;
  for (uint32_t k = 0; k < g->n; k++)
    if (region ? g->c[k].region == c->region : !memcmp(row_of(r, &g->c[k])->country, row_of(r, c)->country, 3))
      v += g->c[k].p;
  return v;
}

static float nearness(const struct resolver *r, uint32_t own, const struct candidate *c) {
  float sum = 0;
  const struct gaz_place *g = row_of(r, c);
  if (g->level >= LEVEL_COUNTRY || division(g)) return 0;
  for (uint32_t j = 0; j < r->groups && j < NEAR; j++) {
    const struct group *o = &r->group[j];
    if (j == own || !o->n || row_of(r, &o->c[o->best])->level >= LEVEL_COUNTRY || division(row_of(r, &o->c[o->best])))
      continue;
    double dot = (double)c->at[0] * o->c[o->best].at[0] + (double)c->at[1] * o->c[o->best].at[1] +
                 (double)c->at[2] * o->c[o->best].at[2];
    if (dot > 0.9985) sum += o->c[o->best].p / o->weight * expf(-(float)apart_km(c, &o->c[o->best]) / 80); /* 350 km */
  }
  return sum;
}

static void score(struct resolver *r, uint32_t i) {
  struct group *g = &r->group[i];
  float all = 0;
  for (uint32_t k = 0; k < g->n; k++) all += g->c[k].p;
  for (uint32_t k = 0; k < g->n; k++) {
    struct candidate *c = &g->c[k];
    const struct gaz_place *p = row_of(r, c);
    float region = c->region == NONE ? 0 : votes_for(r->region, c->region + 1) - own_votes(r, g, c, true);
    uint32_t number = country_number(p->country);
    float country = number ? votes_for(r->country, number) - own_votes(r, g, c, false) : 0;
    float others = r->country_total - all;
    float share = others > 0.5f ? country / others : 0;
    if (region < 0) region = 0;
    c->score = c->prior + c->told + 4.5f * share + 0.15f * fminf(country, 2) + 2.2f * (1 - expf(-region)) +
               0.25f * fminf(region, 4) + 2 * (1 - expf(-1.5f * nearness(r, i, c)));
  }
}

/* ---- telling */

/* What a mention's own neighbours add to a candidate. */
static float told(const struct resolver *r, uint32_t i, const struct candidate *c) {
  const struct neighbour *x = &r->relation[i];
  const struct gaz_place *g = row_of(r, c);
  float v = 0;
  if (x->outer != NONE && container(r, c, x->outer)) v += 9;
  if (x->inner != NONE && r->relation[x->inner].group < GROUPS) {
    const struct group *in = &r->group[r->relation[x->inner].group];
    for (uint32_t k = 0; k < in->n; k++)
      if (contains(r, c, &in->c[k])) {
        v += 5;
        break;
      }
  }
  if (x->plural && g->feature == GAZ_COUNTY) v += 5;
  if (x->division && division(g)) v += 3;
  if (x->beside != NONE && r->relation[x->beside].group < GROUPS) {
    const struct group *o = &r->group[r->relation[x->beside].group];
    const struct gaz_place *q = o->n ? row_of(r, &o->c[o->best]) : NULL;
    if (q && x->outer == NONE && x->inner == NONE && q->level == g->level && g->level >= LEVEL_REGION &&
        (g->level == LEVEL_COUNTRY || !memcmp(q->country, g->country, 3)))
      v += 4;
  }
  return v;
}

/* One sense a document: what one mention tells holds for the others, but a name that contains another speaks for itself alone. */
static void tell_groups(struct resolver *r) {
  for (uint32_t i = 0; i < r->s->d->places.n; i++) {
    struct neighbour *x = &r->relation[i];
    if (x->group == GROUPS) continue;
    struct group *g = &r->group[x->group];
    for (uint32_t k = 0; k < g->n; k++) {
      float v = told(r, i, &g->c[k]);
      if (x->inner != NONE) v *= 0.3f;
      if (v > g->c[k].told) g->c[k].told = v;
    }
  }
}

static const char *reason_of(const struct resolver *r, uint32_t i, const struct group *g, uint32_t best) {
  const struct candidate *c = &g->c[best];
  if (r->relation[i].outer != NONE && container(r, c, r->relation[i].outer)) return "inside the place named after it";
  if (g->n == 1) return "the only one of that name";
  if (!best) return "the likeliest of that name";
  return c->region != NONE && votes_for(r->region, c->region + 1) > c->p + 0.5f ? "in a region that the text speaks of"
                                                                                : "near what else the text speaks of";
}

static void decide(struct resolver *r, uint32_t i) {
  struct neighbour *x = &r->relation[i];
  struct place *p = &r->s->d->places.at[i];
  if (x->group == GROUPS || !r->group[x->group].n) return;
  const struct group *g = &r->group[x->group];
  uint32_t best = g->best;
  float most = -1e9f;
  for (uint32_t k = 0; k < g->n; k++) {
    float v = g->c[k].score - g->c[k].told + fmaxf(told(r, i, &g->c[k]), g->c[k].told);
    if (v > most) most = v, best = k;
  }
  place_fill(r->s->k, p, g->c[best].row, reason_of(r, i, g, best));
}

static struct resolver *start(struct settle *s) {
  struct doc *d = s->d;
  struct resolver *r = ARENA_ARRAY(&d->scratch, struct resolver, 1);
  if (!r) return NULL;
  memset(r, 0, sizeof *r);
  r->s = s, r->gaz = &s->k->gaz;
  r->relation = ARENA_ARRAY(&d->scratch, struct neighbour, d->places.n + 1);
  r->place_at = ARENA_ARRAY(&d->scratch, uint32_t, d->tokens.n + 1);
  if (!r->relation || !r->place_at) return NULL;
  for (uint32_t t = 0; t < d->tokens.n; t++) r->place_at[t] = NONE;
  for (uint32_t i = 0; i < d->places.n; i++)
    for (uint32_t t = d->places.at[i].first; t < d->places.at[i].first + d->places.at[i].n; t++) r->place_at[t] = i;
  return r;
}

bool places_resolve(struct settle *s) {
  if (!s->k->gaz.header || !s->d->places.n) return true;
  struct arena_mark mark = arena_mark(&s->d->scratch);
  struct resolver *r = start(s);
  if (!r) return false;
  relate(r);
  for (uint32_t i = 0; i < r->groups; i++) {
    r->group[i].weight = 1 + 0.3f * fminf((float)r->group[i].mentions - 1, 5);
    for (uint32_t k = 0; k < r->group[i].n; k++) r->group[i].c[k].score = r->group[i].c[k].prior;
  }
  tell_groups(r);
  for (uint32_t i = 0; i < r->groups; i++)
    for (uint32_t k = 0; k < r->group[i].n; k++) r->group[i].c[k].score += r->group[i].c[k].told;
  for (int round = 0; round < ROUNDS; round++) {
    memset(r->region, 0, sizeof r->region), memset(r->country, 0, sizeof r->country), r->country_total = 0;
    for (uint32_t i = 0; i < r->groups; i++) spread(r, &r->group[i]);
    tell_groups(r);
    for (uint32_t i = 0; i < r->groups; i++) score(r, i);
  }
  for (uint32_t i = 0; i < r->groups; i++) {
    struct group *g = &r->group[i];
    for (uint32_t k = 0; k < g->n; k++)
      if (g->c[k].score > g->c[g->best].score) g->best = k;
  }
  for (uint32_t i = 0; i < s->d->places.n; i++) decide(r, i);
  arena_rewind(&s->d->scratch, mark);
  return true;
}
