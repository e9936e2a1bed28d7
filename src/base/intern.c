/* intern.c - string numbering: the frozen table and the overlay of one document. */
#include "base/intern.h"
#include <stdlib.h>

enum { SLOTS_MIN = 1024, SYMTAB_CAP = 1 << 30 };

static uint32_t hash32(str s) {
  uint64_t h = str_hash(s, 1);
  return (uint32_t)(h ^ h >> 32);
}

/* The slot that holds s, or the free one where it belongs. `text_of` maps a number to its string. */
static struct sym_slot *probe(struct sym_slot *slot, uint32_t mask, uint32_t hash, str s, const str *text,
                              uint32_t first) {
  for (uint32_t i = hash & mask;; i = (i + 1) & mask)
    if (!slot[i].id || (slot[i].hash == hash && str_eq(text[slot[i].id - first], s))) return &slot[i];
}

bool symtab_init(struct symtab *t) {
  *t = (struct symtab){.n = 1, .size_text = SLOTS_MIN / 2, .mask = SLOTS_MIN - 1};
  arena_init(&t->memory, SYMTAB_CAP);
  t->text = calloc(t->size_text, sizeof *t->text);
  t->slot = calloc(SLOTS_MIN, sizeof *t->slot);
  if (t->text) t->text[0] = (str){"", 0};
  return t->text && t->slot;
}

void symtab_release(struct symtab *t) {
  free(t->text);
  free(t->slot);
  arena_release(&t->memory);
  *t = (struct symtab){0};
}

static bool symtab_grow(struct symtab *t) {
  uint32_t mask = t->mask * 2 + 1;
  struct sym_slot *slot = calloc((size_t)mask + 1, sizeof *slot);
  str *text = realloc(t->text, sizeof *text * (size_t)t->size_text * 2);
  if (text) t->text = text;
  if (!slot || !text) {
    free(slot);
    return false;
  }
  t->size_text *= 2;
  for (uint32_t i = 0; i <= t->mask; i++) {
    if (!t->slot[i].id) continue;
    uint32_t k = t->slot[i].hash & mask;
    while (slot[k].id) k = (k + 1) & mask;
    slot[k] = t->slot[i];
  }
  free(t->slot);
  t->slot = slot;
  t->mask = mask;
  return true;
}

bool symtab_fill(struct symtab *t, const char *letters, const uint32_t *at, uint32_t n, const struct sym_slot *slots,
                 uint32_t mask) {
  if (t->n != 1 || mask < t->mask) return false;
  struct sym_slot *slot = malloc(((size_t)mask + 1) * sizeof *slot);
  str *text = malloc(((size_t)mask + 1) / 2 * sizeof *text);
  if (!slot || !text) {
    free(slot), free(text);
    return false;
  }
  memcpy(slot, slots, ((size_t)mask + 1) * sizeof *slot);
  for (uint32_t i = 0; i < n; i++) text[i] = (str){letters + at[i], at[i + 1] - at[i]};
  free(t->slot), free(t->text);
  t->slot = slot, t->mask = mask;
  t->text = text, t->n = n, t->size_text = (mask + 1) / 2;
  return true;
}

sym symtab_add(struct symtab *t, str s) {
  if (!s.n) return SYM_NONE;
  uint32_t hash = hash32(s);
  struct sym_slot *at = probe(t->slot, t->mask, hash, s, t->text, 0);
  if (at->id) return at->id;
  if (t->n == t->size_text) {
    if (!symtab_grow(t)) return SYM_NONE;
    at = probe(t->slot, t->mask, hash, s, t->text, 0);
  }
  str copy = arena_str(&t->memory, s);
  if (!copy.p) return SYM_NONE;
  t->text[t->n] = copy;
  *at = (struct sym_slot){hash, t->n};
  return t->n++;
}

sym symtab_find(const struct symtab *t, str s) {
  return s.n ? probe(t->slot, t->mask, hash32(s), s, t->text, 0)->id : SYM_NONE;
}

bool overlay_reset(struct overlay *o, const struct symtab *base, struct arena *a) {
  *o = (struct overlay){.base = base, .size_text = SLOTS_MIN / 2, .mask = SLOTS_MIN - 1};
  o->text = ARENA_ARRAY(a, str, o->size_text);
  o->slot = ARENA_ARRAY(a, struct sym_slot, SLOTS_MIN);
  return o->text && o->slot;
}

static bool overlay_grow(struct overlay *o, struct arena *a) {
  uint32_t mask = o->mask * 2 + 1;
  struct sym_slot *slot = ARENA_ARRAY(a, struct sym_slot, (size_t)mask + 1);
  str *text = ARENA_ARRAY(a, str, (size_t)o->size_text * 2);
  if (!slot || !text) return false;
  memcpy(text, o->text, sizeof *text * o->n);
  for (uint32_t i = 0; i <= o->mask; i++) {
    if (!o->slot[i].id) continue;
    uint32_t k = o->slot[i].hash & mask;
    while (slot[k].id) k = (k + 1) & mask;
    slot[k] = o->slot[i];
  }
  o->text = text;
  o->size_text *= 2;
  o->slot = slot;
  o->mask = mask;
  return true;
}

sym overlay_intern(struct overlay *o, struct arena *a, str s) {
  if (!s.n) return SYM_NONE;
  uint32_t hash = hash32(s);
  sym known = probe(o->base->slot, o->base->mask, hash, s, o->base->text, 0)->id;
  if (known) return known;
  struct sym_slot *at = probe(o->slot, o->mask, hash, s, o->text, o->base->n);
  if (at->id) return at->id;
  if (o->n == o->size_text) {
    if (!overlay_grow(o, a)) return SYM_NONE;
    at = probe(o->slot, o->mask, hash, s, o->text, o->base->n);
  }
  o->text[o->n] = s;
  *at = (struct sym_slot){hash, o->base->n + o->n};
  return o->base->n + o->n++;
}
