/* arena.h - memory that is given back all at once.
 *
 * A worker owns one arena for the document and one for scratch; both are reset, not freed, between documents, so after
 * warm-up a worker allocates nothing. A cap bounds what hostile input can make it take: allocation beyond it
 * returns NULL, which the caller turns into ERR_NOMEM on that document. Not thread-safe; one owner. */
#ifndef TR_BASE_ARENA_H
#define TR_BASE_ARENA_H
#include "base/str.h"

struct arena_chunk;
struct arena {
  struct arena_chunk *first, *now; /* chunks stay in the list after reset */
  size_t used, cap;                /* bytes handed out by all chunks in use; most that may be */
};
struct arena_mark {
  struct arena_chunk *now;
  size_t chunk_used, used;
};

void arena_init(struct arena *a, size_t cap); /* allocates nothing yet */
void arena_release(struct arena *a);          /* frees all chunks; the arena may be used again */
void arena_reset(struct arena *a);            /* everything given out is invalid; chunks are kept */

/* n bytes, zeroed, aligned to 16; NULL beyond the cap or when memory is out. n = 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n);
str arena_str(struct arena *a, str s); /* a copy; {NULL,0} when memory is out and s is not empty */
char *arena_z(struct arena *a, str s); /* a NUL-terminated copy for the operating system; NULL when memory is out */

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

#endif
