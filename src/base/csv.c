/* csv.c - quoting a cell. Reading CSV is intake's. */
#include "base/csv.h"

void csv_put(struct buf *out, str s, bool guard) {
  bool quote = s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
  bool formula = guard && s.n && memchr("=+-@", s.p[0], 4) != NULL;
  for (size_t i = 0; i < s.n && !quote; i++) quote = memchr(",\"\n\r", s.p[i], 4) != NULL;
  if (!quote && !formula) {
    buf_put(out, s);
    return;
  }
  buf_putc(out, '"');
  if (formula) buf_putc(out, '\'');
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '"') buf_putc(out, '"');
    buf_putc(out, s.p[i]);
  }
  buf_putc(out, '"');
}
