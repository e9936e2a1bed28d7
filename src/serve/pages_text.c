/* pages_text.c - what somebody asks: words to find, how an entry was read, a text to try. */
#include "base/calendar.h"
#include "report/page.h"
#include "report/why.h"
#include "serve/explain.h"
#include "serve/site.h"
#include <string.h>

/* ---- search */

/* A snippet, the words that were found between [ and ] as marks. */
static void put_snippet(struct buf *out, str s) {
  size_t from = 0, open = 0;
  for (size_t i = 0; i <= s.n; i++) {
    if (i < s.n && s.p[i] != '[' && s.p[i] != ']') continue;
    site_text(out, (str){s.p + from, i - from});
    if (i < s.n && s.p[i] == '[') buf_puts(out, "<mark>"), open++;
    else if (i < s.n && open) buf_puts(out, "</mark>"), open--;
    from = i + 1;
  }
  for (; open; open--) buf_puts(out, "</mark>");
}

static size_t put_hits(struct request *r, const struct ledger_filter *f) {
  struct ledger_query *q = site_list(r, LIST_SEARCH, f);
  size_t n = 0;
  if (q) site_skip(r, q);
  while (n < PAGE_ROWS && site_next(r, q)) {
    if (!n++) buf_puts(r->out, "<ul class=\"feed\">\n");
    buf_puts(r->out, "<li><div class=\"line\"><time>");
    site_text(r->out, site_cell(q, "date"));
    buf_puts(r->out, "</time>");
    site_link(r->out, "/document/", site_cell(q, "doc"),
              site_cell(q, "title").n ? site_cell(q, "title") : site_cell(q, "doc"));
    buf_puts(r->out, "<span class=\"chip\">");
    site_text(r->out, site_cell(q, "source"));
    buf_puts(r->out, "</span></div><span class=\"said\">");
    put_snippet(r->out, site_cell(q, "text"));
    buf_puts(r->out, "</span></li>\n");
  }
  if (n) buf_puts(r->out, "</ul>\n");
  site_pager(r, "/search", n == PAGE_ROWS && site_next(r, q));
  ledger_query_close(q);
  return n;
}

void page_search(struct request *r) {
  static const char *const names[] = {"q", "actor", "country", "type", "place", "source", "from", "to", NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Search", "/search");
  site_filters(r, "/search", names);
  if (!f.words)
    buf_puts(
        r->out,
        "<p class=\"soft\">Words, \"a phrase\", begin*, AND OR NOT. The other fields ask for documents that tell such an event.</p>");
  else if (!put_hits(r, &f)) site_nothing(r, "No document holds these words.");
  site_close(r);
}

/* ---- why */

void page_why(struct request *r) {
  struct buf told;
  buf_init(&told, (size_t)1 << 24);
  if (explain_record(r->ledger, r->engine, r->worker, str_of(r->path), false, &told, &r->e)) {
    site_open(r, "How it was read", "/incidents");
    buf_puts(r->out, "<pre>");
    site_text(r->out, buf_str(&told));
    buf_puts(r->out, "</pre>");
    site_close(r);
  } else
    site_problem(r,
                 r->e.code == ERR_USAGE    ? 404
                 : r->e.code == ERR_FORMAT ? 409
                                           : 500,
                 "This cannot be told", r->e.message);
  buf_release(&told);
}

/* ---- try it */

static void put_form(struct request *r) {
  static const char example[] =
      "NAIROBI, Jan 5 (Wire) - Parliament demanded on Sunday that the government withdraw the tax by Friday, "
      "and police arrested 12 protesters in Mombasa.";
  buf_puts(
      r->out,
      "<form class=\"filter\" action=\"/try\" method=\"post\" enctype=\"multipart/form-data\"><label>A dispatch in English. Nothing "
      "is kept.<textarea name=\"text\" cols=\"110\">");
  site_text(r->out, r->posted.n ? r->posted : str_of(example));
  buf_puts(r->out,
           "</textarea></label><label>published<input name=\"date\" placeholder=\"YYYY-MM-DD\" size=\"11\" value=\"");
  if (r->date[0]) site_text(r->out, str_of(r->date));
  buf_puts(r->out, "\"></label><button>Read it</button></form>\n");
}

static void put_read(struct request *r, struct doc *d) {
  struct page_ids ids;
  struct buf told;
  char id[20];
  page_ids_init(&ids, d);
  buf_init(&told, (size_t)1 << 24);
  buf_printf(r->out, "<h2>%zu events, %zu demands, %zu ties</h2>", (size_t)d->events.n, (size_t)d->demands.n,
             (size_t)d->ties.n);
  for (uint32_t i = 0; i < d->events.n + d->demands.n + d->ties.n; i++) {
    if (i < d->events.n) page_event_id(&ids, d, i, id);
    else if (i < d->events.n + d->demands.n) page_demand_id(&ids, d, i - d->events.n, id);
    else page_tie_id(&ids, d, i - d->events.n - d->demands.n, id);
    buf_clear(&told);
    if (!why_write(d, engine_ontology(r->engine), str_of(id), false, &told)) continue;
    buf_puts(r->out, "<pre>");
    site_text(r->out, buf_str(&told));
    buf_puts(r->out, "</pre>");
  }
  buf_release(&told);
}

void page_try(struct request *r) {
  struct input in = {.id = STR("try"), .text = r->posted, .day = DAY_NONE};
  struct doc d;
  if (r->date[0] && (strlen(r->date) != 10 || !day_parse_iso(str_of(r->date), &in.day))) {
    site_problem(r, 400, "That is no day", "A day is written YYYY-MM-DD.");
    return;
  }
  site_open(r, "Try it", "/try");
  put_form(r);
  if (r->posted.n) {
    doc_init(&d);
    d.trace = true;
    worker_code(r->worker, &in, &d);
    if (d.error.code != ERR_OK && d.error.code != ERR_DATE_MISSING) site_nothing(r, d.error.message);
    put_read(r, &d);
    doc_release(&d);
  }
  site_close(r);
}
