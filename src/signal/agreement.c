/* agreement.c - Krippendorff's alpha. Which rows are coded, and by whom, is not decided here. */
#include "signal/agreement.h"
#include <math.h>

static double apart(double a, double b, enum agreement_level level) {
  return level == AGREEMENT_NOMINAL ? (a < b || a > b ? 1 : 0) : (a - b) * (a - b);
}

static size_t coded(const double *value, size_t coders, size_t units, size_t unit) {
  size_t n = 0;
  for (size_t c = 0; c < coders; c++) n += isnan(value[c * units + unit]) ? 0 : 1;
  return n;
}

/* Within a unit each pair weighs 1 / (values - 1), so that each value weighs the same however often its unit was coded. */
static double within(const double *value, size_t coders, size_t units, size_t unit, enum agreement_level level) {
  double sum = 0;
  for (size_t c = 0; c < coders; c++)
    for (size_t d = 0; d < coders; d++) {
      double a = value[c * units + unit], b = value[d * units + unit];
      if (!isnan(a) && !isnan(b)) sum += apart(a, b, level);
    }
  return sum;
}

/* How far one value lies from all that can be paired. */
static double from_all(const double *value, size_t coders, size_t units, double a, enum agreement_level level) {
  double sum = 0;
  for (size_t u = 0; u < units; u++) {
    if (coded(value, coders, units, u) < 2) continue;
    for (size_t c = 0; c < coders; c++)
      if (!isnan(value[c * units + u])) sum += apart(a, value[c * units + u], level);
  }
  return sum;
}

double agreement_alpha(const double *value, size_t coders, size_t units, enum agreement_level level) {
  double n = 0, observed = 0, expected = 0;
  for (size_t u = 0; u < units; u++) {
    size_t m = coded(value, coders, units, u);
    if (m < 2) continue; /* a value that stands alone agrees and disagrees with nothing */
    n += (double)m;
    observed += within(value, coders, units, u, level) / (double)(m - 1);
    for (size_t c = 0; c < coders; c++)
      if (!isnan(value[c * units + u])) expected += from_all(value, coders, units, value[c * units + u], level);
  }
  return expected > 0 ? 1 - (n - 1) * observed / expected : (double)NAN;
}

void agreement_wilson(double k, double n, double *low, double *high) {
  const double z = 1.959963984540054;
  *low = 0, *high = 1;
  if (n <= 0) return;
  double p = k / n, middle = p + z * z / (2 * n), spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)),
         by = 1 + z * z / n;
  *low = fmax(0, (middle - spread) / by);
  *high = fmin(1, (middle + spread) / by);
}
