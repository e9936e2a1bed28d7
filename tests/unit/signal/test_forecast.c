/* Distributions against worked numbers; forecasts against series whose best forecast is known. */
#include "base/calendar.h"
#include "near.h"
#include "signal/counts.h"
#include "signal/forecast.h"
#include <stdlib.h>

static struct arena memory;

static struct chances chances(void) {
  struct chances c;
  assert_true(chances_init(&c, &memory));
  return c;
}

static void poisson(void **state) {
  (void)state;
  struct chances c = chances();
  chances_poisson(&c, 3.2);
  near(1 - chances_at_most(&c, 9), .0017618879, 1e-9); /* P(Y >= 10) */
  near(chances_mean(&c), 3.2, 1e-7);
  assert_int_equal(chances_quantile(&c, .5), 3);
  chances_poisson(&c, 5000); /* e^-5000 is no double */
  near(chances_mean(&c), 5000, 1e-2);
  near(chances_at_most(&c, 1e9), 1, 1e-6);
  chances_poisson(&c, 0);
  assert_int_equal(c.n, 1);
  near(chances_crps(&c, 0), 0, 0);
  near(chances_crps(&c, 7), 7, 1e-12); /* the distance of a point from what came */
}

static void learnt_rate(void **state) {
  (void)state;
  struct chances c = chances();
  const double past[] = {3, 1, 4, 2, 0, 5, 3, 2};
  struct rate r = rate_learn(past, NULL, 8);
  c.n = 0;
  chances_add(&c, 1, r.shape, r.exposure);
  near(chances_mean(&c), 2.5625, 1e-6);
  near(1 - chances_at_most(&c, 9), .00090252, 1e-8);
}

static void samples(void **state) {
  (void)state;
  struct chances c = chances();
  const double a[] = {0, 1, 2, 3}, b[] = {0, 0, 0, 10};
  chances_samples(&c, a, 4);
  near(chances_crps(&c, 2), .375, 1e-12);
  near(chances_crps(&c, 9), crps(a, 4, 9), 1e-12);
  chances_samples(&c, b, 4);
  near(chances_crps(&c, 0), .625, 1e-12);
  assert_int_equal(chances_quantile(&c, .75), 0);
  assert_int_equal(chances_quantile(&c, .76), 10);
}

/* ---- forecasts of made-up series */

enum { WEEKS = 400 };

static uint64_t dice;
static double uniform(void) { /* xorshift64*: the same on every machine */
  dice ^= dice >> 12, dice ^= dice << 25, dice ^= dice >> 27;
  return (double)((dice * 0x2545F4914F6CDD1DULL) >> 11) / 9007199254740992.0;
}
static unsigned draw(double mean) {
  double p = 1;
  unsigned k = 0;
  for (double end = exp(-mean); (p *= uniform()) > end; k++) {}
  return k;
}

static struct series made(const double *mean, const double *documents) {
  struct series s = {.by = SERIES_WEEK, .n = WEEKS, .complete = WEEKS, .units = 1};
  s.day = ARENA_ARRAY(&memory, int32_t, WEEKS), s.documents = ARENA_ARRAY(&memory, double, WEEKS);
  s.outlets = ARENA_ARRAY(&memory, double, WEEKS), s.unit = ARENA_ARRAY(&memory, struct series_unit, 1);
  s.cell = ARENA_ARRAY(&memory, struct series_cell, WEEKS);
  s.unit[0] = (struct series_unit){.name = STR("unit"), .cells = WEEKS};
  for (int i = 0; i < WEEKS; i++) {
    s.day[i] = 18260 + 7 * i, s.documents[i] = documents[i], s.outlets[i] = 3;
    s.cell[i] = (struct series_cell){.period = (uint32_t)i};
    s.cell[i].count[SERIES_REPORTS] = documents[i] > 0 ? draw(mean[i]) : 0;
  }
  return s;
}

static struct forecasts forecast(const struct series *s) {
  struct forecasts f;
  struct err e = {0};
  assert_true(forecasts_make(s, SERIES_REPORTS, 5, &memory, &f, &e));
  assert_int_equal(f.n, 1);
  return f;
}

/* A rate that does not change: 'mean' is as good as anything, and intervals hold what they say. */
static void steady(void **state) {
  (void)state;
  double mean[WEEKS], documents[WEEKS];
  dice = 42;
  for (int i = 0; i < WEEKS; i++) mean[i] = 6, documents[i] = 100;
  struct series s = made(mean, documents);
  struct forecasts f = forecast(&s);
  near(f.at[0].mean, 6, 1);
  assert_true(f.at[0].low90 < 6 && f.at[0].high90 > 6 && f.at[0].low50 >= f.at[0].low90);
  assert_true(f.at[0].score[FORECAST_MODEL].within90 > .85 && f.at[0].score[FORECAST_MODEL].within50 > .45);
  assert_int_equal(f.day, 18260 + 7 * WEEKS);
  assert_true(f.at[0].score[FORECAST_MODEL].crps < f.at[0].score[FORECAST_LAST].crps);
  double sum = 0;
  for (int i = 0; i < 10; i++) sum += f.pit[i];
  near(sum, 1, 1e-9);
}

/* A rate that wanders: the last count alone is too little to go by, the mean of many is too late. */
static void moving(void **state) {
  (void)state;
  double mean[WEEKS], documents[WEEKS];
  dice = 7;
  double rate = 10;
  for (int i = 0; i < WEEKS; i++) {
    documents[i] = 100;
    rate *= exp(.5 * (uniform() + uniform() + uniform() - 1.5));
    mean[i] = rate = fmax(2, fmin(60, rate));
  }
  struct series s = made(mean, documents);
  struct forecasts f = forecast(&s);
  assert_int_equal(f.at[0].verdict, FORECAST_SKILL);
  assert_true(f.at[0].skill > .02 && f.at[0].lead > 1.645);
}

/* A year that comes again is known best by who looks a year back. */
static void yearly(void **state) {
  (void)state;
  double mean[WEEKS], documents[WEEKS];
  dice = 3;
  for (int i = 0; i < WEEKS; i++) documents[i] = 50, mean[i] = i % 52 == 20 || i % 52 == 33 ? 200 : 2;
  struct series s = made(mean, documents);
  struct forecasts f = forecast(&s);
  assert_int_equal(f.at[0].best, FORECAST_SEASON);
  assert_int_equal(f.at[0].verdict, FORECAST_NO_SKILL);
  assert_int_equal(f.at[0].score[FORECAST_SEASON].origins, f.at[0].score[FORECAST_MODEL].origins);
}

/* Weeks without an article are no zeros: the forecast does not sink. */
static void silence(void **state) {
  (void)state;
  double mean[WEEKS], documents[WEEKS];
  dice = 11;
  for (int i = 0; i < WEEKS; i++) mean[i] = 9, documents[i] = i > 100 && i < 150 ? 0 : 80;
  struct series s = made(mean, documents);
  struct forecasts f = forecast(&s);
  assert_int_equal(f.silent, 49);
  near(f.at[0].mean, 9, 1.5);
  assert_true(f.at[0].score[FORECAST_MODEL].origins < WEEKS - 49);
}

static void too_short(void **state) {
  (void)state;
  double mean[WEEKS], documents[WEEKS];
  dice = 5;
  for (int i = 0; i < WEEKS; i++) mean[i] = 2, documents[i] = 10;
  struct series s = made(mean, documents);
  s.complete = 15;
  struct forecasts f = forecast(&s);
  assert_int_equal(f.at[0].verdict, FORECAST_SHORT);
  s.complete = 0;
  assert_true(forecasts_make(&s, SERIES_REPORTS, 5, &memory, &f, NULL));
  assert_true(f.n == 0 && f.day == DAY_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(poisson), cmocka_unit_test(learnt_rate),
                                     cmocka_unit_test(samples), cmocka_unit_test(steady),
                                     cmocka_unit_test(moving),  cmocka_unit_test(yearly),
                                     cmocka_unit_test(silence), cmocka_unit_test(too_short)};
  arena_init(&memory, (size_t)1 << 30);
  int failed = RUN(tests);
  arena_release(&memory);
  return failed;
}
