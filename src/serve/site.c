/* site.c - the frame of a page, escaping, filters, bars. */
#include "serve/site.h"
#include "base/calendar.h"
#include <stdio.h>
#include <string.h>

const char *request_get(const struct request *r, const char *name) {
  for (int i = 0; i < r->n; i++)
    if (!strcmp(r->parameter[i].name, name)) return r->parameter[i].value[0] ? r->parameter[i].value : NULL;
  return NULL;
}

bool request_filter(struct request *r, struct ledger_filter *f) {
  int32_t day;
  int64_t limit = 0;
  const char *days[] = {request_get(r, "from"), request_get(r, "to")}, *most = request_get(r, "limit");
  *f = (struct ledger_filter){.actor = request_get(r, "actor"),
                              .type = request_get(r, "type"),
                              .status = request_get(r, "status"),
                              .from = days[0],
                              .to = days[1],
                              .place = request_get(r, "place"),
                              .doc = request_get(r, "doc"),
                              .country = request_get(r, "country"),
                              .source = request_get(r, "source"),
                              .words = request_get(r, "q"),
                              .unit = request_get(r, "unit"),
                              .period = request_get(r, "period"),
                              .dedup = request_get(r, "dedup")};
  for (int i = 0; i < 2; i++)
    if (days[i] && (strlen(days[i]) != 10 || !day_parse_iso(str_of(days[i]), &day))) {
      site_problem(r, 400, "That is no day", "A day is written YYYY-MM-DD.");
      return false;
    }
  if (most && (!str_to_int(str_of(most), &limit) || limit < 1 || limit > API_ROWS)) {
    site_problem(r, 400, "That is no limit", "limit wants a number from 1 to 1000.");
    return false;
  }
  f->limit = limit;
  return true;
}

/* ---- escaping */

void site_text(struct buf *out, str s) {
  for (size_t i = 0; i < s.n; i++) switch (s.p[i]) {
    case '&': buf_puts(out, "&amp;"); break;
    case '<': buf_puts(out, "&lt;"); break;
    case '>': buf_puts(out, "&gt;"); break;
    case '"': buf_puts(out, "&quot;"); break;
    case '\'': buf_puts(out, "&#39;"); break;
    default: buf_putc(out, (unsigned char)s.p[i] < ' ' && s.p[i] != '\n' ? ' ' : s.p[i]);
    }
}

void site_query(struct buf *out, str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (ascii_alpha((char)c) || ascii_digit((char)c) || (c && strchr("-_.~", c))) buf_putc(out, (char)c);
    else buf_printf(out, "%%%02X", c);
  }
}

void site_link(struct buf *out, const char *before, str id, str text) {
  buf_printf(out, "<a href=\"%s", before);
  site_query(out, id);
  buf_puts(out, "\">");
  site_text(out, text);
  buf_puts(out, "</a>");
}

/* ---- the frame */

static const struct {
  const char *path, *name;
} places[] = {{"/", "Overview"},       {"/incidents", "Incidents"}, {"/deadlines", "Deadlines"}, {"/actors", "Actors"},
              {"/network", "Network"}, {"/series", "Series"},       {"/coverage", "Coverage"},   {"/search", "Search"},
              {"/brief", "Brief"},     {"/try", "Try it"}};

void site_open(struct request *r, const char *title, const char *here) {
  buf_puts(r->out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
  site_text(r->out, str_of(title));
  buf_puts(
      r->out,
      " \xC2\xB7 Tightrope</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<link rel=\"stylesheet\" href=\"/style.css\"><link rel=\"icon\" href=\"data:,\"></head>\n<body>"
      "<a class=\"skip\" href=\"#main\">Skip to the page</a><header><b><a href=\"/\">Tightrope</a></b><nav aria-label=\"Pages\">");
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    buf_printf(r->out, "<a href=\"%s\"%s>%s</a>", places[i].path,
               !strcmp(places[i].path, here) ? " aria-current=\"page\"" : "", places[i].name);
  buf_puts(r->out, "</nav></header>\n<main id=\"main\"><h1>");
  site_text(r->out, str_of(title));
  buf_puts(r->out, "</h1>\n");
}

void site_close(struct request *r) {
  buf_puts(
      r->out,
      "</main><footer>Coded by machine from reports, not facts: it misses events and reads some wrongly. Silence is not peace: "
      "no entry means that no report was read. Private persons stand by role words. Days are of the place where it happened. "
      "Not for targeting, screening, asylum or policing. <span class=\"x\"><a href=\"/api/v1\">The same as JSON</a></span>"
      "</footer></body></html>\n");
}

void site_problem(struct request *r, unsigned status, const char *title, const char *what) {
  buf_clear(r->out);
  r->status = status;
  site_open(r, title, "");
  buf_puts(r->out, "<p>");
  site_text(r->out, str_of(what));
  buf_puts(r->out, "</p><p><a href=\"/\">To the overview</a></p>");
  site_close(r);
}

void site_nothing(struct request *r, const char *what) {
  buf_puts(r->out, "<p class=\"empty\">");
  site_text(r->out, str_of(what));
  buf_puts(r->out, "</p>");
}

/* ---- lists */

struct ledger_query *site_list(struct request *r, enum ledger_list list, const struct ledger_filter *f) {
  return ledger_query_open(r->ledger, list, f, &r->e);
}

bool site_next(struct request *r, struct ledger_query *q) { return q && ledger_query_next(q, &r->e) == 1; }

str site_cell(const struct ledger_query *q, const char *column) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (!strcmp(ledger_query_name(q, i), column)) return ledger_query_text(q, i);
  return (str){"", 0};
}

str site_kept(struct request *r, str s) {
  str copy = arena_str(r->memory, s);
  return copy.p ? copy : (str){"", 0};
}

void site_filters(struct request *r, const char *action, const char *const *names) {
  buf_printf(r->out, "<form class=\"filter\" action=\"%s\" role=\"search\">", action);
  for (; *names; names++) {
    bool day = !strcmp(*names, "from") || !strcmp(*names, "to");
    buf_printf(r->out, "<label>%s<input name=\"%s\"%s value=\"", !strcmp(*names, "q") ? "words" : *names, *names,
               day ? " placeholder=\"YYYY-MM-DD\" size=\"11\"" : "");
    if (request_get(r, *names)) site_text(r->out, str_of(request_get(r, *names)));
    buf_puts(r->out, "\"></label>");
  }
  buf_puts(r->out, "<button>Show</button></form>");
}

static bool one_of(str type, const char *const *words) {
  for (; *words; words++)
    if (str_is(type, *words)) return true;
  return false;
}

void site_type(struct buf *out, str type, str mode) {
  static const char *const friendly[] = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", NULL};
  static const char *const neutral[] = {"REQUEST", NULL};
  bool coop = one_of(type, friendly), none = one_of(type, neutral);
  buf_printf(out, "<span class=\"kind %s\"><i aria-hidden=\"true\">%s</i>",
             coop   ? "coop"
             : none ? ""
                    : "conf",
             coop   ? "+"
             : none ? "\xC2\xB7"
                    : "\xE2\x88\x92");
  for (size_t i = 0; i < type.n; i++) buf_putc(out, ascii_fold(type.p[i]));
  if (mode.n) {
    buf_puts(out, " (");
    site_text(out, mode);
    buf_putc(out, ')');
  }
  buf_puts(out, "</span>");
}

void site_extent(struct request *r, struct site_extent *x) {
  struct ledger_filter f = {0};
  struct ledger_query *q = site_list(r, LIST_OUTLETS, &f);
  *x = (struct site_extent){.first = "9999"};
  while (site_next(r, q)) {
    int64_t n = 0;
    char first[11], last[11];
    str_to_int(site_cell(q, "documents"), &n);
    snprintf(first, sizeof first, "%.*s", STR_FMT(site_cell(q, "first")));
    snprintf(last, sizeof last, "%.*s", STR_FMT(site_cell(q, "last")));
    x->documents += (size_t)n, x->outlets++;
    if (first[0] && strcmp(first, x->first) < 0) memcpy(x->first, first, sizeof first);
    if (strcmp(last, x->last) > 0) memcpy(x->last, last, sizeof last);
  }
  ledger_query_close(q);
}

/* ---- feeds, tables, pages of a list */

static void put_parties(struct buf *out, str actor, str recipient) {
  buf_puts(out, "<span><strong>");
  site_text(out, actor.n ? actor : STR("Nobody named"));
  buf_puts(out, "</strong>");
  if (recipient.n) {
    buf_puts(out, " \xE2\x86\x92 <strong>");
    site_text(out, recipient);
    buf_puts(out, "</strong>");
  }
  buf_puts(out, "</span>");
}

static void put_chip(struct buf *out, const char *form, str value, const char *class) {
  buf_printf(out, "<span class=\"chip%s\">", class);
  for (; *form; form++)
    if (*form == '@') site_text(out, value);
    else buf_putc(out, *form);
  buf_puts(out, "</span>");
}

void site_feed_item(struct request *r, const struct ledger_query *q) {
  struct buf *out = r->out;
  str reports = site_cell(q, "reports"), denied = site_cell(q, "denied"), killed = site_cell(q, "killed"),
      id = site_cell(q, "id");
  buf_puts(out, "<li><div class=\"line\"><time>");
  site_text(out, site_cell(q, "date").n ? site_cell(q, "date") : STR("no day"));
  buf_puts(out, "</time>");
  site_type(out, site_cell(q, "type"), site_cell(q, "mode"));
  put_parties(out, site_cell(q, "actor"), site_cell(q, "recipient"));
  if (site_cell(q, "status").n && !str_is(site_cell(q, "status"), "actual"))
    put_chip(out, "@", site_cell(q, "status"), " warn");
  if (site_cell(q, "place").n) put_chip(out, "at @", site_cell(q, "place"), "");
  if (site_cell(q, "speaker").n) put_chip(out, "says @", site_cell(q, "speaker"), "");
  if (killed.n) put_chip(out, "killed @", killed, "");
  if (reports.n && !str_is(reports, "1")) put_chip(out, "told @ times", reports, "");
  if (denied.n && !str_is(denied, "0")) put_chip(out, "denied by @", denied, " warn");
  site_link(out, id.n && id.p[0] == 'i' ? "/incident/" : "/why/", id, STR("evidence"));
  buf_puts(out, "</div><span class=\"said\">");
  site_text(out, site_cell(q, "evidence"));
  buf_puts(out, "</span></li>\n");
}

static size_t page_of(const struct request *r) {
  int64_t n = 1;
  const char *page = request_get(r, "page");
  return page && str_to_int(str_of(page), &n) && n > 0 && n < 100000 ? (size_t)n : 1;
}

size_t site_skip(struct request *r, struct ledger_query *q) {
  size_t skip = (page_of(r) - 1) * PAGE_ROWS, n = 0;
  while (n < skip && site_next(r, q)) n++;
  return n;
}

static void put_page_link(struct request *r, const char *action, size_t page, const char *name) {
  buf_printf(r->out, "<a href=\"%s?page=%zu", action, page);
  for (int i = 0; i < r->n; i++)
    if (r->parameter[i].value[0] && strcmp(r->parameter[i].name, "page")) {
      buf_puts(r->out, "&amp;");
      site_query(r->out, str_of(r->parameter[i].name));
      buf_putc(r->out, '=');
      site_query(r->out, str_of(r->parameter[i].value));
    }
  buf_printf(r->out, "\">%s</a> ", name);
}

void site_pager(struct request *r, const char *action, bool more) {
  size_t page = page_of(r);
  if (!action || (page == 1 && !more)) return;
  buf_printf(r->out, "<p>Page %zu. ", page);
  if (page > 1) put_page_link(r, action, page - 1, "Earlier rows");
  if (more) put_page_link(r, action, page + 1, "Further rows");
  buf_puts(r->out, "</p>");
}

static bool numeric(str s) {
  double v;
  return s.n && str_to_double(s, &v);
}

static void put_row(struct request *r, const struct ledger_query *q, const struct site_column *column) {
  buf_puts(r->out, "<tr>");
  for (; column->name; column++) {
    str cell = site_cell(q, column->name);
    int32_t day;
    buf_puts(r->out, numeric(cell) ? "<td class=\"n\">" : day_parse_iso(cell, &day) ? "<td class=\"d\">" : "<td>");
    if (column->before && cell.n)
      site_link(r->out, column->before, column->key ? site_cell(q, column->key) : cell, cell);
    else site_text(r->out, cell);
    buf_puts(r->out, "</td>");
  }
  buf_puts(r->out, "</tr>\n");
}

size_t site_table(struct request *r, struct ledger_query *q, const char *action, const char *caption,
                  const struct site_column *column) {
  size_t n = 0;
  bool more = false;
  if (action) site_skip(r, q);
  while (!(more = n == PAGE_ROWS && action && site_next(r, q)) && n < (action ? PAGE_ROWS : API_ROWS) &&
         site_next(r, q)) {
    if (!n++) {
      buf_puts(r->out, "<div class=\"wide\"><table><caption>");
      site_text(r->out, str_of(caption));
      buf_puts(r->out, "</caption><thead><tr>");
      for (const struct site_column *c = column; c->name; c++)
        buf_printf(r->out, "<th scope=\"col\"%s>%s</th>", numeric(site_cell(q, c->name)) ? " class=\"n\"" : "",
                   c->heading);
      buf_puts(r->out, "</tr></thead><tbody>\n");
    }
    put_row(r, q, column);
  }
  if (n) buf_puts(r->out, "</tbody></table></div>");
  site_pager(r, action, more);
  ledger_query_close(q);
  return n;
}

/* ---- bars */

void site_bars(struct buf *out, const struct site_bar *bar, size_t n, const char *what, const char *second) {
  enum { HEIGHT = 120, WIDTH = 900, BASE = 140 };
  double most = 1, step = n ? (double)WIDTH / (double)n : 1;
  for (size_t i = 0; i < n; i++) {
    if (bar[i].value > most) most = bar[i].value;
    if (bar[i].second > most) most = bar[i].second;
  }
  buf_printf(out, "<svg viewBox=\"0 0 %d 160\" role=\"img\" aria-label=\"", WIDTH + 40);
  site_text(out, str_of(what));
  buf_printf(out, ", at most %g\"><text x=\"0\" y=\"14\">%g</text>", most, most);
  for (size_t i = 0; i < n; i++) {
    double x = 34 + step * (double)i, w = step > 3 ? step - 1 : step, h = bar[i].value / most * HEIGHT,
           h2 = bar[i].second / most * HEIGHT;
    if (!bar[i].known) {
      buf_printf(out, "<rect class=\"gap\" x=\"%.1f\" y=\"20\" width=\"%.1f\" height=\"%d\"><title>", x, w, HEIGHT);
      site_text(out, bar[i].period);
      buf_puts(out, ": no document, no data</title></rect>");
      continue;
    }
    buf_printf(out, "<rect class=\"b1\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>", x, BASE - h,
               second ? w / 2 : w, h);
    site_text(out, bar[i].period);
    buf_printf(out, ": %g</title></rect>", bar[i].value);
    if (second && h2 > 0)
      buf_printf(out,
                 "<rect class=\"b2\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %g</title></rect>",
                 x + w / 2, BASE - h2, w / 2, h2, second, bar[i].second);
  }
  if (n) {
    buf_puts(out, "<text x=\"34\" y=\"156\">");
    site_text(out, bar[0].period);
    buf_printf(out, "</text><text x=\"%d\" y=\"156\" text-anchor=\"end\">", WIDTH + 34);
    site_text(out, bar[n - 1].period);
    buf_puts(out, "</text>");
  }
  buf_puts(out, "</svg>");
}
