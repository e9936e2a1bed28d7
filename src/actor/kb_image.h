/* kb_image.h - the knowledge of actors compiled: one mapped, relocatable file that opens in the time it takes to check it.
 *
 * Made from knowledge/actors/ by tools/compile_actors.c when Tightrope is built. It holds what actor_kb.h holds after reading the
 * text, and the words that its phrases are made of with their numbers. The text is what counts: an image that was made from
 * other text than lies in the folder now is not used, and the text is read instead. Immutable after opening, shared by all
 * threads. */
#ifndef TR_ACTOR_KB_IMAGE_H
#define TR_ACTOR_KB_IMAGE_H
#include "actor/actor_kb.h"

enum { IMAGE_VERSION = 4, IMAGE_ENDIAN = 0x01020304, IMAGE_TABLES = 13 };

struct actor_image_header {
  char magic[8]; /* "TRACTORS" */
  uint32_t version, endian;
  uint64_t seal;     /* checksum of the header with this field 0 */
  uint64_t sources;  /* hash of the folder that it was made from */
  uint64_t checksum; /* of all that follows the header */
  uint32_t rows[IMAGE_TABLES], n_edges, n_classes, pad;
};

struct actor_image {
  struct file_map map; /* n = 0: there is no image that may be used */
};

/* Appends the image to `out`. kb->words must hold the words of that knowledge alone; `sources` is the folder_hash of what it was
 * read from. False with *e when memory is out. */
bool actor_image_build(const struct actor_kb *kb, uint64_t sources, struct buf *out, struct err *e);

/* Opens the image at `path` and puts its words into `words`, which must be empty, so that their numbers are the image's. An image
 * that is missing, does not hold together or was not made from the text whose folder_hash is `sources` leaves m->map.n 0 and
 * `words` empty: that is no error. False with *e when memory is out. */
bool actor_image_open(struct actor_image *m, const char *path, uint64_t sources, struct symtab *words, struct err *e);
/* Whether every byte is as it was made: opening looks at the header's seal, and that every number leads inside. */
bool actor_image_whole(const struct actor_image *m);
uint64_t actor_image_seal(const struct actor_image_header *h);
void actor_image_close(struct actor_image *m);

/* The knowledge as views into the image, which must stay open as long. actor_kb_release is called on it as on any. */
void actor_kb_of_image(struct actor_kb *kb, const struct actor_image *m, struct symtab *words);

#endif
