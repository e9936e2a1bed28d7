/* cmd_keep.c - `tightrope forget|check|backup|upgrade`: looking after a ledger. */
#include "cli/cli.h"
#include "ledger/keep.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

struct options {
  const char *db, *note;
  char **args;
  int n_args, least, most; /* of the command */
};

enum { OPT_DB = 256, OPT_NOTE };

static const struct argp_option forget_options[] = {{"db", OPT_DB, "FILE", 0, "the ledger", 0},
                                                    {"note", OPT_NOTE, "TEXT", 0, "why; kept with the tombstone", 0},
                                                    {0}};
static const struct argp_option plain_options[] = {{"db", OPT_DB, "FILE", 0, "the ledger", 0}, {0}};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_NOTE: o->note = arg; return 0;
  case ARGP_KEY_ARGS:
    o->args = state->argv + state->next;
    o->n_args = state->argc - state->next;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (o->n_args < o->least) argp_error(state, o->most == 1 ? "copy to which file?" : "which document? give its id");
    if (o->n_args > o->most) argp_error(state, "'%s' is too much", o->args[o->most]);
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static int forget(struct ledger *g, const struct options *o, struct err *e) {
  for (int i = 0; i < o->n_args; i++) {
    if (!ledger_forget(g, str_of(o->args[i]), str_of(o->note), e)) return cli_fail(e);
    fprintf(stderr, "%s: forgotten; it will not be taken in again\n", o->args[i]);
  }
  return CLI_OK;
}

static void tell(void *ctx, const char *problem) {
  (void)ctx;
  if (cli_write(str_of(problem))) cli_write(STR("\n"));
}

static int check(struct ledger *g, const struct options *o, struct err *e) {
  uint64_t problems = 0;
  if (!ledger_check(g, tell, NULL, &problems, e)) return cli_fail(e);
  if (problems) fprintf(stderr, "%s: %" PRIu64 " problem%s\n", o->db, problems, problems == 1 ? "" : "s");
  else fprintf(stderr, "%s: whole\n", o->db);
  return problems ? CLI_FAILURE : CLI_OK;
}

static int backup(struct ledger *g, const struct options *o, struct err *e) {
  return ledger_backup(g, o->args[0], e) ? CLI_OK : cli_fail(e);
}

static int upgrade(struct ledger *g, const struct options *o, struct err *e) {
  (void)g, (void)e; /* opening it did the work */
  fprintf(stderr, "%s: ledger version %d\n", o->db, (int)LEDGER_VERSION);
  return CLI_OK;
}

static const struct command {
  const char *name;
  int least, most;
  enum ledger_mode mode;
  int (*run)(struct ledger *g, const struct options *o, struct err *e);
  struct argp argp;
} commands[] = {
    {"forget",
     1,
     1 << 20,
     LEDGER_EDIT,
     forget,
     {forget_options, parse_option, "--db FILE ID..",
      "Takes documents out of a ledger for good: text, entries, and actors that nothing else tells of; the bytes are written over. A hash stays, so "
      "that neither the id nor the text comes in again. Copies and exports that were made before are not reached.",
      NULL, NULL, NULL}},
    {"check",
     0,
     0,
     LEDGER_READ,
     check,
     {plain_options, parse_option, "--db FILE",
      "Looks at all of a ledger: the database, every text and page, what refers to what. One line a problem; exit status 1 if there is one.",
      NULL, NULL, NULL}},
    {"backup",
     1,
     1,
     LEDGER_COPY,
     backup,
     {plain_options, parse_option, "--db FILE COPY",
      "Copies a ledger as it is at one moment into a new file, also while it is written to.", NULL, NULL, NULL}},
    {"upgrade",
     0,
     0,
     LEDGER_EDIT,
     upgrade,
     {plain_options, parse_option, "--db FILE",
      "Brings a ledger of an earlier tightrope up to date: its tables, not its codings (see recode). All of it or, when it is interrupted, nothing; "
      "`backup` it first, an earlier program reads it no more. A ledger that is up to date is left as it is. `ingest` does the same by itself.",
      NULL, NULL, NULL}}};

int cmd_keep(int argc, char **argv) {
  const struct command *c = commands;
  char name[32];
  struct err e = {0};
  while (!str_is(str_of(argv[0]), c->name)) c++;
  struct options o = {.least = c->least, .most = c->most};
  snprintf(name, sizeof name, "tightrope %s", c->name);
  argv[0] = name;
  argp_parse(&c->argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, c->mode, &e);
  if (!g) return cli_fail(&e);
  int code = c->run(g, &o, &e);
  ledger_close(g);
  return cli_close_stdout(code);
}
