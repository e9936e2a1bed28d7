/* archive.c - files that archives of news and word processors write: Nexis Uni, Factiva, ProQuest as plain text, RTF, DOCX or HTML, with
 * many articles in each; an RTF or DOCX file that is no such export is one document. Cover, contents and footers are left out.
 *
 * Lines come from lines.h, one article is held at a time, article.c tells its parts. */
#include "intake/article.h"
#include "intake/lines.h"
#include <stdlib.h>

struct export {
  struct lines lines;
  struct buf article; /* lines so far, with their ends */
  enum shape shape;
  bool at_end;
  struct err why; /* what ended the lines early */
};

/* The lines of an article, without the mark that ends or begins one. False at the end of the file, with what is left. */
static bool gather(struct export *x, uint64_t *first) {
  struct lines *l = &x->lines;
  buf_clear(&x->article);
  *first = 0;
  for (;;) {
    buf_clear(&l->line);
    if (!l->kind->next(l, &x->why)) return false;
    str line = buf_str(&l->line);
    enum mark mark = article_mark(line, &x->shape);
    bool blank = !str_trim(line).n;
    if (mark == MARK_STARTS && x->article.n) return true;
    if (mark == MARK_STARTS || (blank && !x->article.n)) continue;
    if (!*first) *first = l->number;
    buf_put(&x->article, line), buf_putc(&x->article, '\n');
    if (mark == MARK_ENDS) return true;
  }
}

static bool whole_file(struct intake *in, struct export *x, struct intake_record *r) {
  str text = hold_text(in, r, buf_str(&x->article));
  plain_headers(r, &text);
  r->text = str_trim(text);
  return true;
}

static void fill(struct intake *in, struct intake_record *r, const struct article *a) {
  r->id = hold_text(in, r, a->id), r->title = hold_text(in, r, a->title), r->date = hold_text(in, r, a->date);
  r->source = hold_text(in, r, a->source), r->url = hold_text(in, r, a->url), r->lang = hold_text(in, r, a->lang);
  r->text = a->text;
  r->repaired = 0;
}

static bool export_next(struct intake *in, struct intake_record *r) {
  struct export *x = in->state;
  struct article a;
  while (!x->at_end) {
    uint64_t first;
    r->byte = source_offset(in->source);
    x->at_end = !gather(x, &first);
    if (x->article.failed) {
      in->done = true;
      r->line = first;
      return err_set(&r->error, ERR_LIMIT, "an article is longer than %zu bytes", in->options.max_text) || true;
    }
    if (first) r->line = first;
    if (x->at_end && source_failed(in->source, NULL)) return false;
    if (x->why.code != ERR_OK) {
      r->line = x->lines.number ? x->lines.number : 1;
      return r->error = x->why, in->done = true;
    }
    bool ends = x->shape == SHAPE_LEXIS || x->shape == SHAPE_PROQUEST; /* whose articles have no mark at their end */
    if (x->at_end && x->shape == SHAPE_UNKNOWN) return x->article.n && whole_file(in, x, r);
    bool read = article_read(buf_str(&x->article), x->shape, x->lines.kind->paragraphs, &in->hold, &a);
    if (!read) continue;
    fill(in, r, &a);
    if (x->at_end && !ends) err_set(&r->error, ERR_FORMAT, "the file ends inside an article: it is cut off");
    return true;
  }
  return false;
}

static bool export_open(struct intake *in, struct err *e) {
  struct export *x = calloc(1, sizeof *x);
  if (!x) return err_set(e, ERR_NOMEM, "no memory for a reader");
  in->state = x;
  x->lines.in = in;
  buf_init(&x->lines.line, in->options.max_text + 64);
  buf_init(&x->article, in->options.max_text + 64);
  const struct line_kind *kind = lines_kind_of(source_peek_more(in->source, 64));
  if (kind->open && !kind->open(&x->lines, e)) return false;
  x->lines.kind = kind;
  return true;
}

static void export_close(struct intake *in) {
  struct export *x = in->state;
  if (x->lines.kind && x->lines.kind->close) x->lines.kind->close(&x->lines);
  buf_release(&x->lines.line);
  buf_release(&x->article);
  free(x);
}

const struct format format_export = {
    .name = "export", .many = true, .open = export_open, .next = export_next, .close = export_close};
