/* pages_dyads.c - two actors: who does what to whom, each way; and which pairs there are. */
#include "serve/draw.h"
#include <stdio.h>
#include <string.h>

enum { SHARED = 40, OPEN = 20 };

static const struct site_column pair_columns[] = {
    {"actor", "who", "/actor?name=", NULL}, {"other", "to whom", "/actor?name=", NULL},
    {"incidents", "incidents", NULL, NULL}, {"friendly", "friendly", NULL, NULL},
    {"hostile", "hostile", NULL, NULL},     {"first", "first", NULL, NULL},
    {"last", "last", NULL, NULL},           {NULL, NULL, NULL, NULL}};

static void put_pair_row(struct request *r, const struct ledger_query *q) {
  buf_puts(r->out, "<tr>");
  for (const struct site_column *c = pair_columns; c->name; c++) {
    str cell = site_cell(q, c->name);
    buf_puts(r->out, ascii_digit(cell.n ? cell.p[0] : 0) ? "<td class=\"n\">" : "<td>");
    if (c->before) site_link(r->out, c->before, cell, cell);
    else site_text(r->out, cell);
    buf_puts(r->out, "</td>");
  }
  buf_puts(r->out, "<td><a href=\"/dyad?a=");
  site_query(r->out, site_cell(q, "actor"));
  buf_puts(r->out, "&amp;b=");
  site_query(r->out, site_cell(q, "other"));
  buf_puts(r->out, "\">both ways<span class=\"hidden\">: ");
  site_text(r->out, site_cell(q, "actor"));
  buf_puts(r->out, " and ");
  site_text(r->out, site_cell(q, "other"));
  buf_puts(r->out, "</span></a></td></tr>\n");
}

void page_dyads(struct request *r) {
  static const char *const names[] = {"actor", "type", "source", "from", "to", NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  f.limit = PAGE_ROWS;
  site_open(r, "Dyads", "/dyads");
  buf_puts(
      r->out,
      "<p class=\"soft\">Directed pairs of named actors, by the number of incidents in which one acts on the other; the hundred with most.</p>");
  site_filters(r, "/dyads", names);
  struct ledger_query *q = site_list(r, LIST_PAIRS, &f);
  size_t n = 0;
  while (site_next(r, q)) {
    if (!n++) {
      buf_puts(r->out, "<div class=\"wide\"><table><caption>Those with most incidents first</caption><thead><tr>");
      for (const struct site_column *c = pair_columns; c->name; c++)
        buf_printf(r->out, "<th scope=\"col\"%s>%s</th>", c->before ? "" : " class=\"n\"", c->heading);
      buf_puts(r->out, "<th scope=\"col\">look</th></tr></thead><tbody>\n");
    }
    put_pair_row(r, q);
  }
  ledger_query_close(q);
  if (n) buf_puts(r->out, "</tbody></table></div>");
  else site_nothing(r, "No incident between two named actors under these filters.");
  site_twins(r, "pairs", "csv jsonl");
  site_close(r);
}

/* ---- one dyad */

static struct ledger_filter way(const char *from, const char *to, const struct ledger_filter *f) {
  struct ledger_filter w = *f;
  w.acting = from, w.receiving = to, w.actor = NULL;
  return w;
}

static void put_series(struct request *r, const char *a, const char *b, struct draw_series *s, double most,
                       const char *period) {
  char what[1200];
  double coop = 0, conflict = 0;
  for (size_t i = 0; i < s->n; i++)
    coop += s->at[i].quad[0] + s->at[i].quad[1], conflict += s->at[i].quad[2] + s->at[i].quad[3];
  snprintf(what, sizeof what, "Incidents in which %s acts on %s, by %s: cooperation above the line, conflict below", a,
           b, period);
  buf_puts(r->out, "<figure><figcaption><strong>");
  site_text(r->out, str_of(a));
  buf_puts(r->out, " \xE2\x86\x92 ");
  site_text(r->out, str_of(b));
  buf_printf(
      r->out,
      "</strong> <span class=\"kind coop\">+ %g</span> <span class=\"kind conf\">\xE2\x88\x92 %g</span></figcaption>",
      coop, conflict);
  draw_balance(r->out, s, what, most, 560, 150);
  buf_puts(r->out, "</figure>");
}

static void put_last(struct request *r, const char *a, const char *b, const struct ledger_filter *f) {
  struct ledger_filter w = way(a, b, f);
  w.limit = 1;
  struct ledger_query *q = site_list(r, LIST_LATEST, &w);
  buf_puts(r->out, "<div><h3>Last act of ");
  site_text(r->out, str_of(a));
  buf_puts(r->out, "</h3>");
  if (!site_feed(r, q, 1)) site_nothing(r, "None was read.");
  ledger_query_close(q);
  buf_puts(r->out, "</div>");
}

static void put_demands(struct request *r, const char *a, const char *b, const struct ledger_filter *f, size_t *n) {
  static const struct site_column columns[] = {{"issued", "on", NULL, NULL},
                                               {"issuer", "who", NULL, NULL},
                                               {"kind", "kind", NULL, NULL},
                                               {"act", "what", "/why/", "id"},
                                               {"deadline", "by", NULL, NULL},
                                               {"consequence", "or else", NULL, NULL},
                                               {"speaker", "according to", NULL, NULL},
                                               {NULL, NULL, NULL, NULL}};
  struct ledger_filter w = way(a, b, f);
  char caption[600];
  w.status = "open", w.limit = OPEN;
  snprintf(caption, sizeof caption, "%s of %s", a, b);
  *n += site_table(r, site_list(r, LIST_DEMANDS, &w), NULL, caption, columns);
}

/* The figures of both pictures. */
static void put_figures(struct request *r, const char *a, const char *b, const struct draw_series *s) {
  buf_puts(
      r->out,
      "<details><summary>The same as a table</summary><div class=\"wide\"><table><thead><tr><th scope=\"col\">period</th>");
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < DRAW_QUADS; i++) {
      buf_puts(r->out, "<th scope=\"col\" class=\"n\">");
      site_text(r->out, str_of(k ? b : a));
      buf_printf(r->out, ": %s</th>", draw_quad_names[i]);
    }
  buf_puts(r->out, "<th scope=\"col\" class=\"n\">articles</th></tr></thead><tbody>");
  for (size_t i = 0; i < s[0].n; i++) {
    if (!s[0].at[i].reports && !s[1].at[i].reports) continue;
    buf_puts(r->out, "<tr><td class=\"d\">");
    site_text(r->out, s[0].at[i].period);
    buf_puts(r->out, "</td>");
    for (int k = 0; k < 2; k++)
      for (int quad = 0; quad < DRAW_QUADS; quad++)
        buf_printf(r->out, "<td class=\"n\">%g</td>", s[k].at[i].quad[quad]);
    buf_printf(r->out, "<td class=\"n\">%g</td></tr>", s[0].at[i].documents);
  }
  buf_puts(r->out, "</tbody></table></div></details>");
}

static bool put_both(struct request *r, const char *a, const char *b, const struct ledger_filter *f) {
  struct draw_series all, s[2];
  struct ledger_filter every = {
      .from = f->from, .to = f->to, .period = f->period, .source = f->source, .dedup = "incident"};
  if (!draw_read(r, &every, &all)) return false;
  while (all.n > 1 && !all.at[all.n - 1].documents) all.n--;
  for (int k = 0; k < 2; k++) {
    struct ledger_filter w = way(k ? b : a, k ? a : b, f);
    w.dedup = "incident";
    if (!draw_read(r, &w, &s[k]) || !draw_align(r, &all, &s[k])) return false;
  }
  double most = draw_balance_most(&s[0]), other = draw_balance_most(&s[1]);
  if (other > most) most = other;
  buf_puts(r->out, "<div class=\"pair\">");
  put_series(r, a, b, &s[0], most, f->period);
  put_series(r, b, a, &s[1], most, f->period);
  buf_puts(
      r->out,
      "</div><p class=\"soft small\">One scale for both. Full colour: material acts; pale: words. Dashed: no article was read, which is no data, not peace.</p>");
  put_figures(r, a, b, s);
  return true;
}

static void put_shared(struct request *r, const char *a, const char *b, const struct ledger_filter *f) {
  for (int k = 0; k < 2; k++) {
    struct ledger_filter w = way(k ? b : a, k ? a : b, f);
    w.limit = SHARED;
    struct ledger_query *q = site_list(r, LIST_LATEST, &w);
    buf_puts(r->out, "<div><h2>");
    site_text(r->out, str_of(k ? b : a));
    buf_puts(r->out, " \xE2\x86\x92 ");
    site_text(r->out, str_of(k ? a : b));
    buf_puts(r->out, "</h2>");
    if (!site_feed(r, q, SHARED)) site_nothing(r, "No incident was read.");
    ledger_query_close(q);
    buf_puts(r->out, "<p><a href=\"/incidents?acting=");
    site_query(r->out, str_of(k ? b : a));
    buf_puts(r->out, "&amp;receiving=");
    site_query(r->out, str_of(k ? a : b));
    buf_puts(r->out, "\">All of them, to filter</a></p></div>");
  }
}

void page_dyad(struct request *r) {
  static const char *const names[] = {"a", "b", "type", "source", "from", "to", "period", NULL};
  const char *a = request_get(r, "a"), *b = request_get(r, "b");
  struct ledger_filter f;
  char title[1100];
  size_t n = 0;
  if (!request_filter(r, &f)) return;
  if (!a || !b) {
    site_problem(r, 400, "Which two?", "Give two names: /dyad?a=..&b=..");
    return;
  }
  if (f.period && strcmp(f.period, "day") && strcmp(f.period, "week") && strcmp(f.period, "month")) {
    site_problem(r, 400, "That is no period", "period is day, week or month.");
    return;
  }
  if (!f.period) f.period = "week";
  snprintf(title, sizeof title, "%s and %s", a, b);
  site_open(r, title, "/dyads");
  site_filters(r, "/dyad", names);
  if (!put_both(r, a, b, &f)) {
    site_problem(r, 500, "The ledger cannot be read", r->e.message);
    return;
  }
  buf_puts(r->out, "<div class=\"pair\">");
  put_last(r, a, b, &f), put_last(r, b, a, &f);
  buf_puts(r->out, "</div><h2>Open demands</h2>");
  put_demands(r, a, b, &f, &n), put_demands(r, b, a, &f, &n);
  if (!n) site_nothing(r, "No open demand of one on the other was read.");
  buf_puts(r->out, "<div class=\"pair\">");
  put_shared(r, a, b, &f);
  buf_puts(r->out, "</div>");
  site_close(r);
}
