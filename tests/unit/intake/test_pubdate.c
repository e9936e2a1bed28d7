/* The dates of publication that feeds, pages and people write, and those that nobody can read. */
#include "intake/pubdate.h"
#include "unit.h"

static void test_reads_dates(void **state) {
  (void)state;
  static const char *const same[] = {"2020-12-26",
                                     "2020-12-26T10:00:00Z",
                                     "2020-12-26 23:59",
                                     "2020-12-26T23:59:59.123+02:00",
                                     "20201226",
                                     "2020/12/26",
                                     "20201226101500",
                                     "2020.12.26",
                                     "Sat, 26 Dec 2020 10:00:00 GMT",
                                     "26 Dec 2020",
                                     "26 Dec 20 10:00 GMT",
                                     "December 26, 2020",
                                     "Dec. 26, 2020, 10:00 a.m.",
                                     "Saturday 26 December 2020",
                                     " 2020-12-26 \n",
                                     "2020-12-26+03:00"};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    int32_t day = 0;
    if (pubdate_parse(str_of(same[i]), &day) != PUBDATE_OK) fail_msg("not read: %s", same[i]);
    char out[11];
    day_format(day, out);
    assert_string_equal(out, "2020-12-26");
  }
}

static void test_refuses(void **state) {
  (void)state;
  int32_t day;
  static const char *const unknown[] = {"",        "yesterday", "03/04/2020",  "2020",
                                        "2020-12", "12:30",     "2020-12-26x", "99999999999999999999"};
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
    assert_int_equal(pubdate_parse(str_of(unknown[i]), &day), PUBDATE_UNKNOWN);
  static const char *const impossible[] = {"2020-02-30", "2021-02-29",    "2020-13-01",
                                           "20201301",   "31 April 2020", "0000-01-01"};
  for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++)
    assert_int_equal(pubdate_parse(str_of(impossible[i]), &day), PUBDATE_IMPOSSIBLE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_reads_dates), cmocka_unit_test(test_refuses)};
  return RUN(tests);
}
