/* test_name_tagger.c - the recogniser's model file: the shipped one opens; a truncated, damaged or foreign one is an error. */
#include "actor/name_tagger.h"
#include "base/file.h"
#include "lang/lang.h"
#include <stdio.h>
#include <unistd.h>

static struct buf image;
static char path[64];

static bool opens(size_t n, struct err *e) {
  struct name_tagger t;
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(image.p, 1, n, f), n);
  fclose(f);
  *e = (struct err){0};
  bool ok = name_tagger_open(&t, path, e);
  if (ok) name_tagger_close(&t);
  return ok;
}

static int setup(void **state) {
  struct err e = {0};
  (void)state;
  buf_init(&image, (size_t)1 << 24);
  snprintf(path, sizeof path, "/tmp/names-XXXXXX");
  int fd = mkstemp(path);
  if (fd >= 0) close(fd);
  return fd >= 0 && file_read(&image, source_path("models/en.names"), &e) ? 0 : -1;
}

static int teardown(void **state) {
  (void)state;
  buf_release(&image);
  return unlink(path);
}

static void the_shipped_model_opens(void **state) {
  struct err e;
  (void)state;
  assert_true(opens(image.n, &e));
}

static void a_truncated_one_is_refused(void **state) {
  struct err e;
  (void)state;
  for (size_t n = 0; n < image.n; n += n < 2048 ? 97 : image.n / 20) {
    assert_false(opens(n, &e));
    assert_int_equal(e.code, ERR_MODEL);
    assert_true(e.message[0]);
  }
}

static void a_damaged_one_is_refused(void **state) {
  struct err e;
  uint64_t seed = 11;
  (void)state;
  for (int k = 0; k < 24; k++) {
    size_t at = k < 12 ? test_random(&seed) % 256 : test_random(&seed) % image.n;
    image.p[at] = (char)(image.p[at] ^ (1 << (k % 8)));
    assert_false(opens(image.n, &e));
    assert_int_equal(e.code, ERR_MODEL);
    image.p[at] = (char)(image.p[at] ^ (1 << (k % 8)));
  }
}

static void another_model_is_refused(void **state) {
  struct name_tagger t;
  struct err e = {0};
  (void)state;
  assert_false(name_tagger_open(&t, source_path("models/en.model"), &e));
  assert_int_equal(e.code, ERR_MODEL);
  assert_false(name_tagger_open(&t, "/nowhere/en.names", &e));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_shipped_model_opens),
      cmocka_unit_test(a_truncated_one_is_refused),
      cmocka_unit_test(a_damaged_one_is_refused),
      cmocka_unit_test(another_model_is_refused),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
