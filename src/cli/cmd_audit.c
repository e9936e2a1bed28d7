/* cmd_audit.c - `tightrope audit sample|score`: a sample of a ledger's events for two people to code; what their sheets say. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/known.h"
#include "cli/table.h"
#include "doc/ontology.h"
#include "report/audit.h"
#include <argp.h>
#include <math.h>
#include <stdio.h>

enum {
  OPT_DB = 256,
  OPT_N,
  OPT_SEED,
  OPT_SHEETS,
  OPT_STATUS,
  OPT_FROM,
  OPT_UNTIL,
  OPT_SOURCE,
  OPT_KEY,
  OPT_GOLD,
  OPT_FORMAT
};
enum { SAMPLE_N = 200, SHEETS_CAP = 1 << 28 };

struct options {
  const char *db, *sheets, *key, *gold, *sheet[2];
  int n_sheets;
  int64_t n, seed;
  struct ledger_filter filter;
  enum table_format format;
};

static const char *day(struct argp_state *state, const char *arg) {
  int32_t unused;
  if (!cli_day(arg, &unused)) argp_error(state, "a day is written YYYY-MM-DD, not '%s'", arg);
  return arg;
}

static error_t sample_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_SHEETS: o->sheets = arg; return 0;
  case OPT_N:
    if (!cli_number(arg, 1, AUDIT_MOST, &o->n))
      argp_error(state, "--n wants a number up to %d, not '%s'", AUDIT_MOST, arg);
    return 0;
  case OPT_SEED:
    if (!cli_number(arg, 0, INT64_MAX, &o->seed)) argp_error(state, "--seed wants a number, not '%s'", arg);
    return 0;
  case OPT_STATUS: o->filter.status = arg; return 0;
  case OPT_FROM: o->filter.from = day(state, arg); return 0;
  case OPT_UNTIL: o->filter.to = day(state, arg); return 0;
  case OPT_SOURCE: o->filter.source = arg; return 0;
  case ARGP_KEY_ARG: argp_error(state, "'%s' is too much", arg); return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (!o->sheets)
      argp_error(state, "where to? give --sheets NAME: NAME-a.csv, NAME-b.csv and NAME-key.csv are written");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static error_t score_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_KEY: o->key = arg; return 0;
  case OPT_GOLD: o->gold = arg; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG:
    if (o->n_sheets == 2) argp_error(state, "'%s' is too much: two sheets are scored", arg);
    o->sheet[o->n_sheets++] = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->key || o->n_sheets != 2) argp_error(state, "give --key FILE and the sheets of both coders");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option sample_options[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"sheets", OPT_SHEETS, "NAME", 0, "writes NAME-a.csv and NAME-b.csv, one for each coder, and NAME-key.csv", 0},
    {"n", OPT_N, "N", 0, "how many events (200)", 0},
    {"seed", OPT_SEED, "N", 0, "another sample for another number (1)", 0},
    {"status", OPT_STATUS, "STATUS", 0, "of this status alone", 0},
    {"from", OPT_FROM, "YYYY-MM-DD", 0, "not before this day", 0},
    {"to", OPT_UNTIL, "YYYY-MM-DD", 0, "not after this day", 0},
    {"source", OPT_SOURCE, "NAME", 0, "from this outlet", 0},
    {0}};
static const struct argp_option score_options[] = {{"key", OPT_KEY, "FILE", 0, "the key of the sample", 0},
                                                   {"gold", OPT_GOLD, "FILE", 0,
                                                    "writes what both coded alike, a line of JSON each", 0},
                                                   {"format", OPT_FORMAT, "FORMAT", 0,
                                                    "table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
                                                   {0}};
static const struct argp sample_argp = {
    sample_options,
    sample_option,
    "--db FILE --sheets NAME",
    "Draws events of a ledger, of every type the same number, for two people to code without seeing each other's sheet or the key. To be filled in: "
    "type (as the codebook has it, or NONE), status; and whether actor, recipient, date and place were read rightly (yes, no). A blank is not coded.",
    NULL,
    NULL,
    NULL};
static const struct argp score_argp = {
    score_options,
    score_option,
    "--key FILE SHEET SHEET",
    "How far two coders agree (Krippendorff's alpha), and of what both coded alike how much the program has so, by type, with the 95 % interval of Wilson.",
    NULL,
    NULL,
    NULL};

static bool write_one(const struct options *o, const char *which, const struct buf *b, struct err *e) {
  char path[4096];
  int n = snprintf(path, sizeof path, "%s-%s.csv", o->sheets, which);
  if (n < 0 || (size_t)n >= sizeof path) return err_set(e, ERR_LIMIT, "the name of the sheets is too long");
  return file_write_atomic(path, buf_str(b), e);
}

static int sample(const struct options *o) {
  struct err e = {0};
  struct buf sheet, key;
  size_t drawn = 0;
  struct ledger *g = ledger_open(o->db, LEDGER_READ, &e);
  buf_init(&sheet, SHEETS_CAP), buf_init(&key, SHEETS_CAP);
  bool ok = g && audit_sample(g, &o->filter, (size_t)o->n, (uint64_t)o->seed, &sheet, &key, &drawn, &e);
  if (ok && !drawn) ok = err_set(&e, ERR_USAGE, "no event is in the ledger with these filters");
  ok = ok && write_one(o, "a", &sheet, &e) && write_one(o, "b", &sheet, &e) && write_one(o, "key", &key, &e);
  if (ok)
    fprintf(stderr, "%zu events in %s-a.csv and %s-b.csv; keep %s-key.csv from the coders\n", drawn, o->sheets,
            o->sheets, o->sheets);
  buf_release(&sheet), buf_release(&key);
  ledger_close(g);
  return ok ? CLI_OK : cli_fail(&e);
}

/* ---- what the sheets say */

static str number(char *room, size_t size, double v) {
  if (isnan(v)) return STR("-");
  snprintf(room, size, "%.3f", v);
  return str_of(room);
}

static str count(char *room, size_t size, size_t n) {
  snprintf(room, size, "%zu", n);
  return str_of(room);
}

static void print_questions(const struct audit_score *s, enum table_format format) {
  static const char *const names[] = {"question", "coded_by_both", "alike", "alpha", "program_right", "share"};
  struct table t;
  char room[5][32];
  table_begin(&t, format, 6, names);
  for (size_t k = 0; k < AUDIT_QUESTIONS; k++) {
    const struct audit_question *q = &s->question[k];
    const str row[] = {str_of(q->name),
                       count(room[0], 32, q->n),
                       count(room[1], 32, q->agree),
                       number(room[2], 32, q->alpha),
                       count(room[3], 32, q->right),
                       number(room[4], 32, q->agree ? (double)q->right / (double)q->agree : (double)NAN)};
    table_row(&t, row);
  }
  table_end(&t);
}

static void print_types(const struct audit_score *s, enum table_format format) {
  static const char *const names[] = {"type",     "in_ledger", "sampled", "right", "wrong",
                                      "disputed", "precision", "low",     "high"};
  struct table t;
  char room[8][32];
  table_begin(&t, format, 9, names);
  for (size_t i = 0; i < s->n_types; i++) {
    const struct audit_type *x = &s->type[i];
    size_t n = x->right + x->wrong;
    const str row[] = {str_of(x->name),
                       count(room[0], 32, x->in_ledger),
                       count(room[1], 32, x->sampled),
                       count(room[2], 32, x->right),
                       count(room[3], 32, x->wrong),
                       count(room[4], 32, x->disputed),
                       number(room[5], 32, n ? (double)x->right / (double)n : (double)NAN),
                       number(room[6], 32, n ? x->low : (double)NAN),
                       number(room[7], 32, n ? x->high : (double)NAN)};
    table_row(&t, row);
  }
  table_end(&t);
}

/* Names of the event types, NULL behind the last. */
static struct ontology *types_open(const char **types, size_t most, struct err *e) {
  struct ontology *o = known_ontology(e);
  size_t n = 0;
  for (uint8_t i = 1; o && i <= ontology_type_count(o) && n + 1 < most; i++) types[n++] = ontology_type_name(o, i);
  types[n] = NULL;
  return o;
}

static int score(const struct options *o) {
  struct err e = {0};
  const char *names[3] = {o->key, o->sheet[0], o->sheet[1]}, *types[AUDIT_TYPES + 1];
  struct buf text[3], gold;
  struct audit_score s;
  struct ontology *ontology = types_open(types, AUDIT_TYPES + 1, &e);
  bool ok = ontology != NULL;
  buf_init(&gold, SHEETS_CAP);
  for (int i = 0; i < 3; i++) {
    buf_init(&text[i], SHEETS_CAP);
    ok = ok && file_read(&text[i], names[i], &e);
  }
  const str texts[3] = {buf_str(&text[0]), buf_str(&text[1]), buf_str(&text[2])};
  ok = ok && audit_score(texts, names, types, &s, &gold, &e);
  ok = ok && (!o->gold || file_write_atomic(o->gold, buf_str(&gold), &e));
  if (ok) {
    print_questions(&s, o->format);
    cli_write(STR("\n"));
    print_types(&s, o->format);
    if (isnan(s.precision)) fprintf(stderr, "No event was coded alike by both: nothing is claimed.\n");
    else
      fprintf(stderr, "%zu of %zu events were coded by both; precision of type, weighted to the ledger: %.3f\n",
              s.coded, s.items, s.precision);
  }
  for (int i = 0; i < 3; i++) buf_release(&text[i]);
  buf_release(&gold);
  ontology_close(ontology);
  return ok ? cli_close_stdout(CLI_OK) : cli_fail(&e);
}

/* Without sample or score. */
static error_t other_option(int key, char *arg, struct argp_state *state) {
  if (key == ARGP_KEY_ARG) argp_error(state, "sample draws, score counts; there is no '%s'", arg);
  if (key == ARGP_KEY_NO_ARGS) argp_error(state, "sample draws, score counts: which?");
  return ARGP_ERR_UNKNOWN;
}
static const struct argp other_argp = {
    NULL,
    other_option,
    "sample --db FILE --sheets NAME\nscore --key FILE SHEET SHEET",
    "A sample of a ledger's events for two people to code, and what their sheets say (audit sample --help, audit score --help).",
    NULL,
    NULL,
    NULL};

int cmd_audit(int argc, char **argv) {
  static char name[] = "tightrope audit", sample_name[] = "tightrope audit sample",
              score_name[] = "tightrope audit score";
  struct options o = {.n = SAMPLE_N, .seed = 1};
  if (argc > 1 && str_is(str_of(argv[1]), "sample")) {
    argv[1] = sample_name;
    argp_parse(&sample_argp, argc - 1, argv + 1, 0, NULL, &o);
    return sample(&o);
  }
  if (argc > 1 && str_is(str_of(argv[1]), "score")) {
    argv[1] = score_name;
    argp_parse(&score_argp, argc - 1, argv + 1, 0, NULL, &o);
    return score(&o);
  }
  argv[0] = name;
  argp_parse(&other_argp, argc, argv, 0, NULL, NULL);
  return CLI_USAGE;
}
