/* petr_sentence.c - words, noun phrases and coordinations of a sentence; clauses between commas cut out. */
#include "petrarch/petr_sentence.h"

/* ---- what may stand in a noun phrase: the tags decide, for they are surer than the tree where names are strange */

static bool noun_tag(uint8_t x) {
  return x == XPOS_NN || x == XPOS_NNS || x == XPOS_NNP || x == XPOS_NNPS || x == XPOS_CD || x == XPOS_FW ||
         x == XPOS_DOLLAR;
}
static bool adjective_tag(uint8_t x) { return x == XPOS_JJ || x == XPOS_JJR || x == XPOS_JJS; }
static bool opens_phrase(uint8_t x) { return x == XPOS_DT || x == XPOS_PDT || x == XPOS_PRPS || x == XPOS_PRP; }
static bool participle(uint8_t x) { return x == XPOS_VBN || x == XPOS_VBG || x == XPOS_VBD; }

struct tagged { /* a sentence's tags while its phrases are found */
  const struct doc *d;
  const struct sentence *x;
  const bool *named; /* tokens that an actor's phrase covers */
};

static uint8_t tag(const struct tagged *g, uint32_t i) {
  if (i >= g->x->n) return XPOS_NONE;
  uint8_t x = g->d->tokens.xpos[g->x->first + i];
  return g->named[i] && !opens_phrase(x) && !adjective_tag(x) && !noun_tag(x) ? (uint8_t)XPOS_NNP : x;
}

/* Whether what stands at i and stands before `to` belongs to a noun that stands behind: "US and British activists". */
static bool modifies_beyond(const struct tagged *g, uint32_t i) {
  uint32_t t = g->x->first + i, h = g->d->tokens.head[t];
  uint8_t r = g->d->tokens.deprel[t];
  return h != NONE && h > t + 1 && (r == DEPREL_AMOD || r == DEPREL_COMPOUND || r == DEPREL_NMOD_POSS);
}

/* Whether token i goes on with the phrase that began at `from`. */
static bool goes_on(const struct tagged *g, uint32_t from, uint32_t i) {
  uint8_t x = tag(g, i), before = tag(g, i - 1), next = tag(g, i + 1);
  if (x == XPOS_PRP || before == XPOS_PRP) return false;
  if (opens_phrase(x)) return before == XPOS_PDT;
  if (noun_tag(x) || adjective_tag(x) || x == XPOS_POS || x == XPOS_HYPH || before == XPOS_HYPH) return true;
  bool goes_behind = noun_tag(next) || adjective_tag(next);
  if (participle(x)) return goes_behind && !noun_tag(before) && before != XPOS_CC;
  if (x == XPOS_RB) return (adjective_tag(next) || next == XPOS_CD) && !noun_tag(before);
  if (x == XPOS_COMMA || x == XPOS_CC) {
    if (adjective_tag(before))
      return x == XPOS_COMMA ? adjective_tag(next) : adjective_tag(next) || (next != XPOS_NNP && noun_tag(next));
    return x == XPOS_CC && noun_tag(before) && from + 1 == i && adjective_tag(next) && modifies_beyond(g, i - 1);
  }
  return false;
}

static bool begins(const struct tagged *g, uint32_t i) {
  uint8_t x = tag(g, i), next = tag(g, i + 1);
  if (opens_phrase(x) || noun_tag(x) || adjective_tag(x)) return true;
  uint32_t t = g->x->first + i; /* "exiled leaders" */
  if ((x == XPOS_VBN || x == XPOS_VBG) && g->d->tokens.deprel[t] == DEPREL_AMOD &&
      (noun_tag(next) || adjective_tag(next)))
    return i && !noun_tag(tag(g, i - 1)) && tag(g, i - 1) != XPOS_CC;
  return x == XPOS_RB && (adjective_tag(next) || next == XPOS_CD);
}

/* "said today": a time without a preposition is no party. */
static bool bare_time(const struct tagged *g, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++)
    if (g->d->tokens.timex[g->x->first + i] == NONE) return false;
  uint32_t before = from ? tag(g, from - 1) : XPOS_NONE;
  return before != XPOS_IN && before != XPOS_TO;
}

/* The token that the phrase hangs by: a noun whose head stands outside, else its last noun; NONE if it has no noun. */
static uint32_t head_of(const struct tagged *g, uint32_t from, uint32_t to) {
  uint32_t last = NONE, first = g->x->first;
  for (uint32_t i = from; i < to; i++) {
    bool noun = noun_tag(tag(g, i)) || tag(g, i) == XPOS_PRP;
    uint32_t h = g->d->tokens.head[first + i];
    if (!noun) continue;
    if (h == NONE || h < first + from || h >= first + to) return first + i;
    last = first + i;
  }
  if (last == NONE && to > from + 1 && tag(g, from) == XPOS_DT) last = first + to - 1; /* "the wounded" */
  return last;
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

/* Capitalised words that an actor's phrase covers are names, whatever the tagger took them for. */
static void find_names(const struct petr_sentence *s, const struct sentence *x, bool *named) {
  const struct petr_trie *t = &s->dict->actors;
  for (uint32_t w = 0; w < s->n; w++) {
    uint32_t node = 0, end = 0;
    if (!(s->d->tokens.flags[s->word[w].token] & TOKEN_UPPER_FIRST)) continue;
    for (uint32_t i = w; i < s->n && (node = petr_trie_step(t, node, s->word[i].word)); i++)
      if (petr_trie_at(t, node)) end = i + 1;
    for (uint32_t i = w; i < end; i++) named[s->word[i].token - x->first] = true;
  }
}

static void add_phrase(struct petr_sentence *s, const struct tagged *g, uint32_t from, uint32_t to) {
  uint32_t head = head_of(g, from, to), first = NONE, last = NONE;
  if (head == NONE || bare_time(g, from, to)) return;
  for (uint32_t i = from; i < to; i++) {
    uint32_t w = petr_word_of(s, g->x->first + i);
    if (w == NONE) continue;
    if (first == NONE) first = w;
    while (w < s->n && s->word[w].token == g->x->first + i) s->word[w].np = s->n_np, last = w++;
    s->np_of[i] = s->n_np;
  }
  if (first == NONE) return;
  s->np[s->n_np] = (struct petr_np){first, last + 1, last + 1, head, s->n_np, NONE, false, false};
  s->n_np++;
}

static void find_phrases(struct petr_sentence *s, const struct tagged *g) {
  for (uint32_t i = 0; i < g->x->n;) {
    if (!begins(g, i)) {
      i++;
      continue;
    }
    uint32_t from = i++;
    while (i < g->x->n && goes_on(g, from, i)) i++;
    add_phrase(s, g, from, i);
  }
}

/* Only commas and conjunctions between two words, at least one of them. */
static bool only_joined(const struct petr_sentence *s, uint32_t from, uint32_t to, bool *conjunction) {
  *conjunction = false;
  for (uint32_t w = from; w < to; w++) {
    bool cc = s->d->tokens.xpos[s->word[w].token] == XPOS_CC;
    if (!cc && !s->word[w].comma) return false;
    *conjunction |= cc;
  }
  return to > from;
}

/* Whether the tree joins the two phrases by a conjunction, by whatever words of theirs. */
static bool tree_joins(const struct petr_sentence *s, const struct petr_np *a, uint32_t group,
                       const struct petr_np *b) {
  for (uint32_t w = b->from; w < b->to; w++) {
    uint32_t t = s->word[w].token, h = s->d->tokens.head[t];
    if (s->d->tokens.deprel[t] != DEPREL_CONJ || h == NONE) continue;
    uint32_t hw = petr_word_of(s, h);
    if (hw == NONE || s->word[hw].np == NONE) continue;
    const struct petr_np *to = &s->np[s->word[hw].np];
    if (to == a || to->first == group) return true;
  }
  return false;
}

static bool verb_follows(const struct petr_sentence *s, uint32_t w) {
  return w < s->n &&
         (s->d->tokens.upos[s->word[w].token] == UPOS_VERB || s->d->tokens.upos[s->word[w].token] == UPOS_AUX);
}

/* The last phrase of the coordination that phrase j is in. */
static uint32_t last_of(const struct petr_sentence *s, uint32_t j) {
  while (s->np[j].next != NONE) j = s->np[j].next;
  return j;
}

/* Joins phrase i to the coordination of phrase j, where words and tree say so. A group that has its "and" takes no further ", and". */
static bool join(struct petr_sentence *s, uint32_t j, uint32_t i) {
  bool cc;
  struct petr_np *a = &s->np[j], *b = &s->np[i], *group = &s->np[a->first];
  if (a->next != NONE || !only_joined(s, a->reach, b->from, &cc)) return false;
  bool subject = cc && !group->from && a->reach == a->to && verb_follows(s, b->to);
  if (!subject && !tree_joins(s, a, a->first, b)) return false;
  if (group->closed && s->word[a->reach].comma) return false;
  a->next = i;
  b->first = a->first;
  b->compound = group->compound = true;
  group->closed |= cc;
  return true;
}

/* Phrases joined by a conjunction, "Fornost, Gondor and Bree": each to the one before it, or to the one that that one hangs on. */
static void join_groups(struct petr_sentence *s) {
  uint32_t top = NONE; /* the last phrase that hangs on no other */
  for (uint32_t i = 0; i < s->n_np; i++) {
    bool inside = top != NONE && s->np[i].from < s->np[top].reach;
    bool joined = i && join(s, i - 1, i);
    if (!joined && top != NONE && !inside) joined = join(s, last_of(s, s->np[top].first), i);
    if (!inside && (!joined || s->np[i].first == s->np[top].first)) top = i;
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

static bool hangs_on(const struct petr_sentence *s, uint32_t token, const struct petr_np *p) {
  for (uint32_t i = p->first; i != NONE; i = s->np[i].next)
    if (within(s, token, s->np[i].from, s->np[i].to)) return true;
  return false;
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
    if (!of && (rel != DEPREL_NMOD || !hangs_on(s, s->d->tokens.head[q->head], p))) continue;
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
    if (n >= o->comma_min && n <= o->comma_max) cut(s, a, b + 1);
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
  bool *named = ARENA_ARRAY(&d->scratch, bool, x->n + 1);
  if (!s->word || !s->np || !s->np_of || !named) return false;
  for (uint32_t i = 0; i < x->n; i++) {
    s->np_of[i] = NONE;
    if (!skipped(d, x->first + i)) put_words(s, x->first + i);
  }
  find_names(s, x, named);
  struct tagged g = {d, x, named};
  find_phrases(s, &g);
  extend(s);
  join_groups(s);
  extend(s);
  cut_clauses(s);
  for (uint32_t w = 0; w < s->n; w++)
    if (!s->word[w].gone) s->words |= petr_word_bit(s->word[w].word);
  return true;
}
