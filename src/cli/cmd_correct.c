/* cmd_correct.c - `tightrope correct`: a field of an event is right or wrong; the list of what was said, as gold, and from another ledger. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/known.h"
#include "cli/table.h"
#include "ledger/correct.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

enum { WORDS = 4, CAP = 1 << 28 };

struct options {
  const char *db, *note, *word[WORDS];
  int n, least, most;
  enum table_format format;
};

enum { OPT_DB = 256, OPT_NOTE, OPT_FORMAT };

static const struct argp_option option_list[] = {
    {"db", OPT_DB, "FILE", 0, "the ledger", 0},
    {"note", OPT_NOTE, "TEXT", 0, "why; kept with it", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "of the list: table (on a terminal), tsv (in a pipe), csv or jsonl", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_NOTE: o->note = arg; return 0;
  case OPT_FORMAT:
    if (!table_format_of(arg, &o->format)) argp_error(state, "--format wants table, tsv, csv or jsonl, not '%s'", arg);
    return 0;
  case ARGP_KEY_ARG:
    if (o->n == o->most) argp_error(state, "'%s' is too much", arg);
    else o->word[o->n++] = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (o->n < o->least)
      argp_error(state, "what is right or wrong? give EVENT FIELD right, or EVENT FIELD wrong VALUE");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static struct options parsed(int argc, char **argv, const char *args, const char *doc, int least, int most) {
  struct options o = {.least = least, .most = most};
  const struct argp argp = {option_list, parse_option, args, doc, NULL, NULL, NULL};
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  return o;
}

static int field_of(const char *word) {
  for (int i = 0; correct_field_name[i]; i++)
    if (str_is(str_of(word), correct_field_name[i])) return i;
  return -1;
}

static bool type_of(void *ctx, str type, int64_t *quad, double *score) {
  const struct ontology *o = ctx;
  uint8_t t = ontology_type(o, type);
  if (!t) return false;
  *quad = ontology_quad(o, t), *score = ontology_type_row(o, t)->score;
  return true;
}

static int correct(int argc, char **argv) {
  struct options o = parsed(
      argc, argv, "EVENT FIELD right --db FILE\nEVENT FIELD wrong [VALUE] --db FILE",
      "Says of one field of an event (event, type, status, date, place, actor, recipient) that it was read rightly, or wrongly "
      "and what is right. It holds when documents are coded anew. More: correct list, drop, gold, replay.",
      3, 4);
  int field = field_of(o.word[1]);
  bool right = str_is(str_of(o.word[2]), "right");
  if (field < 0)
    return cli_usage("correct", "'%s' is no field: event, type, status, date, place, actor or recipient", o.word[1]);
  if (!right && !str_is(str_of(o.word[2]), "wrong")) return cli_usage("correct", "right or wrong, not '%s'", o.word[2]);
  struct correction c = {str_of(o.word[0]), (enum correct_field)field, right, str_of(o.word[3]), str_of(o.note)};
  struct corrected out;
  struct err e = {0};
  struct ontology *types = known_ontology(&e);
  struct ledger *g = types ? ledger_open(o.db, LEDGER_EDIT, &e) : NULL;
  bool ok = g && ledger_correct(g, &c, type_of, types, &out, &e);
  ledger_close(g);
  ontology_close(types);
  if (!ok) return cli_fail(&e);
  if (right) fprintf(stderr, "%s: %s is right: %s\n", out.event, o.word[1], out.was);
  else
    fprintf(stderr, "%s: %s was read as '%s'%s%s\n", out.event, o.word[1], out.was, out.value[0] ? ", is " : "",
            out.value);
  return CLI_OK;
}

static int drop(int argc, char **argv) {
  struct options o = parsed(argc, argv, "EVENT FIELD --db FILE",
                            "Takes back what was said of a field: it is again as it was read.", 2, 2);
  int field = field_of(o.word[1]);
  if (field < 0) return cli_usage("correct", "'%s' is no field", o.word[1]);
  struct err e = {0};
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  bool ok = g && ledger_correct_drop(g, str_of(o.word[0]), (enum correct_field)field, &e);
  ledger_close(g);
  return ok ? CLI_OK : cli_fail(&e);
}

static int list(int argc, char **argv) {
  struct options o = parsed(argc, argv, "--db FILE", "Lists what was said of fields.", 0, 0);
  struct err e = {0};
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  struct ledger_query *q = g ? ledger_query_open(g, LIST_CORRECTIONS, &(struct ledger_filter){.limit = 0}, &e) : NULL;
  int code = q ? cli_print_list(q, o.format) : cli_fail(&e);
  ledger_query_close(q);
  ledger_close(g);
  return code;
}

static int gold(int argc, char **argv) {
  struct options o =
      parsed(argc, argv, "--db FILE",
             "Prints all corrections as gold data, a line of JSON each, for `tightrope correct replay` too.", 0, 0);
  struct err e = {0};
  struct buf out;
  buf_init(&out, CAP);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  bool ok = g && ledger_corrections_write(g, &out, &e);
  if (ok) cli_write(buf_str(&out));
  buf_release(&out);
  ledger_close(g);
  return cli_close_stdout(ok ? CLI_OK : cli_fail(&e));
}

static int replay(int argc, char **argv) {
  struct options o = parsed(argc, argv, "FILE --db FILE",
                            "Takes the corrections that `tightrope correct gold` has printed into a ledger.", 1, 1);
  struct err e = {0};
  struct buf in;
  uint64_t taken = 0;
  buf_init(&in, CAP);
  struct ontology *types = known_ontology(&e);
  struct ledger *g = types && file_read(&in, o.word[0], &e) ? ledger_open(o.db, LEDGER_EDIT, &e) : NULL;
  bool ok = g && ledger_corrections_replay(g, buf_str(&in), o.word[0], type_of, types, &taken, &e);
  if (ok) fprintf(stderr, "%" PRIu64 " corrections taken\n", taken);
  ledger_close(g);
  ontology_close(types);
  buf_release(&in);
  return ok ? CLI_OK : cli_fail(&e);
}

int cmd_correct(int argc, char **argv) {
  static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
  } more[] = {{"drop", drop}, {"list", list}, {"gold", gold}, {"replay", replay}};
  static char name[64] = "tightrope correct";
  for (size_t i = 0; argc > 1 && i < sizeof more / sizeof *more; i++) {
    if (!str_is(str_of(argv[1]), more[i].name)) continue;
    snprintf(name, sizeof name, "tightrope correct %s", more[i].name);
    argv[1] = name;
    return more[i].run(argc - 1, argv + 1);
  }
  argv[0] = name;
  return correct(argc, argv);
}
