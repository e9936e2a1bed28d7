/* inputs.h - the files named on a command line as one stream of inputs, and the options that all reading commands share. */
#ifndef TR_CLI_INPUTS_H
#define TR_CLI_INPUTS_H
#include "intake/intake.h"
#include "intake/seen.h"
#include "ledger/ledger.h"
#include "pipeline/engine.h"

struct inputs {
  char **path; /* paths still to read, then the one that is open */
  int n, at;
  struct intake_options options;
  struct intake *open;
  struct intake_record record;
  struct seen seen; /* ids of this run */
  bool failed;      /* a file could not be opened */
};

/* path[n] must outlive it; n = 0 reads standard input. */
void inputs_init(struct inputs *s, char **path, int n);
void inputs_release(struct inputs *s);
/* The next document as the pipeline wants it; ctx is the struct. A file that cannot be opened gives one input with an error. After
 * Ctrl-C (cli_stop) there is no next one: what was being read may be half a document. */
bool inputs_next(void *ctx, struct input *in);

/* A document of a ledger as the pipeline wants it; views live as long as the text. */
struct input inputs_of_ledger(const struct ledger_text *t);

#endif
