/* tense.c - the tense around an expression of time. */
#include "time/tense.h"

enum { STEPS = 48 };

static bool verbal(const struct doc *d, uint32_t t) {
  uint8_t x = d->tokens.xpos[t];
  return (x >= XPOS_VB && x <= XPOS_VBZ) || x == XPOS_MD;
}
static bool lemma_in(const struct time_words *t, const struct doc *d, uint32_t token, enum time_class c) {
  return word_is(time_word(t, d->tokens.lemma[token]), c);
}
static bool word_z(const struct doc *d, uint32_t t, const char *z) { return str_is(doc_word(d, d->tokens.norm[t]), z); }

/* ---- by the tree */

struct verb_group {
  bool modal, have_past, have_now, be_past, be_now, be_bare, do_past, to, condition;
};

static struct verb_group verb_group(const struct doc *d, uint32_t v) {
  struct verb_group g = {0};
  for (uint32_t c = d->tokens.child[v]; c != NONE; c = d->tokens.sibling[c]) {
    uint8_t rel = d->tokens.deprel[c], x = d->tokens.xpos[c];
    if (rel == DEPREL_MARK) {
      if (x == XPOS_TO) g.to = true;
      if (word_z(d, c, "if") || word_z(d, c, "unless")) g.condition = true;
      continue;
    }
    if (rel != DEPREL_AUX && rel != DEPREL_AUX_PASS && rel != DEPREL_COP) continue;
    bool past = x == XPOS_VBD, now = x == XPOS_VBP || x == XPOS_VBZ;
    str lemma = doc_word(d, d->tokens.lemma[c]);
    if (x == XPOS_MD) g.modal = true;
    else if (str_is(lemma, "have")) g.have_past |= past, g.have_now |= !past;
    else if (str_is(lemma, "do")) g.do_past |= past;
    else g.be_past |= past, g.be_now |= now, g.be_bare |= x == XPOS_VB;
    if (x == XPOS_TO) g.to = true;
  }
  return g;
}

/* "the first president to visit", "the only one to leave": what follows was done as surely as what stands above it. */
static bool ranked(const struct time_words *t, const struct doc *d, uint32_t noun) {
  for (uint32_t c = d->tokens.child[noun]; c != NONE && c < noun; c = d->tokens.sibling[c]) {
    const struct time_word *w = time_word(t, d->tokens.norm[c]);
    if (word_is(w, TC_ORD) || word_value(w, TC_REL) == 1 || word_value(w, TC_REL) == 9 || word_z(d, c, "only"))
      return true;
  }
  return false;
}

enum verdict { VERDICT_UP = -1 }; /* look at the verb above; other values are enum tense */

static int judge(const struct time_words *t, const struct doc *d, uint32_t v, bool *conditional) {
  struct verb_group g = verb_group(d, v);
  uint8_t x = d->tokens.xpos[v], rel = deprel_universal(d->tokens.deprel[v]);
  uint32_t above = d->tokens.head[v];
  if (g.condition) *conditional = true;
  if (g.modal) return g.have_now || g.have_past ? TENSE_PAST : TENSE_FUTURE;
  if (g.to || (x == XPOS_VB && !g.do_past)) {
    if ((g.have_now || g.have_past) && g.to) return TENSE_PAST; /* "is said to have met" */
    if (above == NONE) return TENSE_FUTURE;
    if (lemma_in(t, d, above, TC_PROSPECTIVE) && verb_group(d, above).have_past)
      return TENSE_PAST; /* "had been due to expire on": it was over */
    if (rel == DEPREL_ACL && ranked(t, d, above)) return VERDICT_UP;
    if (rel == DEPREL_ADVCL || lemma_in(t, d, above, TC_IMPLICATIVE)) return VERDICT_UP;
    return TENSE_FUTURE;
  }
  if (lemma_in(t, d, v, TC_PROSPECTIVE) && x == XPOS_VBN) return g.have_past ? TENSE_PAST : TENSE_FUTURE;
  if (g.be_bare && !g.do_past) return TENSE_FUTURE; /* "demanded that the camp be cleared" */
  if (g.have_past || g.have_now || g.be_past || g.do_past || x == XPOS_VBD) return TENSE_PAST;
  if (g.be_now || x == XPOS_VBZ || x == XPOS_VBP) return TENSE_PRESENT;
  if (x == XPOS_VBN && (rel == DEPREL_ACL || rel == DEPREL_ADVCL || rel == DEPREL_AMOD)) return TENSE_PAST;
  return VERDICT_UP;
}

static struct tense_reading by_tree(const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n) {
  struct tense_reading r = {TENSE_NONE, NONE, false};
  uint32_t at = first;
  for (uint32_t i = first; i < first + n; i++) /* the head of the expression */
    if (d->tokens.head[i] == NONE || d->tokens.head[i] < first || d->tokens.head[i] >= first + n) at = i;
  for (int step = 0; step < STEPS && at != NONE; step++, at = d->tokens.head[at]) {
    if (at >= first && at < first + n) continue;
    bool says = verbal(d, at) || d->tokens.upos[at] == UPOS_VERB;
    if (!says) {
      for (uint32_t c = d->tokens.child[at]; c != NONE && !says; c = d->tokens.sibling[c])
        says = d->tokens.deprel[c] == DEPREL_COP;
      if (!says) continue;
    }
    int v = judge(t, d, at, &r.conditional);
    if (v == VERDICT_UP) continue;
    r.tense = (enum tense)v, r.verb = at;
    return r;
  }
  return r;
}

/* ---- by the tags alone */

static enum tense judge_flat(const struct time_words *t, const struct doc *d, uint32_t v, uint32_t from) {
  uint8_t x = d->tokens.xpos[v];
  bool have = false, to = false, be = false, past = x == XPOS_VBD;
  for (uint32_t i = v; i > from && v - i < 4; i--) {
    uint8_t y = d->tokens.xpos[i - 1];
    str w = doc_word(d, d->tokens.norm[i - 1]);
    if (y == XPOS_MD) return TENSE_FUTURE;
    if (y == XPOS_TO) to = true;
    if (str_is(w, "had") || str_is(w, "has") || str_is(w, "have")) have = true;
    if (str_is(w, "was") || str_is(w, "were") || str_is(w, "did")) past = true;
    if (str_is(w, "is") || str_is(w, "are")) be = true;
    if (y != XPOS_RB && !(y >= XPOS_VB && y <= XPOS_VBZ) && y != XPOS_TO) break;
  }
  if (to) {
    for (uint32_t i = v; i > from && v - i < 5; i--)
      if (lemma_in(t, d, i - 1, TC_IMPLICATIVE) && d->tokens.xpos[i - 1] == XPOS_VBD) return TENSE_PAST;
    return TENSE_FUTURE;
  }
  if (x == XPOS_VBN && lemma_in(t, d, v, TC_PROSPECTIVE)) return TENSE_FUTURE;
  if (past || have || (x == XPOS_VBN && !be)) return TENSE_PAST;
  if (x == XPOS_VB) return TENSE_FUTURE;
  return x == XPOS_VBG && !be ? TENSE_NONE : TENSE_PRESENT;
}

static struct tense_reading by_tags(const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n) {
  struct tense_reading r = {TENSE_NONE, NONE, false};
  const struct sentence *s = &d->sentences.at[d->tokens.sentence[first]];
  for (uint32_t i = first; i > s->first && first - i < 24 && r.tense == TENSE_NONE; i--)
    if (verbal(d, i - 1)) r.tense = judge_flat(t, d, i - 1, s->first), r.verb = i - 1;
  for (uint32_t i = first + n; i < s->first + s->n && i - first < 40 && r.tense == TENSE_NONE; i++)
    if (verbal(d, i)) {
      uint32_t v = i;
      while (v + 1 < s->first + s->n && (verbal(d, v + 1) || d->tokens.xpos[v + 1] == XPOS_RB) && v - i < 4) v++;
      while (v > i && !verbal(d, v)) v--;
      r.tense = judge_flat(t, d, v, s->first), r.verb = v;
    }
  for (uint32_t i = first; i > s->first && first - i < 16; i--)
    if (word_z(d, i - 1, "unless") || word_z(d, i - 1, "if")) r.conditional = true;
  return r;
}

struct tense_reading tense_read(const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n) {
  return d->have & HAVE_TREE ? by_tree(t, d, first, n) : by_tags(t, d, first, n);
}
