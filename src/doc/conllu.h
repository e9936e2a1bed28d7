/* conllu.h - CoNLL-U in and out of a document: gold tokens become a document, and what the stages filled in is written back.
 *
 * Format: universaldependencies.org/format.html; syntax in doc/conllu_row.h. The text of such a document is its forms,
 * joined by blanks except where MISC says SpaceAfter=No. */
#ifndef TR_DOC_CONLLU_H
#define TR_DOC_CONLLU_H
#include "base/buf.h"
#include "doc/conllu_row.h"
#include "doc/doc.h"

/* Reads whole sentences until there are at least `most` words (a new document `# newdoc` also ends it) and makes a
 * document of them with tokens and sentences, nothing else. *source is the part of the file that was read. `text` is a
 * buffer for the work. False at the end of the file, with *e OK, or at an error. */
bool conllu_read(struct conllu_reader *r, struct doc *d, const struct symtab *words, uint32_t most, struct buf *text,
                 str *source, struct err *e);

/* The strings of the model's feature sets, by number; numbers beyond are written "_". margins: MISC also tells how sure each word
 * is, as TagMargin=0..255 and HeadMargin=0..255. */
struct feats_names {
  str (*at)(const void *table, uint32_t number);
  const void *table;
  uint32_t n;
  bool margins;
};

/* Writes `source` again with LEMMA, UPOS, XPOS, FEATS, HEAD and DEPREL of the document's tokens; comments, ranges, empty nodes,
 * forms and MISC stay as they are, DEPS of words becomes "_". */
void conllu_write_over(const struct doc *d, str source, const struct feats_names *feats, struct buf *out);

/* Writes all sentences of the body, and the title first if it has tokens: `# newdoc id`, `# sent_id`, `# text`, multiword ranges,
 * SpaceAfter=No. `id` names the document; sentences are numbered from 1 (a title is 0). */
void conllu_write(const struct doc *d, str id, const struct feats_names *feats, struct buf *out);

#endif
