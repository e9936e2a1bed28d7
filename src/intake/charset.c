/* charset.c - iconv with replacement. */
#include "intake/charset.h"
#include "base/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <strings.h>

static bool name_char(char c) {
  return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* The value behind `key`, perhaps in quotation marks. */
static str value_behind(str head, str key) {
  for (size_t i = 0; i + key.n < head.n; i++) {
    if (!str_eq_fold(str_sub(head, i, i + key.n), key)) continue;
    size_t at = i + key.n;
    while (at < head.n && (head.p[at] == '"' || head.p[at] == '\'' || head.p[at] == ' ' || head.p[at] == '=')) at++;
    size_t end = at;
    while (end < head.n && name_char(head.p[end])) end++;
    return str_sub(head, at, end);
  }
  return (str){"", 0};
}

str charset_declared(str head) {
  if (head.n > 4096) head.n = 4096;
  if (str_starts(head, STR("<?xml"))) {
    str first = str_sub(head, 0, str_find(head, '>'));
    str name = value_behind(first, STR("encoding="));
    if (name.n) return name;
  }
  return value_behind(head, STR("charset="));
}

/* What pages call Latin-1 or ASCII is Windows-1252 (WHATWG Encoding, section 4.2). */
static const char *iconv_name(str charset, char *out, size_t size) {
  static const char *const latin[] = {"iso-8859-1", "latin1", "us-ascii", "ascii", "iso8859-1"};
  for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
    if (str_eq_fold(charset, str_of(latin[i]))) return "WINDOWS-1252";
  if (charset.n >= size) return NULL;
  memcpy(out, charset.p, charset.n);
  out[charset.n] = 0;
  return out;
}

static size_t convert(struct buf *out, str s, iconv_t to) {
  size_t replaced = 0, left = s.n;
  char *in = (char *)(uintptr_t)s.p;
  while (left && !out->failed) {
    char block[4096], *put = block;
    size_t room = sizeof block;
    size_t code = iconv(to, &in, &left, &put, &room);
    int why = errno;
    buf_put(out, (str){block, sizeof block - room});
    if (code != (size_t)-1 || why == E2BIG) continue;
    buf_put(out, STR("\xEF\xBF\xBD"));
    replaced++;
    in++, left--;
  }
  return replaced;
}

size_t charset_to_utf8(struct buf *out, str s, str charset) {
  char name[64];
  if (!charset.n || utf8_valid(s)) return utf8_repair(out, s);
  const char *from = iconv_name(charset, name, sizeof name);
  iconv_t to = from && strncasecmp(from, "utf", 3) != 0 ? iconv_open("UTF-8", from) : (iconv_t)-1;
  if (to == (iconv_t)-1) return utf8_repair(out, s);
  struct buf converted;
  buf_init(&converted, out->cap);
  size_t replaced = convert(&converted, s, to);
  iconv_close(to);
  replaced += utf8_repair(out, buf_str(&converted));
  out->failed = out->failed || converted.failed;
  buf_release(&converted);
  return replaced;
}
