/* cmd_code.c - `tightrope code`: documents in, pages out, one line each, in input order. Stateless. */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/dictionaries.h"
#include "cli/inputs.h"
#include "doc/codebook.h"
#include "pipeline/batch.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct code_options {
  struct inputs inputs;
  struct page_options page;
  struct petr_files dictionaries;
  const char *model, *codebook;
  int64_t threads;
  bool quiet;
  char **files;
  int n_files;
};

enum { OPT_INPUT = 256, OPT_DATE, OPT_SOURCE, OPT_TEXT, OPT_OFFSETS, OPT_MODEL, OPT_CODEBOOK };

static const struct argp_option options[] = {
    {"input", OPT_INPUT, "FORMAT", 0, "auto (default), text, jsonl, csv, html or feed", 0},
    {"date", OPT_DATE, "YYYY-MM-DD", 0, "publication date of documents that have none", 0},
    {"source", OPT_SOURCE, "NAME", 0, "outlet of documents that name none", 0},
    {"jobs", 'j', "N", 0, "threads (default 1); the output is the same for every N", 0},
    {"with-text", OPT_TEXT, 0, 0, "put the text into the page", 0},
    {"offsets", OPT_OFFSETS, "UNIT", 0, "bytes (default), chars or utf16", 0},
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

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct code_options *o = state->input;
  switch (key) {
  case ARGP_KEY_INIT: state->child_inputs[0] = &o->dictionaries; return 0;
  case OPT_INPUT:
    if (!intake_knows(arg)) argp_error(state, "--input wants auto, text, jsonl, csv, html or feed, not '%s'", arg);
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

static bool open_codebook(struct code_options *o, const struct engine *g, struct codebook **c, struct err *e) {
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
  if (!o->quiet && counts.errors)
    fprintf(stderr, "tightrope: %" PRIu64 " of %" PRIu64 " documents had an error\n", counts.errors, counts.documents);
  int code = !ok || o->inputs.failed ? CLI_FAILURE : counts.errors ? CLI_SOME_BAD : CLI_OK;
  if (!ok && cli_stop) code = CLI_INTERRUPTED;
  int closed = cli_close_stdout(code);
  if (!ok && closed != CLI_OK && e.code != ERR_STOPPED) return cli_fail(&e);
  return closed;
}

int cmd_code(int argc, char **argv) {
  struct code_options o = {.threads = 1};
  struct err e = {0};
  o.inputs.options = INTAKE_DEFAULTS;
  static char name[] = "tightrope code";
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  struct engine_options options_of = {.model = o.model,
                                      .isa = getenv("TIGHTROPE_ISA"),
                                      .depth = DEPTH_EVENTS,
                                      .petrarch = &o.dictionaries};
  cli_catch_stop();
  inputs_init(&o.inputs, o.files, o.n_files);
  struct engine *g = engine_open(&options_of, &e);
  if (g && !o.quiet) dictionaries_tell(engine_dictionary_notes(g), 20);
  cli_tell_problems(g);
  int code = g ? run(&o, g) : cli_fail(&e);
  engine_close(g);
  inputs_release(&o.inputs);
  return code;
}
