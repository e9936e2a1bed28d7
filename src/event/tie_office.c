/* tie_office.c - taking and leaving office, and succession: what begins or ends a post whose name stands elsewhere.
 *
 * "President X took office in May": the day begins the tie that tie_noun.c read. "X was appointed minister, replacing Y": Y was
 * minister until then. In the flow: offices are noted during the pass of tie.c and settled behind it. */
#include "event/tie_find.h"

static struct period day_of_verb(const struct doc *d, uint32_t v) {
  TREE_EACH(d, c, v) if (c > v && d->tokens.timex[c] != NONE) return d->times.at[d->tokens.timex[c]].period;
  return PERIOD_NONE;
}

static void note(struct tie_reading *r, uint32_t actor, bool begins, struct period when, uint32_t t) {
  if (!actor_is_person(r, actor) || r->n_offices == TIE_OFFICES) return;
  r->office[r->n_offices++] = (struct office_change){actor, r->d->tokens.sentence[t], begins, when};
}

bool tie_office_of(const struct tie_reading *r, uint32_t v, enum tie_word kind) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t o = tree_child(r->d, v, DEPREL_OBJ);
  return tok->upos[v] == UPOS_VERB && o != NONE && tie_word_is(r->kb, tok->lemma[o], WORD_POST) &&
         tie_word_is(r->kb, tok->lemma[v], kind);
}

void tie_read_office(struct tie_reading *r, uint32_t t) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  if (tok->upos[t] != UPOS_NOUN || !tie_word_is(r->kb, tok->lemma[t], WORD_POST)) return;
  uint32_t v = tok->head[t];
  if (tree_child(d, t, DEPREL_COP) != NONE) { /* "has been in office since 2018" */
    struct tie held = {.from = PERIOD_NONE, .to = PERIOD_NONE};
    tie_dates_from(r, t + 1, &held);
    if (!tie_unreal(r, t) && period_known(held.from)) note(r, tie_subject(r, t), true, held.from, t);
    return;
  }
  if (v == NONE || tok->deprel[t] != DEPREL_OBJ || tok->upos[v] != UPOS_VERB || tie_unreal(r, v)) return;
  bool begins = tie_office_of(r, v, WORD_ENTERS);
  if (begins || tie_office_of(r, v, WORD_VACATES)) note(r, tie_subject(r, v), begins, day_of_verb(d, v), t);
}

/* ---- behind the pass */

static bool is_post(const struct tie *t) {
  return t->relation == RELATION_HOLDS_ROLE || (t->relation == RELATION_LEADS && t->role.n);
}

/* The post of an actor that a sentence means: one of that sentence, else the last one before, else the first behind. */
static struct tie *post_of(const struct doc *d, uint32_t actor, uint32_t sentence) {
  struct tie *before = NULL, *behind = NULL;
  for (uint32_t i = 0; i < d->ties.n; i++) {
    struct tie *t = &d->ties.at[i];
    if (t->subject != actor || !is_post(t)) continue;
    if (t->sentence == sentence) return t;
    if (t->sentence < sentence) before = t;
    else if (!behind) behind = t;
  }
  return before ? before : behind;
}

static void office_settle(const struct doc *d, const struct office_change *o) {
  struct tie *t = post_of(d, o->actor, o->sentence);
  if (!t) return;
  struct period *end = o->begins ? &t->from : &t->to;
  if (period_known(o->when) && !period_known(*end)) *end = o->when;
  bool past = !period_known(o->when) || d->date == DAY_NONE || o->when.first <= d->date;
  if (!o->begins && past && t->status == TIE_CURRENT) t->status = TIE_FORMER;
}

static bool same_post(const struct tie *a, const struct tie *b) {
  return a->role_class.n ? str_eq(a->role_class, b->role_class) : str_eq(a->role, b->role);
}

/* Whoever was succeeded holds the post of the successor no more. */
static bool succession_settle(struct doc *d, uint32_t row) {
  struct tie s = d->ties.at[row];
  const struct tie *post = s.object == NONE ? NULL : post_of(d, s.subject, s.sentence);
  if (!post || post->sentence != s.sentence || post->status == TIE_ELECT || post->status == TIE_FORMER ||
      d->actors.at[s.object].kind != ACTOR_PERSON)
    return true;
  struct tie old = *post;
  old.subject = s.object;
  old.status = TIE_FORMER;
  old.to = period_known(post->from) ? post->from : s.from;
  old.from = PERIOD_NONE;
  old.rule = STR("tie.succession");
  old.confidence = 0.75f;
  for (uint32_t i = 0; i < d->ties.n; i++) {
    struct tie *t = &d->ties.at[i];
    if (t->subject != s.object || !is_post(t) || !same_post(t, &old)) continue;
    if (!period_known(t->to)) t->to = old.to;
    if (t->status == TIE_CURRENT) t->status = TIE_FORMER;
    return true;
  }
  struct tie *added = DOC_PUSH(d, ties);
  if (added) *added = old;
  return added != NULL;
}

void tie_offices_settle(struct tie_reading *r) {
  for (uint8_t i = 0; i < r->n_offices; i++) office_settle(r->d, &r->office[i]);
  for (uint32_t i = 0, n = r->d->ties.n; i < n && !r->failed; i++)
    if (r->d->ties.at[i].relation == RELATION_SUCCEEDED) r->failed = !succession_settle(r->d, i);
}
