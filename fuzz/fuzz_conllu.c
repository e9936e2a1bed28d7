/* fuzz_conllu.c - any bytes as CoNLL-U: an error with a place, or documents that can be written and read again. */
#include "doc/conllu.h"
#include "train/score.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  str all = {(const char *)data, size}, source;
  struct conllu_reader r;
  struct symtab words;
  struct doc d;
  struct buf text, out;
  struct scores scores;
  struct err e = {0};
  if (!symtab_init(&words)) return 0;
  doc_init(&d);
  buf_init(&text, 1 << 24), buf_init(&out, 1 << 26);
  conllu_reader_init(&r, all, "fuzz");
  while (conllu_read(&r, &d, &words, 8, &text, &source, &e)) {
    conllu_write_over(&d, source, NULL, &out);
    conllu_write(&d, STR("x"), NULL, &out);
  }
  score_conllu(all, "fuzz", all, "fuzz", NULL, 0, &scores, NULL);
  doc_release(&d);
  symtab_release(&words);
  buf_release(&text), buf_release(&out);
  return 0;
}
