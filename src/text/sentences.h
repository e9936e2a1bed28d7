/* sentences.h - where sentences begin, among pieces.
 *
 * A sentence begins for certain after the end of a paragraph or of a line that stands for itself; never after a title ("Lt. Gen.") or
 * inside a dateline ("KHARTOUM, June 13 (AP) -- A force ..": it belongs to the sentence that it opens); elsewhere a judge is asked. */
#ifndef TR_TEXT_SENTENCES_H
#define TR_TEXT_SENTENCES_H
#include "text/boundary.h"

/* Says whether a sentence begins at place->i. */
typedef bool sentence_judge(void *judge, const struct boundary_text *t, const struct boundary_place *place);

enum start_flag { START_SENTENCE = 1, START_PARAGRAPH = 2, START_DATELINE = 4, INSIDE_QUOTES = 8 };

/* Marks the pieces of the text; marks has room for t->p->n and holds zeros. Sets t->letter_case. */
void sentences_mark(struct boundary_text *t, sentence_judge *judge, void *with, uint8_t *marks);
/* The judge that asks a model (a struct boundary_model *). */
bool sentences_by_model(void *model, const struct boundary_text *t, const struct boundary_place *place);

#endif
