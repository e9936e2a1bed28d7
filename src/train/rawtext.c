/* rawtext.c - see rawtext.h. */
#include "train/rawtext.h"
#include "base/arena.h"
#include "train/treebank.h"
#include <jansson.h>

enum { SENTENCE_TOKENS = 200, SENTENCE_BYTES = 4096 };

/* ---- splitting ---- */

static bool listed(str list, str word, bool fold) {
  while (list.n) {
    str w = str_cut(&list, ' ');
    if (w.n && (fold ? str_eq_fold(w, word) : str_eq(w, word))) return true;
  }
  return false;
}

static bool letter(char c) {
  return ascii_alpha(c) || (unsigned char)c >= 0xC3;
} /* bytes of letters beyond ASCII begin so */
static bool word_byte(char c) { return ascii_alpha(c) || (unsigned char)c >= 0x80; }

/* The length of a typographic apostrophe or quotation mark (E2 80 98..9E) at s, or of "'"; 0 if there is none. */
static size_t apostrophe(str s) {
  if (s.n && s.p[0] == '\'') return 1;
  return s.n >= 3 && !memcmp(s.p, "\xE2\x80\x99", 3) ? 3 : 0;
}
static size_t general_punctuation(str s) { return s.n >= 3 && !memcmp(s.p, "\xE2\x80", 2) ? 3 : 0; }

static size_t word_end(str s) { /* letters, with apostrophes between letters; no hyphens */
  size_t i = 0;
  while (i < s.n) {
    str here = str_from(s, i);
    size_t a = apostrophe(here);
    if (a && i && i + a < s.n && letter(s.p[i + a])) i += a;
    else if (!a && !general_punctuation(here) && word_byte(s.p[i])) i++;
    else break;
  }
  return i;
}

static size_t number_end(str s) { /* 12,345.6 10:30 1990s */
  size_t i = 0;
  while (i < s.n && (ascii_digit(s.p[i]) || (i && i + 1 < s.n && memchr(".,:/", s.p[i], 4) && ascii_digit(s.p[i + 1]))))
    i++;
  while (i < s.n && ascii_alpha(s.p[i])) i++;
  return i;
}

static size_t initials_end(str s) { /* U.S. p.m. J. */
  size_t i = 0;
  while (i + 1 < s.n && ascii_alpha(s.p[i]) && s.p[i + 1] == '.') i += 2;
  return i >= 4 || (i == 2 && ascii_upper(s.p[0])) ? i : 0;
}

struct splitting {
  const struct splitter *s;
  struct buf *out;
  size_t start; /* of the present sentence in out */
  int tokens;
};

static void put_token(struct splitting *p, str t) {
  if (p->tokens++) buf_putc(p->out, ' ');
  buf_put(p->out, t);
}

static void end_sentence(struct splitting *p) { /* keeps it unless it is too long to be one */
  if (p->tokens && (p->tokens > SENTENCE_TOKENS || p->out->n - p->start > SENTENCE_BYTES)) p->out->n = p->start;
  else if (p->tokens) buf_putc(p->out, '\n');
  p->start = p->out->n, p->tokens = 0;
}

static size_t clitic(const struct splitter *s, str word) { /* bytes of a known ending, 0 if there is none */
  str list = s->clitics;
  while (list.n) {
    str c = str_cut(&list, ' ');
    char plain[64];
    size_t n = 0, i = 0;
    if (!c.n || word.n > sizeof plain) continue;
    for (; i < word.n; n++) {
      size_t a = apostrophe(str_from(word, i));
      plain[n] = a ? '\'' : ascii_fold(word.p[i]);
      i += a ? a : 1;
    }
    if (n > c.n && !memcmp(plain + n - c.n, c.p, c.n)) return c.n + (word.n - n); /* a long apostrophe is within it */
  }
  return 0;
}

static void put_word(struct splitting *p, str w) {
  size_t tail = clitic(p->s, w);
  put_token(p, str_sub(w, 0, w.n - tail));
  if (tail) put_token(p, str_from(w, w.n - tail));
}

/* The bytes of the token at the start of s, which is not white space. */
static size_t token_end(const struct splitting *p, str s) {
  size_t n = initials_end(s);
  if (n) return n;
  if (ascii_digit(s.p[0])) return number_end(s);
  if (word_byte(s.p[0]) && (n = word_end(s))) {
    bool dot = n < s.n && s.p[n] == '.';
    return dot && listed(p->s->abbreviations, str_sub(s, 0, n), false) ? n + 1 : n;
  }
  if ((n = general_punctuation(s))) return n;
  for (n = 1; n < s.n && s.p[n] == s.p[0] && (s.p[0] == '.' || s.p[0] == '-'); n++) {}
  return n;
}

static bool opens_sentence(str s) { /* after white space: a capital or a digit, perhaps after quotes or brackets */
  for (size_t i = 0; i < s.n && i < 8; i++) {
    if (ascii_upper(s.p[i]) || ascii_digit(s.p[i]) || (unsigned char)s.p[i] == 0xC3) return true;
    if (ascii_alpha(s.p[i])) return false;
  }
  return false;
}

static void split_paragraph(struct splitting *p, str s) {
  bool stop = false; /* a full stop, question or exclamation mark stands before, perhaps with quotes after it */
  while (s.n) {
    size_t blank = 0;
    while (blank < s.n && ascii_space(s.p[blank])) blank++;
    s = str_from(s, blank);
    if (!s.n) break;
    if (stop && blank && opens_sentence(s)) end_sentence(p);
    size_t n = token_end(p, s);
    str t = str_sub(s, 0, n);
    if (word_byte(t.p[0]) && !general_punctuation(t)) put_word(p, t);
    else put_token(p, t);
    bool quote = t.n == 1 ? t.p[0] == '"' || t.p[0] == ')' || t.p[0] == '\'' : general_punctuation(t) > 0;
    stop = (t.n == 1 && (t.p[0] == '.' || t.p[0] == '?' || t.p[0] == '!')) || (stop && quote);
    s = str_from(s, n);
  }
  end_sentence(p);
}

void rawtext_split(const struct splitter *s, str text, struct buf *out) {
  struct splitting p = {.s = s, .out = out, .start = out->n};
  while (text.n) {
    str all = text; /* up to a line that is blank */
    size_t n = 0;
    while (text.n) {
      str line = str_cut(&text, '\n');
      if (!str_trim(line).n) break;
      n = (size_t)(line.p + line.n - all.p);
    }
    if (n) split_paragraph(&p, str_sub(all, 0, n));
  }
}

/* ---- reading ---- */

struct raw {
  const struct splitter *s;
  struct buf text, *out;
  int least;
};

static void plain_text(struct buf *out, str s) { /* without mark-up */
  bool tag = false;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '<' && i + 1 < s.n && (ascii_alpha(s.p[i + 1]) || s.p[i + 1] == '/')) tag = true;
    if (!tag) buf_putc(out, s.p[i]);
    else if (s.p[i] == '>') tag = false, buf_putc(out, ' ');
  }
}

static int count_words(str s) {
  int n = 0;
  while (s.n) n += str_cut(&s, ' ').n > 0;
  return n;
}

static void one_text(struct raw *r, const json_t *v) {
  str s = {json_string_value(v), json_string_length(v)};
  if (count_words(s) < r->least) return;
  buf_clear(&r->text);
  plain_text(&r->text, s);
  rawtext_split(r->s, buf_str(&r->text), r->out);
}

static void walk(struct raw *r, json_t *v, int depth) {
  const char *key;
  json_t *child;
  size_t i;
  if (depth > 32) return;
  if (json_is_string(v)) one_text(r, v);
  json_object_foreach(v, key, child) walk(r, child, depth + 1);
  json_array_foreach(v, i, child) walk(r, child, depth + 1);
}

static bool read_lines(struct raw *r, str all, const char *path, const char *field, bool nested, struct err *e) {
  for (uint64_t n = 1; all.n; n++) {
    str line = str_trim(str_cut(&all, '\n'));
    json_error_t bad;
    if (!line.n) continue;
    json_t *v = json_loadb(line.p, line.n, 0, &bad), *f = v ? json_object_get(v, field) : NULL;
    if (f && nested) walk(r, f, 0);
    else if (json_is_string(f)) one_text(r, f);
    json_decref(v);
    if (v) continue;
    err_set(e, ERR_FORMAT, "bad JSON: %s", bad.text);
    return err_at(e, path, n, 0);
  }
  return !r->out->failed || err_set(e, ERR_LIMIT, "there is more raw text than fits into memory");
}

bool rawtext_read(const char *path, const char *field, bool nested, int least, const struct splitter *s,
                  struct buf *out, struct err *e) {
  struct arena a;
  struct raw r = {.s = s, .out = out, .least = least};
  str all;
  arena_init(&a, (size_t)1 << 33);
  buf_init(&r.text, (size_t)1 << 28);
  bool good = text_read(path, &a, &all, e) && read_lines(&r, all, path, field, nested, e);
  buf_release(&r.text);
  arena_release(&a);
  return good;
}
