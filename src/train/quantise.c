/* quantise.c - see quantise.h. */
#include "train/quantise.h"
#include "train/learn.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAMPLE_SENTENCES = 400 };
static const float FIT_FEW = 0.3f;      /* what a count of none is worth */
static const float PAIR_LEAST = 0.001f; /* of a pair of tags, beside the commonest UPOS of the XPOS */

struct ranges {
  float act[NET_LAYERS_MAX + 1]; /* real value of one int8 step of each layer's states */
  float hidden;                  /* real value of 127 in the parser's hidden layer */
  float relations;               /* and in the layer that tells relations */
};

static float largest_of(const float *x, size_t n) {
  float m = 1e-9f;
  for (size_t i = 0; i < n; i++) m = fmaxf(m, fabsf(x[i]));
  return m;
}

/* 1.3 times the mean of the largest value of a row: the few values beyond are clipped, the many gain precision. */
static void measure(struct graph *g, const struct treebank *sample, struct ranges *r) {
  struct graph_batch b;
  double sum[NET_LAYERS_MAX + 1] = {0}, rows = 0;
  size_t d = g->config.d, next = 0, n = sample->n < SAMPLE_SENTENCES ? sample->n : SAMPLE_SENTENCES;
  g->seen_hidden = 0, g->seen_states = 0, g->seen_relations = 0, g->seen_arcs = 0;
  while (next < n) {
    batch_fill(&b, sample->sentence, n, &next, 1000);
    graph_predict(g, &b);
    for (uint32_t k = 0; k <= g->nlayer; k++)
      for (int t = 0; t < b.n; t++) sum[k] += (double)largest_of(g->state[k].x + (size_t)t * d, d);
    rows += b.n;
  }
  for (uint32_t k = 0; k <= g->nlayer; k++) r->act[k] = (float)(1.3 * sum[k] / (rows > 0 ? rows : 1) / 127);
  r->hidden = (float)(1.3 * g->seen_hidden / (double)(g->seen_states ? g->seen_states : 1));
  if (!(r->hidden > 0)) r->hidden = 1;
  r->relations = (float)(1.3 * g->seen_relations / (double)(g->seen_arcs ? g->seen_arcs : 1));
  if (!(r->relations > 0)) r->relations = 1;
}

/* ---- linear maps ---- */

static bool put_linear(struct model_writer *m, const char *name, const float *w, const float *bias, uint32_t in,
                       uint32_t cols, float in_scale, struct err *e) {
  uint32_t out = (cols + 63) & ~63u;
  int8_t *q = calloc((size_t)in * out, 1);
  float *scale = calloc(out, 4), *b = calloc(out, 4);
  int32_t *sum = calloc(out, 4);
  char section[32];
  bool good = q && scale && b && sum;
  for (uint32_t o = 0; good && o < cols; o++) {
    float most = 1e-8f;
    for (uint32_t i = 0; i < in; i++) most = fmaxf(most, fabsf(w[(size_t)i * cols + o]));
    for (uint32_t i = 0; i < in; i++) {
      int v = (int)lrintf(w[(size_t)i * cols + o] * 127 / most);
      q[((size_t)(i / 4) * out + o) * 4 + i % 4] = (int8_t)v;
      sum[o] += 128 * v;
    }
    scale[o] = most / 127 * in_scale;
    b[o] = bias ? bias[o] : 0;
  }
  const struct {
    const char *part;
    const void *p;
    size_t n;
  } parts[4] = {{"w", q, (size_t)in * out},
                {"scale", scale, (size_t)out * 4},
                {"bias", b, (size_t)out * 4},
                {"sum", sum, (size_t)out * 4}};
  for (int i = 0; good && i < 4; i++) {
    snprintf(section, sizeof section, "%s.%s", name, parts[i].part);
    model_writer_add(m, section, parts[i].p, parts[i].n);
  }
  free(q), free(scale), free(b), free(sum);
  return good || err_set(e, ERR_NOMEM, "no memory to quantise the model");
}

/* The first layer, whose input is a window of three, as one map from a word to its part in each position. */
static bool put_first(const struct graph *g, struct model_writer *m, const struct ranges *r, struct err *e) {
  size_t d = g->config.d, cols = layer_outputs(g, 0);
  if (layer_inputs(g, 0) != 3 * d) return true;
  float *w = calloc(d * 3 * cols, 4);
  if (!w) return err_set(e, ERR_NOMEM, "no memory to quantise the model");
  for (size_t p = 0; p < 3; p++)
    for (size_t i = 0; i < d; i++) memcpy(w + (i * 3 + p) * cols, g->layer[0].w.w + (p * d + i) * cols, cols * 4);
  bool good = put_linear(m, "first", w, NULL, (uint32_t)d, (uint32_t)(3 * cols), r->act[0] * FIRST_UNIT, e);
  free(w);
  return good;
}

static bool put_layers(struct graph *g, struct model_writer *m, const struct ranges *r, struct err *e) {
  char name[32];
  size_t bytes = g->config.d * 4;
  for (uint32_t k = 0; k <= g->nlayer; k++) {
    snprintf(name, sizeof name, "norm%u.gain", k);
    model_writer_add(m, name, (k ? g->layer[k - 1].gain : g->embed_gain).w, bytes);
    snprintf(name, sizeof name, "norm%u.shift", k);
    model_writer_add(m, name, (k ? g->layer[k - 1].shift : g->embed_shift).w, bytes);
  }
  for (uint32_t k = 0; k < g->nlayer; k++) {
    snprintf(name, sizeof name, "layer%u", k);
    if (!put_linear(m, name, g->layer[k].w.w, g->layer[k].b.w, layer_inputs(g, k), layer_outputs(g, k), r->act[k], e))
      return false;
  }
  return put_first(g, m, r, e) &&
         put_linear(m, "tags", g->tag_w.w, g->tag_b.w, g->config.d, g->tags, r->act[g->nlayer], e);
}

/* ---- the parser ---- */

static bool put_shorts(struct model_writer *m, const char *name, const float *x, size_t n, float unit, struct err *e) {
  int16_t *y = calloc(n, 2);
  if (!y) return err_set(e, ERR_NOMEM, "no memory to quantise the model");
  for (size_t i = 0; i < n; i++) y[i] = (int16_t)lrintf(fmaxf(-32767, fminf(32767, x[i] * unit)));
  model_writer_add(m, name, y, n * 2);
  free(y);
  return true;
}

static bool put_parser(const struct graph *g, struct model_writer *m, const struct ranges *r, struct err *e) {
  float unit = 127.0f * (1 << HIDDEN_SHIFT) / r->hidden, allowed[8 * SCORE_MAX];
  uint32_t h = g->config.h, slots = g->config.nslot * h, nrel = (uint32_t)g->inventory->deprel.n;
  for (uint32_t c = 0; c < 8; c++)
    for (uint32_t a = 0; a < g->actions; a++) {
      uint32_t kind = a == 0 ? 0 : a <= nrel ? 1 : 2, root = (uint32_t)g->root;
      bool may = a < 1 + 2 * nrel && (c >> kind & 1) && a != 1 + root && a != 1 + nrel + root;
      allowed[c * g->actions + a] = may ? g->action_b.w[a] : -1e9f;
    }
  model_writer_add(m, "allowed", allowed, (size_t)8 * g->actions * 4);
  return put_linear(m, "slots", g->slot_w.w, NULL, g->config.d, slots, r->act[g->nlayer] * unit, e) &&
         put_linear(m, "actions", g->action_w.w, NULL, h, g->actions, r->hidden / 127, e) &&
         put_shorts(m, "null", g->null.w, slots, unit, e) &&
         put_shorts(m, "extra", g->extra.w, (size_t)ARC_EXTRAS * ARC_EXTRA_ROWS * h, unit, e) &&
         put_shorts(m, "hidden", g->hidden.w, h, unit, e);
}

static bool put_arcs(const struct graph *g, struct model_writer *m, const struct ranges *r, struct err *e) {
  float unit = 127.0f * (1 << HIDDEN_SHIFT) / r->relations, state = r->act[g->nlayer];
  uint32_t d = g->config.d, shape[2] = {g->config.arcs, g->config.relations};
  if (!shape[0]) return true;
  model_writer_add(m, "arcs.shape", shape, sizeof shape);
  model_writer_add(m, "arcs.far", g->arc_far.w, (size_t)ARCS_FAR * shape[0] * 4);
  model_writer_add(m, "arcs.root", g->arc_root.w, (size_t)shape[0] * 4);
  return put_linear(m, "arcs", g->arc_w.w, g->arc_b.w, d, 2 * shape[0], state, e) &&
         put_linear(m, "rels", g->rel_w.w, NULL, d, 2 * shape[1], state * unit, e) &&
         put_linear(m, "rels.out", g->rel_out.w, g->rel_bias.w, shape[1], (uint32_t)g->rel_out.cols, r->relations / 127,
                    e) &&
         put_shorts(m, "rels.null", g->rel_null.w, shape[1], unit, e) &&
         put_shorts(m, "rels.fact", g->rel_fact.w, (size_t)g->rel_fact.rows * shape[1], unit, e);
}

/* ---- words and names ---- */

/* After training one embedding row for every word, trained or known by its vector alone. */
static void fold_vectors(struct graph *g) {
  size_t d = g->config.d;
  if (!g->vectors) return;
  for (uint32_t w = g->words->n; w-- > 1;) { /* backwards: row 0 is read by all and kept for last */
    float *x = g->embed.w + w * d;
    const float *base = w < g->words->trained ? x : g->embed.w;
    for (size_t i = 0; i < d; i++) x[i] = base[i] + g->vectors[w * d + i];
  }
  for (size_t i = 0; i < d; i++) g->embed.w[i] += g->vectors[i];
}

static bool put_embedding(struct graph *g, struct model_writer *m, float *unit, struct err *e) {
  size_t n = (size_t)g->embed.rows * g->config.d;
  int8_t *q = calloc(n, 1);
  if (!q) return err_set(e, ERR_NOMEM, "no memory to quantise the model");
  float most = largest_of(g->embed.w, n);
  for (size_t i = 0; i < n; i++) q[i] = (int8_t)lrintf(g->embed.w[i] * 127 / most);
  model_writer_add(m, "embed", q, n);
  *unit = most / 127;
  free(q);
  return true;
}

static bool put_words(const struct vocabulary *l, struct model_writer *m, struct err *e) {
  struct buf b;
  size_t n = 16;
  while (n < (size_t)l->n * 2) n *= 2;
  struct lexicon_slot *slot = calloc(n, sizeof *slot);
  if (!slot) return err_set(e, ERR_NOMEM, "no memory to quantise the model");
  for (uint32_t w = 1; w < l->n; w++) {
    uint32_t h = lexicon_hash(l->word[w].p, (uint32_t)l->word[w].n, 2166136261u), i = h & (uint32_t)(n - 1);
    while (slot[i].id) i = (i + 1) & (uint32_t)(n - 1);
    slot[i] = (struct lexicon_slot){h, w};
  }
  model_writer_add(m, "lex.slot", slot, n * sizeof *slot);
  free(slot);
  buf_init(&b, 1 << 26);
  string_table_put(&b, l->word, l->n);
  model_writer_add(m, "lex.word", b.p, b.n);
  bool good = !b.failed;
  buf_release(&b);
  return good || err_set(e, ERR_NOMEM, "no memory to quantise the model");
}

static bool put_names(const struct names *t, const char *section, struct model_writer *m, struct err *e) {
  struct buf b;
  buf_init(&b, 1 << 20);
  string_table_put(&b, t->name, (uint32_t)t->n);
  model_writer_add(m, section, b.p, b.n);
  bool good = !b.failed;
  buf_release(&b);
  return good || err_set(e, ERR_NOMEM, "no memory to quantise the model");
}

static void put_shape(const struct graph *g, const struct ranges *r, float unit, struct model_writer *m) {
  const struct inventory *inv = g->inventory;
  struct net_shape s = {.d = g->config.d,
                        .h = g->config.h,
                        .nlayer = g->nlayer,
                        .nslot = g->config.nslot,
                        .nupos = (uint32_t)inv->upos.n,
                        .nxpos = (uint32_t)inv->xpos.n,
                        .nfeats = (uint32_t)inv->feats.n,
                        .ndeprel = (uint32_t)inv->deprel.n,
                        .xpos_at = g->xpos_at,
                        .feats_at = g->feats_at,
                        .root = (uint32_t)g->root,
                        .nfeature = g->config.nfeature,
                        .case_modes = 1,
                        .embed_unit = unit};
  memcpy(s.layer, g->config.layers, g->nlayer);
  memcpy(s.slot, g->config.slot, sizeof s.slot);
  memcpy(s.feature, g->config.feature, sizeof s.feature);
  memcpy(s.act, r->act, sizeof s.act);
  model_writer_add(m, "shape", &s, sizeof s);
}

/* The logarithm of the share of a relation, to a head on that side, among the words of a UPOS. */
static bool put_fit(const struct inventory *inv, const struct treebank *gold, struct model_writer *w, struct err *e) {
  size_t nu = (size_t)inv->upos.n, n = (size_t)inv->deprel.n * NET_SIDES * nu;
  float *fit = calloc(n, sizeof *fit), *all = calloc(nu, sizeof *all);
  bool good = (fit && all) || err_set(e, ERR_NOMEM, "no memory to quantise the model");
  for (size_t i = 0; good && i < gold->n; i++)
    for (int t = 1; t <= gold->sentence[i].n; t++) {
      const struct gold_word *g = &gold->sentence[i].word[t];
      if (g->upos < 0 || g->deprel < 0) continue;
      fit[((size_t)g->deprel * NET_SIDES + net_side(t, g->head)) * nu + (size_t)g->upos]++;
      all[g->upos]++;
    }
  for (size_t i = 0; good && i < n; i++) fit[i] = logf((fit[i] + FIT_FEW) / (all[i % nu] + 100 * FIT_FEW));
  if (good) model_writer_add(w, "fit", fit, n * sizeof *fit);
  free(fit), free(all);
  return good;
}

bool pairs_quantise(const struct inventory *inv, const struct treebank *gold, struct model_writer *w, struct err *e) {
  size_t nu = (size_t)inv->upos.n, nx = (size_t)inv->xpos.n;
  float *pair = calloc(nx * nu, sizeof *pair);
  if (!pair) return err_set(e, ERR_NOMEM, "no memory to quantise the model");
  for (size_t i = 0; i < gold->n; i++)
    for (int t = 1; t <= gold->sentence[i].n; t++) {
      const struct gold_word *g = &gold->sentence[i].word[t];
      if (g->upos >= 0 && g->xpos >= 0) pair[(size_t)g->xpos * nu + (size_t)g->upos]++;
    }
  for (size_t x = 0; x < nx; x++) {
    float most = largest_of(pair + x * nu, nu);
    for (size_t u = 0; u < nu; u++)
      pair[x * nu + u] = logf(fminf(1, fmaxf(50.0f * pair[x * nu + u] / fmaxf(most, 1), PAIR_LEAST)));
  }
  model_writer_add(w, "pair", pair, nx * nu * sizeof *pair);
  free(pair);
  return put_fit(inv, gold, w, e);
}

bool graph_quantise(struct graph *g, const struct treebank *sample, struct model_writer *m, struct err *e) {
  struct ranges r = {{0}, 1, 1};
  float unit = 1;
  measure(g, sample, &r);
  fold_vectors(g);
  if (!put_embedding(g, m, &unit, e)) return false;
  put_shape(g, &r, unit, m);
  return put_layers(g, m, &r, e) && put_parser(g, m, &r, e) && put_arcs(g, m, &r, e) && put_words(g->words, m, e) &&
         put_names(&g->inventory->upos, "upos", m, e) && put_names(&g->inventory->xpos, "xpos", m, e) &&
         put_names(&g->inventory->feats, "feats", m, e) && put_names(&g->inventory->deprel, "deprel", m, e);
}
