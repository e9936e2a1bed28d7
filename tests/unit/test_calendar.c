/* Days, weeks and months against values worked out by hand. */
#include "base/calendar.h"
#include "unit.h"

static void test_days(void **state) {
  (void)state;
  assert_int_equal(day_of_civil((struct civil){1970, 1, 1}), 0);
  assert_int_equal(day_of_civil((struct civil){2000, 3, 1}), 11017);
  for (int32_t d = -400000; d < 400000; d += 37) {
    struct civil c = civil_of_day(d);
    assert_true(civil_valid(c));
    assert_int_equal(day_of_civil(c), d);
  }
}

static void test_weeks(void **state) {
  (void)state;
  int year, week;
  int32_t day;
  assert_true(day_parse_iso(STR("2021-01-01"), &day));
  iso_week_of_day(day, &year, &week);
  assert_int_equal(year, 2020);
  assert_int_equal(week, 53);
  assert_int_equal(weekday_of_day(day), 5);
  assert_true(day_parse_iso(STR("2024-12-30"), &day));
  iso_week_of_day(day, &year, &week);
  assert_int_equal(year, 2025);
  assert_int_equal(week, 1);
  assert_int_equal(day_of_iso_week(2025, 1), day);
}

static void test_impossible(void **state) {
  (void)state;
  int32_t day;
  assert_false(day_parse_iso(STR("2021-02-29"), &day));
  assert_false(day_parse_iso(STR("0000-01-01"), &day));
  assert_false(day_parse_iso(STR("2021-13-01"), &day));
  assert_false(day_parse_iso(STR("2021-1-01"), &day));
  assert_false(day_parse_iso(STR("2021-01-01x"), &day));
  assert_true(day_parse_iso(STR("2020-02-29T10:00"), &day));
}

static void test_months(void **state) {
  (void)state;
  int32_t last = day_of_civil((struct civil){2020, 1, 31});
  assert_int_equal(day_add_months(last, 1), day_of_civil((struct civil){2020, 2, 29}));
  assert_int_equal(day_add_months(last, -2), day_of_civil((struct civil){2019, 11, 30}));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_days), cmocka_unit_test(test_weeks),
                                     cmocka_unit_test(test_impossible), cmocka_unit_test(test_months)};
  return RUN(tests);
}
