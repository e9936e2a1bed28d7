/* petr_linear.c - the coder of PETRARCH1 and TABARI: verbs in the order of the text, patterns over the words beside them, source and
 * target by the order of phrases where the pattern names none.
 *
 * Left of a verb reaches to the last comma or the start of the sentence; right of it to the end of its verb phrase. The source is the
 * first coded phrase on the left. The target is the first phrase on the right with another code; failing that a phrase without
 * code there; failing that the nearest other one on the left. What stands inside the verb phrase of a coded verb is not coded again. */
#include "doc/tree.h"
#include "petrarch/petr_match.h"

struct linear {
  struct petr_sentence *s;
  struct petr_side left, right;
  uint32_t verb; /* word */
  struct petr_event event;
};

static bool is_verb(const struct doc *d, uint32_t t) {
  uint8_t x = d->tokens.xpos[t];
  return x == XPOS_VB || x == XPOS_VBD || x == XPOS_VBG || x == XPOS_VBN || x == XPOS_VBP || x == XPOS_VBZ;
}

/* ---- the two sides */

static void look_left(struct linear *x) {
  const struct petr_sentence *s = x->s;
  x->left.n = 0;
  for (uint32_t w = x->verb; w-- > 0;) {
    if (s->word[w].gone) continue;
    if (s->word[w].comma && s->word[w].np == NONE) {
      uint32_t next = s->word[w + 1].np, before = w ? s->word[w - 1].np : NONE;
      if (next == NONE || before == NONE || s->np[next].first != s->np[before].first) return;
      continue;
    }
    if (!s->word[w].comma) x->left.at[x->left.n++] = w;
  }
}

static bool is_finite(uint8_t x) { return x == XPOS_VBD || x == XPOS_VBZ || x == XPOS_VBP || x == XPOS_MD; }

/* Whether the words at t end a verb phrase that came so far: a clause beside it, or a verb that goes on with the subject's clause. */
static bool ends_phrase(const struct doc *d, uint32_t t, uint32_t end) {
  uint8_t x = d->tokens.xpos[t], next = t + 1 < end ? d->tokens.xpos[t + 1] : (uint8_t)XPOS_NONE;
  if (x == XPOS_CC) return is_finite(next) || next == XPOS_VBN || next == XPOS_RB || next == XPOS_PRP;
  return is_finite(x) || d->tokens.upos[t] == UPOS_PUNCT;
}

/* The first token of the widest phrase that begins at t, its last one: to it the verb phrase grows. */
static uint32_t grown(const struct doc *d, uint32_t t) {
  uint32_t top = t;
  for (int i = 0; i < 64 && d->tokens.head[top] != NONE && d->tokens.left[d->tokens.head[top]] >= t; i++)
    top = d->tokens.head[top];
  return d->tokens.right[top];
}

/* The last token of a verb's phrase: its subtree without what is coordinated or stands beside it; what follows and neither ends the clause
 * nor begins another is in it too, for the tree hangs some of it higher. */
static uint32_t phrase_end(const struct doc *d, uint32_t t) {
  const struct tokens *k = &d->tokens;
  const struct sentence *x = &d->sentences.at[k->sentence[t]];
  uint32_t last = x->first + x->n - 1, verb = t;
  while ((k->deprel[t] == DEPREL_AUX || k->deprel[t] == DEPREL_AUX_PASS || k->deprel[t] == DEPREL_COP) &&
         k->head[t] != NONE)
    t = k->head[t];
  uint32_t end = k->right[t];
  TREE_EACH(d, c, t) {
    if (c < t || k->left[c] > end) continue;
    bool beside = k->deprel[c] == DEPREL_PARATAXIS || (k->deprel[c] == DEPREL_CONJ && is_verb(d, c));
    if (beside && k->left[c] <= end) end = k->left[c] - 1;
  }
  for (uint32_t c = verb + 1; c < end; c++) {
    uint8_t before = k->xpos[c - 1], next = k->xpos[c + 1];
    bool verbs = is_finite(next) || next == XPOS_VBN;
    if (k->xpos[c] == XPOS_CC && verbs && before != XPOS_VBN && before != XPOS_JJ && k->head[c + 1] > c) end = c - 1;
  }
  if (end < verb) end = verb;
  while (end < last && k->upos[end] != UPOS_PUNCT && !ends_phrase(d, end + 1, x->first + x->n)) {
    uint32_t more = grown(d, end + 1);
    end = more > end ? more : end + 1;
  }
  return end < last ? end : last;
}

static void look_right(struct linear *x, uint32_t particles) {
  const struct petr_sentence *s = x->s;
  uint32_t end = phrase_end(s->d, s->word[x->verb].token);
  x->right.n = 0;
  for (uint32_t w = x->verb + 1 + particles; w < s->n && s->word[w].token <= end; w++)
    if (!s->word[w].gone && !s->word[w].comma) x->right.at[x->right.n++] = w;
}

/* ---- source and target */

static uint32_t who(const struct linear *x, uint32_t np, struct petr_who out[PETR_WHO]) {
  return np == NONE || !petr_who(x->s, np, out) ? 0 : petr_who_new(x->s, np, out);
}

/* A phrase that no dictionary knows, for a side on which none is known. */
static uint32_t unknown(const struct linear *x, const struct petr_side *side, struct petr_who out[PETR_WHO]) {
  uint32_t n = 0;
  if (!x->s->dict->options.new_actor_length) return 0;
  for (uint32_t k = 0; k < side->n && !n; k++) {
    uint32_t w = side->at[side->left ? side->n - 1 - k : k], np = x->s->word[w].np;
    if (np != NONE && x->s->np[np].from == w) n = petr_who_new(x->s, np, out);
  }
  return n;
}

static void find_source(struct linear *x) {
  struct petr_event *v = &x->event;
  for (uint32_t i = x->left.n; i-- > 0 && !v->n_source;) {
    uint32_t w = x->left.at[i], np = x->s->word[w].np;
    if (np != NONE && x->s->np[np].from == w) v->n_source = who(x, np, v->source);
  }
  if (!v->n_source) v->n_source = unknown(x, &x->left, v->source);
}

/* Whether some pair of parties differs. */
static bool other(const struct petr_event *v) {
  for (uint32_t i = 0; i < v->n_source; i++)
    for (uint32_t k = 0; k < v->n_target; k++)
      if (!str_eq(v->source[i].code, v->target[k].code)) return true;
  return !v->n_source && v->n_target;
}

static bool take_target(struct linear *x, uint32_t np) {
  struct petr_event *v = &x->event;
  v->n_target = who(x, np, v->target);
  if (v->n_target && other(v)) return true;
  v->n_target = 0;
  return false;
}

/* True also where the target is a phrase without code: it is told, and empty. */
static bool find_target(struct linear *x) {
  const struct petr_sentence *s = x->s;
  bool empty = false;
  for (uint32_t i = 0; i < x->right.n; i++) {
    uint32_t np = s->word[x->right.at[i]].np;
    if (np == NONE || (i && s->word[x->right.at[i - 1]].np == np)) continue;
    if (take_target(x, np)) return true;
    struct petr_who none[PETR_WHO];
    empty |= !who(x, np, none);
  }
  if (empty && (x->event.n_target = unknown(x, &x->right, x->event.target))) return true;
  if (empty) return true;
  for (uint32_t i = 0; i < x->left.n; i++) {
    uint32_t np = s->word[x->left.at[i]].np;
    if (np != NONE && (!i || s->word[x->left.at[i - 1]].np != np) && take_target(x, np)) return true;
  }
  return false;
}

/* ---- voice */

static uint32_t agent_phrase(const struct linear *x) {
  const struct petr_sentence *s = x->s;
  for (uint32_t i = 0; i + 1 < x->right.n; i++) {
    uint32_t w = x->right.at[i];
    if (str_eq_fold(token_text(s->d, s->word[w].token), STR("by")) && s->word[x->right.at[i + 1]].np != NONE)
      return s->word[x->right.at[i + 1]].np;
  }
  return NONE;
}

static bool passive(const struct linear *x) {
  const struct doc *d = x->s->d;
  uint32_t t = x->s->word[x->verb].token;
  if (d->tokens.xpos[t] != XPOS_VBN && d->tokens.xpos[t] != XPOS_VBD) return false;
  return tree_child(d, t, DEPREL_AUX_PASS) != NONE && agent_phrase(x) != NONE;
}

static void swap_parties(struct petr_event *v) {
  struct petr_who swap[PETR_WHO];
  memcpy(swap, v->source, sizeof swap);
  memcpy(v->source, v->target, sizeof swap);
  memcpy(v->target, swap, sizeof swap);
  uint32_t n = v->n_source;
  v->n_source = v->n_target;
  v->n_target = n;
}

/* ---- one verb */

static bool complete(const struct linear *x) {
  const struct petr_event *v = &x->event;
  if (v->reciprocal) return v->n_source > 1;
  return !x->s->dict->options.require_dyad || (v->n_source && v->n_target);
}

static bool emit_pair(struct linear *x, str code, str reverse, bool *coded) {
  struct petr_event *v = &x->event;
  *coded = true;
  if (!complete(x)) return true;
  v->code = code;
  if (code.n && !petr_emit(x->s, v)) return false;
  if (!reverse.n || (v->reciprocal && str_eq(code, reverse))) return true;
  swap_parties(v);
  if (v->reciprocal) swap_parties(v);
  v->code = reverse;
  return petr_emit(x->s, v);
}

static bool code_verb(struct linear *x, const struct petr_pattern *p, const struct petr_slots *slots, str code,
                      str reverse, bool *coded) {
  struct petr_event *v = &x->event;
  *v = (struct petr_event){.verb = x->s->word[x->verb].token, .pattern = p};
  if (slots->compound != NONE) {
    v->n_source = who(x, slots->compound, v->source);
    v->reciprocal = slots->source == NONE && slots->target == NONE;
    if (v->reciprocal && v->n_source > 1) return emit_pair(x, code, reverse, coded);
    v->reciprocal = false;
  }
  bool by = slots->source == NONE && slots->target == NONE && passive(x);
  if (slots->source != NONE) v->n_source = who(x, slots->source, v->source);
  if (slots->target != NONE) v->n_target = who(x, slots->target, v->target);
  bool told = slots->target != NONE;
  if (slots->source == NONE && !v->n_source) find_source(x);
  if (!v->n_source && x->s->dict->options.require_dyad) return true;
  if (by && take_target(x, agent_phrase(x))) told = true;
  if (!told) told = find_target(x);
  if (!told) return true;
  if (by) swap_parties(v);
  return emit_pair(x, code, reverse, coded);
}

static bool particles_fit(const struct linear *x, const struct petr_verb *v) {
  const struct petr_sentence *s = x->s;
  for (uint8_t i = 0; i < v->n_after; i++)
    if (x->verb + 1 + i >= s->n || s->word[x->verb + 1 + i].word != v->after[i]) return false;
  for (uint8_t i = 0; i < v->n_before; i++)
    if (x->verb < v->n_before || s->word[x->verb - v->n_before + i].word != v->before[i]) return false;
  return true;
}

/* The first pattern of a verb's block that fits, or NULL. */
static const struct petr_pattern *best_pattern(const struct linear *x, const struct petr_verb *v,
                                               struct petr_slots *slots) {
  const struct petr_dict *dict = x->s->dict;
  const struct petr_block *b = &dict->block[v->block];
  for (uint32_t i = b->first; i < b->first + b->n; i++)
    if (petr_match(x->s, &dict->pattern[i], &x->left, &x->right, slots)) return &dict->pattern[i];
  return NULL;
}

/* Forms with particles before the bare one; the first whose block has a pattern that fits, else the first with a code of its own. */
static bool read_verb(struct linear *x, uint32_t node, bool *coded) {
  const struct petr_dict *dict = x->s->dict;
  const struct petr_verb *plain = NULL;
  struct petr_slots slots = {NONE, NONE, NONE};
  for (int particles = 1; particles >= 0; particles--) PETR_TRIE_EACH(&dict->verbs, l, node) {
      const struct petr_verb *v = &dict->verb[dict->verbs.link[l - 1].value];
      if ((v->n_before + v->n_after > 0) != particles || !particles_fit(x, v)) continue;
      look_right(x, v->n_after);
      const struct petr_pattern *p = best_pattern(x, v, &slots);
      if (p) return code_verb(x, p, &slots, p->code, p->reverse, coded);
      if (!plain && (v->code.n || v->reverse.n)) plain = v;
    }
  slots = (struct petr_slots){NONE, NONE, NONE};
  if (!plain) return true;
  look_right(x, plain->n_after);
  return code_verb(x, NULL, &slots, plain->code, plain->reverse, coded);
}

bool petr_code_linear(struct petr_sentence *s) {
  struct linear x = {.s = s, .left = {.left = true}};
  x.left.at = ARENA_ARRAY(&s->d->scratch, uint32_t, s->n + 1);
  x.right.at = ARENA_ARRAY(&s->d->scratch, uint32_t, s->n + 1);
  if (!x.left.at || !x.right.at) return false;
  uint32_t resume = 0;
  for (uint32_t w = 0; w < s->n; w++) {
    uint32_t t = s->word[w].token;
    bool verb =
        is_verb(s->d, t) || (w && s->d->tokens.xpos[t] == XPOS_UH); /* "Fornost and Gondor welcome a resumption" */
    if (s->word[w].gone || t < resume || !verb) continue;
    uint32_t node = petr_trie_step(&s->dict->verbs, 0, s->word[w].word);
    if (!node) continue;
    bool coded = false;
    x.verb = w;
    look_left(&x);
    if (!read_verb(&x, node, &coded)) return false;
    if (coded) resume = phrase_end(s->d, t) + 1;
  }
  return true;
}
