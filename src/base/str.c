/* str.c - views of bytes: compare, trim, cut, read numbers, hash. */
#include "base/str.h"

bool str_eq_fold(str a, str b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++)
    if (ascii_fold(a.p[i]) != ascii_fold(b.p[i])) return false;
  return true;
}

int str_compare(str a, str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n ? memcmp(a.p, b.p, n) : 0;
  return c ? c : (a.n > b.n) - (a.n < b.n);
}

str str_trim(str a) {
  while (a.n && ascii_space(a.p[0])) a = str_from(a, 1);
  while (a.n && ascii_space(a.p[a.n - 1])) a.n--;
  return a;
}

size_t str_find(str a, char c) {
  const char *hit = a.n ? memchr(a.p, c, a.n) : NULL;
  return hit ? (size_t)(hit - a.p) : a.n;
}

size_t str_find_str(str a, str b) {
  for (size_t i = 0; b.n && i + b.n <= a.n; i++) {
    i += str_find(str_from(a, i), b.p[0]);
    if (i + b.n <= a.n && !memcmp(a.p + i, b.p, b.n)) return i;
  }
  return a.n;
}

str str_cut(str *rest, char at) {
  size_t i = str_find(*rest, at);
  str head = str_sub(*rest, 0, i);
  *rest = i < rest->n ? str_from(*rest, i + 1) : str_from(*rest, rest->n);
  return head;
}

bool str_to_int(str a, int64_t *out) {
  bool minus = a.n && a.p[0] == '-';
  if (a.n && (a.p[0] == '-' || a.p[0] == '+')) a = str_from(a, 1);
  if (!a.n || a.n > 18) return false;
  int64_t v = 0;
  for (size_t i = 0; i < a.n; i++) {
    if (!ascii_digit(a.p[i])) return false;
    v = v * 10 + (a.p[i] - '0');
  }
  *out = minus ? -v : v;
  return true;
}

bool str_to_double(str a, double *out) {
  bool minus = a.n && a.p[0] == '-';
  if (a.n && (a.p[0] == '-' || a.p[0] == '+')) a = str_from(a, 1);
  str fraction = a, whole = str_cut(&fraction, '.');
  if (whole.n + fraction.n == 0 || whole.n + fraction.n > 17) return false;
  double v = 0, unit = 1;
  for (size_t i = 0; i < whole.n; i++) {
    if (!ascii_digit(whole.p[i])) return false;
    v = v * 10 + (whole.p[i] - '0');
  }
  for (size_t i = 0; i < fraction.n; i++) {
    if (!ascii_digit(fraction.p[i])) return false;
    v = v * 10 + (fraction.p[i] - '0');
    unit *= 10;
  }
  *out = (minus ? -v : v) / unit;
  return true;
}

/* FNV-1a over the bytes, then a finalizer: short keys differ in all bits. */
uint64_t str_hash(str a, uint64_t seed) {
  uint64_t h = 0xCBF29CE484222325ull ^ seed * 0x9E3779B97F4A7C15ull;
  for (size_t i = 0; i < a.n; i++) h = (h ^ (uint8_t)a.p[i]) * 0x100000001B3ull;
  h = (h ^ h >> 32) * 0xD6E8FEB86659FD93ull;
  return h ^ h >> 32;
}
