/* why.h - how one event, demand or tie was read, for people: its sentence, the tree, the rule, the slots, what else was considered. */
#ifndef TR_REPORT_WHY_H
#define TR_REPORT_WHY_H
#include "base/buf.h"
#include "doc/doc.h"
#include "doc/ontology.h"

/* Appends the explanation of the record with this id of the coded document; false if the document has no such record. With
 * `colour`, words are marked by terminal colours besides brackets. */
bool why_write(const struct doc *d, const struct ontology *o, str id, bool colour, struct buf *out);

#endif
