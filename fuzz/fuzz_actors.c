/* fuzz_actors.c - any bytes as actors.bin: not used, or knowledge in which every look-up stays inside. The header is put right
 * first, so that the checks behind it are reached. */
#define _GNU_SOURCE
#include "actor/kb_image.h"
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_right(uint8_t *p, size_t n) {
  struct actor_image_header h;
  if (n < sizeof h) return;
  memcpy(&h, p, sizeof h);
  memcpy(h.magic, "TRACTORS", 8);
  h.version = IMAGE_VERSION, h.endian = IMAGE_ENDIAN;
  h.sources = 1;
  h.seal = actor_image_seal(&h);
  memcpy(p, &h, sizeof h);
}

static void walk(const struct actor_kb *kb) {
  static const char *const names[] = {"United Nations Security Council", "Afghan", "vice president", "Ashraf Ghani",
                                      "x"};
  sym key[PHRASE_MAX];
  uint32_t value;
  bool past;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    kb_longest(kb, key, kb_pieces(kb->words, str_of(names[i]), key, PHRASE_MAX), ~0u, &value);
  for (uint32_t i = 0; i < kb->words->n; i++) {
    symtab_find(kb->words, symtab_str(kb->words, i));
    kb_word(kb, i);
  }
  for (uint32_t i = 0; i < kb->entities.n; i++) {
    const struct kb_spell *s = kb_spell_on(kb, &kb->entities.at[i], 18000, &past);
    kb_entity_find(kb, s ? kb_str(kb, s->role) : kb_str(kb, kb->entities.at[i].id));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct actor_image m;
  struct actor_kb kb;
  struct symtab words;
  struct err e = {0};
  char path[64];
  int fd = memfd_create("fuzz", 0);
  if (fd < 0) return 0;
  if (ftruncate(fd, (off_t)size) == 0 && size && symtab_init(&words)) {
    uint8_t *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p != MAP_FAILED) {
      memcpy(p, data, size), put_right(p, size), munmap(p, size);
      snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
      if (actor_image_open(&m, path, 1, &words, &e) && m.map.n) {
        actor_kb_of_image(&kb, &m, &words);
        walk(&kb);
        actor_kb_release(&kb);
      }
    }
    symtab_release(&words);
    actor_image_close(&m);
  }
  close(fd);
  return 0;
}
