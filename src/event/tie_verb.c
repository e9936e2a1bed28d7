/* tie_verb.c - ties told by verbs, adjectives, hyphenated participles and by two names side by side. */
#include "event/tie_find.h"

static bool in_preps(const struct rel *rel, sym w) {
  for (size_t i = 0; i < REL_PREPS && rel->preps[i] != SYM_NONE; i++)
    if (rel->preps[i] == w) return true;
  return false;
}

/* The actor of a phrase with one of the relation's prepositions below v; "broke away from" hangs where "broke" does. */
static uint32_t prep_actor(const struct tie_reading *r, const struct rel *rel, uint32_t v) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v)
  if (c > v && d->tokens.timex[c] == NONE && in_preps(rel, tree_case(d, c)) && phrase_actor(d, c) != NONE)
    return phrase_actor(d, c);
  return NONE;
}

static uint32_t end_actor(const struct tie_reading *r, const struct rel *rel, uint32_t v, uint8_t end, bool passive) {
  const struct doc *d = r->d;
  if (end == END_PREP) return prep_actor(r, rel, v);
  if ((end == END_SUBJECT) != passive) return tie_subject(r, v);
  uint32_t x = passive ? clause_agent(d, v, r->kb->by) : tree_child(d, v, DEPREL_OBJ);
  return x == NONE ? NONE : phrase_actor(d, x);
}

static void verb_dates(const struct tie_reading *r, uint32_t v, struct tie *tie) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v) {
    uint32_t x = d->tokens.timex[c];
    if (x == NONE || deprel_universal(d->tokens.deprel[c]) != DEPREL_OBL) continue;
    if (tie_word_is(r->kb, tree_case(d, c), WORD_UNTIL)) tie->to = d->times.at[x].period;
    else tie->from = d->times.at[x].period; /* a change dates the beginning of what follows it */
    return;
  }
}

/* "led the Front from 1981 to 2011", "has ruled Chad since 1990": dates behind the other's name. */
static void lasting_dates(const struct tie_reading *r, uint32_t v, struct tie *tie) {
  const struct doc *d = r->d;
  TREE_EACH(d, c, v) {
    uint32_t m = c > v ? d->tokens.mention[c] : NONE, actor = mention_actor_at(r, m);
    if (actor == NONE || (actor != tie->subject && actor != tie->object)) continue;
    tie_dates_from(r, d->mentions.at[m].first + d->mentions.at[m].n, tie);
    return;
  }
}

/* May the tie have this object? */
static bool object_fits(const struct tie_reading *r, const struct rel *rel, uint32_t object) {
  bool state = r->d->actors.at[object].kind == ACTOR_STATE;
  if (rel->flags & REL_LAND) return state;
  return !(rel->flags & REL_GROUP) || (!state && !actor_is_person(r, object));
}

static bool read_verb(struct tie_reading *r, const struct rel *rel, uint32_t v) {
  const struct tokens *tok = &r->d->tokens;
  bool passive = clause_passive(r->d, v);
  if ((rel->flags & REL_PASSIVE && !passive) || tie_unreal(r, v)) return false;
  if (tok->deprel[v] == DEPREL_XCOMP || (passive && rel->first == END_SUBJECT && rel->second == END_PREP)) return false;
  uint32_t a = end_actor(r, rel, v, rel->first, passive), b = end_actor(r, rel, v, rel->second, passive);
  if (a == NONE || b == NONE) return false;
  if (!object_fits(r, rel, b)) return false;
  struct tie tie = {.subject = a,
                    .object = b,
                    .relation = rel->relation,
                    .from = PERIOD_NONE,
                    .to = PERIOD_NONE,
                    .rule = STR("tie.verb"),
                    .confidence = 0.75f};
  if (rel->flags & REL_LAND && tok->xpos[v] == XPOS_VBD) tie.status = TIE_FORMER; /* "ruled Sudan for 30 years" */
  if (rel->flags & REL_LASTING) lasting_dates(r, v, &tie);
  else verb_dates(r, v, &tie);
  tie_push(r, tie, tok->left[v] > v ? v : tok->left[v], tok->right[v]);
  return true;
}

static void read_adjective(struct tie_reading *r, const struct rel *rel, uint32_t a) {
  const struct tokens *tok = &r->d->tokens;
  uint32_t b = prep_actor(r, rel, a);
  if (b == NONE || tie_unreal(r, a)) return;
  uint32_t s = clause_subject(r->d, a);
  if (s == NONE && tok->head[a] != NONE && (tok->deprel[a] == DEPREL_AMOD || tok->deprel[a] == DEPREL_ACL))
    s = tok->head[a];
  if (s == NONE) return;
  struct tie tie = {.subject = phrase_actor(r->d, s),
                    .object = b,
                    .relation = rel->relation,
                    .from = PERIOD_NONE,
                    .to = PERIOD_NONE,
                    .rule = STR("tie.adjective"),
                    .confidence = 0.8f};
  tie_push(r, tie, tok->left[a], tok->right[a]);
  for (uint32_t c = tree_child(r->d, s, DEPREL_NMOD); c != NONE;
       c = tree_next_same(r->d, c)) { /* "leaders like X and Y are close to" */
    if (!tie_word_is(r->kb, tree_case(r->d, c), WORD_EXAMPLE) && tree_case(r->d, c) != r->kb->such) continue;
    tie.subject = token_actor(r->d, c);
    tie_push(r, tie, tok->left[a], tok->right[a]);
    for (uint32_t k = tree_child(r->d, c, DEPREL_CONJ); k != NONE; k = tree_next_same(r->d, k)) {
      tie.subject = token_actor(r->d, k);
      tie_push(r, tie, tok->left[a], tok->right[a]);
    }
  }
  for (uint32_t k = tree_child(r->d, s, DEPREL_CONJ); k != NONE; k = tree_next_same(r->d, k)) {
    tie.subject = token_actor(r->d, k);
    tie_push(r, tie, tok->left[a], tok->right[a]);
  }
}

/* "Iranian-backed militias"; "They fired Iranian-supplied rockets": the thing has no actor, its user stands for it. */
static void read_suffix(struct tie_reading *r, const struct rel *rel, uint32_t t) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  if (t < 2 || !str_is(token_text(d, t - 1), "-") || tok->sentence[t - 2] != tok->sentence[t]) return;
  uint32_t modifier = mention_actor_at(r, r->ends[t - 2]), noun = t;
  if (modifier == NONE) modifier = token_actor(d, t - 2);
  for (int depth = 0; depth < 4 && noun != NONE && (noun <= t || !token_noun(d, noun)); depth++) noun = tok->head[noun];
  if (modifier == NONE || noun == NONE || noun <= t || !token_noun(d, noun)) return;
  uint32_t actor = token_actor(d, noun);
  if (actor == NONE) {
    uint32_t v = clause_head(d, noun);
    if (v == NONE || tok->upos[v] != UPOS_VERB || clause_passive(d, v) || tok->deprel[noun] != DEPREL_OBJ) return;
    actor = tie_subject(r, v);
  }
  bool forward = rel->first == END_NOUN;
  struct tie tie = {.subject = forward ? actor : modifier,
                    .object = forward ? modifier : actor,
                    .relation = rel->relation,
                    .from = PERIOD_NONE,
                    .to = PERIOD_NONE,
                    .rule = STR("tie.compound"),
                    .confidence = 0.85f};
  if (tie.object != NONE) tie_push(r, tie, t - 2, noun);
}

/* "won the presidency": the winner is president-elect. */
static void read_office(struct tie_reading *r, uint32_t v) {
  struct doc *d = r->d;
  uint32_t o = tree_child(d, v, DEPREL_OBJ);
  if (o == NONE || tie_unreal(r, v)) return;
  WORDMAP_EACH(&r->kb->words, l, d->tokens.lemma[o]) {
    uint32_t entry = r->kb->words.link[l].entry;
    if (entry < WORD_KINDS) continue;
    sym role = entry - WORD_KINDS;
    struct tie tie = {.subject = tie_subject(r, v),
                      .object = NONE,
                      .relation = RELATION_HOLDS_ROLE,
                      .status = TIE_ELECT,
                      .role = doc_word(d, role),
                      .from = PERIOD_NONE,
                      .to = PERIOD_NONE,
                      .rule = STR("tie.office"),
                      .confidence = 0.8f};
    uint32_t k = wordmap_find(&r->kb->by_role, role);
    if (k != NONE) tie.role_class = r->kb->roles[r->kb->by_role.link[k].entry].class;
    tie_push(r, tie, v, o);
    return;
  }
}

void tie_read_verb(struct tie_reading *r, uint32_t t) {
  const struct tokens *tok = &r->d->tokens;
  uint8_t u = tok->upos[t];
  if (u != UPOS_VERB && u != UPOS_ADJ) return;
  if (u == UPOS_VERB && tie_word_is(r->kb, tok->lemma[t], WORD_WINS)) read_office(r, t);
  bool suffix = t >= 2 && str_is(token_text(r->d, t - 1), "-");
  sym key = suffix ? tok->norm[t] : tok->lemma[t];
  for (int i = 0; i < 2; i++, key = tok->norm[t]) {
    bool any = false;
    WORDMAP_EACH(&r->kb->by_rel, l, key) {
      const struct rel *rel = &r->kb->rels[r->kb->by_rel.link[l].entry];
      if (rel->class == REL_SUFFIX && suffix) read_suffix(r, rel, t), any = true;
      else if (rel->class == REL_VERB && u == UPOS_VERB && !suffix) any |= read_verb(r, rel, t);
      else if (rel->class == REL_ADJ && !suffix) read_adjective(r, rel, t), any = true;
    }
    if (any || key == tok->norm[t]) return;
  }
}

static bool is_body(const struct tie_reading *r, uint32_t actor) {
  uint8_t k = actor == NONE ? ACTOR_PERSON : r->d->actors.at[actor].kind;
  return k == ACTOR_GROUP || k == ACTOR_ORGANIZATION;
}

void tie_read_name(struct tie_reading *r, uint32_t m) {
  const struct doc *d = r->d;
  const struct tokens *tok = &d->tokens;
  const struct mention *row = &d->mentions.at[m];
  uint32_t t = row->first + row->n;
  if (!actor_is_person(r, row->actor) || t + 1 >= tok->n || tok->sentence[t + 1] != tok->sentence[row->first]) return;
  uint32_t rel = tok->norm[t] == r->kb->of ? r->kb->of_rel : tok->xpos[t] == XPOS_POS ? r->kb->poss_rel : NONE;
  if (rel == NONE) return;
  uint32_t from = t + 1;
  if (tok->upos[from] == UPOS_DET && from + 1 < tok->n) from++;
  uint32_t other = r->starts[from];
  if (!mention_is_name(r, other) || !is_body(r, mention_actor_at(r, other))) return;
  struct tie tie = {.subject = row->actor,
                    .object = mention_actor_at(r, other),
                    .relation = r->kb->rels[rel].relation,
                    .from = PERIOD_NONE,
                    .to = PERIOD_NONE,
                    .confidence = 0.75f,
                    .rule = tok->norm[t] == r->kb->of ? STR("tie.name-of") : STR("tie.possessive")};
  tie_push(r, tie, row->first, d->mentions.at[other].first + d->mentions.at[other].n - 1);
}
