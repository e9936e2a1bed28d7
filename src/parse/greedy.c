/* greedy.c - see greedy.h. */
#include "parse/greedy.h"

static float largest(const float *score, int n) { /* in eight lanes, which compilers make vectors of */
  float m[8];
  int i = 0;
  for (int k = 0; k < 8; k++) m[k] = -1e9f;
  for (; i + 8 <= n; i += 8)
    for (int k = 0; k < 8; k++) m[k] = score[i + k] > m[k] ? score[i + k] : m[k];
  for (; i < n; i++) m[0] = score[i] > m[0] ? score[i] : m[0];
  for (int k = 1; k < 8; k++) m[0] = m[k] > m[0] ? m[k] : m[0];
  return m[0];
}

/* How far `move` is ahead of the moves of the other two kinds; -1 if those are forbidden (scores of -1e9). */
static int margin_of(const float *score, int move, int nrel) {
  float second = move ? score[0] : -1e9f, left = -1e9f, right = -1e9f;
  if (!move || move > nrel) left = largest(score + 1, nrel);
  if (move <= nrel) right = largest(score + 1 + nrel, nrel);
  second = left > second ? left : second, second = right > second ? right : second;
  if (second < -1e8f) return -1;
  float ahead = (score[move] - second) * 16.0f;
  return ahead < 0 ? 0 : ahead > 255.0f ? 255 : (int)ahead;
}

void parse_greedy(const struct net *net, const struct kernels *k, const int16_t *slots, uint32_t n,
                  struct arc_state *st) {
  const struct net_shape *s = &net->shape;
  int nrel = (int)s->ndeprel, last = 255;
  _Alignas(64) int8_t hidden[NET_WIDTH_MAX];
  _Alignas(64) float score[SCORE_MAX];
  arc_start(st, (int)n);
  while (!arc_done(st)) {
    int allowed = arc_allowed(st), tok[ARC_SLOTS], fact[ARC_EXTRAS];
    if (arc_root_next(st)) {
      if (last < st->margin[st->stack[1]]) st->margin[st->stack[1]] = (uint8_t)last;
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
    int move = (int)k->best(&net->actions, hidden, net->bias[allowed], score);
    int margin = margin_of(score, move, nrel);
    uint8_t *least = &st->margin[st->stack[st->top - 1]];
    if (margin < 0) margin = last; /* forced: as sure as what forced it */
    if (margin < *least) *least = (uint8_t)margin;
    last = margin;
    arc_apply(st, move, nrel);
  }
}
