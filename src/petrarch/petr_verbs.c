/* petr_verbs.c - files of verbs: synsets, blocks, verbs with their forms, patterns, transformations. Patterns: petr_pattern.c. */
#include "petrarch/petr_read.h"
#include <stdio.h>
#include <stdlib.h>

struct verb_state {
  bool in_synset, plain_synset; /* members get no plural */
  uint32_t synset, block;
  str code, reverse; /* of the block */
};

/* ---- synsets */

static void push_member(struct petr_reader *r, uint32_t synset, const struct petr_member *m) {
  struct petr_member *to = PETR_PUSH(r, member, n_members, size_members);
  if (!to) return;
  *to = *m;
  r->d->synset[synset].n++;
}

static sym plural(struct petr_reader *r, sym word) {
  char text[256];
  str s = symtab_str(r->words, word);
  if (s.n < 2 || s.n > 250) return SYM_NONE;
  bool y = s.p[s.n - 1] == 'y', hiss = s.p[s.n - 1] == 's';
  int n = snprintf(text, sizeof text, "%.*s%s", (int)(y ? s.n - 1 : s.n), s.p, y ? "ies" : hiss ? "es" : "s");
  return symtab_add(r->words, (str){text, (size_t)n});
}

static void include_synset(struct petr_reader *r, uint32_t synset, str name) {
  uint32_t from = petr_synset_find(r->d, name);
  if (from == NONE || from == synset) {
    petr_note(r, "the synset &%.*s is not defined before this line; left out", STR_FMT(name));
    return;
  }
  for (uint32_t i = 0; i < r->d->synset[from].n && !r->no_memory; i++) {
    struct petr_member m = r->d->member[r->d->synset[from].first + i];
    push_member(r, synset, &m);
  }
}

static void read_member(struct petr_reader *r, const struct verb_state *s) {
  str text = str_trim(str_from(r->line, 1));
  if (text.n && text.p[0] == '&') {
    include_synset(r, s->synset, str_from(text, 1));
    return;
  }
  bool whole = s->plain_synset || (text.n && text.p[text.n - 1] == '_');
  struct petr_piece piece[PETR_PIECES];
  struct petr_member m = {.n = 0};
  bool long_one;
  uint32_t n = petr_pieces(r, text, piece, &long_one);
  if (!n || n > sizeof m.word / sizeof m.word[0]) {
    petr_note(r, "a member of a synset has one to six words; left out");
    return;
  }
  for (uint32_t i = 0; i < n; i++) m.word[i] = piece[i].word, m.adjacent[i] = piece[i].adjacent;
  m.n = (uint8_t)n;
  push_member(r, s->synset, &m);
  if (!whole && (m.word[n - 1] = plural(r, m.word[n - 1]))) push_member(r, s->synset, &m);
}

static void open_synset(struct petr_reader *r, struct verb_state *s) {
  str name = str_from(r->line, 1);
  for (size_t i = 0; i < name.n; i++)
    if (ascii_space(name.p[i])) name.n = i;
  s->plain_synset = name.n && name.p[name.n - 1] == '_';
  while (name.n && name.p[name.n - 1] == '_') name.n--;
  struct petr_synset *x = PETR_PUSH(r, synset, n_synsets, size_synsets);
  if (!x) return;
  *x = (struct petr_synset){petr_keep(r, name), r->d->n_members, 0};
  s->synset = r->d->n_synsets - 1;
  s->in_synset = true;
}

/* ---- verbs */

static void push_verb(struct petr_reader *r, const struct petr_verb *v, sym head) {
  if (!head) return;
  struct petr_verb *to = PETR_PUSH(r, verb, n_verbs, size_verbs);
  if (!to) return;
  *to = *v;
  r->no_memory |= !petr_trie_add(&r->d->verbs, &head, 1, r->d->n_verbs - 1);
}

/* "SHUT_DOWN", "RE_+ARREST": the words around the head into v; the head. */
static sym split_verb(struct petr_reader *r, str text, struct petr_verb *v) {
  struct petr_piece piece[PETR_PIECES];
  bool long_one;
  size_t plus = str_find(text, '+');
  uint32_t head = 0;
  if (plus < text.n) {
    for (size_t i = 0; i < plus; i++) head += text.p[i] == '_';
  }
  char bare[256];
  size_t m = 0;
  for (size_t i = 0; i < text.n && m < sizeof bare; i++)
    if (text.p[i] != '+') bare[m++] = text.p[i];
  uint32_t n = petr_pieces(r, (str){bare, m}, piece, &long_one);
  if (!n || head >= n || head > 4 || n - head > 5) return SYM_NONE;
  v->n_before = (uint8_t)head, v->n_after = (uint8_t)(n - head - 1);
  for (uint32_t i = 0; i < head; i++) v->before[i] = piece[i].word;
  for (uint32_t i = head + 1; i < n; i++) v->after[i - head - 1] = piece[i].word;
  return piece[head].word;
}

static bool vowel(char c) { return memchr("aeiou", c, 5) != NULL; }

/* ATTACK: attacks attacked attacking; ABANDON, ACCUSE, DENY, PUSH. */
static void push_regular(struct petr_reader *r, struct petr_verb *v, sym head) {
  str s = symtab_str(r->words, head);
  if (s.n < 2 || s.n > 200) return;
  char last = s.p[s.n - 1], before = s.p[s.n - 2], text[256];
  const bool y = last == 'y' && !vowel(before), e = last == 'e';
  const bool hiss = memchr("sxz", last, 3) || (last == 'h' && memchr("cs", before, 2));
  const int cut = (int)s.n - 1;
  struct {
    int n;
    const char *end;
  } form[3] = {{y ? cut : (int)s.n, y      ? "ies"
                                    : hiss ? "es"
                                           : "s"},
               {y ? cut : (int)s.n, y   ? "ied"
                                    : e ? "d"
                                        : "ed"},
               {e && !vowel(before) ? cut : (int)s.n, "ing"}};
  for (int i = 0; i < 3; i++) {
    int n = snprintf(text, sizeof text, "%.*s%s", form[i].n, s.p, form[i].end);
    push_verb(r, v, symtab_add(r->words, (str){text, (size_t)n}));
    s = symtab_str(r->words, head); /* the table may have moved */
  }
}

static void read_forms(struct petr_reader *r, const struct petr_verb *base, str forms) {
  while (forms.n) {
    size_t i = 0;
    while (i < forms.n && !ascii_space(forms.p[i])) i++;
    str form = str_sub(forms, 0, i);
    forms = str_trim(str_from(forms, i));
    struct petr_verb v = *base;
    v.n_before = v.n_after = 0;
    sym head = form.n ? split_verb(r, form, &v) : SYM_NONE;
    if (form.n && !head) petr_note(r, "'%.*s' is no form of a verb; left out", STR_FMT(form));
    push_verb(r, &v, head);
  }
}

static void read_verb(struct petr_reader *r, const struct verb_state *s) {
  str line = r->line, forms = {0};
  struct petr_verb v = {.block = s->block, .code = s->code, .reverse = s->reverse};
  size_t open = str_find(line, '[');
  if (open < line.n) {
    str inside = str_from(line, open + 1);
    inside = str_trim(str_sub(inside, 0, str_find(inside, ']')));
    v.own = petr_event_codes(r, inside, &v.code, &v.reverse);
    if (!v.own) petr_note(r, "'%.*s' is no code; the block's is taken", STR_FMT(inside));
  }
  size_t brace = str_find(line, '{');
  bool told = brace < line.n;
  if (told) {
    forms = str_from(line, brace + 1);
    forms = str_trim(str_sub(forms, 0, str_find(forms, '}')));
  }
  str name = str_trim(str_sub(line, 0, brace < open ? brace : open));
  sym head = split_verb(r, name, &v);
  if (!head) {
    petr_note(r, "'%.*s' is no verb: WORD, +SHUT_DOWN or RE_+ARREST; left out", STR_FMT(name));
    return;
  }
  v.base = head;
  push_verb(r, &v, head);
  if (told) read_forms(r, &v, forms);
  else push_regular(r, &v, head);
}

/* ---- blocks */

static int by_weight(const void *a, const void *b) {
  const struct petr_pattern *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  if (x->file != y->file) return x->file < y->file ? -1 : 1;
  return (x->line > y->line) - (x->line < y->line);
}

/* PETRARCH2 keeps the last of several patterns alike. */
static int by_weight_last(const void *a, const void *b) {
  const struct petr_pattern *x = a, *y = b;
  if (x->weight != y->weight || x->file != y->file) return by_weight(a, b);
  return (x->line < y->line) - (x->line > y->line);
}

static void close_block(struct petr_reader *r, const struct verb_state *s) {
  if (s->block == NONE) return;
  struct petr_block *b = &r->d->block[s->block];
  b->n = r->d->n_patterns - b->first;
  if (b->n > 1)
    qsort(r->d->pattern + b->first, b->n, sizeof *r->d->pattern, r->d->tree_style ? by_weight_last : by_weight);
}

static void open_block(struct petr_reader *r, struct verb_state *s) {
  close_block(r, s);
  str line = r->line;
  while (line.n && line.p[0] == '-') line = str_from(line, 1);
  while (line.n && line.p[line.n - 1] == '-') line.n--;
  size_t open = str_find(line, '[');
  str inside = open < line.n ? str_from(line, open + 1) : STR("---");
  inside = str_trim(str_sub(inside, 0, str_find(inside, ']')));
  if (open == line.n) petr_note(r, "a block is --- LABEL [code] ---; it counts as [---]");
  else if (!petr_event_codes(r, inside, &s->code, &s->reverse))
    petr_note(r, "'%.*s' is no code; the block counts as [---]", STR_FMT(inside));
  if (open == line.n) s->code = s->reverse = STR("");
  struct petr_block *b = PETR_PUSH(r, block, n_blocks, size_blocks);
  if (!b) return;
  *b = (struct petr_block){petr_keep(r, str_trim(str_sub(line, 0, open))), r->d->n_patterns, 0};
  s->block = r->d->n_blocks - 1;
  s->in_synset = false;
}

static void read_pattern(struct petr_reader *r, const struct verb_state *s) {
  struct petr_pattern p;
  if (s->block == NONE) {
    petr_note(r, "a pattern stands before the first block --- LABEL [code] ---; left out");
    return;
  }
  if (!petr_read_pattern(r, r->line, &p)) return;
  struct petr_pattern *to = PETR_PUSH(r, pattern, n_patterns, size_patterns);
  if (to) *to = p;
}

/* ---- transformations: ~ a (a b ATTACK) SAY = a b 015 */

static bool next_word(str *rest, str *word) {
  *rest = str_trim(*rest);
  size_t i = 0;
  while (i < rest->n && !ascii_space(rest->p[i])) i++;
  *word = str_sub(*rest, 0, i);
  *rest = str_from(*rest, i);
  return word->n > 0;
}

static bool letter_of(str s, uint8_t *out) {
  if (s.n != 1) return false;
  *out = s.p[0] == '.' ? PETR_ANY : s.p[0] == '_' ? PETR_EMPTY : (uint8_t)s.p[0];
  return s.p[0] == '.' || s.p[0] == '_' || ascii_lower(s.p[0]);
}

static sym verb_word(struct petr_reader *r, str s) {
  sym word[PETR_PIECES];
  return petr_words(r, s, word) == 1 ? word[0] : SYM_NONE;
}

static bool read_transform(struct petr_reader *r, struct petr_transform *t) {
  str rest = str_from(r->line, 1), word, inner;
  *t = (struct petr_transform){.outer = 0};
  size_t open = str_find(rest, '('), close = str_find(rest, ')');
  if (open >= close || close == rest.n || !letter_of(str_trim(str_sub(rest, 0, open)), &t->outer)) return false;
  inner = str_sub(rest, open + 1, close);
  rest = str_from(rest, close + 1);
  if (!next_word(&inner, &word) || !letter_of(word, &t->inner_source) || !next_word(&inner, &word) ||
      !letter_of(word, &t->inner_target) || !next_word(&inner, &word))
    return false;
  bool any = str_is(word, "Q");
  if (!any && !(t->inner_verb = verb_word(r, word))) return false;
  if (!next_word(&rest, &word) || !(t->outer_verb = verb_word(r, word))) return false;
  if (!next_word(&rest, &word) || !str_is(word, "=")) return false;
  if (!next_word(&rest, &word) || !letter_of(word, &t->source) || !next_word(&rest, &word) ||
      !letter_of(word, &t->target))
    return false;
  if (!next_word(&rest, &word)) return false;
  return str_is(word, "Q") || petr_code(r, word, &t->code);
}

static void push_transform(struct petr_reader *r) {
  struct petr_transform t;
  if (!read_transform(r, &t)) {
    petr_note(r, "a transformation is '~ a (b c VERB) VERB = d e CODE'; left out");
    return;
  }
  struct petr_transform *to = PETR_PUSH(r, transform, n_transforms, size_transforms);
  if (to) *to = t;
}

/* ---- the file */

void petr_read_verbs(struct petr_reader *r) {
  struct verb_state s = {.block = NONE};
  while (petr_next(r)) {
    char c = r->line.p[0];
    if (str_starts(r->line, STR("---"))) open_block(r, &s);
    else if (c == '&') open_synset(r, &s);
    else if (c == '+' && s.in_synset) read_member(r, &s);
    else if (c == '-') s.in_synset = false, read_pattern(r, &s);
    else if (c == '~') push_transform(r);
    else if (s.block == NONE) petr_note(r, "a verb stands before the first block --- LABEL [code] ---; left out");
    else s.in_synset = false, read_verb(r, &s);
  }
  close_block(r, &s);
}
