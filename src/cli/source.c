/* source.c - files on the command line -> inputs, one after the other. */
#include "cli/source.h"
#include <stdio.h>

static char *standard_input[] = {"-"};

bool source_init(struct source *s, char **path, int n, struct err *e) {
  s->path = n ? path : standard_input;
  s->n = n ? n : 1;
  s->at = 0;
  s->open = NULL;
  s->failed = false;
  s->seen = seen_open();
  return s->seen || err_set(e, ERR_NOMEM, "no memory for the ids of the run");
}

void source_release(struct source *s) {
  if (s->open) intake_close(s->open);
  seen_close(s->seen);
}

static void unreadable(struct source *s, struct input *in, const struct err *e) {
  *in = (struct input){.id = str_of(s->path[s->at]), .day = DAY_NONE, .error = *e};
  s->failed = true;
  s->at++;
}

static void from_record(struct source *s, struct input *in) {
  const struct intake_record *r = &s->record;
  *in = (struct input){.id = r->id, .title = r->title, .text = r->text, .source = r->source, .url = r->url, .lang = r->lang,
                       .date_text = r->date, .day = r->day, .repaired = r->repaired, .error = r->error};
  if (in->error.code == ERR_OK && !seen_add(s->seen, r->id)) {
    err_set(&in->error, ERR_DUPLICATE, "the id '%.*s' stood before in this run", r->id.n > 80 ? 80 : (int)r->id.n, r->id.p);
    err_at(&in->error, r->file, r->line, r->byte);
  }
}

bool source_next(void *ctx, struct input *in) {
  struct source *s = ctx;
  struct err e = {0};
  for (;;) {
    if (!s->open) {
      if (s->at == s->n) return false;
      if (!intake_open(&s->open, s->path[s->at], &s->options, &e)) {
        s->open = NULL;
        unreadable(s, in, &e);
        return true;
      }
    }
    if (intake_next(s->open, &s->record)) {
      from_record(s, in);
      return true;
    }
    intake_close(s->open);
    s->open = NULL;
    s->at++;
  }
}
