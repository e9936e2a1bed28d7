/* cmd_alarms.c - `tightrope alarms`: unusual reporting of conflict, by dyad, actor or country, with its denominators. */
#include "base/calendar.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "signal/backtest.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
  const char *db;
  struct alarm_options alarms;
  enum table_format format;
  bool all, backtest, ruled; /* ruled: --rule was given */
};

enum {
  OPT_DB = 256,
  OPT_UNIT,
  OPT_ON,
  OPT_PAST,
  OPT_RATE,
  OPT_SOURCE,
  OPT_ALL,
  OPT_RULE,
  OPT_DEATHS,
  OPT_BACKTEST,
  OPT_FORMAT
};

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"unit", OPT_UNIT, "UNIT", 0,
     "each directed 'dyad' of actors (default) or 'pair' of countries, 'actor' or 'country'", 0},
    {"on", OPT_ON, "YYYY-MM-DD", 0, "a day of the week to judge (default: the last with documents)", 0},
    {"past", OPT_PAST, "WEEKS", 0, "weeks of history to judge by (default 52)", 0},
    {"rate", OPT_RATE, "PERCENT", 0, "false alarms among alarms that are accepted (default 10)", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet alone", 0},
    {"rule", OPT_RULE, "RULE", 0,
     "raise by 'exceedance' (default), ACLED's 'surge' or 'threat', 'ears' (C2), 'cusum', 'change' (BOCPD), 'hdx' (deaths by country)",
     0},
    {"deaths", OPT_DEATHS, "N", 0, "deaths in thirty days that hdx needs at least (default 100)", 0},
    {"backtest", OPT_BACKTEST, NULL, 0,
     "what each rule (or that of --rule) would have raised on all weeks of the ledger, what chance raises, and what followed",
     0},
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
  case OPT_BACKTEST: o->backtest = true; return 0;
  case OPT_RULE:
    o->ruled = true, n = 0;
    while (alarm_rule_name[n] && !str_is(str_of(arg), alarm_rule_name[n])) n++;
    if (!alarm_rule_name[n]) argp_error(state, "--rule does not know '%s'; see --help", arg);
    else o->alarms.rule = (enum alarm_rule)n;
    return 0;
  case OPT_DEATHS:
    if (!cli_number(arg, 1, 1000000, &n)) argp_error(state, "--deaths wants a number, not '%s'", arg);
    else o->alarms.deaths = (double)n;
    return 0;
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

static const struct argp argp = {
    options,     parse_option,
    "--db FILE", "Unusual reporting of conflict in one week; or what the rules would have raised before.",
    NULL,        NULL,
    NULL};

static void odds(double value, const char *format, char out[32]) {
  if (isnan(value)) out[0] = 0; /* nothing is known: an empty cell, not a zero */
  else snprintf(out, 32, format, value);
}

/* "surge+ears": the rules whose bits are set. */
static str rules_put(unsigned bits, char out[80]) {
  size_t n = 0;
  out[0] = 0;
  for (int k = 0; k < ALARM_RULES; k++)
    if (bits >> k & 1) n += (size_t)snprintf(out + n, 80 - n, "%s%s", n ? "+" : "", alarm_rule_name[k]);
  return (str){out, n};
}

/* Up to five reports of conflict behind an alarm, by their ids. */
static bool evidence(const struct options *o, struct ledger *g, const struct alarms *a, const struct unit_week *u,
                     struct buf *out, struct err *e) {
  enum { SHOWN = 5, ID = 0, QUAD };
  char from[11], to[11], *unit = strndup(u->unit.p, u->unit.n);
  int there = -1, n = 0;
  int64_t quad;
  day_format(a->first, from), day_format(a->last, to);
  struct ledger_filter f = {
      .unit = o->alarms.unit, .period = "week", .from = from, .to = to, .source = o->alarms.source, .words = unit};
  struct ledger_query *q = unit ? ledger_query_open(g, LIST_BEHIND, &f, e) : NULL;
  while (q && n < SHOWN && (there = ledger_query_next(q, e)) == 1) {
    if (!str_to_int(ledger_query_text(q, QUAD), &quad) || quad < 3) continue;
    if (n++) buf_putc(out, ' ');
    buf_put(out, ledger_query_text(q, ID));
  }
  ledger_query_close(q);
  free(unit);
  return there >= 0;
}

static bool print_row(struct table *t, const struct alarms *a, const struct unit_week *u, str ids) {
  char reports[16], outlets[16], expected[32], p[32], changed[32], articles[32], fired[80];
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
                       rules_put(u->fired, fired),
                       str_of(u->alarm ? "alarm" : ""),
                       ids};
  return table_row(t, cells);
}

static void print_budget(const struct options *o, const struct alarms *a) {
  double budget = alarm_rule_budget(o->alarms.rule);
  if (o->alarms.rule == RULE_EXCEEDANCE)
    fprintf(stderr, "Of those raised about %.0f %% are chance.\n", o->alarms.rate * 100);
  else if (isnan(budget))
    fprintf(stderr, "The rule states no share of false alarms; --backtest tells what chance alone raises.\n");
  else fprintf(stderr, "By chance alone about %.2g of them fire in a week.\n", budget * a->watched);
}

static void print_context(const struct options *o, const struct alarms *a) {
  if (!a->week[0]) fprintf(stderr, "There are no documents to judge a week by.\n");
  else if (!(a->articles > 0))
    fprintf(stderr, "Week of %s: no article was read, so there is no data; that is not peace.\n", a->week);
  else {
    fprintf(
        stderr,
        "Week of %s: %.0f articles of %.0f outlets (%.1f in a usual week); %u units watched, %zu of them with %s, %zu raised. "
        "%u of the %u weeks before had no article: no data, which is not peace.\n",
        a->week, a->articles, a->outlets, a->usual, a->watched, a->n,
        o->alarms.rule == RULE_HDX ? "deaths" : "conflict", a->raised, a->silent_weeks, o->alarms.past);
    print_budget(o, a);
    fprintf(stderr, "Unusual reporting, not a forecast.\n");
  }
}

static int print(const struct options *o, struct ledger *g, const struct alarms *a) {
  static const char *const names[] = {"week",     "unit",    "reports", "expected", "p",       "outlets",
                                      "articles", "changed", "rules",   "alarm",    "evidence"};
  struct table t;
  struct buf ids;
  struct err e = {0};
  bool open = true, ok = true;
  buf_init(&ids, 1 << 16);
  table_begin(&t, o->format, sizeof names / sizeof *names, names);
  for (size_t i = 0; open && ok && i < a->n; i++) {
    buf_clear(&ids);
    if (!o->all && !a->at[i].alarm) continue;
    ok = o->alarms.rule == RULE_HDX || evidence(o, g, a, &a->at[i], &ids, &e);
    open = print_row(&t, a, &a->at[i], buf_str(&ids));
  }
  if (!open) t.format = TABLE_TSV;
  table_end(&t);
  buf_release(&ids);
  print_context(o, a);
  return ok ? cli_close_stdout(CLI_OK) : cli_fail(&e);
}

/* ---- the back-test */

static bool print_record(struct table *t, const struct rule_record *x) {
  char room[13][32];
  const double known = x->known, others = x->others;
  const double value[13] = {x->weeks,
                            x->silent,
                            x->units,
                            x->judged,
                            x->raised,
                            x->months > 0 ? x->raised / x->months : (double)NAN,
                            x->stated,
                            x->months > 0 ? x->chance : (double)NAN,
                            x->known,
                            known > 0 ? x->followed / known : (double)NAN,
                            known > 0 ? x->low : (double)NAN,
                            known > 0 ? x->high : (double)NAN,
                            others > 0 ? x->others_followed / others : (double)NAN};
  static const char *const format[13] = {"%.0f", "%.0f", "%.1f", "%.0f", "%.0f", "%.2f", "%.2f",
                                         "%.2f", "%.0f", "%.3f", "%.3f", "%.3f", "%.3f"};
  str cells[15] = {str_of(alarm_rule_name[x->rule])};
  for (int i = 0; i < 13; i++) {
    odds(value[i], format[i], room[i]);
    cells[i + 1] = str_of(room[i]);
  }
  cells[14] = str_of(backtest_verdict_name[x->verdict]);
  return table_row(t, cells);
}

static int print_backtest(const struct options *o, const struct rule_record *x, size_t n) {
  static const char *const names[] = {"rule",   "weeks", "silent",   "units", "judged", "alarms", "a_month", "stated",
                                      "chance", "known", "followed", "low",   "high",   "others", "verdict"};
  struct table t;
  bool open = true;
  table_begin(&t, o->format, sizeof names / sizeof *names, names);
  for (size_t i = 0; open && i < n; i++) open = print_record(&t, &x[i]);
  if (!open) t.format = TABLE_TSV;
  table_end(&t);
  fprintf(
      stderr,
      "Alarms a month, beside those by chance as stated and as found in shuffled weeks. Followed: the share after which the "
      "rate was half as much again as before; others: the same of units with as many reports and no alarm.\n"
      "Unusual reporting, not a forecast.\n");
  return cli_close_stdout(CLI_OK);
}

static int run(const struct options *o, struct ledger *g, struct arena *memory) {
  struct rule_record record[ALARM_RULES];
  struct alarms a;
  struct err e = {0};
  size_t n;
  unsigned rules = o->ruled ? 1U << o->alarms.rule : (1U << ALARM_RULES) - 1;
  if (o->backtest)
    return backtest_run(g, &o->alarms, rules, memory, record, &n, &e) ? print_backtest(o, record, n) : cli_fail(&e);
  return alarms_find(g, &o->alarms, memory, &a, &e) ? print(o, g, &a) : cli_fail(&e);
}

int cmd_alarms(int argc, char **argv) {
  static char name[] = "tightrope alarms";
  struct options o = {.alarms = ALARM_DEFAULTS};
  struct arena memory;
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  arena_init(&memory, (size_t)1 << 31);
  int code = run(&o, g, &memory);
  arena_release(&memory);
  ledger_close(g);
  return code;
}
