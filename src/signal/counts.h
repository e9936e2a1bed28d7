/* counts.h - the statistics of small counts: tails, exceedance with coverage, drift, change points, many tests at once.
 *
 * Pure functions over arrays, without allocation and without I/O; any thread. A value that is not defined is NAN, never a guess.
 * Sources: EARS C1/C2 (Hutwagner et al. 2003; R surveillance::earsC), CUSUM (Page 1954), BOCPD (Adams and MacKay 2007),
 * Benjamini and Hochberg 1995, ACLED's surge rule and HDX Signals as they publish them, Gamma-Poisson as any text book has it. */
#ifndef TR_SIGNAL_COUNTS_H
#define TR_SIGNAL_COUNTS_H
#include <stdbool.h>
#include <stddef.h>

/* P(Y >= y) of a Poisson count with this mean (> 0). */
double poisson_at_least(unsigned y, double mean);

/* A rate learnt from past counts, each with the exposure (articles read) under which it was seen; prior Gamma(1/2, 0). */
struct rate {
  double shape, exposure;
};
struct rate rate_learn(const double *count, const double *exposure, size_t n); /* exposure NULL: 1 each */
double rate_mean(struct rate r, double exposure); /* of the next count; NAN with no exposure */
double rate_at_least(struct rate r, unsigned y,
                     double exposure); /* P(Y >= y), negative binomial; NAN with no exposure */

/* EARS: whether the last of n counts lies above mean + z * max(sd, least_sd) of its baseline. C1: the seven before it; C2: the seven
 * that end two before it. False with fewer. *bound may be NULL. */
enum ears { EARS_C1, EARS_C2 };
bool ears_alarm(const double *count, size_t n, enum ears kind, double z, double least_sd, double *bound);

/* CUSUM for a rise of the mean from `in_control` to `out` (out > in_control > 0): its reference value, and one step. */
double cusum_reference(double in_control, double out);
double cusum_step(double s, double y, double reference);

/* ACLED's surge: the last weekly count is at least twice the mean of the four before it, which is at least 1. */
bool acled_surge(const double *week, size_t n);
/* ACLED's threat: the weekly mean of the last four weeks is at least twice that of the 52 before them, and at least 1. */
bool acled_threat(const double *week, size_t n);
/* ACLED's map of change: the last week against the mean of the `past` before it (4 or 52). Above +25 %: large; from +10 %: moderate;
 * from -25 %, and wherever the mean is at most 2 and the week at most 5: limited; below: decline. */
enum acled_change { ACLED_UNKNOWN, ACLED_DECLINE, ACLED_LIMITED, ACLED_MODERATE, ACLED_LARGE };
enum acled_change acled_change(const double *week, size_t n, size_t past);
/* HDX Signals: the sum of the last 30 days exceeds every 30-day sum of the `past` days before, and is at least `least`. */
bool hdx_signal(const double *day, size_t n, size_t past, double least);

/* Bayesian online change points, counts with Gamma(shape, rate) prior and constant hazard. After each count the run length's
 * distribution: p[r], r = 0 .. BOCPD_RUNS - 1 (longer runs are held in the last). With a constant hazard P(r = 0) is the hazard at
 * every step: ask for bocpd_recent(3), never for r = 0. */
enum { BOCPD_RUNS = 512 };
struct bocpd {
  double shape, rate, hazard;
  double p[BOCPD_RUNS], a[BOCPD_RUNS], b[BOCPD_RUNS];
  size_t runs;
};
void bocpd_init(struct bocpd *b, double shape, double rate, double hazard);
void bocpd_step(struct bocpd *b, unsigned y);
double bocpd_recent(const struct bocpd *b, size_t r); /* P(run length <= r) */
size_t bocpd_longest(const struct bocpd *b);          /* the likeliest run length */

/* How many of n p-values, given in ascending order, stand at false discovery rate q. Equality counts, within 1e-12. */
size_t discoveries(const double *ascending, size_t n, double q);

/* Continuous ranked probability score of an ensemble against what came; lower is better. O(n^2). */
double crps(const double *sample, size_t n, double y);
/* Interval score of the central interval (lower, upper) at level 1 - alpha. */
double interval_score(double lower, double upper, double y, double alpha);
/* Ignorance, -log2 of the share of the ensemble in the bin of what came, with one more in each bin; the bins of ViEWS. */
double ignorance(const double *sample, size_t n, double y);
/* Log likelihood up to day `end` of acts at ascending `t` under a Hawkes process: mean + jump * sum of e^(-decay * age). For days with
 * several acts the count form is to be preferred. */
struct hawkes {
  double mean, jump, decay;
};
double hawkes_log_likelihood(struct hawkes h, const double *t, size_t n, double end);
/* Mean squared distance of n probabilities from what came (0 or 1); NAN with none. */
double brier(const double *p, const int *came, size_t n);

#endif
