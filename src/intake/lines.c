/* lines.c - which reader gives the lines of a file, and those of plain text and of pages. */
#include "intake/lines.h"
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/html_text.h"
#include <stdlib.h>

const struct line_kind *lines_kind_of(str head) {
  str s = str_trim(head);
  if (str_starts(s, STR("{\\rtf"))) return &lines_rtf;
  if (str_starts(s, STR("PK\x03\x04"))) return &lines_docx;
  return s.n && s.p[0] == '<' ? &lines_html : &lines_plain;
}

/* ---- plain text */

static bool plain_line(struct lines *l, struct err *e) {
  l->number = l->in->line_number;
  enum line_state state = read_line(l->in);
  if (state == LINE_END) return false;
  if (state == LINE_LONG) return err_set(e, ERR_LIMIT, "a line is longer than %zu bytes", l->in->options.max_text);
  l->repaired += (uint32_t)utf8_repair(&l->line, buf_str(&l->in->line));
  return !l->line.failed || err_set(e, ERR_NOMEM, "no memory for a line");
}

const struct line_kind lines_plain = {.next = plain_line};

/* ---- a page: its text in one piece, cut at the ends of blocks */

struct page_lines {
  struct arena text;
  str rest;
  bool read;
};

static bool read_page(struct lines *l, struct page_lines *p, struct err *e) {
  struct html_page page;
  p->read = true;
  if (!read_all(l->in, e)) return false;
  struct buf text;
  buf_init(&text, HOLD_CAP);
  str bytes = buf_str(&l->in->line);
  l->repaired = (uint32_t)charset_to_utf8(&text, bytes, charset_declared(bytes));
  bool ok = html_read(buf_str(&text), HTML_ALL, &p->text, &page, e);
  buf_release(&text);
  if (ok) p->rest = page.text;
  return ok;
}

static bool page_line(struct lines *l, struct err *e) {
  struct page_lines *p = l->state;
  if (!p->read && !read_page(l, p, e)) return false;
  if (!p->rest.n) return false;
  l->number++;
  buf_put(&l->line, str_cut(&p->rest, '\n'));
  return !l->line.failed || err_set(e, ERR_NOMEM, "no memory for a line");
}

static bool page_open(struct lines *l, struct err *e) {
  struct page_lines *p = l->state = calloc(1, sizeof *p);
  if (!p) return err_set(e, ERR_NOMEM, "no memory for a reader");
  arena_init(&p->text, HOLD_CAP);
  return true;
}

static void page_close(struct lines *l) {
  struct page_lines *p = l->state;
  arena_release(&p->text);
  free(p);
}

const struct line_kind lines_html = {.paragraphs = true, .open = page_open, .next = page_line, .close = page_close};
