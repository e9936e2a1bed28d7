/* kernel_c.c - the kernels in portable C: for machines without the others, and the reference they are tested against. */
#include "model/kernel_body.h"

/* 16 outputs of one row. The weights of four inputs lie together: [in/4][out][4]. */
static void tile(const struct linear *q, const int8_t *x, uint32_t o, int32_t acc[16]) {
  memset(acc, 0, 16 * sizeof *acc);
  for (uint32_t k = 0; k < q->in; k += 4) {
    const int8_t *w = q->w + ((size_t)(k / 4) * q->out + o) * 4;
    int32_t x0 = x[k], x1 = x[k + 1], x2 = x[k + 2], x3 = x[k + 3];
    for (uint32_t j = 0; j < 16; j++)
      acc[j] += x0 * w[4 * j] + x1 * w[4 * j + 1] + x2 * w[4 * j + 2] + x3 * w[4 * j + 3];
  }
}

static void linear_rows(const struct linear *q, const int8_t *x, uint32_t rows, float *y, uint8_t *scratch) {
  int32_t acc[16];
  (void)scratch;
  for (uint32_t r = 0; r < rows; r++)
    for (uint32_t o = 0; o < q->out; o += 16) {
      tile(q, x + (size_t)r * q->in, o, acc);
      for (uint32_t j = 0; j < 16; j++)
        y[(size_t)r * q->out + o + j] = (float)acc[j] * q->scale[o + j] + q->bias[o + j];
    }
}

static int16_t round16(float v) { return (int16_t)lrintf(v > 32767.0f ? 32767.0f : v < -32768.0f ? -32768.0f : v); }

static void linear16_rows(const struct linear *q, const int8_t *x, uint32_t rows, int16_t *y, uint8_t *scratch) {
  int32_t acc[16];
  (void)scratch;
  for (uint32_t r = 0; r < rows; r++)
    for (uint32_t o = 0; o < q->out; o += 16) {
      tile(q, x + (size_t)r * q->in, o, acc);
      for (uint32_t j = 0; j < 16; j++)
        y[(size_t)r * q->out + o + j] = round16((float)acc[j] * q->scale[o + j] + q->bias[o + j]);
    }
}

static uint32_t first_largest(const float *s, uint32_t n) {
  uint32_t b = 0;
  for (uint32_t i = 1; i < n; i++)
    if (s[i] > s[b]) b = i;
  return b;
}

static uint32_t best_of(const struct linear *q, const int8_t *h, const float *bias, float *score) {
  int32_t acc[16];
  for (uint32_t o = 0; o < q->out; o += 16) {
    tile(q, h, o, acc);
    for (uint32_t j = 0; j < 16; j++) score[o + j] = (float)acc[j] * q->scale[o + j] + bias[o + j];
  }
  return first_largest(score, q->out);
}

const struct kernels kernels_c = {"c",       linear_rows, linear16_rows, best_of,  norm_rows,
                                  embed_row, recur_rows,  relu_add_row,  add3_row, accumulate_row};
