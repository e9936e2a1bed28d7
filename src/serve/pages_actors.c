/* pages_actors.c - who: the actors, one of them, and the network of friends and foes. */
#include "base/calendar.h"
#include "report/network_out.h"
#include "serve/api.h"
#include "signal/network_read.h"
#include <math.h>
#include <string.h>

enum { OF_ONE = 60 };

void page_actors(struct request *r) {
  static const struct site_column columns[] = {
      {"name", "name", "/actor?name=", NULL}, {"kind", "kind", NULL, NULL},     {"country", "country", NULL, NULL},
      {"sectors", "sectors", NULL, NULL},     {"events", "events", NULL, NULL}, {"documents", "documents", NULL, NULL},
      {"first", "first", NULL, NULL},         {"last", "last", NULL, NULL},     {NULL, NULL, NULL, NULL}};
  static const char *const names[] = {"actor", "country", "type", "source", "from", "to", NULL};
  struct ledger_filter f;
  if (!request_filter(r, &f)) return;
  site_open(r, "Actors", "/actors");
  buf_puts(
      r->out,
      "<p class=\"soft\">States, organizations, groups and people in public life. Private persons are not listed.</p>");
  site_filters(r, "/actors", names);
  if (!site_table(r, site_list(r, LIST_ACTORS, &f), "/actors", "Those in most events first", columns))
    site_nothing(r, "No actor under these filters.");
  site_close(r);
}

/* ---- one actor */

static void put_incidents_of(struct request *r, const struct ledger_filter *f) {
  struct ledger_query *q = site_list(r, LIST_LATEST, f);
  size_t n = 0;
  buf_puts(r->out, "<h2>Incidents</h2>");
  while (n < OF_ONE && site_next(r, q)) {
    if (!n++) buf_puts(r->out, "<ul class=\"feed\">\n");
    site_feed_item(r, q);
  }
  if (n) buf_puts(r->out, "</ul>\n");
  else site_nothing(r, "No incident of this actor was read.");
  ledger_query_close(q);
  buf_puts(r->out, "<p><a href=\"/incidents?actor=");
  site_query(r->out, str_of(f->actor));
  buf_puts(r->out, "\">All of them, to filter</a> \xC2\xB7 <a href=\"/series?actor=");
  site_query(r->out, str_of(f->actor));
  buf_puts(r->out, "\">over time</a></p>");
}

void page_actor(struct request *r) {
  static const struct site_column ties[] = {{"subject", "who", NULL, NULL},
                                            {"relation", "is", NULL, NULL},
                                            {"role", "as", NULL, NULL},
                                            {"object", "of", NULL, NULL},
                                            {"since", "since", NULL, NULL},
                                            {"until", "until", NULL, NULL},
                                            {"speaker", "according to", NULL, NULL},
                                            {"told", "told", "/why/", "id"},
                                            {NULL, NULL, NULL, NULL}},
                                  tenures[] = {{"subject", "who", NULL, NULL},
                                               {"relation", "is", NULL, NULL},
                                               {"role", "as", NULL, NULL},
                                               {"object", "of", NULL, NULL},
                                               {"status", "last told as", NULL, NULL},
                                               {"since", "since", NULL, NULL},
                                               {"until", "until", NULL, NULL},
                                               {"differs", "told otherwise", NULL, NULL},
                                               {"followed_by", "then", NULL, NULL},
                                               {"documents", "documents", NULL, NULL},
                                               {NULL, NULL, NULL, NULL}},
                                  demands[] = {{"issued", "on", NULL, NULL},     {"kind", "kind", NULL, NULL},
                                               {"issuer", "who", NULL, NULL},    {"addressee", "of whom", NULL, NULL},
                                               {"act", "what", "/why/", "id"},   {"deadline", "by", NULL, NULL},
                                               {"status", "status", NULL, NULL}, {NULL, NULL, NULL, NULL}},
                                  codes[] = {{"code", "coded as", NULL, NULL},
                                             {"documents", "documents", NULL, NULL},
                                             {"events", "events", NULL, NULL},
                                             {NULL, NULL, NULL, NULL}};
  struct ledger_filter f = {.actor = request_get(r, "name"), .limit = OF_ONE};
  if (!f.actor) {
    site_problem(r, 400, "Which actor?", "Give a name: /actor?name=..");
    return;
  }
  site_open(r, f.actor, "/actors");
  size_t n = site_table(r, site_list(r, LIST_CODES, &f), NULL, "Codes", codes);
  if (!n)
    buf_puts(r->out, "<p class=\"soft\">No actor has just this name; what follows is of all whose names hold it.</p>");
  put_incidents_of(r, &f);
  buf_puts(r->out, "<h2>Posts and relations</h2>");
  if (!site_table(r, site_list(r, LIST_TENURES, &f), NULL, "By all documents", tenures))
    site_nothing(r, "None was read.");
  else site_table(r, site_list(r, LIST_TIES, &f), NULL, "As each document tells it", ties);
  buf_puts(r->out, "<h2>Demands, promises, threats</h2>");
  if (!site_table(r, site_list(r, LIST_DEMANDS, &f), NULL, "By the day they were issued", demands))
    site_nothing(r, "None was read.");
  site_close(r);
}

/* ---- the network */

struct spot {
  double x, y;
  bool right; /* of the middle: the name stands to the right */
};

enum { WIDTH = 900, HEIGHT = 520, ACROSS = 240, DOWN = 230 };

/* The order on the ring: camp by camp, friends of friends side by side. `order` gets the actors that have a signed tie; their number. */
static uint32_t ring_order(struct request *r, const struct network_result *n, uint32_t *order) {
  bool *put = ARENA_ARRAY(r->memory, bool, n->g->n + 1);
  uint32_t k = 0;
  for (int camp = 0; put && camp < 2; camp++)
    for (uint32_t v = 0; v < n->g->n; v++) {
      if (n->camps->camp[v] != camp || put[v]) continue;
      uint32_t at = k;
      order[k++] = v, put[v] = true;
      for (; at < k; at++)
        for (uint32_t i = 0; i < n->g->n_ties; i++) {
          const struct network_tie *t = &n->g->tie[i];
          uint32_t other = t->a == order[at] ? t->b : t->b == order[at] ? t->a : n->g->n;
          if (t->sign <= 0 || other == n->g->n || put[other] || n->camps->camp[other] != camp) continue;
          order[k++] = other, put[other] = true;
        }
    }
  return k;
}

/* Those with a signed tie on a ring, so that friends stand together and what crosses the ring is mostly hostile. */
static struct spot *spots_of(struct request *r, const struct network_result *n) {
  struct spot *spot = ARENA_ARRAY(r->memory, struct spot, n->g->n + 1);
  uint32_t *order = ARENA_ARRAY(r->memory, uint32_t, n->g->n + 1);
  uint32_t all = spot && order ? ring_order(r, n, order) : 0;
  for (uint32_t k = 0; k < all; k++) {
    double turn = 2 * 3.14159265358979 * k / all;
    spot[order[k]] =
        (struct spot){WIDTH / 2.0 + ACROSS * cos(turn), HEIGHT / 2.0 + DOWN * sin(turn), cos(turn) >= -0.01};
  }
  return order ? spot : NULL;
}

static void put_edges(struct buf *out, const struct network *g, const struct spot *spot) {
  for (uint32_t i = 0; i < g->n_ties; i++) {
    const struct network_tie *t = &g->tie[i];
    if (!t->sign) continue;
    buf_printf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke-width=\"%.1f\"><title>",
               t->sign > 0 ? "edge-p" : "edge-n", spot[t->a].x, spot[t->a].y, spot[t->b].x, spot[t->b].y,
               1 + 2 * fabs(t->x));
    site_text(out, g->name[t->a]);
    buf_printf(out, " %s ", t->sign > 0 ? "with" : "against");
    site_text(out, g->name[t->b]);
    buf_printf(out, ": %u incidents, %+.2f</title></line>", t->incidents, t->x);
  }
}

static void put_picture(struct request *r, const struct network_result *n) {
  const struct spot *spot = spots_of(r, n);
  struct buf *out = r->out;
  if (!spot) return;
  buf_printf(
      out,
      "<div class=\"scroll\"><svg class=\"net\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Network of %u actors; the same stands in the tables below\">",
      WIDTH, HEIGHT, n->g->n);
  put_edges(out, n->g, spot);
  for (uint32_t v = 0; v < n->g->n; v++) {
    if (n->camps->camp[v] > 1) continue; /* told of, but neither friend nor foe of anybody */
    buf_printf(
        out, "<circle class=\"node%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"6\"/><text class=\"name\" x=\"%.1f\" y=\"%.1f\"%s>",
        n->camps->camp[v] == 1 ? " two" : "", spot[v].x, spot[v].y, spot[v].x + (spot[v].right ? 11 : -11),
        spot[v].y + 4, spot[v].right ? "" : " text-anchor=\"end\"");
    site_text(out, n->g->name[v]);
    buf_puts(out, "</text>");
  }
  buf_puts(out, "</svg></div>");
}

static void put_ropes(struct request *r, const struct network_result *n) {
  buf_puts(r->out, "<h2>Who walks a tightrope</h2>");
  if (!n->n_ropes) {
    site_nothing(r, "Nobody is tied to both sides of a hostile pair.");
    return;
  }
  buf_puts(
      r->out,
      "<div class=\"wide\"><table><caption>Tied to two that are hostile to one another; the most exposed first</caption><thead><tr><th "
      "scope=\"col\">who</th><th scope=\"col\">between</th><th scope=\"col\">and</th><th class=\"n\" scope=\"col\">exposure</th></tr></thead><tbody>");
  for (size_t i = 0; i < n->n_ropes && i < OF_ONE; i++) {
    const struct tightrope *x = &n->rope[i];
    const uint32_t who[] = {x->actor, x->a, x->b};
    buf_puts(r->out, "<tr>");
    for (int k = 0; k < 3; k++) {
      buf_puts(r->out, "<td>");
      site_link(r->out, "/actor?name=", n->g->name[who[k]], n->g->name[who[k]]);
      buf_puts(r->out, "</td>");
    }
    buf_printf(r->out, "<td class=\"n\">%.2f</td></tr>", x->value);
  }
  buf_puts(r->out, "</tbody></table></div>");
}

static void put_ties(struct request *r, const struct network *g) {
  buf_puts(
      r->out,
      "<h2>Ties</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">who</th><th scope=\"col\">and</th><th scope=\"col\">tie</th><th class=\"n\" "
      "scope=\"col\">polarity</th><th class=\"n\" scope=\"col\">incidents</th><th scope=\"col\">last</th></tr></thead><tbody>");
  for (uint32_t i = 0; i < g->n_ties; i++) {
    char last[11];
    day_format(g->tie[i].last, last);
    buf_puts(r->out, "<tr><td>");
    site_link(r->out, "/actor?name=", g->name[g->tie[i].a], g->name[g->tie[i].a]);
    buf_puts(r->out, "</td><td>");
    site_link(r->out, "/actor?name=", g->name[g->tie[i].b], g->name[g->tie[i].b]);
    buf_puts(r->out, "</td><td><a href=\"/dyad?a=");
    site_query(r->out, g->name[g->tie[i].a]);
    buf_puts(r->out, "&amp;b=");
    site_query(r->out, g->name[g->tie[i].b]);
    buf_printf(r->out, "\">%s</a></td><td class=\"n\">%+.2f</td><td class=\"n\">%u</td><td>%s</td></tr>",
               g->tie[i].sign > 0   ? "friendly"
               : g->tie[i].sign < 0 ? "hostile"
                                    : "neither",
               g->tie[i].x, g->tie[i].incidents, last);
  }
  buf_puts(r->out, "</tbody></table></div>");
}

static void put_summary(struct request *r, const struct network_result *n) {
  const struct network_balance *b = n->balance;
  buf_printf(
      r->out,
      "<p class=\"soft\">On %s: %u actors, %u friendly and %u hostile ties (dashed); grey marks: the second camp",
      n->on, n->g->n, b->positive, b->negative);
  if (!isnan(b->triads)) buf_printf(r->out, "; %.0f %% of the triads balanced", 100 * b->triads);
  if (!isnan(n->camps->frustration)) {
    if (n->camps->least == n->camps->most)
      buf_printf(r->out, "; the best split into two camps leaves %u unsatisfied", n->camps->most);
    else
      buf_printf(r->out, "; the best split into two camps leaves %u to %u ties unsatisfied", n->camps->least,
                 n->camps->most);
  }
  buf_puts(r->out,
           ". Old incidents weigh less. A tie is what was reported between two, not a bond that was looked into.</p>");
}

/* The network of the request's parameters. False with a problem page. */
static bool network_of(struct request *r, struct network *g, int32_t *on) {
  struct network_options o = {.on = DAY_NONE, .unit = request_get(r, "unit")};
  const char *day = request_get(r, "on"), *half = request_get(r, "half-life"), *most = request_get(r, "actors");
  int64_t h = 90, m = 30;
  *g = (struct network){0};
  if (day && (strlen(day) != 10 || !day_parse_iso(str_of(day), &o.on)))
    return site_problem(r, 400, "That is no day", "A day is written YYYY-MM-DD."), false;
  if ((half && (!str_to_int(str_of(half), &h) || h < 1 || h > 36500)) ||
      (most && (!str_to_int(str_of(most), &m) || m < 2 || m > NETWORK_MOST)) ||
      (o.unit && strcmp(o.unit, "actor") && strcmp(o.unit, "country")))
    return site_problem(r, 400, "That cannot be drawn",
                        "half-life wants days, actors a number from 2 to 400, unit actor or country."),
           false;
  o.half_life = (double)h, o.most = (uint32_t)m;
  return network_read(r->ledger, &o, g, on, &r->e) ||
         (site_problem(r, 500, "There is no network", r->e.message), false);
}

/* A month back or on, and the days between which the script's slider goes. */
static void put_scrubber(struct request *r, int32_t on) {
  struct site_extent x;
  char day[11];
  site_extent(r, &x);
  if (on == DAY_NONE || !x.documents) return;
  day_format(on, day);
  buf_printf(r->out, "<div class=\"time\" data-first=\"%s\" data-last=\"%s\" data-on=\"%s\"><p>", x.first, x.last, day);
  for (int step = -1; step <= 1; step += 2) {
    day_format(day_add_months(on, step), day);
    buf_printf(r->out, "<a rel=\"%s\" href=\"", step < 0 ? "prev" : "next");
    site_href(r, "/network", "on", str_of(day));
    buf_printf(r->out, "\">%s</a>%s", step < 0 ? "\xE2\x86\x90 a month before" : "a month on \xE2\x86\x92",
               step < 0 ? " \xC2\xB7 " : "");
  }
  buf_puts(r->out, "</p></div>");
}

void page_network(struct request *r) {
  static const char *const names[] = {"on", "half-life", "actors", "unit", NULL};
  struct network g;
  struct network_whole whole;
  struct network_result n;
  int32_t on;
  if (network_of(r, &g, &on)) {
    site_open(r, "Network", "/network");
    site_filters(r, "/network", names);
    if (!network_measure(&g, on, &whole, &n, &r->e)) site_problem(r, 500, "There is no network", r->e.message);
    else {
      if (g.n) {
        put_scrubber(r, on);
        put_summary(r, &n);
        put_picture(r, &n);
        put_ropes(r, &n);
        put_ties(r, &g);
        site_twins(r, "network", "graphml gexf");
      } else site_nothing(r, "No incident between two named actors was read.");
      site_close(r);
    }
  }
  network_release(&g);
}

static void api_form(struct request *r, void (*write)(const struct network_result *, struct buf *)) {
  struct network g;
  struct network_whole whole;
  struct network_result n;
  int32_t on;
  if (network_of(r, &g, &on)) {
    if (network_measure(&g, on, &whole, &n, &r->e)) write(&n, r->out);
    else site_problem(r, 500, "There is no network", r->e.message);
  }
  network_release(&g);
  if (r->status != 200)
    api_problem(r, r->status, "There is no network",
                r->e.code == ERR_OK ? "a parameter is wrong: on, half-life, actors or unit" : r->e.message);
}

void api_network(struct request *r) { api_form(r, network_json); }
void api_graphml(struct request *r) { api_form(r, network_graphml); }
void api_gexf(struct request *r) { api_form(r, network_gexf); }
