/* greedy.c - see greedy.h. */
#include "parse/greedy.h"

void parse_greedy(const struct net *net, const struct kernels *k, const int16_t *slots, uint32_t n,
                  struct arc_state *st) {
  const struct net_shape *s = &net->shape;
  int nrel = (int)s->ndeprel;
  _Alignas(64) int8_t hidden[NET_WIDTH_MAX];
  _Alignas(64) float score[SCORE_MAX];
  arc_start(st, (int)n);
  while (!arc_done(st)) {
    int allowed = arc_allowed(st), tok[ARC_SLOTS], fact[ARC_EXTRAS];
    if (arc_root_next(st)) {
      arc_apply(st, 1 + nrel + (int)s->root, nrel);
      continue;
    }
    if (allowed == 1) { /* nothing but shift */
      arc_apply(st, 0, nrel);
      continue;
    }
    const int16_t *row[ARC_SLOTS + ARC_EXTRAS + 1];
    uint32_t nrow = 0;
    arc_view(st, tok, fact);
    for (uint32_t i = 0; i < s->nslot; i++) {
      int t = tok[s->slot[i]];
      row[nrow++] = t > 0 ? slots + ((size_t)(t - 1) * s->nslot + i) * s->h : net->null + (size_t)i * s->h;
    }
    for (uint32_t i = 0; i < ARC_EXTRAS; i++)
      row[nrow++] = net->extra + ((size_t)i * ARC_EXTRA_ROWS + (size_t)fact[i]) * s->h;
    row[nrow++] = net->hidden;
    k->accumulate(hidden, row, nrow, s->h);
    arc_apply(st, (int)k->best(&net->actions, hidden, net->bias[allowed], score), nrel);
  }
}
