/* intake.c - opens a file, finds its format, and checks every record that a reader gives: text, date, id. */
#include "intake/intake.h"
#include "intake/pubdate.h"
#include "intake/reader.h"
#include "intake/sniff.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEEP_MEMORY = 1 << 23, SNIFF_BYTES = 4096 };

static bool set_up(struct intake *in, const char *path, const struct intake_options *options, struct err *e) {
  in->options = options ? *options : INTAKE_DEFAULTS;
  if (!in->options.max_text || in->options.max_text > INTAKE_MAX_RECORD) in->options.max_text = INTAKE_MAX_RECORD;
  arena_init(&in->hold, HOLD_CAP);
  buf_init(&in->line, in->options.max_text + SNIFF_BYTES);
  in->path = strdup(path);
  in->line_number = 1;
  if (!in->path) return err_set(e, ERR_NOMEM, "no memory for a reader");
  const char *name = in->options.format;
  if (name && strcmp(name, "auto") != 0) {
    in->format = format_by_name(name);
    if (!in->format)
      return err_set(e, ERR_USAGE, "'%s' is no input format: auto, text, jsonl, json, csv, html, feed, export", name);
  }
  return true;
}

bool intake_knows(const char *format) { return !strcmp(format, "auto") || format_by_name(format); }

bool intake_open(struct intake **out, const char *path, const struct intake_options *options, struct err *e) {
  *out = NULL;
  struct intake *in = calloc(1, sizeof *in);
  if (!in) return err_set(e, ERR_NOMEM, "no memory for a reader");
  bool ok = set_up(in, path, options, e) && source_open(&in->source, path, in->options.stop, e);
  if (ok && !in->format) in->format = format_sniff(path, source_peek_more(in->source, SNIFF_BYTES));
  if (ok && in->format->open) ok = in->format->open(in, e);
  if (!ok) {
    intake_close(in);
    return false;
  }
  *out = in;
  return true;
}

void intake_close(struct intake *in) {
  if (!in) return;
  if (in->format && in->format->close && in->state) in->format->close(in);
  source_close(in->source);
  arena_release(&in->hold);
  buf_release(&in->line);
  free(in->path);
  free(in);
}

const char *intake_format(const struct intake *in) { return in->format->name; }

/* ---- checks */

/* "file:line" for a record without an id; the file alone where it holds one document. */
static str made_id(struct intake *in, const struct intake_record *r) {
  char id[4200];
  const char *path = in->path[0] == '-' && !in->path[1] ? "stdin" : in->path;
  int n =
      in->format->many ? snprintf(id, sizeof id, "%s:%" PRIu64, path, r->line) : snprintf(id, sizeof id, "%s", path);
  if (n < 0) return (str){0};
  struct intake_record ignored = {0};
  return hold_text(in, &ignored, (str){id, (size_t)n < sizeof id ? (size_t)n : sizeof id - 1});
}

static bool check_date(struct intake *in, struct intake_record *r) {
  r->day = DAY_NONE;
  if (!str_trim(r->date).n) {
    r->day = in->options.default_date;
    return r->day != DAY_NONE || err_set(&r->error, ERR_DATE_MISSING,
                                         "no date: give a date in the record, a line 'date YYYY-MM-DD', or --date");
  }
  switch (pubdate_parse(r->date, &r->day)) {
  case PUBDATE_OK: return true;
  case PUBDATE_IMPOSSIBLE:
    return err_set(&r->error, ERR_DATE_BAD, "'%.*s' is no day of the calendar", (int)(r->date.n < 64 ? r->date.n : 64),
                   r->date.p);
  default:
    return err_set(&r->error, ERR_DATE_BAD, "'%.*s' is no date that can be read: write it as YYYY-MM-DD",
                   (int)(r->date.n < 64 ? r->date.n : 64), r->date.p);
  }
}

static void check(struct intake *in, struct intake_record *r) {
  r->file = in->path;
  if (!str_trim(r->id).n) r->id = made_id(in, r);
  if (!r->source.n && in->options.default_source) r->source = str_of(in->options.default_source);
  if (r->error.code == ERR_OK) {
    if (!str_trim(r->text).n) err_set(&r->error, ERR_EMPTY, "there is no text");
    else check_date(in, r);
  }
  if (r->error.code != ERR_OK) err_at(&r->error, in->path, r->line, r->byte);
}

bool intake_next(struct intake *in, struct intake_record *r) {
  *r = (struct intake_record){.day = DAY_NONE};
  if (in->done) return false;
  if (in->hold.used > KEEP_MEMORY)
    arena_release(&in->hold); /* one giant must not hold its memory for the rest of the run */
  else arena_reset(&in->hold);
  if (in->line.size > KEEP_MEMORY) {
    buf_release(&in->line);
    buf_init(&in->line, in->options.max_text + SNIFF_BYTES);
  }
  r->line = in->line_number;
  r->byte = source_offset(in->source);
  bool more = in->format->next(in, r);
  if (!more) {
    in->done = true;
    bool failed = source_failed(in->source, &r->error);
    if (!failed && in->records) return false;
    if (!failed) err_set(&r->error, ERR_EMPTY, "the file holds no document");
  }
  in->records++;
  check(in, r);
  return true;
}
