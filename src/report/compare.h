/* compare.h - a ledger beside what people coded by hand: ACLED or the UCDP's georeferenced events.
 *
 * Incidents of force (ASSAULT) are set beside battles, explosions and violence against civilians, those of protest beside protests and
 * riots. Two are one where they lie in one country at most `window` days apart and, where both have a point that is no mere country or
 * region, at most `km` apart; each is matched once, the nearest first. Neither side is the truth: what one has alone is listed. */
#ifndef TR_REPORT_COMPARE_H
#define TR_REPORT_COMPARE_H
#include "base/arena.h"
#include "base/problems.h"
#include "ledger/query.h"

enum compare_source { COMPARE_ACLED, COMPARE_UCDP };
enum compare_group { GROUP_FORCE, GROUP_PROTEST, COMPARE_GROUPS };
extern const char *const compare_group_name[COMPARE_GROUPS];

struct placed { /* an incident of either side; strings live in the comparison */
  str id, what, who, place;
  char country[4];
  int32_t first, last;    /* days */
  double lat, lon;        /* NAN: unknown */
  double low, best, high; /* fatalities; NAN: not told */
  uint8_t group;
  bool coarse;    /* its point stands for a region or more */
  uint32_t match; /* row of the other side, or UINT32_MAX */
};

struct compared { /* a country and a group */
  char country[4];
  uint8_t group;
  uint32_t theirs, ours, matched, months;
  double correlation; /* Pearson's, of the monthly counts; NAN: fewer than three months, or no variation */
  double their_low, their_best, their_high, our_low, our_high; /* fatalities of what is matched and told by both */
};

struct comparison {
  struct arena memory;
  struct placed *theirs, *ours;
  uint32_t n_theirs, n_ours, unplaced; /* unplaced: ours without a country */
  int32_t first, last;                 /* days that both sides cover */
  struct compared *row;
  uint32_t n_rows;
};

/* The country that a name means, as ISO 3166-1 alpha-3; false: none. */
typedef bool (*country_fn)(void *ctx, str name, char iso3[4]);

struct compare_options {
  enum compare_source source;
  int window; /* days */
  double km;
  country_fn country;
  void *ctx;
};

/* `text` is their file, `name` its name. Rows that cannot be read go to `problems`, with their line, and are left out. False with *e: the
 * file has no such columns, the ledger failed, or memory is out; c is to be released in any case. */
bool compare_read(struct comparison *c, struct ledger *g, const struct ledger_filter *f, str text, const char *name,
                  const struct compare_options *o, struct problems *problems, struct err *e);
void compare_release(struct comparison *c);

#endif
