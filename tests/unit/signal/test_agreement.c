/* Krippendorff's own example, and where alpha is not defined. */
#include "near.h"
#include "signal/agreement.h"

enum { UNITS = 12, CODERS = 4 };

static void example(double *value) { /* a dot: not coded */
  static const char *const coder[CODERS] = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
  for (int c = 0; c < CODERS; c++)
    for (int u = 0; u < UNITS; u++) value[c * UNITS + u] = coder[c][u] == '.' ? (double)NAN : coder[c][u] - '0';
}

static void worked_example(void **state) {
  (void)state;
  double value[CODERS * UNITS];
  example(value);
  near(agreement_alpha(value, CODERS, UNITS, AGREEMENT_NOMINAL), .743421, 1e-6);
  near(agreement_alpha(value, CODERS, UNITS, AGREEMENT_INTERVAL), .849107, 1e-6);
}

static void bounds(void **state) {
  (void)state;
  const double same[] = {1, 2, 1, 2}, swapped[] = {1, 2, 2, 1}, one[] = {1, 1, 1, 1};
  near(agreement_alpha(same, 2, 2, AGREEMENT_NOMINAL), 1, 1e-12);
  near(agreement_alpha(swapped, 2, 2, AGREEMENT_NOMINAL), -.5, 1e-12);
  assert_true(isnan(agreement_alpha(one, 2, 2, AGREEMENT_NOMINAL))); /* without variation nothing is shown */
  const double apart[] = {1, NAN, NAN, 2};
  assert_true(isnan(agreement_alpha(apart, 2, 2, AGREEMENT_NOMINAL)));
  assert_true(isnan(agreement_alpha(same, 2, 0, AGREEMENT_NOMINAL)));
}

/* Eight of ten: 0.490 to 0.943 (Newcombe 1998, table I, has 81 of 263: 0.2553 to 0.3662). */
static void wilson(void **state) {
  (void)state;
  double low, high;
  agreement_wilson(8, 10, &low, &high);
  near(low, .4902, 1e-4), near(high, .9433, 1e-4);
  agreement_wilson(81, 263, &low, &high);
  near(low, .2553, 1e-4), near(high, .3662, 1e-4);
  agreement_wilson(0, 20, &low, &high);
  near(low, 0, 1e-12), near(high, .1611, 1e-4);
  agreement_wilson(0, 0, &low, &high);
  near(low, 0, 1e-12), near(high, 1, 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(worked_example), cmocka_unit_test(bounds),
                                     cmocka_unit_test(wilson)};
  return RUN(tests);
}
