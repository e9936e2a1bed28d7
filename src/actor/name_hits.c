/* name_hits.c - names of the knowledge in a document: one pass of the automaton over its words gives the longest name and the role
 * nouns that begin at each token; a name that is more than one actor's, or guarded, is settled by the company it stands in.
 *
 * What such a name does in its sentence is read in names.c. */
#include "actor/name_parts.h"

/* ---- pieces and hits */

static bool plain(str s) {
  for (size_t i = 0; i < s.n; i++)
    if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '-' || s.p[i] == '\'' || s.p[i] == '`' || s.p[i] == ',' ||
        s.p[i] == '(' || s.p[i] == ')')
      return false;
  return true;
}

static void token_pieces(struct work *w, uint32_t t) {
  struct doc *d = w->d;
  str norm = doc_word(d, d->tokens.norm[t]);
  if (plain(norm)) {
    w->piece[w->n_pieces] = d->tokens.norm[t];
    w->piece_token[w->n_pieces++] = t;
    return;
  }
  char out[PIECE_MAX];
  size_t n, at = 0;
  for (int i = 0; i < 2 && piece_next(norm, &at, out, &n); i++) {
    sym known = symtab_find(d->words.base, (str){out, n});
    if (!known) known = doc_intern(d, arena_str(&d->arena, (str){out, n}));
    w->piece[w->n_pieces] = known;
    w->piece_token[w->n_pieces++] = t;
  }
}

/* Nobody's name among capitals: "the men WHO", "it IS", "killed US"; but "US TROOPS" also where it was read as a pronoun. */
static bool function_word(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (t > w->d->sentences.at[k->sentence[t]].first && k->upos[t - 1] == UPOS_DET) return false; /* "the WHO" */
  switch (k->upos[t]) {
  case UPOS_PRON: {
    bool noun = t + 1 < k->n && (k->upos[t + 1] == UPOS_NOUN || k->upos[t + 1] == UPOS_PROPN);
    return k->xpos[t] != XPOS_PRP || !noun || k->sentence[t + 1] != k->sentence[t];
  }
  case UPOS_AUX:
  case UPOS_DET:
  case UPOS_ADP:
  case UPOS_CCONJ:
  case UPOS_SCONJ:
  case UPOS_PART:
  case UPOS_VERB:
  case UPOS_ADV:
  case UPOS_INTJ: return true;
  default: return false;
  }
}

static bool case_fits(const struct work *w, uint32_t value, uint32_t first, uint32_t last) {
  const uint16_t *flags = w->d->tokens.flags;
  str s = token_text(w->d, first);
  bool small = false, inner = false;
  for (size_t i = 0; value & NAME_BIT && i < s.n; i++) small |= ascii_lower(s.p[i]), inner |= i && ascii_upper(s.p[i]);
  if ((value & NAME_MIXED) == NAME_MIXED) return inner;
  if (value & NAME_LOWER) return true;
  if (value & NAME_BIT && first == last && function_word(w, first) && name_shouted(w, first)) return false;
  if (value & NAME_BIT) return !small && flags[first] & TOKEN_UPPER_FIRST;
  return flags[first] & TOKEN_UPPER_FIRST || (last > first && flags[last] & TOKEN_UPPER_FIRST);
}

/* One walk from each token gives the longest name that begins there and the longest role nouns. */
static void hits_from(struct work *w, uint32_t t, uint32_t end) {
  uint32_t node = 0, sentence_end = w->token_piece[end];
  for (uint32_t i = w->token_piece[t]; i < sentence_end && i < w->token_piece[t] + PHRASE_MAX; i++) {
    if (!(node = phrases_step(&w->kb->phrases, node, w->piece[i]))) return;
    if (i + 1 < sentence_end && w->piece_token[i + 1] == w->piece_token[i]) continue; /* inside a word */
    uint32_t last = w->piece_token[i], kinds = 0, value = 0;
    for (uint32_t e = phrases_first(&w->kb->phrases, node); e; e = phrases_next(&w->kb->phrases, e)) {
      uint32_t v = phrases_value(&w->kb->phrases, e);
      if (name_kind(v) == NAME_AGENT) {
        if (w->agent[last].last == NONE) w->agent[last] = (struct hit){v, t, 1u << NAME_AGENT};
        if (w->kb->agents.at[name_row(v)].flags & AGENT_TITLE) w->agent_from[t] = last;
      } else if (case_fits(w, v, t, last)) {
        bool entity = name_kind(v) == NAME_ENTITY, again = entity && kinds & 1u << NAME_ENTITY;
        if (v & NAME_GUARDED || again) w->doubtful[t] = 1, w->n_doubtful++;
        if (v & NAME_GUARDED) continue;
        if (!kinds) value = v;
        kinds |= 1u << name_kind(v);
      }
    }
    if (kinds) w->name[t] = (struct hit){value, last, kinds};
  }
}

/* ---- names that are more than one actor's, or count in company only */

struct company {           /* what the document names without doubt */
  uint8_t *state, *entity; /* [states.n], [entities.n] */
};

static void company_fill(const struct work *w, struct company *c) {
  for (uint32_t t = 0; t < w->d->tokens.n; t++) {
    const struct hit *h = &w->name[t];
    if (h->last == NONE) continue;
    if (name_kind(h->value) == NAME_ENTITY) c->entity[name_row(h->value)] = 1;
    else {
      uint32_t first = kb_state_find(w->kb, w->kb->states.at[name_row(h->value)].iso3);
      if (first != NONE) c->state[first] = 1;
    }
  }
}

/* 4: the actor is named otherwise, 2: one of his countries is, 1: he had a post that day. */
static unsigned company_of(const struct work *w, const struct company *c, uint32_t entity) {
  const struct kb_entity *x = &w->kb->entities.at[entity];
  unsigned points = c->entity[entity] ? 4 : 0;
  for (uint32_t i = 0; i < x->n_spells; i++) {
    const struct kb_spell *s = &w->kb->spells.at[x->first_spell + i];
    uint32_t state = kb_state_find(w->kb, s->code.country);
    if (state != NONE && c->state[state]) points |= 2;
    if ((s->first == DAY_NONE || s->first <= w->d->date) && (s->last == DAY_NONE || w->d->date <= s->last)) points |= 1;
  }
  return points;
}

/* Walks again from a token whose name is in doubt: a guarded name counts in company; of several actors the one in the best. */
static void doubt_settle(struct work *w, const struct company *c, uint32_t t, uint32_t end) {
  uint32_t node = 0, sentence_end = w->token_piece[end];
  for (uint32_t i = w->token_piece[t]; i < sentence_end && i < w->token_piece[t] + PHRASE_MAX; i++) {
    if (!(node = phrases_step(&w->kb->phrases, node, w->piece[i]))) return;
    if (i + 1 < sentence_end && w->piece_token[i + 1] == w->piece_token[i]) continue;
    uint32_t last = w->piece_token[i], value = 0;
    unsigned best = 0;
    for (uint32_t e = phrases_first(&w->kb->phrases, node); e; e = phrases_next(&w->kb->phrases, e)) {
      uint32_t v = phrases_value(&w->kb->phrases, e);
      if (name_kind(v) != NAME_ENTITY || !case_fits(w, v, t, last)) continue;
      unsigned points = company_of(w, c, name_row(v));
      if (v & NAME_GUARDED && points < 2) continue;
      points = points * 2 + !(v & NAME_GUARDED);
      if (points > best) best = points, value = v;
    }
    struct hit *h = &w->name[t];
    bool entity_there = h->last == last && name_kind(h->value) == NAME_ENTITY;
    if (best && (h->last == NONE || h->last < last || entity_there)) *h = (struct hit){value, last, 1u << NAME_ENTITY};
  }
}

static void doubts_settle(struct work *w) {
  struct company c = {ARENA_ARRAY(w->memory, uint8_t, w->kb->states.n + 1),
                      ARENA_ARRAY(w->memory, uint8_t, w->kb->entities.n + 1)};
  if (!c.state || !c.entity) {
    w->failed = true;
    return;
  }
  company_fill(w, &c);
  const struct doc *d = w->d;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t end = d->sentences.at[s].first + d->sentences.at[s].n;
    for (uint32_t t = d->sentences.at[s].first; t < end; t++)
      if (w->doubtful[t]) doubt_settle(w, &c, t, end);
  }
}

void name_pieces_fill(struct work *w) {
  struct doc *d = w->d;
  uint32_t n = d->tokens.n;
  for (uint32_t t = 0; t < n; t++) {
    w->token_piece[t] = w->n_pieces;
    token_pieces(w, t);
    w->name[t].last = w->agent[t].last = w->agent_from[t] = w->owner[t] = w->at[t] = NONE;
  }
  w->token_piece[n] = w->n_pieces;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t end = d->sentences.at[s].first + d->sentences.at[s].n;
    for (uint32_t t = d->sentences.at[s].first; t < end; t++)
      if (w->token_piece[t] < w->token_piece[t + 1]) hits_from(w, t, end);
  }
  if (w->n_doubtful) doubts_settle(w);
}
