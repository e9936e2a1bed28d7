/* cmd_serve.c - `tightrope serve`: the dashboard, until Ctrl-C. */
#include "cli/cli.h"
#include "serve/serve.h"
#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPT_DB = 256, OPT_PORT, DEFAULT_PORT = 8642 };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"port", OPT_PORT, "N", 0, "port on 127.0.0.1 (default 8642; 0: any that is free)", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct serve_options *o = state->input;
  int64_t port;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_PORT:
    if (!cli_number(arg, 0, 65535, &port)) argp_error(state, "--port wants a number from 0 to 65535, not '%s'", arg);
    else o->port = (uint16_t)port;
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
    "Shows a ledger as web pages and as JSON under /api/v1, to this machine alone. Nothing is written; the ledger may be filled meanwhile. "
    "Ctrl-C ends it.",
    NULL,
    NULL,
    NULL};

int cmd_serve(int argc, char **argv) {
  static char name[] = "tightrope serve";
  struct serve_options o = {.port = DEFAULT_PORT, .isa = getenv("TIGHTROPE_ISA")};
  struct err e = {0};
  sigset_t stop;
  int got;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  /* Blocked before the server's thread starts, so that the signal comes here, to sigwait. */
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, NULL);
  struct serve *s = serve_open(&o, &e);
  if (!s) return cli_fail(&e);
  fprintf(stderr, "http://127.0.0.1:%u/ shows %s; Ctrl-C ends it\n", serve_port(s), o.db);
  sigwait(&stop, &got);
  serve_close(s);
  return CLI_OK;
}
