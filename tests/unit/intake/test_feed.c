/* test_feed.c - RSS and Atom. */
#include "files.h"

static const char rss[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\n"
    "<title>Wire A</title><language>en-gb</language>\n"
    "<item><title>Rockets &amp; shells</title><link>https://a.example/1</link><guid>g1</guid>\n"
    "<pubDate>Sat, 26 Dec 2020 10:00:00 GMT</pubDate><description>Short.</description>"
    "<content:encoded><![CDATA[<p>Rockets hit.</p><p>Nobody was hurt.</p>]]></content:encoded></item>\n"
    "<item><title>Two</title><link>https://a.example/2</link><pubDate>Sun, 27 Dec 2020 10:00:00 GMT</pubDate>"
    "<description>&lt;b&gt;Caf\xE9&lt;/b&gt; closed.</description></item></channel></rss>";

static void test_rss(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("a.xml", rss), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.id, "g1");
  SAME(t.r.title, "Rockets & shells");
  SAME(t.r.source, "Wire A");
  SAME(t.r.url, "https://a.example/1");
  SAME(t.r.lang, "en-gb");
  SAME(t.r.text, "Rockets hit.\n\nNobody was hurt.");
  assert_int_equal(t.r.line, 4);
  next(&t);
  check_day(&t.r, "2020-12-27");
  SAME(t.r.id, "https://a.example/2");
  SAME(t.r.text, "Caf\xEF\xBF\xBD closed.");
  end(&t);
}

static void test_atom(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "a.atom",
          "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire B</title><entry><id>urn:1</id><title type=\"html\">One &lt;i&gt;two&lt;/i&gt;</title>"
          "<link rel=\"self\" href=\"https://b.example/self\"/><link href=\"https://b.example/1\"/><updated>2020-12-27T00:00:00Z</updated>"
          "<published>2020-12-26T00:00:00Z</published><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>First part.</p>"
          "<p>Second.</p></div></content></entry></feed>"),
      NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "One two");
  SAME(t.r.url, "https://b.example/1");
  SAME(t.r.source, "Wire B");
  SAME(t.r.id, "urn:1");
  assert_true(str_starts(t.r.text, STR("First part.")));
  end(&t);
}

static void test_declared_encoding(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "l.rss",
          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><guid>1</guid><pubDate>2020-12-26</pubDate>"
          "<description>Caf\xE9.</description></item></channel></rss>"),
      NULL);
  next(&t);
  SAME(t.r.text, "Caf\xC3\xA9.");
  end(&t);
}

static void test_bad_feeds(void **state) {
  (void)state;
  expect_one_error(puts_file("e.rss", ""), NULL, ERR_EMPTY);
  expect_one_error(puts_file("n.rss", "<rss><channel><title>x</title></channel></rss>"), NULL, ERR_EMPTY);
  expect_one_error(put("b.rss", "<rss>\0\0\0\0\0\0", 11), NULL, ERR_BINARY);
  expect_one_error(puts_file("m.rss",
                             "<rss><channel><item><guid>1</guid><description>x</description></item></channel></rss>"),
                   NULL, ERR_DATE_MISSING);
}

static void test_cut_off_after_good_items(void **state) {
  (void)state;
  struct reading t;
  begin(&t, put("c.rss", rss, sizeof rss - 60), NULL);
  next(&t);
  SAME(t.r.id, "g1");
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  assert_true(t.r.error.line > 0);
  end(&t);
}

static void test_entities_are_not_expanded(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "x.rss",
          "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
          "<rss><channel><item><guid>1</guid><pubDate>2020-12-26</pubDate><description>Text &b; &f;.</description></item></channel></rss>"),
      NULL);
  next(&t);
  assert_true(str_starts(t.r.text, STR("Text")));
  assert_true(str_find_str(t.r.text, STR("root:")) == t.r.text.n);
  end(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_rss),
                                     cmocka_unit_test(test_atom),
                                     cmocka_unit_test(test_declared_encoding),
                                     cmocka_unit_test(test_bad_feeds),
                                     cmocka_unit_test(test_cut_off_after_good_items),
                                     cmocka_unit_test(test_entities_are_not_expanded)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
