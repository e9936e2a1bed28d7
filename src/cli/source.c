/* source.c - JSONL files on the command line -> inputs. */
#include "cli/source.h"
#include <stdlib.h>

static char dash[] = "/dev/stdin";
static char *standard_input[] = {dash};

bool source_init(struct source *s, char **path, int n, struct err *e) {
  (void)e;
  s->path = n ? path : standard_input;
  s->n = n ? n : 1;
  return true;
}

void source_release(struct source *s) {
  free(s->line);
  json_decref(s->record);
  if (s->file) fclose(s->file);
}

static str member(json_t *o, const char *key) {
  json_t *v = json_object_get(o, key);
  return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){"", 0};
}

bool source_next(void *ctx, struct input *in) {
  struct source *s = ctx;
  *in = (struct input){.day = DAY_NONE};
  for (;;) {
    if (!s->file && (s->at == s->n || !(s->file = fopen(s->path[s->at], "r")))) return false;
    ssize_t n = getline(&s->line, &s->size, s->file);
    if (n >= 0) {
      json_error_t je;
      json_decref(s->record);
      if (!(s->record = json_loadb(s->line, (size_t)n, 0, &je))) return !err_set(&in->error, ERR_FORMAT, "%s", je.text);
      *in = (struct input){.id = member(s->record, "id"), .title = member(s->record, "title"), .text = member(s->record, "text"),
                           .source = member(s->record, "source"), .url = member(s->record, "url"), .day = s->options.default_date};
      if (!day_parse_iso(member(s->record, "date"), &in->day) && in->day == DAY_NONE)
        err_set(&in->error, ERR_DATE_MISSING, "the document has no date");
      return true;
    }
    fclose(s->file);
    s->file = NULL;
    s->at++;
  }
}
