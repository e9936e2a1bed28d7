/* rescore.c - see rescore.h. */
#include "parse/rescore.h"
#include <stdlib.h>

/* Scores are logits. Another head must be better than the parser's by AHEAD, and by the more the surer the parser was (its margin, in
 * sixteenths of a logit); a relation must be better than the parser's by KEEP. Chosen on the dev sets, where they change little. */
enum { SURE = 128 };
static const float AHEAD = 0.7f, STEADY = 0.03f, KEEP = 2.0f;

bool rescore_open(struct rescore_work *w, const struct net *net, struct err *e) {
  const struct arc_scorer *a = &net->arcs;
  *w = (struct rescore_work){0};
  if (!a->width) return true;
  w->arcs = aligned_alloc(64, (size_t)NET_ROWS * a->arcs.out * sizeof *w->arcs);
  w->relations = aligned_alloc(64, (size_t)NET_ROWS * a->relations.out * sizeof *w->relations);
  w->scratch = aligned_alloc(64, (size_t)NET_ROWS * a->arcs.in);
  if (w->arcs && w->relations && w->scratch) return true;
  rescore_close(w);
  return err_set(e, ERR_NOMEM, "no memory for the parser");
}

void rescore_close(struct rescore_work *w) {
  free(w->arcs), free(w->relations), free(w->scratch);
  *w = (struct rescore_work){0};
}

/* ---- heads ---- */

static float inner(const float *x, const float *y, uint32_t n) { /* in eight lanes: one order of additions everywhere */
  float lane[8] = {0};
  for (uint32_t i = 0; i < n; i += 8)
    for (uint32_t k = 0; k < 8; k++) lane[k] += x[i + k] * y[i + k];
  return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

static bool above(const struct arc_state *st, int t, int h) { /* whether t stands over h, or is it */
  for (; h > 0; h = st->head[h])
    if (h == t) return true;
  return false;
}

static bool crosses(const struct arc_state *st, int t, int h) {
  int from = t < h ? t : h, to = t < h ? h : t;
  for (int k = 1; k <= st->n; k++) {
    if (k == t || st->head[k] < 0) continue;
    int a = k < st->head[k] ? k : st->head[k], b = k < st->head[k] ? st->head[k] : k;
    if ((a < from && b > from && b < to) || (a > from && a < to && b > to)) return true;
  }
  return false;
}

/* score[1..n]: how well each word suits as the head of t. */
static void heads_score(const struct arc_scorer *a, const float *arcs, int n, int t, float *score) {
  float p[ARCS_WIDTH_MAX], far[ARCS_FAR];
  uint32_t w = a->width;
  const float *of_t = arcs + (size_t)(t - 1) * 2 * w;
  for (uint32_t i = 0; i < w; i++) p[i] = of_t[i] > 0 ? of_t[i] : 0;
  for (uint32_t i = 0; i < ARCS_FAR; i++) far[i] = inner(p, a->far + (size_t)i * w, w);
  for (int h = 1; h <= n; h++)
    score[h] = h == t ? -1e9f : inner(p, arcs + (size_t)(h - 1) * 2 * w + w, w) + far[arcs_far(t, h)];
}

static void head_look(const struct arc_scorer *a, const float *arcs, struct arc_state *st, int t) {
  float score[ARC_TOKENS + 1];
  int now = st->head[t], best = now;
  heads_score(a, arcs, st->n, t, score);
  float least = score[now] + AHEAD + STEADY * (float)st->margin[t];
  for (int h = 1; h <= st->n; h++) {
    if (score[h] <= least || above(st, t, h) || crosses(st, t, h)) continue;
    least = score[h], best = h;
  }
  st->head[t] = (int16_t)best;
}

/* ---- relations ---- */

static int relation_look(const struct net *net, const struct kernels *k, struct rescore_work *w, int t) {
  const struct arc_scorer *a = &net->arcs;
  const struct arc_links *l = &w->links;
  _Alignas(64) int8_t hidden[ARCS_WIDTH_MAX];
  _Alignas(64) float score[SCORE_MAX];
  uint32_t fact[ARCS_ROWS_MAX], n = arc_facts(l, a->nrel, t, l->head[t], fact), nrow = 0;
  const int16_t *row[ARCS_ROWS_MAX + 2];
  row[nrow++] = w->relations + (size_t)(t - 1) * 2 * a->hidden;
  row[nrow++] = l->head[t] ? w->relations + (size_t)(l->head[t] - 1) * 2 * a->hidden + a->hidden : a->null;
  for (uint32_t i = 0; i < n; i++) row[nrow++] = a->fact + (size_t)fact[i] * a->hidden;
  k->accumulate(hidden, row, nrow, a->hidden);
  k->best(&a->out, hidden, a->out.bias, score);
  int best = l->rel[t];
  score[best] += KEEP;
  for (int r = 0; r < (int)a->nrel; r++)
    if (r != (int)net->shape.root && score[r] > score[best]) best = r;
  return best;
}

void rescore(const struct net *net, const struct kernels *k, struct rescore_work *w, const int8_t *state,
             struct arc_state *st) {
  const struct arc_scorer *a = &net->arcs;
  struct arc_links *l = &w->links;
  if (!a->width || st->n < 2) return;
  k->linear(&a->arcs, state, (uint32_t)st->n, w->arcs, w->scratch);
  for (int t = 1; t <= st->n; t++)
    if (st->head[t] > 0 && st->margin[t] < SURE) head_look(a, w->arcs, st, t);
  k->linear16(&a->relations, state, (uint32_t)st->n, w->relations, w->scratch);
  l->n = st->n;
  memcpy(l->head, st->head, sizeof *l->head * (size_t)(st->n + 1));
  memcpy(l->rel, st->rel, sizeof *l->rel * (size_t)(st->n + 1));
  arc_links_make(l);
  for (int t = 1; t <= st->n; t++)
    if (l->head[t] > 0) l->rel[t] = (int16_t)relation_look(net, k, w, t);
  memcpy(st->rel, l->rel, sizeof *l->rel * (size_t)(st->n + 1));
}
