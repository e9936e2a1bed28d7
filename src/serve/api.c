/* api.c - which lists and documents /api/v1 has, and who answers: filters as on the pages and the command line, errors as problem+json. */
#include "serve/api.h"
#include "base/json.h"
#include "report/export.h"
#include <stdio.h>
#include <string.h>

const struct api_list api_lists[] = {
    {"events", "reports: an event as one document tells it, in the order of days", LIST_EVENTS},
    {"incidents", "what happened, one row for an event however often it is told, in the order of days", LIST_INCIDENTS},
    {"latest", "the same, the newest first", LIST_LATEST},
    {"facets", "how many incidents there are by type, country, outlet and actor", LIST_FACETS},
    {"pairs", "who acts on whom in how many incidents", LIST_PAIRS},
    {"actors", "named actors, those in most events first", LIST_ACTORS},
    {"ties", "posts and relations as documents tell them", LIST_TIES},
    {"tenures", "the same over all documents", LIST_TENURES},
    {"demands", "demands, promises and threats", LIST_DEMANDS},
    {"deadlines", "those that have a deadline, in its order", LIST_DEADLINES},
    {"documents", "what was read", LIST_DOCUMENTS},
    {"outlets", "outlets, with how much was read of each", LIST_OUTLETS},
    {"coverage", "documents by outlet and period", LIST_COVERAGE},
    {"coders", "with which versions the documents were coded", LIST_CODERS},
    {"series", "reports by period and unit, with the documents read in the period", LIST_SERIES},
    {"search", "documents that hold words (q)", LIST_SEARCH},
    {NULL, NULL, LIST_EVENTS}};

const char *const api_filters[] = {"actor", "acting", "receiving", "country", "type", "status", "place",
                                   "doc",   "source", "from",      "to",      "q",    "unit",   "period",
                                   "dedup", "limit",  "after",     "page",    NULL};

const char *api_filter_means(const char *name) {
  static const char *const means[][2] = {
      {"actor", "words that the name of an actor in any slot holds"},
      {"acting", "the whole name of who acts, or issues the demand"},
      {"receiving", "the whole name of whom it is done to, or demanded of"},
      {"country", "ISO 3166 alpha-3 code of an actor's country"},
      {"type", "PLOVER type of the event, relation of the tie or kind of the demand"},
      {"status", "actual, attempted, planned, hypothetical, denied, negated; all"},
      {"place", "words that the name of its place holds"},
      {"doc", "id of a document"},
      {"source", "outlet"},
      {"from", "first day, YYYY-MM-DD"},
      {"to", "last day, YYYY-MM-DD"},
      {"q", "words of a search: words, \"a phrase\", begin*, AND OR NOT"},
      {"unit", "of a series: all, actor, country, dyad, pair"},
      {"period", "day, week or month"},
      {"dedup", "report, incident or one-a-day"},
      {"limit", "rows, 1 to 1000; 100 unless given"},
      {"after",
       "the cursor `meta.next` of the answer before: rows behind that one, also where others have come meanwhile"},
      {"page", "pages of a hundred rows, from 1, by number instead of by cursor"}};
  for (size_t i = 0; i < sizeof means / sizeof *means; i++)
    if (!strcmp(means[i][0], name)) return means[i][1];
  return "";
}

void api_problem(struct request *r, unsigned status, const char *title, const char *detail) {
  struct json j;
  buf_clear(r->out);
  j = json_writer(r->out);
  r->status = status, r->type = "application/problem+json";
  json_open(&j, '{');
  json_key_name(&j, "type", "about:blank");
  json_key_str(&j, "title", str_of(title));
  json_key_int(&j, "status", status);
  json_key_str(&j, "detail", str_of(detail));
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}

/* ---- documents that are no lists */

static void write_form(struct request *r,
                       bool (*write)(struct ledger *, const struct ledger_filter *, struct buf *, struct err *)) {
  struct ledger_filter f;
  if (!request_filter(r, &f)) api_problem(r, 400, "A parameter is wrong", "days are YYYY-MM-DD, limit is 1 to 1000");
  else if (!write(r->ledger, &f, r->out, &r->e)) api_problem(r, 500, "The ledger cannot be read", r->e.message);
}

static void api_geojson(struct request *r) { write_form(r, export_geojson); }
static void api_ics(struct request *r) { write_form(r, export_ics); }

static void api_health(struct request *r) {
  struct site_extent x;
  struct json j = json_writer(r->out);
  site_extent(r, &x);
  json_open(&j, '{');
  json_key_bool(&j, "ok", r->e.code == ERR_OK);
  json_key_int(&j, "documents", (int64_t)x.documents);
  json_key_int(&j, "outlets", (int64_t)x.outlets);
  json_key_name(&j, "first", x.documents ? x.first : "");
  json_key_name(&j, "last", x.last);
  json_key_bool(&j, "read_only", r->read_only);
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}

const struct api_document api_documents[] = {
    {"openapi.json", "application/json", "this description", api_openapi},
    {"health", "application/json", "whether the ledger can be read, and what it holds", api_health},
    {"network", "application/json",
     "the signed network with triads, camps and tightropes (on, half-life, actors, unit)", api_network},
    {"network.graphml", "application/graphml+xml", "the same for Gephi and the like", api_graphml},
    {"network.gexf", "application/gexf+xml", "the same with spells of time", api_gexf},
    {"map.geojson", "application/geo+json", "incidents that have a point", api_geojson},
    {"incidents.geojson", "application/geo+json", "the same under the name of the list", api_geojson},
    {"deadlines.ics", "text/calendar; charset=utf-8", "deadlines as a calendar", api_ics},
    {"incidents.atom", "application/atom+xml; charset=utf-8", "the newest incidents as a feed", api_atom},
    {NULL, NULL, NULL, NULL}};

/* ---- lists */

/* Passes the rows up to the one that the cursor names: its id, or its number where rows have none. */
static bool pass_after(struct request *r, struct ledger_query *q, const char *after) {
  int64_t row = 0, n = 0;
  bool number = after[0] == '@' && str_to_int(str_of(after + 1), &row);
  while (site_next(r, q))
    if (number ? ++n >= row : str_is(site_cell(q, "id"), after)) return true;
  return number && n == row;
}

static void answer_list(struct request *r, const struct api_list *list, enum api_form form,
                        const struct ledger_filter *f) {
  struct ledger_filter all = *f;
  const char *after = request_get(r, "after");
  all.limit = 0;
  struct ledger_query *q = site_list(r, list->list, &all);
  r->type = form == API_CSV     ? "text/csv; charset=utf-8"
            : form == API_JSONL ? "application/x-ndjson"
                                : "application/json";
  if (q && after && !pass_after(r, q, after))
    api_problem(r, 410, "This row is no more", "The ledger has changed since; begin without after.");
  else if (q) {
    if (!after) r->before = site_skip(r, q);
    api_rows(r, q, form, list, f->limit ? f->limit : PAGE_ROWS);
  }
  ledger_query_close(q);
  if (r->e.code != ERR_OK) api_problem(r, 500, "The ledger cannot be read", r->e.message);
}

/* "events", "events.csv": the list and the form; what asks for lines by its Accept header gets them. NULL: there is none. */
static const struct api_list *list_of(const struct request *r, enum api_form *form) {
  static const struct {
    const char *tail;
    enum api_form form;
  } forms[] = {{".csv", API_CSV}, {".jsonl", API_JSONL}, {".json", API_JSON}, {"", API_JSON}};
  str name = str_of(r->path);
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (!str_ends(name, str_of(forms[i].tail))) continue;
    str bare = str_sub(name, 0, name.n - strlen(forms[i].tail));
    *form = forms[i].form;
    if (*form == API_JSON && r->wants_lines) *form = API_JSONL;
    for (const struct api_list *l = api_lists; l->name; l++)
      if (str_is(bare, l->name)) return l;
  }
  return NULL;
}

void api_list(struct request *r) {
  struct ledger_filter f;
  enum api_form form = API_JSON;
  const struct api_list *list = list_of(r, &form);
  for (const struct api_document *d = api_documents; d->name; d++)
    if (!strcmp(r->path, d->name)) {
      r->type = d->type;
      d->write(r);
      return;
    }
  if (!list) api_problem(r, 404, "There is no such list", "/api/v1 tells which there are");
  else if (!request_filter(r, &f))
    api_problem(r, 400, "A parameter is wrong", "days are YYYY-MM-DD, limit is 1 to 1000");
  else if (list->list == LIST_SEARCH && !f.words)
    api_problem(r, 400, "A parameter is missing", "search wants q: the words to find");
  else answer_list(r, list, form, &f);
}

void api_index(struct request *r) {
  struct json j = json_writer(r->out);
  r->type = "application/json";
  json_open(&j, '{');
  json_key_name(&j, "schema", "tightrope-api/1");
  json_key_name(&j, "description", "/api/v1/openapi.json");
  json_key(&j, "lists");
  json_open(&j, '[');
  for (const struct api_list *l = api_lists; l->name; l++) json_str(&j, str_of(l->name));
  for (const struct api_document *d = api_documents; d->name; d++) json_str(&j, str_of(d->name));
  json_close(&j, ']');
  json_key(&j, "filters");
  json_open(&j, '[');
  for (const char *const *f = api_filters; *f; f++) json_str(&j, str_of(*f));
  json_close(&j, ']');
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}
