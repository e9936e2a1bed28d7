/* net.h - the quantised network that tagger and parser share: embeddings, recurrent encoder, tag outputs, and the
 * parser's tables, all as views into a mapped model file.
 *
 * A sentence's words become rows of d int8 ("states"): the tagger reads tags from them, the parser its token vectors.
 * Encoder layers: C convolution over 3 words, R bidirectional simple recurrent unit (Lei et al. 2018), Q the same with
 * gates that see 3 words. The parser's first layer is a sum of table rows, as in NNUE (Nasu 2018).
 *
 * struct net is immutable and shared by all threads. struct net_work belongs to one worker; it allocates everything
 * in net_work_init and nothing later. */
#ifndef TR_MODEL_NET_H
#define TR_MODEL_NET_H
#include "model/arc_hybrid.h"
#include "model/arcs.h"
#include "model/lexicon.h"

enum {
  NET_LAYERS_MAX = 6,
  NET_WIDTH_MAX = 512,
  NET_ROWS = 512, /* tokens in one batch; a sentence piece (ARC_TOKENS) and what went before it */
  NET_FILL = 64,  /* a batch with this many is full */
  NET_UNSURE = 24,
  NET_NO_TAG = 255,
  NET_SIDES = 3 /* of a word, its head: it is the root, the head follows, the head goes before */
};

/* Section "shape": everything that is a number. */
struct net_shape {
  uint32_t d, h; /* width of states, hidden units of the parser */
  uint32_t nlayer;
  char layer[8]; /* 'C', 'R' or 'Q' */
  uint32_t nslot, slot[ARC_SLOTS];
  uint32_t nupos, nxpos, nfeats, ndeprel;
  uint32_t xpos_at, feats_at; /* columns of the tag outputs; UPOS at 0 */
  uint32_t root;              /* the deprel of the root */
  uint32_t nfeature, case_modes;
  struct feature feature[NET_FEATURES_MAX];
  float embed_unit, act[NET_LAYERS_MAX + 1]; /* steps of the int8 embeddings and of each layer's states */
};

struct net {
  struct net_shape shape;
  struct lexicon lexicon;
  const int8_t *embed;
  const float *gain[NET_LAYERS_MAX + 1], *shift[NET_LAYERS_MAX + 1]; /* layer norms */
  struct linear layer[NET_LAYERS_MAX];
  struct linear first; /* the first layer by window position, when it is a window: see the cache in net.c */
  struct linear tags, slots, actions;
  const int16_t *null, *extra, *hidden; /* slots without a token, tables of facts, bias: rows of h */
  const float *pair;                    /* [xpos][upos]: how well the two tags go together, 0 at best */
  const float
      *fit; /* [deprel][side of the head][upos]: how common the relation is among words of the UPOS; a logarithm */
  const float *bias[8]; /* of actions, by what is allowed (arc_allowed) */
  struct string_table upos, xpos, feats, deprel;
  struct arc_scorer arcs; /* the second look at arcs; width 0: none */
};

/* Reads and validates every bound; the file must stay mapped. */
bool net_open(struct net *n, const struct model_file *m, struct err *e);

struct net_batch {
  const str *form;       /* [start[nsent]] */
  const uint32_t *start; /* [nsent + 1], start[0] = 0, start[nsent] <= NET_ROWS */
  uint32_t nsent;
};

/* On which side of word t its head is: 0 it has none, 1 after it, 2 before it. */
static inline uint32_t net_side(int t, int head) { return head == 0 ? 0 : head > t ? 1 : 2; }

struct net_work; /* buffers and the word cache of one worker */
struct net_work *net_work_new(const struct net *n, const struct kernels *k, struct err *e);
void net_work_free(struct net_work *w);

/* Encodes a batch; the result is [rows][d] and valid until the next call on this work. */
const int8_t *net_encode(const struct net *n, struct net_work *w, const struct net_batch *b);
/* Tag ids of `rows` states (rows <= NET_ROWS, readable up to a multiple of KERNEL_ROWS). */
struct tag_columns { /* [rows] each */
  uint8_t *upos, *xpos;
  uint16_t *feats;
  uint8_t *margin; /* how far the UPOS is ahead of the next, in sixteenths, 255 at most; may be NULL */
  uint8_t *next_upos,
      *next_xpos; /* the next UPOS where the margin is below NET_UNSURE, with the XPOS that goes with it; NET_NO_TAG
                                   * elsewhere; may be NULL */
};
void net_tags(const struct net *n, struct net_work *w, const int8_t *state, uint32_t rows,
              const struct tag_columns *tags);
/* Section names of a linear map: PREFIX + ".w", ".scale", ".bias", ".sum". */
bool linear_open(struct linear *q, const struct model_file *m, const char *prefix, uint32_t in, uint32_t out,
                 struct err *e);

#endif
