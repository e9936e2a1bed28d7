/* pages_time.c - counts over time, what was read, the brief. */
#include "base/calendar.h"
#include "report/brief.h"
#include "serve/draw.h"
#include <stdio.h>
#include <string.h>

/* ---- series */

static const struct site_column series_columns[] = {{"period", "period", NULL, NULL},
                                                    {"reports", "reports", NULL, NULL},
                                                    {"verbal_cooperation", "verbal cooperation", NULL, NULL},
                                                    {"material_cooperation", "material cooperation", NULL, NULL},
                                                    {"verbal_conflict", "verbal conflict", NULL, NULL},
                                                    {"material_conflict", "material conflict", NULL, NULL},
                                                    {"documents", "documents read", NULL, NULL},
                                                    {"outlets", "outlets", NULL, NULL},
                                                    {NULL, NULL, NULL, NULL}};

void page_series(struct request *r) {
  static const char *const names[] = {"actor",  "acting", "receiving", "country", "type", "place",
                                      "source", "from",   "to",        "period",  NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  f.unit = "all";
  if (f.period && strcmp(f.period, "day") && strcmp(f.period, "week") && strcmp(f.period, "month")) {
    site_problem(r, 400, "That is no period", "period is day, week or month.");
    return;
  }
  struct draw_series s;
  if (!draw_read(r, &f, &s)) {
    site_problem(r, 500, "The ledger cannot be read", r->e.message);
    return;
  }
  site_open(r, "Series", "/series");
  site_filters(r, "/series", names);
  site_tokens(r, "/series", names);
  if (s.n) {
    char what[100];
    snprintf(what, sizeof what, "Reports by %s: cooperation above the line, conflict below",
             f.period ? f.period : "week");
    buf_printf(r->out, "<figure><figcaption>%s</figcaption>", what);
    draw_balance(r->out, &s, what, 0, 1180, 260);
    buf_puts(r->out, "</figure><figure><figcaption>Articles read, which all counts rest on</figcaption>");
    draw_coverage(r->out, &s, "Articles read by period", 1180);
    buf_puts(
        r->out,
        "</figure><p class=\"soft\">By the day of the event, UTC. Full colour: material acts; pale: words. Dashed: no document was read; that is no data, not peace.</p>");
  }
  if (!site_table(r, site_list(r, LIST_SERIES, &f), "/series", "The same in figures", series_columns))
    site_nothing(r, "Nothing to count under these filters.");
  site_twins(r, "series", "csv jsonl");
  site_close(r);
}

/* ---- what was read */

enum { COLUMNS = 60, OUTLETS = 40 };

/* Outlets by week, darker where more was read; a gap is a gap. The last weeks of the ledger, or those asked for. */
static void put_matrix(struct request *r, const struct ledger_filter *f) {
  struct draw_series all;
  struct ledger_filter w = {.from = f->from, .to = f->to, .source = f->source, .period = "week"};
  if (!draw_read(r, &w, &all)) return;
  while (all.n > 1 && !all.at[all.n - 1].documents) all.n--;
  size_t first = all.n > COLUMNS ? all.n - COLUMNS : 0, n = 0, k = first;
  if (!all.n) return;
  char from[11], outlet[200] = "";
  snprintf(from, sizeof from, "%.*s", STR_FMT(all.at[first].period));
  w.from = from;
  struct ledger_query *q = site_list(r, LIST_COVERAGE, &w);
  buf_puts(
      r->out,
      "<h2>Outlets by week</h2><div class=\"wide\"><table class=\"matrix\"><caption>Articles read in each week from ");
  site_text(r->out, all.at[first].period);
  buf_puts(r->out, " to ");
  site_text(r->out, all.at[all.n - 1].period);
  buf_puts(r->out, "; an empty cell: none</caption><tbody>");
  bool more = site_next(r, q);
  for (; more && n < OUTLETS; more = site_next(r, q)) {
    if (!n || !str_is(site_cell(q, "source"), outlet)) {
      if (n++) buf_puts(r->out, "</tr>");
      if (n == OUTLETS) break;
      snprintf(outlet, sizeof outlet, "%.*s", STR_FMT(site_cell(q, "source")));
      buf_puts(r->out, "<tr><th scope=\"row\">");
      site_text(r->out, str_of(outlet));
      buf_puts(r->out, "</th>"), k = first;
    }
    for (; k < all.n && str_compare(all.at[k].period, site_cell(q, "period")) < 0; k++) buf_puts(r->out, "<td></td>");
    double v = site_number(q, "documents");
    if (k++ < all.n) buf_printf(r->out, "<td class=\"q%d\">%g</td>", v < 3 ? 1 : v < 10 ? 2 : v < 50 ? 3 : 4, v);
  }
  buf_puts(r->out, n ? "</tr></tbody></table></div>" : "</tbody></table></div>");
  if (more) buf_printf(r->out, "<p class=\"soft small\">The first %d outlets; ask for one by its name.</p>", OUTLETS);
  ledger_query_close(q);
}

void page_coverage(struct request *r) {
  static const struct site_column
      outlets[] = {{"title", "outlet", NULL, NULL},
                   {"documents", "documents", NULL, NULL},
                   {"first", "first", NULL, NULL},
                   {"last", "last", NULL, NULL},
                   {NULL, NULL, NULL, NULL}},
      coders[] = {{"version", "program", NULL, NULL},     {"model", "model", NULL, NULL},
                  {"knowledge", "knowledge", NULL, NULL}, {"ontology", "ontology", NULL, NULL},
                  {"documents", "documents", NULL, NULL}, {NULL, NULL, NULL, NULL}},
      documents[] = {{"date", "published", NULL, NULL},      {"source", "outlet", NULL, NULL},
                     {"title", "title", NULL, NULL},         {"events", "events", NULL, NULL},
                     {"id", "document", "/document/", NULL}, {NULL, NULL, NULL, NULL}};
  static const char *const names[] = {"source", "from", "to", NULL};
  struct ledger_filter f, none = {0};
  if (!request_filter(r, &f)) return;
  site_open(r, "Coverage", "/coverage");
  buf_puts(r->out, "<p class=\"soft\">What this ledger rests on. What is not read here cannot stand in it.</p>");
  put_matrix(r, &f);
  if (!site_table(r, site_list(r, LIST_OUTLETS, &none), NULL, "Outlets", outlets))
    site_nothing(r, "No document was read yet.");
  buf_puts(r->out, "<h2>Documents</h2>");
  site_filters(r, "/coverage", names);
  if (!site_table(r, site_list(r, LIST_DOCUMENTS, &f), "/coverage", "By the day of publication", documents))
    site_nothing(r, "No document under these filters.");
  buf_puts(r->out, "<h2>Coded by</h2>");
  site_table(r, site_list(r, LIST_CODERS, &none), NULL,
             "More than one line: not all documents were coded alike; ingest them again", coders);
  site_close(r);
}

/* ---- the brief */

void page_brief(struct request *r) {
  static const char *const names[] = {"actor", "on", "days", NULL};
  struct brief_options o = {.on = DAY_NONE, .days = 7, .actor = request_get(r, "actor"), .html = true, .part = true};
  const char *on = request_get(r, "on"), *days = request_get(r, "days");
  int64_t n = 7;
  if (on && (strlen(on) != 10 || !day_parse_iso(str_of(on), &o.on))) {
    site_problem(r, 400, "That is no day", "A day is written YYYY-MM-DD.");
    return;
  }
  if (days && (!str_to_int(str_of(days), &n) || n < 1 || n > 3660)) {
    site_problem(r, 400, "That is no number of days", "days wants a number from 1 to 3660.");
    return;
  }
  o.days = (int)n;
  site_open(r, "Brief", "/brief");
  site_filters(r, "/brief", names);
  if (!brief_write(r->ledger, &o, r->out, &r->e)) {
    site_problem(r, 500, "There is no brief", r->e.message);
    return;
  }
  site_close(r);
}
