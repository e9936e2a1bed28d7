/* jsonl.c - one JSON object a line. A bad line is an error with its column; the next line is read. */
#include "base/utf8.h"
#include "intake/html_text.h"
#include "intake/reader.h"
#include <inttypes.h>
#include <jansson.h>

static str value_text(struct intake *in, struct intake_record *r, const json_t *v) {
  if (json_is_string(v)) return hold_text(in, r, (str){json_string_value(v), json_string_length(v)});
  char number[32];
  if (!json_is_integer(v)) return (str){0};
  int n = snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
  return arena_str(&in->hold, (str){number, n > 0 ? (size_t)n : 0});
}

/* Values that are null or missing are empty; an id may be a whole number. */
static void take_object(struct intake *in, struct intake_record *r, const json_t *object) {
  for (enum field f = 0; f < FIELDS; f++) {
    const json_t *v = json_object_get(object, field_name(f));
    if (!v || json_is_null(v)) continue;
    if (!json_is_string(v) && !json_is_integer(v))
      err_set(&r->error, ERR_FORMAT, "the value of \"%s\" is no string", field_name(f));
    *field_of(r, f) = value_text(in, r, v);
  }
}

/* ---- a report of ReliefWeb: {"id": "4028", "fields": {"title", "body-html", "date": {"original"}, "source": [{"name"}], ..}} */

static const json_t *first_of(const json_t *list, const char *key) {
  return json_object_get(json_is_array(list) ? json_array_get(list, 0) : list, key);
}

/* The body as HTML where it was asked for, else as Markdown, which is text. */
static str body_of(struct intake *in, struct intake_record *r, const json_t *fields) {
  str html = value_text(in, r, json_object_get(fields, "body-html"));
  struct html_page page;
  if (!html.n) return value_text(in, r, json_object_get(fields, "body"));
  return html_read(html, HTML_ALL, &in->hold, &page, &r->error) ? page.text : (str){0};
}

static void take_report(struct intake *in, struct intake_record *r, const json_t *report) {
  const json_t *fields = json_object_get(report, "fields"), *date = json_object_get(fields, "date");
  const json_t *day = json_object_get(date, "original"), *url = json_object_get(fields, "url_alias");
  r->id = value_text(in, r, json_object_get(report, "id"));
  r->title = value_text(in, r, json_object_get(fields, "title"));
  r->text = body_of(in, r, fields);
  r->date = value_text(in, r, day ? day : json_object_get(date, "created"));
  r->source = value_text(in, r, first_of(json_object_get(fields, "source"), "name"));
  r->url = value_text(in, r, url ? url : json_object_get(fields, "url"));
  r->lang = value_text(in, r, first_of(json_object_get(fields, "language"), "code"));
}

/* jansson refuses invalid UTF-8, so the line is repaired first. */
void json_record(struct intake *in, struct intake_record *r, str line) {
  struct buf repaired;
  buf_init(&repaired, HOLD_CAP);
  if (!utf8_valid(line) || memchr(line.p, 0, line.n)) {
    r->repaired += (uint32_t)utf8_repair(&repaired, line);
    line = buf_str(&repaired);
  }
  json_error_t problem;
  json_t *v = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &problem);
  if (!v) err_set(&r->error, ERR_FORMAT, "bad JSON at column %d: %s", problem.column, problem.text);
  else if (!json_is_object(v)) err_set(&r->error, ERR_FORMAT, "a line must be one JSON object");
  else if (json_is_object(json_object_get(v, "fields")) && !json_object_get(v, "text")) take_report(in, r, v);
  else take_object(in, r, v);
  json_decref(v);
  buf_release(&repaired);
}

static bool jsonl_next(struct intake *in, struct intake_record *r) {
  for (;;) {
    r->line = in->line_number;
    r->byte = source_offset(in->source);
    enum line_state state = read_line(in);
    if (state == LINE_END || (!in->line_ended && source_failed(in->source, NULL))) return false; /* a line cut off */
    if (state == LINE_LONG)
      return err_set(&r->error, ERR_LIMIT, "the line is longer than %zu bytes; it was skipped", in->options.max_text) ||
             true;
    str line = str_trim(buf_str(&in->line));
    if (!line.n) continue;
    const char *kind = r->line == 1 ? binary_kind(line) : NULL;
    if (kind) {
      in->done = true;
      return err_set(&r->error, ERR_BINARY, "this is %s", kind) || true;
    }
    json_record(in, r, line);
    return true;
  }
}

const struct format format_jsonl = {.name = "jsonl", .many = true, .next = jsonl_next};
