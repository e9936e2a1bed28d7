/* network_out.h - a signed network for other programs: JSON with everything, GraphML and GEXF (with spells) for Gephi and the like. */
#ifndef TR_REPORT_NETWORK_OUT_H
#define TR_REPORT_NETWORK_OUT_H
#include "base/buf.h"
#include "signal/network.h"

/* What was computed of it; pn may be NULL (not defined). */
struct network_result {
  const struct network *g;
  const struct network_balance *balance;
  const struct network_camps *camps;
  const double *pn;
  const struct tightrope *rope;
  size_t n_ropes;
  const char *on; /* the day, YYYY-MM-DD */
};

/* Computes all of it; `on` is DAY_NONE where nothing happened between two. What it points to is the network's. */
struct network_whole {
  struct network_balance balance;
  struct network_camps camps;
  char day[11];
};
bool network_measure(struct network *g, int32_t on, struct network_whole *room, struct network_result *out,
                     struct err *e);

void network_json(const struct network_result *r, struct buf *out);
void network_graphml(const struct network_result *r, struct buf *out);
void network_gexf(const struct network_result *r, struct buf *out);

#endif
