/* files.h - a folder of small files for the tests of the readers. */
#ifndef TR_TESTS_INTAKE_FILES_H
#define TR_TESTS_INTAKE_FILES_H
#include "intake/intake.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/tightrope-intake-XXXXXX";

static inline const char *path_of(const char *name) {
  static char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static inline const char *put(const char *name, const void *bytes, size_t n) {
  FILE *f = fopen(path_of(name), "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  fclose(f);
  return path_of(name);
}
static inline const char *puts_file(const char *name, const char *text) { return put(name, text, strlen(text)); }

struct reading {
  struct intake *in;
  struct intake_record r;
};

static inline void begin(struct reading *t, const char *path, const struct intake_options *options) {
  struct err e = {0};
  if (!intake_open(&t->in, path, options, &e)) fail_msg("%s: %s", path, e.message);
}
static inline void next(struct reading *t) { assert_true(intake_next(t->in, &t->r)); }
static inline void end(struct reading *t) {
  assert_false(intake_next(t->in, &t->r));
  intake_close(t->in);
}
#define SAME(view, text)                                                                                               \
  do {                                                                                                                 \
    str got_ = (view);                                                                                                 \
    if (!str_eq(got_, str_of(text))) fail_msg("got <%.*s> instead of <%s>", STR_FMT(got_), text);                      \
  } while (0)

static inline void check_day(const struct intake_record *r, const char *want) {
  char out[11];
  if (r->error.code != ERR_OK) fail_msg("%s", r->error.message);
  day_format(r->day, out);
  assert_string_equal(out, want);
}

static inline void expect_one_error(const char *path, const struct intake_options *options, enum err_code code) {
  struct reading t;
  begin(&t, path, options);
  next(&t);
  if (t.r.error.code != code)
    fail_msg("%s: %s instead of %s", path, err_code_name(t.r.error.code), err_code_name(code));
  assert_true(t.r.error.message[0] != 0);
  assert_string_equal(t.r.error.file, path);
  assert_true(t.r.id.n > 0);
  end(&t);
}

static inline int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state) {
  (void)state;
  char command[128];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command) == 0 ? 0 : -1;
}

#endif
