/* test_clock - the time of day in dates of publication, as feeds, pages and programs write them. */
#include "base/clock.h"
#include "unit.h"

static void check(const char *date, int minute, int zone) {
  struct clock c = clock_parse(str_of(date));
  if (c.minute != minute || c.zone != zone) print_error("%s: %d %d\n", date, c.minute, c.zone);
  assert_int_equal(c.minute, minute);
  assert_int_equal(c.zone, zone);
}

static void test_forms(void **state) {
  (void)state;
  check("2023-10-12T22:30:00-05:00", 1350, -300);
  check("2023-10-12T22:30Z", 1350, 0);
  check("2023-10-12 22:30:15.250 +0530", 1350, 330);
  check("2023-10-12T22:30", 1350, ZONE_NONE);
  check("Thu, 12 Oct 2023 09:05:00 GMT", 545, 0);
  check("Thu, 12 Oct 2023 09:05 EST", 545, -300);
  check("October 12, 2023, 12:15 AM PDT", 15, -420);
  check("12 Oct 2023 1:15 p.m. EST", 795, -300);
  check("12 Oct 2023 1:15 pm", 795, ZONE_NONE);
}

static void test_none(void **state) {
  (void)state;
  check("2023-10-12", -1, ZONE_NONE);
  check("2023-10-12T00:00:00Z", -1, ZONE_NONE); /* a day alone, as programs write it */
  check("2023-10-12T24:10:00Z", -1, ZONE_NONE);
  check("2023-10-12T10:75Z", -1, ZONE_NONE);
  check("10:", -1, ZONE_NONE);
  check(":30", -1, ZONE_NONE);
  check("a:b", -1, ZONE_NONE);
  check("", -1, ZONE_NONE);
}

static void test_put(void **state) {
  (void)state;
  char text[32];
  struct buf b = {.p = text, .size = sizeof text, .cap = sizeof text};
  clock_put(&b, CLOCK_NONE);
  assert_int_equal(b.n, 0);
  clock_put(&b, clock_parse(STR("2023-10-12T09:05:00-03:30")));
  assert_true(str_is(buf_str(&b), "T09:05-03:30"));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_none),
                                     cmocka_unit_test(test_put)};
  return RUN(tests);
}
