/* fuzz_gazetteer.c - any bytes as places.bin: refused with an error, or a gazetteer in which every look-up stays inside. */
#define _GNU_SOURCE
#include "place/gazetteer.h"
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Header and seal put right, so that what is behind them is reached. */
static void put_right(uint8_t *p, size_t n) {
  struct gaz_header h;
  if (n < sizeof h) return;
  memcpy(&h, p, sizeof h);
  memcpy(h.magic, "TRPLACES", 8);
  h.version = GAZ_VERSION, h.endian = GAZ_ENDIAN, h.size = n - sizeof h;
  h.seal = gazetteer_seal(&h);
  memcpy(p, &h, sizeof h);
}

static void look_up(const struct gazetteer *g) {
  static const char *const names[] = {"paris", "baghdad", "new york", "san jose", "x"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const uint32_t *rows;
    str key = {names[i], strlen(names[i])};
    uint32_t n = gazetteer_find(g, key, &rows);
    gazetteer_word(g, key);
    for (uint32_t k = 0; k < n; k++) gazetteer_str(g, g->places[GAZ_ROW(rows[k])].name);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct gazetteer g;
  struct err e = {0};
  char path[64];
  int fd = memfd_create("fuzz", 0);
  if (fd < 0) return 0;
  if (ftruncate(fd, (off_t)size) == 0 && size) {
    uint8_t *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p != MAP_FAILED) {
      memcpy(p, data, size), put_right(p, size), munmap(p, size);
      snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
      if (gazetteer_open(&g, path, &e)) {
        if (g.header) look_up(&g);
        gazetteer_close(&g);
      }
    }
  }
  close(fd);
  return 0;
}
