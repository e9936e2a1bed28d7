/* fuzz_json_tree.c - any bytes as JSON: the reader takes no more than jansson does, and finds the same strings. */
#include "base/json_tree.h"
#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct json_value *v, const json_t *other, int depth) {
  if (json_is_string(other) && !str_eq(json_text(v), (str){json_string_value(other), json_string_length(other)}))
    abort();
  if (json_is_array(other)) {
    if (json_size(v) != json_array_size(other)) abort();
    for (size_t i = 0; i < json_array_size(other) && depth < 8; i++)
      same(json_item(v, i), json_array_get(other, i), depth + 1);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct arena memory;
  json_error_t bad;
  arena_init(&memory, 1 << 26);
  const struct json_value *v = json_tree((str){(const char *)data, size}, &memory, NULL);
  json_t *other = json_loadb((const char *)data, size, JSON_DECODE_ANY, &bad);
  if (v && !other && json_error_code(&bad) != json_error_numeric_overflow) abort();
  if (v && other) same(v, other, 0);
  json_decref(other);
  arena_release(&memory);
  return 0;
}
