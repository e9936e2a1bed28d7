/* The streaming writer: commas, escapes, numbers. */
#include "base/json.h"
#include "unit.h"
#include <math.h>

static void test_writer(void **state) {
  (void)state;
  struct buf b;
  buf_init(&b, 1000);
  struct json j = json_writer(&b);
  json_open(&j, '{');
  json_key_str(&j, "a", STR("x\"\\\n\x01\xC3\xA9"));
  json_key(&j, "b");
  json_open(&j, '[');
  json_int(&j, -5);
  json_number(&j, 2.50, 3);
  json_number(&j, NAN, 3);
  json_number(&j, 100, 0);
  json_number(&j, -0.0001, 2);
  json_close(&j, ']');
  json_key_bool(&j, "c", true);
  json_key_name(&j, "d", "");
  json_close(&j, '}');
  assert_true(
      str_is(buf_str(&b), "{\"a\":\"x\\\"\\\\\\n\\u0001\xC3\xA9\",\"b\":[-5,2.5,null,100,0],\"c\":true,\"d\":null}"));
  buf_release(&b);
}

static void test_cap(void **state) {
  (void)state;
  struct buf b;
  buf_init(&b, 8);
  struct json j = json_writer(&b);
  json_str(&j, STR("0123456789"));
  assert_true(b.failed);
  buf_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_writer), cmocka_unit_test(test_cap)};
  return RUN(tests);
}
