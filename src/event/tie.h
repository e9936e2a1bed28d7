/* tie.h - lasting relations between actors: who holds which post, leads, backs, belongs to whom, and since when.
 *
 * Reads mentions, times and the tree; writes doc->ties. Role nouns and the nouns, verbs and adjectives of relations are
 * knowledge/ties/; here stands only the machinery of titles, appositions, copulas, possessives and compounds. Runs after
 * the events, which it does not read. A `tie_kb` is immutable after opening and shared by all threads. */
#ifndef TR_EVENT_TIE_H
#define TR_EVENT_TIE_H
#include "doc/stage.h"

struct tie_kb;
struct tie_kb *tie_kb_open(const struct stage_setup *setup,
                           struct err *e); /* NULL with *e; adds its words to the table */
void tie_kb_close(struct tie_kb *kb);

bool tie_find(const struct tie_kb *kb, struct doc *d, struct err *e); /* false with ERR_NOMEM */

#endif
