/* restore.c - see restore.h. The inverse of train/quantise.c, but for what rounding took. */
#include "train/restore.h"
#include <math.h>

bool lexicon_restore(struct vocabulary *l, const struct net *n, struct err *e) {
  for (uint32_t i = 1; i < n->lexicon.word.n; i++)
    if (vocabulary_add(l, string_table_at(&n->lexicon.word, i)) != i)
      return err_set(e, ERR_FORMAT, "the words of the model to go on from are not in order");
  l->trained = l->n;
  return true;
}

static bool same_names(const struct names *a, const struct string_table *b) {
  bool same = (uint32_t)a->n == b->n;
  for (uint32_t i = 0; same && i < b->n; i++) same = str_eq(a->name[i], string_table_at(b, i));
  return same;
}

static bool same_shape(const struct graph *g, const struct net *n) {
  const struct graph_config *c = &g->config;
  const struct net_shape *s = &n->shape;
  return c->d == s->d && c->h == s->h && g->nlayer == s->nlayer && !memcmp(c->layers, s->layer, g->nlayer) &&
         c->nslot == s->nslot && !memcmp(c->slot, s->slot, c->nslot * sizeof *s->slot) && c->nfeature == s->nfeature &&
         !memcmp(c->feature, s->feature, c->nfeature * sizeof *s->feature) && g->xpos_at == s->xpos_at &&
         g->feats_at == s->feats_at && g->tags == n->tags.out && g->actions == n->actions.out;
}

/* in_scale: what the quantiser multiplied the scales of the outputs by. */
static void linear_restore(struct tensor *w, struct tensor *b, const struct linear *q, float in_scale) {
  for (uint32_t i = 0; i < q->in; i++)
    for (uint32_t o = 0; o < q->out; o++)
      w->w[(size_t)i * q->out + o] = (float)q->w[((size_t)(i / 4) * q->out + o) * 4 + i % 4] * (q->scale[o] / in_scale);
  if (b) memcpy(b->w, q->bias, q->out * 4);
}

static void shorts_restore(struct tensor *t, const int16_t *x, float unit) {
  for (size_t i = 0; i < (size_t)t->rows * (size_t)t->cols; i++) t->w[i] = (float)x[i] / unit;
}

/* A network without a second look at arcs leaves that part as it was drawn. */
static void arcs_restore(struct graph *g, const struct net *n) {
  const struct arc_scorer *a = &n->arcs;
  float state = n->shape.act[g->nlayer], unit = 1 << HIDDEN_SHIFT;
  if (!a->width || a->width != g->config.arcs || a->hidden != g->config.relations) return;
  linear_restore(&g->arc_w, &g->arc_b, &a->arcs, state);
  memcpy(g->arc_far.w, a->far, (size_t)ARCS_FAR * a->width * 4);
  memcpy(g->arc_root.w, a->root, (size_t)a->width * 4);
  linear_restore(&g->rel_w, NULL, &a->relations, state * unit);
  linear_restore(&g->rel_out, &g->rel_bias, &a->out, 1.0f);
  shorts_restore(&g->rel_null, a->null, unit);
  shorts_restore(&g->rel_fact, a->fact, unit);
}

static double norm_of(const struct tensor *t) {
  double sum = 0;
  for (size_t i = 0; i < (size_t)t->rows * (size_t)t->cols; i++) sum += (double)(t->w[i] * t->w[i]);
  return sum;
}

/* How large the hidden layer's units were is lost, and free: what its inputs are multiplied by, its outputs can be divided by.
 * Chosen so that both sides weigh the same. */
static void parser_restore(struct graph *g, const struct net *n) {
  float state = n->shape.act[g->nlayer], unit = 1 << HIDDEN_SHIFT;
  linear_restore(&g->slot_w, NULL, &n->slots, state * unit);
  linear_restore(&g->action_w, NULL, &n->actions, 1.0f);
  float k = (float)sqrt(sqrt(norm_of(&g->slot_w) / norm_of(&g->action_w)));
  linear_restore(&g->slot_w, NULL, &n->slots, state * unit * k);
  linear_restore(&g->action_w, NULL, &n->actions, 1 / k);
  shorts_restore(&g->null, n->null, unit * k);
  shorts_restore(&g->extra, n->extra, unit * k);
  shorts_restore(&g->hidden, n->hidden, unit * k);
  for (uint32_t a = 0; a < g->actions; a++) {
    g->action_b.w[a] = 0;
    for (int c = 1; c < 8; c++)
      if (n->bias[c][a] > -1e8f) g->action_b.w[a] = n->bias[c][a];
  }
}

bool graph_restore(struct graph *g, const struct net *n, struct err *e) {
  const struct inventory *inv = g->inventory;
  size_t d = g->config.d;
  if (!same_shape(g, n) || !same_names(&inv->upos, &n->upos) || !same_names(&inv->xpos, &n->xpos) ||
      !same_names(&inv->feats, &n->feats) || !same_names(&inv->deprel, &n->deprel))
    return err_set(e, ERR_FORMAT, "the network to go on from has another shape, or other tags or relations");
  for (size_t i = 0; i < (size_t)g->embed.rows * d; i++) g->embed.w[i] = (float)n->embed[i] * n->shape.embed_unit;
  for (uint32_t k = 0; k <= g->nlayer; k++) {
    memcpy((k ? g->layer[k - 1].gain : g->embed_gain).w, n->gain[k], d * 4);
    memcpy((k ? g->layer[k - 1].shift : g->embed_shift).w, n->shift[k], d * 4);
  }
  for (uint32_t k = 0; k < g->nlayer; k++)
    linear_restore(&g->layer[k].w, &g->layer[k].b, &n->layer[k], n->shape.act[k]);
  linear_restore(&g->tag_w, &g->tag_b, &n->tags, n->shape.act[g->nlayer]);
  parser_restore(g, n);
  arcs_restore(g, n);
  return true;
}
