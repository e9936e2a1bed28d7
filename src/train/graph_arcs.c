/* graph_arcs.c - the second look at arcs (model/arcs.h) in training: heads by softmax over all words of the sentence, relations of the
 * gold arcs with the facts of a tree as the parser made it. See graph.h. */
#include "train/graph.h"
#include <math.h>

void graph_arcs(struct graph *g, const struct graph_batch *b) {
  const float *x = g->state[g->nlayer].x;
  if (!g->config.arcs) return;
  graph_linear(g, g->arcs, x, &g->arc_w, &g->arc_b, b->padded);
  gemm(g->relations, x, g->rel_w.w, b->padded, g->rel_w.cols, g->rel_w.rows, false, g->room);
  if (!g->training) return;
  memset(g->darcs, 0, (size_t)b->padded * 2 * g->config.arcs * 4);
  memset(g->drelations, 0, (size_t)b->padded * 2 * g->config.relations * 4);
}

void graph_arcs_back(struct graph *g, const struct graph_batch *b) {
  const float *x = g->state[g->nlayer].x;
  if (!g->config.arcs) return;
  graph_linear_back(g, g->dstate, true, g->darcs, x, &g->arc_w, &g->arc_b, b->padded);
  gemm_tn(g->rel_w.g, x, g->drelations, g->rel_w.rows, g->rel_w.cols, b->padded, true, g->room);
  gemm_nt(g->dstate, g->drelations, g->rel_w.w, b->padded, g->rel_w.rows, g->rel_w.cols, true, g->room);
}

/* x = max(x, 0), with dropout; the mask is kept for the way back. */
static void rectify(struct graph *g, float *x, float *mask, size_t n) {
  float keep = 1 / (1 - g->config.dropout);
  for (size_t i = 0; i < n; i++) {
    mask[i] = x[i] <= 0 ? 0 : !g->training ? 1 : rng_unit(&g->rng) < g->config.dropout ? 0 : keep;
    x[i] *= mask[i];
  }
}

/* Softmax over n scores, of which score[skip] does not count; leaves `weight` times the gradient. */
static double heads_loss(float *score, int n, int skip, int gold, float weight) {
  float most = -1e9f, z = 0;
  for (int i = 0; i < n; i++)
    if (i != skip && score[i] > most) most = score[i];
  for (int i = 0; i < n; i++) z += score[i] = i == skip ? 0 : train_exp(score[i] - most);
  double loss = -log((double)(score[gold] / z) + 1e-9);
  for (int i = 0; i < n; i++) score[i] *= weight / z;
  score[gold] -= weight;
  return loss * (double)weight;
}

/* ---- heads ---- */

struct pairing { /* of one dependent with all words of its sentence */
  int n, t;
  float p[ARCS_WIDTH_MAX], mask[ARCS_WIDTH_MAX], score[ARC_TOKENS + 1], far[ARCS_FAR];
  float *row0; /* of the sentence's first word in `arcs` */
};

static const float *head_vector(const struct graph *g, const float *row0, int h) {
  size_t a = g->config.arcs;
  return h ? row0 + (size_t)(h - 1) * 2 * a + a : g->arc_root.w;
}

TRAIN_CLONES static void pair_scores(struct graph *g, struct pairing *p) {
  size_t a = g->config.arcs;
  for (size_t k = 0; k < ARCS_FAR; k++) p->far[k] = train_dot(p->p, g->arc_far.w + k * a, a);
  for (int h = 0; h <= p->n; h++)
    p->score[h] = h == p->t ? -1e9f : train_dot(p->p, head_vector(g, p->row0, h), a) + p->far[arcs_far(p->t, h)];
}

TRAIN_CLONES static void pair_back(struct graph *g, struct pairing *p, float *drow0) {
  size_t a = g->config.arcs;
  float d[ARCS_WIDTH_MAX] = {0}, far[ARCS_FAR] = {0};
  for (int h = 0; h <= p->n; h++) {
    if (h == p->t) continue;
    float s = p->score[h];
    train_axpy(d, s, head_vector(g, p->row0, h), a);
    train_axpy(h ? drow0 + (size_t)(h - 1) * 2 * a + a : g->arc_root.g, s, p->p, a);
    far[arcs_far(p->t, h)] += s;
  }
  for (size_t k = 0; k < ARCS_FAR; k++) {
    train_axpy(d, far[k], g->arc_far.w + k * a, a);
    train_axpy(g->arc_far.g + k * a, far[k], p->p, a);
  }
  float *to = drow0 + (size_t)(p->t - 1) * 2 * a;
  for (size_t i = 0; i < a; i++) to[i] += d[i] * p->mask[i];
}

static double heads_look(struct graph *g, const struct gold_sentence *s, int row0) {
  size_t a = g->config.arcs;
  struct pairing p = {.n = s->n, .row0 = g->arcs + (size_t)row0 * 2 * a};
  double loss = 0;
  for (p.t = 1; p.t <= s->n; p.t++) {
    memcpy(p.p, p.row0 + (size_t)(p.t - 1) * 2 * a, a * 4);
    rectify(g, p.p, p.mask, a);
    pair_scores(g, &p);
    if (g->training) {
      loss += heads_loss(p.score, s->n + 1, p.t, s->word[p.t].head, g->config.arcs_weight);
      pair_back(g, &p, g->darcs + (size_t)row0 * 2 * a);
    } else {
      int best = p.t == 1 ? 0 : 1;
      for (int h = 0; h <= s->n; h++)
        if (h != p.t && p.score[h] > p.score[best]) best = h;
      g->prediction[row0 + p.t - 1].likely = (int16_t)best;
    }
  }
  return loss;
}

/* ---- relations ---- */

struct telling { /* the relation of one arc */
  int t, head;
  uint32_t row[ARCS_ROWS_MAX], n;
  float h[ARCS_WIDTH_MAX], mask[ARCS_WIDTH_MAX], out[SCORE_MAX];
};

static size_t dependent_part(const struct graph *g, int row0, int t) {
  return (size_t)(row0 + t - 1) * 2 * g->config.relations;
}

TRAIN_CLONES static void tell(struct graph *g, struct telling *r, int row0) {
  size_t nh = g->config.relations, cols = (size_t)g->rel_out.cols;
  memcpy(r->h, g->relations + dependent_part(g, row0, r->t), nh * 4);
  train_axpy(r->h, 1, r->head ? g->relations + dependent_part(g, row0, r->head) + nh : g->rel_null.w, nh);
  for (uint32_t k = 0; k < r->n; k++) train_axpy(r->h, 1, g->rel_fact.w + r->row[k] * nh, nh);
  rectify(g, r->h, r->mask, nh);
  memcpy(r->out, g->rel_bias.w, cols * 4);
  for (size_t i = 0; i < nh; i++)
    if (r->h[i] != 0) train_axpy(r->out, r->h[i], g->rel_out.w + i * cols, cols);
}

TRAIN_CLONES static void tell_back(struct graph *g, const struct telling *r, int row0) {
  size_t nh = g->config.relations, cols = (size_t)g->rel_out.cols;
  float d[ARCS_WIDTH_MAX];
  train_axpy(g->rel_bias.g, 1, r->out, cols);
  for (size_t i = 0; i < nh; i++) {
    d[i] = 0;
    if (r->h[i] == 0) continue;
    train_axpy(g->rel_out.g + i * cols, r->h[i], r->out, cols);
    d[i] = train_dot(g->rel_out.w + i * cols, r->out, cols) * r->mask[i];
  }
  train_axpy(g->drelations + dependent_part(g, row0, r->t), 1, d, nh);
  train_axpy(r->head ? g->drelations + dependent_part(g, row0, r->head) + nh : g->rel_null.g, 1, d, nh);
  for (uint32_t k = 0; k < r->n; k++) train_axpy(g->rel_fact.g + r->row[k] * nh, 1, d, nh);
}

static int best_relation(struct graph *g, const struct telling *r) {
  int best = 0;
  float most = 0;
  for (int i = 1; i < g->inventory->deprel.n; i++)
    if (r->out[i] > r->out[best]) best = i;
  for (uint32_t i = 0; i < g->config.relations; i++) most = r->h[i] > most ? r->h[i] : most;
  g->seen_relations += (double)most, g->seen_arcs++;
  return best;
}

/* In training the arcs are gold, the facts about them what the parser said just now (graph_parse left it in g->told). */
static double relations_look(struct graph *g, const struct gold_sentence *s, int row0) {
  struct arc_links l = {.n = s->n};
  struct telling r;
  double loss = 0;
  int nrel = g->inventory->deprel.n;
  for (int t = 1; t <= s->n; t++) l.head[t] = g->arc.head[t], l.rel[t] = g->training ? g->told[t] : g->arc.rel[t];
  arc_links_make(&l);
  for (r.t = 1; r.t <= s->n; r.t++) {
    if (g->training && s->word[r.t].deprel < 0) continue;
    r.head = g->training ? s->word[r.t].head : l.head[r.t];
    r.n = arc_facts(&l, (uint32_t)nrel, r.t, r.head, r.row);
    tell(g, &r, row0);
    if (g->training) {
      loss += heads_loss(r.out, nrel, -1, s->word[r.t].deprel, g->config.arcs_weight);
      for (int i = nrel; i < g->rel_out.cols; i++) r.out[i] = 0;
      tell_back(g, &r, row0);
    } else g->prediction[row0 + r.t - 1].told = (int16_t)best_relation(g, &r);
  }
  return loss;
}

double graph_arcs_look(struct graph *g, const struct graph_batch *b, int which) {
  if (!g->config.arcs) return 0;
  const struct gold_sentence *s = b->sentence[which];
  double loss = heads_look(g, s, b->start[which]);
  return loss + relations_look(g, s, b->start[which]);
}
