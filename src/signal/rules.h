/* rules.h - the rules by which a unit's week is unusual, over its counts and the articles read, with silence taken for what it is.
 *
 * Pure functions over arrays: what is watched and told is decided in alarms.c. A silent week is no zero: it is left out, and where too
 * much of what a rule looks at is silent, the rule does not judge. */
#ifndef TR_SIGNAL_RULES_H
#define TR_SIGNAL_RULES_H
#include <stdbool.h>
#include <stddef.h>

enum alarm_rule {
  RULE_EXCEEDANCE, /* Gamma-Poisson, articles as exposure */
  RULE_SURGE,      /* ACLED: twice the mean of four weeks */
  RULE_THREAT,     /* ACLED: the month twice the year before it */
  RULE_EARS,       /* EARS C2 */
  RULE_CUSUM,      /* a rate that doubled within the last 13 weeks */
  RULE_CHANGE,     /* BOCPD: another rate since at most three weeks, and a higher one */
  RULE_HDX,        /* HDX Signals: deaths of 30 days beyond the worst 30 of the year before; over days, see deaths.h */
  ALARM_RULES
};
extern const char *const alarm_rule_name[ALARM_RULES + 1]; /* NULL at the end */

/* By chance alone a unit's week fires with this probability, as the rule is made; NAN: its authors state none, or it is controlled
 * together with all others (exceedance). */
double alarm_rule_budget(enum alarm_rule r);

enum { RULE_PAST_LEAST = 4, CUSUM_WEEKS = 13, CUSUM_NODES = 50 };

struct
    cusum_limits { /* the limit by the mean in control, so that CUSUM_WEEKS weeks end above it by chance once in a hundred */
  double mean[CUSUM_NODES], limit[CUSUM_NODES];
};
void cusum_limits_make(struct cusum_limits *out);
double cusum_limit(const struct cusum_limits *l, double mean);

struct rule_weeks {
  const double *count, *documents; /* [at + 1] or longer */
  size_t at, past;                 /* the week that is judged; how many before it teach */
  const struct cusum_limits *limits;
  double deaths; /* of RULE_HDX, whose weeks are days: how many at least */
};
struct rule_reading {
  bool judged, fired;
  double p,
      expected; /* of RULE_EXCEEDANCE: P(so many or more), which fires only beside those of all others; else NAN */
};
struct rule_reading rule_judge(enum alarm_rule r, const struct rule_weeks *w);

/* P(the rate changed within the last three weeks), as BOCPD sees it; NAN: no memory. */
double rule_changed(const struct rule_weeks *w);

#endif
