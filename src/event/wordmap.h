/* wordmap.h - from a word to the knowledge entries that begin with it; built while knowledge loads, then only read.
 *
 * Open addressing over symbols; an entry is a number that its owner gives meaning to. Several entries of a word form a chain
 * in the order in which they were added, which is the order of the knowledge file. */
#ifndef TR_EVENT_WORDMAP_H
#define TR_EVENT_WORDMAP_H
#include "base/file.h"
#include "doc/stage.h"

struct wordmap_slot {
  sym word;       /* SYM_NONE: free */
  uint32_t first; /* link of the chain */
};
struct wordmap_link {
  uint32_t entry, next; /* next: link or NONE */
};
struct wordmap {
  struct wordmap_slot *slot; /* [mask + 1] */
  uint32_t mask, words;
  struct wordmap_link *link; /* [n] */
  uint32_t n, size;
};

void wordmap_release(struct wordmap *m);
bool wordmap_add(struct wordmap *m, sym word, uint32_t entry); /* false: out of memory; word must not be SYM_NONE */
/* First link of a word's chain or NONE; walk it with m->link[l].next. */
static inline uint32_t wordmap_find(const struct wordmap *m, sym word) {
  if (!m->words || word == SYM_NONE) return NONE;
  for (uint32_t i = (word * 2654435761u) & m->mask;; i = (i + 1) & m->mask) {
    if (m->slot[i].word == word) return m->slot[i].first;
    if (m->slot[i].word == SYM_NONE) return NONE;
  }
}
#define WORDMAP_EACH(m, l, word) for (uint32_t l = wordmap_find((m), (word)); l != NONE; l = (m)->link[l].next)

/* A knowledge file while it is read: its bytes and its lines. */
struct knowledge_file {
  struct file_map map;
  struct line_reader lines;
  char path[1024];
};
bool knowledge_open(struct knowledge_file *f, const char *folder, const char *name, struct err *e);
void knowledge_close(struct knowledge_file *f);

/* The symbol of a word of a knowledge file, added to the table. */
sym knowledge_word(const struct stage_setup *setup, str word);

#endif
