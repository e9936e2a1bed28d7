/* lexicon.c - see lexicon.h. */
#include "model/lexicon.h"

uint32_t lexicon_hash(const char *s, uint32_t n, uint32_t seed) {
  uint32_t h = seed;
  for (uint32_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 0x01000193u;
  return h ^ h >> 15;
}

/* The plain ASCII character for a three-byte E2 80 xx punctuation mark, or 0. */
static char plain_punctuation(unsigned char third) {
  switch (third) {
  case 0x98:
  case 0x99:
  case 0x9B: return '\'';
  case 0x9C:
  case 0x9D:
  case 0x9E: return '"';
  case 0x90:
  case 0x91:
  case 0x92:
  case 0x93:
  case 0x94: return '-';
  default: return 0;
  }
}

uint32_t word_normalise(str form, char out[WORD_BYTES + 1]) {
  uint32_t n = 0;
  for (size_t i = 0; i < form.n && n < WORD_BYTES; i++) {
    unsigned char c = (unsigned char)form.p[i];
    char plain;
    if (c == 0xE2 && i + 2 < form.n && (unsigned char)form.p[i + 1] == 0x80 &&
        (plain = plain_punctuation((unsigned char)form.p[i + 2]))) {
      out[n++] = plain;
      i += 2;
    } else if (c == 0xC3 && i + 1 < form.n && n + 1 < WORD_BYTES) { /* Latin-1: À..Þ to à..þ, but not × */
      unsigned char d = (unsigned char)form.p[++i];
      out[n++] = (char)c;
      out[n++] = (char)(d >= 0x80 && d <= 0x9E && d != 0x97 ? d + 0x20 : d);
    } else out[n++] = c >= '0' && c <= '9' ? '0' : ascii_fold((char)c);
  }
  out[n] = 0;
  return n;
}

enum case_mode case_mode_of(const str *form, uint32_t n) {
  uint32_t upper = 0, lower = 0, capital = 0, word = 0, letters = 0;
  for (uint32_t t = 0; t < n; t++) {
    uint32_t u = 0, l = 0;
    for (size_t i = 0; i < form[t].n; i++) {
      u += ascii_upper(form[t].p[i]);
      l += ascii_lower(form[t].p[i]);
    }
    upper += u, lower += l, letters += u + l;
    if (u + l < 4) continue; /* short words are written small in titles */
    word++;
    capital += ascii_upper(form[t].p[0]) && l > 0;
  }
  if (letters < 8) return CASE_MIXED;
  if (lower * 20 <= upper) return CASE_UPPER; /* a "Mc" or a unit may remain */
  if (!upper) return CASE_LOWER;
  return word >= 4 && capital * 5 >= word * 4 ? CASE_TITLE : CASE_MIXED;
}

uint32_t lexicon_find(const struct lexicon *l, const char *w, uint32_t n) {
  uint32_t h = lexicon_hash(w, n, 2166136261u);
  for (uint32_t i = h & l->mask, tries = 0; l->slot[i].id && tries <= l->mask; i = (i + 1) & l->mask, tries++) {
    if (l->slot[i].hash != h) continue;
    str s = string_table_at(&l->word, l->slot[i].id);
    if (s.n == n && !memcmp(s.p, w, n)) return l->slot[i].id;
  }
  return 0;
}

/* Xxxx -> Xx, 12,345 -> d,d: runs of one class are one, but two capitals at the start stay two. */
static uint32_t shape_of(str form, char shape[8]) {
  uint32_t k = 0;
  char last = 0;
  for (size_t i = 0; i < form.n && i < WORD_BYTES && k < 8; i++) {
    char c = form.p[i];
    c = ascii_upper(c) ? 'X' : ascii_lower(c) ? 'x' : ascii_digit(c) ? 'd' : c;
    if (c != last || (i < 2 && c == 'X')) shape[k++] = last = c;
  }
  return k;
}

void feature_rows(const struct feature *f, uint32_t n, str form, bool first, enum case_mode mode, uint32_t id,
                  const char *w, uint32_t nw, uint32_t *row) {
  char shape[8];
  uint32_t base = 0;
  for (uint32_t k = 0; k < n; base += f[k++].rows) {
    uint32_t len = nw < f[k].length ? nw : f[k].length, seed = 10 + k, r = 0;
    switch ((enum feature_kind)f[k].kind) {
    case FEATURE_WORD: row[k] = base + id; continue;
    case FEATURE_PREFIX: r = lexicon_hash(w, len, seed); break;
    case FEATURE_SUFFIX: r = lexicon_hash(w + nw - len, len, seed); break;
    case FEATURE_SHAPE: r = lexicon_hash(shape, shape_of(form, shape), seed + first + 2u * (uint32_t)mode); break;
    case FEATURE_CASED: /* all capitals say nothing of the word */
      len = form.n < WORD_BYTES ? (uint32_t)form.n : WORD_BYTES;
      r = lexicon_hash(form.p, len, seed + (mode == CASE_UPPER ? 64u : 0u));
      break;
    }
    row[k] = base + (r & (f[k].rows - 1));
  }
}

void lexicon_rows(const struct lexicon *l, str form, bool first, enum case_mode mode, uint32_t *row) {
  char w[WORD_BYTES + 1];
  uint32_t n = word_normalise(form, w);
  feature_rows(l->feature, l->nfeature, form, first, mode, lexicon_find(l, w, n), w, n, row);
}

uint32_t feature_row_count(const struct feature *f, uint32_t n) {
  uint32_t rows = 0;
  for (uint32_t k = 0; k < n; k++) rows += f[k].rows;
  return rows;
}

bool lexicon_open(struct lexicon *l, const struct model_file *m, struct err *e) {
  if (!string_table_open(&l->word, m, "lex.word", e)) return false;
  for (uint32_t k = 0; k < l->nfeature; k++) {
    const struct feature *f = &l->feature[k];
    bool good = f->kind == FEATURE_WORD
                    ? f->rows == l->word.n && f->rows > 0
                    : f->kind <= FEATURE_CASED && f->rows > 0 && f->rows <= 1u << 20 && !(f->rows & (f->rows - 1));
    if (!good) return err_set(e, ERR_MODEL, "the model describes a word feature that does not exist");
  }
  str s = model_section(m, "lex.slot");
  size_t n = s.n / sizeof *l->slot;
  if (!s.p || !n || n > 1u << 24 || (n & (n - 1)) || s.n % sizeof *l->slot)
    return err_set(e, ERR_MODEL, "section \"lex.slot\" of the model has the wrong size");
  l->slot = (const struct lexicon_slot *)(const void *)s.p;
  l->mask = (uint32_t)n - 1;
  for (size_t i = 0; i < n; i++)
    if (l->slot[i].id >= l->word.n) return err_set(e, ERR_MODEL, "section \"lex.slot\" of the model names no word");
  return true;
}
