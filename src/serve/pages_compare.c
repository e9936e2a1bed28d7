/* pages_compare.c - two periods or two outlets side by side: what was read first, then rates with their intervals, then who is in one alone. */
#include "serve/site.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TYPES = 24, ALONE = 12, NAMES = 4000 };

struct side {
  struct ledger_filter f;
  char words[120];
  double documents, incidents, of_type[TYPES];
  str *name; /* actors, the most told of first */
  double *told;
  size_t n_names;
};
struct types {
  str name[TYPES];
  size_t n;
};

/* ---- reading */

static size_t type_at(struct types *t, str name) {
  size_t i = 0;
  while (i < t->n && !str_eq(t->name[i], name)) i++;
  if (i == t->n && t->n < TYPES) t->name[t->n++] = name;
  return i;
}

static bool side_read(struct request *r, struct side *s, struct types *t) {
  struct ledger_query *q = site_list(r, LIST_COVERAGE, &s->f);
  while (site_next(r, q)) s->documents += site_number(q, "documents");
  ledger_query_close(q);
  s->name = ARENA_ARRAY(r->memory, str, NAMES), s->told = ARENA_ARRAY(r->memory, double, NAMES);
  if (!s->name || !s->told) return false;
  q = site_list(r, LIST_FACETS, &s->f);
  while (site_next(r, q)) {
    double n = site_number(q, "incidents");
    str value = site_kept(r, site_cell(q, "value"));
    if (str_is(site_cell(q, "facet"), "type")) {
      size_t i = type_at(t, value);
      if (i < TYPES) s->of_type[i] = n;
      s->incidents += n;
    } else if (str_is(site_cell(q, "facet"), "actor") && s->n_names < NAMES)
      s->name[s->n_names] = value, s->told[s->n_names++] = n;
  }
  ledger_query_close(q);
  return r->e.code == ERR_OK;
}

static bool has_name(const struct side *s, str name) {
  for (size_t i = 0; i < s->n_names; i++)
    if (str_eq(s->name[i], name)) return true;
  return false;
}

/* ---- putting */

/* Rate of B against A by articles, with the interval that 95 of 100 such would hold (log-normal, of two Poisson counts). */
static void put_ratio(struct buf *out, double a, double b, double da, double db) {
  if (a < 1 || b < 1 || da <= 0 || db <= 0) {
    buf_puts(out, "<td class=\"n soft\">not defined</td><td></td>");
    return;
  }
  double ratio = (b / db) / (a / da), wide = 1.96 * sqrt(1 / a + 1 / b);
  double low = ratio * exp(-wide), high = ratio * exp(wide);
  buf_printf(out, "<td class=\"n\">\xC3\x97 %.2f</td><td class=\"n\">%.2f \xE2\x80\x93 %.2f%s</td>", ratio, low, high,
             low > 1    ? " <span class=\"chip\">more</span>"
             : high < 1 ? " <span class=\"chip\">less</span>"
                        : "");
}

static void put_row(struct request *r, str name, double a, double b, const struct side *s) {
  buf_puts(r->out, "<tr><th scope=\"row\">");
  site_text(r->out, name);
  buf_printf(r->out, "</th><td class=\"n\">%g</td><td class=\"n\">%g</td>", a, b);
  put_ratio(r->out, a, b, s[0].documents, s[1].documents);
  buf_puts(r->out, "</tr>\n");
}

static void put_rates(struct request *r, const struct side *s, const struct types *t) {
  buf_puts(
      r->out,
      "<div class=\"wide\"><table><caption>Incidents, and the rate by article of B against A</caption><thead><tr><th scope=\"col\">what</th>"
      "<th scope=\"col\" class=\"n\">A</th><th scope=\"col\" class=\"n\">B</th><th scope=\"col\" class=\"n\">rate</th><th scope=\"col\" "
      "class=\"n\">95 of 100</th></tr></thead><tbody>\n");
  put_row(r, STR("all"), s[0].incidents, s[1].incidents, s);
  for (size_t i = 0; i < t->n; i++) put_row(r, t->name[i], s[0].of_type[i], s[1].of_type[i], s);
  buf_puts(r->out, "</tbody></table></div>");
}

static void put_alone(struct request *r, const struct side *in, const struct side *not_in, const char *letter) {
  size_t n = 0;
  buf_printf(r->out, "<div><h2>In %s alone</h2>", letter);
  for (size_t i = 0; i < in->n_names && n < ALONE; i++) {
    if (has_name(not_in, in->name[i])) continue;
    buf_puts(r->out, n++ ? "<li>" : "<ul class=\"plain\"><li>");
    site_link(r->out, "/actor?name=", in->name[i], in->name[i]);
    buf_printf(r->out, " <span class=\"soft\">%g incidents</span></li>", in->told[i]);
  }
  buf_puts(r->out, n ? "</ul></div>" : "<p class=\"soft\">Nobody.</p></div>");
}

static void say_side(struct side *s) {
  snprintf(s->words, sizeof s->words, "%s%s%s%s%s", s->f.source ? s->f.source : "all outlets",
           s->f.from ? ", from " : "", s->f.from ? s->f.from : "", s->f.to ? " to " : "", s->f.to ? s->f.to : "");
}

static void put_compared(struct request *r, struct side *s) {
  struct types t = {.n = 0};
  for (int i = 0; i < 2; i++)
    if (!side_read(r, &s[i], &t)) {
      site_problem(r, 500, "The ledger cannot be read", r->e.message);
      return;
    }
  buf_puts(r->out, "<dl>");
  for (int i = 0; i < 2; i++) {
    say_side(&s[i]);
    buf_printf(r->out, "<dt>%c</dt><dd>", 'A' + i);
    site_text(r->out, str_of(s[i].words));
    buf_printf(r->out, ": <strong>%g articles</strong>, %g incidents</dd>", s[i].documents, s[i].incidents);
  }
  buf_puts(r->out, "</dl>");
  if (s[0].documents > 0 && s[1].documents > 0)
    buf_printf(
        r->out,
        "<p class=\"note\">B rests on %.2f times the articles of A. Rates are by article; what outlets chose to write about stands in both.</p>",
        s[1].documents / s[0].documents);
  else
    buf_puts(r->out,
             "<p class=\"note\">One side has no article: there is nothing to compare. No data is not peace.</p>");
  put_rates(r, s, &t);
  buf_puts(r->out, "<div class=\"pair\">");
  put_alone(r, &s[0], &s[1], "A"), put_alone(r, &s[1], &s[0], "B");
  buf_puts(r->out, "</div>");
  site_close(r);
}

void page_compare(struct request *r) {
  static const char *const names[] = {"a_from",   "a_to",  "a_source", "b_from", "b_to",
                                      "b_source", "actor", "country",  NULL};
  struct ledger_filter f;
  struct side s[2];
  if (!request_filter(r, &f)) return;
  memset(s, 0, sizeof s);
  for (int i = 0; i < 2; i++) {
    char name[3][10];
    const char *const ends[] = {"from", "to", "source"};
    for (int k = 0; k < 3; k++) snprintf(name[k], sizeof name[k], "%c_%s", 'a' + i, ends[k]);
    s[i].f = f;
    s[i].f.from = request_get(r, name[0]), s[i].f.to = request_get(r, name[1]), s[i].f.source = request_get(r, name[2]);
    if (!request_day(r, s[i].f.from) || !request_day(r, s[i].f.to)) return;
  }
  site_open(r, "Compare", "/compare");
  buf_puts(r->out, "<p class=\"soft\">Two periods, or two outlets: A beside B.</p>");
  site_filters(r, "/compare", names);
  bool chosen = s[0].f.from || s[0].f.to || s[0].f.source || s[1].f.from || s[1].f.to || s[1].f.source;
  if (chosen) {
    put_compared(r, s);
    return;
  }
  site_nothing(r, "Give A and B each a first and last day, or each an outlet.");
  site_close(r);
}
