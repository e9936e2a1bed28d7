/* tag.c - see tag.h. Encodes a document some sentences at a time (NET_FILL tokens or one long sentence), so that the products
 * of the network are over many rows and stay in cache. Sentences beyond ARC_TOKENS are encoded in pieces. */
#include "tag/tag.h"
#include "model/model.h"
#include <stdlib.h>

struct tagger {
  const struct model *model;
  uint8_t upos[256], xpos[256]; /* the document's numbers (doc/labels.h) for the model's */
};
struct tag_work {
  struct net_work *net;
  str form[NET_ROWS];
  uint32_t start[NET_ROWS + 1], nsent, rows;
  uint8_t upos[NET_ROWS], xpos[NET_ROWS], next_upos[NET_ROWS], next_xpos[NET_ROWS];
  uint16_t feats[NET_ROWS];
};

static void *tagger_open(const struct stage_setup *setup, struct err *e) {
  const struct model *m = setup->model;
  struct tagger *t = m ? calloc(1, sizeof *t) : NULL;
  if (!t) {
    err_set(e, m ? ERR_NOMEM : ERR_MODEL, m ? "no memory for the tagger" : "there is no language model");
    return NULL;
  }
  t->model = m;
  for (uint32_t i = 0; i < m->net.upos.n; i++) t->upos[i] = upos_of(string_table_at(&m->net.upos, i));
  for (uint32_t i = 0; i < m->net.xpos.n; i++) t->xpos[i] = xpos_of(string_table_at(&m->net.xpos, i));
  return t;
}

static void tagger_close(void *stage) { free(stage); }

static void tag_work_close(void *work) {
  struct tag_work *w = work;
  if (!w) return;
  net_work_free(w->net);
  free(w);
}

static void *tag_work_open(const void *stage, struct err *e) {
  const struct tagger *t = stage;
  struct tag_work *w = calloc(1, sizeof *w);
  if (w && (w->net = net_work_new(&t->model->net, t->model->kernels, e))) return w;
  if (!w) err_set(e, ERR_NOMEM, "no memory for the tagger");
  tag_work_close(w);
  return NULL;
}

static sym lemma_sym(struct doc *d, const struct tagger *t, uint32_t token, uint32_t xpos) {
  char lemma[512];
  size_t n = lemma_of(&t->model->lemmas, doc_word(d, d->tokens.form[token]), xpos, lemma, sizeof lemma);
  return doc_lemma(d, token, (str){lemma, n});
}

/* Encodes and tags the batch whose first token is `first`. */
static void run_batch(const struct tagger *t, struct tag_work *w, struct doc *d, uint32_t first) {
  const struct net *net = &t->model->net;
  struct tokens *k = &d->tokens;
  w->start[w->nsent] = w->rows;
  const struct net_batch batch = {w->form, w->start, w->nsent};
  const int8_t *state = net_encode(net, w->net, &batch);
  const struct tag_columns tags = {w->upos, w->xpos, w->feats, k->tag_margin + first, w->next_upos, w->next_xpos};
  net_tags(net, w->net, state, w->rows, &tags);
  memcpy(d->vectors.at + (size_t)first * d->vectors.width, state, (size_t)w->rows * d->vectors.width);
  for (uint32_t r = 0; r < w->rows; r++) {
    k->upos[first + r] = t->upos[w->upos[r]];
    k->xpos[first + r] = t->xpos[w->xpos[r]];
    k->feats[first + r] = w->feats[r];
    k->next_upos[first + r] = w->next_upos[r] == NET_NO_TAG ? 0 : t->upos[w->next_upos[r]];
    k->next_xpos[first + r] = w->next_xpos[r] == NET_NO_TAG ? 0 : t->xpos[w->next_xpos[r]];
    k->lemma[first + r] = lemma_sym(d, t, first + r, w->xpos[r]);
  }
  w->nsent = w->rows = 0;
}

static bool tag_run(const void *stage, void *work, struct doc *d, struct err *e) {
  const struct tagger *t = stage;
  struct tag_work *w = work;
  struct tokens *k = &d->tokens;
  uint32_t first = 0; /* token of the batch's first row */
  const struct net_shape *shape = &t->model->net.shape;
  d->vectors = (struct vectors){.width = shape->d, .unit = shape->act[shape->nlayer]};
  d->vectors.at = arena_alloc(&d->arena, ((size_t)k->n + KERNEL_ROWS) * shape->d + 64); /* kernels read whole blocks */
  if (!d->vectors.at) return err_set(e, ERR_NOMEM, "no memory for the tags");
  w->nsent = w->rows = 0;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t at = d->sentences.at[s].first, end = at + d->sentences.at[s].n;
    while (at < end) {
      uint32_t n = end - at > ARC_TOKENS ? ARC_TOKENS : end - at;
      if (!w->rows) first = at;
      w->start[w->nsent++] = w->rows;
      for (uint32_t i = 0; i < n; i++) w->form[w->rows++] = doc_word(d, k->form[at + i]);
      at += n;
      if (w->rows >= NET_FILL) run_batch(t, w, d, first);
    }
  }
  if (w->rows) run_batch(t, w, d, first);
  return true;
}

const struct stage tag_stage = {
    .name = "tag",
    .needs = HAVE_TOKENS,
    .gives = HAVE_TAGS | HAVE_LEMMAS,
    .open = tagger_open,
    .close = tagger_close,
    .work_open = tag_work_open,
    .work_close = tag_work_close,
    .run = tag_run,
};
