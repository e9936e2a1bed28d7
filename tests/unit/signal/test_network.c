/* test_network.c - signs, balance, camps, positions and tightropes on networks small enough to work out by hand or by trying all. */
#include "signal/network.h"
#include "unit.h"
#include <math.h>

static struct err e;

static void tie(struct network *g, uint32_t a, uint32_t b, int sign) {
  struct network_tie *t = network_tie(g, a, b);
  assert_non_null(t);
  t->sign = sign;
}

/* "+ab", "-bc": ties of actors a, b, c .. */
static struct network of(uint32_t n, const char *const *ties) {
  struct network g;
  assert_true(network_init(&g, n, &e));
  for (; *ties; ties++) tie(&g, (uint32_t)((*ties)[1] - 'a'), (uint32_t)((*ties)[2] - 'a'), (*ties)[0] == '+' ? 1 : -1);
  assert_true(network_settle(&g, POLARITY_DEFAULT, &e));
  return g;
}
#define OF(n, ...) of(n, (const char *const[]){__VA_ARGS__, NULL})

/* A stream of four acts, half-life 14 days: p - n = 1.808538 and p + n = 8.484785 give x = .134117, neutral at .2. */
static void weights_become_a_sign(void **state) {
  (void)state;
  struct network g;
  assert_true(network_init(&g, 2, &e));
  struct network_tie *t = network_tie(&g, 1, 0);
  t->pos[0] = (8.484785 + 1.808538) / 2, t->neg[1] = (8.484785 - 1.808538) / 2, t->incidents = 4;
  assert_ptr_equal(network_tie(&g, 0, 1), t);
  assert_null(network_tie(&g, 1, 1));
  network_settle(&g, POLARITY_DEFAULT, &e);
  assert_true(fabs(t->x - 0.134117) < 1e-6);
  assert_int_equal(t->sign, 0);
  network_settle(&g, (struct polarity){0.1, 5}, &e);
  assert_int_equal(t->sign, 1);
  network_release(&g);
}

static void triads_and_walks(void **state) {
  (void)state;
  struct network_balance b;
  struct network g = OF(4, "+ab", "+bc", "+ac", "-ad", "-bd");
  assert_true(network_balance_of(&g, &b, &e));
  assert_int_equal(b.positive, 3);
  assert_int_equal(b.negative, 2);
  assert_true(b.triad[0] == 1 && b.triad[1] == 0 && b.triad[2] == 1 && b.triad[3] == 0); /* abc; abd */
  assert_true(b.triads == 1);
  assert_true(fabs(b.walks - 1) < 1e-9); /* balanced: the same spectrum */
  network_release(&g);
  g = OF(3, "+ab", "+bc", "-ac");
  assert_true(network_balance_of(&g, &b, &e));
  assert_true(b.triads == 0);
  double want = (exp(-2) + 2 * exp(1)) / (exp(2) + 2 * exp(-1)); /* spectra -2, 1, 1 and 2, -1, -1 */
  assert_true(fabs(b.walks - want) < 1e-9);
  network_release(&g);
  assert_true(network_init(&g, 3, &e) && network_settle(&g, POLARITY_DEFAULT, &e) && network_balance_of(&g, &b, &e));
  assert_true(isnan(b.triads) && isnan(b.walks)); /* nothing is known: no measure, not a zero */
  network_release(&g);
}

static void camps_of_a_balanced_network(void **state) {
  (void)state;
  struct network_camps c;
  struct network g = OF(6, "+ab", "-bc", "+cd", "-ad", "+bd");
  assert_true(network_camps_of(&g, 0, &c, &e));
  assert_int_equal(c.least, c.most);
  assert_int_equal(c.most, 1);    /* bd against ab, ad */
  assert_int_equal(c.camp[4], 2); /* without ties */
  network_release(&g);
  g = OF(4, "+ab", "+cd", "-ac", "-bd");
  assert_true(network_camps_of(&g, 0, &c, &e));
  assert_true(c.most == 0 && c.splits == 1 && c.frustration == 1);
  assert_true(c.camp[0] == c.camp[1] && c.camp[2] == c.camp[3] && c.camp[0] != c.camp[2]);
  network_release(&g);
}

static uint32_t draw(uint64_t *s) {
  *s = *s * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*s >> 33);
}

/* Every split of nine actors, against branch and bound. */
static void camps_are_exact(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (int round = 0; round < 60; round++) {
    struct network g;
    struct network_camps c;
    assert_true(network_init(&g, 9, &e));
    for (uint32_t a = 0; a < 9; a++)
      for (uint32_t b = a + 1; b < 9; b++)
        if (b == a + 1 || draw(&seed) % 3) tie(&g, a, b, draw(&seed) % 2 ? 1 : -1); /* one component */
    network_settle(&g, POLARITY_DEFAULT, &e);
    uint32_t best = 1000, ways = 0;
    for (uint32_t split = 0; split < 256; split++) { /* the ninth stays */
      uint32_t cost = 0;
      for (uint32_t i = 0; i < g.n_ties; i++) {
        bool same = (split >> g.tie[i].a & 1) == (g.tie[i].b == 8 ? 0 : split >> g.tie[i].b & 1);
        cost += g.tie[i].sign > 0 ? !same : same;
      }
      ways = cost < best ? 1 : ways + (cost == best);
      best = cost < best ? cost : best;
    }
    assert_true(network_camps_of(&g, 0, &c, &e));
    assert_int_equal(c.least, best);
    assert_int_equal(c.most, best);
    assert_int_equal(c.splits, ways);
    network_release(&g);
  }
}

static void a_search_that_is_cut_off_gives_bounds(void **state) {
  (void)state;
  uint64_t seed = 11;
  struct network g;
  struct network_camps whole, cut;
  assert_true(network_init(&g, 14, &e));
  for (uint32_t a = 0; a < 14; a++)
    for (uint32_t b = a + 1; b < 14; b++) tie(&g, a, b, draw(&seed) % 2 ? 1 : -1);
  network_settle(&g, POLARITY_DEFAULT, &e);
  assert_true(network_camps_of(&g, 0, &whole, &e));
  assert_true(network_camps_of(&g, 10, &cut, &e));
  assert_int_equal(whole.least, whole.most);
  assert_true(cut.least <= whole.most && whole.most <= cut.most && cut.splits == 0);
  network_release(&g);
}

/* Two friends: (1 - 1/2) x = 1. Two foes: the equations are one and the same, and nothing is defined. */
static void pn_centrality(void **state) {
  (void)state;
  double x[3];
  struct network g = OF(2, "+ab");
  assert_true(network_pn(&g, x, &e));
  assert_true(fabs(x[0] - 2) < 1e-9 && fabs(x[1] - 2) < 1e-9);
  network_release(&g);
  g = OF(2, "-ab");
  assert_false(network_pn(&g, x, &e));
  err_clear(&e);
  network_release(&g);
  g = OF(3, "+ab"); /* x = 1 + x/4 */
  assert_true(network_pn(&g, x, &e));
  assert_true(fabs(x[0] - 4.0 / 3) < 1e-9 && fabs(x[2] - 1) < 1e-9);
  network_release(&g);
}

static void who_walks_a_tightrope(void **state) {
  (void)state;
  struct tightrope *t;
  struct network g = OF(5, "+ab", "+ac", "-bc", "+db", "-dc", "-ae");
  assert_int_equal(network_tightropes(&g, &t, &e), 1); /* a, between b and c; d is tied to one of them alone */
  assert_true(t[0].actor == 0 && t[0].a == 1 && t[0].b == 2 && t[0].value == 1);
  network_release(&g);
  g = OF(3, "+ab", "+bc", "+ac");
  assert_int_equal(network_tightropes(&g, &t, &e), 0);
  network_release(&g);
  assert_false(network_init(&g, NETWORK_MOST + 1, &e));
  network_release(&g);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(weights_become_a_sign),
      cmocka_unit_test(triads_and_walks),
      cmocka_unit_test(camps_of_a_balanced_network),
      cmocka_unit_test(camps_are_exact),
      cmocka_unit_test(a_search_that_is_cut_off_gives_bounds),
      cmocka_unit_test(pn_centrality),
      cmocka_unit_test(who_walks_a_tightrope),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
