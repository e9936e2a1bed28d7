/* versions.h - what coded a page: hashes of model, knowledge and ontology, so that a page names what made it. */
#ifndef TR_PIPELINE_VERSIONS_H
#define TR_PIPELINE_VERSIONS_H
#include "pipeline/engine.h"

/* Hashes every file below `knowledge`; the ontology's part apart, and *actors that of knowledge/actors. */
bool versions_compute(struct engine_versions *v, const char *knowledge, const struct model *model, const char *names,
                      uint64_t *actors, struct err *e);

#endif
