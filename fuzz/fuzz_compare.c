/* fuzz_compare.c - any bytes as an export of ACLED or UCDP beside an empty ledger: an error with its line, or rows that hold together. */
#include "report/compare.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool country(void *ctx, str name, char iso3[4]) {
  (void)ctx;
  if (name.n < 3) return false;
  memcpy(iso3, name.p, 3), iso3[3] = 0;
  return true;
}

static struct ledger *empty_ledger(void) {
  char folder[] = "/tmp/fuzz-compare-XXXXXX", path[64];
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
  if (!g) g = empty_ledger();
  const struct ledger_filter all = {.limit = 0};
  for (int s = 0; s < 2; s++) {
    struct compare_options o = {.source = s ? COMPARE_UCDP : COMPARE_ACLED, .window = 2, .km = 60, .country = country};
    struct comparison c;
    struct problems problems;
    struct err e = {0};
    problems_init(&problems);
    if (!compare_read(&c, g, &all, (str){(const char *)data, size}, "file", &o, &problems, &e) && e.code == ERR_OK)
      abort();
    compare_release(&c);
    problems_release(&problems);
  }
  return 0;
}
