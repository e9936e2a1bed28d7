/* test_identity.c - tests/cases/actor/pairs.txt: how often two names are rightly held to be one actor, and rightly found. */
#include "base/file.h"
#include "ledger/identity.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>

static struct face face_of(str s) {
  s = str_trim(s);
  struct face f;
  f.kind = str_cut(&s, ' ');
  f.country = str_cut(&s, ' ');
  if (str_is(f.country, "-")) f.country = (str){"", 0};
  f.name = str_trim(s);
  return f;
}

static bool share_key(const struct face *a, const struct face *b) {
  struct identity_keys x, y;
  identity_keys(a, &x);
  identity_keys(b, &y);
  for (unsigned i = 0; i < x.n; i++)
    for (unsigned k = 0; k < y.n; k++)
      if (!strcmp(x.key[i], y.key[k])) return true;
  return false;
}

static void pairs_are_told_apart_and_together(void **state) {
  (void)state;
  char path[4096];
  struct file_map m;
  struct err e = {0};
  struct line_reader r;
  unsigned pairs = 0, same = 0, found = 0, right = 0;
  path_join(path, sizeof path, getenv("TIGHTROPE_SOURCE"), "tests/cases/actor/pairs.txt");
  assert_true(file_map_open(&m, path, &e));
  line_reader_init(&r, file_map_str(&m), path);
  for (; line_next(&r); pairs++) {
    str line = r.line, want = str_trim(str_cut(&line, ';'));
    struct face a = face_of(str_cut(&line, ';')), b = face_of(line);
    const char *rule = identity_rule(&a, &b), *back = identity_rule(&b, &a);
    bool is = str_is(want, "same"), told = rule != NULL;
    assert_true(is || str_is(want, "different"));
    if (told != (back != NULL)) fprintf(stderr, "# pairs.txt:%u: not the same both ways\n", (unsigned)r.number);
    assert_int_equal(told, back != NULL);
    if (told && !share_key(&a, &b)) fail_msg("pairs.txt:%u: no common key", (unsigned)r.number); /* never compared */
    same += is;
    found += told;
    right += told && is;
    if (told != is)
      fprintf(stderr, "# pairs.txt:%u: %s (%s)\n", (unsigned)r.number, is ? "missed" : "wrongly one", rule ? rule : "");
  }
  file_map_release(&m);
  fprintf(stderr, "# %u pairs, precision %.3f, recall %.3f\n", pairs, (double)right / found, (double)right / same);
  assert_true(pairs >= 100);
  assert_true(right >= 0.98 * found);
  assert_true(right >= 0.85 * same);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_are_told_apart_and_together)};
  return RUN(tests);
}
