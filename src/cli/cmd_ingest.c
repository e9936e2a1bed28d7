/* cmd_ingest.c - `tightrope ingest`: documents into a ledger; the same command run again goes on where it was stopped. */
#include "cli/cli.h"
#include "cli/inputs.h"
#include "ledger/ledger.h"
#include "pipeline/batch.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct ingest {
  struct inputs inputs;
  const char *db, *model;
  int64_t threads;
  bool quiet;
  char **files;
  int n_files;
  struct ledger *ledger;
  uint64_t done;
  time_t shown; /* when progress was last shown */
};

enum { OPT_DB = 256, OPT_INPUT, OPT_DATE, OPT_SOURCE, OPT_MODEL };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger; made if it is not there", 0},
    {"input", OPT_INPUT, "FORMAT", 0, "auto (default), text, jsonl, json, csv, html, feed or export", 0},
    {"date", OPT_DATE, "YYYY-MM-DD", 0, "publication date of documents that have none", 0},
    {"source", OPT_SOURCE, "NAME", 0, "outlet of documents that name none", 0},
    {"jobs", 'j', "N", 0, "threads (default: one a core)", 0},
    {"model", OPT_MODEL, "FILE", 0, "another model than the one installed", 0},
    {"quiet", 'q', 0, 0, "no progress and no summary", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct ingest *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_INPUT: o->inputs.options.format = arg; return 0;
  case OPT_DATE:
    if (!cli_day(arg, &o->inputs.options.default_date)) argp_error(state, "--date wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case OPT_SOURCE: o->inputs.options.default_source = arg; return 0;
  case 'j':
    if (!cli_number(arg, 1, BATCH_THREADS_MAX, &o->threads))
      argp_error(state, "-j wants a number from 1 to 256, not '%s'", arg);
    return 0;
  case OPT_MODEL: o->model = arg; return 0;
  case 'q': o->quiet = true; return 0;
  case ARGP_KEY_ARGS:
    o->files = state->argv + state->next;
    o->n_files = state->argc - state->next;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    options,
    parse_option,
    "--db FILE [FILE..|-]",
    "Codes documents and puts them into a ledger. What is there already is left as it is, so a run that was "
    "stopped goes on when it is started again.\vExit status: 0 all went in, 3 some documents had an error (they "
    "are kept as errors), 1 failure, 2 usage, 130 interrupted.",
    NULL,
    NULL,
    NULL};

static void show_progress(struct ingest *o) {
  time_t now = time(NULL);
  if (o->quiet || now == o->shown || !cli_terminal(STDERR_FILENO)) return;
  o->shown = now;
  fprintf(stderr, "\r%" PRIu64 " documents", o->done);
}

static bool emit(void *ctx, const struct doc *d, str page, struct err *e) {
  struct ingest *o = (struct ingest *)ctx;
  if (d->error.code != ERR_OK) cli_warn(&d->error);
  o->done++;
  show_progress(o);
  return ledger_put_page(o->ledger, d, page, e);
}

static bool next(void *ctx, struct input *in) { return inputs_next(&((struct ingest *)ctx)->inputs, in); }

static void summary(const struct ingest *o, const struct batch_counts *b) {
  struct ledger_counts c = ledger_counts(o->ledger);
  if (o->quiet) return;
  if (cli_terminal(STDERR_FILENO)) fprintf(stderr, "\r");
  fprintf(stderr,
          "%s: %" PRIu64 " document%s: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " coded anew, %" PRIu64
          " as before, %" PRIu64 " with an error; %" PRIu64 " events, %" PRIu64 " demands, %" PRIu64 " ties\n",
          o->db, b->documents, b->documents == 1 ? "" : "s", c.added, c.updated, c.recoded, c.unchanged, c.bad,
          c.events, c.demands, c.ties);
  if (c.forgotten)
    fprintf(stderr, "%s: %" PRIu64 " left out that this ledger was told to forget\n", o->db, c.forgotten);
}

static int run(struct ingest *o, const struct engine *g) {
  struct err e = {0}, ignored = {0};
  struct batch_counts counts;
  struct page_options page = cli_page_options(g);
  struct ledger_coder coder = {page.version, page.model, page.knowledge, page.ontology};
  struct batch b = {.engine = g,
                    .threads = (unsigned)o->threads,
                    .options = &page,
                    .next = next,
                    .emit = emit,
                    .ctx = o,
                    .stop = &cli_stop};
  if (!ledger_run_begin(o->ledger, &coder, "ingest", &e)) return cli_fail(&e);
  bool ok = batch_run(&b, &counts, &e);
  bool stopped = !ok && e.code == ERR_STOPPED;
  bool ended = ledger_run_end(o->ledger, ok ? "done" : stopped ? "stopped" : "failed", ok ? &e : &ignored);
  summary(o, &counts);
  if (stopped && ended) {
    fprintf(stderr, "tightrope: stopped; what is coded is kept. Run the same command again to go on.\n");
    return CLI_INTERRUPTED;
  }
  if (!ok || !ended) return cli_fail(&e);
  return o->inputs.failed ? CLI_FAILURE : counts.errors ? CLI_SOME_BAD : CLI_OK;
}

int cmd_ingest(int argc, char **argv) {
  static char name[] = "tightrope ingest";
  struct ingest o = {.threads = cli_cores()};
  struct err e = {0};
  o.inputs.options = INTAKE_DEFAULTS;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct engine_options engine_of = {.model = o.model, .isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  if (!(o.ledger = ledger_open(o.db, LEDGER_WRITE, &e))) return cli_fail(&e);
  cli_catch_stop();
  inputs_init(&o.inputs, o.files, o.n_files);
  struct engine *g = engine_open(&engine_of, &e);
  cli_tell_problems(g);
  int code = g ? run(&o, g) : cli_fail(&e);
  engine_close(g);
  ledger_close(o.ledger);
  inputs_release(&o.inputs);
  return code;
}
