/* cmd_alarms.c - `tightrope alarms`: unusual reporting of conflict, by dyad, actor or country, with its denominators. */
#include "base/calendar.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "signal/alarms.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

struct options {
  const char *db;
  struct alarm_options alarms;
  enum table_format format;
  bool all;
};

enum { OPT_DB = 256, OPT_UNIT, OPT_ON, OPT_PAST, OPT_RATE, OPT_SOURCE, OPT_ALL, OPT_FORMAT };

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"unit", OPT_UNIT, "UNIT", 0,
     "each directed 'dyad' of actors (default) or 'pair' of countries, 'actor' or 'country'", 0},
    {"on", OPT_ON, "YYYY-MM-DD", 0, "a day of the week to judge (default: the last with documents)", 0},
    {"past", OPT_PAST, "WEEKS", 0, "weeks of history to judge by (default 52)", 0},
    {"rate", OPT_RATE, "PERCENT", 0, "false alarms among alarms that are accepted (default 10)", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet alone", 0},
    {"all", OPT_ALL, NULL, 0, "every unit with conflict in the week, not the alarms alone", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  int64_t n;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_SOURCE: o->alarms.source = arg; return 0;
  case OPT_ALL: o->all = true; return 0;
  case OPT_UNIT:
    o->alarms.unit = arg;
    if (!str_is(str_of(arg), "dyad") && !str_is(str_of(arg), "pair") && !str_is(str_of(arg), "actor") &&
        !str_is(str_of(arg), "country"))
      argp_error(state, "--unit wants dyad, pair, actor or country, not '%s'", arg);
    return 0;
  case OPT_ON:
    if (!cli_day(arg, &o->alarms.on)) argp_error(state, "--on wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case OPT_PAST:
    if (!cli_number(arg, ALARM_PAST_LEAST, ALARM_PAST_MAX, &n))
      argp_error(state, "--past wants a number from %d to %d, not '%s'", ALARM_PAST_LEAST, ALARM_PAST_MAX, arg);
    else o->alarms.past = (unsigned)n;
    return 0;
  case OPT_RATE:
    if (!cli_number(arg, 1, 99, &n)) argp_error(state, "--rate wants a number from 1 to 99, not '%s'", arg);
    else o->alarms.rate = (double)n / 100;
    return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much; a ledger is given with --db", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {options, parse_option, "--db FILE", "Unusual reporting of conflict in one week.",
                                 NULL,    NULL,         NULL};

static void odds(double value, const char *format, char out[32]) {
  if (isnan(value)) out[0] = 0; /* nothing is known: an empty cell, not a zero */
  else snprintf(out, 32, format, value);
}

static bool print_row(struct table *t, const struct alarms *a, const struct unit_week *u) {
  char reports[16], outlets[16], expected[32], p[32], changed[32], articles[32];
  snprintf(reports, sizeof reports, "%u", u->reports);
  snprintf(outlets, sizeof outlets, "%u", u->outlets);
  snprintf(articles, sizeof articles, "%.0f", a->articles);
  odds(u->expected, "%.2f", expected), odds(u->p, "%.2g", p), odds(u->changed, "%.2f", changed);
  const str cells[] = {str_of(a->week),
                       u->unit,
                       str_of(reports),
                       str_of(expected),
                       str_of(p),
                       str_of(outlets),
                       str_of(articles),
                       str_of(changed),
                       str_of(u->surge ? "surge" : ""),
                       str_of(u->alarm ? "alarm" : "")};
  return table_row(t, cells);
}

static void print_context(const struct options *o, const struct alarms *a) {
  if (!a->week[0]) fprintf(stderr, "There are no documents to judge a week by.\n");
  else
    fprintf(
        stderr,
        "Week of %s: %.0f articles; %u units watched, %zu of them with conflict, %zu raised; of those about %.0f %% "
        "are chance. %u of the %u weeks before had no article: no data, which is not peace.\n"
        "Unusual reporting, not a forecast.\n",
        a->week, a->articles, a->watched, a->n, a->raised, o->alarms.rate * 100, a->silent_weeks, o->alarms.past);
}

static int print(const struct options *o, const struct alarms *a) {
  static const char *const names[] = {"week",    "unit",     "reports", "expected", "p",
                                      "outlets", "articles", "changed", "surge",    "alarm"};
  struct table t;
  bool open = true;
  table_begin(&t, o->format, sizeof names / sizeof *names, names);
  for (size_t i = 0; open && i < a->n; i++)
    if (o->all || a->at[i].alarm) open = print_row(&t, a, &a->at[i]);
  if (!open) t.format = TABLE_TSV;
  table_end(&t);
  print_context(o, a);
  return cli_close_stdout(CLI_OK);
}

int cmd_alarms(int argc, char **argv) {
  static char name[] = "tightrope alarms";
  struct options o = {.alarms = ALARM_DEFAULTS};
  struct arena memory;
  struct alarms a;
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  arena_init(&memory, (size_t)1 << 30);
  int code = alarms_find(g, &o.alarms, &memory, &a, &e) ? print(&o, &a) : cli_fail(&e);
  arena_release(&memory);
  ledger_close(g);
  return code;
}
