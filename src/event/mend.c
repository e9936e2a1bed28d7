/* mend.c - a few attachments that the parser gets wrong and that tense or order shows to be wrong, put right before events are read.
 *
 * Each case is a shape that cannot be what was meant: a finite verb coordinated with an infinitive, a participle behind a comma
 * that describes the last noun of its clause, a "participle" between two nouns behind "after". Heads move to a word above
 * only, or change places with one, so the tree stays a tree. Looks at relations and tags, and one class of words. */
#include "event/mend.h"

enum { CLIMB = 8 };

/* "demanded that the cabinet withdraw the plan and said ...": a past tense is no conjunct of a bare form; the verb above is. */
static bool mend_conjunct(struct doc *d, uint32_t v) {
  struct tokens *t = &d->tokens;
  uint32_t h = t->head[v];
  if (t->deprel[v] != DEPREL_CONJ || h == NONE || h > v) return false;
  bool subjunctive = t->xpos[h] == XPOS_VBP && t->deprel[h] == DEPREL_CCOMP; /* "that the militia leave" */
  if (t->xpos[h] != XPOS_VB && !subjunctive) return false;
  if (t->xpos[v] != XPOS_VBD && (t->xpos[v] != XPOS_VBN || tree_child_universal(d, v, DEPREL_AUX) != NONE))
    return false;
  if (tree_child_universal(d, v, DEPREL_NSUBJ) != NONE || t->upos[h] != UPOS_VERB) return false;
  for (int i = 0; i < CLIMB && h != NONE; i++, h = t->head[h])
    if (t->xpos[h] == XPOS_VBD && t->upos[h] == UPOS_VERB) {
      t->head[v] = h;
      return true;
    }
  return false;
}

/* "freed a commander, warning that it would storm the prison": whoever freed him warns. */
static bool mend_participle(struct doc *d, uint32_t v) {
  struct tokens *t = &d->tokens;
  uint32_t h = t->head[v], first = t->left[v];
  if (t->deprel[v] != DEPREL_ACL || t->xpos[v] != XPOS_VBG || h == NONE || h > v || first == 0) return false;
  if (first != v || t->upos[first - 1] != UPOS_PUNCT || token_text(d, first - 1).p[0] != ',') {
    bool comma = t->upos[first] == UPOS_PUNCT && token_text(d, first).p[0] == ',' && first + 1 == v;
    if (!comma) return false;
  }
  for (int i = 0; i < CLIMB && h != NONE && t->upos[h] != UPOS_VERB; i++) h = t->head[h];
  uint32_t up = h;
  for (int i = 0; i < CLIMB && up != NONE && t->xpos[up] == XPOS_VB; i++) up = t->head[up];
  if (up != NONE && t->xpos[up] == XPOS_VBD)
    h = up; /* not of an infinitive on the way: "gave him a day to free a man, warning .." */
  if (h == NONE || t->upos[h] != UPOS_VERB || t->head[v] < h) return false; /* a subject describes itself */
  t->head[v] = h;
  t->deprel[v] = DEPREL_ADVCL;
  return true;
}

/* "after army artillery shelled positions of the battalion": read as positions shelled, with "army artillery" before them. */
static bool mend_garden_path(struct grammar g, struct doc *d, uint32_t v) {
  struct tokens *t = &d->tokens;
  uint32_t n = t->head[v], mark = NONE, subject = NONE;
  if (t->deprel[v] != DEPREL_AMOD || t->upos[v] != UPOS_VERB || n != v + 1 || v == 0) return false;
  if (t->xpos[v] != XPOS_VBN && t->xpos[v] != XPOS_VBD) return false;
  TREE_EACH(d, c, n)
  if (t->deprel[c] == DEPREL_CASE && token_is(g.rules, d, c, GRAMMAR_CLAUSE_PREP)) mark = c;
  bool beside = t->head[v - 1] == n || t->head[v - 1] == v;
  if (beside && t->deprel[v - 1] == DEPREL_COMPOUND && (t->upos[v - 1] == UPOS_NOUN || t->upos[v - 1] == UPOS_PROPN))
    subject = v - 1;
  if (mark == NONE || subject == NONE || mark > subject) return false;
  for (uint32_t c = mark; c < v;
       c++) { /* what stood before the noun belongs to the subject now, the mark to the verb */
    if (t->head[c] == n && c != subject) t->head[c] = c == mark ? v : subject;
  }
  t->deprel[mark] = DEPREL_MARK;
  t->head[subject] = v;
  t->deprel[subject] = DEPREL_NSUBJ;
  t->head[v] = t->head[n];
  t->deprel[v] = DEPREL_ADVCL;
  t->head[n] = v;
  t->deprel[n] = DEPREL_OBJ;
  return true;
}

/* "Police say the suspects planned to bomb a train": nobody says a noun; its participle is the verb of what is said. */
static bool mend_said(struct grammar g, struct doc *d, uint32_t v) {
  struct tokens *t = &d->tokens;
  uint32_t n = t->head[v], say = n == NONE ? NONE : t->head[n];
  if (t->deprel[v] != DEPREL_ACL || say == NONE || t->deprel[n] != DEPREL_OBJ || n < say || v < n) return false;
  if ((t->xpos[v] != XPOS_VBN && t->xpos[v] != XPOS_VBD) || !token_is(g.rules, d, say, GRAMMAR_SAYS)) return false;
  if (tree_child(d, v, DEPREL_OBL_AGENT) != NONE) return false;
  t->head[v] = say;
  t->deprel[v] = DEPREL_CCOMP;
  t->xpos[v] = XPOS_VBD;
  t->head[n] = v;
  t->deprel[n] = DEPREL_NSUBJ;
  return true;
}

void tree_mend(struct grammar g, struct doc *d) {
  bool mended = false;
  for (uint32_t v = 0; v < d->tokens.n; v++)
    mended |= mend_conjunct(d, v) || mend_participle(d, v) || mend_garden_path(g, d, v) || mend_said(g, d, v);
  if (mended) tree_link(d);
}
