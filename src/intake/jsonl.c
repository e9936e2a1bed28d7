/* jsonl.c - one JSON object a line. A bad line is an error with its column; the next line is read. */
#include "base/utf8.h"
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

/* jansson refuses invalid UTF-8, so the line is repaired first. */
static void parse(struct intake *in, struct intake_record *r, str line) {
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
    parse(in, r, line);
    return true;
  }
}

const struct format format_jsonl = {.name = "jsonl", .many = true, .next = jsonl_next};
