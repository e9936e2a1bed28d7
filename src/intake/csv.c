/* csv.c - comma-separated values of RFC 4180 with a header row that names the columns, in any order; unknown ones are ignored.
 * The columns of Zotero's export are known too: there the text is the abstract.
 *
 * The separator is a comma, a semicolon or a tab, whichever the header row has. A quotation mark that is never closed would swallow the
 * rest of the file: the record ends at the cap and reading goes on at the next line. */
#include "intake/reader.h"
#include <inttypes.h>
#include <stdlib.h>

enum { COLUMNS = 256 };

struct csv {
  char separator;
  uint8_t field[COLUMNS]; /* enum field of each column */
  size_t columns;
  size_t end[COLUMNS]; /* of the fields of the present row in in->line */
  size_t n;            /* fields of the present row */
};

enum row {
  ROW_OK,
  ROW_END,
  ROW_LONG,
  ROW_OPEN /* the file ends inside quotation marks */,
  ROW_CUT /* the stream failed */
};

struct row_state {
  bool quoted, maybe_end; /* inside quotation marks; one mark was seen that may be the end or half of a pair */
  bool begun, fits, done;
};

static void end_field(struct intake *in, struct csv *c) {
  if (c->n < COLUMNS) c->end[c->n] = in->line.n;
  c->n++;
}

static void put(struct intake *in, struct row_state *s, char ch) {
  if (s->fits && in->line.n < in->options.max_text) buf_putc(&in->line, ch);
  else s->fits = false;
}

static bool at_field_start(const struct intake *in, const struct csv *c) {
  return in->line.n == (c->n && c->n <= COLUMNS ? c->end[c->n - 1] : 0);
}

/* One character outside quotation marks. */
static void plain_char(struct intake *in, struct csv *c, struct row_state *s, char ch) {
  s->maybe_end = false;
  if (ch == c->separator) end_field(in, c);
  else if (ch == '\n') s->done = true;
  else if (ch == '"' && at_field_start(in, c)) s->quoted = true;
  else put(in, s, ch);
}

static void row_char(struct intake *in, struct csv *c, struct row_state *s, char ch) {
  s->begun = true;
  if (ch == '\n') in->line_number++;
  if (!s->fits) { /* the record is lost: find the next line */
    if (ch == '\n') s->done = true;
  } else if (!s->quoted) {
    if (s->maybe_end && ch == '"') {
      put(in, s, '"');
      s->quoted = true;
      s->maybe_end = false;
    } else plain_char(in, c, s, ch);
  } else if (ch == '"') {
    s->quoted = false;
    s->maybe_end = true;
  } else put(in, s, ch);
}

enum field csv_field(str column, bool zotero) {
  static const struct {
    const char *column;
    enum field field;
  } names_of_zotero[] = {{"Key", FIELD_ID},
                         {"Date", FIELD_DATE},
                         {"Title", FIELD_TITLE},
                         {"Abstract Note", FIELD_TEXT},
                         {"Publication Title", FIELD_SOURCE},
                         {"Url", FIELD_URL},
                         {"Language", FIELD_LANG}};
  if (!zotero) return field_find(column);
  for (size_t i = 0; i < sizeof names_of_zotero / sizeof *names_of_zotero; i++)
    if (str_is(column, names_of_zotero[i].column)) return names_of_zotero[i].field;
  return FIELDS;
}

static enum row read_row(struct intake *in, struct csv *c) {
  struct row_state s = {.fits = true};
  buf_clear(&in->line);
  c->n = 0;
  while (!s.done) {
    str window = source_peek(in->source);
    if (!window.n) break;
    size_t i = 0;
    while (i < window.n && !s.done) row_char(in, c, &s, window.p[i++]);
    source_take(in->source, i);
  }
  if (!s.begun) return ROW_END;
  if (!s.done && source_failed(in->source, NULL)) return ROW_CUT;
  if (!s.fits || in->line.failed) return ROW_LONG;
  if (s.quoted) return ROW_OPEN;
  if (in->line.n && in->line.p[in->line.n - 1] == '\r' &&
      (!c->n || in->line.n > c->end[(c->n < COLUMNS ? c->n : COLUMNS) - 1]))
    in->line.n--;
  end_field(in, c);
  return ROW_OK;
}

static str field_at(const struct intake *in, const struct csv *c, size_t i) {
  size_t from = i ? c->end[i - 1] : 0;
  return str_sub(buf_str(&in->line), from, c->end[i]);
}

static char separator_of(str head) {
  size_t count[3] = {0};
  static const char marks[3] = {',', ';', '\t'};
  for (size_t i = 0; i < head.n && head.p[i] != '\n'; i++)
    for (size_t k = 0; k < 3; k++) count[k] += head.p[i] == marks[k];
  return count[0] >= count[1] && count[0] >= count[2] ? ',' : count[1] >= count[2] ? ';' : '\t';
}

/* Reads the header row; an error here is one of the whole file. */
static bool read_header(struct intake *in, struct csv *c, struct intake_record *r) {
  str head = source_peek_more(in->source, 8192);
  const char *kind = binary_kind(head);
  if (kind) return err_set(&r->error, ERR_BINARY, "this is %s", kind);
  c->separator = separator_of(head);
  enum row state = read_row(in, c);
  if (state == ROW_END || state == ROW_CUT) return true; /* the caller tells that there is nothing, or why */
  if (state != ROW_OK || c->n > COLUMNS)
    return err_set(&r->error, ERR_FORMAT, "the header row of the CSV file cannot be read");
  bool text = false, zotero = false;
  c->columns = c->n;
  for (size_t i = 0; i < c->n; i++) zotero = zotero || str_is(str_trim(field_at(in, c, i)), "Abstract Note");
  for (size_t i = 0; i < c->n; i++) {
    c->field[i] = (uint8_t)csv_field(str_trim(field_at(in, c, i)), zotero);
    text = text || c->field[i] == FIELD_TEXT;
  }
  return text ||
         err_set(&r->error, ERR_FORMAT,
                 "the header row names no column \"text\": it must name id, date, title, text, source, url or lang");
}

static bool blank_row(const struct intake *in, const struct csv *c) {
  return c->n == 1 && !str_trim(buf_str(&in->line)).n;
}

static void take_row(struct intake *in, struct csv *c, struct intake_record *r) {
  if (c->n != c->columns)
    err_set(&r->error, ERR_FORMAT, "the row has %zu fields where the header has %zu", c->n, c->columns);
  for (size_t i = 0; i < c->n && i < c->columns; i++)
    if (c->field[i] < FIELDS) *field_of(r, c->field[i]) = hold_text(in, r, field_at(in, c, i));
}

static bool csv_next(struct intake *in, struct intake_record *r) {
  struct csv *c = in->state;
  if (!c->columns && !read_header(in, c, r)) return in->done = true;
  for (;;) {
    r->line = in->line_number;
    r->byte = source_offset(in->source);
    switch (read_row(in, c)) {
    case ROW_END:
    case ROW_CUT: return false;
    case ROW_LONG:
      return err_set(&r->error, ERR_LIMIT,
                     "the row is longer than %zu bytes (a quotation mark that is not closed?); it was skipped",
                     in->options.max_text) ||
             true;
    case ROW_OPEN:
      return err_set(&r->error, ERR_FORMAT, "a quotation mark that opens in this row is not closed") || true;
    case ROW_OK: break;
    }
    if (blank_row(in, c)) continue;
    take_row(in, c, r);
    return true;
  }
}

static bool csv_open(struct intake *in, struct err *e) {
  in->state = calloc(1, sizeof(struct csv));
  return in->state || err_set(e, ERR_NOMEM, "no memory for a reader");
}

static void csv_close(struct intake *in) { free(in->state); }

const struct format format_csv = {.name = "csv", .many = true, .open = csv_open, .next = csv_next, .close = csv_close};
