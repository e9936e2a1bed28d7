/* The scorer, on files small enough to count by hand. */
#include "lang.h"
#include "train/score.h"

#define ROW(id, form, lemma, upos, head, rel) id "\t" form "\t" lemma "\t" upos "\t_\t_\t" head "\t" rel "\t_\t_\n"

static struct scores score(const char *gold, const char *system, const str *relations, int n) {
  struct scores s;
  struct err e = {0};
  if (!score_conllu(str_of(gold), "gold", str_of(system), "system", relations, n, &s, &e)) fail_msg("%s", e.message);
  return s;
}

static const char GOLD[] = ROW("1", "They", "they", "PRON", "3",
                               "nsubj") "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n" ROW("2", "do", "do", "AUX", "3", "aux")
    ROW("3", "n't", "not", "PART", "0", "root")
        ROW("4", "go", "go", "VERB", "3", "obl:agent") "\n" ROW("1", "Yes", "_", "INTJ", "0", "root") "\n";

static void test_perfect(void **state) {
  str rel[] = {STR("nsubj"), STR("obl:agent"), STR("obl")};
  struct scores s = score(GOLD, GOLD, rel, 3);
  (void)state;
  for (int m = 0; m < METRIC_COUNT; m++) {
    assert_int_equal(s.of[m].correct, s.of[m].gold);
    assert_int_equal(s.of[m].correct, s.of[m].system);
  }
  assert_int_equal(s.of[METRIC_TOKENS].gold, 4);
  assert_int_equal(s.of[METRIC_WORDS].gold, 5);
  assert_int_equal(s.of[METRIC_SENTENCES].gold, 2);
  assert_int_equal(s.of[METRIC_CLAS].gold, 4);
  for (int k = 0; k < 3; k++) assert_int_equal(s.relation[k].correct, 1);
}

static void
test_errors(void **state) { /* one wrong tag, one wrong head, a subtype that is cut, one sentence instead of two */
  static const char system[] =
      ROW("1", "They", "They", "NOUN", "4", "nsubj") "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n" ROW("2", "do", "do", "AUX",
                                                                                                "3", "aux")
          ROW("3", "n't", "not", "PART", "0", "root") ROW("4", "go", "go", "VERB", "3", "obl")
              ROW("5", "Yes", "yes", "INTJ", "3", "discourse") "\n";
  str rel[] = {STR("obl:agent")};
  struct scores s = score(GOLD, system, rel, 1);
  (void)state;
  assert_int_equal(s.of[METRIC_UPOS].correct, 4);
  assert_int_equal(s.of[METRIC_LEMMAS].correct, 4); /* gold "_" counts */
  assert_int_equal(s.of[METRIC_UAS].correct, 3);
  assert_int_equal(s.of[METRIC_LAS].correct, 3);
  assert_int_equal(s.of[METRIC_SENTENCES].correct, 0);
  assert_int_equal(s.relation[0].correct, 0);
}

static void test_other_tokens(void **state) { /* a word that was not split */
  static const char system[] =
      ROW("1", "They", "they", "PRON", "2", "nsubj") ROW("2", "don't", "do", "AUX", "0", "root")
          ROW("3", "go", "go", "VERB", "2", "xcomp") "\n" ROW("1", "Yes", "yes", "INTJ", "0", "root") "\n";
  struct scores s = score(GOLD, system, NULL, 0);
  (void)state;
  assert_int_equal(s.of[METRIC_TOKENS].correct, 4);
  assert_int_equal(s.of[METRIC_WORDS].correct, 3);
  assert_int_equal(s.of[METRIC_WORDS].system, 4);
}

static void test_other_text(void **state) {
  struct scores s;
  struct err e = {0};
  (void)state;
  assert_false(
      score_conllu(str_of(GOLD), "gold", STR("1\tWe\t_\t_\t_\t_\t0\troot\t_\t_\n\n"), "system", NULL, 0, &s, &e));
  assert_non_null(strstr(e.message, "differ"));
  assert_false(
      score_conllu(STR("1\tWe\t_\t_\t_\t_\t7\troot\t_\t_\n\n"), "gold", str_of(GOLD), "system", NULL, 0, &s, &e));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_perfect), cmocka_unit_test(test_errors),
                                     cmocka_unit_test(test_other_tokens), cmocka_unit_test(test_other_text)};
  return RUN(tests);
}
