/* tensor.c - see tensor.h. */
#include "train/tensor.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

void *train_alloc(size_t bytes) {
  void *p = aligned_alloc(64, (bytes + 127) & ~(size_t)63);
  if (p) memset(p, 0, (bytes + 127) & ~(size_t)63);
  return p;
}

bool tensor_init(struct tensors *set, struct tensor *t, int rows, int cols, float range, bool sparse, struct rng *rng,
                 struct err *e) {
  size_t n = (size_t)rows * (size_t)cols;
  *t = (struct tensor){.rows = rows, .cols = cols};
  if (set->n == TENSORS_MAX) return err_set(e, ERR_LIMIT, "the network has too many parts");
  set->all[set->n++] = t;
  t->w = train_alloc(n * 4), t->g = train_alloc(n * 4), t->m = train_alloc(n * 4), t->v = train_alloc(n * 4);
  if (sparse) t->dirty = train_alloc((size_t)rows * sizeof *t->dirty), t->mark = train_alloc((size_t)rows);
  if (!t->w || !t->g || !t->m || !t->v || (sparse && (!t->dirty || !t->mark)))
    return err_set(e, ERR_NOMEM, "no memory for the network");
  if (range > 0)
    for (size_t i = 0; i < n; i++) t->w[i] = range * (2 * rng_unit(rng) - 1);
  return true;
}

void tensors_release(struct tensors *set) {
  for (int k = 0; k < set->n; k++) {
    struct tensor *t = set->all[k];
    free(t->w), free(t->g), free(t->m), free(t->v), free(t->dirty), free(t->mark), free(t->mean);
    *t = (struct tensor){0};
  }
  set->n = 0;
}

TRAIN_CLONES static void adam(float *restrict w, float *restrict g, float *restrict m, float *restrict v, size_t n,
                              float rate, float c2) {
  const float b1 = 0.9f, b2 = 0.99f;
  for (size_t i = 0; i < n; i++) {
    m[i] = b1 * m[i] + (1 - b1) * g[i];
    v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
    w[i] -= rate * m[i] / (__builtin_sqrtf(v[i] * c2) + 1e-6f);
    g[i] = 0;
  }
}

static float power(float base, int n) { /* by multiplication: libm's powf differs between machines */
  double p = 1;
  for (int i = 0; i < n && p > 1e-30; i++) p *= (double)base;
  return (float)p;
}

void tensors_step(struct tensors *set, float rate, int step) {
  float c1 = 1 / (1 - power(0.9f, step)), c2 = 1 / (1 - power(0.99f, step));
  for (int k = 0; k < set->n; k++) {
    struct tensor *t = set->all[k];
    if (!t->dirty) {
      adam(t->w, t->g, t->m, t->v, (size_t)t->rows * (size_t)t->cols, rate * c1, c2);
      continue;
    }
    for (int i = 0; i < t->ndirty; i++) {
      size_t o = (size_t)t->dirty[i] * (size_t)t->cols;
      adam(t->w + o, t->g + o, t->m + o, t->v + o, (size_t)t->cols, rate * c1, c2);
      t->mark[t->dirty[i]] = 0;
    }
    t->ndirty = 0;
  }
}

bool tensors_sample(struct tensors *set, int number, struct err *e) {
  float share = 1.0f / (float)(number + 1);
  for (int k = 0; k < set->n; k++) {
    struct tensor *t = set->all[k];
    size_t n = (size_t)t->rows * (size_t)t->cols;
    if (!t->mean && !(t->mean = train_alloc(n * 4))) return err_set(e, ERR_NOMEM, "no memory to average the weights");
    for (size_t i = 0; i < n; i++) t->mean[i] += (t->w[i] - t->mean[i]) * share;
  }
  return true;
}

void tensors_settle(struct tensors *set) {
  for (int k = 0; k < set->n; k++) {
    struct tensor *t = set->all[k];
    if (t->mean) memcpy(t->w, t->mean, (size_t)t->rows * (size_t)t->cols * 4);
  }
}

/* 8 rows x 32 columns of C; panel is a packed k x 32 part of B. Three versions of the same sums: each element is a chain of
 * fused multiply-adds in the order of k, so that all give the same bits. */
typedef void block_fn(float *c, size_t ldc, const float *a, size_t lda, const float *panel, int k, bool add);

static void block_c(float *c, size_t ldc, const float *a, size_t lda, const float *panel, int k, bool add) {
  for (size_t i = 0; i < 8; i++)
    for (size_t j = 0; j < 32; j++) {
      float s = 0;
      for (size_t x = 0; x < (size_t)k; x++) s = fmaf(a[i * lda + x], panel[32 * x + j], s);
      c[i * ldc + j] = add ? c[i * ldc + j] + s : s;
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static void block_avx2(float *c, size_t ldc, const float *a, size_t lda,
                                                           const float *panel, int k, bool add) {
  for (size_t j = 0; j < 32; j += 8) {
    __m256 s[8];
#pragma GCC unroll 8
    for (size_t i = 0; i < 8; i++) s[i] = _mm256_setzero_ps();
    for (size_t x = 0; x < (size_t)k; x++) {
      __m256 b = _mm256_loadu_ps(panel + 32 * x + j);
#pragma GCC unroll 8
      for (size_t i = 0; i < 8; i++) s[i] = _mm256_fmadd_ps(_mm256_set1_ps(a[i * lda + x]), b, s[i]);
    }
#pragma GCC unroll 8
    for (size_t i = 0; i < 8; i++) {
      float *d = c + i * ldc + j;
      _mm256_storeu_ps(d, add ? _mm256_add_ps(_mm256_loadu_ps(d), s[i]) : s[i]);
    }
  }
}

__attribute__((target("avx512f"))) static void block_avx512(float *c, size_t ldc, const float *a, size_t lda,
                                                            const float *panel, int k, bool add) {
  __m512 s[8][2];
#pragma GCC unroll 8
  for (size_t i = 0; i < 8; i++) s[i][0] = s[i][1] = _mm512_setzero_ps();
  for (size_t x = 0; x < (size_t)k; x++) {
    __m512 b0 = _mm512_loadu_ps(panel + 32 * x), b1 = _mm512_loadu_ps(panel + 32 * x + 16);
#pragma GCC unroll 8
    for (size_t i = 0; i < 8; i++) {
      __m512 v = _mm512_set1_ps(a[i * lda + x]);
      s[i][0] = _mm512_fmadd_ps(v, b0, s[i][0]);
      s[i][1] = _mm512_fmadd_ps(v, b1, s[i][1]);
    }
  }
#pragma GCC unroll 8
  for (size_t i = 0; i < 8; i++)
    for (size_t j = 0; j < 2; j++) {
      float *d = c + i * ldc + 16 * j;
      _mm512_storeu_ps(d, add ? _mm512_add_ps(_mm512_loadu_ps(d), s[i][j]) : s[i][j]);
    }
}
#endif

static block_fn *block_choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return block_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return block_avx2;
#endif
  return block_c;
}

static void product(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *panel) {
  block_fn *block = block_choose();
  for (int j = 0; j < n; j += 32) {
    for (int i = 0; i < k; i++) memcpy(panel + 32 * i, b + (size_t)i * (size_t)n + j, 128);
    for (int i = 0; i < m; i += 8)
      block(c + (size_t)i * (size_t)n + j, (size_t)n, a + (size_t)i * (size_t)k, (size_t)k, panel, k, add);
  }
}

void gemm(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room) {
  product(c, a, b, m, n, k, add, room);
}

static const float *transpose(float *t, const float *a, int rows, int cols) {
  for (int i0 = 0; i0 < rows; i0 += 16)
    for (int j = 0; j < cols; j++)
      for (int i = i0; i < i0 + 16 && i < rows; i++)
        t[(size_t)j * (size_t)rows + (size_t)i] = a[(size_t)i * (size_t)cols + (size_t)j];
  return t;
}

void gemm_tn(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room) {
  product(c, transpose(room + (size_t)k * 32, a, k, m), b, m, n, k, add, room);
}
void gemm_nt(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room) {
  product(c, a, transpose(room + (size_t)k * 32, b, n, k), m, n, k, add, room);
}
