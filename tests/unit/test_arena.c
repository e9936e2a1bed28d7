/* The arena's cap, reset and rewind. */
#include "base/arena.h"
#include "unit.h"

static void test_cap(void **state) {
  (void)state;
  struct arena a;
  arena_init(&a, 1000);
  assert_non_null(arena_alloc(&a, 900));
  assert_null(arena_alloc(&a, 200));
  arena_reset(&a);
  assert_non_null(arena_alloc(&a, 900));
  assert_null(arena_alloc(&a, SIZE_MAX));
  arena_release(&a);
}

static void test_rewind(void **state) {
  (void)state;
  struct arena a;
  arena_init(&a, 1 << 24);
  char *first = arena_alloc(&a, 100);
  struct arena_mark m = arena_mark(&a);
  for (int i = 0; i < 100; i++) assert_non_null(arena_alloc(&a, 50000));
  arena_rewind(&a, m);
  char *again = arena_alloc(&a, 16);
  assert_ptr_equal(again, first + 112);
  for (int i = 0; i < 16; i++) assert_int_equal(again[i], 0);
  arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cap), cmocka_unit_test(test_rewind)};
  return RUN(tests);
}
