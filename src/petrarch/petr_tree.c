/* petr_tree.c - the coder of PETRARCH2: patterns over the dependency tree, events of a clause put together with those of the clause
 * above it.
 *
 * A verb has a source (its subject; in the passive what "by" or "from" brings) and a target (its objects, then its prepositional
 * phrases). Where it has a clause as its object, the events of that clause pass up: through a transformation of the verb file
 * ("~ a (a b Q) SAY = a b Q"), or with the two codes put together (want + help: 033, petr_compose.h), or with the inner source as the
 * outer target. Method: Norris (2016), PETRARCH2. Patterns of a verb: petr_tree_match.c. */
#include "petrarch/petr_tree.h"
#include "doc/tree.h"

enum { DEPTH = 12, TREE_EVENTS = 8 };

struct raw { /* an event of a clause, not yet of the document */
  struct petr_who source[PETR_WHO], target[PETR_WHO];
  uint32_t n_source, n_target;
  const struct petr_pattern *pattern;
  str code, reverse;
  uint32_t verb;
};
struct raws {
  struct raw *at;
  uint32_t n;
};

struct parties {
  struct petr_who at[PETR_WHO];
  uint32_t n;
};

/* ---- who */

static bool pronoun(const struct doc *d, uint32_t t) { return d->tokens.xpos[t] == XPOS_PRP; }

static void who_of(const struct petr_sentence *s, uint32_t t, struct parties *out) {
  uint32_t np = t == NONE ? NONE : s->np_of[t - s->d->sentences.at[s->row].first];
  out->n = np == NONE ? 0 : petr_who(s, np, out->at);
}

/* Parties of the objects. Where a pattern took the object's words ("conducting military exercises"), its mere role is no party. */
static void object_parties(const struct petr_sentence *s, uint32_t v, bool taken, struct parties *out) {
  static const uint8_t order[] = {DEPREL_OBJ, DEPREL_IOBJ, DEPREL_OBL, DEPREL_NMOD};
  out->n = 0;
  uint32_t right = petr_right_phrase(s, v);
  if (tree_child(s->d, v, DEPREL_OBJ) == NONE && right != NONE) {
    who_of(s, right, out);
    for (uint32_t k = s->d->tokens.child[right]; k != NONE && !out->n; k = s->d->tokens.sibling[k])
      if (s->d->tokens.deprel[k] == DEPREL_NMOD) who_of(s, k, out);
  }
  for (size_t i = 0; i < sizeof order && !out->n; i++) TREE_EACH(s->d, c, v) {
      if (out->n || deprel_universal(s->d->tokens.deprel[c]) != order[i]) continue;
      who_of(s, c, out);
      if (taken && order[i] == DEPREL_OBJ && out->n && str_starts(out->at[0].code, STR("---"))) out->n = 0;
      for (uint32_t k = s->d->tokens.child[c]; k != NONE && !out->n; k = s->d->tokens.sibling[k])
        if (deprel_universal(s->d->tokens.deprel[k]) == DEPREL_NMOD && s->d->tokens.deprel[k] != DEPREL_NMOD_POSS)
          who_of(s, k, out);
    }
}

/* What a passive was done to: its subject, what hangs on it ("evidence against Russia"), else another phrase ("fired at Israel"). */
static void patient_parties(const struct petr_sentence *s, uint32_t v, struct parties *out) {
  uint32_t t = petr_subject(s->d, v);
  who_of(s, t, out);
  if (t != NONE) TREE_EACH(s->d, c, t)
  if (!out->n && s->d->tokens.deprel[c] == DEPREL_NMOD) who_of(s, c, out);
  TREE_EACH(s->d, c, v) {
    bool agent = petr_marked(s, c, "by") || petr_marked(s, c, "from") || petr_marked(s, c, "in");
    if (!out->n && !agent && deprel_universal(s->d->tokens.deprel[c]) == DEPREL_OBL) who_of(s, c, out);
  }
}

/* "by", else "from", else "in". */
static void agent_parties(const struct petr_sentence *s, uint32_t v, struct parties *out) {
  static const char *const words[] = {"by", "from", "in"};
  out->n = 0;
  for (int i = 0; i < 3 && !out->n; i++) TREE_EACH(s->d, c, v)
  if (!out->n && petr_marked(s, c, words[i])) who_of(s, c, out);
}

static void subject_parties(const struct petr_sentence *s, uint32_t v, const struct parties *outer,
                            struct parties *out) {
  uint32_t t = petr_subject(s->d, v);
  if (t == NONE && petr_odd_verb(s->d, v)) t = petr_left_phrase(s, v);
  who_of(s, t, out);
  if (!out->n && t != NONE && pronoun(s->d, t))
    *out = *outer; /* "Obama said he would": PETRARCH2 takes the sentence's last subject */
}

static void fill(struct parties *from, struct petr_who to[PETR_WHO], uint32_t *n) {
  memcpy(to, from->at, sizeof from->at);
  *n = from->n;
}

/* ---- clauses */

static uint32_t complement(const struct doc *d, uint32_t v) {
  TREE_EACH(d, c, v) {
    uint8_t r = d->tokens.deprel[c];
    bool verb = d->tokens.upos[c] == UPOS_VERB;
    if ((r == DEPREL_XCOMP || (r == DEPREL_CCOMP && c > v)) && verb) return c;
  }
  return NONE;
}

static void push(struct raws *out, const struct raw *x) {
  if (out->n < TREE_EVENTS) out->at[out->n++] = *x;
}

static bool letter_fits(uint8_t letter, const struct petr_who *who, uint32_t n, const struct parties *outer,
                        uint8_t outer_letter) {
  if (letter == PETR_ANY) return true;
  if (letter == PETR_EMPTY) return !n;
  if (!n) return false;
  if (letter != outer_letter) return true;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < outer->n; k++)
      if (str_eq(who[i].code, outer->at[k].code)) return true;
  return false;
}

static str verb_code(const struct petr_dict *dict, sym word) {
  uint32_t node = petr_trie_step(&dict->verbs, 0, word);
  str code = STR("");
  if (node) PETR_TRIE_EACH(&dict->verbs, l, node) {
      const struct petr_verb *v = &dict->verb[dict->verbs.link[l - 1].value];
      if (v->base != word || !v->code.n || (code.n && !v->own)) continue;
      code = v->code;
      if (v->own) return code;
    }
  return code;
}

static void choose(uint8_t letter, const struct petr_transform *t, const struct parties *outer, const struct raw *in,
                   struct petr_who to[PETR_WHO], uint32_t *n) {
  struct parties p = *outer;
  if (letter != t->outer && letter == t->inner_source) memcpy(p.at, in->source, sizeof p.at), p.n = in->n_source;
  else if (letter != t->outer && letter == t->inner_target) memcpy(p.at, in->target, sizeof p.at), p.n = in->n_target;
  fill(&p, to, n);
}

/* The first transformation whose two verbs have the codes of the two events, and whose letters bind. */
static bool transform(const struct petr_sentence *s, const struct parties *outer, str outer_code, const struct raw *in,
                      struct raw *out) {
  const struct petr_dict *dict = s->dict;
  for (uint32_t i = 0; i < dict->n_transforms; i++) {
    const struct petr_transform *t = &dict->transform[i];
    if (!str_eq(verb_code(dict, t->outer_verb), outer_code)) continue;
    if (t->inner_verb && !str_eq(verb_code(dict, t->inner_verb), in->code)) continue;
    if (!letter_fits(t->inner_source, in->source, in->n_source, outer, t->outer)) continue;
    if (!letter_fits(t->inner_target, in->target, in->n_target, outer, t->outer)) continue;
    *out = *in;
    choose(t->source, t, outer, in, out->source, &out->n_source);
    choose(t->target, t, outer, in, out->target, &out->n_target);
    if (t->code.n) out->code = t->code;
    return true;
  }
  return false;
}

/* The events of a verb and of the clauses below it, into out. */
static void clause(const struct petr_sentence *s, uint32_t v, const struct parties *outer, int depth,
                   struct raws *out) {
  struct petr_reading own = petr_tree_verb(s, v);
  struct parties subject, object, above; /* above: the grammatical subject, for the clauses below */
  bool passive = petr_passive(s->d, v);
  if (passive) agent_parties(s, v, &subject), patient_parties(s, v, &object);
  else subject_parties(s, v, outer, &subject), object_parties(s, v, own.pattern != NULL, &object);
  subject_parties(s, v, outer, &above);
  uint32_t below = depth < DEPTH ? complement(s->d, v) : NONE;
  struct raw room[TREE_EVENTS];
  struct raws inner = {room, 0};
  if (below != NONE) clause(s, below, above.n ? &above : outer, depth + 1, &inner);
  struct parties told; /* "wants Putin to attack": the object is the inner subject */
  who_of(s, tree_child(s->d, v, DEPREL_OBJ), &told);
  for (uint32_t i = 0; i < inner.n; i++) {
    struct raw x = inner.at[i], y;
    if (!x.n_source && told.n && s->d->tokens.deprel[below] == DEPREL_XCOMP) fill(&told, x.source, &x.n_source);
    if (subject.n && transform(s, &subject, own.code, &x, &y)) push(out, &y);
    else if (!x.n_source) {
      x.code = petr_compose(s->dict, own.code, x.code);
      fill(&above, x.source, &x.n_source);
      push(out, &x);
    } else if (subject.n && own.code.n && !str_starts(own.code, STR("01"))) {
      memcpy(x.target, x.source, sizeof x.target), x.n_target = x.n_source;
      fill(&subject, x.source, &x.n_source);
      x.code = own.code, x.reverse = own.reverse, x.pattern = own.pattern, x.verb = v;
      push(out, &x);
    } else push(out, &x);
  }
  if (inner.n) return;
  struct raw x = {.pattern = own.pattern, .code = own.code, .reverse = own.reverse, .verb = v};
  if (below != NONE && !object.n) {
    who_of(s, petr_subject(s->d, below), &object);
    if (!object.n) object_parties(s, below, false, &object);
  }
  fill(&subject, x.source, &x.n_source);
  fill(&object, x.target, &x.n_target);
  if (x.code.n || x.reverse.n) push(out, &x);
}

/* ---- the sentence */

static bool same_parties(const struct raw *x) {
  for (uint32_t i = 0; i < x->n_source; i++)
    for (uint32_t k = 0; k < x->n_target; k++)
      if (!str_eq(x->source[i].code, x->target[k].code)) return false;
  return x->n_source && x->n_target;
}

static bool emit(struct petr_sentence *s, const struct raw *x) {
  struct petr_event e = {.verb = x->verb, .pattern = x->pattern};
  if (same_parties(x) || (s->dict->options.require_dyad && !(x->n_source && x->n_target))) return true;
  memcpy(e.source, x->source, sizeof e.source), e.n_source = x->n_source;
  memcpy(e.target, x->target, sizeof e.target), e.n_target = x->n_target;
  e.code = x->code;
  if (x->code.n && !petr_emit(s, &e)) return false;
  bool place = x->n_target && (petr_marked(s, x->target[0].token, "in") || petr_marked(s, x->target[0].token, "at"));
  if (!x->reverse.n || (place && x->code.n))
    return true; /* who attends a summit in Switzerland is not received by it */
  memcpy(e.source, x->target, sizeof e.source), e.n_source = x->n_target;
  memcpy(e.target, x->source, sizeof e.target), e.n_target = x->n_source;
  e.code = x->reverse;
  return petr_emit(s, &e);
}

/* A clause of its own: not the object clause of another verb, nor one that only describes a noun. */
static bool starts_clause(const struct doc *d, uint32_t t) {
  if (d->tokens.upos[t] != UPOS_VERB) return false;
  if (petr_odd_verb(d, t)) return true;
  switch (d->tokens.deprel[t]) {
  case DEPREL_ROOT:
  case DEPREL_CONJ:
  case DEPREL_PARATAXIS: return true;
  case DEPREL_ADVCL: return tree_child_universal(d, t, DEPREL_NSUBJ) != NONE;
  case DEPREL_CCOMP: return t < d->tokens.head[t]; /* "A did B, C said" */
  default: return false;
  }
}

bool petr_code_tree(struct petr_sentence *s) {
  const struct sentence *x = &s->d->sentences.at[s->row];
  for (uint32_t t = x->first; t < x->first + x->n; t++) {
    struct raw room[TREE_EVENTS];
    struct raws found = {room, 0};
    struct parties none = {.n = 0};
    if (!starts_clause(s->d, t)) continue;
    clause(s, t, &none, 0, &found);
    for (uint32_t i = 0; i < found.n; i++)
      if (!emit(s, &found.at[i])) return false;
  }
  return true;
}
