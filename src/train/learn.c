/* learn.c - see learn.h. The order of sentences, dropout and noise all come from one seed: a run repeats itself. */
#include "train/learn.h"
#include "train/quantise.h"
#include "train/restore.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void progress_say(const struct progress *p, const char *format, ...) {
  char text[512];
  va_list args;
  if (!p->line) return;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  p->line(p->to, text);
}

void batch_fill(struct graph_batch *b, struct gold_sentence *s, size_t n, size_t *next, int want) {
  b->n = b->nsent = 0;
  while (*next < n && b->nsent < GRAPH_SENTENCES && b->n < want) {
    b->start[b->nsent] = b->n;
    b->sentence[b->nsent++] = &s[*next];
    b->n += s[(*next)++].n;
  }
  b->start[b->nsent] = b->n;
  b->padded = (b->n + 15) & ~15;
}

/* LAS of CoNLL-18 compares universal relations: what follows ':' is cut. */
static bool same_relation(const struct names *t, int a, int b) {
  if (a < 0 || b < 0) return false;
  str x = t->name[a], y = t->name[b];
  x.n = str_find(x, ':'), y.n = str_find(y, ':');
  return str_eq(x, y);
}

struct tag_score graph_score(struct graph *g, const struct treebank *tb) {
  struct graph_batch b;
  struct tag_score sc = {0};
  for (size_t next = 0; next < tb->n;) {
    batch_fill(&b, tb->sentence, tb->n, &next, 1000);
    graph_predict(g, &b);
    int r = 0;
    for (int s = 0; s < b.nsent; s++)
      for (int t = 1; t <= b.sentence[s]->n; t++, r++) {
        const struct gold_word *w = &b.sentence[s]->word[t];
        const struct prediction *p = &g->prediction[r];
        sc.n++;
        sc.upos += w->upos == p->upos, sc.xpos += w->xpos == p->xpos, sc.feats += w->feats == p->feats;
        sc.uas += w->head == p->head;
        sc.likely += w->head == p->likely;
        sc.told += w->head == p->head && same_relation(&g->inventory->deprel, w->deprel, p->told);
        sc.las += w->head == p->head && same_relation(&g->inventory->deprel, w->deprel, p->deprel);
      }
  }
  return sc;
}

static void report(struct graph *g, const struct learn_job *job) {
  for (int k = 0; k < job->ndev; k++) {
    struct tag_score s = graph_score(g, job->dev[k]);
    double c = 100 / (s.n > 0 ? s.n : 1);
    progress_say(&job->progress, "  %-10s UPOS %.2f  XPOS %.2f  feats %.2f  UAS %.2f  LAS %.2f", job->dev_name[k],
                 c * s.upos, c * s.xpos, c * s.feats, c * s.uas, c * s.las);
    if (job->config.arcs)
      progress_say(&job->progress,
                   "  %-10s by the second look alone: heads %.2f, with relations of the parser's heads %.2f",
                   job->dev_name[k], c * s.likely, c * s.told);
  }
}

/* ---- the lexicon ---- */

struct counted {
  struct vocabulary list;
  uint32_t *n;
};

static bool count_words(struct counted *c, const struct treebank *tb, uint32_t weight) {
  char w[WORD_BYTES + 1];
  for (size_t i = 0; i < tb->n; i++)
    for (int t = 1; t <= tb->sentence[i].n; t++) {
      uint32_t n = word_normalise(tb->sentence[i].word[t].form, w), id = vocabulary_add(&c->list, (str){w, n});
      c->n[id] += weight;
    }
  return true;
}

/* Words seen at least twice in gold trees or five times in silver ones have embeddings of their own. */
static bool lexicon_build(struct vocabulary *l, const struct learn_job *job, struct arena *a, struct err *e) {
  struct counted c = {.n = NULL};
  if (!vocabulary_init(&c.list, a, e)) return false;
  c.n = calloc(c.list.size, sizeof *c.n);
  bool good = c.n && vocabulary_init(l, a, e);
  if (good) {
    count_words(&c, job->gold, 3);
    if (job->silver) count_words(&c, job->silver, 1);
    if (job->start) good = lexicon_restore(l, job->start, e);
    for (uint32_t i = 1; i < c.list.n && job->start; i++) {
      uint32_t id = vocabulary_find(l, c.list.word[i]);
      if (id) l->frequency[id] = (c.n[i] + 2) / 3;
    }
    for (uint32_t i = 1; i < c.list.n && !job->start; i++)
      if (c.n[i] >= 5) {
        uint32_t id = vocabulary_add(l, c.list.word[i]);
        if (id) l->frequency[id] = (c.n[i] + 2) / 3;
      }
    l->trained = l->n;
  } else err_set(e, ERR_NOMEM, "no memory for the lexicon");
  free(c.n);
  vocabulary_release(&c.list);
  return good;
}

/* Words of the vectors extend the lexicon; the vectors are scaled to the spread of the summed embeddings. */
static float *vectors_place(struct vocabulary *l, const struct learn_job *job, struct err *e) {
  const struct word_vectors *v = job->vectors;
  double square = 0;
  for (size_t i = 0; i < (size_t)v->n * v->d; i++) square += (double)v->value[i] * (double)v->value[i];
  float scale = job->vector_spread / (float)__builtin_sqrt(square / ((double)v->n * v->d) + 1e-12);
  for (uint32_t i = 0; i < v->n; i++) vocabulary_add(l, v->word[i]);
  float *out = train_alloc((size_t)l->n * v->d * 4);
  if (!out) {
    err_set(e, ERR_NOMEM, "no memory for the word vectors");
    return NULL;
  }
  for (uint32_t i = 0; i < v->n; i++) {
    uint32_t id = vocabulary_find(l, v->word[i]);
    for (uint32_t k = 0; k < v->d && id; k++) out[(size_t)id * v->d + k] = v->value[(size_t)i * v->d + k] * scale;
  }
  return out;
}

/* ---- epochs ---- */

static void shuffle(struct gold_sentence *s, size_t n, struct rng *r) {
  for (size_t i = n; i > 1; i--) {
    size_t j = rng_next(r) % i;
    struct gold_sentence t = s[i - 1];
    s[i - 1] = s[j], s[j] = t;
  }
}

struct run {
  struct graph *g;
  const struct learn_job *job;
  struct gold_sentence *mix; /* [gold + silver] */
  size_t n, next_silver;
  struct rng order;
  double steps;
  int step, samples;
};

static size_t mix_epoch(struct run *r, int epoch) { /* the number of words */
  const struct learn_job *job = r->job;
  size_t words = job->gold->nword, got = 0;
  memcpy(r->mix, job->gold->sentence, job->gold->n * sizeof *r->mix);
  r->n = job->gold->n;
  if (job->silver && job->silver->n && epoch < job->epochs - job->gold_last)
    for (; got < (size_t)job->portion && r->n < job->gold->n + job->silver->n;
         r->next_silver = (r->next_silver + 1) % job->silver->n) {
      r->mix[r->n++] = job->silver->sentence[r->next_silver];
      got += (size_t)job->silver->sentence[r->next_silver].n;
    }
  shuffle(r->mix, r->n, &r->order);
  return words + got;
}

enum { SAMPLE_STEPS = 200 }; /* between two samples of the weights that are averaged */

static bool epoch(struct run *r, int number, struct err *e) {
  const struct learn_job *job = r->job;
  double tags = 0, moves = 0, words = (double)mix_epoch(r, number);
  struct graph_batch b;
  float explore = number ? job->config.explore : job->config.explore / 2;
  for (size_t next = 0; next < r->n;) {
    batch_fill(&b, r->mix, r->n, &next, job->batch);
    graph_learn(r->g, &b, explore, &tags, &moves);
    float done = (float)((double)++r->step / r->steps), warm = (float)r->step / 200.0f;
    float left = job->rate_end + (1 - job->rate_end) * (done < 1 ? 1 - done : 0);
    tensors_step(&r->g->set, job->rate * (warm < 1 ? warm : 1) * left + 1e-6f, r->step);
    if (number >= job->epochs - job->average && r->step % SAMPLE_STEPS == 0 &&
        !tensors_sample(&r->g->set, r->samples++, e))
      return false;
  }
  progress_say(&job->progress, "epoch %d of %d: tag loss %.4f, parse loss %.4f", number + 1, job->epochs, tags / words,
               moves / words);
  if (number % 2 == 1 || number == job->epochs - 1) report(r->g, job);
  return true;
}

static bool train(struct graph *g, const struct learn_job *job, struct err *e) {
  size_t silver = job->silver ? job->silver->n : 0;
  struct run r = {.g = g, .job = job};
  double portion = silver ? (double)job->portion : 0;
  r.mix = malloc((job->gold->n + silver) * sizeof *r.mix);
  if (!r.mix) return err_set(e, ERR_NOMEM, "no memory for the training data");
  rng_seed(&r.order, job->config.seed + 1000);
  if (silver) shuffle(job->silver->sentence, silver, &r.order);
  int epochs = job->schedule ? job->schedule : job->epochs;
  r.steps = ((double)job->gold->nword * epochs + portion * (epochs - job->gold_last)) / (job->batch + 10);
  bool good = true;
  for (int k = 0; k < job->epochs && good; k++) good = epoch(&r, k, e);
  if (good && r.samples) {
    tensors_settle(&g->set);
    progress_say(&job->progress, "mean of %d samples", r.samples);
    report(g, job);
  }
  free(r.mix);
  return good;
}

/* The mean of networks that went on from one: they lie in one valley, and between them is better ground than at any
 * (Wortsman et al. 2022). */
static bool blend(struct graph *g, const struct learn_job *job, struct err *e) {
  bool good = tensors_sample(&g->set, 0, e);
  for (int i = 0; good && i < job->nwith; i++)
    good = graph_restore(g, job->with[i], e) && tensors_sample(&g->set, i + 1, e);
  if (good) tensors_settle(&g->set);
  return good;
}

bool learn(struct learn_job *job, struct model_writer *w, struct err *e) {
  struct arena memory;
  struct vocabulary words = {0};
  struct graph *g = calloc(1, sizeof *g);
  float *vectors = NULL;
  arena_init(&memory, (size_t)1 << 30);
  bool good = g || err_set(e, ERR_NOMEM, "no memory for the network");
  good = good && lexicon_build(&words, job, &memory, e);
  if (good && job->vectors) good = (vectors = vectors_place(&words, job, e)) != NULL;
  good = good && graph_init(g, &job->config, job->inventory, &words, e);
  if (good) {
    g->vectors = vectors;
    progress_say(&job->progress,
                 "%zu sentences, %zu words (silver %zu), lexicon %u, %d tags, %d features, %d relations", job->gold->n,
                 job->gold->nword, job->silver ? job->silver->nword : 0, words.n, job->inventory->xpos.n,
                 job->inventory->feats.n, job->inventory->deprel.n);
    if (job->start) {
      good = graph_restore(g, job->start, e) && (!job->nwith || blend(g, job, e));
      if (good) report(g, job);
    }
    good = good && (!job->epochs || train(g, job, e)) && graph_quantise(g, job->ndev ? job->dev[0] : job->gold, w, e) &&
           pairs_quantise(job->inventory, job->gold, w, e);
  }
  if (g) graph_release(g);
  free(g);
  free(vectors);
  vocabulary_release(&words);
  arena_release(&memory);
  return good;
}
