/* use.c - how a toponym is used: where something is, the government there, or to modify something else. */
#include "doc/tree.h"
#include "place/settle.h"

uint32_t place_head(const struct doc *d, const struct place *p) {
  for (uint32_t t = p->first; t < p->first + p->n; t++)
    if (d->tokens.head[t] < p->first || d->tokens.head[t] >= p->first + p->n) return t;
  return p->first;
}

uint8_t place_use_of(const struct settle *s, const struct place *p) {
  const struct tokens *t = &s->d->tokens;
  uint32_t h = place_head(s->d, p);
  for (int climb = 0; climb < 6 && t->deprel[h] == DEPREL_CONJ && t->head[h] != NONE; climb++) h = t->head[h];
  uint32_t up = t->head[h];
  uint32_t prep = cue_bits(&s->k->cues, tree_case(s->d, h));
  uint32_t governor = up == NONE ? 0 : cue_bits(&s->k->cues, t->lemma[up]);
  if (prep & (CUE(STRONG) | CUE(WEAK))) {
    if ((prep & CUE(SURFACE)) && p->level >= LEVEL_COUNTRY) return PLACE_USE_METONYMIC;
    bool against = !(prep & CUE(STRONG)) && p->level == LEVEL_COUNTRY && up != NONE && t->upos[up] == UPOS_NOUN &&
                   tree_case(s->d, h) == s->k->cues.of && !(governor & (CUE(KIND) | CUE(DIVISION)));
    return against ? PLACE_USE_MODIFIER : PLACE_USE_LITERAL;
  }
  if (deprel_universal(t->deprel[h]) == DEPREL_FLAT && up != NONE && token_text(s->d, up).n == 1)
    return PLACE_USE_MODIFIER; /* "D-Ark." */
  switch (deprel_universal(t->deprel[h])) {
  case DEPREL_NSUBJ:
  case DEPREL_CSUBJ:
    return up != NONE && t->upos[up] == UPOS_VERB && !(governor & CUE(STATIC)) && t->deprel[h] != DEPREL_NSUBJ_PASS
               ? PLACE_USE_METONYMIC
               : PLACE_USE_LITERAL;
  case DEPREL_OBJ:
  case DEPREL_IOBJ: return governor & CUE(MOTION) ? PLACE_USE_LITERAL : PLACE_USE_METONYMIC;
  case DEPREL_NMOD:
    return t->deprel[h] == DEPREL_NMOD_POSS ? PLACE_USE_MODIFIER
           : tree_case(s->d, h)             ? PLACE_USE_METONYMIC
                                            : PLACE_USE_LITERAL;
  case DEPREL_COMPOUND:
  case DEPREL_AMOD:
    return governor & (CUE(KIND) | CUE(DIVISION) | CUE(FACILITY)) ? PLACE_USE_LITERAL : PLACE_USE_MODIFIER;
  case DEPREL_OBL: return tree_case(s->d, h) ? PLACE_USE_METONYMIC : PLACE_USE_LITERAL;
  default: return PLACE_USE_LITERAL;
  }
}
