/* kernel_neon_body.h - the kernels for AArch64. Included by kernel_neon.c, which needs nothing but Advanced SIMD, and by
 * kernel_dotprod.c (NEON_DOT), which has SDOT: four products of signed bytes added to each 32-bit lane. */
#include "model/kernel_body.h"
#include <arm_neon.h>

enum { OUTPUTS = 16, VECTORS = OUTPUTS / 4 };

static inline int8x16_t spread(const int8_t *x) { /* four inputs in each lane */
  int32_t four;
  memcpy(&four, x, 4);
  return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

/* 16 outputs of one row; in: a multiple of 8. */
static inline __attribute__((always_inline)) void tile(const struct linear *q, const int8_t *x, uint32_t o,
                                                       int32x4_t sum[VECTORS]) {
  const int8_t *w = q->w + (size_t)o * 4;
  size_t next = (size_t)q->out * 4;
#if defined(NEON_DOT)
  for (int j = 0; j < VECTORS; j++) sum[j] = vdupq_n_s32(0);
  for (uint32_t k = 0; k < q->in; k += 4, w += next) {
    int8x16_t v = spread(x + k);
    for (int j = 0; j < VECTORS; j++) sum[j] = vdotq_s32(sum[j], vld1q_s8(w + 16 * j), v);
  }
#else /* two products fit into 16 bits: 2 * 127 * 127 < 32768 */
  int32x4_t a[2 * VECTORS];
  for (int j = 0; j < 2 * VECTORS; j++) a[j] = vdupq_n_s32(0);
  for (uint32_t k = 0; k < q->in; k += 8, w += 2 * next) {
    int8x8_t v = vget_low_s8(spread(x + k)), u = vget_low_s8(spread(x + k + 4));
    for (int j = 0; j < VECTORS; j++) {
      int8x16_t c = vld1q_s8(w + 16 * j), d = vld1q_s8(w + next + 16 * j);
      a[2 * j] = vpadalq_s16(a[2 * j], vmlal_s8(vmull_s8(vget_low_s8(c), v), vget_low_s8(d), u));
      a[2 * j + 1] = vpadalq_s16(a[2 * j + 1], vmlal_s8(vmull_s8(vget_high_s8(c), v), vget_high_s8(d), u));
    }
  }
  for (int j = 0; j < VECTORS; j++) sum[j] = vpaddq_s32(a[2 * j], a[2 * j + 1]);
#endif
}

static inline float32x4_t scaled(int32x4_t sum, const float *scale, const float *bias) {
  return vaddq_f32(vmulq_f32(vcvtq_f32_s32(sum), vld1q_f32(scale)), vld1q_f32(bias));
}

static void linear_rows(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch) {
  int32x4_t sum[VECTORS];
  (void)scratch;
  for (uint32_t o = 0; o < q->out; o += OUTPUTS)
    for (uint32_t r = 0; r < rows; r++) {
      tile(q, x + (size_t)r * q->in, o, sum);
      for (uint32_t j = 0; j < VECTORS; j++)
        vst1q_f32(y + (size_t)r * q->out + o + 4 * j, scaled(sum[j], q->scale + o + 4 * j, q->bias + o + 4 * j));
    }
}

static inline int16x4_t to_int16(float32x4_t v) { /* to nearest, ties to even, as the other kernels round */
  v = vmaxq_f32(vminq_f32(v, vdupq_n_f32(32767.0f)), vdupq_n_f32(-32768.0f));
  return vqmovn_s32(vcvtnq_s32_f32(v));
}
static void linear16_rows(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch) {
  int32x4_t sum[VECTORS];
  (void)scratch;
  for (uint32_t o = 0; o < q->out; o += OUTPUTS)
    for (uint32_t r = 0; r < rows; r++) {
      tile(q, x + (size_t)r * q->in, o, sum);
      for (uint32_t j = 0; j < VECTORS; j++)
        vst1_s16(y + (size_t)r * q->out + o + 4 * j,
                 to_int16(scaled(sum[j], q->scale + o + 4 * j, q->bias + o + 4 * j)));
    }
}

static uint32_t best_of(const struct linear *q, const int8_t *h, const float *bias, float *score) {
  int32x4_t sum[VECTORS];
  uint32_t best = 0;
  float32x4_t top = vdupq_n_f32(-INFINITY);
  for (uint32_t o = 0; o < q->out; o += OUTPUTS) {
    tile(q, h, o, sum);
    for (uint32_t j = 0; j < VECTORS; j++) {
      float32x4_t s = scaled(sum[j], q->scale + o + 4 * j, bias + o + 4 * j);
      vst1q_f32(score + o + 4 * j, s);
      top = vmaxq_f32(top, s);
    }
  }
  float most = vmaxvq_f32(top);
  while (best + 1 < q->out && score[best] != most) best++;
  return best;
}
