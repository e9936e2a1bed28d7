/* network.h - a signed network of actors: balance, camps, who stands between hostile sides.
 *
 * Built from incidents by network_read.h, or by hand in tests. Sources of the measures: triads and walks, Estrada and Benzi 2014;
 * frustration, Aref and Wilson 2019 (exact, or with bounds where the search is cut off); PN centrality, Everett and Borgatti 2014.
 * The tightrope index is of this project: what an actor could lose who is tied to both sides of a hostile pair. Pure functions over
 * the struct; nothing here reads a ledger. All arrays belong to the network and are freed with it. */
#ifndef TR_SIGNAL_NETWORK_H
#define TR_SIGNAL_NETWORK_H
#include "base/arena.h"
#include "base/err.h"

struct network_tie { /* of two actors, a < b */
  uint32_t a, b;
  double pos[2], neg[2]; /* decayed weight of cooperation and conflict: [0] from a to b, [1] from b to a */
  double x;              /* polarity, -1 .. 1 */
  int sign;              /* +1, -1; 0: told of, but neither */
  uint32_t incidents;
  int32_t first, last; /* days of its incidents */
};

struct network {
  struct arena memory;
  uint32_t n, n_ties, size_ties;
  str *name, *id; /* [n] */
  struct network_tie *tie;
  int8_t *sign;    /* [n * n], from tie; set by network_settle */
  double *between; /* [n * n] x of the tie, 0 if none */
};

enum { NETWORK_MOST = 400 }; /* actors that are compared all with all */

struct polarity { /* the rule by which weights become a sign */
  double theta, kappa;
};
#define POLARITY_DEFAULT ((struct polarity){0.2, 5})

bool network_init(struct network *g, uint32_t n, struct err *e); /* n <= NETWORK_MOST actors without names or ties */
void network_release(struct network *g);
/* The tie of two actors, made where there is none; NULL: memory is out or a = b. */
struct network_tie *network_tie(struct network *g, uint32_t a, uint32_t b);
/* Polarity and sign of every tie by the rule; a tie whose sign was set by hand (incidents 0) keeps it. */
bool network_settle(struct network *g, struct polarity rule, struct err *e);

struct network_balance {
  uint32_t positive, negative;
  uint64_t triad[4]; /* +++ ++- +-- --- */
  double triads;     /* share of balanced triads; NAN without any */
  double walks;      /* tr e^A / tr e^|A|; NAN without ties */
};
bool network_balance_of(const struct network *g, struct network_balance *out, struct err *e);

struct network_camps {
  uint32_t least, most; /* bounds of the ties that no split into two camps satisfies; equal: exact */
  uint64_t splits;      /* how many splits have `most`; 0 if the search was cut off */
  double frustration;   /* 1 - 2 * most / ties; NAN without ties */
  uint8_t *camp;        /* [n] 0 or 1, of the best split found; 2: an actor without signed ties */
};
/* `steps` bounds the search (0: a hundred million); memory of `camp` is the network's. */
bool network_camps_of(struct network *g, uint64_t steps, struct network_camps *out, struct err *e);

/* PN centrality of each actor into out[n]: (I - (P - 2N) / (2n - 2))^-1 1. False with *e: the system has no solution. */
bool network_pn(const struct network *g, double *out, struct err *e);

struct tightrope { /* an actor between two that are hostile to one another */
  uint32_t actor, a, b;
  double value; /* min(x to a, x to b) * |x of a and b| */
};
/* All of them, the strongest first, into *out (memory of the network); returns how many, or -1 with *e. */
int64_t network_tightropes(struct network *g, struct tightrope **out, struct err *e);

#endif
