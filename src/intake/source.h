/* source.h - the bytes of a file as a stream: standard input, gzip, byte order marks.
 *
 * gzip is known by its magic number, whatever the name. UTF-16 with a byte order mark comes out as UTF-8; a mark of UTF-8 is left
 * out. Reads are of bounded size; errors (a gzip file that was cut off, a disk that fails) are told once, at the end
 * of what could be read. */
#ifndef TR_INTAKE_SOURCE_H
#define TR_INTAKE_SOURCE_H
#include "base/err.h"
#include "base/str.h"

struct source;

/* path "-" is standard input. stop may be NULL; once it points to something but 0, a read that a signal interrupts is an error. */
bool source_open(struct source **s, const char *path, const volatile int *stop, struct err *e);
void source_close(struct source *s);
/* The bytes that are ready, at least one unless the stream has ended or failed; they stay until taken. */
str source_peek(struct source *s);
/* As source_peek, but waits for `least` bytes (at most 8192) if the stream has them. */
str source_peek_more(struct source *s, size_t least);
void source_take(struct source *s, size_t n);              /* n <= what source_peek gave */
uint64_t source_offset(const struct source *s);            /* bytes taken so far */
bool source_failed(const struct source *s, struct err *e); /* the stream ended by an error: it, in *e */
bool source_was_utf16(const struct source *s);

#endif
