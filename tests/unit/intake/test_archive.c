/* test_archive.c - exports of archives of news, with several articles each, as text, RTF, DOCX and HTML. The files are made up in those shapes. */
#include "files.h"
#include <zlib.h>

static const char lexis[] =
    "                               1 of 2 DOCUMENTS\n\n\n                               The Harbour Post\n\n"
    "                          December 26, 2020 Saturday\n                              Late Edition - Final\n\nRockets hit the zone\n\n"
    "BYLINE: By A. WRITER\n\nSECTION: Section A; Column 1; Pg. 4\n\nLENGTH: 23 words\n\nDATELINE: NORTHTOWN\n\n"
    "Rockets hit the zone on Friday\nbefore dawn.\n\nNobody was hurt.\n\nURL: https://post.example/1\n\nLOAD-DATE: December 27, 2020\n\n"
    "LANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n                     Copyright 2020 The Harbour Post\n"
    "                               2 of 2 DOCUMENTS\n\n                               Wire B\n\n                          December 27, 2020\n\n"
    "HEADLINE: Envoy leaves\n\nLENGTH: 5 words\n\nThe envoy left.\n\nLANGUAGE: ENGLISH\n";

static void test_lexis(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("lexis.txt", lexis), NULL);
  assert_string_equal(intake_format(t.in), "export");
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "Rockets hit the zone");
  SAME(t.r.source, "The Harbour Post");
  SAME(t.r.text, "Rockets hit the zone on Friday\nbefore dawn.\n\nNobody was hurt.");
  SAME(t.r.url, "https://post.example/1");
  SAME(t.r.lang, "en");
  assert_int_equal(t.r.line, 4);
  next(&t);
  check_day(&t.r, "2020-12-27");
  SAME(t.r.title, "Envoy leaves");
  SAME(t.r.source, "Wire B");
  SAME(t.r.text, "The envoy left.");
  end(&t);
}

static const char factiva[] =
    "SE World\nHD Rockets hit the zone\nBY By A. Writer\nWC 12 words\nPD 26 December 2020\nET 10:00\nSN Harbour News\nSC HARB\nLA English\n"
    "CY (c) 2020 Harbour\n\nLP \nNORTHTOWN, Dec 26 - Rockets hit the zone.\n\nTD \nNobody was hurt.\n\nThe army said so.\n\nCO xyz : Firm\n"
    "NS gcat : Politics\nAN Document HARB000020201226egcq0001w\n\n"
    "HD Envoy leaves\nWC 3 words\nPD 27 December 2020\nSN Wire B\nLA English\nLP The envoy left.\nAN Document WIRB000020201227egcr00002\n\n"
    "Search Summary\nText\nrockets\nDate\n26/12/2020 to 27/12/2020\n";

static void check_factiva(struct reading *t) {
  next(t);
  check_day(&t->r, "2020-12-26");
  SAME(t->r.id, "HARB000020201226egcq0001w");
  SAME(t->r.title, "Rockets hit the zone");
  SAME(t->r.source, "Harbour News");
  SAME(t->r.lang, "en");
}

static void test_factiva_tags(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("factiva.txt", factiva), NULL);
  check_factiva(&t);
  SAME(t.r.text, "NORTHTOWN, Dec 26 - Rockets hit the zone.\n\nNobody was hurt.\n\nThe army said so.");
  next(&t);
  SAME(t.r.id, "WIRB000020201227egcr00002");
  SAME(t.r.text, "The envoy left.");
  end(&t);
}

static const char factiva_rtf[] =
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}{\\*\\generator x;}{\\header Page}\\uc1\n"
    "{\\b Rockets hit the zone}\\par By A. Writer\\par 1,012 words\\par 26 December 2020\\par 10:00\\par Harbour News\\par HARB\\par English\\par\n"
    "Copyright 2020 Harbour\\par\\par The caf\\'e9\\rquote s owner fled \\u8211?twice.\\par Nobody \\{was\\} hurt.\\par\n"
    "Document HARB000020201226egcq0001w\\par\\pard Envoy leaves\\par 3 words\\par 27 December 2020\\par Wire B\\par English\\par (c) 2020 B\\par "
    "The envoy left.\\par Document WIRB000020201227egcr00002\\par Search Summary\\par}";

static void test_factiva_rtf(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("factiva.rtf", factiva_rtf), NULL);
  check_factiva(&t);
  SAME(t.r.text, "The caf\xC3\xA9\xE2\x80\x99s owner fled \xE2\x80\x93twice.\n\nNobody {was} hurt.");
  next(&t);
  check_day(&t.r, "2020-12-27");
  SAME(t.r.title, "Envoy leaves");
  end(&t);
}

static void test_factiva_html(void **state) {
  (void)state;
  struct reading t;
  begin(
      &t,
      puts_file(
          "factiva.html",
          "<html><head><title>Factiva</title></head><body><div id=\"hd\"><a href=\"x\">Menu</a></div><div class=\"article enArticle\">"
          "<p>World</p><div id=\"hd\"><span class=\"enHeadline\">Rockets hit the zone</span></div><div class=\"author\">By A. Writer</div>"
          "<div>12 words</div><div>26 December 2020</div><div>10:00</div><div>Harbour News</div><div>HARB</div><div>English</div>"
          "<div>Copyright 2020 Harbour</div><p class=\"articleParagraph\">Rockets hit the zone.</p><p>Nobody was hurt.</p>"
          "<p>Document HARB000020201226egcq0001w</p></div><p>Search Summary</p></body></html>"),
      NULL);
  assert_string_equal(intake_format(t.in), "export");
  check_factiva(&t);
  SAME(t.r.text, "Rockets hit the zone.\n\nNobody was hurt.");
  end(&t);
}

static const char proquest[] =
    "____________________________________________________________\n\nReport Information from ProQuest\n\n"
    "____________________________________________________________\n\nDocument 1 of 2\n\nRockets hit the zone\n\nAuthor: Writer, A.\n\n"
    "Publication info: The Harbour Post ; Northtown [Northtown]26 Dec 2020: A.4.\n\nProQuest document link: https://pq.example/1\n\n"
    "Abstract: Rockets hit.\n\nFull text: Rockets hit the zone.\n\nNobody was hurt: luck.\n\nSubject: Rockets\n\nTitle: Rockets hit the zone\n\n"
    "Publication title: The Harbour Post\n\nPublication date: Dec 26, 2020\n\nLanguage of publication: English\n\n"
    "ProQuest document ID: 247200001\n\nDocument URL: https://pq.example/1\n\nDatabase: Newsstand\n\n"
    "____________________________________________________________\n\nDocument 2 of 2\n\nTitle: Envoy leaves\n\nAbstract: The envoy left.\n\n"
    "Publication title: Wire B\n\nPublication date: Dec 32, 2020\n\nProQuest document ID: 247200002\n\n"
    "____________________________________________________________\n\nContact us at: http://help.example\n";

static void test_proquest(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("proquest.txt", proquest), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.id, "247200001");
  SAME(t.r.title, "Rockets hit the zone");
  SAME(t.r.source, "The Harbour Post");
  SAME(t.r.url, "https://pq.example/1");
  SAME(t.r.text, "Rockets hit the zone.\n\nNobody was hurt: luck.");
  next(&t);
  SAME(t.r.id, "247200002");
  assert_int_equal(t.r.error.code, ERR_DATE_BAD);
  assert_int_equal(t.r.error.line, 43);
  end(&t);
}

/* ---- DOCX: a part as an archive holds it, deflated, with its lengths in front or behind */

struct zip {
  unsigned char p[8192];
  size_t n;
};

static void zip_number(struct zip *z, uint32_t v, int bytes) {
  for (int i = 0; i < bytes; i++) z->p[z->n++] = (unsigned char)(v >> 8 * i);
}

static void zip_part(struct zip *z, const char *name, const char *text, bool behind) {
  unsigned char packed[4096];
  z_stream s = {0};
  assert_int_equal(deflateInit2(&s, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
  s.next_in = (Bytef *)(uintptr_t)text, s.avail_in = (uInt)strlen(text);
  s.next_out = packed, s.avail_out = sizeof packed;
  assert_int_equal(deflate(&s, Z_FINISH), Z_STREAM_END);
  uint32_t n = (uint32_t)s.total_out;
  deflateEnd(&s);
  zip_number(z, 0x04034b50, 4), zip_number(z, 20, 2), zip_number(z, behind ? 8 : 0, 2), zip_number(z, 8, 2);
  zip_number(z, 0, 4), zip_number(z, 0, 4), zip_number(z, behind ? 0 : n, 4),
      zip_number(z, behind ? 0 : (uint32_t)strlen(text), 4);
  zip_number(z, (uint32_t)strlen(name), 2), zip_number(z, 0, 2);
  memcpy(z->p + z->n, name, strlen(name)), z->n += strlen(name);
  memcpy(z->p + z->n, packed, n), z->n += n;
  if (behind)
    zip_number(z, 0x08074b50, 4), zip_number(z, 0, 4), zip_number(z, n, 4), zip_number(z, (uint32_t)strlen(text), 4);
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
static const char nexis[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" P(
        "User Name: = a b") P("Date and Time: = 3 January 2021") P("Documents (2)") P("1. Rockets hit the zone")
        P("Client/Matter: -None-") P("Rockets hit the zone") P("The Harbour Post") P("December 26, 2020 Saturday") P("")
            P("Copyright 2020 The Harbour Post All Rights Reserved") P("Section: NEWS; Pg. 4") P("Length: 12 words") P(
                "Byline: A. Writer") P("Body")
                P("") "<w:p><w:r><w:t>Rockets </w:t></w:r><w:del><w:r><w:delText>missed</w:delText></w:r></w:del><w:r><w:t>hit.</w:t></w:r></w:p>" P(
                    "Nobody was hurt &amp; nothing burned.") P("Classification") P("Language: ENGLISH")
                    P("Load-Date: December 27, 2020") P("End of Document") P("Envoy leaves") P("Wire B")
                        P("December 27, 2020 Sunday 10:15 AM GMT") P("Length: 3 words") P("Body") P("The envoy left.")
                            P("End of Document") "</w:body></w:document>";

static void check_nexis(const char *path) {
  struct reading t;
  begin(&t, path, NULL);
  assert_string_equal(intake_format(t.in), "export");
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "Rockets hit the zone");
  SAME(t.r.source, "The Harbour Post");
  SAME(t.r.text, "Rockets hit.\n\nNobody was hurt & nothing burned.");
  SAME(t.r.lang, "en");
  next(&t);
  check_day(&t.r, "2020-12-27");
  SAME(t.r.title, "Envoy leaves");
  SAME(t.r.text, "The envoy left.");
  end(&t);
}

static void test_nexis_docx(void **state) {
  (void)state;
  for (int behind = 0; behind < 2; behind++) {
    struct zip z = {.n = 0};
    zip_part(&z, "[Content_Types].xml", "<Types/>", behind);
    zip_part(&z, "word/document.xml", nexis, behind);
    check_nexis(put("nexis.docx", z.p, z.n));
  }
}

static void test_one_document(void **state) {
  (void)state;
  struct reading t;
  begin(&t, puts_file("one.rtf", "{\\rtf1 Date: 2020-12-26\\par Title: Rockets\\par\\par Rockets hit.\\par}"), NULL);
  next(&t);
  check_day(&t.r, "2020-12-26");
  SAME(t.r.title, "Rockets");
  SAME(t.r.text, "Rockets hit.");
  end(&t);
}

static void test_bad(void **state) {
  (void)state;
  struct reading t;
  struct zip z = {.n = 0};
  zip_part(&z, "other.xml", "<a/>", false);
  expect_one_error(put("z.docx", z.p, z.n), NULL, ERR_BINARY);
  zip_part(&z, "word/document.xml", nexis, false);
  expect_one_error(put("c.docx", z.p, 60), NULL, ERR_FORMAT);
  expect_one_error(put("d.docx", z.p, 170), NULL, ERR_FORMAT);
  expect_one_error(puts_file("g.rtf", "{\\rtf1 Text that is cut"), NULL, ERR_FORMAT);
  begin(&t, put("cut.txt", factiva, strlen(factiva) - 120), NULL);
  check_factiva(&t);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  SAME(t.r.title, "Envoy leaves");
  end(&t);
  begin(&t, put("cut.rtf", factiva_rtf, sizeof factiva_rtf - 120), NULL);
  check_factiva(&t);
  next(&t);
  assert_int_equal(t.r.error.code, ERR_FORMAT);
  assert_true(t.r.error.line > 1);
  end(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_lexis),        cmocka_unit_test(test_factiva_tags),
                                     cmocka_unit_test(test_factiva_rtf),  cmocka_unit_test(test_factiva_html),
                                     cmocka_unit_test(test_proquest),     cmocka_unit_test(test_nexis_docx),
                                     cmocka_unit_test(test_one_document), cmocka_unit_test(test_bad)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
