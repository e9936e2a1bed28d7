/* words.h - what the text stage knows of English writing: abbreviations, clitics, units, names of the net, faces.
 *
 * Read from knowledge/text/ when the stage opens; immutable afterwards, shared by all threads. */
#ifndef TR_TEXT_WORDS_H
#define TR_TEXT_WORDS_H
#include "text/wordlist.h"

/* How a word that keeps its full stop bears on the end of a sentence; see knowledge/text/abbreviations.txt. */
enum abbreviation { ABBR_NONE, ABBR_TITLE, ABBR_INNER, ABBR_NUMBER, ABBR_DATE, ABBR_MONTH, ABBR_END, ABBR_UNIT };

enum { SUFFIX_MAX = 16 };

struct words {
  struct wordlist abbreviations; /* enum abbreviation; keys with their full stop */
  struct wordlist whole;         /* multiword tokens: class = bytes of the first part */
  struct wordlist front;         /* words that begin with an apostrophe */
  struct wordlist prefix, joined, domains, units, emoticons, starters;
  str suffix[SUFFIX_MAX]; /* "n't", "'s" .., views into `memory` */
  size_t suffixes;
  struct arena memory;
};

bool words_load(struct words *w, const char *knowledge, struct err *e); /* the folder that holds text/ */
void words_release(struct words *w);

/* The class of a word with its full stop, whatever its case. */
uint8_t words_abbreviation(const struct words *w, str word);

#endif
