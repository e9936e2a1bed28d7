/* kernel_avx512.c - the kernels for x86-64 with AVX-512 and VNNI: VPDPBUSD adds four products of unsigned and signed
 * bytes to each 32-bit lane. Inputs are made unsigned by adding 128; linear.sum128 takes that out again. */
#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))),            \
                             apply_to = function)
#else
#pragma GCC target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,prefer-vector-width=512")
#endif
#include <immintrin.h>
#define KERNEL_AVX2 1
#include "model/kernel_body.h"

/* As assembly: gcc 12 moves the accumulators between registers around the intrinsic. */
static inline __attribute__((always_inline)) void dot4(__m512i *acc, __m512i x, __m512i w) {
  __asm__("vpdpbusd %2, %1, %0" : "+v"(*acc) : "v"(x), "v"(w));
}
static inline __m512i load(const int8_t *w) { return _mm512_loadu_si512(w); }
static inline __m512i spread(const uint8_t *x) {
  int32_t four;
  memcpy(&four, x, 4);
  return _mm512_set1_epi32(four);
}

/* 4 rows x 64 outputs in 16 accumulators. */
static inline __attribute__((always_inline)) void tile(const struct linear *q, const uint8_t *x, uint32_t o,
                                                       __m512 out[4][4]) {
  __m512i z = _mm512_setzero_si512(), v, w0, w1, w2, w3;
  __m512i a00 = z, a01 = z, a02 = z, a03 = z, a10 = z, a11 = z, a12 = z, a13 = z;
  __m512i a20 = z, a21 = z, a22 = z, a23 = z, a30 = z, a31 = z, a32 = z, a33 = z;
  const int8_t *w = q->w + (size_t)o * 4;
  const uint8_t *x1 = x + q->in, *x2 = x1 + q->in, *x3 = x2 + q->in;
  for (uint32_t k = 0; k < q->in; k += 4, w += (size_t)q->out * 4) {
    w0 = load(w), w1 = load(w + 64), w2 = load(w + 128), w3 = load(w + 192);
    v = spread(x + k), dot4(&a00, v, w0), dot4(&a01, v, w1), dot4(&a02, v, w2), dot4(&a03, v, w3);
    v = spread(x1 + k), dot4(&a10, v, w0), dot4(&a11, v, w1), dot4(&a12, v, w2), dot4(&a13, v, w3);
    v = spread(x2 + k), dot4(&a20, v, w0), dot4(&a21, v, w1), dot4(&a22, v, w2), dot4(&a23, v, w3);
    v = spread(x3 + k), dot4(&a30, v, w0), dot4(&a31, v, w1), dot4(&a32, v, w2), dot4(&a33, v, w3);
  }
  __m512i sum;
  __m512 scale, bias;
#define OUT(r, j, acc)                                                                                                 \
  out[r][j] = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(acc, sum)), scale), bias)
#define COLUMN(j, c0, c1, c2, c3)                                                                                      \
  sum = _mm512_loadu_si512(q->sum128 + o + 16 * (j)), scale = _mm512_loadu_ps(q->scale + o + 16 * (j)),                \
  bias = _mm512_loadu_ps(q->bias + o + 16 * (j)), OUT(0, j, c0), OUT(1, j, c1), OUT(2, j, c2), OUT(3, j, c3)
  COLUMN(0, a00, a10, a20, a30);
  COLUMN(1, a01, a11, a21, a31);
  COLUMN(2, a02, a12, a22, a32);
  COLUMN(3, a03, a13, a23, a33);
#undef COLUMN
#undef OUT
}

static void flip(uint8_t *to, const int8_t *x, size_t n) { /* x + 128 as unsigned */
  for (size_t i = 0; i < n; i++) to[i] = (uint8_t)((uint8_t)x[i] ^ 0x80u);
}

static void linear_rows(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch) {
  __m512 t[4][4];
  rows = (rows + 3) & ~3u;
  flip(scratch, x, (size_t)rows * q->in);
  for (uint32_t o = 0; o < q->out; o += 64)
    for (uint32_t r = 0; r < rows; r += 4) {
      tile(q, scratch + (size_t)r * q->in, o, t);
#pragma GCC unroll 4
      for (uint32_t i = 0; i < 4; i++)
#pragma GCC unroll 4
        for (uint32_t j = 0; j < 4; j++) _mm512_storeu_ps(y + (size_t)(r + i) * q->out + o + 16 * j, t[i][j]);
    }
}

static inline __m256i to_int16(__m512 v) {
  v = _mm512_max_ps(_mm512_min_ps(v, _mm512_set1_ps(32767.0f)), _mm512_set1_ps(-32768.0f));
  return _mm512_cvtsepi32_epi16(_mm512_cvtps_epi32(v));
}
static void linear16_rows(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch) {
  __m512 t[4][4];
  rows = (rows + 3) & ~3u;
  flip(scratch, x, (size_t)rows * q->in);
  for (uint32_t o = 0; o < q->out; o += 64)
    for (uint32_t r = 0; r < rows; r += 4) {
      tile(q, scratch + (size_t)r * q->in, o, t);
#pragma GCC unroll 4
      for (uint32_t i = 0; i < 4; i++)
#pragma GCC unroll 4
        for (uint32_t j = 0; j < 4; j++)
          _mm256_storeu_si256((__m256i *)(void *)(y + (size_t)(r + i) * q->out + o + 16 * j), to_int16(t[i][j]));
    }
}

static uint32_t best_of(const struct linear *q, const int8_t *h, const float *bias, float *score) {
  __m512 top = _mm512_set1_ps(-INFINITY);
  __m512i where = _mm512_setzero_si512(),
          lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const uint8_t *x = (const uint8_t *)h; /* 0..127: unsigned already */
  for (uint32_t o = 0; o < q->out; o += 64) {
    __m512i z = _mm512_setzero_si512(), a0 = z, a1 = z, a2 = z, a3 = z, b0 = z, b1 = z, b2 = z, b3 = z;
    const int8_t *w = q->w + (size_t)o * 4;
    size_t next = (size_t)q->out * 4;
    for (uint32_t k = 0; k < q->in; k += 8, w += 2 * next) { /* two chains hide the latency */
      __m512i v = spread(x + k), u = spread(x + k + 4);
      dot4(&a0, v, load(w)), dot4(&a1, v, load(w + 64)), dot4(&a2, v, load(w + 128)), dot4(&a3, v, load(w + 192));
      dot4(&b0, u, load(w + next)), dot4(&b1, u, load(w + next + 64));
      dot4(&b2, u, load(w + next + 128)), dot4(&b3, u, load(w + next + 192));
    }
    const __m512i sum[4] = {_mm512_add_epi32(a0, b0), _mm512_add_epi32(a1, b1), _mm512_add_epi32(a2, b2),
                            _mm512_add_epi32(a3, b3)};
#pragma GCC unroll 4
    for (uint32_t j = 0; j < 4; j++) {
      uint32_t p = o + 16 * j;
      __m512 s = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum[j]), _mm512_loadu_ps(q->scale + p)),
                               _mm512_loadu_ps(bias + p));
      _mm512_storeu_ps(score + p, s);
      __mmask16 m = _mm512_cmp_ps_mask(s, top, _CMP_GT_OQ);
      top = _mm512_mask_mov_ps(top, m, s);
      where = _mm512_mask_mov_epi32(where, m, _mm512_add_epi32(lane, _mm512_set1_epi32((int)p)));
    }
  }
  __mmask16 m = _mm512_cmp_ps_mask(top, _mm512_set1_ps(_mm512_reduce_max_ps(top)), _CMP_EQ_OQ);
  return (uint32_t)_mm512_mask_reduce_min_epi32(m, where); /* of equal scores the first */
}

const struct kernels kernels_avx512 = {"avx512",  linear_rows, linear16_rows, best_of,  norm_rows,
                                       embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int kernel_avx512_is_for_x86_64; /* a translation unit may not be empty */
#endif
