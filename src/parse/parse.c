/* parse.c - see parse.h. A sentence beyond ARC_TOKENS is parsed in pieces, cut after punctuation where possible, whose roots
 * hang on the root of the first as parataxis. */
#include "parse/parse.h"
#include "doc/tree.h"
#include "model/model.h"
#include "parse/conjuncts.h"
#include "parse/greedy.h"
#include "parse/rescore.h"
#include <stdlib.h>

enum { DATELINE_MOST = 24, HEAD_SURE = 48, UPOS_MOST = 32, XPOS_MOST = 256 };
static const float FIT_WEIGHT = 0.15f * 16; /* of a relation's fit, beside the margin of the UPOS in sixteenths */

struct parser {
  const struct model *model;
  struct conjuncts conjuncts;
  uint8_t deprel[ARC_EXTRA_ROWS];                  /* the document's numbers (doc/labels.h) for the model's */
  uint8_t model_xpos[XPOS_MOST];                   /* the model's number for the document's */
  float fit[ARC_EXTRA_ROWS][NET_SIDES][UPOS_MOST]; /* net.fit by the document's UPOS */
};
struct parse_work {
  struct arc_state state;
  int16_t *slots; /* [NET_ROWS][slots] */
  uint8_t *scratch;
  struct rescore_work rescore;
};

static void *parser_open(const struct stage_setup *setup, struct err *e) {
  const struct model *m = setup->model;
  struct parser *p = m ? calloc(1, sizeof *p) : NULL;
  if (!p) {
    err_set(e, m ? ERR_NOMEM : ERR_MODEL, m ? "no memory for the parser" : "there is no language model");
    return NULL;
  }
  p->model = m;
  if (!conjuncts_open(&p->conjuncts, &m->file, e)) {
    free(p);
    return NULL;
  }
  for (uint32_t i = 0; i < m->net.deprel.n; i++) p->deprel[i] = deprel_of(string_table_at(&m->net.deprel, i));
  for (uint32_t i = 0; i < m->net.xpos.n; i++) p->model_xpos[xpos_of(string_table_at(&m->net.xpos, i))] = (uint8_t)i;
  for (uint32_t i = 0; i < m->net.deprel.n * NET_SIDES * m->net.upos.n; i++) {
    uint32_t upos = upos_of(string_table_at(&m->net.upos, i % m->net.upos.n)), row = i / m->net.upos.n;
    if (upos < UPOS_MOST) p->fit[row / NET_SIDES][row % NET_SIDES][upos] = m->net.fit[i];
  }
  return p;
}

static void parser_close(void *stage) { free(stage); }

static void parse_work_close(void *work) {
  struct parse_work *w = work;
  if (!w) return;
  free(w->slots);
  free(w->scratch);
  rescore_close(&w->rescore);
  free(w);
}

static void *parse_work_open(const void *stage, struct err *e) {
  const struct net *net = &((const struct parser *)stage)->model->net;
  struct parse_work *w = calloc(1, sizeof *w);
  if (w) {
    w->slots = aligned_alloc(64, (size_t)NET_ROWS * net->slots.out * sizeof *w->slots);
    w->scratch = aligned_alloc(64, (size_t)NET_ROWS * net->slots.in);
    if (w->slots && w->scratch && rescore_open(&w->rescore, net, e)) return w;
  }
  parse_work_close(w);
  err_set(e, ERR_NOMEM, "no memory for the parser");
  return NULL;
}

/* Where the piece that begins at token `at` ends. */
static uint32_t piece_end(const struct doc *d, uint32_t at, uint32_t end) {
  if (end - at <= ARC_TOKENS) return end;
  for (uint32_t cut = at + ARC_TOKENS; cut > at + ARC_TOKENS / 2; cut--)
    if (d->tokens.upos[cut - 1] == UPOS_PUNCT) return cut;
  return at + ARC_TOKENS;
}

/* The tree may tell what a word is where the tagger was not sure: what hangs on a noun as amod is rather an adjective. */
static void settle_tags(const struct parser *p, struct doc *d, uint32_t token, int rel, uint32_t side) {
  struct tokens *k = &d->tokens;
  char lemma[512];
  if (!k->next_upos[token] || k->margin[token] < HEAD_SURE) return;
  const float *fit = p->fit[rel][side];
  if (FIT_WEIGHT * (fit[k->next_upos[token]] - fit[k->upos[token]]) <= (float)k->tag_margin[token]) return;
  k->upos[token] = k->next_upos[token], k->xpos[token] = k->next_xpos[token];
  k->tag_margin[token] = k->next_upos[token] = k->next_xpos[token] = 0;
  size_t n =
      lemma_of(&p->model->lemmas, doc_word(d, k->form[token]), p->model_xpos[k->xpos[token]], lemma, sizeof lemma);
  k->lemma[token] = doc_lemma(d, token, (str){lemma, n});
}

/* Writes the tree of the piece at `first`; its root gets `root_head` (NONE: it is the sentence's). Returns the root. */
static uint32_t write_tree(const struct parser *p, const struct arc_state *st, struct doc *d, uint32_t first,
                           uint32_t root_head) {
  uint32_t root = first;
  for (uint32_t i = 0; i < (uint32_t)st->n; i++) {
    int head = st->head[i + 1];
    d->tokens.margin[first + i] = st->margin[i + 1];
    if (head > 0) {
      d->tokens.head[first + i] = first + (uint32_t)head - 1;
      d->tokens.deprel[first + i] = p->deprel[st->rel[i + 1]];
    } else {
      root = first + i;
      d->tokens.head[root] = root_head;
      d->tokens.deprel[root] = root_head == NONE ? DEPREL_ROOT : DEPREL_PARATAXIS;
    }
    settle_tags(p, d, first + i, st->rel[i + 1], net_side((int)i + 1, head));
  }
  return root;
}

static uint32_t parse_piece(const struct parser *p, struct parse_work *w, struct doc *d, uint32_t at, uint32_t to,
                            uint32_t root) {
  const struct net *net = &p->model->net;
  const int8_t *state = d->vectors.at + (size_t)at * d->vectors.width;
  p->model->kernels->linear16(&net->slots, state, to - at, w->slots, w->scratch);
  parse_greedy(net, p->model->kernels, w->slots, to - at, &w->state);
  rescore(net, p->model->kernels, &w->rescore, state, &w->state);
  return write_tree(p, &w->state, d, at, root);
}

/* "BAGHDAD, Jan 3 --": how many tokens the dateline of a sentence has, its dash among them. It is no part of the clause. */
static uint32_t dateline_tokens(const struct doc *d, const struct sentence *s) {
  if (!(s->flags & SENTENCE_DATELINE)) return 0;
  for (uint32_t i = 1; i < s->n && i < DATELINE_MOST; i++) {
    str w = token_text(d, s->first + i);
    bool dash = str_is(w, "--") || str_is(w, "-") || str_is(w, "\xE2\x80\x93") || str_is(w, "\xE2\x80\x94");
    bool joins = !(d->tokens.flags[s->first + i - 1] & TOKEN_SPACE_AFTER) &&
                 !(d->tokens.flags[s->first + i] & TOKEN_SPACE_AFTER);
    if (dash && !joins) return i + 1 < s->n ? i + 1 : 0;
  }
  return 0;
}

/* What UD fixes between relations, where the parser's single steps disagree: a passive auxiliary makes its verb's subject that of a
 * passive; the agent of a passive has a plain adposition, which "according to" is not. Heads stay as they are. */
static void relations_agree(struct doc *d) {
  struct tokens *k = &d->tokens;
  for (uint32_t t = 0; t < k->n; t++) {
    if (k->deprel[t] == DEPREL_AUX_PASS && k->head[t] != NONE) {
      uint32_t subject = tree_child(d, k->head[t], DEPREL_NSUBJ);
      if (subject != NONE && subject < t) k->deprel[subject] = DEPREL_NSUBJ_PASS;
    } else if (k->deprel[t] == DEPREL_OBL_AGENT) {
      uint32_t by = tree_child(d, t, DEPREL_CASE);
      if (by != NONE && tree_child(d, by, DEPREL_FIXED) != NONE) k->deprel[t] = DEPREL_OBL;
    }
  }
}

static bool parse_run(const void *stage, void *work, struct doc *d, struct err *e) {
  const struct parser *p = stage;
  struct parse_work *w = work;
  if (d->tokens.n && (!d->vectors.at || d->vectors.width != p->model->net.shape.d))
    return err_set(e, ERR_MODEL, "the document was tagged with another model");
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    uint32_t first = d->sentences.at[s].first, end = first + d->sentences.at[s].n, root = NONE;
    uint32_t lead = dateline_tokens(d, &d->sentences.at[s]);
    for (uint32_t at = first + lead, to; at < end; at = to) {
      to = piece_end(d, at, end);
      uint32_t here = parse_piece(p, w, d, at, to, root);
      if (root == NONE) root = here;
    }
    if (lead) parse_piece(p, w, d, first, first + lead, root);
  }
  tree_link(d);
  if (conjuncts_settle(&p->conjuncts, d)) tree_link(d);
  relations_agree(d);
  return true;
}

const struct stage parse_stage = {
    .name = "parse",
    .needs = HAVE_TOKENS | HAVE_TAGS,
    .gives = HAVE_TREE,
    .open = parser_open,
    .close = parser_close,
    .work_open = parse_work_open,
    .work_close = parse_work_close,
    .run = parse_run,
};
