/* fuzz_tables.c - any bytes as one of the tables of times and places: refused with an error and its line, or taken. The first byte says
 * which table; the others are those of knowledge/, for places too where they are small. */
#include "base/zone.h"
#include "place/gazetteer_build.h"
#include "time/time_words.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const times[] = {"words.tsv", "feasts.tsv", "rules.txt"};
static const char *const places[] = {"countries.tsv", "regions.tsv",    "areas.tsv", "facilities.tsv",
                                     "aliases.tsv",   "adjectives.tsv", "towns.tsv", "divisions.tsv"};
enum { TIMES = 3, PLACES = 8, TOWNS = 6, DIVISIONS = 7, TABLES = TIMES + PLACES + 1 };

static void put(const char *path, str bytes) {
  FILE *f = fopen(path, "wb");
  if (!f) return;
  if (fwrite(bytes.p, 1, bytes.n, f) != bytes.n) remove(path);
  fclose(f);
}

/* folder/name as a link to knowledge/sub/name, but for the table that is tried. */
static void put_tables(const char *folder, const char *sub, const char *const *names, size_t n, size_t tried,
                       str bytes) {
  const char *root = getenv("TIGHTROPE_SOURCE");
  char path[512], source[4096];
  for (size_t i = 0; i < n; i++) {
    snprintf(path, sizeof path, "%s/%s/%s", folder, sub, names[i]);
    snprintf(source, sizeof source, "%s/knowledge/%s/%s", root ? root : ".", sub, names[i]);
    if (i == tried) put(path, bytes);
    else if (symlink(source, path)) continue;
  }
}

static void check(bool ok, const struct err *e) {
  if (!ok && !e->message[0]) abort();
}

static void try_times(const char *folder, size_t table, str bytes) {
  struct symtab words;
  struct time_words t;
  struct err e = {0};
  put_tables(folder, "time", times, TIMES, table, bytes);
  if (!symtab_init(&words)) return;
  check(time_words_open(&t, folder, &words, &e), &e);
  time_words_release(&t);
  symtab_release(&words);
}

static void try_places(const char *folder, size_t table, str bytes) {
  char knowledge[512], towns[512], divisions[512];
  struct gazetteer_counts counts;
  struct err e = {0};
  struct buf out;
  put_tables(folder, "places", places, table < TOWNS ? TOWNS : PLACES, table, bytes);
  snprintf(knowledge, sizeof knowledge, "%s/places", folder);
  snprintf(towns, sizeof towns, "%s/places/towns.tsv", folder);
  snprintf(divisions, sizeof divisions, "%s/places/divisions.tsv", folder);
  struct gazetteer_sources s = {.knowledge = knowledge,
                                .towns = table == TOWNS ? towns : NULL,
                                .divisions = table == DIVISIONS ? divisions : NULL};
  buf_init(&out, 1 << 26);
  check(gazetteer_build(&s, &out, &counts, &e), &e);
  buf_release(&out);
}

static void try_zones(str bytes) {
  struct zones z = {0};
  struct err e = {0};
  check(zones_read(&z, bytes, "tzdata.zi", &e), &e);
  zones_release(&z);
}

static void remove_tables(const char *folder, const char *sub, const char *const *names, size_t n) {
  char path[512];
  for (size_t i = 0; i < n; i++) {
    snprintf(path, sizeof path, "%s/%s/%s", folder, sub, names[i]);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/%s", folder, sub);
  rmdir(path);
}

static void make_folder(char *folder) {
  char path[512], actors[4096];
  const char *root = getenv("TIGHTROPE_SOURCE");
  if (!mkdtemp(folder)) return;
  snprintf(path, sizeof path, "%s/time", folder);
  bool ok = mkdir(path, 0700) == 0;
  snprintf(path, sizeof path, "%s/places", folder);
  ok = ok && mkdir(path, 0700) == 0;
  snprintf(path, sizeof path, "%s/actors", folder);
  snprintf(actors, sizeof actors, "%s/knowledge/actors", root ? root : ".");
  if (!ok || symlink(actors, path)) return;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char folder[64] = "/tmp/fuzz-tables-XXXXXX", path[512];
  if (!size) return 0;
  size_t table = (uint8_t)(data[0] - 'a') % TABLES;
  str bytes = {(const char *)data + 1, size - 1};
  if (table == TABLES - 1) return try_zones(bytes), 0;
  make_folder(folder);
  if (table < TIMES) try_times(folder, table, bytes);
  else try_places(folder, table - TIMES, bytes);
  remove_tables(folder, "time", times, TIMES);
  remove_tables(folder, "places", places, PLACES);
  snprintf(path, sizeof path, "%s/actors", folder);
  unlink(path);
  rmdir(folder);
  return 0;
}
