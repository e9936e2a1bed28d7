/* circumstance.c - dates and places of acts, from the tree. Values of times and identities of places are other stages'. */
#include "event/circumstance.h"

enum { CLIMB = 6, DEPTH = 5 };

static bool deadline_word(const struct acts *a, uint32_t t) {
  sym p = marker_of(a->d, t);
  return word_is(a->g.rules, p, GRAMMAR_DEADLINE) || word_is(a->g.rules, p, GRAMMAR_UNTIL);
}

/* A dependent that gives a time, not a clause or a party. */
static bool circumstantial(uint8_t rel) {
  switch (deprel_universal(rel)) {
  case DEPREL_OBL:
  case DEPREL_NMOD:
  case DEPREL_ADVMOD:
  case DEPREL_NUMMOD:
  case DEPREL_AMOD:
  case DEPREL_COMPOUND:
  case DEPREL_DEP: return true;
  default: return false;
  }
}

/* "gave them 48 hours": when it runs out, not when it was given. */
static bool runs_out(const struct acts *a, uint32_t c) {
  uint32_t m = a->d->tokens.timex[c];
  return m != NONE && a->d->times.at[m].type == TIMEX_DURATION && a->d->times.at[m].role == TIMEX_ROLE_DEADLINE;
}

/* "The government on Tuesday gave the rebels a week": the parser hangs such a date on the subject, but it stands right before
 * the verb and is the verb's. */
static uint32_t timex_before_verb(const struct acts *a, uint32_t verb) {
  const struct tokens *t = &a->d->tokens;
  TREE_EACH(a->d, c, verb) {
    if (deprel_universal(t->deprel[c]) != DEPREL_NSUBJ || c > verb) continue;
    TREE_EACH(a->d, k, c) {
      uint32_t m = t->timex[k];
      if (m == NONE || k < c || deprel_universal(t->deprel[k]) != DEPREL_NMOD) continue;
      const struct timex *x = &a->d->times.at[m];
      uint32_t end = x->first + x->n;
      if (x->type != TIMEX_DURATION && end <= verb && verb - end <= 2) return m;
    }
  }
  return NONE;
}

uint32_t timex_below(const struct acts *a, uint32_t token, bool deadline) {
  const struct tokens *t = &a->d->tokens;
  TREE_EACH(a->d, c, token) {
    if (!circumstantial(t->deprel[c]) || (deadline_word(a, c) || runs_out(a, c)) != deadline) continue;
    if (t->timex[c] != NONE) return t->timex[c];
    bool own = a->of_token[c] != NONE || t->mention[c] != NONE; /* "for the attacks of 1936": the attacks' date */
    if (!own &&
        (t->deprel[c] == DEPREL_OBL || t->deprel[c] == DEPREL_NMOD)) /* "on the evening of 3 May", "hours after" */
      TREE_EACH(a->d, k, c)
    if (t->timex[k] != NONE && circumstantial(t->deprel[k])) return t->timex[k];
  }
  return deadline ? NONE : timex_before_verb(a, token);
}

static uint32_t dated(const struct acts *a, uint32_t token) {
  uint32_t x = timex_below(a, token, false);
  if (x == NONE) return NONE;
  const struct timex *m = &a->d->times.at[x];
  return period_known(m->period) ? x : NONE;
}

/* May a word's date hold for what stands below it by this relation? */
static bool date_passes(const struct acts *a, const struct act *x, uint32_t c) {
  const struct tokens *t = &a->d->tokens;
  switch (t->deprel[c]) {
  case DEPREL_ACL_RELCL: return false;
  case DEPREL_CCOMP: return false; /* said on Monday that */
  case DEPREL_PARATAXIS: return false;
  default: break;
  }
  uint32_t h = t->head[c];
  if (a->of_token[h] != NONE && x->holder == a->of_token[h]) return false;
  return true;
}

/* The day that an anniversary goes back to: on a word above, or beside it. */
static uint32_t anniversary(const struct acts *a, uint32_t c) {
  const struct doc *d = a->d;
  for (int i = 0; i < CLIMB && c != NONE; i++, c = d->tokens.head[c]) {
    if (d->tokens.timex[c] != NONE && period_known(d->times.at[d->tokens.timex[c]].origin)) return d->tokens.timex[c];
    TREE_EACH(d, k, c)
    if (d->tokens.timex[k] != NONE && period_known(d->times.at[d->tokens.timex[k]].origin)) return d->tokens.timex[k];
  }
  return NONE;
}

/* ---- dates that the sentence or the story gives, where the clause gives none */

/* May a date of the main clause hold for this act? Not in what is said, a relative clause, or an adverbial one. */
static bool in_main_clause(const struct acts *a, uint32_t c, bool said) {
  const struct tokens *t = &a->d->tokens;
  for (int i = 0; i < 2 * CLIMB; i++, c = t->head[c]) {
    if (t->head[c] == NONE) return true;
    switch (deprel_universal(t->deprel[c])) {
    case DEPREL_CCOMP:
    case DEPREL_PARATAXIS:
      if (!said) return false;
      break;
    case DEPREL_ACL:
    case DEPREL_ADVCL: return false;
    default: break;
    }
  }
  return false;
}

static bool dates_events(const struct timex *x) {
  return x->role == TIMEX_ROLE_EVENT && x->type != TIMEX_DURATION && x->type != TIMEX_SET && period_known(x->period);
}

/* "On Sunday four workers were kidnapped, and a station was blown up": what opens a sentence holds for all its main clauses,
 * whichever of its words the parser hung it on. */
static uint32_t fronted(const struct acts *a, const struct act *x) {
  const struct doc *d = a->d;
  uint32_t row = d->tokens.sentence[x->token];
  const struct sentence *s = &d->sentences.at[row];
  for (uint32_t i = s->first; i < s->first + s->n && i < s->first + 3; i++) {
    uint32_t m = d->tokens.timex[i];
    if (m != NONE) return dates_events(&d->times.at[m]) && in_main_clause(a, x->token, false) ? m : NONE;
    if (d->tokens.upos[i] != UPOS_ADP && d->tokens.upos[i] != UPOS_DET && d->tokens.upos[i] != UPOS_PUNCT) break;
  }
  return NONE;
}

static uint32_t root_of(const struct doc *d, const struct sentence *s) {
  for (uint32_t i = s->first; i < s->first + s->n; i++)
    if (d->tokens.head[i] == NONE) return i;
  return NONE;
}

/* Is the sentence told in the simple past or the past perfect? "has killed" speaks of now. */
static bool told_as_past(const struct doc *d, uint32_t root) {
  const struct tokens *t = &d->tokens;
  if (t->xpos[root] == XPOS_VBD) return true;
  TREE_EACH(d, c, root) {
    uint8_t r = deprel_universal(t->deprel[c]);
    if ((r == DEPREL_AUX || r == DEPREL_COP) && t->xpos[c] == XPOS_VBD) return true;
  }
  return false;
}

/* The expression that dates the main clause of a sentence, NONE if there is none. */
static uint32_t clause_date(const struct acts *a, const struct sentence *s, uint32_t root) {
  const struct doc *d = a->d;
  uint32_t found = NONE;
  for (uint32_t i = s->first; i < s->first + s->n; i++) {
    uint32_t m = d->tokens.timex[i];
    if (m == NONE || m == found || !dates_events(&d->times.at[m])) continue;
    uint32_t head = i; /* the verb it hangs on */
    for (int k = 0; k < CLIMB && head != NONE && (d->tokens.timex[head] == m || !token_verbal(d, head)); k++)
      head = d->tokens.head[head];
    if (head == root) return m;
  }
  return found;
}

enum { STORY_BACK = 3 };

/* The story's date: that of the main clause before, in the same paragraph, no coarser than a month. */
static uint32_t narrative(const struct acts *a, const struct act *x) {
  const struct doc *d = a->d;
  uint32_t row = d->tokens.sentence[x->token];
  uint32_t root = root_of(d, &d->sentences.at[row]);
  if (root == NONE || !told_as_past(d, root) || !in_main_clause(a, x->token, true)) return NONE;
  for (uint32_t back = 0; back < STORY_BACK && row > 1; back++) {
    if (d->sentences.at[row].flags & (SENTENCE_PARAGRAPH | SENTENCE_HEADLINE)) return NONE;
    const struct sentence *s = &d->sentences.at[--row];
    if ((root = root_of(d, s)) == NONE || !told_as_past(d, root)) return NONE;
    uint32_t m = clause_date(a, s, root);
    if (m == NONE) continue;
    struct period p = d->times.at[m].period;
    bool past = p.last != DAY_NONE && p.first != DAY_NONE && (d->date == DAY_NONE || p.first <= d->date);
    return past && p.precision <= PRECISION_MONTH ? m : NONE;
  }
  return NONE;
}

/* "The rebels held the town until Friday": a day on which it took place, the last; when it began is not told. Not what is to come. */
static uint32_t ended(const struct acts *a, const struct act *x) {
  const struct doc *d = a->d;
  TREE_EACH(d, c, x->token) {
    uint32_t m = d->tokens.timex[c];
    if (m == NONE || !circumstantial(d->tokens.deprel[c])) continue;
    const struct timex *t = &d->times.at[m];
    bool past = t->type != TIMEX_DURATION && t->period.last != DAY_NONE && t->period.last <= d->date;
    if (past && word_is(a->g.rules, marker_of(d, c), GRAMMAR_UNTIL)) return m;
  }
  return NONE;
}

/* "gave the rebels until noon on Saturday to leave": when that runs out, not when it was done. */
static bool runs_out_later(const struct acts *a, const struct act *x, uint32_t m) {
  const struct timex *t = &a->d->times.at[m];
  return x->status == STATUS_ACTUAL && !x->future && t->role == TIMEX_ROLE_DEADLINE && a->d->date != DAY_NONE &&
         t->period.first > a->d->date;
}

static bool own_announcement(const struct act *x) { return x->own_speech && x->n_speech; }

struct when act_when(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  struct when w = {PERIOD_NONE, NONE, DATE_BASIS_NONE, false};
  uint32_t c = x->ending ? x->ender : own_announcement(x) ? a->speech[x->speech[0]].cue : x->token;
  bool relative = false;
  uint32_t past = x->historical ? anniversary(a, x->token) : NONE;
  if (past != NONE) return (struct when){a->d->times.at[past].origin, past, DATE_BASIS_EXPRESSION, false};
  for (int i = 0; i < CLIMB && c != NONE; i++) {
    uint32_t m = dated(a, c);
    if (m != NONE && !runs_out_later(a, x, m) && !(x->historical && c != x->token) &&
        !(x->content_head == c && x->content_head == x->token && x->future)) {
      w.timex = m;
      w.period = a->d->times.at[m].period;
      w.basis = DATE_BASIS_EXPRESSION;
      w.lasting = a->d->times.at[m].lasting;
      return w;
    }
    if (t->head[c] == NONE) break;
    relative |= t->deprel[c] == DEPREL_ACL_RELCL;
    if (!date_passes(a, x, c)) break;
    c = t->head[c];
  }
  if (x->historical || relative) return w;
  uint32_t m = fronted(a, x);
  if (m != NONE && !x->future)
    return (struct when){a->d->times.at[m].period, m, DATE_BASIS_EXPRESSION, a->d->times.at[m].lasting};
  if (x->status != STATUS_ACTUAL) return w;
  m = ended(a, x);
  if (m != NONE) return (struct when){a->d->times.at[m].period, m, DATE_BASIS_EXPRESSION, true};
  m = narrative(a, x);
  if (m != NONE) return (struct when){a->d->times.at[m].period, m, DATE_BASIS_NARRATIVE, false};
  if (a->d->date == DAY_NONE) return w;
  w.period = period_of_day(a->d->date);
  w.basis = DATE_BASIS_PUBLICATION;
  return w;
}

/* ---- place */

static bool literal(const struct acts *a, uint32_t t) {
  uint32_t p = a->d->tokens.place[t];
  return p != NONE && a->d->places.at[p].use == PLACE_USE_LITERAL;
}

static bool venue_phrase(const struct acts *a, uint32_t c) {
  uint8_t r = deprel_universal(a->d->tokens.deprel[c]);
  return (r == DEPREL_OBL || r == DEPREL_NMOD) && word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_VENUE);
}

/* An accusation, a threat, a refusal: where it was uttered is not where that is of which it speaks. */
static bool conflict_of_words(const struct acts *a, const struct act *x) {
  return ontology_quad(a->g.rules->ontology, x->type) == 3;
}

/* Breadth first would need a queue; depth is small, so each depth is walked for itself. */
static uint32_t place_at_depth(const struct acts *a, const struct act *x, uint32_t head, int depth, bool venue) {
  const struct tokens *t = &a->d->tokens;
  TREE_EACH(a->d, c, head) {
    uint8_t r = deprel_universal(t->deprel[c]);
    bool phrase = venue || venue_phrase(a, c);
    if (r == DEPREL_ADVCL || r == DEPREL_CCOMP || r == DEPREL_PARATAXIS || r == DEPREL_CSUBJ || r == DEPREL_NSUBJ)
      continue;
    if (r == DEPREL_CONJ && token_verbal(a->d, c)) continue;
    if (r == DEPREL_ACL && t->deprel[c] == DEPREL_ACL_RELCL) continue;
    if (c == x->content_head && c != x->token)
      continue; /* "gave them 48 hours to withdraw from Gaza": said elsewhere */
    if (r == DEPREL_OBJ && conflict_of_words(a, x)) continue; /* "condemned the strike on Idlib" */
    if (depth == 0) {
      if (literal(a, c) && (phrase || t->mention[c] == NONE)) return t->place[c];
      continue;
    }
    uint32_t found = place_at_depth(a, x, c, depth - 1, phrase);
    if (found != NONE) return found;
  }
  return NONE;
}

static uint32_t place_below(const struct acts *a, const struct act *x, uint32_t head) {
  for (int depth = 0; depth < DEPTH; depth++) {
    uint32_t p = place_at_depth(a, x, head, depth, false);
    if (p != NONE) return p;
  }
  return NONE;
}

/* "The raid in Springfield killed three", "The embassy in Baghdad was attacked", "Police in Basra arrested ten": where the clause
 * names no place, that of its subject, for deeds; who speaks in a place may speak of another. */
static uint32_t subject_place(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  uint8_t quad = ontology_quad(a->g.rules->ontology, x->type);
  if ((quad != 2 && quad != 4) || own_announcement(x)) return NONE;
  TREE_EACH(a->d, c, x->token) {
    if (deprel_universal(t->deprel[c]) != DEPREL_NSUBJ) continue;
    TREE_EACH(a->d, k, c)
    if (deprel_universal(t->deprel[k]) == DEPREL_NMOD && venue_phrase(a, k) && literal(a, k)) return t->place[k];
  }
  return NONE;
}

static uint32_t first_place(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  uint32_t c = x->token;
  for (int i = 0; i < CLIMB && c != NONE; i++) {
    uint32_t p = place_below(a, x, c);
    if (p != NONE) return p;
    uint32_t h = t->head[c];
    uint8_t r = t->deprel[c];
    if (h == NONE || r == DEPREL_CCOMP || r == DEPREL_ACL_RELCL || r == DEPREL_PARATAXIS || r == DEPREL_ADVCL) break;
    if (r != DEPREL_CONJ && !governor_above(a->g, c) && r != DEPREL_NSUBJ && r != DEPREL_XCOMP) break;
    c = h;
  }
  /* the object may stand somewhere: "a refinery outside Ryazan" */
  uint32_t p = x->object != NONE && !conflict_of_words(a, x) ? place_below(a, x, x->object) : NONE;
  return p != NONE ? p : subject_place(a, x);
}

/* ---- roles */

enum { PLACES_MOST = 6, PHRASE_DEPTH = 3 };

struct roles {
  struct event_place at[PLACES_MOST];
  uint8_t n;
};

static void role_add(struct roles *r, uint32_t place, uint8_t role) {
  for (uint8_t i = 0; i < r->n; i++)
    if (r->at[i].place == place) return;
  if (r->n < PLACES_MOST) r->at[r->n++] = (struct event_place){place, role};
}

/* What a place is to the act, by the preposition before it; of an act of force the thing struck. */
static uint8_t role_of(const struct acts *a, const struct act *x, uint32_t c) {
  bool force = ontology_quad(a->g.rules->ontology, x->type) == 4;
  sym p = marker_of(a->d, c);
  if (deprel_universal(a->d->tokens.deprel[c]) == DEPREL_OBJ) return force ? PLACE_ROLE_TARGET : PLACE_ROLE_DESTINATION;
  if (word_is(a->g.rules, p, GRAMMAR_FROM)) return PLACE_ROLE_ORIGIN;
  if (word_is(a->g.rules, p, GRAMMAR_DESTINATION)) return PLACE_ROLE_DESTINATION;
  return force && word_is(a->g.rules, p, GRAMMAR_TARGET) ? PLACE_ROLE_TARGET : PLACE_ROLE_SITE;
}

/* The places in the phrases of a word; inside a phrase all have its role: "from the town of Halfa". */
static void roles_below(const struct acts *a, const struct act *x, uint32_t head, int depth, uint8_t role,
                        struct roles *r) {
  const struct tokens *t = &a->d->tokens;
  TREE_EACH(a->d, c, head) {
    uint8_t rel = deprel_universal(t->deprel[c]);
    bool phrase = rel == DEPREL_OBL || rel == DEPREL_NMOD || rel == DEPREL_OBJ || rel == DEPREL_APPOS ||
                  (rel == DEPREL_CONJ && depth && !token_verbal(a->d, c));
    if (!phrase || (depth && a->of_token[c] != NONE) || (rel == DEPREL_OBJ && conflict_of_words(a, x))) continue;
    uint8_t own = depth == 0 || (rel == DEPREL_NMOD && venue_phrase(a, c)) ? role_of(a, x, c) : role;
    if (depth && own == PLACE_ROLE_SITE) own = role;
    if (literal(a, c)) role_add(r, t->place[c], own);
    if (depth < PHRASE_DEPTH) roles_below(a, x, c, depth + 1, own, r);
  }
}

static int by_text(const struct doc *d, uint32_t p, uint32_t q) {
  return d->places.at[p].span.beg < d->places.at[q].span.beg ? -1 : 1;
}

static struct list roles_emit(struct doc *d, struct roles *r) {
  for (uint8_t i = 1; i < r->n; i++)
    for (uint8_t k = i; k && by_text(d, r->at[k].place, r->at[k - 1].place) < 0; k--) {
      struct event_place keep = r->at[k];
      r->at[k] = r->at[k - 1], r->at[k - 1] = keep;
    }
  struct list l = {d->event_places.n, 0};
  for (uint8_t i = 0; i < r->n; i++) {
    struct event_place *p = DOC_PUSH(d, event_places);
    if (!p) break;
    *p = r->at[i];
    l.n++;
  }
  return l;
}

/* The first place that is not just where something came from, where there is one: of "fired rockets from Gaza into Sderot" Sderot. */
static uint32_t not_origin(const struct roles *r, uint32_t place) {
  uint8_t i = 0;
  while (i < r->n && r->at[i].place != place) i++;
  if (i == r->n || r->at[i].role != PLACE_ROLE_ORIGIN) return place;
  static const uint8_t order[] = {PLACE_ROLE_SITE, PLACE_ROLE_TARGET, PLACE_ROLE_DESTINATION};
  for (int k = 0; k < 3; k++)
    for (uint8_t j = 0; j < r->n; j++)
      if (r->at[j].role == order[k]) return r->at[j].place;
  return place;
}

uint32_t act_where(const struct acts *a, const struct act *x, struct list *all) {
  struct roles r = {.n = 0};
  roles_below(a, x, x->token, 0, PLACE_ROLE_SITE, &r);
  uint32_t place = first_place(a, x);
  if (place != NONE) role_add(&r, place, PLACE_ROLE_SITE), place = not_origin(&r, place);
  else if (r.n) place = not_origin(&r, r.at[0].place);
  *all = roles_emit(a->d, &r);
  return place;
}

/* ---- the narrative's place */

/* An act that was done, by deed and not by word: what took place somewhere. */
static bool deed(const struct acts *a, const struct event *e) {
  uint8_t quad = ontology_quad(a->g.rules->ontology, e->type);
  return (quad == 2 || quad == 4) && e->status == STATUS_ACTUAL && !e->historical;
}

/* "A bomb exploded in Basra. Four soldiers were killed." Not over more than a sentence, not when the text dates the act by itself,
 * not where the sentence names another place, and no state: that is no place of a narrative. */
static bool continues(const struct acts *a, const struct event *before, const struct event *e) {
  const struct doc *d = a->d;
  if (e->sentence < before->sentence || e->sentence - before->sentence > 1) return false;
  if (d->places.at[before->place].level >= LEVEL_COUNTRY) return false;
  bool dated = e->date_basis == DATE_BASIS_EXPRESSION;
  if (dated && (e->date.first != before->date.first || e->date.last != before->date.last)) return false;
  const struct sentence *s = &d->sentences.at[e->sentence];
  for (uint32_t t = s->first; e->sentence != before->sentence && t < s->first + s->n; t++)
    if (literal(a, t)) return false;
  return true;
}

void places_inherit(struct acts *a) {
  struct doc *d = a->d;
  const struct event *before = NULL;
  for (uint32_t i = 0; i < d->events.n; i++) {
    struct event *e = &d->events.at[i];
    if (!deed(a, e)) continue;
    if (e->place != NONE) {
      before = e;
      continue;
    }
    if (!before || !continues(a, before, e)) continue;
    e->place = before->place, e->place_narrative = true;
    before = e; /* its sentence carries the narrative on */
  }
}
