/* cmd_why.c - `tightrope why ID`: codes the document of a record anew, with a trace, and tells how the record was read. */
#include "cli/cli.h"
#include "ledger/incident.h"
#include "report/why.h"
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct why_options {
  const char *db, *id;
};

enum { OPT_DB = 256 };

static const struct argp_option options[] = {{"db", OPT_DB, "FILE", 0, "the ledger", 0}, {0}};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct why_options *o = state->input;
  switch (key) {
  case OPT_DB: o->db = arg; return 0;
  case ARGP_KEY_ARG:
    if (o->id) argp_error(state, "one id at a time");
    o->id = arg;
    return 0;
  case ARGP_KEY_END:
    if (!o->db) argp_error(state, "which ledger? give --db FILE");
    if (!o->id) argp_error(state, "which event, demand or tie? give its id or the beginning of it");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    options,
    parse_option,
    "--db FILE ID",
    "Tells how an event, demand or tie was read: its sentence, the tree, the rule, the slots, and what "
    "else was considered. The beginning of an id will do.",
    NULL,
    NULL,
    NULL};

/* One report that tells the same event, and why it is held to. */
static void tell_link(void *ctx, str event, str doc, double score, const char *reasons) {
  struct buf *out = ctx;
  if (!out->n) buf_puts(out, "\nOne incident with\n");
  buf_printf(out, "  %.*s in %.*s  ", STR_FMT(event), STR_FMT(doc));
  if (score >= INCIDENT_CERTAIN) buf_printf(out, "%s (a copy of the text, told twice, or joined by hand)\n", reasons);
  else buf_printf(out, "%s (%+.1f)\n", reasons, score);
}

static int explain(const struct ledger_text *t, const char *id, str links) {
  struct err e = {0};
  struct engine_options of = {.isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  struct engine *g = engine_open(&of, &e);
  struct worker *w = g ? worker_open(g, &e) : NULL;
  struct input in = {.id = t->id,
                     .title = t->title,
                     .text = t->text,
                     .source = t->source,
                     .url = t->url,
                     .lang = t->lang,
                     .day = DAY_NONE};
  struct doc d;
  struct buf out;
  int code = CLI_OK;
  doc_init(&d);
  buf_init(&out, (size_t)1 << 26);
  d.trace = true;
  day_parse_iso(t->date, &in.day);
  if (!w) code = cli_fail(&e);
  else {
    worker_code(w, &in, &d);
    if (why_write(&d, engine_ontology(g), str_of(id), cli_colour(STDOUT_FILENO), &out)) {
      buf_put(&out, links);
      cli_write(buf_str(&out));
    } else {
      fprintf(
          stderr,
          "tightrope: %s is no longer read from its document by this version; ingest it again to bring the ledger up to date\n",
          id);
      code = CLI_FAILURE;
    }
  }
  buf_release(&out);
  doc_release(&d);
  worker_close(w);
  engine_close(g);
  return cli_close_stdout(code);
}

int cmd_why(int argc, char **argv) {
  static char name[] = "tightrope why";
  struct why_options o = {0};
  struct err e = {0};
  struct ledger_text text;
  char full[24];
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct ledger *g = ledger_open(o.db, LEDGER_READ, &e);
  if (!g) return cli_fail(&e);
  char id[64]; /* an incident's is that of its first report, but for a letter */
  snprintf(id, sizeof id, "%s", o.id);
  if (id[0] == 'i') id[0] = 'e';
  struct buf links;
  buf_init(&links, 1 << 22);
  bool found =
      ledger_find(g, str_of(id), full, &text, &e) && ledger_incident_links(g, str_of(full), tell_link, &links, &e);
  ledger_close(g);
  int code = CLI_FAILURE;
  if (found) code = explain(&text, full, buf_str(&links));
  else cli_fail(&e);
  buf_release(&links);
  ledger_text_release(&text);
  return code;
}
