/* learn_boundaries.c - learns the weights of text/boundary.h from UD treebanks and writes them as text.
 *
 *   learn_boundaries KNOWLEDGE OUT [--skip PREFIX].. FILE.conllu[.gz]..
 *
 * KNOWLEDGE is the folder knowledge/; documents whose "# newdoc id" begins with a PREFIX are left out. The text of a document is made of its
 * "# text" lines, its paragraphs of "# newpar". Of every ten documents one is read a second time in capitals and one in small
 * letters, so that wire copy and notes are read well. Same input, same output. */
#include "base/file.h"
#include "text/sentences.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { EPOCHS = 6, SKIPS = 32, TEXT_CAP = 1 << 26, FEATURES = 32 };
static const double ALPHA = 0.15, BETA = 1.0, L1 = 3.0, L2 = 0.3;

struct example { /* a gap: features [first, first + n) of `ids` */
  uint32_t first;
  uint16_t n;
  bool start;
};

struct learner {
  struct words words;
  struct symtab names; /* features */
  sym *ids;
  size_t n_ids, size_ids;
  struct example *examples;
  size_t n, size;
  double *z, *sum; /* FTRL state by feature */
  struct buf text; /* of the present document */
  uint8_t *gold;   /* [TEXT_CAP] 1 where a sentence begins */
  const char *skip[SKIPS];
  size_t skips, documents;
  bool skipping;
};

static void die(const char *what) {
  fprintf(stderr, "learn_boundaries: %s\n", what);
  exit(1);
}

static void *grown(void *p, size_t *size, size_t n, size_t width) {
  if (n < *size) return p;
  *size = *size ? *size * 2 : 1024;
  p = realloc(p, *size * width);
  if (!p) die("no memory");
  return p;
}

/* ---- examples */

static void keep_feature(void *to, str feature) {
  struct learner *l = to;
  l->ids = grown(l->ids, &l->size_ids, l->n_ids, sizeof *l->ids);
  l->ids[l->n_ids++] = symtab_add(&l->names, feature);
}

/* Answers with the gold and keeps the gap as an example. */
static bool gold_judge(void *with, const struct boundary_text *t, const struct boundary_place *place) {
  struct learner *l = with;
  size_t first = l->n_ids;
  boundary_features(t, place, keep_feature, l);
  l->examples = grown(l->examples, &l->size, l->n, sizeof *l->examples);
  bool start = l->gold[t->p->at[place->i].beg];
  l->examples[l->n++] = (struct example){(uint32_t)first, (uint16_t)(l->n_ids - first), start};
  return start;
}

static void read_text(struct learner *l, str text) {
  struct arena memory;
  arena_init(&memory, (size_t)1 << 30);
  struct pieces p;
  struct layout layout;
  pieces_init(&p, &memory);
  layout_init(&layout, text);
  if (!tokenize(&p, &l->words, &layout, text, 0, text.n)) die("no memory");
  uint8_t *marks = ARENA_ARRAY(&memory, uint8_t, p.n);
  struct boundary_text all = {.p = &p, .text = text, .words = &l->words};
  sentences_mark(&all, gold_judge, l, marks);
  arena_release(&memory);
}

static void end_document(struct learner *l) {
  if (l->text.n && !l->skipping) {
    read_text(l, buf_str(&l->text));
    size_t turn = l->documents++ % 10;
    for (size_t i = 0; turn < 2 && i < l->text.n; i++) {
      char c = l->text.p[i];
      l->text.p[i] = turn ? ascii_fold(c) : ascii_lower(c) ? (char)(c - 32) : c;
    }
    if (turn < 2) read_text(l, buf_str(&l->text));
  }
  memset(l->gold, 0, l->text.n + 1);
  buf_clear(&l->text);
}

/* ---- treebanks */

struct reader {
  bool new_paragraph, space; /* before the next sentence */
};

static bool skipped(const struct learner *l, str id) {
  for (size_t i = 0; i < l->skips; i++)
    if (str_starts(id, str_of(l->skip[i]))) return true;
  return false;
}

static void take_line(struct learner *l, struct reader *r, str line) {
  if (str_starts(line, STR("# newdoc"))) {
    end_document(l);
    l->skipping = skipped(l, str_trim(str_from(line, str_find(line, '=') < line.n ? str_find(line, '=') + 1 : line.n)));
    r->new_paragraph = true;
  } else if (str_starts(line, STR("# newpar")) && !str_starts(line, STR("# newpar_block"))) r->new_paragraph = true;
  else if (str_starts(line, STR("# text = "))) {
    if (l->text.n) buf_puts(&l->text, r->new_paragraph ? "\n\n" : r->space ? " " : "");
    l->gold[l->text.n] = 1;
    buf_put(&l->text, str_from(line, 9));
    r->new_paragraph = false;
    r->space = true;
  } else if (line.n && ascii_digit(line.p[0]) && str_find(line, '-') > str_find(line, '\t'))
    r->space = str_find_str(line, STR("SpaceAfter=No")) == line.n;
}

static void read_treebank(struct learner *l, const char *path) {
  gzFile f = gzopen(path, "rb");
  static char line[1 << 20];
  struct reader r = {.space = true};
  if (!f) die(path);
  while (gzgets(f, line, sizeof line)) {
    str s = str_of(line);
    while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r')) s.n--;
    take_line(l, &r, s);
  }
  gzclose(f);
  end_document(l);
}

/* ---- learning: FTRL-proximal, per-coordinate rates, sparse by L1 */

static double weight(const struct learner *l, sym f) {
  double z = l->z[f];
  if (fabs(z) <= L1) return 0;
  return -(z - (z > 0 ? L1 : -L1)) / ((BETA + sqrt(l->sum[f])) / ALPHA + L2);
}

static double learn_one(struct learner *l, const struct example *x) {
  double score = 0;
  const sym *f = l->ids + x->first;
  for (size_t i = 0; i < x->n; i++) score += weight(l, f[i]);
  double p = 1 / (1 + exp(-score)), g = p - x->start;
  for (size_t i = 0; i < x->n; i++) {
    double w = weight(l, f[i]), sigma = (sqrt(l->sum[f[i]] + g * g) - sqrt(l->sum[f[i]])) / ALPHA;
    l->z[f[i]] += g - sigma * w;
    l->sum[f[i]] += g * g;
  }
  return -log(x->start ? p + 1e-12 : 1 - p + 1e-12);
}

static void learn(struct learner *l) {
  uint64_t random = 88172645463325252u;
  l->z = calloc(l->names.n, sizeof *l->z);
  l->sum = calloc(l->names.n, sizeof *l->sum);
  if (!l->z || !l->sum) die("no memory");
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    double loss = 0;
    for (size_t i = l->n; i > 1; i--) { /* shuffle */
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      size_t k = random % i;
      struct example t = l->examples[i - 1];
      l->examples[i - 1] = l->examples[k];
      l->examples[k] = t;
    }
    for (size_t i = 0; i < l->n; i++) loss += learn_one(l, &l->examples[i]);
    fprintf(stderr, "epoch %d: %.4f a gap\n", epoch + 1, loss / (double)l->n);
  }
}

static struct learner the;

static int by_name(const void *a, const void *b) {
  return str_compare(symtab_str(&the.names, *(const sym *)a), symtab_str(&the.names, *(const sym *)b));
}

static void write_model(struct learner *l, const char *path) {
  FILE *f = fopen(path, "w");
  sym *kept = malloc(l->names.n * sizeof *kept);
  size_t n = 0;
  if (!f || !kept) die(path);
  for (sym i = 1; i < l->names.n; i++)
    if (lround(weight(l, i) * BOUNDARY_UNIT) != 0) kept[n++] = i;
  qsort(kept, n, sizeof *kept, by_name);
  fputs(
      "# Weights of the judge of sentence boundaries: feature, tab, hundredths of a logit. Made by tools/learn_boundaries from UD English EWT\n"
      "# (CC BY-SA 4.0) and the documents of UD English GUM in its genres under free licences. This file: CC BY-SA 4.0.\n"
      "# A feature is its program (see src/text/boundary.c) and the values that the program found, between blanks.\n",
      f);
  for (size_t i = 0; i < n; i++) {
    str s = symtab_str(&l->names, kept[i]);
    fprintf(f, "%.*s\t%ld\n", STR_FMT(s), lround(weight(l, kept[i]) * BOUNDARY_UNIT));
  }
  fclose(f);
  free(kept);
  fprintf(stderr, "%zu documents, %zu gaps, %u features, %zu kept\n", l->documents, l->n, l->names.n, n);
}

int main(int count, char **arguments) {
  struct err e = {0};
  if (count < 4) die("KNOWLEDGE OUT [--skip PREFIX].. FILE.conllu[.gz]..");
  the.gold = calloc(1, TEXT_CAP);
  buf_init(&the.text, TEXT_CAP);
  if (!the.gold || !symtab_init(&the.names)) die("no memory");
  if (!words_load(&the.words, arguments[1], &e)) die(e.message);
  for (int i = 3; i < count; i++) {
    if (!strcmp(arguments[i], "--skip") && i + 1 < count && the.skips < SKIPS) the.skip[the.skips++] = arguments[++i];
    else read_treebank(&the, arguments[i]);
  }
  learn(&the);
  write_model(&the, arguments[2]);
  return 0;
}
