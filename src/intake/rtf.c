/* rtf.c - the paragraphs of an RTF file (Rich Text Format 1.9), without fonts, styles, pictures and what stands in its margins.
 *
 * Text is Windows-1252 or \u; other code pages are not decoded. Nothing of a file is kept but its present paragraph. */
#include "base/utf8.h"
#include "intake/lines.h"
#include <stdlib.h>

enum { GROUPS = 256, WORD = 32 };

struct rtf {
  bool skip[GROUPS];        /* of each open group: its text is none */
  uint8_t fallback[GROUPS]; /* \uc: how many bytes stand in for a \u */
  int depth;
  int to_skip;   /* bytes that stand in for the last \u */
  unsigned high; /* first half of a pair */
};

static int rtf_byte(struct lines *l) {
  str s = source_peek(l->in->source);
  if (!s.n) return -1;
  unsigned char c = (unsigned char)s.p[0];
  source_take(l->in->source, 1);
  l->in->line_number += c == '\n';
  return c;
}

static int rtf_peek(struct lines *l) {
  str s = source_peek(l->in->source);
  return s.n ? (unsigned char)s.p[0] : -1;
}

static bool silent(const struct rtf *f) { return f->skip[f->depth]; }

static void put_char(struct lines *l, uint32_t c) {
  struct rtf *f = l->state;
  if (silent(f) || l->line.n + 8 > l->in->options.max_text) return;
  utf8_put(&l->line, c);
}

/* 0x80 to 0x9F of Windows-1252; 0 is none. */
static uint32_t windows_1252(unsigned c) {
  static const uint16_t high[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
}

static void put_text(struct lines *l, unsigned c) {
  struct rtf *f = l->state;
  if (f->to_skip) {
    f->to_skip--;
    return;
  }
  uint32_t u = windows_1252(c);
  if (!silent(f)) l->repaired += !u;
  put_char(l, u ? u : 0xFFFD);
}

/* \u: a unit of UTF-16, negative from 0x8000 on. */
static void put_unicode(struct lines *l, long value) {
  struct rtf *f = l->state;
  unsigned unit = (unsigned)value & 0xFFFF;
  f->to_skip = f->fallback[f->depth];
  if (unit >= 0xD800 && unit < 0xDC00) {
    f->high = unit;
    return;
  }
  if (unit >= 0xDC00 && unit < 0xE000)
    put_char(l, f->high ? 0x10000 + ((f->high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
  else put_char(l, unit ? unit : 0xFFFD);
  f->high = 0;
}

static bool no_text(const char *word) {
  static const char *const groups[] = {"fonttbl",    "colortbl", "stylesheet", "info",      "pict",      "object",
                                       "header",     "headerl",  "headerr",    "headerf",   "footer",    "footerl",
                                       "footerr",    "footerf",  "footnote",   "fldinst",   "listtable", "rsidtbl",
                                       "revtbl",     "xmlnstbl", "generator",  "themedata", "datastore", "latentstyles",
                                       "nonshppict", "filetbl"};
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
    if (!strcmp(word, groups[i])) return true;
  return false;
}

static uint32_t named_char(const char *word) {
  static const struct {
    const char *word;
    uint16_t c;
  } known[] = {{"tab", '\t'},         {"cell", '\t'},     {"emdash", 0x2014}, {"endash", 0x2013},
               {"lquote", 0x2018},    {"rquote", 0x2019}, {"bullet", 0x2022}, {"ldblquote", 0x201C},
               {"rdblquote", 0x201D}, {"emspace", ' '},   {"enspace", ' '},   {"qmspace", ' '}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcmp(word, known[i].word)) return known[i].c;
  return 0;
}

static bool ends_line(const char *word) {
  return !strcmp(word, "par") || !strcmp(word, "line") || !strcmp(word, "row") || !strcmp(word, "sect") ||
         !strcmp(word, "page");
}

/* What a control word does; true if it ends the paragraph. */
static bool obey(struct lines *l, const char *word, bool number, long value) {
  struct rtf *f = l->state;
  uint32_t c = named_char(word);
  if (no_text(word)) f->skip[f->depth] = true;
  else if (!strcmp(word, "u") && number) put_unicode(l, value);
  else if (!strcmp(word, "uc") && number) f->fallback[f->depth] = (uint8_t)(value < 0 ? 0 : value > 15 ? 15 : value);
  else if (!strcmp(word, "bin"))
    for (; value > 0 && rtf_byte(l) >= 0; value--) continue;
  else if (c) put_char(l, c);
  return ends_line(word) && !silent(f);
}

/* A control word; its first letter is the next byte. A blank behind it belongs to it. */
static bool control_word(struct lines *l) {
  char word[WORD];
  size_t n = 0;
  long value = 0;
  int c;
  for (; (c = rtf_peek(l)) >= 0 && ascii_alpha((char)c); rtf_byte(l))
    if (n + 1 < sizeof word) word[n++] = (char)c;
  word[n] = 0;
  bool minus = c == '-', number = false;
  if (minus) rtf_byte(l);
  for (; (c = rtf_peek(l)) >= 0 && ascii_digit((char)c); rtf_byte(l), number = true)
    if (value < 100000000) value = value * 10 + (c - '0');
  if (c == ' ') rtf_byte(l);
  return obey(l, word, number, minus ? -value : value);
}

static int hex_digit(int c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/* What follows a backslash; true if it ends the paragraph. */
static bool control(struct lines *l) {
  struct rtf *f = l->state;
  int c = rtf_peek(l);
  if (c < 0) return false;
  if (ascii_alpha((char)c)) return control_word(l);
  rtf_byte(l);
  if (c == '\'') {
    int high = hex_digit(rtf_byte(l)), low = hex_digit(rtf_byte(l));
    if (high >= 0 && low >= 0) put_text(l, (unsigned)(high * 16 + low));
  } else if (c == '*') f->skip[f->depth] = true; /* a group that readers may leave out */
  else if (c == '~') put_char(l, ' ');
  else if (c == '_') put_char(l, '-');
  else if (c == '\\' || c == '{' || c == '}') put_text(l, (unsigned)c);
  return (c == '\n' || c == '\r') && !silent(f);
}

static bool open_group(struct rtf *f, struct err *e) {
  if (f->depth + 1 == GROUPS) return err_set(e, ERR_LIMIT, "groups of the RTF file are nested deeper than %d", GROUPS);
  f->depth++;
  f->skip[f->depth] = f->skip[f->depth - 1];
  f->fallback[f->depth] = f->fallback[f->depth - 1];
  f->to_skip = 0;
  return true;
}

static bool rtf_line(struct lines *l, struct err *e) {
  struct rtf *f = l->state;
  l->number = l->in->line_number;
  for (int c; (c = rtf_byte(l)) >= 0;) {
    if (c == '{') {
      if (!open_group(f, e)) return false;
    } else if (c == '}') {
      if (f->depth) f->depth--;
      f->to_skip = 0;
    } else if (c == '\\') {
      if (control(l)) return true;
    } else if (c != '\r' && c != '\n') put_text(l, (unsigned)c);
  }
  if (!source_failed(l->in->source, NULL) && f->depth)
    return err_set(e, ERR_FORMAT, "the RTF file ends inside a group: it is cut off");
  return l->line.n > 0;
}

static bool rtf_open(struct lines *l, struct err *e) {
  struct rtf *f = l->state = calloc(1, sizeof *f);
  if (!f) return err_set(e, ERR_NOMEM, "no memory for a reader");
  f->fallback[0] = 1;
  return true;
}

static void rtf_close(struct lines *l) { free(l->state); }

const struct line_kind lines_rtf = {.paragraphs = true, .open = rtf_open, .next = rtf_line, .close = rtf_close};
