/* counts.c - the statistics of small counts. What is watched, and when it is told, is decided in alarms.c. */
#include "signal/counts.h"
#include <math.h>
#include <string.h>

double poisson_at_least(unsigned y, double mean) {
  if (!(mean > 0)) return y ? 0 : 1;
  if (!y) return 1;
  bool upper = y > mean; /* the tail that is the smaller is summed, so that nothing is lost by subtraction */
  double sum = 0, term = exp((double)y * log(mean) - mean - lgamma((double)y + 1));
  if (upper) {
    for (double k = y; term > sum * 1e-16; k++) sum += term, term *= mean / (k + 1);
    return sum;
  }
  for (double k = y; k >= 1; k--) term *= k / mean, sum += term;
  return 1 - sum;
}

struct rate rate_learn(const double *count, const double *exposure, size_t n) {
  struct rate r = {0.5, 0};
  for (size_t i = 0; i < n; i++) r.shape += count[i], r.exposure += exposure ? exposure[i] : 1;
  return r;
}

double rate_mean(struct rate r, double exposure) {
  return r.exposure > 0 ? r.shape / r.exposure * exposure : (double)NAN;
}

double rate_at_least(struct rate r, unsigned y, double exposure) {
  if (!(r.exposure > 0) || exposure < 0) return (double)NAN;
  if (!y) return 1;
  double p = r.exposure / (r.exposure + exposure), q = 1 - p, below = 0;
  double term = exp(r.shape * log(p));
  if (y <= rate_mean(r, exposure)) { /* sum what lies below */
    for (unsigned k = 0; k < y; k++) below += term, term *= q * (r.shape + k) / (k + 1);
    return 1 - below;
  }
  term = exp(lgamma(r.shape + y) - lgamma(r.shape) - lgamma((double)y + 1) + r.shape * log(p) + (double)y * log(q));
  double sum = 0;
  for (double k = y; term > sum * 1e-16; k++) sum += term, term *= q * (r.shape + k) / (k + 1);
  return sum;
}

bool ears_alarm(const double *count, size_t n, enum ears kind, double z, double least_sd, double *bound) {
  enum { BASELINE = 7 };
  size_t guard = kind == EARS_C2 ? 2 : 0;
  if (n < BASELINE + guard + 1) return false;
  const double *base = count + n - 1 - guard - BASELINE;
  double mean = 0, square = 0;
  for (size_t i = 0; i < BASELINE; i++) mean += base[i] / BASELINE;
  for (size_t i = 0; i < BASELINE; i++) square += (base[i] - mean) * (base[i] - mean);
  double sd = sqrt(square / (BASELINE - 1)), limit = mean + z * (sd > least_sd ? sd : least_sd);
  if (bound) *bound = limit;
  return count[n - 1] > limit;
}

double cusum_reference(double in_control, double out) { return (out - in_control) / log(out / in_control); }

double cusum_step(double s, double y, double reference) {
  double next = s + y - reference;
  return next > 0 ? next : 0;
}

bool acled_surge(const double *week, size_t n) {
  if (n < 5) return false;
  double mean = 0;
  for (size_t i = n - 5; i < n - 1; i++) mean += week[i] / 4;
  return mean >= 1 && week[n - 1] >= 2 * mean;
}

static double mean_of(const double *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += x[i];
  return sum / (double)n;
}

bool acled_threat(const double *week, size_t n) {
  enum { MONTH = 4, YEAR = 52 };
  if (n < MONTH + YEAR) return false;
  double now = mean_of(week + n - MONTH, MONTH);
  return now >= 1 && now >= 2 * mean_of(week + n - MONTH - YEAR, YEAR);
}

enum acled_change acled_change(const double *week, size_t n, size_t past) {
  if (!past || n < past + 1) return ACLED_UNKNOWN;
  double mean = mean_of(week + n - 1 - past, past), now = week[n - 1];
  if (mean <= 2 && now <= 5) return ACLED_LIMITED; /* from 1 to 2 is +100 %, and says nothing */
  if (now > 1.25 * mean) return ACLED_LARGE;
  if (10 * now >= 11 * mean) return ACLED_MODERATE;
  return now >= .75 * mean ? ACLED_LIMITED : ACLED_DECLINE;
}

bool hdx_signal(const double *day, size_t n, size_t past, double least) {
  enum { WINDOW = 30 };
  if (n < WINDOW + past || past < WINDOW) return false;
  double now = 0, then = 0, most = 0;
  for (size_t i = n - WINDOW; i < n; i++) now += day[i];
  const double *p = day + n - WINDOW - past;
  for (size_t i = 0; i < past; i++) {
    then += p[i] - (i >= WINDOW ? p[i - WINDOW] : 0);
    if (i + 1 >= WINDOW && then > most) most = then;
  }
  return now >= least && now > most;
}

/* log P(y) under Gamma(a, b) as prior of the Poisson mean. */
static double predictive(double a, double b, unsigned y) {
  return lgamma(a + y) - lgamma(a) - lgamma((double)y + 1) + a * log(b / (b + 1)) - (double)y * log(b + 1);
}

void bocpd_init(struct bocpd *b, double shape, double rate, double hazard) {
  memset(b, 0, sizeof *b);
  b->shape = shape, b->rate = rate, b->hazard = hazard;
  b->p[0] = 1, b->a[0] = shape, b->b[0] = rate, b->runs = 1;
}

void bocpd_step(struct bocpd *b, unsigned y) {
  double broken = 0, sum = 0;
  size_t last = b->runs < BOCPD_RUNS ? b->runs : BOCPD_RUNS - 1;
  double overflow = 0;
  for (size_t r = b->runs; r-- > 0;) {
    double joint = b->p[r] * exp(predictive(b->a[r], b->b[r], y)), grown = joint * (1 - b->hazard);
    broken += joint * b->hazard;
    if (r + 1 > last) { /* the longest run stands for all longer ones */
      overflow += grown;
      continue;
    }
    b->p[r + 1] = grown + (r + 1 == last ? overflow : 0);
    b->a[r + 1] = b->a[r] + y, b->b[r + 1] = b->b[r] + 1;
  }
  b->p[0] = broken, b->a[0] = b->shape, b->b[0] = b->rate;
  b->runs = last + 1;
  for (size_t r = 0; r < b->runs; r++) sum += b->p[r];
  for (size_t r = 0; sum > 0 && r < b->runs; r++) b->p[r] /= sum;
}

double bocpd_recent(const struct bocpd *b, size_t r) {
  double sum = 0;
  for (size_t i = 0; i < b->runs && i <= r; i++) sum += b->p[i];
  return sum;
}

size_t bocpd_longest(const struct bocpd *b) {
  size_t best = 0;
  for (size_t i = 1; i < b->runs; i++)
    if (b->p[i] > b->p[best]) best = i;
  return best;
}

size_t discoveries(const double *ascending, size_t n, double q) {
  for (size_t k = n; k > 0; k--)
    if (ascending[k - 1] <= q * (double)k / (double)n + 1e-12) return k;
  return 0;
}

double crps(const double *sample, size_t n, double y) {
  double near = 0, spread = 0;
  if (!n) return (double)NAN;
  for (size_t i = 0; i < n; i++) {
    near += fabs(sample[i] - y);
    for (size_t k = 0; k < n; k++) spread += fabs(sample[i] - sample[k]);
  }
  return near / (double)n - spread / (2 * (double)n * (double)n);
}

double interval_score(double lower, double upper, double y, double alpha) {
  double below = lower > y ? lower - y : 0, above = y > upper ? y - upper : 0;
  return upper - lower + 2 / alpha * (below + above);
}

/* Bins as the ViEWS competition has them: 0, up to 2, to 5, to 10 .. above 1000. */
static size_t bin_of(double y) {
  static const double upper[] = {.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5};
  size_t i = 0;
  while (i < sizeof upper / sizeof *upper && y >= upper[i]) i++;
  return i;
}

double ignorance(const double *sample, size_t n, double y) {
  enum { BINS = 11 };
  size_t bin = bin_of(y), same = 1;
  for (size_t i = 0; i < n; i++) same += bin_of(sample[i]) == bin;
  return -log2((double)same / (double)(n + BINS));
}

double brier(const double *p, const int *came, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (p[i] - came[i]) * (p[i] - came[i]);
  return n ? sum / (double)n : (double)NAN;
}

/* The sum over earlier acts is carried on from act to act, so that the cost is linear. */
double hawkes_log_likelihood(struct hawkes h, const double *t, size_t n, double end) {
  double sum = -h.mean * end, excited = 0;
  for (size_t i = 0; i < n; i++) {
    if (i) excited = exp(-h.decay * (t[i] - t[i - 1])) * (1 + excited);
    sum += log(h.mean + h.jump * excited) + h.jump / h.decay * expm1(-h.decay * (end - t[i]));
  }
  return sum;
}
