/* petr_tree_match.c - the patterns of a verb file in PETRARCH2's way: heads of noun phrases, prepositional phrases, particles. */
#include "doc/tree.h"
#include "petrarch/petr_tree.h"

/* ---- the tree */

uint32_t petr_subject(const struct doc *d, uint32_t verb) {
  for (int i = 0; i < 8 && verb != NONE; i++) {
    uint32_t t = tree_child_universal(d, verb, DEPREL_NSUBJ);
    if (t != NONE) return t;
    uint8_t r = d->tokens.deprel[verb];
    if (r != DEPREL_CONJ && r != DEPREL_ADVCL && r != DEPREL_XCOMP) return NONE;
    verb = r == DEPREL_XCOMP ? NONE : d->tokens.head[verb];
  }
  return NONE;
}

uint32_t petr_left_phrase(const struct petr_sentence *s, uint32_t verb) {
  uint32_t w = petr_word_of(s, verb);
  while (w != NONE && w &&
         (s->d->tokens.upos[s->word[w - 1].token] == UPOS_AUX || s->d->tokens.upos[s->word[w - 1].token] == UPOS_ADV))
    w--;
  return w == NONE || !w || s->word[w - 1].np == NONE ? NONE : s->np[s->word[w - 1].np].head;
}

uint32_t petr_right_phrase(const struct petr_sentence *s, uint32_t verb) {
  uint32_t w = petr_word_of(s, verb);
  return w == NONE || w + 1 >= s->n || s->word[w + 1].np == NONE ? NONE : s->np[s->word[w + 1].np].head;
}

bool petr_odd_verb(const struct doc *d, uint32_t verb) {
  uint8_t x = d->tokens.xpos[verb], r = d->tokens.deprel[verb];
  bool odd = r == DEPREL_AMOD || r == DEPREL_COMPOUND || r == DEPREL_DEP || r == DEPREL_NSUBJ || r == DEPREL_APPOS;
  return odd && (x == XPOS_VBD || x == XPOS_VBZ || x == XPOS_VBP);
}

bool petr_passive(const struct doc *d, uint32_t verb) {
  return tree_child(d, verb, DEPREL_AUX_PASS) != NONE || tree_child(d, verb, DEPREL_NSUBJ_PASS) != NONE;
}

bool petr_marked(const struct petr_sentence *s, uint32_t phrase, const char *preposition) {
  TREE_EACH(s->d, c, phrase)
  if (s->d->tokens.deprel[c] == DEPREL_CASE && str_eq_fold(token_text(s->d, c), str_of(preposition))) return true;
  return false;
}

/* ---- elements against a phrase */

struct phrase { /* words of a noun phrase, its head last */
  const struct petr_sentence *s;
  uint32_t from, to, head; /* words */
};

static bool phrase_of(const struct petr_sentence *s, uint32_t token, struct phrase *out) {
  uint32_t w = token == NONE ? NONE : petr_word_of(s, token);
  if (w == NONE) return false;
  uint32_t np = s->word[w].np;
  *out = (struct phrase){s, np == NONE ? w : s->np[np].from, np == NONE ? w + 1 : s->np[np].to, w};
  return true;
}

static bool member_ends_at(const struct phrase *p, const struct petr_member *m, uint32_t w) {
  if (w + 1 < p->from + m->n) return false;
  for (uint8_t k = 0; k < m->n; k++)
    if (p->s->word[w + 1 - m->n + k].word != m->word[k]) return false;
  return true;
}

/* Whether an element (word or synset) ends at word w. */
static bool ends_at(const struct phrase *p, const struct petr_element *e, uint32_t w) {
  if (e->kind == PETR_WORD) { /* "assurances" for ASSURANCE: PETRARCH2 adds the plurals of nouns */
    uint32_t t = p->s->word[w].token;
    bool noun = p->s->d->tokens.upos[t] == UPOS_NOUN;
    return p->s->word[w].word == e->number || (noun && p->s->d->tokens.lemma[t] == e->number);
  }
  if (e->kind != PETR_SYNSET) return false;
  const struct petr_synset *x = &p->s->dict->synset[e->number];
  for (uint32_t i = 0; i < x->n; i++)
    if (member_ends_at(p, &p->s->dict->member[x->first + i], w)) return true;
  return false;
}

static bool anywhere(const struct phrase *p, const struct petr_element *e) {
  for (uint32_t w = p->from; w < p->to; w++)
    if (ends_at(p, e, w)) return true;
  return false;
}

/* A slot ($ + ^ %) takes any phrase. */
static bool is_slot(const struct petr_element *e) { return e->kind >= PETR_SOURCE && e->kind <= PETR_SKIP; }

static bool heads(const struct phrase *p, const struct petr_element *e) {
  return is_slot(e) || ends_at(p, e, p->head) || ends_at(p, e, p->to - 1);
}

/* {A B HEAD}: all its words in the phrase, the last as its head. n elements inside the braces. */
static bool group_fits(const struct phrase *p, const struct petr_element *e, uint32_t n) {
  if (!n || !heads(p, &e[n - 1])) return false;
  for (uint32_t i = 0; i + 1 < n; i++)
    if (!is_slot(&e[i]) && !anywhere(p, &e[i])) return false;
  return true;
}

/* The length of a bracket with its ends; e[0] opens it. */
static uint32_t bracket_length(const struct petr_element *e, uint32_t n) {
  int depth = 0;
  for (uint32_t i = 0; i < n; i++) {
    depth += e[i].kind == PETR_NP || e[i].kind == PETR_PP;
    depth -= e[i].kind == PETR_NP_END || e[i].kind == PETR_PP_END;
    if (!depth) return i + 1;
  }
  return n;
}

static bool phrase_fits(const struct phrase *p, const struct petr_element *e, uint32_t n) {
  if (e->kind == PETR_NP) return group_fits(p, e + 1, n > 2 ? n - 2 : 0);
  return heads(p, e);
}

/* (PREP), (PREP X), (PREP {A X}): a phrase of the verb or of its object. */
static bool preposition_fits(const struct petr_sentence *s, uint32_t phrase, const struct petr_element *e, uint32_t n) {
  if (n < 3) return false;
  bool marked = false;
  TREE_EACH(s->d, c, phrase) {
    if (s->d->tokens.deprel[c] != DEPREL_CASE && s->d->tokens.deprel[c] != DEPREL_MARK) continue;
    struct phrase p;
    marked |= phrase_of(s, c, &p) && ends_at(&p, &e[1], p.head);
  }
  if (!marked) return false;
  struct phrase p;
  return n == 3 || (phrase_of(s, phrase, &p) && phrase_fits(&p, e + 2, n - 3));
}

/* ---- the two sides */

struct verb_tree {
  const struct petr_sentence *s;
  uint32_t verb, subject, object; /* tokens; in the passive the subject is the object */
  uint64_t words;                 /* a bit for each word of the sentence and for each lemma of its nouns */
};

static bool prep_somewhere(const struct verb_tree *v, const struct petr_element *e, uint32_t n) {
  const struct doc *d = v->s->d;
  TREE_EACH(d, c, v->verb)
  if (preposition_fits(v->s, c, e, n)) return true;
  if (v->object == NONE) return false;
  TREE_EACH(d, c, v->object)
  if (preposition_fits(v->s, c, e, n)) return true;
  return false;
}

/* A bare word behind the verb: the head of its object, a particle, an adverb or adjective of it. */
static bool object_fits(const struct verb_tree *v, const struct petr_element *e, uint32_t n) {
  struct phrase p;
  if (phrase_of(v->s, v->object, &p) && phrase_fits(&p, e, n)) return true;
  if (e->kind == PETR_NP) return false;
  TREE_EACH(v->s->d, c, v->verb) {
    uint8_t r = v->s->d->tokens.deprel[c];
    bool particle = r == DEPREL_COMPOUND_PRT || r == DEPREL_ADVMOD ||
                    (r == DEPREL_XCOMP && v->s->d->tokens.upos[c] != UPOS_VERB) || r == DEPREL_OBL_UNMARKED;
    if (particle && c > v->verb && phrase_of(v->s, c, &p) && ends_at(&p, e, p.head)) return true;
  }
  return false;
}

static bool after_fits(const struct verb_tree *v, const struct petr_element *e, uint32_t n) {
  for (uint32_t i = 0; i < n;) {
    uint32_t length = e[i].kind == PETR_NP || e[i].kind == PETR_PP ? bracket_length(e + i, n - i) : 1;
    bool fits =
        is_slot(&e[i]) || (e[i].kind == PETR_PP ? prep_somewhere(v, e + i, length) : object_fits(v, e + i, length));
    if (!fits) return false;
    i += length;
  }
  return true;
}

/* Before the verb: the subject, or words that stand between it and the verb ("WILL NOT *"). */
static bool before_fits(const struct verb_tree *v, const struct petr_element *e, uint32_t n) {
  uint32_t at = petr_word_of(v->s, v->verb);
  struct phrase p, left = {v->s, at > 6 ? at - 6 : 0, at, at};
  bool subject = phrase_of(v->s, v->subject, &p);
  for (uint32_t i = 0; i < n;) {
    uint32_t length = e[i].kind == PETR_NP || e[i].kind == PETR_PP ? bracket_length(e + i, n - i) : 1;
    bool fits = is_slot(&e[i]) || (subject && e[i].kind != PETR_PP && phrase_fits(&p, e + i, length)) ||
                (length == 1 && (anywhere(&left, &e[i]) || (subject && anywhere(&p, &e[i]))));
    if (!fits) return false;
    i += length;
  }
  return true;
}

/* ---- a verb */

static bool negated(const struct doc *d, uint32_t v) {
  TREE_EACH(d, c, v) {
    str w = token_text(d, c);
    if (c < v && (str_eq_fold(w, STR("not")) || str_eq_fold(w, STR("n't")) || str_eq_fold(w, STR("never"))))
      return true;
  }
  return false;
}

static bool particles_fit(const struct petr_sentence *s, uint32_t verb, const struct petr_verb *v) {
  uint32_t w = petr_word_of(s, verb);
  if (w == NONE || w < v->n_before || w + v->n_after >= s->n) return w != NONE && !v->n_before && !v->n_after;
  for (uint8_t i = 0; i < v->n_after; i++)
    if (s->word[w + 1 + i].word != v->after[i]) return false;
  for (uint8_t i = 0; i < v->n_before; i++)
    if (s->word[w - v->n_before + i].word != v->before[i]) return false;
  return true;
}

static const struct petr_pattern *best_pattern(const struct verb_tree *t, const struct petr_block *b) {
  const struct petr_dict *dict = t->s->dict;
  for (uint32_t i = b->first; i < b->first + b->n; i++) {
    const struct petr_pattern *p = &dict->pattern[i];
    if (p->words & ~t->words) continue;
    if (before_fits(t, dict->element + p->before, p->n_before) && after_fits(t, dict->element + p->after, p->n_after))
      return p;
  }
  return NULL;
}

static struct petr_reading read_entries(const struct verb_tree *t, uint32_t node) {
  const struct petr_dict *dict = t->s->dict;
  struct petr_reading own = {NULL, STR(""), STR("")};
  const struct petr_verb *plain = NULL; /* a code of its own counts before a block's */
  for (int particles = 1; particles >= 0; particles--) PETR_TRIE_EACH(&dict->verbs, l, node) {
      const struct petr_verb *v = &dict->verb[dict->verbs.link[l - 1].value];
      if ((v->n_before + v->n_after > 0) != particles || !particles_fit(t->s, t->verb, v)) continue;
      const struct petr_pattern *p = best_pattern(t, &dict->block[v->block]);
      if (p) return (struct petr_reading){p, p->code, p->reverse};
      if (plain && (plain->own || !v->own) && (plain->code.n || plain->reverse.n)) continue;
      plain = v;
    }
  if (!plain) return own;
  bool passive = petr_passive(t->s->d, t->verb) && plain->reverse.n;
  own.code = passive ? plain->reverse : plain->code;
  if (!plain->code.n && !passive) own.reverse = plain->reverse;
  return own;
}

struct petr_reading petr_tree_verb(const struct petr_sentence *s, uint32_t verb) {
  uint32_t w = petr_word_of(s, verb), node = w == NONE ? 0 : petr_trie_step(&s->dict->verbs, 0, s->word[w].word);
  struct petr_reading none = {NULL, STR(""), STR("")};
  if (!node) return none;
  bool passive = petr_passive(s->d, verb);
  struct verb_tree t = {s, verb, petr_subject(s->d, verb), tree_child(s->d, verb, DEPREL_OBJ), 0};
  t.words = s->words;
  for (uint32_t i = 0; i < s->n; i++) t.words |= petr_word_bit(s->d->tokens.lemma[s->word[i].token]);
  if (passive) t.object = t.subject, t.subject = tree_child_universal(s->d, verb, DEPREL_OBL);
  if (!passive && t.object == NONE) t.object = petr_right_phrase(s, verb);
  struct petr_reading r = read_entries(&t, node);
  if (negated(s->d, verb)) r.code = petr_negate(s->dict, r.code), r.reverse = STR("");
  return r;
}

/* ---- codes */

static str table_code(const struct petr_dict *dict, str inner, unsigned column) {
  str best = STR("");
  size_t length = 0;
  for (uint32_t i = 0; i < dict->n_sums; i++) {
    const struct petr_sum *x = &dict->sum[i];
    if (x->inner.n <= length || !str_starts(inner, x->inner) || !x->with[column].n) continue;
    best = x->with[column];
    length = x->inner.n;
  }
  return best;
}

str petr_compose(const struct petr_dict *dict, str outer, str inner) {
  static const char *const columns[] = {"02", "03", "10", "13"};
  for (unsigned i = 0; i < 4; i++) {
    if (!str_starts(outer, str_of(columns[i]))) continue;
    str sum = table_code(dict, inner, i);
    if (sum.n) return sum;
  }
  return inner.n ? inner : outer;
}

str petr_negate(const struct petr_dict *dict, str code) { return table_code(dict, code, 4); }
