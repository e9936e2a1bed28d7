/* wordmap.c - see wordmap.h. */
#include "event/wordmap.h"
#include <stdlib.h>

void wordmap_release(struct wordmap *m) {
  free(m->slot);
  free(m->link);
  *m = (struct wordmap){0};
}

static uint32_t slot_of(const struct wordmap *m, sym word) {
  uint32_t i = (word * 2654435761u) & m->mask;
  while (m->slot[i].word != SYM_NONE && m->slot[i].word != word) i = (i + 1) & m->mask;
  return i;
}

static bool grow_slots(struct wordmap *m) {
  struct wordmap old = *m;
  uint32_t size = m->slot ? (m->mask + 1) * 2 : 256;
  struct wordmap_slot *slot = calloc(size, sizeof *slot);
  if (!slot) return false;
  m->slot = slot;
  m->mask = size - 1;
  for (uint32_t i = 0; old.slot && i <= old.mask; i++)
    if (old.slot[i].word != SYM_NONE) m->slot[slot_of(m, old.slot[i].word)] = old.slot[i];
  free(old.slot);
  return true;
}

bool wordmap_add(struct wordmap *m, sym word, uint32_t entry) {
  if (word == SYM_NONE) return false;
  if ((!m->slot || m->words * 2 > m->mask) && !grow_slots(m)) return false;
  if (m->n == m->size) {
    uint32_t size = m->size ? m->size * 2 : 256;
    struct wordmap_link *link = realloc(m->link, size * sizeof *link);
    if (!link) return false;
    m->link = link;
    m->size = size;
  }
  uint32_t l = m->n++;
  m->link[l] = (struct wordmap_link){entry, NONE};
  struct wordmap_slot *s = &m->slot[slot_of(m, word)];
  if (s->word == SYM_NONE) {
    *s = (struct wordmap_slot){word, l};
    m->words++;
    return true;
  }
  uint32_t at = s->first;
  while (m->link[at].next != NONE) at = m->link[at].next;
  m->link[at].next = l;
  return true;
}

bool knowledge_open(struct knowledge_file *f, const char *folder, const char *name, struct err *e) {
  if (!path_join(f->path, sizeof f->path, folder, name))
    return err_set(e, ERR_KNOWLEDGE, "the path of the knowledge folder is too long");
  if (!file_map_open(&f->map, f->path, e)) return false;
  line_reader_init(&f->lines, file_map_str(&f->map), f->path);
  return true;
}

void knowledge_close(struct knowledge_file *f) { file_map_release(&f->map); }

sym knowledge_word(const struct stage_setup *setup, str word) { return symtab_add(setup->words, word); }
