/* file.h - files at the edge: map, read whole, write atomically, find the data folder.
 *
 * A mapped file is read-only and shared by all threads until released. */
#ifndef TR_BASE_FILE_H
#define TR_BASE_FILE_H
#include "base/buf.h"
#include "base/err.h"

struct file_map {
  const char *p;
  size_t n;
};

bool file_map_open(struct file_map *m, const char *path, struct err *e); /* an empty file maps to n = 0 */
void file_map_release(struct file_map *m);
static inline str file_map_str(const struct file_map *m) { return (str){m->p ? m->p : "", m->n}; }

/* The hash of a file's bytes, or of the names and hashes of all that a folder holds, sorted by name, so that the order of the file
 * system does not matter; names that begin with a dot are left out. `part`, if not NULL, is told each entry of the folder. */
typedef void (*folder_part_fn)(void *ctx, const char *name, uint64_t hash);
bool path_hash(const char *path, folder_part_fn part, void *ctx, uint64_t *hash, struct err *e);

/* Appends the whole file to b; more than b's cap is ERR_LIMIT. */
bool file_read(struct buf *b, const char *path, struct err *e);
/* Writes to a temporary file beside path, syncs, renames: readers see the old or the new bytes, never a part. */
bool file_write_atomic(const char *path, str bytes, struct err *e);
/* The same for what does not fit into memory: append to `room` and call file_out_flush now and then; file_out_end with keep false,
 * or after a failure, leaves what stood there before. */
struct file_out {
  struct buf room;
  int fd; /* -1: not open */
  uint64_t bytes;
  char path[4096], temporary[4096];
};
bool file_out_begin(struct file_out *o, const char *path, struct err *e);
bool file_out_flush(struct file_out *o, struct err *e);
bool file_out_end(struct file_out *o, bool keep, struct err *e);
bool file_exists(const char *path);
/* "dir/name" into out[size]; false if it does not fit. */
bool path_join(char *out, size_t size, const char *dir, const char *name);

/* Reads lines of a knowledge file. A line ends at LF or CRLF; the text after the last LF is a line too.
 * With `comments`, '#' at the start of a line (after blanks) makes it empty. */
struct line_reader {
  str rest;
  str line; /* the present line without its end */
  uint64_t number;
  const char *file; /* for errors */
};
void line_reader_init(struct line_reader *r, str text, const char *file);
bool line_next(struct line_reader *r); /* false at the end; skips blank lines and lines whose first non-blank is '#' */
bool line_err(const struct line_reader *r, struct err *e, const char *format, ...)
    __attribute__((format(printf, 3, 4))); /* ERR_KNOWLEDGE at this line; returns false */
/* The tab-separated fields of a line, trimmed; returns how many there are, of which at most `most` are stored. */
size_t line_fields(str line, str *out, size_t most);

#endif
