/* fuzz_audit.c - any bytes as the key and the sheets of an audit: an error with its line, or counts that hold together. */
#include "report/audit.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const names[3] = {"key", "a", "b"}, *const types[] = {"ASSAULT", "CONSULT", NULL};
  str all = {(const char *)data, size};
  size_t cut = str_find_str(all, STR("\n==\n"));
  const str key = str_sub(all, 0, cut), sheet = str_from(all, cut + 4 < size ? cut + 4 : size);
  const str text[3] = {key, sheet, sheet};
  struct audit_score s;
  struct buf gold;
  struct err e = {0};
  buf_init(&gold, 1 << 24);
  if (audit_score(text, names, types, &s, &gold, &e)) {
    if (s.coded > s.items) abort();
    for (size_t k = 0; k < AUDIT_QUESTIONS; k++) /* the same sheet twice */
      if (s.question[k].agree != s.question[k].n || s.question[k].right > s.question[k].agree) abort();
  } else if (e.code == ERR_OK) abort();
  buf_release(&gold);
  return 0;
}
