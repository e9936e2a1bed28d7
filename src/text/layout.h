/* layout.h - lines and paragraphs: which line ends are paragraph ends and which only wrap.
 *
 * Text comes with lines as paragraphs, with blank lines between paragraphs, or wrapped by hand or machine at 45 to 120 columns. A
 * line end only wraps where the first word of the next line would not have fitted, that is where the line, a blank and that
 * word are longer than the longest line of the block; or where a long line ends without a full stop in a block whose lines
 * go on in lower case. This needs no knowledge of the width, and lists of headlines stay lists. */
#ifndef TR_TEXT_LAYOUT_H
#define TR_TEXT_LAYOUT_H
#include "base/str.h"

enum gap {           /* what stands before a token */
           GAP_NONE, /* nothing: it touches the one before */
           GAP_SPACE,
           GAP_WRAP,     /* a line end that only wraps */
           GAP_LINE,     /* the end of a line that stands for itself: a paragraph, a headline, an item */
           GAP_PARAGRAPH /* a blank line, a form feed, or the beginning of the text */
};

struct layout {
  str text;
  size_t typical;          /* width of the lines of the text, 0 if it does not seem wrapped */
  size_t block_end, width; /* of the block (lines without a blank one) that was measured last */
  bool wrapped;            /* its lines seem to go on from one to the next */
};

void layout_init(struct layout *l, str text);
/* The gap made of the white space text[from, to), from >= 0; to may be text.n. Calls must go forward through the text. */
enum gap layout_gap(struct layout *l, size_t from, size_t to);

#endif
