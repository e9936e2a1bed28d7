/* model_bytes.h - what the targets that read model files share. */
#ifndef TR_FUZZ_MODEL_BYTES_H
#define TR_FUZZ_MODEL_BYTES_H
#include "base/checksum.h"
#include "model/model_file.h"

/* Puts the magic, sizes and checksums of a changed model file right, so that the checks behind them are reached. */
static inline void model_bytes_mend(char *p, size_t n) {
  uint32_t sections;
  if (n < 48) return;
  memcpy(p, "TIGHTROPE MODEL\n", 16);
  memcpy(&sections, p + 20, 4);
  size_t table = (size_t)sections * 32;
  if (sections > MODEL_SECTIONS_MAX || 48 + table > n) return;
  uint64_t size = n, a = checksum64(p + 48, table), b = checksum64(p + 48 + table, n - 48 - table);
  uint32_t version = MODEL_VERSION;
  memcpy(p + 16, &version, 4), memcpy(p + 24, &size, 8), memcpy(p + 32, &a, 8), memcpy(p + 40, &b, 8);
}

#endif
