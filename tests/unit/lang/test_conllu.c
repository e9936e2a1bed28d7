/* CoNLL-U in and out: what is not annotation comes back as it was; bad files are errors with a line. */
#include "doc/conllu.h"
#include "lang.h"

static const char SAMPLE[] = "# newdoc id = a\n"
                             "# sent_id = a-1\n"
                             "# text = They don't \"know\".\n"
                             "1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t4:nsubj\t_\n"
                             "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tX=1\n"
                             "2\tdo\tdo\tAUX\tVBP\t_\t5\taux\t_\t_\n"
                             "3\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_\n"
                             "4\t\"\t\"\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No\n"
                             "5\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
                             "5.1\tit\tit\tPRON\tPRP\t_\t_\t_\t5:obj\t_\n"
                             "6\t\"\t\"\tPUNCT\t''\t_\t5\tpunct\t_\tSpaceAfter=No\n"
                             "7\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n"
                             "\n"
                             "# sent_id = a-2\n"
                             "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n"
                             "\n"
                             "# newdoc id = b\n"
                             "1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n"
                             "\n";

struct fixture {
  struct symtab words;
  struct doc doc;
  struct buf text, out;
  struct conllu_reader reader;
  struct err e;
};

static void start(struct fixture *f, str source) {
  memset(f, 0, sizeof *f);
  assert_true(symtab_init(&f->words));
  doc_init(&f->doc);
  buf_init(&f->text, 1 << 20);
  buf_init(&f->out, 1 << 20);
  conllu_reader_init(&f->reader, source, "f.conllu");
}
static void stop(struct fixture *f) {
  doc_release(&f->doc);
  symtab_release(&f->words);
  buf_release(&f->text), buf_release(&f->out);
}
static bool next(struct fixture *f, uint32_t most, str *source) {
  return conllu_read(&f->reader, &f->doc, &f->words, most, &f->text, source, &f->e);
}

static void test_reads(void **state) {
  struct fixture f;
  str source;
  (void)state;
  start(&f, str_of(SAMPLE));
  assert_true(next(&f, 1000, &source));
  assert_int_equal(f.doc.tokens.n, 8);
  assert_int_equal(f.doc.sentences.n, 3); /* no title, two sentences */
  assert_true(str_is(str_sub(f.doc.text, 0, f.doc.body_len), "They don't \"know\". Yes "));
  assert_true(f.doc.tokens.flags[1] & TOKEN_MWT_FIRST);
  assert_true(f.doc.tokens.flags[2] & TOKEN_MWT_MORE);
  assert_false(f.doc.tokens.flags[3] & (TOKEN_MWT_FIRST | TOKEN_MWT_MORE | TOKEN_SPACE_AFTER));
  assert_true(f.doc.tokens.flags[2] & TOKEN_SPACE_AFTER);
  assert_true(str_is(token_text(&f.doc, 4), "know"));
  assert_true(next(&f, 1000, &source)); /* the next document */
  assert_int_equal(f.doc.tokens.n, 1);
  assert_false(next(&f, 1000, &source));
  assert_int_equal(f.e.code, ERR_OK);
  stop(&f);
}

/* Lines of a text that do not begin with a digit, or are ranges or empty nodes, in order. */
static void kept_lines(str s, struct buf *out) {
  while (s.n) {
    str line = str_cut(&s, '\n'), rest = line, id = str_cut(&rest, '\t');
    if (line.n && ascii_digit(line.p[0]) && str_find(id, '-') == id.n && str_find(id, '.') == id.n) continue;
    buf_put(out, line), buf_putc(out, '\n');
  }
}

static void test_writes_over(void **state) {
  struct fixture f;
  struct buf a, b;
  str source;
  (void)state;
  start(&f, str_of(SAMPLE));
  buf_init(&a, 1 << 20), buf_init(&b, 1 << 20);
  for (uint32_t most = 1; next(&f, most, &source);) {
    f.doc.have |= HAVE_TREE;
    for (uint32_t t = 0; t < f.doc.tokens.n; t++) {
      f.doc.tokens.upos[t] = UPOS_NOUN, f.doc.tokens.deprel[t] = DEPREL_DEP;
      f.doc.tokens.head[t] = f.doc.sentences.at[f.doc.tokens.sentence[t]].first;
    }
    conllu_write_over(&f.doc, source, NULL, &f.out);
  }
  kept_lines(str_of(SAMPLE), &a), kept_lines(buf_str(&f.out), &b);
  assert_true(str_eq(buf_str(&a), buf_str(&b)));
  assert_true(str_find_str(buf_str(&f.out), STR("3\tn't\tn't\tNOUN\t_\t_\t1\tdep\t_\t_\n")) < f.out.n);
  assert_true(str_find_str(buf_str(&f.out), STR("5\tknow\tknow\tNOUN\t_\t_\t1\tdep\t_\tSpaceAfter=No\n")) < f.out.n);
  buf_release(&a), buf_release(&b);
  stop(&f);
}

static void test_round_trip(void **state) { /* written from the document, read again: the same tokens */
  struct fixture f, g;
  str source;
  (void)state;
  start(&f, str_of(SAMPLE));
  assert_true(next(&f, 1000, &source));
  conllu_write(&f.doc, STR("a"), NULL, &f.out);
  assert_true(str_find_str(buf_str(&f.out), STR("# newdoc id = a\n# sent_id = a-1\n# text = They don't \"know\".\n")) <
              f.out.n);
  assert_true(str_find_str(buf_str(&f.out), STR("2-3\tdon't\t")) < f.out.n);
  start(&g, buf_str(&f.out));
  assert_true(next(&g, 1000, &source));
  assert_true(str_eq(f.doc.text, g.doc.text));
  assert_int_equal(f.doc.tokens.n, g.doc.tokens.n);
  for (uint32_t t = 0; t < f.doc.tokens.n; t++) {
    assert_int_equal(f.doc.tokens.beg[t], g.doc.tokens.beg[t]);
    assert_int_equal(f.doc.tokens.flags[t], g.doc.tokens.flags[t]);
  }
  stop(&g), stop(&f);
}

static void test_margins(void **state) { /* in MISC, beside what stands there, in the order of their names */
  const struct feats_names names = {.margins = true};
  struct fixture f;
  str source;
  (void)state;
  start(&f, str_of(SAMPLE));
  assert_true(next(&f, 1000, &source));
  f.doc.tokens.margin[0] = 7, f.doc.tokens.tag_margin[0] = 31;
  conllu_write(&f.doc, STR("a"), &names, &f.out);
  assert_true(str_find_str(buf_str(&f.out), STR("\t_\tHeadMargin=7|TagMargin=31\n")) < f.out.n);
  buf_clear(&f.out);
  conllu_write_over(&f.doc, source, &names, &f.out);
  assert_true(str_find_str(buf_str(&f.out), STR("HeadMargin=7|TagMargin=31\n")) < f.out.n);
  assert_true(str_find_str(buf_str(&f.out), STR("HeadMargin=255|SpaceAfter=No|TagMargin=255\n")) < f.out.n);
  stop(&f);
}

static void test_bad_files(void **state) {
  static const struct {
    const char *text;
    uint64_t line;
  } bad[] = {{"1\ta\t_\n", 1},
             {"# x\nhello\n", 2},
             {"x\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1},
             {"2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1},
             {"1\ta\t\t_\t_\t_\t_\t_\t_\t_\n", 1},
             {"1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t_\n", 1},
             {"3-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", 1},
             {"1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n3\tb\t_\t_\t_\t_\t_\t_\t_\t_\n", 2}};
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct fixture f;
    str source;
    start(&f, str_of(bad[i].text));
    assert_false(next(&f, 1000, &source));
    assert_int_equal(f.e.code, ERR_FORMAT);
    assert_int_equal(f.e.line, bad[i].line);
    assert_string_equal(f.e.file, "f.conllu");
    stop(&f);
  }
}

static void test_odd_files(void **state) { /* CRLF, a byte order mark, no line at the end, nothing at all */
  struct fixture f;
  str source;
  (void)state;
  start(&f, STR("\xEF\xBB\xBF# c\r\n1\ta b\t_\t_\t_\t_\t_\t_\t_\t_\r\n2\tc\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No"));
  assert_true(next(&f, 1000, &source));
  assert_int_equal(f.doc.tokens.n, 2);
  assert_true(str_is(token_text(&f.doc, 0), "a b"));
  stop(&f);
  start(&f, STR(""));
  assert_false(next(&f, 1000, &source));
  assert_int_equal(f.e.code, ERR_OK);
  stop(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_reads),      cmocka_unit_test(test_writes_over),
                                     cmocka_unit_test(test_round_trip), cmocka_unit_test(test_margins),
                                     cmocka_unit_test(test_bad_files),  cmocka_unit_test(test_odd_files)};
  return RUN(tests);
}
