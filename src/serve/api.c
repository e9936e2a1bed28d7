/* api.c - the lists as JSON: {"meta":{..},"rows":[..]}, the filters as on the pages, errors as problem+json (RFC 9457). */
#include "base/json.h"
#include "report/export.h"
#include "serve/site.h"
#include <string.h>

static const struct {
  const char *name;
  enum ledger_list list;
} lists[] = {{"events", LIST_EVENTS},       {"incidents", LIST_INCIDENTS}, {"actors", LIST_ACTORS},
             {"ties", LIST_TIES},           {"tenures", LIST_TENURES},     {"demands", LIST_DEMANDS},
             {"deadlines", LIST_DEADLINES}, {"documents", LIST_DOCUMENTS}, {"outlets", LIST_OUTLETS},
             {"coders", LIST_CODERS},       {"series", LIST_SERIES},       {"search", LIST_SEARCH}};
enum { LISTS = sizeof lists / sizeof *lists };

static const struct {
  const char *name, *type;
  bool (*write)(struct ledger *g, const struct ledger_filter *f, struct buf *out, struct err *e);
} forms[] = {{"map.geojson", "application/geo+json", export_geojson},
             {"deadlines.ics", "text/calendar; charset=utf-8", export_ics}};
enum { FORMS = sizeof forms / sizeof *forms };

static void api_problem(struct request *r, unsigned status, const char *title, const char *detail) {
  struct json j;
  buf_clear(r->out);
  j = json_writer(r->out);
  r->status = status, r->type = "application/problem+json";
  json_open(&j, '{');
  json_key_str(&j, "title", str_of(title));
  json_key_int(&j, "status", status);
  json_key_str(&j, "detail", str_of(detail));
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}

static int64_t put_rows(struct request *r, struct json *j, struct ledger_query *q, int64_t most) {
  int64_t n = 0;
  json_key(j, "rows");
  json_open(j, '[');
  for (; n < most && site_next(r, q); n++) {
    json_open(j, '{');
    for (int i = 0; i < ledger_query_columns(q); i++) {
      str cell = ledger_query_text(q, i);
      if (cell.n) json_key_str(j, ledger_query_name(q, i), cell);
      else json_key_null(j, ledger_query_name(q, i));
    }
    json_close(j, '}');
  }
  json_close(j, ']');
  return n;
}

static void put_list(struct request *r, const char *name, enum ledger_list list, const struct ledger_filter *f) {
  struct ledger_filter all = *f;
  int64_t most = f->limit ? f->limit : PAGE_ROWS;
  struct json j = json_writer(r->out);
  all.limit = 0;
  struct ledger_query *q = site_list(r, list, &all);
  if (!q) {
    api_problem(r, 500, "The ledger cannot be read", r->e.message);
    return;
  }
  r->type = "application/json";
  size_t before = site_skip(r, q);
  json_open(&j, '{');
  int64_t n = put_rows(r, &j, q, most);
  json_key(&j, "meta");
  json_open(&j, '{');
  json_key_name(&j, "list", name);
  json_key_int(&j, "before", (int64_t)before);
  json_key_int(&j, "count", n);
  json_key_bool(&j, "more", n == most && site_next(r, q));
  json_close(&j, '}');
  json_close(&j, '}');
  buf_putc(r->out, '\n');
  ledger_query_close(q);
  if (r->e.code != ERR_OK) api_problem(r, 500, "The ledger cannot be read", r->e.message);
}

void api_list(struct request *r) {
  struct ledger_filter f;
  if (!request_filter(r, &f)) {
    api_problem(r, 400, "A parameter is wrong", "days are YYYY-MM-DD, limit is 1 to 1000");
    return;
  }
  if (!strcmp(r->path, "network")) {
    api_network(r);
    return;
  }
  for (int i = 0; i < FORMS; i++)
    if (!strcmp(r->path, forms[i].name)) {
      r->type = forms[i].type;
      if (!forms[i].write(r->ledger, &f, r->out, &r->e)) api_problem(r, 500, "The ledger cannot be read", r->e.message);
      return;
    }
  for (int i = 0; i < LISTS; i++)
    if (!strcmp(r->path, lists[i].name)) {
      if (lists[i].list == LIST_SEARCH && !f.words) {
        api_problem(r, 400, "A parameter is missing", "search wants q: the words to find");
        return;
      }
      {
        put_list(r, lists[i].name, lists[i].list, &f);
        return;
      }
    }
  api_problem(r, 404, "There is no such list", "/api/v1 tells which there are");
}

void api_index(struct request *r) {
  static const char *const filters[] = {"actor", "country", "type", "status", "place", "doc",   "source", "from",
                                        "to",    "q",       "unit", "period", "dedup", "limit", "page"};
  struct json j = json_writer(r->out);
  r->type = "application/json";
  json_open(&j, '{');
  json_key_name(&j, "schema", "tightrope-api/1");
  json_key(&j, "lists");
  json_open(&j, '[');
  for (int i = 0; i < LISTS; i++) json_str(&j, str_of(lists[i].name));
  json_str(&j, STR("network"));
  for (int i = 0; i < FORMS; i++) json_str(&j, str_of(forms[i].name));
  json_close(&j, ']');
  json_key(&j, "filters");
  json_open(&j, '[');
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) json_str(&j, str_of(filters[i]));
  json_close(&j, ']');
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}
