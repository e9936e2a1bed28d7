/* problems.h - errors that do not end the work: a bad line of a knowledge file is left out, noted here, and told at the end.
 *
 * Keeps the first PROBLEMS_KEPT of them with their places and counts all. One owner; not thread-safe. */
#ifndef TR_BASE_PROBLEMS_H
#define TR_BASE_PROBLEMS_H
#include "base/err.h"
#include <stddef.h>

enum { PROBLEMS_KEPT = 100 };
struct problems {
  struct err *at; /* [n] */
  uint32_t n, size, total;
};

void problems_init(struct problems *p);
void problems_release(struct problems *p);
/* Notes *e and clears it. False, leaving *e, when there is no list (p is NULL) or the error is none of the input's (memory, I/O). */
bool problems_take(struct problems *p, struct err *e);

#endif
