/* cmd_recode.c - `tightrope recode`: codes a ledger's documents anew with the present rules, knowledge and model, and tells what differs. */
#include "cli/cli.h"
#include "cli/inputs.h"
#include "cli/table.h"
#include "ledger/again.h"
#include "ledger/page_diff.h"
#include "pipeline/batch.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct recode {
  const char *db;
  int64_t threads;
  bool yes, all, quiet;
  enum table_format format;
  struct ledger *from, *to; /* `to`: NULL where the difference is only told */
  struct ledger_walk *walk;
  struct table table;
  struct page_diff_counts counts;
  struct buf before;
  const struct doc *d; /* the one that is compared */
  uint64_t errors;
  bool closed; /* the reader of standard output has gone */
  struct err e;
};

enum { OPT_DB = 256, OPT_YES, OPT_ALL, OPT_FORMAT };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"yes", OPT_YES, 0, 0,
     "put what is coded anew into the ledger; without it the difference is told and nothing is changed", 0},
    {"all", OPT_ALL, 0, 0, "documents too that the present versions have coded", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table, tsv, csv or jsonl", 0},
    {"jobs", 'j', "N", 0, "threads (default: one a core)", 0},
    {"quiet", 'q', 0, 0, "no list of differences, the summary alone", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct recode *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_YES: o->yes = true; return 0;
  case OPT_ALL: o->all = true; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case 'j':
    if (!cli_number(arg, 1, BATCH_THREADS_MAX, &o->threads))
      argp_error(state, "-j wants a number from 1 to 256, not '%s'", arg);
    return 0;
  case 'q': o->quiet = true; return 0;
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
    "Codes the documents of a ledger anew that other versions of rules, knowledge or model have coded, and lists every entry that is new, gone or "
    "read otherwise. With --yes the ledger gets them; a run that was stopped goes on when it is started again.",
    NULL,
    NULL,
    NULL};

static bool next(void *ctx, struct input *in) {
  struct recode *o = ctx;
  struct ledger_text t;
  if (cli_stop || ledger_walk_next(o->walk, &t, &o->e) != 1) return false;
  *in = inputs_of_ledger(&t);
  return true;
}

static bool tell(void *ctx, const struct page_change *c) {
  struct recode *o = ctx;
  const str cells[] = {o->d->id, str_of(c->kind), str_of(c->change), c->id, c->before, c->after};
  if (!o->quiet && !o->closed) o->closed = !table_row(&o->table, cells);
  return true;
}

static bool emit(void *ctx, const struct doc *d, str page, struct err *e) {
  struct recode *o = ctx;
  if (d->error.code != ERR_OK) {
    o->errors++;
    cli_warn(&d->error);
    return true; /* what the ledger has of it stays */
  }
  o->d = d;
  buf_clear(&o->before);
  if (!ledger_page_of(o->from, d->id, &o->before, e)) { /* damaged: all of it is new, and --yes mends it */
    cli_warn(e);
    err_clear(e);
    buf_clear(&o->before);
    buf_puts(&o->before, "{}");
  }
  return page_diff(buf_str(&o->before), page, tell, o, &o->counts, e) && (!o->to || ledger_put_page(o->to, d, page, e));
}

static void summary(const struct recode *o, const struct batch_counts *b) {
  const struct page_diff_counts *c = &o->counts;
  fprintf(stderr,
          "%s: %" PRIu64 " document%s coded anew: %" PRIu64 " entries as before, %" PRIu64 " read otherwise, %" PRIu64
          " new, %" PRIu64 " gone",
          o->db, b->documents, b->documents == 1 ? "" : "s", c->same, c->changed, c->added, c->gone);
  if (o->errors) fprintf(stderr, "; %" PRIu64 " documents with an error are left as they were", o->errors);
  fprintf(stderr, o->to ? "\n" : "; nothing is changed, --yes puts it into the ledger\n");
}

static int run(struct recode *o, const struct engine *g) {
  static const char *const names[] = {"doc", "kind", "change", "id", "before", "after"};
  struct page_options page = cli_page_options(g);
  struct ledger_coder coder = {page.version, page.model, page.knowledge, page.ontology};
  struct batch_counts counts = {0};
  struct batch b = {.engine = g,
                    .threads = (unsigned)o->threads,
                    .options = &page,
                    .next = next,
                    .emit = emit,
                    .ctx = o,
                    .stop = &cli_stop};
  struct err e = {0}, ignored = {0};
  if (!(o->walk = ledger_walk_open(o->from, o->all ? NULL : &coder, &e))) return cli_fail(&e);
  if (o->to) ledger_set_anew(o->to, o->all);
  if (o->to && !ledger_run_begin(o->to, &coder, "recode", &e)) return cli_fail(&e);
  table_begin(&o->table, o->format, 6, names);
  bool ok = batch_run(&b, &counts, &e);
  if (ok && o->e.code != ERR_OK) ok = false, e = o->e;
  bool stopped = !ok && e.code == ERR_STOPPED;
  if (o->to && !ledger_run_end(o->to, ok ? "done" : stopped ? "stopped" : "failed", ok ? &e : &ignored)) ok = false;
  if (o->closed) o->table.format = TABLE_TSV; /* a reader that has gone wants no rest */
  table_end(&o->table);
  summary(o, &counts);
  if (stopped) return CLI_INTERRUPTED;
  return !ok ? cli_fail(&e) : o->errors ? CLI_SOME_BAD : CLI_OK;
}

int cmd_recode(int argc, char **argv) {
  static char name[] = "tightrope recode";
  struct recode o = {.threads = cli_cores()};
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct engine_options of = {.isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  struct engine *g = NULL;
  buf_init(&o.before, (size_t)1 << 30);
  cli_catch_stop();
  int code = CLI_FAILURE;
  if ((o.from = ledger_open(o.db, LEDGER_READ, &e)) && (!o.yes || (o.to = ledger_open(o.db, LEDGER_EDIT, &e))) &&
      (g = engine_open(&of, &e)))
    code = run(&o, g);
  else cli_fail(&e);
  ledger_walk_close(o.walk);
  engine_close(g);
  ledger_close(o.to);
  ledger_close(o.from);
  buf_release(&o.before);
  return cli_close_stdout(code);
}
