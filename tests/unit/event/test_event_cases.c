/* Events of single sentences, from tests/cases/event/ *.txt. A case:
 *
 *   2022-02-11 Hungary did not expel the Russian ambassador.
 *   + SANCTION negated actor=hungar recipient=russia
 *   - SANCTION actual
 *
 * The first line is the day of publication and the sentence. A line with + must be read in it, one with - must not: types with
 * '|' between them, a status ('*' any), then key=words: actor, recipient, object, place, speaker (words in one of the names, case-blind;
 * '-' for an empty slot), mode, date (a prefix of the first day). Lines that begin with '#' are comments. */
#include "base/file.h"
#include "pipeline/engine.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static struct engine *engine;
static struct worker *worker;
static struct doc doc;
static size_t faults, cases;

static int open_engine(void **state) {
  (void)state;
  struct err e = {0};
  struct engine_options o = {.data = getenv("TIGHTROPE_SOURCE"), .depth = DEPTH_EVENTS};
  doc_init(&doc);
  engine = engine_open(&o, &e);
  if (!engine) print_error("%s\n", e.message);
  worker = engine ? worker_open(engine, &e) : NULL;
  return worker ? 0 : -1;
}

static int close_engine(void **state) {
  (void)state;
  worker_close(worker);
  engine_close(engine);
  doc_release(&doc);
  return 0;
}

/* Case-blind; the words stand somewhere in the text. */
static bool holds(str text, str words) {
  for (size_t i = 0; i + words.n <= text.n; i++)
    if (str_eq_fold(str_sub(text, i, i + words.n), words)) return true;
  return false;
}

static bool any_of(str alternatives, str text) {
  while (alternatives.n)
    if (holds(text, str_cut(&alternatives, '|'))) return true;
  return false;
}

static bool slot_fits(struct list slot, str want) {
  if (str_is(want, "-")) return slot.n == 0;
  for (uint32_t i = 0; i < slot.n; i++) {
    uint32_t a = list_at(&doc, slot, i);
    if (any_of(want, doc.actors.at[a].name)) return true;
    for (uint32_t k = 0; k < doc.mentions.n; k++)
      if (doc.mentions.at[k].actor == a && any_of(want, doc_span(&doc, doc.mentions.at[k].span))) return true;
  }
  return false;
}

static bool speaker_fits(const struct event *v, str want) {
  for (uint32_t i = 0; i < v->attribution.n; i++) {
    const struct attribution *a = &doc.attributions.at[v->attribution.first + i];
    if (any_of(want, a->text) || (a->speaker < doc.actors.n && any_of(want, doc.actors.at[a->speaker].name)))
      return true;
  }
  return false;
}

static bool date_fits(const struct event *v, str want) {
  char day[11];
  if (v->date.first == DAY_NONE) return false;
  day_format(v->date.first, day);
  return str_starts((str){day, 10}, want);
}

static bool key_fits(const struct event *v, str key, str want) {
  if (str_is(key, "actor")) return slot_fits(v->actor, want);
  if (str_is(key, "recipient"))
    return slot_fits(v->recipient, want) || (span_known(v->object) && any_of(want, doc_span(&doc, v->object)));
  if (str_is(key, "object")) return span_known(v->object) && any_of(want, doc_span(&doc, v->object));
  if (str_is(key, "place")) return v->place < doc.places.n && any_of(want, doc.places.at[v->place].name);
  if (str_is(key, "speaker")) return speaker_fits(v, want);
  if (str_is(key, "mode")) return str_is(want, ontology_mode_name(engine_ontology(engine), v->type, v->mode));
  if (str_is(key, "date")) return date_fits(v, want);
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool type_fits(const struct event *v, str types) {
  const char *name = ontology_type_name(engine_ontology(engine), v->type);
  while (types.n)
    if (str_is(str_cut(&types, '|'), name)) return true;
  return false;
}

static bool fits(const struct event *v, str want) {
  str types = str_cut(&want, ' '), status = str_cut(&want, ' ');
  if (!type_fits(v, types) || (!str_is(status, "*") && !str_is(status, status_name(v->status)))) return false;
  while (want.n) {
    str words = str_cut(&want, ' '), key = str_cut(&words, '=');
    if (!key.n) continue;
    char plain[256];
    size_t n = 0;
    for (; n < words.n && n < sizeof plain; n++) plain[n] = words.p[n] == '_' ? ' ' : words.p[n];
    if (!key_fits(v, key, (str){plain, n})) return false;
  }
  return true;
}

static void check(const struct line_reader *r, str sentence, str want) {
  bool must = want.p[0] == '+', found = false;
  str rest = str_trim(str_from(want, 1));
  for (uint32_t i = 0; i < doc.events.n; i++) found |= fits(&doc.events.at[i], rest);
  cases++;
  if (found == must) return;
  print_error("%s:%llu: %s: %.*s\n   %.*s\n", r->file, (unsigned long long)r->number,
              must ? "not read" : "read, and must not be", STR_FMT(rest), STR_FMT(sentence));
  faults++;
}

static void run_file(const char *path) {
  struct err e = {0};
  struct file_map m;
  struct line_reader r;
  str sentence = {"", 0};
  assert_true(file_map_open(&m, path, &e));
  line_reader_init(&r, file_map_str(&m), path);
  while (line_next(&r)) {
    str line = str_trim(r.line);
    if (line.p[0] == '+' || line.p[0] == '-') {
      check(&r, sentence, line);
      continue;
    }
    struct input in = {.id = STR("case"), .day = DAY_NONE};
    assert_true(day_parse_iso(str_sub(line, 0, 10), &in.day));
    in.text = sentence = str_trim(str_from(line, 10));
    worker_code(worker, &in, &doc);
    assert_int_equal(doc.error.code, ERR_OK);
  }
  file_map_release(&m);
}

static void test_cases(void **state) {
  (void)state;
  char folder[2048], path[4096];
  struct dirent **entry;
  snprintf(folder, sizeof folder, "%s/tests/cases/event", getenv("TIGHTROPE_SOURCE"));
  int n = scandir(folder, &entry, NULL, alphasort);
  assert_true(n > 0);
  for (int i = 0; i < n; i++) {
    if (str_ends(str_of(entry[i]->d_name), STR(".txt"))) {
      assert_true(path_join(path, sizeof path, folder, entry[i]->d_name));
      run_file(path);
    }
    free(entry[i]);
  }
  free(entry);
  print_message("%zu expectations\n", cases);
  assert_true(cases > 0);
  assert_int_equal(faults, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, open_engine, close_engine);
}
