/* time_words.c - reading words.tsv, feasts.tsv and rules.txt. */
#include "time/time_words.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>

static const char *const class_names[] = {
#define X(name, text) text,
    TIME_CLASSES(X)
#undef X
};
static const char *const op_names[] = {
#define X(name, text) text,
    TIME_OPS(X)
#undef X
};

/* Doubles an array in the arena (the old one is lost to it: this happens a few times while knowledge loads). */
static bool grow(struct arena *a, void **at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : 64;
  void *p = arena_alloc(a, row * more);
  if (!p) return false;
  if (n) memcpy(p, *at, row * n);
  *at = p, *size = more;
  return true;
}
#define GROW(t, field, n, size) grow(&(t)->memory, (void **)&(t)->field, (t)->n, &(t)->size, sizeof *(t)->field)

static int class_of(str s) {
  for (int c = 0; c < TC_COUNT; c++)
    if (s.n && str_eq_fold(s, str_of(class_names[c]))) return c;
  return -1;
}

static sym word_add(struct time_words *t, struct symtab *words, str s) {
  char low[64];
  size_t n = 0;
  for (; n < s.n && n < sizeof low; n++) low[n] = ascii_fold(s.p[n]);
  sym id = symtab_add(words, (str){low, n});
  if (id == SYM_NONE) return SYM_NONE;
  if (id >= t->symbols) { /* the table of rows covers every symbol seen so far */
    uint32_t size = id + 1 > t->symbols * 2 ? id + 1024 : t->symbols * 2;
    uint16_t *row = ARENA_ARRAY(&t->memory, uint16_t, size);
    if (!row) return SYM_NONE;
    if (t->symbols) memcpy(row, t->row, t->symbols * sizeof *row);
    t->row = row, t->symbols = size;
  }
  return id;
}

static struct time_word *word_row(struct time_words *t, sym s) {
  if (t->row[s]) return &t->word[t->row[s]];
  if (t->nword >= UINT16_MAX || !GROW(t, word, nword, size_word)) return NULL;
  t->row[s] = (uint16_t)t->nword;
  return &t->word[t->nword++];
}

static bool word_class_add(struct time_words *t, sym s, int cls, int value) {
  struct time_word *w = word_row(t, s);
  if (!w) return false;
  if (w->mask & TC_BIT(cls)) return true;
  w->mask |= TC_BIT(cls);
  if (w->n == WORD_CLASSES) return cls == TC_LITERAL || cls == TC_FEAST; /* these two carry no value */
  w->cls[w->n] = (uint8_t)cls, w->value[w->n++] = (int16_t)value;
  return true;
}

static bool words_read(struct time_words *t, str text, const char *file, struct symtab *words, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[3];
    int64_t value;
    if (line_fields(r.line, f, 3) != 3) return line_err(&r, e, "a line has three fields: class, value, words");
    int cls = class_of(f[0]);
    if (cls < 0) return line_err(&r, e, "unknown class '%.*s'", STR_FMT(f[0]));
    if (!str_to_int(f[1], &value) || value < -32768 || value > 32767)
      return line_err(&r, e, "the value is not a number");
    str rest = f[2];
    while ((rest = str_trim(rest)).n) {
      str w = str_cut(&rest, ' ');
      bool weak = w.n > 1 && w.p[w.n - 1] == '*';
      if (weak) w.n--;
      sym s = word_add(t, words, w);
      if (!s || !word_class_add(t, s, cls, (int)value))
        return line_err(&r, e, "'%.*s' has too many classes", STR_FMT(w));
      if (weak) t->word[t->row[s]].weak = true;
    }
  }
  return true;
}

/* ---- feasts */

/* "New Year's Day" -> new year 's day: as the tokenizer cuts it. */
static bool name_add(struct time_words *t, str name, uint32_t feast, struct symtab *words) {
  sym at[12], behind[8];
  uint32_t n = 0, nbehind = 0;
  str name_only = str_cut(&name, '+'), follow = name;
  while (follow.n && nbehind < 8) {
    str w = str_trim(str_cut(&follow, '/'));
    if (!(behind[nbehind++] = word_add(t, words, w))) return false;
  }
  if (follow.n) return false;
  name = name_only;
  while ((name = str_trim(name)).n && n + 2 < 12) {
    str w = str_cut(&name, ' ');
    bool possessive = w.n > 2 && str_ends(w, STR("'s"));
    if (possessive) w.n -= 2;
    bool plural = !possessive && w.n > 1 && w.p[w.n - 1] == '\'';
    if (plural) w.n--;
    str part = w;
    for (bool first = true; part.n; first = false) { /* a hyphen is a token of its own */
      str piece = str_cut(&part, '-');
      if (!first && n < 12) at[n++] = t->hyphen;
      if (n < 12 && piece.n) at[n++] = word_add(t, words, piece);
    }
    if (possessive && n < 12) at[n++] = t->apostrophe_s;
    if (plural && n < 12) at[n++] = word_add(t, words, STR("'"));
  }
  if (!n || name.n || t->nname >= UINT16_MAX - 1 || !GROW(t, name, nname, size_name)) return false;
  struct feast_name *f = &t->name[t->nname];
  f->words = ARENA_ARRAY(&t->memory, sym, n);
  if (!f->words || !word_class_add(t, at[0], TC_FEAST, 0)) return false;
  memcpy(f->words, at, n * sizeof *at);
  f->nbehind = nbehind;
  if (nbehind && !(f->behind = ARENA_ARRAY(&t->memory, sym, nbehind))) return false;
  if (nbehind) memcpy(f->behind, behind, nbehind * sizeof *behind);
  struct time_word *w = word_row(t, at[0]);
  f->first = at[0], f->n = n, f->feast = feast;
  f->next = w->feast, w->feast = (uint16_t)(t->nname + 1);
  t->nname++;
  return true;
}

static bool feasts_read(struct time_words *t, str text, const char *file, struct symtab *words, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[3] = {{0}};
    size_t n = line_fields(r.line, f, 3);
    int64_t length = 1;
    if (n < 2 || n > 3) return line_err(&r, e, "a line has two or three fields: names, rule, length");
    if (!GROW(t, feast, nfeast, size_feast)) return err_set(e, ERR_NOMEM, "feasts");
    struct feast *feast = &t->feast[t->nfeast];
    if (!feast_parse(feast, f[1], &t->memory)) return line_err(&r, e, "the rule is not understood");
    if (n == 3 && (!str_to_int(f[2], &length) || length < 1 || length > 60))
      return line_err(&r, e, "the length is 1 to 60 days");
    feast->length = (uint8_t)length;
    str names = f[0];
    while (names.n) {
      str one = str_trim(str_cut(&names, '|'));
      if (one.n && !name_add(t, one, t->nfeast, words)) return line_err(&r, e, "the name is too long");
    }
    t->nfeast++;
  }
  return true;
}

/* ---- patterns */

static int block_of(const struct time_words *t, str s) {
  for (uint32_t i = 0; i < t->nblock; i++)
    if (str_eq(t->block[i].name, s)) return (int)i;
  return -1;
}

static bool element_read(struct time_words *t, struct element *e, str s, struct symtab *words) {
  if (s.n && s.p[0] == '~') e->context = true, s = str_from(s, 1);
  if (s.n > 1 && s.p[s.n - 1] == '?') e->optional = true, s.n--;
  if (!s.n) return false;
  if (s.n > 1 && ascii_upper(s.p[0]) && ascii_upper(s.p[1])) {
    int block = block_of(t, s), cls = class_of(s);
    if (block >= 0) return e->kind = ELEMENT_BLOCK, e->block = (uint8_t)block, true;
    if (cls < 0) return false;
    e->kind = ELEMENT_CLASS, e->cls = (uint8_t)cls;
    return true;
  }
  e->kind = ELEMENT_WORDS;
  if (s.n == 1) return (e->words[e->n++] = word_add(t, words, s)) && word_class_add(t, e->words[0], TC_LITERAL, 0);
  while (s.n) {
    str w = str_cut(&s, '/');
    sym id = w.n && e->n < ELEMENT_WORDS_MAX ? word_add(t, words, w) : SYM_NONE;
    if (!id || !word_class_add(t, id, TC_LITERAL, 0)) return false;
    e->words[e->n++] = id;
  }
  return true;
}

static uint64_t element_start(const struct time_words *t, const struct element *e) {
  if (e->kind == ELEMENT_BLOCK) return t->block[e->block].start;
  if (e->kind == ELEMENT_WORDS) return TC_BIT(TC_LITERAL);
  return e->cls == TC_CARD ? TC_BIT(TC_CARD) | TC_BIT(TC_NUM) : TC_BIT(e->cls);
}

/* `context`: read "of MONTH" from the words after the colon or the block's name. */
static bool pattern_read(struct time_words *t, struct pattern *p, str s, struct symtab *words) {
  struct element at[PATTERN_MAX] = {0};
  while ((s = str_trim(s)).n) {
    str w = str_cut(&s, ' ');
    if (p->n == PATTERN_MAX || !element_read(t, &at[p->n], w, words)) return false;
    p->n++;
  }
  if (!p->n || !(p->at = ARENA_ARRAY(&t->memory, struct element, p->n))) return false;
  memcpy(p->at, at, p->n * sizeof *at);
  for (uint8_t i = 0; i < p->n; i++) {
    p->start |= element_start(t, &at[i]);
    if (!at[i].optional) return true;
  }
  return false; /* a pattern of optional words alone would match nothing everywhere */
}

static bool block_add(struct time_words *t, str line, struct symtab *words) {
  str name = str_cut(&line, ' ');
  int i = block_of(t, name);
  if (i < 0) {
    if (t->nblock == BLOCKS_MAX) return false;
    i = (int)t->nblock++;
    t->block[i].name = arena_str(&t->memory, name);
  }
  struct block *b = &t->block[i];
  struct pattern p = {0};
  if (!pattern_read(t, &p, line, words) || !grow(&t->memory, (void **)&b->at, b->n, &b->size, sizeof *b->at))
    return false;
  b->start |= p.start;
  b->at[b->n++] = p;
  return true;
}

static bool rule_add(struct time_words *t, str line, uint32_t number, struct symtab *words) {
  str name = str_trim(str_cut(&line, ':'));
  struct pattern p = {.op = OP_COUNT, .line = number};
  for (int i = 0; i < OP_COUNT; i++)
    if (str_is(name, op_names[i])) p.op = (uint8_t)i;
  if (p.op == OP_COUNT || !pattern_read(t, &p, line, words) || !GROW(t, pattern, npattern, size_pattern)) return false;
  t->pattern[t->npattern++] = p;
  return true;
}

static bool rules_read(struct time_words *t, str text, const char *file, struct symtab *words, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str line = str_trim(r.line);
    bool ok = line.p[0] == '@' ? block_add(t, str_from(line, 1), words) : rule_add(t, line, (uint32_t)r.number, words);
    if (!ok) return line_err(&r, e, "the pattern is not understood");
  }
  return true;
}

/* ---- what patterns need, and which a word may begin */

/* The classes that an element cannot do without. Numbers in words or digits make up CARD, CLOCK, YEAR and ORD in many ways. */
static uint64_t element_need(const struct time_words *t, const struct element *e) {
  const uint64_t made = TC_BIT(TC_CARD) | TC_BIT(TC_CLOCK) | TC_BIT(TC_YEAR) | TC_BIT(TC_ORD);
  if (e->optional) return 0;
  if (e->kind == ELEMENT_BLOCK) return t->block[e->block].need;
  return element_start(t, e) & ~made & ~TC_BIT(TC_NUM);
}

static uint64_t pattern_need(const struct time_words *t, const struct pattern *p) {
  uint64_t need = 0;
  for (uint8_t i = 0; i < p->n; i++) need |= element_need(t, &p->at[i]);
  return need;
}

/* Blocks hold blocks, and themselves: each pass starts from what is known to be needed and finds more. */
static void needs_fill(struct time_words *t) {
  for (int pass = 0; pass < 3; pass++)
    for (uint32_t i = 0; i < t->nblock; i++) {
      struct block *b = &t->block[i];
      uint64_t need = b->n ? UINT64_MAX : 0;
      for (uint32_t k = 0; k < b->n; k++) need &= pattern_need(t, &b->at[k]);
      b->need = need;
    }
  for (uint32_t i = 0; i < t->npattern; i++) t->pattern[i].need = pattern_need(t, &t->pattern[i]);
}

/* All classes that a piece of this word may have: what classify of time_match.c adds is counted in. */
static uint64_t word_may(const struct time_words *t, sym s, const struct time_word *w) {
  uint64_t mask = w->mask;
  if (s == t->a || s == t->an) mask |= TC_BIT(TC_CARD);
  if (mask & TC_BIT(TC_NUM)) mask |= TC_BIT(TC_CARD) | TC_BIT(TC_CLOCK) | TC_BIT(TC_YEAR) | TC_BIT(TC_ORD);
  if (mask & TC_BIT(TC_ORD)) mask |= TC_BIT(TC_DAY);
  return mask;
}

static bool may_begin(const struct pattern *p, sym s, uint64_t mask) {
  const struct element *e = &p->at[0];
  if (!(mask & p->start)) return false;
  if (e->optional || e->kind != ELEMENT_WORDS) return true;
  for (uint8_t i = 0; i < e->n; i++)
    if (e->words[i] == s) return true;
  return false;
}

/* The patterns that each word may begin, in their order, so that "the" need not try those that begin with "in". */
static bool begins_fill(struct time_words *t) {
  uint16_t *list = ARENA_ARRAY(&t->memory, uint16_t, t->npattern + 1);
  for (sym s = 0; list && s < t->symbols; s++) {
    if (!t->row[s]) continue;
    struct time_word *w = &t->word[t->row[s]];
    uint64_t mask = word_may(t, s, w);
    uint32_t n = 0;
    for (uint32_t k = 0; k < t->npattern; k++)
      if (may_begin(&t->pattern[k], s, mask)) list[n++] = (uint16_t)k;
    if (!(w->begins = ARENA_ARRAY(&t->memory, uint16_t, n))) return false;
    memcpy(w->begins, list, n * sizeof *list);
    w->nbegins = n;
  }
  return list != NULL;
}

/* ---- all of it */

static bool read_one(struct time_words *t, const char *folder, const char *name, struct symtab *words, struct err *e,
                     bool (*read)(struct time_words *, str, const char *, struct symtab *, struct err *)) {
  char dir[4096], path[4096];
  struct buf b;
  if (!path_join(dir, sizeof dir, folder, "time") || !path_join(path, sizeof path, dir, name))
    return err_set(e, ERR_USAGE, "the path of the knowledge folder is too long");
  buf_init(&b, 1 << 22);
  bool ok = file_read(&b, path, e) && read(t, buf_str(&b), path, words, e);
  buf_release(&b);
  return ok;
}

static void name_words(struct time_words *t, struct symtab *words) {
  t->hyphen = word_add(t, words, STR("-")), t->slash = word_add(t, words, STR("/"));
  t->comma = word_add(t, words, STR(",")), t->period = word_add(t, words, STR(".")),
  t->colon = word_add(t, words, STR(":"));
  t->apostrophe_s = word_add(t, words, STR("'s")), t->curly_s = word_add(t, words, STR("\xE2\x80\x99s"));
  t->a = word_add(t, words, STR("a")), t->an = word_add(t, words, STR("an")), t->the = word_add(t, words, STR("the"));
  t->half = word_add(t, words, STR("half")), t->to = word_add(t, words, STR("to")),
  t->not_ = word_add(t, words, STR("not"));
  t->and_ = word_add(t, words, STR("and")), t->day = word_add(t, words, STR("day")),
  t->this_ = word_add(t, words, STR("this")), t->week = word_add(t, words, STR("week"));
  t->year = word_add(t, words, STR("year")), t->eve = word_add(t, words, STR("eve"));
}

bool time_words_open(struct time_words *t, const char *folder, struct symtab *words, struct err *e) {
  *t = (struct time_words){.nword = 1};
  arena_init(&t->memory, 1 << 26);
  t->size_word = 1024;
  t->word = ARENA_ARRAY(&t->memory, struct time_word, t->size_word);
  if (!t->word) return err_set(e, ERR_NOMEM, "words of time");
  name_words(t, words);
  if (!read_one(t, folder, "words.tsv", words, e, words_read) ||
      !read_one(t, folder, "feasts.tsv", words, e, feasts_read) ||
      !read_one(t, folder, "rules.txt", words, e, rules_read))
    return false;
  needs_fill(t);
  return begins_fill(t) || err_set(e, ERR_NOMEM, "words of time");
}

void time_words_release(struct time_words *t) { arena_release(&t->memory); }
