/* lang.h - what the language tests share: the shipped model, and documents made of tokens. */
#ifndef TR_TESTS_LANG_H
#define TR_TESTS_LANG_H
#include "model/model.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>

static inline const char *source_path(const char *name) {
  static char path[4096];
  const char *root = getenv("TIGHTROPE_SOURCE");
  snprintf(path, sizeof path, "%s/%s", root ? root : ".", name);
  return path;
}

static inline void open_shipped(struct model *m, const char *isa) {
  struct err e = {0};
  if (!model_open(m, source_path("models/en.model"), isa, &e)) fail_msg("%s", e.message);
}

/* Deterministic numbers for tests. */
static inline uint32_t test_random(uint64_t *s) {
  *s = *s * 6364136223846793005ull + 1442695040888963407ull;
  return (uint32_t)(*s >> 33);
}
#endif
