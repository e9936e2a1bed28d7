/* api.c - the public interface over engine, worker and page. */
#include "base/utf8.h"
#include "config.h"
#include "pipeline/engine.h"
#include "report/page.h"
#include "report/shown.h"
#include "tightrope/tightrope.h"
#include <stdio.h>
#include <stdlib.h>

struct tr_engine {
  struct engine *engine;
  struct page_options page;
};

struct tr_worker {
  const tr_engine *engine;
  struct worker *worker;
  struct doc doc;
  struct buf page, repaired;
};

enum { PAGE_CAP = 1 << 30 };

static void give_error(tr_error *out, const struct err *e) {
  if (!out) return;
  *out = (tr_error){.line = e->line, .byte = e->byte};
  if (e->code == ERR_OK) return;
  snprintf(out->code, sizeof out->code, "%s", err_code_name(e->code));
  snprintf(out->file, sizeof out->file, "%s", e->file);
  snprintf(out->message, sizeof out->message, "%s", e->message);
}

static void *no_memory(tr_error *out) {
  struct err e = {0};
  err_set(&e, ERR_NOMEM, "no memory");
  give_error(out, &e);
  return NULL;
}

const char *tr_version(void) { return TR_VERSION; }

tr_engine *tr_open(const tr_options *options, tr_error *error) {
  struct err e = {0};
  struct engine_options o = {.depth = DEPTH_EVENTS};
  tr_engine *g = calloc(1, sizeof *g);
  if (!g) return no_memory(error);
  if (options) {
    o.data = options->data;
    o.model = options->model;
    o.isa = options->isa;
  }
  g->engine = engine_open(&o, &e);
  give_error(error, &e);
  if (!g->engine) {
    free(g);
    return NULL;
  }
  const struct engine_versions *v = engine_versions(g->engine);
  g->page = (struct page_options){.version = TR_VERSION,
                                  .model = v->model,
                                  .knowledge = v->knowledge,
                                  .ontology = v->ontology};
  return g;
}

void tr_close(tr_engine *engine) {
  if (!engine) return;
  engine_close(engine->engine);
  free(engine);
}

tr_worker *tr_worker_open(const tr_engine *engine, tr_error *error) {
  struct err e = {0};
  tr_worker *w = calloc(1, sizeof *w);
  if (!w) return no_memory(error);
  w->engine = engine;
  doc_init(&w->doc);
  buf_init(&w->page, PAGE_CAP);
  buf_init(&w->repaired, (size_t)DOC_MAX_TEXT * 3);
  w->worker = worker_open(engine->engine, &e);
  give_error(error, &e);
  if (!w->worker) {
    tr_worker_close(w);
    return NULL;
  }
  return w;
}

void tr_worker_close(tr_worker *worker) {
  if (!worker) return;
  if (worker->worker) worker_close(worker->worker);
  doc_release(&worker->doc);
  buf_release(&worker->page);
  buf_release(&worker->repaired);
  free(worker);
}

/* Views of `repaired`, which holds id, title, source, url and text one after the other, all valid UTF-8. */
static void take_strings(tr_worker *w, const tr_document *d, struct input *in) {
  str given[5] = {
      str_of(d->id), str_of(d->title), str_of(d->source), str_of(d->url), {d->text, d->text ? d->text_length : 0}};
  size_t end[5];
  buf_clear(&w->repaired);
  for (int i = 0; i < 5; i++) {
    size_t replaced = utf8_repair(&w->repaired, given[i]);
    if (i == 4) in->repaired = (uint32_t)replaced;
    end[i] = w->repaired.n;
  }
  str all = buf_str(&w->repaired);
  if (w->repaired.failed) {
    err_set(&in->error, ERR_LIMIT, "the text is longer than %d bytes", DOC_MAX_TEXT);
    return;
  }
  in->id = str_sub(all, 0, end[0]);
  in->title = str_sub(all, end[0], end[1]);
  in->source = str_sub(all, end[1], end[2]);
  in->url = str_sub(all, end[2], end[3]);
  in->text = str_sub(all, end[3], end[4]);
}

static void take_date(const char *date, struct input *in) {
  if (!date || !*date) err_set(&in->error, ERR_DATE_MISSING, "the document has no date");
  else if (in->date_text = str_of(date), !day_parse_iso(in->date_text, &in->day))
    err_set(&in->error, ERR_DATE_BAD, "the date is not a day of the form 2020-12-26");
}

const char *tr_code(tr_worker *w, const tr_document *document, size_t *length, tr_error *error) {
  struct input in = {.day = DAY_NONE};
  take_strings(w, document, &in);
  if (in.error.code == ERR_OK) take_date(document->date, &in);
  worker_code(w->worker, &in, &w->doc);
  buf_clear(&w->page);
  page_write(&w->doc, engine_ontology(w->engine->engine), &w->engine->page, &w->page);
  buf_putc(&w->page, 0);
  if (w->page.failed) {
    no_memory(error);
    return NULL;
  }
  give_error(error, &w->doc.error);
  if (length) *length = w->page.n - 1;
  return w->page.p;
}

size_t tr_event_count(const tr_worker *worker) { return worker->doc.error.code == ERR_OK ? worker->doc.events.n : 0; }

static void put_day(char out[24], int32_t day, int16_t minute) {
  struct buf b = {.p = out, .size = 23, .cap = 23};
  period_put_end(&b, day, minute);
  out[b.n] = 0;
}

int tr_event_get(const tr_worker *worker, size_t i, tr_event *event) {
  if (i >= tr_event_count(worker)) return -1;
  const struct event *e = &worker->doc.events.at[i];
  const struct ontology *o = engine_ontology(worker->engine->engine);
  uint32_t base = e->sentence ? 0 : worker->doc.body_len + 1;
  *event = (tr_event){.type = ontology_type_name(o, e->type),
                      .mode = ontology_mode_name(o, e->type, e->mode),
                      .status = status_name(e->status),
                      .rule = e->rule.p ? e->rule.p : "",
                      .rule_length = e->rule.n,
                      .cameo = e->cameo,
                      .sentence = e->sentence,
                      .start = e->trigger_span.beg - base,
                      .end = e->trigger_span.end - base,
                      .actors = e->actor.n,
                      .recipients = e->recipient.n,
                      .confidence = e->confidence};
  put_day(event->earliest, e->date.first, e->date.first_min);
  put_day(event->latest, e->date.last, e->date.last_min);
  return 0;
}

const char *tr_event_actor(const tr_worker *worker, size_t i, int recipient, size_t k, size_t *length) {
  if (i >= tr_event_count(worker)) return NULL;
  const struct event *e = &worker->doc.events.at[i];
  struct list slot = recipient ? e->recipient : e->actor;
  if (k >= slot.n) return NULL;
  str shown = shown_actor(&worker->doc, list_at(&worker->doc, slot, (uint32_t)k));
  if (length) *length = shown.n;
  return shown.p;
}
