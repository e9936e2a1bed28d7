/* checksum.c - four lanes of multiply and shift, joined at the end. */
#include "base/checksum.h"

uint64_t checksum_join(uint64_t h, uint64_t v) {
  h = (h ^ v) * 0x9FB21C651E98DF25ull;
  return h ^ h >> 29;
}

static uint64_t little64(const char *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

uint64_t checksum64(const void *bytes, size_t n) {
  const char *p = bytes;
  uint64_t lane[4] = {1, 2, 3, 4}, tail = n;
  size_t i = 0;
  for (; i + 32 <= n; i += 32)
    for (int k = 0; k < 4; k++) lane[k] = checksum_join(lane[k], little64(p + i + 8 * k));
  for (; i < n; i++) tail = checksum_join(tail, (unsigned char)p[i]);
  for (int k = 0; k < 4; k++) tail = checksum_join(tail, lane[k]);
  return tail;
}
