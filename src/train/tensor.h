/* tensor.h - the little of a float32 toolbox that training needs: parameters, Adam, matrix products, random numbers.
 *
 * Every result is the same bits on every machine: sums in one fixed order, fused multiply-add in matrix products only and
 * there always. */
#ifndef TR_TRAIN_TENSOR_H
#define TR_TRAIN_TENSOR_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

/* The hot loops are compiled for several instruction sets where the compiler can do that by itself. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TRAIN_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TRAIN_CLONES
#endif

struct rng {
  uint64_t state;
};
static inline uint32_t rng_next(struct rng *r) { /* xorshift64 (Marsaglia 2003) */
  r->state ^= r->state << 13, r->state ^= r->state >> 7, r->state ^= r->state << 17;
  return (uint32_t)(r->state >> 32);
}
static inline float rng_unit(struct rng *r) { return (float)(rng_next(r) >> 8) * (1.0f / 16777216); }
static inline void rng_seed(struct rng *r, uint32_t seed) {
  r->state = 88172645463325252ull + 7919ull * seed;
  for (int i = 0; i < 8; i++) rng_next(r);
}

struct tensor {
  int rows, cols;
  float *w, *g, *m, *v; /* weights, gradient, Adam's moments */
  float *mean;          /* of the weights, over the times they were sampled; NULL: never */
  int *dirty, ndirty;   /* sparse: only rows touched since the last step are updated; NULL: dense */
  uint8_t *mark;
};

enum { TENSORS_MAX = 96 };
struct tensors { /* all parameters of one network, in a fixed order */
  struct tensor *all[TENSORS_MAX];
  int n;
};

/* Zeroed, aligned to 64; NULL when memory is out. */
void *train_alloc(size_t bytes);
/* Uniform in [-range, range]. */
bool tensor_init(struct tensors *set, struct tensor *t, int rows, int cols, float range, bool sparse, struct rng *rng,
                 struct err *e);
void tensors_release(struct tensors *set);
static inline void tensor_touch(struct tensor *t, uint32_t row) {
  if (t->mark[row]) return;
  t->mark[row] = 1;
  t->dirty[t->ndirty++] = (int)row;
}
void tensors_step(struct tensors *set, float rate, int step); /* Adam; clears gradients */
/* The weights of many steps, averaged, generalise better than those of the last (Izmailov et al. 2018). `number`: how many
 * samples there were before. tensors_settle puts the means in place of the weights, if there are any. */
bool tensors_sample(struct tensors *set, int number, struct err *e);
void tensors_settle(struct tensors *set);

/* Row-major products with M a multiple of 8 and N of 32. add: onto C. `room` is scratch for 32 k floats and the matrix that
 * is transposed. */
void gemm(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room);    /* A B */
void gemm_tn(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room); /* A^T B */
void gemm_nt(float *c, const float *a, const float *b, int m, int n, int k, bool add, float *room); /* A B^T */

/* As the runtime's (model/kernel_body.h). */
static inline float train_exp(float x) {
  x = x < -80.0f ? -80.0f : x > 80.0f ? 80.0f : x;
  float t = x * 1.44269504f, r = t + 12582912.0f, f = t - (r - 12582912.0f);
  union {
    float f;
    uint32_t i;
  } u = {.f = r};
  uint32_t e = (u.i - 0x4B400000u + 127u) << 23;
  float p = 1.0f + f * (0.69314718f + f * (0.24022651f + f * (0.05550411f + f * 0.00961813f)));
  u.i = e;
  return p * u.f;
}
static inline float train_sigmoid(float x) { return 1.0f / (1.0f + train_exp(-x)); }
static inline float train_tanh(float x) { return 2.0f / (1.0f + train_exp(-2.0f * x)) - 1.0f; }

typedef float vec16 __attribute__((vector_size(64), aligned(4), may_alias));

/* y += a x, and the inner product; n a multiple of 16. Inlined, so that they are compiled as TRAIN_CLONES asks for their callers. */
static inline __attribute__((always_inline)) void train_axpy(float *restrict y, float a, const float *restrict x,
                                                             size_t n) {
  for (size_t i = 0; i < n; i++) y[i] += a * x[i];
}
static inline __attribute__((always_inline)) float train_dot(const float *x, const float *y, size_t n) {
  vec16 s = {0};
  for (size_t i = 0; i < n; i += 16) s += *(const vec16 *)(x + i) * *(const vec16 *)(y + i);
  float r = 0;
  for (int i = 0; i < 16; i++) r += s[i];
  return r;
}

#endif
