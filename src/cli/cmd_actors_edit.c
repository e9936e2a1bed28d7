/* cmd_actors_edit.c - `tightrope actors merge|split|decisions|replay|add`: an analyst's word on who is who.
 *
 * Merges and splits change a ledger; add writes a line of knowledge for an actor that the ledger has and the knowledge does
 * not, after it has said what would change. */
#include "actor/actor_kb.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/cmd_actors.h"
#include "ledger/decide.h"
#include "ledger/query.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPT_DB = 256, OPT_NOTE, OPT_DOC, OPT_CODE, OPT_TO, OPT_YES, OPT_KIND, WORDS = 2 };

struct edit_options {
  const char *db, *note, *doc, *code, *to, *kind, *word[WORDS];
  int n, least, most;
  bool yes;
};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct edit_options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case OPT_NOTE: o->note = arg; return 0;
  case OPT_DOC: o->doc = arg; return 0;
  case OPT_CODE: o->code = arg; return 0;
  case OPT_TO: o->to = arg; return 0;
  case OPT_KIND: o->kind = arg; return 0;
  case OPT_YES: o->yes = true; return 0;
  case ARGP_KEY_ARG:
    if (o->n == o->most) argp_error(state, "'%s' is too much", arg);
    o->word[o->n++] = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (o->n < o->least) argp_error(state, "%s is missing", o->n ? "the second actor" : "the actor");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

#define DB_OPTION                                                                                                      \
  { "db", OPT_DB, "FILE", 0, "the ledger", 0 }
#define NOTE_OPTION                                                                                                    \
  { "note", OPT_NOTE, "TEXT", 0, "why, for those who read the decisions later", 0 }

static struct edit_options parsed(int argc, char **argv, const struct argp *argp, int least, int most) {
  struct edit_options o = {.least = least, .most = most};
  argp_parse(argp, argc, argv, 0, NULL, &o);
  return o;
}

/* ---- merge, split */

static int told(bool ok, struct ledger *g, const struct err *e, const char *format, const struct ledger_decided *d) {
  int code = ok ? CLI_OK : cli_fail(e);
  if (ok) fprintf(stderr, format, d->kept, d->other[0] ? d->other : d->kept, d->documents, d->events);
  ledger_close(g);
  return code;
}

int cmd_actors_merge(int argc, char **argv) {
  static const struct argp_option options[] = {DB_OPTION, NOTE_OPTION, {0}};
  static const struct argp argp = {
      options,
      parse_option,
      "--db FILE KEEP OTHER",
      "Two actors of the ledger are one: OTHER becomes KEEP, here and in all that comes. An actor is given by "
      "its id or, where only one has it, by name.",
      NULL,
      NULL,
      NULL};
  struct edit_options o = parsed(argc, argv, &argp, 2, 2);
  struct err e = {0};
  struct ledger_decided d;
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  if (!g) return cli_fail(&e);
  bool ok = ledger_merge(g, str_of(o.word[0]), str_of(o.word[1]), str_of(o.note ? o.note : ""), &d, &e);
  return told(ok, g, &e, "%s is now also %s: %" PRId64 " documents, %" PRId64 " places in events\n", &d);
}

int cmd_actors_split(int argc, char **argv) {
  static const struct argp_option options[] = {
      DB_OPTION, {"doc", OPT_DOC, "ID", 0, "the document in which it is somebody else", 0}, NOTE_OPTION, {0}};
  static const struct argp argp = {
      options,
      parse_option,
      "--db FILE --doc ID ACTOR",
      "In one document the actor is somebody else of the same name, here and when it is coded anew.",
      NULL,
      NULL,
      NULL};
  struct edit_options o = parsed(argc, argv, &argp, 1, 1);
  struct err e = {0};
  struct ledger_decided d;
  if (!o.doc) return cli_usage("actors split", "in which document? give --doc ID");
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  if (!g) return cli_fail(&e);
  bool ok = ledger_split(g, str_of(o.word[0]), str_of(o.doc), str_of(o.note ? o.note : ""), &d, &e);
  return told(ok, g, &e, "%s there is another %s now: %" PRId64 " documents, %" PRId64 " places in events\n", &d);
}

int cmd_actors_decisions(int argc, char **argv) {
  static const struct argp_option options[] = {DB_OPTION, {0}};
  static const struct argp argp = {options,     parse_option,
                                   "--db FILE", "Prints all merges and splits, for `tightrope actors replay`.",
                                   NULL,        NULL,
                                   NULL};
  struct edit_options o = parsed(argc, argv, &argp, 0, 0);
  struct err e = {0};
  struct buf out;
  struct ledger *g = ledger_open(o.db, LEDGER_EDIT, &e);
  if (!g) return cli_fail(&e);
  buf_init(&out, (size_t)1 << 28);
  bool ok = ledger_decisions_write(g, &out, &e);
  if (ok) cli_write(buf_str(&out));
  buf_release(&out);
  ledger_close(g);
  return cli_close_stdout(ok ? CLI_OK : cli_fail(&e));
}

int cmd_actors_replay(int argc, char **argv) {
  static const struct argp_option options[] = {DB_OPTION, {0}};
  static const struct argp argp = {options,
                                   parse_option,
                                   "--db FILE DECISIONS",
                                   "Takes the decisions that `tightrope actors decisions` has printed into a ledger.",
                                   NULL,
                                   NULL,
                                   NULL};
  struct edit_options o = parsed(argc, argv, &argp, 1, 1);
  struct err e = {0};
  struct buf in;
  uint64_t taken = 0;
  buf_init(&in, (size_t)1 << 28);
  struct ledger *g = file_read(&in, o.word[0], &e) ? ledger_open(o.db, LEDGER_WRITE, &e) : NULL;
  bool ok = g && ledger_decisions_replay(g, buf_str(&in), &taken, &e);
  if (!ok && e.line) snprintf(e.file, sizeof e.file, "%s", o.word[0]);
  if (ok) fprintf(stderr, "%" PRIu64 " decisions taken\n", taken);
  ledger_close(g);
  buf_release(&in);
  return ok ? CLI_OK : cli_fail(&e);
}

/* ---- add */

struct proposal {
  char name[256], kind[32], code[64], id[256];
};

/* One row of the queue: the actor that is meant. */
static bool propose(struct ledger *g, const char *who, struct proposal *p, struct err *e) {
  struct ledger_filter f = {.actor = who};
  struct ledger_query *q = ledger_query_open(g, LIST_UNKNOWN, &f, e);
  int there, n = 0;
  if (!q) return false;
  while ((there = ledger_query_next(q, e)) == 1) {
    str name = ledger_query_text(q, 0), id = ledger_query_text(q, 6);
    if (n && !str_eq_fold(name, str_of(who)) && !str_starts(id, str_of(who))) continue;
    if (n++ && str_eq_fold(str_of(p->name), str_of(who))) continue;
    snprintf(p->name, sizeof p->name, "%.*s", STR_FMT(name));
    snprintf(p->kind, sizeof p->kind, "%.*s", STR_FMT(ledger_query_text(q, 1)));
    snprintf(p->code, sizeof p->code, "%.*s", STR_FMT(ledger_query_text(q, 4)));
  }
  ledger_query_close(q);
  return there < 0
             ? false
             : n || err_set(e, ERR_USAGE, "no unknown actor of the ledger is '%s'; see: tightrope actors unknown", who);
}

static void slug(struct proposal *p) {
  char folded[256];
  size_t n = utf8_fold(str_of(p->name), folded, sizeof folded), k = 0;
  for (size_t i = 0; i < n && k + 1 < sizeof p->id; i++) {
    bool keep = ascii_lower(folded[i]) || ascii_digit(folded[i]) || (unsigned char)folded[i] >= 0x80;
    if (keep) p->id[k++] = folded[i];
    else if (k && p->id[k - 1] != '-' && folded[i] != '\'') p->id[k++] = '-';
  }
  while (k && p->id[k - 1] == '-') k--;
  p->id[k] = 0;
}

/* What the new line would change: the codes that documents of the ledger give the actor now. */
static bool diff(struct ledger *g, const struct proposal *p, struct err *e) {
  struct ledger_filter f = {.actor = p->name};
  struct ledger_query *q = ledger_query_open(g, LIST_CODES, &f, e);
  int there;
  if (!q) return false;
  while ((there = ledger_query_next(q, e)) == 1) {
    str old = ledger_query_text(q, 1);
    bool same = str_is(old, p->code);
    printf("%s %-16.*s %s%-16s  %.*s documents, %.*s places in events\n", same ? " " : "-", STR_FMT(old),
           same ? "  " : "> ", same ? "as before" : p->code, STR_FMT(ledger_query_text(q, 2)),
           STR_FMT(ledger_query_text(q, 3)));
  }
  ledger_query_close(q);
  return there >= 0;
}

static bool append(const char *path, const char *line, struct err *e) {
  struct buf b;
  buf_init(&b, (size_t)1 << 28);
  bool ok = !file_exists(path) || file_read(&b, path, e);
  if (ok && !b.n)
    buf_puts(
        &b,
        "# Actors of our own. Format as in bodies.tsv. Written by `tightrope actors add`; edit it as you like.\n#\n");
  if (b.n && b.p[b.n - 1] != '\n') buf_putc(&b, '\n');
  buf_puts(&b, line);
  ok = ok && file_write_atomic(path, buf_str(&b), e);
  buf_release(&b);
  return ok;
}

/* The knowledge with the line is read before it is kept: an id that is taken, an unknown sector. */
static bool good(const char *knowledge, struct err *e) {
  struct symtab words;
  struct actor_kb kb;
  bool ok = symtab_init(&words) && actor_kb_open(&kb, knowledge, &words, NULL, e);
  if (ok) actor_kb_release(&kb);
  symtab_release(&words);
  return ok;
}

static bool code_shape(const char *code) {
  size_t n = strlen(code);
  if (n < 5 || code[3] != ' ') return false;
  for (size_t i = 0; i < n; i++)
    if (!ascii_upper(code[i]) && code[i] != ' ' && code[i] != ',' && code[i] != '-') return false;
  return true;
}

static int add(const struct edit_options *o) {
  struct err e = {0};
  struct proposal p;
  char data[4096], knowledge[4200], own[4400], line[1024];
  if (!engine_data_folder(data, sizeof data, &e) || !path_join(knowledge, sizeof knowledge, data, "knowledge") ||
      !path_join(own, sizeof own, knowledge, "actors/own.tsv"))
    return cli_fail(&e);
  struct ledger *g = ledger_open(o->db, LEDGER_READ, &e);
  bool ok = g && propose(g, o->word[0], &p, &e);
  if (ok && o->code) snprintf(p.code, sizeof p.code, "%s", o->code);
  if (ok && o->kind) snprintf(p.kind, sizeof p.kind, "%s", o->kind);
  if (ok && !code_shape(p.code))
    ok = err_set(&e, ERR_USAGE, "the texts give no whole code ('%s'); give one: --code \"NGA REB\"", p.code);
  if (ok) {
    slug(&p);
    snprintf(line, sizeof line, "%s\t%s\t%s\t-\t-\t%s\t-\n", p.id, p.kind, p.name, p.code);
    printf("+ %s", line);
    ok = diff(g, &p, &e);
  }
  ledger_close(g);
  const char *to = o->to ? o->to : own;
  if (ok && o->yes) {
    struct buf before;
    buf_init(&before, (size_t)1 << 28);
    bool was = file_exists(to) && file_read(&before, to, &e);
    ok = append(to, line, &e);
    if (ok && !o->to && !good(knowledge, &e)) { /* leave it as it was */
      struct err unused = {0};
      if (was) file_write_atomic(to, buf_str(&before), &unused);
      else remove(to);
      ok = false;
    }
    buf_release(&before);
    if (ok) fprintf(stderr, "added to %s; ingest the sources again to code them with it\n", to);
  } else if (ok) fprintf(stderr, "Nothing is written yet; --yes adds the line to %s\n", to);
  return cli_close_stdout(ok ? CLI_OK : cli_fail(&e));
}

int cmd_actors_add(int argc, char **argv) {
  static const struct argp_option options[] = {
      DB_OPTION,
      {"code", OPT_CODE, "CODE", 0, "country and sectors, \"NGA REB\"; what the texts say if it is left out", 0},
      {"kind", OPT_KIND, "KIND", 0, "person, group or organization", 0},
      {"to", OPT_TO, "FILE", 0, "the file of knowledge; actors/own.tsv of the knowledge if it is left out", 0},
      {"yes", OPT_YES, NULL, 0, "write it; else only what it would change is shown", 0},
      {0}};
  static const struct argp argp = {options,
                                   parse_option,
                                   "--db FILE ACTOR",
                                   "Adds an actor of the queue (`tightrope actors unknown`) to the knowledge.",
                                   NULL,
                                   NULL,
                                   NULL};
  struct edit_options o = parsed(argc, argv, &argp, 1, 1);
  return add(&o);
}
