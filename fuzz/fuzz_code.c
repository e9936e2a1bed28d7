/* fuzz_code.c - any bytes as the text of a document, through every stage to its page: always one line of JSON that jansson reads. */
#include "base/utf8.h"
#include "pipeline/engine.h"
#include "report/page.h"
#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct engine *engine; /* opened once and never closed: opening takes far longer than a document */
static struct worker *worker;
static struct doc doc;

static bool ready(void) {
  struct err e = {0};
  struct engine_options o = {.data = getenv("TIGHTROPE_SOURCE"), .depth = DEPTH_EVENTS};
  if (worker) return true;
  engine = engine_open(&o, &e);
  if (engine) worker = worker_open(engine, &e);
  if (!worker) abort();
  doc_init(&doc);
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct page_options options = {.with_text = true, .version = "0", .model = "", .knowledge = "", .ontology = ""};
  struct buf page, text;
  if (!ready()) return 0;
  buf_init(&page, 1 << 28), buf_init(&text, 1 << 24);
  uint32_t repaired = (uint32_t)utf8_repair(&text, (str){(const char *)data, size});
  str body = buf_str(&text), title = str_sub(body, 0, body.n < 40 ? body.n : 40);
  struct input in = {.id = STR("fuzz"), .text = body, .day = 18000, .repaired = repaired};
  if (utf8_valid(title)) in.title = title;
  worker_code(worker, &in, &doc);
  if (doc.error.code) page_write_error(&doc, &options, &page);
  else page_write(&doc, engine_ontology(engine), &options, &page);
  json_error_t wrong;
  json_t *object = page.failed ? NULL : json_loadb(page.p, page.n, JSON_ALLOW_NUL, &wrong);
  if (!object) abort();
  json_decref(object);
  buf_release(&page), buf_release(&text);
  return 0;
}
