/* utf8.h - UTF-8: decode, validate, repair, fold case.
 *
 * Stored text is always valid UTF-8; what comes in is repaired once (utf8_repair) and every later stage relies on it. */
#ifndef TR_BASE_UTF8_H
#define TR_BASE_UTF8_H
#include "base/buf.h"

/* The code point at s[*at] (0 <= *at < s.n) and *at moved behind it. An invalid byte gives 0xFFFD and moves by one. */
uint32_t utf8_next(str s, size_t *at);
size_t utf8_encode(uint32_t c, char out[4]); /* how many bytes */
void utf8_put(struct buf *b, uint32_t c);
bool utf8_valid(str s);
/* Appends s with every invalid sequence replaced by U+FFFD and NUL bytes by a blank; returns how many were replaced. */
size_t utf8_repair(struct buf *b, str s);
/* Lower case by simple case mapping (utf8proc) into out[size]; a character that does not fit ends the output. */
size_t utf8_lower(str s, char *out, size_t size);
bool utf8_upper_char(uint32_t c); /* upper or title case letter */
bool utf8_letter(uint32_t c);     /* any letter */
/* Lower-cased, without diacritics, apostrophes and hyphens as they are: for matching names ("Tibú" -> "tibu"). */
size_t utf8_fold(str s, char *out, size_t size);

#endif
