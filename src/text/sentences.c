/* sentences.c - paragraph ends, full stops, quotations, datelines. */
#include "text/sentences.h"
#include "text/chars.h"

struct view { /* what the rules look at */
  const struct pieces *p;
  str text;
  const struct words *words;
  uint32_t from;
  bool lower; /* the text uses no capitals at the beginning of sentences */
};

static const struct piece *piece(const struct view *v, uint32_t i) { return &v->p->at[i]; }
static bool upper(const struct view *v, uint32_t i) { return char_upper_at(v->text, piece(v, i)->beg); }
static bool lower(const struct view *v, uint32_t i) { return char_lower_at(v->text, piece(v, i)->beg); }

/* ---- datelines */

enum { DATELINE_LONGEST = 16 };

static bool all_capitals(const struct view *v, uint32_t i) {
  const struct piece *q = piece(v, i);
  size_t letters = 0;
  for (size_t at = q->beg, n; at < q->end; at += n) {
    char_class_at(v->text, at, &n);
    if (char_lower_at(v->text, at)) return false;
    if (char_upper_at(v->text, at)) letters++;
  }
  return letters >= 2;
}

/* The dash that ends a dateline at the head of a paragraph, or 0: a place in capitals first, or an agency or date in brackets
 * or behind a comma before the dash, and no more than a few words. */
static uint32_t dateline_end(const struct view *v, uint32_t i) {
  if (piece(v, i)->kind != PIECE_WORD || !upper(v, i)) return 0;
  bool bracket = false, capitals = all_capitals(v, i), dated = false;
  for (uint32_t k = i + 1; k < v->p->n && k < i + DATELINE_LONGEST; k++) {
    const struct piece *q = piece(v, k);
    if (q->gap >= GAP_LINE || q->kind == PIECE_STOP || q->kind == PIECE_MARK) return 0;
    if (q->kind == PIECE_OPEN) bracket = true;
    if (q->kind == PIECE_NUMBER || q->abbr == ABBR_MONTH) dated = true;
    if (q->kind == PIECE_DASH && q->gap != GAP_NONE)
      return (bracket || capitals || dated) && (k + 1 == v->p->n || piece(v, k + 1)->gap != GAP_NONE || q->end - q->beg > 1) ? k : 0;
    if (q->kind == PIECE_WORD && lower(v, k) && !bracket && !q->abbr) return 0;
  }
  return 0;
}

/* ---- ends of sentences */

/* The piece that ends what stands before i: behind closing marks of quotation and brackets. */
static uint32_t last_of(const struct view *v, uint32_t i) {
  uint32_t k = i - 1;
  while (k > v->from && (piece(v, k)->kind == PIECE_QUOTE_CLOSE || piece(v, k)->kind == PIECE_CLOSE) && piece(v, k)->gap == GAP_NONE) k--;
  return k;
}

/* Whether i may begin a sentence by its look. */
static bool looks_first(const struct view *v, uint32_t i) {
  while (i + 1 < v->p->n && (piece(v, i)->kind == PIECE_QUOTE_OPEN || piece(v, i)->kind == PIECE_OPEN)) i++;
  const struct piece *q = piece(v, i);
  if (q->kind == PIECE_WORD || q->kind == PIECE_NET) return v->lower || !lower(v, i);
  return q->kind == PIECE_NUMBER || q->kind == PIECE_DASH || q->kind == PIECE_PUNCT;
}

static bool ends_by_abbreviation(const struct view *v, uint32_t k, uint32_t i) {
  const struct piece *q = piece(v, k);
  if (q->initial || !(q->abbr == ABBR_END || q->abbr == ABBR_UNIT)) return false;
  str next = str_sub(v->text, piece(v, i)->beg, piece(v, i)->end);
  return piece(v, i)->kind == PIECE_WORD && upper(v, i) && wordlist_get_low(&v->words->starters, next);
}

static bool begins(const struct view *v, uint32_t i) {
  const struct piece *q = piece(v, i);
  if (q->kind == PIECE_QUOTE_CLOSE || q->kind == PIECE_CLOSE || q->kind == PIECE_COMMA || q->kind == PIECE_STOP) return false;
  uint32_t k = last_of(v, i);
  const struct piece *last = piece(v, k);
  if (q->gap == GAP_NONE) return last->kind == PIECE_STOP && k == i - 1 && q->kind == PIECE_WORD && upper(v, i);
  switch (last->kind) {
  case PIECE_STOP: case PIECE_MARK: return looks_first(v, i);
  case PIECE_ELLIPSIS: return looks_first(v, i) && q->kind == PIECE_WORD && !v->lower;
  case PIECE_WORD: return ends_by_abbreviation(v, k, i);
  default: return false;
  }
}

/* ---- quotations */

static void mark_quotes(const struct view *v, uint8_t *marks, uint32_t from, uint32_t to) {
  uint32_t open = 0;
  bool is_open = false;
  for (uint32_t i = from; i < to; i++) {
    const struct piece *q = piece(v, i);
    bool one = v->text.p[q->beg] == '\''; /* single marks only in pairs of their own; they are too often apostrophes */
    if (q->kind == PIECE_QUOTE_OPEN && !one && !is_open) {
      open = i;
      is_open = true;
    } else if (q->kind == PIECE_QUOTE_CLOSE && !one && is_open) {
      for (uint32_t k = open + 1; k < i; k++) marks[k] |= INSIDE_QUOTES;
      is_open = false;
    }
  }
}

/* Few words of the text begin with a capital although many follow a full stop. */
static bool is_lower(const struct view *v) {
  uint32_t after = 0, capital = 0;
  for (uint32_t i = v->from + 1; i < v->p->n; i++) {
    if (piece(v, i - 1)->kind != PIECE_STOP || piece(v, i)->kind != PIECE_WORD) continue;
    after++;
    capital += upper(v, i);
  }
  return after >= 2 && capital * 4 < after;
}

void sentences_mark(const struct pieces *p, uint32_t from, str text, const struct words *w, uint8_t *marks) {
  struct view v = {p, text, w, from, false};
  v.lower = is_lower(&v);
  uint32_t dateline = 0, paragraph = from;
  for (uint32_t i = from; i < p->n; i++) {
    bool fresh = i == from || piece(&v, i)->gap >= GAP_LINE;
    if (fresh) {
      mark_quotes(&v, marks, paragraph, i);
      paragraph = i;
      dateline = dateline_end(&v, i);
      marks[i] |= START_SENTENCE | START_PARAGRAPH | (dateline ? START_DATELINE : 0);
    } else if (i > dateline + 1 || !dateline) {
      if (begins(&v, i)) marks[i] |= START_SENTENCE;
    }
  }
  mark_quotes(&v, marks, paragraph, p->n);
}
