/* seen.h - the ids of a run, to refuse a second document of one id.
 *
 * A set of 64-bit hashes: 16 bytes a document at most, up to a cap; two ids of one hash are expected once in 2^32 documents. Owned by one
 * thread. */
#ifndef TR_INTAKE_SEEN_H
#define TR_INTAKE_SEEN_H
#include "base/err.h"
#include "base/str.h"

struct seen {
  uint64_t *slot; /* [mask + 1], 0 is free */
  uint64_t mask, n;
};

void seen_init(struct seen *s);
void seen_release(struct seen *s);
/* False with ERR_DUPLICATE if the id was there, with ERR_NOMEM when memory or the cap of 2^27 ids is out. */
bool seen_add(struct seen *s, str id, struct err *e);

#endif
