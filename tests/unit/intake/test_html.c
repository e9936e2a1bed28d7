/* test_html.c - the article of a page, and pages that would do harm. */
#include "files.h"
#include "intake/html_text.h"
#include <time.h>

static const char page[] =
    "<!DOCTYPE html><html lang=\"en\"><head><title>Rockets hit the zone | Wire A</title>"
    "<meta property=\"og:title\" content=\"Rockets hit the zone\"><meta property=\"og:site_name\" content=\"Wire A\">"
    "<meta property=\"article:published_time\" content=\"2020-12-26T10:00:00+03:00\">"
    "<link rel=\"canonical\" href=\"https://wire-a.example/1\"><style>p { color: red }</style></head>"
    "<body class=\"has-sidebar\"><nav><a href=\"/\">Home</a> <a href=\"/w\">World news from all over the planet and more of it</a></nav>"
    "<div class=\"main-menu\"><p>Choose one of the many sections that this page has on offer for you today.</p></div>"
    "<article><header><h1>Rockets hit the zone</h1><time datetime=\"2020-12-26\">26 Dec</time></header>"
    "<p>Three rockets hit the <a href=\"/z\">Green Zone</a> of the capital on Saturday, the\narmy said in a statement.</p>"
    "<script>var x = \"<p>not text</p>\";</script>"
    "<p>Nobody was hurt.</p><figure><figcaption>A picture of the place that was hit by the rockets.</figcaption></figure>"
    "<h2>No claim</h2><p>No group said that it had fired the rockets &amp; the search for those who did goes on.</p>"
    "<p><a href=\"/r\">Read more about the rockets that hit the zone on Saturday morning</a></p></article>"
    "<aside><p>Ten other stories that you might like to read now, with pictures and sound.</p></aside>"
    "<div id=\"comments\"><p>I think that this is a very bad article and the author should feel bad about it.</p></div>"
    "<footer><p>Copyright Wire A, all rights reserved, do not copy any of this without asking us.</p></footer></body></html>";

static void test_article_of_a_page(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("a.html", page), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "Rockets hit the zone");
  SAME(t.r.source, "Wire A");
  SAME(t.r.url, "https://wire-a.example/1");
  SAME(t.r.lang, "en");
  SAME(
      t.r.text,
      "Three rockets hit the Green Zone of the capital on Saturday, the army said in a statement.\n\nNobody was hurt.\n\n"
      "No claim\n\nNo group said that it had fired the rockets & the search for those who did goes on.");
  end(&t);
}

static void test_json_ld_and_declared_charset(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "l.html",
          "<html><head><meta charset=\"iso-8859-1\"><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\","
          "\"headline\":\"H\",\"datePublished\":\"2020-12-26\",\"publisher\":{\"name\":\"Wire B\"}}]}</script></head><body>"
          "<p>The caf\xE9 in the old town was closed by the police on Saturday.</p></body></html>"),
      NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "H");
  SAME(t.r.source, "Wire B");
  SAME(t.r.text, "The caf\xC3\xA9 in the old town was closed by the police on Saturday.");
  assert_int_equal(t.r.repaired, 0);
  end(&t);
}

static void test_page_without_paragraphs(void **state) {
  (void)state;
  struct reading t;
  struct intake_options with = INTAKE_DEFAULTS;
  with.default_date = 5;
  begin(&t, puts_file("p.html", "<html><body>Short line.<br><br>Another one.<td>Third"), &with);
  next(&t);
  SAME(t.r.text, "Short line.\n\nAnother one.\n\nThird");
  end(&t);
}

static void test_bad_pages(void **state) {
  (void)state;
  expect_one_error(puts_file("e.html", ""), NULL, ERR_EMPTY);
  expect_one_error(puts_file("n.html", "<html><body><script>x</script></body></html>"), NULL, ERR_EMPTY);
  expect_one_error(puts_file("d.html", "<p>Text that has no date and so cannot be put on any day of the calendar.</p>"),
                   NULL, ERR_DATE_MISSING);
  expect_one_error(put("b.html", "<p>\0\0\0\0\0", 8), NULL, ERR_BINARY);
}

static void nest(const char *open, const char *close, size_t n, enum err_code want) {
  size_t room = n * 16 + 64;
  char *html = malloc(room), *p = html;
  assert_non_null(html);
  p += snprintf(p, room - (size_t)(p - html), "<meta name=date content=2020-12-26>");
  for (size_t i = 0; i < n; i++) p += snprintf(p, room - (size_t)(p - html), "%s", open);
  p += snprintf(p, room - (size_t)(p - html), "deep text");
  for (size_t i = 0; i < n; i++) p += snprintf(p, room - (size_t)(p - html), "%s", close);
  clock_t start = clock();
  struct reading t;
  begin(&t, put("deep.html", html, (size_t)(p - html)), NULL);
  next(&t);
  assert_int_equal(t.r.error.code, want);
  end(&t);
  assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
  free(html);
}

static void test_deep_nesting_is_safe(void **state) {
  (void)state;
  nest("<div>", "</div>", 1000, ERR_OK);
  nest("<div>", "</div>", 300000, ERR_LIMIT);
  nest("<b>", "</i>", 300000, ERR_LIMIT);
  nest("<p>", "</div>", 100000, ERR_OK); /* a paragraph ends the one before */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_article_of_a_page),
                                     cmocka_unit_test(test_json_ld_and_declared_charset),
                                     cmocka_unit_test(test_page_without_paragraphs), cmocka_unit_test(test_bad_pages),
                                     cmocka_unit_test(test_deep_nesting_is_safe)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
