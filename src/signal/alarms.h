/* alarms.h - unusual reporting: units of a ledger (dyads, actors, countries) whose last week holds more conflict than their own past
 * and the articles read would let expect, or that another published rule fires on.
 *
 * An alarm says that the reporting is unusual, not that anything is likely to come. Whoever shows one shows its denominators too:
 * articles, outlets, the units watched, and how many alarms chance alone would give. */
#ifndef TR_SIGNAL_ALARMS_H
#define TR_SIGNAL_ALARMS_H
#include "base/arena.h"
#include "ledger/query.h"
#include "signal/watch.h"

struct alarm_options {
  const char *unit;     /* "dyad", "pair", "actor" or "country", as in a series; of RULE_HDX always "country" */
  int32_t on;           /* a day of the week that is judged; DAY_NONE: the last week that has documents */
  unsigned past;        /* weeks of history, 4 .. ALARM_PAST_MAX */
  double rate;          /* false discovery rate among the units watched, such as 0.10 */
  unsigned least;       /* reports of conflict that an alarm needs at least */
  unsigned outlets;     /* and outlets that tell them */
  const char *source;   /* one outlet alone; NULL: all */
  enum alarm_rule rule; /* by which one is raised */
  double deaths;        /* that RULE_HDX needs at least, in thirty days */
};
enum { ALARM_PAST_MAX = 520, ALARM_PAST_LEAST = RULE_PAST_LEAST };
#define ALARM_DEFAULTS ((struct alarm_options){"dyad", DAY_NONE, 52, 0.10, 3, 2, NULL, RULE_EXCEEDANCE, 100})

struct unit_week { /* a unit in the week that is judged */
  str unit;
  unsigned reports,
      outlets; /* of conflict (verbal and material); outlets that tell them. RULE_HDX: the dead of thirty days */
  double
      expected; /* from the unit's own past and the articles of this week; NAN: no past. RULE_HDX: the worst 30 days */
  double p;     /* P(so many or more); NAN: no past */
  double changed;         /* P(its rate changed within the last three weeks) */
  unsigned judged, fired; /* bits: the rules that could judge it, and those that fire */
  bool alarm;             /* fires by the rule that was asked for, with enough reports and outlets */
};

struct alarms {
  struct unit_week *at; /* those that reported conflict in the week, least likely first */
  size_t n, raised;
  unsigned watched;      /* units with conflict in this week or its past: all are tests */
  char week[11];         /* its Monday */
  int32_t first, last;   /* its days */
  double articles;       /* read in the week; 0: no data, and nothing is judged */
  double outlets, usual; /* that told anything in the week, and in a week of its past */
  unsigned silent_weeks; /* of the past: no article, no data; they are left out and are not zeros */
};

/* Rows and names live in memory. False with *e when the ledger cannot be read or memory is out. A ledger without documents gives
 * an empty list and an empty `week`. */
bool alarms_find(struct ledger *g, const struct alarm_options *o, struct arena *memory, struct alarms *out,
                 struct err *e);

/* What is watched, over all weeks of the ledger up to `on`; for back-tests. `room` outlives the watch. */
struct alarm_room {
  struct series series;
  struct cusum_limits limits;
};
bool alarms_watch(struct ledger *g, const struct alarm_options *o, const char *from, const char *to,
                  struct arena *memory, struct alarm_room *room, struct watch *out, struct err *e);

#endif
