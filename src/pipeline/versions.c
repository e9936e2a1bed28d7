/* versions.c - hashes over the knowledge folder. */
#include "pipeline/versions.h"
#include "base/checksum.h"
#include "base/file.h"
#include "model/model.h"
#include <inttypes.h>
#include <stdio.h>

struct parts {
  uint64_t actors, ontologies;
};

static void part_note(void *ctx, const char *name, uint64_t hash) {
  struct parts *p = ctx;
  if (!strcmp(name, "actors")) p->actors = hash;
  if (!strcmp(name, "ontologies")) p->ontologies = hash;
}

bool versions_compute(struct engine_versions *v, const char *knowledge, const struct model *model, const char *names,
                      uint64_t *actors, struct err *e) {
  struct parts part = {0};
  uint64_t all;
  if (!path_hash(knowledge, part_note, &part, &all, e)) return false;
  *actors = part.actors;
  snprintf(v->knowledge, sizeof v->knowledge, "%016" PRIx64, all);
  snprintf(v->ontology, sizeof v->ontology, "%016" PRIx64, part.ontologies);
  model_hash(model, v->model);
  if (!names) return true;
  if (!path_hash(names, NULL, NULL, &all, e)) return false;
  snprintf(v->model, sizeof v->model, "%016" PRIx64, checksum_join(all, str_hash(str_of(v->model), 1)));
  return true;
}
