/* Ids of a run: the second of one id is refused, up to many ids. */
#include "intake/seen.h"
#include "unit.h"
#include <stdio.h>

static void test_tells_repeats(void **state) {
  (void)state;
  struct seen s;
  struct err e = {0};
  seen_init(&s);
  assert_true(seen_add(&s, STR("a"), &e));
  assert_true(seen_add(&s, STR("b"), &e));
  assert_false(seen_add(&s, STR("a"), &e));
  assert_int_equal(e.code, ERR_DUPLICATE);
  seen_release(&s);
}

static void test_grows(void **state) {
  (void)state;
  struct seen s;
  seen_init(&s);
  char id[32];
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 20000; i++) {
      int n = snprintf(id, sizeof id, "doc-%d", i);
      assert_int_equal(seen_add(&s, (str){id, (size_t)n}, NULL), round == 0);
    }
  assert_int_equal(s.n, 20000);
  seen_release(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_tells_repeats), cmocka_unit_test(test_grows)};
  return RUN(tests);
}
