/* learn_conjuncts.c - learns the weights of parse/conjuncts.h and writes them as a model file of two sections.
 *
 *   learn_conjuncts OUT (--model MODEL FILE.conllu..)..
 *
 * Each MODEL reads the FILEs that follow it, of which it must not have learned: only so does it err as it does on other texts
 * (tools/make_folds). A conjunct of its trees is an example if the gold head is among those that it may have. Multinomial logistic
 * regression with rates of its own for each weight (AdaGrad); kept is the mean over the epochs. Same input, same output. */
#include "doc/conllu.h"
#include "parse/conjuncts.h"
#include "pipeline/engine.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EPOCHS = 8, PART_WORDS = 4000, MOST = 1 << 28 };
static const double RATE = 0.1, SHRINK = 1e-4;

struct example { /* rows of head i: row[first[i]] up to first[i + 1] */
  uint32_t first[CONJUNCT_HEADS + 1], n, gold, now;
};
struct learner {
  struct conjunct_labels labels;
  struct example *example;
  uint32_t *row;
  size_t n, size, nrow, rows;
  double weight[CONJUNCT_ROWS], squares[CONJUNCT_ROWS], mean[CONJUNCT_ROWS];
};
static struct learner the;

static void die(const char *what) {
  fprintf(stderr, "learn_conjuncts: %s\n", what);
  exit(1);
}

static void *grown(void *p, size_t *size, size_t n, size_t width) {
  if (n <= *size) return p;
  *size = 2 * n;
  p = realloc(p, *size * width);
  if (!p) die("no memory");
  return p;
}

/* ---- examples ---- */

static void take_conjunct(struct learner *l, const struct doc *d, uint32_t t, uint32_t gold) {
  struct conjunct_choice choice;
  if (!conjunct_heads(d, t, &choice)) return;
  struct example x = {.n = choice.n, .now = choice.now, .gold = choice.n};
  for (uint32_t i = 0; i < choice.n; i++)
    if (choice.head[i] == gold) x.gold = i;
  if (x.gold == choice.n) return;
  l->row = grown(l->row, &l->rows, l->nrow + (size_t)choice.n * CONJUNCT_FEATURES, sizeof *l->row);
  for (uint32_t i = 0; i < choice.n; i++) {
    x.first[i] = (uint32_t)l->nrow;
    l->nrow += conjunct_features(&l->labels, d, t, &choice, i, l->row + l->nrow);
  }
  x.first[choice.n] = (uint32_t)l->nrow;
  l->example = grown(l->example, &l->size, l->n + 1, sizeof *l->example);
  l->example[l->n++] = x;
}

/* The gold heads stand in the source: column 7 of its words, which are the document's tokens in order. */
static void take_part(struct learner *l, const struct doc *d, str source) {
  uint32_t t = 0;
  while (source.n && t < d->tokens.n) {
    str line = str_cut(&source, '\n'), id = str_cut(&line, '\t');
    int64_t number, head = 0;
    if (!str_to_int(id, &number)) continue;
    for (int i = 0; i < 5; i++) str_cut(&line, '\t');
    bool told = str_to_int(str_cut(&line, '\t'), &head) && head > 0;
    uint32_t first = d->sentences.at[d->tokens.sentence[t]].first;
    if (told && d->tokens.deprel[t] == DEPREL_CONJ) take_conjunct(l, d, t, first + (uint32_t)head - 1);
    t++;
  }
}

static void read_file(struct learner *l, struct engine *g, struct worker *w, const char *path) {
  struct conllu_reader reader;
  struct file_map map;
  struct doc d;
  struct buf text;
  struct err e = {0};
  str source;
  if (!file_map_open(&map, path, &e)) die(e.message);
  doc_init(&d), buf_init(&text, MOST);
  conllu_reader_init(&reader, file_map_str(&map), path);
  while (conllu_read(&reader, &d, engine_words(g), PART_WORDS, &text, &source, &e)) {
    worker_finish(w, &d);
    if (d.error.code) die(d.error.message);
    take_part(l, &d, source);
  }
  if (e.code) die(e.message);
  doc_release(&d), buf_release(&text);
  file_map_release(&map);
}

static int read_group(struct learner *l, char **arguments, int n) {
  const struct engine_options options = {.model = arguments[0], .depth = DEPTH_TREE};
  struct err e = {0};
  struct engine *g = engine_open(&options, &e);
  struct worker *w = g ? worker_open(g, &e) : NULL;
  int i = 1;
  if (!w) die(e.message);
  for (; i < n && strcmp(arguments[i], "--model"); i++) read_file(l, g, w, arguments[i]);
  worker_close(w), engine_close(g);
  return i;
}

/* ---- learning ---- */

static uint32_t chances(const struct learner *l, const struct example *x, double *p) {
  double most = -1e9, sum = 0;
  uint32_t best = 0;
  for (uint32_t i = 0; i < x->n; i++) {
    p[i] = 0;
    for (uint32_t k = x->first[i]; k < x->first[i + 1]; k++) p[i] += l->weight[l->row[k]];
    if (p[i] > most) most = p[i], best = i;
  }
  for (uint32_t i = 0; i < x->n; i++) sum += p[i] = exp(p[i] - most);
  for (uint32_t i = 0; i < x->n; i++) p[i] /= sum;
  return best;
}

static bool learn_one(struct learner *l, const struct example *x) {
  double p[CONJUNCT_HEADS];
  uint32_t best = chances(l, x, p);
  for (uint32_t i = 0; i < x->n; i++) {
    double g = p[i] - (i == x->gold);
    for (uint32_t k = x->first[i]; k < x->first[i + 1]; k++) {
      uint32_t r = l->row[k];
      l->squares[r] += g * g;
      l->weight[r] -= RATE * g / sqrt(l->squares[r] + 1e-8) + SHRINK * l->weight[r];
    }
  }
  return best == x->gold;
}

static void learn(struct learner *l) {
  uint64_t random = 88172645463325252u;
  size_t now = 0;
  for (size_t i = 0; i < l->n; i++) now += l->example[i].now == l->example[i].gold;
  fprintf(stderr, "%zu conjuncts, of which %zu stand right\n", l->n, now);
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    size_t right = 0;
    for (size_t i = l->n; i > 1; i--) { /* shuffle */
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      size_t k = random % i;
      struct example x = l->example[i - 1];
      l->example[i - 1] = l->example[k], l->example[k] = x;
    }
    for (size_t i = 0; i < l->n; i++) right += learn_one(l, &l->example[i]);
    fprintf(stderr, "epoch %d: %zu right before they were learned\n", epoch + 1, right);
    for (size_t i = 0; i < CONJUNCT_ROWS && epoch; i++) l->mean[i] += l->weight[i] / (EPOCHS - 1);
  }
}

static void write_weights(const struct learner *l, const char *path) {
  static int8_t weight[CONJUNCT_ROWS];
  double most = 1e-6;
  struct model_writer w;
  struct buf out;
  struct err e = {0};
  for (size_t i = 0; i < CONJUNCT_ROWS; i++) most = fabs(l->mean[i]) > most ? fabs(l->mean[i]) : most;
  float unit = (float)(most / 127);
  for (size_t i = 0; i < CONJUNCT_ROWS; i++) weight[i] = (int8_t)lround(l->mean[i] / (double)unit);
  model_writer_init(&w, MOST), buf_init(&out, MOST);
  model_writer_add(&w, "conjuncts", weight, sizeof weight);
  model_writer_add(&w, "conjuncts.unit", &unit, sizeof unit);
  if (!model_writer_finish(&w, &out, &e) || !file_write_atomic(path, buf_str(&out), &e)) die(e.message);
  model_writer_release(&w), buf_release(&out);
}

int main(int count, char **arguments) {
  if (count < 5 || strcmp(arguments[2], "--model")) die("OUT (--model MODEL FILE.conllu..)..");
  conjunct_labels_init(&the.labels);
  for (int i = 3; i < count; i++) i += read_group(&the, arguments + i, count - i);
  learn(&the);
  write_weights(&the, arguments[1]);
  free(the.example), free(the.row);
  return 0;
}
