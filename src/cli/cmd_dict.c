/* cmd_dict.c - `tightrope dict lint|test`: reads all knowledge files and tells their errors; tries the rules on their examples. */
#include "actor/kb_image.h"
#include "base/file.h"
#include "base/problems.h"
#include "cli/cli.h"
#include "event/rule_lint.h"
#include "model/model.h"
#include "pipeline/stages.h"
#include "place/gazetteer.h"
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct dict_options {
  const char *action, *folder;
  bool verbose;
};

static const struct argp_option options[] = {{"verbose", 'v', 0, 0, "tell also what is in order", 0}, {0}};

static error_t parse_option(int key, char *arg, struct argp_state *state) {
  struct dict_options *o = state->input;
  switch (key) {
  case 'v': o->verbose = true; return 0;
  case ARGP_KEY_ARG:
    if (!o->action) o->action = arg;
    else if (!o->folder) o->folder = arg;
    else argp_error(state, "'%s' is too much", arg);
    return 0;
  case ARGP_KEY_END:
    if (!o->action || (!str_is(str_of(o->action), "lint") && !str_is(str_of(o->action), "test")))
      argp_error(state, "lint, test or import?");
    return 0;
  default: return ARGP_ERR_UNKNOWN;
  }
}

static const struct argp argp = {
    options,
    parse_option,
    "lint|test [DIR]\nimport --petrarch-.. FILE -o DIR",
    "lint reads every knowledge file and tells what is wrong, with file and line. test codes the example "
    "sentences of the event rules. import converts dictionaries of PETRARCH and TABARI (dict import --help). DIR holds "
    "knowledge/ and "
    "models/ (default: those installed).",
    NULL,
    NULL,
    NULL};

/* ---- lint */

struct lint {
  char data[4096], knowledge[4200], places[4200], actors[4200], names[4200], model_path[4200];
  struct symtab words;
  struct ontology *ontology;
  struct model model;
  bool has_model;
  size_t faults;
  bool verbose;
};

static void fault(struct lint *l, const char *area, const struct err *e) {
  char text[1024];
  err_format(e, text, sizeof text);
  printf("%s: %s\n", area, text);
  l->faults++;
}

static void lint_stages(struct lint *l, bool verbose) {
  struct stage_setup setup = {.knowledge = l->knowledge,
                              .places_file = l->places,
                              .names_file = file_exists(l->names) ? l->names : NULL,
                              .model = l->has_model ? &l->model : NULL,
                              .ontology = l->ontology,
                              .words = &l->words};
  for (unsigned i = 0; i < pipeline_stage_count(DEPTH_EVENTS); i++) {
    struct err e = {0};
    struct problems problems;
    problems_init(&problems);
    setup.problems = &problems;
    void *stage = pipeline_stages[i]->open(&setup, &e);
    for (uint32_t k = 0; k < problems.n; k++) fault(l, pipeline_stages[i]->name, &problems.at[k]);
    l->faults += problems.total - problems.n;
    if (!stage) fault(l, pipeline_stages[i]->name, &e);
    else {
      if (verbose && !problems.total) printf("%s: in order\n", pipeline_stages[i]->name);
      pipeline_stages[i]->close(stage);
    }
    problems_release(&problems);
  }
}

/* The compiled gazetteer, every byte: opening it looks at its header alone. */
static void lint_places(struct lint *l) {
  struct gazetteer g;
  struct err e = {0};
  if (!gazetteer_open(&g, l->places, &e)) return; /* the stages have told it */
  if (!gazetteer_whole(&g)) {
    err_set(&e, ERR_KNOWLEDGE, "the gazetteer is damaged: build it anew");
    err_at(&e, l->places, 0, 0);
    fault(l, "places", &e);
  }
  gazetteer_close(&g);
}

/* The compiled actors, every byte; no words of theirs are kept. */
static void lint_image(struct lint *l) {
  struct actor_image m;
  struct symtab words;
  struct err e = {0};
  char folder[4300];
  uint64_t text;
  if (!path_join(folder, sizeof folder, l->knowledge, "actors") || !path_hash(folder, NULL, NULL, &text, &e) ||
      !symtab_init(&words))
    return;
  if (actor_image_open(&m, l->actors, text, &words, &e) && !actor_image_whole(&m)) {
    err_set(&e, ERR_KNOWLEDGE, "the compiled actors are damaged: build them anew");
    err_at(&e, l->actors, 0, 0);
    fault(l, "actors", &e);
  }
  symtab_release(&words);
  actor_image_close(&m);
}

static void tell_rule(void *ctx, enum rule_notice notice, const char *text) {
  struct lint *l = ctx;
  if (notice == NOTICE_FAULT || l->verbose) printf("events: %s\n", text);
}

static void lint_rules(struct lint *l) {
  struct err e = {0};
  struct rules *r = rules_open(l->knowledge, l->ontology, &l->words, true, &e);
  if (!r) {
    fault(l, "events", &e);
    return;
  }
  struct rule_counts c = rule_lint(r, &l->words, tell_rule, l);
  l->faults += c.faults;
  printf("events: %" PRIu32 " rules, %" PRIu32 " triggers that tell an event, %" PRIu32
         " governors, %u classes, %" PRIu32 " examples; %zu ties%s\n",
         r->n_rules, c.triggers, r->n_governors, r->n_classes, r->n_examples, c.ties,
         c.ties && !l->verbose ? " (told with -v)" : "");
  rules_close(r);
}

static bool lint_paths(struct lint *l, const char *folder, struct err *e) {
  char *data = l->data;
  if (folder) snprintf(data, sizeof l->data, "%s", folder);
  else if (!engine_data_folder(data, sizeof l->data, e)) return false;
  if (!engine_built_file(l->places, sizeof l->places, data, "places.bin")) l->places[0] = 0;
  if (!engine_built_file(l->actors, sizeof l->actors, data, "actors.bin")) l->actors[0] = 0;
  return (path_join(l->knowledge, sizeof l->knowledge, data, "knowledge") &&
          path_join(l->names, sizeof l->names, data, "models/en.names") &&
          path_join(l->model_path, sizeof l->model_path, data, "models/en.model")) ||
         err_set(e, ERR_USAGE, "the path is too long");
}

static int lint(const struct dict_options *o) {
  struct lint *l = calloc(1, sizeof *l);
  struct err e = {0};
  if (!l || !symtab_init(&l->words)) {
    free(l);
    err_set(&e, ERR_NOMEM, "no memory");
    return cli_fail(&e);
  }
  int code = CLI_FAILURE;
  l->verbose = o->verbose;
  if (!lint_paths(l, o->folder, &e)) code = cli_fail(&e);
  else {
    l->has_model = model_open(&l->model, l->model_path, getenv("TIGHTROPE_ISA"), &e);
    if (!l->has_model) fault(l, "model", &e);
    err_clear(&e);
    if (!(l->ontology = ontology_open(l->knowledge, &l->words, &e))) fault(l, "ontologies", &e);
    else {
      lint_stages(l, o->verbose);
      lint_places(l);
      lint_image(l);
      lint_rules(l);
    }
    printf("%zu faults\n", l->faults);
    code = l->faults ? CLI_FAILURE : CLI_OK;
  }
  if (l->ontology) ontology_close(l->ontology);
  if (l->has_model) model_close(&l->model);
  symtab_release(&l->words);
  free(l);
  return cli_close_stdout(code);
}

/* ---- test */

/* An example holds when these rules, or others of their type, read an act in it, be it by a more specific rule ("the blast wounded" is also an
 * explosion); a near miss when none of these very rules reads an act. */
static bool told(const struct doc *d, const struct rules *r, const struct example *x) {
  for (uint32_t k = x->first_rule; k <= x->rule; k++)
    for (uint32_t i = 0; i < d->events.n; i++) {
      const struct event *v = &d->events.at[i];
      if (r->rule[k].flags & RULE_CONTEXT) {
        if (v->contexts & r->rule[k].contexts) return true;
      } else if (str_eq(v->rule, r->rule[k].id) || (!x->miss && v->type == r->rule[k].type)) return true;
    }
  return false;
}

static void test_all(struct worker *w, const struct rules *r, bool verbose, uint32_t *passed, uint32_t *failed) {
  struct doc d;
  doc_init(&d);
  for (uint32_t i = 0; i < r->n_examples; i++) {
    const struct example *x = &r->example[i];
    struct input in = {.id = STR("example"), .text = x->text, .day = 18622 /* a Saturday, 2020-12-26 */};
    worker_code(w, &in, &d);
    bool good = d.error.code == ERR_OK && told(&d, r, x) != x->miss;
    good ? ++*passed : ++*failed;
    if (!good || verbose)
      printf("%s %.*s:%" PRIu32 ": %s%.*s\n", good ? "ok  " : "FAIL", STR_FMT(x->file), x->line,
             x->miss ? "(near miss) " : "", STR_FMT(x->text));
  }
  doc_release(&d);
}

static int test(const struct dict_options *o) {
  struct err e = {0};
  char knowledge[4200], data[4096];
  struct engine_options of = {.data = o->folder, .isa = getenv("TIGHTROPE_ISA"), .depth = DEPTH_EVENTS};
  if (o->folder) snprintf(data, sizeof data, "%s", o->folder);
  else if (!engine_data_folder(data, sizeof data, &e)) return cli_fail(&e);
  if (!path_join(knowledge, sizeof knowledge, data, "knowledge")) return cli_usage("dict", "the path is too long");
  struct symtab words;
  if (!symtab_init(&words)) return CLI_FAILURE;
  struct engine *g = engine_open(&of, &e);
  struct worker *w = g ? worker_open(g, &e) : NULL;
  struct rules *r = w ? rules_open(knowledge, engine_ontology(g), &words, true, &e) : NULL;
  uint32_t passed = 0, failed = 0;
  if (r) test_all(w, r, o->verbose, &passed, &failed);
  int code = !r ? cli_fail(&e) : failed ? CLI_FAILURE : CLI_OK;
  if (r) printf("%" PRIu32 " passed, %" PRIu32 " failed\n", passed, failed);
  rules_close(r);
  worker_close(w);
  engine_close(g);
  symtab_release(&words);
  return cli_close_stdout(code);
}

int cmd_dict(int argc, char **argv) {
  static char name[] = "tightrope dict";
  struct dict_options o = {0};
  if (argc > 1 && str_is(str_of(argv[1]), "import")) return dict_import(argc - 1, argv + 1);
  argv[0] = name;
  argp_parse(&argp, argc, argv, 0, NULL, &o);
  return str_is(str_of(o.action), "lint") ? lint(&o) : test(&o);
}
