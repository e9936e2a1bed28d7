/* versions.c - hashes over the knowledge folder. */
#include "pipeline/versions.h"
#include "base/file.h"
#include "model/model.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 8 };

/* Adds the files of `folder` to *hash, sorted by name so that the order of the file system does not matter. */
static bool hash_folder(uint64_t *hash, const char *folder, int depth, struct err *e) {
  struct dirent **entry;
  if (depth > DEPTH_MAX) return err_set(e, ERR_LIMIT, "%s: folders nest too deeply", folder);
  int n = scandir(folder, &entry, NULL, alphasort);
  if (n < 0) return err_set_errno(e, ERR_IO, "cannot read the folder %s", folder);
  bool ok = true;
  for (int i = 0; i < n; i++) {
    char path[4096];
    struct stat st;
    if (ok && entry[i]->d_name[0] != '.' && path_join(path, sizeof path, folder, entry[i]->d_name) &&
        stat(path, &st) == 0) {
      if (S_ISDIR(st.st_mode)) ok = hash_folder(hash, path, depth + 1, e);
      else if (S_ISREG(st.st_mode)) {
        struct file_map m;
        ok = file_map_open(&m, path, e);
        if (ok) *hash = str_hash(file_map_str(&m), str_hash(str_of(entry[i]->d_name), *hash));
        file_map_release(&m);
      }
    }
    free(entry[i]);
  }
  free(entry);
  return ok;
}

bool versions_compute(struct engine_versions *v, const char *knowledge, const struct model *model, const char *names,
                      struct err *e) {
  char path[4096];
  uint64_t all = 0, ontology = 0;
  if (!path_join(path, sizeof path, knowledge, "ontologies")) return err_set(e, ERR_IO, "the path is too long");
  if (!hash_folder(&ontology, path, 0, e) || !hash_folder(&all, knowledge, 0, e)) return false;
  snprintf(v->knowledge, sizeof v->knowledge, "%016" PRIx64, all);
  snprintf(v->ontology, sizeof v->ontology, "%016" PRIx64, ontology);
  model_hash(model, v->model);
  if (!names) return true;
  struct file_map m;
  if (!file_map_open(&m, names, e)) return false;
  snprintf(v->model, sizeof v->model, "%016" PRIx64, str_hash(file_map_str(&m), str_hash(str_of(v->model), 1)));
  file_map_release(&m);
  return true;
}
