/* fuzz_correct.c - any bytes as corrections of another ledger: an error with its line, or gold that the same reader takes again. */
#include "ledger/correct.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool type(void *ctx, str name, int64_t *quad, double *score) {
  (void)ctx;
  *quad = 4, *score = -9;
  return str_is(name, "ASSAULT");
}

static struct ledger *empty_ledger(void) {
  char folder[] = "/tmp/fuzz-correct-XXXXXX", path[64];
  if (!mkdtemp(folder)) abort();
  snprintf(path, sizeof path, "%s/l.db", folder);
  struct ledger *g = ledger_open(path, LEDGER_WRITE, NULL);
  if (!g) abort();
  unlink(path); /* open files stay */
  snprintf(path, sizeof path, "%s/l.db-wal", folder), unlink(path);
  snprintf(path, sizeof path, "%s/l.db-shm", folder), unlink(path);
  rmdir(folder);
  return g;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct ledger *g;
  uint64_t taken, again;
  struct err e = {0};
  struct buf gold;
  if (!g) g = empty_ledger();
  buf_init(&gold, 1 << 24);
  if (!ledger_corrections_replay(g, (str){(const char *)data, size}, "file", type, NULL, &taken, &e)) {
    if (e.code == ERR_OK) abort();
  } else if (ledger_corrections_write(g, &gold, &e) &&
             (!ledger_corrections_replay(g, buf_str(&gold), "gold", type, NULL, &again, &e) || (taken && !again)))
    abort();
  buf_release(&gold);
  return 0;
}
