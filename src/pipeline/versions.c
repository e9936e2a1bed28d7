/* versions.c - hashes over the knowledge folder. */
#include "pipeline/versions.h"
#include "base/checksum.h"
#include "base/file.h"
#include "model/model.h"
#include <inttypes.h>
#include <stdio.h>

bool versions_compute(struct engine_versions *v, const char *knowledge, const struct model *model, const char *names,
                      struct err *e) {
  char path[4096];
  uint64_t all = 0, ontology = 0;
  if (!path_join(path, sizeof path, knowledge, "ontologies")) return err_set(e, ERR_IO, "the path is too long");
  if (!folder_hash(path, &ontology, e) || !folder_hash(knowledge, &all, e)) return false;
  snprintf(v->knowledge, sizeof v->knowledge, "%016" PRIx64, all);
  snprintf(v->ontology, sizeof v->ontology, "%016" PRIx64, ontology);
  model_hash(model, v->model);
  if (!names) return true;
  struct file_map m;
  if (!file_map_open(&m, names, e)) return false;
  snprintf(v->model, sizeof v->model, "%016" PRIx64,
           checksum_join(checksum64(m.p, m.n), str_hash(str_of(v->model), 1)));
  file_map_release(&m);
  return true;
}
