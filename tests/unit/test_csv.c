/* test_csv.c - cells written are the cells read; quotes, line ends, separators, errors with their line. */
#include "base/csv.h"
#include "unit.h"
#include <string.h>

enum { MOST = 8 };

static struct arena memory;

/* All cells of a text, '|' between them and '/' behind each row; "error LINE" behind what was read before one. */
static void reads(str text, const char *want) {
  struct csv_reader r;
  struct err e = {0};
  struct buf got;
  str cells[MOST];
  size_t n;
  int there;
  buf_init(&got, 1 << 16);
  csv_reader_init(&r, text);
  while ((there = csv_row(&r, &memory, cells, MOST, &n, &e)) == 1) {
    for (size_t i = 0; i < n; i++) {
      if (i) buf_putc(&got, '|');
      buf_put(&got, cells[i]);
    }
    buf_putc(&got, '/');
  }
  if (there < 0) buf_printf(&got, "error %lu", (unsigned long)e.line);
  buf_putc(&got, 0);
  assert_string_equal(got.p, want);
  buf_release(&got);
}

static void rows_are_read(void **state) {
  (void)state;
  reads(STR(""), "");
  reads(STR("\n\r\n"), "");
  reads(STR("a,b\nc,d"), "a|b/c|d/");
  reads(STR("a,b\r\nc,d\r\n"), "a|b/c|d/");
  reads(STR("\xEF\xBB\xBF"
            "a,,\n,\n"),
        "a||/|/");
  reads(STR("\"a \"\"b\"\"\",\"c,d\"\n\"e\nf\",g\n"), "a \"b\"|c,d/e\nf|g/");
  reads(STR("a;b,c;d\n\"x;y\";z;\n"), "a|b,c|d/x;y|z|/");
  reads(STR("a\tb\nc\t\"d\"\n"), "a|b/c|d/");
  reads(STR("a \"b\" c,\"d\" e,f\n"), "a \"b\" c|d|f/");
}

static void errors_have_their_line(void **state) {
  (void)state;
  reads(STR("a,b\n\"c,d\n"), "a|b/error 2");
  reads(STR("\"a\nb\",c\n\n\"d"), "a\nb|c/error 4");
  reads(STR("1,2,3,4,5,6,7,8\n1,2,3,4,5,6,7,8,9\n"), "1|2|3|4|5|6|7|8/error 2");
}

static void what_is_written_is_read(void **state) {
  (void)state;
  static const char *const cells[] = {"plain", "with, comma", "with \"marks\"", "two\nlines", " blank ", ""};
  struct buf text;
  struct csv_reader r;
  struct err e = {0};
  str got[MOST];
  size_t n, many = sizeof cells / sizeof *cells;
  buf_init(&text, 1 << 16);
  for (size_t i = 0; i < many; i++) {
    if (i) buf_putc(&text, ',');
    csv_put(&text, str_of(cells[i]), false);
  }
  csv_reader_init(&r, buf_str(&text));
  assert_int_equal(csv_row(&r, &memory, got, MOST, &n, &e), 1);
  assert_int_equal(n, many);
  for (size_t i = 0; i < many; i++) assert_true(str_is(got[i], cells[i]));
  buf_release(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_read), cmocka_unit_test(errors_have_their_line),
                                     cmocka_unit_test(what_is_written_is_read)};
  arena_init(&memory, 1 << 20);
  int failed = RUN(tests);
  arena_release(&memory);
  return failed;
}
