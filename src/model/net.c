/* net.c - opens and runs the quantised network; see net.h. */
#include "model/net.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- opening ---- */

bool linear_open(struct linear *q, const struct model_file *m, const char *prefix, uint32_t in, uint32_t out,
                 struct err *e) {
  char name[4][MODEL_NAME_MAX];
  static const char *const part[4] = {"w", "scale", "bias", "sum"};
  const void *w, *sum;
  for (int i = 0; i < 4; i++) snprintf(name[i], sizeof name[i], "%s.%s", prefix, part[i]);
  *q = (struct linear){.in = in, .out = out};
  if (in % 8 || out % 64) return err_set(e, ERR_MODEL, "the map \"%s\" of the model has an odd size", prefix);
  if (!model_section_sized(m, name[0], (size_t)in * out, &w, e) || !model_floats(m, name[1], out, &q->scale, e) ||
      !model_floats(m, name[2], out, &q->bias, e) || !model_section_sized(m, name[3], (size_t)out * 4, &sum, e))
    return false;
  q->w = w, q->sum128 = sum;
  return true;
}

static uint32_t pad64(uint32_t n) { return (n + 63) & ~63u; }
static bool recurrent(char layer) { return layer != 'C'; }
static bool windowed(char layer) { return layer != 'R'; }

static bool shape_check(const struct net_shape *s, struct err *e) {
  bool good = s->d >= 64 && s->d <= NET_WIDTH_MAX && s->d % 64 == 0 && s->h >= 64 && s->h <= NET_WIDTH_MAX &&
              s->h % 64 == 0 && s->nlayer >= 1 && s->nlayer <= NET_LAYERS_MAX && s->nslot >= 1 &&
              s->nslot <= ARC_SLOTS && s->nupos >= 1 && s->nxpos >= 1 && s->nfeats >= 1 && s->ndeprel >= 1 &&
              s->nupos <= 255 && s->nxpos <= 255 && s->ndeprel < ARC_EXTRA_ROWS && s->xpos_at >= s->nupos &&
              s->xpos_at <= 1024 && s->feats_at >= s->xpos_at + s->nxpos && s->feats_at <= 2048 && s->nfeats <= 2048 &&
              s->root < s->ndeprel && s->nfeature >= 1 && s->nfeature <= NET_FEATURES_MAX;
  for (uint32_t i = 0; good && i < s->nslot; i++) good = s->slot[i] < ARC_SLOTS;
  for (uint32_t i = 0; good && i < s->nlayer; i++) good = s->layer[i] && strchr("CRQ", s->layer[i]);
  for (uint32_t i = 0; good && i <= s->nlayer; i++) good = isfinite(s->act[i]) && s->act[i] > 0;
  if (!good || !isfinite(s->embed_unit)) return err_set(e, ERR_MODEL, "the shape of the model is not one that can be");
  return true;
}

static bool names_open(struct net *n, const struct model_file *m, struct err *e) {
  const struct net_shape *s = &n->shape;
  if (!string_table_open(&n->upos, m, "upos", e) || !string_table_open(&n->xpos, m, "xpos", e) ||
      !string_table_open(&n->feats, m, "feats", e) || !string_table_open(&n->deprel, m, "deprel", e))
    return false;
  if (n->upos.n != s->nupos || n->xpos.n != s->nxpos || n->feats.n != s->nfeats || n->deprel.n != s->ndeprel)
    return err_set(e, ERR_MODEL, "the model has other numbers of tags than its shape says");
  return true;
}

static bool layers_open(struct net *n, const struct model_file *m, struct err *e) {
  const struct net_shape *s = &n->shape;
  char name[MODEL_NAME_MAX];
  for (uint32_t k = 0; k <= s->nlayer; k++) {
    snprintf(name, sizeof name, "norm%u.gain", k);
    if (!model_floats(m, name, s->d, &n->gain[k], e)) return false;
    snprintf(name, sizeof name, "norm%u.shift", k);
    if (!model_floats(m, name, s->d, &n->shift[k], e)) return false;
  }
  for (uint32_t k = 0; k < s->nlayer; k++) {
    uint32_t in = windowed(s->layer[k]) ? 3 * s->d : s->d, out = recurrent(s->layer[k]) ? 3 * s->d : s->d;
    snprintf(name, sizeof name, "layer%u", k);
    if (!linear_open(&n->layer[k], m, name, in, out, e)) return false;
  }
  return !windowed(s->layer[0]) || linear_open(&n->first, m, "first", s->d, 3 * n->layer[0].out, e);
}

static bool parser_open(struct net *n, const struct model_file *m, struct err *e) {
  const struct net_shape *s = &n->shape;
  uint32_t out = pad64(1 + 2 * s->ndeprel);
  const float *bias;
  if (!linear_open(&n->slots, m, "slots", s->d, s->nslot * s->h, e) ||
      !linear_open(&n->actions, m, "actions", s->h, out, e) ||
      !model_shorts(m, "null", (size_t)s->nslot * s->h, &n->null, e) ||
      !model_shorts(m, "extra", (size_t)ARC_EXTRAS * ARC_EXTRA_ROWS * s->h, &n->extra, e) ||
      !model_shorts(m, "hidden", s->h, &n->hidden, e) || !model_floats(m, "allowed", (size_t)8 * out, &bias, e))
    return false;
  for (int c = 0; c < 8; c++) {
    n->bias[c] = bias + (size_t)c * out;
    for (uint32_t a = 0; a < out; a++) { /* what is forbidden must stay so whatever the weights are */
      uint32_t kind = a == 0 ? 0 : a <= s->ndeprel ? 1 : 2;
      bool may = a < 1 + 2 * s->ndeprel && (c >> kind & 1) && a != 1 + s->root && a != 1 + s->ndeprel + s->root;
      if (!may && n->bias[c][a] > -1e8f) return err_set(e, ERR_MODEL, "the model allows moves that do not exist");
    }
  }
  return true;
}

bool net_open(struct net *n, const struct model_file *m, struct err *e) {
  const void *p;
  memset(n, 0, sizeof *n);
  if (!model_section_sized(m, "shape", sizeof n->shape, &p, e)) return false;
  memcpy(&n->shape, p, sizeof n->shape);
  if (!shape_check(&n->shape, e) || !names_open(n, m, e)) return false;
  n->lexicon.nfeature = n->shape.nfeature;
  n->lexicon.case_modes = n->shape.case_modes;
  memcpy(n->lexicon.feature, n->shape.feature, sizeof n->lexicon.feature);
  if (!lexicon_open(&n->lexicon, m, e)) return false;
  if (!model_section_sized(m, "embed", (size_t)feature_row_count(n->lexicon.feature, n->lexicon.nfeature) * n->shape.d,
                           &p, e))
    return false;
  n->embed = p;
  uint32_t tags = pad64(n->shape.feats_at + n->shape.nfeats);
  return layers_open(n, m, e) && linear_open(&n->tags, m, "tags", n->shape.d, tags, e) &&
         model_floats(m, "pair", (size_t)n->shape.nxpos * n->shape.nupos, &n->pair, e) &&
         model_floats(m, "fit", (size_t)n->shape.ndeprel * NET_SIDES * n->shape.nupos, &n->fit, e) &&
         parser_open(n, m, e) && arc_scorer_open(&n->arcs, m, n->shape.d, n->shape.ndeprel, e);
}

/* ---- the worker's buffers ---- */

/* The input of the first layer depends on the form alone, so what the form contributes to each position of the window is
 * kept per form, and the widest layer becomes three additions. Direct-mapped; misses of one batch that would evict
 * an entry in use go to spare entries behind the cache. */
enum { CACHE = 1 << 12 };
struct cache_slot {
  uint64_t key;
  uint32_t stamp;
};

struct net_work {
  const struct kernels *k;
  void *block; /* everything below lies in it */
  size_t cleared;
  float *x, *u;
  int8_t *xq, *window;
  int16_t *p;
  uint8_t *scratch;
  struct cache_slot *cache;
  float *cache_x;   /* [CACHE + NET_ROWS][d] */
  int16_t *cache_u; /* [CACHE + NET_ROWS][3][columns] */
  int16_t *zero;    /* [columns]: beyond the sentence */
  uint32_t stamp, entry[NET_ROWS], miss[NET_ROWS];
};

/* The next `bytes` of the block at *used, or nothing but the count while there is no block. 64 spare bytes follow
 * each part: vector loads may read a little too far. */
static void *take(char *block, size_t *used, size_t bytes) {
  void *p = block ? block + *used : NULL;
  *used += (bytes + 127) & ~(size_t)63;
  return p;
}

static size_t work_lay_out(struct net_work *w, const struct net *n, char *block) {
  size_t d = n->shape.d, wide = 3 * d, cols = n->layer[0].out, used = 0;
  size_t u = wide > n->tags.out ? wide : n->tags.out;
  w->x = take(block, &used, NET_ROWS * d * 4);
  w->u = take(block, &used, NET_ROWS * u * 4);
  w->xq = take(block, &used, NET_ROWS * d);
  w->window = take(block, &used, NET_ROWS * wide);
  w->scratch = take(block, &used, NET_ROWS * wide);
  w->p = take(block, &used, NET_ROWS * (size_t)n->first.out * 2);
  w->cache = take(block, &used, CACHE * sizeof *w->cache);
  w->zero = take(block, &used, cols * 2);
  w->cleared = used;
  if (n->first.out) {
    w->cache_x = take(block, &used, (CACHE + NET_ROWS) * d * 4);
    w->cache_u = take(block, &used, (CACHE + NET_ROWS) * 3 * cols * 2);
  }
  return used;
}

struct net_work *net_work_new(const struct net *n, const struct kernels *k, struct err *e) {
  struct net_work *w = calloc(1, sizeof *w);
  size_t bytes = w ? work_lay_out(w, n, NULL) : 0;
  char *block = w ? aligned_alloc(64, bytes) : NULL;
  if (!block) {
    free(w);
    err_set(e, ERR_NOMEM, "no memory for the language model's buffers");
    return NULL;
  }
  w->block = block, w->k = k;
  work_lay_out(w, n, block);
  memset(block, 0, w->cleared); /* what is cached is written before it is read */
  return w;
}

void net_work_free(struct net_work *w) {
  if (!w) return;
  free(w->block);
  free(w);
}

/* ---- encoding ---- */

static uint64_t form_key(str s, bool first, enum case_mode mode) {
  uint64_t h = 0x9E3779B97F4A7C15ull ^ (uint64_t)(2 * (unsigned)mode + first) << 40;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3ull;
  h = (h ^ h >> 32) * 0xD6E8FEB86659FD93ull;
  return (h ^ h >> 32) | 1;
}

static void embed(const struct net *n, const struct net_work *w, float *x, str form, bool first, enum case_mode mode) {
  uint32_t row[NET_FEATURES_MAX];
  lexicon_rows(&n->lexicon, form, first, mode, row);
  w->k->embed(x, n->embed, row, n->shape.nfeature, n->shape.d, n->shape.embed_unit);
}

/* Finds or reserves a cache entry for every word of the batch; returns how many are to be computed. */
static uint32_t cache_look_up(const struct net *n, struct net_work *w, const struct net_batch *b) {
  uint32_t misses = 0, spare = CACHE, d = n->shape.d;
  w->stamp++;
  for (uint32_t s = 0; s < b->nsent; s++) {
    uint32_t from = b->start[s], to = b->start[s + 1];
    enum case_mode mode = n->lexicon.case_modes ? case_mode_of(b->form + from, to - from) : CASE_MIXED;
    for (uint32_t t = from; t < to; t++) {
      uint64_t key = form_key(b->form[t], t == from, mode);
      uint32_t e = (uint32_t)(key >> 20) & (CACHE - 1);
      if (w->cache[e].key != key) {
        embed(n, w, w->x + (size_t)misses * d, b->form[t], t == from, mode);
        if (w->cache[e].stamp == w->stamp) e = spare++; /* in use by this batch */
        else w->cache[e].key = key;
        w->miss[misses++] = e;
      }
      if (e < CACHE) w->cache[e].stamp = w->stamp;
      w->entry[t] = e;
    }
  }
  return misses;
}

static void cache_fill(const struct net *n, struct net_work *w, uint32_t misses) {
  size_t d = n->shape.d, cols = 3 * (size_t)n->layer[0].out;
  w->k->norm(w->x, w->xq, misses, n->shape.d, n->gain[0], n->shift[0], n->shape.act[0]);
  w->k->linear16(&n->first, w->xq, misses, w->p, w->scratch);
  for (uint32_t i = 0; i < misses; i++) {
    memcpy(w->cache_x + w->miss[i] * d, w->x + i * d, d * 4);
    memcpy(w->cache_u + w->miss[i] * cols, w->p + i * cols, cols * 2);
  }
}

static void first_layer_cached(const struct net *n, struct net_work *w, const struct net_batch *b) {
  size_t d = n->shape.d, cols = n->layer[0].out;
  cache_fill(n, w, cache_look_up(n, w, b));
  for (uint32_t s = 0; s < b->nsent; s++)
    for (uint32_t t = b->start[s]; t < b->start[s + 1]; t++) {
      const int16_t *here = w->cache_u + (w->entry[t] * 3 + 1) * cols;
      const int16_t *before = t > b->start[s] ? w->cache_u + w->entry[t - 1] * 3 * cols : w->zero;
      const int16_t *after = t + 1 < b->start[s + 1] ? w->cache_u + (w->entry[t + 1] * 3 + 2) * cols : w->zero;
      memcpy(w->x + t * d, w->cache_x + w->entry[t] * d, d * 4);
      w->k->add3(w->u + t * cols, before, here, after, n->layer[0].bias, (uint32_t)cols);
    }
}

static void embed_all(const struct net *n, struct net_work *w, const struct net_batch *b) {
  size_t d = n->shape.d;
  for (uint32_t s = 0; s < b->nsent; s++) {
    uint32_t from = b->start[s], to = b->start[s + 1];
    enum case_mode mode = n->lexicon.case_modes ? case_mode_of(b->form + from, to - from) : CASE_MIXED;
    for (uint32_t t = from; t < to; t++) embed(n, w, w->x + t * d, b->form[t], t == from, mode);
  }
  w->k->norm(w->x, w->xq, b->start[b->nsent], n->shape.d, n->gain[0], n->shift[0], n->shape.act[0]);
}

static void windows(struct net_work *w, const struct net_batch *b, size_t d) { /* the states of t-1, t, t+1 */
  for (uint32_t s = 0; s < b->nsent; s++)
    for (uint32_t t = b->start[s]; t < b->start[s + 1]; t++) {
      int8_t *to = w->window + (size_t)t * 3 * d;
      if (t > b->start[s]) memcpy(to, w->xq + (t - 1) * d, d);
      else memset(to, 0, d);
      memcpy(to + d, w->xq + t * d, d);
      if (t + 1 < b->start[s + 1]) memcpy(to + 2 * d, w->xq + (t + 1) * d, d);
      else memset(to + 2 * d, 0, d);
    }
}

static void layer_output(const struct net *n, struct net_work *w, const struct net_batch *b, uint32_t layer) {
  uint32_t d = n->shape.d, rows = b->start[b->nsent];
  if (!recurrent(n->shape.layer[layer])) w->k->relu_add(w->x, w->u, (size_t)rows * d);
  else
    for (uint32_t s = 0; s < b->nsent; s++) {
      uint32_t from = b->start[s], len = b->start[s + 1] - from;
      if (!len) continue;
      w->k->recur(w->x, w->u, from, 1, len, d, 0, d / 2);
      w->k->recur(w->x, w->u, (ptrdiff_t)(from + len - 1), -1, len, d, d / 2, d / 2);
    }
  w->k->norm(w->x, w->xq, rows, d, n->gain[layer + 1], n->shift[layer + 1], n->shape.act[layer + 1]);
}

const int8_t *net_encode(const struct net *n, struct net_work *w, const struct net_batch *b) {
  uint32_t rows = b->start[b->nsent];
  bool cached = n->first.out != 0;
  if (cached) first_layer_cached(n, w, b);
  else embed_all(n, w, b);
  for (uint32_t k = 0; k < n->shape.nlayer; k++) {
    if (k || !cached) {
      bool wide = windowed(n->shape.layer[k]);
      if (wide) windows(w, b, n->shape.d);
      w->k->linear(&n->layer[k], wide ? w->window : w->xq, rows, w->u, w->scratch);
    }
    layer_output(n, w, b, k);
  }
  return w->xq;
}

/* ---- reading the states ---- */

static const float PAIR_USUAL = -1.0f; /* pairs that are scored better need no search */

/* The first of the largest; the maximum is sought in eight lanes, which compilers make vectors of, as its place alone is not. */
static uint32_t largest(const float *v, uint32_t n) {
  float lane[8];
  uint32_t i = 0;
  for (int k = 0; k < 8; k++) lane[k] = v[0];
  for (; i + 8 <= n; i += 8)
    for (int k = 0; k < 8; k++) lane[k] = v[i + k] > lane[k] ? v[i + k] : lane[k];
  for (; i < n; i++) lane[0] = v[i] > lane[0] ? v[i] : lane[0];
  float most = lane[0];
  for (int k = 1; k < 8; k++) most = lane[k] > most ? lane[k] : most;
  for (i = 0; i + 1 < n && v[i] != most; i++) {}
  return i;
}

/* The two tags of a word are scored apart, but belong together: where the best of each do not, the best pair. */
static void best_pair(const struct net *n, const float *v, uint32_t *upos, uint32_t *xpos) {
  const struct net_shape *s = &n->shape;
  *upos = largest(v, s->nupos), *xpos = largest(v + s->xpos_at, s->nxpos);
  if (n->pair[*xpos * s->nupos + *upos] > PAIR_USUAL) return;
  float best = -INFINITY;
  for (uint32_t x = 0; x < s->nxpos; x++)
    for (uint32_t u = 0; u < s->nupos; u++) {
      float score = v[u] + v[s->xpos_at + x] + n->pair[x * s->nupos + u];
      if (score > best) best = score, *upos = u, *xpos = x;
    }
}

static uint32_t next_of(const float *v, uint32_t n, uint32_t chosen) {
  uint32_t next = chosen ? 0 : n > 1;
  for (uint32_t i = 0; i < n; i++)
    if (i != chosen && v[i] > v[next]) next = i;
  return next;
}

static uint32_t xpos_with(const struct net *n, const float *v, uint32_t upos) {
  uint32_t best = 0;
  float most = -INFINITY;
  for (uint32_t x = 0; x < n->shape.nxpos; x++) {
    float score = v[n->shape.xpos_at + x] + n->pair[x * n->shape.nupos + upos];
    if (score > most) most = score, best = x;
  }
  return best;
}

/* The margin, below 0 where the pair overruled the UPOS, and what the word may be instead. */
static void put_doubt(const struct net *n, const float *v, const struct tag_columns *tags, uint32_t row) {
  uint32_t chosen = tags->upos[row], next = next_of(v, n->shape.nupos, chosen);
  float ahead = (v[chosen] - v[next]) * 16;
  tags->margin[row] = ahead >= 255 ? 255 : ahead > 0 ? (uint8_t)ahead : 0;
  bool unsure = tags->margin[row] < NET_UNSURE;
  if (!tags->next_upos) return;
  tags->next_upos[row] = unsure ? (uint8_t)next : NET_NO_TAG;
  tags->next_xpos[row] = unsure ? (uint8_t)xpos_with(n, v, next) : NET_NO_TAG;
}

void net_tags(const struct net *n, struct net_work *w, const int8_t *state, uint32_t rows,
              const struct tag_columns *tags) {
  const struct net_shape *s = &n->shape;
  w->k->linear(&n->tags, state, rows, w->u, w->scratch);
  for (uint32_t r = 0; r < rows; r++) {
    const float *v = w->u + (size_t)r * n->tags.out;
    uint32_t u, x;
    best_pair(n, v, &u, &x);
    tags->upos[r] = (uint8_t)u, tags->xpos[r] = (uint8_t)x;
    if (tags->margin) put_doubt(n, v, tags, r);
    tags->feats[r] = (uint16_t)largest(v + s->feats_at, s->nfeats);
  }
}
