/* compile_actors.c - the program tightrope-actors: knowledge/actors into actors.bin, which opens in a fraction of the time.
 *
 *   tightrope-actors KNOWLEDGE-FOLDER OUTPUT
 * Run by the build. Lines that are wrong are told; an image of them is not made, so that every run tells them again. */
#include "actor/kb_image.h"
#include <stdio.h>

static void tell(const struct err *e) {
  char message[1024];
  err_format(e, message, sizeof message);
  fprintf(stderr, "tightrope-actors: %s\n", message);
}

static bool compile(struct actor_kb *kb, const char *folder, const char *output, struct err *e) {
  struct buf out;
  buf_init(&out, (size_t)1 << 30);
  char actors[4096];
  uint64_t text;
  bool ok = path_join(actors, sizeof actors, folder, "actors") && path_hash(actors, NULL, NULL, &text, e) &&
            actor_image_build(kb, text, &out, e) && file_write_atomic(output, buf_str(&out), e);
  if (ok)
    fprintf(stderr, "actors.bin: %u states, %u actors with %u spells, %u nouns, %zu bytes\n", kb->states.n,
            kb->entities.n, kb->spells.n, kb->agents.n, out.n);
  buf_release(&out);
  return ok;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: tightrope-actors KNOWLEDGE OUTPUT\n"), 2;
  struct symtab words;
  struct actor_kb kb;
  struct problems problems;
  struct err e = {0};
  problems_init(&problems);
  bool ok = symtab_init(&words) && actor_kb_open(&kb, argv[1], &words, &problems, &e);
  for (uint32_t i = 0; i < problems.n; i++) tell(&problems.at[i]);
  if (ok && !problems.total) ok = compile(&kb, argv[1], argv[2], &e);
  else if (ok) ok = file_write_atomic(argv[2], STR(""), &e); /* an empty image is no image */
  if (!ok) tell(&e);
  if (kb.words) actor_kb_release(&kb);
  symtab_release(&words);
  problems_release(&problems);
  return ok ? 0 : 1;
}
