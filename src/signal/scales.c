/* scales.c - decayed means and panel indices. Which acts and sources enter is decided by those who read the ledger. */
#include "signal/scales.h"
#include <math.h>

struct decayed scale_decayed(const double *day, const double *score, size_t n, double on, double half_life) {
  struct decayed d = {0};
  for (size_t i = 0; i < n; i++) {
    if (day[i] > on) continue;
    double w = exp2((day[i] - on) / half_life);
    d.weight += w, d.sum += w * score[i];
  }
  d.mean = d.weight > 0 ? d.sum / d.weight : (double)NAN;
  return d;
}

/* Sample standard deviation of what was told in [from, to); 0 with fewer than two. */
static double spread(const double *x, size_t from, size_t to) {
  double n = 0, mean = 0, square = 0;
  for (size_t i = from; i < to; i++)
    if (!isnan(x[i])) n++, mean += x[i];
  if (n < 2) return 0;
  mean /= n;
  for (size_t i = from; i < to; i++)
    if (!isnan(x[i])) square += (x[i] - mean) * (x[i] - mean);
  return sqrt(square / (n - 1));
}

/* out[period] gets the mean over the sources that are not silent, each by its spread. */
static void panel_mean(const double *share, size_t sources, size_t periods, size_t from, size_t to, double *out) {
  for (size_t t = 0; t < periods; t++) {
    double sum = 0, n = 0;
    for (size_t k = 0; k < sources; k++) {
      double x = share[k * periods + t], sd = isnan(x) ? 0 : spread(share + k * periods, from, to);
      if (sd > 0) sum += x / sd, n++;
    }
    out[t] = n > 0 ? sum / n : (double)NAN;
  }
}

bool scale_panel(const double *share, size_t sources, size_t periods, size_t from, size_t to, double *out) {
  double base = 0, n = 0;
  panel_mean(share, sources, periods, from, to, out);
  for (size_t t = from; t < to; t++)
    if (!isnan(out[t])) base += out[t], n++;
  bool defined = n > 0 && base > 0;
  for (size_t t = 0; t < periods; t++) out[t] = defined ? out[t] * 100 * n / base : (double)NAN;
  return defined;
}
