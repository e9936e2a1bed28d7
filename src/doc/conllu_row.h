/* conllu_row.h - the syntax of CoNLL-U, line by line: comments, words, multiword ranges, empty nodes, blank lines.
 *
 * Format: universaldependencies.org/format.html. Columns are views into the text. The meaning of the columns is for the
 * caller: doc/conllu.c makes documents of them, train/treebank.c training data, train/score.c scores. */
#ifndef TR_DOC_CONLLU_ROW_H
#define TR_DOC_CONLLU_ROW_H
#include "base/err.h"
#include "base/str.h"

enum conllu_kind { CONLLU_END, CONLLU_COMMENT, CONLLU_BLANK, CONLLU_WORD, CONLLU_RANGE, CONLLU_EMPTY };
enum {
  COL_ID,
  COL_FORM,
  COL_LEMMA,
  COL_UPOS,
  COL_XPOS,
  COL_FEATS,
  COL_HEAD,
  COL_DEPREL,
  COL_DEPS,
  COL_MISC,
  CONLLU_COLUMNS
};

struct conllu_reader {
  str rest;
  const char *file; /* for errors */
  uint64_t number;  /* of the present line, 1-based */
  str line;         /* without its line end */
  str col[CONLLU_COLUMNS];
  uint32_t first, last; /* the id; of a range both ends; of an empty node "3.1" 3 and 1 */
};

void conllu_reader_init(struct conllu_reader *r, str text, const char *file);
/* The kind of the next line. A line that is none fills *err (ERR_FORMAT with file and line) and ends the reading. */
enum conllu_kind conllu_next(struct conllu_reader *r, struct err *e);
/* HEAD as a number (0 for "_"); false if it is neither. */
bool conllu_head(const struct conllu_reader *r, uint32_t *head);
/* The value after "# key = " of a comment line; {NULL, 0} if it is another one. */
str conllu_comment(const struct conllu_reader *r, const char *key);

#endif
