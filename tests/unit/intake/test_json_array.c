/* test_json_array.c - arrays of documents, answers of ReliefWeb, tables of Zotero. The files are made up in those shapes. */
#include "files.h"

static const char relief[] =
    "{\"href\":\"https://api.reliefweb.int/v1/reports?limit=2\",\"took\":7,\"links\":{\"self\":[\"data\"]},\"totalCount\":2,\"count\":2,\n"
    "\"data\":[{\"id\":\"4028101\",\"score\":1,\"fields\":{\"id\":4028101,\"title\":\"Floods in the [north]\",\"body\":\"The river rose.\",\n"
    "\"date\":{\"original\":\"2020-12-26T00:00:00+00:00\",\"created\":\"2020-12-28T09:00:00+00:00\"},\"source\":[{\"id\":1,\"name\":\"Relief Office\"}],\n"
    "\"url\":\"https://reliefweb.int/node/4028101\",\"url_alias\":\"https://reliefweb.int/report/x/floods\",\"language\":[{\"code\":\"en\"}]}},\n"
    "{\"id\":\"4028102\",\"fields\":{\"title\":\"Camp\",\"body-html\":\"<p>Tents burned.</p><p>Nobody was hurt \\\\ lost.</p>\",\n"
    "\"date\":{\"created\":\"2020-12-28T09:00:00+00:00\"},\"source\":[]}}]}\n";

static void test_relief(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("r.json", relief), NULL);
  assert_string_equal(intake_format(t.in), "json");
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.id, "4028101");
  SAME(t.r.title, "Floods in the [north]");
  SAME(t.r.text, "The river rose.");
  SAME(t.r.source, "Relief Office");
  SAME(t.r.url, "https://reliefweb.int/report/x/floods");
  SAME(t.r.lang, "en");
  assert_int_equal(t.r.line, 2);
  next(&t);
  check_day(&t.r, "2020-12-28");
  SAME(t.r.text, "Tents burned.\n\nNobody was hurt \\ lost.");
  assert_int_equal(t.r.line, 5);
  end(&t);
}

static void test_array(void **state) {
  (void)state;
  struct reading t;
  begin(&t,
        puts_file("a.json",
                  "[\n {\"id\": \"x\",\n  \"date\": \"2020-12-26\", \"text\": \"One \\\"]} two.\"},\n {\"id\": 7, "
                  "\"text\": \"No date.\"},\n {\"id\": }\n]\n"),
        NULL);
  next(&t);
  SAME(t.r.id, "x");
  SAME(t.r.text, "One \"]} two.");
  next(&t);
  assert_int_equal(t.r.error.code, ERR_DATE_MISSING);
  assert_int_equal(t.r.error.line, 4);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  end(&t);
}

/* A file of lines keeps to lines, whatever its ending. */
static void test_lines_in_json(void **state) {
  (void)state;
  struct reading t;
  begin(&t,
        puts_file("l.json", "{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\"One.\"}\n"
                            "{\"id\":\"b\",\"date\":\"2020-12-26\",\"text\":\"Two.\"}\n"),
        NULL);
  assert_string_equal(intake_format(t.in), "jsonl");
  next(&t);
  next(&t);
  SAME(t.r.id, "b");
  end(&t);
}

static void test_bad_json(void **state) {
  (void)state;
  struct reading t;
  expect_one_error(puts_file("n.json", "{\n\"count\": 3, \"more\": {\"data\": [1]}\n}\n"), NULL, ERR_FORMAT);
  expect_one_error(puts_file("e.json", "[\n]\n"), NULL, ERR_EMPTY);
  expect_one_error(puts_file("m.json", "[\n1, 2]\n"), NULL, ERR_FORMAT);
  begin(&t, put("c.json", relief, sizeof relief - 90), NULL);
  next(&t);
  SAME(t.r.id, "4028101");
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  end(&t);
}

static void test_long_element(void **state) {
  (void)state;
  struct reading t;
  struct intake_options with = INTAKE_DEFAULTS;
  with.max_text = 64;
  begin(&t,
        puts_file("b.json",
                  "[\n{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"},\n"
                  "{\"id\":\"k\",\"date\":\"2020-12-26\",\"text\":\"One.\"}]"),
        &with);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_LIMIT);
  next(&t);
  SAME(t.r.id, "k");
  end(&t);
}

static void test_zotero(void **state) {
  (void)state;
  struct reading t;
  begin(&t,
        puts_file("z.csv", "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication "
                           "Title\",\"Url\",\"Abstract Note\",\"Date\",\"Date Added\",\"Language\"\n"
                           "\"AB12\",\"newspaperArticle\",\"2020\",\"Doe, J.\",\"Rockets, again\",\"The "
                           "Post\",\"https://p.example/1\",\"Rockets hit the zone.\",\"2020-12-26\",\"2021-01-02 "
                           "10:00:00\",\"en\"\n"),
        NULL);
  assert_string_equal(intake_format(t.in), "csv");
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.id, "AB12");
  SAME(t.r.title, "Rockets, again");
  SAME(t.r.source, "The Post");
  SAME(t.r.text, "Rockets hit the zone.");
  end(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_relief),        cmocka_unit_test(test_array),
                                     cmocka_unit_test(test_lines_in_json), cmocka_unit_test(test_bad_json),
                                     cmocka_unit_test(test_long_element),  cmocka_unit_test(test_zotero)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
