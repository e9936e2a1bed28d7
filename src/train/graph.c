/* graph.c - the encoder in float32, forward and backward; tag outputs and parser are in graph_heads.c. See graph.h. */
#include "train/graph.h"
#include <stdlib.h>

/* ---- construction ---- */

static bool linear_init(struct graph *g, struct tensor *w, struct tensor *b, int in, int out, struct err *e) {
  float range = __builtin_sqrtf(6.0f / (float)(in + out));
  return tensor_init(&g->set, w, in, out, range, false, &g->rng, e) &&
         tensor_init(&g->set, b, 1, out, 0, false, &g->rng, e);
}

static bool norm_init(struct graph *g, struct tensor *gain, struct tensor *shift, struct err *e) {
  int d = (int)g->config.d;
  if (!tensor_init(&g->set, gain, 1, d, 0, false, &g->rng, e) ||
      !tensor_init(&g->set, shift, 1, d, 0, false, &g->rng, e))
    return false;
  for (int i = 0; i < d; i++) gain->w[i] = 1;
  return true;
}

static bool arcs_init(struct graph *g, struct err *e) {
  int d = (int)g->config.d, a = (int)g->config.arcs, r = (int)g->config.relations, nrel = g->inventory->deprel.n;
  return linear_init(g, &g->arc_w, &g->arc_b, d, 2 * a, e) &&
         tensor_init(&g->set, &g->arc_far, ARCS_FAR, a, 0.05f, false, &g->rng, e) &&
         tensor_init(&g->set, &g->arc_root, 1, a, 0.05f, false, &g->rng, e) &&
         tensor_init(&g->set, &g->rel_w, d, 2 * r, __builtin_sqrtf(3.0f / (float)(d + r)), false, &g->rng, e) &&
         tensor_init(&g->set, &g->rel_null, 1, r, 0.1f, false, &g->rng, e) &&
         tensor_init(&g->set, &g->rel_fact, (int)arcs_facts((uint32_t)nrel), r, 0.1f, false, &g->rng, e) &&
         linear_init(g, &g->rel_out, &g->rel_bias, r, (nrel + 63) & ~63, e);
}

static bool tensors_init(struct graph *g, struct err *e) {
  const struct graph_config *c = &g->config;
  int d = (int)c->d, h = (int)c->h, slots = (int)c->nslot;
  float slot_range = __builtin_sqrtf(6.0f / (float)(d * slots + h));
  int rows = (int)feature_row_count(c->feature, c->nfeature);
  if (!tensor_init(&g->set, &g->embed, rows, d, 0.1f, true, &g->rng, e) ||
      !norm_init(g, &g->embed_gain, &g->embed_shift, e))
    return false;
  for (uint32_t k = 0; k < g->nlayer; k++) {
    if (!linear_init(g, &g->layer[k].w, &g->layer[k].b, (int)layer_inputs(g, k), (int)layer_outputs(g, k), e) ||
        !norm_init(g, &g->layer[k].gain, &g->layer[k].shift, e))
      return false;
    if (c->layers[k] != 'C') /* forget gates begin open */
      for (int i = d; i < 2 * d; i++) g->layer[k].b.w[i] = 0.5f;
  }
  return linear_init(g, &g->tag_w, &g->tag_b, d, (int)g->tags, e) &&
         tensor_init(&g->set, &g->slot_w, d, slots * h, slot_range, false, &g->rng, e) &&
         tensor_init(&g->set, &g->null, slots, h, 0.1f, false, &g->rng, e) &&
         tensor_init(&g->set, &g->extra, ARC_EXTRAS * ARC_EXTRA_ROWS, h, 0.1f, false, &g->rng, e) &&
         tensor_init(&g->set, &g->hidden, 1, h, 0, false, &g->rng, e) &&
         linear_init(g, &g->action_w, &g->action_b, h, (int)g->actions, e) && (!c->arcs || arcs_init(g, e));
}

static float *floats(size_t n, bool *good) {
  float *p = train_alloc(n * 4);
  *good = *good && p;
  return p;
}

static bool buffers_init(struct graph *g, struct err *e) {
  size_t d = g->config.d, row = GRAPH_ROWS * d, slots = (size_t)g->config.nslot * g->config.h;
  size_t widest = 3 * d > slots ? 3 * d : slots, arcs = 2 * g->config.arcs, relations = 2 * g->config.relations;
  if (widest < g->tags) widest = g->tags;
  if (widest < arcs) widest = arcs;
  if (widest < relations) widest = relations;
  bool good = true;
  for (uint32_t k = 0; k <= g->nlayer; k++) {
    struct layer_state *l = &g->state[k];
    l->x = floats(row, &good), l->y = floats(row, &good), l->mask = floats(row, &good), l->xhat = floats(row, &good);
    l->rstd = floats(GRAPH_ROWS, &good), l->c = floats(row, &good);
    l->in = floats(3 * row, &good), l->u = floats(3 * row, &good);
  }
  g->sum = floats(row, &good), g->wide = floats(3 * row, &good), g->wide2 = floats(3 * row, &good);
  g->dstate = floats(row, &good);
  g->tag_out = floats((size_t)GRAPH_ROWS * g->tags, &good);
  g->slots = floats(GRAPH_ROWS * slots, &good), g->dslots = floats(GRAPH_ROWS * slots, &good);
  g->arcs = floats(GRAPH_ROWS * arcs + 1, &good), g->darcs = floats(GRAPH_ROWS * arcs + 1, &good);
  g->relations = floats(GRAPH_ROWS * relations + 1, &good), g->drelations = floats(GRAPH_ROWS * relations + 1, &good);
  g->room = floats((size_t)GRAPH_ROWS * (32 + widest) + 3 * d * widest, &good);
  g->row = train_alloc(GRAPH_ROWS * sizeof *g->row);
  g->vector_row = train_alloc(GRAPH_ROWS * sizeof *g->vector_row);
  g->prediction = train_alloc(GRAPH_ROWS * sizeof *g->prediction);
  if (!good || !g->row || !g->vector_row || !g->prediction) return err_set(e, ERR_NOMEM, "no memory for the network");
  return true;
}

bool graph_init(struct graph *g, const struct graph_config *c, const struct inventory *inv,
                const struct vocabulary *words, struct err *e) {
  memset(g, 0, sizeof *g);
  g->config = *c, g->inventory = inv, g->words = words;
  g->nlayer = (uint32_t)strlen(c->layers);
  g->root = names_find(&inv->deprel, STR("root"));
  g->xpos_at = ((uint32_t)inv->upos.n + 7) & ~7u;
  g->feats_at = (g->xpos_at + (uint32_t)inv->xpos.n + 7) & ~7u;
  g->tags = (g->feats_at + (uint32_t)inv->feats.n + 63) & ~63u;
  g->actions = (1 + 2 * (uint32_t)inv->deprel.n + 63) & ~63u;
  if (g->root < 0 || inv->deprel.n >= ARC_EXTRA_ROWS || inv->upos.n > 255 || inv->xpos.n > 255)
    return err_set(e, ERR_FORMAT, "the treebanks have no relation \"root\", or too many relations or tags");
  if (!g->nlayer || c->d % 64 || c->h % 64 || !c->d || c->d > NET_WIDTH_MAX || !c->h || c->h > NET_WIDTH_MAX)
    return err_set(e, ERR_USAGE, "a network needs a layer, and widths that are multiples of 64 up to 512");
  if (c->arcs % 64 || c->relations % 64 || c->arcs > ARCS_WIDTH_MAX || c->relations > ARCS_WIDTH_MAX ||
      !c->arcs != !c->relations)
    return err_set(e, ERR_USAGE, "the second look at arcs needs two widths, multiples of 64 up to 256");
  for (uint32_t k = 0; k < c->nfeature; k++)
    if (g->config.feature[k].kind == FEATURE_WORD) g->config.feature[k].rows = words->n;
  rng_seed(&g->rng, c->seed);
  return tensors_init(g, e) && buffers_init(g, e);
}

void graph_release(struct graph *g) {
  for (uint32_t k = 0; k <= g->nlayer; k++) {
    struct layer_state *l = &g->state[k];
    free(l->x), free(l->y), free(l->mask), free(l->xhat), free(l->rstd), free(l->c), free(l->in), free(l->u);
  }
  free(g->sum), free(g->wide), free(g->wide2), free(g->dstate), free(g->tag_out);
  free(g->arcs), free(g->darcs), free(g->relations), free(g->drelations);
  free(g->slots), free(g->dslots), free(g->room), free(g->row), free(g->vector_row), free(g->prediction);
  tensors_release(&g->set);
  memset(g, 0, sizeof *g);
}

/* ---- pieces, each with its backward pass ---- */

static void dropout(struct graph *g, float *x, float *mask, size_t n) { /* the mask is kept for the backward pass */
  if (!g->training) return;
  uint32_t cut = (uint32_t)(g->config.dropout * 65536);
  float keep = 1 / (1 - g->config.dropout);
  for (size_t i = 0; i < n; i += 2) {
    uint32_t r = rng_next(&g->rng);
    mask[i] = (r & 65535) < cut ? 0 : keep;
    mask[i + 1] = (r >> 16) < cut ? 0 : keep;
  }
  for (size_t i = 0; i < n; i++) x[i] *= mask[i];
}

TRAIN_CLONES static void times(float *restrict d, const float *restrict mask, size_t n) {
  for (size_t i = 0; i < n; i++) d[i] *= mask[i];
}

static inline __attribute__((always_inline)) float lanes(const vec16 *v) {
  float r = 0;
  for (int i = 0; i < 16; i++) r += (*v)[i];
  return r;
}

TRAIN_CLONES static void norm(float *out, float *xhat, float *rstd, const float *x, const float *gain,
                              const float *shift, size_t rows, size_t d) {
  for (size_t t = 0; t < rows; t++) {
    const float *a = x + t * d;
    vec16 s = {0}, q = {0};
    for (size_t i = 0; i < d; i += 16) s += *(const vec16 *)(a + i);
    float mean = lanes(&s) / (float)d;
    for (size_t i = 0; i < d; i += 16) {
      vec16 v = *(const vec16 *)(a + i) - mean;
      q += v * v;
    }
    float r = 1 / __builtin_sqrtf(lanes(&q) / (float)d + 1e-5f);
    rstd[t] = r;
    for (size_t i = 0; i < d; i++) {
      float h = (a[i] - mean) * r;
      xhat[t * d + i] = h;
      out[t * d + i] = h * gain[i] + shift[i];
    }
  }
}

TRAIN_CLONES static void norm_back(float *dx, const float *dout, const float *xhat, const float *rstd,
                                   const struct tensor *gain, const struct tensor *shift, size_t rows, size_t d) {
  for (size_t t = 0; t < rows; t++) {
    const float *o = dout + t * d, *h = xhat + t * d;
    vec16 a = {0}, b = {0};
    for (size_t i = 0; i < d; i += 16) {
      vec16 di = *(const vec16 *)(o + i), hi = *(const vec16 *)(h + i), v = di * *(const vec16 *)(gain->w + i);
      a += v;
      b += v * hi;
      *(vec16 *)(gain->g + i) += di * hi;
      *(vec16 *)(shift->g + i) += di;
    }
    float ma = lanes(&a) / (float)d, mb = lanes(&b) / (float)d;
    for (size_t i = 0; i < d; i++) dx[t * d + i] = rstd[t] * (o[i] * gain->w[i] - ma - h[i] * mb);
  }
}

/* rows [x(t-1) x(t) x(t+1)], zero beyond the sentence */
static void window(float *out, const float *x, const struct graph_batch *b, size_t d) {
  for (int s = 0; s < b->nsent; s++)
    for (int t = b->start[s]; t < b->start[s + 1]; t++)
      for (int j = -1; j <= 1; j++) {
        float *o = out + ((size_t)t * 3 + (size_t)(j + 1)) * d;
        if (t + j < b->start[s] || t + j >= b->start[s + 1]) memset(o, 0, d * 4);
        else memcpy(o, x + (size_t)(t + j) * d, d * 4);
      }
  memset(out + (size_t)b->n * 3 * d, 0, (size_t)(b->padded - b->n) * 3 * d * 4);
}
static void window_back(float *dx, const float *dout, const struct graph_batch *b, size_t d) {
  for (int s = 0; s < b->nsent; s++)
    for (int t = b->start[s]; t < b->start[s + 1]; t++)
      for (int j = -1; j <= 1; j++) {
        if (t + j < b->start[s] || t + j >= b->start[s + 1]) continue;
        const float *o = dout + ((size_t)t * 3 + (size_t)(j + 1)) * d;
        float *to = dx + (size_t)(t + j) * d;
        for (size_t i = 0; i < d; i++) to[i] += o[i];
      }
}

void graph_linear(struct graph *g, float *y, const float *x, const struct tensor *w, const struct tensor *b, int rows) {
  for (int t = 0; t < rows; t++) memcpy(y + (size_t)t * (size_t)w->cols, b->w, (size_t)w->cols * 4);
  gemm(y, x, w->w, rows, w->cols, w->rows, true, g->room);
}
void graph_linear_back(struct graph *g, float *dx, bool add, const float *dy, const float *x, struct tensor *w,
                       struct tensor *b, int rows) {
  gemm_tn(w->g, x, dy, w->rows, w->cols, rows, true, g->room);
  for (int t = 0; t < rows; t++)
    for (int i = 0; i < w->cols; i++) b->g[i] += dy[(size_t)t * (size_t)w->cols + (size_t)i];
  if (dx) gemm_nt(dx, dy, w->w, rows, w->rows, w->cols, add, g->room);
}

/* ---- the recurrent layer: u = [candidate | forget | output]; half of the units run forward, half backward ---- */

TRAIN_CLONES static void gates(float *u, size_t rows, size_t d) {
  for (size_t t = 0; t < rows; t++)
    for (size_t i = d; i < 3 * d; i++) u[t * 3 * d + i] = train_sigmoid(u[t * 3 * d + i]);
}

TRAIN_CLONES static void recur_step(float *restrict c, float *restrict y, const float *restrict u,
                                    const float *restrict before, size_t d, size_t half) {
  for (size_t i = 0; i < half; i++) {
    float f = u[d + i];
    c[i] = f * before[i] + (1 - f) * u[i];
    y[i] = u[2 * d + i] * train_tanh(c[i]);
  }
}

static const float ZERO[NET_WIDTH_MAX];

static void recur(struct layer_state *l, const struct graph_batch *b, size_t d) {
  size_t half = d / 2;
  gates(l->u, (size_t)b->n, d);
  for (int s = 0; s < b->nsent; s++)
    for (int dir = 0; dir < 2; dir++) {
      int len = b->start[s + 1] - b->start[s];
      size_t o = (size_t)dir * half;
      const float *before = ZERO;
      for (int k = 0; k < len; k++) {
        size_t t = (size_t)(dir ? b->start[s + 1] - 1 - k : b->start[s] + k);
        recur_step(l->c + t * d + o, l->y + t * d + o, l->u + t * 3 * d + o, before, d, half);
        before = l->c + t * d + o;
      }
    }
}

TRAIN_CLONES static void recur_step_back(float *restrict du, float *restrict dc, const float *restrict dy,
                                         const float *restrict u, const float *restrict c, const float *restrict before,
                                         size_t d, size_t half) {
  for (size_t i = 0; i < half; i++) {
    float f = u[d + i], r = u[2 * d + i], th = train_tanh(c[i]);
    float dci = dc[i] + dy[i] * r * (1 - th * th);
    du[i] = dci * (1 - f);
    du[d + i] = dci * (before[i] - u[i]) * f * (1 - f);
    du[2 * d + i] = dy[i] * th * r * (1 - r);
    dc[i] = dci * f;
  }
}

static void recur_back(struct layer_state *l, const float *dy, float *du, const struct graph_batch *b, size_t d) {
  size_t half = d / 2;
  float dc[NET_WIDTH_MAX / 2];
  for (int s = 0; s < b->nsent; s++)
    for (int dir = 0; dir < 2; dir++) {
      int len = b->start[s + 1] - b->start[s];
      size_t o = (size_t)dir * half;
      memset(dc, 0, sizeof dc);
      for (int k = len - 1; k >= 0; k--) {
        int t = dir ? b->start[s + 1] - 1 - k : b->start[s] + k;
        const float *before = k ? l->c + (size_t)(dir ? t + 1 : t - 1) * d + o : ZERO;
        recur_step_back(du + (size_t)t * 3 * d + o, dc, dy + (size_t)t * d + o, l->u + (size_t)t * 3 * d + o,
                        l->c + (size_t)t * d + o, before, d, half);
      }
    }
}

/* ---- words ---- */

static char noisy_char(char c, enum case_mode mode, size_t at) {
  if (mode == CASE_UPPER || (mode == CASE_TITLE && at == 0)) return ascii_lower(c) ? (char)(c - 32) : c;
  return mode == CASE_LOWER ? ascii_fold(c) : c;
}

static enum case_mode draw_noise(struct graph *g) {
  if (!g->training || rng_unit(&g->rng) >= g->config.case_noise) return CASE_MIXED;
  uint32_t r = rng_next(&g->rng) % 5;
  return r < 2 ? CASE_UPPER : r < 4 ? CASE_LOWER : CASE_TITLE;
}

/* The forms of a sentence as this batch shows them. */
static void shown_forms(struct graph *g, const struct gold_sentence *s, str *form, char *text, size_t room) {
  enum case_mode noise = draw_noise(g);
  for (int t = 1; t <= s->n; t++) {
    str f = s->word[t].form;
    form[t - 1] = f;
    if (noise == CASE_MIXED || f.n > room) continue;
    for (size_t i = 0; i < f.n; i++) text[i] = noisy_char(f.p[i], noise, i);
    form[t - 1].p = text;
    text += f.n, room -= f.n;
  }
}

static void word_dropout(struct graph *g, uint32_t r, uint32_t word) {
  if (!g->training || !word || word >= g->words->trained) return;
  if (rng_unit(&g->rng) >= 0.3f / (0.3f + (float)g->words->frequency[word])) return;
  bool vector_too = rng_unit(&g->rng) < 0.3f;
  for (uint32_t k = 0; k < g->config.nfeature; k++) {
    if (g->config.feature[k].kind == FEATURE_WORD) g->row[r][k] -= word;
    if (g->config.feature[k].kind == FEATURE_CASED) g->row[r][k] = ROW_NONE;
  }
  if (vector_too) g->vector_row[r] = 0;
}

static void batch_rows(struct graph *g, const struct graph_batch *b) {
  str form[ARC_TOKENS];
  char text[16384], w[WORD_BYTES + 1];
  uint32_t r = 0;
  for (int s = 0; s < b->nsent; s++) {
    const struct gold_sentence *st = b->sentence[s];
    shown_forms(g, st, form, text, sizeof text);
    enum case_mode mode = case_mode_of(form, (uint32_t)st->n);
    for (int t = 0; t < st->n; t++, r++) {
      uint32_t n = word_normalise(form[t], w), id = vocabulary_find(g->words, (str){w, n});
      uint32_t trained = id < g->words->trained ? id : 0; /* others have only a vector */
      feature_rows(g->config.feature, g->config.nfeature, form[t], t == 0, mode, trained, w, n, g->row[r]);
      g->vector_row[r] = id;
      word_dropout(g, r, trained);
    }
  }
}

TRAIN_CLONES static void add_row(float *restrict x, const float *restrict y, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] += y[i];
}

static void embed(struct graph *g, const struct graph_batch *b) {
  size_t d = g->config.d;
  batch_rows(g, b);
  for (int t = 0; t < b->n; t++) {
    float *x = g->sum + (size_t)t * d;
    memset(x, 0, d * 4);
    for (uint32_t k = 0; k < g->config.nfeature; k++)
      if (g->row[t][k] != ROW_NONE) add_row(x, g->embed.w + (size_t)g->row[t][k] * d, d);
    if (g->vectors) add_row(x, g->vectors + (size_t)g->vector_row[t] * d, d);
  }
}

/* ---- forward and backward ---- */

static void clear_padding(float *x, const struct graph_batch *b, size_t cols) {
  memset(x + (size_t)b->n * cols, 0, (size_t)(b->padded - b->n) * cols * 4);
}

void graph_encode(struct graph *g, const struct graph_batch *b) {
  size_t d = g->config.d, n = (size_t)b->n;
  embed(g, b);
  norm(g->state[0].x, g->state[0].xhat, g->state[0].rstd, g->sum, g->embed_gain.w, g->embed_shift.w, n, d);
  dropout(g, g->state[0].x, g->state[0].mask, n * d);
  for (uint32_t k = 0; k < g->nlayer; k++) {
    struct layer_state *l = &g->state[k + 1];
    const float *in = g->state[k].x;
    clear_padding(g->state[k].x, b, d);
    if (layer_inputs(g, k) == 3 * d) window(l->in, in, b, d), in = l->in;
    if (g->config.layers[k] == 'C') {
      graph_linear(g, l->y, in, &g->layer[k].w, &g->layer[k].b, b->padded);
      for (size_t i = 0; i < n * d; i++) l->y[i] = l->y[i] > 0 ? l->y[i] : 0;
    } else {
      graph_linear(g, l->u, in, &g->layer[k].w, &g->layer[k].b, b->padded);
      recur(l, b, d);
    }
    dropout(g, l->y, l->mask, n * d);
    for (size_t i = 0; i < n * d; i++) g->sum[i] = g->state[k].x[i] + l->y[i];
    norm(l->x, l->xhat, l->rstd, g->sum, g->layer[k].gain.w, g->layer[k].shift.w, n, d);
  }
  clear_padding(g->state[g->nlayer].x, b, d);
}

void graph_encode_back(struct graph *g, const struct graph_batch *b) {
  size_t d = g->config.d, n = (size_t)b->n;
  for (uint32_t k = g->nlayer; k-- > 0;) {
    struct layer_state *l = &g->state[k + 1];
    bool wide = layer_inputs(g, k) == 3 * d;
    size_t cols = layer_outputs(g, k);
    float *du = g->sum;
    norm_back(g->sum, g->dstate, l->xhat, l->rstd, &g->layer[k].gain, &g->layer[k].shift, n, d);
    memcpy(g->dstate, g->sum, n * d * 4); /* the residual path */
    times(g->sum, l->mask, n * d);
    if (g->config.layers[k] == 'C')
      for (size_t i = 0; i < n * d; i++) g->sum[i] = l->y[i] > 0 ? g->sum[i] : 0;
    else recur_back(l, g->sum, du = g->wide, b, d);
    clear_padding(du, b, cols);
    graph_linear_back(g, wide ? g->wide2 : g->dstate, !wide, du, wide ? l->in : g->state[k].x, &g->layer[k].w,
                      &g->layer[k].b, b->padded);
    if (wide) window_back(g->dstate, g->wide2, b, d);
  }
  times(g->dstate, g->state[0].mask, n * d);
  norm_back(g->sum, g->dstate, g->state[0].xhat, g->state[0].rstd, &g->embed_gain, &g->embed_shift, n, d);
  for (size_t t = 0; t < n; t++)
    for (uint32_t k = 0; k < g->config.nfeature; k++) {
      if (g->row[t][k] == ROW_NONE) continue;
      tensor_touch(&g->embed, g->row[t][k]);
      add_row(g->embed.g + (size_t)g->row[t][k] * d, g->sum + t * d, d);
    }
}

void graph_predict(struct graph *g, const struct graph_batch *b) {
  g->training = false;
  graph_encode(g, b), graph_tag(g, b), graph_slots(g, b), graph_arcs(g, b);
  for (int s = 0; s < b->nsent; s++) graph_parse(g, b, s, 0), graph_arcs_look(g, b, s);
}

void graph_learn(struct graph *g, const struct graph_batch *b, float explore, double *tag_loss, double *parse_loss) {
  g->training = true;
  graph_encode(g, b), graph_tag(g, b), graph_slots(g, b), graph_arcs(g, b);
  memset(g->dslots, 0, (size_t)b->padded * g->config.nslot * g->config.h * 4);
  memset(g->dstate, 0, (size_t)b->padded * g->config.d * 4);
  for (int s = 0; s < b->nsent; s++) *parse_loss += graph_parse(g, b, s, explore) + graph_arcs_look(g, b, s);
  graph_slots_back(g, b);
  graph_arcs_back(g, b);
  *tag_loss += graph_tag_back(g, b);
  graph_encode_back(g, b);
}
