/* frame.c - grammatical functions from Universal Dependencies. The only file of the stage that knows how UD writes voice,
 * control and relative clauses. */
#include "event/frame.h"

enum { CLIMB = 8 }; /* how far an argument is looked for above a word */

bool token_verbal(const struct doc *d, uint32_t t) {
  if (d->tokens.upos[t] == UPOS_VERB) return true;
  uint8_t x = d->tokens.xpos[t];
  return d->tokens.upos[t] == UPOS_ADJ && (x == XPOS_VBN || x == XPOS_VBG);
}

static uint32_t child_rel(const struct doc *d, uint32_t head, uint8_t rel) { return tree_child(d, head, rel); }

sym marker_of(const struct doc *d, uint32_t t) {
  TREE_EACH(d, c, t) {
    uint8_t r = d->tokens.deprel[c];
    if (r == DEPREL_CASE || r == DEPREL_MARK) return d->tokens.norm[c];
    if (c > t) break;
  }
  return SYM_NONE;
}

uint32_t child_in_class(struct grammar g, uint32_t head, enum grammar_class c) {
  TREE_EACH(g.doc, k, head)
  if (token_is(g.rules, g.doc, k, c)) return k;
  return NONE;
}

bool has_particle(struct grammar g, uint32_t verb, sym particle) {
  const struct tokens *t = &g.doc->tokens;
  TREE_EACH(g.doc, c, verb) {
    uint8_t r = t->deprel[c];
    if (t->norm[c] == particle &&
        (r == DEPREL_COMPOUND_PRT || r == DEPREL_ADVMOD || r == DEPREL_MARK || r == DEPREL_OBL || r == DEPREL_CASE))
      return true;
  }
  return false;
}

/* A participle without auxiliary or subject of its own; one with a particle or an object behind its clause's verb is a past tense:
 * "He fought the army, linked up with the militia, ...". */
static bool bare_participle(const struct doc *d, uint32_t v) {
  uint32_t h = d->tokens.head[v];
  bool behind = d->tokens.deprel[v] == DEPREL_ADVCL && h != NONE && h < v && d->tokens.xpos[h] == XPOS_VBD;
  if (behind && (child_rel(d, v, DEPREL_OBJ) != NONE || child_rel(d, v, DEPREL_COMPOUND_PRT) != NONE) &&
      child_rel(d, v, DEPREL_OBL_AGENT) == NONE)
    return false;
  return d->tokens.xpos[v] == XPOS_VBN && child_rel(d, v, DEPREL_AUX) == NONE &&
         tree_child_universal(d, v, DEPREL_NSUBJ) == NONE;
}

bool verb_passive(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  for (int i = 0; i < CLIMB; i++) {
    if (child_rel(g.doc, v, DEPREL_AUX_PASS) != NONE || child_rel(g.doc, v, DEPREL_NSUBJ_PASS) != NONE) return true;
    if (!bare_participle(g.doc, v)) return false;
    uint8_t r = t->deprel[v];
    if (r == DEPREL_ACL || r == DEPREL_AMOD || r == DEPREL_XCOMP || r == DEPREL_ADVCL) return true;
    if (r != DEPREL_CONJ) return false;
    v = t->head[v];
    if (!token_verbal(g.doc, v)) return false;
  }
  return false;
}

/* The noun that a relative pronoun stands for; any other word stands for itself. */
static uint32_t antecedent(struct grammar g, uint32_t arg, uint32_t verb) {
  const struct tokens *t = &g.doc->tokens;
  if (arg == NONE || !token_is(g.rules, g.doc, arg, GRAMMAR_RELATIVE)) return arg;
  if (t->upos[arg] != UPOS_PRON && t->upos[arg] != UPOS_DET && t->upos[arg] != UPOS_SCONJ) return arg;
  for (int i = 0; i < CLIMB && verb != NONE; i++, verb = t->head[verb])
    if (t->deprel[verb] == DEPREL_ACL_RELCL || t->deprel[verb] == DEPREL_ACL) return t->head[verb];
  return arg;
}

static uint32_t own_subject(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t s = tree_child_universal(g.doc, v, DEPREL_NSUBJ);
  if (s == NONE &&
      token_verbal(g.doc, v)) /* a subject that the parser took for part of a compound: "Did Turkey shell" */
    TREE_EACH(g.doc, c, v)
  if (c < v && t->deprel[c] == DEPREL_COMPOUND && t->mention[c] != NONE) return c;
  return antecedent(g, s, v);
}

static uint32_t own_object(struct grammar g, uint32_t v) { return antecedent(g, child_rel(g.doc, v, DEPREL_OBJ), v); }

static uint32_t syntactic_subject(struct grammar g, uint32_t v, int depth);

/* Phrase that some verbs give control to: "called on the cabinet to resign". */
static uint32_t oblique_controller(struct grammar g, uint32_t v) {
  TREE_EACH(g.doc, c, v)
  if (deprel_universal(g.doc->tokens.deprel[c]) == DEPREL_OBL && g.doc->tokens.mention[c] != NONE &&
      word_is(g.rules, marker_of(g.doc, c), GRAMMAR_CONTROL_PREP))
    return c;
  return NONE;
}

/* Who does what the infinitive or gerund below `v` says. */
static uint32_t controller(struct grammar g, uint32_t v, int depth) {
  bool by_subject = token_is(g.rules, g.doc, v, GRAMMAR_SUBJECT_CONTROL);
  if (verb_passive(g, v) || by_subject) return syntactic_subject(g, v, depth + 1);
  uint32_t iobj = child_rel(g.doc, v, DEPREL_IOBJ), obj = own_object(g, v);
  if (iobj != NONE) return iobj;
  if (token_is(g.rules, g.doc, obj, GRAMMAR_REFLEXIVE)) return syntactic_subject(g, v, depth + 1);
  if (obj != NONE && g.doc->tokens.timex[obj] == NONE) return obj;
  uint32_t phrase = oblique_controller(g, v);
  return phrase != NONE ? phrase : syntactic_subject(g, v, depth + 1);
}

/* Does the object of `up`, not its subject, do what the clause of `v` says: "accused them of", "arrested them for killing"? */
static bool object_acts(struct grammar g, uint32_t up, uint32_t v) {
  if (token_is(g.rules, g.doc, up, GRAMMAR_OBJECT_CONTROL)) return true;
  return token_is(g.rules, g.doc, up, GRAMMAR_GERUND_CONTROL) &&
         word_is(g.rules, marker_of(g.doc, v), GRAMMAR_BLAME_PREP);
}

/* Is what the noun speaks of brought to light or to nothing by its verb, and so no act of the verb's subject: "foiled a plot to"? */
static bool others_doing(struct grammar g, uint32_t noun) {
  const struct governor *v = governor_above(g, noun);
  return v && (v->effect == EFFECT_FOILED || v->effect == EFFECT_AVERTED || v->effect == EFFECT_FACTIVE);
}

/* "accused two officers of murdering", "was accused by prosecutors of having abducted": the gerund was hung on the noun before it. */
static bool gerund_of_verb(struct grammar g, uint32_t gerund) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t noun = t->head[gerund], up = noun == NONE ? NONE : t->head[noun];
  bool ing = t->xpos[gerund] == XPOS_VBG;
  TREE_EACH(g.doc, c, gerund)
  if (t->deprel[c] == DEPREL_AUX && t->xpos[c] == XPOS_VBG) ing = true; /* "of having abducted" */
  if (up == NONE || t->deprel[gerund] != DEPREL_ACL || !ing || gerund < noun) return false;
  return token_verbal(g.doc, up) && marker_of(g.doc, gerund) && object_acts(g, up, gerund);
}

/* Who does what an infinitive or gerund after a noun says: "Morvia's plan to", "gave Ketland 48 hours to". */
static uint32_t noun_controller(struct grammar g, uint32_t noun, int depth) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t poss = child_rel(g.doc, noun, DEPREL_NMOD_POSS), up = t->head[noun];
  if (poss != NONE) return poss;
  TREE_EACH(g.doc, c, noun) /* "a plan by extremists to storm", "the attempt of the rebels to" */
  if (t->deprel[c] == DEPREL_NMOD && c > noun && t->mention[c] != NONE &&
      (word_is(g.rules, marker_of(g.doc, c), GRAMMAR_BY) || word_is(g.rules, marker_of(g.doc, c), GRAMMAR_OF) ||
       word_is(g.rules, marker_of(g.doc, c), GRAMMAR_FROM)))
    return c;
  TREE_EACH(g.doc, c, noun) /* "US plan to", and a verb that was tagged a noun: "Kenya plans to" */
  if (c < noun && t->deprel[c] == DEPREL_COMPOUND && t->mention[c] != NONE) return c;
  if (up == NONE || !token_verbal(g.doc, up)) return NONE;
  if (t->timex[noun] != NONE) return controller(g, up, depth + 1);
  if (others_doing(g, noun)) return NONE;
  if (t->deprel[noun] == DEPREL_OBJ || t->deprel[noun] == DEPREL_OBL) return syntactic_subject(g, up, depth + 1);
  return NONE;
}

uint32_t noun_of_infinitive(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t h = t->head[v];
  uint8_t rel = t->deprel[v];
  if (h == NONE || h > v || (rel != DEPREL_ADVCL && rel != DEPREL_XCOMP)) return NONE;
  if (!word_is(g.rules, marker_of(g.doc, v), GRAMMAR_TO)) return NONE;
  TREE_EACH(g.doc, k, h) {
    uint8_t r = deprel_universal(t->deprel[k]);
    if (r != DEPREL_OBJ && r != DEPREL_OBL && r != DEPREL_NSUBJ) continue;
    if (k > h && t->right[k] + 1 == t->left[v] && governor_at(g, k, (struct func_ref){.func = FUNC_INF})) return k;
  }
  return NONE;
}

/* The subject as the grammar has it: of a passive, the one acted on. */
static uint32_t syntactic_subject(struct grammar g, uint32_t v, int depth) {
  const struct tokens *t = &g.doc->tokens;
  if (v == NONE || depth > CLIMB) return NONE;
  uint32_t own = own_subject(g, v), h = t->head[v];
  if (own != NONE || h == NONE) return own;
  uint32_t noun = noun_of_infinitive(g, v);
  if (noun != NONE) return noun_controller(g, noun, depth);
  switch (t->deprel[v]) {
  case DEPREL_CONJ: return syntactic_subject(g, h, depth + 1);
  case DEPREL_XCOMP: return controller(g, h, depth);
  case DEPREL_CCOMP:
    return token_is(g.rules, g.doc, h, GRAMMAR_OBJECT_CONTROL) ? controller(g, h, depth)
                                                               : syntactic_subject(g, h, depth + 1);
  case DEPREL_ADVCL:
    while (h != NONE && !token_verbal(g.doc, h) && tree_child_universal(g.doc, h, DEPREL_NSUBJ) == NONE) h = t->head[h];
    if (h == NONE) return NONE;
    return object_acts(g, h, v) ? controller(g, h, depth) : syntactic_subject(g, h, depth + 1);
  case DEPREL_ACL_RELCL: return h;
  case DEPREL_ACL:
    if (gerund_of_verb(g, v)) return controller(g, t->head[h], depth + 1);
    return t->xpos[v] == XPOS_VBN || (t->xpos[v] == XPOS_VBG && !marker_of(g.doc, v)) ? h
                                                                                      : noun_controller(g, h, depth);
  case DEPREL_AMOD: return h;
  default: return NONE;
  }
}

static uint32_t agent_of(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  TREE_EACH(g.doc, c, v) {
    if (t->deprel[c] == DEPREL_OBL_AGENT) return c;
    if (t->deprel[c] == DEPREL_OBL && word_is(g.rules, marker_of(g.doc, c), GRAMMAR_BY) && t->timex[c] == NONE)
      return c;
  }
  if (t->deprel[v] == DEPREL_CONJ &&
      verb_passive(g, t->head[v])) { /* "was seized and burned by": on the last verb only */
    TREE_EACH(g.doc, c, t->head[v])
    if (t->deprel[c] == DEPREL_OBL_AGENT && c > v) return c;
  }
  return NONE;
}

uint32_t subject_of(struct grammar g, uint32_t v) {
  return verb_passive(g, v) ? agent_of(g, v) : syntactic_subject(g, v, 0);
}

/* The object that coordinated verbs share: "attacked and burned the village", whichever of them it hangs on. */
static uint32_t shared_object(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  if (t->deprel[v] == DEPREL_CONJ && token_verbal(g.doc, t->head[v])) {
    uint32_t o = child_rel(g.doc, t->head[v], DEPREL_OBJ);
    return o != NONE && o > v ? o : NONE;
  }
  TREE_EACH(g.doc, c, v)
  if (t->deprel[c] == DEPREL_CONJ && c > v && c - v <= 2 && token_verbal(g.doc, c))
    return child_rel(g.doc, c, DEPREL_OBJ);
  return NONE;
}

uint32_t object_of(struct grammar g, uint32_t v) {
  const struct tokens *t = &g.doc->tokens;
  if (verb_passive(g, v)) return syntactic_subject(g, v, 0);
  uint32_t o = own_object(g, v);
  if (o != NONE) return o;
  if (t->deprel[v] == DEPREL_ACL_RELCL && own_subject(g, v) != t->head[v] &&
      own_subject(g, v) != NONE) { /* "the port it shelled" */
    bool stranded = false;
    TREE_EACH(g.doc, c, v)
    if (deprel_universal(t->deprel[c]) == DEPREL_OBL && token_is(g.rules, g.doc, c, GRAMMAR_RELATIVE)) stranded = true;
    if (!stranded && child_rel(g.doc, v, DEPREL_CCOMP) == NONE && child_rel(g.doc, v, DEPREL_XCOMP) == NONE)
      return t->head[v];
  }
  return shared_object(g, v);
}

static struct func_ref prep_ref(sym prep) {
  return (struct func_ref){.func = prep ? FUNC_PREP : FUNC_NONE, .prep = prep};
}

/* Infinitive, gerund, clause or predicate. */
static struct func_ref clausal(struct grammar g, uint32_t c) {
  const struct tokens *t = &g.doc->tokens;
  sym mark = marker_of(g.doc, c);
  uint8_t rel = t->deprel[c];
  bool gerund = t->xpos[c] == XPOS_VBG && tree_child(g.doc, c, DEPREL_AUX) == NONE; /* "return to bombing" */
  if (word_is(g.rules, mark, GRAMMAR_TO) && gerund) return prep_ref(mark);
  if (word_is(g.rules, mark, GRAMMAR_TO)) return (struct func_ref){.func = FUNC_INF};
  if (rel == DEPREL_XCOMP) {
    if (t->upos[c] != UPOS_VERB || t->xpos[c] == XPOS_VBN) return (struct func_ref){.func = FUNC_PRED};
    return (struct func_ref){.func = t->xpos[c] == XPOS_VBG ? FUNC_GER : FUNC_INF};
  }
  if (rel == DEPREL_ADVCL && (word_is(g.rules, mark, GRAMMAR_UNLESS) || word_is(g.rules, mark, GRAMMAR_CONDITION)))
    return prep_ref(mark);
  if (rel == DEPREL_ADVCL && !mark && t->xpos[c] == XPOS_VBG && c == t->head[c] + 1) /* "discussed deporting them" */
    return (struct func_ref){.func = FUNC_GER};
  bool finite = t->xpos[c] != XPOS_VBG || tree_child_universal(g.doc, c, DEPREL_NSUBJ) != NONE;
  if (rel == DEPREL_CCOMP) return (struct func_ref){.func = finite ? FUNC_THAT : FUNC_GER};
  if (!finite && mark) return prep_ref(mark);                                           /* "accused of shelling" */
  if (rel == DEPREL_ACL && finite && mark) return (struct func_ref){.func = FUNC_THAT}; /* "reports that" */
  return (struct func_ref){.func = FUNC_NONE};
}

/* "gave the governor of Kassala 72 hours": a length of time with no preposition of its own, beside an indirect object. */
static bool given_time(const struct doc *d, uint32_t verb, uint32_t c) {
  uint32_t m = d->tokens.timex[c];
  if (m == NONE || tree_child(d, verb, DEPREL_IOBJ) == NONE || d->times.at[m].type != TIMEX_DURATION) return false;
  uint32_t first = d->times.at[m].first;
  return first && d->tokens.upos[first - 1] != UPOS_ADP && d->tokens.upos[first - 1] != UPOS_SCONJ;
}

struct func_ref func_of_child(struct grammar g, uint32_t c) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t h = t->head[c];
  if (h == NONE) return (struct func_ref){.func = FUNC_NONE};
#define REF(f) ((struct func_ref){.func = f})
  switch (t->deprel[c]) {
  case DEPREL_NSUBJ_PASS: return REF(FUNC_OBJ);
  case DEPREL_NSUBJ:
  case DEPREL_CSUBJ: /* "fighting between the two went on" */
  case DEPREL_NSUBJ_OUTER: return REF(verb_passive(g, h) ? FUNC_OBJ : FUNC_SUBJ);
  case DEPREL_OBJ: return REF(FUNC_OBJ);
  case DEPREL_IOBJ: return REF(FUNC_IOBJ);
  case DEPREL_OBL_AGENT: return REF(FUNC_SUBJ);
  case DEPREL_OBL:
  case DEPREL_OBL_NPMOD:
  case DEPREL_OBL_UNMARKED: {
    sym p = marker_of(g.doc, c);
    if (word_is(g.rules, p, GRAMMAR_BY) && t->timex[c] == NONE && verb_passive(g, h)) return REF(FUNC_SUBJ);
    if (given_time(g.doc, h, c)) return REF(FUNC_OBJ);
    if (!p && t->deprel[c] != DEPREL_OBL && t->timex[c] == NONE && child_rel(g.doc, h, DEPREL_OBJ) == NONE)
      return REF(FUNC_OBJ); /* "looked the other way" */
    return prep_ref(p);
  }
  case DEPREL_NMOD: return prep_ref(marker_of(g.doc, c));
  case DEPREL_NMOD_POSS: return REF(FUNC_POSS);
  case DEPREL_COMPOUND:
  case DEPREL_AMOD: return REF(FUNC_COMP);
  case DEPREL_XCOMP:
  case DEPREL_CCOMP:
  case DEPREL_ADVCL:
  case DEPREL_ACL: return clausal(g, c);
  default: return REF(FUNC_NONE);
  }
#undef REF
}

uint32_t child_at(struct grammar g, uint32_t head, struct func_ref at, uint32_t last) {
  bool passed = last == NONE;
  TREE_EACH(g.doc, c, head) {
    struct func_ref k = func_of_child(g, c);
    if (passed && k.func == at.below && k.prep == at.below_prep) return c;
    passed |= c == last;
  }
  return NONE;
}

static const struct governor *governor_of_word(struct grammar g, uint32_t h, sym word, uint8_t pos, struct func_ref at,
                                               bool fates) {
  const struct word_entry *w = rules_word(g.rules, word);
  for (uint32_t i = w->first_governor; i < w[1].first_governor; i++) {
    const struct governor *v = &g.rules->governor[i];
    if (v->pos != pos || v->at.func != at.func || v->at.prep != at.prep || (v->effect >= EFFECT_FATES) != fates)
      continue;
    if (v->particle && !has_particle(g, h, v->particle)) continue;
    return v;
  }
  return NULL;
}

const struct governor *governor_at(struct grammar g, uint32_t h, struct func_ref at) {
  const struct tokens *t = &g.doc->tokens;
  if (at.func == FUNC_HEAD) { /* "attempted", "planned", "alleged" before a noun, whatever they were tagged */
    const struct governor *v = governor_of_word(g, h, t->norm[h], POS_ADJ, at, false);
    return v ? v : governor_of_word(g, h, t->lemma[h], POS_ADJ, at, false);
  }
  uint8_t pos = token_verbal(g.doc, h) ? POS_VERB : t->upos[h] == UPOS_ADJ ? POS_ADJ : POS_NOUN;
  if (t->upos[h] == UPOS_AUX) pos = POS_VERB;
  return governor_of_word(g, h, t->lemma[h], pos, at, false);
}

const struct governor *fate_above(struct grammar g, uint32_t c) {
  uint32_t h = g.doc->tokens.head[c];
  struct func_ref at = func_of_child(g, c);
  if (h == NONE || !at.func) return NULL;
  uint8_t pos = token_verbal(g.doc, h) ? POS_VERB : POS_NOUN;
  return governor_of_word(g, h, g.doc->tokens.lemma[h], pos, at, true);
}

const struct governor *governor_above(struct grammar g, uint32_t c) {
  uint32_t h = g.doc->tokens.head[c];
  if (h == NONE) return NULL;
  struct func_ref at = func_of_child(g, c);
  return at.func ? governor_at(g, h, at) : NULL;
}

/* ---- building */

static void push(struct frame *f, uint8_t func, sym prep, uint32_t head, bool shared) {
  if (head == NONE || f->n == FRAME_ARGS || head == f->token) return;
  for (uint8_t i = 0; i < f->n; i++)
    if (f->arg[i].head == head) return;
  f->arg[f->n++] = (struct arg){head, prep, func, shared};
}

uint8_t frame_find(const struct frame *f, struct func_ref at, uint8_t from) {
  for (uint8_t i = from; i < f->n; i++)
    if (f->arg[i].func == at.func && f->arg[i].prep == at.prep) return i;
  return f->n;
}

static bool frame_has(const struct frame *f, uint8_t func) {
  return frame_find(f, (struct func_ref){.func = func}, 0) < f->n;
}

/* "gave the governor of Kassala 72 hours": the time was read as what "of" takes. The one given to becomes the indirect object. */
static void part_given_time(struct grammar g, struct frame *f) {
  const struct tokens *t = &g.doc->tokens;
  uint8_t i = frame_find(f, (struct func_ref){.func = FUNC_OBJ}, 0);
  if (i >= f->n || t->timex[f->arg[i].head] != NONE || frame_has(f, FUNC_IOBJ)) return;
  TREE_EACH(g.doc, c, f->arg[i].head) {
    uint32_t m = t->timex[c];
    if (t->deprel[c] != DEPREL_NMOD || c < f->arg[i].head || m == NONE) continue;
    const struct timex *x = &g.doc->times.at[m];
    uint8_t before = x->first ? t->upos[x->first - 1] : UPOS_ADP;
    if (x->type != TIMEX_DURATION || (before != UPOS_NOUN && before != UPOS_PROPN)) continue;
    f->arg[i].func = FUNC_IOBJ;
    push(f, FUNC_OBJ, SYM_NONE, c, false);
    return;
  }
}

/* Dependents as they stand, relative pronouns resolved. */
static void push_children(struct grammar g, uint32_t from, struct frame *f, bool shared, bool phrases_only) {
  TREE_EACH(g.doc, c, from) {
    struct func_ref at = func_of_child(g, c);
    if (!at.func || (phrases_only && at.func != FUNC_PREP)) continue;
    push(f, at.func, at.prep, antecedent(g, c, from), shared);
  }
}

/* Phrases that hang on a phrase, or on the object, where the parser may be wrong or English leaves it open: "an offer of mediation
 * from Ketland", "a visit by the minister to Dalen". They come last, so that a slot prefers the word's own. */
static void push_nested(struct grammar g, struct frame *f) {
  const struct tokens *t = &g.doc->tokens;
  for (uint8_t i = 0, n = f->n; i < n; i++) {
    uint32_t h = f->arg[i].head;
    TREE_EACH(g.doc, c, h)
    if (t->head[h] == f->token && gerund_of_verb(g, c)) push(f, FUNC_PREP, marker_of(g.doc, c), c, false);
    if ((f->arg[i].func != FUNC_OBJ && f->arg[i].func != FUNC_PREP) || h < f->token || t->head[h] == NONE) continue;
    if (f->arg[i].func == FUNC_OBJ && t->mention[h] != NONE && !token_is(g.rules, g.doc, h, GRAMMAR_GROUPING)) continue;
    TREE_EACH(g.doc, c, h) {
      if (t->deprel[c] != DEPREL_NMOD || c < h) continue;
      sym p = marker_of(g.doc, c);
      if (!word_is(g.rules, p, GRAMMAR_OF) || f->arg[i].func == FUNC_OBJ) push(f, FUNC_PREP, p, c, true);
      TREE_EACH(g.doc, k, c)
      if (t->deprel[k] == DEPREL_NMOD && k > c && !word_is(g.rules, marker_of(g.doc, k), GRAMMAR_OF))
        push(f, FUNC_PREP, marker_of(g.doc, k), k, true);
    }
  }
}

/* "gave the Front 48 hours to leave": the infinitive may hang on the object. */
static void push_infinitive_of_object(struct grammar g, struct frame *f) {
  if (frame_has(f, FUNC_INF)) return;
  for (uint8_t i = 0, n = f->n; i < n; i++) {
    if (f->arg[i].func != FUNC_OBJ && f->arg[i].func != FUNC_IOBJ && g.doc->tokens.timex[f->arg[i].head] == NONE)
      continue;
    TREE_EACH(g.doc, c, f->arg[i].head)
    if (g.doc->tokens.deprel[c] == DEPREL_ACL && func_of_child(g, c).func == FUNC_INF)
      push(f, FUNC_INF, SYM_NONE, c, false);
  }
}

static void verb_frame(struct grammar g, struct frame *f) {
  uint32_t v = f->token;
  const struct tokens *t = &g.doc->tokens;
  f->passive = verb_passive(g, v);
  uint32_t subject = subject_of(g, v), object = object_of(g, v);
  bool own = subject != NONE && t->head[subject] == v;
  if (f->passive && child_rel(g.doc, v, DEPREL_OBJ) != NONE) /* "was given a week": the subject is the one given to */
    push(f, FUNC_IOBJ, SYM_NONE, object, false), object = NONE;
  push(f, FUNC_SUBJ, SYM_NONE, subject, !own);
  push(f, FUNC_OBJ, SYM_NONE, object, false);
  push_children(g, v, f, false, false);
  push_infinitive_of_object(g, f);
  part_given_time(g, f);
  for (uint8_t i = 0; i < f->n && !frame_has(f, FUNC_OBJ); i++) /* "told the company to pay": the one told */
    if (f->arg[i].func == FUNC_IOBJ && t->timex[f->arg[i].head] == NONE) f->arg[i].func = FUNC_OBJ;
  for (uint8_t i = 0, n = f->n; i < n; i++) /* "gave Morvia 48 hours" with the name read as part of the time */
    if (f->arg[i].func == FUNC_OBJ && t->timex[f->arg[i].head] != NONE) TREE_EACH(g.doc, c, f->arg[i].head)
  if (t->deprel[c] == DEPREL_COMPOUND && t->mention[c] != NONE) push(f, FUNC_IOBJ, SYM_NONE, c, false);
  push_nested(g, f);
  if (t->deprel[v] == DEPREL_CONJ && token_verbal(g.doc, t->head[v])) { /* "bombed and shelled ... in Dalen" */
    TREE_EACH(g.doc, c, t->head[v])
    if (c > v && func_of_child(g, c).func == FUNC_PREP) push(f, FUNC_PREP, marker_of(g.doc, c), c, true);
  }
}

/* Does this effect make the governor's subject the one who does the act? */
static bool hands_down(uint8_t effect) {
  switch (effect) {
  case EFFECT_SUPPORT:
  case EFFECT_ACTUAL:
  case EFFECT_OBLIGED:
  case EFFECT_ATTEMPTED:
  case EFFECT_PLANNED:
  case EFFECT_NEGATED:
  case EFFECT_HYPOTHETICAL:
  case EFFECT_CLAIMED:
  case EFFECT_ENDED:
  case EFFECT_CANCELLED: return true;
  default: return false;
  }
}

/* Whose part in an act a noun above it tells: "claimed responsibility for the raid", "its role in the killing". */
static uint32_t claimant(struct grammar g, uint32_t noun) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t poss = child_rel(g.doc, noun, DEPREL_NMOD_POSS), up = t->head[noun];
  if (poss != NONE) return poss;
  if (up == NONE || !token_verbal(g.doc, up) || t->deprel[noun] != DEPREL_OBJ) return NONE;
  return child_in_class(g, up, GRAMMAR_NEGATOR) == NONE ? subject_of(g, up) : NONE;
}

/* A noun under a light verb has the verb's subject and phrases. */
static void push_from_light_verb(struct grammar g, uint32_t noun, struct frame *f) {
  const struct governor *v = governor_above(g, noun);
  uint32_t up = g.doc->tokens.head[noun];
  if (v && (v->effect == EFFECT_SUFFER || v->effect == EFFECT_RISK) && token_verbal(g.doc, up)) {
    push(f, FUNC_OBJ, SYM_NONE, syntactic_subject(g, up, 0), true);
    push_children(g, up, f, true, true);
    return;
  }
  if (!v || !hands_down(v->effect) || v->at.func == FUNC_SUBJ) {
    if (v && v->effect == EFFECT_HAPPEN) push_children(g, up, f, true, true);
    return;
  }
  if (token_verbal(g.doc, up)) push(f, FUNC_SUBJ, SYM_NONE, subject_of(g, up), true);
  else if (v->effect == EFFECT_CLAIMED) push(f, FUNC_SUBJ, SYM_NONE, claimant(g, up), true);
  push_children(g, up, f, true, true);
}

/* "the attack carried out by", "the raid which the Front staged". */
static void push_from_participle(struct grammar g, uint32_t noun, struct frame *f) {
  TREE_EACH(g.doc, c, noun) {
    uint8_t rel = g.doc->tokens.deprel[c];
    if (rel != DEPREL_ACL && rel != DEPREL_ACL_RELCL) continue;
    if (object_of(g, c) != noun) continue;
    const struct governor *v = governor_at(g, c, (struct func_ref){.func = FUNC_OBJ});
    if (!v || v->effect != EFFECT_SUPPORT) continue;
    push(f, FUNC_SUBJ, SYM_NONE, subject_of(g, c), true);
    push_children(g, c, f, true, true);
  }
}

static void noun_frame(struct grammar g, struct frame *f) {
  const struct tokens *t = &g.doc->tokens;
  uint32_t noun = f->token;
  push_children(g, noun, f, false, false);
  push_from_participle(g, noun, f);
  for (int i = 0; i < CLIMB && t->deprel[noun] == DEPREL_CONJ; i++) noun = t->head[noun];
  if (noun != f->token) { /* "raids and ambushes against": phrases of the conjuncts are shared */
    TREE_EACH(g.doc, c, noun)
    if (func_of_child(g, c).func == FUNC_POSS || (c > f->token && func_of_child(g, c).func == FUNC_PREP))
      push(f, func_of_child(g, c).func, func_of_child(g, c).prep, c, true);
  }
  push_from_light_verb(g, noun, f);
  push_nested(g, f);
  if (t->deprel[noun] == DEPREL_OBJ &&
      token_verbal(g.doc, t->head[noun])) /* "foiled an attack on the embassy": whose phrase is it */
    TREE_EACH(g.doc, c, t->head[noun])
  if (c > f->token && func_of_child(g, c).func == FUNC_PREP) push(f, FUNC_PREP, marker_of(g.doc, c), c, true);
}

void frame_build(struct grammar g, uint32_t token, struct frame *f) {
  *f = (struct frame){.token = token};
  if (token_verbal(g.doc, token)) verb_frame(g, f);
  else {
    noun_frame(g, f);
    if (g.doc->tokens.upos[token] == UPOS_ADJ) { /* "is opposed to", "an opposed party" */
      uint32_t s = own_subject(g, token);
      push(f, FUNC_SUBJ, SYM_NONE, s != NONE ? s : syntactic_subject(g, token, 0), s == NONE);
      if (g.doc->tokens.deprel[token] == DEPREL_AMOD) push(f, FUNC_HEAD, SYM_NONE, g.doc->tokens.head[token], false);
    }
  }
}
