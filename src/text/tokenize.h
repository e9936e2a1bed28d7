/* tokenize.h - text to pieces: the words and punctuation marks of UD English, with what stands before each.
 *
 * Conventions: those of UD English EWT and GUM ("don't" is the words do and n't of one multiword token, "15-year" is three
 * tokens, "$5" two, "U.S." and "Inc." keep their full stop). What needs a decision between sentences is left to
 * sentences.h. One pass, linear in the length of the text whatever it holds: every look ahead is bounded. */
#ifndef TR_TEXT_TOKENIZE_H
#define TR_TEXT_TOKENIZE_H
#include "base/arena.h"
#include "base/err.h"
#include "text/layout.h"
#include "text/words.h"

enum piece_kind {
  PIECE_WORD,
  PIECE_NUMBER,
  PIECE_STOP /* . */,
  PIECE_ELLIPSIS,
  PIECE_MARK /* ? ! */,
  PIECE_OPEN,
  PIECE_CLOSE,
  PIECE_QUOTE_OPEN,
  PIECE_QUOTE_CLOSE,
  PIECE_DASH,
  PIECE_COMMA,
  PIECE_COLON,
  PIECE_PUNCT,
  PIECE_FACE,
  PIECE_NET /* address, file, handle */,
  PIECE_RULE /* ==== */,
  PIECE_KINDS
};

struct piece {
  uint32_t beg, end; /* bytes of the text */
  uint8_t gap;       /* enum gap before it */
  uint8_t kind;      /* enum piece_kind */
  uint8_t abbr;      /* enum abbreviation of a word that keeps its full stop */
  bool acronym;      /* capital letters with full stops between: "U.S." */
  bool initial;      /* one capital letter with a full stop: "J." */
  bool mwt_first, mwt_more;
  bool split_word; /* cut from what stands before although nothing stands between: "end.The" */
};

struct pieces { /* grows in the arena; at most DOC_MAX_TEXT pieces by construction */
  struct piece *at;
  uint32_t n, size;
  struct arena *arena;
  bool failed; /* out of memory */
};

void pieces_init(struct pieces *p, struct arena *a);
/* Appends the pieces of text[from, to); the layout must be of the same text. False when memory is out. */
bool tokenize(struct pieces *p, const struct words *w, struct layout *l, str text, size_t from, size_t to);

#endif
