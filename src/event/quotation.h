/* quotation.h - stretches of text between quotation marks, paired over the sentences of a document.
 *
 * Marks: curly, straight, Latex and angled double marks, and single curly ones that open. A stretch ends with its closing mark,
 * with the paragraph, or after QUOTATION_SENTENCES sentences, whichever comes first, so that one stray mark spoils little.
 * Linear in the tokens; lives in the caller's arena. */
#ifndef TR_EVENT_QUOTATION_H
#define TR_EVENT_QUOTATION_H
#include "doc/doc.h"

enum { QUOTATION_SENTENCES = 12 };

struct quotation {
  uint32_t first, last; /* tokens between the marks, inclusive; at least one word */
  bool claimed;         /* some frame of speech has it as its words */
};
struct quotations {
  struct quotation *at; /* [n] */
  uint32_t n, size;
  uint32_t *of; /* [tokens]: row of the quotation that holds a token, or NONE */
};

bool quotations_find(struct quotations *q, const struct doc *d, struct arena *a); /* false: out of memory */

#endif
