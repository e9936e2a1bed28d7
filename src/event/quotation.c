/* quotation.c - pairs quotation marks; see quotation.h. */
#include "event/quotation.h"

enum mark { MARK_NO, MARK_OPEN, MARK_CLOSE, MARK_EITHER, MARK_OPEN_SINGLE, MARK_CLOSE_SINGLE };

static enum mark mark_of(str s) {
  if (!s.n || s.n > 3) return MARK_NO;
  if (str_is(s, "\"") || str_is(s, "''")) return MARK_EITHER; /* some newsrooms open with two apostrophes too */
  if (str_is(s, "\xE2\x80\x9C") || str_is(s, "``") || str_is(s, "\xC2\xAB") || str_is(s, "\xE2\x80\x9E"))
    return MARK_OPEN;
  if (str_is(s, "\xE2\x80\x9D") || str_is(s, "\xC2\xBB")) return MARK_CLOSE;
  if (str_is(s, "\xE2\x80\x98")) return MARK_OPEN_SINGLE;
  if (str_is(s, "\xE2\x80\x99") || str_is(s, "'")) return MARK_CLOSE_SINGLE;
  return MARK_NO;
}

struct pairing {
  struct quotations *q;
  const struct doc *d;
  struct arena *a;
  uint32_t first, sentence; /* first token after the open mark, NONE if none is open */
  bool single;
};

static bool close_at(struct pairing *p, uint32_t last) {
  uint32_t first = p->first;
  p->first = NONE;
  if (first == NONE || last == NONE || last < first) return true;
  struct quotations *q = p->q;
  if (!rows_grow(p->a, (void **)&q->at, &q->n, &q->size, sizeof *q->at)) return false;
  for (uint32_t t = first; t <= last; t++) q->of[t] = q->n;
  q->at[q->n++] = (struct quotation){first, last, false};
  return true;
}

static bool feed(struct pairing *p, uint32_t t, enum mark m) {
  bool open = p->first != NONE;
  if (m == MARK_EITHER) m = open && !p->single ? MARK_CLOSE : MARK_OPEN;
  if (m == MARK_OPEN_SINGLE && open) return true; /* a quotation inside a quotation stays part of it */
  if (m == MARK_CLOSE_SINGLE && !(open && p->single)) return true;
  if (m == MARK_OPEN && open && !p->single) { /* a new paragraph of the same words, or a lost closing mark */
    if (!close_at(p, t ? t - 1 : NONE)) return false;
    open = false;
  }
  if (m == MARK_OPEN || m == MARK_OPEN_SINGLE) {
    if (open && !close_at(p, t - 1)) return false;
    p->first = t + 1;
    p->sentence = p->d->tokens.sentence[t];
    p->single = m == MARK_OPEN_SINGLE;
    return true;
  }
  return close_at(p, t ? t - 1 : NONE);
}

bool quotations_find(struct quotations *q, const struct doc *d, struct arena *a) {
  *q = (struct quotations){0};
  uint32_t n = d->tokens.n;
  q->of = ARENA_ARRAY(a, uint32_t, n);
  if (!q->of) return false;
  memset(q->of, 0xFF, sizeof *q->of * n);
  struct pairing p = {q, d, a, NONE, 0, false};
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    const struct sentence *row = &d->sentences.at[s];
    bool ends = row->flags & SENTENCE_PARAGRAPH || s <= 1 || (p.first != NONE && s - p.sentence >= QUOTATION_SENTENCES);
    if (ends && p.first != NONE && !close_at(&p, row->first ? row->first - 1 : NONE)) return false;
    for (uint32_t t = row->first; t < row->first + row->n; t++) {
      uint8_t x = d->tokens.upos[t];
      enum mark m = x == UPOS_PUNCT || x == UPOS_SYM || x == UPOS_PART || !x ? mark_of(token_text(d, t)) : MARK_NO;
      if (m != MARK_NO && !feed(&p, t, m)) return false;
    }
  }
  return n == 0 || close_at(&p, n - 1);
}
