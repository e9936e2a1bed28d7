/* test_columns.c - the rows of a document made by hand, in every set of columns, against tests/golden/columns/. With TIGHTROPE_WRITE_GOLDEN
 * set, the golden files are written instead: read the difference before you keep it. */
#include "unit.h"

#include "base/file.h"
#include "report/columns.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char root[4096];

static struct span find(const struct doc *d, const char *words) {
  size_t at = str_find_str(d->text, str_of(words));
  assert_true(at < d->text.n);
  return (struct span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

static uint32_t actor(struct doc *d, const char *name, const char *words, uint8_t kind, const char *country,
                      const char *sector, const char *cameo) {
  struct actor *a = DOC_PUSH(d, actors);
  *a = (struct actor){.name = str_of(name), .kind = kind, .known = true, .part_of = NONE};
  snprintf(a->code.country, sizeof a->code.country, "%s", country);
  snprintf(a->code.sector[0], sizeof a->code.sector[0], "%s", sector);
  snprintf(a->code.cameo, sizeof a->code.cameo, "%s", cameo);
  struct mention *m = DOC_PUSH(d, mentions);
  *m = (struct mention){.span = find(d, words), .sentence = 1, .type = MENTION_NAME, .actor = d->actors.n - 1};
  return d->actors.n - 1;
}

static struct event *event(struct doc *d, const struct ontology *o, const char *trigger, const char *type,
                           const char *mode, const char *cameo) {
  struct event *e = DOC_PUSH(d, events);
  uint8_t t = ontology_type(o, str_of(type));
  *e = (struct event){.trigger_span = find(d, trigger),
                      .sentence = 1,
                      .type = t,
                      .mode = ontology_mode(o, t, str_of(mode)),
                      .place = NONE,
                      .timex = NONE,
                      .content = NONE,
                      .date = period_of_day(18000),
                      .rule = STR("test:1"),
                      .confidence = 0.75f};
  e->span = (struct span){0, d->body_len};
  snprintf(e->cameo, sizeof e->cameo, "%s", cameo);
  return e;
}

static const char body[] =
    "Ruritanian police shot Anna Jones, a baker, in Zenda, killing two to three people. Ruritania and \"Lutha\", Ltd "
    "agreed. Lutha denied threatening Ruritania.";

/* A private victim, a comma and quotation marks in a name, a mutual event, a denied one, a place, a count. */
static void make(struct doc *d, const struct symtab *words, const struct ontology *o) {
  struct err e = {0};
  doc_init(d);
  assert_true(doc_reset(d, words, str_of(body), STR("Shots in Zenda"), &e));
  d->id = STR("news-1"), d->source = STR("The \"Daily\", late\tedition"), d->url = STR("https://example.org/1?a=b,c"),
  d->date = 18001;
  uint32_t police = actor(d, "Ruritanian police", "Ruritanian police", ACTOR_ORGANIZATION, "RUR", "COP", "RURCOP");
  uint32_t anna = actor(d, "Anna Jones", "Anna Jones", ACTOR_PERSON, "", "CVL", "---CVL");
  d->actors.at[anna].is_private = true, d->actors.at[anna].role_word = STR("baker");
  uint32_t state = actor(d, "Ruritania", "Ruritania and", ACTOR_STATE, "RUR", "GOV", "RURGOV");
  uint32_t firm = actor(d, "\"Lutha\", Ltd", "\"Lutha\", Ltd", ACTOR_ORGANIZATION, "LUT", "BUS", "LUTBUSXXX");
  struct place *p = DOC_PUSH(d, places);
  *p = (struct place){.span = find(d, "Zenda"),
                      .sentence = 1,
                      .name = STR("Zenda"),
                      .level = LEVEL_BUILDING,
                      .resolved = true,
                      .lat = 48.12345,
                      .lon = 11.98765,
                      .adm1 = STR("Upper Ruritania"),
                      .geonameid = 42,
                      .mention = NONE};
  memcpy(p->country, "RUR", 4);
  struct quantity *q = DOC_PUSH(d, quantities);
  *q = (struct quantity){.measure = STR("killed"), .value = NAN, .min = 2, .max = 3, .event = 0};
  uint32_t zero = 0;
  struct event *v = event(d, o, "shot", "ASSAULT", "firearms", "190");
  v->actor = doc_list(d, &police, 1), v->recipient = doc_list(d, &anna, 1), v->place = 0,
  v->quantities = doc_list(d, &zero, 1);
  v = event(d, o, "agreed", "AGREE", "", "057");
  uint32_t both[] = {state, firm};
  v->actor = doc_list(d, both, 2), v->reciprocal = true;
  v = event(d, o, "threatening", "THREATEN", "violence", "138");
  v->actor = doc_list(d, &firm, 1), v->recipient = doc_list(d, &state, 1), v->status = STATUS_DENIED;
}

static void compare(const char *name, bool tabs, str got) {
  char path[4700];
  struct err e = {0};
  struct buf want;
  snprintf(path, sizeof path, "%s/tests/golden/columns/%s.%s", root, name, tabs ? "tsv" : "csv");
  if (getenv("TIGHTROPE_WRITE_GOLDEN")) {
    assert_true(file_write_atomic(path, got, &e));
    return;
  }
  buf_init(&want, 1 << 20);
  if (!file_read(&want, path, &e)) fail_msg("%s: %s", path, e.message);
  if (!str_eq(buf_str(&want), got)) fail_msg("%s differs; got:\n%.*s", path, STR_FMT(got));
  buf_release(&want);
}

static void golden(void **state) {
  static const char *const names[] = {"plover", "polecat",    "phoenix",    "petrarch",
                                      "icews",  "gdelt-like", "acled-like", "ucdp-like"};
  char knowledge[4200];
  struct symtab words;
  struct err e = {0};
  struct doc d;
  (void)state;
  snprintf(knowledge, sizeof knowledge, "%s/knowledge", root);
  assert_true(symtab_init(&words));
  struct ontology *o = ontology_open(knowledge, &words, &e);
  assert_non_null(o);
  make(&d, &words, o);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    for (int tabs = 0; tabs < 2; tabs++) {
      struct columns *c = columns_open(knowledge, names[i], &e);
      if (!c) fail_msg("%s", e.message);
      struct columns_options of = {.tabs = tabs, .statuses = 1u << STATUS_ACTUAL, .version = "test"};
      struct columns_counts n = {0};
      struct buf out;
      buf_init(&out, 1 << 20);
      columns_header(c, &of, &out);
      columns_rows(c, &of, &d, o, &out, &n);
      assert_int_equal(n.other_status, 1);
      assert_false(out.failed);
      assert_true(str_find_str(buf_str(&out), STR("Anna")) == out.n);
      compare(names[i], tabs, buf_str(&out));
      buf_release(&out);
      columns_close(c);
    }
  doc_release(&d);
  ontology_close(o);
  symtab_release(&words);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(golden)};
  const char *source = getenv("TIGHTROPE_SOURCE");
  snprintf(root, sizeof root, "%s", source ? source : ".");
  return RUN(tests);
}
