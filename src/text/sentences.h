/* sentences.h - where sentences begin, among pieces.
 *
 * A piece begins a sentence for certain after the end of a paragraph or of a line that stands for itself; after full stops, question
 * marks and the like by rule. A dateline ("KHARTOUM, June 13 (AP) -- A force ..") belongs to the sentence that it opens. */
#ifndef TR_TEXT_SENTENCES_H
#define TR_TEXT_SENTENCES_H
#include "text/tokenize.h"

enum start_flag { START_SENTENCE = 1, START_PARAGRAPH = 2, START_DATELINE = 4, INSIDE_QUOTES = 8 };

/* Marks the pieces [from, p->n) of one text; marks has room for p->n and holds zeros. */
void sentences_mark(const struct pieces *p, uint32_t from, str text, const struct words *w, uint8_t *marks);

#endif
