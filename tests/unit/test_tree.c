/* Children in order and subtree bounds of a small tree. */
#include "doc/tree.h"
#include "unit.h"

static void test_links(void **state) {
  (void)state;
  struct symtab words;
  struct doc d;
  struct err e = {0};
  assert_true(symtab_init(&words));
  doc_init(&d);
  assert_true(doc_reset(&d, &words, STR("a b c d e"), STR(""), &e));
  assert_true(tokens_reserve(&d, 5));
  for (uint32_t i = 0; i < 5; i++) tokens_push(&d, 2 * i, 2 * i + 1, 0);
  uint32_t head[] = {1, NONE, 3, 1, 3};
  for (uint32_t i = 0; i < 5; i++) d.tokens.head[i] = head[i];
  tree_link(&d);
  assert_int_equal(d.tokens.child[1], 0);
  assert_int_equal(d.tokens.sibling[0], 3);
  assert_int_equal(d.tokens.left[1], 0);
  assert_int_equal(d.tokens.right[1], 4);
  assert_int_equal(d.tokens.left[3], 2);
  assert_int_equal(d.tokens.right[3], 4);
  assert_int_equal(d.tokens.right[0], 0);
  assert_true(tree_above(&d, 1, 4));
  assert_false(tree_above(&d, 0, 4));
  doc_release(&d);
  symtab_release(&words);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_links)};
  return RUN(tests);
}
