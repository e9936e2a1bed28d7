/* str.h - a view of bytes: pointer and length, never NUL-terminated, never owned.
 *
 * Every internal interface takes text as `str`; NUL-terminated strings exist at the edge of the operating system only.
 * Comparison and case folding here are of ASCII; folding of all of Unicode is in utf8.h. */
#ifndef TR_BASE_STR_H
#define TR_BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  const char *p;
  size_t n;
} str;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1}) /* of a string literal */
#define STR_FMT(s) (int)(s).n, (s).p                          /* for "%.*s"; s must be an lvalue or cheap */

static inline str str_of(const char *z) { return (str){z, z ? strlen(z) : 0}; }
static inline bool str_eq(str a, str b) { return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n)); }
static inline bool str_is(str a, const char *z) { return a.n == strlen(z) && !memcmp(a.p, z, a.n); }
static inline bool str_starts(str a, str with) { return a.n >= with.n && !memcmp(a.p, with.p, with.n); }
static inline bool str_ends(str a, str with) { return a.n >= with.n && !memcmp(a.p + a.n - with.n, with.p, with.n); }
static inline str str_sub(str a, size_t from, size_t to) {
  return (str){a.p + from, to - from};
} /* from <= to <= a.n */
static inline str str_from(str a, size_t from) { return (str){a.p + from, a.n - from}; }

static inline bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool ascii_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool ascii_alpha(char c) { return ascii_upper(c) || ascii_lower(c); }
static inline char ascii_fold(char c) { return ascii_upper(c) ? (char)(c + 32) : c; }

bool str_eq_fold(str a, str b);          /* equal but for ASCII case */
int str_compare(str a, str b);           /* by bytes, as memcmp; shorter first */
str str_trim(str a);                     /* without ASCII white space at both ends */
size_t str_find(str a, char c);          /* index of the first c, or a.n */
size_t str_find_str(str a, str b);       /* index of the first b, or a.n if there is none */
str str_cut(str *rest, char at);         /* the part before the first `at`; *rest keeps what follows it */
bool str_to_int(str a, int64_t *out);    /* all of a is a decimal number (with sign) that fits; no allocation */
bool str_to_double(str a, double *out);  /* all of a is a decimal fraction such as -12.5; no exponent, no locale */
uint64_t str_hash(str a, uint64_t seed); /* stable across machines and versions: ids are made of it */

#endif
