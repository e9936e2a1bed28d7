/* arena.c - chained chunks with a cap, reset and rewind. */
#include "base/arena.h"
#include <stdlib.h>

enum { CHUNK_MIN = 1 << 16, ALIGN = 16 };

struct arena_chunk {
  struct arena_chunk *next;
  size_t used, size; /* of data */
  _Alignas(ALIGN) char data[];
};

void arena_init(struct arena *a, size_t cap) { *a = (struct arena){.cap = cap}; }

void arena_release(struct arena *a) {
  for (struct arena_chunk *c = a->first, *next; c; c = next) {
    next = c->next;
    free(c);
  }
  *a = (struct arena){.cap = a->cap};
}

void arena_reset(struct arena *a) {
  a->now = a->first;
  a->used = 0;
  if (a->now) a->now->used = 0;
}

/* The next kept chunk that is large enough, else a new one linked in behind the present one. */
static struct arena_chunk *chunk_for(struct arena *a, size_t n) {
  struct arena_chunk *next = a->now ? a->now->next : a->first;
  if (next && next->size >= n) {
    next->used = 0;
    return next;
  }
  size_t size = a->now ? a->now->size * 2 : CHUNK_MIN;
  if (size > (size_t)1 << 24) size = (size_t)1 << 24;
  if (size < n) size = n;
  struct arena_chunk *c = malloc(sizeof *c + size);
  if (!c) return NULL;
  *c = (struct arena_chunk){.next = next, .size = size};
  if (a->now) a->now->next = c;
  else a->first = c;
  return c;
}

void *arena_alloc(struct arena *a, size_t n) {
  if (n > a->cap) return NULL;
  n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  if (n > a->cap - a->used) return NULL;
  if (!a->now || a->now->size - a->now->used < n) {
    struct arena_chunk *c = chunk_for(a, n);
    if (!c) return NULL;
    a->now = c;
  }
  void *p = a->now->data + a->now->used;
  a->now->used += n;
  a->used += n;
  return n ? memset(p, 0, n) : p;
}

str arena_str(struct arena *a, str s) {
  char *p = arena_alloc(a, s.n);
  if (!p) return (str){NULL, 0};
  if (s.n) memcpy(p, s.p, s.n);
  return (str){p, s.n};
}

char *arena_z(struct arena *a, str s) {
  char *p = arena_alloc(a, s.n + 1);
  if (p && s.n) memcpy(p, s.p, s.n);
  return p;
}

struct arena_mark arena_mark(const struct arena *a) {
  return (struct arena_mark){a->now, a->now ? a->now->used : 0, a->used};
}

void arena_rewind(struct arena *a, struct arena_mark mark) {
  a->now = mark.now ? mark.now : a->first;
  if (a->now) a->now->used = mark.chunk_used;
  a->used = mark.used;
}
