/* The rules over weeks with silence among them; the limit of CUSUM against simulated weeks. */
#include "near.h"
#include "signal/rules.h"
#include <stdint.h>

enum { WEEKS = 70 };
static struct cusum_limits limits;

struct made {
  double count[WEEKS], documents[WEEKS];
};

static struct made flat(double count, double documents) {
  struct made m;
  for (int i = 0; i < WEEKS; i++) m.count[i] = count, m.documents[i] = documents;
  return m;
}

static struct rule_reading judge(enum alarm_rule r, const struct made *m, size_t at) {
  return rule_judge(r, &(struct rule_weeks){m->count, m->documents, at, 52, &limits, 100});
}

static void published(void **state) {
  (void)state;
  struct made m = flat(2, 10);
  assert_true(judge(RULE_SURGE, &m, 60).judged);
  assert_false(judge(RULE_SURGE, &m, 60).fired);
  m.count[60] = 4; /* exactly twice */
  assert_true(judge(RULE_SURGE, &m, 60).fired);
  assert_false(judge(RULE_THREAT, &m, 60).fired);
  for (int i = 57; i <= 60; i++) m.count[i] = 4;
  assert_true(judge(RULE_THREAT, &m, 60).fired);
  assert_false(judge(RULE_THREAT, &m, 54).judged); /* no year before it */
  assert_false(
      judge(RULE_EARS, &m, 60).fired); /* 2 + 3.09 * 0.5 = 3.55, but the guard is four weeks short: 4, 4 count in */
  m = flat(2, 10);
  m.count[60] = 4;
  assert_true(judge(RULE_EARS, &m, 60).fired);
  m.count[60] = 3;
  assert_false(judge(RULE_EARS, &m, 60).fired);
}

/* Silent weeks are no zeros: they do not lower what is usual, and too many of them leave no judgement. */
static void silence(void **state) {
  (void)state;
  struct made m = flat(3, 10);
  m.count[60] = 5;
  for (int i = 57; i < 59; i++) m.count[i] = m.documents[i] = 0;
  assert_false(judge(RULE_SURGE, &m, 60).judged); /* two of four */
  m.count[57] = 3, m.documents[57] = 10;
  struct rule_reading x = judge(RULE_SURGE, &m, 60);
  assert_true(x.judged);
  assert_false(x.fired); /* the mean of the three is 3; as a zero it would be 2.25, and 5 twice that */
  m.documents[60] = 0;
  for (int r = 0; r < RULE_HDX; r++) assert_false(judge((enum alarm_rule)r, &m, 60).judged);
}

static void exceedance(void **state) {
  (void)state;
  const double count[] = {3, 1, 4, 2, 7}, documents[] = {100, 80, 120, 100, 100};
  struct rule_reading x = rule_judge(RULE_EXCEEDANCE, &(struct rule_weeks){count, documents, 4, 52, &limits, 0});
  assert_true(x.judged && !x.fired); /* it fires beside the others alone */
  near(x.p, .0318457, 1e-7);
  near(x.expected, 10.5 / 400 * 100, 1e-9);
  assert_false(rule_judge(RULE_EXCEEDANCE, &(struct rule_weeks){count, documents, 3, 52, &limits, 0}).judged);
}

static uint64_t dice = 99;
static double uniform(void) {
  dice ^= dice >> 12, dice ^= dice << 25, dice ^= dice >> 27;
  return (double)((dice * 0x2545F4914F6CDD1DULL) >> 11) / 9007199254740992.0;
}
static double draw(double mean) {
  double p = 1, k = 0;
  for (double end = exp(-mean); (p *= uniform()) > end; k++) {}
  return k;
}

/* Thirteen weeks of nothing new end above the limit about once in a hundred, and a doubling is found mostly. */
static void drift(void **state) {
  (void)state;
  const double means[] = {.3, 2, 9};
  for (int i = 0; i < 3; i++) {
    int false_alarms = 0, found = 0, runs = 20000;
    double k = means[i] / log(2), limit = cusum_limit(&limits, means[i]);
    for (int n = 0; n < runs; n++) {
      double s = 0, t = 0;
      for (int w = 0; w < CUSUM_WEEKS; w++) {
        s = fmax(0, s + draw(means[i]) - k);
        t = fmax(0, t + draw(2 * means[i]) - k);
      }
      false_alarms += s > limit, found += t > limit;
    }
    if (false_alarms > .016 * runs || false_alarms < .001 * runs)
      fail_msg("mean %g: %d of %d", means[i], false_alarms, runs);
    if (found < (means[i] < 1 ? .1 : .6) * runs)
      fail_msg("mean %g: a doubling found %d times in %d", means[i], found, runs);
  }
  struct made m = flat(5, 10);
  assert_false(judge(RULE_CUSUM, &m, 69).fired);
  for (int i = 62; i < WEEKS; i++) m.count[i] = 10;
  assert_true(judge(RULE_CUSUM, &m, 69).fired);
  for (int i = 62; i < WEEKS; i++) m.documents[i] = 20; /* twice the articles: nothing new */
  assert_false(judge(RULE_CUSUM, &m, 69).fired);
}

static void another_rate(void **state) {
  (void)state;
  struct made m = flat(2, 10);
  assert_false(judge(RULE_CHANGE, &m, 69).fired);
  m.count[67] = 10, m.count[68] = 9;
  assert_false(judge(RULE_CHANGE, &m, 68).fired); /* two weeks may be chance */
  m.count[69] = 12;
  assert_true(judge(RULE_CHANGE, &m, 69).fired);
  m = flat(9, 10);
  m.count[67] = m.count[68] = m.count[69] = 0; /* less is no alarm */
  assert_false(judge(RULE_CHANGE, &m, 69).fired);
}

static void deaths(void **state) {
  (void)state;
  enum { DAYS = 400 };
  double killed[DAYS] = {0}, read[DAYS];
  for (int i = 0; i < DAYS; i++) read[i] = 5;
  killed[100] = 90, killed[120] = 20; /* 110 in thirty days */
  killed[380] = 60, killed[395] = 49;
  struct rule_weeks w = {killed, read, DAYS - 1, 365, &limits, 100};
  struct rule_reading x = rule_judge(RULE_HDX, &w);
  assert_true(x.judged && !x.fired);
  near(x.expected, 110, 0);
  killed[399] = 2;
  assert_true(rule_judge(RULE_HDX, &w).fired);
  w.deaths = 200;
  assert_false(rule_judge(RULE_HDX, &w).fired);
  w.deaths = 100;
  for (int i = 370; i < 390; i++) read[i] = 0;
  assert_false(rule_judge(RULE_HDX, &w).judged); /* an outage is no data */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(published),    cmocka_unit_test(silence),
                                     cmocka_unit_test(exceedance),   cmocka_unit_test(drift),
                                     cmocka_unit_test(another_rate), cmocka_unit_test(deaths)};
  cusum_limits_make(&limits);
  return RUN(tests);
}
