/* source.c - read(2), inflate and UTF-16 behind one window of bytes. */
#include "intake/source.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { RAW_SIZE = 1 << 16, WINDOW_SIZE = 1 << 17, PEEK_MOST = 8192 };
enum coding { CODING_BYTES, CODING_UTF16LE, CODING_UTF16BE };

struct source {
  int fd;
  const volatile int *stop;
  bool started, gzip, member_open, raw_end, end, failed;
  enum coding coding;
  struct err error;
  uint64_t taken;
  z_stream z;
  unsigned high;            /* first half of a surrogate pair, 0 if none */
  size_t raw_at, raw_n;     /* unread part of raw */
  size_t plain_at, plain_n; /* decompressed bytes that wait for UTF-16 */
  size_t at, n;             /* unread part of window */
  unsigned char raw[RAW_SIZE], plain[WINDOW_SIZE];
  char window[WINDOW_SIZE];
};

bool source_open(struct source **out, const char *path, const volatile int *stop, struct err *e) {
  bool in = path[0] == '-' && !path[1];
  int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) != 0) {
    err_set_errno(e, ERR_IO, "cannot open");
    if (fd > STDIN_FILENO) close(fd);
    return err_at(e, path, 0, 0);
  }
  struct source *s = S_ISDIR(st.st_mode) ? NULL : calloc(1, sizeof *s);
  if (!s) {
    if (!in) close(fd);
    if (S_ISDIR(st.st_mode)) err_set(e, ERR_IO, "cannot read: it is a folder");
    else err_set(e, ERR_NOMEM, "no memory for a reader");
    return err_at(e, path, 0, 0);
  }
  s->fd = fd;
  s->stop = stop;
  *out = s;
  return true;
}

void source_close(struct source *s) {
  if (!s) return;
  if (s->gzip) inflateEnd(&s->z);
  if (s->fd != STDIN_FILENO) close(s->fd);
  free(s);
}

static void fail(struct source *s) { s->failed = s->end = true; }

/* Reads more raw bytes behind those that are left. */
static void fill_raw(struct source *s) {
  if (s->raw_end) return;
  if (s->raw_at) memmove(s->raw, s->raw + s->raw_at, s->raw_n);
  s->raw_at = 0;
  ssize_t got;
  do got = read(s->fd, s->raw + s->raw_n, RAW_SIZE - s->raw_n);
  while (got < 0 && errno == EINTR && !(s->stop && *s->stop));
  if (got < 0) {
    if (errno == EINTR) err_set(&s->error, ERR_STOPPED, "interrupted");
    else err_set_errno(&s->error, ERR_IO, "cannot read");
    s->raw_end = s->failed = true;
  } else if (!got) s->raw_end = true;
  else s->raw_n += (size_t)got;
}

static bool gzip_start(struct source *s) {
  s->z = (z_stream){0};
  if (inflateInit2(&s->z, 15 + 16) != Z_OK) {
    err_set(&s->error, ERR_NOMEM, "no memory to decompress");
    fail(s);
    return false;
  }
  return s->gzip = s->member_open = true;
}

/* A further member may follow the end of one; zeros behind the last are padding. */
static void gzip_next_member(struct source *s) {
  if (!s->raw_n) fill_raw(s);
  while (s->raw_n && !s->raw[s->raw_at]) {
    s->raw_at++, s->raw_n--;
    if (!s->raw_n) fill_raw(s);
  }
  if (!s->raw_n) s->end = true;
  else if (inflateReset(&s->z) == Z_OK) s->member_open = true;
}

/* Decompresses into out[size]; 0 at the end or after an error. */
static size_t inflate_some(struct source *s, unsigned char *out, size_t size) {
  size_t got = 0;
  while (!got && !s->end) {
    if (!s->member_open) {
      gzip_next_member(s);
      continue;
    }
    if (!s->raw_n) fill_raw(s);
    if (!s->raw_n) {
      if (!s->failed) err_set(&s->error, ERR_FORMAT, "the gzip data are cut off: the file is incomplete");
      fail(s);
      break;
    }
    s->z.next_in = s->raw + s->raw_at;
    s->z.avail_in = (uInt)s->raw_n;
    s->z.next_out = out;
    s->z.avail_out = (uInt)size;
    int code = inflate(&s->z, Z_NO_FLUSH);
    got = size - s->z.avail_out;
    s->raw_at += s->raw_n - s->z.avail_in;
    s->raw_n = s->z.avail_in;
    if (code == Z_STREAM_END) s->member_open = false;
    else if (code != Z_OK && code != Z_BUF_ERROR) {
      err_set(&s->error, ERR_FORMAT, "the gzip data are damaged: %s", s->z.msg ? s->z.msg : "unknown reason");
      fail(s);
    }
  }
  return got;
}

static size_t plain_some(struct source *s, unsigned char *out, size_t size) {
  if (s->gzip) return inflate_some(s, out, size);
  if (!s->raw_n) fill_raw(s);
  size_t n = s->raw_n < size ? s->raw_n : size;
  if (!n) {
    s->end = true;
    return 0;
  }
  memcpy(out, s->raw + s->raw_at, n);
  s->raw_at += n, s->raw_n -= n;
  return n;
}

static size_t put_utf8(char *out, unsigned c) {
  if (c < 0x80) return out[0] = (char)c, 1;
  if (c < 0x800) return out[0] = (char)(0xC0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
  if (c < 0x10000)
    return out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)), out[2] = (char)(0x80 | (c & 63)), 3;
  out[0] = (char)(0xF0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 63));
  out[2] = (char)(0x80 | (c >> 6 & 63)), out[3] = (char)(0x80 | (c & 63));
  return 4;
}

/* One unit of UTF-16; a half pair alone becomes U+FFFD. */
static size_t put_unit(struct source *s, char *out, unsigned unit) {
  size_t n = 0;
  if (s->high && unit >= 0xDC00 && unit < 0xE000) {
    n = put_utf8(out, 0x10000 + ((s->high - 0xD800) << 10) + (unit - 0xDC00));
    s->high = 0;
    return n;
  }
  if (s->high) n = put_utf8(out, 0xFFFD);
  s->high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
  if (s->high) return n;
  return n + put_utf8(out + n, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
}

/* A unit takes at most six bytes, so a third of the free window is room enough. */
static void fill_utf16(struct source *s) {
  size_t room = (WINDOW_SIZE - s->n) / 6 * 2;
  if (room > RAW_SIZE) room = RAW_SIZE;
  if (s->plain_n < 2) {
    if (s->plain_n) s->plain[0] = s->plain[s->plain_at];
    s->plain_at = 0;
    s->plain_n += plain_some(s, s->plain + s->plain_n, room - s->plain_n);
  }
  for (; s->plain_n >= 2 && s->n + 6 <= WINDOW_SIZE; s->plain_at += 2, s->plain_n -= 2) {
    unsigned a = s->plain[s->plain_at], b = s->plain[s->plain_at + 1];
    s->n += put_unit(s, s->window + s->n, s->coding == CODING_UTF16LE ? a | b << 8 : a << 8 | b);
  }
}

static void fill_window(struct source *s) {
  if (s->at) memmove(s->window, s->window + s->at, s->n);
  s->at = 0;
  if (s->coding != CODING_BYTES) fill_utf16(s);
  else s->n += plain_some(s, (unsigned char *)s->window + s->n, WINDOW_SIZE - s->n);
}

/* Looks at the first bytes: gzip, then a byte order mark. */
static void start(struct source *s) {
  s->started = true;
  while (s->raw_n < 2 && !s->raw_end) fill_raw(s);
  if (s->raw_n >= 2 && s->raw[0] == 0x1F && s->raw[1] == 0x8B && !gzip_start(s)) return;
  while (s->n < 3 && !s->end) fill_window(s);
  unsigned char *p = (unsigned char *)s->window;
  if (s->n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) s->at = 3, s->n -= 3;
  else if (s->n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
    s->coding = p[0] == 0xFF ? CODING_UTF16LE : CODING_UTF16BE;
    s->plain_n = s->n - 2;
    memcpy(s->plain, p + 2, s->plain_n);
    s->n = 0;
  }
}

str source_peek_more(struct source *s, size_t least) {
  if (!s->started) start(s);
  if (least > PEEK_MOST) least = PEEK_MOST;
  while (s->n < least && !(s->end && s->plain_n < 2)) fill_window(s);
  return (str){s->window + s->at, s->n};
}

str source_peek(struct source *s) { return source_peek_more(s, 1); }

void source_take(struct source *s, size_t n) {
  s->at += n, s->n -= n;
  s->taken += n;
}

uint64_t source_offset(const struct source *s) { return s->taken; }

bool source_failed(const struct source *s, struct err *e) {
  if (s->failed && e) *e = s->error;
  return s->failed;
}

bool source_was_utf16(const struct source *s) { return s->coding != CODING_BYTES; }
