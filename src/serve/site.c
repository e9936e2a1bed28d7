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

bool request_day(struct request *r, const char *day) {
  int32_t n;
  if (!day || (strlen(day) == 10 && day_parse_iso(str_of(day), &n))) return true;
  site_problem(r, 400, "That is no day", "A day is written YYYY-MM-DD.");
  return false;
}

bool request_filter(struct request *r, struct ledger_filter *f) {
  int64_t limit = 0;
  const char *days[] = {request_get(r, "from"), request_get(r, "to")}, *most = request_get(r, "limit");
  *f = (struct ledger_filter){.actor = request_get(r, "actor"),
                              .type = request_get(r, "type"),
                              .status = request_get(r, "status"),
                              .from = days[0],
                              .to = days[1],
                              .acting = request_get(r, "acting"),
                              .receiving = request_get(r, "receiving"),
                              .place = request_get(r, "place"),
                              .doc = request_get(r, "doc"),
                              .country = request_get(r, "country"),
                              .source = request_get(r, "source"),
                              .words = request_get(r, "q"),
                              .unit = request_get(r, "unit"),
                              .period = request_get(r, "period"),
                              .dedup = request_get(r, "dedup")};
  for (int i = 0; i < 2; i++)
    if (!request_day(r, days[i])) return false;
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
  const char *path, *name, *key; /* the key after g that leads there */
} places[] = {{"/", "Overview", "o"},         {"/incidents", "Incidents", "i"}, {"/deadlines", "Deadlines", "l"},
              {"/actors", "Actors", "a"},     {"/dyads", "Dyads", "d"},         {"/network", "Network", "n"},
              {"/map", "Map", "m"},           {"/series", "Series", "s"},       {"/compare", "Compare", "x"},
              {"/coverage", "Coverage", "c"}, {"/search", "Search", "f"},       {"/brief", "Brief", "b"},
              {"/data", "Data", "e"},         {"/try", "Try it", "t"}};

void site_open(struct request *r, const char *title, const char *here) {
  buf_puts(r->out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
  site_text(r->out, str_of(title));
  buf_puts(
      r->out,
      " \xC2\xB7 Tightrope</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/style.css\"><script src=\"/page.js\" defer></script>"
      "<link rel=\"icon\" href=\"data:,\"></head>\n<body><a class=\"skip\" href=\"#main\">Skip to the page</a><header><a class=\"brand\" "
      "href=\"/\">Tightrope</a><nav aria-label=\"Pages\">");
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    buf_printf(r->out, "<a href=\"%s\" data-key=\"%s\"%s>%s</a>", places[i].path, places[i].key,
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
      "Not for targeting, screening, asylum or policing. <span class=\"x\"><a href=\"/data\">Data, JSON and how to cite</a> "
      "\xC2\xB7 <a href=\"/help\">Words and keys</a></span></footer></body></html>\n");
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

/* What a field may hold, where that is few words. */
static const char *const *choices_of(const char *action, const char *name) {
  static const char *const kind[] = {"demand", "promise", "threat", NULL};
  if (!strcmp(name, "type") && !strncmp(action, "/de", 3)) return kind; /* of deadlines and demands */
  static const char *const period[] = {"day", "week", "month", NULL}, *const unit[] = {"actor", "country", NULL},
                           *const type[] = {"AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
                                            "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
                                            "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT", NULL};
  return !strcmp(name, "period") ? period : !strcmp(name, "unit") ? unit : !strcmp(name, "type") ? type : NULL;
}

static const char *label_of(const char *name) {
  static const char *const labels[][2] = {{"q", "words"},           {"half-life", "half-life in days"},
                                          {"a_from", "A from"},     {"a_to", "A to"},
                                          {"a_source", "A outlet"}, {"b_from", "B from"},
                                          {"b_to", "B to"},         {"b_source", "B outlet"},
                                          {"source", "outlet"},     {"a", "one"},
                                          {"b", "the other"}};
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
    if (!strcmp(name, labels[i][0])) return labels[i][1];
  return name;
}

static void put_choices(struct buf *out, const char *const *choice, const char *now) {
  buf_puts(out, "<option value=\"\">any</option>");
  for (bool known = !now; *choice || !known; choice += *choice != NULL) {
    const char *c = *choice ? *choice : now;
    if (now && str_eq_fold(str_of(c), str_of(now))) known = true;
    else if (!*choice) known = true; /* a value that is not on the list stays as it was asked */
    buf_puts(out, "<option value=\"");
    site_text(out, str_of(c));
    buf_printf(out, "\"%s>", now && str_eq_fold(str_of(c), str_of(now)) ? " selected" : "");
    for (const char *x = c; *x; x++) site_text(out, (str){(char[]){ascii_fold(*x)}, 1});
    buf_puts(out, "</option>");
  }
  buf_puts(out, "</select>");
}

void site_filters(struct request *r, const char *action, const char *const *names) {
  buf_printf(r->out, "<form class=\"filter\" action=\"%s\" role=\"search\">", action);
  for (; *names; names++) {
    const char *name = *names, *now = request_get(r, name);
    bool day = !strcmp(name, "from") || !strcmp(name, "to") || !strcmp(name, "on") || strstr(name, "_from") ||
               strstr(name, "_to");
    buf_printf(r->out, "<label>%s", label_of(name));
    if (choices_of(action, name)) {
      buf_printf(r->out, "<select name=\"%s\">", name);
      put_choices(r->out, choices_of(action, name), now);
    } else {
      buf_printf(r->out, "<input name=\"%s\"%s value=\"", name,
                 day ? " placeholder=\"YYYY-MM-DD\" pattern=\"[0-9]{4}-[0-9]{2}-[0-9]{2}\" title=\"a day, YYYY-MM-DD\""
                     : "");
      if (now) site_text(r->out, str_of(now));
      buf_puts(r->out, "\">");
    }
    buf_puts(r->out, "</label>");
  }
  buf_puts(r->out, "<button>Show</button></form>");
}

void site_href(struct request *r, const char *action, const char *name, str value) {
  char before = '?';
  buf_puts(r->out, action);
  for (int i = 0; i < r->n; i++) {
    const struct parameter *p = &r->parameter[i];
    if (!p->value[0] || !strcmp(p->name, "page") || !strcmp(p->name, "after") || (name && !strcmp(p->name, name)))
      continue;
    buf_puts(r->out, before == '?' ? "?" : "&amp;"), before = '&';
    site_query(r->out, str_of(p->name));
    buf_putc(r->out, '=');
    site_query(r->out, str_of(p->value));
  }
  if (!name || !value.n) return;
  buf_printf(r->out, "%s%s=", before == '?' ? "?" : "&amp;", name);
  site_query(r->out, value);
}

void site_tokens(struct request *r, const char *action, const char *const *names) {
  size_t n = 0;
  for (; *names; names++) {
    const char *now = request_get(r, *names);
    if (!now) continue;
    buf_puts(r->out, n++ ? " " : "<p class=\"tokens\"><span class=\"soft\">Only</span> ");
    buf_puts(r->out, "<a class=\"token\" href=\"");
    site_href(r, action, *names, (str){NULL, 0});
    buf_printf(r->out, "\"><span>%s</span> ", label_of(*names));
    site_text(r->out, str_of(now));
    buf_puts(r->out, " <b aria-hidden=\"true\">\xC3\x97</b><span class=\"hidden\"> (take this filter away)</span></a>");
  }
  if (n) buf_printf(r->out, " <a href=\"%s\">all</a></p>\n", action);
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

/* "Russia; Turkey": each a way to its page. */
static void put_names(struct buf *out, str names) {
  for (bool first = true; names.n; first = false) {
    size_t end = str_find_str(names, STR("; "));
    if (!first) buf_puts(out, ", ");
    site_link(out, "/actor?name=", str_sub(names, 0, end), str_sub(names, 0, end));
    names = end < names.n ? str_from(names, end + 2) : (str){NULL, 0};
  }
}

static void put_parties(struct buf *out, str actor, str recipient) {
  bool pair = actor.n && recipient.n && str_find_str(actor, STR("; ")) == actor.n &&
              str_find_str(recipient, STR("; ")) == recipient.n;
  buf_puts(out, "<span class=\"who\">");
  if (actor.n) put_names(out, actor);
  else buf_puts(out, "<span class=\"soft\">nobody named</span>");
  if (recipient.n) {
    if (pair) {
      buf_puts(out, " <a class=\"arrow\" href=\"/dyad?a=");
      site_query(out, actor);
      buf_puts(out, "&amp;b=");
      site_query(out, recipient);
      buf_puts(out, "\" aria-label=\"to; these two\">\xE2\x86\x92</a> ");
    } else buf_puts(out, " <span class=\"arrow\" aria-label=\"to\" role=\"img\">\xE2\x86\x92</span> ");
    put_names(out, recipient);
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

static void put_marks(struct buf *out, const struct ledger_query *q) {
  str reports = site_cell(q, "reports"), texts = site_cell(q, "texts"), denied = site_cell(q, "denied"),
      precision = site_cell(q, "precision");
  if (precision.n && !str_is(precision, "day") && !str_is(precision, "minute") && !str_is(precision, "hour") &&
      !str_is(precision, "daypart"))
    put_chip(out, "the @ of that day", precision, "");
  if (site_cell(q, "status").n && !str_is(site_cell(q, "status"), "actual"))
    put_chip(out, "@", site_cell(q, "status"), " warn");
  if (site_cell(q, "place").n) put_chip(out, "at @", site_cell(q, "place"), "");
  if (site_cell(q, "speaker").n) put_chip(out, "according to @", site_cell(q, "speaker"), " says");
  if (site_cell(q, "killed").n) put_chip(out, "killed: @", site_cell(q, "killed"), "");
  if (site_cell(q, "injured").n) put_chip(out, "injured: @", site_cell(q, "injured"), "");
  if (reports.n && !str_is(reports, "1")) {
    buf_puts(out, "<span class=\"chip\">");
    site_text(out, reports);
    buf_puts(out, " reports");
    if (texts.n)
      buf_puts(out, str_is(texts, "1") ? " of one text" : " in "),
          site_text(out, str_is(texts, "1") ? (str){NULL, 0} : texts);
    buf_puts(out, texts.n && !str_is(texts, "1") ? " texts</span>" : "</span>");
  }
  if (denied.n && !str_is(denied, "0")) put_chip(out, "denied by @", denied, " warn");
}

void site_feed_item(struct request *r, const struct ledger_query *q) {
  struct buf *out = r->out;
  str id = site_cell(q, "id"), date = site_cell(q, "date");
  bool incident = id.n && id.p[0] == 'i';
  buf_puts(out, "<li><div class=\"line\"><time>");
  site_text(out, date.n ? date : STR("no day"));
  buf_puts(out, "</time>");
  site_type(out, site_cell(q, "type"), site_cell(q, "mode"));
  put_parties(out, site_cell(q, "actor"), site_cell(q, "recipient"));
  put_marks(out, q);
  buf_puts(out, "</div><p class=\"said\">");
  site_text(out, site_cell(q, "evidence"));
  buf_puts(out, " <span class=\"acts\">");
  site_link(out, incident ? "/incident/" : "/why/", id, STR("evidence"));
  buf_puts(out, " ");
  if (incident) site_link(out, "/why/", id, STR("why"));
  if (!r->read_only) {
    buf_puts(out, " ");
    site_link(out, "/correct/", id, STR("correct"));
  }
  buf_puts(out, "</span></p></li>\n");
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

static void put_page_link(struct request *r, const char *action, size_t page, const char *name, const char *rel) {
  char number[24];
  snprintf(number, sizeof number, "%zu", page);
  buf_printf(r->out, "<a rel=\"%s\" href=\"", rel);
  site_href(r, action, "page", str_of(number));
  buf_printf(r->out, "\">%s</a> ", name);
}

void site_pager(struct request *r, const char *action, bool more) {
  size_t page = page_of(r);
  if (!action || (page == 1 && !more)) return;
  buf_printf(r->out, "<p class=\"pager\">Page %zu. ", page);
  if (page > 1) put_page_link(r, action, page - 1, "Earlier rows", "prev");
  if (more) put_page_link(r, action, page + 1, "Further rows", "next");
  buf_puts(r->out, "</p>");
}

double site_number(const struct ledger_query *q, const char *column) {
  double v;
  str s = site_cell(q, column);
  return s.n && str_to_double(s, &v) ? v : 0;
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

void site_twins(struct request *r, const char *list, const char *forms) {
  buf_puts(r->out, "<p class=\"twins soft small\">The same as");
  for (str rest = str_of(forms); rest.n;) {
    char path[64];
    str form = str_cut(&rest, ' ');
    snprintf(path, sizeof path, "/api/v1/%s.%.*s", list, STR_FMT(form));
    buf_puts(r->out, " <a href=\"");
    site_href(r, path, NULL, (str){NULL, 0});
    buf_printf(r->out, "\">%.*s</a>", STR_FMT(form));
  }
  buf_puts(r->out, "</p>\n");
}
