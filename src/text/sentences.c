/* sentences.c - paragraphs, datelines, quotations, and what no judge is asked about. */
#include "text/sentences.h"
#include "text/chars.h"

static const struct piece *piece(const struct boundary_text *t, uint32_t i) { return &t->p->at[i]; }
static bool upper(const struct boundary_text *t, uint32_t i) { return char_upper_at(t->text, piece(t, i)->beg); }
static bool lower(const struct boundary_text *t, uint32_t i) { return char_lower_at(t->text, piece(t, i)->beg); }

/* ---- datelines */

enum { DATELINE_LONGEST = 16 };

static bool all_capitals(const struct boundary_text *t, uint32_t i) {
  const struct piece *q = piece(t, i);
  size_t letters = 0;
  for (size_t at = q->beg, n; at < q->end && letters < DATELINE_LONGEST; at += n) {
    char_class_at(t->text, at, &n);
    if (char_lower_at(t->text, at)) return false;
    if (char_upper_at(t->text, at)) letters++;
  }
  return letters >= 2;
}

/* The dash that ends a dateline at the head of a paragraph, or 0: a place in capitals first, or an agency or date in brackets
 * or behind a comma before the dash, and no more than a few words. */
static uint32_t dateline_dash(const struct boundary_text *t, uint32_t i) {
  if (piece(t, i)->kind != PIECE_WORD || !upper(t, i)) return 0;
  bool bracket = false, inside = false, capitals = all_capitals(t, i), dated = false;
  for (uint32_t k = i + 1; k < t->p->n && k < i + DATELINE_LONGEST; k++) {
    const struct piece *q = piece(t, k);
    if (q->gap >= GAP_LINE || q->kind == PIECE_STOP || q->kind == PIECE_MARK) return 0;
    if (q->kind == PIECE_OPEN) bracket = inside = true;
    if (q->kind == PIECE_CLOSE) inside = false;
    if (q->kind == PIECE_DASH && inside) return 0; /* "Karim Abdul Norton (1818 – 1880) was" */
    if (q->kind == PIECE_NUMBER || q->abbr == ABBR_MONTH) dated = true;
    if (q->kind == PIECE_DASH && q->gap != GAP_NONE)
      return (bracket || capitals || dated) &&
                     (k + 1 == t->p->n || piece(t, k + 1)->gap != GAP_NONE || q->end - q->beg > 1)
                 ? k
                 : 0;
    if (q->kind == PIECE_WORD && lower(t, k) && !bracket && !q->abbr) return 0;
  }
  return 0;
}

/* The last piece of a dateline that begins at i, or 0: the dash, or a word in brackets behind it ("-- [TEXT]"). */
static uint32_t dateline_end(const struct boundary_text *t, uint32_t i) {
  uint32_t k = dateline_dash(t, i);
  bool bracket = k && k + 3 < t->p->n && piece(t, k + 1)->kind == PIECE_OPEN && piece(t, k + 3)->kind == PIECE_CLOSE;
  return bracket ? k + 3 : k;
}

/* ---- paragraphs */

/* A line that ends with a title is wrapped, whatever its length: "Lt. Gen.\nHassan". */
static bool wrapped(const struct boundary_text *t, uint32_t i) {
  return piece(t, i)->gap == GAP_LINE && piece(t, i - 1)->abbr == ABBR_TITLE;
}

static uint32_t paragraph_end(const struct boundary_text *t, uint32_t i) {
  for (i++; i < t->p->n && (piece(t, i)->gap < GAP_LINE || wrapped(t, i)); i++) {}
  return i;
}

static bool ends_with_stop(const struct boundary_text *t, uint32_t from, uint32_t to) {
  while (to > from + 1 && (piece(t, to - 1)->kind == PIECE_QUOTE_CLOSE || piece(t, to - 1)->kind == PIECE_CLOSE)) to--;
  return piece(t, to - 1)->kind == PIECE_STOP || piece(t, to - 1)->kind == PIECE_MARK;
}

/* A day or month, told by the abbreviation that its first three letters make. */
static bool names_day(const struct boundary_text *t, uint32_t i) {
  const struct piece *q = piece(t, i);
  if (q->kind != PIECE_WORD || q->end - q->beg < 3) return false;
  char abbreviated[4] = {t->text.p[q->beg], t->text.p[q->beg + 1], t->text.p[q->beg + 2], '.'};
  uint8_t class = wordlist_get(&t->words->abbreviations, (str){abbreviated, 4});
  return class == ABBR_MONTH || class == ABBR_DATE;
}

/* A title is followed by its bearer, "e.g." by its example, "9 p.m." and "the U.S." by a day: nothing begins there. */
static bool never(const struct boundary_text *t, uint32_t i) {
  const struct piece *last = piece(t, i - 1);
  return last->abbr == ABBR_TITLE || last->abbr == ABBR_INNER || (last->abbr == ABBR_END && names_day(t, i));
}

/* Reference marks behind a full stop belong to the sentence that it ends: "was killed.[2] After". */
static bool reference(const struct boundary_text *t, uint32_t i) {
  return i + 2 < t->p->n && t->text.p[piece(t, i)->beg] == '[' && piece(t, i + 1)->kind == PIECE_NUMBER &&
         t->text.p[piece(t, i + 2)->beg] == ']' && piece(t, i)->gap == GAP_NONE;
}

static void follow(struct boundary_place *place, const struct piece *q) {
  switch (q->kind) {
  case PIECE_QUOTE_OPEN: place->quoted = true; break;
  case PIECE_QUOTE_CLOSE: place->quoted = false; break;
  case PIECE_OPEN: place->bracketed = true; break;
  case PIECE_CLOSE: place->bracketed = false; break;
  default: break;
  }
}

static void mark_paragraph(const struct boundary_text *t, uint32_t from, uint32_t to, sentence_judge *judge, void *with,
                           uint8_t *marks) {
  uint32_t dateline = dateline_end(t, from);
  marks[from] |= START_SENTENCE | START_PARAGRAPH | (dateline ? START_DATELINE : 0);
  struct boundary_place place = {.sentence = from, .paragraph_end = to, .stopped = ends_with_stop(t, from, to)};
  follow(&place, piece(t, from));
  for (uint32_t i = from + 1; i < to; i++) {
    place.i = i;
    bool ask = !(dateline && i <= dateline + 1) && boundary_candidate(t, i) && !never(t, i) && !reference(t, i);
    if (ask && judge(with, t, &place)) {
      marks[i] |= START_SENTENCE;
      place.sentence = i;
    }
    follow(&place, piece(t, i));
  }
}

/* ---- quotations */

static void mark_quotes(const struct boundary_text *t, uint8_t *marks, uint32_t from, uint32_t to) {
  uint32_t open = 0;
  bool is_open = false;
  for (uint32_t i = from; i < to; i++) {
    const struct piece *q = piece(t, i);
    bool one = t->text.p[q->beg] == '\''; /* single marks are too often apostrophes */
    if (q->kind == PIECE_QUOTE_OPEN && !one && !is_open) {
      open = i;
      is_open = true;
    } else if (q->kind == PIECE_QUOTE_CLOSE && !one && is_open) {
      for (uint32_t k = open + 1; k < i; k++) marks[k] |= INSIDE_QUOTES;
      is_open = false;
    }
  }
}

bool sentences_by_model(void *model, const struct boundary_text *t, const struct boundary_place *place) {
  return boundary_score(model, t, place) > 0;
}

void sentences_mark(struct boundary_text *t, sentence_judge *judge, void *with, uint8_t *marks) {
  t->letter_case = boundary_case(t);
  for (uint32_t from = t->from, to; from < t->p->n; from = to) {
    to = paragraph_end(t, from);
    mark_paragraph(t, from, to, judge, with, marks);
    mark_quotes(t, marks, from, to);
  }
}
