/* chars.c - character classes over a table for ASCII and utf8proc for the rest. */
#include "text/chars.h"
#include "base/utf8.h"
#include <utf8proc.h>

enum {
  S = CHAR_SPACE,
  N = CHAR_LINE,
  L = CHAR_LETTER,
  D = CHAR_DIGIT,
  A = CHAR_APOSTROPHE,
  Q = CHAR_QUOTE,
  O = CHAR_OPEN,
  C = CHAR_CLOSE,
  H = CHAR_DASH,
  T = CHAR_STOP,
  M = CHAR_MARK,
  U = CHAR_CURRENCY,
  P = CHAR_PUNCT,
  Y = CHAR_SYMBOL
};

static const uint8_t ascii[128] = {
    S, S, S, S, S, S, S, S, S, S, N, N, N, N, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* controls */
    S, M, Q, P, U, P, P, A, O, C, P, Y, P, H, T, P, /* !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, P, P, Y, Y, Y, M, /* 0-9:;<=>? */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, P, C, Y, L, /* @A-Z[\]^_ */
    A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, Y, C, Y, S, /* `a-z{|}~ */
};

static enum char_class known(uint32_t c) {
  switch (c) {
  case 0x85:
  case 0x2028:
  case 0x2029: return CHAR_LINE;
  case 0x200B:
  case 0x200E:
  case 0x200F:
  case 0x2060:
  case 0xFEFF: return CHAR_SPACE; /* joiners and marks without width */
  case 0xAD:
  case 0x200C:
  case 0x200D: return CHAR_LETTER;
  case 0x2019:
  case 0xB4:
  case 0x2BC:
  case 0x2032: return CHAR_APOSTROPHE;
  case 0x201C:
  case 0x201E:
  case 0x201F:
  case 0xAB:
  case 0x2018:
  case 0x201A:
  case 0x2039: return CHAR_QUOTE_OPEN;
  case 0x201D:
  case 0xBB:
  case 0x203A: return CHAR_QUOTE_CLOSE;
  case 0x2026: return CHAR_STOP;
  case 0x3002:
  case 0x061F:
  case 0xFF01:
  case 0xFF1F: return CHAR_MARK;
  default: return CHAR_SYMBOL;
  }
}

static enum char_class by_category(uint32_t c) {
  switch (utf8proc_category((utf8proc_int32_t)c)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME:
  case UTF8PROC_CATEGORY_PC: return CHAR_LETTER;
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_NO: return CHAR_DIGIT;
  case UTF8PROC_CATEGORY_ZS: return CHAR_SPACE;
  case UTF8PROC_CATEGORY_PD: return CHAR_DASH;
  case UTF8PROC_CATEGORY_PS: return CHAR_OPEN;
  case UTF8PROC_CATEGORY_PE: return CHAR_CLOSE;
  case UTF8PROC_CATEGORY_PI: return CHAR_QUOTE_OPEN;
  case UTF8PROC_CATEGORY_PF: return CHAR_QUOTE_CLOSE;
  case UTF8PROC_CATEGORY_SC: return CHAR_CURRENCY;
  case UTF8PROC_CATEGORY_PO: return CHAR_PUNCT;
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CF: return CHAR_SPACE;
  default: return CHAR_SYMBOL;
  }
}

enum char_class char_class_at(str s, size_t at, size_t *n) {
  unsigned char b = (unsigned char)s.p[at];
  if (b < 0x80) {
    *n = 1;
    return (enum char_class)ascii[b];
  }
  size_t next = at;
  uint32_t c = utf8_next(s, &next);
  *n = next - at;
  enum char_class class = known(c);
  return class == CHAR_SYMBOL ? by_category(c) : class;
}

bool char_upper_at(str s, size_t at) {
  if (at >= s.n) return false;
  if ((unsigned char)s.p[at] < 0x80) return ascii_upper(s.p[at]);
  return utf8_upper_char(utf8_next(s, &at));
}

bool char_lower_at(str s, size_t at) {
  if (at >= s.n) return false;
  if ((unsigned char)s.p[at] < 0x80) return ascii_lower(s.p[at]);
  return utf8proc_category((utf8proc_int32_t)utf8_next(s, &at)) == UTF8PROC_CATEGORY_LL;
}

bool char_bullet_at(str s, size_t at) {
  if (at >= s.n) return false;
  size_t next = at;
  uint32_t c = utf8_next(s, &next);
  if (c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x25E6 || c == 0x2023 || c == 0xB7) return true;
  bool blank = next < s.n && (s.p[next] == ' ' || s.p[next] == '\t');
  return blank && (c == '*' || c == '-' || c == 0x2013 || c == 'o');
}
