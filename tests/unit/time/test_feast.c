/* Feasts against published dates. */
#include "time/feast.h"
#include "unit.h"

static void day_is(int32_t day, const char *want) {
  char z[11];
  assert_int_not_equal(day, DAY_NONE);
  day_format(day, z);
  assert_string_equal(z, want);
}

static void test_easter(void **state) {
  (void)state;
  day_is(easter_day(2023), "2023-04-09");
  day_is(easter_day(2000), "2000-04-23");
  day_is(easter_day(2038), "2038-04-25");
  day_is(orthodox_easter_day(2023), "2023-04-16");
  day_is(orthodox_easter_day(2021), "2021-05-02");
}

static void test_hebrew(void **state) {
  (void)state;
  day_is(hebrew_day(5784, 7, 1), "2023-09-16");
  day_is(hebrew_day(5784, 7, 10), "2023-09-25");
  day_is(hebrew_day(5783, 1, 15), "2023-04-06");
  day_is(hebrew_day(5784, 1, 15), "2024-04-23");
  day_is(hebrew_day(5784, 9, 25), "2023-12-08");
  day_is(hebrew_day(5734, 7, 10), "1973-10-06");
}

static void test_hijri(void **state) { /* the tabular calendar: a day either side of the sighted moon */
  (void)state;
  int32_t eid = hijri_day(1444, 10, 1), want;
  assert_true(day_parse_iso(STR("2023-04-21"), &want));
  assert_true(eid >= want - 1 && eid <= want + 1);
  int32_t ashura = hijri_day(1445, 1, 10);
  assert_true(day_parse_iso(STR("2023-07-28"), &want));
  assert_true(ashura >= want - 1 && ashura <= want + 1);
}

static void test_rules(void **state) {
  (void)state;
  struct arena a;
  arena_init(&a, 1 << 16);
  struct feast f = {0};
  assert_true(feast_parse(&f, STR("nth 4 4 11"), &a));
  day_is(feast_day(&f, 2023), "2023-11-23");
  f = (struct feast){0};
  assert_true(feast_parse(&f, STR("nth -1 1 5"), &a));
  day_is(feast_day(&f, 2023), "2023-05-29");
  f = (struct feast){0};
  assert_true(feast_parse(&f, STR("fixed 12-25"), &a));
  day_is(feast_day(&f, 2023), "2023-12-25");
  f = (struct feast){0};
  assert_true(feast_parse(&f, STR("table 2020-01-25 2021-02-12"), &a));
  day_is(feast_day(&f, 2021), "2021-02-12");
  assert_int_equal(feast_day(&f, 1999), DAY_NONE);
  assert_false(feast_parse(&f, STR("fixed 13-40"), &a));
  assert_false(feast_parse(&f, STR("easter"), &a));
  assert_false(feast_parse(&f, STR("moon 3"), &a));
  arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_easter), cmocka_unit_test(test_hebrew),
                                     cmocka_unit_test(test_hijri), cmocka_unit_test(test_rules)};
  return RUN(tests);
}
