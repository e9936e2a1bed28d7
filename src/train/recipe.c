/* recipe.c - see recipe.h. Reads the recipe, decides what must be made, and calls the learners. */
#include "train/recipe.h"
#include "base/checksum.h"
#include "base/file.h"
#include "model/model.h"
#include "train/lemma_learn.h"
#include "train/names_learn.h"
#include "train/quantise.h"
#include "train/rawtext.h"
#include "train/silver.h"
#include "train/vectors.h"
#include <stdio.h>
#include <stdlib.h>

enum { SECTIONS_MAX = 64, KEYS_MAX = 48, GOLD_FEATS_MAX = 176, MODEL_BYTES_MAX = 1 << 26 };

struct section {
  str kind, name;
  struct {
    str key, value;
    uint64_t number; /* in the file */
  } line[KEYS_MAX];
  int n;
  uint64_t hash; /* of its lines and of what it is made of */
};

struct kitchen {
  const struct recipe_job *job;
  struct arena memory;
  struct section section[SECTIONS_MAX];
  int n;
  struct inventory inventory;
  struct treebank gold, dev[LEARN_DEV_MAX];
  size_t leading; /* sentences of the first treebank: it leads where lemmas differ by convention */
  const char *dev_name[LEARN_DEV_MAX];
  int ndev;
  uint64_t gold_hash;
};

/* ---- reading ---- */

static bool recipe_error(const struct kitchen *k, struct err *e, uint64_t line, const char *what) {
  err_set(e, ERR_FORMAT, "recipe: %s", what);
  return err_at(e, k->job->recipe, line, 0);
}

static bool parse(struct kitchen *k, str text, struct err *e) {
  struct section *s = NULL;
  for (uint64_t n = 1; text.n; n++) {
    str line = str_trim(str_cut(&text, '\n'));
    if (!line.n || line.p[0] == '#') continue;
    if (line.p[0] == '[') {
      if (k->n == SECTIONS_MAX || line.p[line.n - 1] != ']') return recipe_error(k, e, n, "a bad section, or too many");
      str rest = str_sub(line, 1, line.n - 1);
      s = &k->section[k->n++];
      s->kind = str_cut(&rest, ' ');
      s->name = rest.n ? str_trim(rest) : s->kind;
      continue;
    }
    str value = line, key = str_trim(str_cut(&value, '='));
    if (!s || !key.n || s->n == KEYS_MAX) return recipe_error(k, e, n, "a line should be \"key = value\" in a section");
    s->line[s->n].key = key, s->line[s->n].number = n, s->line[s->n++].value = str_trim(value);
  }
  return true;
}

static str value_of(const struct section *s, const char *key) {
  for (int i = 0; i < s->n; i++)
    if (str_is(s->line[i].key, key)) return s->line[i].value;
  return (str){NULL, 0};
}
static int64_t integer(const struct section *s, const char *key, int64_t otherwise) {
  int64_t v;
  return str_to_int(value_of(s, key), &v) ? v : otherwise;
}
static float real(const struct section *s, const char *key, double otherwise) {
  double v;
  return (float)(str_to_double(value_of(s, key), &v) ? v : otherwise);
}
static struct section *find(struct kitchen *k, const char *kind, str name) {
  for (int i = 0; i < k->n; i++)
    if (str_is(k->section[i].kind, kind) && str_eq(k->section[i].name, name)) return &k->section[i];
  return NULL;
}

static const char *path_in(struct kitchen *k, const char *folder, str name, const char *end) {
  struct buf b;
  buf_init(&b, 4096);
  if (folder && !(name.n && name.p[0] == '/')) buf_puts(&b, folder), buf_putc(&b, '/');
  buf_put(&b, name), buf_puts(&b, end);
  const char *path = arena_z(&k->memory, buf_str(&b));
  buf_release(&b);
  return path ? path : "";
}

/* A file that stands beside the recipe. */
static const char *recipe_file(struct kitchen *k, str name) {
  const char *slash = strrchr(k->job->recipe, '/');
  if (!slash) return path_in(k, NULL, name, "");
  const char *folder = arena_z(&k->memory, (str){k->job->recipe, (size_t)(slash - k->job->recipe)});
  return path_in(k, folder, name, "");
}

/* ---- what is fresh ---- */

static uint64_t blend(uint64_t h, uint64_t v) { return (h ^ v) * 0x9FB21C651E98DF25ull ^ h >> 29; }

static bool hash_file(const char *path, uint64_t *h, struct err *e) {
  struct file_map m;
  if (!file_map_open(&m, path, e)) return false;
  *h = blend(*h, checksum64(m.p ? m.p : "", m.n));
  if (m.p) file_map_release(&m);
  return true;
}

static void hash_lines(struct section *s) {
  s->hash = str_hash(s->kind, 1);
  for (int i = 0; i < s->n; i++)
    s->hash = blend(blend(s->hash, str_hash(s->line[i].key, 2)), str_hash(s->line[i].value, 3));
}

/* Adds the hash of the section that key names (there may be none). */
static bool depend(struct kitchen *k, struct section *s, const char *kind, str name, struct err *e) {
  if (!name.n) return true;
  const struct section *o = find(k, kind, name);
  if (!o || o > s) return recipe_error(k, e, 0, "a section names another one that does not stand before it");
  s->hash = blend(s->hash, o->hash);
  return true;
}

static bool fresh(struct kitchen *k, const struct section *s, const char *result) {
  char want[32], got[32] = "";
  const char *stamp = path_in(k, NULL, str_of(result), ".made");
  snprintf(want, sizeof want, "%016llx\n", (unsigned long long)s->hash);
  struct buf b;
  buf_init(&b, 1 << 18); /* file_read asks for room in large steps */
  progress_say(&k->job->progress, "made of inputs %.16s", want);
  bool same = file_exists(result) && file_exists(stamp) && file_read(&b, stamp, NULL) && b.n < sizeof got &&
              str_is(buf_str(&b), want);
  buf_release(&b);
  return same;
}

static bool stamp(struct kitchen *k, const struct section *s, const char *result, struct err *e) {
  char text[32];
  snprintf(text, sizeof text, "%016llx\n", (unsigned long long)s->hash);
  return file_write_atomic(path_in(k, NULL, str_of(result), ".made"), str_of(text), e);
}

/* ---- the sections ---- */

static bool take_gold(struct kitchen *k, struct section *s, struct err *e) {
  for (int i = 0; i < s->n; i++) {
    str value = s->line[i].value, name = str_cut(&value, ' ');
    const char *path = path_in(k, k->job->data, name, ""), *only = NULL;
    value = str_trim(value);
    if (str_starts(value, STR("only="))) only = arena_z(&k->memory, str_from(value, 5));
    if (!hash_file(path, &s->hash, e) || !treebank_read(&k->gold, path, only, &k->inventory, true, &k->memory, e))
      return false;
    if (!i) k->leading = k->gold.n;
    progress_say(&k->job->progress, "gold: %.*s, %zu sentences, %zu words so far", STR_FMT(name), k->gold.n,
                 k->gold.nword);
  }
  inventory_limit_feats(&k->inventory, &k->gold, GOLD_FEATS_MAX);
  k->gold_hash = s->hash;
  return true;
}

static bool take_dev(struct kitchen *k, struct section *s, struct err *e) {
  for (int i = 0; i < s->n && k->ndev < LEARN_DEV_MAX; i++) {
    str name = s->line[i].value;
    const char *path = path_in(k, k->job->data, name, "");
    k->dev_name[k->ndev] = arena_z(&k->memory, name);
    if (!hash_file(path, &k->gold_hash, e) ||
        !treebank_read(&k->dev[k->ndev++], path, NULL, &k->inventory, false, &k->memory, e))
      return false;
  }
  return true;
}

static bool read_raw(struct kitchen *k, const struct section *s, str value, struct buf *out, struct err *e) {
  const struct splitter splitter = {value_of(s, "abbreviations"), value_of(s, "clitics")};
  str name = str_cut(&value, ' '), field = str_cut(&value, ' ');
  const char *f = arena_z(&k->memory, field);
  int64_t least = 0;
  bool nested = false;
  while (value.n) {
    str word = str_cut(&value, ' ');
    if (str_is(word, "nested")) nested = true;
    if (str_starts(word, STR("least="))) str_to_int(str_from(word, 6), &least);
  }
  if (!rawtext_read(path_in(k, k->job->data, name, ""), f ? f : "", nested, (int)least, &splitter, out, e))
    return false;
  progress_say(&k->job->progress, "raw: %.*s, %zu bytes so far", STR_FMT(name), out->n);
  return true;
}

static bool make_raw(struct kitchen *k, struct section *s, struct err *e) {
  const char *result = path_in(k, k->job->work, s->name, ".txt");
  for (int i = 0; i < s->n; i++) {
    str value = s->line[i].value, name = str_cut(&value, ' ');
    if (str_is(s->line[i].key, "jsonl") && !hash_file(path_in(k, k->job->data, name, ""), &s->hash, e)) return false;
  }
  if (fresh(k, s, result)) return true;
  struct buf out;
  bool good = true;
  buf_init(&out, (size_t)1 << 32);
  for (int i = 0; i < s->n && good; i++)
    if (str_is(s->line[i].key, "jsonl")) good = read_raw(k, s, s->line[i].value, &out, e);
  good = good && file_write_atomic(result, buf_str(&out), e) && stamp(k, s, result, e);
  buf_release(&out);
  return good;
}

static bool make_vectors(struct kitchen *k, struct section *s, struct err *e) {
  const char *result = path_in(k, k->job->work, s->name, ".vec");
  struct vector_job v = {.gold = &k->gold,
                         .d = (uint32_t)integer(s, "width", 128),
                         .epochs = (int)integer(s, "epochs", 4),
                         .least = (int)integer(s, "least", 5),
                         .seed = (uint32_t)integer(s, "seed", 1),
                         .progress = k->job->progress};
  struct word_vectors made;
  struct arena a;
  s->hash = blend(s->hash, k->gold_hash);
  if (!depend(k, s, "raw", value_of(s, "raw"), e)) return false;
  if (fresh(k, s, result)) return true;
  arena_init(&a, (size_t)1 << 33);
  bool good = text_read(path_in(k, k->job->work, value_of(s, "raw"), ".txt"), &a, &v.text, e) &&
              vectors_learn(&v, &made, &a, e) && vectors_write(&made, result, e) && stamp(k, s, result, e);
  arena_release(&a);
  return good;
}

static bool feature_of(str text,
                       struct feature *f) { /* word | shape:ROWS | cased:ROWS | prefix:LENGTH:ROWS | suffix:.. */
  static const char *const name[] = {"word", "prefix", "suffix", "shape", "cased"};
  str kind = str_cut(&text, ':');
  int64_t length = 0, rows = 0;
  *f = (struct feature){0};
  for (uint32_t i = 0; i < sizeof name / sizeof *name; i++) {
    if (!str_is(kind, name[i])) continue;
    f->kind = i;
    if (i == FEATURE_WORD) return true;
    if ((i == FEATURE_PREFIX || i == FEATURE_SUFFIX) && !str_to_int(str_cut(&text, ':'), &length)) return false;
    if (!str_to_int(text, &rows) || rows < 1 || rows > 1 << 20 || (rows & (rows - 1)) || length < 0 || length > 16)
      return false;
    f->length = (uint32_t)length, f->rows = (uint32_t)rows;
    return true;
  }
  return false;
}

static bool network_config(struct kitchen *k, const struct section *s, struct graph_config *c, struct err *e) {
  str layers = value_of(s, "layers"), slots = value_of(s, "slots"), features = value_of(s, "features");
  *c = (struct graph_config){.d = (uint32_t)integer(s, "width", 128),
                             .h = (uint32_t)integer(s, "hidden", 128),
                             .dropout = real(s, "dropout", 0.25),
                             .case_noise = real(s, "case_noise", 0),
                             .explore = real(s, "explore", 1),
                             .feats_weight = real(s, "feats_weight", 1),
                             .arcs = (uint32_t)integer(s, "arcs", 0),
                             .relations = (uint32_t)integer(s, "relations", 0),
                             .arcs_weight = real(s, "arcs_weight", 1),
                             .seed = (uint32_t)integer(s, "seed", 1)};
  if (!layers.n || layers.n > NET_LAYERS_MAX || !slots.n || slots.n > ARC_SLOTS)
    return recipe_error(k, e, 0, "a network needs layers (1 to 6 of C, Q, R) and slots (1 to 12 hexadecimal digits)");
  memcpy(c->layers, layers.p, layers.n);
  for (size_t i = 0; i < layers.n; i++)
    if (!strchr("CQR", layers.p[i])) return recipe_error(k, e, 0, "layers are C, Q and R");
  for (size_t i = 0; i < slots.n; i++) {
    const char *digits = "0123456789ab", *at = strchr(digits, slots.p[i]);
    if (!at) return recipe_error(k, e, 0, "slots are hexadecimal digits from 0 to b");
    c->slot[c->nslot++] = (uint32_t)(at - digits);
  }
  while (features.n) {
    str f = str_cut(&features, ' ');
    if (!f.n) continue;
    if (c->nfeature == NET_FEATURES_MAX || !feature_of(f, &c->feature[c->nfeature++]))
      return recipe_error(k, e, 0, "a feature should look like word, shape:512, cased:8192 or suffix:3:4096");
  }
  if (!c->nfeature || c->feature[0].kind != FEATURE_WORD) return recipe_error(k, e, 0, "the first feature is the word");
  return true;
}

/* The section "meta" of a network's file: its lines. */
static void describe_network(const struct section *network, struct buf *b) {
  for (int j = 0; j < network->n; j++)
    buf_printf(b, "network.%.*s = %.*s\n", STR_FMT(network->line[j].key), STR_FMT(network->line[j].value));
  buf_printf(b, "recipe = %016llx\n", (unsigned long long)network->hash);
}

static void add_meta(const struct section *model, const struct section *network, struct model_writer *w) {
  struct buf b;
  buf_init(&b, 1 << 20);
  for (int j = 0; model && j < model->n; j++)
    buf_printf(&b, "%.*s = %.*s\n", STR_FMT(model->line[j].key), STR_FMT(model->line[j].value));
  describe_network(network, &b);
  model_writer_add(w, "meta", b.p ? b.p : "", b.n);
  buf_release(&b);
}

/* What one network learns from, and what must be released after. */
struct meal {
  struct learn_job job;
  struct treebank gold, silver, dev[LEARN_DEV_MAX];
  struct word_vectors vectors;
  struct model_file file[1 + LEARN_WITH_MAX]; /* of the networks to go on from */
  struct net net[1 + LEARN_WITH_MAX];
  int opened;
  struct arena memory;
};

static void meal_clear(struct meal *m) {
  treebank_release(&m->gold), treebank_release(&m->silver);
  for (int i = 0; i < LEARN_DEV_MAX; i++) treebank_release(&m->dev[i]);
  for (int i = 0; i < m->opened; i++) model_file_close(&m->file[i]);
  arena_release(&m->memory);
  free(m);
}

/* Training shuffles: each network starts from the same order, in a list of its own. */
static bool own_treebank(struct treebank *to, const struct treebank *from, bool backward, struct arena *a,
                         struct err *e) {
  if (backward) return treebank_turn(from, to, a, e);
  *to = *from;
  to->sentence = malloc((from->n + 1) * sizeof *to->sentence);
  if (!to->sentence) return err_set(e, ERR_NOMEM, "no memory for the training data");
  memcpy(to->sentence, from->sentence, from->n * sizeof *to->sentence);
  return true;
}

static bool meal_vectors(struct kitchen *k, struct meal *m, str name, struct err *e) {
  if (!name.n) return true;
  if (!vectors_read(&m->vectors, path_in(k, k->job->work, name, ".vec"), &m->memory, e)) return false;
  m->job.vectors = &m->vectors;
  return m->vectors.d == m->job.config.d || recipe_error(k, e, 0, "vectors have another width than the network");
}

static bool meal_silver(struct kitchen *k, struct meal *m, str name, bool backward, struct err *e) {
  struct treebank read = {0};
  if (!name.n) return true;
  bool good =
      treebank_read(&read, path_in(k, k->job->work, name, ".conllu"), NULL, &k->inventory, false, &m->memory, e);
  good = good && own_treebank(&m->silver, &read, backward, &m->memory, e);
  m->job.silver = &m->silver;
  treebank_release(&read);
  return good;
}

static const struct net *meal_network(struct kitchen *k, struct meal *m, str name, struct err *e) {
  int i = m->opened;
  if (i > LEARN_WITH_MAX || !model_file_open(&m->file[i], path_in(k, k->job->work, name, ".model"), e)) return NULL;
  m->opened++;
  return net_open(&m->net[i], &m->file[i], e) ? &m->net[i] : NULL;
}

/* The networks to go on from, if there are any. */
static bool meal_networks(struct kitchen *k, const struct section *s, struct meal *m, struct err *e) {
  str start = value_of(s, "start");
  if (!start.n) return true;
  if (m->job.vectors) return recipe_error(k, e, 0, "a network that goes on from another one has its vectors already");
  if (!(m->job.start = meal_network(k, m, start, e))) return false;
  for (int i = 0; i < s->n; i++) {
    if (!str_is(s->line[i].key, "with")) continue;
    if (m->job.nwith == LEARN_WITH_MAX) return recipe_error(k, e, s->line[i].number, "too many networks");
    if (!(m->job.with[m->job.nwith++] = meal_network(k, m, s->line[i].value, e))) return false;
  }
  return true;
}

static bool meal_prepare(struct kitchen *k, const struct section *s, struct meal *m, struct err *e) {
  bool backward = str_is(value_of(s, "direction"), "backward"), good = true;
  m->job = (struct learn_job){.inventory = &k->inventory,
                              .gold = &m->gold,
                              .ndev = k->ndev,
                              .progress = k->job->progress,
                              .vector_spread = real(s, "spread", 0.15),
                              .epochs = (int)integer(s, "epochs", 12),
                              .schedule = (int)integer(s, "schedule", 0),
                              .gold_last = (int)integer(s, "gold_last", 2),
                              .batch = (int)integer(s, "batch", 400),
                              .portion = (int)integer(s, "portion", 700000),
                              .rate = real(s, "rate", 0.002),
                              .rate_end = real(s, "rate_end", 0),
                              .average = (int)integer(s, "average", 0)};
  if (!network_config(k, s, &m->job.config, e)) return false;
  for (int i = 0; i < k->ndev && good; i++) {
    good = own_treebank(&m->dev[i], &k->dev[i], backward, &m->memory, e);
    m->job.dev[i] = &m->dev[i], m->job.dev_name[i] = k->dev_name[i];
  }
  return good && own_treebank(&m->gold, &k->gold, backward, &m->memory, e) &&
         meal_vectors(k, m, value_of(s, "vectors"), e) && meal_silver(k, m, value_of(s, "silver"), backward, e) &&
         meal_networks(k, s, m, e);
}

static bool learn_network(struct kitchen *k, const struct section *s, const char *result, struct err *e) {
  struct meal *m = calloc(1, sizeof *m);
  struct model_writer w;
  struct buf out;
  if (!m) return err_set(e, ERR_NOMEM, "no memory to train");
  arena_init(&m->memory, (size_t)1 << 33);
  model_writer_init(&w, MODEL_BYTES_MAX);
  buf_init(&out, MODEL_BYTES_MAX);
  bool good = meal_prepare(k, s, m, e) && learn(&m->job, &w, e);
  if (good) add_meta(NULL, s, &w);
  good = good && model_writer_finish(&w, &out, e) && file_write_atomic(result, buf_str(&out), e);
  buf_release(&out);
  model_writer_release(&w);
  meal_clear(m);
  return good;
}

/* A network that is not trained here but stands in a model beside the recipe: what ships can teach a smaller one. */
static bool fetch_network(struct kitchen *k, struct section *s, const char *result, struct err *e) {
  const char *path = recipe_file(k, value_of(s, "file"));
  struct file_map m;
  if (s->n > 1) return recipe_error(k, e, s->line[0].number, "a network from a file has no other keys");
  if (!hash_file(path, &s->hash, e)) return false;
  if (fresh(k, s, result)) return true;
  if (!file_map_open(&m, path, e)) return false;
  bool good = file_write_atomic(result, file_map_str(&m), e) && stamp(k, s, result, e);
  if (m.p) file_map_release(&m);
  return good;
}

static bool make_network(struct kitchen *k, struct section *s, struct err *e) {
  const char *result = path_in(k, k->job->work, s->name, ".model");
  s->hash = blend(s->hash, k->gold_hash);
  if (value_of(s, "file").n) return fetch_network(k, s, result, e);
  if (!depend(k, s, "vectors", value_of(s, "vectors"), e) || !depend(k, s, "silver", value_of(s, "silver"), e) ||
      !depend(k, s, "network", value_of(s, "start"), e))
    return false;
  for (int i = 0; i < s->n; i++)
    if (str_is(s->line[i].key, "with") && !depend(k, s, "network", s->line[i].value, e)) return false;
  if (fresh(k, s, result)) return true;
  return learn_network(k, s, result, e) && stamp(k, s, result, e);
}

static bool make_silver(struct kitchen *k, struct section *s, struct err *e) {
  const char *result = path_in(k, k->job->work, s->name, ".conllu");
  struct silver_job job = {.stride = (int)integer(s, "stride", 1),
                           .offset = (int)integer(s, "offset", 0),
                           .most = (size_t)integer(s, "words", 7000000),
                           .agreement = real(s, "agreement", 0.6),
                           .progress = k->job->progress};
  struct arena a;
  if (job.stride < 1) job.stride = 1;
  if (!depend(k, s, "raw", value_of(s, "raw"), e)) return false;
  for (int i = 0; i < s->n; i++)
    if (str_is(s->line[i].key, "teacher")) {
      if (job.nteacher == TEACHERS_MAX) return recipe_error(k, e, 0, "too many teachers");
      if (!depend(k, s, "network", s->line[i].value, e)) return false;
      job.teacher[job.nteacher++] = path_in(k, k->job->work, s->line[i].value, ".model");
    }
  if (!job.nteacher) return recipe_error(k, e, 0, "silver trees need a teacher");
  if (fresh(k, s, result)) return true;
  arena_init(&a, (size_t)1 << 33);
  bool good = text_read(path_in(k, k->job->work, value_of(s, "raw"), ".txt"), &a, &job.text, e) &&
              silver_make(&job, result, e) && stamp(k, s, result, e);
  arena_release(&a);
  return good;
}

/* The lemma tables: from the gold trees, and from the list that the section names. */
static bool add_lemmas(struct kitchen *k, const struct section *s, struct model_writer *w, struct err *e) {
  struct treebank list = {0};
  struct treebank first = k->gold, rest = k->gold;
  const struct lemma_books books = {&first, &rest, &list};
  first.n = k->leading, rest.n -= first.n, rest.sentence += first.n;
  str name = value_of(s, "lemmas"), text;
  bool good = true;
  if (name.n) {
    const char *path = recipe_file(k, name);
    good = text_read(path, &k->memory, &text, e) && lemma_list_read(&list, text, path, &k->inventory, &k->memory, e);
  }
  good = good && lemma_learn(&books, w, e);
  treebank_release(&list);
  return good;
}

/* Weights that were learned apart stand in a file beside the recipe; the model takes its sections over. */
static bool add_conjuncts(struct kitchen *k, const struct section *s, struct model_writer *w, struct err *e) {
  str name = value_of(s, "conjuncts");
  struct model_file m;
  if (!name.n) return true;
  if (!model_file_open(&m, recipe_file(k, name), e)) return false;
  for (uint32_t i = 0; i < m.nsection; i++) {
    struct model_section section = model_section_at(&m, i);
    model_writer_add(w, section.name, section.bytes.p, section.bytes.n);
  }
  model_file_close(&m);
  return true;
}

/* Where the model goes: the file asked for, or the section's own beside it. */
static const char *model_path(struct kitchen *k, const struct section *s) {
  str file = value_of(s, "file"), folder = str_of(k->job->output);
  if (!file.n) return k->job->output;
  const char *slash = strrchr(k->job->output, '/');
  folder.n = slash ? (size_t)(slash - k->job->output) : 0;
  return path_in(k, slash ? arena_z(&k->memory, folder) : NULL, file, "");
}

static bool make_model(struct kitchen *k, struct section *s, struct err *e) {
  const char *output = model_path(k, s);
  const char *from = path_in(k, k->job->work, value_of(s, "from"), ".model");
  struct model_file network, made;
  struct model_writer w;
  struct buf out;
  if (!depend(k, s, "network", value_of(s, "from"), e) || !model_file_open(&network, from, e)) return false;
  model_writer_init(&w, MODEL_BYTES_MAX);
  buf_init(&out, MODEL_BYTES_MAX);
  for (uint32_t i = 0; i < network.nsection; i++) {
    struct model_section section = model_section_at(&network, i);
    bool remade = str_starts(str_of(section.name), STR("lemma.")) ||
                  str_starts(str_of(section.name), STR("conjuncts")) || !strcmp(section.name, "pair") ||
                  !strcmp(section.name, "fit") || !strcmp(section.name, "meta");
    if (!remade) model_writer_add(&w, section.name, section.bytes.p, section.bytes.n);
  }
  add_meta(s, find(k, "network", value_of(s, "from")), &w);
  bool good = pairs_quantise(&k->inventory, &k->gold, &w, e) && add_lemmas(k, s, &w, e) && add_conjuncts(k, s, &w, e) &&
              model_writer_finish(&w, &out, e) && file_write_atomic(output, buf_str(&out), e) &&
              model_file_open(&made, output, e);
  if (good) {
    progress_say(&k->job->progress, "model: %s, %zu bytes, checksum %016llx", output, made.size,
                 (unsigned long long)made.checksum);
    model_file_close(&made);
  }
  buf_release(&out);
  model_writer_release(&w);
  model_file_close(&network);
  return good;
}

static bool make_names(struct kitchen *k, struct section *s, struct err *e) {
  struct names_job job = {.corpus = path_in(k, k->job->work, value_of(s, "corpus"), ""),
                          .epochs = (int)integer(s, "epochs", 20),
                          .held = (int)integer(s, "held", 0),
                          .rate = real(s, "rate", 0.1),
                          .dropout = real(s, "dropout", 0.2),
                          .decay = real(s, "decay", 0.01),
                          .seed = (uint32_t)integer(s, "seed", 1),
                          .progress = k->job->progress};
  struct model_writer w;
  struct buf out;
  model_writer_init(&w, MODEL_BYTES_MAX);
  buf_init(&out, MODEL_BYTES_MAX);
  bool good = hash_file(job.corpus, &s->hash, e) && names_learn(&job, &w, e);
  if (good) add_meta(s, s, &w);
  good = good && model_writer_finish(&w, &out, e) && file_write_atomic(k->job->output, buf_str(&out), e);
  buf_release(&out);
  model_writer_release(&w);
  return good;
}

struct kind {
  const char *name, *keys; /* NULL: any */
  bool (*make)(struct kitchen *, struct section *, struct err *);
};
static const struct kind KINDS[] = {
    {"gold", " file ", take_gold},
    {"dev", " file ", take_dev},
    {"raw", " jsonl abbreviations clitics ", make_raw},
    {"vectors", " raw width epochs least seed ", make_vectors},
    {"network",
     " file layers width hidden slots features vectors spread start with silver portion "
     "direction dropout case_noise explore "
     "feats_weight arcs relations arcs_weight seed epochs schedule gold_last batch rate rate_end average ",
     make_network},
    {"silver", " raw teacher stride offset words agreement ", make_silver},
    {"model", NULL, make_model},
    {"names", " corpus epochs held rate dropout decay seed language licence ", make_names}};

static bool keys_check(struct kitchen *k, const struct section *s, const struct kind *kind, struct err *e) {
  for (int i = 0; i < s->n && kind->keys; i++) {
    char key[64];
    int n = snprintf(key, sizeof key, " %.*s ", STR_FMT(s->line[i].key));
    if (n < 0 || (size_t)n >= sizeof key || !strstr(kind->keys, key))
      return recipe_error(k, e, s->line[i].number, "a section has a key that its kind does not know");
  }
  return true;
}

static bool make(struct kitchen *k, struct section *s, struct err *e) {
  hash_lines(s);
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
    if (!str_is(s->kind, KINDS[i].name)) continue;
    bool named = !str_eq(s->kind, s->name);
    progress_say(&k->job->progress, "[%.*s%s%.*s]", STR_FMT(s->kind), named ? " " : "", named ? (int)s->name.n : 0,
                 s->name.p);
    return keys_check(k, s, &KINDS[i], e) && KINDS[i].make(k, s, e);
  }
  return recipe_error(k, e, 0, "a section is none of gold, dev, raw, vectors, network, silver, model, names");
}

bool recipe_run(const struct recipe_job *job, struct err *e) {
  struct kitchen *k = calloc(1, sizeof *k);
  str text;
  if (!k) return err_set(e, ERR_NOMEM, "no memory to train");
  k->job = job;
  arena_init(&k->memory, (size_t)1 << 33);
  bool good = text_read(job->recipe, &k->memory, &text, e) && parse(k, text, e);
  for (int i = 0; i < k->n && good; i++) {
    good = make(k, &k->section[i], e);
    if (job->only && str_is(k->section[i].name, job->only)) break;
  }
  treebank_release(&k->gold);
  for (int i = 0; i < k->ndev; i++) treebank_release(&k->dev[i]);
  arena_release(&k->memory);
  free(k);
  return good;
}
