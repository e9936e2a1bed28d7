/* clitics.c - multiword tokens: "don't" is do + n't, "Kadhimi's" is Kadhimi + 's, "cannot" is can + not. */
#include "text/scan.h"

enum { WORD_LONGEST = 64, PARTS = 4 };

/* The word in lower case with ' for every apostrophe; back[i] is the offset of byte i. */
struct plain {
  char p[WORD_LONGEST];
  uint8_t back[WORD_LONGEST + 1];
  size_t n;
};

static bool plain_word(const struct scan *s, size_t beg, size_t end, struct plain *w) {
  if (end - beg > WORD_LONGEST) return false;
  w->n = 0;
  for (size_t at = beg, n; at < end; at += n) {
    bool apostrophe = char_class_at(s->text, at, &n) == CHAR_APOSTROPHE;
    for (size_t i = 0; i < (apostrophe ? 1 : n); i++) {
      w->p[w->n] = apostrophe ? '\'' : ascii_fold(s->text.p[at + i]);
      w->back[w->n++] = (uint8_t)(at + i - beg);
    }
  }
  w->back[w->n] = (uint8_t)(end - beg);
  return true;
}

static void push_parts(struct scan *s, const size_t *cut, size_t cuts, size_t beg, size_t end) {
  for (size_t i = 0; i <= cuts; i++) {
    struct piece *p = piece_push(s, i ? cut[i - 1] : beg, i < cuts ? cut[i] : end, PIECE_WORD);
    if (!p) return;
    p->mwt_first = i == 0;
    p->mwt_more = i > 0;
  }
}

/* "1990's" names a decade; it is one token. */
static bool decade(str w, size_t keep) {
  return keep >= 2 && w.p[keep - 1] == '0' && ascii_digit(w.p[keep - 2]) && w.n == keep + 2 && w.p[keep + 1] == 's';
}

static size_t suffix_of(const struct words *words, str w) {
  for (size_t i = 0; i < words->suffixes; i++) {
    str suffix = words->suffix[i];
    if (w.n > suffix.n && str_ends(w, suffix) && w.p[w.n - suffix.n - 1] != '\'') return suffix.n;
  }
  return 0;
}

/* Cuts off suffixes from the end: "he'd've" is he + 'd + 've. Cuts come out in the order of the text. */
static size_t suffix_cuts(const struct scan *s, const struct plain *w, size_t beg, size_t *cut) {
  size_t n = 0, keep = w->n;
  while (n < PARTS - 1) {
    size_t k = suffix_of(s->words, (str){w->p, keep});
    if (!k || decade((str){w->p, keep}, keep - k)) break;
    keep -= k;
    cut[n++] = beg + w->back[keep];
  }
  for (size_t i = 0; i < n / 2; i++) {
    size_t t = cut[i];
    cut[i] = cut[n - 1 - i];
    cut[n - 1 - i] = t;
  }
  return n;
}

/* "parties'": an s, an apostrophe that no open quotation waits for, and no letter behind. */
static bool plural_possessive(const struct scan *s, size_t beg, size_t end, size_t *more) {
  size_t n;
  if (s->single_open || end >= s->end || end - beg < 2 || ascii_fold(s->text.p[end - 1]) != 's') return false;
  if (char_class_at(s->text, end, &n) != CHAR_APOSTROPHE || s->text.p[end] == '`') return false;
  enum char_class next = scan_class(s, end + n);
  *more = end + n;
  return next != CHAR_LETTER && next != CHAR_DIGIT && next != CHAR_APOSTROPHE && next != CHAR_QUOTE;
}

bool clitics_split(struct scan *s, size_t beg, size_t *end) {
  struct plain w;
  size_t cut[PARTS], more;
  if (plural_possessive(s, beg, *end, &more)) {
    cut[0] = *end;
    *end = more;
    push_parts(s, cut, 1, beg, *end);
    return true;
  }
  if (!plain_word(s, beg, *end, &w)) return false;
  size_t first = wordlist_get(&s->words->whole, (str){w.p, w.n});
  size_t n = 1;
  if (first) cut[0] = beg + w.back[first];
  else n = suffix_cuts(s, &w, beg, cut);
  if (n) push_parts(s, cut, n, beg, *end);
  return n > 0;
}

size_t clitic_after(struct scan *s, size_t at) {
  size_t n;
  if (at >= s->end || char_class_at(s->text, at, &n) != CHAR_APOSTROPHE) return at;
  size_t end = scan_alnum(s, at + n);
  struct plain w;
  if (!plain_word(s, at, end, &w) || !s->out->n) return at;
  for (size_t i = 0; i < s->words->suffixes; i++)
    if (str_eq(s->words->suffix[i], (str){w.p, w.n})) {
      s->out->at[s->out->n - 1].mwt_first = true;
      struct piece *p = piece_push(s, at, end, PIECE_WORD);
      if (p) p->mwt_more = true;
      return end;
    }
  return at;
}

size_t front_word(const struct scan *s, size_t at, size_t n) {
  size_t end = scan_alnum(s, at + n);
  struct plain w;
  if (end == at + n || !plain_word(s, at, end, &w)) return 0;
  str word = {w.p, w.n};
  bool digits = word.n >= 3 && ascii_digit(word.p[1]) && ascii_digit(word.p[2]);
  if (digits && (word.n == 3 || (word.n == 4 && word.p[3] == 's'))) return end;
  if (wordlist_get(&s->words->front, word)) return end;
  if (s->single_open) return 0;
  for (size_t i = 0; i < s->words->suffixes; i++) /* text that was tokenised already: "it 's" */
    if (str_eq(s->words->suffix[i], word)) return end;
  return 0;
}
