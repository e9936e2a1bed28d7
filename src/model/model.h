/* model.h - the learned model of a language as the stages use it: file, network, lemmas, and the kernels for this machine.
 *
 * Opened once, immutable, shared by all threads; it must outlive the stages that were opened with it. */
#ifndef TR_MODEL_MODEL_H
#define TR_MODEL_MODEL_H
#include "model/lemma_table.h"
#include "model/net.h"

struct model {
  struct model_file file;
  struct net net;
  struct lemma_table lemmas;
  const struct kernels *kernels;
};

/* isa: name of the kernels, NULL or "" for the best (the command line passes the environment's TIGHTROPE_ISA). */
bool model_open(struct model *m, const char *path, const char *isa, struct err *e);
void model_close(struct model *m);
/* The checksum as 16 hexadecimal digits and NUL. */
void model_hash(const struct model *m, char out[17]);

#endif
