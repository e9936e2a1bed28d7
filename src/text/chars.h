/* chars.h - what a character is to the tokeniser. Stateless. */
#ifndef TR_TEXT_CHARS_H
#define TR_TEXT_CHARS_H
#include "base/str.h"

enum char_class {
  CHAR_SPACE,  /* blanks of all sorts but line ends */
  CHAR_LINE,   /* LF, CR, NEL, U+2028, U+2029 */
  CHAR_LETTER, /* letters, combining marks, soft hyphen, underscore */
  CHAR_DIGIT,
  CHAR_APOSTROPHE, /* ' ’ ` : apostrophe or quotation mark */
  CHAR_QUOTE,      /* straight double quotation mark */
  CHAR_QUOTE_OPEN,
  CHAR_QUOTE_CLOSE,
  CHAR_OPEN,
  CHAR_CLOSE, /* brackets */
  CHAR_DASH,  /* - and all longer ones */
  CHAR_STOP,  /* . and the ellipsis character */
  CHAR_MARK,  /* ? ! and their kin */
  CHAR_CURRENCY,
  CHAR_PUNCT, /* , ; : / & @ % # and the rest of punctuation */
  CHAR_SYMBOL /* mathematics, pictures, dingbats, bullets */
};

/* The class of the character at s[at] and the number of its bytes in *n. s is valid UTF-8. */
enum char_class char_class_at(str s, size_t at, size_t *n);
bool char_upper_at(str s, size_t at); /* an upper-case letter begins here */
bool char_lower_at(str s, size_t at);
bool char_bullet_at(str s, size_t at); /* a bullet, or * or - that a blank follows */

#endif
