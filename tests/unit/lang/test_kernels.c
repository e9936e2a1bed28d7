/* Every instruction set gives the same bits, piece by piece and for whole sentences; and what stands in a batch with a sentence does
 * not change it. */
#include "lang.h"
#include "parse/greedy.h"

static const char *const others[] = {"avx2", "vnni", "avx512", "neon", "dotprod"};
#if defined(__x86_64__)
extern const struct kernels kernels_vnni_emulated;
#endif

static void fill8(int8_t *p, size_t n, uint64_t *seed) {
  for (size_t i = 0; i < n; i++) p[i] = (int8_t)(test_random(seed) % 255 - 127);
}
static void fillf(float *p, size_t n, float range, uint64_t *seed) {
  for (size_t i = 0; i < n; i++) p[i] = range * ((float)(test_random(seed) % 20001) / 10000.0f - 1);
}

enum { IN = 384, OUT = 192, ROWS = 13 };
static _Alignas(64) int8_t weights[IN * OUT], x8[(ROWS + 3) * IN], q[2][ROWS * OUT];
static _Alignas(64) float scale[OUT], bias[OUT], y[2][(ROWS + 3) * OUT], u[ROWS * 3 * OUT];
static _Alignas(64) int16_t y16[2][(ROWS + 3) * OUT], rows16[24][OUT];
static _Alignas(64) uint8_t scratch[(ROWS + 3) * IN];
static int32_t sums[OUT];

static struct linear random_linear(uint64_t *seed) {
  fill8(weights, sizeof weights, seed), fill8(x8, sizeof x8, seed);
  fillf(scale, OUT, 0.01f, seed), fillf(bias, OUT, 100, seed);
  for (uint32_t o = 0; o < OUT; o++) {
    sums[o] = 0;
    for (uint32_t i = 0; i < IN; i++) sums[o] += 128 * weights[((i / 4) * OUT + o) * 4 + i % 4];
  }
  return (struct linear){IN, OUT, weights, scale, bias, sums};
}

static void compare(const struct kernels *k, uint64_t *seed) {
  const struct kernels *c = &kernels_c;
  struct linear l = random_linear(seed);
  c->linear(&l, x8, ROWS, y[0], scratch), k->linear(&l, x8, ROWS, y[1], scratch);
  assert_memory_equal(y[0], y[1], ROWS * OUT * 4);
  c->linear16(&l, x8, ROWS, y16[0], scratch), k->linear16(&l, x8, ROWS, y16[1], scratch);
  assert_memory_equal(y16[0], y16[1], ROWS * OUT * 2);
  for (int i = 0; i < IN; i++) x8[i] = (int8_t)(x8[i] & 127);
  if (test_random(seed) % 4 == 0) memset(x8, 0, IN), fillf(bias, OUT, 0, seed); /* all scores equal: the first wins */
  uint32_t a = c->best(&l, x8, bias, y[0]), b = k->best(&l, x8, bias, y[1]);
  assert_int_equal(a, b);
  assert_memory_equal(y[0], y[1], OUT * 4);
  fillf(y[0], ROWS * OUT, 30, seed), memcpy(y[1], y[0], sizeof y[0]);
  c->norm(y[0], q[0], ROWS, OUT, scale, bias, 0.05f), k->norm(y[1], q[1], ROWS, OUT, scale, bias, 0.05f);
  assert_memory_equal(y[0], y[1], ROWS * OUT * 4), assert_memory_equal(q[0], q[1], ROWS * OUT);
  fillf(u, ROWS * 3 * OUT, 9, seed);
  c->recur(y[0], u, ROWS - 1, -1, ROWS, OUT, OUT / 2, 96), k->recur(y[1], u, ROWS - 1, -1, ROWS, OUT, OUT / 2, 96);
  c->relu_add(y[0], u, ROWS * OUT), k->relu_add(y[1], u, ROWS * OUT);
  assert_memory_equal(y[0], y[1], ROWS * OUT * 4);
  const int16_t *rows[24];
  for (int i = 0; i < 24; i++) {
    rows[i] = rows16[i];
    for (int j = 0; j < OUT; j++) rows16[i][j] = (int16_t)(test_random(seed) % 4001) - 2000;
  }
  c->accumulate(q[0], rows, 24, OUT), k->accumulate(q[1], rows, 24, OUT);
  assert_memory_equal(q[0], q[1], OUT);
  c->add3(y[0], rows16[0], rows16[1], rows16[2], bias, OUT), k->add3(y[1], rows16[0], rows16[1], rows16[2], bias, OUT);
  assert_memory_equal(y[0], y[1], OUT * 4);
  const uint32_t row[3] = {1, 4, 2};
  c->embed(y[0], x8, row, 3, 192, 0.02f), k->embed(y[1], x8, row, 3, 192, 0.02f);
  assert_memory_equal(y[0], y[1], 192 * 4);
}

static void test_pieces(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    const struct kernels *k = kernels_choose(others[i], NULL);
    uint64_t seed = 11;
    if (!k) continue; /* this machine has not got it */
    for (int n = 0; n < 40; n++) compare(k, &seed);
  }
}

static void test_emulated(void **state) { /* AVX-VNNI's kernels but for its instruction */
  (void)state;
#if defined(__x86_64__)
  uint64_t seed = 12;
  if (kernels_choose("avx2", NULL))
    for (int n = 0; n < 40; n++) compare(&kernels_vnni_emulated, &seed);
#endif
}

static void test_choice(void **state) {
  struct err e = {0};
  (void)state;
  assert_non_null(kernels_choose(NULL, &e));
  assert_ptr_equal(kernels_choose("c", &e), &kernels_c);
  assert_null(kernels_choose("abacus", &e));
  assert_int_equal(e.code, ERR_USAGE);
}

/* ---- whole sentences ---- */

static const char *const vocabulary[] = {
    "The",           "minister", "said", "on",     "Monday", ",",  "that",    "troops", "would", "leave",
    "Basra",         "U.S.",     "do",   "n't",    "2,400",  "\"", "Zaytsev", ".",      "xq7##", "\xC3\xA9t\xC3\xA9",
    "\xE2\x80\x99s", "ATTACK",   "and",  "killed", "by"};
enum { WORDS = sizeof vocabulary / sizeof *vocabulary, TOKENS = 300 };

struct result {
  int8_t state[NET_ROWS][NET_WIDTH_MAX];
  uint8_t upos[NET_ROWS], xpos[NET_ROWS];
  uint16_t feats[NET_ROWS];
  uint8_t margin[NET_ROWS], next[2][NET_ROWS];
  struct arc_state tree;
};

static void run(const struct model *m, struct net_work *w, const str *form, const uint32_t *start, uint32_t nsent,
                struct result *r) {
  const struct net_batch b = {form, start, nsent};
  uint32_t rows = start[nsent], d = m->net.shape.d;
  memset(r, 0, sizeof *r);
  const int8_t *s = net_encode(&m->net, w, &b);
  for (uint32_t i = 0; i < rows; i++) memcpy(r->state[i], s + (size_t)i * d, d);
  net_tags(&m->net, w, s, rows, &(struct tag_columns){r->upos, r->xpos, r->feats, r->margin, r->next[0], r->next[1]});
  static _Alignas(64) int16_t slots[NET_ROWS * 12 * 512];
  static _Alignas(64) uint8_t room[NET_ROWS * 512];
  m->kernels->linear16(&m->net.slots, s, start[1], slots, room);
  parse_greedy(&m->net, m->kernels, slots, start[1], &r->tree);
}

static void test_sentences(void **state) {
  static struct result r[2];
  uint64_t seed = 5;
  str form[TOKENS];
  (void)state;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    struct model a, b;
    struct err e = {0};
    if (!kernels_choose(others[i], NULL)) continue;
    open_shipped(&a, "c"), open_shipped(&b, others[i]);
    struct net_work *wa = net_work_new(&a.net, a.kernels, &e), *wb = net_work_new(&b.net, b.kernels, &e);
    for (int round = 0; round < 12; round++) {
      for (int t = 0; t < TOKENS; t++) form[t] = str_of(vocabulary[test_random(&seed) % WORDS]);
      const uint32_t start[4] = {0, 1 + test_random(&seed) % 90, 100 + test_random(&seed) % 100, 200};
      run(&a, wa, form, start, 3, &r[0]), run(&b, wb, form, start, 3, &r[1]);
      assert_memory_equal(&r[0], &r[1], sizeof r[0]);
    }
    net_work_free(wa), net_work_free(wb);
    model_close(&a), model_close(&b);
  }
}

static void test_company_does_not_matter(void **state) {
  static struct result alone, among;
  struct model m;
  struct err e = {0};
  str form[TOKENS];
  uint64_t seed = 3;
  (void)state;
  open_shipped(&m, NULL);
  struct net_work *w = net_work_new(&m.net, m.kernels, &e);
  for (int t = 0; t < TOKENS; t++) form[t] = str_of(vocabulary[test_random(&seed) % WORDS]);
  const uint32_t one[2] = {0, 30}, three[4] = {0, 30, 200, 300};
  run(&m, w, form, three, 3, &among), run(&m, w, form, one, 1, &alone);
  for (int t = 0; t < 30; t++) {
    assert_memory_equal(alone.state[t], among.state[t], m.net.shape.d);
    assert_int_equal(alone.upos[t], among.upos[t]);
    assert_int_equal(alone.tree.head[t + 1], among.tree.head[t + 1]);
  }
  net_work_free(w);
  model_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_choice), cmocka_unit_test(test_pieces),
                                     cmocka_unit_test(test_emulated), cmocka_unit_test(test_sentences),
                                     cmocka_unit_test(test_company_does_not_matter)};
  return RUN(tests);
}
