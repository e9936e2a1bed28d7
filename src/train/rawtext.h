/* rawtext.h - raw text for word vectors and silver trees: documents out of JSON Lines, one sentence a line with blanks between
 * the tokens.
 *
 * The splitter is simple and frozen, and not the text stage: a better tokeniser must not change the model that a recipe makes.
 * Where it errs the text is lost to training, nothing worse. What it must know of a language stands in the recipe. */
#ifndef TR_TRAIN_RAWTEXT_H
#define TR_TRAIN_RAWTEXT_H
#include "base/buf.h"
#include "base/err.h"

struct splitter {
  str abbreviations; /* words between blanks after which a full stop belongs to the word: "Mr Dr" */
  str clitics;       /* endings that are words of their own: "n't 's 're"; longest first, with ASCII apostrophe */
};

/* Appends the sentences of a text to out. Line ends within a paragraph are blanks; blank lines part paragraphs. */
void rawtext_split(const struct splitter *s, str text, struct buf *out);

/* Reads a JSON Lines file (.gz or not). `field`: the string under that key is a document; with `nested`, every string of at
 * least `least` words anywhere below it is one. Mark-up (<..>) becomes blanks. Appends to out. */
bool rawtext_read(const char *path, const char *field, bool nested, int least, const struct splitter *s,
                  struct buf *out, struct err *e);

#endif
