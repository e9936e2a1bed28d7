/* Gradients of the training graph against finite differences, for every kind of layer and every parameter. */
#include "lang.h"
#include "train/learn.h"
#include "train/quantise.h"
#include "train/restore.h"
#include <math.h>

enum { SENTENCES = 3 };
static const char *const forms[SENTENCES][6] = {{"The", "army", "left", "Basra", ".", NULL},
                                                {"He", "said", "so", NULL},
                                                {"Troops", "and", "police", "met", NULL}};
static const int heads[SENTENCES][5] = {{2, 3, 0, 3, 3}, {2, 0, 2}, {4, 3, 1, 0}};

static struct inventory inventory;
static struct treebank bank;
static struct gold_sentence sentences[SENTENCES];
static struct gold_word words[SENTENCES][7];
static struct vocabulary vocabulary;
static struct arena memory;

static void setup(void) {
  struct err e = {0};
  char w[WORD_BYTES + 1];
  arena_init(&memory, 1 << 22);
  const char *const rel[] = {"root", "dep", "obj"}, *const tag[] = {"A", "B", "C", "D"};
  for (int i = 0; i < 3; i++) names_add(&inventory.deprel, str_of(rel[i]), &memory);
  for (int i = 0; i < 4; i++) {
    names_add(&inventory.upos, str_of(tag[i]), &memory), names_add(&inventory.xpos, str_of(tag[i]), &memory);
    names_add(&inventory.feats, str_of(tag[i]), &memory);
  }
  assert_true(vocabulary_init(&vocabulary, &memory, &e));
  for (int s = 0; s < SENTENCES; s++) {
    int n = 0;
    for (; forms[s][n]; n++) {
      words[s][n + 1] = (struct gold_word){.form = str_of(forms[s][n]),
                                           .head = (int16_t)heads[s][n],
                                           .deprel = (int16_t)(heads[s][n] ? 1 + n % 2 : 0),
                                           .upos = (int16_t)(n % 4),
                                           .xpos = (int16_t)((n + s) % 4),
                                           .feats = (int16_t)(n % 3)};
      uint32_t len = word_normalise(str_of(forms[s][n]), w), id = vocabulary_add(&vocabulary, (str){w, len});
      vocabulary.frequency[id] = 1000000000; /* word dropout as good as never */
    }
    sentences[s] = (struct gold_sentence){words[s], n};
  }
  vocabulary.trained = vocabulary.n;
  bank = (struct treebank){.sentence = sentences, .n = SENTENCES};
}

static struct graph_config config(const char *layers) {
  struct graph_config c = {
      .d = 64, .h = 64, .nslot = 7, .slot = {0, 1, 2, 4, 8, 10, 5}, .nfeature = 4, .seed = 3, .feats_weight = 1};
  c.feature[0] = (struct feature){FEATURE_WORD, 0, 0};
  c.feature[1] = (struct feature){FEATURE_SUFFIX, 2, 64};
  c.feature[2] = (struct feature){FEATURE_SHAPE, 0, 16};
  c.feature[3] = (struct feature){FEATURE_CASED, 0, 32};
  snprintf(c.layers, sizeof c.layers, "%s", layers);
  return c;
}

static double loss_of(struct graph *g, const struct graph_batch *b) {
  double tags = 0, moves = 0;
  rng_seed(&g->rng, 9);
  graph_learn(g, b, 0, &tags, &moves); /* gold moves only */
  return tags + moves;
}

static void clear(struct graph *g) {
  for (int k = 0; k < g->set.n; k++) {
    struct tensor *t = g->set.all[k];
    memset(t->g, 0, (size_t)t->rows * (size_t)t->cols * 4);
  }
}

/* The gradient along a random direction of each tensor, from two losses. */
static void check(const char *layers, bool arcs) {
  struct graph *g = calloc(1, sizeof *g);
  struct graph_config c = config(layers);
  if (arcs) c.arcs = c.relations = 64, c.arcs_weight = 0.7f;
  struct graph_batch b;
  struct err e = {0};
  size_t next = 0;
  uint64_t seed = 17;
  if (!graph_init(g, &c, &inventory, &vocabulary, &e)) fail_msg("%s", e.message);
  batch_fill(&b, bank.sentence, bank.n, &next, 1000);
  for (int k = 0; k < g->set.n; k++) {
    struct tensor *t = g->set.all[k];
    size_t n = (size_t)t->rows * (size_t)t->cols;
    float *was = malloc(n * 4), *way = malloc(n * 4), eps = 4e-3f;
    double slope = 0, size = 0;
    clear(g), loss_of(g, &b);
    for (size_t i = 0; i < n; i++) {
      way[i] = t->g[i] != 0 ? (float)(test_random(&seed) % 2001) / 1000.0f - 1 : 0;
      size += (double)way[i] * (double)way[i];
    }
    size = sqrt(size) + 1e-9;
    for (size_t i = 0; i < n; i++) {
      was[i] = t->w[i], way[i] = (float)(way[i] / size);
      slope += (double)t->g[i] * (double)way[i];
    }
    for (size_t i = 0; i < n; i++) t->w[i] = was[i] + eps * way[i];
    double up = loss_of(g, &b);
    for (size_t i = 0; i < n; i++) t->w[i] = was[i] - eps * way[i];
    double down = loss_of(g, &b), measured = (up - down) / (2 * (double)eps);
    memcpy(t->w, was, n * 4);
    if (fabs(measured - slope) > 0.02 * (fabs(measured) + fabs(slope)) + 0.02)
      fail_msg("%s: tensor %d: slope %.5f, measured %.5f", layers, k, slope, measured);
    free(was), free(way);
  }
  graph_release(g);
  free(g);
}

static void test_gradients(void **state) {
  (void)state;
  check("C", false), check("R", false), check("Q", false), check("QRC", false), check("R", true);
}

static void test_learns_by_heart(void **state) { /* a few steps, and the same seed gives the same weights */
  struct err e = {0};
  float first[2] = {0, 0};
  (void)state;
  for (int run = 0; run < 2; run++) {
    struct graph *g = calloc(1, sizeof *g);
    struct graph_config c = config("QR");
    struct graph_batch b;
    size_t next = 0;
    c.dropout = 0.1f, c.case_noise = 0.2f;
    assert_true(graph_init(g, &c, &inventory, &vocabulary, &e));
    batch_fill(&b, bank.sentence, bank.n, &next, 1000);
    for (int step = 1; step <= 60; step++) {
      double tags = 0, moves = 0;
      graph_learn(g, &b, 0.5f, &tags, &moves);
      tensors_step(&g->set, 5e-3f, step);
    }
    struct tag_score s = graph_score(g, &bank);
    assert_true(s.upos == s.n && s.uas == s.n);
    first[run] = g->layer[0].w.w[5];
    graph_release(g);
    free(g);
  }
  assert_memory_equal(&first[0], &first[1], sizeof first[0]);
}

static void learn_by_heart(struct graph *g) {
  struct graph_batch b;
  size_t next = 0;
  batch_fill(&b, bank.sentence, bank.n, &next, 1000);
  for (int step = 1; step <= 60; step++) {
    double tags = 0, moves = 0;
    graph_learn(g, &b, 0.5f, &tags, &moves);
    tensors_step(&g->set, 5e-3f, step);
  }
}

static void test_restored(void **state) { /* a network in int8 and back in float32 says what it said */
  struct graph *g = calloc(1, sizeof *g), *h = calloc(1, sizeof *h);
  struct graph_config c = config("QRC"), other = config("QR");
  struct model_writer w;
  struct model_file m;
  struct vocabulary known;
  struct net net;
  struct buf out;
  struct err e = {0};
  (void)state;
  c.arcs = c.relations = 64, c.arcs_weight = 1;
  assert_true(graph_init(g, &c, &inventory, &vocabulary, &e));
  learn_by_heart(g);
  model_writer_init(&w, 1 << 24), buf_init(&out, 1 << 24);
  assert_true(graph_quantise(g, &bank, &w, &e) && pairs_quantise(&inventory, &bank, &w, &e));
  assert_true(model_writer_finish(&w, &out, &e));
  char *copy = aligned_alloc(64, (out.n + 63) & ~(size_t)63);
  memcpy(copy, out.p, out.n);
  if (!model_file_view(&m, copy, out.n, "test", &e) || !net_open(&net, &m, &e)) fail_msg("%s", e.message);
  assert_true(vocabulary_init(&known, &memory, &e) && lexicon_restore(&known, &net, &e));
  assert_int_equal(known.n, vocabulary.n);
  assert_true(graph_init(h, &c, &inventory, &known, &e) && graph_restore(h, &net, &e));
  struct tag_score s = graph_score(h, &bank);
  assert_true(s.upos == s.n && s.xpos == s.n && s.uas == s.n && s.likely == s.n && s.told == s.las);
  for (size_t i = 0; i < 100; i++) assert_true(fabsf(g->layer[0].w.w[i] - h->layer[0].w.w[i]) < 0.01f);
  graph_release(h);
  assert_true(graph_init(h, &other, &inventory, &known, &e));
  assert_false(graph_restore(h, &net, &e)); /* another shape */
  assert_int_equal(e.code, ERR_FORMAT);
  graph_release(g), graph_release(h), vocabulary_release(&known);
  buf_release(&out), model_writer_release(&w);
  free(copy), free(g), free(h);
}

static void test_mean(void **state) {
  struct tensors set = {0};
  struct tensor t;
  struct rng r;
  struct err e = {0};
  (void)state;
  rng_seed(&r, 1);
  assert_true(tensor_init(&set, &t, 1, 16, 0, false, &r, &e));
  tensors_settle(&set); /* no samples: nothing happens */
  for (int k = 0; k < 3; k++) {
    t.w[5] = (float)(3 * k); /* 0, 3, 6 */
    assert_true(tensors_sample(&set, k, &e));
  }
  tensors_settle(&set);
  assert_true(fabsf(t.w[5] - 3) < 1e-6f && t.w[4] == 0);
  tensors_release(&set);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_gradients), cmocka_unit_test(test_learns_by_heart),
                                     cmocka_unit_test(test_restored), cmocka_unit_test(test_mean)};
  setup();
  int failed = RUN(tests);
  vocabulary_release(&vocabulary);
  arena_release(&memory);
  return failed;
}
