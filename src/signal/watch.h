/* watch.h - the rules over all units of a series and any stretch of its periods: one pass for the alarms of a week and for back-tests. */
#ifndef TR_SIGNAL_WATCH_H
#define TR_SIGNAL_WATCH_H
#include "signal/rules.h"
#include "signal/series.h"

struct watch {
  const struct series *s;
  enum series_count what;
  unsigned rules;          /* bits: 1 << RULE_.. */
  size_t from, to;         /* periods, both judged */
  size_t step;             /* every step-th from `from` on */
  size_t past;             /* periods that teach */
  size_t horizon;          /* periods after one by which is told whether more followed */
  double rate;             /* false discovery rate of exceedance in one period */
  unsigned least, outlets; /* reports, and outlets telling them, below which nothing is an alarm */
  double deaths;           /* of RULE_HDX */
  const struct cusum_limits *limits;
  const uint32_t *order; /* period i shows what stands in order[i]; NULL: as they came */
};

struct watch_reading { /* a unit in a period where it had reports */
  uint32_t unit, period, count, telling;
  uint16_t judged, fired; /* bits; exceedance fires beside the p of all units of its period */
  bool enough;            /* reports and outlets for an alarm */
  int8_t followed;        /* 1: the rate after it was at least half as much again as before; 0: not; -1: not known */
  double p, expected;
};
struct watch_readings {
  struct watch_reading *at; /* by period, then least likely first, then by unit */
  size_t n;
  unsigned *watched; /* [periods] units with reports in it or its past: all are tests */
};
bool watch_read(const struct watch *w, struct arena *memory, struct watch_readings *out, struct err *e);
/* Is it an alarm by this rule? */
bool watch_alarm(const struct watch_reading *x, enum alarm_rule r);

#endif
