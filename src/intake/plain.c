/* plain.c - a file of plain text is one document, dated by its first line, by headers, or by option.
 *
 * Either the text begins with "date 2020-12-26 ", perhaps after a blank, and the body follows on the same line; or lines such as
 * "Date: 2020-12-26", "Title: ..", "Source: ..", "Id: ..", "Url: ..", "Lang: .." stand first and a blank line ends them. */
#include "intake/reader.h"

enum { HEADER_LONGEST = 4096 };

/* "date 2020-12-26" and a blank or line end: what follows is the body. */
static bool take_date_line(struct intake_record *r, str *text) {
  str s = *text;
  while (s.n && ascii_space(s.p[0])) s = str_from(s, 1);
  if (s.n < 15 || !str_eq_fold(str_sub(s, 0, 5), STR("date ")) || !ascii_digit(s.p[5])) return false;
  size_t n = 5;
  while (n < s.n && !ascii_space(s.p[n])) n++;
  str date = str_sub(s, 5, n);
  if (date.n < 8 || date.n > 40) return false;
  r->date = date;
  s = str_from(s, n);
  while (s.n && ascii_space(s.p[0])) s = str_from(s, 1);
  *text = s;
  return true;
}

static str line_of(str *rest) {
  str line = str_cut(rest, '\n');
  if (line.n && line.p[line.n - 1] == '\r') line.n--;
  return line;
}

/* Header lines up to a blank line. One line alone with text right behind it is a header if it is the date. */
static void take_headers(struct intake_record *r, str *text) {
  str rest = *text;
  struct intake_record found = *r;
  size_t headers = 0;
  while (rest.n && ascii_space(rest.p[0])) rest = str_from(rest, 1);
  while (rest.n) {
    str before = rest, line = line_of(&rest);
    if (!str_trim(line).n) break;
    size_t colon = str_find(line, ':');
    enum field f = colon < line.n && line.n < HEADER_LONGEST ? field_find(str_trim(str_sub(line, 0, colon))) : FIELDS;
    if (f == FIELDS || f == FIELD_TEXT) {
      if (headers < 2 && !found.date.n) return;
      rest = before;
      break;
    }
    *field_of(&found, f) = str_trim(str_from(line, colon + 1));
    headers++;
  }
  if (!headers) return;
  *r = found;
  *text = rest;
}

void plain_headers(struct intake_record *r, str *text) {
  if (!take_date_line(r, text)) take_headers(r, text);
}

/* CRLF and lone CR become LF. */
static str line_ends(struct intake *in, str s) {
  if (!memchr(s.p, '\r', s.n)) return s;
  char *out = arena_alloc(&in->hold, s.n);
  if (!out) return s;
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n') continue;
    out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
  }
  return (str){out, n};
}

static bool plain_next(struct intake *in, struct intake_record *r) {
  if (in->line_number > 1) return false;
  in->line_number = 2;
  if (!read_all(in, &r->error)) {
    in->done = true;
    return true;
  }
  str bytes = buf_str(&in->line);
  const char *kind = binary_kind(str_sub(bytes, 0, bytes.n < 8192 ? bytes.n : 8192));
  if (kind) return err_set(&r->error, ERR_BINARY, "this is %s", kind) || true;
  if (!str_trim(bytes).n) return err_set(&r->error, ERR_EMPTY, "the file is empty") || true;
  str text = line_ends(in, hold_text(in, r, bytes));
  if (!text.p) return err_set(&r->error, ERR_NOMEM, "no memory for the document") || true;
  plain_headers(r, &text);
  r->text = str_trim(text);
  return true;
}

const struct format format_text = {.name = "text", .many = false, .next = plain_next};
