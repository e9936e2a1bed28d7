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

/* What day the deadline ends on; durations run from the day of the demand. */
static struct period deadline_period(const struct doc *d, const struct timex *t, const struct event *e,
                                     uint8_t *anchor) {
  int32_t issued = issued_day(d, e);
  *anchor = t->anchor;
  if (t->type == TIMEX_DURATION && t->minutes > 0 && issued != DAY_NONE) {
    *anchor = ANCHOR_UTTERANCE;
    return period_of_day(issued + (t->minutes + 1439) / 1440);
  }
  struct period p = t->period;
  if (p.last != DAY_NONE && p.precision != PRECISION_OPEN) p.first = p.first == DAY_NONE ? p.last : p.first;
  return p;
}

/* The other branch of "leave or lose the bridge": a conjunct with "or", or a word for "otherwise". */
static uint32_t or_else(const struct acts *a, uint32_t head) {
  if (head == NONE) return NONE;
  TREE_EACH(a->d, c, head)
  if (a->d->tokens.deprel[c] == DEPREL_CONJ && child_in_class(a->g, c, GRAMMAR_OR) != NONE) return c;
  return NONE;
}

static struct span clause_span(const struct doc *d, uint32_t head) {
  const struct tokens *t = &d->tokens;
  uint32_t left = t->left[head], right = t->right[head];
  while (left < head &&
         (t->deprel[left] == DEPREL_MARK || t->deprel[left] == DEPREL_PUNCT || t->deprel[left] == DEPREL_CASE))
    left++;
  while (right > head && t->deprel[right] == DEPREL_PUNCT) right--;
  return tokens_span(d, left, right);
}

/* First act that was taken into this one and stands at or below the token. */
static const struct act *act_below(const struct acts *a, uint32_t head) {
  if (head == NONE) return NULL;
  if (a->of_token[head] != NONE) return &a->at[a->of_token[head]];
  TREE_EACH(a->d, c, head)
  if (a->of_token[c] != NONE) return &a->at[a->of_token[c]];
  return NULL;
}

static uint32_t content_filler(const struct act *x) {
  const struct slot_fill *f = &x->rule->slot[SLOT_CONTENT];
  for (uint8_t i = 0; i < f->n; i++) {
    uint8_t k = frame_find(&x->frame, f->from[i], 0);
    if (k < x->frame.n) return x->frame.arg[k].head;
  }
  return NONE;
}

/* What the clause of condition asks for: the thing to be done, lest. */
static void from_condition(struct acts *a, const struct act *x, struct demand *r) {
  struct actors who = {0};
  uint32_t c = x->condition,
           subject = object_of(a->g, c) != NONE && verb_passive(a->g, c) ? subject_of(a->g, c) : subject_of(a->g, c);
  const struct act *asked = act_below(a, c);
  r->act = clause_span(a->d, c);
  r->act_type = asked ? asked->type : 0;
  r->act_mode = asked ? asked->mode : 0;
  if (subject != NONE) actors_of_phrase(a, subject, true, &who);
  if (who.n) r->addressee = doc_list(a->d, who.row, who.n);
  r->consequence = clause_span(a->d, x->content_head != NONE ? x->content_head : x->token);
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
  uint32_t content = content_filler(x), m = given_time(a, x);
  if (content == NONE) content = x->content_head;
  if (by_condition) {
    r->strength = STRENGTH_ULTIMATUM;
    from_condition(a, x, r);
    content = x->condition;
  } else if (content != NONE) {
    const struct act *asked = act_below(a, content);
    r->act = clause_span(d, content);
    r->act_type = asked ? asked->type : 0;
    r->act_mode = asked ? asked->mode : 0;
    uint32_t other = or_else(a, content);
    const struct act *c = act_below(a, other);
    if (other != NONE) r->consequence = clause_span(d, other), r->strength = STRENGTH_ULTIMATUM;
    if (c) r->consequence_type = c->type, r->consequence_mode = c->mode;
  }
  if (m == NONE) m = deadline_below(a, content, DEPTH);
  if (m == NONE) m = timex_below(a, x->token, true);
  if (m != NONE) {
    r->deadline_timex = m;
    r->deadline = deadline_period(d, &d->times.at[m], &ev, &r->deadline_anchor);
    d->times.at[m].role = TIMEX_ROLE_DEADLINE;
    d->times.at[m].of = x->event;
  }
  if (x->condition != NONE && !by_condition) r->condition = ev.condition;
  return true;
}

bool demands_find(struct acts *a, struct err *e) {
  for (uint32_t i = 0; i < a->n; i++)
    if (a->at[i].event != NONE && !add_demand(a, &a->at[i]))
      return err_set(e, ERR_NOMEM, "no memory for the demands of a document");
  return true;
}
