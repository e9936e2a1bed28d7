/* csv.c - quoting a cell, and reading rows. */
#include "base/csv.h"

void csv_put(struct buf *out, str s, bool guard) {
  bool quote = s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
  bool formula = guard && s.n && memchr("=+-@", s.p[0], 4) != NULL;
  for (size_t i = 0; i < s.n && !quote; i++) quote = memchr(",\"\n\r", s.p[i], 4) != NULL;
  if (!quote && !formula) {
    buf_put(out, s);
    return;
  }
  buf_putc(out, '"');
  if (formula) buf_putc(out, '\'');
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '"') buf_putc(out, '"');
    buf_putc(out, s.p[i]);
  }
  buf_putc(out, '"');
}

/* ---- reading */

static char comma_of(str text) {
  size_t count[3] = {0, 0, 0};
  bool quoted = false;
  for (size_t i = 0; i < text.n && (quoted || text.p[i] != '\n'); i++) {
    quoted ^= text.p[i] == '"';
    const char *c = quoted ? NULL : memchr(",;\t", text.p[i], 3);
    if (c) count[text.p[i] == ',' ? 0 : text.p[i] == ';' ? 1 : 2]++;
  }
  return count[1] > count[0] && count[1] >= count[2] ? ';' : count[2] > count[0] ? '\t' : ',';
}

void csv_reader_init(struct csv_reader *r, str text) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_from(text, 3);
  *r = (struct csv_reader){.rest = text, .line = 0, .next = 1, .comma = comma_of(text)};
}

/* A cell that begins with a quotation mark; r->rest then stands behind the closing one. */
static bool quoted_cell(struct csv_reader *r, struct arena *a, str *cell, struct err *e) {
  size_t i = 1, marks = 0;
  uint64_t line = r->next;
  for (; i < r->rest.n; i++) {
    line += r->rest.p[i] == '\n';
    if (r->rest.p[i] != '"') continue;
    if (i + 1 >= r->rest.n || r->rest.p[i + 1] != '"') break;
    marks++, i++;
  }
  if (i >= r->rest.n) {
    err_set(e, ERR_FORMAT, "a quotation mark does not close");
    return err_at(e, NULL, r->next, 0);
  }
  *cell = str_sub(r->rest, 1, i);
  if (marks) {
    char *copy = arena_alloc(a, cell->n), *to = copy;
    if (!copy) return err_set(e, ERR_NOMEM, "no memory for a table");
    for (size_t k = 0; k < cell->n; k++, to++) k += (*to = cell->p[k]) == '"';
    *cell = (str){copy, (size_t)(to - copy)};
  }
  r->next = line;
  r->rest = str_from(r->rest, i + 1);
  return true;
}

static void plain_cell(struct csv_reader *r, str *cell) {
  size_t i = 0;
  while (i < r->rest.n && r->rest.p[i] != r->comma && r->rest.p[i] != '\n') i++;
  *cell = str_sub(r->rest, 0, i);
  if (cell->n && cell->p[cell->n - 1] == '\r' && (i == r->rest.n || r->rest.p[i] == '\n')) cell->n--;
  r->rest = str_from(r->rest, i);
}

int csv_row(struct csv_reader *r, struct arena *a, str *cells, size_t most, size_t *n, struct err *e) {
  while (r->rest.n && (r->rest.p[0] == '\n' || r->rest.p[0] == '\r'))
    r->next += r->rest.p[0] == '\n', r->rest = str_from(r->rest, 1);
  r->line = r->next;
  *n = 0;
  if (!r->rest.n) return 0;
  for (;;) {
    if (*n == most) {
      err_set(e, ERR_FORMAT, "more than %zu columns", most);
      return err_at(e, NULL, r->line, 0), -1;
    }
    str behind;
    bool quoted = r->rest.n && r->rest.p[0] == '"';
    if (quoted && !quoted_cell(r, a, &cells[*n], e)) return -1;
    plain_cell(r, quoted ? &behind : &cells[*n]); /* what stands behind a closing mark is dropped */
    ++*n;
    if (!r->rest.n) return 1;
    char c = r->rest.p[0];
    r->rest = str_from(r->rest, 1);
    if (c == '\n') return r->next++, 1;
  }
}
