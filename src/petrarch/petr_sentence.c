/* petr_sentence.c - words, noun phrases and coordinations of a sentence; clauses between commas cut out. */
#include "petrarch/petr_sentence.h"
#include "doc/tree.h"

enum { CLIMB = 64 }; /* most steps up a tree */

/* ---- noun phrases */

static bool nominal(const struct doc *d, uint32_t t) {
  const struct tokens *k = &d->tokens;
  switch (k->upos[t]) {
  case UPOS_NOUN:
  case UPOS_PROPN:
  case UPOS_NUM:
  case UPOS_SYM:
  case UPOS_X: return true;
  case UPOS_PRON: return k->xpos[t] == XPOS_PRP || k->xpos[t] == XPOS_NN || k->xpos[t] == XPOS_DT;
  case UPOS_ADJ: return tree_child(d, t, DEPREL_DET) != NONE; /* "the wounded" */
  default: return false;
  }
}

static bool comma_before(const struct doc *d, uint32_t t) {
  uint32_t left = d->tokens.left[t];
  return left && d->tokens.upos[left - 1] == UPOS_PUNCT && d->tokens.xpos[left - 1] != XPOS_HYPH;
}

/* Whether t belongs to the phrase of its head: articles, adjectives, numbers, names, possessors, what stands before the noun. */
static bool part_of_head(const struct doc *d, uint32_t t) {
  const struct tokens *k = &d->tokens;
  uint32_t h = k->head[t];
  switch (k->deprel[t]) {
  case DEPREL_DET:
  case DEPREL_DET_PREDET:
  case DEPREL_AMOD:
  case DEPREL_COMPOUND:
  case DEPREL_NUMMOD:
  case DEPREL_NMOD_POSS:
  case DEPREL_NMOD_DESC:
  case DEPREL_NMOD_NPMOD:
  case DEPREL_NMOD_UNMARKED:
  case DEPREL_FLAT:
  case DEPREL_FLAT_FOREIGN:
  case DEPREL_GOESWITH:
  case DEPREL_FIXED: return true;
  case DEPREL_CASE: return k->xpos[t] == XPOS_POS;
  case DEPREL_ADVMOD: return k->upos[h] == UPOS_ADJ || k->upos[h] == UPOS_NUM || k->upos[h] == UPOS_DET;
  case DEPREL_APPOS: return !comma_before(d, t);
  case DEPREL_CONJ:
    return t < k->head[h] && k->head[h] != NONE && part_of_head(d, h); /* "political and military officials" */
  default: return false;
  }
}

static uint32_t phrase_head(const struct doc *d, uint32_t t) {
  for (int i = 0; i < CLIMB && d->tokens.head[t] != NONE && part_of_head(d, t); i++) t = d->tokens.head[t];
  return t;
}

/* ---- words */

static bool skipped(const struct doc *d, uint32_t t) {
  uint8_t x = d->tokens.xpos[t];
  return x == XPOS_POS || (d->tokens.upos[t] == UPOS_PUNCT && x != XPOS_COMMA);
}

/* A token's words: "Al-Qaeda" and "Dol_Amroth" are two, as in the dictionaries; "W." is w. */
static void put_words(struct petr_sentence *s, uint32_t t) {
  struct doc *d = s->d;
  str text = token_text(d, t);
  bool whole = text.n && !memchr(text.p, '-', text.n) && !memchr(text.p, '_', text.n);
  bool dotted = text.n > 1 && text.p[text.n - 1] == '.' && !memchr(text.p, '.', text.n - 1);
  if (whole && !dotted) {
    s->word[s->n++] = (struct petr_word){d->tokens.norm[t], t, NONE, d->tokens.xpos[t] == XPOS_COMMA, false};
    return;
  }
  for (size_t i = 0; i < text.n;) {
    size_t from = i;
    while (i < text.n && text.p[i] != '-' && text.p[i] != '_') i++;
    size_t end = dotted && i == text.n ? i - 1 : i;
    if (end > from)
      s->word[s->n++] = (struct petr_word){doc_intern_lower(d, str_sub(text, from, end)), t, NONE, false, false};
    i++;
  }
}

static size_t count_words(const struct doc *d, const struct sentence *x) {
  size_t n = 0;
  for (uint32_t t = x->first; t < x->first + x->n; t++) {
    str text = token_text(d, t);
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == '-' || text.p[i] == '_';
    n++;
  }
  return n;
}

uint32_t petr_word_of(const struct petr_sentence *s, uint32_t token) {
  uint32_t low = 0, high = s->n;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (s->word[mid].token < token) low = mid + 1;
    else high = mid;
  }
  return low < s->n && s->word[low].token == token ? low : NONE;
}

/* ---- phrases over words */

static void mark_phrases(struct petr_sentence *s, const struct sentence *x, uint32_t *base) {
  const struct doc *d = s->d;
  for (uint32_t i = 0; i < x->n; i++) {
    base[i] = phrase_head(d, x->first + i);
    if (!nominal(d, base[i])) base[i] = NONE;
  }
  /* "political and military officials", "complete, full ties": what stands between two words of a phrase is in it */
  for (uint32_t i = 1; i + 1 < x->n; i++) {
    uint8_t u = d->tokens.upos[x->first + i];
    if ((u == UPOS_CCONJ || u == UPOS_PUNCT || u == UPOS_ADV) && base[i] != base[i - 1] && base[i - 1] == base[i + 1])
      base[i] = base[i - 1];
    else if (u == UPOS_CCONJ && base[i] == x->first + i) base[i] = NONE;
  }
}

static void collect_phrases(struct petr_sentence *s, const struct sentence *x, const uint32_t *base) {
  for (uint32_t i = 0; i < s->n;) {
    uint32_t b = base[s->word[i].token - x->first], from = i;
    while (i < s->n && base[s->word[i].token - x->first] == b) i++;
    uint32_t head = b == NONE ? NONE : petr_word_of(s, b);
    if (head == NONE || head < from || head >= i) continue; /* words of a phrase that stand away from its head */
    for (uint32_t w = from; w < i; w++) s->word[w].np = s->n_np;
    s->np_of[b - x->first] = s->n_np;
    s->np[s->n_np] = (struct petr_np){from, i, i, b, s->n_np, NONE, false};
    s->n_np++;
  }
}

static uint32_t np_of_token(const struct petr_sentence *s, uint32_t t) {
  uint32_t w = t == NONE ? NONE : petr_word_of(s, t);
  return w == NONE ? NONE : s->word[w].np;
}

/* Phrases joined by a conjunction: "Fornost, Gondor and Bree". */
static void join_groups(struct petr_sentence *s) {
  uint32_t *last = ARENA_ARRAY(&s->d->scratch, uint32_t, s->n_np + 1);
  for (uint32_t i = 0; last && i < s->n_np; i++) last[i] = i;
  for (uint32_t i = 0; last && i < s->n_np; i++) {
    if (s->d->tokens.deprel[s->np[i].head] != DEPREL_CONJ) continue;
    uint32_t to = np_of_token(s, s->d->tokens.head[s->np[i].head]);
    if (to == NONE || to >= i) continue;
    uint32_t first = s->np[to].first;
    s->np[i].first = first;
    s->np[last[first]].next = i;
    last[first] = i;
    s->np[first].compound = s->np[i].compound = true;
  }
}

void petr_group(const struct petr_sentence *s, uint32_t np, uint32_t *from, uint32_t *to) {
  uint32_t i = s->np[np].first;
  *from = s->np[i].from;
  *to = s->np[i].to;
  for (; i != NONE; i = s->np[i].next) *to = s->np[i].to;
}

static bool within(const struct petr_sentence *s, uint32_t token, uint32_t from, uint32_t to) {
  uint32_t w = token == NONE ? NONE : petr_word_of(s, token);
  return w != NONE && w >= from && w < to;
}

/* What hangs on a phrase: "government of Gondor" always, "activists in Arnor" and "soldiers from Gondor" where the tree has it so. */
static void extend(struct petr_sentence *s) {
  for (uint32_t i = s->n_np; i-- > 0;) {
    struct petr_np *p = &s->np[i];
    if (i + 1 >= s->n_np || s->np[i + 1].from != p->to + 1 || s->word[p->to].comma) continue;
    const struct petr_np *q = &s->np[i + 1];
    str word = token_text(s->d, s->word[p->to].token);
    bool of = str_eq_fold(word, STR("of"));
    if (!of && !str_eq_fold(word, STR("in")) && !str_eq_fold(word, STR("from"))) continue;
    uint8_t rel = deprel_universal(s->d->tokens.deprel[q->head]);
    if (!of && (rel != DEPREL_NMOD || !within(s, s->d->tokens.head[q->head], p->from, p->to))) continue;
    uint32_t end = q->reach;
    for (uint32_t k = q->next; k != NONE; k = s->np[k].next) end = s->np[k].reach;
    p->reach = end;
  }
}

/* ---- clauses between commas */

static bool counted(const struct petr_sentence *s, uint32_t w) { return !s->word[w].comma && !s->word[w].gone; }

static uint32_t count(const struct petr_sentence *s, uint32_t from, uint32_t to) {
  uint32_t n = 0;
  for (uint32_t w = from; w < to; w++) n += counted(s, w) && (!w || s->word[w].token != s->word[w - 1].token);
  return n;
}

static void cut(struct petr_sentence *s, uint32_t from, uint32_t to) {
  for (uint32_t w = from; w < to; w++) s->word[w].gone = true;
}

/* A comma inside a phrase or a coordination bounds no clause. */
static bool bounds(const struct petr_sentence *s, uint32_t w) {
  if (!s->word[w].comma || s->word[w].gone || s->word[w].np != NONE) return false;
  uint32_t next = w + 1 < s->n ? s->word[w + 1].np : NONE;
  for (uint32_t k = w + 1; next == NONE && k < s->n && k < w + 3; k++) next = s->word[k].np; /* ", and Gondor" */
  return next == NONE || s->np[next].first == next || s->np[next].from > w + 2;
}

static uint32_t next_comma(const struct petr_sentence *s, uint32_t from) {
  while (from < s->n && !bounds(s, from)) from++;
  return from;
}

/* PETRARCH's order: the initial clause, the final one, then those between two commas. */
static void cut_clauses(struct petr_sentence *s) {
  const struct petr_options *o = &s->dict->options;
  uint32_t first = next_comma(s, 0), last = s->n;
  if (first == s->n) return;
  for (uint32_t w = first; w < s->n; w++)
    if (bounds(s, w)) last = w;
  uint32_t n = count(s, 0, first);
  if (o->comma_bmax && n >= o->comma_bmin && n <= o->comma_bmax) cut(s, 0, first + 1);
  n = count(s, last, s->n);
  if (o->comma_emax && n >= o->comma_emin && n <= o->comma_emax) cut(s, last, s->n);
  for (uint32_t a = next_comma(s, 0), b; o->comma_max && (b = next_comma(s, a + 1)) < s->n; a = b) {
    n = count(s, a, b);
    if (n >= o->comma_min && n <= o->comma_max) cut(s, a, b);
  }
}

/* ---- all */

bool petr_sentence_read(struct petr_sentence *s, const struct petr_dict *dict, struct doc *d, uint32_t row) {
  const struct sentence *x = &d->sentences.at[row];
  size_t most = count_words(d, x);
  *s = (struct petr_sentence){.dict = dict, .d = d, .row = row};
  s->word = ARENA_ARRAY(&d->scratch, struct petr_word, most);
  s->np = ARENA_ARRAY(&d->scratch, struct petr_np, x->n + 1);
  s->np_of = ARENA_ARRAY(&d->scratch, uint32_t, x->n + 1);
  uint32_t *base = ARENA_ARRAY(&d->scratch, uint32_t, x->n + 1);
  if (!s->word || !s->np || !s->np_of || !base) return false;
  for (uint32_t i = 0; i < x->n; i++) {
    s->np_of[i] = NONE;
    if (!skipped(d, x->first + i)) put_words(s, x->first + i);
  }
  mark_phrases(s, x, base);
  collect_phrases(s, x, base);
  join_groups(s);
  extend(s);
  cut_clauses(s);
  for (uint32_t w = 0; w < s->n; w++)
    if (!s->word[w].gone) s->words |= petr_word_bit(s->word[w].word);
  return true;
}
