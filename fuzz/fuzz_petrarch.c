/* fuzz_petrarch.c - any bytes as a dictionary of PETRARCH: lines are noted, the rest is loaded, and a sentence can be coded by it. The first
 * byte says what kind of file it is. */
#include "doc/conllu.h"
#include "doc/tree.h"
#include "petrarch/petr_stage.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sentence[] = "# newdoc id = 1\n"
                               "1\tRuritania\tRuritania\tPROPN\tNNP\t_\t4\tnsubj\t_\t_\n"
                               "2\tand\tand\tCCONJ\tCC\t_\t3\tcc\t_\t_\n"
                               "3\tLutha\tLutha\tPROPN\tNNP\t_\t1\tconj\t_\t_\n"
                               "4\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
                               "5\tit\tit\tPRON\tPRP\t_\t6\tnsubj\t_\t_\n"
                               "6\tattacked\tattack\tVERB\tVBD\t_\t4\tccomp\t_\t_\n"
                               "7\tthe\tthe\tDET\tDT\t_\t8\tdet\t_\t_\n"
                               "8\tpolice\tpolice\tNOUN\tNN\t_\t6\tobj\t_\t_\n"
                               "9\tof\tof\tADP\tIN\t_\t10\tcase\t_\t_\n"
                               "10\tGraustark\tGraustark\tPROPN\tNNP\t_\t8\tnmod\t_\t_\n\n";

static void code(const struct petr_dict *d, struct symtab *words) {
  struct conllu_reader r;
  struct doc doc;
  struct buf text;
  str source;
  struct err e = {0};
  doc_init(&doc);
  buf_init(&text, 1 << 16);
  conllu_reader_init(&r, str_of(sentence), "fuzz");
  if (conllu_read(&r, &doc, words, 8, &text, &source, &e)) {
    tree_link(&doc);
    doc.date = 15000;
    petr_stage.run(d, (void *)(uintptr_t)d, &doc, &e);
  }
  buf_release(&text);
  doc_release(&doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char verbs[] = "--- SAY [010] ---\nSAY {SAID}\n--- ATTACK [190] ---\nATTACK\n- % * POLICE OF $ [191]\n";
  static const char actors[] = "RURITANIA [RUR]\nLUTHA [LUT]\nGRAUSTARK [GRA]\n";
  struct symtab words;
  struct err e = {0};
  if (!size || !symtab_init(&words)) return 0;
  struct petr_dict *d = petr_dict_new();
  if (!d) abort();
  uint8_t kind = data[0] % PETR_FILE_KINDS;
  d->options.new_actor_length = data[0] & 64 ? 3 : 0;
  if (data[0] & 32) d->options.style = PETR_STYLE_TREE, d->tree_style = true;
  bool ok = petr_dict_read(d, &words, kind, (str){(const char *)data + 1, size - 1}, "fuzz", &e);
  if (ok && kind != PETR_FILE_VERBS) ok = petr_dict_read(d, &words, PETR_FILE_VERBS, str_of(verbs), "verbs", &e);
  if (ok && kind != PETR_FILE_ACTORS) ok = petr_dict_read(d, &words, PETR_FILE_ACTORS, str_of(actors), "actors", &e);
  if (ok) code(d, &words);
  petr_dict_close(d);
  symtab_release(&words);
  return 0;
}
