/* test_intake.c - the readers, and one test for every kind of bad input. */
#include "base/utf8.h"
#include "files.h"
#include <sys/resource.h>
#include <zlib.h>

static const char *put_gzip(const char *name, const char *text, size_t cut) {
  char packed[4096];
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)(uintptr_t)text;
  z.avail_in = (uInt)strlen(text);
  z.next_out = (Bytef *)packed;
  z.avail_out = sizeof packed;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  size_t n = sizeof packed - z.avail_out;
  deflateEnd(&z);
  return put(name, packed, n - cut);
}

/* ---- plain text */

static void test_text_with_date_line(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("a.txt", " date 2020-12-26 Rockets hit the zone.\nNobody was hurt.\n"), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.text, "Rockets hit the zone.\nNobody was hurt.");
  SAME(t.r.id, path_of("a.txt"));
  end(&t);
}

static void test_text_with_headers(void **state) {
  (void)state;
  struct reading t;
  begin(&t,
        puts_file("h.txt",
                  "Date: 26 Dec 2020\r\nTitle: Rockets\r\nSource: wire-a\r\nId: x1\r\n\r\nBody: one.\r\nTwo.\r\n"),
        NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "Rockets");
  SAME(t.r.source, "wire-a");
  SAME(t.r.id, "x1");
  SAME(t.r.text, "Body: one.\nTwo.");
  end(&t);
}

static void test_text_that_only_looks_like_a_header(void **state) {
  (void)state;
  struct reading t;
  struct intake_options with = INTAKE_DEFAULTS;
  with.default_date = 100;
  begin(&t, puts_file("s.txt", "Source: the police.\nThey said so.\n"), &with);
  next(&t);
  SAME(t.r.text, "Source: the police.\nThey said so.");
  assert_int_equal(t.r.day, 100);
  end(&t);
}

/* ---- JSONL */

static void test_jsonl(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "a.jsonl",
          "{\"id\":\"a\",\"date\":\"2020-12-26\",\"title\":\"T\",\"text\":\"One.\",\"source\":\"w\",\"url\":\"u\",\"lang\":\"en\"}\n\n"
          "{\"id\":7,\"date\":\"2020-12-27T01:00:00Z\",\"text\":\"Two.\",\"more\":[1]}"),
      NULL);
  next(&t);
  SAME(t.r.id, "a");
  SAME(t.r.title, "T");
  SAME(t.r.text, "One.");
  SAME(t.r.source, "w");
  SAME(t.r.url, "u");
  SAME(t.r.lang, "en");
  assert_int_equal(t.r.line, 1);
  next(&t);
  SAME(t.r.id, "7");
  check_day(&t.r, "2020-12-27");
  assert_int_equal(t.r.line, 3);
  end(&t);
}

static void test_bad_line_does_not_stop_the_run(void **state) {
  (void)state;
  struct reading t;
  begin(&t,
        puts_file("b.jsonl", "{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\"One.\"}\n{\"id\":\"b\",,}\n[1]\n"
                             "{\"id\":\"c\",\"date\":\"2020-12-26\",\"text\":\"Three.\"}\n"),
        NULL);
  next(&t);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  assert_int_equal(t.r.error.line, 2);
  assert_non_null(strstr(t.r.error.message, "column 11"));
  assert_non_null(strstr(t.r.error.file, "b.jsonl"));
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  next(&t);
  SAME(t.r.id, "c");
  end(&t);
}

/* ---- CSV */

static void test_csv(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file("a.csv",
                "text,Date,id,other\r\n\"He said \"\"no\"\",\r\nthen left.\",2020-12-26,a,x\r\nTwo.,2020-12-27,b,\r\n"),
      NULL);
  next(&t);
  SAME(t.r.text, "He said \"no\",\r\nthen left.");
  SAME(t.r.id, "a");
  check_day(&t.r, "2020-12-26");
  assert_int_equal(t.r.line, 2);
  next(&t);
  SAME(t.r.text, "Two.");
  assert_int_equal(t.r.line, 4);
  end(&t);
}

static void test_csv_errors(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("e.csv", "id;date;text\na;2020-12-26\nb;2020-12-26;Good.\nc;2020-12-26;\"open\n"), NULL);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  SAME(t.r.id, "a");
  next(&t);
  assert_int_equal(t.r.error.code, ERR_OK);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  assert_int_equal(t.r.error.line, 4);
  end(&t);
  begin(&t, puts_file("n.csv", "id,date,body\na,2020-12-26,x\n"), NULL);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  end(&t);
}

/* ---- bad input of every kind */

static void test_empty_files(void **state) {
  (void)state;
  expect_one_error(puts_file("e.txt", ""), NULL, ERR_EMPTY);
  expect_one_error(puts_file("e.txt", " \n\n"), NULL, ERR_EMPTY);
  expect_one_error(puts_file("e.jsonl", ""), NULL, ERR_EMPTY);
  expect_one_error(puts_file("e.csv", ""), NULL, ERR_EMPTY);
  expect_one_error(puts_file("t.jsonl", "{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\" \"}\n"), NULL, ERR_EMPTY);
}

static void test_binary(void **state) {
  (void)state;
  static const char bytes[] = "\x7F"
                              "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0>\0\1\0\0\0";
  expect_one_error(put("prog.txt", bytes, sizeof bytes), NULL, ERR_BINARY);
  expect_one_error(put("prog.jsonl", bytes, sizeof bytes), NULL, ERR_BINARY);
  expect_one_error(put("prog.csv", bytes, sizeof bytes), NULL, ERR_BINARY);
  expect_one_error(put("zeros", "ab\0\0\0\0cd", 8), NULL, ERR_BINARY);
  expect_one_error(puts_file("a.pdf", "%PDF-1.4 ..."), NULL, ERR_BINARY);
}

static void test_dates(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "d.jsonl",
          "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"date\":\"2020-02-30\",\"text\":\"x\"}\n{\"id\":\"c\",\"date\":\"soon\",\"text\":\"x\"}\n"),
      NULL);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_DATE_MISSING);
  assert_non_null(strstr(t.r.error.message, "--date"));
  next(&t);
  assert_int_equal(t.r.error.code, ERR_DATE_BAD);
  assert_non_null(strstr(t.r.error.message, "2020-02-30"));
  next(&t);
  assert_int_equal(t.r.error.code, ERR_DATE_BAD);
  end(&t);
  expect_one_error(puts_file("n.txt", "A text without a date."), NULL, ERR_DATE_MISSING);
}

static void test_invalid_utf8_is_repaired_and_counted(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("u.jsonl", "{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\"caf\xE9 \xC3\xA9 \xFF.\"}\n"), NULL);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_OK);
  assert_int_equal(t.r.repaired, 2);
  assert_true(utf8_valid(t.r.text));
  SAME(t.r.text, "caf\xEF\xBF\xBD \xC3\xA9 \xEF\xBF\xBD.");
  end(&t);
  begin(&t, puts_file("u.txt", "date 2020-12-26 caf\xE9."), NULL);
  next(&t);
  assert_int_equal(t.r.repaired, 1);
  end(&t);
}

static void test_byte_order_marks(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("bom.jsonl", "\xEF\xBB\xBF{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\"x\"}\r\n"), NULL);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_OK);
  end(&t);
  static const char little[] = "\xFF\xFE"
                               "d\0a\0t\0e\0 \0"
                               "2\0"
                               "0\0"
                               "2\0"
                               "0\0-\0"
                               "1\0"
                               "2\0-\0"
                               "2\0"
                               "6\0 \0\xE9\0\x3D\xD8\x00\xDE";
  begin(&t, put("le.txt", little, sizeof little - 1), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.text, "\xC3\xA9\xF0\x9F\x98\x80");
  end(&t);
}

static void test_long_line_is_skipped_without_being_held(void **state) {
  (void)state;
  FILE *f = fopen(path_of("long.jsonl"), "wb");
  assert_non_null(f);
  char block[4096];
  memset(block, 'x', sizeof block);
  fputs("{\"id\":\"a\",\"text\":\"", f);
  for (int i = 0; i < 24000; i++) fwrite(block, 1, sizeof block, f); /* 98 MB */
  fputs("\"}\n{\"id\":\"b\",\"date\":\"2020-12-26\",\"text\":\"Two.\"}\n", f);
  fclose(f);
  struct rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  struct reading t;
  struct intake_options with = INTAKE_DEFAULTS;
  with.max_text = 1 << 20;
  begin(&t, path_of("long.jsonl"), &with);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_LIMIT);
  assert_int_equal(t.r.error.line, 1);
  next(&t);
  SAME(t.r.id, "b");
  assert_int_equal(t.r.line, 2);
  end(&t);
  getrusage(RUSAGE_SELF, &after);
  assert_true(after.ru_maxrss - before.ru_maxrss < 20000); /* kilobytes */
  unlink(path_of("long.jsonl"));
}

static void test_gzip(void **state) {
  (void)state;
  struct reading t;
  begin(&t, put_gzip("a.jsonl.gz", "{\"id\":\"a\",\"date\":\"2020-12-26\",\"text\":\"One.\"}\n", 0), NULL);
  next(&t);
  SAME(t.r.text, "One.");
  end(&t);
}

static void test_truncated_gzip(void **state) {
  (void)state;
  char text[1 << 12] = "";
  for (int i = 0; i < 30; i++) {
    size_t n = strlen(text);
    snprintf(text + n, sizeof text - n, "{\"id\":\"%d\",\"date\":\"2020-12-26\",\"text\":\"Number %d of %d.\"}\n", i,
             i * 7919, i * 31);
  }
  struct reading t;
  begin(&t, put_gzip("t.jsonl.gz", text, 60), NULL);
  size_t good = 0;
  bool cut = false;
  while (intake_next(t.in, &t.r)) {
    assert_false(cut);
    good += t.r.error.code == ERR_OK;
    cut = t.r.error.code == ERR_FORMAT;
  }
  assert_true(cut);
  assert_true(good > 10 && good < 30);
  intake_close(t.in);
}

static void test_files_that_cannot_be_opened(void **state) {
  (void)state;
  struct intake *in = NULL;
  struct err e = {0};
  assert_false(intake_open(&in, path_of("no-such-file"), NULL, &e));
  assert_int_equal(e.code, ERR_IO);
  assert_non_null(strstr(e.file, "no-such-file"));
  err_clear(&e);
  assert_false(intake_open(&in, folder, NULL, &e));
  assert_int_equal(e.code, ERR_IO);
  err_clear(&e);
  struct intake_options with = INTAKE_DEFAULTS;
  with.format = "nonsense";
  assert_false(intake_open(&in, puts_file("x.txt", "x"), &with, &e));
  assert_int_equal(e.code, ERR_USAGE);
  assert_null(in);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_text_with_date_line),
                                     cmocka_unit_test(test_text_with_headers),
                                     cmocka_unit_test(test_text_that_only_looks_like_a_header),
                                     cmocka_unit_test(test_jsonl),
                                     cmocka_unit_test(test_bad_line_does_not_stop_the_run),
                                     cmocka_unit_test(test_csv),
                                     cmocka_unit_test(test_csv_errors),
                                     cmocka_unit_test(test_empty_files),
                                     cmocka_unit_test(test_binary),
                                     cmocka_unit_test(test_dates),
                                     cmocka_unit_test(test_invalid_utf8_is_repaired_and_counted),
                                     cmocka_unit_test(test_byte_order_marks),
                                     cmocka_unit_test(test_long_line_is_skipped_without_being_held),
                                     cmocka_unit_test(test_gzip),
                                     cmocka_unit_test(test_truncated_gzip),
                                     cmocka_unit_test(test_files_that_cannot_be_opened)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
