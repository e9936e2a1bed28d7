/* engine.c - opens model and knowledge, holds the table of stages, runs them over a document. */
#include "pipeline/engine.h"
#include "actor/kb_image.h"
#include "base/file.h"
#include "base/problems.h"
#include "config.h"
#include "intake/language.h"
#include "model/model.h"
#include "petrarch/petr_stage.h"
#include "pipeline/stages.h"
#include "pipeline/versions.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { STAGES_MAX = 16 };

struct engine {
  struct symtab words;
  struct actor_image actors; /* DEPTH_EVENTS only; owns letters of `words` */
  struct ontology *ontology;
  struct model model;
  bool has_model;
  unsigned n; /* stages open */
  void *open[STAGES_MAX];
  struct languages languages; /* DEPTH_EVENTS only */
  struct engine_versions versions;
  struct problems problems; /* lines of knowledge that were left out */
};

struct worker {
  const struct engine *engine;
  const struct stage *before; /* run only the stages before this one; NULL: all */
  void *work[STAGES_MAX];
};

/* ---- finding the data */

static bool holds_data(const char *folder) {
  char path[4096];
  return path_join(path, sizeof path, folder, "knowledge") && file_exists(path) &&
         path_join(path, sizeof path, folder, "models") && file_exists(path);
}

static bool beside_program(char *out, size_t size, const char *relative) {
  char exe[4096];
  ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (n <= 0) return false;
  exe[n] = 0;
  char *slash = strrchr(exe, '/');
  if (!slash) return false;
  *slash = 0;
  return path_join(out, size, exe, relative) && holds_data(out);
}

bool engine_data_folder(char *out, size_t size, struct err *e) {
  const char *given = getenv("TIGHTROPE_DATA");
  if (given && *given) {
    int n = snprintf(out, size, "%s", given);
    if (n < 0 || (size_t)n >= size || !holds_data(out))
      return err_set(e, ERR_IO, "TIGHTROPE_DATA=%s holds no knowledge/ and models/", given);
    return true;
  }
  if (beside_program(out, size, "../share/tightrope")) return true;
  static const char *const folders[] = {TR_DATA_INSTALLED, TR_DATA_SOURCE};
  for (size_t i = 0; i < 2; i++) {
    int n = snprintf(out, size, "%s", folders[i]);
    if (n > 0 && (size_t)n < size && holds_data(out)) return true;
  }
  return err_set(e, ERR_IO, "no knowledge/ and models/ found; set TIGHTROPE_DATA to the folder that holds them");
}

bool engine_built_file(char *out, size_t size, const char *data, const char *name) {
  if (path_join(out, size, data, name) && file_exists(out)) return true;
  char exe[4096];
  ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
  for (int up = 0; n > 0 && up < 4; up++) {
    exe[n] = 0;
    char *slash = strrchr(exe, '/');
    if (!slash || slash == exe) break;
    *slash = 0;
    n = slash - exe;
    if (path_join(out, size, exe, name) && file_exists(out)) return true;
  }
  return path_join(out, size, TR_BUILD_FOLDER, name) && file_exists(out);
}

/* ---- opening */

static bool check_order(enum engine_depth depth, struct err *e) {
  uint32_t have = 0;
  for (unsigned i = 0; i < pipeline_stage_count(depth); i++) {
    const struct stage *s = pipeline_stages[i];
    if (s->needs & ~have) return err_set(e, ERR_USAGE, "stage %s runs before what it needs", s->name);
    have |= s->gives;
  }
  return true;
}

static bool open_stages(struct engine *g, const struct stage_setup *setup, enum engine_depth depth, struct err *e) {
  unsigned n = pipeline_stage_count(depth);
  for (; g->n < n; g->n++) {
    g->open[g->n] = pipeline_stages[g->n]->open(setup, e);
    if (!g->open[g->n]) return false;
  }
  return true;
}

static bool open_all(struct engine *g, const struct engine_options *o, struct err *e) {
  char data[4096], knowledge[4200], model[4200], names[4200], places[4200] = "", actors[4200];
  if (o->data) snprintf(data, sizeof data, "%s", o->data);
  else if (!engine_data_folder(data, sizeof data, e)) return false;
  if (!path_join(knowledge, sizeof knowledge, data, "knowledge") ||
      !path_join(model, sizeof model, data, "models/en.model") ||
      !path_join(names, sizeof names, data, "models/en.names"))
    return err_set(e, ERR_IO, "the data folder's path is too long");
  bool has_names = !o->no_names && file_exists(names);
  if (!symtab_init(&g->words)) return err_set(e, ERR_NOMEM, "no memory for the symbol table");
  if (!check_order(o->depth, e)) return false;
  if (o->depth >= DEPTH_TREE) {
    if (!model_open(&g->model, o->model ? o->model : model, o->isa, e)) return false;
    g->has_model = true;
  }
  if (o->depth >= DEPTH_EVENTS) {
    uint64_t text;
    if (!versions_compute(&g->versions, knowledge, &g->model, has_names ? names : NULL, &text, e)) return false;
    if (engine_built_file(actors, sizeof actors, data, "actors.bin") &&
        !actor_image_open(&g->actors, actors, text, &g->words, e))
      return false;
    if (!languages_load(&g->languages, knowledge, e)) return false;
    if (!(g->ontology = ontology_open(knowledge, &g->words, e))) return false;
    if (!engine_built_file(places, sizeof places, data, "places.bin"))
      places[0] = 0; /* the stages that need it say that it is missing */
  }
  struct stage_setup setup = {.knowledge = knowledge,
                              .places_file = places,
                              .names_file = has_names ? names : NULL,
                              .actors = g->actors.map.n ? &g->actors : NULL,
                              .model = g->has_model ? &g->model : NULL,
                              .ontology = g->ontology,
                              .petrarch = o->petrarch,
                              .words = &g->words,
                              .problems = &g->problems};
  return open_stages(g, &setup, o->depth, e);
}

struct engine *engine_open(const struct engine_options *options, struct err *e) {
  struct engine *g = calloc(1, sizeof *g);
  if (!g) {
    err_set(e, ERR_NOMEM, "no memory for the engine");
    return NULL;
  }
  if (!open_all(g, options, e)) {
    engine_close(g);
    return NULL;
  }
  return g;
}

void engine_close(struct engine *g) {
  if (!g) return;
  while (g->n--) pipeline_stages[g->n]->close(g->open[g->n]);
  if (g->ontology) ontology_close(g->ontology);
  if (g->has_model) model_close(&g->model);
  languages_release(&g->languages);
  symtab_release(&g->words);
  actor_image_close(&g->actors);
  problems_release(&g->problems);
  free(g);
}

const struct ontology *engine_ontology(const struct engine *g) { return g->ontology; }
const struct problems *engine_problems(const struct engine *g) { return &g->problems; }
const struct symtab *engine_words(const struct engine *g) { return &g->words; }
const struct engine_versions *engine_versions(const struct engine *g) { return &g->versions; }
const struct model *engine_model(const struct engine *g) { return g->has_model ? &g->model : NULL; }

const struct petr_notes *engine_dictionary_notes(const struct engine *g) {
  for (unsigned i = 0; i < g->n; i++)
    if (pipeline_stages[i] == &petr_stage) return petr_stage_notes(g->open[i]);
  return NULL;
}

/* ---- workers */

struct worker *worker_open(const struct engine *g, struct err *e) {
  struct worker *w = calloc(1, sizeof *w);
  if (!w) {
    err_set(e, ERR_NOMEM, "no memory for a worker");
    return NULL;
  }
  w->engine = g;
  for (unsigned i = 0; i < g->n; i++) {
    if (!pipeline_stages[i]->work_open) continue;
    if (!(w->work[i] = pipeline_stages[i]->work_open(g->open[i], e))) {
      worker_close(w);
      return NULL;
    }
  }
  return w;
}

void worker_close(struct worker *w) {
  if (!w) return;
  for (unsigned i = 0; i < w->engine->n; i++)
    if (w->work[i] && pipeline_stages[i]->work_close) pipeline_stages[i]->work_close(w->work[i]);
  free(w);
}

void worker_finish(struct worker *w, struct doc *d) {
  for (unsigned i = 0; i < w->engine->n && d->error.code == ERR_OK; i++) {
    const struct stage *s = pipeline_stages[i];
    if (s == w->before) return;
    if ((d->have & s->gives) == s->gives) continue;
    if (s->needs & ~d->have) continue;
    if (!s->run(w->engine->open[i], w->work[i], d, &d->error)) {
      if (d->error.code == ERR_OK) err_set(&d->error, ERR_NOMEM, "stage %s gave up", s->name);
      return;
    }
    d->have |= s->gives;
  }
  if (d->error.code == ERR_OK && !doc_number_records(d))
    err_set(&d->error, ERR_NOMEM, "no memory to number the records");
}

static str keep(struct doc *d, str s) { return s.n ? arena_str(&d->arena, s) : (str){"", 0}; }

void worker_code(struct worker *w, const struct input *in, struct doc *d) {
  struct err e = in->error;
  bool good = e.code == ERR_OK;
  if (good && w->engine->languages.n) good = language_is_english(&w->engine->languages, in->text, in->lang, &e);
  struct err limit = {0};
  if (!doc_reset(d, &w->engine->words, good ? in->text : STR(""), good ? in->title : STR(""), &limit)) {
    struct err ignored;
    doc_reset(d, &w->engine->words, STR(""), STR(""), &ignored);
    e = limit;
  }
  d->id = keep(d, in->id);
  d->source = keep(d, in->source);
  d->url = keep(d, in->url);
  d->lang = keep(d, in->lang);
  d->date_text = keep(d, in->date_text);
  d->date = in->day;
  d->clock = in->day == DAY_NONE ? CLOCK_NONE : clock_parse(in->date_text);
  d->repaired = in->repaired;
  d->error = e;
  if (in->repaired) doc_warn(d, "%u bytes were not valid UTF-8 and were replaced", in->repaired);
  worker_finish(w, d);
  if (d->error.code != ERR_OK) err_at(&d->error, in->file, in->line, 0);
}

void worker_code_before(struct worker *w, const struct input *in, struct doc *d, const struct stage *stage) {
  w->before = stage;
  worker_code(w, in, d);
  w->before = NULL;
}

const void *engine_stage(const struct engine *g, const struct stage *stage) {
  for (unsigned i = 0; i < g->n; i++)
    if (pipeline_stages[i] == stage) return g->open[i];
  return NULL;
}
