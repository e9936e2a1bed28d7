/* problems.c - the list of what was left out and why. */
#include "base/problems.h"
#include <stdlib.h>

void problems_init(struct problems *p) { *p = (struct problems){0}; }

void problems_release(struct problems *p) {
  free(p->at);
  *p = (struct problems){0};
}

bool problems_take(struct problems *p, struct err *e) {
  if (!p || e->code == ERR_NOMEM || e->code == ERR_IO) return false;
  p->total++;
  if (p->n < PROBLEMS_KEPT) {
    if (p->n == p->size) {
      uint32_t size = p->size ? p->size * 2 : 8;
      struct err *more = realloc(p->at, size * sizeof *more);
      if (!more) return false;
      p->at = more;
      p->size = size;
    }
    p->at[p->n++] = *e;
  }
  err_clear(e);
  return true;
}
