/* name_agree.c - one document, one class for a word: "Moi" is a person where "Daniel arap Moi" is one, "Wells" a firm where "Wells
 * BDDP" is. One sense per discourse (Gale, Church and Yarowsky 1992), by votes over the learned labels of the whole document.
 *
 * Also takes the people's name off a person's ("Kenyan Steve Riungu"). Works on labels alone; mentions are names.c's. */
#include "actor/name_tagger.h"

struct vote {
  sym word;
  uint16_t of[CLASS_COUNT];
};
struct ballot {
  struct work *w;
  struct vote *at;
  uint32_t mask;
};

static struct vote *vote_of(const struct ballot *b, sym word) {
  for (uint32_t i = (uint32_t)word * 2654435761u >> 7 & b->mask;; i = (i + 1) & b->mask)
    if (!b->at[i].word || b->at[i].word == word) {
      b->at[i].word = word;
      return &b->at[i];
    }
}

static uint8_t opening(enum name_class c) { return (uint8_t)(1 + 2 * c); }

static uint32_t span_last(const struct work *w, uint32_t t) {
  uint32_t last = t;
  while (last + 1 < w->d->tokens.n && w->label[last + 1] == w->label[t] + 1) last++;
  return last;
}

static uint32_t classes_of(const struct work *w, uint32_t t) {
  if (w->token_piece[t] == w->token_piece[t + 1]) return 0;
  const struct kb_word *k = kb_word(w->kb, w->piece[w->token_piece[t + 1] - 1]);
  return k ? k->classes : 0;
}

/* A known person's name from t to last. */
static bool person_known(const struct work *w, uint32_t t, uint32_t last) {
  const struct hit *h = &w->name[t];
  return h->last == last && name_kind(h->value) == NAME_ENTITY &&
         w->kb->entities.at[name_row(h->value)].kind == ACTOR_PERSON;
}

/* "U.N. Secretary General Kofi Annan", "Trade Minister Queirolo": the last word of the title inside a name, or NONE. A name that was
 * not taken for a person's must have a title of several words, or a known person behind it: "General Motors" has neither. */
static uint32_t title_inside(const struct work *w, uint32_t t, uint32_t last) {
  bool person = label_class(w->label[t]) == CLASS_PERSON;
  for (uint32_t i = t; i < last; i++) {
    uint32_t title = w->agent_from[i];
    if (title == NONE || title >= last || classes_of(w, i) & WORD_GIVEN ||
        (!person && title == i && !person_known(w, title + 1, last)))
      continue;
    const struct kb_agent *a = &w->kb->agents.at[name_row(w->agent[title].value)];
    if (a->kind == ACTOR_PERSON && !(classes_of(w, last) & (WORD_BODY | WORD_GROUP))) return title;
  }
  return NONE;
}

/* Takes titles and peoples off the front of a person's name: "Swiss Thomas Gurtner". */
static void front_part(struct work *w, uint32_t t, uint32_t last) {
  const struct hit *h = &w->name[t];
  enum name_class class = label_class(w->label[t]);
  if (classes_of(w, t) & WORD_GIVEN) return;
  uint32_t title = title_inside(w, t, last);
  if ((class == CLASS_PLACE || class == CLASS_FACILITY) && (title == NONE || !person_known(w, title + 1, last))) return;
  if (title != NONE) {
    for (uint32_t k = t; k <= title; k++) w->label[k] = LABEL_NONE;
    for (uint32_t k = title + 1; k <= last; k++) w->label[k] = (uint8_t)(opening(CLASS_PERSON) + (k > title + 1));
    return;
  }
  if (class != CLASS_PERSON || h->last == NONE || h->last >= last || !(h->kinds & 1u << NAME_ADJECTIVE)) return;
  for (uint32_t i = t; i <= h->last; i++) w->label[i] = (uint8_t)(opening(CLASS_PEOPLE) + (i > t));
  w->label[h->last + 1] = opening(CLASS_PERSON);
}

/* "Movement for Northern Rights (MNR)": the letters in brackets have the class of the name before. */
static void bracket_part(const struct ballot *b, uint32_t t) {
  struct work *w = b->w;
  const struct tokens *k = &w->d->tokens;
  if (t < 2 || t + 1 >= k->n || !(k->flags[t] & TOKEN_UPPER_ALL) || w->name[t].last != NONE ||
      !str_is(token_text(w->d, t - 1), "(") || !str_is(token_text(w->d, t + 1), ")") || w->label[t - 2] == LABEL_NONE)
    return;
  enum name_class class = label_class(w->label[t - 2]);
  w->label[t] = opening(class);
  vote_of(b, k->norm[t])->of[class] += 5;
}

static void span_vote(const struct ballot *b, uint32_t t, uint32_t last) {
  const struct work *w = b->w;
  enum name_class class = label_class(w->label[t]);
  const sym *norm = w->d->tokens.norm;
  if (t == last) vote_of(b, norm[t])->of[class]++;
  else if (class == CLASS_PERSON && !(classes_of(w, last) & (WORD_GENERATION | WORD_GIVEN)))
    vote_of(b, norm[last])->of[class] += 3;
  else if (class == CLASS_ORGANISATION && w->d->tokens.place[t] == NONE && w->name[t].last == NONE &&
           !(classes_of(w, t) & (WORD_BODY | WORD_GROUP | WORD_GIVEN)) && w->d->tokens.xpos[t] == XPOS_NNP)
    vote_of(b, norm[t])->of[class] += 2;
}

/* Gives a single word the class that the document's votes tell, where they are twice those of its own. */
static void word_settle(const struct ballot *b, uint32_t t) {
  struct work *w = b->w;
  const struct tokens *k = &w->d->tokens;
  uint8_t label = w->label[t];
  const struct vote *v = vote_of(b, k->norm[t]);
  enum name_class best = CLASS_PERSON;
  for (int c = 0; c < CLASS_COUNT; c++)
    if (v->of[c] > v->of[best]) best = (enum name_class)c;
  if (w->name[t].last != NONE || v->of[best] < 3) return;
  if (label == LABEL_NONE) {
    bool inside = t > w->d->sentences.at[k->sentence[t]].first && k->flags[t] & TOKEN_UPPER_FIRST;
    bool apart =
        !(w->label[t - (t > 0)] && inside) && (t + 1 >= k->n || !w->label[t + 1] || label_opens(w->label[t + 1]));
    if (inside && apart && k->xpos[t] == XPOS_NNP && best <= CLASS_ORGANISATION && k->timex[t] == NONE)
      w->label[t] = opening(best);
  } else if (label_class(label) != best && v->of[best] >= 2 * v->of[label_class(label)] && best <= CLASS_PLACE)
    w->label[t] = opening(best);
}

bool name_labels_agree(struct work *w) {
  const struct doc *d = w->d;
  struct ballot b = {.w = w, .mask = 63};
  while (b.mask < 2 * d->tokens.n) b.mask = b.mask * 2 + 1;
  b.at = ARENA_ARRAY(w->memory, struct vote, b.mask + 1);
  if (!b.at) return false;
  for (uint32_t t = 0; t < d->tokens.n; t++) {
    bracket_part(&b, t);
    if (!label_opens(w->label[t])) continue;
    front_part(w, t, span_last(w, t));
    if (!label_opens(w->label[t])) continue;
    uint32_t last = span_last(w, t);
    span_vote(&b, t, last);
    t = last;
  }
  for (uint32_t t = 0; t < d->tokens.n; t++) {
    uint32_t last = w->label[t] == LABEL_NONE ? t : span_last(w, t);
    if (t == last && (w->label[t] == LABEL_NONE || label_opens(w->label[t]))) word_settle(&b, t);
    t = last;
  }
  return true;
}
