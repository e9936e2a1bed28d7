/* antecedent.c - whom a pronoun or a definite noun takes up.
 *
 * Candidates are the mentions of the sentence and the three before, scored by distance, grammatical role and form (the
 * salience of Lappin and Leass 1994, without a full binding theory), after gender, number, kind and co-argument checks.
 * Where an inanimate noun could be meant as well, nobody is: a wrong link poisons the ledger. */
#include "actor/actor_work.h"

enum { LOOK_BACK = 800, LOOK_BACK_NOUN = 900, SENTENCES_BACK = 3, LONG_BEFORE = 20, HEADING_MOST = 100 };

/* What speaks for a candidate, in points. Fitted on the pronouns of GUM (the free genres of its training part, and its dev part), where
 * a wrong link costs half of what a right one gains; a change was kept only where it helped both halves of the documents. */
enum {
  LEAST = 40, /* below this nobody is meant */
  ROLE_SUBJECT_OF_ROOT = 52,
  ROLE_SUBJECT = 42,
  ROLE_OBJECT = 32,
  ROLE_INDIRECT = 18,
  ROLE_AGENT = 34,
  ROLE_OBLIQUE = 10,
  ROLE_ROOT = 40,
  ROLE_POSSESSOR = 22,
  ROLE_OF = 6,
  IS_NAME = 22,
  IS_PRONOUN = 16,
  BOTH_SUBJECTS = 10,
  POSSESSIVE_OF_SUBJECT = 14,
  TOKENS_A_POINT = 3, /* within a sentence */
  TOLD_BEFORE = 14,
  TOLD_MOST = 22, /* a point for each mention, at most */
  COST_MODIFIER = 14,
  COST_MODIFIER_POSSESSIVE = 4,
  COST_INDEFINITE = 6,
  BOTH_POSSESSIVE = 6,
  SHARED_SUBJECT = 6,
  COST_NO_VERB = 20,
  COST_HEADING = 70,
  COST_FRONTED = 60,
  IS_MANY = 18, /* for "they" */
  COST_STATE_AS_MANY = 60,
  IS_TOPIC = 60,
  IS_CENTRE = 30
};

static const struct kb_entity *entity_of(const struct work *w, uint32_t actor) {
  uint32_t e = w->who.at[actor].entity;
  return e == NONE ? NULL : &w->kb->entities.at[e];
}

static bool subject(const struct work *w, uint32_t t) { return work_role(w, t) == DEPREL_NSUBJ; }

static int role_weight(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (universal(w, t) == DEPREL_APPOS && k->upos[k->left[t]] == UPOS_ADP)
    return 6; /* "a bodyguard of the senator X", misread */
  for (int i = 0;
       i < 4 && k->head[t] != NONE &&
       (universal(w, t) == DEPREL_APPOS || k->deprel[t] == DEPREL_NMOD_DESC || universal(w, t) == DEPREL_FLAT);
       i++)
    t = k->head[t];
  uint32_t head = k->head[t];
  switch (work_role(w, t)) {
  case DEPREL_NSUBJ: return head != NONE && k->head[head] == NONE ? ROLE_SUBJECT_OF_ROOT : ROLE_SUBJECT;
  case DEPREL_OBJ: return ROLE_OBJECT;
  case DEPREL_IOBJ: return ROLE_INDIRECT;
  case DEPREL_OBL: return k->deprel[t] == DEPREL_OBL_AGENT ? ROLE_AGENT : ROLE_OBLIQUE;
  case DEPREL_ROOT: return ROLE_ROOT;
  case DEPREL_NMOD: return k->deprel[t] == DEPREL_NMOD_POSS ? ROLE_POSSESSOR : ROLE_OF;
  default: return 0;
  }
}

static bool of_a_person(const struct seen *p) { return p->gender == GENDER_MALE || p->gender == GENDER_FEMALE; }

static uint32_t sentences_between(const struct work *w, uint32_t from, uint32_t to) {
  return w->d->tokens.sentence[to] - w->d->tokens.sentence[from];
}

/* A noun that is no actor stands there as subject: it could be meant by "it" or "they" as well. */
static bool thing(const struct work *w, uint32_t t, bool plural) {
  const struct tokens *k = &w->d->tokens;
  return universal(w, t) == DEPREL_NSUBJ && k->upos[t] == UPOS_NOUN && w->at[t] == NONE &&
         (k->xpos[t] == XPOS_NNS) == plural;
}

/* "Jeremy Prosser, he is coming on board": the name is the topic that the pronoun takes up at once. */
static bool topic(const struct work *w, uint32_t pronoun, uint32_t candidate) {
  const struct seen *c = &w->seen.at[w->at[candidate]];
  const struct tokens *k = &w->d->tokens;
  return pronoun == c->first + c->n + 1 && k->upos[pronoun - 1] == UPOS_PUNCT && subject(w, pronoun) &&
         (k->head[candidate] == k->head[pronoun] || c->first == w->d->sentences.at[c->sentence].first);
}

/* The clause's other arguments cannot be meant: "Falaisan telephoned him". */
static bool coargument(const struct work *w, uint32_t pronoun, uint32_t candidate) {
  const struct tokens *k = &w->d->tokens;
  if (k->xpos[pronoun] == XPOS_PRPS) return false;
  uint32_t verb = k->head[pronoun];
  for (int i = 0; i < 4 && k->head[candidate] != NONE; i++) {
    uint8_t rel = universal(w, candidate);
    if (rel != DEPREL_CONJ && rel != DEPREL_APPOS && rel != DEPREL_FLAT) break;
    if (rel == DEPREL_CONJ && k->upos[candidate] == UPOS_VERB) break;
    candidate = k->head[candidate];
  }
  if (verb == NONE) return false;
  if (k->head[candidate] == verb) return true;
  /* "he said him": the subject shared with the first of coordinated or controlled verbs */
  uint32_t up = verb;
  for (int i = 0; i < 3 && k->head[up] != NONE; i++) {
    uint8_t rel = universal(w, up);
    if (rel != DEPREL_CONJ && rel != DEPREL_XCOMP) break;
    if (tree_child_universal(w->d, up, DEPREL_NSUBJ) != NONE) break;
    up = k->head[up];
    if (k->head[candidate] == up && universal(w, candidate) == DEPREL_NSUBJ)
      return universal(w, pronoun) != DEPREL_NSUBJ;
  }
  return false;
}

/* "the Americans": a state's people, whom "they" takes up as no state. */
static bool nationals(const struct work *w, const struct seen *c) {
  return c->type == MENTION_DEMONYM && !c->modifier && w->d->tokens.xpos[c->head] == XPOS_NNPS;
}

static bool agrees(const struct work *w, const struct seen *p, uint32_t actor, const struct seen *c) {
  const struct who *x = &w->who.at[actor];
  uint8_t kind = w->d->actors.at[actor].kind;
  if (p->gender == GENDER_MALE || p->gender == GENDER_FEMALE)
    return (kind == ACTOR_PERSON || kind == ACTOR_POST) && !x->plural && (!x->gender || x->gender == p->gender);
  bool body = kind == ACTOR_GROUP || kind == ACTOR_ORGANIZATION || kind == ACTOR_STATE;
  if (p->gender == GENDER_NEUTER) return body && (!x->plural || x->named);
  if (kind == ACTOR_PEOPLE) return true;
  if (kind == ACTOR_PERSON) return false;
  return kind != ACTOR_STATE || nationals(w, c) || subject(w, c->head);
}

/* Empty "it": "it is not clear if", "it was whispered that". */
static bool pleonastic(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  uint32_t head = k->head[t];
  if (head == NONE || !subject(w, t)) return false;
  bool clause =
      tree_child_universal(w->d, head, DEPREL_CCOMP) != NONE || tree_child_universal(w->d, head, DEPREL_CSUBJ) != NONE;
  if (k->upos[head] == UPOS_ADJ || k->upos[head] == UPOS_NOUN)
    return clause || tree_child_universal(w->d, head, DEPREL_ADVCL) != NONE ||
           tree_child(w->d, head, DEPREL_COP) != NONE;
  return clause && k->deprel[t] == DEPREL_NSUBJ_PASS;
}

/* "Placed under the care of a Dr. Bailey, he": the candidate stands in a phrase of the very verb whose subject the pronoun is. */
static bool fronted(const struct work *w, uint32_t pronoun, uint32_t c) {
  const struct tokens *k = &w->d->tokens;
  uint32_t verb = k->head[pronoun];
  if (!subject(w, pronoun) || verb == NONE || c > pronoun) return false;
  for (int i = 0; i < 12 && c != NONE; i++) {
    uint32_t up = k->head[c];
    if (up == verb) return true;
    if (universal(w, c) == DEPREL_NSUBJ) return false;
    c = up;
  }
  return false;
}
/* What it costs to stand in a sentence without a verb: nobody is spoken of in a heading or a caption, which has no stop either. */
static int verbless(const struct work *w, uint32_t t) {
  const struct sentence *s = &w->d->sentences.at[w->d->tokens.sentence[t]];
  for (uint32_t i = s->first; i < s->first + s->n && i < s->first + HEADING_MOST; i++)
    if (w->d->tokens.upos[i] == UPOS_VERB || w->d->tokens.upos[i] == UPOS_AUX) return 0;
  return w->d->tokens.upos[s->first + s->n - 1] == UPOS_PUNCT ? COST_NO_VERB : COST_HEADING;
}
/* The subjects of two verbs of which one is joined to the other. */
static bool shared_subject(const struct work *w, uint32_t p, uint32_t c) {
  const struct tokens *k = &w->d->tokens;
  return subject(w, p) && subject(w, c) && k->head[p] != NONE && k->deprel[k->head[p]] == DEPREL_CONJ &&
         k->head[k->head[p]] == k->head[c];
}

static int score(const struct work *w, uint32_t pronoun, const struct seen *p, const struct seen *c, uint32_t token) {
  static const int near[] = {110, 62, 38, 6}; /* by sentences between */
  uint32_t apart = sentences_between(w, token, pronoun);
  int s = near[apart] + role_weight(w, token);
  if (c->type == MENTION_NAME) s += IS_NAME;
  if (c->type == MENTION_PRONOUN) s += IS_PRONOUN;
  if (subject(w, pronoun) && subject(w, token)) s += BOTH_SUBJECTS;
  if (p->possessive && apart == 0 && subject(w, token)) s += POSSESSIVE_OF_SUBJECT;
  if (apart == 0 && c->type != MENTION_PRONOUN) s -= (int)(pronoun - token) / TOKENS_A_POINT;
  if (c->same == NONE && w->who.at[c->actor].first_seen != w->at[token]) s += TOLD_BEFORE; /* spoken of before */
  if (c->modifier) s -= c->possessive ? COST_MODIFIER_POSSESSIVE : COST_MODIFIER;
  if (c->det == DET_INDEFINITE && c->kind != ACTOR_PEOPLE) s -= COST_INDEFINITE;
  uint32_t told = w->who.at[c->actor].told;
  s += told > TOLD_MOST ? TOLD_MOST : (int)told;
  if (p->possessive && c->possessive && c->type == MENTION_PRONOUN && apart == 0) s += BOTH_POSSESSIVE;
  if (apart == 0 && shared_subject(w, pronoun, token)) s += SHARED_SUBJECT;
  if (topic(w, pronoun, token)) s += IS_TOPIC;
  else if (apart == 0 && fronted(w, pronoun, token)) s -= COST_FRONTED;
  if (apart) s -= verbless(w, token);
  return s;
}

/* The mention is part of the phrase that the pronoun opens ("his rival, Beatrice Sakalanda"). */
static bool inside_own_phrase(const struct work *w, uint32_t pronoun, uint32_t seen) {
  const struct tokens *k = &w->d->tokens;
  uint32_t noun = k->head[pronoun];
  if (k->xpos[pronoun] != XPOS_PRPS || noun == NONE || w->at[noun] == NONE) return false;
  uint32_t own = w->at[noun];
  return seen == own || w->seen.at[own].same == seen || w->seen.at[seen].same == own ||
         (w->seen.at[own].actor != NONE && w->seen.at[own].actor == w->seen.at[seen].actor);
}

/* One of several joined by "and", or the head of them: "they" means all. */
static bool coordinated(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  if (universal(w, t) == DEPREL_CONJ && k->head[t] != NONE && w->at[k->head[t]] != NONE) return true;
  uint32_t c = tree_child(w->d, t, DEPREL_CONJ);
  return c != NONE && w->at[c] != NONE;
}

/* The object of the clause whose subject is `t`, if both are persons: "Kim met Putin"; or `t`. */
static uint32_t other_party(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  uint32_t c = subject(w, t) && k->head[t] != NONE ? tree_child(w->d, k->head[t], DEPREL_OBJ) : NONE;
  if (c == NONE || c < t || w->at[c] == NONE) return t;
  const struct seen *one = &w->seen.at[w->at[t]], *other = &w->seen.at[w->at[c]];
  return one->kind == ACTOR_PERSON && other->kind == ACTOR_PERSON && !one->plural && !other->plural ? c : t;
}

/* "Kim met Putin. They signed": the subject of the sentence before, whose object is a person like him. */
static bool met(const struct work *w, uint32_t pronoun, uint32_t t) {
  return subject(w, pronoun) && sentences_between(w, t, pronoun) == 1 && other_party(w, t) != t;
}

/* Who does what the clause around the token tells, through objects, infinitives and shared subjects; NONE. */
static uint32_t doer(const struct work *w, uint32_t t) {
  const struct tokens *k = &w->d->tokens;
  for (int i = 0; i < 6 && k->head[t] != NONE; i++) {
    t = k->head[t];
    uint32_t subject_token = k->upos[t] == UPOS_VERB ? tree_child_universal(w->d, t, DEPREL_NSUBJ) : NONE;
    if (subject_token != NONE) return w->at[subject_token] == NONE ? NONE : w->seen.at[w->at[subject_token]].actor;
  }
  return NONE;
}

static bool token_fits(const struct work *w, const struct seen *p, uint32_t t) {
  if (t == NONE || w->at[t] == NONE || t == p->first) return false;
  const struct seen *c = &w->seen.at[w->at[t]];
  return c->actor != NONE && agrees(w, p, c->actor, c);
}

/* Whom a reflexive goes back to: the subject of its clause, or who controls it ("was told to restrain himself", "led him to devote
 * himself"), or the noun that the relative clause hangs on ("a citizen, who proclaimed himself"). A token, or NONE. */
static uint32_t self_of(const struct work *w, const struct seen *p) {
  const struct tokens *k = &w->d->tokens;
  uint32_t t = p->first;
  for (int i = 0; i < 6 && k->head[t] != NONE; i++) {
    uint8_t rel = universal(w, t);
    uint32_t up = k->head[t];
    if ((i ? rel == DEPREL_ACL : k->upos[up] == UPOS_PRON || k->upos[up] == UPOS_PROPN) && token_fits(w, p, up))
      return up; /* "he himself" too */
    bool controlled = i && rel == DEPREL_XCOMP;
    t = up;
    uint32_t object = controlled ? tree_child(w->d, t, DEPREL_OBJ) : NONE,
             who = tree_child_universal(w->d, t, DEPREL_NSUBJ);
    if (token_fits(w, p, object)) return object;
    if (token_fits(w, p, who)) return who;
    object = controlled ? tree_child_universal(w->d, t, DEPREL_OBL) : NONE; /* "pleaded with him to assert himself" */
    if (token_fits(w, p, object)) return object;
    if (who != NONE && !(w->at[who] == NONE && k->upos[who] == UPOS_PRON)) return NONE;
  }
  return NONE;
}

uint32_t antecedent_ahead(const struct work *w, uint32_t seen) {
  const struct seen *p = &w->seen.at[seen];
  const struct tokens *k = &w->d->tokens;
  uint32_t t = p->first;
  for (int i = 0; i < 8 && k->head[t] != NONE && of_a_person(p); i++) {
    bool clause = universal(w, t) == DEPREL_ADVCL || universal(w, t) == DEPREL_OBL;
    t = k->head[t];
    uint32_t who = clause ? tree_child_universal(w->d, t, DEPREL_NSUBJ) : NONE;
    if (who != NONE && who > p->first && w->at[who] != NONE && w->seen.at[w->at[who]].type == MENTION_NAME)
      return w->at[who];
  }
  return NONE;
}

bool antecedent_agrees(const struct work *w, uint32_t pronoun, uint32_t seen) {
  const struct seen *c = &w->seen.at[seen];
  return c->actor != NONE && agrees(w, &w->seen.at[pronoun], c->actor, c);
}

uint32_t antecedent_long_before(const struct work *w, uint32_t seen) {
  const struct seen *p = &w->seen.at[seen];
  const struct tokens *k = &w->d->tokens;
  uint32_t found = NONE;
  for (uint32_t t = p->first, looked = 0; of_a_person(p) && t-- > 0 && looked < LOOK_BACK; looked++) {
    if (p->sentence - k->sentence[t] > LONG_BEFORE || (p->sentence && !k->sentence[t])) break;
    if (w->at[t] == NONE || w->at[t] == seen) continue;
    const struct seen *c = &w->seen.at[w->at[t]];
    if (c->actor == NONE || c->head != t || (c->predicate && c->same == NONE) || !agrees(w, p, c->actor, c)) continue;
    if (found != NONE && found != c->actor) return NONE;
    if (coargument(w, p->first, t) || inside_own_phrase(w, p->first, w->at[t])) continue;
    if (w->who.at[c->actor].gender != p->gender) continue;
    found = c->actor;
  }
  return found;
}

uint32_t antecedent_of_pronoun(const struct work *w, uint32_t seen, uint32_t *several) {
  const struct seen *p = &w->seen.at[seen];
  const struct tokens *k = &w->d->tokens;
  uint32_t pronoun = p->first, sentence = p->sentence, best = NONE, looked = 0, centre = NONE;
  bool neuter = p->gender == GENDER_NEUTER;
  int best_score = LEAST;
  *several = NONE;
  uint8_t role = work_role(w, pronoun);
  bool party = (role == DEPREL_OBL || role == DEPREL_NMOD) &&
               kb_word_is(w->kb, tree_case(w->d, pronoun), WORD_TOWARDS); /* "talks with it" */
  uint32_t other = party ? doer(w, pronoun) : NONE;
  if (neuter && !p->possessive && (pleonastic(w, pronoun) || !(party || subject(w, pronoun)))) return NONE;
  if (str_ends(token_text(w->d, pronoun), STR("self")) || str_ends(token_text(w->d, pronoun), STR("selves"))) {
    uint32_t who = self_of(w, p);
    return who == NONE ? NONE : w->seen.at[w->at[who]].actor;
  }
  for (uint32_t t = pronoun; t-- > 0 && looked < LOOK_BACK; looked++) {
    uint32_t apart = sentence - k->sentence[t];
    if (apart > SENTENCES_BACK || (sentence && !k->sentence[t])) break;
    if ((neuter || p->plural) && thing(w, t, p->plural)) break; /* whatever stands before it is in doubt */
    if (w->at[t] == NONE || w->at[t] == seen) continue;
    const struct seen *c = &w->seen.at[w->at[t]];
    if (c->actor == NONE || c->head != t || (c->predicate && c->same == NONE)) continue;
    bool joined = p->plural && c->type != MENTION_PRONOUN && (coordinated(w, t) || met(w, pronoun, t));
    if (!joined && !agrees(w, p, c->actor, c)) continue;
    if ((coargument(w, pronoun, t) && !topic(w, pronoun, t)) || inside_own_phrase(w, pronoun, w->at[t])) continue;
    if (neuter && !p->possessive && !party && !subject(w, t) && k->deprel[t] != DEPREL_OBL_AGENT) continue;
    if (neuter && !p->possessive && (apart > (party ? 0 : 1) || (party && c->actor == other))) continue;
    if (neuter && c->modifier && !c->possessive) continue;
    int s = score(w, pronoun, p, c, t);
    if (centre == NONE && c->type == MENTION_PRONOUN && c->gender == p->gender && of_a_person(p)) centre = c->actor;
    if (centre == c->actor) s += IS_CENTRE;
    if (p->plural && (w->who.at[c->actor].plural || w->d->actors.at[c->actor].kind == ACTOR_PEOPLE)) s += IS_MANY;
    if (p->plural && !joined && !nationals(w, c) && w->d->actors.at[c->actor].kind == ACTOR_STATE)
      s -= COST_STATE_AS_MANY;
    if (s > best_score) best_score = s, best = joined ? NONE : c->actor, *several = joined ? t : NONE;
  }
  return best;
}

static bool several_add(const struct work *w, uint32_t t, uint32_t *out, uint32_t *n) {
  uint32_t actor = w->at[t] == NONE ? NONE : w->seen.at[w->at[t]].actor;
  for (uint32_t i = 0; i < *n; i++)
    if (out[i] == actor) return false;
  if (actor == NONE || *n == SEVERAL_MOST) return false;
  out[(*n)++] = actor;
  return true;
}

uint32_t antecedent_several(const struct work *w, uint32_t first, uint32_t *out) {
  const struct tokens *k = &w->d->tokens;
  uint32_t head = universal(w, first) == DEPREL_CONJ ? k->head[first] : first, n = 0;
  if (!several_add(w, head, out, &n)) return 0;
  TREE_EACH(w->d, c, head)
  if (k->deprel[c] == DEPREL_CONJ && !several_add(w, c, out, &n)) return 0;
  if (n == 1) n = several_add(w, other_party(w, head), out, &n) ? n : 0;
  return n;
}

/* ---- definite nouns */

static bool noun_listed(str list, str noun) {
  while (list.n)
    if (str_eq(str_trim(str_cut(&list, '|')), noun)) return true;
  return false;
}

static const char *name_sector(const struct work *w, uint32_t actor) {
  const struct who *x = &w->who.at[actor];
  if (!x->named) return "";
  const struct seen *s = &w->seen.at[x->best];
  const struct kb_word *k = s->n_pieces ? kb_word(w->kb, w->piece[s->piece + s->n_pieces - 1]) : NULL;
  return k ? k->sector : "";
}

static bool state_organ(const char *sector) {
  return !strcmp(sector, "GOV") || !strcmp(sector, "COP") || !strcmp(sector, "JUD") || !strcmp(sector, "LEG") ||
         !strcmp(sector, "JRN");
}

/* Does a class noun ("militia", "union", "group") fit what is known of a body? 2: by its words; 1: by its sector. */
static int class_fits(const struct work *w, const struct kb_agent *a, uint32_t agent, uint32_t actor) {
  const struct who *x = &w->who.at[actor];
  uint8_t kind = w->d->actors.at[actor].kind;
  if ((kind != ACTOR_GROUP && kind != ACTOR_ORGANIZATION) || (x->plural && !x->named)) return 0;
  if (x->agent == agent) return 2;
  for (uint32_t p = x->parts, i = 0; p && i < 16; p = w->parts.at[p - 1].next, i++)
    if (w->parts.at[p - 1].agent == agent || w->kb->agents.at[w->parts.at[p - 1].agent].head == a->head) return 2;
  if (x->named) {
    const struct seen *s = &w->seen.at[x->best];
    for (uint32_t i = 0; i < s->n_pieces; i++)
      if (w->piece[s->piece + i] == a->head) return 2;
  }
  const struct kb_entity *e = entity_of(w, actor);
  if (e) {
    if (noun_listed(kb_str(w->kb, e->nouns), kb_str(w->kb, a->phrase))) return 2;
    bool past;
    const struct kb_spell *spell = kb_spell_on(w->kb, e, w->d->date, &past);
    const char *sector = spell ? spell->code.sector[0] : "";
    if (a->flags & AGENT_GENERIC) return e->kind == ACTOR_GROUP && !state_organ(sector);
    for (uint32_t i = 0; spell && i < CODE_SECTORS && spell->code.sector[i][0]; i++)
      if (a->sector[0][0] && !strcmp(spell->code.sector[i], a->sector[0])) return 1;
    return 0;
  }
  if (!x->named) return 0;
  const char *sector = name_sector(w, actor);
  if (a->flags & AGENT_GENERIC) return !state_organ(sector) && strcmp(sector, "BUS") != 0;
  return a->sector[0][0] && !strcmp(sector, a->sector[0]);
}

/* "the detainee": the last one whom a verb of taking befell. */
static uint32_t taken_by_verb(const struct work *w, const struct seen *s, const struct kb_agent *a) {
  const struct tokens *k = &w->d->tokens;
  bool any = false;
  for (uint32_t i = 0; i < w->kb->takers.n && !any; i++) any = w->kb->takers.at[i].noun == a->head;
  if (!any) return NONE;
  for (uint32_t t = s->first, looked = 0; t-- > 0 && looked < LOOK_BACK; looked++) {
    if (s->sentence && !k->sentence[t]) break;
    if (w->at[t] == NONE) continue;
    const struct seen *c = &w->seen.at[w->at[t]];
    uint32_t base = t;
    for (int i = 0; i < 4 && universal(w, base) == DEPREL_APPOS && k->head[base] != NONE; i++) base = k->head[base];
    uint32_t verb = k->head[base];
    if (c->actor == NONE || verb == NONE || w->who.at[c->actor].plural != s->plural) continue;
    uint8_t kind = w->d->actors.at[c->actor].kind, rel = k->deprel[base];
    if (kind != ACTOR_PERSON && kind != ACTOR_PEOPLE) continue;
    bool passive = rel == DEPREL_NSUBJ_PASS,
         object = passive || rel == DEPREL_OBJ ||
                  (rel == DEPREL_NMOD && str_is(doc_word(w->d, tree_case(w->d, base)), "of"));
    bool agent = rel == DEPREL_NSUBJ || rel == DEPREL_OBL_AGENT;
    for (uint32_t i = 0; i < w->kb->takers.n; i++) {
      const struct kb_taker *taker = &w->kb->takers.at[i];
      if (taker->noun == a->head && taker->verb == k->lemma[verb] && (taker->subject ? agent : object)) return c->actor;
    }
  }
  return NONE;
}

/* "the man", "the woman": the last person of that gender who is not the subject of the same sentence. */
static uint32_t plain_person(const struct work *w, const struct seen *s) {
  const struct tokens *k = &w->d->tokens;
  for (uint32_t t = s->first, looked = 0; t-- > 0 && looked < LOOK_BACK; looked++) {
    uint32_t apart = s->sentence - k->sentence[t];
    if (apart > 2 || (s->sentence && !k->sentence[t])) return NONE;
    if (w->at[t] == NONE) continue;
    const struct seen *c = &w->seen.at[w->at[t]];
    if (c->actor == NONE || w->d->actors.at[c->actor].kind != ACTOR_PERSON || w->who.at[c->actor].plural) continue;
    if (w->who.at[c->actor].gender && w->who.at[c->actor].gender != s->gender) continue;
    if (apart == 0 || c->modifier) continue;
    return c->actor;
  }
  return NONE;
}

uint32_t antecedent_of_noun(const struct work *w, uint32_t seen) {
  const struct seen *s = &w->seen.at[seen];
  const struct kb_agent *a = work_agent(w, s->agent);
  const struct tokens *k = &w->d->tokens;
  if (!a) return NONE;
  uint32_t found = taken_by_verb(w, s, a);
  if (found != NONE) return found;
  bool relative = tree_child(w->d, s->head, DEPREL_ACL_RELCL) != NONE || tree_child(w->d, s->head, DEPREL_ACL) != NONE;
  if (a->kind == ACTOR_PERSON && a->flags & AGENT_PRIVATE && !s->plural && !relative && s->gender &&
      kb_one_word(w->kb, a))
    return plain_person(w, s);
  if (s->plural || !(a->flags & (AGENT_CLASS | AGENT_GENERIC)) || relative) return NONE;
  int best_score = 0;
  for (uint32_t t = s->first, looked = 0; t-- > 0 && looked < LOOK_BACK_NOUN; looked++) {
    if (s->sentence && !k->sentence[t]) break;
    if (w->at[t] == NONE || w->at[t] == seen) continue;
    const struct seen *c = &w->seen.at[w->at[t]];
    int fits = c->actor == NONE || c->type == MENTION_PRONOUN ? 0 : class_fits(w, a, s->agent, c->actor);
    if (!fits || (s->land != NONE && w->who.at[c->actor].land != NONE && w->who.at[c->actor].land != s->land)) continue;
    int score_here = fits * 400 - 45 * (int)(s->sentence - k->sentence[t]) + role_weight(w, t) + 1000;
    if (score_here > best_score) best_score = score_here, found = c->actor;
  }
  return found;
}
