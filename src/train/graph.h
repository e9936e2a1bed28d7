/* graph.h - the network in float32 with its gradients: encoder, tag outputs, parser. The trained weights become a model
 * file in train/quantise.c; what runs in production is model/net.c.
 *
 * One owner, one thread; deterministic given the seed. */
#ifndef TR_TRAIN_GRAPH_H
#define TR_TRAIN_GRAPH_H
#include "model/arcs.h"
#include "model/net.h"
#include "train/tensor.h"
#include "train/treebank.h"

struct graph_config {
  uint32_t d, h; /* width of states, hidden units of the parser; multiples of 64 */
  char layers[NET_LAYERS_MAX + 1];
  uint32_t nslot, slot[ARC_SLOTS];
  uint32_t nfeature;
  struct feature feature[NET_FEATURES_MAX]; /* FEATURE_WORD's rows are filled in from the lexicon */
  float dropout;
  float case_noise;   /* share of training sentences that are shown in capitals, in small letters, or as a title */
  float feats_weight; /* of the loss of feature sets beside that of tags and moves */
  float explore;      /* share of the parser's own moves that training follows */
  uint32_t arcs, relations; /* widths of the second look at arcs (model/arcs.h); 0: none */
  float arcs_weight;        /* of its loss */
  uint32_t seed;
};

enum { GRAPH_ROWS = 4096, GRAPH_SENTENCES = 1024 };
struct graph_batch {
  int n, padded, nsent; /* words, rounded up to 16; sentences */
  struct gold_sentence *sentence[GRAPH_SENTENCES];
  int start[GRAPH_SENTENCES + 1];
};

struct prediction {
  int16_t upos, xpos, feats, head, deprel;
  int16_t likely, told; /* by the second look at arcs: the head; the relation of the arc to `head` */
};

struct vocabulary {    /* the lexicon while it is being built */
  str *word;           /* [n] normalised, word 0 is unknown */
  uint32_t *frequency; /* in training data, for word dropout */
  struct lexicon_slot *slot;
  uint32_t n, size, trained; /* trained: words below this number have embeddings of their own */
  struct arena *memory;
};
bool vocabulary_init(struct vocabulary *l, struct arena *a, struct err *e);
void vocabulary_release(struct vocabulary *l);
uint32_t vocabulary_add(struct vocabulary *l, str normalised);        /* the number, new or old; 0 when full */
uint32_t vocabulary_find(const struct vocabulary *l, str normalised); /* 0: unknown */

struct layer_state {
  float *x, *in, *u, *c, *y, *mask, *xhat, *rstd;
};
struct graph {
  struct graph_config config;
  const struct inventory *inventory;
  const struct vocabulary *words;
  struct rng rng;
  uint32_t nlayer, actions, tags, xpos_at, feats_at; /* padded numbers of outputs */
  int root;
  struct tensors set;
  struct tensor embed, embed_gain, embed_shift;
  struct {
    struct tensor w, b, gain, shift;
  } layer[NET_LAYERS_MAX];
  struct tensor tag_w, tag_b;
  struct tensor slot_w, null, extra, hidden, action_w, action_b;
  struct tensor arc_w, arc_b, arc_far, arc_root, rel_w, rel_null, rel_fact, rel_out, rel_bias;
  const float *vectors; /* [words][d] frozen, added to embeddings; NULL: none */
  bool training;

  /* buffers of one batch */
  struct layer_state state[NET_LAYERS_MAX + 1];
  float *sum, *wide, *wide2, *dstate, *tag_out, *slots, *dslots, *room;
  float *arcs, *darcs, *relations, *drelations;
  uint32_t (*row)[NET_FEATURES_MAX], *vector_row;
  struct prediction *prediction; /* [GRAPH_ROWS], by row of the batch */
  struct arc_state arc;
  int16_t told[ARC_TOKENS + 2]; /* relations of the last sentence as the parser would have them */
  double seen_hidden;           /* sum over states of the largest hidden unit, and their number: for quantisation */
  uint64_t seen_states;
  double seen_relations; /* the same of the layer that tells relations */
  uint64_t seen_arcs;
};

#define ROW_NONE UINT32_MAX /* a feature that dropout took away */

bool graph_init(struct graph *g, const struct graph_config *c, const struct inventory *inv,
                const struct vocabulary *words, struct err *e);
void graph_release(struct graph *g);

void graph_encode(struct graph *g, const struct graph_batch *b);
void graph_encode_back(struct graph *g, const struct graph_batch *b); /* from g->dstate */
void graph_tag(struct graph *g, const struct graph_batch *b);
double graph_tag_back(struct graph *g, const struct graph_batch *b); /* the loss; adds to g->dstate */
void graph_slots(struct graph *g, const struct graph_batch *b);
void graph_slots_back(struct graph *g, const struct graph_batch *b); /* from g->dslots; adds to g->dstate */
/* Parses sentence number `s` of the batch; in training follows its own moves with probability `explore` and adds gradients. */
double graph_parse(struct graph *g, const struct graph_batch *b, int s, float explore);
/* The second look at arcs, if the network has it: what words have to do with it; one sentence, just parsed; gradients. */
void graph_arcs(struct graph *g, const struct graph_batch *b);
double graph_arcs_look(struct graph *g, const struct graph_batch *b, int s);
void graph_arcs_back(struct graph *g, const struct graph_batch *b); /* adds to g->dstate */

/* y = x w + b over `rows` rows, and back: dx (NULL: not wanted; `add`: onto it), gradients of w and b. */
void graph_linear(struct graph *g, float *y, const float *x, const struct tensor *w, const struct tensor *b, int rows);
void graph_linear_back(struct graph *g, float *dx, bool add, const float *dy, const float *x, struct tensor *w,
                       struct tensor *b, int rows);

/* Predicts a batch without training; forward and backward of one batch, returning the two losses. */
void graph_predict(struct graph *g, const struct graph_batch *b);
void graph_learn(struct graph *g, const struct graph_batch *b, float explore, double *tag_loss, double *parse_loss);

static inline uint32_t layer_inputs(const struct graph *g, uint32_t k) {
  return g->config.layers[k] == 'R' ? g->config.d : 3 * g->config.d;
}
static inline uint32_t layer_outputs(const struct graph *g, uint32_t k) {
  return g->config.layers[k] == 'C' ? g->config.d : 3 * g->config.d;
}

#endif
