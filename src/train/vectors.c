/* vectors.c - see vectors.h. The file: "TRVEC1\n", u32 n, u32 d, then for each word u32 length, its bytes, d floats. */
#include "train/vectors.h"
#include "base/file.h"
#include <math.h>
#include <stdlib.h>

enum { WINDOW = 2, NEGATIVE = 5, NOISE = 1 << 20 };

struct skipgram {
  const struct vector_job *job;
  struct vocabulary words;
  int32_t *text; /* word numbers; -1 between sentences */
  size_t n, size;
  int32_t *noise; /* [NOISE] words, drawn by frequency to the 3/4 */
  float *in, *out;
  struct rng rng;
};

static bool push(struct skipgram *s, str token) {
  char w[WORD_BYTES + 1];
  if (s->n == s->size) return false;
  uint32_t n = word_normalise(token, w), id = vocabulary_add(&s->words, (str){w, n});
  if (!id) return true; /* the lexicon is full: rare words at the end of the text */
  s->words.frequency[id]++;
  s->text[s->n++] = (int32_t)id;
  return true;
}

static bool read_text(struct skipgram *s, struct err *e) {
  const struct treebank *tb = s->job->gold;
  str rest = s->job->text;
  s->size = rest.n / 2 + 16 + (tb ? tb->nword + tb->n : 0);
  s->text = malloc(s->size * sizeof *s->text);
  if (!s->text) return err_set(e, ERR_NOMEM, "no memory for the text");
  for (size_t i = 0; tb && i < tb->n; i++) {
    for (int t = 1; t <= tb->sentence[i].n; t++) push(s, tb->sentence[i].word[t].form);
    s->text[s->n++] = -1;
  }
  while (rest.n) {
    str line = str_cut(&rest, '\n');
    while (line.n) {
      str token = str_cut(&line, ' ');
      if (token.n) push(s, token);
    }
    if (s->n < s->size) s->text[s->n++] = -1;
  }
  size_t m = 0; /* rare words leave the text */
  for (size_t i = 0; i < s->n; i++)
    if (s->text[i] < 0 || s->words.frequency[s->text[i]] >= (uint32_t)s->job->least) s->text[m++] = s->text[i];
  s->n = m;
  return true;
}

static double three_quarters(uint32_t n) { /* n^0.75 by square roots, which are exact everywhere */
  double r = sqrt((double)n);
  return r * sqrt(r);
}

static bool draw_noise(struct skipgram *s, struct err *e) {
  double total = 0, sum = 0;
  size_t k = 0;
  s->noise = malloc(NOISE * sizeof *s->noise);
  if (!s->noise) return err_set(e, ERR_NOMEM, "no memory for the word vectors");
  for (uint32_t i = 1; i < s->words.n; i++)
    if (s->words.frequency[i] >= (uint32_t)s->job->least) total += three_quarters(s->words.frequency[i]);
  if (!(total > 0)) return err_set(e, ERR_EMPTY, "there is too little text for word vectors");
  for (uint32_t i = 1; i < s->words.n; i++) {
    if (s->words.frequency[i] < (uint32_t)s->job->least) continue;
    sum += three_quarters(s->words.frequency[i]);
    while (k < NOISE && (double)k < sum / total * NOISE) s->noise[k++] = (int32_t)i;
  }
  while (k < NOISE) s->noise[k] = s->noise[0], k++;
  return true;
}

/* One pair: pulls x and y together (right) or apart; adds to x's step. */
TRAIN_CLONES static void pair(const float *restrict x, float *restrict y, float *restrict step, size_t d, float rate,
                              float right) {
  vec16 s = {0};
  float z = 0;
  for (size_t i = 0; i < d; i += 16) s += *(const vec16 *)(x + i) * *(const vec16 *)(y + i);
  for (int i = 0; i < 16; i++) z += s[i];
  float g = rate * (right - train_sigmoid(z));
  for (size_t i = 0; i < d; i++) {
    step[i] += g * y[i];
    y[i] += g * x[i];
  }
}

TRAIN_CLONES static void add(float *restrict x, const float *restrict step, size_t d) {
  for (size_t i = 0; i < d; i++) x[i] += step[i];
}

static void learn_word(struct skipgram *s, size_t i, float rate) {
  float step[NET_WIDTH_MAX];
  size_t d = s->job->d;
  float *x = s->in + (size_t)s->text[i] * d;
  for (int j = -WINDOW; j <= WINDOW; j++) {
    if (!j || (j < 0 && i < (size_t)-j) || i + (size_t)(j < 0 ? 0 : j) >= s->n) continue;
    int32_t c = s->text[(size_t)((ptrdiff_t)i + j)];
    if (c < 0 || (j == 2 && s->text[i + 1] < 0) || (j == -2 && s->text[i - 1] < 0)) continue;
    size_t position = (size_t)(j < 0 ? j + WINDOW : j + WINDOW - 1);
    memset(step, 0, d * 4);
    for (int k = 0; k <= NEGATIVE; k++) {
      int32_t t = k ? s->noise[rng_next(&s->rng) & (NOISE - 1)] : c;
      if (k && t == c) continue;
      pair(x, s->out + ((size_t)t * 2 * WINDOW + position) * d, step, d, rate, k ? 0 : 1);
    }
    add(x, step, d);
  }
}

static void epochs(struct skipgram *s) {
  double all = (double)s->n * s->job->epochs, seen = 0;
  for (int e = 0; e < s->job->epochs; e++) {
    for (size_t i = 0; i < s->n; i++, seen++) {
      if (s->text[i] < 0) continue;
      float f = (float)s->words.frequency[s->text[i]] / (float)s->n, rate = 0.03f * (float)(1 - seen / all) + 1e-4f;
      if (f > 3e-4f && rng_unit(&s->rng) > __builtin_sqrtf(3e-4f / f)) continue; /* fewer of the frequent words */
      learn_word(s, i, rate);
    }
    progress_say(&s->job->progress, "vectors: epoch %d of %d over %zu words", e + 1, s->job->epochs, s->n);
  }
}

static bool keep(struct skipgram *s, struct word_vectors *v, struct arena *a, struct err *e) {
  size_t d = s->job->d;
  v->d = s->job->d;
  for (uint32_t i = 1; i < s->words.n; i++) v->n += s->words.frequency[i] >= (uint32_t)s->job->least;
  v->word = ARENA_ARRAY(a, str, v->n);
  v->value = ARENA_ARRAY(a, float, v->n *d);
  if (!v->word || !v->value) return err_set(e, ERR_NOMEM, "no memory for the word vectors");
  uint32_t k = 0;
  for (uint32_t i = 1; i < s->words.n; i++) {
    if (s->words.frequency[i] < (uint32_t)s->job->least) continue;
    v->word[k] = arena_str(a, s->words.word[i]);
    memcpy(v->value + (size_t)k++ * d, s->in + (size_t)i * d, d * 4);
  }
  return true;
}

bool vectors_learn(const struct vector_job *job, struct word_vectors *out, struct arena *a, struct err *e) {
  struct skipgram s = {.job = job};
  *out = (struct word_vectors){0};
  if (job->d % 16 || job->d > NET_WIDTH_MAX || !job->d)
    return err_set(e, ERR_USAGE, "vectors have 16, 32 .. 512 elements");
  rng_seed(&s.rng, job->seed);
  bool good = vocabulary_init(&s.words, a, e) && read_text(&s, e) && draw_noise(&s, e);
  if (good) {
    size_t n = (size_t)s.words.n * job->d;
    s.in = train_alloc(n * 4), s.out = train_alloc(n * 2 * WINDOW * 4);
    good = (s.in && s.out) || err_set(e, ERR_NOMEM, "no memory for the word vectors");
    for (size_t i = 0; good && i < n; i++) s.in[i] = (rng_unit(&s.rng) - 0.5f) / (float)job->d;
  }
  if (good) epochs(&s), good = keep(&s, out, a, e);
  free(s.text), free(s.noise), free(s.in), free(s.out);
  vocabulary_release(&s.words);
  return good;
}

/* ---- the file ---- */

static const char MAGIC[] = "TRVEC1\n";

bool vectors_write(const struct word_vectors *v, const char *path, struct err *e) {
  struct buf b;
  const uint32_t head[2] = {v->n, v->d};
  buf_init(&b, (size_t)1 << 30);
  buf_puts(&b, MAGIC);
  buf_put(&b, (str){(const char *)head, sizeof head});
  for (uint32_t i = 0; i < v->n; i++) {
    uint32_t n = (uint32_t)v->word[i].n;
    buf_put(&b, (str){(const char *)&n, 4});
    buf_put(&b, v->word[i]);
    buf_put(&b, (str){(const char *)(v->value + (size_t)i * v->d), (size_t)v->d * 4});
  }
  bool good =
      !b.failed ? file_write_atomic(path, buf_str(&b), e) : err_set(e, ERR_NOMEM, "no memory for the word vectors");
  buf_release(&b);
  return good;
}

static bool take(str *from, void *to, size_t n) {
  if (from->n < n) return false;
  memcpy(to, from->p, n);
  *from = str_from(*from, n);
  return true;
}

bool vectors_read(struct word_vectors *v, const char *path, struct arena *a, struct err *e) {
  str s;
  uint32_t head[2], n;
  *v = (struct word_vectors){0};
  if (!text_read(path, a, &s, e)) return false;
  bool good = str_starts(s, str_of(MAGIC));
  if (good) s = str_from(s, strlen(MAGIC));
  good = good && take(&s, head, sizeof head) && head[1] <= NET_WIDTH_MAX && head[0] <= s.n / 4;
  if (good) {
    v->n = head[0], v->d = head[1];
    v->word = ARENA_ARRAY(a, str, v->n);
    v->value = ARENA_ARRAY(a, float, (size_t)v->n * v->d);
    good = v->word && v->value;
  }
  for (uint32_t i = 0; good && i < v->n; i++) {
    good = take(&s, &n, 4) && s.n >= n;
    if (!good) break;
    v->word[i] = str_sub(s, 0, n), s = str_from(s, n);
    good = take(&s, v->value + (size_t)i * v->d, (size_t)v->d * 4);
  }
  return good || err_set(e, ERR_FORMAT, "%s is not a file of word vectors", path);
}
