/* model.c - see model.h. */
#include "model/model.h"

bool model_open(struct model *m, const char *path, const char *isa, struct err *e) {
  memset(m, 0, sizeof *m);
  if (!(m->kernels = kernels_choose(isa, e)) || !model_file_open(&m->file, path, e)) return false;
  if (net_open(&m->net, &m->file, e) && lemma_table_open(&m->lemmas, &m->file, e)) return true;
  err_at(e, path, 0, 0);
  model_file_close(&m->file);
  return false;
}

void model_close(struct model *m) { model_file_close(&m->file); }

void model_hash(const struct model *m, char out[17]) {
  for (int i = 0; i < 16; i++) out[i] = "0123456789abcdef"[m->file.checksum >> (60 - 4 * i) & 15];
  out[16] = 0;
}
