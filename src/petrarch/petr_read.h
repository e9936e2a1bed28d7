/* petr_read.h - what the readers of PETRARCH's files share: lines without comments, words of phrases, notes. For src/petrarch/ alone. */
#ifndef TR_PETRARCH_PETR_READ_H
#define TR_PETRARCH_PETR_READ_H
#include "base/file.h"
#include "petrarch/petr_dict.h"

struct petr_reader {
  struct petr_dict *d;
  struct symtab *words;
  struct line_reader lines;
  uint16_t file;   /* row of d->file */
  str line;        /* trimmed, without comments; never empty */
  bool in_comment; /* inside <!-- .. --> */
  bool no_memory;  /* set once; the reader stops */
};

/* The next line that holds something. Comments: '#' to the end of the line, <!-- --> over lines, a line of <!, TABARI's ';'. */
bool petr_next(struct petr_reader *r);
void petr_note(struct petr_reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for one more row behind the n that are there; false sets no_memory. */
bool petr_grow(struct petr_reader *r, void *at, uint32_t n, uint32_t *size, size_t row);
#define PETR_PUSH(r, rows, count, size)                                                                                \
  (petr_grow((r), &(r)->d->rows, (r)->d->count, &(r)->d->size, sizeof *(r)->d->rows) ? &(r)->d->rows[(r)->d->count++]  \
                                                                                     : NULL)

struct petr_piece {
  sym word;
  bool adjacent; /* joined to the piece before by _ or -; a blank allows a gap */
};
/* The words of a phrase, lower case, as the tokens of a document are split: at blanks, underscores, hyphens, before n't; without a
 * possessive 's. Returns how many, at most PETR_PIECES; more set *long_one. */
uint32_t petr_pieces(struct petr_reader *r, str phrase, struct petr_piece out[PETR_PIECES], bool *long_one);
/* The same into symbols, adjacent or not. */
uint32_t petr_words(struct petr_reader *r, str phrase, sym out[PETR_PIECES]);
str petr_keep(struct petr_reader *r, str s); /* a copy in the dictionary's memory */

/* A CAMEO-like code of an actor or event: letters, digits, '-', '+', '#', '/'. "---" becomes "". False if it is none. */
bool petr_code(struct petr_reader *r, str text, str *code);

/* Cuts "[CODE]" off the end of *line: its inside into *code. False if the line has none; a bracket mistyped as '}' or ')' or missing is
 * mended and noted. */
bool petr_bracket(struct petr_reader *r, str *line, str *code);

void petr_read_actors(struct petr_reader *r);
void petr_read_agents(struct petr_reader *r);
void petr_read_discards(struct petr_reader *r);
void petr_read_issues(struct petr_reader *r);
void petr_read_verbs(struct petr_reader *r);

/* ---- parts of the reader of verbs (petr_verbs.c, petr_pattern.c) */

uint32_t petr_synset_find(const struct petr_dict *d, str name); /* NONE if unknown */
/* One pattern line "- left * right [code]" into p. False: noted and to be left out. */
bool petr_read_pattern(struct petr_reader *r, str line, struct petr_pattern *p);
/* "code:reverse" */
bool petr_event_codes(struct petr_reader *r, str inside, str *code, str *reverse);

#endif
