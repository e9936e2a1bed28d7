/* fuzz_knowledge.c - any bytes as one file of knowledge/actors: lines that are wrong are told and left out, the rest can be looked up.
 * Which file it is, the comment at its head says, as in the seeds; the other files are the seeds. */
#include "actor/actor_kb.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const files[] = {"agents.tsv",  "peoples.tsv",  "words.tsv",        "given-names.tsv",
                                    "takers.tsv",  "states.tsv",   "bodies.tsv",       "pronouns.tsv",
                                    "persons.tsv", "some.offices", "family-names.tsv", "members.tsv"};
enum { N_FILES = sizeof files / sizeof *files };

static size_t file_meant(str text) {
  str line = str_cut(&text, '\n');
  for (size_t i = 0; i < N_FILES; i++)
    if (str_find_str(line, str_of(files[i])) < line.n) return i;
  return line.n && str_find_str(line, STR("offices")) < line.n ? 9 : text.n % N_FILES;
}

static bool put(const char *folder, const char *name, str bytes) {
  char path[512];
  snprintf(path, sizeof path, "%s/actors/%s", folder, name);
  FILE *f = fopen(path, "wb");
  bool ok = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
  if (f) fclose(f);
  return ok;
}

static bool put_seed(const char *folder, const char *name) {
  char path[4096];
  const char *root = getenv("TIGHTROPE_SOURCE");
  struct buf b;
  struct err e = {0};
  buf_init(&b, 1 << 20);
  snprintf(path, sizeof path, "%s/fuzz/seeds/knowledge/actors/%s", root ? root : ".", name);
  bool ok = file_read(&b, path, &e) && put(folder, name, buf_str(&b));
  buf_release(&b);
  return ok;
}

static void walk(const struct actor_kb *kb) {
  sym key[PHRASE_MAX];
  uint32_t value;
  bool past;
  kb_longest(kb, key, kb_pieces(kb->words, STR("vice president Ashraf Ghani"), key, PHRASE_MAX), ~0u, &value);
  for (uint32_t i = 0; i < kb->entities.n; i++) {
    const struct kb_spell *s = kb_spell_on(kb, &kb->entities.at[i], 18000, &past);
    kb_entity_find(kb, s ? kb_str(kb, s->role) : kb_str(kb, kb->entities.at[i].id));
  }
}

static void open_and_walk(const char *folder) {
  struct symtab words;
  struct actor_kb kb;
  struct problems told;
  struct err e = {0};
  problems_init(&told);
  if (symtab_init(&words)) {
    if (actor_kb_open(&kb, folder, &words, &told, &e)) {
      walk(&kb);
      actor_kb_release(&kb);
    }
    symtab_release(&words);
  }
  problems_release(&told);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char folder[64] = "/tmp/fuzz-knowledge-XXXXXX", path[512];
  str bytes = {(const char *)data, size};
  size_t meant = file_meant(bytes);
  bool ok = mkdtemp(folder) != NULL;
  snprintf(path, sizeof path, "%s/actors", folder);
  ok = ok && mkdir(path, 0700) == 0;
  for (size_t i = 0; i < N_FILES && ok; i++)
    ok = i == meant ? put(folder, files[i], bytes) : put_seed(folder, files[i]);
  if (ok) open_and_walk(folder);
  for (size_t i = 0; i < N_FILES; i++) {
    snprintf(path, sizeof path, "%s/actors/%s", folder, files[i]);
    unlink(path);
  }
  snprintf(path, sizeof path, "%s/actors", folder);
  rmdir(path);
  rmdir(folder);
  return 0;
}
