/* graph_heads.c - what is read from the encoder's states in training: tags and transitions. See graph.h. */
#include "train/graph.h"
#include <math.h>

/* ---- tags ---- */

static int largest(const float *x, int n) {
  int b = 0;
  for (int i = 1; i < n; i++)
    if (x[i] > x[b]) b = i;
  return b;
}

/* Cross-entropy; leaves `weight` times its gradient in x. gold < 0: not annotated, no loss. */
static double softmax_loss(float *x, int n, int gold, float weight) {
  if (gold < 0) {
    memset(x, 0, (size_t)n * 4);
    return 0;
  }
  float most = x[largest(x, n)], z = 0;
  for (int i = 0; i < n; i++) z += x[i] = train_exp(x[i] - most);
  double loss = -log((double)(x[gold] / z) + 1e-9);
  for (int i = 0; i < n; i++) x[i] *= weight / z;
  x[gold] -= weight;
  return loss;
}

void graph_tag(struct graph *g, const struct graph_batch *b) {
  graph_linear(g, g->tag_out, g->state[g->nlayer].x, &g->tag_w, &g->tag_b, b->padded);
  for (int r = 0; r < b->n; r++) {
    const float *o = g->tag_out + (size_t)r * g->tags;
    g->prediction[r].upos = (int16_t)largest(o, g->inventory->upos.n);
    g->prediction[r].xpos = (int16_t)largest(o + g->xpos_at, g->inventory->xpos.n);
    g->prediction[r].feats = (int16_t)largest(o + g->feats_at, g->inventory->feats.n);
  }
}

double graph_tag_back(struct graph *g, const struct graph_batch *b) {
  const struct inventory *inv = g->inventory;
  double loss = 0;
  int r = 0;
  for (int s = 0; s < b->nsent; s++)
    for (int t = 1; t <= b->sentence[s]->n; t++, r++) {
      const struct gold_word *w = &b->sentence[s]->word[t];
      float *o = g->tag_out + (size_t)r * g->tags;
      loss += softmax_loss(o, inv->upos.n, w->upos, 1) + softmax_loss(o + g->xpos_at, inv->xpos.n, w->xpos, 1) +
              softmax_loss(o + g->feats_at, inv->feats.n, w->feats, g->config.feats_weight);
      for (uint32_t i = (uint32_t)inv->upos.n; i < g->xpos_at; i++) o[i] = 0;
      for (uint32_t i = g->xpos_at + (uint32_t)inv->xpos.n; i < g->feats_at; i++) o[i] = 0;
      for (uint32_t i = g->feats_at + (uint32_t)inv->feats.n; i < g->tags; i++) o[i] = 0;
    }
  memset(g->tag_out + (size_t)b->n * g->tags, 0, (size_t)(b->padded - b->n) * g->tags * 4);
  graph_linear_back(g, g->dstate, true, g->tag_out, g->state[g->nlayer].x, &g->tag_w, &g->tag_b, b->padded);
  return loss;
}

/* ---- transitions ---- */

void graph_slots(struct graph *g, const struct graph_batch *b) {
  gemm(g->slots, g->state[g->nlayer].x, g->slot_w.w, b->padded, g->slot_w.cols, g->slot_w.rows, false, g->room);
}

void graph_slots_back(struct graph *g, const struct graph_batch *b) {
  gemm_tn(g->slot_w.g, g->state[g->nlayer].x, g->dslots, g->slot_w.rows, g->slot_w.cols, b->padded, true, g->room);
  gemm_nt(g->dstate, g->dslots, g->slot_w.w, b->padded, g->slot_w.rows, g->slot_w.cols, true, g->room);
}

struct view { /* rows of a state's hidden layer: in the weights, and in the gradients */
  const float *w[ARC_SLOTS + ARC_EXTRAS + 1];
  float *g[ARC_SLOTS + ARC_EXTRAS + 1];
  uint32_t n;
};

static void view_of(struct graph *g, int row0, struct view *v) {
  size_t h = g->config.h;
  int tok[ARC_SLOTS], fact[ARC_EXTRAS];
  arc_view(&g->arc, tok, fact);
  v->n = 0;
  for (uint32_t k = 0; k < g->config.nslot; k++, v->n++) {
    int t = tok[g->config.slot[k]];
    size_t at = t > 0 ? ((size_t)(row0 + t - 1) * g->config.nslot + k) * h : k * h;
    v->w[v->n] = (t > 0 ? g->slots : g->null.w) + at;
    v->g[v->n] = (t > 0 ? g->dslots : g->null.g) + at;
  }
  for (size_t k = 0; k < ARC_EXTRAS; k++, v->n++) {
    size_t at = (k * ARC_EXTRA_ROWS + (size_t)fact[k]) * h;
    v->w[v->n] = g->extra.w + at, v->g[v->n] = g->extra.g + at;
  }
  v->w[v->n] = g->hidden.w, v->g[v->n++] = g->hidden.g;
}

TRAIN_CLONES static void scores(struct graph *g, const struct view *v, float *h, float *mask, float *out) {
  size_t nh = g->config.h;
  float keep = 1 / (1 - g->config.dropout);
  memset(h, 0, nh * 4);
  for (uint32_t k = 0; k < v->n; k++) train_axpy(h, 1, v->w[k], nh);
  for (size_t i = 0; i < nh; i++) {
    mask[i] = h[i] <= 0 ? 0 : !g->training ? 1 : rng_unit(&g->rng) < g->config.dropout ? 0 : keep;
    h[i] *= mask[i];
  }
  memcpy(out, g->action_b.w, g->actions * 4);
  for (size_t i = 0; i < nh; i++)
    if (h[i] != 0) train_axpy(out, h[i], g->action_w.w + i * g->actions, g->actions);
}

TRAIN_CLONES static void scores_back(struct graph *g, const struct view *v, const float *h, const float *mask,
                                     const float *dout) {
  size_t nh = g->config.h;
  float d[NET_WIDTH_MAX];
  train_axpy(g->action_b.g, 1, dout, g->actions);
  for (size_t i = 0; i < nh; i++) {
    d[i] = 0;
    if (h[i] == 0) continue;
    train_axpy(g->action_w.g + i * g->actions, h[i], dout, g->actions);
    d[i] = train_dot(g->action_w.w + i * g->actions, dout, g->actions) * mask[i];
  }
  for (uint32_t k = 0; k < v->n; k++) train_axpy(v->g[k], 1, d, nh);
}

static int kind_of(int action, int nrel) { return action == 0 ? 0 : action <= nrel ? 1 : 2; }

/* The move that scores best among those allowed, and in *right the best of the right ones: the least costly, with the
 * gold relation of the word that they attach. */
static int choose(const struct graph *g, const struct gold_sentence *s, const int16_t *gold, const float *out,
                  int *right) {
  const struct arc_state *st = &g->arc;
  int nrel = g->inventory->deprel.n, allowed = arc_allowed(st), best = -1, cost[3], least = 1 << 30;
  int s0 = st->stack[st->top - 1];
  *right = -1;
  if (g->training) arc_costs(st, gold, cost);
  for (int k = 0; k < 3 && g->training; k++)
    if ((allowed >> k & 1) && cost[k] < least) least = cost[k];
  for (int k = 0; k < 3; k++) {
    if (!(allowed >> k & 1)) continue;
    int from = k == 0 ? 0 : k == 1 ? 1 : 1 + nrel, to = k == 0 ? 1 : from + nrel;
    for (int a = from; a < to; a++)
      if (best < 0 || out[a] > out[best]) best = a;
    if (!g->training || cost[k] != least) continue;
    int rel = s->word[s0].deprel, a = k ? from + (rel < 0 ? 0 : rel) : 0;
    if (*right < 0 || out[a] > out[*right]) *right = a;
  }
  return best;
}

/* The relation that the parser would give the word on top, for each of the two ways to attach it. */
static void tell_relations(const struct graph *g, const float *out, int told[2]) {
  int nrel = g->inventory->deprel.n;
  for (int side = 0; side < 2; side++) {
    const float *of = out + 1 + side * nrel;
    told[side] = 0;
    for (int i = 1; i < nrel; i++)
      if (of[i] > of[told[side]]) told[side] = i;
  }
}

/* Softmax over the allowed moves; leaves the gradient in out. */
static double moves_loss(const struct graph *g, float *out, int best, int right) {
  int nrel = g->inventory->deprel.n, n = 1 + 2 * nrel, allowed = arc_allowed(&g->arc);
  float most = out[best], z = 0;
  for (int a = 0; a < n; a++) z += out[a] = allowed >> kind_of(a, nrel) & 1 ? train_exp(out[a] - most) : 0;
  for (int a = 0; a < n; a++) out[a] /= z;
  double loss = -log((double)out[right] + 1e-9);
  out[right] -= 1;
  for (uint32_t a = (uint32_t)n; a < g->actions; a++) out[a] = 0;
  return loss;
}

double graph_parse(struct graph *g, const struct graph_batch *b, int which, float explore) {
  struct gold_sentence *s = b->sentence[which];
  struct arc_state *st = &g->arc;
  int nrel = g->inventory->deprel.n, row0 = b->start[which];
  int16_t gold[ARC_TOKENS + 1];
  float h[NET_WIDTH_MAX], mask[NET_WIDTH_MAX], out[SCORE_MAX];
  double loss = 0;
  for (int t = 1; t <= s->n; t++) gold[t] = s->word[t].head;
  arc_start(st, s->n);
  while (!arc_done(st)) {
    if (arc_root_next(st)) {
      g->told[st->stack[1]] = (int16_t)g->root;
      arc_apply(st, 1 + nrel + g->root, nrel);
      continue;
    }
    struct view v;
    int right, told[2], top = st->stack[st->top - 1];
    view_of(g, row0, &v);
    scores(g, &v, h, mask, out);
    int move = choose(g, s, gold, out, &right);
    if (g->training) {
      if (g->config.arcs) tell_relations(g, out, told);
      loss += moves_loss(g, out, move, right);
      scores_back(g, &v, h, mask, out);
      if (rng_unit(&g->rng) >= explore) move = right;
    } else {
      float most = 0;
      for (uint32_t i = 0; i < g->config.h; i++) most = h[i] > most ? h[i] : most;
      g->seen_hidden += (double)most, g->seen_states++;
    }
    arc_apply(st, move, nrel);
    if (g->training && g->config.arcs && move) g->told[top] = (int16_t)told[move > nrel];
  }
  for (int t = 1; t <= s->n; t++)
    g->prediction[row0 + t - 1].head = st->head[t], g->prediction[row0 + t - 1].deprel = st->rel[t];
  return loss;
}
