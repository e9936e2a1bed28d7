/* cmd_network.c - `tightrope network`: friends, foes, camps, and who walks a tightrope between hostile sides. */
#include "base/calendar.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "report/network_out.h"
#include "signal/network_read.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>

enum what { WHAT_TIGHTROPES, WHAT_TIES, WHAT_ACTORS, WHAT_JSON, WHAT_GRAPHML, WHAT_GEXF };

struct options {
  const char *db;
  struct network_options network;
  enum what what;
  enum table_format format;
};

enum { OPT_DB = 256, OPT_ON, OPT_HALF, OPT_ACTORS, OPT_UNIT, OPT_LIST, OPT_FORMAT };

static const struct argp_option option_list[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"on", OPT_ON, "YYYY-MM-DD", 0, "the day (default: of the last incident between two)", 0},
    {"half-life", OPT_HALF, "DAYS", 0, "an incident this old weighs half (default 90; 14 for a crisis)", 0},
    {"actors", OPT_ACTORS, "N", 0, "the N actors in most incidents (default 40)", 0},
    {"unit", OPT_UNIT, "UNIT", 0, "each named 'actor' (default) or 'country'", 0},
    {"list", OPT_LIST, "WHAT", 0, "tightropes (default), ties or actors", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table, tsv, csv, jsonl; or all of it as json, graphml or gexf", 0},
    {0},
};

static int one_of(const char *arg, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (str_is(str_of(arg), words[i])) return i;
  return -1;
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  static const char *const lists[] = {"tightropes", "ties", "actors", NULL},
                           *const forms[] = {"json", "graphml", "gexf", NULL},
                           *const units[] = {"actor", "country", NULL};
  struct options *o = state->input;
  int64_t n;
  int k;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_ON:
    if (!cli_day(arg, &o->network.on)) argp_error(state, "--on wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case OPT_HALF:
    if (!cli_number(arg, 1, 36500, &n)) argp_error(state, "--half-life wants a number of days, not '%s'", arg);
    else o->network.half_life = (double)n;
    return 0;
  case OPT_ACTORS:
    if (!cli_number(arg, 2, NETWORK_MOST, &n))
      argp_error(state, "--actors wants a number from 2 to %d, not '%s'", NETWORK_MOST, arg);
    else o->network.most = (uint32_t)n;
    return 0;
  case OPT_UNIT:
    if (one_of(arg, units) < 0) argp_error(state, "--unit wants actor or country, not '%s'", arg);
    o->network.unit = arg;
    return 0;
  case OPT_LIST:
    if ((k = one_of(arg, lists)) < 0) argp_error(state, "--list wants tightropes, ties or actors, not '%s'", arg);
    else o->what = (enum what)k;
    return 0;
  case OPT_FORMAT:
    if ((k = one_of(arg, forms)) >= 0) o->what = (enum what)(WHAT_JSON + k);
    else if (!table_format_of(arg, &o->format))
      argp_error(state, "--format wants table, tsv, csv, jsonl, json, graphml or gexf, not '%s'", arg);
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
    "The signed network of a ledger's actors: ties from incidents, old ones weighing less; camps; and the actors that are tied to both "
    "sides of a hostile pair.",
    NULL,
    NULL,
    NULL};

/* ---- tables */

static void put_real(char out[32], double v) {
  if (isnan(v)) out[0] = 0;
  else snprintf(out, 32, "%.3f", v);
}

static bool put_rope(struct table *t, const struct network_result *r, size_t i) {
  const struct tightrope *x = &r->rope[i];
  const struct network *g = r->g;
  char value[32], one[32], two[32], between[32];
  put_real(value, x->value);
  put_real(one, g->between[(size_t)x->actor * g->n + x->a]);
  put_real(two, g->between[(size_t)x->actor * g->n + x->b]);
  put_real(between, g->between[(size_t)x->a * g->n + x->b]);
  const str cells[] = {g->name[x->actor], g->name[x->a], g->name[x->b],  str_of(value),
                       str_of(one),       str_of(two),   str_of(between)};
  return table_row(t, cells);
}

static bool put_tie(struct table *t, const struct network_result *r, size_t i) {
  const struct network_tie *x = &r->g->tie[i];
  char polarity[32], p[32], n[32], count[16], first[11], last[11];
  put_real(polarity, x->x);
  put_real(p, x->pos[0] + x->pos[1]);
  put_real(n, x->neg[0] + x->neg[1]);
  snprintf(count, sizeof count, "%u", x->incidents);
  day_format(x->first, first), day_format(x->last, last);
  const str cells[] = {r->g->name[x->a], r->g->name[x->b], str_of(x->sign > 0 ? "+" : x->sign < 0 ? "-" : "0"),
                       str_of(polarity), str_of(p),        str_of(n),
                       str_of(count),    str_of(first),    str_of(last)};
  return table_row(t, cells);
}

static bool put_actor(struct table *t, const struct network_result *r, size_t v) {
  uint32_t pos = 0, neg = 0;
  double rope = 0;
  char p[16], n[16], camp[16] = "", pn[32], value[32];
  for (uint32_t u = 0; u < r->g->n; u++) {
    int s = r->g->sign[v * r->g->n + u];
    pos += s > 0, neg += s < 0;
  }
  for (size_t i = 0; i < r->n_ropes; i++) rope += r->rope[i].actor == v ? r->rope[i].value : 0;
  snprintf(p, sizeof p, "%u", pos), snprintf(n, sizeof n, "%u", neg);
  if (r->camps->camp[v] < 2) snprintf(camp, sizeof camp, "%d", r->camps->camp[v] + 1);
  put_real(pn, r->pn ? r->pn[v] : NAN);
  put_real(value, rope);
  const str cells[] = {r->g->name[v], str_of(p), str_of(n), str_of(camp), str_of(pn), str_of(value), r->g->id[v]};
  return table_row(t, cells);
}

static bool print(const struct network_result *r, const struct options *o) {
  static const char *const heads[][9] = {{"actor", "between", "and", "tightrope", "to_one", "to_other", "hostile"},
                                         {"a", "b", "sign", "polarity", "cooperation", "conflict", "incidents", "first",
                                          "last"},
                                         {"actor", "friends", "foes", "camp", "pn", "tightrope", "id"}};
  static const int columns[] = {7, 9, 7};
  size_t rows = o->what == WHAT_TIGHTROPES ? r->n_ropes : o->what == WHAT_TIES ? r->g->n_ties : r->g->n;
  bool (*put)(struct table *, const struct network_result *, size_t) = o->what == WHAT_TIGHTROPES ? put_rope
                                                                       : o->what == WHAT_TIES     ? put_tie
                                                                                                  : put_actor;
  struct table t;
  bool open = true;
  table_begin(&t, o->format, columns[o->what], heads[o->what]);
  for (size_t i = 0; i < rows && open; i++) open = put(&t, r, i);
  if (!open) t.format = TABLE_TSV; /* a reader that has gone wants no rest */
  table_end(&t);
  return open;
}

/* For people, beside the table. */
static void tell(const struct network_result *r) {
  const struct network_balance *b = r->balance;
  const struct network_camps *c = r->camps;
  fprintf(stderr, "%s: %u actors, %u friendly and %u hostile ties, %u neutral", r->on, r->g->n, b->positive,
          b->negative, r->g->n_ties - b->positive - b->negative);
  if (!isnan(b->triads)) fprintf(stderr, "; %.0f %% of the triads balanced", 100 * b->triads);
  if (!isnan(c->frustration)) {
    if (c->least == c->most) fprintf(stderr, "; two camps leave %u ties unsatisfied", c->most);
    else fprintf(stderr, "; two camps leave %u to %u ties unsatisfied", c->least, c->most);
    if (c->splits > 1) fprintf(stderr, " (%llu ways to split)", (unsigned long long)c->splits);
  }
  fprintf(stderr, "\n");
}

static int show(struct network *g, const struct options *o, int32_t on, struct err *e) {
  struct network_whole whole;
  struct network_result r;
  if (!network_measure(g, on, &whole, &r, e)) return cli_fail(e);
  if (o->what < WHAT_JSON) {
    if (g->n) tell(&r);
    print(&r, o);
  } else {
    struct buf out;
    buf_init(&out, (size_t)1 << 28);
    (o->what == WHAT_JSON ? network_json : o->what == WHAT_GRAPHML ? network_graphml : network_gexf)(&r, &out);
    cli_write(buf_str(&out));
    buf_release(&out);
  }
  return cli_close_stdout(CLI_OK);
}

int cmd_network(int argc, char **argv) {
  static char name[] = "tightrope network";
  struct options o = {.network = {.on = DAY_NONE}};
  struct err e = {0};
  struct network n;
  int32_t on;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  int code = network_read(g, &o.network, &n, &on, &e) ? show(&n, &o, on, &e) : cli_fail(&e);
  network_release(&n);
  ledger_close(g);
  return code;
}
