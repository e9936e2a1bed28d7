/* kernel_vnni.c - the kernels for x86-64 with AVX2 and AVX-VNNI (VPDPBUSD on 256 bits: processors without AVX-512 since
 * 2021). As in kernel_avx512.c inputs are made unsigned by adding 128; linear.sum128 takes that out again.
 *
 * VNNI_EMULATED (tests define it) replaces the one instruction by what AVX2 has, so that all else is tested anywhere. */
#if defined(__x86_64__)
#if defined(VNNI_EMULATED)
#define VNNI_TARGET "avx2"
#else
#define VNNI_TARGET "avx2,avxvnni"
#endif
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target(VNNI_TARGET))), apply_to = function)
#elif defined(VNNI_EMULATED)
#pragma GCC target("avx2")
#else
#pragma GCC target("avx2,avxvnni")
#endif
#include <immintrin.h>
#define KERNEL_AVX2 1
#include "model/kernel_body.h"

/* acc += four products of unsigned x and signed w in each 32-bit lane. */
static inline __attribute__((always_inline)) void dot4(__m256i *acc, __m256i x, __m256i w) {
#if defined(VNNI_EMULATED)
  const __m256i one = _mm256_set1_epi16(1), low = _mm256_set1_epi16(0xFF);
  __m256i even = _mm256_mullo_epi16(_mm256_and_si256(x, low), _mm256_srai_epi16(_mm256_slli_epi16(w, 8), 8));
  __m256i odd = _mm256_mullo_epi16(_mm256_srli_epi16(x, 8), _mm256_srai_epi16(w, 8));
  *acc = _mm256_add_epi32(*acc, _mm256_add_epi32(_mm256_madd_epi16(even, one), _mm256_madd_epi16(odd, one)));
#else
  *acc = _mm256_dpbusd_avx_epi32(*acc, x, w);
#endif
}
static inline __m256i load(const int8_t *w) { return _mm256_loadu_si256((const __m256i *)(const void *)w); }
static inline __m256i spread(const uint8_t *x) {
  int32_t four;
  memcpy(&four, x, 4);
  return _mm256_set1_epi32(four);
}

/* 4 rows x 16 outputs in eight accumulators, named so that they stay in registers. */
static inline __attribute__((always_inline)) void tile(const struct linear *q, const uint8_t *x, uint32_t o,
                                                       __m256 out[8]) {
  __m256i z = _mm256_setzero_si256(), a0 = z, a1 = z, b0 = z, b1 = z, c0 = z, c1 = z, d0 = z, d1 = z;
  const int8_t *w = q->w + (size_t)o * 4;
  const uint8_t *x1 = x + q->in, *x2 = x1 + q->in, *x3 = x2 + q->in;
  for (uint32_t k = 0; k < q->in; k += 4, w += (size_t)q->out * 4) {
    __m256i w0 = load(w), w1 = load(w + 32), v = spread(x + k);
    dot4(&a0, v, w0), dot4(&a1, v, w1), v = spread(x1 + k);
    dot4(&b0, v, w0), dot4(&b1, v, w1), v = spread(x2 + k);
    dot4(&c0, v, w0), dot4(&c1, v, w1), v = spread(x3 + k);
    dot4(&d0, v, w0), dot4(&d1, v, w1);
  }
  const __m256i acc[8] = {a0, a1, b0, b1, c0, c1, d0, d1};
  for (int j = 0; j < 8; j++) {
    uint32_t c = o + 8 * (uint32_t)(j % 2);
    __m256i sum = _mm256_sub_epi32(acc[j], _mm256_loadu_si256((const __m256i *)(const void *)(q->sum128 + c)));
    out[j] = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(q->scale + c)),
                           _mm256_loadu_ps(q->bias + c));
  }
}

static uint32_t flip(uint8_t *to, const int8_t *x, uint32_t rows,
                     uint32_t in) { /* x + 128; the rows, rounded up to 4 */
  rows = (rows + 3) & ~3u;
  for (size_t i = 0; i < (size_t)rows * in; i++) to[i] = (uint8_t)((uint8_t)x[i] ^ 0x80u);
  return rows;
}

static void linear_rows(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch) {
  __m256 t[8];
  rows = flip(scratch, x, rows, q->in);
  for (uint32_t o = 0; o < q->out; o += 16)
    for (uint32_t r = 0; r < rows; r += 4) {
      tile(q, scratch + (size_t)r * q->in, o, t);
      for (uint32_t j = 0; j < 8; j++) _mm256_storeu_ps(y + (size_t)(r + j / 2) * q->out + o + 8 * (j % 2), t[j]);
    }
}

static inline __m256i to_int(__m256 v) {
  v = _mm256_max_ps(_mm256_min_ps(v, _mm256_set1_ps(32767.0f)), _mm256_set1_ps(-32768.0f));
  return _mm256_cvtps_epi32(v);
}
static void linear16_rows(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch) {
  __m256 t[8];
  rows = flip(scratch, x, rows, q->in);
  for (uint32_t o = 0; o < q->out; o += 16)
    for (uint32_t r = 0; r < rows; r += 4) {
      tile(q, scratch + (size_t)r * q->in, o, t);
      for (uint32_t j = 0; j < 8; j += 2) {
        __m256i p = _mm256_permute4x64_epi64(_mm256_packs_epi32(to_int(t[j]), to_int(t[j + 1])), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(y + (size_t)(r + j / 2) * q->out + o), p);
      }
    }
}

/* The first of the largest: lanes keep their own, strictly larger ones replace them. */
static uint32_t argmax(const float *score, uint32_t n) {
  float value[8];
  uint32_t index[8], best = 0;
  __m256 top = _mm256_set1_ps(-INFINITY);
  __m256i where = _mm256_setzero_si256(), at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), next = _mm256_set1_epi32(8);
  for (uint32_t i = 0; i < n; i += 8, at = _mm256_add_epi32(at, next)) {
    __m256 s = _mm256_loadu_ps(score + i), m = _mm256_cmp_ps(s, top, _CMP_GT_OQ);
    top = _mm256_blendv_ps(top, s, m);
    where = _mm256_blendv_epi8(where, at, _mm256_castps_si256(m));
  }
  _mm256_storeu_ps(value, top);
  _mm256_storeu_si256((__m256i *)(void *)index, where);
  for (uint32_t j = 1; j < 8; j++)
    if (value[j] > value[best] || (value[j] == value[best] && index[j] < index[best])) best = j;
  return index[best];
}

static uint32_t best_of(const struct linear *q, const int8_t *h, const float *bias, float *score) {
  const uint8_t *x = (const uint8_t *)h; /* 0..127: unsigned already */
  for (uint32_t o = 0; o < q->out; o += 32) {
    __m256i z = _mm256_setzero_si256(), a[8] = {z, z, z, z, z, z, z, z}; /* two chains hide the latency */
    const int8_t *w = q->w + (size_t)o * 4;
    size_t next = (size_t)q->out * 4;
    for (uint32_t k = 0; k < q->in; k += 8, w += 2 * next)
      for (size_t j = 0; j < 4; j++) {
        dot4(&a[j], spread(x + k), load(w + 32 * j));
        dot4(&a[j + 4], spread(x + k + 4), load(w + next + 32 * j));
      }
    for (uint32_t j = 0; j < 4; j++) {
      __m256 s = _mm256_cvtepi32_ps(_mm256_add_epi32(a[j], a[j + 4]));
      s = _mm256_add_ps(_mm256_mul_ps(s, _mm256_loadu_ps(q->scale + o + 8 * j)), _mm256_loadu_ps(bias + o + 8 * j));
      _mm256_storeu_ps(score + o + 8 * j, s);
    }
  }
  return argmax(score, q->out);
}

const struct kernels kernels_vnni = {"vnni",    linear_rows, linear16_rows, best_of,  norm_rows,
                                     embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int kernel_vnni_is_for_x86_64; /* a translation unit may not be empty */
#endif
