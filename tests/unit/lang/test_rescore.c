/* The second look at arcs: whatever the weights say, the tree stays a projective one with the same root, alike on all kernels. */
#include "lang.h"
#include "parse/rescore.h"

enum { D = 64, WIDTH = 64, HIDDEN = 64, NREL = 5, LONGEST = 60 };
static uint64_t seed = 3;

static struct linear random_map(uint32_t in, uint32_t out) {
  int8_t *w = malloc((size_t)in * out);
  float *scale = malloc(out * 4), *bias = malloc(out * 4);
  int32_t *sum = calloc(out, 4);
  for (size_t i = 0; i < (size_t)in * out; i++) w[i] = (int8_t)((int)(test_random(&seed) % 255) - 127);
  for (uint32_t o = 0; o < out; o++) {
    scale[o] = 0.0004f, bias[o] = 0.1f;
    for (uint32_t i = 0; i < in; i++) sum[o] += 128 * w[((size_t)(i / 4) * out + o) * 4 + i % 4];
  }
  return (struct linear){in, out, w, scale, bias, sum};
}

static void release_map(struct linear *l) {
  free((void *)(uintptr_t)l->w), free((void *)(uintptr_t)l->scale), free((void *)(uintptr_t)l->bias);
  free((void *)(uintptr_t)l->sum128);
}

static float far[ARCS_FAR * WIDTH], root[WIDTH];
static int16_t null[HIDDEN], fact[128 * HIDDEN];

static struct arc_scorer random_scorer(void) {
  for (size_t i = 0; i < sizeof far / sizeof *far; i++) far[i] = (float)(test_random(&seed) % 100) / 100.0f - 0.5f;
  for (size_t i = 0; i < sizeof fact / sizeof *fact; i++) fact[i] = (int16_t)(test_random(&seed) % 800) - 400;
  struct arc_scorer a = {WIDTH,
                         HIDDEN,
                         NREL,
                         random_map(D, 2 * WIDTH),
                         far,
                         root,
                         random_map(D, 2 * HIDDEN),
                         null,
                         fact,
                         random_map(HIDDEN, 64)};
  for (uint32_t o = 0; o < 2 * HIDDEN; o++) ((float *)(uintptr_t)a.relations.scale)[o] = 0.05f;
  return a;
}

/* A random projective tree, by random moves. */
static void random_tree(struct arc_state *st, int n) {
  arc_start(st, n);
  while (!arc_done(st)) {
    int kind = (int)(test_random(&seed) % 3), rel = 1 + (int)(test_random(&seed) % (NREL - 1));
    if (arc_root_next(st)) arc_apply(st, 1 + NREL, NREL);
    else if (arc_allowed(st) >> kind & 1) arc_apply(st, kind ? 1 + (kind - 1) * NREL + rel : 0, NREL);
  }
  for (int t = 1; t <= n; t++) st->margin[t] = (uint8_t)(test_random(&seed) % 40);
}

static void assert_projective(const struct arc_state *st) {
  for (int t = 1; t <= st->n; t++) {
    int steps = 0;
    for (int h = t; h; h = st->head[h]) assert_true(h > 0 && h <= st->n && steps++ < st->n);
    assert_true((st->head[t] == 0) == (st->rel[t] == 0));
    for (int k = 1; k <= st->n; k++) {
      int a = t < st->head[t] ? t : st->head[t], b = t < st->head[t] ? st->head[t] : t;
      int c = k < st->head[k] ? k : st->head[k], d = k < st->head[k] ? st->head[k] : k;
      assert_false(a < c && c < b && b < d);
    }
  }
}

static void test_trees(void **state) {
  struct net net = {.shape = {.d = D, .root = 0, .ndeprel = NREL}, .arcs = random_scorer()};
  struct rescore_work w;
  struct err e = {0};
  static struct arc_state st, was, other;
  _Alignas(64) static int8_t states[(LONGEST + KERNEL_ROWS) * D];
  const struct kernels *best = kernels_choose(NULL, &e);
  int moved = 0, told = 0;
  (void)state;
  assert_true(rescore_open(&w, &net, &e));
  for (int turn = 0; turn < 300; turn++) {
    int n = 1 + (int)(test_random(&seed) % LONGEST);
    for (size_t i = 0; i < sizeof states; i++) states[i] = (int8_t)((int)(test_random(&seed) % 201) - 100);
    random_tree(&st, n);
    was = other = st;
    rescore(&net, best, &w, states, &st);
    rescore(&net, &kernels_c, &w, states, &other);
    assert_projective(&st);
    for (int t = 1; t <= n; t++) {
      assert_true(st.head[t] == other.head[t] && st.rel[t] == other.rel[t]);
      assert_int_equal(st.head[t] == 0, was.head[t] == 0);
      moved += st.head[t] != was.head[t], told += st.rel[t] != was.rel[t];
    }
  }
  assert_true(moved > 100 && told > 100);
  rescore_close(&w);
  release_map(&net.arcs.arcs), release_map(&net.arcs.relations), release_map(&net.arcs.out);
}

static void test_without(void **state) { /* a model without the part changes nothing and needs no room */
  struct net net = {.shape = {.d = D}};
  struct rescore_work w;
  struct err e = {0};
  static struct arc_state st, was;
  (void)state;
  assert_true(rescore_open(&w, &net, &e));
  assert_null(w.arcs);
  random_tree(&st, 9), was = st;
  rescore(&net, &kernels_c, &w, NULL, &st);
  assert_memory_equal(&st, &was, sizeof st);
  rescore_close(&w);
}

static void test_facts(void **state) { /* 2 is the root; 1, 3 and 4 hang on it, 5 on 4 */
  struct arc_links l = {.n = 5, .head = {0, 2, 0, 2, 2, 4}, .rel = {0, 1, 0, 2, 3, 4}};
  uint32_t row[ARCS_ROWS_MAX], n;
  (void)state;
  arc_links_make(&l);
  assert_int_equal(l.first[2], 1);
  assert_int_equal(l.next[1], 3);
  assert_int_equal(l.next[3], 4);
  assert_int_equal(l.next[4], 0);
  n = arc_facts(&l, NREL, 4, 2, row);
  const uint32_t want[] = {arcs_far(4, 2),
                           arcs_fact_always(NREL),
                           arcs_fact_up(0),
                           arcs_fact_beside(NREL, 1, false),
                           arcs_fact_beside(NREL, 2, false),
                           arcs_fact_below(NREL, 4, true)};
  assert_int_equal(n, sizeof want / sizeof *want);
  assert_memory_equal(row, want, sizeof want);
  n = arc_facts(&l, NREL, 2, 0, row);
  assert_int_equal(row[2], arcs_fact_up(NREL));
  for (uint32_t i = 0; i < n; i++) assert_true(row[i] < arcs_facts(NREL));
}

static void test_many_facts(void **state) { /* a head with many dependents: no more rows than there is room for */
  struct arc_links l = {.n = ARC_TOKENS};
  uint32_t row[ARCS_ROWS_MAX];
  (void)state;
  for (int t = 2; t <= l.n; t++) l.head[t] = (int16_t)(t % 2 ? 1 : 3), l.rel[t] = 1;
  l.head[3] = 1;
  arc_links_make(&l);
  for (int t = 1; t <= l.n; t++) assert_true(arc_facts(&l, NREL, t, l.head[t], row) <= ARCS_ROWS_MAX);
}

static void test_far(void **state) { /* every kind of distance has a row of its own, from near to far on both sides */
  (void)state;
  assert_int_equal(arcs_far(5, 0), ARCS_FAR - 1);
  assert_int_equal(arcs_far(5, 6), 0);
  assert_int_equal(arcs_far(5, 4), 8);
  for (int h = 1; h <= ARC_TOKENS; h++)
    if (h != 200) assert_true(arcs_far(200, h) < ARCS_FAR - 1 && (arcs_far(200, h) < 8) == (h > 200));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_trees), cmocka_unit_test(test_without),
                                     cmocka_unit_test(test_facts), cmocka_unit_test(test_many_facts),
                                     cmocka_unit_test(test_far)};
  return RUN(tests);
}
