/* pages_events.c - what happened: the overview, incidents, one incident, one document, deadlines. */
#include "serve/site.h"
#include "signal/alarms.h"
#include <stdio.h>
#include <string.h>

enum { LATEST = 12, CONTESTED = 6 };

/* ---- incidents */

static const char *const incident_filters[] = {"actor",  "country", "type", "place", "source",
                                               "status", "from",    "to",   NULL};

/* A feed of at most `most` incidents; the number put. */
static size_t feed(struct request *r, struct ledger_query *q, size_t most) {
  size_t n = 0;
  while (n < most && site_next(r, q)) {
    if (!n++) buf_puts(r->out, "<ul class=\"feed\">\n");
    site_feed_item(r, q);
  }
  if (n) buf_puts(r->out, "</ul>\n");
  return n;
}

void page_incidents(struct request *r) {
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Incidents", "/incidents");
  buf_puts(r->out,
           "<p class=\"soft\">What happened, one line for an event however often it is told; the newest first.</p>");
  site_filters(r, "/incidents", incident_filters);
  struct ledger_query *q = site_list(r, LIST_LATEST, &f);
  if (q) site_skip(r, q);
  size_t n = feed(r, q, PAGE_ROWS);
  site_pager(r, "/incidents", n == PAGE_ROWS && site_next(r, q));
  ledger_query_close(q);
  if (!n) site_nothing(r, "No report of this kind was read. That is no proof that nothing happened.");
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

/* ---- the overview */

/* The last few of a list that goes forward in time, the last first. */
static size_t feed_last(struct request *r, enum ledger_list list, const struct ledger_filter *f) {
  const size_t most = CONTESTED;
  size_t there = 0, n = 0, at[CONTESTED + 1];
  struct ledger_query *q = site_list(r, list, f);
  while (site_next(r, q)) there++;
  ledger_query_close(q);
  if (!there) return 0;
  struct buf items, *page = r->out;
  buf_init(&items, (size_t)1 << 24);
  q = site_list(r, list, f);
  for (size_t skip = there > most ? there - most : 0; skip && site_next(r, q);) skip--;
  r->out = &items;
  for (; n < most && site_next(r, q); n++) at[n] = items.n, site_feed_item(r, q);
  r->out = page;
  ledger_query_close(q);
  at[n] = items.n;
  buf_puts(page, "<ul class=\"feed\">\n");
  for (size_t i = n; i--;) buf_put(page, (str){items.p + at[i], at[i + 1] - at[i]});
  buf_puts(page, "</ul>\n");
  page->failed |= items.failed;
  buf_release(&items);
  return n;
}

static void put_latest(struct request *r) {
  struct ledger_filter f = {.limit = LATEST};
  struct ledger_query *q = site_list(r, LIST_LATEST, &f);
  if (!feed(r, q, LATEST)) site_nothing(r, "No incident was read yet.");
  ledger_query_close(q);
}

static void put_contested(struct request *r) {
  struct ledger_filter f = {.status = "denied"};
  buf_puts(r->out, "<h2>Contested</h2>");
  if (!feed_last(r, LIST_EVENTS, &f)) site_nothing(r, "No denial was read.");
}

static void put_due(struct request *r, const char *last) {
  struct ledger_filter f = {.from = last, .status = "all", .limit = 8};
  struct ledger_query *q = site_list(r, LIST_DEADLINES, &f);
  size_t n = 0;
  buf_puts(r->out, "<h2>Due next</h2>");
  while (site_next(r, q)) {
    if (!n++) buf_puts(r->out, "<ul class=\"feed\">");
    buf_puts(r->out, "<li><div class=\"line\"><time>");
    site_text(r->out, site_cell(q, "deadline"));
    buf_puts(r->out, "</time><strong>");
    site_text(r->out, site_cell(q, "issuer").n ? site_cell(q, "issuer") : STR("Nobody named"));
    buf_puts(r->out, "</strong><span>");
    site_text(r->out, site_cell(q, "act"));
    buf_puts(r->out, "</span>");
    site_link(r->out, "/why/", site_cell(q, "id"), STR("evidence"));
    buf_puts(r->out, "</div></li>");
  }
  ledger_query_close(q);
  if (n) buf_puts(r->out, "</ul>");
  else site_nothing(r, "No deadline after the last document.");
}

static void put_alarms(struct request *r) {
  struct alarm_options o = ALARM_DEFAULTS;
  struct alarms a;
  buf_puts(r->out, "<h2>Unusual reporting</h2>");
  if (!alarms_find(r->ledger, &o, r->memory, &a, &r->e)) {
    site_nothing(r, r->e.message);
    return;
  }
  for (size_t i = 0; i < a.n && i < a.raised; i++) {
    buf_puts(r->out, "<p><strong>");
    site_text(r->out, a.at[i].unit);
    buf_printf(r->out, "</strong> <span class=\"chip warn\">%u reports of conflict, %.1f expected</span></p>",
               a.at[i].reports, a.at[i].expected);
  }
  if (!a.raised) site_nothing(r, "No pair of actors stands out against its own past.");
  buf_printf(
      r->out,
      "<p class=\"soft small\">Week of %s; %u pairs watched, %.0f articles. That reporting is unusual says nothing of what "
      "comes.</p>",
      a.week, a.watched, a.articles);
}

void page_overview(struct request *r) {
  struct site_extent x;
  site_extent(r, &x);
  site_open(r, "Overview", "/");
  if (!x.documents) {
    site_nothing(r, "This ledger holds no document yet: tightrope ingest --db FILE documents..");
    {
      site_close(r);
      return;
    }
  }
  buf_printf(r->out,
             "<p class=\"soft\">%zu documents of %zu outlets, %s to %s.</p><div class=\"grid\"><div><h2>Latest</h2>",
             x.documents, x.outlets, x.first, x.last);
  put_latest(r);
  buf_puts(r->out, "<p><a href=\"/incidents\">All incidents</a></p>");
  put_contested(r);
  buf_puts(r->out, "</div><div>");
  put_due(r, x.last);
  put_alarms(r);
  buf_puts(r->out, "</div></div>");
  site_close(r);
}
