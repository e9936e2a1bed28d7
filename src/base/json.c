/* json.c - the streaming JSON writer. */
#include "base/json.h"
#include <math.h>
#include <stdio.h>

static void value(struct json *j) {
  if (j->comma) buf_putc(j->out, ',');
  j->comma = true;
}

void json_open(struct json *j, char bracket) {
  value(j);
  buf_putc(j->out, bracket);
  j->comma = false;
}

void json_close(struct json *j, char bracket) {
  buf_putc(j->out, bracket);
  j->comma = true;
}

void json_key(struct json *j, const char *key) {
  value(j);
  buf_putc(j->out, '"');
  buf_puts(j->out, key);
  buf_puts(j->out, "\":");
  j->comma = false;
}

static void escaped(struct buf *out, unsigned char c) {
  switch (c) {
  case '"': buf_puts(out, "\\\""); break;
  case '\\': buf_puts(out, "\\\\"); break;
  case '\n': buf_puts(out, "\\n"); break;
  case '\r': buf_puts(out, "\\r"); break;
  case '\t': buf_puts(out, "\\t"); break;
  default: buf_printf(out, "\\u%04x", c);
  }
}

/* Characters that end a line or turn its direction for some readers: C1 controls, U+2028 .. U+202E. Their length in bytes, or 0. */
static size_t unruly(str s, size_t i, unsigned *c) {
  const unsigned char *p = (const unsigned char *)s.p + i;
  if (p[0] == 0xC2 && i + 1 < s.n && p[1] < 0xA0) return *c = p[1], 2;
  if (p[0] == 0xE2 && i + 2 < s.n && p[1] == 0x80 && p[2] >= 0xA8 && p[2] <= 0xAE)
    return *c = 0x2000u + (p[2] & 0x3Fu), 3;
  return 0;
}

void json_str(struct json *j, str s) {
  value(j);
  buf_putc(j->out, '"');
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned c = (unsigned char)s.p[i];
    size_t n = c >= 0xC2 ? unruly(s, i, &c) : 1;
    if (!n || (n == 1 && c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)) continue;
    buf_put(j->out, str_sub(s, from, i));
    if (n > 1) buf_printf(j->out, "\\u%04x", c);
    else escaped(j->out, (unsigned char)c);
    i += n - 1;
    from = i + 1;
  }
  buf_put(j->out, str_sub(s, from, s.n));
  buf_putc(j->out, '"');
}

void json_int(struct json *j, int64_t v) {
  value(j);
  buf_put_int(j->out, v);
}

void json_number(struct json *j, double v, int decimals) {
  if (!isfinite(v)) {
    json_none(j);
    return;
  }
  char text[64];
  int n = snprintf(text, sizeof text, "%.*f", decimals, v);
  if (n < 0 || n >= (int)sizeof text) n = 0;
  if (memchr(text, '.', (size_t)n)) {
    while (n && text[n - 1] == '0') n--;
    if (n && text[n - 1] == '.') n--;
  }
  value(j);
  buf_put(j->out, n == 2 && text[0] == '-' && text[1] == '0' ? STR("0") : (str){text, (size_t)n});
}

void json_bool(struct json *j, bool v) { json_raw(j, v ? STR("true") : STR("false")); }
void json_none(struct json *j) { json_raw(j, STR("null")); }

void json_raw(struct json *j, str s) {
  value(j);
  buf_put(j->out, s);
}

void json_key_str(struct json *j, const char *key, str s) {
  json_key(j, key);
  json_str(j, s);
}
void json_key_name(struct json *j, const char *key, const char *name) {
  json_key(j, key);
  if (*name) json_str(j, str_of(name));
  else json_none(j);
}
void json_key_int(struct json *j, const char *key, int64_t v) {
  json_key(j, key);
  json_int(j, v);
}
void json_key_real(struct json *j, const char *key, double v, int decimals) {
  json_key(j, key);
  json_number(j, v, decimals);
}
void json_key_bool(struct json *j, const char *key, bool v) {
  json_key(j, key);
  json_bool(j, v);
}
void json_key_null(struct json *j, const char *key) {
  json_key(j, key);
  json_none(j);
}
