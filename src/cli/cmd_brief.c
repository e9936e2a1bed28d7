/* cmd_brief.c - `tightrope brief`: one page about a ledger, with footnotes. */
#include "cli/cli.h"
#include "report/brief.h"
#include <argp.h>

struct options {
  const char *db;
  struct brief_options brief;
};

enum { OPT_DB = 256, OPT_ON, OPT_DAYS, OPT_ACTOR, OPT_FORMAT };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"on", OPT_ON, "YYYY-MM-DD", 0, "last day of the period (default: the newest document's)", 0},
    {"days", OPT_DAYS, "N", 0, "length of the period (default 7)", 0},
    {"actor", OPT_ACTOR, "WORDS", 0, "only what concerns an actor whose name holds these words", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "md (default) or html", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  int64_t days;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_ON:
    if (!cli_day(arg, &o->brief.on)) argp_error(state, "--on wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case OPT_DAYS:
    if (!cli_number(arg, 1, 3660, &days)) argp_error(state, "--days wants a number from 1 to 3660, not '%s'", arg);
    else o->brief.days = (int)days;
    return 0;
  case OPT_ACTOR: o->brief.actor = arg; return 0;
  case OPT_FORMAT:
    o->brief.html = str_is(str_of(arg), "html");
    if (!o->brief.html && !str_is(str_of(arg), "md")) argp_error(state, "--format wants md or html, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much; a ledger is given with --db", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {options,     parse_option,
                                 "--db FILE", "One page: what changed, what is due, what is contested, with footnotes.",
                                 NULL,        NULL,
                                 NULL};

int cmd_brief(int argc, char **argv) {
  static char name[] = "tightrope brief";
  struct options o = {.brief = {.on = DAY_NONE, .days = 7}};
  struct err e = {0};
  struct buf out;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  buf_init(&out, (size_t)1 << 28);
  int code = brief_write(g, &o.brief, &out, &e) ? CLI_OK : cli_fail(&e);
  if (code == CLI_OK) cli_write(buf_str(&out));
  buf_release(&out);
  ledger_close(g);
  return cli_close_stdout(code);
}
