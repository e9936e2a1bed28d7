/* cmd_list.c - `tightrope events|actors|ties|demands|deadlines|documents|series --db`: lists of a ledger under the common filters. */
#include "base/calendar.h"
#include "cli/cli.h"
#include "cli/cmd_series.h"
#include "cli/table.h"
#include "ledger/query.h"
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct list_options {
  const char *db;
  struct ledger_filter filter;
  enum table_format format;
  enum ledger_list list;
  bool merged;              /* ties */
  bool index, both;         /* series */
  const char *of, *base;    /* of an index: one unit, the base period */
  const char *save, *saved; /* a search under a name: kept, used */
  char words[1024];         /* of a search, joined */
};

enum {
  OPT_DB = 256,
  OPT_ACTOR,
  OPT_ACTING,
  OPT_RECEIVING,
  OPT_TYPE,
  OPT_STATUS,
  OPT_FROM,
  OPT_TO,
  OPT_PLACE,
  OPT_DOC,
  OPT_COUNTRY,
  OPT_SOURCE,
  OPT_LIMIT,
  OPT_UNIT,
  OPT_PERIOD,
  OPT_DEDUP,
  OPT_MERGED,
  OPT_INDEX,
  OPT_OF,
  OPT_BASE,
  OPT_BOTH,
  OPT_SAVE,
  OPT_SAVED,
  OPT_FORMAT
};

static const struct argp_option options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"actor", OPT_ACTOR, "WORDS", 0, "with an actor whose name holds these words", 0},
    {"type", OPT_TYPE, "TYPE", 0, "of this type (events), relation (ties) or kind (demands)", 0},
    {"status", OPT_STATUS, "STATUS", 0, "of this status; 'all' for every one (events: actual unless asked)", 0},
    {"from", OPT_FROM, "YYYY-MM-DD", 0, "not before this day", 0},
    {"to", OPT_TO, "YYYY-MM-DD", 0, "not after this day", 0},
    {"place", OPT_PLACE, "WORDS", 0, "at a place whose name holds these words", 0},
    {"acting", OPT_ACTING, "NAME", 0, "in which this actor acts, or issues the demand (the whole name)", 0},
    {"receiving", OPT_RECEIVING, "NAME", 0, "in which it is done to this actor, or demanded of it", 0},
    {"country", OPT_COUNTRY, "CODE", 0, "with an actor of this country (ISO 3166 alpha-3)", 0},
    {"doc", OPT_DOC, "ID", 0, "from this document", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet", 0},
    {"limit", OPT_LIMIT, "N", 0, "at most N rows", 0},
    {"unit", OPT_UNIT, "UNIT", 0,
     "series: of 'all', each 'type', 'actor', 'country', directed 'dyad' of actors or 'pair' of countries", 0},
    {"period", OPT_PERIOD, "PERIOD", 0, "series: by 'day', 'week' or 'month'", 0},
    {"dedup", OPT_DEDUP, "HOW", 0,
     "events, series: every 'report' (the default), one for an 'incident', or 'one-a-day' of the same parties and type",
     0},
    {"index", OPT_INDEX, NULL, 0,
     "series: threats, acts and cooperation as an index over a panel of outlets, free of how much they write", 0},
    {"of", OPT_OF, "NAME", 0, "series --index: of one unit alone, as 'A > B'", 0},
    {"base", OPT_BASE, "FROM/TO", 0, "series --index: the days whose mean is 100 (default: all)", 0},
    {"both", OPT_BOTH, NULL, 0, "series of dyads or pairs: both directions side by side, with their asymmetry", 0},
    {"merged", OPT_MERGED, NULL, 0,
     "ties: one row for what all documents tell alike, with its dates, conflicts and what is known besides", 0},
    {"save", OPT_SAVE, "NAME", 0, "search: keep the words and filters under this name", 0},
    {"saved", OPT_SAVED, "NAME", 0, "search: for the words and with the filters kept under this name", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {0},
};

static const char *day(struct argp_state *state, const char *arg) {
  int32_t unused;
  if (!cli_day(arg, &unused)) argp_error(state, "a day is written YYYY-MM-DD, not '%s'", arg);
  return arg;
}

static const char *one_of(struct argp_state *state, const char *option, const char *arg, const char *const *words) {
  for (size_t i = 0; words[i]; i++)
    if (str_is(str_of(arg), words[i])) return words[i];
  argp_error(state, "--%s does not know '%s'; see --help", option, arg);
  return NULL;
}

static void word_add(struct argp_state *state, struct list_options *o, const char *word) {
  size_t n = strlen(o->words), room = sizeof o->words - n;
  bool spaces = strchr(word, ' ') && !strchr(word, '"'); /* the shell has taken the quotes of a phrase */
  int k = snprintf(o->words + n, room, "%s%s%s%s", n ? " " : "", spaces ? "\"" : "", word, spaces ? "\"" : "");
  if (k < 0 || (size_t)k >= room) argp_error(state, "these are too many words");
  o->filter.words = o->words;
}

static void series_check(struct argp_state *state, struct list_options *o) {
  if (!o->index && !o->both && !o->of && !o->base) return;
  if (o->list != LIST_SERIES) argp_error(state, "--index, --of, --base and --both are for series");
  if (!o->index && (o->of || o->base)) argp_error(state, "--of and --base are for --index");
  if (o->both && !o->filter.unit) o->filter.unit = "dyad";
  if (o->both && !str_is(str_of(o->filter.unit), "dyad") && !str_is(str_of(o->filter.unit), "pair"))
    argp_error(state, "--both wants --unit dyad or pair");
  if (o->index && (o->filter.unit != NULL) != (o->of != NULL))
    argp_error(state, "an index is of all, or of one unit: give --unit and --of");
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct list_options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_ACTOR: o->filter.actor = arg; return 0;
  case OPT_ACTING: o->filter.acting = arg; return 0;
  case OPT_RECEIVING: o->filter.receiving = arg; return 0;
  case OPT_TYPE: o->filter.type = arg; return 0;
  case OPT_STATUS: o->filter.status = arg; return 0;
  case OPT_FROM: o->filter.from = day(state, arg); return 0;
  case OPT_TO: o->filter.to = day(state, arg); return 0;
  case OPT_PLACE: o->filter.place = arg; return 0;
  case OPT_DOC: o->filter.doc = arg; return 0;
  case OPT_COUNTRY: o->filter.country = arg; return 0;
  case OPT_SOURCE: o->filter.source = arg; return 0;
  case OPT_LIMIT:
    if (!cli_number(arg, 1, INT64_MAX / 2, &o->filter.limit))
      argp_error(state, "--limit wants a number, not '%s'", arg);
    return 0;
  case OPT_UNIT: {
    static const char *const units[] = {"all", "type", "actor", "country", "dyad", "pair", NULL};
    o->filter.unit = one_of(state, "unit", arg, units);
    return 0;
  }
  case OPT_PERIOD: {
    static const char *const periods[] = {"day", "week", "month", NULL};
    o->filter.period = one_of(state, "period", arg, periods);
    return 0;
  }
  case OPT_DEDUP: {
    static const char *const ways[] = {"report", "incident", "one-a-day", NULL};
    o->filter.dedup = one_of(state, "dedup", arg, ways);
    return 0;
  }
  case OPT_MERGED:
    if (o->list != LIST_TIES) argp_error(state, "--merged is for ties");
    o->merged = true;
    return 0;
  case OPT_INDEX: o->index = true; return 0;
  case OPT_BOTH: o->both = true; return 0;
  case OPT_OF: o->of = arg; return 0;
  case OPT_BASE: o->base = arg; return 0;
  case OPT_SAVE: o->save = arg; return 0;
  case OPT_SAVED: o->saved = arg; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG:
    if (o->list == LIST_REPORTS && !o->filter.actor) o->filter.actor = arg;
    else if (o->list == LIST_SEARCH) word_add(state, o, arg);
    else argp_error(state, "'%s' is too much; a ledger is given with --db", arg);
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (o->list == LIST_REPORTS && !o->filter.actor) argp_error(state, "which incident? give its id");
    series_check(state, o);
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {options, parse_option, "--db FILE", "Lists what stands in a ledger.",
                                 NULL,    NULL,         NULL};

/* A terminal has no room for these; --format tsv, csv and jsonl give them. */
static bool narrow(const char *column) {
  static const char *const left_out[] = {"precision", "confidence", "told",       "doc",
                                         "words",     "incident",   "told_first", "told_last"};
  for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
    if (str_is(str_of(column), left_out[i])) return true;
  return false;
}

int cli_print_list(struct ledger_query *q, enum table_format format) {
  struct err e = {0};
  struct table t;
  const char *names[TABLE_COLUMNS];
  str cells[TABLE_COLUMNS];
  int n = 0, column[TABLE_COLUMNS];
  bool aligned = format == TABLE_ALIGNED || (format == TABLE_AUTO && cli_terminal(STDOUT_FILENO));
  for (int i = 0; i < ledger_query_columns(q) && n < TABLE_COLUMNS; i++) {
    if (aligned && narrow(ledger_query_name(q, i))) continue;
    names[n] = ledger_query_name(q, i);
    column[n++] = i;
  }
  table_begin(&t, format, n, names);
  bool open = true;
  while (open && ledger_query_next(q, &e) == 1) {
    for (int i = 0; i < n; i++) cells[i] = ledger_query_text(q, column[i]);
    open = table_row(&t, cells);
  }
  if (open) table_end(&t);
  else {
    t.format = TABLE_TSV;
    table_end(&t);
  }
  return cli_close_stdout(e.code == ERR_OK ? CLI_OK : cli_fail(&e));
}

/* A search that is kept under a name becomes this one; what is given beside it counts instead. False: there is none. */
static bool saved_use(struct ledger *g, struct list_options *o, struct buf *room, struct err *e) {
  const char **to[] = {&o->filter.words, &o->filter.actor, &o->filter.type, &o->filter.status,  &o->filter.from,
                       &o->filter.to,    &o->filter.place, &o->filter.doc,  &o->filter.country, &o->filter.source};
  enum { FIELDS = sizeof to / sizeof *to };
  struct ledger_query *q = ledger_query_open(g, LIST_SEARCHES, &(struct ledger_filter){.limit = 0}, e);
  size_t at[FIELDS] = {0};
  bool found = false;
  while (q && !found && ledger_query_next(q, e) == 1) {
    if (!str_is(ledger_query_text(q, 0), o->saved)) continue;
    found = true;
    for (int i = 0; i < FIELDS; i++) {
      str s = ledger_query_text(q, i + 1);
      at[i] = s.n ? room->n + 1 : 0;
      if (s.n) buf_putc(room, 0), buf_put(room, s);
    }
    buf_putc(room, 0);
  }
  ledger_query_close(q);
  for (int i = 0; i < FIELDS && found; i++)
    if (at[i] && !*to[i]) *to[i] = room->p + at[i];
  if (!found && e->code == ERR_OK) err_set(e, ERR_USAGE, "no search is kept under the name '%s'", o->saved);
  return found;
}

/* Before a search runs: the saved one is read, this one is saved, and without words the saved ones are listed. */
static bool search_prepare(struct ledger *g, struct list_options *o, struct buf *room, struct err *e) {
  if (o->saved && !saved_use(g, o, room, e)) return false;
  if (!o->filter.words) {
    o->list = LIST_SEARCHES;
    return !o->save || err_set(e, ERR_USAGE, "a search without words is not kept");
  }
  if (!o->save) return true;
  struct ledger *w = ledger_open(o->db, LEDGER_EDIT, e);
  bool ok = w && ledger_search_save(w, o->save, &o->filter, e);
  ledger_close(w);
  return ok;
}

/* The series that are more than a list. */
static int more_than_a_list(struct ledger *g, const struct list_options *o) {
  return o->index ? series_index(g, &o->filter, o->of, o->base, o->format) : series_both(g, &o->filter, o->format);
}

static int list(int argc, char **argv, enum ledger_list what, char *name) {
  struct list_options o = {.list = what};
  struct err e = {0};
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  const char *kept = ledger_default_status(what);
  if (!o.filter.status && *kept && cli_terminal(STDERR_FILENO))
    fprintf(stderr, "Only status '%s' is listed; --status all lists every one.\n", kept);
  if (o.index || o.both) {
    int code = more_than_a_list(g, &o);
    ledger_close(g);
    return code;
  }
  struct buf room;
  buf_init(&room, 1 << 16);
  bool ready = what != LIST_SEARCH || search_prepare(g, &o, &room, &e);
  struct ledger_query *q = ready ? ledger_query_open(g, o.merged ? LIST_TENURES : o.list, &o.filter, &e) : NULL;
  int code = !q ? cli_fail(&e) : o.merged ? cli_print_tenures(q, o.format) : cli_print_list(q, o.format);
  buf_release(&room);
  ledger_query_close(q);
  ledger_close(g);
  return code;
}

int cmd_list(int argc, char **argv) {
  static const struct {
    const char *name;
    enum ledger_list list;
  } lists[] = {{"events", LIST_EVENTS},       {"incidents", LIST_INCIDENTS}, {"show", LIST_REPORTS},
               {"actors", LIST_ACTORS},       {"ties", LIST_TIES},           {"demands", LIST_DEMANDS},
               {"deadlines", LIST_DEADLINES}, {"documents", LIST_DOCUMENTS}, {"unknown", LIST_UNKNOWN},
               {"search", LIST_SEARCH},       {"series", LIST_SERIES}};
  static char name[64];
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    if (!str_is(str_of(argv[0]), lists[i].name)) continue;
    bool shown = lists[i].list == LIST_REPORTS;
    snprintf(name, sizeof name, "tightrope %s%s", shown ? "incidents " : "", lists[i].name);
    return list(argc, argv, lists[i].list, name);
  }
  return cli_usage(argv[0], "there is no such list");
}
