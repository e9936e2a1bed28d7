/* forecast.c - distributions of counts, the simple guesses, the model, and the rolling origin over them. */
#include "signal/forecast.h"
#include "base/calendar.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const forecast_method_name[FORECAST_METHODS] = {"zero", "last", "mean", "history", "season", "model"};
const char *const forecast_verdict_name[3] = {"too short to tell", "no demonstrated skill", "skill"};

/* ---- distributions */

static const double tail = 1e-10; /* mass that is left out */

bool chances_init(struct chances *c, struct arena *memory) {
  *c = (struct chances){.size = CHANCES_MAX};
  return (c->p = ARENA_ARRAY(memory, double, CHANCES_MAX)) != NULL;
}

static void chances_put(struct chances *c, size_t k, double p) {
  while (c->n <= k) c->p[c->n++] = 0;
  c->p[k] += p;
}

/* Adds weight * pmf, whose successive terms are term(k+1) = term(k) * ratio(k); begins with the term at 0 in logs, as e^-5000 is 0. */
static void chances_sum(struct chances *c, double weight, double shape, double odds, double mean) {
  double log_term = isinf(shape) ? -mean : shape * log(odds / (1 + odds)), sum = 0;
  for (size_t k = 0; k < c->size && 1 - sum > tail; k++) {
    double p = exp(log_term);
    sum += p;
    chances_put(c, k, weight * p);
    if ((double)k > mean && p < 1e-16) break; /* what is left of 1 is rounding */
    double n = (double)k + 1;
    log_term += isinf(shape) ? log(mean / n) : log((shape + n - 1) / (n * (1 + odds)));
  }
}

void chances_poisson(struct chances *c, double mean) {
  c->n = 0;
  if (mean > 0) chances_sum(c, 1, INFINITY, 0, mean);
  else chances_put(c, 0, 1);
}

void chances_add(struct chances *c, double weight, double shape, double odds) {
  if (weight > 0) chances_sum(c, weight, shape, odds, shape / odds);
}

void chances_samples(struct chances *c, const double *y, size_t n) {
  c->n = 0;
  for (size_t i = 0; i < n; i++) chances_put(c, y[i] < (double)c->size ? (size_t)y[i] : c->size - 1, 1 / (double)n);
}

double chances_crps(const struct chances *c, double y) {
  double sum = 0, at_most = 0;
  for (size_t k = 0; k < c->n; k++) {
    at_most += c->p[k];
    double x = at_most - ((double)k >= y);
    sum += x * x;
  }
  return sum + (y > (double)c->n ? y - (double)c->n : 0);
}

size_t chances_quantile(const struct chances *c, double q) {
  double at_most = 0;
  for (size_t k = 0; k < c->n; k++)
    if ((at_most += c->p[k]) >= q - 1e-12) return k;
  return c->n ? c->n - 1 : 0;
}

double chances_at_most(const struct chances *c, double y) {
  double sum = 0;
  for (size_t k = 0; k < c->n && (double)k <= y; k++) sum += c->p[k];
  return sum < 1 ? sum : 1;
}

double chances_mean(const struct chances *c) {
  double sum = 0;
  for (size_t k = 0; k < c->n; k++) sum += (double)k * c->p[k];
  return sum;
}

/* ---- the model */

enum { PACES = 5, DOUBTS = 2, PARTS = 2 * DOUBTS * PACES };
static const double pace[PACES] = {.5, .7, .85, .95, 1}; /* what a period keeps of all that was learnt before it */
static const double doubt[DOUBTS] = {1, .3}; /* how much of it is believed when foretelling: reports come in heaps */
static const double prior = .1, memory_of_weights = .98;

struct part {
  double shape, rate, earned; /* earned: log of the chances that it gave to what came */
};
struct model {
  struct part at[PARTS];
};

static double pace_of(int part) { return pace[part % PACES]; }
static double doubt_of(int part) { return doubt[part / PACES % DOUBTS]; }
static bool by_articles(int part) { return part < DOUBTS * PACES; } /* the first half take the articles as exposure */

static void model_init(struct model *m) {
  for (int i = 0; i < PARTS; i++) m->at[i] = (struct part){prior, prior, 0};
}

static double log_chance(double shape, double odds, double y) {
  return lgamma(shape + y) - lgamma(shape) - lgamma(y + 1) + shape * log(odds / (1 + odds)) - y * log(1 + odds);
}

/* y came with this exposure, where `expected` had been foreseen. */
static void model_learn(struct model *m, double y, double exposure, double expected) {
  for (int i = 0; i < PARTS; i++) {
    struct part *x = &m->at[i];
    double keep = pace_of(i), seen = by_articles(i) ? exposure : 1, believed = doubt_of(i);
    x->earned = memory_of_weights * x->earned +
                log_chance(believed * x->shape, believed * x->rate / (by_articles(i) ? expected : 1), y);
    x->shape = keep * x->shape + (1 - keep) * prior + y;
    x->rate = keep * x->rate + (1 - keep) * prior + seen;
  }
}

static void model_chances(const struct model *m, double expected, struct chances *out) {
  double most = -INFINITY, sum = 0;
  for (int i = 0; i < PARTS; i++) most = fmax(most, m->at[i].earned);
  for (int i = 0; i < PARTS; i++) sum += exp(m->at[i].earned - most);
  out->n = 0;
  for (int i = 0; i < PARTS; i++) {
    double weight = exp(m->at[i].earned - most) / sum;
    if (weight > 1e-6)
      chances_add(out, weight, doubt_of(i) * m->at[i].shape,
                  doubt_of(i) * m->at[i].rate / (by_articles(i) ? expected : 1));
  }
}

/* ---- one unit's past */

enum { WARM = 8, MEAN_OF = 8, HISTORY_OF = 12, COVERAGE_OF = 4 };

struct past {
  const struct series *s;
  const double *y;
  double *live; /* counts of the periods with documents so far */
  size_t n;
  double scale; /* documents that are an exposure of 1 */
  size_t season, start;
};

static double mean_of(const double *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += x[i];
  return n ? sum / (double)n : 0;
}

/* Articles of the next period, as far as the last few tell. */
static double expected_exposure(const struct past *p, size_t t) {
  double sum = 0, n = 0;
  while (t-- > 0 && n < COVERAGE_OF)
    if (p->s->documents[t] > 0) sum += p->s->documents[t], n++;
  return n > 0 && p->scale > 0 ? sum / n / p->scale : 1;
}

static size_t last_few(const struct past *p, size_t few, const double **from) {
  size_t n = p->n < few ? p->n : few;
  *from = p->live + p->n - n;
  return n;
}

/* A simple guess at period t; false where it has nothing to go by. */
static bool guess(const struct past *p, enum forecast_method m, size_t t, struct chances *out) {
  const double *from;
  size_t n;
  switch (m) {
  case FORECAST_LAST:
    if (p->n) chances_poisson(out, p->live[p->n - 1]);
    return p->n > 0;
  case FORECAST_MEAN: n = last_few(p, MEAN_OF, &from); return chances_poisson(out, mean_of(from, n)), n > 0;
  case FORECAST_HISTORY: n = last_few(p, HISTORY_OF, &from); return chances_samples(out, from, n), n > 0;
  case FORECAST_SEASON:
    if (t < p->season || !(p->s->documents[t - p->season] > 0)) return false;
    return chances_poisson(out, p->y[t - p->season]), true;
  default: return chances_poisson(out, 0), true;
  }
}

static bool inside(const struct chances *c, double share, double y) {
  return y >= (double)chances_quantile(c, (1 - share) / 2) && y <= (double)chances_quantile(c, (1 + share) / 2);
}

/* The part of the forecast at which y fell: a count fills a stretch of it, [P(Y < y), P(Y <= y)] (Czado et al. 2009). */
static void pit_add(double pit[10], const struct chances *c, double y) {
  double low = chances_at_most(c, y - 1), high = chances_at_most(c, y), width = high - low;
  for (int i = 0; i < 10; i++) {
    double from = fmax(low, i / 10.0), to = fmin(high, (i + 1) / 10.0);
    if (width > 0 && to > from) pit[i] += (to - from) / width;
    else if (!(width > 0) && low >= i / 10.0 && (low < (i + 1) / 10.0 || i == 9)) pit[i]++;
  }
}

/* Sums over the origins of a unit, or of all. */
struct sums {
  double crps[FORECAST_METHODS], within50[FORECAST_METHODS], within90[FORECAST_METHODS];
  unsigned n[FORECAST_METHODS];
  double *gain[FORECAST_METHODS]; /* [periods] CRPS of each simple guess less that of the model */
};

static void score_add(struct sums *x, enum forecast_method m, const struct chances *c, double y, double crps) {
  x->crps[m] += crps, x->n[m]++;
  x->within50[m] += inside(c, .5, y), x->within90[m] += inside(c, .9, y);
}

static void origin(const struct past *p, const struct model *m, size_t t, struct chances *c, struct sums *unit,
                   struct sums *all, double pit[10]) {
  double y = p->y[t], crps[FORECAST_METHODS];
  for (int k = 0; k < FORECAST_METHODS; k++) {
    bool there = true;
    if (k == FORECAST_MODEL) model_chances(m, expected_exposure(p, t), c);
    else there = guess(p, (enum forecast_method)k, t, c);
    crps[k] = there ? chances_crps(c, y) : (double)NAN;
    if (!there) continue;
    score_add(unit, (enum forecast_method)k, c, y, crps[k]), score_add(all, (enum forecast_method)k, c, y, crps[k]);
    if (k == FORECAST_MODEL) pit_add(pit, c, y);
  }
  for (int k = 0; k < FORECAST_MODEL; k++) {
    unit->gain[k][t] = crps[k] - crps[FORECAST_MODEL];
    all->gain[k][t] += unit->gain[k][t];
  }
}

/* ---- verdicts */

/* Mean over its standard error; NAN with too few, or where nothing differs. */
static double lead_of(const double *gain, size_t n, const double *documents, size_t start) {
  double sum = 0, square = 0, k = 0;
  for (size_t t = start; t < n; t++)
    if (documents[t] > 0 && !isnan(gain[t])) sum += gain[t], k++;
  if (k < FORECAST_ORIGINS) return (double)NAN;
  for (size_t t = start; t < n; t++)
    if (documents[t] > 0 && !isnan(gain[t])) square += (gain[t] - sum / k) * (gain[t] - sum / k);
  double error = sqrt(square / (k - 1) / k);
  return error > 0 ? sum / k / error : (double)NAN;
}

static void judge(struct unit_forecast *u, const struct sums *x, const struct past *p, size_t n) {
  unsigned origins = x->n[FORECAST_MODEL];
  static const double enough = 1.645; /* one side of 95 % */
  u->best = FORECAST_ZERO;
  for (int k = 0; k < FORECAST_METHODS; k++) {
    double of = x->n[k] ? x->n[k] : (double)NAN;
    u->score[k] = (struct forecast_score){x->n[k], x->crps[k] / of, x->within50[k] / of, x->within90[k] / of};
    if (k < FORECAST_MODEL && x->n[k] == origins && x->crps[k] < x->crps[u->best]) u->best = (enum forecast_method)k;
  }
  u->lead = lead_of(x->gain[u->best], n, p->s->documents, p->start);
  u->skill = x->crps[u->best] > 0 ? 1 - x->crps[FORECAST_MODEL] / x->crps[u->best] : (double)NAN;
  u->verdict = origins < FORECAST_ORIGINS ? FORECAST_SHORT : u->lead >= enough ? FORECAST_SKILL : FORECAST_NO_SKILL;
}

static void foresee(struct unit_forecast *u, const struct chances *c) {
  u->mean = chances_mean(c), u->none = c->n ? c->p[0] : 1;
  u->median = chances_quantile(c, .5);
  u->low50 = chances_quantile(c, .25), u->high50 = chances_quantile(c, .75);
  u->low90 = chances_quantile(c, .05), u->high90 = chances_quantile(c, .95);
}

static void unit_run(struct past *p, size_t n, struct chances *c, struct sums *unit, struct sums *all,
                     struct unit_forecast *u, double pit[10]) {
  struct model m;
  model_init(&m);
  p->n = 0;
  for (size_t t = 0; t < n; t++) {
    double documents = p->s->documents[t];
    if (!(documents > 0)) continue; /* silence teaches nothing and is no count */
    if (p->n >= WARM && t >= p->start) origin(p, &m, t, c, unit, all, pit);
    model_learn(&m, p->y[t], p->scale > 0 ? documents / p->scale : 1, expected_exposure(p, t));
    p->live[p->n++] = p->y[t];
  }
  model_chances(&m, expected_exposure(p, n), c);
  foresee(u, c);
  judge(u, unit, p, n);
}

/* ---- all units */

struct ranked {
  size_t unit;
  double total;
};

/* Most first; then as the names stand. */
static int by_total(const void *a, const void *b) {
  const struct ranked *x = a, *y = b;
  return x->total > y->total ? -1 : x->total < y->total ? 1 : x->unit < y->unit ? -1 : x->unit > y->unit;
}

static size_t season_of(enum series_by by) { return by == SERIES_DAY ? 7 : by == SERIES_WEEK ? 52 : 12; }

/* Where a season fits in twice, all methods are scored from the second on, so that they are compared on the same periods. */
static void past_init(struct past *p, const struct series *s) {
  double n = 0;
  *p = (struct past){.s = s, .live = p->live, .season = season_of(s->by)};
  p->start = s->complete >= 2 * p->season ? p->season : 0;
  for (size_t t = 0; t < s->complete && n < WARM; t++)
    if (s->documents[t] > 0) p->scale += s->documents[t], n++;
  if (n > 0) p->scale /= n;
}

static bool sums_init(struct sums *x, size_t n, struct arena *memory) {
  *x = (struct sums){.n = {0}};
  for (int k = 0; k < FORECAST_MODEL; k++) {
    if (!(x->gain[k] = ARENA_ARRAY(memory, double, n + 1))) return false;
    memset(x->gain[k], 0, (n + 1) * sizeof(double));
  }
  return true;
}

static void sums_clear(struct sums *x, size_t n) {
  double *gain[FORECAST_METHODS];
  memcpy(gain, x->gain, sizeof gain);
  memset(x, 0, sizeof *x);
  memcpy(x->gain, gain, sizeof gain);
  for (int k = 0; k < FORECAST_MODEL; k++) memset(gain[k], 0, (n + 1) * sizeof(double));
}

static struct ranked *rank(const struct series *s, enum series_count what, struct arena *memory) {
  struct ranked *r = ARENA_ARRAY(memory, struct ranked, s->units + 1);
  for (size_t i = 0; r && i < s->units; i++) {
    double total = 0;
    for (size_t k = 0; k < s->unit[i].cells; k++) {
      const struct series_cell *c = &s->cell[s->unit[i].first + k];
      if (c->period < s->complete) total += c->count[what];
    }
    r[i] = (struct ranked){i, total};
  }
  if (r && s->units) qsort(r, s->units, sizeof *r, by_total);
  return r;
}

static void forecast_units(const struct series *s, enum series_count what, const struct ranked *r, struct past *p,
                           double *y, struct chances *c, struct sums *unit, struct sums *all, struct forecasts *out) {
  double origins = 0;
  for (size_t i = 0; i < out->n; i++) {
    struct unit_forecast *u = &out->at[i];
    *u = (struct unit_forecast){.unit = s->unit[r[i].unit].name, .reports = r[i].total};
    series_row(s, &s->unit[r[i].unit], what, y);
    p->y = y;
    sums_clear(unit, s->complete);
    unit_run(p, s->complete, c, unit, all, u, out->pit);
  }
  out->all = (struct unit_forecast){.unit = STR("")};
  judge(&out->all, all, p, s->complete);
  for (int i = 0; i < 10; i++) origins += out->pit[i];
  for (int i = 0; i < 10; i++) out->pit[i] = origins > 0 ? out->pit[i] / origins : (double)NAN;
}

bool forecasts_make(const struct series *s, enum series_count what, size_t most, struct arena *memory,
                    struct forecasts *out, struct err *e) {
  *out = (struct forecasts){.day = DAY_NONE, .periods = s->complete};
  struct chances c;
  struct sums unit, all;
  struct past p = {.live = ARENA_ARRAY(memory, double, s->n + 1)};
  double *y = ARENA_ARRAY(memory, double, s->n + 1);
  struct ranked *r = rank(s, what, memory);
  if (!r || !y || !p.live || !chances_init(&c, memory) || !sums_init(&unit, s->complete, memory) ||
      !sums_init(&all, s->complete, memory))
    return err_set(e, ERR_NOMEM, "no memory for the forecasts");
  while (out->n < s->units && out->n < most && r[out->n].total > 0) out->n++;
  if (!(out->at = ARENA_ARRAY(memory, struct unit_forecast, out->n + 1)))
    return err_set(e, ERR_NOMEM, "no memory for the forecasts");
  for (size_t t = 0; t < s->complete; t++) out->silent += !(s->documents[t] > 0);
  if (s->complete) out->day = series_after(s->by, s->day[s->complete - 1]);
  past_init(&p, s);
  forecast_units(s, what, r, &p, y, &c, &unit, &all, out);
  return true;
}
