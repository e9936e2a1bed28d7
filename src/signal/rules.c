/* rules.c - the published rules and the house's own, each over one unit's weeks. The statistics are those of counts.c. */
#include "signal/rules.h"
#include "signal/counts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const alarm_rule_name[ALARM_RULES + 1] = {"exceedance", "surge",  "threat", "ears",
                                                      "cusum",      "change", "hdx",    NULL};

static const double ears_z = 3.0902, ears_odds = .001, cusum_odds = .01, cusum_ratio = 2;

double alarm_rule_budget(enum alarm_rule r) {
  return r == RULE_EARS ? ears_odds : r == RULE_CUSUM ? cusum_odds : (double)NAN;
}

/* ---- the limit of CUSUM: the chain of its sums, in steps of 1 / m */

enum { STATES = 4096, JUMPS = 1024 };

static int steps_of(double mean) { return mean < 1 ? 64 : mean < 10 ? 16 : mean < 60 ? 4 : 1; }

static size_t poisson_terms(double mean, double *p) {
  double sum = 0;
  size_t n = 0;
  for (; n < JUMPS && 1 - sum > 1e-9; n++) {
    p[n] = exp((double)n * log(mean) - mean - lgamma((double)n + 1));
    sum += p[n];
    if ((double)n > mean && p[n] < 1e-14) break;
  }
  return n;
}

/* One week: to[] gets the sums after it; those beyond the last state stay in it. */
static void chain_step(const double *from, double *to, const double *p, size_t jumps, long up, long down) {
  memset(to, 0, STATES * sizeof *to);
  for (long i = 0; i < STATES; i++)
    for (size_t k = 0; from[i] > 1e-15 && k < jumps; k++) {
      long at = i + (long)k * up - down;
      to[at < 0 ? 0 : at >= STATES ? STATES - 1 : at] += from[i] * p[k];
    }
}

static double limit_at(double mean, double *room) {
  double *from = room, *to = room + STATES, *p = room + 2 * STATES, above = 0;
  int m = steps_of(mean);
  size_t jumps = poisson_terms(mean, p);
  long down = lround(cusum_reference(mean, cusum_ratio * mean) * m);
  memset(from, 0, STATES * sizeof *from);
  from[0] = 1;
  for (int week = 0; week < CUSUM_WEEKS; week++) {
    chain_step(from, to, p, jumps, m, down);
    double *swap = from;
    from = to, to = swap;
  }
  long i = STATES - 1;
  while (i > 0 && above + from[i] <= cusum_odds) above += from[i--];
  return (double)i / m;
}

void cusum_limits_make(struct cusum_limits *out) {
  double *room = malloc((2 * STATES + JUMPS) * sizeof *room);
  for (int i = 0; i < CUSUM_NODES; i++) {
    out->mean[i] = .05 * pow(1.2, i); /* to 380 */
    out->limit[i] = room ? limit_at(out->mean[i], room) : (double)INFINITY;
  }
  free(room);
}

double cusum_limit(const struct cusum_limits *l, double mean) {
  int i = 0;
  if (mean <= l->mean[0]) return l->limit[0];
  while (i < CUSUM_NODES && l->mean[i] < mean) i++;
  if (i == CUSUM_NODES) return l->limit[CUSUM_NODES - 1];
  double share = (mean - l->mean[i - 1]) / (l->mean[i] - l->mean[i - 1]);
  return l->limit[i - 1] + share * (l->limit[i] - l->limit[i - 1]);
}

/* ---- weeks with silence among them */

static size_t first_of(const struct rule_weeks *w) { return w->at > w->past ? w->at - w->past : 0; }

/* Copies n weeks that end before `end`, silent ones at the mean of the others, so that the rules' own formulae hold; false: more than a
 * quarter is silent, or there are not so many. */
static bool filled(const struct rule_weeks *w, size_t end, size_t n, double *out) {
  double sum = 0, live = 0;
  if (end < n) return false;
  for (size_t i = end - n; i < end; i++)
    if (w->documents[i] > 0) sum += w->count[i], live++;
  if (4 * live < 3 * (double)n) return false;
  for (size_t i = 0; i < n; i++) out[i] = w->documents[end - n + i] > 0 ? w->count[end - n + i] : sum / live;
  return true;
}

static struct rule_reading reading(bool judged, bool fired) {
  return (struct rule_reading){judged, judged && fired, (double)NAN, (double)NAN};
}

static struct rule_reading surge(const struct rule_weeks *w) {
  double week[5];
  if (!filled(w, w->at, 4, week)) return reading(false, false);
  week[4] = w->count[w->at];
  return reading(true, acled_surge(week, 5));
}

static struct rule_reading threat(const struct rule_weeks *w) {
  double week[56];
  if (w->at + 1 < 56 || !filled(w, w->at - 3, 52, week) || !filled(w, w->at + 1, 4, week + 52))
    return reading(false, false);
  return reading(true, acled_threat(week, 56));
}

static struct rule_reading ears(const struct rule_weeks *w) {
  double week[10];
  if (w->at < 9 || !filled(w, w->at - 2, 7, week)) return reading(false, false);
  week[7] = week[8] = 0; /* the guard is not looked at */
  week[9] = w->count[w->at];
  return reading(true, ears_alarm(week, 10, EARS_C2, ears_z, .5, NULL));
}

/* What is usual is learnt before the weeks that are watched; a doubling of it is looked for in these. */
static struct rule_reading cusum(const struct rule_weeks *w) {
  double count = .5, articles = 0, live = 0, s = 0, mean = 0, watched = 0;
  if (w->at + 1 < CUSUM_WEEKS) return reading(false, false);
  size_t begin = w->at + 1 - CUSUM_WEEKS;
  for (size_t i = first_of(w); i < begin; i++)
    if (w->documents[i] > 0) count += w->count[i], articles += w->documents[i], live++;
  if (live < CUSUM_WEEKS) return reading(false, false);
  for (size_t i = begin; i <= w->at; i++) {
    double usual = count / articles * w->documents[i];
    if (!(usual > 0)) continue;
    s = cusum_step(s, w->count[i], cusum_reference(usual, cusum_ratio * usual));
    mean += usual, watched++;
  }
  return reading(true, watched > 0 && s > cusum_limit(w->limits, mean / watched));
}

static struct rule_reading exceedance(const struct rule_weeks *w) {
  double count = 0, articles = 0;
  size_t live = 0;
  for (size_t i = first_of(w); i < w->at; i++)
    if (w->documents[i] > 0) count += w->count[i], articles += w->documents[i], live++;
  struct rule_reading x = reading(live >= RULE_PAST_LEAST, false);
  if (!x.judged) return x;
  struct rate r = rate_learn(&count, &articles, 1); /* the sums are all it needs */
  x.expected = rate_mean(r, w->documents[w->at]);
  x.p = rate_at_least(r, (unsigned)w->count[w->at], w->documents[w->at]);
  return x;
}

double rule_changed(const struct rule_weeks *w) {
  static const double hazard = 1.0 / 100;
  struct bocpd *b = malloc(sizeof *b);
  if (!b) return (double)NAN;
  bocpd_init(b, 1, 1, hazard);
  for (size_t i = first_of(w); i <= w->at; i++)
    if (w->documents[i] > 0) bocpd_step(b, (unsigned)w->count[i]);
  double p = bocpd_recent(b, 3);
  free(b);
  return p;
}

static struct rule_reading change(const struct rule_weeks *w) {
  enum { RECENT = 4 };
  double before = 0, n = 0, now = 0, recent = 0;
  for (size_t i = first_of(w); i <= w->at; i++) {
    if (!(w->documents[i] > 0)) continue;
    if (i + RECENT > w->at) now += w->count[i], recent++;
    else before += w->count[i], n++;
  }
  if (n < CUSUM_WEEKS || !recent) return reading(false, false);
  return reading(true, now / recent > before / n && rule_changed(w) >= .9);
}

/* Days: two of three of the last thirty and half of the year before were read. */
static struct rule_reading hdx(const struct rule_weeks *w) {
  enum { WINDOW = 30, YEAR = 365 };
  double now = 0, year = 0, most = 0, sum = 0;
  if (w->at + 1 < WINDOW + YEAR) return reading(false, false);
  const double *documents = w->documents + w->at + 1 - WINDOW - YEAR, *count = w->count + w->at + 1 - WINDOW - YEAR;
  for (size_t i = 0; i < WINDOW + YEAR; i++) *(i < YEAR ? &year : &now) += documents[i] > 0;
  for (size_t i = 0; i < YEAR; i++) {
    sum += count[i] - (i >= WINDOW ? count[i - WINDOW] : 0);
    if (i + 1 >= WINDOW && sum > most) most = sum;
  }
  struct rule_reading x =
      reading(3 * now >= 2 * WINDOW && 2 * year >= YEAR, hdx_signal(w->count, w->at + 1, YEAR, w->deaths));
  x.expected = most; /* the worst thirty days that were */
  return x;
}

struct rule_reading rule_judge(enum alarm_rule r, const struct rule_weeks *w) {
  if (r == RULE_HDX) return hdx(w);
  if (!(w->documents[w->at] > 0)) return reading(false, false);
  switch (r) {
  case RULE_EXCEEDANCE: return exceedance(w);
  case RULE_SURGE: return surge(w);
  case RULE_THREAT: return threat(w);
  case RULE_EARS: return ears(w);
  case RULE_CUSUM: return cusum(w);
  case RULE_CHANGE: return change(w);
  default: return reading(false, false);
  }
}
