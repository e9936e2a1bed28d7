/* Numbers of strings: stable in the table, forgotten in the overlay. */
#include "base/intern.h"
#include "unit.h"
#include <stdio.h>

static void test_two_levels(void **state) {
  (void)state;
  struct symtab t;
  struct arena a;
  struct overlay o;
  char text[16];
  assert_true(symtab_init(&t));
  arena_init(&a, 1 << 24);
  for (int i = 0; i < 5000; i++) {
    snprintf(text, sizeof text, "w%d", i);
    assert_int_equal(symtab_add(&t, str_of(text)), i + 1);
  }
  assert_int_equal(symtab_find(&t, STR("w4999")), 5000);
  assert_int_equal(symtab_find(&t, STR("nothing")), SYM_NONE);
  assert_int_equal(symtab_add(&t, STR("")), SYM_NONE);
  assert_true(overlay_reset(&o, &t, &a));
  assert_int_equal(overlay_intern(&o, &a, STR("w17")), 18);
  sym fresh = overlay_intern(&o, &a, STR("fresh"));
  assert_int_equal(fresh, 5001);
  assert_int_equal(overlay_intern(&o, &a, STR("fresh")), fresh);
  assert_true(str_is(overlay_str(&o, fresh), "fresh"));
  for (int i = 0; i < 3000; i++) {
    snprintf(text, sizeof text, "x%d", i);
    str copy = arena_str(&a, str_of(text));
    assert_int_equal(overlay_intern(&o, &a, copy), 5002 + i);
  }
  assert_true(str_is(overlay_str(&o, 5002 + 2999), "x2999"));
  arena_release(&a);
  symtab_release(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_two_levels)};
  return RUN(tests);
}
