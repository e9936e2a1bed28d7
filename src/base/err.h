/* err.h - errors as values with a place.
 *
 * Every function that can fail takes a `struct err *` as its last argument and returns false (or NULL)
 * after filling it; it never prints, exits or aborts. A place (file, line, byte) is added by whoever knows it:
 * the reader of a line sets the line, the reader of a record the byte. */
#ifndef TR_BASE_ERR_H
#define TR_BASE_ERR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

/* name (as printed in `"error":{"code":..}`), meaning */
#define ERR_CODES(X)                                                                                                   \
  X(OK, "ok", "no error")                                                                                              \
  X(NOMEM, "out-of-memory", "an allocation failed or a cap was reached")                                               \
  X(IO, "io", "a file could not be read or written")                                                                   \
  X(FORMAT, "bad-format", "the bytes are not in the format that was promised")                                         \
  X(EMPTY, "empty", "there is no text")                                                                                \
  X(BINARY, "not-text", "the bytes are not text")                                                                      \
  X(DATE_MISSING, "date-missing", "the document has no date")                                                          \
  X(DATE_BAD, "date-bad", "the document's date is impossible")                                                         \
  X(DUPLICATE, "duplicate-id", "two documents of one run have the same id")                                            \
  X(LANGUAGE, "not-english", "the text is in a language for which there is no model")                                  \
  X(LIMIT, "too-large", "a limit on size, length or depth was exceeded")                                               \
  X(MODEL, "bad-model", "the model file is damaged, foreign or too new")                                               \
  X(KNOWLEDGE, "bad-knowledge", "a knowledge file has an error")                                                       \
  X(USAGE, "usage", "the call or the command line is wrong")                                                           \
  X(DB, "ledger", "the ledger could not be read or written")                                                           \
  X(STOPPED, "stopped", "the run was interrupted")

enum err_code {
#define X(name, text, meaning) ERR_##name,
  ERR_CODES(X)
#undef X
};

struct err {
  enum err_code code;
  char file[256];    /* "" if unknown */
  uint64_t line;     /* 1-based; 0 if unknown */
  uint64_t byte;     /* offset in the file or record; 0 if unknown */
  char message[384]; /* one sentence without a final full stop, no newline */
};

const char *err_code_name(enum err_code code);

/* Fill *e (which may be NULL) and return false, so that `return err_set(...)` reads well. Keeps a place that is set. */
bool err_set(struct err *e, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for errno: appends its text. */
bool err_set_errno(struct err *e, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Add a place to an error that has none yet; returns false. */
bool err_at(struct err *e, const char *file, uint64_t line, uint64_t byte);
void err_clear(struct err *e);

/* "file:line: message" into `out`, cut to `size` bytes including the NUL. */
void err_format(const struct err *e, char *out, uint64_t size);

#endif
