/* vocabulary.c - the lexicon while it is being built: a growing hash table of normalised words. Declared in graph.h. */
#include "train/graph.h"
#include <stdlib.h>

enum { WORDS_MAX = 1 << 18 };

bool vocabulary_init(struct vocabulary *l, struct arena *a, struct err *e) {
  *l = (struct vocabulary){.memory = a, .size = WORDS_MAX};
  l->word = calloc(WORDS_MAX, sizeof *l->word);
  l->frequency = calloc(WORDS_MAX, sizeof *l->frequency);
  l->slot = calloc((size_t)2 * WORDS_MAX, sizeof *l->slot);
  if (!l->word || !l->frequency || !l->slot) {
    vocabulary_release(l);
    return err_set(e, ERR_NOMEM, "no memory for the lexicon");
  }
  l->word[l->n++] = STR("<unk>");
  return true;
}

void vocabulary_release(struct vocabulary *l) {
  free(l->word), free(l->frequency), free(l->slot);
  l->word = NULL, l->frequency = NULL, l->slot = NULL;
}

static struct lexicon_slot *place(struct vocabulary *l, str w, uint32_t h) {
  uint32_t mask = 2 * WORDS_MAX - 1, i = h & mask;
  while (l->slot[i].id && !(l->slot[i].hash == h && str_eq(l->word[l->slot[i].id], w))) i = (i + 1) & mask;
  return &l->slot[i];
}

uint32_t vocabulary_find(const struct vocabulary *l, str w) {
  uint32_t h = lexicon_hash(w.p, (uint32_t)w.n, 2166136261u);
  return place((struct vocabulary *)l, w, h)->id; /* place() changes nothing */
}

uint32_t vocabulary_add(struct vocabulary *l, str w) {
  uint32_t h = lexicon_hash(w.p, (uint32_t)w.n, 2166136261u);
  struct lexicon_slot *s = place(l, w, h);
  if (s->id) return s->id;
  str copy = arena_str(l->memory, w);
  if (l->n == l->size || !copy.p) return 0;
  l->word[l->n] = copy;
  *s = (struct lexicon_slot){h, l->n};
  return l->n++;
}
