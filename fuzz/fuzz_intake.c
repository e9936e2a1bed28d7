/* fuzz_intake.c - any bytes as a file of documents: the first byte chooses the format, the others are the file. Records come out
 * with text that is UTF-8, or with an error that has a place. */
#define _GNU_SOURCE
#include "base/utf8.h"
#include "intake/intake.h"
#include "intake/language.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The readers take paths, as users give them; a file in memory has one. */
static int file_of(const uint8_t *data, size_t size, char *path, size_t room) {
  int fd = memfd_create("fuzz", 0);
  if (fd < 0 || write(fd, data, size) != (ssize_t)size) return fd;
  snprintf(path, room, "/proc/self/fd/%d", fd);
  return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const formats[] = {"auto", "text", "jsonl", "csv", "html", "feed", "json", "export"};
  struct intake_options options = INTAKE_DEFAULTS;
  struct intake_record r;
  struct intake *in;
  struct err e = {0};
  char path[64] = "";
  if (!size) return 0;
  options.format = formats[(uint8_t)(data[0] - '0') % (sizeof formats / sizeof *formats)];
  options.max_text = 1 << 20;
  int fd = file_of(data + 1, size - 1, path, sizeof path);
  if (fd >= 0 && path[0] && intake_open(&in, path, &options, &e)) {
    while (intake_next(in, &r)) {
      if (!r.error.code && (!utf8_valid(r.text) || !utf8_valid(r.title) || !utf8_valid(r.id))) abort();
      if (r.error.code && !r.error.message[0]) abort();
    }
    intake_close(in);
  }
  if (fd >= 0) close(fd);
  return 0;
}
