/* Places of single texts, from tests/cases/place/ *.txt. A case:
 *
 *   Two men were arrested in Paris, Texas.
 *   + Paris use=literal country=USA adm1=Texas at=33.66,-95.56
 *   - Texas_Rangers
 *   > COERCE place=Paris origin=-
 *
 * The first line is the text. A line with + names words (with '_' for blanks) that must be a place, then key=value: use, country, adm1,
 * level, name, resolved (yes, no), at=lat,lon (within 40 km, or 150 km of a region, 900 km of an area), radius (km, within a tenth).
 * A line with - names words that must be no place. A line with > gives an event's type ('|' between alternatives, '*' any) and where
 * it was: place, or a role (site, origin, target, destination); '-' for none. Skipped where the gazetteer has no towns. */
#include "base/file.h"
#include "pipeline/engine.h"
#include "unit.h"
#include <dirent.h>
#include <math.h>
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

static void code(str text) {
  struct input in = {.id = STR("case"), .day = DAY_NONE, .text = text};
  assert_true(day_parse_iso(STR("2023-05-10"), &in.day));
  worker_code(worker, &in, &doc);
  assert_int_equal(doc.error.code, ERR_OK);
}

/* "West_Virginia" is "West Virginia". */
static bool words_are(str text, str want) {
  if (text.n != want.n) return false;
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] != want.p[i] && !(want.p[i] == '_' && text.p[i] == ' ')) return false;
  return true;
}

static double apart_km(double a, double b, double c, double d) {
  double rad = M_PI / 180, x = sin((c - a) * rad / 2), y = sin((d - b) * rad / 2);
  return 2 * 6371 * asin(sqrt(x * x + cos(a * rad) * cos(c * rad) * y * y));
}

static bool near(const struct place *p, str at) {
  double lat, lon;
  str first = str_cut(&at, ',');
  assert_true(str_to_double(first, &lat) && str_to_double(at, &lon));
  double most = p->level == LEVEL_AREA ? 900 : p->level == LEVEL_REGION ? 150 : 40;
  return p->resolved && apart_km(p->lat, p->lon, lat, lon) < most;
}

static bool about(double v, str want) {
  double w;
  assert_true(str_to_double(want, &w));
  return fabs(v - w) <= w / 10;
}

static bool key_fits(const struct place *p, str key, str want) {
  if (str_is(key, "use")) return str_is(want, place_use_name(p->use));
  if (str_is(key, "country")) return str_is(want, p->country);
  if (str_is(key, "adm1")) return words_are(p->adm1, want);
  if (str_is(key, "level")) return str_is(want, place_level_name(p->level));
  if (str_is(key, "name")) return words_are(p->name, want);
  if (str_is(key, "resolved")) return p->resolved == str_is(want, "yes");
  if (str_is(key, "at")) return near(p, want);
  if (str_is(key, "radius")) return about(p->radius_km, want);
  fail_msg("unknown key %.*s", STR_FMT(key));
  return false;
}

static bool place_fits(const struct place *p, str want) {
  if (!words_are(doc_span(&doc, p->span), str_cut(&want, ' '))) return false;
  while (want.n) {
    str value = str_cut(&want, ' '), key = str_cut(&value, '=');
    if (key.n && !key_fits(p, key, value)) return false;
  }
  return true;
}

static bool placed(uint32_t place, str want) {
  if (str_is(want, "-")) return place >= doc.places.n;
  return place < doc.places.n && words_are(doc_span(&doc, doc.places.at[place].span), want);
}

static bool role_fits(const struct event *v, str role, str want) {
  if (str_is(role, "place")) return placed(v->place, want);
  bool any = false;
  for (uint32_t i = 0; i < v->places.n; i++) {
    const struct event_place *p = &doc.event_places.at[v->places.first + i];
    if (!str_is(role, place_role_name(p->role))) continue;
    any = true;
    if (placed(p->place, want)) return true;
  }
  return !any && str_is(want, "-");
}

static bool event_fits(const struct event *v, str want) {
  str types = str_cut(&want, ' ');
  const char *name = ontology_type_name(engine_ontology(engine), v->type);
  bool fits = str_is(types, "*");
  while (types.n) fits |= str_is(str_cut(&types, '|'), name);
  while (fits && want.n) {
    str value = str_cut(&want, ' '), key = str_cut(&value, '=');
    fits = !key.n || role_fits(v, key, value);
  }
  return fits;
}

static void check(const struct line_reader *r, str text, str want) {
  bool found = false;
  str rest = str_trim(str_from(want, 1));
  if (want.p[0] == '>')
    for (uint32_t i = 0; i < doc.events.n; i++) found |= event_fits(&doc.events.at[i], rest);
  else
    for (uint32_t i = 0; i < doc.places.n; i++) found |= place_fits(&doc.places.at[i], rest);
  cases++;
  if (found == (want.p[0] != '-')) return;
  print_error("%s:%llu: %s: %.*s\n   %.*s\n", r->file, (unsigned long long)r->number,
              found ? "read, and must not be" : "not read", STR_FMT(rest), STR_FMT(text));
  faults++;
}

static void run_file(const char *path) {
  struct err e = {0};
  struct file_map m;
  struct line_reader r;
  str text = {"", 0};
  assert_true(file_map_open(&m, path, &e));
  line_reader_init(&r, file_map_str(&m), path);
  while (line_next(&r)) {
    str line = str_trim(r.line);
    if (line.p[0] == '+' || line.p[0] == '-' || line.p[0] == '>') check(&r, text, line);
    else code(text = line);
  }
  file_map_release(&m);
}

/* Our own tables give no GeoNames id to a town. */
static bool has_towns(void) {
  code(STR("Shells fell in Kirkuk."));
  return doc.places.n && doc.places.at[0].geonameid;
}

static void test_cases(void **state) {
  (void)state;
  char folder[2048], path[4096];
  if (!has_towns()) {
    print_message("the gazetteer was built without towns: the cases are not run\n");
    skip();
  }
  assert_true(path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "tests/cases/place"));
  DIR *d = opendir(folder);
  assert_non_null(d);
  for (struct dirent *f; (f = readdir(d));)
    if (str_ends(str_of(f->d_name), STR(".txt")) && path_join(path, sizeof path, folder, f->d_name)) run_file(path);
  closedir(d);
  print_message("%zu of %zu cases pass\n", cases - faults, cases);
  assert_true(cases >= 100);
  assert_int_equal(faults, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, open_engine, close_engine);
}
