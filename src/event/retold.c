/* retold.c - acts that the text tells again: "the attack" after the shelling it tells of, a headline and its story, one deed in two
 * sentences. Between settle.c and emit.c.
 *
 * One deed is one row of a page; where else the text tells it becomes a mention of that row, so that who counts rows does not
 * count words. Only what is plainly the same is put together: two rows for one deed do less harm than one row for two. Reports of one
 * event by several documents are not this file's matter. */
#include "event/circumstance.h"

enum {
  RECENT = 8,  /* acts of a type that are looked back on */
  REACH = 8,   /* sentences between a deed and "the attack" */
  OPENING = 3, /* sentences in which a story tells what its headline does */
  HEADLINE_ACTS = 8
};

struct recent { /* the last acts of one type, a ring */
  uint32_t act[RECENT], n;
};

static uint32_t sentence_of(const struct acts *a, const struct act *x) { return a->d->tokens.sentence[x->token]; }
static bool nominal(const struct act *x) { return x->rule->pos == POS_NOUN; }

/* A deed told as done, on its own: no speech act with what it speaks of, no end of another act. */
static bool deed(const struct act *x) {
  return !x->drop && x->status == STATUS_ACTUAL && x->holder == NONE && x->content == NONE && x->content_head == NONE &&
         !x->ending && x->claimer == NONE && !x->repeated;
}

static bool slots_empty(const struct act *x) {
  return !x->actor.n && !x->recipient.n && x->object == NONE && x->instrument == NONE;
}

/* Of one deed and of many: "the bombing" is none of "attacks have been frequent". */
static bool number_agrees(const struct acts *a, const struct act *x, const struct act *y) {
  const uint8_t *xpos = a->d->tokens.xpos;
  return !nominal(y) || (xpos[x->token] == XPOS_NNS) == (xpos[y->token] == XPOS_NNS);
}

/* Background of years ago is not what the story goes on about. */
static bool long_past(const struct acts *a, const struct act *y) {
  struct when w = act_when(a, y);
  return y->historical || (w.basis == DATE_BASIS_EXPRESSION && a->d->date != DAY_NONE && w.period.last != DAY_NONE &&
                           w.period.last < a->d->date - 366);
}

/* "the attack", "this violence": definite, and nothing said of it that could tell it from another. */
static bool bare_definite(const struct acts *a, const struct act *x) {
  const struct tokens *t = &a->d->tokens;
  bool definite = false;
  if (!nominal(x) || !slots_empty(x)) return false;
  TREE_EACH(a->d, c, x->token) {
    uint8_t r = deprel_universal(t->deprel[c]);
    if (r == DEPREL_DET && token_is(a->g.rules, a->d, c, GRAMMAR_DEMONSTRATIVE)) definite = true;
    if (t->timex[c] != NONE || t->place[c] != NONE || token_is(a->g.rules, a->d, c, GRAMMAR_ANOTHER)) return false;
    if (r == DEPREL_NUMMOD || r == DEPREL_NMOD || r == DEPREL_ACL || r == DEPREL_APPOS) return false;
  }
  return definite;
}

static bool kinds_agree(const struct act *x, const struct act *y) {
  if (x->type != y->type || (x->mode && y->mode && x->mode != y->mode)) return false;
  return !(x->flags & RULE_LETHAL) || (y->flags & RULE_LETHAL) || (x->mode && x->mode == y->mode);
}

static bool same_actors(const struct actors *p, const struct actors *q) {
  if (!p->n || p->n != q->n) return false;
  for (uint8_t i = 0; i < p->n; i++)
    if (!actors_has(q, p->row[i])) return false;
  return true;
}

/* Named by the same word: the "rebels" of a headline and of its story need not have been linked. */
static bool same_word(const struct acts *a, uint32_t token, const struct actors *s) {
  for (uint8_t i = 0; token != NONE && i < s->n; i++)
    if (s->token[i] != NONE && a->d->tokens.lemma[s->token[i]] == a->d->tokens.lemma[token]) return true;
  return false;
}

static bool actors_agree(const struct acts *a, const struct actors *p, const struct actors *q) {
  if (!p->n || !q->n) return true;
  for (uint8_t i = 0; i < p->n; i++)
    if (actors_related(a, q, p->row[i]) || same_word(a, p->token[i], q)) return true;
  return false;
}

static bool dates_agree(const struct acts *a, const struct act *x, const struct act *y) {
  struct when p = act_when(a, x), q = act_when(a, y);
  if (p.basis != DATE_BASIS_EXPRESSION || q.basis != DATE_BASIS_EXPRESSION) return true;
  return p.period.first <= q.period.last && q.period.first <= p.period.last;
}

/* Told by the same voice: a second speaker is a second source, and stays a row of his own. */
static bool voices_agree(const struct acts *a, const struct act *x, const struct act *y) {
  if (!x->n_speech && !y->n_speech) return true;
  if (!x->n_speech || !y->n_speech) return false;
  return a->speech[x->speech[0]].speaker != NONE && a->speech[x->speech[0]].speaker == a->speech[y->speech[0]].speaker;
}

/* The same parties doing the same: "the brigade shelled the town ... its shelling of the town". */
static bool same_deed(const struct acts *a, const struct act *x, const struct act *y) {
  const struct tokens *t = &a->d->tokens;
  return kinds_agree(x, y) && same_actors(&x->actor, &y->actor) && same_actors(&x->recipient, &y->recipient) &&
         sentence_of(a, x) != sentence_of(a, y) && (nominal(x) || t->lemma[x->token] == t->lemma[y->token]) &&
         x->historical == y->historical && voices_agree(a, x, y) && dates_agree(a, x, y);
}

static void retell(struct acts *a, uint32_t again, uint32_t first) {
  struct act *x = &a->at[again], *y = &a->at[first];
  x->drop = true;
  x->why = "told before: a mention of that row";
  uint32_t *link = &y->retold;
  while (*link != NONE) link = &a->at[*link].next_retold;
  *link = again;
}

/* The deed that act i tells again, or NONE. */
static uint32_t told_before(const struct acts *a, uint32_t i, const struct recent *recent) {
  const struct act *x = &a->at[i];
  bool bare = bare_definite(a, x);
  for (uint32_t k = recent->n; k-- > 0 && recent->n - k <= RECENT;) {
    uint32_t j = recent->act[k % RECENT];
    const struct act *y = &a->at[j];
    if (bare && kinds_agree(x, y) && number_agrees(a, x, y) && sentence_of(a, x) - sentence_of(a, y) <= REACH &&
        long_past(a, y) == x->historical)
      return j;
    if (!bare && same_deed(a, x, y)) return j;
  }
  return NONE;
}

/* A headline's act that the story's first sentences tell in full: the story's row stands (a headline yields to the body). */
static void settle_headline(struct acts *a, uint32_t *headline, uint32_t n, uint32_t i) {
  const struct act *x = &a->at[i];
  for (uint32_t k = 0; k < n; k++) {
    const struct act *h = headline[k] == NONE ? NULL : &a->at[headline[k]];
    if (!h || !kinds_agree(h, x) || !actors_agree(a, &h->actor, &x->actor) ||
        !actors_agree(a, &h->recipient, &x->recipient))
      continue;
    retell(a, headline[k], i);
    headline[k] = NONE;
    return;
  }
}

bool acts_retell(struct acts *a, struct err *e) {
  uint32_t headline[HEADLINE_ACTS], n_headline = 0;
  struct recent *recent = ARENA_ARRAY(&a->d->scratch, struct recent, UINT8_MAX + 1);
  if (!recent) return err_set(e, ERR_NOMEM, "no memory for the events of a document");
  for (uint32_t k = 0; k <= UINT8_MAX; k++) recent[k].n = 0;
  for (uint32_t i = 0; i < a->n; i++) a->at[i].retold = a->at[i].next_retold = NONE;
  for (uint32_t t = 0; t < a->d->tokens.n; t++) {
    uint32_t i = a->of_token[t];
    if (i == NONE || a->at[i].token != t || !deed(&a->at[i])) continue;
    struct recent *r = &recent[a->at[i].type];
    uint32_t sentence = sentence_of(a, &a->at[i]), before = sentence ? told_before(a, i, r) : NONE;
    if (!sentence) {
      if (n_headline < HEADLINE_ACTS) headline[n_headline++] = i;
    } else if (before != NONE) {
      retell(a, i, before);
    } else {
      if (sentence <= OPENING) settle_headline(a, headline, n_headline, i);
      r->act[r->n++ % RECENT] = i;
    }
  }
  return true;
}
