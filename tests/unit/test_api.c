/* The public interface as a stranger uses it: pages, errors, the same bytes again. */
#include "tightrope/tightrope.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static tr_engine *engine;

static int open_engine(void **state) {
  (void)state;
  tr_error error;
  tr_options options = {.data = getenv("TIGHTROPE_SOURCE")};
  engine = tr_open(&options, &error);
  return engine ? 0 : -1;
}

static int close_engine(void **state) {
  (void)state;
  tr_close(engine);
  return 0;
}

static void test_page(void **state) {
  (void)state;
  static const char text[] = "France expelled two Turkish diplomats on Monday.";
  tr_error error;
  tr_worker *w = tr_worker_open(engine, &error);
  assert_non_null(w);
  tr_document d = {.id = "x1", .date = "2024-05-15", .text = text, .text_length = sizeof text - 1};
  size_t n, again;
  const char *page = tr_code(w, &d, &n, &error);
  assert_non_null(page);
  assert_string_equal(error.code, "");
  assert_int_equal(strlen(page), n);
  assert_non_null(strstr(page, "\"schema\":\"" TR_SCHEMA "\""));
  char *first = strdup(page);
  page = tr_code(w, &d, &again, &error);
  assert_int_equal(again, n);
  assert_string_equal(page, first);
  free(first);
  tr_worker_close(w);
}

static void test_errors(void **state) {
  (void)state;
  tr_error error;
  tr_worker *w = tr_worker_open(engine, &error);
  tr_document d = {.id = "x2", .text = "Nothing.", .text_length = 8};
  assert_non_null(strstr(tr_code(w, &d, NULL, &error), "\"error\":{\"code\":\"date-missing\""));
  assert_string_equal(error.code, "date-missing");
  d.date = "2021-02-29";
  tr_code(w, &d, NULL, &error);
  assert_string_equal(error.code, "date-bad");
  assert_int_equal(tr_event_count(w), 0);
  tr_event event;
  assert_int_equal(tr_event_get(w, 0, &event), -1);
  tr_worker_close(w);
  tr_options nowhere = {.data = "/nonexistent"};
  assert_null(tr_open(&nowhere, &error));
  assert_true(error.code[0] != 0);
  tr_close(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_page), cmocka_unit_test(test_errors)};
  return cmocka_run_group_tests(tests, open_engine, close_engine);
}
