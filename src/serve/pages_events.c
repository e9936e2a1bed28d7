/* pages_events.c - what happened: the feed of incidents with its facets, one incident, one document. */
#include "serve/site.h"
#include <stdio.h>
#include <string.h>

enum { COUNTED = 5000, FACET_VALUES = 8 };

/* ---- incidents */

static const char *const incident_filters[] = {"actor",  "country", "type", "place", "source",
                                               "status", "from",    "to",   NULL};

/* ---- facets */

static void put_value(struct request *r, const char *name, str value, str incidents) {
  const char *now = request_get(r, name);
  buf_puts(r->out, "<li><a href=\"");
  site_href(r, "/incidents", name, value);
  buf_printf(r->out, "\"%s>", now && str_eq_fold(str_of(now), value) ? " aria-current=\"true\"" : "");
  site_text(r->out, value);
  buf_puts(r->out, "</a> <span class=\"n\">");
  site_text(r->out, incidents);
  buf_puts(r->out, "</span></li>");
}

/* Values of one facet, each a way to the incidents that have it. q stands on its first row; false at the end of all. */
static bool put_facet(struct request *r, struct ledger_query *q) {
  char name[16];
  bool more = true, rest = false;
  snprintf(name, sizeof name, "%.*s", STR_FMT(site_cell(q, "facet")));
  buf_printf(r->out, "<details%s><summary>%s</summary><ul>",
             !strcmp(name, "actor") || !strcmp(name, "type") ? " open" : "", name);
  for (size_t n = 0; more && str_is(site_cell(q, "facet"), name); more = site_next(r, q), n++) {
    if (n == FACET_VALUES) buf_puts(r->out, "</ul><details><summary>more</summary><ul>"), rest = true;
    if (n < 5 * FACET_VALUES) put_value(r, name, site_cell(q, "value"), site_cell(q, "incidents"));
  }
  buf_puts(r->out, rest ? "</ul></details></details>" : "</ul></details>");
  return more;
}

static void put_facets(struct request *r, const struct ledger_filter *f) {
  struct ledger_filter newest = *f;
  newest.limit = COUNTED;
  struct ledger_query *q = site_list(r, LIST_FACETS, &newest);
  bool more = site_next(r, q);
  buf_printf(
      r->out,
      "<aside class=\"facets\" aria-label=\"Facets\"><p class=\"soft small\">Counts are of incidents, of the newest %d.</p>",
      COUNTED);
  while (more) more = put_facet(r, q);
  ledger_query_close(q);
  buf_puts(r->out, "</aside>");
}

/* ---- the feed */

size_t site_feed(struct request *r, struct ledger_query *q, size_t most) {
  size_t n = 0;
  while (n < most && site_next(r, q)) {
    if (!n++) buf_puts(r->out, "<ul class=\"feed\">\n");
    site_feed_item(r, q);
  }
  if (n) buf_puts(r->out, "</ul>\n");
  return n;
}

void page_incidents(struct request *r) {
  static const char *const tokens[] = {"actor",  "acting", "receiving", "country", "type", "place",
                                       "source", "status", "doc",       "from",    "to",   NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Incidents", "/incidents");
  buf_puts(r->out,
           "<p class=\"soft\">What happened, one line for an event however often it is told; the newest first.</p>");
  site_filters(r, "/incidents", incident_filters);
  site_tokens(r, "/incidents", tokens);
  buf_puts(r->out, "<div class=\"split\">");
  put_facets(r, &f);
  buf_puts(r->out, "<div>");
  struct ledger_query *q = site_list(r, LIST_LATEST, &f);
  if (q) site_skip(r, q);
  size_t n = site_feed(r, q, PAGE_ROWS);
  site_pager(r, "/incidents", n == PAGE_ROWS && site_next(r, q));
  ledger_query_close(q);
  if (!n) site_nothing(r, "No report of this kind was read. That is no proof that nothing happened.");
  site_twins(r, "incidents", "csv jsonl atom geojson");
  buf_puts(r->out, "</div></div>");
  site_close(r);
}

void page_incident(struct request *r) {
  static const struct site_column columns[] = {{"told", "told", NULL, NULL},
                                               {"source", "outlet", NULL, NULL},
                                               {"role", "as", NULL, NULL},
                                               {"speaker", "according to", NULL, NULL},
                                               {"figures", "figures", NULL, NULL},
                                               {"evidence", "words", NULL, NULL},
                                               {"id", "how read", "/why/", NULL},
                                               {"doc", "document", "/document/", NULL},
                                               {NULL, NULL, NULL, NULL}};
  struct ledger_filter f = {.actor = r->path};
  site_open(r, "One incident", "/incidents");
  struct ledger_query *q = site_list(r, LIST_REPORTS, &f);
  buf_puts(
      r->out,
      "<p class=\"soft\">All reports that are held to tell the same event, the first first. Figures stand as each report gives "
      "them; where they differ, nobody is right by being last.</p>");
  if (!site_table(r, q, NULL, "Reports", columns)) {
    site_problem(r, 404, "There is no such incident",
                 "It may have been coded anew, joined with another, or come from another ledger.");
    return;
  }
  buf_puts(r->out, "<p><a href=\"/why/");
  site_query(r->out, str_of(r->path));
  buf_puts(r->out, "\">Why these are one, and how the first was read</a></p>");
  site_close(r);
}

/* ---- a document */

/* The text, with the first place of each piece of evidence marked. */
static void put_text(struct request *r, str text, const str *evidence, size_t n) {
  size_t at = 0;
  buf_puts(r->out, "<pre>");
  while (at < text.n) {
    size_t next = text.n, len = 0;
    for (size_t i = 0; i < n; i++) {
      size_t found = evidence[i].n ? at + str_find_str((str){text.p + at, text.n - at}, evidence[i]) : text.n;
      if (found < next) next = found, len = evidence[i].n;
    }
    site_text(r->out, (str){text.p + at, next - at});
    if (next == text.n) break;
    buf_puts(r->out, "<mark>");
    site_text(r->out, (str){text.p + next, len});
    buf_puts(r->out, "</mark>");
    at = next + len;
  }
  buf_puts(r->out, "</pre>\n");
}

void page_document(struct request *r) {
  enum { EVIDENCE = 500 };
  struct ledger_filter f = {.doc = r->path, .status = "all"};
  struct ledger_query *q = site_list(r, LIST_TEXT, &f);
  if (!site_next(r, q)) {
    ledger_query_close(q);
    site_problem(r, 404, "There is no such document", "The ledger holds no document of this name.");
    return;
  }
  const char *title = arena_z(r->memory, site_cell(q, "title"));
  str text = site_kept(r, site_cell(q, "text"));
  site_open(r, title && title[0] ? title : r->path, "/coverage");
  buf_puts(r->out, "<dl><dt>Published</dt><dd>");
  site_text(r->out, site_cell(q, "date"));
  buf_puts(r->out, "</dd><dt>Outlet</dt><dd>");
  site_text(r->out, site_cell(q, "source"));
  buf_puts(r->out, "</dd><dt>Name</dt><dd>");
  site_text(r->out, site_cell(q, "id"));
  buf_puts(r->out, "</dd></dl>");
  ledger_query_close(q);
  str *evidence = ARENA_ARRAY(r->memory, str, EVIDENCE);
  size_t n = 0;
  q = site_list(r, LIST_EVENTS, &f);
  buf_puts(r->out, "<h2>What was read</h2>");
  while (evidence && n < EVIDENCE && site_next(r, q)) {
    if (!n) buf_puts(r->out, "<ul class=\"feed\">\n");
    evidence[n++] = site_kept(r, site_cell(q, "evidence"));
    site_feed_item(r, q);
  }
  if (n) buf_puts(r->out, "</ul>\n");
  else site_nothing(r, "No event was read from this document.");
  ledger_query_close(q);
  buf_puts(
      r->out,
      "<h2>The text</h2><p class=\"soft\">Marked: sentences that an entry rests on. Private persons stand by role words.</p>");
  if (evidence) put_text(r, text, evidence, n);
  site_close(r);
}
