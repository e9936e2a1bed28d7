/* model_file.h - the container of a learned model: one file of named sections, mapped read-only.
 *
 * Layout, all integers little-endian:
 *   byte 0   magic "TIGHTROPE MODEL\n" (16 bytes)
 *   16       u32 version, u32 number of sections
 *   24       u64 size of the file
 *   32       u64 checksum of the section table, u64 checksum of everything after it
 *   48       section table: { char name[16]; u64 offset; u64 size } each, sorted by offset
 *   ...      sections, each starting at a multiple of 64
 * Opening checks magic, version, sizes, order and both checksums (a few GB a second), so that a damaged, truncated or
 * foreign file is an error and never a crash. What is inside a section is checked by whoever reads it.
 *
 * A mapped model is immutable and shared by all threads. Section pointers live as long as the mapping. */
#ifndef TR_MODEL_MODEL_FILE_H
#define TR_MODEL_MODEL_FILE_H
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

enum { MODEL_VERSION = 2, MODEL_ALIGN = 64, MODEL_SECTIONS_MAX = 128, MODEL_NAME_MAX = 16 };

struct model_file {
  struct file_map map;
  const char *bytes; /* of the file; from `map` or given by the caller */
  size_t size;
  uint32_t nsection;
  uint64_t checksum; /* identifies the model's content */
};

bool model_file_open(struct model_file *m, const char *path, struct err *e);
/* The same for bytes that the caller keeps alive and aligned to 64. `name` appears in errors. */
bool model_file_view(struct model_file *m, const void *bytes, size_t size, const char *name, struct err *e);
void model_file_close(struct model_file *m);

/* Section number i < nsection, in the order of the file. */
struct model_section {
  const char *name;
  str bytes;
};
struct model_section model_section_at(const struct model_file *m, uint32_t i);
/* The bytes of a section; {NULL, 0} if there is none of that name. */
str model_section(const struct model_file *m, const char *name);
/* The same, but a section that is missing or has another size is ERR_MODEL. */
bool model_section_sized(const struct model_file *m, const char *name, size_t size, const void **out, struct err *e);
/* The same for n numbers, of which those with a point must be finite. */
bool model_floats(const struct model_file *m, const char *name, size_t n, const float **out, struct err *e);
bool model_shorts(const struct model_file *m, const char *name, size_t n, const int16_t **out, struct err *e);
/* The value of `key` in the section "meta" (lines of "key = value"); {NULL, 0} if there is none. */
str model_meta(const struct model_file *m, const char *key);

/* Building: begin, add sections, finish. The result is in `out`, whose cap bounds the file. */
struct model_writer {
  struct buf body;
  struct {
    char name[MODEL_NAME_MAX];
    uint64_t offset, size;
  } section[MODEL_SECTIONS_MAX];
  uint32_t n;
  bool failed;
};
void model_writer_init(struct model_writer *w, size_t cap);
void model_writer_release(struct model_writer *w);
void model_writer_add(struct model_writer *w, const char *name, const void *bytes, size_t n);
bool model_writer_finish(struct model_writer *w, struct buf *out, struct err *e);

/* A table of strings within a section: u32 count, u32 offset[count + 1] from the first byte of text, text. */
struct string_table {
  uint32_t n;
  const uint32_t *offset;
  const char *text;
};
bool string_table_open(struct string_table *t, const struct model_file *m, const char *name, struct err *e);
static inline str string_table_at(const struct string_table *t, uint32_t i) {
  return (str){t->text + t->offset[i], t->offset[i + 1] - t->offset[i]};
}
void string_table_put(struct buf *out, const str *strings, uint32_t n);

#endif
