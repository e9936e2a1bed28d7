/* Events of single sentences, from tests/cases/event/ *.txt. A case:
 *
 *   2022-02-11 Hungary did not expel the Russian ambassador.
 *   + SANCTION negated actor=hungar recipient=russia
 *   - SANCTION actual
 *
 * The first line is the day of publication and the sentence, or a few; a headline stands before them in <>. A line with
 * + must be read in it, one with - must not: types with '|' between them, a status ('*' any), then key=words: actor, recipient, object, place, speaker (words in one of the names, case-blind;
 * '-' for an empty slot), mode, date (a prefix of the first day), mentions (how often it is told again). A line
 * with = and a number must be read in exactly so many rows. Lines that begin with '#' are comments. Besides events:
 *
 *   + DEMAND ultimatum issuer=rebel addressee=army act=RETREAT else=ASSAULT deadline=2024-05-17 fate=met asks=leave
 *   + TIE leads subject=osman object=front role=commander is=former from=2019
 *   + QUANTITY killed value=4 min=4 max=9 of=soldier        (the measure; '*' any, '-' not bound to an event)
 *   + QUOTE speaker=pilot cue=said type=indirect */
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

/* "-" says that it did not last, or that it is not told until when. */
static bool until_fits(const struct event *v, str want) {
  char day[11];
  if (!v->lasting || v->date.last == DAY_NONE) return str_is(want, "-");
  day_format(v->date.last, day);
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
  if (str_is(key, "until")) return until_fits(v, want);
  if (str_is(key, "mentions")) return want.n == 1 && v->mentions.n == (uint32_t)(want.p[0] - '0');
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool type_fits(const struct event *v, str types) {
  const char *name = ontology_type_name(engine_ontology(engine), v->type);
  while (types.n)
    if (str_is(str_cut(&types, '|'), name)) return true;
  return false;
}

/* ---- other records */

static str words_of(str words, char *plain, size_t size) { /* '_' stands for a space */
  size_t n = 0;
  for (; n < words.n && n < size; n++) plain[n] = words.p[n] == '_' ? ' ' : words.p[n];
  return (str){plain, n};
}

static bool day_fits(int32_t day, str want) {
  char text[11];
  if (day == DAY_NONE) return str_is(want, "-");
  day_format(day, text);
  return str_starts((str){text, 10}, want);
}

static bool act_type_fits(uint8_t type, str want) {
  return str_is(want, type ? ontology_type_name(engine_ontology(engine), type) : "-");
}

static bool number_fits(double value, str want) {
  char text[32];
  int n = snprintf(text, sizeof text, "%.10g", value);
  return str_eq((str){text, (size_t)n}, want);
}

static bool demand_key(const struct demand *m, str key, str want) {
  if (str_is(key, "issuer")) return slot_fits(m->issuer, want);
  if (str_is(key, "addressee")) return slot_fits(m->addressee, want);
  if (str_is(key, "act")) return act_type_fits(m->act_type, want);
  if (str_is(key, "else")) return act_type_fits(m->consequence_type, want);
  if (str_is(key, "asks")) return holds(doc_span(&doc, m->act), want);
  if (str_is(key, "threat")) return holds(doc_span(&doc, m->consequence), want);
  if (str_is(key, "deadline")) return day_fits(m->deadline.last, want);
  if (str_is(key, "fate")) return str_is(want, demand_status_name(m->status));
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool tie_key(const struct tie *t, str key, str want) {
  struct list l = {0};
  uint32_t who = str_is(key, "subject") ? t->subject : t->object;
  if (str_is(key, "subject") || str_is(key, "object")) {
    if (who < doc.actors.n) l = doc_list(&doc, &who, 1);
    return slot_fits(l, want);
  }
  if (str_is(key, "role")) return holds(t->role, want);
  if (str_is(key, "is")) return str_is(want, tie_status_name(t->status));
  if (str_is(key, "from")) return day_fits(t->from.first, want);
  if (str_is(key, "to")) return day_fits(t->to.last, want);
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool quantity_key(const struct quantity *q, str key, str want) {
  if (str_is(key, "value")) return str_is(want, "-") ? !q->exact : q->exact && number_fits(q->value, want);
  if (str_is(key, "min")) return number_fits(q->min, want);
  if (str_is(key, "max")) return number_fits(q->max, want);
  if (str_is(key, "of")) return any_of(want, q->of) || any_of(want, q->unit);
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool quote_key(const struct quote *q, str key, str want) {
  if (str_is(key, "speaker"))
    return str_is(want, "-") ? !span_known(q->speaker_span) : any_of(want, doc_span(&doc, q->speaker_span));
  if (str_is(key, "cue")) return str_eq_fold(q->cue, want);
  if (str_is(key, "type")) return str_is(want, attribution_type_name(q->type));
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

/* Does record i of the kind have the name behind the kind, and all keys? */
static bool record_fits(str kind, uint32_t i, str want) {
  str name = str_cut(&want, ' '), have = {"", 0};
  char plain[256];
  if (str_is(kind, "DEMAND")) have = str_of(strength_name(doc.demands.at[i].strength));
  if (str_is(kind, "TIE")) have = str_of(relation_name(doc.ties.at[i].relation));
  if (str_is(kind, "QUANTITY")) have = doc.quantities.at[i].measure;
  bool any = str_is(name, "*") || str_is(kind, "QUOTE") || (str_is(name, "-") && !have.n);
  if (!any && !str_eq(name, have)) return false;
  if (str_is(kind, "QUOTE")) want = str_is(name, "*") ? want : (str){name.p, (size_t)(want.p + want.n - name.p)};
  while (want.n) {
    str words = str_cut(&want, ' '), key = str_cut(&words, '=');
    if (!key.n) continue;
    str value = words_of(words, plain, sizeof plain);
    if (str_is(kind, "DEMAND") && !demand_key(&doc.demands.at[i], key, value)) return false;
    if (str_is(kind, "TIE") && !tie_key(&doc.ties.at[i], key, value)) return false;
    if (str_is(kind, "QUANTITY") && !quantity_key(&doc.quantities.at[i], key, value)) return false;
    if (str_is(kind, "QUOTE") && !quote_key(&doc.quotes.at[i], key, value)) return false;
  }
  return true;
}

static bool any_record(str want) {
  str rest = want, kind = str_cut(&rest, ' ');
  uint32_t n = str_is(kind, "DEMAND")     ? doc.demands.n
               : str_is(kind, "TIE")      ? doc.ties.n
               : str_is(kind, "QUANTITY") ? doc.quantities.n
               : str_is(kind, "QUOTE")    ? doc.quotes.n
                                          : 0;
  for (uint32_t i = 0; i < n; i++)
    if (record_fits(kind, i, rest)) return true;
  return false;
}

static bool fits(const struct event *v, str want) {
  str types = str_cut(&want, ' '), status = str_cut(&want, ' ');
  if (!type_fits(v, types) || (!str_is(status, "*") && !str_is(status, status_name(v->status)))) return false;
  while (want.n) {
    str words = str_cut(&want, ' '), key = str_cut(&words, '=');
    if (!key.n) continue;
    char plain[256];
    if (!key_fits(v, key, words_of(words, plain, sizeof plain))) return false;
  }
  return true;
}

/* "= 1 ASSAULT actual": exactly so many rows fit. */
static void check_number(const struct line_reader *r, str sentence, str want) {
  str rest = str_trim(str_from(want, 1));
  int64_t expected = 0, found = 0;
  assert_true(str_to_int(str_cut(&rest, ' '), &expected));
  for (uint32_t i = 0; i < doc.events.n; i++) found += fits(&doc.events.at[i], rest);
  cases++;
  if (found == expected) return;
  print_error("%s:%llu: %lld rows, expected %lld: %.*s\n   %.*s\n", r->file, (unsigned long long)r->number,
              (long long)found, (long long)expected, STR_FMT(rest), STR_FMT(sentence));
  faults++;
}

static void check(const struct line_reader *r, str sentence, str want) {
  bool must = want.p[0] == '+', found = false;
  str rest = str_trim(str_from(want, 1));
  found = any_record(rest);
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
    if (line.p[0] == '=') {
      check_number(&r, sentence, line);
      continue;
    }
    struct input in = {.id = STR("case"), .day = DAY_NONE};
    assert_true(day_parse_iso(str_sub(line, 0, 10), &in.day));
    in.text = sentence = str_trim(str_from(line, 10));
    if (str_starts(in.text, STR("<"))) in.title = str_cut(&in.text, '>'), in.title = str_from(in.title, 1);
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
