/* The splitter of raw training text. */
#include "lang.h"
#include "train/rawtext.h"

static void check(const char *text, const char *want) {
  struct buf out;
  const struct splitter english = {STR("Mr Dr St"), STR("n't 's 're")};
  buf_init(&out, 1 << 20);
  rawtext_split(&english, str_of(text), &out);
  if (!str_is(buf_str(&out), want)) fail_msg("\"%s\" gives \"%.*s\"", text, STR_FMT(buf_str(&out)));
  buf_release(&out);
}

static void test_splits(void **state) {
  (void)state;
  check("Mr. Annan left. He was\ntired.", "Mr. Annan left .\nHe was tired .\n");
  check("They don't know the U.S. envoy's plan.", "They do n't know the U.S. envoy 's plan .\n");
  check("It\xE2\x80\x99s 1,200.50 euros (or so)!", "It \xE2\x80\x99s 1,200.50 euros ( or so ) !\n");
  check("A headline\n\nThe text", "A headline\nThe text\n");
  check("Well-known... \"Yes.\" She went.", "Well - known ... \" Yes . \"\nShe went .\n");
  check("", "");
  check(" \n\n ", "");
}

static void test_hostile(void **state) { /* any bytes: ends, and stays within the cap */
  struct buf out;
  const struct splitter english = {STR("Mr Dr St"), STR("n't 's 're")};
  uint64_t seed = 1;
  char text[4096];
  (void)state;
  buf_init(&out, 1 << 16);
  for (int k = 0; k < 200; k++) {
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(test_random(&seed) % (k % 2 ? 256 : 64));
    buf_clear(&out);
    rawtext_split(&english, (str){text, sizeof text}, &out);
  }
  buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_splits), cmocka_unit_test(test_hostile)};
  return RUN(tests);
}
