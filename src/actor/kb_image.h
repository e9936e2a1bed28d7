/* kb_image.h - the knowledge of actors compiled: one mapped, relocatable file that opens in the time it takes to check it.
 *
 * Made from knowledge/actors/ by tools/compile_actors.c when Tightrope is built. It holds what actor_kb.h holds after reading the
 * text, and the words that its phrases are made of with their numbers. The text is what counts: an image that was made from
 * other text than lies in the folder now is not used, and the text is read instead. Immutable after opening, shared by all
 * threads. */
#ifndef TR_ACTOR_KB_IMAGE_H
#define TR_ACTOR_KB_IMAGE_H
#include "actor/actor_kb.h"

enum { IMAGE_VERSION = 1, IMAGE_ENDIAN = 0x01020304, IMAGE_TABLES = 13 };

struct actor_image_header {
  char magic[8]; /* "TRACTORS" */
  uint32_t version, endian;
  uint64_t sources;  /* hash of the folder that it was made from */
  uint64_t checksum; /* of all that follows the header */
  uint32_t rows[IMAGE_TABLES], n_edges, n_classes, pad;
};

struct actor_image {
  struct file_map map; /* n = 0: there is no image that may be used */
};

/* The hash of `folder`/actors that an image made from it carries. False with *e: a file cannot be read. */
bool actor_image_sources(const char *folder, uint64_t *hash, struct err *e);

/* Appends the image of what was read from `folder`/actors to `out`; `words` must hold the words of that knowledge alone.
 * False with *e: a file cannot be read or memory is out. */
bool actor_image_build(const struct actor_kb *kb, const char *folder, struct buf *out, struct err *e);

/* Opens the image at `path` and puts its words into `words`, which must be empty, so that their numbers are the image's. An image
 * that is missing, damaged or not made from the text of `folder`/actors leaves m->map.n 0 and `words` empty: that is no
 * error. False with *e when memory is out. */
bool actor_image_open(struct actor_image *m, const char *path, const char *folder, struct symtab *words, struct err *e);
void actor_image_close(struct actor_image *m);

/* The knowledge as views into the image, which must stay open as long. actor_kb_release is called on it as on any. */
void actor_kb_of_image(struct actor_kb *kb, const struct actor_image *m, struct symtab *words);

#endif
