/* test_phrase.c - the word automaton: pieces of names, longest phrases, several values for one phrase. */
#include "actor/phrase.h"
#include "unit.h"

static void pieces(str text, const char *const *want, size_t count) {
  char out[PIECE_MAX];
  size_t n, at = 0;
  for (size_t i = 0; i < count; i++) {
    assert_true(piece_next(text, &at, out, &n));
    assert_int_equal(n, strlen(want[i]));
    assert_memory_equal(out, want[i], n);
  }
  assert_false(piece_next(text, &at, out, &n));
}

static void names_fall_apart_as_tokens_do(void **state) {
  (void)state;
  pieces(STR("Asa'ib Ahl al-Haq"), (const char *const[]){"asaib", "ahl", "al", "haq"}, 4);
  pieces(STR("Côte"), (const char *const[]){"cote"}, 1);
  pieces(STR("Lord's Resistance Army"), (const char *const[]){"lord", "'s", "resistance", "army"}, 4);
  pieces(STR("Workers\xE2\x80\x99 Party"), (const char *const[]){"workers", "'", "party"}, 3);
  pieces(STR("\xE2\x80\x99s"), (const char *const[]){"'s"}, 1);
  pieces(STR("U.S.-led"), (const char *const[]){"u.s.", "led"}, 2);
  pieces(STR(" - "), NULL, 0);
}

static void a_phrase_has_many_values_in_order(void **state) {
  (void)state;
  struct phrases p;
  assert_true(phrases_init(&p));
  assert_true(phrases_add(&p, (sym[]){7, 8}, 2, 100));
  assert_true(phrases_add(&p, (sym[]){7}, 1, 1));
  assert_true(phrases_add(&p, (sym[]){7, 8}, 2, 200));
  assert_true(phrases_add(&p, (sym[]){7, 8}, 2, 100));
  assert_false(phrases_add(&p, NULL, 0, 1));
  uint32_t node = phrases_step(&p, phrases_step(&p, 0, 7), 8), e = phrases_first(&p, node);
  assert_int_equal(phrases_value(&p, e), 100);
  e = phrases_next(&p, e);
  assert_int_equal(phrases_value(&p, e), 200);
  assert_int_equal(phrases_next(&p, e), 0);
  assert_int_equal(phrases_step(&p, 0, 8), 0);
  phrases_release(&p);
}

static void it_grows(void **state) {
  (void)state;
  struct phrases p;
  assert_true(phrases_init(&p));
  for (uint32_t i = 1; i <= 20000; i++) assert_true(phrases_add(&p, (sym[]){i, i + 1}, 2, i));
  for (uint32_t i = 1; i <= 20000; i++)
    assert_int_equal(phrases_value(&p, phrases_first(&p, phrases_step(&p, phrases_step(&p, 0, i), i + 1))), i);
  phrases_release(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_fall_apart_as_tokens_do),
      cmocka_unit_test(a_phrase_has_many_values_in_order),
      cmocka_unit_test(it_grows),
  };
  return RUN(tests);
}
