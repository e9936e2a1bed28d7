/* Worked numbers of decayed means and panel indices; silence is no zero. */
#include "near.h"
#include "signal/scales.h"

static void decayed_mean(void **state) {
  (void)state;
  const double day[] = {0, 10, 20, 28, 31}, score[] = {-9, -3.5, 2.5, 4, 10};
  struct decayed d = scale_decayed(day, score, 5, 30, 14); /* the fifth is yet to come */
  near(d.weight, 2.113160, 1e-6);
  near(d.sum, 1.808538, 1e-6);
  near(d.mean, .855846, 1e-6);
  assert_true(isnan(scale_decayed(day, score, 0, 30, 14).mean));
}

static void panel(void **state) {
  (void)state;
  double share[] = {.02, .04, .06, .1, .1, .4}, out[3];
  assert_true(scale_panel(share, 2, 3, 0, 3, out));
  near(out[0], 50.00, .005), near(out[1], 81.70, .005), near(out[2], 168.30, .005);
  for (int i = 0; i < 6; i++) share[i] *= 2; /* all write twice as much */
  assert_true(scale_panel(share, 2, 3, 0, 3, out));
  near(out[0], 50.00, .005), near(out[2], 168.30, .005);
}

static void silence(void **state) {
  (void)state;
  const double share[] = {.02, NAN, .06, .1, NAN, .4}, flat[] = {1, 1, 1};
  double out[3];
  assert_true(scale_panel(share, 2, 3, 0, 3, out));
  assert_true(isnan(out[1]) && out[0] > 0);
  assert_false(scale_panel(flat, 1, 3, 0, 3, out)); /* no spread to measure by */
  assert_true(isnan(out[0]));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(decayed_mean), cmocka_unit_test(panel),
                                     cmocka_unit_test(silence)};
  return RUN(tests);
}
