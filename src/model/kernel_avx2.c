/* kernel_avx2.c - the kernels for x86-64 with AVX2. VPMADDUBSW multiplies unsigned by signed bytes and saturates at 16
 * bits: |x| times w with the sign of x stays within them (2 * 127 * 127 < 32768). */
#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif
#include <immintrin.h>
#define KERNEL_AVX2 1
#include "model/kernel_body.h"

static inline __m256i step_signed(__m256i acc, __m256i ax, __m256i xs, __m256i w, __m256i one) {
  return _mm256_add_epi32(acc, _mm256_madd_epi16(_mm256_maddubs_epi16(ax, _mm256_sign_epi8(w, xs)), one));
}

/* 2 rows x 32 outputs in eight accumulators, named so that they stay in registers. */
static inline __attribute__((always_inline)) void tile(const struct linear *q, const int8_t *x, uint32_t o,
                                                       __m256 out[8]) {
  __m256i z = _mm256_setzero_si256(), one = _mm256_set1_epi16(1);
  __m256i a0 = z, a1 = z, a2 = z, a3 = z, b0 = z, b1 = z, b2 = z, b3 = z;
  const int8_t *w = q->w + (size_t)o * 4, *y = x + q->in;
  for (uint32_t k = 0; k < q->in; k += 4, w += (size_t)q->out * 4) {
    int32_t four[2];
    memcpy(&four[0], x + k, 4);
    memcpy(&four[1], y + k, 4);
    __m256i xs = _mm256_set1_epi32(four[0]), xa = _mm256_abs_epi8(xs);
    __m256i ys = _mm256_set1_epi32(four[1]), ya = _mm256_abs_epi8(ys);
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)w);
    a0 = step_signed(a0, xa, xs, v, one), b0 = step_signed(b0, ya, ys, v, one);
    v = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32));
    a1 = step_signed(a1, xa, xs, v, one), b1 = step_signed(b1, ya, ys, v, one);
    v = _mm256_loadu_si256((const __m256i *)(const void *)(w + 64));
    a2 = step_signed(a2, xa, xs, v, one), b2 = step_signed(b2, ya, ys, v, one);
    v = _mm256_loadu_si256((const __m256i *)(const void *)(w + 96));
    a3 = step_signed(a3, xa, xs, v, one), b3 = step_signed(b3, ya, ys, v, one);
  }
  const __m256i acc[8] = {a0, a1, a2, a3, b0, b1, b2, b3};
  for (int j = 0; j < 8; j++) {
    uint32_t c = o + 8 * (uint32_t)(j % 4);
    out[j] = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(acc[j]), _mm256_loadu_ps(q->scale + c)),
                           _mm256_loadu_ps(q->bias + c));
  }
}

static void linear_rows(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch) {
  __m256 t[8];
  (void)scratch;
  for (uint32_t o = 0; o < q->out; o += 32)
    for (uint32_t r = 0; r < rows; r += 2) {
      tile(q, x + (size_t)r * q->in, o, t);
      for (uint32_t j = 0; j < 8; j++) _mm256_storeu_ps(y + (size_t)(r + j / 4) * q->out + o + 8 * (j % 4), t[j]);
    }
}

static inline __m256i to_int(__m256 v) {
  v = _mm256_max_ps(_mm256_min_ps(v, _mm256_set1_ps(32767.0f)), _mm256_set1_ps(-32768.0f));
  return _mm256_cvtps_epi32(v);
}
static void linear16_rows(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch) {
  __m256 t[8];
  (void)scratch;
  for (uint32_t o = 0; o < q->out; o += 32)
    for (uint32_t r = 0; r < rows; r += 2) {
      tile(q, x + (size_t)r * q->in, o, t);
      for (uint32_t j = 0; j < 8; j += 2) {
        __m256i p = _mm256_permute4x64_epi64(_mm256_packs_epi32(to_int(t[j]), to_int(t[j + 1])), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(y + (size_t)(r + j / 4) * q->out + o + 8 * (j % 4)), p);
      }
    }
}

/* The first of the largest: lanes keep their own, strictly larger ones replace them. */
static uint32_t argmax(const float *score, uint32_t n) {
  __m256 top = _mm256_set1_ps(-INFINITY);
  __m256i where = _mm256_setzero_si256(), at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), next = _mm256_set1_epi32(8);
  for (uint32_t i = 0; i < n; i += 8, at = _mm256_add_epi32(at, next)) {
    __m256 s = _mm256_loadu_ps(score + i), m = _mm256_cmp_ps(s, top, _CMP_GT_OQ);
    top = _mm256_blendv_ps(top, s, m);
    where = _mm256_blendv_epi8(where, at, _mm256_castps_si256(m));
  }
  float value[8];
  uint32_t index[8], best = 0;
  _mm256_storeu_ps(value, top);
  _mm256_storeu_si256((__m256i *)(void *)index, where);
  for (uint32_t j = 1; j < 8; j++)
    if (value[j] > value[best] || (value[j] == value[best] && index[j] < index[best])) best = j;
  return index[best];
}

static uint32_t best_of(const struct linear *q, const int8_t *h, const float *bias, float *score) {
  __m256i one = _mm256_set1_epi16(1);
  for (uint32_t o = 0; o < q->out; o += 32) {
    __m256i a[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (uint32_t k = 0; k < q->in; k += 4) {
      const int8_t *w = q->w + ((size_t)(k / 4) * q->out + o) * 4;
      int32_t four;
      memcpy(&four, h + k, 4);
      __m256i x = _mm256_set1_epi32(four); /* 0..127: unsigned already */
      for (int j = 0; j < 4; j++) {
        __m256i p = _mm256_maddubs_epi16(x, _mm256_loadu_si256((const __m256i *)(const void *)(w + 32 * j)));
        a[j] = _mm256_add_epi32(a[j], _mm256_madd_epi16(p, one));
      }
    }
    for (uint32_t j = 0; j < 4; j++)
      _mm256_storeu_ps(score + o + 8 * j,
                       _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(a[j]), _mm256_loadu_ps(q->scale + o + 8 * j)),
                                     _mm256_loadu_ps(bias + o + 8 * j)));
  }
  return argmax(score, q->out);
}

const struct kernels kernels_avx2 = {"avx2",    linear_rows, linear16_rows, best_of,  norm_rows,
                                     embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int kernel_avx2_is_for_x86_64; /* a translation unit may not be empty */
#endif
