/* Reading the weights of the confidence: what is missing, unknown, twice or out of order is an error with its line. */
#include "event/confidence.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char good[] =
    "# weights\nbias\t-0.5\nspecific\t1\nactor\t1\nrecipient\t1\nnoun\t-1\nattribute\t-1\nunreal\t-1\n"
    "doubt\t0\nalleged\t0\ncontent\t0\nmargin\t1\n";

static bool opens(const char *text, const char *more, struct confidence *c, struct err *e) {
  char folder[] = "/tmp/confidence-XXXXXX", events[64], path[96];
  assert_non_null(mkdtemp(folder));
  snprintf(events, sizeof events, "%s/events", folder);
  snprintf(path, sizeof path, "%s/confidence.tsv", events);
  assert_int_equal(mkdir(events, 0700), 0);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fputs(more, f);
  fclose(f);
  struct stage_setup setup = {.knowledge = folder};
  *c = (struct confidence){0};
  *e = (struct err){0};
  bool ok = confidence_open(c, &setup, e);
  unlink(path);
  rmdir(events);
  rmdir(folder);
  return ok;
}

static void test_reads(void **state) {
  (void)state;
  struct confidence c;
  struct err e;
  assert_true(opens(good, "grade\t-9\t0.4\ngrade\t0.5\t0.8\n", &c, &e));
  assert_int_equal(c.n, 2);
  assert_true(c.weight[CONFIDENCE_BIAS] < 0 && c.grade[1].chance > 0.7);
}

static void test_faults(void **state) {
  (void)state;
  static const char *const bad[] = {"colour\t1\n",    "bias\t1\n",     "bias\n",
                                    "grade\t1\n",     "grade\t1\t2\n", "grade\t1\t0.5\ngrade\t0\t0.6\n",
                                    "grade\tx\t0.5\n"};
  struct confidence c;
  struct err e;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_false(opens(good, bad[i], &c, &e));
    assert_int_equal(e.code, ERR_KNOWLEDGE);
  }
  assert_false(opens("bias\t1\n", "", &c, &e)); /* the others are missing */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_reads), cmocka_unit_test(test_faults)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
