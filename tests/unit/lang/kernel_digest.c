/* kernel_digest.c - a line for each of the kernels that this machine can run: its name and a digest of what it makes of made-up
 * sentences (states, tags, trees, margins). tools/check_kernels runs it on other machines, emulated, and compares.
 *
 *   kernel_digest MODEL */
#include "model/model.h"
#include "parse/greedy.h"
#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 300, SENTENCES = 3, ROUNDS = 12 };
static const char *const vocabulary[] = {"The",   "minister", "said",   "on",     "Monday", ",",   "that",  "troops",
                                         "would", "leave",    "Basra",  "U.S.",   "do",     "n't", "2,400", "\"",
                                         "xq7##", "Zaytsev",  "ATTACK", "killed", "by",     ".",   "and",   "after"};

static uint64_t digest(uint64_t h, const void *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) h = (h ^ ((const unsigned char *)bytes)[i]) * 1099511628211ull;
  return h;
}

static uint64_t read_all(const struct model *m, struct net_work *w, int16_t *slots, uint8_t *room) {
  static struct arc_state tree;
  static uint8_t upos[NET_ROWS], xpos[NET_ROWS];
  static uint16_t feats[NET_ROWS];
  uint64_t seed = 7, h = 14695981039346656037ull;
  str form[WORDS];
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < WORDS; i++) {
      seed = seed * 6364136223846793005ull + 1442695040888963407ull;
      form[i] = str_of(vocabulary[(seed >> 33) % (sizeof vocabulary / sizeof *vocabulary)]);
    }
    const uint32_t start[SENTENCES + 1] = {0, 1 + (uint32_t)(seed >> 40) % 90, 150, WORDS};
    const struct net_batch batch = {form, start, SENTENCES};
    const int8_t *state = net_encode(&m->net, w, &batch);
    h = digest(h, state, (size_t)WORDS * m->net.shape.d);
    net_tags(&m->net, w, state, WORDS, &(struct tag_columns){upos, xpos, feats, NULL, NULL, NULL});
    h = digest(digest(digest(h, upos, WORDS), xpos, WORDS), feats, WORDS * sizeof *feats);
    m->kernels->linear16(&m->net.slots, state, start[1], slots, room);
    parse_greedy(&m->net, m->kernels, slots, start[1], &tree);
    h = digest(h, tree.head + 1, start[1] * sizeof *tree.head);
    h = digest(h, tree.rel + 1, start[1] * sizeof *tree.rel);
    h = digest(h, tree.margin + 1, start[1]);
  }
  return h;
}

int main(int argc, char **argv) {
  static const char *const names[] = {"c", "avx2", "vnni", "avx512", "neon", "dotprod"};
  for (size_t i = 0; i < sizeof names / sizeof *names && argc == 2; i++) {
    struct err e = {0};
    struct model m;
    if (!kernels_choose(names[i], NULL)) continue;
    if (!model_open(&m, argv[1], names[i], &e)) {
      fprintf(stderr, "kernel_digest: %s\n", e.message);
      return 1;
    }
    struct net_work *w = net_work_new(&m.net, m.kernels, &e);
    int16_t *slots = aligned_alloc(64, (size_t)NET_ROWS * m.net.slots.out * sizeof *slots);
    uint8_t *room = aligned_alloc(64, (size_t)NET_ROWS * m.net.slots.in);
    if (!w || !slots || !room) return 1;
    printf("%s %016llx\n", names[i], (unsigned long long)read_all(&m, w, slots, room));
    net_work_free(w), free(slots), free(room);
    model_close(&m);
  }
  return argc == 2 ? 0 : 2;
}
