/* name_tagger.h - the learned recogniser of names: which words are a name, and of what class.
 *
 * A linear chain over labels (Lafferty, McCallum and Pereira 2001) whose features are hashed: words and their affixes, shapes, tags,
 * what the knowledge and the gazetteer say of the words here and around, and how the same word stands elsewhere in the
 * document (Chieu and Ng 2002). It looks only at zones: words with capitals, proper nouns, words of the lists, and what
 * joins them; all else is no name. Weights are int8, sums int32, so that every machine finds the same names.
 *
 * Who a name is, and whether a name is an actor at all, is decided in names.c. The model is immutable and shared by threads. */
#ifndef TR_ACTOR_NAME_TAGGER_H
#define TR_ACTOR_NAME_TAGGER_H
#include "actor/actor_work.h"
#include "model/model_file.h"

enum name_class {
  CLASS_PERSON,
  CLASS_ORGANISATION,
  CLASS_PLACE,
  CLASS_FACILITY,
  CLASS_PEOPLE,
  CLASS_OTHER,
  CLASS_COUNT
};
const char *name_class_name(enum name_class c); /* "person" .. "other" */

/* Labels: 0 no name; 1 + 2c opens a name of class c, 2 + 2c goes on with it. */
enum { LABEL_NONE = 0, LABELS = 1 + 2 * CLASS_COUNT, LABEL_LANES = 16, NAME_ROWS_LOG = 17, NAME_FEATURES_MAX = 112 };
static inline bool label_opens(uint8_t label) { return label & 1; }
static inline enum name_class label_class(uint8_t label) { return (enum name_class)((label - 1) / 2); }
/* May `next` follow `label`? A name goes on only after its own beginning. */
static inline bool label_follows(uint8_t label, uint8_t next) {
  return next == LABEL_NONE || label_opens(next) || label == next || label == next - 1;
}

struct name_tagger {
  struct model_file file;
  const int8_t *rows;   /* [1 << NAME_ROWS_LOG][LABEL_LANES] */
  const int16_t *moves; /* [LABEL_LANES][LABEL_LANES] from, to; of the first word: from LABEL_NONE */
};

bool name_tagger_open(struct name_tagger *t, const char *path, struct err *e);
void name_tagger_close(struct name_tagger *t);

/* What is read of a document before its words are labelled. Memory: the document's scratch arena. */
struct name_scan {
  const struct work *work;
  uint8_t *zone;       /* [tokens.n] 1: may be (part of) a name */
  uint32_t *hash;      /* [tokens.n] of the lower-cased word */
  uint16_t *mark;      /* [tokens.n] what the lists say of the word */
  uint8_t *shape;      /* [tokens.n] */
  uint16_t *elsewhere; /* [tokens.n] how the word stands in the whole document */
};
bool name_scan_open(struct name_scan *s, const struct work *w); /* false: out of memory; needs name_pieces_fill */
/* Rows of the weights that fire at a token of a zone [first, end); the number of them. */
uint32_t name_features(const struct name_scan *s, uint32_t t, uint32_t first, uint32_t end,
                       uint32_t out[NAME_FEATURES_MAX]);
/* The next zone at or behind `t` in its sentence: [*first, *end); false if there is none before sentence_end. */
bool name_zone_next(const struct name_scan *s, uint32_t t, uint32_t sentence_end, uint32_t *first, uint32_t *end);

/* Labels every token, into w->label[tokens.n]. False: out of memory. */
bool name_labels_fill(const struct name_tagger *t, struct work *w);
/* Makes the labels of one word agree over the document. False: out of memory. */
bool name_labels_agree(struct work *w);

#endif
