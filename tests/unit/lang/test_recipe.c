/* Recipes: the same inputs give the same bytes; a second run makes nothing anew; a change makes what depends on it. */
#include "base/file.h"
#include "lang.h"
#include "train/recipe.h"
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/tightrope-recipe-XXXXXX";
static struct { int epochs, lines; } seen;

static void say(void *to, const char *text) {
  (void)to;
  seen.lines++;
  seen.epochs += strstr(text, "epoch") != NULL;
}

static const char *under(const char *name) {
  static char path[8][256];
  static int k;
  k = (k + 1) % 8;
  snprintf(path[k], sizeof path[k], "%s/%s", root, name);
  return path[k];
}

static void put(const char *name, const char *text, int times) {
  struct buf b;
  struct err e = {0};
  buf_init(&b, 1 << 22);
  for (int i = 0; i < times; i++) buf_puts(&b, text);
  assert_true(file_write_atomic(under(name), buf_str(&b), &e));
  buf_release(&b);
}

#define W(id, form, lemma, upos, xpos, head, rel)                                                                      \
  id "\t" form "\t" lemma "\t" upos "\t" xpos "\t_\t" head "\t" rel "\t_\t_\n"
static const char TREES[] =
    W("1", "The", "the", "DET", "DT", "2", "det") W("2", "army", "army", "NOUN", "NN", "3", "nsubj")
        W("3", "left", "leave", "VERB", "VBD", "0", "root") W("4", "Basra", "Basra", "PROPN", "NNP", "3", "obj")
            W("5", ".", ".", "PUNCT", ".", "3", "punct") "\n" W("1", "Troops", "troop", "NOUN", "NNS", "2", "nsubj")
                W("2", "met", "meet", "VERB", "VBD", "0", "root") W("3", "him", "he", "PRON", "PRP", "2", "obj")
                    W("4", ".", ".", "PUNCT", ".", "2", "punct") "\n";
static const char RAW[] = "{\"text\":\"The army met troops. The troops left the army. He met the army.\"}\n";
#define NETWORK                                                                                                        \
  "layers = QR\nwidth = 64\nhidden = 64\nslots = 0124\nfeatures = word suffix:2:64 shape:32\ndropout = 0.1\n"
static const char RECIPE[] = "# a small one\n[gold]\nfile = trees.conllu\n[dev]\nfile = trees.conllu\n"
                             "[raw text]\njsonl = raw.jsonl text\nabbreviations = Mr\nclitics = n't\n"
                             "[vectors v]\nraw = text\nwidth = 64\nepochs = 1\nleast = 1\n"
                             "[network teacher]\n" NETWORK "vectors = v\nepochs = 3\nseed = 1\n"
                             "[silver s]\nraw = text\nteacher = teacher\nagreement = 0.1\nwords = 500\n"
                             "[network back]\n" NETWORK "direction = backward\nepochs = 2\n"
                             "[silver t]\nraw = text\nteacher = teacher\nteacher = back\nstride = 2\noffset = 1\n"
                             "agreement = 0\nwords = 500\n"
                             "[network student]\n" NETWORK "silver = s\nportion = 100\nepochs = 3\ngold_last = 1\n"
                             "[network second]\n" NETWORK "start = student\nsilver = t\nportion = 100\nepochs = 2\n"
                             "rate_end = 0.5\naverage = 1\nbatch = 1\n"
                             "[model]\nfrom = second\nlemmas = words.txt\nname = small\n";

static bool run(const char *recipe, const char *work, const char *output, struct err *e) {
  const struct recipe_job job = {
      .recipe = recipe, .data = root, .work = work, .output = output, .progress = {say, NULL}};
  memset(&seen, 0, sizeof seen);
  memset(e, 0, sizeof *e);
  return recipe_run(&job, e);
}

static void assert_same(const char *a, const char *b) {
  struct buf x, y;
  struct err e = {0};
  buf_init(&x, 1 << 26), buf_init(&y, 1 << 26);
  assert_true(file_read(&x, a, &e) && file_read(&y, b, &e));
  assert_int_equal(x.n, y.n);
  assert_memory_equal(x.p, y.p, x.n);
  buf_release(&x), buf_release(&y);
}

static void test_runs(void **state) {
  struct err e;
  struct model m;
  (void)state;
  put("trees.conllu", TREES, 40), put("raw.jsonl", RAW, 60), put("recipe", RECIPE, 1),
      put("words.txt", "went VBD go\n", 1);
  mkdir(under("one"), 0777), mkdir(under("two"), 0777);
  if (!run(under("recipe"), under("one"), under("one.model"), &e)) fail_msg("%s (%s)", e.message, e.file);
  assert_true(seen.epochs > 0);
  assert_true(model_open(&m, under("one.model"), NULL, &e));
  assert_true(str_is(model_meta(&m.file, "name"), "small"));
  model_close(&m);
  assert_true(run(under("recipe"), under("one"), under("again.model"), &e)); /* nothing is left to do */
  assert_int_equal(seen.epochs, 0);
  assert_same(under("one.model"), under("again.model"));
  assert_true(run(under("recipe"), under("two"), under("two.model"), &e)); /* elsewhere, from nothing */
  assert_same(under("one.model"), under("two.model"));
  put("words.txt", "went VBD go\nwon VBD win\n", 1); /* lemmas are no matter of the networks */
  assert_true(run(under("recipe"), under("one"), under("again.model"), &e));
  assert_int_equal(seen.epochs, 0);
  assert_true(model_open(&m, under("again.model"), NULL, &e));
  model_close(&m);
}

static void test_bad_recipes(void **state) {
  static const char *const bad[] = {
      "x = y\n",
      "[cake]\n",
      "[gold]\nfile = nowhere.conllu\n",
      "[gold]\nfile\n",
      "[gold]\nfile = trees.conllu\n[network n]\nlayers = XYZ\nslots = 0\nfeatures = word\n",
      "[gold]\nfile = trees.conllu\n[network n]\nlayers = Q\nslots = 0\nfeatures = shape:3\n",
      "[gold]\nfile = trees.conllu\n[network n]\nlayers = Q\nslots = z\nfeatures = word\n",
      "[gold]\nfile = trees.conllu\n[network n]\nvectors = v\nlayers = Q\n",
      "[gold]\nfile = trees.conllu\n[network n]\nlayers = Q\nslots = 0\nfeatures = word\nlayer = R\n",
      "[gold]\nfile = trees.conllu\n[network n]\nlayers = Q\nslots = 0\nfeatures = word\nstart = m\n",
      "[silver s]\nraw = text\n"};
  struct err e;
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    put("bad", bad[i], 1);
    assert_false(run(under("bad"), under("one"), under("bad.model"), &e));
    assert_true(e.message[0]);
  }
  assert_false(run(under("no such recipe"), under("one"), under("bad.model"), &e));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_runs), cmocka_unit_test(test_bad_recipes)};
  if (!mkdtemp(root)) return 1;
  int failed = RUN(tests);
  char command[256];
  snprintf(command, sizeof command, "rm -r %s", root);
  return system(command) || failed;
}
