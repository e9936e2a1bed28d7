/* pages_time.c - counts over time, what was read, the brief. */
#include "base/calendar.h"
#include "report/brief.h"
#include "serve/site.h"
#include <stdio.h>
#include <string.h>

/* ---- series */

enum { BARS = 800 };

struct bars {
  struct site_bar at[BARS];
  size_t n;
};

static double number(str s) {
  double v;
  return s.n && str_to_double(s, &v) ? v : 0;
}

/* Fills the periods between the last bar and this one: no document was read there. */
static void put_gap(struct request *r, struct bars *b, str period, const char *step) {
  int32_t day, now;
  char first[11], text[11];
  if (!b->n) return;
  snprintf(first, sizeof first, "%.*s%s", STR_FMT(b->at[b->n - 1].period), step[0] == 'm' ? "-01" : "");
  if (!day_parse_iso(str_of(first), &day)) return;
  snprintf(text, sizeof text, "%.*s%s", STR_FMT(period), step[0] == 'm' ? "-01" : "");
  if (!day_parse_iso(str_of(text), &now)) return;
  while (b->n < BARS) {
    day = step[0] == 'm' ? day_add_months(day, 1) : day + (step[0] == 'd' ? 1 : 7);
    if (day >= now) break;
    day_format(day, text);
    b->at[b->n++] = (struct site_bar){.period = site_kept(r, (str){text, period.n})};
  }
}

static void take_bars(struct request *r, const struct ledger_filter *f, struct bars *b) {
  const char *step = f->period ? f->period : "week";
  struct ledger_query *q = site_list(r, LIST_SERIES, f);
  while (b->n < BARS && site_next(r, q)) {
    str period = site_cell(q, "period");
    bool known =
        number(site_cell(q, "documents")) > 0 || number(site_cell(q, "reports")) > 0; /* a report of a later document */
    if (!b->n && number(site_cell(q, "documents")) == 0) continue; /* told of long before the first document */
    put_gap(r, b, period, step);
    if (b->n < BARS)
      b->at[b->n++] = (struct site_bar){site_kept(r, period), number(site_cell(q, "reports")),
                                        number(site_cell(q, "material_conflict")), known};
  }
  ledger_query_close(q);
}

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
  static const char *const names[] = {"actor", "country", "type", "place", "source", "from", "to", "period", NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  f.unit = "all";
  if (f.period && strcmp(f.period, "day") && strcmp(f.period, "week") && strcmp(f.period, "month")) {
    site_problem(r, 400, "That is no period", "period is day, week or month.");
    return;
  }
  struct bars *b = arena_alloc(r->memory, sizeof *b);
  if (!b) {
    site_problem(r, 500, "Memory is out", "Ask for fewer days.");
    return;
  }
  site_open(r, "Series", "/series");
  site_filters(r, "/series", names);
  take_bars(r, &f, b);
  if (b->n) {
    buf_puts(
        r->out,
        "<p class=\"soft\">Reports by the day of the event (<span class=\"kind\">grey</span>), material conflict among them "
        "(<span class=\"kind conf\">red</span>). Dashed: no document was read; that is no data, not peace.</p>");
    site_bars(r->out, b->at, b->n, "Reports and material conflict by period", "material conflict");
  }
  if (!site_table(r, site_list(r, LIST_SERIES, &f), "/series", "The same in figures", series_columns))
    site_nothing(r, "Nothing to count under these filters.");
  site_close(r);
}

/* ---- what was read */

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
