/* shape.c - MinHash over runs of five words. Words are letters and digits in lower case; all else parts them. */
#include "ledger/shape.h"

static uint64_t mix(uint64_t x) { /* splitmix64 */
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ x >> 27) * 0x94D049BB133111EBull;
  return x ^ x >> 31;
}

/* The next word's hash from *at on; 0 at the end. */
static uint64_t word_next(str text, size_t *at) {
  uint64_t h = 0xCBF29CE484222325ull;
  bool any = false;
  for (; *at < text.n; ++*at) {
    unsigned char c = (unsigned char)ascii_fold(text.p[*at]);
    bool letter = ascii_alpha((char)c) || ascii_digit((char)c) || c >= 0x80;
    if (!letter && any) break;
    if (!letter) continue;
    h = (h ^ c) * 0x100000001B3ull;
    any = true;
  }
  return any ? h | 1 : 0;
}

static void run_add(struct shape *s, const uint64_t word[SHAPE_RUN], size_t first) {
  uint64_t h = 0;
  for (size_t i = 0; i < SHAPE_RUN; i++) h = mix(h + word[(first + i) % SHAPE_RUN]);
  for (uint32_t k = 0; k < SHAPE_N; k++) {
    uint32_t v = (uint32_t)((h * (2 * (uint64_t)k + 0x9E3779B97F4A7C15ull) + mix(k + 1)) >> 32);
    if (v < s->least[k]) s->least[k] = v;
  }
  s->runs++;
}

void shape_of(str text, struct shape *s) {
  uint64_t word[SHAPE_RUN], w;
  size_t at = 0, n = 0;
  for (uint32_t k = 0; k < SHAPE_N; k++) s->least[k] = UINT32_MAX;
  s->runs = 0;
  for (; (w = word_next(text, &at)); n++) {
    word[n % SHAPE_RUN] = w;
    if (n + 1 >= SHAPE_RUN) run_add(s, word, (n + 1) % SHAPE_RUN);
  }
}

double shape_alike(const struct shape *a, const struct shape *b) {
  uint32_t same = 0;
  if (a->runs < SHAPE_LEAST || b->runs < SHAPE_LEAST) return 0;
  for (uint32_t k = 0; k < SHAPE_N; k++) same += a->least[k] == b->least[k];
  return (double)same / SHAPE_N;
}

int64_t shape_band(const struct shape *s, int band) {
  uint64_t h = (uint64_t)band + 1;
  for (int i = 0; i < SHAPE_BAND_ROWS; i++) h = mix(h + s->least[band * SHAPE_BAND_ROWS + i]);
  return (int64_t)(h | 1);
}
