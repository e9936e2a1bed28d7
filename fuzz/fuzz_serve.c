/* fuzz_serve.c - any address and parameters: an answer, in which nothing that was asked has become a tag. Input: a path, then lines of
 * name=value. The ledger has one document, with text that would like to be a tag too. */
#include "ledger/ledger.h"
#include "serve/site.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char page[] =
    "{\"doc\":{\"title\":\"A <b>\",\"sentences\":1,\"tokens\":3,\"sha256\":\"0\"},\"actors\":[{\"id\":\"a1\",\"name\":\"<script>Front\",\"kind\":\"group\","
    "\"code\":{\"country\":\"KEN\",\"cameo\":\"KENREB\",\"sectors\":[\"REB\"]},\"mentions\":[{\"type\":\"name\",\"start\":0,\"end\":5}]}],\"events\":[{\"id\":\"e1\","
    "\"type\":\"ASSAULT\",\"quad\":4,\"scale\":{\"plover\":-9},\"actor\":[\"a1\"],\"recipient\":[],\"date\":{\"earliest\":\"2024-03-04\",\"latest\":\"2024-03-04\","
    "\"precision\":\"day\"},\"status\":\"actual\",\"evidence\":{\"sentence\":0,\"start\":0,\"end\":20,\"trigger\":{\"start\":6,\"end\":9}}}],\"demands\":[],"
    "\"ties\":[]}";

/* Open, and its file out of the way. */
static struct ledger *ledger_of(void) {
  char path[64];
  struct err e = {0};
  struct doc d;
  const struct ledger_coder coder = {"1", "m", "k", "o"};
  snprintf(path, 64, "/tmp/fuzz-serve-XXXXXX");
  int fd = mkstemp(path);
  if (fd < 0) abort();
  close(fd);
  struct ledger *g = ledger_open(path, LEDGER_WRITE, &e);
  doc_init(&d);
  d.id = STR("d<script>"), d.text = STR("<script>Front hit <it>."), d.source = STR("<script>"), d.date = 19787;
  d.body_len = (uint32_t)d.text.n;
  if (!g || !ledger_run_begin(g, &coder, "fuzz", &e) || !ledger_put_page(g, &d, (str){page, sizeof page - 1}, &e) ||
      !ledger_run_end(g, "done", &e))
    abort();
  d.text = (str){NULL, 0};
  doc_release(&d);
  ledger_close(g);
  g = ledger_open(path, LEDGER_READ, &e);
  struct ledger_query *q = g ? ledger_query_open(g, LIST_EVENTS, &(struct ledger_filter){0}, &e) : NULL;
  if (!q || ledger_query_next(q, &e) != 1) abort(); /* also: SQLite has opened all files that it wants */
  ledger_query_close(q);
  unlink(path);
  return g;
}

static void ask(struct ledger *g, char *input) {
  struct request *r = calloc(1, sizeof *r);
  struct arena memory;
  struct buf out;
  char *line = input, *rest;
  if (!r) return;
  arena_init(&memory, (size_t)1 << 26), buf_init(&out, (size_t)1 << 26);
  r->ledger = g, r->memory = &memory, r->out = &out, r->date = "";
  if ((rest = strchr(line, '\n'))) *rest++ = 0;
  while (rest && *rest && r->n < PARAMETERS) {
    char *name = rest, *value = strchr(rest, '=');
    if ((rest = strchr(rest, '\n'))) *rest++ = 0;
    if (!value || (rest && value > rest)) continue;
    *value++ = 0;
    r->parameter[r->n].name = name;
    snprintf(r->parameter[r->n++].value, PARAMETER_MOST, "%s", value);
  }
  site_answer(r, line);
  static const str ours = {"<script src=\"/page.js\" defer></script>", 38};
  str html = buf_str(&out), left = html;
  for (size_t at;
       str_starts(str_of(r->type), STR("text/html")) && (at = str_find_str(left, STR("<script"))) < left.n;) {
    if (!str_starts(str_from(left, at), ours)) abort();
    left = str_from(left, at + ours.n);
  }
  if (r->status < 200 || r->status > 599 || !html.n) abort();
  buf_release(&out), arena_release(&memory);
  free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct ledger *g; /* one for all inputs: it is read only */
  char *input = malloc(size + 1);
  if (!input) return 0;
  memcpy(input, data, size);
  input[size] = 0;
  if (!g && !(g = ledger_of())) abort();
  ask(g, input);
  free(input);
  return 0;
}
