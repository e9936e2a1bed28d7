/* source.h - the files named on a command line as one stream of inputs. */
#ifndef TR_CLI_SOURCE_H
#define TR_CLI_SOURCE_H
#include "pipeline/engine.h"
#include <jansson.h>
#include <stdio.h>

struct intake_options {
  const char *format;
  int32_t default_date;
  const char *default_source;
};
struct source {
  char **path;
  int n, at;
  struct intake_options options;
  FILE *file;
  char *line;
  size_t size;
  json_t *record;
};
bool source_init(struct source *s, char **path, int n, struct err *e);
void source_release(struct source *s);
bool source_next(void *ctx, struct input *in);
#endif
