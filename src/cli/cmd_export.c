/* cmd_export.c - `tightrope export`: a ledger as a data package in a folder, or as GeoJSON or iCalendar on standard output. */
#include "cli/cli.h"
#include "report/export.h"
#include <argp.h>
#include <stdio.h>

struct options {
  const char *db, *to;
  struct ledger_filter filter;
  bool geojson, ics;
};

enum { OPT_DB = 256, OPT_TO_FOLDER, OPT_FORMAT, OPT_FROM, OPT_UNTIL, OPT_ACTOR, OPT_SOURCE };

static const struct argp_option option_list[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"folder", OPT_TO_FOLDER, "FOLDER", 0, "where the package goes; made if it is not there", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "package (into --folder), geojson or ics (to standard output)", 0},
    {"from", OPT_FROM, "YYYY-MM-DD", 0, "not before this day", 0},
    {"to", OPT_UNTIL, "YYYY-MM-DD", 0, "not after this day", 0},
    {"actor", OPT_ACTOR, "WORDS", 0, "with an actor whose name holds these words", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet", 0},
    {0},
};

static const char *day(struct argp_state *state, const char *arg) {
  int32_t unused;
  if (!cli_day(arg, &unused)) argp_error(state, "a day is written YYYY-MM-DD, not '%s'", arg);
  return arg;
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_TO_FOLDER: o->to = arg; return 0;
  case OPT_FROM: o->filter.from = day(state, arg); return 0;
  case OPT_UNTIL: o->filter.to = day(state, arg); return 0;
  case OPT_ACTOR: o->filter.actor = arg; return 0;
  case OPT_SOURCE: o->filter.source = arg; return 0;
  case OPT_FORMAT:
    o->geojson = str_is(str_of(arg), "geojson");
    o->ics = str_is(str_of(arg), "ics");
    if (!o->geojson && !o->ics && !str_is(str_of(arg), "package"))
      argp_error(state, "--format wants package, geojson or ics, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much; a ledger is given with --db", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (!o->geojson && !o->ics && !o->to)
      argp_error(state, "where to? give --folder FOLDER, or --format geojson or ics");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    option_list,
    parse_option,
    "--db FILE --folder FOLDER",
    "Writes a ledger for other programs: a Frictionless data package (CSV, schema, codebook, hashes), GeoJSON, iCalendar.",
    NULL,
    NULL,
    NULL};

int cmd_export(int argc, char **argv) {
  static char name[] = "tightrope export";
  struct options o = {0};
  struct err e = {0};
  struct buf out;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  buf_init(&out, (size_t)1 << 30);
  bool ok = o.geojson ? export_geojson(g, &o.filter, &out, &e)
            : o.ics   ? export_ics(g, &o.filter, &out, &e)
                      : export_package(g, &o.filter, o.to, &e);
  if (ok && out.n) cli_write(buf_str(&out));
  if (ok && !out.n && o.to) fprintf(stderr, "%s/datapackage.json and CODEBOOK.md say what is there\n", o.to);
  buf_release(&out);
  ledger_close(g);
  return cli_close_stdout(ok ? CLI_OK : cli_fail(&e));
}
