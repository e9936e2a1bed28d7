/* Lemmas: cases of tests/cases/lemma, "FORM XPOS LEMMA" a line, against the shipped model; and the learner on a small treebank. */
#include "base/file.h"
#include "lang.h"
#include "train/lemma_learn.h"

static uint32_t xpos_number(const struct model *m, str name) {
  for (uint32_t i = 0; i < m->net.xpos.n; i++)
    if (str_eq(string_table_at(&m->net.xpos, i), name)) return i;
  fail_msg("no tag %.*s", STR_FMT(name));
  return 0;
}

static void test_cases(void **state) {
  struct model m;
  struct buf b;
  struct err e = {0};
  struct line_reader r;
  int wrong = 0;
  (void)state;
  open_shipped(&m, NULL);
  buf_init(&b, 1 << 20);
  assert_true(file_read(&b, source_path("tests/cases/lemma/english.txt"), &e));
  line_reader_init(&r, buf_str(&b), "english.txt");
  while (line_next(&r)) {
    str rest = r.line, form = str_cut(&rest, ' '), xpos = str_cut(&rest, ' ');
    char lemma[128];
    str made = {lemma, lemma_of(&m.lemmas, form, xpos_number(&m, xpos), lemma, sizeof lemma)};
    if (str_eq(made, str_trim(rest))) continue;
    print_message("english.txt:%d: %.*s/%.*s gives %.*s, not %.*s\n", (int)r.number, STR_FMT(form), STR_FMT(xpos),
                  STR_FMT(made), STR_FMT(rest));
    wrong++;
  }
  assert_int_equal(wrong, 0);
  buf_release(&b);
  model_close(&m);
}

static void test_odd_forms(void **state) { /* nothing is written beyond the room; something always comes out */
  struct model m;
  char lemma[16], longest[300];
  (void)state;
  open_shipped(&m, NULL);
  memset(longest, 'a', sizeof longest);
  assert_int_equal(lemma_of(&m.lemmas, (str){longest, sizeof longest}, 0, lemma, sizeof lemma), sizeof lemma);
  assert_int_equal(lemma_of(&m.lemmas, STR("x"), 9999, lemma, sizeof lemma), 1);
  assert_int_equal(lemma_of(&m.lemmas, STR(""), 0, lemma, sizeof lemma), 0);
  size_t n = lemma_of(&m.lemmas, STR("\xC2\xB1"), xpos_number(&m, STR("NNS")), lemma, sizeof lemma);
  assert_true(str_is((str){lemma, n}, "\xC2\xB1")); /* no half of a sign is left */
  model_close(&m);
}

static void test_learns(void **state) {
  static const char *const data[][3] = {
      {"walked", "VBD", "walk"}, {"talked", "VBD", "talk"}, {"Jumped", "VBD", "jump"},   {"went", "VBD", "go"},
      {"cities", "NNS", "city"}, {"Rome", "NNP", "Rome"},   {"parties", "NNS", "party"}, {"dogs", "NNS", "dog"},
      {"cats", "NNS", "cat"},    {"hands", "NNS", "hand"},  {"ROME", "NNP", "Rome"},     {"NATO", "NNP", "NATO"},
      {"UNHCR", "NNP", "UNHCR"}, {"i", "PRP", "I"},         {"I", "PRP", "I"},           {"Sept.", "NNP", "September"}};
  enum { N = sizeof data / sizeof *data };
  static struct gold_word word[N + 1];
  static struct names tags;
  struct arena a;
  struct err e = {0};
  (void)state;
  arena_init(&a, 1 << 20);
  for (int i = 0; i < N; i++)
    word[i + 1] = (struct gold_word){.form = str_of(data[i][0]),
                                     .lemma = str_of(data[i][2]),
                                     .xpos = (int16_t)names_add(&tags, str_of(data[i][1]), &a)};
  struct gold_sentence s = {word, N};
  struct treebank tb = {.sentence = &s, .n = 1, .nword = N};
  const struct lemma_books books = {.rest = &tb};
  struct model_writer w;
  struct buf out;
  struct model_file m;
  struct lemma_table t;
  model_writer_init(&w, 1 << 24), buf_init(&out, 1 << 24);
  assert_true(lemma_learn(&books, &w, &e));
  assert_true(model_writer_finish(&w, &out, &e));
  char *copy = aligned_alloc(64, (out.n + 63) & ~(size_t)63), lemma[64];
  memcpy(copy, out.p, out.n);
  assert_true(model_file_view(&m, copy, out.n, "test", &e));
  assert_true(lemma_table_open(&t, &m, &e));
  static const char *const want[][3] = {{"went", "VBD", "go"},       {"WALKED", "VBD", "walk"},
                                        {"kicked", "VBD", "kick"},   {"bodies", "NNS", "body"},
                                        {"hats", "NNS", "hat"},      {"Paris", "NNP", "Paris"},
                                        {"Parties", "NNS", "party"}, {"jumped", "VBD", "jump"},
                                        {"nato", "NNP", "NATO"},     {"UNESCO", "NNP", "UNESCO"},
                                        {"rome", "NNP", "Rome"},     {"i", "PRP", "I"},
                                        {"Capt.", "NNP", "Capt."}};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    uint32_t tag = (uint32_t)names_find(&tags, str_of(want[i][1]));
    str made = {lemma, lemma_of(&t, str_of(want[i][0]), tag, lemma, sizeof lemma)};
    if (!str_is(made, want[i][2])) fail_msg("%s gives %.*s", want[i][0], STR_FMT(made));
  }
  free(copy);
  buf_release(&out), model_writer_release(&w);
  arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_odd_forms),
                                     cmocka_unit_test(test_learns)};
  return RUN(tests);
}
