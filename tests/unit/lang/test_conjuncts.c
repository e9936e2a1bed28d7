/* Heads that a conjunct may have, and what the model makes of them. */
#include "doc/tree.h"
#include "lang.h"
#include "parse/conjuncts.h"

static struct symtab words;
static struct doc doc;

/* A sentence of n words with these heads (NONE: the root), all nouns. */
static void make(uint32_t n, const uint32_t *head) {
  struct err e = {0};
  struct buf b;
  buf_init(&b, 1 << 24);
  for (uint32_t i = 0; i < n; i++) buf_puts(&b, "a ");
  assert_true(doc_reset(&doc, &words, buf_str(&b), STR(""), &e));
  struct sentence *s = DOC_PUSH(&doc, sentences);
  assert_non_null(s);
  s->n = n;
  assert_true(tokens_reserve(&doc, n));
  for (uint32_t i = 0; i < n; i++) {
    tokens_push(&doc, 2 * i, 2 * i + 1, TOKEN_SPACE_AFTER);
    doc.tokens.head[i] = head[i];
    doc.tokens.upos[i] = UPOS_NOUN, doc.tokens.xpos[i] = XPOS_NN;
    doc.tokens.deprel[i] = head[i] == NONE ? DEPREL_ROOT : DEPREL_OBJ;
  }
  tree_link(&doc);
  buf_release(&b);
}

static void test_heads(void **state) {
  struct conjunct_choice c;
  (void)state;
  /* killed(0) men(1) and(2) wounded(3) five(4): `wounded` hangs on `men`, and may go to `killed` */
  make(5, (const uint32_t[]){NONE, 0, 3, 1, 3});
  doc.tokens.deprel[3] = DEPREL_CONJ;
  assert_true(conjunct_heads(&doc, 3, &c));
  assert_int_equal(c.n, 2);
  assert_int_equal(c.head[0], 1);
  assert_int_equal(c.head[1], 0);
  assert_int_equal(c.now, 0);
  assert_false(conjunct_heads(&doc, 0, &c)); /* the root */
  assert_false(conjunct_heads(&doc, 2, &c)); /* its head follows */
  /* with a word after the conjunct that hangs on `men`, an arc from `killed` would cross */
  make(6, (const uint32_t[]){NONE, 0, 3, 1, 3, 1});
  assert_false(conjunct_heads(&doc, 3, &c));
}

static void test_features(void **state) {
  struct conjunct_labels labels;
  struct conjunct_choice c;
  uint32_t row[CONJUNCT_FEATURES], n;
  (void)state;
  conjunct_labels_init(&labels);
  make(5, (const uint32_t[]){NONE, 0, 3, 1, 3});
  assert_true(conjunct_heads(&doc, 3, &c));
  for (uint32_t i = 0; i < c.n; i++) {
    n = conjunct_features(&labels, &doc, 3, &c, i, row);
    assert_true(n > 20 && n <= CONJUNCT_FEATURES);
    for (uint32_t k = 0; k < n; k++) assert_true(row[k] < CONJUNCT_ROWS);
  }
}

static void test_no_weights(void **state) {
  static int8_t zero[CONJUNCT_ROWS];
  struct conjuncts none = {0}, even = {.weight = zero, .unit = 1};
  (void)state;
  conjunct_labels_init(&even.labels);
  make(5, (const uint32_t[]){NONE, 0, 3, 1, 3});
  doc.tokens.deprel[3] = DEPREL_CONJ;
  assert_false(conjuncts_settle(&none, &doc));
  assert_false(conjuncts_settle(&even, &doc)); /* nothing speaks for another head */
  assert_int_equal(doc.tokens.head[3], 1);
}

/* Whatever the weights are: what comes out is a tree. */
static void test_stays_tree(void **state) {
  enum { N = 400 };
  static int8_t weight[CONJUNCT_ROWS];
  struct conjuncts wild = {.weight = weight, .unit = 1};
  uint64_t seed = 5;
  (void)state;
  conjunct_labels_init(&wild.labels);
  for (uint32_t i = 0; i < CONJUNCT_ROWS; i++) weight[i] = (int8_t)(test_random(&seed) % 255 - 127);
  for (int round = 0; round < 40; round++) {
    uint32_t head[N], moves = 0;
    for (uint32_t i = 0; i < N; i++) head[i] = !i ? NONE : test_random(&seed) % 3 ? i - 1 : test_random(&seed) % i;
    make(N, head);
    for (uint32_t i = 1; i < N; i++) doc.tokens.deprel[i] = DEPREL_CONJ;
    conjuncts_settle(&wild, &doc);
    for (uint32_t i = 0; i < N; i++) {
      uint32_t steps = 0;
      moves += doc.tokens.head[i] != head[i];
      for (uint32_t h = i; h != NONE; h = doc.tokens.head[h]) assert_true(h < N && steps++ <= N);
    }
    assert_true(round || moves);
  }
}

static void test_section(void **state) {
  struct model m;
  struct conjuncts c;
  struct err e = {0};
  (void)state;
  open_shipped(&m, NULL);
  assert_true(conjuncts_open(&c, &m.file, &e));
  assert_non_null(c.weight);
  assert_true(c.unit > 0);
  model_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_heads), cmocka_unit_test(test_features),
                                     cmocka_unit_test(test_no_weights), cmocka_unit_test(test_stays_tree),
                                     cmocka_unit_test(test_section)};
  assert_true(symtab_init(&words));
  doc_init(&doc);
  int failed = RUN(tests);
  doc_release(&doc);
  symtab_release(&words);
  return failed;
}
