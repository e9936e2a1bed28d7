/* fuzz_names.c - any bytes as the head of models/en.names: refused with an error, or weights that can all be read. The weights behind the
 * head are the shipped ones, and checksums are put right first, so that the checks behind them are reached. */
#define _GNU_SOURCE
#include "actor/name_tagger.h"
#include "base/file.h"
#include "model_bytes.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HEAD_MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool shipped(struct buf *b) {
  char path[4096];
  const char *root = getenv("TIGHTROPE_SOURCE");
  struct err e = {0};
  snprintf(path, sizeof path, "%s/models/en.names", root ? root : ".");
  return file_read(b, path, &e);
}

/* Reads every weight; what it returns keeps the compiler from leaving that out. */
static int walk(const struct name_tagger *t) {
  int sum = 0;
  for (size_t i = 0; i < (size_t)LABEL_LANES << NAME_ROWS_LOG; i++) sum += t->rows[i];
  for (size_t i = 0; i < LABEL_LANES * LABEL_LANES; i++) sum += t->moves[i];
  return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct buf b;
  struct name_tagger t;
  struct err e = {0};
  char path[64];
  int fd = memfd_create("fuzz", 0), sum = 0;
  buf_init(&b, (size_t)1 << 24);
  if (fd >= 0 && shipped(&b)) {
    size_t n = size < HEAD_MOST ? size : HEAD_MOST;
    if (n > b.n) n = b.n;
    memcpy(b.p, data, n);
    if (n < 64) b.n = n; /* a file that ends in its head */
    model_bytes_mend(b.p, b.n);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, b.p, b.n) == (ssize_t)b.n && name_tagger_open(&t, path, &e)) {
      sum = walk(&t);
      name_tagger_close(&t);
    }
  }
  if (fd >= 0) close(fd);
  buf_release(&b);
  return sum == INT32_MIN; /* never: 0 */
}
