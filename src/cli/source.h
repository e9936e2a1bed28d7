/* source.h - the files named on a command line as one stream of inputs, and the options that all reading commands share. */
#ifndef TR_CLI_SOURCE_H
#define TR_CLI_SOURCE_H
#include "intake/intake.h"
#include "intake/seen.h"
#include "pipeline/engine.h"

struct source {
  char **path; /* paths still to read, then the one that is open */
  int n, at;
  struct intake_options options;
  struct intake *open;
  struct intake_record record;
  struct seen *seen;    /* ids of this run */
  bool failed;          /* a file could not be opened */
};

/* path[n] must outlive the source; n = 0 reads standard input. */
bool source_init(struct source *s, char **path, int n, struct err *e);
void source_release(struct source *s);
/* The next document as the pipeline wants it; ctx is the source. A file that cannot be opened gives one input with an error. */
bool source_next(void *ctx, struct input *in);

#endif
