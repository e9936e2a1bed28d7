/* identity.h - may two names in two documents be one actor, and why.
 *
 * In the flow: put.c asks for every named actor that the knowledge does not hold; the SQL side (who was met before, an
 * analyst's merges and splits) is identity_rows.c. Nothing here reads the ledger. Precision first: what is not clear stays two
 * actors, which an analyst can merge; two persons under one name would poison both. Pure functions, any thread. */
#ifndef TR_LEDGER_IDENTITY_H
#define TR_LEDGER_IDENTITY_H
#include "base/str.h"

struct face {              /* an actor as one document tells him */
  str name, kind, country; /* kind as in the page; country "" if unknown */
};

enum { IDENTITY_KEY = 64, IDENTITY_KEYS = 4 };
struct identity_keys { /* under what to look for others who may be the same */
  char key[IDENTITY_KEYS][IDENTITY_KEY];
  unsigned n;
};
void identity_keys(const struct face *a, struct identity_keys *out);

/* NULL if they are, or may be, two; else the rule by which they are one ("same name", "spelling", "middle name", "initials",
 * "acronym", "order of names"): a constant string. */
const char *identity_rule(const struct face *a, const struct face *b);

#endif
