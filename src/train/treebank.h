/* treebank.h - sentences for training: CoNLL-U read into numbers, with the inventories of tags and relations.
 *
 * Multiword ranges and empty nodes are left out, as the network sees words. Sentences longer than ARC_TOKENS are left out
 * too. The texts stay in memory; forms and lemmas are views of them. One owner, one thread. */
#ifndef TR_TRAIN_TREEBANK_H
#define TR_TRAIN_TREEBANK_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { NAMES_MAX = 512 };
struct names {
  str name[NAMES_MAX];
  uint64_t count[NAMES_MAX];
  int n;
};
int names_find(const struct names *t, str s);           /* -1: unknown */
int names_add(struct names *t, str s, struct arena *a); /* the number, new or old; -1 when full */

struct inventory { /* what the network can say */
  struct names upos, xpos, feats, deprel;
};

struct gold_word {
  str form, lemma;
  int16_t upos, xpos, feats, deprel; /* -1: not in the inventory, or not annotated */
  int16_t head;
};
struct gold_sentence {
  struct gold_word *word; /* [n + 1]; word[0] is the root */
  int n;
};
struct treebank {
  struct gold_sentence *sentence;
  size_t n, size, nword;
};

/* Appends the sentences of a file. With `add`, unknown names extend the inventory, otherwise they become -1.
 * A file name ending in .gz is decompressed. `only` (may be NULL) is a comma-separated list: documents are read
 * whose `# newdoc id` contains one of them between underscores (GUM: genres). */
bool treebank_read(struct treebank *tb, const char *path, const char *only, struct inventory *inv, bool add,
                   struct arena *a, struct err *e);
/* Keeps the `most` commonest feature sets (the rest become -1 in the treebank), commonest first: a network has room for
 * so many. Call before other treebanks are read. */
void inventory_limit_feats(struct inventory *inv, struct treebank *tb, int most);
/* A copy in which every sentence runs from its last word to its first; its words are the arena's. */
bool treebank_turn(const struct treebank *tb, struct treebank *turned, struct arena *a, struct err *e);
void treebank_release(struct treebank *tb); /* the list of sentences; the rest is in the arena */

/* A file, decompressed if its name ends in .gz, as a view into the arena. */
bool text_read(const char *path, struct arena *a, str *out, struct err *e);

#endif
