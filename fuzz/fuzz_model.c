/* fuzz_model.c - any bytes as a model file: refused with an error, or a model that can read a sentence. Checksums are put right
 * first, so that the checks behind them are reached. */
#include "model/model.h"
#include "model_bytes.h"
#include "parse/greedy.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_sentence(const struct net *net, const struct lemma_table *lemmas) {
  const str form[3] = {STR("Troops"), STR("left"), STR(".")};
  const uint32_t start[2] = {0, 3};
  const struct net_batch batch = {form, start, 1};
  struct net_work *w = net_work_new(net, &kernels_c, NULL);
  struct arc_state *st = malloc(sizeof *st);
  int16_t *slots = calloc((size_t)8 * net->slots.out, sizeof *slots);
  uint8_t upos[4], xpos[4], *room = calloc(8, net->slots.in);
  uint16_t feats[4];
  char lemma[64];
  if (w && st && slots && room) {
    const int8_t *state = net_encode(net, w, &batch);
    net_tags(net, w, state, 3, &(struct tag_columns){upos, xpos, feats, NULL, NULL, NULL});
    kernels_c.linear16(&net->slots, state, 3, slots, room);
    parse_greedy(net, &kernels_c, slots, 3, st);
    for (int i = 0; i < 3; i++) lemma_of(lemmas, form[i], xpos[i], lemma, sizeof lemma);
  }
  net_work_free(w);
  free(st), free(slots), free(room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct net *net = calloc(1, sizeof *net);
  char *copy = aligned_alloc(64, (size + 127) & ~(size_t)63);
  struct lemma_table lemmas;
  struct model_file m;
  if (net && copy) {
    memcpy(copy, data, size);
    model_bytes_mend(copy, size);
    if (model_file_view(&m, copy, size, "fuzz", NULL) && net_open(net, &m, NULL) && lemma_table_open(&lemmas, &m, NULL))
      read_sentence(net, &lemmas);
  }
  free(net);
  free(copy);
  return 0;
}
