/* pages_overview.c - the first page: what changed, what is due, what is unusual, what all of it rests on; then the latest. */
#include "base/calendar.h"
#include "serve/draw.h"
#include "signal/alarms.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LATEST = 10, CONTESTED = 5, DUE = 6, WEEKS = 26, BEFORE = 4, MOVERS = 6, NEW = 6, SILENT = 6 };

/* ---- what changed */

/* Of the four weeks before the last: the mean of one quadrant, of incidents, of articles. Weeks without an article are no zeros. */
static double mean_before(const struct draw_series *s, int quad) {
  double sum = 0, n = 0;
  for (size_t i = s->n > BEFORE ? s->n - 1 - BEFORE : 0; i + 1 < s->n; i++) {
    if (!s->at[i].known) continue;
    sum += quad == DRAW_QUADS ? s->at[i].documents : s->at[i].quad[quad];
    n++;
  }
  return n > 0 ? sum / n : NAN;
}

static void put_lead(struct request *r, const struct draw_series *s) {
  const struct draw_period *last = &s->at[s->n - 1];
  double before = mean_before(s, DRAW_QUADS), sum = 0;
  for (int i = 0; i < DRAW_QUADS; i++) sum += last->quad[i];
  buf_puts(r->out, "<p class=\"lead\">Week of ");
  site_text(r->out, last->period);
  buf_printf(r->out, ": <strong>%g incidents</strong> in <strong>%g article%s</strong>", sum, last->documents,
             last->documents == 1 ? "" : "s");
  if (!isnan(before)) buf_printf(r->out, " (%.1f articles a week in the four before)", before);
  buf_puts(r->out, ".</p>\n");
}

static void put_changes(struct request *r, const struct draw_series *s) {
  buf_puts(r->out, "<ul class=\"multiples\">");
  for (int i = 0; i < DRAW_QUADS; i++) {
    double now = s->at[s->n - 1].quad[i], before = mean_before(s, i);
    char what[120];
    snprintf(what, sizeof what, "Incidents of %s by week, %zu weeks; the last has %g", draw_quad_names[i], s->n, now);
    buf_printf(r->out, "<li class=\"%s\"><h3><i aria-hidden=\"true\">%s</i> %s</h3><p><b>%g</b> this week",
               i < 2 ? "coop" : "conf", i < 2 ? "+" : "\xE2\x88\x92", draw_quad_names[i], now);
    if (!isnan(before)) buf_printf(r->out, ", <span class=\"soft\">%.1f a week before</span>", before);
    buf_puts(r->out, "</p>");
    draw_spark(r->out, s, i, what);
    buf_puts(r->out, "</li>");
  }
  buf_puts(r->out, "</ul>\n");
}

struct mover {
  str name;
  double now, before;
};

static void mover_keep(struct mover *m, size_t *n, struct mover one) {
  if (one.now - one.before < 2) return;
  size_t at = *n < MOVERS ? (*n)++ : MOVERS;
  for (; at > 0 && m[at - 1].now - m[at - 1].before < one.now - one.before; at--) m[at] = m[at - 1];
  m[at] = one;
}

/* Actors of whom more is told in the last week than in the mean of the four before. */
static void put_movers(struct request *r, int32_t monday) {
  struct mover best[MOVERS + 1], one = {{NULL, 0}, 0, 0};
  size_t n = 0;
  char from[11], week[11];
  day_format(monday - 7 * BEFORE, from), day_format(monday, week);
  struct ledger_filter f = {.unit = "actor", .from = from, .dedup = "incident"};
  struct ledger_query *q = site_list(r, LIST_SERIES, &f);
  while (site_next(r, q)) {
    if (!str_eq(site_cell(q, "unit"), one.name)) {
      if (one.name.n) mover_keep(best, &n, one);
      one = (struct mover){site_kept(r, site_cell(q, "unit")), 0, 0};
    }
    if (str_is(site_cell(q, "period"), week)) one.now = site_number(q, "reports");
    else if (str_compare(site_cell(q, "period"), str_of(week)) < 0) one.before += site_number(q, "reports") / BEFORE;
  }
  ledger_query_close(q);
  if (one.name.n) mover_keep(best, &n, one);
  buf_puts(r->out, "<h2>More is told of</h2>");
  if (!n) {
    site_nothing(r, "Nobody is told of more than in the four weeks before.");
    return;
  }
  buf_puts(
      r->out,
      "<table><caption>Incidents of the week, and a week in the four before</caption><thead><tr><th scope=\"col\">actor</th><th "
      "scope=\"col\" class=\"n\">now</th><th scope=\"col\" class=\"n\">before</th></tr></thead><tbody>");
  for (size_t i = 0; i < n; i++) {
    buf_puts(r->out, "<tr><td>");
    site_link(r->out, "/actor?name=", best[i].name, best[i].name);
    buf_printf(r->out, "</td><td class=\"n\">%g</td><td class=\"n\">%.1f</td></tr>", best[i].now, best[i].before);
  }
  buf_puts(r->out, "</tbody></table>");
}

/* ---- cards */

static void put_due(struct request *r, int32_t last) {
  char from[11], to[11];
  day_format(last, from), day_format(last + 7, to);
  struct ledger_filter f = {.from = from, .to = to, .limit = DUE};
  struct ledger_query *q = site_list(r, LIST_DEADLINES, &f);
  size_t n = 0;
  buf_puts(r->out, "<section class=\"card\"><h2><a href=\"/deadlines\">Due within a week</a></h2>");
  while (site_next(r, q)) {
    buf_puts(r->out, n++ ? "<li><time>" : "<ul class=\"plain\"><li><time>");
    site_text(r->out, site_cell(q, "deadline"));
    buf_puts(r->out, "</time> <strong>");
    site_text(r->out, site_cell(q, "issuer").n ? site_cell(q, "issuer") : STR("nobody named"));
    buf_puts(r->out, "</strong>: ");
    site_text(r->out, site_cell(q, "act"));
    buf_puts(r->out, " <span class=\"chip\">");
    site_text(r->out, site_cell(q, "status"));
    buf_puts(r->out, "</span> ");
    site_link(r->out, "/why/", site_cell(q, "id"), STR("why"));
    buf_puts(r->out, "</li>");
  }
  ledger_query_close(q);
  if (n) buf_puts(r->out, "</ul>");
  else buf_printf(r->out, "<p class=\"soft\">No deadline from %s to %s was read.</p>", from, to);
  buf_puts(r->out, "</section>");
}

static void put_alarms(struct request *r) {
  struct alarm_options o = ALARM_DEFAULTS;
  struct alarms a;
  buf_puts(r->out, "<section class=\"card\"><h2>Unusual reporting</h2>");
  if (!alarms_find(r->ledger, &o, r->memory, &a, &r->e)) {
    site_nothing(r, r->e.message);
    buf_puts(r->out, "</section>");
    return;
  }
  if (a.raised) buf_puts(r->out, "<ul class=\"plain\">");
  for (size_t i = 0; i < a.n && i < a.raised; i++) {
    size_t mid = str_find_str(a.at[i].unit, STR(" > "));
    buf_puts(r->out, "<li><strong>");
    if (mid < a.at[i].unit.n) {
      buf_puts(r->out, "<a href=\"/dyad?a=");
      site_query(r->out, str_sub(a.at[i].unit, 0, mid));
      buf_puts(r->out, "&amp;b=");
      site_query(r->out, str_from(a.at[i].unit, mid + 3));
      buf_puts(r->out, "\">");
    }
    site_text(r->out, a.at[i].unit);
    buf_printf(r->out, "%s</strong> %u reports of conflict by %u outlets; %.1f expected from its own past</li>",
               mid < a.at[i].unit.n ? "</a>" : "", a.at[i].reports, a.at[i].outlets, a.at[i].expected);
  }
  buf_puts(r->out, a.raised ? "</ul>" : "<p>No pair of actors stands out against its own past.</p>");
  buf_printf(
      r->out,
      "<p class=\"soft small\">Week of %s; %u pairs watched, %.0f articles, %u weeks without any left out. Of what is shown here one "
      "in ten is chance. That reporting is unusual says nothing of what comes.</p></section>",
      a.week, a.watched, a.articles, a.silent_weeks);
}

/* Outlets with nothing in the last week: their silence is no news. */
static void put_coverage(struct request *r, const struct site_extent *x, const struct draw_series *s, int32_t last) {
  char week[11];
  size_t silent = 0;
  struct buf names;
  buf_init(&names, 1 << 16);
  day_format(last - 6, week);
  struct ledger_query *q = site_list(r, LIST_OUTLETS, &(struct ledger_filter){0});
  while (site_next(r, q)) {
    if (str_compare(site_cell(q, "last"), str_of(week)) >= 0 || silent++ >= SILENT) continue;
    if (names.n) buf_puts(&names, ", ");
    site_text(&names, site_cell(q, "title"));
    buf_puts(&names, " since ");
    site_text(&names, site_cell(q, "last"));
  }
  ledger_query_close(q);
  buf_printf(
      r->out,
      "<section class=\"card\"><h2><a href=\"/coverage\">What was read</a></h2><p>%zu document%s of %zu outlet%s, %s to %s.</p>",
      x->documents, x->documents == 1 ? "" : "s", x->outlets, x->outlets == 1 ? "" : "s", x->first, x->last);
  draw_coverage(r->out, s, "Articles read by week; broken marks where none was", 360);
  if (silent) {
    buf_printf(r->out, "<p class=\"soft small\">%zu of %zu outlets silent for a week or more: ", silent, x->outlets);
    buf_put(r->out, buf_str(&names));
    buf_puts(r->out, silent > SILENT ? " and others.</p>" : ".</p>");
  }
  buf_puts(r->out, "</section>");
  buf_release(&names);
}

/* ---- the rest */

static void put_latest(struct request *r) {
  struct ledger_filter f = {.limit = LATEST};
  struct ledger_query *q = site_list(r, LIST_LATEST, &f);
  buf_puts(r->out, "<h2>Latest incidents</h2>");
  if (!site_feed(r, q, LATEST)) site_nothing(r, "No incident was read yet.");
  ledger_query_close(q);
  buf_puts(r->out, "<p><a href=\"/incidents\">All incidents</a></p>");
}

static void put_contested(struct request *r) {
  struct ledger_filter f = {.status = "denied", .limit = CONTESTED};
  struct ledger_query *q = site_list(r, LIST_EVENTS_LATEST, &f);
  buf_puts(r->out, "<h2>Contested</h2>");
  if (!site_feed(r, q, CONTESTED)) site_nothing(r, "No denial was read.");
  ledger_query_close(q);
}

static void put_new(struct request *r, int32_t last) {
  char from[11], to[11];
  size_t n = 0;
  day_format(last - 6, from), day_format(last, to);
  struct ledger_filter f = {.from = from, .to = to, .limit = NEW};
  struct ledger_query *q = site_list(r, LIST_NEW_ACTORS, &f);
  while (site_next(r, q)) {
    buf_puts(r->out, n++ ? "<li>" : "<h2>New in the ledger</h2><ul class=\"plain\"><li>");
    site_link(r->out, "/actor?name=", site_cell(q, "name"), site_cell(q, "name"));
    buf_puts(r->out, " <span class=\"soft\">");
    site_text(r->out, site_cell(q, "kind"));
    buf_puts(r->out, ", ");
    site_text(r->out, site_cell(q, "first"));
    buf_puts(r->out, "</span></li>");
  }
  ledger_query_close(q);
  if (n) buf_puts(r->out, "</ul>");
}

static void put_all(struct request *r, const struct site_extent *x, int32_t last) {
  char from[11];
  struct draw_series s;
  int32_t monday = last - weekday_of_day(last) + 1;
  day_format(monday - 7 * (WEEKS - 1), from);
  struct ledger_filter f = {.from = from, .dedup = "incident"};
  if (!draw_read(r, &f, &s)) {
    site_problem(r, 500, "The ledger cannot be read", r->e.message);
    return;
  }
  while (s.n > 1 && !s.at[s.n - 1].documents) s.n--; /* told of ahead: no article was read then */
  if (s.n) put_lead(r, &s), put_changes(r, &s);
  buf_puts(r->out, "<div class=\"cards\">");
  put_due(r, last);
  put_alarms(r);
  put_coverage(r, x, &s, last);
  buf_puts(r->out, "</div><div class=\"grid\"><div>");
  put_latest(r);
  buf_puts(r->out, "</div><div>");
  put_movers(r, monday);
  put_contested(r);
  put_new(r, last);
  buf_puts(r->out, "</div></div>");
  site_close(r);
}

void page_overview(struct request *r) {
  struct site_extent x;
  int32_t last;
  site_extent(r, &x);
  site_open(r, "Overview", "/");
  if (x.documents && day_parse_iso(str_of(x.last), &last)) {
    put_all(r, &x, last);
    return;
  }
  site_nothing(
      r,
      "This ledger holds no document yet. Fill it with: tightrope ingest --db FILE documents.. This page shows what comes.");
  site_close(r);
}
