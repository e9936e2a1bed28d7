/* test_incident_match.c - which pairs of reports are one event, and how alike two texts are. */
#include "ledger/incident_match.h"
#include "ledger/shape.h"
#include "unit.h"

/* A raid of one body on another on one day. */
static struct report_face raid(void) {
  return (struct report_face){.version = FACE_VERSION,
                              .first = 100,
                              .last = 100,
                              .type = 1,
                              .cameo = 190,
                              .stem = 5,
                              .actor = {11},
                              .actor_code = {21},
                              .n_actor = 1,
                              .recipient = {12},
                              .recipient_code = {22},
                              .n_recipient = 1};
}

static void the_same_parties_on_one_day_are_one(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  b.stem = 6; /* told in another word */
  assert_true(incident_score(&a, &b, COMPANY_OTHER) > 0);
  b.first = b.last = 101; /* and on the next day: alike, but weaker */
  assert_true(incident_score(&a, &b, COMPANY_OTHER) > 0);
  b.first = b.last = 102;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
}

static void other_parties_and_other_acts_are_not(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  b.actor[0] = 13, b.actor_code[0] = 23, b.recipient[0] = 14, b.recipient_code[0] = 24;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
  b = raid(), b.type = 2;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
  a = raid(), b = raid(), a.mode = 1, b.mode = 2, b.stem = 7;
  b.recipient[0] = 14, b.recipient_code[0] = 24;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
}

static void without_a_party_the_place_must_be_the_same(void **state) {
  (void)state;
  struct report_face a = raid(), b;
  a.n_actor = a.n_recipient = 0;
  b = a;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
  a.place = b.place = 9, a.fine = b.fine = 1;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) > 0);
  b.place = 8, a.country = 1, b.country = 2;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
}

static void copies_are_matched_by_the_word(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  assert_true(incident_score(&a, &b, COMPANY_FAMILY) > 0);
  b.stem = 6; /* another sentence of the same text */
  assert_true(incident_score(&a, &b, COMPANY_FAMILY) < 0);
  assert_true(incident_score(&a, &b, COMPANY_DOCUMENT) < 0);
}

static void days_that_the_texts_name_must_be_the_same(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  b.first = b.last = 101;
  a.exact = 1; /* "on Tuesday"; the other only stands in the next day's paper */
  assert_true(incident_score(&a, &b, COMPANY_OTHER) > 0);
  b.exact = 1;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
}

static void a_pact_of_two_is_not_that_of_one_of_them_with_a_third(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  a.n_recipient = b.n_recipient = 0;
  a.reciprocal = b.reciprocal = 1;
  a.actor[1] = 12, a.actor_code[1] = 22, a.n_actor = 2;
  b.actor[1] = 13, b.actor_code[1] = 23, b.n_actor = 2;
  assert_true(incident_score(&a, &b, COMPANY_OTHER) < 0);
  b.actor[1] = 12, b.actor[2] = 13, b.n_actor = 3; /* told with one more */
  assert_true(incident_score(&a, &b, COMPANY_OTHER) > 0);
}

static void the_score_does_not_depend_on_the_order(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  b.place = 4, b.country = 3, b.figure[1] = 77, a.figure[0] = 77, b.first = 99;
  for (int company = COMPANY_OTHER; company <= COMPANY_DOCUMENT; company++)
    assert_true(incident_score(&a, &b, (enum company)company) == incident_score(&b, &a, (enum company)company));
}

static void reasons_are_told(void **state) {
  (void)state;
  struct report_face a = raid(), b = raid();
  char words[128], small[9];
  incident_reasons(&a, &b, words, sizeof words);
  assert_string_equal(words, "same day, same actor, same recipient, same word");
  incident_reasons(&a, &b, small, sizeof small);
  assert_string_equal(small, "same day");
}

static const char text[] =
    "Gunmen attacked a convoy near the town on Monday and killed three guards, the police said. The convoy was on "
    "its way to the border, where aid for the camps is kept. A spokesman for the ministry said that the road would "
    "be closed until the end of the week. Nobody claimed the attack, which is the third of its kind this month.";

static void a_copy_is_found_though_cut_and_a_like_text_is_not(void **state) {
  (void)state;
  struct shape a, b, c, d;
  shape_of(str_of(text), &a);
  shape_of((str){text, sizeof text - 90}, &b);
  shape_of(
      STR("The third attack of this month killed three guards of a convoy, said a spokesman for the ministry. The police "
          "closed the road to the border town, where aid for the camps is on its way, until the end of the week, and "
          "nobody has claimed the attack near the border so far."),
      &c);
  shape_of(STR("Too short."), &d);
  assert_true(shape_alike(&a, &a) == 1);
  assert_true(shape_alike(&a, &b) > SHAPE_COPY);
  assert_true(shape_alike(&a, &c) < SHAPE_COPY);
  assert_true(shape_alike(&d, &d) == 0);
  int shared = 0;
  for (int i = 0; i < SHAPE_BANDS; i++) shared += shape_band(&a, i) == shape_band(&b, i);
  assert_true(shared > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_parties_on_one_day_are_one),
      cmocka_unit_test(other_parties_and_other_acts_are_not),
      cmocka_unit_test(without_a_party_the_place_must_be_the_same),
      cmocka_unit_test(copies_are_matched_by_the_word),
      cmocka_unit_test(days_that_the_texts_name_must_be_the_same),
      cmocka_unit_test(a_pact_of_two_is_not_that_of_one_of_them_with_a_third),
      cmocka_unit_test(the_score_does_not_depend_on_the_order),
      cmocka_unit_test(reasons_are_told),
      cmocka_unit_test(a_copy_is_found_though_cut_and_a_like_text_is_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
