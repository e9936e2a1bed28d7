/* html.c - a file of HTML is one document: read whole, brought to UTF-8, its article taken out. */
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/html_text.h"
#include "intake/reader.h"

static bool html_next(struct intake *in, struct intake_record *r) {
  if (in->line_number > 1) return false;
  in->line_number = 2;
  if (!read_all(in, &r->error)) return in->done = true;
  str bytes = buf_str(&in->line), head = str_sub(bytes, 0, bytes.n < 8192 ? bytes.n : 8192);
  const char *kind = binary_kind(head);
  if (kind) return err_set(&r->error, ERR_BINARY, "this is %s", kind) || true;
  if (!str_trim(bytes).n) return err_set(&r->error, ERR_EMPTY, "the file is empty") || true;
  struct buf text;
  buf_init(&text, HOLD_CAP);
  r->repaired = (uint32_t)charset_to_utf8(&text, bytes, charset_declared(head));
  struct html_page page;
  if (html_read(buf_str(&text), HTML_MAIN, &in->hold, &page, &r->error)) {
    r->text = page.text, r->title = page.title, r->date = page.date;
    r->source = page.source, r->url = page.url, r->lang = page.lang;
    if (!page.text.n) err_set(&r->error, ERR_EMPTY, "the page holds no text");
  }
  buf_release(&text);
  return true;
}

const struct format format_html = {.name = "html", .many = false, .next = html_next};
