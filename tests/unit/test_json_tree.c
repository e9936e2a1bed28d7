/* test_json_tree.c - the JSON reader: what it takes is what jansson takes, values and strings alike. */
#include "base/json_tree.h"
#include "unit.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena memory;

static const struct json_value *tree(str s) {
  arena_release(&memory);
  arena_init(&memory, 1 << 24);
  return json_tree(s, &memory, NULL);
}

static void values_are_read(void **state) {
  (void)state;
  str s = STR(
      " {\"a\": [1, -2.5e1, true, null], \"b\": {\"c\": \"x\\n\\u00e9\\ud83d\\ude00y\"}, \"a\": \"last\", \"e\": \"\"} ");
  const struct json_value *v = tree(s), *item;
  size_t i, n = 0;
  assert_non_null(v);
  assert_int_equal(json_size(v), 4);
  assert_true(str_is(json_text(json_member(v, "a")), "last"));
  assert_true(str_is(json_text(json_member(json_member(v, "b"), "c")), "x\n\xC3\xA9\xF0\x9F\x98\x80y"));
  assert_null(json_member(v, "z"));
  assert_null(json_member(json_first(v), "z"));
  JSON_EACH(json_first(v), i, item) n += i;
  assert_int_equal(n, 0 + 1 + 2 + 3);
  assert_true(json_double(json_item(json_first(v), 1)) == -25.0);
  assert_true(isnan(json_double(json_item(json_first(v), 2))));
  assert_null(json_item(json_first(v), 4));
  assert_true(str_is(json_first(v)->text, "[1, -2.5e1, true, null]"));
}

static void errors_have_their_byte(void **state) {
  (void)state;
  struct err e = {0};
  arena_release(&memory);
  arena_init(&memory, 1 << 24);
  assert_null(json_tree(STR("{\"a\": nul}"), &memory, &e));
  assert_int_equal(e.code, ERR_FORMAT);
  assert_int_equal(e.byte, 6);
  err_clear(&e);
  assert_null(json_tree(STR("[1, 2] 3"), &memory, &e));
  assert_int_equal(e.byte, 7);
  err_clear(&e);
  struct arena small;
  arena_init(&small, 64);
  assert_null(json_tree(STR("[[[[[[[[1]]]]]]]]"), &small, &e));
  assert_int_equal(e.code, ERR_NOMEM);
  arena_release(&small);
}

/* Of each line jansson and the reader say the same. */
static void jansson_agrees(void **state) {
  (void)state;
  static const char *const lines[] = {"",
                                      " ",
                                      "null",
                                      "nulll",
                                      "tru",
                                      "[]",
                                      "[1]",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "{}",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{\"a\":1}x",
                                      "\"a\"",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "01",
                                      "-",
                                      "-0",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "1e+",
                                      "1e5",
                                      "-1.25E-3",
                                      "+1",
                                      "\"\\ud800\"",
                                      "\"\\udc00\"",
                                      "\"\\ud800\\u0041\"",
                                      "\"\\u0000\"",
                                      "\"\x01\"",
                                      "\"\xC3\"",
                                      "\"\xED\xA0\x80\"",
                                      "\"\t\"",
                                      "[\"\\\\\",\"\\\"\"]",
                                      "\xEF\xBB\xBF[]",
                                      "[[[]]",
                                      "]",
                                      "\"\\/\\b\\f\\n\\r\\t\"",
                                      "[1.0, 1e2]",
                                      "{\"a\":{\"b\":[{}]}}",
                                      "nan",
                                      "Infinity",
                                      "[\"\xF4\x90\x80\x80\"]"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    json_error_t bad;
    json_t *other = json_loadb(lines[i], strlen(lines[i]), JSON_DECODE_ANY, &bad);
    const struct json_value *v = tree(str_of(lines[i]));
    if (!v != !other) fail_msg("'%s': jansson %s it", lines[i], other ? "takes" : "refuses");
    if (v && json_is_string(other))
      assert_true(str_eq(json_text(v), (str){json_string_value(other), json_string_length(other)}));
    if (v && json_is_number(other)) assert_true(json_double(v) == json_number_value(other));
    if (v && json_is_object(other)) assert_int_equal(json_size(v), json_object_size(other));
    if (v && json_is_array(other)) assert_int_equal(json_size(v), json_array_size(other));
    json_decref(other);
  }
}

static void depth_has_an_end(void **state) {
  (void)state;
  char deep[2 * JSON_DEEPEST + 4];
  for (int over = 0; over < 2; over++) {
    int n = JSON_DEEPEST + over;
    memset(deep, '[', (size_t)n);
    memset(deep + n, ']', (size_t)n);
    bool taken = tree((str){deep, 2 * (size_t)n}) != NULL;
    assert_int_equal(taken, !over);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_read), cmocka_unit_test(errors_have_their_byte),
                                     cmocka_unit_test(jansson_agrees), cmocka_unit_test(depth_has_an_end)};
  arena_init(&memory, 1 << 24);
  int failed = RUN(tests);
  arena_release(&memory);
  return failed;
}
