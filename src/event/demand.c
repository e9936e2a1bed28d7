/* demand.c - demands as objects: who asks whom for what, by when, or else. From speech acts that were emitted; never from
 * hostility alone. A deadline is counted from the day on which the demand was made. */
#include "event/circumstance.h"

enum { DEPTH = 4 };

/* A deadline in the words below a token: "by Friday", "within ten days", nested a little. */
static uint32_t deadline_below(const struct acts *a, uint32_t token, int depth) {
  if (token == NONE) return NONE;
  uint32_t m = timex_below(a, token, true);
  if (m != NONE || depth == 0) return m;
  TREE_EACH(a->d, c, token) {
    uint8_t r = deprel_universal(a->d->tokens.deprel[c]);
    if (r == DEPREL_NSUBJ || r == DEPREL_PUNCT) continue;
    if ((m = deadline_below(a, c, depth - 1)) != NONE) return m;
  }
  return NONE;
}

/* "set a deadline of 1 June": the time below the word for it. */
static uint32_t dated_deadline(const struct acts *a, const struct act *x) {
  if (!(x->flags & RULE_ULTIMATUM)) return NONE;
  for (uint8_t i = 0; i < x->frame.n; i++) {
    uint32_t h = x->frame.arg[i].head;
    if (x->frame.arg[i].func != FUNC_OBJ || !token_is(a->g.rules, a->d, h, GRAMMAR_DEMAND_NOUN)) continue;
    if (a->d->tokens.timex[h] != NONE) return a->d->tokens.timex[h];
    TREE_EACH(a->d, c, h)
    if (a->d->tokens.timex[c] != NONE) return a->d->tokens.timex[c];
  }
  return NONE;
}

/* Where the tree leads to none: the one deadline of the sentence behind the words that demand, if no other demand has it. */
static uint32_t lone_deadline(const struct acts *a, const struct act *x) {
  const struct doc *d = a->d;
  uint32_t found = NONE, sentence = d->tokens.sentence[x->token];
  for (uint32_t i = 0; i < d->times.n && d->times.at[i].sentence <= sentence; i++) {
    const struct timex *t = &d->times.at[i];
    if (t->sentence != sentence || t->role != TIMEX_ROLE_DEADLINE || t->first < x->token) continue;
    if (found != NONE || t->of != NONE) return NONE;
    found = i;
  }
  return found;
}

/* "48 hours" given: a duration among the arguments of an ultimatum. */
static uint32_t given_time(const struct acts *a, const struct act *x) {
  for (uint8_t i = 0; i < x->frame.n; i++) {
    uint32_t h = x->frame.arg[i].head, m = a->d->tokens.timex[h];
    if (m == NONE) continue;
    const struct timex *t = &a->d->times.at[m];
    bool until = x->frame.arg[i].func == FUNC_PREP && (word_is(a->g.rules, x->frame.arg[i].prep, GRAMMAR_UNTIL) ||
                                                       word_is(a->g.rules, x->frame.arg[i].prep, GRAMMAR_DEADLINE));
    if (until || (t->type == TIMEX_DURATION && x->frame.arg[i].func != FUNC_PREP)) return m;
  }
  return NONE;
}

static int32_t issued_day(const struct doc *d, const struct event *e) {
  if (e->date.first != DAY_NONE && e->date.first == e->date.last) return e->date.first;
  return d->date;
}

/* "within 48 hours", said on the day of publication, at its hour or before. */
static struct period hours_ahead(const struct doc *d, int32_t minutes) {
  int32_t late = d->clock.minute + minutes;
  return (struct period){d->date + minutes / 1440, d->date + late / 1440, (int16_t)(minutes % 1440),
                         (int16_t)(late % 1440), PRECISION_HOUR};
}

/* What day the deadline ends on; durations run from the day of the demand. */
static struct period deadline_period(const struct doc *d, const struct timex *t, const struct event *e,
                                     uint8_t *anchor) {
  int32_t issued = issued_day(d, e);
  *anchor = t->anchor;
  if (t->type == TIMEX_DURATION && t->minutes > 0 && issued != DAY_NONE) {
    *anchor = ANCHOR_UTTERANCE;
    if (issued == d->date && d->clock.minute >= 0 && str_starts(t->value, STR("PT"))) return hours_ahead(d, t->minutes);
    return period_of_day(issued + (t->minutes + 1439) / 1440);
  }
  struct period p = t->period;
  if (p.last != DAY_NONE && p.precision != PRECISION_OPEN) p.first = p.first == DAY_NONE ? p.last : p.first;
  return p;
}

/* The other branch of "leave or lose the bridge": a conjunct with "or", or a word for "otherwise". */
static uint32_t or_else(const struct acts *a, uint32_t head) {
  if (head == NONE) return NONE;
  TREE_EACH(a->d, c, head) {
    if (a->d->tokens.deprel[c] == DEPREL_CONJ && child_in_class(a->g, c, GRAMMAR_OR) != NONE) return c;
    if (c < head || a->d->tokens.timex[c] == NONE) continue;
    TREE_EACH(a->d, k, c) /* "by July or face sanctions": hung on the time */
    if (a->d->tokens.deprel[k] == DEPREL_CONJ && child_in_class(a->g, k, GRAMMAR_OR) != NONE) return k;
  }
  return NONE;
}

/* Does this part of a clause belong to others: what is said besides, the condition, the other branch? */
static bool stands_apart(const struct acts *a, uint32_t c, uint32_t condition) {
  const struct tokens *t = &a->d->tokens;
  uint8_t r = t->deprel[c];
  if (c == condition || r == DEPREL_PARATAXIS || r == DEPREL_PUNCT || r == DEPREL_CC) return true;
  if (r == DEPREL_MARK || r == DEPREL_CASE) return c < t->head[c];
  if (r == DEPREL_ADVCL) return c > t->head[c] && t->xpos[c] == XPOS_VBG;
  if (r != DEPREL_CONJ) return false;
  return child_in_class(a->g, c, GRAMMAR_OR) != NONE || tree_child_universal(a->d, c, DEPREL_NSUBJ) != NONE;
}

/* The words of a clause without what stands apart at its ends. */
static struct span clause_span(const struct acts *a, uint32_t head, uint32_t condition) {
  const struct tokens *t = &a->d->tokens;
  uint32_t left = t->left[head], right = t->right[head];
  TREE_EACH(a->d, c, head) /* children in the order of the text */
  if (c < head && t->left[c] == left && stands_apart(a, c, condition)) left = t->right[c] + 1;
  for (bool more = true; more;) {
    more = false;
    TREE_EACH(a->d, c, head)
    if (c > head && t->right[c] == right && right > head && stands_apart(a, c, condition)) {
      right = t->left[c] - 1;
      more = true;
    }
  }
  return tokens_span(a->d, left > head ? head : left, right < head ? head : right);
}

/* First act that was taken into this one and stands at or below the token. */
static const struct act *act_below(const struct acts *a, uint32_t head) {
  if (head == NONE) return NULL;
  if (a->of_token[head] != NONE) return &a->at[a->of_token[head]];
  TREE_EACH(a->d, c, head)
  if (a->of_token[c] != NONE) return &a->at[a->of_token[c]];
  return NULL;
}

static uint32_t content_filler(const struct acts *a, const struct act *x) {
  const struct slot_fill *f = &x->rule->slot[SLOT_CONTENT];
  for (uint8_t i = 0; i < f->n; i++) {
    uint8_t k = frame_find(&x->frame, f->from[i], 0);
    if (k >= x->frame.n) continue;
    uint8_t inf = frame_find(&x->frame, (struct func_ref){.func = FUNC_INF}, 0);
    bool party = f->from[i].func == FUNC_PREP && a->of_token[x->frame.arg[k].head] == NONE;
    if (party && inf < x->frame.n) k = inf; /* "a deadline for the miners to return" */
    return x->frame.arg[k].head;
  }
  return NONE;
}

/* What the clause of condition asks for: the thing to be done, lest. */
static void from_condition(struct acts *a, const struct act *x, struct demand *r) {
  struct actors who = {0};
  uint32_t c = x->condition,
           subject = object_of(a->g, c) != NONE && verb_passive(a->g, c) ? subject_of(a->g, c) : subject_of(a->g, c);
  const struct act *asked = act_below(a, c);
  r->act = clause_span(a, c, NONE);
  r->act_type = asked ? asked->type : 0;
  r->act_mode = asked ? asked->mode : 0;
  if (subject != NONE) actors_of_phrase(a, subject, true, &who);
  if (who.n) r->addressee = doc_list(a->d, who.row, who.n);
  r->consequence = clause_span(a, x->content_head != NONE ? x->content_head : x->token, c);
  r->consequence_type = x->content_type;
  r->consequence_mode = x->content_mode;
}

static bool unless_clause(const struct acts *a, uint32_t c) {
  if (c == NONE) return false;
  if (word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_UNLESS)) return true;
  return child_in_class(a->g, c, GRAMMAR_NEGATOR) != NONE; /* "if it did not comply" */
}

static bool add_demand(struct acts *a, const struct act *x) {
  struct doc *d = a->d;
  const struct event ev = d->events.at[x->event];
  bool threat = ev.type == ontology_type(a->g.rules->ontology, STR("THREATEN"));
  bool by_condition = threat && !(x->flags & RULE_ULTIMATUM) && unless_clause(a, x->condition);
  if (!(x->flags & (RULE_DEMAND | RULE_ULTIMATUM)) && !by_condition) return true;
  if (ev.status != STATUS_ACTUAL) return true;
  struct demand *r = DOC_PUSH(d, demands);
  if (!r) return false;
  *r = (struct demand){.event = x->event,
                       .kind = DEMAND_KIND_DEMAND,
                       .issuer = ev.actor,
                       .addressee = ev.recipient,
                       .issued = ev.date,
                       .deadline = PERIOD_NONE,
                       .deadline_timex = NONE,
                       .zone = ZONE_NONE,
                       .status = DEMAND_STATUS_OPEN,
                       .attribution = ev.attribution,
                       .sentence = ev.sentence,
                       .span = ev.span,
                       .rule = ev.rule,
                       .confidence = ev.confidence};
  r->strength = x->flags & RULE_ULTIMATUM ? STRENGTH_ULTIMATUM
                : x->flags & RULE_ORDER   ? STRENGTH_ORDER
                : x->flags & RULE_APPEAL  ? STRENGTH_APPEAL
                                          : STRENGTH_DEMAND;
  uint32_t content = content_filler(a, x), m = given_time(a, x);
  if (content == NONE) content = x->content_head;
  if (by_condition) {
    r->strength = STRENGTH_ULTIMATUM;
    from_condition(a, x, r);
    content = x->condition;
  } else if (content != NONE) {
    const struct act *asked = act_below(a, content);
    r->act = clause_span(a, content, x->condition);
    if (asked == x) r->act_type = x->content_type, r->act_mode = x->content_mode; /* "must withdraw" */
    else if (asked) r->act_type = asked->type, r->act_mode = asked->mode;
    uint32_t other = or_else(a, content);
    const struct act *c = act_below(a, other);
    if (other != NONE) {
      r->consequence = clause_span(a, other, NONE);
      r->strength = STRENGTH_ULTIMATUM;
      uint32_t or_ = a->d->tokens.left[other]; /* the demand ends before "or" */
      if (r->act.beg < d->tokens.beg[or_] && r->act.end > d->tokens.beg[or_]) r->act.end = d->tokens.end[or_ - 1];
    }
    if (c) r->consequence_type = c->type, r->consequence_mode = c->mode;
  }
  if (m == NONE) m = dated_deadline(a, x);
  if (m == NONE) m = deadline_below(a, content, DEPTH);
  if (m == NONE) m = timex_below(a, x->token, true);
  if (m == NONE) m = lone_deadline(a, x);
  if (m != NONE) {
    r->deadline_timex = m;
    r->deadline = deadline_period(d, &d->times.at[m], &ev, &r->deadline_anchor);
    d->times.at[m].role = TIMEX_ROLE_DEADLINE;
    d->times.at[m].of = x->event;
  }
  if (x->condition != NONE && !by_condition) r->condition = ev.condition;
  return true;
}

/* "... by June 2 and said it would block motorways otherwise", "warning that it would storm it if he did not comply": the
 * consequence of what the same party has just asked for, no demand of its own. */
static bool add_consequence(struct acts *a, const struct act *x) {
  struct doc *d = a->d;
  const struct event *e = &d->events.at[x->event];
  bool threat = e->type == ontology_type(a->g.rules->ontology, STR("THREATEN"));
  if (!threat || x->flags & RULE_ULTIMATUM || x->condition == NONE || !d->demands.n || e->status != STATUS_ACTUAL)
    return false;
  bool bare = token_is(a->g.rules, d, x->condition, GRAMMAR_OR) ||
              (token_is(a->g.rules, d, x->condition, GRAMMAR_COMPLY) && unless_clause(a, x->condition));
  struct demand *m = &d->demands.at[d->demands.n - 1];
  if (!bare || span_known(m->consequence) || e->sentence - m->sentence > 2 || !e->actor.n || !m->issuer.n) return false;
  if (list_at(d, e->actor, 0) != list_at(d, m->issuer, 0)) return false;
  m->consequence = clause_span(a, x->content_head != NONE ? x->content_head : x->token, x->condition);
  m->consequence_type = x->content_type;
  m->consequence_mode = x->content_mode;
  m->strength = STRENGTH_ULTIMATUM;
  return true;
}

bool demands_find(struct acts *a, struct err *e) {
  for (uint32_t i = 0; i < a->n; i++)
    if (a->at[i].event != NONE && !add_consequence(a, &a->at[i]) && !add_demand(a, &a->at[i]))
      return err_set(e, ERR_NOMEM, "no memory for the demands of a document");
  demand_fates(a);
  return true;
}
