/* doc.c - the document's columns and rows: reset, growth, interning. No stage logic. */
#include "doc/doc.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

void doc_init(struct doc *d) {
  *d = (struct doc){.date = DAY_NONE};
  arena_init(&d->arena, DOC_ARENA_CAP);
  arena_init(&d->scratch, DOC_ARENA_CAP);
}

void doc_release(struct doc *d) {
  arena_release(&d->arena);
  arena_release(&d->scratch);
  doc_init(d);
}

bool doc_reset(struct doc *d, const struct symtab *words, str body, str title, struct err *e) {
  struct arena arena = d->arena, scratch = d->scratch;
  bool trace = d->trace;
  arena_reset(&arena);
  arena_reset(&scratch);
  *d = (struct doc){.arena = arena, .scratch = scratch, .date = DAY_NONE, .clock = CLOCK_NONE, .trace = trace};
  if (body.n + title.n + 1 > DOC_MAX_TEXT)
    return err_set(e, ERR_LIMIT, "the text is longer than %d bytes", DOC_MAX_TEXT);
  char *p = arena_alloc(&d->arena, body.n + title.n + 1);
  if (!p || !overlay_reset(&d->words, words, &d->arena)) return err_set(e, ERR_NOMEM, "no memory for the document");
  if (body.n) memcpy(p, body.p, body.n);
  p[body.n] = '\n';
  if (title.n) memcpy(p + body.n + 1, title.p, title.n);
  d->text = (str){p, body.n + 1 + title.n};
  d->body_len = (uint32_t)body.n;
  return true;
}

bool rows_grow(struct arena *a, void **at, uint32_t *n, uint32_t *size, size_t row) {
  if (*n < *size) return true;
  uint32_t more = *size ? *size * 2 : 16;
  if (more > DOC_MAX_ROWS) return false;
  void *p = arena_alloc(a, more * row);
  if (!p) return false;
  if (*n) memcpy(p, *at, *n * row);
  *at = p;
  *size = more;
  return true;
}

static bool column(struct arena *a, void *where, uint32_t n, uint32_t size, size_t width) {
  void **at = where, *p = arena_alloc(a, (size_t)size * width);
  if (!p) return false;
  if (n) memcpy(p, *at, (size_t)n * width);
  *at = p;
  return true;
}

sym doc_lemma(struct doc *d, uint32_t token, str lemma) {
  if (str_eq(lemma, doc_word(d, d->tokens.norm[token]))) return d->tokens.norm[token];
  if (str_eq(lemma, doc_word(d, d->tokens.form[token]))) return d->tokens.form[token];
  sym known = symtab_find(d->words.base, lemma);
  if (known) return known;
  str copy = arena_str(&d->arena, lemma);
  return copy.p ? doc_intern(d, copy) : SYM_NONE;
}

bool tokens_reserve(struct doc *d, uint32_t more) {
  struct tokens *t = &d->tokens;
  if (more <= t->size - t->n) return true;
  if (more > (uint32_t)DOC_MAX_TEXT) return false;
  uint32_t size = t->size * 2 > t->n + more ? t->size * 2 : t->n + more;
#define COLUMN(name) column(&d->arena, &t->name, t->n, size, sizeof *t->name)
  bool ok = COLUMN(beg) && COLUMN(end) && COLUMN(flags) && COLUMN(form) && COLUMN(norm) && COLUMN(lemma) &&
            COLUMN(upos) && COLUMN(xpos) && COLUMN(deprel) && COLUMN(feats) && COLUMN(head) && COLUMN(margin) &&
            COLUMN(tag_margin) && COLUMN(next_upos) && COLUMN(next_xpos) && COLUMN(sentence) && COLUMN(child) &&
            COLUMN(sibling) && COLUMN(left) && COLUMN(right) && COLUMN(mention) && COLUMN(timex) && COLUMN(place);
#undef COLUMN
  if (ok) t->size = size;
  return ok;
}

static uint16_t shape_flags(str s) {
  uint16_t flags = 0;
  size_t letters = 0, upper = 0;
  for (size_t i = 0; i < s.n;) {
    bool first = i == 0;
    uint32_t c = utf8_next(s, &i);
    if (c < 0x80 && ascii_digit((char)c)) flags |= TOKEN_DIGIT;
    if (!utf8_letter(c)) continue;
    letters++;
    if (utf8_upper_char(c)) {
      upper++;
      if (first) flags |= TOKEN_UPPER_FIRST;
    }
  }
  if (letters >= 2 && letters == upper) flags |= TOKEN_UPPER_ALL;
  return flags;
}

uint32_t tokens_push(struct doc *d, uint32_t beg, uint32_t end, uint16_t flags) {
  struct tokens *t = &d->tokens;
  uint32_t i = t->n++;
  str form = str_sub(d->text, beg, end);
  t->beg[i] = beg;
  t->end[i] = end;
  t->flags[i] = flags | shape_flags(form);
  t->form[i] = doc_intern(d, form);
  t->norm[i] = doc_intern_lower(d, form);
  t->lemma[i] = t->norm[i];
  t->upos[i] = t->xpos[i] = t->deprel[i] = t->next_upos[i] = t->next_xpos[i] = 0;
  t->feats[i] = 0;
  t->margin[i] = t->tag_margin[i] = 255;
  t->sentence[i] = 0;
  t->head[i] = t->child[i] = t->sibling[i] = t->mention[i] = t->timex[i] = t->place[i] = NONE;
  t->left[i] = t->right[i] = i;
  return i;
}

struct list doc_list(struct doc *d, const uint32_t *numbers, uint32_t n) {
  struct list l = {d->ids.n, 0};
  for (uint32_t i = 0; i < n; i++) {
    uint32_t *at = DOC_PUSH(d, ids);
    if (!at) break;
    *at = numbers[i];
    l.n++;
  }
  return l;
}

bool list_has(const struct doc *d, struct list l, uint32_t number) {
  for (uint32_t i = 0; i < l.n; i++)
    if (list_at(d, l, i) == number) return true;
  return false;
}

sym doc_intern(struct doc *d, str s) { return overlay_intern(&d->words, &d->arena, s); }

sym doc_intern_lower(struct doc *d, str s) {
  char small[256];
  bool same = true;
  for (size_t i = 0; i < s.n && same; i++) same = (unsigned char)s.p[i] < 0x80 && !ascii_upper(s.p[i]);
  if (same) return doc_intern(d, s);
  size_t n = utf8_lower(s, small, sizeof small);
  str low = {small, n};
  sym known = symtab_find(d->words.base, low);
  if (known) return known;
  str copy = arena_str(&d->arena, low);
  return copy.p ? doc_intern(d, copy) : SYM_NONE;
}

struct span tokens_span(const struct doc *d, uint32_t first, uint32_t last) {
  return (struct span){d->tokens.beg[first], d->tokens.end[last]};
}

struct standing { /* a record and the bytes it stands on */
  struct span span;
  uint32_t row;
};

static int by_span(const void *a, const void *b) {
  const struct standing *x = a, *y = b;
  if (x->span.beg != y->span.beg) return x->span.beg < y->span.beg ? -1 : 1;
  if (x->span.end != y->span.end) return x->span.end < y->span.end ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static bool same_bytes(const struct standing *a, const struct standing *b) {
  return a->span.beg == b->span.beg && a->span.end == b->span.end;
}

#define NUMBER(rows, field)                                                                                            \
  for (uint32_t i = 0; i < d->rows.n; i++) s[i] = (struct standing){d->rows.at[i].field, i};                           \
  qsort(s, d->rows.n, sizeof *s, by_span);                                                                             \
  for (uint32_t i = 0, n = 0; i < d->rows.n; i++) {                                                                    \
    n = i && same_bytes(&s[i], &s[i - 1]) ? n + 1 : 0;                                                                 \
    d->rows.at[s[i].row].ordinal = n;                                                                                  \
  }

bool doc_number_records(struct doc *d) {
  struct arena_mark mark = arena_mark(&d->scratch);
  uint32_t most = d->events.n > d->ties.n ? d->events.n : d->ties.n;
  if (d->demands.n > most) most = d->demands.n;
  struct standing *s = ARENA_ARRAY(&d->scratch, struct standing, most);
  if (!s) return false;
  NUMBER(events, trigger_span)
  NUMBER(demands, span)
  NUMBER(ties, span)
  arena_rewind(&d->scratch, mark);
  return true;
}

void doc_warn(struct doc *d, const char *format, ...) {
  char text[256];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  str copy = arena_str(&d->arena, str_of(text));
  str *row = DOC_PUSH(d, warnings);
  if (row) *row = copy;
}

const char *code_basis_name(uint8_t b) {
  static const char *const names[] = {"", "text", "title", "list"};
  return b < 4 ? names[b] : "";
}

const char *date_basis_name(uint8_t b) {
  static const char *const names[] = {"", "expression", "narrative", "publication", "knowledge"};
  return b < 5 ? names[b] : "";
}
