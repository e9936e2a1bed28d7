/* scan.h - the tokeniser's state over one run of characters without white space; for tokenize.c, net.c and clitics.c alone. */
#ifndef TR_TEXT_SCAN_H
#define TR_TEXT_SCAN_H
#include "text/chars.h"
#include "text/tokenize.h"

struct scan {
  str text;
  size_t end;      /* of the run */
  size_t text_end; /* of what is tokenised */
  const struct words *words;
  struct pieces *out;
  uint32_t first;                /* the first piece of this call */
  enum gap gap;                  /* before the next piece */
  bool single_open, double_open; /* a quotation mark waits for its partner */
  bool has_at, has_net;          /* the run holds '@'; "://" or "www." or "mailto:" */
};

struct piece *piece_push(struct scan *s, size_t beg, size_t end, enum piece_kind kind);
enum char_class scan_class(const struct scan *s, size_t at); /* CHAR_SPACE at the end of the run */
size_t scan_alnum(const struct scan *s, size_t at);

/* clitics.c */
/* Pushes the words of the multiword token that begins at beg and ends at *end (or one apostrophe later, for
 * "parties'": *end is moved). False if it is none. */
bool clitics_split(struct scan *s, size_t beg, size_t *end);
/* "'s" behind a word that was pushed with its full stop ("U.S.'s"): pushed if it is there; returns where the run goes on. */
size_t clitic_after(struct scan *s, size_t at);
/* Where a word that begins with the apostrophe of n bytes at `at` ends ('em, '90s), or 0. */
size_t front_word(const struct scan *s, size_t at, size_t n);

/* net.c */
void net_look(struct scan *s, size_t at);        /* looks once over the run [at, end) */
size_t net_end(const struct scan *s, size_t at); /* end of the address that begins at `at`, or 0 */
bool net_path(const struct scan *s, size_t beg,
              size_t slash);                             /* [beg, slash) is a host name, so the slash belongs to it */
size_t net_take(struct scan *s, size_t beg, size_t end); /* pushes the address, which goes on to the end of its path */
size_t face_end(const struct scan *s, size_t at);        /* end of the face made of punctuation, or 0 */

#endif
