/* kernel_body.h - the part of the kernels that is the same for every instruction set, written so that the compiler
 * vectorises it. Included once by each kernel_*.c, after it has set the compiler's target. */
#include "model/kernels.h"
#include <math.h>
#include <string.h>

/* Vectors of one size everywhere: the compiler splits them as the machine needs, the order of additions stays. */
typedef float vec_f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint16_t vec_u32x16 __attribute__((vector_size(64), aligned(2), may_alias));
typedef int16_t vec_s32x16 __attribute__((vector_size(64), aligned(2), may_alias));
typedef int8_t vec_b32 __attribute__((vector_size(32), aligned(1), may_alias));

/* 2^x by bits and a polynomial; the trainer uses the same approximations (train/tensor.h). */
static inline float approx_exp(float x) {
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

static inline float lanes_sum(const vec_f16 *v) {
  float r = 0;
  for (int i = 0; i < 16; i++) r += (*v)[i];
  return r;
}

static void norm_rows(float *x, int8_t *q, uint32_t rows, uint32_t d, const float *gain, const float *shift,
                      float step) {
  float inv = 1.0f / step, width = (float)d;
  for (uint32_t t = 0; t < rows; t++) {
    float *a = x + (size_t)t * d;
    int8_t *out = q + (size_t)t * d;
    vec_f16 s1 = {0}, s2 = {0};
    for (uint32_t i = 0; i < d; i += 16) {
      vec_f16 v = *(const vec_f16 *)(a + i);
      s1 += v;
      s2 += v * v;
    }
    float mean = lanes_sum(&s1) / width, var = lanes_sum(&s2) / width - mean * mean;
    float r = 1.0f / sqrtf((var > 0 ? var : 0) + 1e-5f);
    for (size_t i = 0; i < d; i++) {
      float v = (a[i] - mean) * r * gain[i] + shift[i], w = v * inv;
      a[i] = v;
      w = w > 127.0f ? 127.0f : w < -127.0f ? -127.0f : w;
      union {
        float f;
        uint32_t i;
      } u = {.f = w + 12582912.0f}; /* the low byte is the value rounded to nearest, ties to even */
      out[i] = (int8_t)(u.i & 255);
    }
  }
}

static void embed_row(float *x, const int8_t *table, const uint32_t *row, uint32_t n, uint32_t d, float unit) {
  for (uint32_t i = 0; i < d; i += 32) {
    vec_s32x16 a = {0};
    for (uint32_t k = 0; k < n; k++)
      a += __builtin_convertvector(*(const vec_b32 *)(table + (size_t)row[k] * d + i), vec_s32x16);
    for (int j = 0; j < 32; j++) x[i + j] = (float)a[j] * unit;
  }
}

static void recur_rows(float *x, const float *u, ptrdiff_t first, ptrdiff_t step, uint32_t len, uint32_t d,
                       uint32_t offset, uint32_t half) {
  float c[256];
  for (size_t i = 0; i < half; i++) c[i] = 0;
  ptrdiff_t t = first;
  for (uint32_t k = 0; k < len; k++, t += step) {
    const float *candidate = u + (size_t)t * 3 * d + offset, *gate = candidate + d, *output = gate + d;
    float *restrict y = x + (size_t)t * d + offset;
    for (size_t i = 0; i < half; i++) {
      float forget = 1.0f / (1.0f + approx_exp(-gate[i])), out = 1.0f / (1.0f + approx_exp(-output[i]));
      c[i] = forget * c[i] + (1.0f - forget) * candidate[i];
      y[i] += out * (2.0f / (1.0f + approx_exp(-2.0f * c[i])) - 1.0f);
    }
  }
}

static void relu_add_row(float *restrict x, const float *restrict u, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] += u[i] > 0 ? u[i] : 0;
}

static void add3_row(float *restrict u, const int16_t *a, const int16_t *b, const int16_t *c, const float *bias,
                     uint32_t n) {
  for (size_t i = 0; i < n; i++) u[i] = (float)(a[i] + b[i] + c[i]) * (1.0f / FIRST_UNIT) + bias[i];
}

#if defined(KERNEL_AVX2) /* 64 units at a time in four registers; packing saturates below at 0 */
static void accumulate_row(int8_t *h, const int16_t *const *row, uint32_t n, uint32_t d) {
  const __m256i most = _mm256_set1_epi8(127);
  for (size_t i = 0; i < d; i += 64) {
    __m256i s[4];
    for (size_t j = 0; j < 4; j++) s[j] = _mm256_loadu_si256((const __m256i *)(const void *)(row[0] + i + 16 * j));
    for (uint32_t k = 1; k < n; k++)
      for (size_t j = 0; j < 4; j++)
        s[j] = _mm256_add_epi16(s[j], _mm256_loadu_si256((const __m256i *)(const void *)(row[k] + i + 16 * j)));
    for (size_t j = 0; j < 4; j += 2) {
      __m256i p = _mm256_packus_epi16(_mm256_srai_epi16(s[j], HIDDEN_SHIFT), _mm256_srai_epi16(s[j + 1], HIDDEN_SHIFT));
      p = _mm256_min_epu8(_mm256_permute4x64_epi64(p, 0xD8), most);
      _mm256_storeu_si256((__m256i *)(void *)(h + i + 16 * j), p);
    }
  }
}
#else
static void accumulate_row(int8_t *h, const int16_t *const *row, uint32_t n, uint32_t d) {
  for (size_t i = 0; i < d; i += 64) {
    vec_u32x16 a = *(const vec_u32x16 *)(row[0] + i), b = *(const vec_u32x16 *)(row[0] + i + 32);
    for (uint32_t k = 1; k < n; k++) {
      a += *(const vec_u32x16 *)(row[k] + i);
      b += *(const vec_u32x16 *)(row[k] + i + 32);
    }
    int16_t t[64];
    memcpy(t, &a, 64);
    memcpy(t + 32, &b, 64);
    for (size_t j = 0; j < 64; j++) {
      int16_t v = (int16_t)(t[j] >> HIDDEN_SHIFT);
      h[i + j] = (int8_t)(v < 0 ? 0 : v > 127 ? 127 : v);
    }
  }
}
#endif
