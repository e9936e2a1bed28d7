/* api_forms.c - a list as JSON, as lines of JSON, as CSV; the newest incidents as an Atom feed; the description of all of it (OpenAPI). */
#include "base/csv.h"
#include "base/json.h"
#include "serve/api.h"
#include <stdio.h>
#include <string.h>

enum { FEED = 50 };

/* ---- rows */

static void put_json_row(struct json *j, const struct ledger_query *q) {
  json_open(j, '{');
  for (int i = 0; i < ledger_query_columns(q); i++) {
    str cell = ledger_query_text(q, i);
    if (cell.n) json_key_str(j, ledger_query_name(q, i), cell);
    else json_key_null(j, ledger_query_name(q, i));
  }
  json_close(j, '}');
}

static void put_csv_row(struct buf *out, const struct ledger_query *q, bool names) {
  for (int i = 0; i < ledger_query_columns(q); i++) {
    if (i) buf_putc(out, ',');
    csv_put(out, names ? str_of(ledger_query_name(q, i)) : ledger_query_text(q, i), true);
  }
  buf_puts(out, "\r\n");
}

/* The cursor of the row that q stands on. */
static void cursor_of(struct request *r, const struct ledger_query *q, int64_t row) {
  str id = site_cell(q, "id");
  if (id.n && id.n < sizeof r->next) snprintf(r->next, sizeof r->next, "%.*s", STR_FMT(id));
  else snprintf(r->next, sizeof r->next, "@%lld", (long long)row);
}

static void put_meta(struct request *r, struct json *j, const struct api_list *list, int64_t n, bool more) {
  json_key(j, "meta");
  json_open(j, '{');
  json_key_name(j, "schema", "tightrope-api/1");
  json_key_name(j, "list", list->name);
  json_key_int(j, "before", (int64_t)r->before);
  json_key_int(j, "count", n);
  json_key_bool(j, "more", more);
  json_key_name(j, "next", more ? r->next : "");
  json_key(j, "filters");
  json_open(j, '{');
  for (const char *const *f = api_filters; *f; f++)
    if (request_get(r, *f)) json_key_str(j, *f, str_of(request_get(r, *f)));
  json_close(j, '}');
  json_key_name(j, "note", "coded by machine from reports, not facts; silence is not peace");
  json_close(j, '}');
}

void api_rows(struct request *r, struct ledger_query *q, enum api_form form, const struct api_list *list,
              int64_t most) {
  struct json j = json_writer(r->out);
  const char *after = request_get(r, "after");
  int64_t n = 0, before = (int64_t)r->before;
  if (after && after[0] == '@') str_to_int(str_of(after + 1), &before);
  if (form == API_JSON) json_open(&j, '{'), json_key(&j, "rows"), json_open(&j, '[');
  if (form == API_CSV) put_csv_row(r->out, q, true);
  for (; n < most && site_next(r, q); n++) {
    if (form == API_CSV) put_csv_row(r->out, q, false);
    else put_json_row(&j, q);
    if (form == API_JSONL) buf_putc(r->out, '\n'), j = json_writer(r->out);
    if (n + 1 == most) cursor_of(r, q, before + n + 1);
  }
  bool more = n == most && site_next(r, q);
  if (!more) r->next[0] = 0;
  if (form != API_JSON) return;
  json_close(&j, ']');
  put_meta(r, &j, list, n, more);
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}

/* ---- Atom (RFC 4287) */

/* "2020-01-03 ASSAULT: A > B, according to C": what is told has its teller in the title. */
static void put_entry(struct request *r, const struct ledger_query *q) {
  str actor = site_cell(q, "actor"), recipient = site_cell(q, "recipient"), speaker = site_cell(q, "speaker");
  buf_puts(r->out, "<entry><id>urn:tightrope:");
  site_text(r->out, site_cell(q, "id"));
  buf_puts(r->out, "</id><title>");
  site_text(r->out, site_cell(q, "date"));
  buf_putc(r->out, ' ');
  site_text(r->out, site_cell(q, "type"));
  buf_puts(r->out, ": ");
  site_text(r->out, actor.n ? actor : STR("nobody named"));
  if (recipient.n) buf_puts(r->out, " \xE2\x86\x92 "), site_text(r->out, recipient);
  buf_puts(r->out, ", ");
  if (speaker.n) buf_puts(r->out, "according to "), site_text(r->out, speaker);
  else
    buf_puts(r->out, "reported by "),
        site_text(r->out, site_cell(q, "source").n ? site_cell(q, "source") : STR("an outlet without a name"));
  buf_puts(r->out, "</title><updated>");
  site_text(r->out, site_cell(q, "told_last"));
  buf_puts(r->out, "T00:00:00Z</updated><link href=\"/incident/");
  site_query(r->out, site_cell(q, "id"));
  buf_puts(r->out, "\"/><summary>");
  site_text(r->out, site_cell(q, "evidence"));
  buf_puts(r->out, "</summary></entry>\n");
}

void api_atom(struct request *r) {
  struct ledger_filter f;
  struct site_extent x;
  if (!request_filter(r, &f)) {
    api_problem(r, 400, "A parameter is wrong", "days are YYYY-MM-DD, limit is 1 to 1000");
    return;
  }
  site_extent(r, &x);
  if (!f.limit) f.limit = FEED;
  buf_printf(
      r->out,
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:tightrope:incidents</id><title>Incidents of "
      "this ledger, coded by machine from reports</title><author><name>Tightrope</name></author><updated>%sT00:00:00Z</updated>\n",
      x.documents ? x.last : "1970-01-01");
  struct ledger_query *q = site_list(r, LIST_LATEST, &f);
  while (site_next(r, q)) put_entry(r, q);
  ledger_query_close(q);
  buf_puts(r->out, "</feed>\n");
  if (r->e.code != ERR_OK) api_problem(r, 500, "The ledger cannot be read", r->e.message);
}

/* ---- OpenAPI 3.1 */

static void put_parameters(struct json *j) {
  json_key(j, "parameters");
  json_open(j, '{');
  for (const char *const *f = api_filters; *f; f++) {
    bool number = !strcmp(*f, "limit") || !strcmp(*f, "page");
    json_key(j, *f);
    json_open(j, '{');
    json_key_name(j, "name", *f), json_key_name(j, "in", "query"),
        json_key_name(j, "description", api_filter_means(*f));
    json_key(j, "schema");
    json_open(j, '{');
    json_key_name(j, "type", number ? "integer" : "string");
    json_close(j, '}'), json_close(j, '}');
  }
  json_close(j, '}');
}

static void put_answer(struct json *j, const char *status, const char *what, const char *type) {
  json_key(j, status);
  json_open(j, '{');
  json_key_name(j, "description", what);
  if (type) {
    char bare[64];
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(type, ";"), type);
    json_key(j, "content");
    json_open(j, '{');
    json_key(j, bare);
    json_open(j, '{'), json_close(j, '}');
    json_close(j, '}');
  }
  json_close(j, '}');
}

static void put_path(struct json *j, const char *name, const char *tail, const char *what, const char *type,
                     bool filters) {
  char path[80];
  snprintf(path, sizeof path, "%s%s%s", name[0] ? "/" : "", name, tail);
  json_key(j, path[0] ? path : "/");
  json_open(j, '{');
  json_key(j, "get");
  json_open(j, '{');
  json_key_name(j, "summary", what);
  if (filters) {
    json_key(j, "parameters");
    json_open(j, '[');
    for (const char *const *f = api_filters; *f; f++) {
      char ref[64];
      snprintf(ref, sizeof ref, "#/components/parameters/%s", *f);
      json_open(j, '{'), json_key_name(j, "$ref", ref), json_close(j, '}');
    }
    json_close(j, ']');
  }
  json_key(j, "responses");
  json_open(j, '{');
  put_answer(j, "200", what, type);
  put_answer(j, "304", "unchanged since the ETag that was given", NULL);
  put_answer(j, "400", "a parameter is wrong", "application/problem+json");
  json_close(j, '}');
  json_close(j, '}'), json_close(j, '}');
}

void api_openapi(struct request *r) {
  struct json j = json_writer(r->out);
  json_open(&j, '{');
  json_key_name(&j, "openapi", "3.1.0");
  json_key(&j, "info");
  json_open(&j, '{');
  json_key_name(&j, "title", "Tightrope"), json_key_name(&j, "version", "1");
  json_key_name(
      &j, "description",
      "The ledger of a crisis, coded by machine from reports: not facts. Errors are problem+json (RFC 9457).");
  json_close(&j, '}');
  json_key(&j, "servers");
  json_open(&j, '['), json_open(&j, '{'), json_key_name(&j, "url", "/api/v1"), json_close(&j, '}'), json_close(&j, ']');
  json_key(&j, "paths");
  json_open(&j, '{');
  for (const struct api_list *l = api_lists; l->name; l++) {
    put_path(&j, l->name, "", l->what, "application/json", true);
    put_path(&j, l->name, ".csv", l->what, "text/csv", true);
    put_path(&j, l->name, ".jsonl", l->what, "application/x-ndjson", true);
  }
  for (const struct api_document *d = api_documents; d->name; d++) put_path(&j, d->name, "", d->what, d->type, false);
  put_path(&j, "live", "", "server-sent events: `ledger` when documents have come", "text/event-stream", false);
  json_close(&j, '}');
  json_key(&j, "components");
  json_open(&j, '{'), put_parameters(&j), json_close(&j, '}');
  json_close(&j, '}');
  buf_putc(r->out, '\n');
}
