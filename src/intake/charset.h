/* charset.h - bytes of a declared encoding to UTF-8.
 *
 * UTF-8 that is valid stays as it is, whatever was declared. Bytes that the encoding does not know become U+FFFD and are counted. */
#ifndef TR_INTAKE_CHARSET_H
#define TR_INTAKE_CHARSET_H
#include "base/buf.h"

/* The encoding that an HTML page or XML file names in its first bytes, or empty. */
str charset_declared(str head);
/* Appends s as valid UTF-8; returns how many bytes were replaced. An unknown encoding is taken for UTF-8. */
size_t charset_to_utf8(struct buf *out, str s, str charset);

#endif
