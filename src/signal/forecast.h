/* forecast.h - how many reports the next period will bring, by unit, beside the simplest guesses; and how such forecasts would have done.
 *
 * The model: the rate of a unit as a Gamma distribution that forgets, at several paces, with and without the articles read as exposure;
 * each of these weighs what its forecasts of the unit's own past have earned it (dynamic model averaging, Raftery et al. 2010; the
 * discounted Gamma-Poisson of Harvey and Fernandes 1989). All is scored by rolling origin: at each past period with what was known then.
 * A model that does not beat the best of the simple guesses has no demonstrated skill, and whoever shows it says so.
 *
 * It forecasts reports, not what happens. Pure but for the series that it is given; deterministic; any thread. */
#ifndef TR_SIGNAL_FORECAST_H
#define TR_SIGNAL_FORECAST_H
#include "signal/series.h"

/* ---- distributions of a count */

struct chances {
  double *p; /* P(0) .. P(n - 1); what lies above is less than 1e-9 */
  size_t n, size;
};
enum { CHANCES_MAX = 1 << 18 };
bool chances_init(struct chances *c, struct arena *memory); /* false: no memory */
void chances_poisson(struct chances *c, double mean);       /* 0: certainly none */
void chances_samples(struct chances *c, const double *y, size_t n);
/* Adds a negative binomial (Gamma-Poisson) with this weight; begin with c->n = 0 and let the weights sum to 1. */
void chances_add(struct chances *c, double weight, double shape, double odds); /* odds: rate / exposure */
double chances_crps(const struct chances *c, double y);
size_t chances_quantile(const struct chances *c, double q); /* least k with P(Y <= k) >= q */
double chances_at_most(const struct chances *c, double y);  /* P(Y <= y); 0 below 0 */
double chances_mean(const struct chances *c);

/* ---- forecasts */

enum forecast_method {
  FORECAST_ZERO,    /* none */
  FORECAST_LAST,    /* Poisson about the last count */
  FORECAST_MEAN,    /* Poisson about the mean of the last eight */
  FORECAST_HISTORY, /* any of the last twelve counts, each as likely */
  FORECAST_SEASON,  /* Poisson about the count a year ago; of days: a week ago */
  FORECAST_MODEL,
  FORECAST_METHODS
};
extern const char *const forecast_method_name[FORECAST_METHODS];

enum forecast_verdict { FORECAST_SHORT, FORECAST_NO_SKILL, FORECAST_SKILL };
enum { FORECAST_ORIGINS = 12 }; /* fewer past forecasts tell nothing */
extern const char *const forecast_verdict_name[3];

struct forecast_score {
  unsigned origins;          /* past periods that were forecast */
  double crps;               /* mean; lower is better */
  double within50, within90; /* share of counts inside the central intervals */
};

struct unit_forecast {
  str unit;
  double reports; /* in the complete periods */
  double mean;
  size_t median, low50, high50, low90, high90;
  double none; /* P(0) */
  struct forecast_score score[FORECAST_METHODS];
  enum forecast_method best; /* of the simple ones that cover the same origins */
  double skill;              /* 1 - CRPS / that of the best simple one; NAN where that is 0 */
  double lead;               /* the gain in CRPS in its standard errors; NAN: too few origins */
  enum forecast_verdict verdict;
};

struct forecasts {
  struct unit_forecast *at; /* the units with most reports first */
  size_t n;
  struct unit_forecast all; /* scores over all of these units together; no forecast */
  double pit[10];           /* where the counts fell in their forecasts: shares of ten equal parts; even if reliable */
  int32_t day;              /* the first day of the period that is forecast; DAY_NONE: no period is complete */
  size_t periods, silent;   /* complete ones; those of them without a document */
};

/* The `most` units with most of `what`. */
bool forecasts_make(const struct series *s, enum series_count what, size_t most, struct arena *memory,
                    struct forecasts *out, struct err *e);

#endif
