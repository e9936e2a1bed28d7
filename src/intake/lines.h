/* lines.h - the lines of text that a file of a word processor, a page or plain text holds, one after the other.
 *
 * Of plain text a line is a line; of RTF, DOCX and HTML it is a paragraph. RTF and DOCX are read as they come, so that a file of
 * many articles takes the memory of its longest paragraph; a page is read whole. For archive.c alone. */
#ifndef TR_INTAKE_LINES_H
#define TR_INTAKE_LINES_H
#include "intake/reader.h"

struct lines;

struct line_kind {
  bool paragraphs;                              /* a line is one */
  bool (*open)(struct lines *l, struct err *e); /* may be NULL */
  bool (*next)(struct lines *l, struct err *e); /* the next line to l->line, UTF-8; false at the end, or with *e set */
  void (*close)(struct lines *l);               /* may be NULL */
};
extern const struct line_kind lines_plain, lines_rtf, lines_docx, lines_html;

struct lines {
  struct intake *in;
  const struct line_kind *kind;
  struct buf line;
  uint64_t number;   /* of the line in l->line: of the file where it has lines, else of the paragraph */
  uint32_t repaired; /* bytes replaced so far */
  void *state;
};

/* What the first bytes are: an RTF file, a DOCX file, HTML, else plain text. */
const struct line_kind *lines_kind_of(str head);

#endif
