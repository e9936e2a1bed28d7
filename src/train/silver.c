/* silver.c - see silver.h. Votes are taken column by column: majority tags; majority heads if they make a tree with one
 * root, with the majority relation among those who chose that head. */
#include "train/silver.h"
#include "parse/greedy.h"
#include <stdio.h>
#include <stdlib.h>

struct answer { /* of one teacher for one sentence, [word] */
  uint8_t upos[ARC_TOKENS + 1], xpos[ARC_TOKENS + 1];
  uint16_t feats[ARC_TOKENS + 1];
  int16_t head[ARC_TOKENS + 1], rel[ARC_TOKENS + 1];
};
struct teacher {
  struct model_file file;
  struct net net;
  struct net_work *work;
  int16_t *slots;
  uint8_t *scratch;
  bool backward; /* it reads from the last word to the first */
};
struct class {
  struct teacher teacher[TEACHERS_MAX];
  int n;
  const struct kernels *kernels;
  struct answer answer[TEACHERS_MAX], vote;
  struct arc_state arc;
  str form[ARC_TOKENS], turned[ARC_TOKENS];
  size_t seen, kept, words, agreed, written;
};

static void teachers_close(struct class *c) {
  for (int k = 0; k < c->n; k++) {
    struct teacher *t = &c->teacher[k];
    net_work_free(t->work), free(t->slots), free(t->scratch);
    model_file_close(&t->file);
  }
}

static bool same_names(const struct string_table *a, const struct string_table *b) {
  for (uint32_t i = 0; i < a->n; i++)
    if (a->n != b->n || !str_eq(string_table_at(a, i), string_table_at(b, i))) return false;
  return a->n == b->n;
}

static bool teachers_open(struct class *c, const struct silver_job *job, struct err *e) {
  if (!(c->kernels = kernels_choose(NULL, e))) return false;
  for (int k = 0; k < job->nteacher; k++) {
    struct teacher *t = &c->teacher[k];
    if (!model_file_open(&t->file, job->teacher[k], e)) return false;
    c->n = k + 1;
    const struct net *n = &t->net, *first = &c->teacher[0].net;
    if (!net_open(&t->net, &t->file, e) || !(t->work = net_work_new(n, c->kernels, e))) return false;
    t->backward = str_is(model_meta(&t->file, "network.direction"), "backward");
    t->slots = train_alloc((size_t)NET_ROWS * n->slots.out * sizeof *t->slots);
    t->scratch = train_alloc((size_t)NET_ROWS * n->slots.in);
    if (!t->slots || !t->scratch) return err_set(e, ERR_NOMEM, "no memory for the teachers");
    if (!same_names(&n->upos, &first->upos) || !same_names(&n->xpos, &first->xpos) ||
        !same_names(&n->feats, &first->feats) || !same_names(&n->deprel, &first->deprel))
      return err_set(e, ERR_FORMAT, "the teachers were trained on different treebanks");
  }
  return true;
}

/* What a teacher that reads backward says of word i stands at n + 1 - i. */
static void turn(struct answer *a, uint32_t n) {
  struct answer b = *a;
  for (uint32_t i = 1; i <= n; i++) {
    uint32_t j = n + 1 - i;
    a->upos[i] = b.upos[j], a->xpos[i] = b.xpos[j], a->feats[i] = b.feats[j], a->rel[i] = b.rel[j];
    a->head[i] = (int16_t)(b.head[j] ? (int)n + 1 - b.head[j] : 0);
  }
}

static void ask(struct class *c, int which, uint32_t n) {
  struct teacher *t = &c->teacher[which];
  struct answer *a = &c->answer[which];
  const struct net *net = &t->net;
  const uint32_t start[2] = {0, n};
  const struct net_batch batch = {t->backward ? c->turned : c->form, start, 1};
  const int8_t *state = net_encode(net, t->work, &batch);
  net_tags(net, t->work, state, n, &(struct tag_columns){a->upos + 1, a->xpos + 1, a->feats + 1, NULL, NULL, NULL});
  c->kernels->linear16(&net->slots, state, n, t->slots, t->scratch);
  parse_greedy(net, c->kernels, t->slots, n, &c->arc);
  memcpy(a->head, c->arc.head, (n + 1) * sizeof *a->head);
  memcpy(a->rel, c->arc.rel, (n + 1) * sizeof *a->rel);
  if (t->backward) turn(a, n);
}

static bool is_tree(const int16_t *head, int n) {
  int roots = 0;
  for (int i = 1; i <= n; i++) {
    int h = i, steps = 0;
    roots += head[i] == 0;
    while (h && steps++ <= n) h = head[h];
    if (h) return false;
  }
  return roots == 1;
}

/* The value most teachers give `FIELD` of word t (of equals the first teacher's), among those for whom `IF` holds. */
#define VOTE(FIELD, IF, RESULT, VOTES)                                                                                 \
  do {                                                                                                                 \
    int top_ = -1;                                                                                                     \
    for (int a = 0; a < c->n; a++) {                                                                                   \
      const struct answer *p = &c->answer[a];                                                                          \
      int same_ = 0;                                                                                                   \
      if (!(IF)) continue;                                                                                             \
      for (int b = 0; b < c->n; b++) same_ += c->answer[b].FIELD[t] == p->FIELD[t];                                    \
      if (same_ > top_) top_ = same_, (RESULT) = p->FIELD[t];                                                          \
    }                                                                                                                  \
    (VOTES) = top_;                                                                                                    \
  } while (0)

/* Returns how many heads were unanimous. */
static int vote(struct class *c, int n) {
  struct answer *v = &c->vote;
  int unanimous = 0, votes;
  for (int t = 1; t <= n; t++) {
    VOTE(upos, true, v->upos[t], votes);
    VOTE(xpos, true, v->xpos[t], votes);
    VOTE(feats, true, v->feats[t], votes);
    VOTE(head, true, v->head[t], votes);
    unanimous += votes == c->n;
    VOTE(rel, p->head[t] == v->head[t], v->rel[t], votes);
  }
  if (!is_tree(v->head, n)) {
    memcpy(v->head, c->answer[0].head, (size_t)(n + 1) * sizeof *v->head);
    memcpy(v->rel, c->answer[0].rel, (size_t)(n + 1) * sizeof *v->rel);
  }
  return unanimous;
}

static void put(FILE *f, str s) { fwrite(s.p, 1, s.n, f); }

static void write_sentence(struct class *c, uint32_t n, FILE *f) {
  const struct net *net = &c->teacher[0].net;
  const struct answer *v = &c->vote;
  for (uint32_t t = 1; t <= n; t++) {
    fprintf(f, "%u\t", t), put(f, c->form[t - 1]);
    fputs("\t_\t", f), put(f, string_table_at(&net->upos, v->upos[t]));
    fputc('\t', f), put(f, string_table_at(&net->xpos, v->xpos[t]));
    fputc('\t', f), put(f, string_table_at(&net->feats, v->feats[t]));
    fprintf(f, "\t%d\t", v->head[t]), put(f, string_table_at(&net->deprel, (uint32_t)v->rel[t]));
    fputs("\t_\t_\n", f);
  }
  fputc('\n', f);
}

static void one_line(struct class *c, const struct silver_job *job, str line, FILE *f) {
  uint32_t n = 0;
  while (line.n) {
    str token = str_cut(&line, ' ');
    if (!token.n) continue;
    if (n == ARC_TOKENS / 4) return; /* very long "sentences" are mostly lists */
    c->form[n++] = token;
  }
  if (n < 4) return;
  for (uint32_t i = 0; i < n; i++) c->turned[i] = c->form[n - 1 - i];
  for (int k = 0; k < c->n; k++) ask(c, k, n);
  int unanimous = vote(c, (int)n);
  c->seen++, c->words += n, c->agreed += (size_t)unanimous;
  if ((float)unanimous < job->agreement * (float)n) return;
  c->kept++, c->written += n;
  write_sentence(c, n, f);
}

bool silver_make(const struct silver_job *job, const char *path, struct err *e) {
  struct class *c = calloc(1, sizeof *c);
  FILE *f = NULL;
  bool good = c || err_set(e, ERR_NOMEM, "no memory for the teachers");
  good = good && teachers_open(c, job, e);
  if (good && !(f = fopen(path, "wb"))) good = err_set_errno(e, ERR_IO, "cannot write %s", path);
  if (good) {
    str rest = job->text;
    for (size_t i = 0; rest.n && c->written < job->most; i++) {
      str line = str_cut(&rest, '\n');
      if (i % (size_t)job->stride == (size_t)job->offset) one_line(c, job, line, f);
      if (i % 100000 == 99999)
        progress_say(&job->progress, "silver: %zu sentences kept, %zu words", c->kept, c->written);
    }
    progress_say(&job->progress, "silver: %zu of %zu sentences kept, %zu words; heads unanimous on %.2f %% of words",
                 c->kept, c->seen, c->written, 100.0 * (double)c->agreed / (double)(c->words ? c->words : 1));
  }
  if (f && (ferror(f) | fclose(f))) good = err_set_errno(e, ERR_IO, "cannot write %s", path);
  if (c) teachers_close(c);
  free(c);
  return good;
}
