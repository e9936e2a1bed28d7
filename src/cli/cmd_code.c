/* cmd_code.c - `tightrope code`: documents in, pages out, one line each, in input order. Stateless. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/dictionaries.h"
#include "cli/inputs.h"
#include "doc/codebook.h"
#include "pipeline/batch.h"
#include "report/columns.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct code_options {
  struct inputs inputs;
  struct page_options page;
  struct petr_files dictionaries;
  const char *model, *codebook, *columns; /* columns: NULL pages */
  struct columns_options rows;
  int tabs; /* -1: as the columns usually are */
  int64_t threads;
  bool quiet;
  char **files;
  int n_files;
};

enum {
  OPT_INPUT = 256,
  OPT_DATE,
  OPT_SOURCE,
  OPT_TEXT,
  OPT_OFFSETS,
  OPT_MODEL,
  OPT_FORMAT,
  OPT_COLUMNS,
  OPT_STATUS,
  OPT_CODEBOOK
};

static const struct argp_option options[] = {
    {"input", OPT_INPUT, "FORMAT", 0, "auto (default), text, jsonl, json, csv, html, feed or export", 0},
    {"date", OPT_DATE, "YYYY-MM-DD", 0, "publication date of documents that have none", 0},
    {"source", OPT_SOURCE, "NAME", 0, "outlet of documents that name none", 0},
    {"jobs", 'j', "N", 0, "threads (default 1); the output is the same for every N", 0},
    {"with-text", OPT_TEXT, 0, 0, "put the text into the page", 0},
    {"offsets", OPT_OFFSETS, "UNIT", 0, "bytes (default), chars or utf16", 0},
    {"format", OPT_FORMAT, "FORMAT", 0, "pages (default), events, csv or tsv: a table of events", 0},
    {"columns", OPT_COLUMNS, "NAME", 0,
     "columns of the table: plover (default), polecat, phoenix, petrarch, icews, gdelt-like, acled-like, ucdp-like, or "
     "./FILE",
     0},
    {"status", OPT_STATUS, "LIST", 0,
     "status of the events in the table: actual (default), attempted,planned .. or all", 0},
    {"model", OPT_MODEL, "FILE", 0, "another model than the one installed", 0},
    {"codebook", OPT_CODEBOOK, "NAME|FILE", 0, "give events the code of another ontology too, such as acled", 0},
    {"quiet", 'q', 0, 0, "no summary on standard error", 0},
    {0},
};

static error_t set_offsets(struct code_options *o, const char *unit) {
  if (str_is(str_of(unit), "bytes")) o->page.offsets = OFFSETS_BYTES;
  else if (str_is(str_of(unit), "chars")) o->page.offsets = OFFSETS_CHARS;
  else if (str_is(str_of(unit), "utf16")) o->page.offsets = OFFSETS_UTF16;
  else return EINVAL;
  return 0;
}

static bool set_format(struct code_options *o, const char *format) {
  str f = str_of(format);
  if (str_is(f, "pages")) o->columns = NULL;
  else if (str_is(f, "events") || str_is(f, "csv") || str_is(f, "tsv")) {
    if (!o->columns) o->columns = "plover";
    o->tabs = str_is(f, "csv") ? 0 : str_is(f, "tsv") ? 1 : -1;
  } else return false;
  return true;
}

/* "actual,attempted", "all" */
static bool set_statuses(struct code_options *o, const char *list) {
  str rest = str_of(list);
  o->rows.statuses = 0;
  while (rest.n) {
    str name = str_cut(&rest, ',');
    uint32_t bit = str_is(name, "all") ? UINT32_MAX : 0;
    for (uint8_t i = 0; i < STATUS_COUNT; i++)
      if (str_is(name, status_name(i))) bit = 1u << i;
    if (!bit) return false;
    o->rows.statuses |= bit;
  }
  return o->rows.statuses != 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct code_options *o = state->input;
  switch (key) {
  case ARGP_KEY_INIT: state->child_inputs[0] = &o->dictionaries; return 0;
  case OPT_INPUT:
    if (!intake_knows(arg))
      argp_error(state, "--input wants auto, text, jsonl, json, csv, html, feed or export, not '%s'", arg);
    o->inputs.options.format = arg;
    return 0;
  case OPT_DATE:
    if (!cli_day(arg, &o->inputs.options.default_date)) argp_error(state, "--date wants YYYY-MM-DD, not '%s'", arg);
    return 0;
  case OPT_SOURCE: o->inputs.options.default_source = arg; return 0;
  case 'j':
    if (!cli_number(arg, 1, BATCH_THREADS_MAX, &o->threads))
      argp_error(state, "-j wants a number from 1 to 256, not '%s'", arg);
    return 0;
  case OPT_TEXT: o->page.with_text = true; return 0;
  case OPT_OFFSETS:
    if (set_offsets(o, arg)) argp_error(state, "--offsets wants bytes, chars or utf16, not '%s'", arg);
    return 0;
  case OPT_MODEL: o->model = arg; return 0;
  case OPT_CODEBOOK: o->codebook = arg; return 0;
  case OPT_FORMAT:
    if (!set_format(o, arg)) argp_error(state, "--format wants pages, events, csv or tsv, not '%s'", arg);
    return 0;
  case OPT_COLUMNS: o->columns = arg; return 0;
  case OPT_STATUS:
    if (!set_statuses(o, arg))
      argp_error(state,
                 "--status wants all or some of actual, attempted, planned, hypothetical, negated, denied, not '%s'",
                 arg);
    return 0;
  case 'q': o->quiet = true; return 0;
  case ARGP_KEY_ARGS:
    o->files = state->argv + state->next;
    o->n_files = state->argc - state->next;
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp_child children[] = {{&dictionaries_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    options,
    parse_option,
    "[FILE..|-]",
    "Reads dated documents and prints one JSON page a line for each, in input order.\v"
    "Exit status: 0 all documents were coded, 3 some had an error (their page says which), "
    "1 a file could not be read or the output not written, 2 usage.",
    children,
    NULL,
    NULL};

static bool emit(void *ctx, const struct doc *d, str page, struct err *e) {
  (void)ctx;
  if (d->error.code != ERR_OK) cli_warn(&d->error);
  if (cli_write(page)) return true;
  return err_set(e, ERR_STOPPED, "standard output was closed");
}

/* ---- tables of events */

struct rows_out {
  struct inputs *inputs; /* first: what batch.next reads */
  const struct columns *columns;
  const struct ontology *ontology;
  struct columns_options options;
  struct columns_counts counts;
  struct buf out;
};

static bool next_of_rows(void *ctx, struct input *in) { return inputs_next(((struct rows_out *)ctx)->inputs, in); }

static bool emit_rows(void *ctx, const struct doc *d, str page, struct err *e) {
  (void)page;
  struct rows_out *r = ctx;
  if (d->error.code != ERR_OK) cli_warn(&d->error);
  buf_clear(&r->out);
  columns_rows(r->columns, &r->options, d, r->ontology, &r->out, &r->counts);
  if (r->out.failed) return err_set(e, ERR_NOMEM, "no memory for the rows of a document");
  if (cli_write(buf_str(&r->out))) return true;
  return err_set(e, ERR_STOPPED, "standard output was closed");
}

static void tell_rows(const struct code_options *o, const struct columns_counts *n) {
  bool actual = o->rows.statuses == 1u << STATUS_ACTUAL;
  if (n->other_status)
    fprintf(stderr, "tightrope: left out: %" PRIu64 " event%s %s; --status all writes every one\n", n->other_status,
            n->other_status == 1 ? "" : "s",
            actual ? "not actual (denied, planned, attempted ..)" : "of another status");
  if (n->other_type)
    fprintf(stderr, "tightrope: left out: %" PRIu64 " event%s of types that %s does not hold\n", n->other_type,
            n->other_type == 1 ? "" : "s", o->columns);
}

/* ---- running */

static int finish(struct code_options *o, bool ok, const struct batch_counts *counts, struct err *e) {
  if (!o->quiet && counts->errors)
    fprintf(stderr, "tightrope: %" PRIu64 " of %" PRIu64 " documents had an error\n", counts->errors,
            counts->documents);
  int code = !ok || o->inputs.failed ? CLI_FAILURE : counts->errors ? CLI_SOME_BAD : CLI_OK;
  if (!ok && cli_stop) code = CLI_INTERRUPTED;
  int closed = cli_close_stdout(code);
  if (!ok && closed != CLI_OK && e->code != ERR_STOPPED) return cli_fail(e);
  return closed;
}

static bool open_codebook(const struct code_options *o, const struct engine *g, struct codebook **c, struct err *e) {
  char data[4096], knowledge[4200];
  *c = NULL;
  if (!o->codebook) return true;
  if (!engine_data_folder(data, sizeof data, e)) return false;
  if (!path_join(knowledge, sizeof knowledge, data, "knowledge")) return err_set(e, ERR_USAGE, "the path is too long");
  return (*c = codebook_open(knowledge, o->codebook, engine_ontology(g), e));
}

static int run(struct code_options *o, const struct engine *g) {
  struct err e = {0};
  struct codebook *codebook;
  if (!open_codebook(o, g, &codebook, &e)) return cli_fail(&e);
  struct batch_counts counts;
  struct page_options versions = cli_page_options(g);
  versions.with_text = o->page.with_text;
  versions.offsets = o->page.offsets;
  versions.codebook = codebook;
  struct batch b = {.engine = g,
                    .threads = (unsigned)o->threads,
                    .options = &versions,
                    .next = inputs_next,
                    .emit = emit,
                    .ctx = &o->inputs,
                    .stop = &cli_stop};
  bool ok = batch_run(&b, &counts, &e);
  codebook_close(codebook);
  return finish(o, ok, &counts, &e);
}

static int run_rows(struct code_options *o, const struct engine *g, const struct columns *columns) {
  enum { ROWS_CAP = 1 << 28 };
  struct err e = {0};
  struct batch_counts counts = {0};
  struct rows_out r = {&o->inputs, columns, engine_ontology(g), o->rows, {0}, {0}};
  r.options.tabs = o->tabs < 0 ? columns_tabs(columns) : o->tabs;
  r.options.version = cli_version;
  buf_init(&r.out, ROWS_CAP);
  columns_header(columns, &r.options, &r.out);
  struct batch b = {.engine = g,
                    .threads = (unsigned)o->threads,
                    .next = next_of_rows,
                    .emit = emit_rows,
                    .ctx = &r,
                    .stop = &cli_stop};
  bool ok =
      cli_write(buf_str(&r.out)) ? batch_run(&b, &counts, &e) : err_set(&e, ERR_STOPPED, "standard output was closed");
  if (!o->quiet) tell_rows(o, &r.counts);
  buf_release(&r.out);
  return finish(o, ok, &counts, &e);
}

/* The columns are opened before the engine, so that a wrong name is told at once. */
static struct columns *open_columns(const struct code_options *o, struct err *e) {
  char data[4096], knowledge[4200];
  if (!engine_data_folder(data, sizeof data, e)) return NULL;
  if (path_join(knowledge, sizeof knowledge, data, "knowledge")) return columns_open(knowledge, o->columns, e);
  err_set(e, ERR_USAGE, "the data folder's path is too long");
  return NULL;
}

int cmd_code(int argc, char **argv) {
  struct code_options o = {.threads = 1, .tabs = -1, .rows.statuses = 1u << STATUS_ACTUAL};
  struct columns *columns = NULL;
  struct err e = {0};
  o.inputs.options = INTAKE_DEFAULTS;
  static char name[] = "tightrope code";
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct engine_options options_of = {.model = o.model,
                                      .isa = getenv("TIGHTROPE_ISA"),
                                      .depth = DEPTH_EVENTS,
                                      .petrarch = &o.dictionaries};
  if (o.columns && !(columns = open_columns(&o, &e))) return cli_fail(&e);
  cli_catch_stop();
  inputs_init(&o.inputs, o.files, o.n_files);
  struct engine *g = engine_open(&options_of, &e);
  if (g && !o.quiet) dictionaries_tell(engine_dictionary_notes(g), 20);
  cli_tell_problems(g);
  int code = !g ? cli_fail(&e) : columns ? run_rows(&o, g, columns) : run(&o, g);
  columns_close(columns);
  engine_close(g);
  inputs_release(&o.inputs);
  return code;
}
