/* tie.c - reads the ties of a document: what begins and ends where, one pass over the tokens, the rows. */
#include "event/tie_find.h"

uint32_t mention_actor_at(const struct tie_reading *r, uint32_t m) {
  return m == NONE ? NONE : r->d->mentions.at[m].actor;
}
bool mention_is_name(const struct tie_reading *r, uint32_t m) {
  return m != NONE && r->d->mentions.at[m].type == MENTION_NAME;
}
bool actor_is_person(const struct tie_reading *r, uint32_t a) {
  return a != NONE && r->d->actors.at[a].kind == ACTOR_PERSON;
}

static bool better(const struct tie_reading *r, uint32_t m, uint32_t than) {
  if (than == NONE) return true;
  if (mention_is_name(r, m) != mention_is_name(r, than)) return mention_is_name(r, m);
  return r->d->mentions.at[m].n > r->d->mentions.at[than].n;
}

static bool index_mentions(struct tie_reading *r) {
  struct doc *d = r->d;
  uint32_t n = d->tokens.n;
  r->starts = ARENA_ARRAY(&d->scratch, uint32_t, n);
  r->ends = ARENA_ARRAY(&d->scratch, uint32_t, n);
  if (!r->starts || !r->ends) return false;
  memset(r->starts, 0xFF, n * sizeof *r->starts);
  memset(r->ends, 0xFF, n * sizeof *r->ends);
  for (uint32_t m = 0; m < d->mentions.n; m++) {
    const struct mention *row = &d->mentions.at[m];
    if (!row->n || row->first + row->n > n || row->actor == NONE) continue;
    uint32_t *s = &r->starts[row->first], *e = &r->ends[row->first + row->n - 1];
    if (better(r, m, *s)) *s = m;
    if (better(r, m, *e)) *e = m;
  }
  return true;
}

uint32_t tie_actor_from(const struct tie_reading *r, uint32_t t, uint32_t *last) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t nominal = NONE;
  for (uint32_t i = t; i < tok->n && i < t + 7 && tok->sentence[i] == tok->sentence[t]; i++) {
    uint32_t m = r->starts[i];
    if (tok->timex[i] != NONE || tok->upos[i] == UPOS_VERB || tok->upos[i] == UPOS_PUNCT || tok->upos[i] == UPOS_SCONJ)
      break;
    if (m == NONE) continue;
    const struct mention *row = &r->d->mentions.at[m];
    uint32_t end = row->first + row->n;
    /* a possessor or a demonym in front of the head is not the head: "the union's first brigade" */
    bool inner = end < tok->n && tok->xpos[end] == XPOS_POS;
    if (row->type == MENTION_DEMONYM || row->type == MENTION_PRONOUN) inner = end < tok->n && token_noun(r->d, end);
    if (nominal == NONE || mention_is_name(r, m)) nominal = m;
    i = end - 1;
    bool titled =
        !mention_is_name(r, m) && end < tok->n && mention_is_name(r, r->starts[end]); /* "the former senator X" */
    if (!inner && !titled) break;
  }
  if (nominal == NONE) return NONE;
  const struct mention *row = &r->d->mentions.at[nominal];
  *last = row->first + row->n - 1;
  return row->actor;
}

static bool set_dates(const struct tie_reading *r, struct tie *tie, uint32_t marker, uint32_t timex) {
  const struct tie_kb *kb = r->kb;
  sym w = r->d->tokens.norm[marker];
  struct period p = r->d->times.at[timex].period;
  if (tie_word_is(kb, w, WORD_UNTIL)) tie->to = p;
  else if (tie_word_is(kb, w, WORD_SINCE)) tie->from = p;
  else if (tie_word_is(kb, w, WORD_DURING)) tie->from = tie->to = p;
  else return false;
  return true;
}

/* "of the province from 2010 to 2016": past a short phrase that is no actor. */
static uint32_t past_phrase(const struct tie_reading *r, uint32_t t) {
  const struct tokens *tok = &r->d->tokens;
  for (uint32_t i = t;
       i + 1 < tok->n && i < t + 6 && tok->sentence[i + 1] == tok->sentence[t] && tok->norm[t] == r->kb->of; i++) {
    if (tok->timex[i + 1] != NONE && tok->upos[i] == UPOS_ADP && i > t) return i;
    if (i > t && tok->upos[i] != UPOS_NOUN && tok->upos[i] != UPOS_DET && tok->upos[i] != UPOS_PROPN &&
        tok->upos[i] != UPOS_ADJ)
      break;
  }
  return t;
}

void tie_dates_from(const struct tie_reading *r, uint32_t t, struct tie *tie) {
  const struct tokens *tok = &r->d->tokens;
  if (t < tok->n) t = past_phrase(r, t);
  for (int i = 0; i < 2; i++) {
    if (t + 1 >= tok->n || tok->sentence[t + 1] != tok->sentence[t]) return;
    uint32_t x = tok->timex[t + 1];
    if (x == NONE) x = tok->timex[t]; /* the expression may begin at its preposition */
    if (x == NONE) return;
    if (!set_dates(r, tie, t, x)) return;
    if (tie->from.first < tie->to.first && tie->from.last == tie->to.last) /* one expression: "from 2010 to 2016" */
      tie->from.last = tie->from.first + (tie->from.precision == PRECISION_YEAR ? 364 : 0);
    while (t < tok->n && (tok->timex[t] == x || tok->timex[t] == NONE) &&
           t < r->d->times.at[x].first + r->d->times.at[x].n)
      t++;
    if (t >= tok->n) return;
  }
}

bool tie_unreal(const struct tie_reading *r, uint32_t v) {
  const struct tokens *tok = &r->d->tokens;
  if (clause_negated(r->d, v, r->kb->not_, r->kb->nt, r->kb->never)) return true;
  TREE_EACH(r->d, c, v)
  if (tok->xpos[c] == XPOS_MD || (tok->xpos[c] == XPOS_TO && c < v)) return true;
  return false;
}

/* "part of the Hashd, which is itself part of the forces": the tree may hang the clause on an outer noun. */
static uint32_t before_relative(const struct tie_reading *r, uint32_t v) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t s = tree_child_universal(r->d, v, DEPREL_NSUBJ);
  if (s == NONE || s == 0 || (tok->xpos[s] != XPOS_WDT && tok->xpos[s] != XPOS_WP)) return NONE;
  uint32_t p = s - 1;
  if (p && str_is(token_text(r->d, p), ",")) p--;
  uint32_t a = mention_actor_at(r, r->ends[p]);
  return a != NONE && actor_is_person(r, a) == (tok->norm[s] == r->kb->who) ? a : NONE;
}

uint32_t tie_subject(const struct tie_reading *r, uint32_t v) {
  uint32_t a = before_relative(r, v);
  if (a != NONE) return a;
  uint32_t s = clause_subject(r->d, v);
  return s == NONE ? NONE : phrase_actor(r->d, s);
}

static bool same_period(struct period a, struct period b) { return a.first == b.first && a.last == b.last; }

static bool same_tie(const struct tie *a, const struct tie *b) {
  return a->subject == b->subject && a->object == b->object && a->relation == b->relation && a->status == b->status &&
         a->sentence == b->sentence && str_eq(a->role, b->role) && same_period(a->from, b->from);
}

void tie_push(struct tie_reading *r, struct tie tie, uint32_t first, uint32_t last) {
  struct doc *d = r->d;
  for (uint8_t i = 0; i < r->n_described; i++)
    if (tie.subject == r->described[i]) tie.subject = r->name[i];
  if (tie.subject == NONE || tie.subject == tie.object) return;
  bool over = tie.to.last != DAY_NONE && d->date != DAY_NONE && tie.to.last < d->date && tie.to.first != tie.from.first;
  if (over && tie.status == TIE_CURRENT) tie.status = TIE_FORMER; /* "governor from 2010 to 2016" */
  tie.sentence = d->tokens.sentence[first];
  tie.span = tokens_span(d, first, last);
  for (uint32_t i = d->ties.n; i-- > 0 && d->ties.n - i < 32;)
    if (same_tie(&d->ties.at[i], &tie)) return;
  struct tie *row = DOC_PUSH(d, ties);
  if (row) *row = tie;
  else r->failed = true;
}

bool tie_find(const struct tie_kb *kb, struct doc *d, struct err *e) {
  struct arena_mark mark = arena_mark(&d->scratch);
  struct tie_reading r = {.kb = kb, .d = d, .last_end = NONE, .last_holder = NONE, .last_status = -1};
  bool ok = !d->tokens.n || index_mentions(&r);
  for (uint32_t t = 0; ok && t < d->tokens.n; t++) {
    tie_read_role(&r, t);
    tie_read_verb(&r, t);
    tie_read_office(&r, t);
    if (r.starts[t] != NONE && mention_is_name(&r, r.starts[t])) tie_read_name(&r, r.starts[t]);
  }
  if (ok) tie_offices_settle(&r);
  arena_rewind(&d->scratch, mark);
  return (ok && !r.failed) || err_set(e, ERR_NOMEM, "no memory for the ties");
}
