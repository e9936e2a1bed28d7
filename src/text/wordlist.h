/* wordlist.h - a knowledge file of words with a class, looked up by text.
 *
 * Filled while the stage opens, immutable afterwards and shared by all threads. */
#ifndef TR_TEXT_WORDLIST_H
#define TR_TEXT_WORDLIST_H
#include "base/err.h"
#include "base/intern.h"

enum { WORDLIST_LONGEST = 32 }; /* bytes of the longest key: what is longer is not looked up */

struct wordlist {
  struct symtab keys;
  uint8_t *class; /* [size], by number of the key; 0 for none */
  uint32_t size;
};

bool wordlist_init(struct wordlist *w, struct err *e);
void wordlist_release(struct wordlist *w);
/* Adds a key with a class of 1..255; a key that is there already keeps the class it has. */
bool wordlist_add(struct wordlist *w, str key, uint8_t class, struct err *e);
uint8_t wordlist_get(const struct wordlist *w, str key);     /* 0 if it is not there */
uint8_t wordlist_get_low(const struct wordlist *w, str key); /* of the key in ASCII lower case */

#endif
