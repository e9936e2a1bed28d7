/* wordlist.c - words with a class over a symbol table of their own. */
#include "text/wordlist.h"
#include <stdlib.h>

bool wordlist_init(struct wordlist *w, struct err *e) {
  *w = (struct wordlist){0};
  return symtab_init(&w->keys) || err_set(e, ERR_NOMEM, "no memory for a word list");
}

void wordlist_release(struct wordlist *w) {
  symtab_release(&w->keys);
  free(w->class);
  *w = (struct wordlist){0};
}

bool wordlist_add(struct wordlist *w, str key, uint8_t class, struct err *e) {
  if (!key.n || key.n > WORDLIST_LONGEST)
    return err_set(e, ERR_KNOWLEDGE, "'%.*s' is not from 1 to %d bytes long", STR_FMT(key), WORDLIST_LONGEST);
  sym id = symtab_add(&w->keys, key);
  if (id >= w->size) {
    uint32_t size = w->size ? w->size * 2 : 256;
    uint8_t *grown = id < size ? realloc(w->class, size) : NULL;
    if (!grown) return err_set(e, ERR_NOMEM, "no memory for a word list");
    memset(grown + w->size, 0, size - w->size);
    w->class = grown;
    w->size = size;
  }
  if (id == SYM_NONE) return err_set(e, ERR_NOMEM, "no memory for a word list");
  if (!w->class[id]) w->class[id] = class;
  return true;
}

uint8_t wordlist_get(const struct wordlist *w, str key) {
  if (!key.n || key.n > WORDLIST_LONGEST) return 0;
  sym id = symtab_find(&w->keys, key);
  return id ? w->class[id] : 0;
}

uint8_t wordlist_get_low(const struct wordlist *w, str key) {
  char low[WORDLIST_LONGEST];
  if (key.n > sizeof low) return 0;
  for (size_t i = 0; i < key.n; i++) low[i] = ascii_fold(key.p[i]);
  return wordlist_get(w, (str){low, key.n});
}
