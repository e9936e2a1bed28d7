/* utf8.c - UTF-8 over utf8proc's character data; stateless, thread-safe. */
#include "base/utf8.h"
#include <utf8proc.h>

/* Length of the valid sequence at the start of s, 0 if it is invalid (Unicode 15, table 3-7). */
static size_t sequence(str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  if (p[0] < 0x80) return 1;
  size_t n = p[0] >= 0xC2 && p[0] <= 0xDF ? 2 : (p[0] & 0xF0) == 0xE0 ? 3 : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4 : 0;
  if (!n || s.n < n) return 0;
  for (size_t i = 1; i < n; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
  if (p[0] == 0xED && p[1] > 0x9F) return 0;
  if (p[0] == 0xF0 && p[1] < 0x90) return 0;
  if (p[0] == 0xF4 && p[1] > 0x8F) return 0;
  return n;
}

uint32_t utf8_next(str s, size_t *at) {
  const unsigned char *p = (const unsigned char *)s.p + *at;
  size_t n = sequence(str_from(s, *at));
  *at += n ? n : 1;
  switch (n) {
  case 1: return p[0];
  case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
  case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
  default: return 0xFFFD;
  }
}

size_t utf8_encode(uint32_t c, char out[4]) {
  utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
  return n > 0 ? (size_t)n : 0;
}

void utf8_put(struct buf *b, uint32_t c) {
  char bytes[4];
  buf_put(b, (str){bytes, utf8_encode(c, bytes)});
}

bool utf8_valid(str s) {
  for (size_t i = 0; i < s.n;) {
    size_t n = sequence(str_from(s, i));
    if (!n) return false;
    i += n;
  }
  return true;
}

size_t utf8_repair(struct buf *b, str s) {
  size_t replaced = 0, from = 0, i = 0;
  while (i < s.n) {
    size_t n = sequence(str_from(s, i));
    if (n && s.p[i]) {
      i += n;
      continue;
    }
    buf_put(b, str_sub(s, from, i));
    buf_put(b, n ? STR(" ") : STR("\xEF\xBF\xBD"));
    replaced++;
    from = ++i;
  }
  buf_put(b, str_sub(s, from, s.n));
  return replaced;
}

size_t utf8_lower(str s, char *out, size_t size) {
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    if ((unsigned char)s.p[i] < 0x80) {
      if (n + 1 > size) break;
      out[n++] = ascii_fold(s.p[i++]);
      continue;
    }
    char bytes[4];
    size_t k = utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(s, &i)), bytes);
    if (n + k > size) break;
    memcpy(out + n, bytes, k);
    n += k;
  }
  return n;
}

bool utf8_upper_char(uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
  return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool utf8_letter(uint32_t c) {
  if (c < 0x80) return ascii_alpha((char)c);
  utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
  return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

/* One character folded: its canonical decomposition without marks, lower case. */
static size_t fold_char(uint32_t c, char *out, size_t size) {
  utf8proc_int32_t parts[8];
  int boundary = 0;
  utf8proc_ssize_t m = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                               UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
  size_t n = 0;
  for (utf8proc_ssize_t i = 0; i < m && i < 8; i++) {
    char bytes[4];
    size_t k = utf8_encode((uint32_t)parts[i], bytes);
    if (n + k > size) return 0;
    memcpy(out + n, bytes, k);
    n += k;
  }
  return n;
}

size_t utf8_fold(str s, char *out, size_t size) {
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    if ((unsigned char)s.p[i] < 0x80) {
      if (n + 1 > size) break;
      out[n++] = ascii_fold(s.p[i++]);
      continue;
    }
    uint32_t c = utf8_next(s, &i);
    if (c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB) c = '\''; /* apostrophes of all sorts */
    if (c == 0x2010 || c == 0x2011) c = '-';
    if (c < 0x80) {
      if (n + 1 > size) break;
      out[n++] = (char)c;
      continue;
    }
    n += fold_char(c, out + n, size - n);
  }
  return n;
}
