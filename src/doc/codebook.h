/* codebook.h - another ontology's code for an event: ACLED's sub-events, a project's own classes.
 *
 * A codebook is a text file whose lines give a code and what an event must be to get it (docs/rules.md); the first line that
 * holds decides. It reads what the event stage has found and changes nothing of it. Immutable after codebook_open, shared by
 * all threads. ACLED's classes: Armed Conflict Location and Event Data Project, Codebook (2023). */
#ifndef TR_DOC_CODEBOOK_H
#define TR_DOC_CODEBOOK_H
#include "doc/doc.h"
#include "doc/ontology.h"

struct codebook;
/* `name`: a file, or the name of one of knowledge/ontologies/NAME.codebook. NULL with *e: file and line of the first error. */
struct codebook *codebook_open(const char *knowledge, const char *name, const struct ontology *o, struct err *e);
void codebook_close(struct codebook *c);

struct codebook_code {
  str code, parent; /* of the codebook's memory; parent may be empty */
};
const char *codebook_name(const struct codebook *c); /* as its first line gives it: "acled-2023" */
/* False where the codebook has no code for such an event. */
bool codebook_code(const struct codebook *c, const struct doc *d, const struct event *e, struct codebook_code *out);

#endif
