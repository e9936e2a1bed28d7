/* standing.c - did it take place, and who says so: walks from a trigger up the tree, from the inside out.
 *
 * Each step looks at the clause of the word (negation, modals), then at what the word above does to it: a governor, a speech
 * act that takes it as content, a frame of speech, a condition, a relative clause. The table of constructions is
 * docs/status.md; which words do what is knowledge. */
#include "event/act.h"

enum { STEPS = 40 };

struct clause { /* what stands beside a predicate */
  bool negated, possible, would, future, duty, perfect, likely;
  bool scheduled; /* "are to strike" */
};

struct walk {
  struct acts *a;
  struct act *x;
  uint32_t at;
  bool told;     /* above here things are taken for granted: a relative clause, "after", a definite noun */
  bool argument; /* passed through a verb that is no governor */
  bool would, perfect, under;
};

static bool is(struct walk *w, uint32_t token, enum grammar_class c) {
  return token_is(w->a->g.rules, w->a->d, token, c);
}

/* "not only", "no later than": words that take the negation away. */
static bool negates(struct acts *a, uint32_t t) {
  return token_is(a->g.rules, a->d, t, GRAMMAR_NEGATOR) &&
         !(t + 1 < a->d->tokens.n && token_is(a->g.rules, a->d, t + 1, GRAMMAR_BARELY));
}

static bool phrase_negative(struct acts *a, uint32_t t) {
  if (token_is(a->g.rules, a->d, t, GRAMMAR_NOBODY)) return true;
  TREE_EACH(a->d, c, t)
  if (c < t && token_is(a->g.rules, a->d, c, GRAMMAR_NO) && !token_is(a->g.rules, a->d, c + 1, GRAMMAR_BARELY))
    return true;
  return false;
}

/* "At no time did the guards fire", "Under no circumstances": a phrase in front of the verb, or one that ends in nobody. */
static bool negative_phrase(struct acts *a, uint32_t c) {
  if (token_is(a->g.rules, a->d, c, GRAMMAR_NOBODY)) return true;
  return c < a->d->tokens.head[c] && a->of_token[c] == NONE && phrase_negative(a, c);
}

static void clause_child(struct acts *a, uint32_t c, struct clause *k) {
  const struct rules *r = a->g.rules;
  switch (deprel_universal(a->d->tokens.deprel[c])) {
  case DEPREL_AUX:
  case DEPREL_COP:
    if (token_is(r, a->d, c, GRAMMAR_POSSIBLE)) k->possible = true;
    else if (token_is(r, a->d, c, GRAMMAR_WOULD)) k->would = true;
    else if (token_is(r, a->d, c, GRAMMAR_FUTURE)) k->future = true;
    else if (token_is(r, a->d, c, GRAMMAR_DUTY)) k->duty = true;
    else if (token_is(r, a->d, c, GRAMMAR_HAVE)) k->perfect = true;
    return;
  case DEPREL_ADVMOD:
  case DEPREL_DET:
  case DEPREL_CC:
    if (negates(a, c)) k->negated = true;
    if (token_is(r, a->d, c, GRAMMAR_LIKELY)) k->likely = true;
    if (token_is(r, a->d, c, GRAMMAR_POSSIBLY)) k->possible = true;
    return;
  case DEPREL_NSUBJ:
  case DEPREL_OBJ:
    if (phrase_negative(a, c)) k->negated = true;
    return;
  case DEPREL_OBL:
    if (negative_phrase(a, c)) k->negated = true;
    return;
  default: return;
  }
}

/* A conjunct without a subject of its own shares what stands beside the first, unless "but" parts them. */
static bool shares_clause(struct acts *a, uint32_t t) {
  if (a->d->tokens.deprel[t] != DEPREL_CONJ || tree_child_universal(a->d, t, DEPREL_NSUBJ) != NONE) return false;
  TREE_EACH(a->d, c, t) {
    uint8_t r = a->d->tokens.deprel[c];
    if (r == DEPREL_CC && token_is(a->g.rules, a->d, c, GRAMMAR_BUT)) return false;
    if (r == DEPREL_AUX) return false; /* a new tense */
  }
  return true;
}

/* "are to strike", "is yet to free": a form of "be" and an infinitive of the same predicate. */
static void be_to(struct acts *a, uint32_t t, struct clause *k) {
  bool be = false, to = false, yet = false;
  TREE_EACH(a->d, c, t) {
    if (c > t) break;
    uint8_t r = deprel_universal(a->d->tokens.deprel[c]);
    if (r == DEPREL_AUX || r == DEPREL_COP) be |= token_is(a->g.rules, a->d, c, GRAMMAR_BE) && !to;
    if (r == DEPREL_MARK) to |= be && token_is(a->g.rules, a->d, c, GRAMMAR_TO);
    if (r == DEPREL_ADVMOD) yet |= token_is(a->g.rules, a->d, c, GRAMMAR_NOT_YET);
  }
  if (to && yet) k->negated = true;
  else if (to) k->scheduled = true;
}

static struct clause clause_of(struct acts *a, uint32_t t) {
  struct clause k = {0};
  for (int i = 0; i < 4; i++) {
    TREE_EACH(a->d, c, t) clause_child(a, c, &k);
    be_to(a, t, &k);
    if (!shares_clause(a, t)) return k;
    t = a->d->tokens.head[t];
  }
  return k;
}

static int rank(uint8_t status) {
  switch (status) {
  case STATUS_DENIED: return 5;
  case STATUS_NEGATED: return 4;
  case STATUS_HYPOTHETICAL: return 3;
  case STATUS_ATTEMPTED: return 2;
  case STATUS_PLANNED: return 1;
  default: return 0;
  }
}

static bool definite(struct acts *a, uint32_t noun) {
  TREE_EACH(a->d, c, noun) {
    if (a->d->tokens.deprel[c] == DEPREL_NMOD_POSS) return true;
    if (a->d->tokens.deprel[c] == DEPREL_DET && token_is(a->g.rules, a->d, c, GRAMMAR_DEMONSTRATIVE)) return true;
  }
  return false;
}

/* An outer word makes the act less than actual. What the sentence takes for granted is not touched; an indefinite noun that is
 * argument of an unreal verb is no act at all ("may return to talks"). */
static void worsen(struct walk *w, uint8_t status) {
  if (w->told) return;
  if (w->argument) {
    if (!token_verbal(w->a->d, w->x->token) && !definite(w->a, w->x->token)) w->x->doubtful_noun = true;
    return;
  }
  if (rank(status) > rank(w->x->status)) w->x->status = status;
}

static void apply_clause(struct walk *w, struct clause k) {
  if (k.negated && !w->argument) worsen(w, STATUS_NEGATED);
  if (k.possible) worsen(w, STATUS_HYPOTHETICAL);
  if (k.scheduled) worsen(w, STATUS_PLANNED);
  if (k.likely && !w->told) w->x->certainty = CERTAINTY_PROBABLE;
  if (w->told || (w->argument && (k.future || k.would || k.duty))) {
    if (k.future || k.would || k.duty) worsen(w, STATUS_HYPOTHETICAL);
    return;
  }
  if (k.future) w->x->future = true;
  if (k.duty) w->x->duty = true;
  if (k.would) w->would = true, w->perfect |= k.perfect;
}

/* ---- conditions and adverbial clauses */

static bool inverted_condition(struct acts *a, uint32_t clause) { /* "Had Spain not intervened", "Should it fire" */
  uint32_t first = a->d->tokens.left[clause];
  uint32_t subject = tree_child_universal(a->d, clause, DEPREL_NSUBJ);
  return subject != NONE && first < subject && a->d->tokens.deprel[first] == DEPREL_AUX &&
         a->d->tokens.head[first] == clause;
}

static uint32_t mark_in_class(struct acts *a, uint32_t clause, enum grammar_class k) {
  TREE_EACH(a->d, c, clause) {
    uint8_t r = a->d->tokens.deprel[c];
    if ((r == DEPREL_MARK || r == DEPREL_CASE || r == DEPREL_ADVMOD || r == DEPREL_CC || r == DEPREL_FIXED) &&
        c < clause && token_is(a->g.rules, a->d, c, k))
      return c;
  }
  return token_is(a->g.rules, a->d, clause, k) ? clause : NONE;
}

/* "If the army resumes strikes, the Front could": the parser may hang the mark on the verb that follows. */
static bool mark_above(struct acts *a, uint32_t clause, enum grammar_class k) {
  const struct tokens *t = &a->d->tokens;
  uint32_t h = t->head[clause], before = t->left[clause];
  if (h == NONE || h < clause || t->deprel[clause] != DEPREL_ADVCL || !before) return false;
  return t->head[before - 1] == h && t->deprel[before - 1] == DEPREL_MARK && token_is(a->g.rules, a->d, before - 1, k);
}

static bool conditional(struct acts *a, uint32_t clause) {
  if (mark_above(a, clause, GRAMMAR_CONDITION) || mark_above(a, clause, GRAMMAR_UNLESS)) return true;
  return mark_in_class(a, clause, GRAMMAR_CONDITION) != NONE || mark_in_class(a, clause, GRAMMAR_UNLESS) != NONE ||
         inverted_condition(a, clause);
}

/* A clause "if ..." below this predicate. */
static uint32_t condition_below(struct acts *a, uint32_t t) {
  TREE_EACH(a->d, c, t) {
    uint8_t r = a->d->tokens.deprel[c];
    if ((r == DEPREL_ADVCL || r == DEPREL_OBL || r == DEPREL_ACL) && conditional(a, c)) return c;
  }
  return NONE;
}

static void look_below(struct walk *w, uint32_t t) {
  if (w->told || w->argument) return;
  uint32_t c = condition_below(w->a, t);
  if (c != NONE && w->x->condition == NONE) w->x->condition = c;
  TREE_EACH(w->a->d, k, t) /* "otherwise it will": a condition in one word */
  if (w->a->d->tokens.deprel[k] == DEPREL_ADVMOD && is(w, k, GRAMMAR_OR) && w->x->condition == NONE)
    w->x->condition = k;
  TREE_EACH(w->a->d, k, t)
  if (w->a->d->tokens.deprel[k] == DEPREL_ADVMOD && is(w, k, GRAMMAR_HABIT)) w->x->repeated = true;
}

/* A condition of something else: nothing is told, nothing announced. */
static void through_condition(struct walk *w) {
  worsen(w, STATUS_HYPOTHETICAL);
  if (!w->told && !w->argument &&
      w->x->status == STATUS_NEGATED) /* "if he did not comply": nobody says that he did not */
    w->x->status = STATUS_HYPOTHETICAL;
  w->x->question = true;
  w->told = true;
}

static void through_advcl(struct walk *w, uint32_t c) {
  struct acts *a = w->a;
  if (conditional(a, c)) through_condition(w);
  else if (mark_in_class(a, c, GRAMMAR_WITHOUT) != NONE) worsen(w, STATUS_NEGATED);
  else if (mark_in_class(a, c, GRAMMAR_PURPOSE) != NONE) worsen(w, STATUS_HYPOTHETICAL);
  else if (word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_TO)) worsen(w, STATUS_PLANNED);
  else if (a->d->tokens.xpos[c] == XPOS_VBG && word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_PROSPECT))
    worsen(w, STATUS_HYPOTHETICAL); /* "failed to agree on lifting the ban" */
  w->told = true;
}

/* ---- frames of speech */

static bool told_as_past(struct acts *a, uint32_t t) {
  uint8_t x = a->d->tokens.xpos[t];
  if (x == XPOS_VBD) return true;
  struct clause k = clause_of(a, t);
  if (k.perfect) return true;
  TREE_EACH(a->d, c, t)
  if (deprel_universal(a->d->tokens.deprel[c]) == DEPREL_AUX && a->d->tokens.xpos[c] == XPOS_VBD) return true;
  return a->d->tokens.upos[t] == UPOS_NOUN;
}

static void apply_speech(struct walk *w, uint32_t s) {
  const struct speech *f = &w->a->speech[s];
  struct act *x = w->x;
  for (uint8_t i = 0; i < x->n_speech; i++)
    if (x->speech[i] == s) return;
  if (f->speaker_token != NONE &&
      phrase_negative(w->a, f->speaker_token)) { /* "Nobody has claimed", "Nobody believes that" */
    if (f->content != NONE && token_verbal(w->a->d, f->content)) worsen(w, STATUS_HYPOTHETICAL);
    return;
  }
  if (x->n_speech < ACT_SPEECH) x->speech[x->n_speech++] = s;
  w->under = true;
  if (f->denial) {
    if (f->speaker_token == NONE) worsen(w, STATUS_NEGATED); /* "The rumour that ... was false" */
    else if (!w->told && !w->argument) x->status = STATUS_DENIED;
    else if (!w->told) worsen(w, STATUS_DENIED);
    return;
  }
  if (f->hypothetical) worsen(w, STATUS_HYPOTHETICAL);
  if (f->rumour) {
    if (!told_as_past(w->a, x->token) || w->would || x->future) worsen(w, STATUS_HYPOTHETICAL);
    else if (!w->told) x->certainty = CERTAINTY_PROBABLE;
  }
}

static void speech_at(struct walk *w, uint32_t t) {
  for (uint32_t s = w->a->speech_of[t]; s != NONE; s = w->a->speech_next[s])
    if (w->a->speech[s].cue != w->x->token) apply_speech(w, s);
}

/* ---- governors */

static void apply_governor(struct walk *w, const struct governor *g, uint32_t head) {
  struct act *x = w->x;
  struct clause k = token_verbal(w->a->d, head) || w->a->d->tokens.upos[head] == UPOS_ADJ ? clause_of(w->a, head)
                                                                                          : (struct clause){0};
  bool negated = k.negated;
  k.negated = false;
  switch (g->effect) {
  case EFFECT_RISK: worsen(w, STATUS_HYPOTHETICAL); break;
  case EFFECT_SUPPORT:
  case EFFECT_SUFFER:
  case EFFECT_HAPPEN:
  case EFFECT_ACTUAL: k.negated = negated; break;
  case EFFECT_PERMITTED: /* leave to do it is not yet the deed */
    worsen(w, negated ? STATUS_NEGATED : STATUS_PLANNED);
    x->caused = true;
    break;
  case EFFECT_CAUSED:
    k.negated = negated;
    x->caused = true;
    break;
  case EFFECT_ATTEMPTED:
    worsen(w, STATUS_ATTEMPTED);
    k.negated = negated;
    break;
  case EFFECT_PLANNED:
    worsen(w, STATUS_PLANNED);
    k.negated = negated;
    break;
  case EFFECT_OBLIGED: /* "had to open fire" */
    if (w->a->d->tokens.xpos[head] != XPOS_VBD || k.would) x->duty = true;
    k.negated = negated;
    break;
  case EFFECT_HYPOTHETICAL: worsen(w, STATUS_HYPOTHETICAL); break;
  case EFFECT_NEGATED:
    if (!negated) worsen(w, STATUS_NEGATED);
    break;
  case EFFECT_FOILED:
    if (!negated) worsen(w, STATUS_ATTEMPTED);
    break;
  case EFFECT_AVERTED:
    if (!negated) worsen(w, STATUS_NEGATED);
    break;
  case EFFECT_ENDED:
  case EFFECT_CANCELLED:
    if (g->at.func == FUNC_GER && tree_child(w->a->d, head, DEPREL_OBJ) != NONE) { /* "stopped students marching" */
      if (!negated) worsen(w, STATUS_NEGATED);
      break;
    }
    if (!negated && !w->told && !w->argument) {
      x->ending = g->effect;
      x->ender = head;
      if (x->status != STATUS_HYPOTHETICAL) x->status = STATUS_ACTUAL;
      x->future = x->duty = w->would = false;
    }
    break;
  case EFFECT_COMMEMORATED:
    x->historical = true;
    w->told = true;
    break;
  case EFFECT_ASIDE: x->aside = true; break;
  case EFFECT_CLAIMED: /* "claimed the raid", "denied involvement in": that it took place is taken for granted */
    if (g->pos != POS_VERB) x->certainty = CERTAINTY_POSSIBLE;
    break;
  case EFFECT_FACTIVE: w->told = true; break;
  default: break;
  }
  apply_clause(w, k);
}

/* Adjectives before a noun and its determiner: "a planned raid", "no attack", "an alleged plot". */
static void noun_modifiers(struct walk *w) {
  struct acts *a = w->a;
  TREE_EACH(a->d, c, w->x->token) {
    uint8_t r = deprel_universal(a->d->tokens.deprel[c]);
    if (r == DEPREL_DET && token_is(a->g.rules, a->d, c, GRAMMAR_NO)) worsen(w, STATUS_NEGATED);
    if (r != DEPREL_AMOD && r != DEPREL_COMPOUND) continue;
    const struct governor *g = governor_at(a->g, c, (struct func_ref){.func = FUNC_HEAD});
    if (g) apply_governor(w, g, c);
  }
}

/* ---- the walk */

/* Does the act at `head` take what stands at `filler` in this slot? */
static bool slot_takes(struct acts *a, uint32_t head, uint32_t filler, enum slot s, uint32_t *act) {
  uint32_t i = a->of_token[head];
  if (i == NONE) return false;
  const struct act *h = &a->at[i];
  const struct slot_fill *f = &h->rule->slot[s];
  for (uint8_t k = 0; k < h->frame.n; k++) {
    if (h->frame.arg[k].head != filler || h->frame.arg[k].shared) continue;
    for (uint8_t c = 0; c < f->n; c++)
      if (f->from[c].func == h->frame.arg[k].func && f->from[c].prep == h->frame.arg[k].prep) return *act = i, true;
  }
  return false;
}

/* "issued a threat to bomb the dam", "There were calls from Germany for a withdrawal": what belongs to a noun hangs on the verb
 * above it. */
static bool noun_beside_takes(struct acts *a, uint32_t head, uint32_t filler, uint32_t *act) {
  const struct tokens *t = &a->d->tokens;
  struct func_ref at = func_of_child(a->g, filler);
  if (!at.func || at.func == FUNC_OBJ || at.func == FUNC_SUBJ || governor_at(a->g, head, at)) return false;
  TREE_EACH(a->d, k, head) {
    uint8_t r = t->deprel[k];
    if (k >= filler || a->of_token[k] == NONE || token_verbal(a->d, k)) continue;
    if (r != DEPREL_OBJ && r != DEPREL_NSUBJ && r != DEPREL_NSUBJ_PASS) continue;
    const struct slot_fill *f = &a->at[a->of_token[k]].rule->slot[SLOT_CONTENT];
    for (uint8_t c = 0; c < f->n; c++)
      if (f->from[c].func == at.func && f->from[c].prep == at.prep) return *act = a->of_token[k], true;
  }
  return false;
}

/* Is the filler a word for what is said, whose words a denial above takes up: "rejected claims that"? */
static bool denied_report(const struct walk *w, uint32_t head, uint32_t filler) {
  const struct act *x = w->x;
  bool report = false, denial = false;
  if (x->status != STATUS_DENIED) return false;
  for (uint8_t k = 0; k < x->n_speech; k++) {
    const struct speech *f = &w->a->speech[x->speech[k]];
    report |= f->cue == filler;
    denial |= f->cue == head && f->denial;
  }
  return report && denial;
}

/* Is the clause what a cue right above it says: "reports that ..", "is said to have .."? */
static bool said_by(const struct acts *a, uint32_t clause, uint32_t cue) {
  for (uint32_t s = a->speech_of[clause]; s != NONE; s = a->speech_next[s])
    if (a->speech[s].cue == cue) return true;
  return false;
}

/* A speech act takes the act as its content; true ends the walk. */
static bool taken_as_content(struct walk *w, uint32_t head, uint32_t filler) {
  struct act *x = w->x;
  uint32_t i;
  if (w->told || denied_report(w, head, filler)) return false;
  if (!slot_takes(w->a, head, filler, SLOT_CONTENT, &i) && !noun_beside_takes(w->a, head, filler, &i)) {
    if (slot_takes(w->a, head, filler, SLOT_CLAIM, &i)) {
      if (x->claimer == NONE && !w->argument) x->claimer = i;
    } else if (slot_takes(w->a, head, filler, SLOT_TOPIC, &i)) x->aside |= !w->argument;
    return false;
  }
  bool promised =
      ontology_quad(w->a->g.rules->ontology, w->a->at[i].type) == 1; /* "pledged 200 million dollars in aid" */
  if (w->argument && !(promised && !definite(w->a, x->token))) {
    if (!definite(w->a, x->token)) x->doubtful_noun = true;
    return false;
  }
  x->holder = i;
  return true;
}

static bool nominal_link(uint8_t rel) {
  switch (deprel_universal(rel)) {
  case DEPREL_NSUBJ:
  case DEPREL_OBJ:
  case DEPREL_IOBJ:
  case DEPREL_OBL:
  case DEPREL_NMOD:
  case DEPREL_APPOS:
  case DEPREL_COMPOUND:
  case DEPREL_AMOD: return true;
  default: return false;
  }
}

/* One step up; false at the top or where the walk ends. */
static bool step(struct walk *w) {
  struct acts *a = w->a;
  const struct tokens *t = &a->d->tokens;
  uint32_t c = w->at, h = t->head[c];
  speech_at(w, c);
  if (h == NONE) return false;
  uint8_t rel = t->deprel[c];
  if (rel == DEPREL_CONJ) {
    w->at = h;
    return true;
  }
  uint32_t noun = noun_of_infinitive(a->g, c);
  if (noun != NONE) {
    apply_governor(w, governor_at(a->g, noun, (struct func_ref){.func = FUNC_INF}), noun);
    w->at = noun;
    return true;
  }
  if (taken_as_content(w, h, c)) return false;
  if (rel == DEPREL_ACL && t->head[h] != NONE && taken_as_content(w, t->head[h], c))
    return false; /* "gave 48 hours to leave" */
  const struct governor *g = governor_above(a->g, c);
  if (g) apply_governor(w, g, h);
  else if (rel == DEPREL_CCOMP && token_is(a->g.rules, a->d, h, GRAMMAR_CONDITION))
    through_condition(w); /* "provided that" */
  else if (rel == DEPREL_ACL_RELCL) w->told = true;
  else if (rel == DEPREL_ADVCL) through_advcl(w, c);
  else if (rel == DEPREL_ACL) {
    if (word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_TO)) worsen(w, STATUS_HYPOTHETICAL);
    else if (!said_by(a, c, h)) w->told = true;
  } else if (rel == DEPREL_XCOMP && word_is(a->g.rules, marker_of(a->d, c), GRAMMAR_TO)) {
    if (!said_by(a, c, h)) worsen(w, STATUS_HYPOTHETICAL);
  } else if (rel == DEPREL_CCOMP && mark_in_class(a, c, GRAMMAR_WHETHER) != NONE) worsen(w, STATUS_HYPOTHETICAL);
  else if (deprel_universal(rel) == DEPREL_CSUBJ && mark_in_class(a, c, GRAMMAR_WHETHER) != NONE) {
    worsen(w, STATUS_HYPOTHETICAL);
    w->x->question = true;
  } else if (nominal_link(rel)) {
    w->argument = true;
    if (token_verbal(a->d, h)) apply_clause(w, clause_of(a, h));
  }
  w->at = h;
  if (rel != DEPREL_ADVCL && rel != DEPREL_ACL_RELCL) look_below(w, h);
  return true;
}

static bool asked(struct acts *a, uint32_t token) {
  const struct sentence *s = &a->d->sentences.at[a->d->tokens.sentence[token]];
  if (s->flags & SENTENCE_QUESTION) return true;
  return s->n && str_is(token_text(a->d, s->first + s->n - 1), "?");
}

/* "would" is a report of an announcement under speech, a counterfactual with "have", a mere possibility elsewhere. */
static void settle_would(struct walk *w) {
  struct act *x = w->x;
  if (!w->would) return;
  if (w->perfect) {
    if (rank(x->status) < rank(STATUS_NEGATED)) x->status = STATUS_NEGATED;
  } else if (w->under || x->holder != NONE) x->future = true;
  else if (rank(x->status) < rank(STATUS_HYPOTHETICAL)) x->status = STATUS_HYPOTHETICAL;
}

/* "Leave the town by noon": a bare verb with nobody to do it. */
bool act_imperative(struct acts *a, uint32_t v) {
  const struct tokens *t = &a->d->tokens;
  for (int i = 0; i < 4 && t->deprel[v] == DEPREL_CONJ && token_verbal(a->d, t->head[v]); i++) {
    if (child_in_class(a->g, v, GRAMMAR_OR) != NONE) return false; /* "or be shelled" is what follows */
    v = t->head[v];
  }
  uint8_t rel = t->deprel[v];
  if (t->upos[v] != UPOS_VERB || (t->xpos[v] != XPOS_VB && t->xpos[v] != XPOS_VBP)) return false;
  if (t->head[v] != NONE && rel != DEPREL_CCOMP && rel != DEPREL_PARATAXIS) return false;
  TREE_EACH(a->d, c, v) {
    uint8_t r = deprel_universal(t->deprel[c]);
    if (r == DEPREL_NSUBJ || r == DEPREL_CSUBJ || r == DEPREL_MARK || r == DEPREL_EXPL) return false;
    if (r == DEPREL_AUX && !token_is(a->g.rules, a->d, c, GRAMMAR_DO)) return false;
    if (c < v && t->upos[c] != UPOS_ADV && t->upos[c] != UPOS_PUNCT && t->upos[c] != UPOS_AUX &&
        t->upos[c] != UPOS_PART && t->upos[c] != UPOS_INTJ)
      return false;
  }
  return true;
}

/* A row for what is denied stands for the denial; none of its own for "rejected the claims". */
static void drop_denial(struct acts *a, const struct act *x) {
  if (x->status != STATUS_DENIED || x->holder != NONE) return;
  for (uint8_t k = 0; k < x->n_speech; k++) {
    const struct speech *f = &a->speech[x->speech[k]];
    uint32_t i = a->of_token[f->cue];
    if (!f->denial || i == NONE || &a->at[i] == x) continue;
    a->at[i].drop = true;
    a->at[i].why = "a denial: the act denied is the row";
  }
}

void act_standing(struct acts *a, uint32_t i) {
  struct act *x = &a->at[i];
  struct walk w = {.a = a, .x = x, .at = x->token};
  if (token_verbal(a->d, x->token) || tree_child(a->d, x->token, DEPREL_COP) != NONE)
    apply_clause(&w, clause_of(a, x->token));
  if (!token_verbal(a->d, x->token)) noun_modifiers(&w);
  else if (a->d->tokens.deprel[x->token] == DEPREL_AMOD) w.argument = true; /* "captured soldiers" */
  look_below(&w, x->token);
  for (int n = 0; n < STEPS && step(&w); n++)
    ;
  settle_would(&w);
  drop_denial(a, x);
  if (x->holder == NONE && !(x->flags & RULE_BY_SPEAKER) && act_imperative(a, x->token) && !w.told) x->duty = true;
  if (a->d->tokens.deprel[x->token] == DEPREL_CONJ && child_in_class(a->g, x->token, GRAMMAR_OR) != NONE &&
      act_imperative(a, a->d->tokens.head[x->token])) { /* "Leave or be shelled" */
    x->question = true;
    if (rank(x->status) < rank(STATUS_HYPOTHETICAL)) x->status = STATUS_HYPOTHETICAL;
  }
  if (asked(a, x->token) && !w.told && !w.argument) {
    x->question = true;
    if (rank(x->status) < rank(STATUS_HYPOTHETICAL)) x->status = STATUS_HYPOTHETICAL;
  }
}
