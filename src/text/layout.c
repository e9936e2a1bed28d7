/* layout.c - measures lines; see layout.h for the rule. Linear: each block is measured once. */
#include "text/layout.h"
#include "text/chars.h"

enum { WIDTH_MOST = 120, WIDTH_LEAST = 45, LINES_TYPICAL = 8, DATELINE_MOST = 60 };

static bool line_end(char c) { return c == '\n' || c == '\r'; }
static bool blank(char c) { return c == ' ' || c == '\t'; }

/* Bytes of the line at `from` without blanks at its end; *next is where the following line begins. */
static size_t line_length(str s, size_t from, size_t *next) {
  size_t at = from, last = from;
  for (; at < s.n && !line_end(s.p[at]); at++)
    if (!blank(s.p[at])) last = at + 1;
  if (at < s.n) at += s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n' ? 2 : 1;
  *next = at;
  return last - from;
}

/* The length that one line in ten passes, if all lines are short enough to be wrapped ones. */
void layout_init(struct layout *l, str text) {
  *l = (struct layout){.text = text};
  uint32_t count[WIDTH_MOST + 1] = {0}, lines = 0;
  for (size_t at = 0; at < text.n;) {
    size_t n = line_length(text, at, &at);
    if (n > WIDTH_MOST) return;
    if (!n) continue;
    count[n]++;
    lines++;
  }
  if (lines < LINES_TYPICAL) return;
  uint32_t above = 0;
  for (size_t n = WIDTH_MOST; n >= WIDTH_LEAST; n--) {
    above += count[n];
    if (above * 10 >= lines) {
      l->typical = n;
      return;
    }
  }
}

struct block_look {
  size_t width, lines, lower,
      upper;  /* lines that go on without a full stop before them, by the case of their first letter */
  bool small; /* there are letters in lower case */
};

static void look_at_line(struct block_look *b, str s, size_t from, size_t n, bool open) {
  if (n > b->width) b->width = n;
  b->lines++;
  for (size_t i = from; i < from + n && i < from + WIDTH_MOST && !b->small; i++) b->small = ascii_lower(s.p[i]);
  if (!open) return;
  b->lower += char_lower_at(s, from);
  b->upper += char_upper_at(s, from);
}

static bool stopped(str s, size_t end) { return end > 0 && s.p[end - 1] && strchr(".?!:;\"')]", s.p[end - 1]); }

static void measure_block(struct layout *l, size_t from) {
  struct block_look b = {0};
  size_t at = from, before = 0;
  while (at < l->text.n) {
    size_t start = at, n = line_length(l->text, at, &at), indent = 0;
    if (!n) break;
    while (indent + 1 < n && blank(l->text.p[start + indent])) indent++;
    look_at_line(&b, l->text, start + indent, n - indent, before && !stopped(l->text, before));
    before = start + n;
  }
  l->block_end = at;
  l->width = b.lines < 3 && b.width < l->typical ? l->typical : b.width;
  l->wrapped = l->width <= WIDTH_MOST && l->width >= WIDTH_LEAST && (!b.small || b.lower * 4 >= b.upper);
}

static size_t word_length(str s, size_t at) {
  size_t n = 0;
  while (at + n < s.n && !blank(s.p[at + n]) && !line_end(s.p[at + n]) && n <= WIDTH_MOST) n++;
  return n;
}

/* Whether the word at `to` begins a line of its own kind: an item, or an indented paragraph. */
static bool opens_item(str s, size_t line, size_t to) {
  if (char_bullet_at(s, to)) return true;
  if (to - line >= 2) {
    size_t before = line;
    while (before > 0 && line_end(s.p[before - 1])) before--;
    size_t start = before;
    for (size_t steps = 0; start > 0 && !line_end(s.p[start - 1]) && steps < 2 * WIDTH_MOST; steps++) start--;
    size_t indent = 0;
    while (start + indent < before && blank(s.p[start + indent])) indent++;
    if (to - line > indent) return true;
  }
  size_t digits = 0;
  while (to + digits < s.n && digits < 3 && ascii_digit(s.p[to + digits])) digits++;
  return digits && to + digits + 1 < s.n && (s.p[to + digits] == '.' || s.p[to + digits] == ')') &&
         blank(s.p[to + digits + 1]);
}

/* "WASHINGTON (AP) --" on a line of its own: what follows is its sentence. */
static bool dateline(str s, size_t start, size_t from) {
  if (from - start > DATELINE_MOST || from - start < 6 || !ascii_upper(s.p[start]) || !ascii_upper(s.p[start + 1]))
    return false;
  str line = str_sub(s, start, from);
  return str_ends(line, STR(" -")) || str_ends(line, STR("--")) || str_ends(line, STR(" _")) ||
         str_ends(line, STR(" \xE2\x80\x94")) || str_ends(line, STR(" \xE2\x80\x93"));
}

static enum gap line_gap(struct layout *l, size_t from, size_t line, size_t to) {
  str s = l->text;
  size_t start = from;
  while (start > 0 && !line_end(s.p[start - 1]) && from - start <= WIDTH_MOST) start--;
  if (start >= l->block_end || !l->block_end) measure_block(l, start);
  if (dateline(s, start, from)) return GAP_WRAP;
  size_t n = from - start;
  if (opens_item(s, line, to)) return GAP_LINE;
  if (!l->wrapped) return n >= WIDTH_LEAST && !stopped(s, from) && char_lower_at(s, to) ? GAP_WRAP : GAP_LINE;
  if (n + 1 + word_length(s, to) > l->width || n * 4 >= l->width * 3) return GAP_WRAP;
  bool open = !stopped(s, from);
  return open && (char_lower_at(s, to) || n * 5 >= l->width * 3) ? GAP_WRAP : GAP_LINE;
}

enum gap layout_gap(struct layout *l, size_t from, size_t to) {
  str s = l->text;
  if (!from) return GAP_PARAGRAPH;
  size_t lines = 0, line = 0;
  for (size_t i = from, n; i < to; i += n) {
    n = 1;
    if (s.p[i] == '\f') return GAP_PARAGRAPH;
    if (char_class_at(s, i, &n) != CHAR_LINE) continue;
    if (s.p[i] == '\r' && i + 1 < to && s.p[i + 1] == '\n') n = 2;
    lines++;
    line = i + n;
  }
  if (!lines) return to > from ? GAP_SPACE : GAP_NONE;
  if (lines == 1) return line_gap(l, from, line, to);
  size_t start = from;
  while (start > 0 && !line_end(s.p[start - 1]) && from - start <= DATELINE_MOST) start--;
  return dateline(s, start, from) ? GAP_WRAP : GAP_PARAGRAPH;
}
