/* cmd_forecast.c - `tightrope forecast`: how many reports the next period will bring, beside the simplest guesses, with the skill shown so far. */
#include "base/calendar.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "signal/forecast.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>

enum what { WHAT_FORECAST, WHAT_SCORES, WHAT_RELIABILITY };

struct options {
  const char *db;
  struct ledger_filter filter;
  enum series_count count;
  size_t most;
  enum what what;
  enum table_format format;
};

enum {
  OPT_DB = 256,
  OPT_UNIT,
  OPT_BY,
  OPT_COUNT,
  OPT_ACTOR,
  OPT_TYPE,
  OPT_COUNTRY,
  OPT_SOURCE,
  OPT_DEDUP,
  OPT_ON,
  OPT_TOP,
  OPT_LIST,
  OPT_FORMAT
};

static const struct argp_option option_list[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"unit", OPT_UNIT, "UNIT", 0,
     "of 'all' (default), each 'type', 'actor', 'country', directed 'dyad' of actors or 'pair' of countries", 0},
    {"by", OPT_BY, "PERIOD", 0, "the next 'day', 'week' (default) or 'month'", 0},
    {"count", OPT_COUNT, "WHAT", 0, "reports (default), conflict, cooperation, threats or acts", 0},
    {"dedup", OPT_DEDUP, "HOW", 0, "count every 'report' (the default), 'incident', or 'one-a-day'", 0},
    {"actor", OPT_ACTOR, "WORDS", 0, "with an actor whose name holds these words", 0},
    {"type", OPT_TYPE, "TYPE", 0, "events of this type", 0},
    {"country", OPT_COUNTRY, "CODE", 0, "with an actor of this country (ISO 3166 alpha-3)", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet", 0},
    {"on", OPT_ON, "YYYY-MM-DD", 0, "with what was told up to this day (default: the last with documents)", 0},
    {"top", OPT_TOP, "N", 0, "the N units with most (default 20)", 0},
    {"list", OPT_LIST, "WHAT", 0, "forecast (default); scores: each method by each unit; reliability: of the intervals",
     0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {0},
};

static int one_of(struct argp_state *state, const char *option, const char *arg, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (str_is(str_of(arg), words[i])) return i;
  argp_error(state, "--%s does not know '%s'; see --help", option, arg);
  return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  static const char *const units[] = {"all", "type", "actor", "country", "dyad", "pair", NULL},
                           *const ways[] = {"report", "incident", "one-a-day", NULL},
                           *const lists[] = {"forecast", "scores", "reliability", NULL};
  struct options *o = state->input;
  int64_t n;
  int32_t day;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_UNIT: o->filter.unit = units[one_of(state, "unit", arg, units)]; return 0;
  case OPT_BY: o->filter.period = series_by_name[one_of(state, "by", arg, series_by_name)]; return 0;
  case OPT_COUNT: o->count = (enum series_count)one_of(state, "count", arg, series_count_name); return 0;
  case OPT_DEDUP: o->filter.dedup = ways[one_of(state, "dedup", arg, ways)]; return 0;
  case OPT_LIST: o->what = (enum what)one_of(state, "list", arg, lists); return 0;
  case OPT_ACTOR: o->filter.actor = arg; return 0;
  case OPT_TYPE: o->filter.type = arg; return 0;
  case OPT_COUNTRY: o->filter.country = arg; return 0;
  case OPT_SOURCE: o->filter.source = arg; return 0;
  case OPT_ON:
    if (!cli_day(arg, &day)) argp_error(state, "--on wants YYYY-MM-DD, not '%s'", arg);
    o->filter.to = arg;
    return 0;
  case OPT_TOP:
    if (!cli_number(arg, 1, 10000, &n)) argp_error(state, "--top wants a number from 1 to 10000, not '%s'", arg);
    else o->most = (size_t)n;
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

static const struct argp argp = {
    option_list,
    parse_option,
    "--db FILE",
    "How many reports the next period will bring, by unit, beside the simplest guesses; and whether such forecasts "
    "beat them on the periods that have passed.",
    NULL,
    NULL,
    NULL};

/* ---- tables */

struct cells { /* numbers of one row, as texts */
  char room[TABLE_COLUMNS][40];
  str cell[TABLE_COLUMNS];
  int n;
};

static void put_text(struct cells *c, str s) { c->cell[c->n++] = s; }

static void put(struct cells *c, const char *format, double value) {
  char *to = c->room[c->n];
  if (isnan(value)) to[0] = 0; /* nothing is known: an empty cell, not a zero */
  else snprintf(to, sizeof c->room[0], format, value);
  c->cell[c->n++] = str_of(to);
}

static bool print_forecast(struct table *t, const struct forecasts *f, const char *day) {
  bool open = true;
  for (size_t i = 0; open && i < f->n; i++) {
    const struct unit_forecast *u = &f->at[i];
    struct cells c = {.n = 0};
    put_text(&c, str_of(day)), put_text(&c, u->unit);
    put(&c, "%.2f", u->mean), put(&c, "%.0f", (double)u->median);
    put(&c, "%.0f", (double)u->low50), put(&c, "%.0f", (double)u->high50);
    put(&c, "%.0f", (double)u->low90), put(&c, "%.0f", (double)u->high90);
    put(&c, "%.3f", u->none);
    put(&c, "%.0f", u->score[FORECAST_MODEL].origins);
    put(&c, "%.3f", u->score[FORECAST_MODEL].crps);
    put_text(&c, str_of(forecast_method_name[u->best])), put(&c, "%.3f", u->score[u->best].crps);
    put(&c, "%.3f", u->skill);
    put_text(&c, str_of(forecast_verdict_name[u->verdict]));
    open = table_row(t, c.cell);
  }
  return open;
}

static bool print_score(struct table *t, const struct unit_forecast *u, const char *name, enum forecast_method m) {
  struct cells c = {.n = 0};
  put_text(&c, *name ? str_of(name) : u->unit), put_text(&c, str_of(forecast_method_name[m]));
  put(&c, "%.0f", u->score[m].origins), put(&c, "%.4f", u->score[m].crps);
  put(&c, "%.3f", u->score[m].within50), put(&c, "%.3f", u->score[m].within90);
  return table_row(t, c.cell);
}

static bool print_scores(struct table *t, const struct forecasts *f) {
  bool open = true;
  for (size_t i = 0; i <= f->n; i++)
    for (int m = 0; open && m < FORECAST_METHODS; m++)
      open = print_score(t, i < f->n ? &f->at[i] : &f->all, i < f->n ? "" : "(together)", (enum forecast_method)m);
  return open;
}

static bool print_reliability(struct table *t, const struct forecasts *f) {
  bool open = true;
  for (int i = 0; open && i < 10; i++) {
    struct cells c = {.n = 0};
    put(&c, "%.1f", i / 10.0), put(&c, "%.1f", (i + 1) / 10.0), put(&c, "%.3f", f->pit[i]), put(&c, "%.3f", .1);
    open = table_row(t, c.cell);
  }
  return open;
}

static void print_context(const struct options *o, const struct forecasts *f, const char *day) {
  const struct unit_forecast *a = &f->all;
  const char *by = o->filter.period ? o->filter.period : "week";
  if (f->day == DAY_NONE) {
    fprintf(stderr, "No %s is complete: there is nothing to forecast from.\n", by);
    return;
  }
  fprintf(
      stderr,
      "The %s that begins on %s, from %zu complete ones; %zu of these had no article: no data, which is not peace.\n",
      by, day, f->periods, f->silent);
  if (a->score[FORECAST_MODEL].origins)
    fprintf(
        stderr,
        "All units together, %u past forecasts: CRPS %.3f, the best simple guess ('%s') %.3f; inside the 50 %% interval %.0f %%, the 90 %% "
        "interval %.0f %%: %s.\n",
        a->score[FORECAST_MODEL].origins, a->score[FORECAST_MODEL].crps, forecast_method_name[a->best],
        a->score[a->best].crps, 100 * a->score[FORECAST_MODEL].within50, 100 * a->score[FORECAST_MODEL].within90,
        forecast_verdict_name[a->verdict]);
  fprintf(stderr, "A forecast of reports, not of what happens.\n");
}

static int print(const struct options *o, const struct forecasts *f) {
  static const char *const forecast[] = {"period", "unit",        "mean",        "median", "low50",
                                         "high50", "low90",       "high90",      "none",   "origins",
                                         "crps",   "best_simple", "crps_simple", "skill",  "verdict"},
                           *const scores[] = {"unit", "method", "origins", "crps", "within50", "within90"},
                           *const reliability[] = {"from", "to", "share", "if_reliable"};
  char day[11] = "";
  struct table t;
  if (f->day != DAY_NONE) day_format(f->day, day);
  bool open;
  if (o->what == WHAT_SCORES) {
    table_begin(&t, o->format, sizeof scores / sizeof *scores, scores);
    open = print_scores(&t, f);
  } else if (o->what == WHAT_RELIABILITY) {
    table_begin(&t, o->format, sizeof reliability / sizeof *reliability, reliability);
    open = print_reliability(&t, f);
  } else {
    table_begin(&t, o->format, sizeof forecast / sizeof *forecast, forecast);
    open = print_forecast(&t, f, day);
  }
  if (!open) t.format = TABLE_TSV;
  table_end(&t);
  print_context(o, f, day);
  return cli_close_stdout(CLI_OK);
}

int cmd_forecast(int argc, char **argv) {
  static char name[] = "tightrope forecast";
  struct options o = {.most = 20};
  struct arena memory;
  struct series s;
  struct forecasts f;
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  arena_init(&memory, (size_t)1 << 31);
  bool ok = series_read(g, &o.filter, &memory, &s, &e) && forecasts_make(&s, o.count, o.most, &memory, &f, &e);
  int code = ok ? print(&o, &f) : cli_fail(&e);
  arena_release(&memory);
  ledger_close(g);
  return code;
}
