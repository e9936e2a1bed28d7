/* language.h - whether a text is English.
 *
 * By script, then by the share of the commonest words of each language of knowledge/text/languages.txt among the first two thousand
 * (function words are a quarter to a half of any running text: Grefenstette 1995). It errs on the side of English:
 * below twenty words of Latin script nothing is refused. Immutable after loading, shared by all threads. */
#ifndef TR_INTAKE_LANGUAGE_H
#define TR_INTAKE_LANGUAGE_H
#include "base/err.h"
#include "base/intern.h"

enum { LANGUAGES_MAX = 64 };

struct languages {
  struct symtab words;
  uint64_t *in; /* [size] by number of the word: bit i: language i has it */
  uint32_t size;
  str code[LANGUAGES_MAX], name[LANGUAGES_MAX];
  uint32_t n; /* English is 0 */
  struct arena memory;
};

bool languages_load(struct languages *l, const char *knowledge, struct err *e); /* the folder that holds text/ */
void languages_release(struct languages *l);
/* True if the text may be coded as English. `lang` is what the record says of itself ("en-GB", "" unknown): another language
 * there is believed. False with ERR_LANGUAGE and a message that names the language. */
bool language_is_english(const struct languages *l, str text, str lang, struct err *e);

#endif
