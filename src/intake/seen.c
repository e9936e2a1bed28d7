/* seen.c - open addressing over hashes, at most half full. */
#include "intake/seen.h"
#include <stdlib.h>

enum { FIRST_SIZE = 1 << 10 };
static const uint64_t MOST = (uint64_t)1 << 27;

void seen_init(struct seen *s) { *s = (struct seen){0}; }

void seen_release(struct seen *s) {
  free(s->slot);
  seen_init(s);
}

/* The slot of the hash, or the free one where it belongs. */
static uint64_t *slot_of(uint64_t *slot, uint64_t mask, uint64_t hash) {
  uint64_t i = hash & mask;
  while (slot[i] && slot[i] != hash) i = (i + 1) & mask;
  return &slot[i];
}

static bool grow(struct seen *s) {
  uint64_t size = s->slot ? (s->mask + 1) * 2 : FIRST_SIZE;
  uint64_t *slot = size <= MOST * 2 ? calloc(size, sizeof *slot) : NULL;
  if (!slot) return false;
  for (uint64_t i = 0; s->slot && i <= s->mask; i++)
    if (s->slot[i]) *slot_of(slot, size - 1, s->slot[i]) = s->slot[i];
  free(s->slot);
  s->slot = slot;
  s->mask = size - 1;
  return true;
}

bool seen_add(struct seen *s, str id, struct err *e) {
  if ((!s->slot || s->n * 2 >= s->mask) && !grow(s))
    return err_set(e, ERR_NOMEM, "no memory to remember the ids of the run");
  uint64_t hash = str_hash(id, 0);
  uint64_t *at = slot_of(s->slot, s->mask, hash ? hash : 1);
  if (*at)
    return err_set(e, ERR_DUPLICATE, "the id '%.*s' was given to an earlier document of this run",
                   (int)(id.n < 200 ? id.n : 200), id.p);
  *at = hash ? hash : 1;
  s->n++;
  return true;
}
