/* Views: cutting, numbers, searching. */
#include "base/str.h"
#include "unit.h"

static void test_numbers(void **state) {
  (void)state;
  int64_t v;
  double x;
  assert_true(str_to_int(STR("-42"), &v) && v == -42);
  assert_false(str_to_int(STR(""), &v));
  assert_false(str_to_int(STR("12a"), &v));
  assert_false(str_to_int(STR("1234567890123456789"), &v));
  assert_true(str_to_double(STR("-12.5"), &x) && x == -12.5);
  assert_false(str_to_double(STR("."), &x));
}

static void test_cut(void **state) {
  (void)state;
  str rest = STR("a\tb");
  assert_true(str_is(str_cut(&rest, '\t'), "a"));
  assert_true(str_is(str_cut(&rest, '\t'), "b"));
  assert_int_equal(rest.n, 0);
  assert_true(str_is(str_trim(STR(" x \r\n")), "x"));
  assert_int_equal(str_find_str(STR("abcabd"), STR("abd")), 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_cut)};
  return RUN(tests);
}
