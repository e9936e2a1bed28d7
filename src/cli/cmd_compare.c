/* cmd_compare.c - `tightrope compare --acled|--ucdp FILE`: a ledger's incidents beside those that people coded. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/known.h"
#include "cli/table.h"
#include "report/compare.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>

enum { OPT_DB = 256, OPT_ACLED, OPT_UCDP, OPT_WINDOW, OPT_KM, OPT_LIST, OPT_FROM, OPT_UNTIL, OPT_SOURCE, OPT_FORMAT };
enum { FILE_CAP = 1 << 30, WINDOW_DAYS = 2, NEAR_KM = 60 };
enum shown { SHOW_SUMMARY, SHOW_MATCHED, SHOW_THEIRS, SHOW_OURS };

struct options {
  const char *db, *file;
  struct ledger_filter filter;
  struct compare_options how;
  int64_t window, km;
  enum shown list;
  enum table_format format;
};

static const char *day(struct argp_state *state, const char *arg) {
  int32_t unused;
  if (!cli_day(arg, &unused)) argp_error(state, "a day is written YYYY-MM-DD, not '%s'", arg);
  return arg;
}

static enum shown list_of(struct argp_state *state, const char *arg) {
  static const char *const names[] = {"summary", "matched", "theirs", "ours"};
  for (int i = 0; i < 4; i++)
    if (str_is(str_of(arg), names[i])) return (enum shown)i;
  argp_error(state, "--list wants summary, matched, theirs or ours, not '%s'", arg);
  return SHOW_SUMMARY;
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_ACLED:
  case OPT_UCDP:
    if (o->file) argp_error(state, "one file is compared");
    o->file = arg, o->how.source = key == OPT_ACLED ? COMPARE_ACLED : COMPARE_UCDP;
    return 0;
  case OPT_WINDOW:
    if (!cli_number(arg, 0, 31, &o->window)) argp_error(state, "--window wants days up to 31, not '%s'", arg);
    return 0;
  case OPT_KM:
    if (!cli_number(arg, 1, 1000, &o->km)) argp_error(state, "--km wants a number up to 1000, not '%s'", arg);
    return 0;
  case OPT_LIST: o->list = list_of(state, arg); return 0;
  case OPT_FROM: o->filter.from = day(state, arg); return 0;
  case OPT_UNTIL: o->filter.to = day(state, arg); return 0;
  case OPT_SOURCE: o->filter.source = arg; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (!o->file) argp_error(state, "compare with what? give --acled FILE or --ucdp FILE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option option_list[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"acled", OPT_ACLED, "FILE", 0, "an export of ACLED (CSV)", 0},
    {"ucdp", OPT_UCDP, "FILE", 0, "a table of UCDP GED (CSV)", 0},
    {"window", OPT_WINDOW, "DAYS", 0, "at most so many days apart (2)", 0},
    {"km", OPT_KM, "KM", 0, "at most so far apart, where both have a point (60)", 0},
    {"list", OPT_LIST, "WHICH", 0,
     "summary, or the incidents: matched, theirs (that the ledger has not), ours (that they have not)", 0},
    {"from", OPT_FROM, "YYYY-MM-DD", 0, "the ledger's incidents not before this day", 0},
    {"to", OPT_UNTIL, "YYYY-MM-DD", 0, "not after this day", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {0}};
static const struct argp argp = {
    option_list,
    parse_option,
    "--db FILE --acled FILE|--ucdp FILE",
    "Sets a ledger's incidents of force and protest beside those that people coded: matched incidents, correlation of the months, fatalities, by "
    "country. Only days that both cover are compared.",
    NULL,
    NULL,
    NULL};

static str text_of(char *room, const char *format, double v) {
  if (isnan(v)) return (str){"", 0};
  snprintf(room, 32, format, v);
  return str_of(room);
}

static void print_summary(const struct comparison *c, enum table_format format) {
  static const char *const names[] = {"country",    "group",      "theirs",  "ours",        "matched",
                                      "of_theirs",  "of_ours",    "months",  "correlation", "their_low",
                                      "their_best", "their_high", "our_low", "our_high"};
  struct table t;
  char room[12][32];
  table_begin(&t, format, 14, names);
  for (uint32_t i = 0; i < c->n_rows; i++) {
    const struct compared *r = &c->row[i];
    const str cells[] = {str_of(r->country),
                         str_of(compare_group_name[r->group]),
                         text_of(room[0], "%.0f", r->theirs),
                         text_of(room[1], "%.0f", r->ours),
                         text_of(room[2], "%.0f", r->matched),
                         text_of(room[3], "%.3f", r->theirs ? (double)r->matched / r->theirs : (double)NAN),
                         text_of(room[4], "%.3f", r->ours ? (double)r->matched / r->ours : (double)NAN),
                         text_of(room[5], "%.0f", r->months),
                         text_of(room[6], "%.3f", r->correlation),
                         text_of(room[7], "%g", r->their_low),
                         text_of(room[8], "%g", r->their_best),
                         text_of(room[9], "%g", r->their_high),
                         text_of(room[10], "%g", r->our_low),
                         text_of(room[11], "%g", r->our_high)};
    if (!table_row(&t, cells)) break;
  }
  table_end(&t);
}

/* An incident as cells: its day, what, who, where, fatalities, id. */
static void cells_of(const struct placed *p, str *cell, char room[3][32]) {
  char day_text[11];
  day_format(p->first, day_text);
  snprintf(room[0], 32, "%s", day_text);
  cell[0] = str_of(room[0]), cell[1] = p->what, cell[2] = p->who, cell[3] = p->place;
  if (p->low < p->high) snprintf(room[1], 32, "%g-%g", p->low, p->high);
  else text_of(room[1], "%g", p->high), room[1][0] = isnan(p->high) ? 0 : room[1][0];
  cell[4] = str_of(room[1]), cell[5] = p->id;
}

static void print_list(const struct comparison *c, enum shown list, enum table_format format) {
  static const char *const one[] = {"country", "group", "date", "what", "who", "place", "killed", "id"},
                           *const both[] = {"country", "group",     "date",       "what",     "who",
                                            "place",   "killed",    "id",         "our_date", "our_what",
                                            "our_who", "our_place", "our_killed", "our_id"};
  bool matched = list == SHOW_MATCHED, ours = list == SHOW_OURS;
  const struct placed *at = ours ? c->ours : c->theirs;
  uint32_t n = ours ? c->n_ours : c->n_theirs;
  struct table t;
  char room[2][3][32];
  table_begin(&t, format, matched ? 14 : 8, matched ? both : one);
  for (uint32_t i = 0; i < n; i++) {
    str cells[14] = {str_of(at[i].country), str_of(compare_group_name[at[i].group])};
    if ((at[i].match != UINT32_MAX) != matched) continue;
    cells_of(&at[i], cells + 2, room[0]);
    if (matched) cells_of(&c->ours[at[i].match], cells + 8, room[1]);
    if (!table_row(&t, cells)) break;
  }
  table_end(&t);
}

static void tell(const struct comparison *c, const struct problems *p) {
  char first[11], last[11];
  for (uint32_t i = 0; i < p->n && i < 5; i++) cli_warn(&p->at[i]);
  if (p->total) fprintf(stderr, "%u of their rows could not be read and are left out\n", p->total);
  if (c->unplaced) fprintf(stderr, "%u incidents of the ledger have no country and are left out\n", c->unplaced);
  if (c->last < c->first) {
    fprintf(stderr, "The two have no day in common: nothing is compared.\n");
    return;
  }
  day_format(c->first, first), day_format(c->last, last);
  fprintf(stderr, "Compared from %s to %s. Neither side is the truth.\n", first, last);
}

int cmd_compare(int argc, char **argv) {
  static char name[] = "tightrope compare";
  struct options o = {.window = WINDOW_DAYS, .km = NEAR_KM};
  struct err e = {0};
  struct problems problems;
  struct comparison c = {.n_rows = 0};
  struct known known;
  struct buf text;
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  problems_init(&problems), buf_init(&text, FILE_CAP);
  o.how.window = (int)o.window, o.how.km = (double)o.km, o.how.country = known_country, o.how.ctx = &known;
  bool there = known_open(&known, &e);
  bool ok = there && file_read(&text, o.file, &e) &&
            compare_read(&c, g, &o.filter, buf_str(&text), o.file, &o.how, &problems, &e);
  if (ok) {
    tell(&c, &problems);
    if (o.list == SHOW_SUMMARY) print_summary(&c, o.format);
    else print_list(&c, o.list, o.format);
  }
  int code = ok ? problems.total ? CLI_SOME_BAD : CLI_OK : cli_fail(&e);
  compare_release(&c);
  if (there) known_close(&known);
  problems_release(&problems), buf_release(&text);
  ledger_close(g);
  return ok ? cli_close_stdout(code) : code;
}
