/* table.c - aligned tables, TSV, CSV, JSONL. */
#include "cli/table.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { CELLS_CAP = 1 << 28, OUT_CAP = 1 << 28, CELL_MOST = 60, COLUMN_LEAST = 10 /* a day */, GAP = 2 };

bool table_format_of(const char *name, enum table_format *out) {
  static const char *const names[] = {"auto", "table", "tsv", "csv", "jsonl"};
  for (int i = 0; i < 5; i++)
    if (str_is(str_of(name), names[i])) return *out = (enum table_format)i, true;
  return false;
}

static unsigned columns_of(str s) {
  unsigned n = 0;
  for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
  return n;
}

/* Cells may hold anything a text holds: separators and controls become blanks. */
static void put_plain(struct buf *b, str s) {
  for (size_t i = 0; i < s.n; i++) buf_putc(b, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F ? ' ' : s.p[i]);
}

static bool flush(struct table *t) {
  bool ok = cli_write(buf_str(&t->out));
  buf_clear(&t->out);
  return ok;
}

static bool put_line(struct table *t, const str *cells) {
  struct json j = json_writer(&t->out);
  if (t->format == TABLE_JSONL) json_open(&j, '{');
  for (int i = 0; i < t->n; i++) {
    if (t->format == TABLE_JSONL) {
      if (cells[i].n) json_key_str(&j, t->name[i], cells[i]);
      else json_key_null(&j, t->name[i]);
      continue;
    }
    if (i) buf_putc(&t->out, t->format == TABLE_CSV ? ',' : '\t');
    if (t->format == TABLE_CSV) csv_put(&t->out, cells[i], true);
    else put_plain(&t->out, cells[i]);
  }
  if (t->format == TABLE_JSONL) json_close(&j, '}');
  buf_putc(&t->out, '\n');
  return flush(t);
}

void table_begin(struct table *t, enum table_format format, int n, const char *const *names) {
  if (format == TABLE_AUTO) format = cli_terminal(STDOUT_FILENO) ? TABLE_ALIGNED : TABLE_TSV;
  *t = (struct table){.format = format, .n = n, .colour = cli_colour(STDOUT_FILENO)};
  buf_init(&t->cells, CELLS_CAP);
  buf_init(&t->out, OUT_CAP);
  str head[TABLE_COLUMNS];
  for (int i = 0; i < n; i++) {
    t->name[i] = names[i];
    head[i] = str_of(names[i]);
    t->width[i] = columns_of(head[i]);
  }
  if (format == TABLE_TSV || format == TABLE_CSV) put_line(t, head);
}

bool table_row(struct table *t, const str *cells) {
  if (t->format != TABLE_ALIGNED) return put_line(t, cells);
  for (int i = 0; i < t->n; i++) {
    unsigned w = columns_of(cells[i]);
    if (w > t->width[i]) t->width[i] = w;
    put_plain(&t->cells, cells[i]);
    buf_putc(&t->cells, 0);
  }
  return !t->cells.failed;
}

/* Narrows the widest columns until the line fits. */
static void fit(struct table *t) {
  struct winsize size;
  unsigned room = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 120;
  unsigned sum = (unsigned)(t->n - 1) * GAP;
  for (int i = 0; i < t->n; i++) {
    if (t->width[i] > CELL_MOST && i + 1 < t->n) t->width[i] = CELL_MOST;
    sum += t->width[i];
  }
  while (sum > room) {
    int widest = 0;
    for (int i = 1; i < t->n; i++)
      if (t->width[i] > t->width[widest]) widest = i;
    if (t->width[widest] <= COLUMN_LEAST) break;
    t->width[widest]--;
    sum--;
  }
}

static void put_cell(struct table *t, str s, int column) {
  unsigned w = 0, most = t->width[column], whole = columns_of(s);
  size_t i = 0;
  while (i < s.n && w + (whole > most) < most) {
    size_t from = i;
    utf8_next(s, &i);
    buf_put(&t->out, str_sub(s, from, i));
    w++;
  }
  if (whole > most) buf_puts(&t->out, "\xE2\x80\xA6"), w++; /* ... */
  if (column + 1 == t->n) return;
  for (; w < most + GAP; w++) buf_putc(&t->out, ' ');
}

static bool print_aligned(struct table *t) {
  fit(t);
  if (t->colour) buf_puts(&t->out, "\033[1m");
  for (int i = 0; i < t->n; i++) put_cell(t, str_of(t->name[i]), i);
  buf_puts(&t->out, t->colour ? "\033[0m\n" : "\n");
  bool ok = flush(t);
  for (size_t at = 0; ok && at < t->cells.n;) {
    for (int i = 0; i < t->n; i++) {
      str cell = str_of(t->cells.p + at);
      put_cell(t, cell, i);
      at += cell.n + 1;
    }
    buf_putc(&t->out, '\n');
    ok = flush(t);
  }
  return ok;
}

bool table_end(struct table *t) {
  bool ok = t->format != TABLE_ALIGNED || print_aligned(t);
  buf_release(&t->cells);
  buf_release(&t->out);
  return ok;
}
