/* cmd_diff.c - `tightrope diff`: what the present rules, knowledge and model make of the events whose fields somebody has judged. */
#include "cli/cli.h"
#include "cli/inputs.h"
#include "cli/table.h"
#include "ledger/again.h"
#include "ledger/correct.h"
#include "pipeline/batch.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct diff {
  const char *db;
  int64_t threads;
  bool all;
  enum table_format format;
  struct ledger *g;
  struct ledger_walk *walk;
  struct table table;
  uint64_t n[OUTCOMES], errors;
  const struct doc *d;
  bool closed; /* the reader of standard output has gone */
  struct err e;
};

enum { OPT_DB = 256, OPT_ALL, OPT_FORMAT };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"all", OPT_ALL, 0, 0, "what is still right or still wrong too", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {"jobs", 'j', "N", 0, "threads (default: one a core)", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct diff *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_ALL: o->all = true; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case 'j':
    if (!cli_number(arg, 1, BATCH_THREADS_MAX, &o->threads))
      argp_error(state, "-j wants a number from 1 to 256, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much; a ledger is given with --db", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    options,
    parse_option,
    "--db FILE",
    "Codes those documents anew, with the present rules, knowledge and model, in which somebody has corrected or confirmed a field, and tells what "
    "is fixed and what is broken by them. Nothing is changed.",
    NULL,
    NULL,
    NULL};

static bool next(void *ctx, struct input *in) {
  struct diff *o = ctx;
  struct ledger_text t;
  if (cli_stop || ledger_walk_next(o->walk, &t, &o->e) != 1) return false;
  *in = inputs_of_ledger(&t);
  return true;
}

static bool tell(void *ctx, const struct correction_judged *x) {
  struct diff *o = ctx;
  o->n[x->outcome]++;
  if (o->closed || (!o->all && (x->outcome == OUTCOME_STILL_RIGHT || x->outcome == OUTCOME_STILL_WRONG))) return true;
  const str cells[] = {
      str_of(correction_outcome_name[x->outcome]), x->event, o->d->id, str_of(x->field), x->was, x->wanted, x->now};
  o->closed = !table_row(&o->table, cells);
  return true;
}

static bool emit(void *ctx, const struct doc *d, str page, struct err *e) {
  struct diff *o = ctx;
  if (d->error.code != ERR_OK) {
    o->errors++;
    cli_warn(&d->error);
    return true;
  }
  o->d = d;
  return corrections_judge(o->g, d->id, page, tell, o, e);
}

static void summary(const struct diff *o) {
  fprintf(stderr,
          "%s: %" PRIu64 " fixed, %" PRIu64 " broken; %" PRIu64 " still right, %" PRIu64 " still wrong, %" PRIu64
          " changed, %" PRIu64 " gone\n",
          o->db, o->n[OUTCOME_FIXED], o->n[OUTCOME_BROKEN], o->n[OUTCOME_STILL_RIGHT], o->n[OUTCOME_STILL_WRONG],
          o->n[OUTCOME_CHANGED], o->n[OUTCOME_GONE]);
}

static int run(struct diff *o, const struct engine *engine) {
  static const char *const names[] = {"outcome", "event", "doc", "field", "was", "wanted", "now"};
  struct page_options page = cli_page_options(engine);
  struct batch_counts counts = {0};
  struct batch b = {.engine = engine,
                    .threads = (unsigned)o->threads,
                    .options = &page,
                    .next = next,
                    .emit = emit,
                    .ctx = o,
                    .stop = &cli_stop};
  struct err e = {0};
  table_begin(&o->table, o->format, sizeof names / sizeof *names, names);
  bool ok = batch_run(&b, &counts, &e);
  if (ok && o->e.code != ERR_OK) ok = false, e = o->e;
  if (o->closed) o->table.format = TABLE_TSV;
  table_end(&o->table);
  if (ok) summary(o);
  return !ok ? cli_fail(&e) : o->errors ? CLI_SOME_BAD : CLI_OK;
}

int cmd_diff(int argc, char **argv) {
  static char name[] = "tightrope diff";
  struct diff o = {.threads = cli_cores()};
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct engine_options of = {.isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  struct engine *engine = NULL;
  cli_catch_stop();
  int code = CLI_FAILURE;
  if ((o.g = ledger_open(o.db, LEDGER_READ, &e)) && (o.walk = ledger_walk_corrected(o.g, &e)) &&
      (engine = engine_open(&of, &e)))
    code = run(&o, engine);
  else code = cli_fail(&e);
  ledger_walk_close(o.walk);
  engine_close(engine);
  ledger_close(o.g);
  return cli_close_stdout(code);
}
