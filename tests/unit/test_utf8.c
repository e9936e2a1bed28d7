/* Decoding, repair and folding. */
#include "base/utf8.h"
#include "unit.h"

static void test_repair(void **state) {
  (void)state;
  struct buf b;
  buf_init(&b, 1000);
  assert_int_equal(utf8_repair(&b, STR("ok \xC3\xA9 \xFF\xC3(")), 2);
  assert_true(str_is(buf_str(&b), "ok \xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD("));
  assert_true(utf8_valid(buf_str(&b)));
  assert_false(utf8_valid(STR("\xED\xA0\x80")));
  assert_false(utf8_valid(STR("\xC0\xAF")));
  buf_release(&b);
}

static void test_fold(void **state) {
  (void)state;
  char out[64];
  size_t n = utf8_fold(STR("Tib\xC3\xBA Rado\xC5\xA1 Shi\xE2\x80\x99ite"), out, sizeof out);
  assert_true(str_is((str){out, n}, "tibu rados shi'ite"));
  n = utf8_lower(STR("\xC3\x89T\xC3\x89"), out, sizeof out);
  assert_true(str_is((str){out, n}, "\xC3\xA9t\xC3\xA9"));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_repair), cmocka_unit_test(test_fold)};
  return RUN(tests);
}
