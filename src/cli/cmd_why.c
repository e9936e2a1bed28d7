/* cmd_why.c - `tightrope why ID`: codes the document of a record anew, with a trace, and tells how the record was read. */
#include "cli/cli.h"
#include "serve/explain.h"
#include <argp.h>
#include <stdlib.h>
#include <unistd.h>

struct why_options {
  const char *db, *id;
};

enum { OPT_DB = 256 };

static const struct argp_option options[] = {{"db", OPT_DB, "FILE", 0, "the ledger", 0}, {0}};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct why_options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case ARGP_KEY_ARG:
    if (o->id) argp_error(state, "one id at a time");
    o->id = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (!o->id) argp_error(state, "which event, demand or tie? give its id or the beginning of it");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    options,
    parse_option,
    "--db FILE ID",
    "Tells how an event, demand or tie was read: its sentence, the tree, the rule, the slots, and what "
    "else was considered. The beginning of an id will do.",
    NULL,
    NULL,
    NULL};

int cmd_why(int argc, char **argv) {
  static char name[] = "tightrope why";
  struct why_options o = {0};
  struct engine_options of = {.isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  struct err e = {0};
  struct buf out;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  buf_init(&out, (size_t)1 << 26);
  struct ledger *ledger = ledger_open(o.db, LEDGER_READ, &e);
  struct engine *g = ledger ? engine_open(&of, &e) : NULL;
  struct worker *w = g ? worker_open(g, &e) : NULL;
  bool told = w && explain_record(ledger, g, w, str_of(o.id), cli_colour(STDOUT_FILENO), &out, &e);
  if (told) cli_write(buf_str(&out));
  else cli_fail(&e);
  worker_close(w);
  engine_close(g);
  ledger_close(ledger);
  buf_release(&out);
  return cli_close_stdout(told ? CLI_OK : CLI_FAILURE);
}
