/* emit.c - acts that stand become rows of the document: event, content, attribution, participants. */
#include "event/circumstance.h"
#include "event/confidence.h"

static struct span phrase_span(const struct doc *d, uint32_t head) {
  const struct tokens *t = &d->tokens;
  uint32_t left = t->left[head], right = t->right[head];
  while (left < head && (t->deprel[left] == DEPREL_CASE || t->deprel[left] == DEPREL_PUNCT ||
                         t->deprel[left] == DEPREL_DET || t->deprel[left] == DEPREL_MARK))
    left++;
  while (right > head && t->deprel[right] == DEPREL_PUNCT) right--;
  return tokens_span(d, left, right);
}

/* A thing in its own words, without clauses and asides: "the US embassy in Baghdad". */
static struct span thing_span(const struct doc *d, uint32_t head) {
  const struct tokens *t = &d->tokens;
  uint32_t right = head, left = head;
  TREE_EACH(d, c, head) {
    uint8_t r = deprel_universal(t->deprel[c]);
    if (c < head && (r == DEPREL_AMOD || r == DEPREL_COMPOUND || r == DEPREL_NMOD || r == DEPREL_NUMMOD) &&
        t->left[c] < left)
      left = t->left[c];
    if (c > head && r == DEPREL_NMOD && t->right[c] > right && t->right[c] - head < 12) right = t->right[c];
    if (c > head && r != DEPREL_NMOD && r != DEPREL_FLAT && r != DEPREL_CASE) break;
  }
  return tokens_span(d, left, right);
}

static struct list actor_list(struct doc *d, const struct actors *s) { return doc_list(d, s->row, s->n); }

/* ---- attribution */

static bool push_attribution(struct doc *d, const struct speech *f) {
  struct attribution *r = DOC_PUSH(d, attributions);
  if (!r) return false;
  *r = (struct attribution){
      f->speaker, doc_span(d, f->speaker_span), doc_span(d, f->cue_span), f->type, f->stance, f->speaker_span,
      f->cue_span};
  if (f->rumour) r->type = ATTRIBUTION_RUMOUR;
  if (f->denial) r->stance = STANCE_DENIES;
  return true;
}

static bool push_claimer(struct acts *a, const struct act *x) {
  struct doc *d = a->d;
  const struct act *c = &a->at[x->claimer];
  struct attribution *r = DOC_PUSH(d, attributions);
  if (!r) return false;
  struct span cue = tokens_span(d, c->token, c->token);
  *r = (struct attribution){.speaker = c->actor.n ? c->actor.row[0] : NONE,
                            .cue = doc_span(d, cue),
                            .type = ATTRIBUTION_INDIRECT,
                            .stance = STANCE_ALLEGES,
                            .cue_span = cue};
  if (c->actor.n && c->actor.token[0] != NONE) {
    r->span = tokens_span(d, c->actor.token[0], c->actor.token[0]);
    r->text = doc_span(d, r->span);
  }
  return true;
}

/* The chain, outermost first. Who announces his own act is not attributed to it. */
static struct list attribution_of(struct acts *a, const struct act *x) {
  struct list l = {a->d->attributions.n, 0};
  for (uint8_t i = x->n_speech; i-- > 0;) {
    const struct speech *f = &a->speech[x->speech[i]];
    bool own = i == 0 && x->own_speech;
    bool accuser = x->claimer != NONE && f->cue == a->at[x->claimer].token;
    if (!own && !accuser && push_attribution(a->d, f)) l.n++;
  }
  if (x->claimer != NONE && push_claimer(a, x)) l.n++;
  return l;
}

/* ---- content */

static uint32_t push_content(struct acts *a, const struct act *x) {
  struct doc *d = a->d;
  if (x->content_head == NONE) return NONE;
  const struct act *c = x->content != NONE ? &a->at[x->content] : x;
  struct content *r = DOC_PUSH(d, contents);
  if (!r) return NONE;
  bool self = x->content == NONE;
  *r = (struct content){.type = x->content_type,
                        .mode = x->content_mode,
                        .status = x->content_status,
                        .date = PERIOD_NONE};
  uint32_t row = d->contents.n - 1;
  r->actor = actor_list(d, &c->actor);
  r->recipient = actor_list(d, &c->recipient);
  if (c->object != NONE) r->object = thing_span(d, c->object);
  uint32_t m = timex_below(a, x->content_head, false);
  if (m == NONE) m = timex_below(a, x->content_head, true);
  if (m != NONE) r->date = d->times.at[m].period;
  r->span = self ? tokens_span(d, x->content_head, x->content_head) : phrase_span(d, x->content_head);
  if (!r->status) r->status = STATUS_PLANNED;
  return row;
}

/* ---- participants */

static void push_participants(struct acts *a, struct event *e, const struct act *x) {
  struct doc *d = a->d;
  struct list l = {d->participants.n, 0};
  const struct actors *slot[] = {&x->actor, &x->recipient};
  for (int s = 0; s < 2; s++)
    for (uint8_t i = 0; i < slot[s]->n; i++) {
      struct participant *p = DOC_PUSH(d, participants);
      if (!p) break;
      uint32_t m = slot[s]->token[i] == NONE ? NONE : d->tokens.mention[slot[s]->token[i]];
      p->actor = slot[s]->row[i];
      p->role = s ? STR("recipient") : STR("actor");
      if (m != NONE) p->span = d->mentions.at[m].span;
      else if (slot[s]->token[i] != NONE) p->span = tokens_span(d, slot[s]->token[i], slot[s]->token[i]);
      l.n++;
    }
  e->participants = l;
}

/* Where else the text tells the act. */
static struct list push_mentions(struct acts *a, const struct act *x) {
  struct doc *d = a->d;
  struct list l = {d->event_mentions.n, 0};
  for (uint32_t i = x->retold; i != NONE; i = a->at[i].next_retold) {
    struct event_mention *m = DOC_PUSH(d, event_mentions);
    if (!m) break;
    uint32_t t = a->at[i].token, s = d->tokens.sentence[t];
    *m = (struct event_mention){s, d->sentences.at[s].span, tokens_span(d, t, t)};
    l.n++;
  }
  return l;
}

/* ---- the row */

static struct span trigger_span(const struct acts *a, uint32_t t) {
  TREE_EACH(a->d, c, t)
  if (a->d->tokens.deprel[c] == DEPREL_COMPOUND_PRT && c == t + 1) return tokens_span(a->d, t, c);
  return tokens_span(a->d, t, t);
}

static bool background(const struct acts *a, struct when w) {
  return (w.basis == DATE_BASIS_EXPRESSION || w.basis == DATE_BASIS_NARRATIVE) && a->d->date != DAY_NONE &&
         w.period.last != DAY_NONE && w.period.last < a->d->date - 366;
}

static bool emit(struct acts *a, struct act *x) {
  struct doc *d = a->d;
  uint32_t content = push_content(a, x);
  struct list attribution = attribution_of(a, x);
  struct event *e = DOC_PUSH(d, events);
  if (!e) return false;
  struct when w = act_when(a, x);
  uint32_t trigger = x->ending ? x->ender : x->token;
  *e = (struct event){.trigger = trigger,
                      .trigger_span = trigger_span(a, trigger),
                      .sentence = d->tokens.sentence[trigger],
                      .type = x->type,
                      .mode = x->mode,
                      .contexts = x->contexts,
                      .reciprocal = x->reciprocal,
                      .lethal = x->flags & RULE_LETHAL,
                      .repeated = x->repeated,
                      .date = w.period,
                      .date_basis = w.basis,
                      .lasting = w.lasting,
                      .timex = w.timex,
                      .status = x->status,
                      .certainty = x->certainty,
                      .content = content,
                      .attribution = attribution,
                      .rule = x->rule->id};
  e->place = act_where(a, x, &e->places);
  e->span = d->sentences.at[e->sentence].span;
  e->historical = x->historical || background(a, w);
  memcpy(e->cameo, x->cameo, sizeof e->cameo);
  e->actor = actor_list(d, &x->actor);
  e->recipient = actor_list(d, &x->recipient);
  if (x->object != NONE) e->object = thing_span(d, x->object);
  if (x->instrument != NONE) e->instrument = thing_span(d, x->instrument);
  if (x->condition != NONE) e->condition = phrase_span(d, x->condition);
  e->confidence = confidence_of(a->confidence, a, x);
  push_participants(a, e, x);
  e->mentions = push_mentions(a, x);
  x->event = d->events.n - 1;
  if (w.timex != NONE && d->times.at[w.timex].of == NONE) d->times.at[w.timex].of = x->event;
  return true;
}

/* ---- one act as part of another */

static bool one_with(const struct act *x, const struct act *y) {
  return x != y && !y->drop && y->event != NONE && x->type == y->type && x->status == y->status;
}

/* "attacked a post, killing five and wounding two": what an act did is told as its participle. The act, or NULL. */
static const struct act *act_of_result(const struct acts *a, const struct act *x) {
  const struct tokens *k = &a->d->tokens;
  uint32_t t = x->token;
  for (int i = 0; i < 4 && k->deprel[t] == DEPREL_CONJ && k->head[t] != NONE; i++) t = k->head[t];
  if (k->xpos[t] != XPOS_VBG || k->deprel[t] != DEPREL_ADVCL || k->head[t] == NONE || k->head[t] > t ||
      marker_of(a->d, t) != SYM_NONE)
    return NULL;
  uint32_t h = k->head[t], whole = a->of_token[h];
  if (whole == NONE) /* "a bomb exploded, killing": the verb hangs on its subject */
    TREE_EACH(a->d, c, h)
  if (c > h && c < t && k->deprel[c] == DEPREL_ACL) whole = a->of_token[c];
  return whole != NONE && one_with(x, &a->at[whole]) ? &a->at[whole] : NULL;
}

/* "were killed when gunmen attacked a bus" */
static const struct act *act_of_clause(const struct acts *a, const struct act *x) {
  const struct tokens *k = &a->d->tokens;
  TREE_EACH(a->d, c, x->token) {
    uint32_t whole = k->deprel[c] == DEPREL_ADVCL ? a->of_token[c] : NONE;
    bool when = false;
    if (whole == NONE || !one_with(x, &a->at[whole])) continue;
    TREE_EACH(a->d, m, c) when |= m < c && token_is(a->g.rules, a->d, m, GRAMMAR_TIME_MARK);
    if (when) return &a->at[whole];
  }
  return NULL;
}

/* What happened within an act happened where it did, and the act where its part is told to have. */
static void place_share(struct event *part, struct event *whole) {
  if (part->place == NONE && whole->place != NONE) part->place = whole->place, part->places = whole->places;
  else if (whole->place == NONE && part->place != NONE) whole->place = part->place, whole->places = part->places;
}

static bool parts_link(struct acts *a) {
  struct doc *d = a->d;
  for (uint32_t i = 0; i < a->n; i++) {
    const struct act *x = &a->at[i], *whole = x->drop || x->event == NONE ? NULL : act_of_result(a, x);
    if (!whole && !x->drop && x->event != NONE && x->flags & RULE_LETHAL) whole = act_of_clause(a, x);
    if (!whole) continue;
    struct link *l = DOC_PUSH(d, links);
    if (!l) return false;
    *l = (struct link){.to = whole->event, .type = LINK_PART_OF};
    d->events.at[x->event].links = (struct list){d->links.n - 1, 1};
    place_share(&d->events.at[x->event], &d->events.at[whole->event]);
  }
  return true;
}

bool acts_emit(struct acts *a, struct err *e) {
  for (uint32_t i = 0; i < a->n; i++) {
    struct act *x = &a->at[i];
    act_trace(a, x->token, x->rule->id, x->drop ? x->why : "chosen");
    if (!x->drop && !emit(a, x)) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  }
  if (!parts_link(a)) return err_set(e, ERR_NOMEM, "no memory for the links of a document");
  places_inherit(a);
  return true;
}
