/* inputs.c - files on the command line -> inputs, one after the other. */
#include "cli/inputs.h"
#include "cli/cli.h"
#include <stdio.h>

static char dash[] = "-";
static char *standard_input[] = {dash};

void inputs_init(struct inputs *s, char **path, int n) {
  s->path = n ? path : standard_input;
  s->n = n ? n : 1;
  s->at = 0;
  s->open = NULL;
  s->failed = false;
  s->options.stop = &cli_stop;
  seen_init(&s->seen);
}

void inputs_release(struct inputs *s) {
  if (s->open) intake_close(s->open);
  seen_release(&s->seen);
}

static void unreadable(struct inputs *s, struct input *in, const struct err *e) {
  *in = (struct input){.id = str_of(s->path[s->at]), .day = DAY_NONE, .error = *e};
  s->failed = true;
  s->at++;
}

static void from_record(struct inputs *s, struct input *in) {
  const struct intake_record *r = &s->record;
  *in = (struct input){.id = r->id,
                       .title = r->title,
                       .text = r->text,
                       .source = r->source,
                       .url = r->url,
                       .lang = r->lang,
                       .date_text = r->date,
                       .day = r->day,
                       .repaired = r->repaired,
                       .error = r->error};
  if (in->error.code == ERR_OK && !seen_add(&s->seen, r->id, &in->error)) err_at(&in->error, r->file, r->line, r->byte);
  in->file = r->file;
  in->line = r->line;
}

bool inputs_next(void *ctx, struct input *in) {
  struct inputs *s = ctx;
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
    bool more = intake_next(s->open, &s->record);
    if (cli_stop) return false;
    if (more) {
      from_record(s, in);
      return true;
    }
    intake_close(s->open);
    s->open = NULL;
    s->at++;
  }
}

struct input inputs_of_ledger(const struct ledger_text *t) {
  struct input in = {.id = t->id,
                     .title = t->title,
                     .text = t->text,
                     .source = t->source,
                     .url = t->url,
                     .lang = t->lang,
                     .date_text = t->published,
                     .day = DAY_NONE};
  day_parse_iso(t->date, &in.day);
  return in;
}
