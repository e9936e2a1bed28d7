/* buf.c - growing bytes with a hard cap. */
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *b, size_t cap) { *b = (struct buf){.cap = cap}; }

void buf_release(struct buf *b) {
  free(b->p);
  *b = (struct buf){.cap = b->cap};
}

bool buf_reserve(struct buf *b, size_t more) {
  if (b->failed) return false;
  if (more <= b->size - b->n) return true;
  if (more > b->cap - b->n) return !(b->failed = true);
  size_t size = b->size ? b->size : 256;
  while (size < b->n + more) size *= 2;
  if (size > b->cap) size = b->cap;
  char *p = realloc(b->p, size);
  if (!p) return !(b->failed = true);
  b->p = p;
  b->size = size;
  return true;
}

void buf_put(struct buf *b, str s) {
  if (!s.n || !buf_reserve(b, s.n)) return;
  memcpy(b->p + b->n, s.p, s.n);
  b->n += s.n;
}

void buf_putc(struct buf *b, char c) {
  if (buf_reserve(b, 1)) b->p[b->n++] = c;
}

void buf_puts(struct buf *b, const char *z) { buf_put(b, str_of(z)); }

void buf_printf(struct buf *b, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  if (n >= 0 && buf_reserve(b, (size_t)n + 1)) {
    vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    b->n += (size_t)n;
  }
  va_end(again);
  va_end(args);
}

void buf_put_int(struct buf *b, int64_t v) {
  char digits[24];
  size_t i = sizeof digits;
  uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
  do digits[--i] = (char)('0' + u % 10);
  while (u /= 10);
  if (v < 0) digits[--i] = '-';
  buf_put(b, (str){digits + i, sizeof digits - i});
}
