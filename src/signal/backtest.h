/* backtest.h - what each rule would have raised on the ledger's own past, what chance alone raises, and what followed.
 *
 * By rolling origin: each week is judged with what came before it. Chance: the same weeks in another order (all units alike, so that
 * what they have in common stays together), in which nothing can be foreseen; deterministic. Followed: in the four weeks after an alarm
 * (deaths: thirty days) the rate by the article was at least half as much again as before it; beside the share of that among units
 * with as many reports and no alarm. A rule whose share is not clearly the higher has no demonstrated skill. */
#ifndef TR_SIGNAL_BACKTEST_H
#define TR_SIGNAL_BACKTEST_H
#include "signal/alarms.h"

enum backtest_verdict { BACKTEST_SHORT, BACKTEST_NO_SKILL, BACKTEST_SKILL };
enum { BACKTEST_ALARMS = 12 }; /* fewer with a known outcome tell nothing */
extern const char *const backtest_verdict_name[3];

struct rule_record {
  enum alarm_rule rule;
  unsigned weeks, silent; /* judged one after the other; without an article: no data */
  double units;           /* watched in a week, on average */
  unsigned judged;        /* weeks of units with enough reports that the rule could judge */
  unsigned raised;
  double months;
  double stated;                    /* alarms a month by chance, as the rule is made; NAN: its authors state none */
  double chance;                    /* as found in the other orders */
  unsigned known, followed;         /* alarms whose four weeks after are known; of these, more followed */
  unsigned others, others_followed; /* the same of units without an alarm */
  double low, high;                 /* of followed / known, 95 % */
  enum backtest_verdict verdict;
};

/* Records of the rules whose bits are set, in their order; *n at most ALARM_RULES. */
bool backtest_run(struct ledger *g, const struct alarm_options *o, unsigned rules, struct arena *memory,
                  struct rule_record out[ALARM_RULES], size_t *n, struct err *e);

#endif
