/* names_learn.c - see names_learn.h: the field, its gradient, rounding to int8, the score on what was held back. */
#include "train/names_learn.h"
#include "train/names_corpus.h"
#include "train/tensor.h"
#include <math.h>
#include <stdlib.h>

enum { ROWS_N = 1 << NAME_ROWS_LOG, L = LABEL_LANES, CHAIN_MAX = 512 };

struct field {
  float (*w)[L], (*square)[L], (*sum)[L]; /* [ROWS_N] weights, squared gradients, sum over the last epochs */
  float moves[L][L], moves_square[L][L], moves_sum[L][L];
  double step[L][L]; /* exp(moves), 0 where a label may not follow */
  int summed;
  struct rng rng;
  uint8_t kept[NAME_FEATURES_MAX * CHAIN_MAX];
};

static void steps_fill(struct field *f) {
  for (uint8_t a = 0; a < LABELS; a++)
    for (uint8_t b = 0; b < LABELS; b++) f->step[a][b] = label_follows(a, b) ? exp((double)f->moves[a][b]) : 0;
}

static void word_scores(const struct field *f, const struct names_corpus *c, const struct name_word *word,
                        const uint8_t *kept, float scale, float out[L]) {
  for (int k = 0; k < L; k++) out[k] = 0;
  for (uint32_t i = 0; i < word->n; i++)
    if (!kept || kept[i])
      for (int k = 0; k < L; k++) out[k] += f->w[c->feature[word->first + i]][k];
  for (int k = 0; k < L; k++) out[k] *= scale;
}

struct lattice {
  double fit[CHAIN_MAX][L], ahead[CHAIN_MAX][L], back[CHAIN_MAX][L];
  double word[CHAIN_MAX][L], move[L][L]; /* expected counts */
};

static void normalise(double *v) {
  double sum = 0;
  for (int k = 0; k < LABELS; k++) sum += v[k];
  for (int k = 0; k < LABELS; k++) v[k] /= sum > 0 ? sum : 1;
}

/* Expected counts of the labels and moves, over all labellings (allowed NULL) or those that the marks allow; times `sign`. */
static void expect(const struct field *f, struct lattice *g, const struct name_word *words, uint32_t n, bool marked,
                   double sign) {
  for (uint32_t i = 0; i < n; i++) {
    for (int b = 0; b < LABELS; b++) {
      double in = i ? 0 : f->step[0][b];
      for (int a = 0; i && a < LABELS; a++) in += g->ahead[i - 1][a] * f->step[a][b];
      g->ahead[i][b] = marked && !(words[i].allowed >> b & 1) ? 0 : in * g->fit[i][b];
    }
    normalise(g->ahead[i]);
  }
  for (uint32_t i = n; i-- > 0;) {
    for (int a = 0; a < LABELS; a++) {
      double out = i + 1 == n;
      for (int b = 0; i + 1 < n && b < LABELS; b++)
        if (!marked || words[i + 1].allowed >> b & 1) out += f->step[a][b] * g->fit[i + 1][b] * g->back[i + 1][b];
      g->back[i][a] = out;
    }
    normalise(g->back[i]);
    double at[L], sum = 0;
    for (int k = 0; k < LABELS; k++) sum += at[k] = g->ahead[i][k] * g->back[i][k];
    for (int k = 0; k < LABELS && sum > 0; k++) g->word[i][k] += sign * at[k] / sum;
  }
  for (uint32_t i = 0; i < n; i++) {
    double pair[L][L], sum = 0;
    for (int a = 0; a < (i ? LABELS : 1); a++)
      for (int b = 0; b < LABELS; b++) {
        bool open = !marked || words[i].allowed >> b & 1;
        pair[a][b] = open ? (i ? g->ahead[i - 1][a] : 1) * f->step[a][b] * g->fit[i][b] * g->back[i][b] : 0;
        sum += pair[a][b];
      }
    for (int a = 0; a < (i ? LABELS : 1) && sum > 0; a++)
      for (int b = 0; b < LABELS; b++) g->move[a][b] += sign * pair[a][b] / sum;
  }
}

static void ascend(float *weight, float *square, float gradient, float rate) {
  *square += gradient * gradient;
  *weight += rate * gradient / (1e-6f + sqrtf(*square));
}

static void chain_learn(struct field *f, struct lattice *g, const struct names_corpus *c,
                        const struct name_chain *chain, const struct names_job *job) {
  const struct name_word *words = c->words.at + chain->first;
  uint32_t n = chain->n < CHAIN_MAX ? chain->n : CHAIN_MAX, k = 0;
  float scale = 1 / (1 - job->dropout);
  memset(g->word, 0, n * sizeof *g->word);
  memset(g->move, 0, sizeof g->move);
  steps_fill(f);
  for (uint32_t i = 0; i < n; i++) {
    float out[L];
    for (uint32_t j = 0; j < words[i].n; j++) f->kept[k + j] = rng_unit(&f->rng) >= job->dropout;
    word_scores(f, c, &words[i], f->kept + k, scale, out);
    float most = out[0];
    for (int b = 1; b < LABELS; b++) most = out[b] > most ? out[b] : most;
    for (int b = 0; b < LABELS; b++) g->fit[i][b] = exp((double)(out[b] - most)) + 1e-30;
    k += words[i].n;
  }
  expect(f, g, words, n, true, 1);
  expect(f, g, words, n, false, -1);
  k = 0;
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t j = 0; j < words[i].n; j++) {
      uint32_t row = c->feature[words[i].first + j];
      for (int b = 0; f->kept[k + j] && b < LABELS; b++)
        if (fabs(g->word[i][b]) > 1e-4) ascend(&f->w[row][b], &f->square[row][b], (float)g->word[i][b], job->rate);
    }
    k += words[i].n;
  }
  for (int a = 0; a < LABELS; a++)
    for (int b = 0; b < LABELS; b++)
      if (fabs(g->move[a][b]) > 1e-6) ascend(&f->moves[a][b], &f->moves_square[a][b], (float)g->move[a][b], job->rate);
}

static void sums_add(struct field *f) {
  f->summed++;
  for (uint32_t r = 0; r < ROWS_N; r++)
    for (int k = 0; k < L; k++) f->sum[r][k] += f->w[r][k];
  for (int a = 0; a < L; a++)
    for (int b = 0; b < L; b++) f->moves_sum[a][b] += f->moves[a][b];
}

static void weights_shrink(struct field *f, float by) {
  for (uint32_t r = 0; r < ROWS_N; r++)
    for (int k = 0; k < L; k++) f->w[r][k] *= 1 - by;
}

/* ---- int8 */

struct rounded {
  int8_t rows[ROWS_N][L];
  int16_t moves[L][L];
};

/* One step for all weights, so that the largest fit but for one in 4096, which are cut. */
static void round_weights(const struct field *f, struct rounded *out) {
  float most = 0, step;
  uint64_t *count = calloc(1024, sizeof *count), all = 0, beyond = 0;
  for (uint32_t r = 0; r < ROWS_N; r++)
    for (int k = 0; k < LABELS; k++) most = fmaxf(most, fabsf(f->sum[r][k]));
  for (uint32_t r = 0; r < ROWS_N && count; r++)
    for (int k = 0; k < LABELS; k++)
      if (f->sum[r][k] != 0) count[(int)(fabsf(f->sum[r][k]) / (most + 1e-9f) * 1023)]++, all++;
  step = most / 127;
  for (int i = 1023; i > 0 && count && (beyond += count[i]) < all / 4096; i--) step = most * (float)i / 1023 / 127;
  for (uint32_t r = 0; r < ROWS_N; r++)
    for (int k = 0; k < L; k++)
      out->rows[r][k] = (int8_t)fminf(127, fmaxf(-127, roundf(f->sum[r][k] / (step + 1e-12f))));
  for (int a = 0; a < L; a++)
    for (int b = 0; b < L; b++)
      out->moves[a][b] = (int16_t)fminf(30000, fmaxf(-30000, roundf(f->moves_sum[a][b] / (step + 1e-12f))));
  free(count);
}

/* ---- scoring */

struct tally {
  uint32_t right, found, told;
};

static void chain_best(const struct rounded *m, const struct names_corpus *c, const struct name_word *words, uint32_t n,
                       uint8_t *label) {
  static const int32_t none = INT32_MIN / 2;
  int32_t score[2][L];
  uint8_t(*from)[L] = calloc(n, sizeof *from);
  for (uint32_t i = 0; from && i < n; i++) {
    int32_t word[L] = {0};
    for (uint32_t j = 0; j < words[i].n; j++)
      for (int k = 0; k < LABELS; k++) word[k] += m->rows[c->feature[words[i].first + j]][k];
    for (uint8_t b = 0; b < LABELS; b++) {
      int32_t best = none;
      for (uint8_t a = 0; a < (i ? LABELS : 1); a++) {
        int32_t v = (i ? score[(i - 1) & 1][a] : 0) + m->moves[a][b];
        if (label_follows(a, b) && v > best) best = v, from[i][b] = a;
      }
      score[i & 1][b] = best + word[b];
    }
  }
  uint8_t best = 0;
  for (uint8_t b = 1; b < LABELS; b++)
    if (score[(n - 1) & 1][b] > score[(n - 1) & 1][best]) best = b;
  for (uint32_t i = n; from && i-- > 0; best = from[i][best]) label[i] = best;
  free(from);
}

static bool told(const struct name_word *w) { return w->allowed != 1 && !(w->allowed & (w->allowed - 1)); }

/* Names of a chain whose labels are all told; classes that no actor or place has (other) are not counted. */
static void chain_score(const struct name_word *words, const uint8_t *label, uint32_t n, struct tally *t) {
  for (uint32_t i = 0; i < n; i++)
    if (words[i].allowed != 1 && !told(&words[i])) return;
  for (uint32_t i = 0; i < n; i++) {
    uint8_t gold = LABEL_NONE, end = 0;
    for (uint8_t b = 1; b < LABELS; b++) gold = words[i].allowed == 1u << b ? b : gold;
    bool opens = gold && label_opens(gold),
         mine = label[i] && label_opens(label[i]) && label_class(label[i]) != CLASS_OTHER;
    t->told += opens;
    t->found += mine;
    if (!opens || label[i] != gold) continue;
    for (uint32_t k = i + 1; k < n && !end; k++) {
      bool g = words[k].allowed == 1u << (gold + 1), h = label[k] == gold + 1;
      if (g != h) end = 2;
      else if (!g) end = 1;
    }
    t->right += end != 2;
  }
}

static void held_score(const struct rounded *m, const struct names_corpus *c, const struct names_job *job, int epoch) {
  struct tally t = {0};
  uint8_t label[CHAIN_MAX];
  for (uint32_t i = 0; i < c->chains.n; i++) {
    const struct name_chain *chain = &c->chains.at[i];
    if (chain->document % (uint32_t)job->held || chain->n > CHAIN_MAX) continue;
    chain_best(m, c, c->words.at + chain->first, chain->n, label);
    chain_score(c->words.at + chain->first, label, chain->n, &t);
  }
  double p = t.found ? (double)t.right / t.found : 0, r = t.told ? (double)t.right / t.told : 0;
  progress_say(&job->progress, "names: epoch %d, held back: precision %.4f, recall %.4f, F1 %.4f of %u", epoch, p, r,
               p + r > 0 ? 2 * p * r / (p + r) : 0, t.told);
}

/* ---- all together */

static void epoch_learn(struct field *f, struct lattice *g, const struct names_corpus *c, const struct names_job *job,
                        uint32_t *order) {
  for (uint32_t i = c->chains.n; i > 1; i--) {
    uint32_t j = rng_next(&f->rng) % i, keep = order[i - 1];
    order[i - 1] = order[j], order[j] = keep;
  }
  for (uint32_t i = 0; i < c->chains.n; i++) {
    const struct name_chain *chain = &c->chains.at[order[i]];
    if (!job->held || chain->document % (uint32_t)job->held) chain_learn(f, g, c, chain, job);
  }
  weights_shrink(f, job->decay);
}

static bool field_open(struct field *f, const struct names_job *job) {
  f->w = calloc(ROWS_N, sizeof *f->w);
  f->square = calloc(ROWS_N, sizeof *f->square);
  f->sum = calloc(ROWS_N, sizeof *f->sum);
  rng_seed(&f->rng, job->seed);
  return f->w && f->square && f->sum;
}

bool names_learn(const struct names_job *job, struct model_writer *w, struct err *e) {
  struct names_corpus c;
  if (!names_corpus_read(&c, job->corpus, &job->progress, e)) return false;
  struct field *f = calloc(1, sizeof *f);
  struct lattice *g = calloc(1, sizeof *g);
  struct rounded *m = calloc(1, sizeof *m);
  uint32_t *order = calloc(c.chains.n + 1, sizeof *order);
  bool good = (f && g && m && order && field_open(f, job)) || err_set(e, ERR_NOMEM, "no memory to learn names");
  for (uint32_t i = 0; good && i < c.chains.n; i++) order[i] = i;
  for (int epoch = 1; good && epoch <= job->epochs; epoch++) {
    epoch_learn(f, g, &c, job, order);
    if (epoch * 2 > job->epochs) sums_add(f);
    if (epoch == job->epochs) round_weights(f, m);
    if (epoch == job->epochs && job->held) held_score(m, &c, job, epoch);
  }
  if (good) {
    model_writer_add(w, "name.rows", m->rows, sizeof m->rows);
    model_writer_add(w, "name.moves", m->moves, sizeof m->moves);
  }
  if (f) free(f->w), free(f->square), free(f->sum);
  free(f), free(g), free(m), free(order);
  names_corpus_release(&c);
  return good;
}
