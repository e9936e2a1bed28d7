/* Worked numbers of the published methods: tails, exceedance, drift, change points, false discoveries, scores. */
#include "near.h"
#include "signal/counts.h"

static void test_tails(void **state) {
  (void)state;
  near(poisson_at_least(10, 3.2), .0017618879, 1e-10);
  near(poisson_at_least(10, 2.5625 - .5 / 8), .00027735, 1e-8); /* the plug-in mean, 20 in 8 */
  near(poisson_at_least(0, 5), 1, 0);
  near(poisson_at_least(1, 5), 1 - exp(-5), 1e-15);
}

static void test_exceedance(void **state) {
  (void)state;
  const double y[] = {3, 1, 4, 2, 0, 5, 3, 2};
  struct rate r = rate_learn(y, NULL, 8);
  near(r.shape, 20.5, 0), near(r.exposure, 8, 0);
  near(rate_mean(r, 1), 2.5625, 1e-12);
  near(rate_at_least(r, 10, 1), .00090252, 1e-8);
  const double count[] = {3, 1, 4, 2}, articles[] = {100, 80, 120, 100};
  r = rate_learn(count, articles, 4);
  near(rate_at_least(r, 7, 100), .0318457, 1e-7);
  near(rate_at_least(r, 7, 200), .2939505, 1e-7);
  assert_true(isnan(rate_mean(rate_learn(count, NULL, 0), 1))); /* nothing was read: nothing is known */
}

static void test_cusum(void **state) {
  (void)state;
  const double y[] = {2, 1, 3, 2, 4, 6, 5, 7, 3}, want[] = {0, 0, 0, 0, .726, 3.452, 5.178, 8.904, 8.630};
  double k = cusum_reference(2, 5), s = 0;
  near(k, 3.2740700, 1e-7);
  for (int i = 0; i < 9; i++) near(s = cusum_step(s, y[i], k), want[i], 5e-4);
}

static void test_change_points(void **state) {
  (void)state;
  const unsigned y[] = {2, 1, 2, 3, 1, 2, 2, 1, 3, 2, 2, 1, 9, 8, 11, 10, 9};
  const double recent[] = {.078178, .572022, .956580, .011949};
  const size_t longest[] = {13, 2, 3, 4};
  static struct bocpd b;
  bocpd_init(&b, 1, 1, .01);
  for (size_t t = 1; t <= sizeof y / sizeof *y; t++) {
    bocpd_step(&b, y[t - 1]);
    near(b.p[0], .01, 1e-12); /* the trap: never alarm on it */
    if (t < 13 || t > 16) continue;
    near(bocpd_recent(&b, 3), recent[t - 13], 1e-6);
    assert_int_equal(bocpd_longest(&b), longest[t - 13]);
  }
  for (int t = 0; t < 3 * BOCPD_RUNS; t++) bocpd_step(&b, 10); /* runs longer than are held apart */
  near(bocpd_recent(&b, BOCPD_RUNS), 1, 1e-9);
}

static void test_rules_of_others(void **state) {
  (void)state;
  const double quiet[] = {1, 1, 1, 0, 9}, surge[] = {1, 1, 1, 1, 2}, zeros[10] = {0};
  assert_false(acled_surge(quiet, 5)); /* the mean of the four weeks is below 1 */
  assert_true(acled_surge(surge, 5));
  double bound, flat[10] = {1, 2, 1, 2, 1, 2, 1, 0, 0, 9};
  assert_true(ears_alarm(flat, 10, EARS_C2, 3.0902, .5, &bound));
  near(bound, 10. / 7 + 3.0902 * sqrt(2. / 7), 1e-4);
  assert_false(ears_alarm(zeros, 10, EARS_C1, 3.0902, .5, NULL)); /* no spread, and no alarm on it */
  assert_false(ears_alarm(flat, 7, EARS_C1, 3.0902, .5, NULL));
  double day[120] = {0};
  for (int i = 0; i < 120; i++) day[i] = i < 90 ? 3 : 4;
  assert_true(hdx_signal(day, 120, 90, 100));
  assert_false(hdx_signal(day, 120, 90, 200));
}

static void test_levels_of_acled(void **state) {
  (void)state;
  double week[56];
  for (int i = 0; i < 56; i++) week[i] = i < 52 ? 2 : 4;
  assert_true(acled_threat(week, 56));
  assert_false(acled_threat(week, 55)); /* less than a year of past */
  week[55] = 3;
  assert_false(acled_threat(week, 56));
  for (int i = 0; i < 56; i++) week[i] = i < 52 ? .1 : .5;
  assert_false(acled_threat(week, 56)); /* five times as much of next to nothing */
  double month[] = {20, 20, 20, 20, 26};
  assert_int_equal(acled_change(month, 5, 4), ACLED_LARGE);
  assert_int_equal(acled_change(month, 4, 4), ACLED_UNKNOWN);
  month[4] = 25, assert_int_equal(acled_change(month, 5, 4), ACLED_MODERATE);
  month[4] = 22, assert_int_equal(acled_change(month, 5, 4), ACLED_MODERATE); /* +10 % itself */
  month[4] = 21, assert_int_equal(acled_change(month, 5, 4), ACLED_LIMITED);
  month[4] = 15, assert_int_equal(acled_change(month, 5, 4), ACLED_LIMITED);
  month[4] = 14, assert_int_equal(acled_change(month, 5, 4), ACLED_DECLINE);
  const double few[] = {2, 2, 2, 2, 5};
  assert_int_equal(acled_change(few, 5, 4), ACLED_LIMITED);
}

static void test_self_excitation(void **state) {
  (void)state;
  const double t[] = {1, 1.5, 2, 5, 5.2, 9};
  near(hawkes_log_likelihood((struct hawkes){.3, .4, .8}, t, 6, 10), -10.2199083, 1e-7);
}

static void test_many_at_once(void **state) {
  (void)state;
  const double p[] = {.001, .008, .039, .041, .042, .06, .074, .205, .212, .216};
  assert_int_equal(discoveries(p, 10, .10), 6);
  assert_int_equal(discoveries(p, 10, .05), 2);
  assert_int_equal(discoveries(p, 0, .05), 0);
}

static void test_scores(void **state) {
  (void)state;
  const double spread[] = {0, 1, 2, 3}, rare[] = {0, 0, 0, 10};
  near(crps(spread, 4, 2), .375, 1e-12);
  near(crps(rare, 4, 0), .625, 1e-12);
  near(interval_score(0, 10, 12, .1), 50, 1e-12);
  static const double zeros[1000];
  near(ignorance(zeros, 1000, 0), .0143410, 1e-7);
  near(ignorance(zeros, 1000, 7), 9.9815673, 1e-7);
  const double p[] = {.9, .2, .6};
  const int came[] = {1, 0, 0};
  near(brier(p, came, 3), .1366667, 1e-7);
  assert_true(isnan(brier(p, came, 0)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tails),           cmocka_unit_test(test_exceedance),
      cmocka_unit_test(test_cusum),           cmocka_unit_test(test_change_points),
      cmocka_unit_test(test_rules_of_others), cmocka_unit_test(test_many_at_once),
      cmocka_unit_test(test_scores),          cmocka_unit_test(test_levels_of_acled),
      cmocka_unit_test(test_self_excitation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
