/* intern.h - strings as numbers, in two levels.
 *
 * A `struct symtab` is filled while knowledge and models load and is immutable afterwards, shared by all workers. A `struct
 * overlay` belongs to one document: words that the table does not know get numbers above the table's, and are forgotten
 * with the document, so nothing grows for ever. Number 0 is the empty string. Rules compare numbers, never text. */
#ifndef TR_BASE_INTERN_H
#define TR_BASE_INTERN_H
#include "base/arena.h"

typedef uint32_t sym;
#define SYM_NONE 0u

struct sym_slot {
  uint32_t hash;
  sym id; /* 0: free */
};

struct symtab {
  str *text; /* [n], text[0] is empty */
  uint32_t n, size_text;
  struct sym_slot *slot; /* [mask + 1], open addressing */
  uint32_t mask;
  struct arena memory;
};

bool symtab_init(struct symtab *t); /* false: out of memory */
void symtab_release(struct symtab *t);
/* Fills an empty table with words that were numbered before: number i is letters[at[i] .. at[i + 1]], slots[mask + 1] is their hash
 * table with at most half of it used. The letters are not copied and must live as long. False: out of memory, or not empty. */
bool symtab_fill(struct symtab *t, const char *letters, const uint32_t *at, uint32_t n, const struct sym_slot *slots,
                 uint32_t mask);
sym symtab_add(struct symtab *t, str s);        /* its number, new or old; SYM_NONE for "" or when memory is out */
sym symtab_find(const struct symtab *t, str s); /* SYM_NONE if unknown */
static inline str symtab_str(const struct symtab *t, sym id) { return id < t->n ? t->text[id] : (str){"", 0}; }

struct overlay {
  const struct symtab *base;
  str *text; /* [n] of the numbers base->n + i */
  uint32_t n, size_text;
  struct sym_slot *slot;
  uint32_t mask;
};

/* Empties the overlay; its arrays come from `a` (the document's arena, just reset). */
bool overlay_reset(struct overlay *o, const struct symtab *base, struct arena *a);
sym overlay_intern(struct overlay *o, struct arena *a,
                   str s); /* s must outlive the document; SYM_NONE when out of memory */
static inline str overlay_str(const struct overlay *o, sym id) {
  if (id < o->base->n) return o->base->text[id];
  return id - o->base->n < o->n ? o->text[id - o->base->n] : (str){"", 0};
}

#endif
