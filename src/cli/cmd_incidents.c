/* cmd_incidents.c - `tightrope incidents`: lists them (cmd_list.c does that), shows the reports of one, and takes an analyst's word on
 * which reports are one incident. */
#include "base/file.h"
#include "cli/cli.h"
#include "ledger/incident.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPT_DB = 256, OPT_NOTE, WORDS = 2 };

struct options {
  const char *db, *note, *word[WORDS];
  int n, least;
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_NOTE: o->note = arg; return 0;
  case ARGP_KEY_ARG:
    if (o->n == o->least) argp_error(state, "'%s' is too much", arg);
    o->word[o->n++] = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (o->n < o->least) argp_error(state, "%s is missing", o->n ? "the other report" : "the report or the file");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_option option_list[] = {{"db", OPT_DB, "FILE", 0, "the ledger", 0},
                                                 {"note", OPT_NOTE, "TEXT", 0,
                                                  "why, for those who read the decisions later", 0},
                                                 {0}};

static struct options parsed(int argc, char **argv, const char *usage, const char *what, int least) {
  struct argp argp = {option_list, parse_option, usage, what, NULL, NULL, NULL};
  struct options o = {.least = least};
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  return o;
}

/* An incident is given by its own id or that of one of its reports. */
static str event_id(const char *word, char room[64]) {
  snprintf(room, 64, "%s", word);
  if (room[0] == 'i') room[0] = 'e';
  return str_of(room);
}

static int merge(int argc, char **argv) {
  struct options o =
      parsed(argc, argv, "--db FILE REPORT OTHER",
             "Two reports tell one event: their incidents become one, here and when the documents are coded anew.", 2);
  char a[64], b[64];
  int64_t reports = 0;
  struct err e = {0};
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  bool ok = g && ledger_incident_merge(g, event_id(o.word[0], a), event_id(o.word[1], b), str_of(o.note ? o.note : ""),
                                       &reports, &e);
  ledger_close(g);
  if (ok) fprintf(stderr, "one incident of %" PRId64 " reports now\n", reports);
  return ok ? CLI_OK : cli_fail(&e);
}

static int split(int argc, char **argv) {
  struct options o =
      parsed(argc, argv, "--db FILE REPORT",
             "The report tells another event than the others of its incident: it becomes one of its own.", 1);
  char a[64];
  int64_t reports = 0;
  struct err e = {0};
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  bool ok = g && ledger_incident_split(g, event_id(o.word[0], a), str_of(o.note ? o.note : ""), &reports, &e);
  ledger_close(g);
  if (ok) fprintf(stderr, "an incident of its own now\n");
  return ok ? CLI_OK : cli_fail(&e);
}

static int decisions(int argc, char **argv) {
  struct options o =
      parsed(argc, argv, "--db FILE", "Prints all joins and splits, for `tightrope incidents replay`.", 0);
  struct err e = {0};
  struct buf out;
  buf_init(&out, (size_t)1 << 28);
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  bool ok = g && ledger_incident_decisions(g, &out, &e);
  if (ok) cli_write(buf_str(&out));
  buf_release(&out);
  ledger_close(g);
  return cli_close_stdout(ok ? CLI_OK : cli_fail(&e));
}

static int replay(int argc, char **argv) {
  struct options o = parsed(argc, argv, "--db FILE DECISIONS",
                            "Takes the decisions that `tightrope incidents decisions` has printed into a ledger.", 1);
  struct err e = {0};
  struct buf in;
  uint64_t taken = 0;
  buf_init(&in, (size_t)1 << 28);
  struct ledger *g = file_read(&in, o.word[0], &e) ? ledger_open(o.db, LEDGER_WRITE, &e) : NULL;
  bool ok = g && ledger_incident_replay(g, buf_str(&in), &taken, &e);
  if (!ok && e.line) snprintf(e.file, sizeof e.file, "%s", o.word[0]);
  if (ok) fprintf(stderr, "%" PRIu64 " decisions taken\n", taken);
  ledger_close(g);
  buf_release(&in);
  return ok ? CLI_OK : cli_fail(&e);
}

int cmd_incidents(int argc, char **argv) {
  static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
  } more[] = {{"merge", merge}, {"split", split}, {"decisions", decisions}, {"replay", replay}, {"show", cmd_list}};
  static char name[64];
  for (size_t i = 0; argc > 1 && i < sizeof more / sizeof *more; i++) {
    if (!str_is(str_of(argv[1]), more[i].name)) continue;
    if (more[i].run != cmd_list) {
      snprintf(name, sizeof name, "tightrope incidents %s", more[i].name);
      argv[1] = name;
    }
    return more[i].run(argc - 1, argv + 1);
  }
  return cmd_list(argc, argv);
}
