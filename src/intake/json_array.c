/* json_array.c - a JSON file that is an array of documents, or an object with such an array as its "data", as the API of ReliefWeb answers.
 *
 * The array is walked as it comes: one element is held at a time. Elements are records as a line of JSONL is, or ReliefWeb's (jsonl.c
 * tells which). What stands around the array is skipped by its brackets and not judged. */
#include "intake/reader.h"
#include <stdlib.h>

struct json_walk {
  bool in_array;
};

/* The next byte, or -1; lines are counted. */
static int next_byte(struct intake *in) {
  str s = source_peek(in->source);
  if (!s.n) return -1;
  unsigned char c = (unsigned char)s.p[0];
  source_take(in->source, 1);
  in->line_number += c == '\n';
  return c;
}

/* The rest of a string behind its opening mark; its first bytes to `name`. False at the end of the file. */
static bool skip_string(struct intake *in, char *name, size_t room) {
  size_t n = 0;
  for (int c; (c = next_byte(in)) >= 0;) {
    if (c == '"') {
      name[n] = 0;
      return true;
    }
    if (n + 1 < room) name[n++] = (char)c;
    if (c == '\\' && next_byte(in) < 0) return false;
  }
  return false;
}

/* Goes to behind the bracket that opens the array: the file's, or that of the member "data" of its object. */
static bool find_array(struct intake *in) {
  char name[32] = "", last[32] = "";
  int depth = 0;
  for (int c; (c = next_byte(in)) >= 0;) {
    if (c == '"') {
      if (!skip_string(in, name, sizeof name)) return false;
      if (depth == 1) memcpy(last, name, sizeof last);
    } else if (c == '[' && (depth == 0 || (depth == 1 && !strcmp(last, "data")))) return true;
    else if (c == '{' || c == '[') depth++;
    else if (c == '}' || c == ']') depth--;
    else if (c == ',' && depth == 1) last[0] = 0;
  }
  return false;
}

static void keep(struct intake *in, bool *fits, char c) {
  if (*fits) *fits = in->line.n < in->options.max_text;
  if (*fits) buf_putc(&in->line, c);
}

enum element { ELEMENT_OK, ELEMENT_LONG, ELEMENT_CUT };

/* The rest of an element whose first bracket is in in->line, up to the bracket that closes it. */
static enum element read_element(struct intake *in) {
  int depth = 1;
  bool quoted = false, fits = true;
  for (int c; depth > 0;) {
    if ((c = next_byte(in)) < 0) return ELEMENT_CUT;
    keep(in, &fits, (char)c);
    if (c == '\\' && quoted) {
      if ((c = next_byte(in)) < 0) return ELEMENT_CUT;
      keep(in, &fits, (char)c);
    } else if (c == '"') quoted = !quoted;
    else if (!quoted && (c == '{' || c == '[')) depth++;
    else if (!quoted && (c == '}' || c == ']')) depth--;
  }
  return fits && !in->line.failed ? ELEMENT_OK : ELEMENT_LONG;
}

static bool stop_with(struct intake *in, struct intake_record *r, const char *why) {
  in->done = true;
  r->line = in->line_number;
  r->byte = source_offset(in->source);
  return err_set(&r->error, ERR_FORMAT, "%s", why) || true;
}

/* To the array at the first call. False with *more set to what json_next returns. */
static bool begin(struct intake *in, struct json_walk *w, struct intake_record *r, bool *more) {
  if (w->in_array) return true;
  str head = source_peek_more(in->source, 4096);
  const char *kind = binary_kind(head);
  *more = true;
  if (kind) {
    in->done = true;
    err_set(&r->error, ERR_BINARY, "this is %s", kind);
    return false;
  }
  if (!str_trim(head).n) return *more = false;
  w->in_array = true;
  if (find_array(in)) return true;
  if (source_failed(in->source, NULL)) return *more = false;
  stop_with(in, r, "the JSON holds no array of documents: neither the file itself nor its member \"data\" is one");
  return false;
}

static bool json_next(struct intake *in, struct intake_record *r) {
  struct json_walk *w = in->state;
  bool more;
  if (!begin(in, w, r, &more)) return more;
  for (;;) {
    r->line = in->line_number;
    r->byte = source_offset(in->source);
    int c = next_byte(in);
    if (c < 0 && source_failed(in->source, NULL)) return false;
    if (c < 0) return stop_with(in, r, "the file ends inside the array of documents");
    if (c == ']') return false;
    if (c == ',' || ascii_space((char)c)) continue;
    if (c != '{') return stop_with(in, r, "an element of the array is no JSON object");
    buf_clear(&in->line);
    buf_putc(&in->line, '{');
    switch (read_element(in)) {
    case ELEMENT_CUT:
      if (source_failed(in->source, NULL)) return false;
      return stop_with(in, r, "the file ends inside a document");
    case ELEMENT_LONG:
      return err_set(&r->error, ERR_LIMIT, "the document is longer than %zu bytes; it was skipped",
                     in->options.max_text) ||
             true;
    case ELEMENT_OK: json_record(in, r, buf_str(&in->line)); return true;
    }
  }
}

static bool json_open(struct intake *in, struct err *e) {
  in->state = calloc(1, sizeof(struct json_walk));
  return in->state || err_set(e, ERR_NOMEM, "no memory for a reader");
}

static void json_close(struct intake *in) { free(in->state); }

const struct format format_json = {
    .name = "json", .many = true, .open = json_open, .next = json_next, .close = json_close};
