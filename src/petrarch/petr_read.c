/* petr_read.c - lines, words and codes of PETRARCH's files. */
#include "petrarch/petr_read.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

void petr_note(struct petr_reader *r, const char *format, ...) {
  struct petr_notes *notes = &r->d->notes;
  if (notes->total++ >= PETR_NOTES) return;
  if (!notes->at && !(notes->at = calloc(PETR_NOTES, sizeof *notes->at))) return;
  struct err *e = &notes->at[notes->n++];
  va_list args;
  va_start(args, format);
  char text[sizeof e->message];
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  err_set(e, ERR_KNOWLEDGE, "%s", text);
  err_at(e, r->lines.file, r->lines.number, 0);
}

bool petr_grow(struct petr_reader *r, void *at, uint32_t n, uint32_t *size, size_t row) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : 64;
  void **where = at, *p = more > 1u << 26 ? NULL : realloc(*where, (size_t)more * row);
  if (!p) {
    r->no_memory = true;
    return false;
  }
  *where = p;
  *size = more;
  return true;
}

str petr_keep(struct petr_reader *r, str s) {
  if (!s.n) return STR("");
  str copy = arena_str(&r->d->memory, s);
  if (!copy.p) r->no_memory = true;
  return copy.p ? copy : STR("");
}

/* ---- lines */

/* What stands outside <!-- -->: the part before a comment, or the part behind its end. A comment in the middle of a line ends it. */
static str outside_comment(struct petr_reader *r, str line) {
  if (r->in_comment) {
    size_t end = str_find_str(line, STR("-->"));
    if (end == line.n) return str_from(line, line.n);
    r->in_comment = false;
    line = str_from(line, end + 3);
  }
  size_t open = str_find_str(line, STR("<!--"));
  if (open < line.n) {
    r->in_comment = str_find_str(str_from(line, open), STR("-->")) == line.n - open;
    line = str_sub(line, 0, open);
  }
  return line;
}

/* A ';' that TABARI's files begin a comment with: at the start or after a blank. */
static str before_semicolon(str line) {
  for (size_t i = 0; i < line.n; i++)
    if (line.p[i] == ';' && (!i || ascii_space(line.p[i - 1]))) return str_sub(line, 0, i);
  return line;
}

/* '#' begins a comment, but "[###]" is a code of old files. */
static str before_hash(str line) {
  for (size_t i = 0; i < line.n; i++)
    if (line.p[i] == '#' && !(i && (line.p[i - 1] == '[' || line.p[i - 1] == '#'))) return str_sub(line, 0, i);
  return line;
}

bool petr_next(struct petr_reader *r) {
  while (!r->no_memory && line_next(&r->lines)) {
    str line = str_trim(outside_comment(r, r->lines.line));
    if (str_starts(line, STR("<!"))) continue;
    r->line = str_trim(before_semicolon(before_hash(line)));
    if (r->line.n) return true;
  }
  return false;
}

/* ---- words */

static bool joins(char c) { return c == '_' || c == '-'; }

static sym word_of(struct petr_reader *r, str s) {
  char small[256];
  size_t n = utf8_lower(s, small, sizeof small);
  if (n > 1 && small[n - 1] == '.' && !memchr(small, '.', n - 1)) n--; /* "W." of a name is "W" in some files */
  sym w = symtab_add(r->words, (str){small, n});
  if (!w) r->no_memory = true;
  return w;
}

/* "DIDN'T" is did + n't, as the tokens are; "LIBYA'S" is libya. */
static uint32_t put_word(struct petr_reader *r, str s, bool adjacent, struct petr_piece *out, uint32_t n) {
  static const char *const possessive[] = {"'S", "'s", "'"};
  for (size_t i = 0; i < 3; i++)
    if (s.n > strlen(possessive[i]) && str_ends(s, str_of(possessive[i]))) s.n -= strlen(possessive[i]);
  bool negated = s.n > 3 && str_eq_fold(str_from(s, s.n - 3), STR("n't"));
  if (negated) s.n -= 3;
  if (!s.n || str_is(s, "'S") || str_is(s, "'")) return 0;
  out[0] = (struct petr_piece){word_of(r, s), adjacent};
  if (!negated || n + 2 > PETR_PIECES) return 1;
  out[1] = (struct petr_piece){word_of(r, STR("n't")), true};
  return 2;
}

uint32_t petr_pieces(struct petr_reader *r, str phrase, struct petr_piece out[PETR_PIECES], bool *long_one) {
  uint32_t n = 0;
  bool adjacent = false;
  *long_one = false;
  for (size_t i = 0; i < phrase.n;) {
    size_t from = i;
    while (i < phrase.n && !joins(phrase.p[i]) && !ascii_space(phrase.p[i])) i++;
    if (i > from) {
      if (n >= PETR_PIECES) {
        *long_one = true;
        return n;
      }
      n += put_word(r, str_sub(phrase, from, i), adjacent && n, &out[n], n);
      adjacent = false;
    }
    while (i < phrase.n && (joins(phrase.p[i]) || ascii_space(phrase.p[i]))) adjacent |= joins(phrase.p[i++]);
  }
  return n;
}

uint32_t petr_words(struct petr_reader *r, str phrase, sym out[PETR_PIECES]) {
  struct petr_piece piece[PETR_PIECES];
  bool long_one;
  uint32_t n = petr_pieces(r, phrase, piece, &long_one);
  if (long_one)
    petr_note(r, "the phrase has more than %d words: only the first %d are read; shorten it", PETR_PIECES, PETR_PIECES);
  for (uint32_t i = 0; i < n; i++) out[i] = piece[i].word;
  return n;
}

/* ---- codes */

bool petr_code(struct petr_reader *r, str text, str *code) {
  char upper[32];
  text = str_trim(text);
  if (!text.n || text.n >= sizeof upper) return false;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (!ascii_alpha(c) && !ascii_digit(c) && !memchr("-+#/?", c, 5)) return false;
    upper[i] = ascii_lower(c) ? (char)(c - 32) : c;
  }
  *code = str_is(text, "---") ? STR("") : petr_keep(r, (str){upper, text.n});
  return true;
}

bool petr_bracket(struct petr_reader *r, str *line, str *code) {
  size_t open = line->n;
  while (open && line->p[open - 1] != '[') open--;
  if (!open) return false;
  str inside = str_from(*line, open);
  size_t close = str_find(inside, ']');
  if (close == inside.n) {
    close = 0;
    while (close < inside.n && inside.p[close] != '}' && inside.p[close] != ')') close++;
    petr_note(r, "the code has no ']': write [%.*s]", (int)close, inside.p);
  }
  *code = str_trim(str_sub(inside, 0, close));
  *line = str_trim(str_sub(*line, 0, open - 1));
  return true;
}
