/* err.c - errors as values: filling, placing and printing them into a buffer. */
#include "base/err.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *err_code_name(enum err_code code) {
  static const char *const names[] = {
#define X(name, text, meaning) text,
      ERR_CODES(X)
#undef X
  };
  return (unsigned)code < sizeof names / sizeof *names ? names[code] : "unknown";
}

static void fill(struct err *e, enum err_code code, const char *format, va_list args) {
  e->code = code;
  vsnprintf(e->message, sizeof e->message, format, args);
  for (char *p = e->message; *p; p++)
    if ((unsigned char)*p < 0x20) *p = ' ';
}

bool err_set(struct err *e, enum err_code code, const char *format, ...) {
  if (!e) return false;
  va_list args;
  va_start(args, format);
  fill(e, code, format, args);
  va_end(args);
  return false;
}

bool err_set_errno(struct err *e, enum err_code code, const char *format, ...) {
  int saved = errno;
  if (!e) return false;
  va_list args;
  va_start(args, format);
  fill(e, code, format, args);
  va_end(args);
  char reason[128] = "";
  if (strerror_r(saved, reason, sizeof reason)) snprintf(reason, sizeof reason, "error %d", saved);
  size_t n = strlen(e->message);
  snprintf(e->message + n, sizeof e->message - n, ": %s", reason);
  return false;
}

bool err_at(struct err *e, const char *file, uint64_t line, uint64_t byte) {
  if (!e) return false;
  if (!e->file[0] && file) snprintf(e->file, sizeof e->file, "%s", file);
  if (!e->line) e->line = line;
  if (!e->byte) e->byte = byte;
  return false;
}

void err_clear(struct err *e) {
  if (e) memset(e, 0, sizeof *e);
}

void err_format(const struct err *e, char *out, uint64_t size) {
  if (!size) return;
  if (e->file[0] && e->line) snprintf(out, size, "%s:%" PRIu64 ": %s", e->file, e->line, e->message);
  else if (e->file[0]) snprintf(out, size, "%s: %s", e->file, e->message);
  else if (e->line) snprintf(out, size, "line %" PRIu64 ": %s", e->line, e->message);
  else snprintf(out, size, "%s", e->message);
}
