/* clause.c - walks over the tree; see clause.h. Knows relations and tags, no words. */
#include "event/clause.h"

bool clause_is_verbal(const struct doc *d, uint32_t t) {
  if (d->tokens.upos[t] == UPOS_VERB) return true;
  TREE_EACH(d, c, t) {
    uint8_t rel = d->tokens.deprel[c];
    if (rel == DEPREL_COP || deprel_universal(rel) == DEPREL_NSUBJ || rel == DEPREL_EXPL) return true;
  }
  return false;
}

bool clause_passive(const struct doc *d, uint32_t verb) {
  const struct tokens *t = &d->tokens;
  for (int depth = 0; depth < CLAUSE_DEPTH; depth++) {
    bool aux = false;
    TREE_EACH(d, c, verb) {
      uint8_t rel = t->deprel[c];
      if (rel == DEPREL_AUX_PASS || rel == DEPREL_NSUBJ_PASS || rel == DEPREL_OBL_AGENT) return true;
      if (rel == DEPREL_AUX || rel == DEPREL_NSUBJ) aux = true;
    }
    if (aux || t->xpos[verb] != XPOS_VBN) return false;
    uint8_t rel = t->deprel[verb];
    /* "The governor, an engineer, denied that": a past tense that the parser took for a participle has a complement of its own */
    if (rel == DEPREL_ACL && tree_child(d, verb, DEPREL_CCOMP) != NONE) return false;
    if (rel == DEPREL_ACL || rel == DEPREL_ADVCL || rel == DEPREL_AMOD)
      return true; /* "a man accused of", "asked whether" */
    if (rel != DEPREL_CONJ || t->head[verb] == NONE) return false;
    verb = t->head[verb];
  }
  return false;
}

/* "who", "which", "that": a pronoun that stands for the noun its clause describes. */
static bool is_relative(const struct doc *d, uint32_t t) {
  uint8_t x = d->tokens.xpos[t];
  return x == XPOS_WDT || x == XPOS_WP;
}

/* The noun whose relative clause `verb` heads or is coordinated in. */
static uint32_t relative_noun(const struct doc *d, uint32_t verb) {
  const struct tokens *t = &d->tokens;
  for (int depth = 0; depth < CLAUSE_DEPTH && verb != NONE; depth++) {
    uint8_t rel = t->deprel[verb];
    if (rel == DEPREL_ACL_RELCL || rel == DEPREL_ADVCL_RELCL || rel == DEPREL_ACL) return t->head[verb];
    if (rel != DEPREL_CONJ && rel != DEPREL_XCOMP && rel != DEPREL_CCOMP) return NONE;
    verb = t->head[verb];
  }
  return NONE;
}

/* The subject below the verb; a relative pronoun only if there is no other ("which she is said to be considering": she). */
static uint32_t own_subject(const struct doc *d, uint32_t verb) {
  uint32_t relative = NONE;
  TREE_EACH(d, c, verb) {
    uint8_t rel = d->tokens.deprel[c];
    if (rel != DEPREL_NSUBJ && rel != DEPREL_NSUBJ_PASS && rel != DEPREL_NSUBJ_OUTER) continue;
    if (!is_relative(d, c)) return c;
    relative = c;
  }
  return relative;
}

static uint32_t object_of(const struct doc *d, uint32_t verb) {
  uint32_t o = tree_child(d, verb, DEPREL_OBJ);
  return o != NONE ? o : tree_child(d, verb, DEPREL_IOBJ);
}

uint32_t clause_subject(const struct doc *d, uint32_t verb) {
  const struct tokens *t = &d->tokens;
  for (int depth = 0; depth < CLAUSE_DEPTH && verb != NONE; depth++) {
    uint32_t s = own_subject(d, verb);
    if (s != NONE && !is_relative(d, s)) return s;
    if (s != NONE) {
      uint32_t noun = relative_noun(d, verb);
      return noun != NONE ? noun : s;
    }
    uint32_t head = t->head[verb];
    switch (t->deprel[verb]) {
    case DEPREL_CONJ:
    case DEPREL_ADVCL:
    case DEPREL_PARATAXIS: break;
    case DEPREL_ACL:
    case DEPREL_ACL_RELCL: /* "a man accused of", "villagers fleeing"; an infinitive has the subject of the clause above */
      if (head == NONE || (t->xpos[verb] != XPOS_VB && t->upos[head] != UPOS_VERB)) return head;
      break;
    case DEPREL_XCOMP:
    case DEPREL_CCOMP:
      if (head != NONE && t->deprel[verb] == DEPREL_XCOMP) {
        uint32_t o = object_of(d, head);
        if (o != NONE && o < verb) return o; /* "ordered the navy to stop": the navy */
      }
      break;
    default:
      if (head == NONE || deprel_universal(t->deprel[verb]) == DEPREL_NSUBJ) return NONE;
      break;
    }
    verb = head;
  }
  return NONE;
}

uint32_t clause_agent(const struct doc *d, uint32_t verb, sym by) {
  const struct tokens *t = &d->tokens;
  TREE_EACH(d, c, verb) {
    if (t->deprel[c] == DEPREL_OBL_AGENT) return c;
    if (deprel_universal(t->deprel[c]) == DEPREL_OBL && tree_case(d, c) == by && c > verb && t->timex[c] == NONE &&
        t->upos[c] != UPOS_NUM)
      return c;
  }
  return NONE;
}

bool clause_negated(const struct doc *d, uint32_t verb, sym not_, sym nt, sym never) {
  TREE_EACH(d, c, verb) {
    sym n = d->tokens.norm[c];
    if (c < verb && n != SYM_NONE && (n == not_ || n == nt || n == never)) return true;
  }
  return false;
}

uint32_t clause_head(const struct doc *d, uint32_t t) {
  uint32_t last = t;
  for (int depth = 0; depth < 2 * CLAUSE_DEPTH && t != NONE; depth++) {
    if (clause_is_verbal(d, t)) return t;
    last = t;
    t = d->tokens.head[t];
  }
  return last;
}

static bool outside_phrase(uint8_t rel, bool core) {
  switch (rel) {
  case DEPREL_ACL_RELCL:
  case DEPREL_ADVCL_RELCL:
  case DEPREL_ADVCL:
  case DEPREL_ACL:
  case DEPREL_PARATAXIS:
  case DEPREL_PUNCT:
  case DEPREL_CASE:
  case DEPREL_MARK:
  case DEPREL_COP:
  case DEPREL_AUX:
  case DEPREL_NSUBJ:
  case DEPREL_CC:
  case DEPREL_DISCOURSE: return true;
  case DEPREL_CONJ:
  case DEPREL_APPOS:
  case DEPREL_LIST: return core;
  default: return false;
  }
}

static struct token_range range_of(const struct doc *d, uint32_t head, bool core) {
  const struct tokens *t = &d->tokens;
  struct token_range r = {head, head};
  TREE_EACH(d, c, head) {
    if (outside_phrase(t->deprel[c], core)) continue;
    if (t->left[c] < r.first) r.first = t->left[c];
    if (t->right[c] > r.last) r.last = t->right[c];
  }
  while (r.first < head && t->upos[r.first] == UPOS_PUNCT) r.first++;
  while (r.last > head && t->upos[r.last] == UPOS_PUNCT) r.last--;
  return r;
}

struct token_range phrase_range(const struct doc *d, uint32_t head) {
  return range_of(d, head, false);
}
struct token_range phrase_core(const struct doc *d, uint32_t head) {
  return range_of(d, head, true);
}

uint32_t token_actor(const struct doc *d, uint32_t t) {
  uint32_t m = d->tokens.mention[t];
  return m == NONE ? NONE : d->mentions.at[m].actor;
}

uint32_t phrase_actor(const struct doc *d, uint32_t head) {
  uint32_t a = token_actor(d, head);
  if (a != NONE) return a;
  static const uint8_t order[] = {DEPREL_APPOS, DEPREL_FLAT,     DEPREL_NMOD_POSS,
                                  DEPREL_NMOD,  DEPREL_COMPOUND, DEPREL_AMOD};
  for (size_t i = 0; i < sizeof order; i++)
    for (uint32_t c = tree_child(d, head, order[i]); c != NONE; c = tree_next_same(d, c))
      if ((a = token_actor(d, c)) != NONE) return a;
  return NONE;
}

bool token_noun(const struct doc *d, uint32_t t) {
  uint8_t u = d->tokens.upos[t];
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM ||
         (u == UPOS_ADJ && tree_child(d, t, DEPREL_DET) != NONE);
}
