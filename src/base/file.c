/* file.c - mapping, whole reads, atomic writes, lines of knowledge files. */
#include "base/file.h"
#include "base/checksum.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct err *e, const char *path, const char *what) {
  err_set_errno(e, ERR_IO, "%s", what);
  return err_at(e, path, 0, 0);
}

bool file_map_open(struct file_map *m, const char *path, struct err *e) {
  *m = (struct file_map){0};
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(e, path, "cannot open");
  struct stat st;
  bool ok = fstat(fd, &st) == 0;
  if (ok && !S_ISREG(st.st_mode)) {
    close(fd);
    err_set(e, ERR_IO, "not a regular file");
    return err_at(e, path, 0, 0);
  }
  if (ok && st.st_size > 0) {
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    ok = p != MAP_FAILED;
    if (ok) *m = (struct file_map){p, (size_t)st.st_size};
  }
  int saved = errno;
  close(fd);
  errno = saved;
  return ok || fail(e, path, "cannot map");
}

void file_map_release(struct file_map *m) {
  if (m->p) munmap((void *)(uintptr_t)m->p, m->n);
  *m = (struct file_map){0};
}

static bool file_hash(const char *path, uint64_t *hash, struct err *e) {
  struct file_map m;
  if (!file_map_open(&m, path, e)) return false;
  *hash = checksum64(m.p, m.n);
  file_map_release(&m);
  return true;
}

static bool path_hash_below(const char *path, int depth, folder_part_fn part, void *ctx, uint64_t *hash,
                            struct err *e) {
  struct stat st;
  struct dirent **entry;
  *hash = 0;
  if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) return file_hash(path, hash, e);
  if (depth > 8) return err_set(e, ERR_LIMIT, "%s: folders nest too deeply", path);
  int n = scandir(path, &entry, NULL, alphasort);
  if (n < 0) return err_set_errno(e, ERR_IO, "cannot read the folder %s", path);
  bool ok = true;
  for (int i = 0; i < n; i++) {
    char below[4096];
    uint64_t h;
    const char *name = entry[i]->d_name;
    if (ok && name[0] != '.' && path_join(below, sizeof below, path, name)) {
      ok = path_hash_below(below, depth + 1, NULL, NULL, &h, e);
      if (ok && part) part(ctx, name, h);
      if (ok) *hash = checksum_join(checksum_join(*hash, str_hash(str_of(name), 1)), h);
    }
    free(entry[i]);
  }
  free(entry);
  return ok;
}

bool path_hash(const char *path, folder_part_fn part, void *ctx, uint64_t *hash, struct err *e) {
  return path_hash_below(path, 0, part, ctx, hash, e);
}

bool file_read(struct buf *b, const char *path, struct err *e) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(e, path, "cannot open");
  ssize_t got = 1;
  while (got > 0 && buf_reserve(b, 1 << 16)) {
    got = read(fd, b->p + b->n, 1 << 16);
    if (got < 0 && errno == EINTR) got = 1;
    else if (got > 0) b->n += (size_t)got;
  }
  if (got < 0) fail(e, path, "cannot read");
  close(fd);
  if (b->failed) {
    err_set(e, ERR_LIMIT, "the file is larger than %zu bytes", b->cap);
    return err_at(e, path, 0, 0);
  }
  return got == 0;
}

static bool write_all(int fd, str bytes) {
  while (bytes.n) {
    ssize_t n = write(fd, bytes.p, bytes.n);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = str_from(bytes, (size_t)n);
  }
  return true;
}

enum { OUT_CAP = 1 << 30 };

bool file_out_begin(struct file_out *o, const char *path, struct err *e) {
  *o = (struct file_out){.fd = -1};
  buf_init(&o->room, OUT_CAP);
  int n = snprintf(o->path, sizeof o->path, "%s", path);
  int m = snprintf(o->temporary, sizeof o->temporary, "%s.XXXXXX", path);
  if (n >= (int)sizeof o->path || m >= (int)sizeof o->temporary) return err_set(e, ERR_IO, "the path is too long");
  o->fd = mkstemp(o->temporary);
  return o->fd >= 0 || fail(e, path, "cannot create");
}

bool file_out_flush(struct file_out *o, struct err *e) {
  if (o->room.failed) return err_set(e, ERR_NOMEM, "no memory to write %s", o->path);
  if (o->fd < 0 || !write_all(o->fd, buf_str(&o->room))) return fail(e, o->path, "cannot write");
  o->bytes += o->room.n;
  buf_clear(&o->room);
  return true;
}

bool file_out_end(struct file_out *o, bool keep, struct err *e) {
  bool ok = keep && o->fd >= 0 && file_out_flush(o, e);
  if (ok && (fchmod(o->fd, 0644) != 0 || fsync(o->fd) != 0)) ok = fail(e, o->path, "cannot write");
  if (o->fd >= 0 && close(o->fd) != 0 && ok) ok = fail(e, o->path, "cannot write");
  if (ok && rename(o->temporary, o->path) != 0) ok = fail(e, o->path, "cannot replace");
  if (!ok && o->fd >= 0) unlink(o->temporary);
  buf_release(&o->room);
  o->fd = -1;
  return ok;
}

bool file_write_atomic(const char *path, str bytes, struct err *e) {
  struct file_out o;
  if (!file_out_begin(&o, path, e)) return false;
  bool ok = write_all(o.fd, bytes) || fail(e, path, "cannot write");
  return file_out_end(&o, ok, e);
}

bool file_exists(const char *path) { return access(path, R_OK) == 0; }

bool path_join(char *out, size_t size, const char *dir, const char *name) {
  int n = snprintf(out, size, "%s/%s", dir, name);
  return n >= 0 && (size_t)n < size;
}

void line_reader_init(struct line_reader *r, str text, const char *file) {
  if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_from(text, 3);
  *r = (struct line_reader){.rest = text, .file = file};
}

bool line_next(struct line_reader *r) {
  while (r->rest.n) {
    r->line = str_cut(&r->rest, '\n');
    r->number++;
    if (r->line.n && r->line.p[r->line.n - 1] == '\r') r->line.n--;
    str bare = str_trim(r->line);
    if (bare.n && bare.p[0] != '#') return true;
  }
  return false;
}

bool line_err(const struct line_reader *r, struct err *e, const char *format, ...) {
  if (!e) return false;
  va_list args;
  va_start(args, format);
  char text[sizeof e->message];
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  err_set(e, ERR_KNOWLEDGE, "%s", text);
  return err_at(e, r->file, r->number, 0);
}

size_t line_fields(str line, str *out, size_t most) {
  size_t n = 0;
  for (bool more = true; more; n++) {
    more = str_find(line, '\t') < line.n;
    str field = str_trim(str_cut(&line, '\t'));
    if (n < most) out[n] = field;
  }
  return n;
}
