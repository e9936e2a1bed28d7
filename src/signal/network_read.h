/* network_read.h - the signed network of a ledger on a day. */
#ifndef TR_SIGNAL_NETWORK_READ_H
#define TR_SIGNAL_NETWORK_READ_H
#include "ledger/query.h"
#include "signal/network.h"

struct network_options {
  int32_t on;           /* DAY_NONE: the day of the last incident between two of them */
  double half_life;     /* days after which an incident weighs half; 0: 90 */
  uint32_t most;        /* actors, those in most incidents; 0: 40 */
  const char *unit;     /* "actor" (NULL) or "country" */
  struct polarity rule; /* theta 0 and kappa 0: POLARITY_DEFAULT */
};

/* Ties of incidents up to `on`, as far back as twenty half-lives: each adds its PLOVER score, decayed, to its direction (a mutual one to
 * both). *on gets the day. The network is released by the caller, also where this fails. */
bool network_read(struct ledger *g, const struct network_options *o, struct network *out, int32_t *on, struct err *e);

#endif
