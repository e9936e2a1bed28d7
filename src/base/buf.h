/* buf.h - growing bytes with a hard cap given at the start.
 *
 * A write that would pass the cap or finds no memory sets `failed` and changes nothing; later writes do nothing either, so
 * a writer checks once at the end. Owned by its user; released with buf_release. */
#ifndef TR_BASE_BUF_H
#define TR_BASE_BUF_H
#include "base/str.h"

struct buf {
  char *p;
  size_t n, size, cap;
  bool failed;
};

void buf_init(struct buf *b, size_t cap);
void buf_release(struct buf *b);
static inline void buf_clear(struct buf *b) { b->n = 0, b->failed = false; } /* keeps the memory */
bool buf_reserve(struct buf *b, size_t more);
void buf_put(struct buf *b, str s);
void buf_putc(struct buf *b, char c);
void buf_puts(struct buf *b, const char *z);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_put_int(struct buf *b, int64_t v);
static inline str buf_str(const struct buf *b) { return (str){b->p ? b->p : "", b->n}; }

#endif
