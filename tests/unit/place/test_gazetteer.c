/* Folding, building from our own tables alone, looking up, refusing damaged files. */
#include "base/file.h"
#include "place/cities_pbf.h"
#include "place/gazetteer_build.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void fold_is(const char *name, const char *want) {
  char key[GAZ_KEY_MAX];
  size_t n = gazetteer_fold(str_of(name), key, sizeof key);
  assert_int_equal(n, strlen(want));
  assert_memory_equal(key, want, n);
}

static void test_fold(void **state) {
  (void)state;
  fold_is("Tibú", "tibu");
  fold_is("Port-au-Prince", "port au prince");
  fold_is("U.S.", "us");
  fold_is("Washington, D.C.", "washington dc");
  fold_is("Sana\xE2\x80\x99"
          "a",
          "sanaa");
  fold_is("Łódź", "lodz");
  fold_is("Diyarbakır", "diyarbakir");
  fold_is("  New \n York ", "new york");
  char small[3];
  assert_int_equal(gazetteer_fold(STR("Timbuktu"), small, sizeof small), 0);
}

static char path[64] = "/tmp/tightrope-places-XXXXXX";

static int setup(void **state) {
  (void)state;
  struct gazetteer_sources s = {0};
  struct gazetteer_counts n;
  struct err e = {0};
  struct buf out;
  char folder[4096];
  assert_true(path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge/places"));
  s.knowledge = folder;
  buf_init(&out, 1 << 28);
  bool ok = gazetteer_build(&s, &out, &n, &e);
  if (!ok) print_error("%s\n", e.message);
  int fd = mkstemp(path);
  close(fd);
  ok = ok && file_write_atomic(path, buf_str(&out), &e);
  buf_release(&out);
  return ok ? 0 : -1;
}
static int teardown(void **state) {
  (void)state;
  return unlink(path);
}

static const struct gaz_place *first(const struct gazetteer *g, const char *key) {
  const uint32_t *rows;
  return gazetteer_find(g, str_of(key), &rows) ? &g->places[GAZ_ROW(rows[0])] : NULL;
}

static void test_find(void **state) {
  (void)state;
  struct gazetteer g;
  struct err e = {0};
  assert_true(gazetteer_open(&g, path, &e));
  assert_int_equal(g.header->cities, 0);
  const struct gaz_place *p = first(&g, "burma");
  assert_non_null(p);
  assert_memory_equal(p->country, "MMR", 3);
  assert_int_equal(p->level, LEVEL_COUNTRY);
  p = first(&g, "gaza strip");
  assert_non_null(p);
  assert_int_equal(p->level, LEVEL_REGION);
  p = first(&g, "camp cropper");
  assert_non_null(p);
  assert_int_equal(p->level, LEVEL_BUILDING);
  assert_null(first(&g, "nowhere at all"));
  const struct gaz_word *camp = gazetteer_word(&g, STR("camp"));
  assert_non_null(camp);
  assert_true(camp->bytes >= strlen("camp cropper"));
  assert_true(gazetteer_may(camp, strlen("camp cropper")));
  assert_null(gazetteer_word(&g, STR("qqqq")));
  gazetteer_close(&g);
}

/* Adjectives stand behind the names, with a rank of their own. */
static void test_adjectives(void **state) {
  (void)state;
  struct gazetteer g;
  struct err e = {0};
  const uint32_t *rows;
  assert_true(gazetteer_open(&g, path, &e));
  uint32_t n = gazetteer_find(&g, STR("russian"), &rows);
  assert_true(n > 0);
  assert_int_equal(GAZ_RANK(rows[n - 1]), GAZ_RANK_ADJECTIVE);
  assert_memory_equal(g.places[GAZ_ROW(rows[n - 1])].country, "RUS", 3);
  n = gazetteer_find(&g, STR("scottish"), &rows);
  assert_true(n > 0);
  assert_true(str_is(gazetteer_str(&g, g.places[GAZ_ROW(rows[n - 1])].name), "Scotland"));
  n = gazetteer_find(&g, STR("european"), &rows);
  assert_true(n > 0);
  assert_int_equal(g.places[GAZ_ROW(rows[n - 1])].level, LEVEL_AREA);
  gazetteer_close(&g);
}

static bool build_with(const char *towns, const char *divisions, struct gazetteer *g, struct err *e) {
  char folder[4096], t[80], d[80], out[80];
  struct gazetteer_counts n;
  struct buf b;
  assert_true(path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "knowledge/places"));
  snprintf(t, sizeof t, "%s.towns", path), snprintf(d, sizeof d, "%s.divisions", path),
      snprintf(out, sizeof out, "%s.out", path);
  assert_true(file_write_atomic(t, str_of(towns), e) && file_write_atomic(d, str_of(divisions), e));
  struct gazetteer_sources s = {.knowledge = folder, .towns = t, .divisions = d};
  buf_init(&b, 1 << 28);
  bool ok = gazetteer_build(&s, &b, &n, e) && file_write_atomic(out, buf_str(&b), e) && gazetteer_open(g, out, e);
  buf_release(&b);
  unlink(t), unlink(d), unlink(out);
  return ok;
}

/* The tables of tools/place_sources.py: towns with spellings, counties, names and ids of first-level divisions. */
static void test_tables(void **state) {
  (void)state;
  struct gazetteer g;
  struct err e = {0};
  const uint32_t *rows;
  static const char towns[] = "11\tOlim\tUZ\t07\t40.10000\t65.37000\t9000\tOlym|Alim\n"
                              "0\tAnnfield\tUS\tKY\t37.30000\t-83.97000\t0\t\n";
  static const char divisions[] = "UZ\t07\t-\t22\t40.5\t65.5\t90\t900000\tNavoiy|Navoi Region\n"
                                  "US\tKY\t109\t33\t37.40\t-84.00\t20\t13000\tJackson County|Jackson\n";
  assert_true(build_with(towns, divisions, &g, &e));
  const struct gaz_place *p = first(&g, "olim");
  assert_non_null(p);
  assert_int_equal(p->geonameid, 11);
  assert_true(str_is(gazetteer_str(&g, p->adm1), "Navoiy"));
  assert_int_equal(gazetteer_find(&g, STR("alim"), &rows), 1);
  assert_int_equal(GAZ_RANK(rows[0]), GAZ_RANK_SPELLING);
  p = first(&g, "navoi region");
  assert_non_null(p);
  assert_int_equal(p->level, LEVEL_REGION);
  assert_int_equal(p->geonameid, 22);
  p = first(&g, "jackson county");
  assert_non_null(p);
  assert_int_equal(p->feature, GAZ_COUNTY);
  assert_int_equal(gazetteer_find(&g, STR("jackson"), &rows), 1);
  assert_int_equal(GAZ_RANK(rows[0]), GAZ_RANK_RULE);
  assert_non_null(first(&g, "annfield"));
  gazetteer_close(&g);
  assert_false(build_with("11\tOlim\n", divisions, &g, &e)); /* a line short of fields is told with its place */
  assert_int_equal(e.line, 1);
  err_clear(&e);
  assert_false(build_with(towns, "UZ\t07\t-\tx\t99\t65.5\t90\t1\tNavoiy\n", &g, &e));
  err_clear(&e);
}

static void test_damage(void **state) {
  (void)state;
  struct gazetteer g;
  struct err e = {0};
  struct buf b;
  char bad[80];
  snprintf(bad, sizeof bad, "%s.bad", path);
  buf_init(&b, 1 << 28);
  assert_true(file_read(&b, path, &e));
  b.p[offsetof(struct gaz_header, places)] ^= 1;
  assert_true(file_write_atomic(bad, buf_str(&b), &e));
  assert_false(gazetteer_open(&g, bad, &e));
  assert_int_equal(e.code, ERR_KNOWLEDGE);
  err_clear(&e);
  b.p[offsetof(struct gaz_header, places)] ^= 1;
  b.p[b.n / 2] ^= 1; /* behind the header: found by reading all of it */
  assert_true(file_write_atomic(bad, buf_str(&b), &e) && gazetteer_open(&g, bad, &e));
  assert_false(gazetteer_whole(&g));
  gazetteer_close(&g);
  assert_true(gazetteer_open(&g, path, &e) && gazetteer_whole(&g));
  gazetteer_close(&g);
  assert_true(file_write_atomic(bad, (str){b.p, b.n / 2}, &e));
  assert_false(gazetteer_open(&g, bad, &e));
  err_clear(&e);
  assert_true(file_write_atomic(bad, (str){b.p, 10}, &e));
  assert_false(gazetteer_open(&g, bad, &e));
  unlink(bad);
  err_clear(&e);
  assert_true(gazetteer_open(&g, "", &e)); /* none at all: an empty gazetteer */
  const uint32_t *rows;
  assert_int_equal(gazetteer_find(&g, STR("iraq"), &rows), 0);
  gazetteer_close(&g);
  buf_release(&b);
}

static void test_pbf(void **state) {
  (void)state;
  struct cities_reader r = {STR("\x05\x08\x02\x12\x01X"), 0, 0};
  struct city c;
  assert_int_equal(cities_next(&r, &c), 1);
  assert_int_equal(c.id, 1);
  assert_true(str_is(c.name, "X"));
  assert_int_equal(cities_next(&r, &c), 0);
  r = (struct cities_reader){STR("\x09\x08\x02"), 0, 0}; /* longer than the file */
  assert_int_equal(cities_next(&r, &c), -1);
  r = (struct cities_reader){STR("\x02\x12\x7F"), 0, 0}; /* a string longer than the message */
  assert_int_equal(cities_next(&r, &c), -1);
  r = (struct cities_reader){STR("\x02\xFF\xFF"), 0, 0}; /* a number without an end */
  assert_int_equal(cities_next(&r, &c), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_fold),       cmocka_unit_test(test_find),
                                     cmocka_unit_test(test_adjectives), cmocka_unit_test(test_tables),
                                     cmocka_unit_test(test_damage),     cmocka_unit_test(test_pbf)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
