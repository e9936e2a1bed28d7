/* kernels.h - the arithmetic of the network, in one version for each instruction set.
 *
 * All versions give the same bits: products are integers, and floating point is done in one fixed order with neither
 * fused multiply-add nor reassociation, so a page does not depend on the machine that coded it. A test proves it.
 * Weights are int8 in [in/4][out][4] order, which feeds four products to each lane of VPDPBUSD or VPMADDUBSW at once.
 *
 * Pure functions of their arguments; thread-safe. */
#ifndef TR_MODEL_KERNELS_H
#define TR_MODEL_KERNELS_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

/* y = scale * (x W) + bias. in: multiple of 4; out: multiple of 64; x rows are int8. */
struct linear {
  uint32_t in, out;
  const int8_t *w;
  const float *scale, *bias;
  const int32_t *sum128; /* 128 * column sums: corrects the unsigned input that VNNI wants */
};

enum { KERNEL_ROWS = 4, NET_FEATURES_MAX = 16, HIDDEN_SHIFT = 5, FIRST_UNIT = 1024, SCORE_MAX = 512 };

struct kernels {
  const char *name;
  /* Rows are rounded up to KERNEL_ROWS: x and y must have room. scratch: rows * in bytes, aligned to 64. */
  void (*linear)(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch);
  void (*linear16)(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch);
  /* score[out] = scale * (h W) + bias for one row of 0..127 values; returns the first largest. in: multiple of 8. */
  uint32_t (*best)(const struct linear *q, const int8_t *h, const float *bias, float *score);
  /* Layer normalisation in place; q receives the rows as int8 in units of `step`. d: multiple of 16. */
  void (*norm)(float *x, int8_t *q, uint32_t rows, uint32_t d, const float *gain, const float *shift, float step);
  /* x = unit * sum of n rows of d int8. d: multiple of 32. */
  void (*embed)(float *x, const int8_t *table, const uint32_t *row, uint32_t n, uint32_t d, float unit);
  /* One direction of a simple recurrent unit over `len` rows from `first`, adding its output to x. half: multiple of 16.
   * u rows are [candidate d | forget d | output d]; this direction's units are [offset, offset + half). */
  void (*recur)(float *x, const float *u, ptrdiff_t first, ptrdiff_t step, uint32_t len, uint32_t d, uint32_t offset,
                uint32_t half);
  /* x += max(u, 0) */
  void (*relu_add)(float *x, const float *u, size_t n);
  /* u = (a + b + c) / FIRST_UNIT + bias */
  void (*add3)(float *u, const int16_t *a, const int16_t *b, const int16_t *c, const float *bias, uint32_t n);
  /* h = clip(sum of n rows of d int16 >> HIDDEN_SHIFT, 0, 127). d: multiple of 64. */
  void (*accumulate)(int8_t *h, const int16_t *const *row, uint32_t n, uint32_t d);
};

extern const struct kernels kernels_c;
#if defined(__x86_64__)
extern const struct kernels kernels_avx2, kernels_vnni, kernels_avx512;
#elif defined(__aarch64__)
extern const struct kernels kernels_neon, kernels_dotprod;
#endif

/* The best version for this machine, or the one called `isa` ("avx512", "vnni", "avx2"; "dotprod", "neon"; "c"); isa may be NULL or "".
 * A name that is unknown, or that this machine cannot run, is ERR_USAGE. */
const struct kernels *kernels_choose(const char *isa, struct err *e);

#endif
