/* anniversary.h - what an anniversary commemorates: the day or year of the thing itself, and the anniversary's own day.
 *
 * "the thirtieth anniversary of the shelling" gives the year from the ordinal, "of the 2003 invasion" from the words, and "of
 * Soleimani's killing" from the sentence of the same document that tells when he was killed. Runs once over a document
 * after all its times are found; reads words and times only. */
#ifndef TR_TIME_ANNIVERSARY_H
#define TR_TIME_ANNIVERSARY_H
#include "doc/doc.h"
#include "time/time_words.h"

void anniversaries_link(const struct time_words *t, struct doc *d);
/* The day of `year` with the month and day of `origin`, as a period of the same width; PERIOD_NONE if origin is wider than a month. */
struct period anniversary_in(struct period origin, int year);

#endif
