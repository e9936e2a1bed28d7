/* slots.c - who takes part: from the words in a slot to the actors of the document.
 *
 * The actor stage has said which words mention whom; here stands only the walk from an argument's head to such words: through
 * coordination, groupings ("a delegation of elders"), and things to their owners ("their embassy"). */
#include "event/act.h"

enum { DEPTH = 6 };

void actors_add(struct actors *s, uint32_t row, uint32_t token) {
  if (row == NONE || s->n == ACT_ACTORS || actors_has(s, row)) return;
  s->row[s->n] = row;
  s->token[s->n++] = token;
}

bool actors_has(const struct actors *s, uint32_t row) {
  for (uint8_t i = 0; i < s->n; i++)
    if (s->row[i] == row) return true;
  return false;
}

static uint32_t root_of(const struct doc *d, uint32_t row) {
  for (int i = 0; i < DEPTH && d->actors.at[row].part_of != NONE; i++) row = d->actors.at[row].part_of;
  return row;
}

/* Does one of them speak for the other ("the White House" for its state)? */
static bool related(const struct doc *d, uint32_t a, uint32_t b) {
  if (a == b) return true;
  return root_of(d, a) == root_of(d, b);
}

bool actors_related(const struct acts *a, const struct actors *s, uint32_t row) {
  for (uint8_t i = 0; row != NONE && i < s->n; i++)
    if (related(a->d, s->row[i], row)) return true;
  return false;
}

static uint32_t actor_at(const struct acts *a, uint32_t t) {
  const struct doc *d = a->d;
  uint32_t m = d->tokens.mention[t];
  if (m == NONE && a->cover[t] != NONE) { /* the parser's head of a name is not the name's */
    const struct mention *c = &d->mentions.at[a->cover[t]];
    if (c->type == MENTION_NAME && d->tokens.upos[t] == UPOS_PROPN) m = a->cover[t];
  }
  return m == NONE ? NONE : d->mentions.at[m].actor;
}

/* Owners of a thing: "their embassy", "US embassy", "positions of the battalion". */
static void owners(struct acts *a, uint32_t head, struct actors *out, int depth) {
  const struct tokens *t = &a->d->tokens;
  if (depth > DEPTH) return;
  TREE_EACH(a->d, c, head) {
    uint8_t r = t->deprel[c];
    bool phrase = r == DEPREL_NMOD && (word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_OF) ||
                                       word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_FROM));
    if (r != DEPREL_NMOD_POSS && r != DEPREL_COMPOUND && r != DEPREL_AMOD && !phrase) continue;
    uint32_t who = actor_at(a, c);
    if (who != NONE) {
      actors_of_phrase(a, c, false, out);
      continue;
    }
    if (phrase || r == DEPREL_NMOD_POSS || r == DEPREL_COMPOUND)
      owners(a, c, out, depth + 1); /* "the barracks of its army" */
  }
}

/* What stands behind "a group of", "one of", "officials from": the phrase, or NONE. */
static uint32_t grouped(struct acts *a, uint32_t head) {
  TREE_EACH(a->d, c, head) {
    if (a->d->tokens.deprel[c] != DEPREL_NMOD) continue;
    sym p = marker_of(a->d, c);
    if (word_is(a->g.rules, p, GRAMMAR_OF) || word_is(a->g.rules, p, GRAMMAR_FROM)) return c;
  }
  return NONE;
}

static bool state_at(const struct acts *a, uint32_t t) {
  uint32_t who = actor_at(a, t);
  return who != NONE && a->d->actors.at[who].kind == ACTOR_STATE;
}

static bool has_conjunct(const struct doc *d, uint32_t t) { return tree_child(d, t, DEPREL_CONJ) != NONE; }

static void actor_of_head(struct acts *a, uint32_t h, bool with_owners, struct actors *out) {
  const struct tokens *t = &a->d->tokens;
  uint32_t who = actor_at(a, h), group = NONE;
  bool grouping = token_is(a->g.rules, a->d, h, GRAMMAR_GROUPING) || t->upos[h] == UPOS_NUM;
  group = grouped(a, h);
  bool parties = group != NONE && has_conjunct(a->d, group) && (grouping || state_at(a, group));
  if (parties || (group != NONE && grouping && who == NONE)) { /* "officials from Israel and Lebanon" are two parties */
    actors_of_phrase(a, group, false, out);
    return;
  }
  if (who != NONE) {
    actors_add(out, who, h);
    for (uint32_t m = t->mention[h]; m != NONE && (m = a->d->mentions.at[m].also) != NONE;) /* "they": A and B */
      actors_add(out, a->d->mentions.at[m].actor, h);
    return;
  }
  if (a->of_token[h] != NONE && a->at[a->of_token[h]].token == h) { /* "the shelling killed": who shelled */
    const struct act *x = &a->at[a->of_token[h]];
    for (uint8_t i = 0; i < x->actor.n; i++) actors_add(out, x->actor.row[i], x->actor.token[i]);
    return;
  }
  if (with_owners) owners(a, h, out, 0);
}

void actors_of_phrase(struct acts *a, uint32_t head, bool with_owners, struct actors *out) {
  actor_of_head(a, head, with_owners, out);
  TREE_EACH(a->d, c, head)
  if (a->d->tokens.deprel[c] == DEPREL_CONJ) actor_of_head(a, c, with_owners, out);
  uint32_t c = tree_child(a->d, head, DEPREL_APPOS);
  if (c == NONE) return;
  if (!out->n) actor_of_head(a, c, false, out); /* "the group, the Front," */
  else if (has_conjunct(a->d, c)) { /* a list that was read as an apposition: "the minister, the army and the court" */
    actor_of_head(a, c, with_owners, out);
    TREE_EACH(a->d, k, c)
    if (a->d->tokens.deprel[k] == DEPREL_CONJ) actor_of_head(a, k, with_owners, out);
  }
}

/* ---- the slots of one act */

static bool is_event_phrase(const struct acts *a, uint32_t h) { return a->of_token[h] != NONE; }

/* A thing that is hit, taken, closed has a noun; "killed three", "wounded others" tell of nobody in particular. */
static bool is_thing(const struct acts *a, uint32_t h) {
  uint8_t u = a->d->tokens.upos[h];
  return !is_event_phrase(a, h) && (u == UPOS_NOUN || u == UPOS_PROPN) &&
         !token_is(a->g.rules, a->d, h, GRAMMAR_GROUPING);
}

/* What a choice of a slot finds below a phrase: a dependent that fits, or for "in/actor" the phrase, if it tells an act whose doer
 * is known; NONE if nothing. */
static uint32_t fill_below(const struct acts *a, uint32_t head, struct func_ref at,
                           bool (*fit)(const struct acts *, uint32_t)) {
  if (at.below == FUNC_ACTOR) {
    uint32_t i = a->of_token[head];
    return i != NONE && a->at[i].actor.n ? head : NONE;
  }
  for (uint32_t k = NONE; (k = child_at(a->g, head, at, k)) != NONE;)
    if (fit(a, k)) return k;
  return NONE;
}

/* The first choice of the slot that is there and not yet taken; marks it. NONE if there is none. */
static uint32_t fill(const struct act *x, const struct slot_fill *f, uint32_t *taken,
                     bool (*fit)(const struct acts *, uint32_t), const struct acts *a) {
  for (uint8_t i = 0; i < f->n; i++)
    for (uint8_t k = frame_find(&x->frame, f->from[i], 0); k < x->frame.n;
         k = frame_find(&x->frame, f->from[i], k + 1u)) {
      uint32_t h = x->frame.arg[k].head;
      if (*taken >> k & 1) continue;
      if (f->from[i].below) h = fill_below(a, h, f->from[i], fit);
      if (h == NONE || !fit(a, h)) continue;
      *taken |= 1u << k;
      return h;
    }
  return NONE;
}

static bool fits_any(const struct acts *a, uint32_t h) { return a->d->tokens.timex[h] == NONE; }
static bool fits_party(const struct acts *a, uint32_t h) {
  const struct doc *d = a->d;
  if (d->tokens.timex[h] != NONE || d->tokens.upos[h] == UPOS_VERB) return false;
  return true;
}
/* A word before a noun is a party only if it is an actor: "US strike", not "air strike". */
static bool fits_slot(const struct acts *a, uint32_t h) {
  const struct tokens *t = &a->d->tokens;
  if (!fits_party(a, h)) return false;
  uint8_t r = t->deprel[h];
  return (r != DEPREL_COMPOUND && r != DEPREL_AMOD) || t->mention[h] != NONE || a->cover[h] != NONE;
}

/* All parties of a reciprocal act: every choice of both slots. */
static void fill_parties(struct acts *a, struct act *x, uint32_t *taken) {
  for (int s = SLOT_ACTOR; s <= SLOT_RECIPIENT; s++)
    for (uint32_t h; (h = fill(x, &x->rule->slot[s], taken, fits_slot, a)) != NONE;)
      actors_of_phrase(a, h, true, &x->actor);
  x->reciprocal = x->actor.n > 1;
}

static void fill_recipient(struct acts *a, struct act *x, uint32_t *taken) {
  const struct slot_fill *f = &x->rule->slot[SLOT_RECIPIENT];
  uint32_t h = fill(x, f, taken, fits_slot, a);
  if (h == NONE) return;
  bool own = x->flags & RULE_OWN_SIDE;
  actors_of_phrase(a, h, !own, &x->recipient);
  uint32_t who = a->d->tokens.mention[h];
  if (who == NONE && is_thing(a, h)) x->object = h;
  if (!x->recipient.n) { /* nothing that is somebody: another choice may be */
    uint32_t more = fill(x, f, taken, fits_slot, a);
    if (more != NONE) actors_of_phrase(a, more, !own, &x->recipient);
    if (more != NONE && x->object == NONE && a->d->tokens.mention[more] == NONE && is_thing(a, more)) x->object = more;
  }
}

static void fill_actor(struct acts *a, struct act *x, uint32_t *taken) {
  const struct slot_fill *f = &x->rule->slot[SLOT_ACTOR];
  for (int i = 0; i < SLOT_CHOICES && !x->actor.n; i++) {
    uint32_t h = fill(x, f, taken, fits_slot, a);
    if (h == NONE) return;
    actors_of_phrase(a, h, true, &x->actor);
    if (x->actor.n && a->d->tokens.mention[h] == NONE && x->instrument == NONE && !is_event_phrase(a, h) &&
        a->d->tokens.upos[h] == UPOS_NOUN && !token_is(a->g.rules, a->d, h, GRAMMAR_GROUPING))
      x->instrument = h; /* "army artillery shelled", "a Ukrainian drone hit" */
  }
}

/* Takes from the actor's slot whoever is acted on too ("themselves", or one actor read twice). */
static void no_self(struct act *x) {
  if (x->reciprocal || x->actor.n != 1 || x->recipient.n != 1 || x->actor.row[0] != x->recipient.row[0]) return;
  x->recipient.n = 0;
}

/* "We have arrested nine smugglers," the navy said: whoever says "we" does it. */
static void speaker_himself(struct acts *a, struct act *x) {
  uint8_t k = frame_find(&x->frame, (struct func_ref){.func = FUNC_SUBJ}, 0);
  if (k >= x->frame.n || !token_is(a->g.rules, a->d, x->frame.arg[k].head, GRAMMAR_FIRST_PERSON)) return;
  for (uint8_t s = x->n_speech; s-- > 0;) {
    const struct speech *p = &a->speech[x->speech[s]];
    if (p->speaker == NONE) continue;
    actors_add(&x->actor, p->speaker, x->frame.arg[k].head);
    return;
  }
}

void actors_told(struct acts *a, const struct speech *s, struct actors *out) {
  TREE_EACH(a->d, c, s->cue) {
    struct func_ref at = func_of_child(a->g, c);
    bool to = at.func == FUNC_PREP && word_is(a->g.rules, at.prep, GRAMMAR_TO);
    if (c == s->content || c == s->speaker_token || (at.func != FUNC_OBJ && at.func != FUNC_IOBJ && !to)) continue;
    struct actors who = {0};
    actors_of_phrase(a, c, false, &who);
    for (uint8_t i = 0; i < who.n; i++) actors_add(out, who.row[i], who.token[i]);
  }
}

void act_slots(struct acts *a, uint32_t i) {
  struct act *x = &a->at[i];
  uint32_t taken = 0;
  for (uint8_t k = 0; k < x->frame.n; k++) /* content and topics are no parties */
    for (int s = SLOT_CONTENT; s <= SLOT_TOPIC; s++)
      for (uint8_t c = 0; c < x->rule->slot[s].n; c++)
        if (x->frame.arg[k].func == x->rule->slot[s].from[c].func &&
            x->frame.arg[k].prep == x->rule->slot[s].from[c].prep &&
            (a->of_token[x->frame.arg[k].head] != NONE || x->frame.arg[k].head == x->content_head) && k < 32)
          taken |= 1u << k;
  for (uint8_t k = 0; k < x->frame.n; k++) { /* "demanded the release of the journalist": he is the release's */
    uint32_t up = a->d->tokens.head[x->frame.arg[k].head];
    bool of = x->frame.arg[k].func == FUNC_PREP && word_is(a->g.rules, x->frame.arg[k].prep, GRAMMAR_OF);
    if (of && (x->flags & RULE_DEMAND) && x->frame.arg[k].shared && up != NONE && a->of_token[up] != NONE &&
        a->at[a->of_token[up]].holder == i)
      taken |= 1u << k;
  }
  x->object = fill(x, &x->rule->slot[SLOT_OBJECT], &taken, fits_any, a);
  x->instrument = fill(x, &x->rule->slot[SLOT_INSTRUMENT], &taken, fits_any, a);
  if (x->flags & RULE_RECIPROCAL) {
    fill_parties(a, x, &taken);
    if (x->actor.n > 1) return;
    x->actor.n = 0;
    taken = 0;
  }
  fill_recipient(a, x, &taken);
  if (x->flags & RULE_BY_SPEAKER) {
    for (uint8_t k = x->n_speech; k-- > 0;)
      if (a->speech[x->speech[k]].speaker != NONE)
        x->actor.n = 0, actors_add(&x->actor, a->speech[x->speech[k]].speaker, a->speech[x->speech[k]].speaker_token);
    x->own_speech = x->actor.n > 0;
    if (x->rule->pos == POS_VERB && act_imperative(a, x->token)) {
      x->content_head = x->token;
      if (x->n_speech) actors_told(a, &a->speech[x->speech[0]], &x->recipient);
    }
    return;
  }
  fill_actor(a, x, &taken);
  if (!x->actor.n) speaker_himself(a, x);
  no_self(x);
}
