/* The tag and parse stages: every sentence gets one tree with one root, however long or strange it is. */
#include "doc/doc.h"
#include "lang.h"
#include "parse/parse.h"
#include "tag/tag.h"

static struct model model;
static struct symtab words;
static struct doc doc;
static void *tagger, *tagging, *parser, *parsing;

static void setup(void) {
  struct err e = {0};
  open_shipped(&model, NULL);
  assert_true(symtab_init(&words));
  doc_init(&doc);
  const struct stage_setup s = {.model = &model, .words = &words};
  assert_non_null(tagger = tag_stage.open(&s, &e));
  assert_non_null(tagging = tag_stage.work_open(tagger, &e));
  assert_non_null(parser = parse_stage.open(&s, &e));
  assert_non_null(parsing = parse_stage.work_open(parser, &e));
}

static void teardown(void) {
  parse_stage.work_close(parsing), parse_stage.close(parser);
  tag_stage.work_close(tagging), tag_stage.close(tagger);
  doc_release(&doc);
  symtab_release(&words);
  model_close(&model);
}

/* One sentence of n words, each word `nth` of it. */
static void make(uint32_t n, str (*nth)(uint32_t)) {
  struct buf b;
  struct err e = {0};
  buf_init(&b, 1 << 26);
  for (uint32_t i = 0; i < n; i++) buf_put(&b, nth(i)), buf_putc(&b, ' ');
  assert_true(doc_reset(&doc, &words, buf_str(&b), STR(""), &e));
  struct sentence *title = DOC_PUSH(&doc, sentences);
  assert_non_null(title);
  struct sentence *s = DOC_PUSH(&doc, sentences);
  assert_non_null(s);
  s->n = n;
  assert_true(tokens_reserve(&doc, n));
  for (uint32_t i = 0, at = 0; i < n; i++) {
    uint32_t t = tokens_push(&doc, at, at + (uint32_t)nth(i).n, TOKEN_SPACE_AFTER);
    doc.tokens.sentence[t] = 1;
    at += (uint32_t)nth(i).n + 1;
  }
  assert_true(tag_stage.run(tagger, tagging, &doc, &e));
  assert_true(parse_stage.run(parser, parsing, &doc, &e));
  buf_release(&b);
}

static void assert_tree(uint32_t n) {
  uint32_t roots = 0;
  for (uint32_t t = 0; t < n; t++) {
    uint32_t h = doc.tokens.head[t], steps = 0;
    roots += h == NONE;
    assert_true(doc.tokens.upos[t] != UPOS_NONE);
    assert_true(doc.tokens.deprel[t] != DEPREL_NONE);
    if (doc.tokens.next_upos[t]) {
      assert_true(doc.tokens.tag_margin[t] < NET_UNSURE);
      assert_true(doc.tokens.next_upos[t] != doc.tokens.upos[t] && doc.tokens.next_xpos[t]);
    }
    assert_true((h == NONE) == (doc.tokens.deprel[t] == DEPREL_ROOT));
    while (h != NONE && steps++ < n) {
      assert_true(h < n);
      h = doc.tokens.head[h];
    }
    assert_true(h == NONE);
  }
  assert_int_equal(roots, n > 0);
}

static str news(uint32_t i) {
  static const char *const w[] = {"The",    "army", "attacked", "the", "town",      "of",   "Kafr", "Nabl",   "and",
                                  "killed", "12",   "people",   ",",   "officials", "said", "on",   "Monday", ";"};
  return str_of(w[i % 18]);
}
static str noise(uint32_t i) {
  static const char *const w[] = {
      "\xF0\x9F\x98\x80",
      "....",
      "@@@",
      "\xE2\x80\x94",
      "a",
      "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
      "0",
      "\xC2\xAD",
      "\"",
      "\xE4\xBD\xA0\xE5\xA5\xBD"};
  return str_of(w[(i * 7 + i / 3) % 10]);
}
static str same(uint32_t i) {
  (void)i;
  return STR("the");
}

static void test_lengths(void **state) {
  const uint32_t n[] = {1, 2, 3, 63, 64, 65, 399, 400, 401, 799, 800, 801, 10000};
  (void)state;
  for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
    make(n[i], news), assert_tree(n[i]);
    make(n[i], noise), assert_tree(n[i]);
    make(n[i], same), assert_tree(n[i]);
  }
}

static void test_empty(void **state) {
  (void)state;
  make(0, news), assert_tree(0);
}

static void test_reads(void **state) {
  (void)state;
  make(17, news);
  assert_int_equal(doc.tokens.upos[1], UPOS_NOUN);
  assert_int_equal(doc.tokens.xpos[2], XPOS_VBD);
  assert_true(str_is(doc_word(&doc, doc.tokens.lemma[2]), "attack"));
  assert_true(str_is(doc_word(&doc, doc.tokens.lemma[4]), "town"));
  assert_int_equal(doc.tokens.head[1], 2);
  assert_int_equal(doc.tokens.deprel[1], DEPREL_NSUBJ);
  assert_int_equal(doc.tokens.deprel[4], DEPREL_OBJ);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_lengths), cmocka_unit_test(test_empty),
                                     cmocka_unit_test(test_reads)};
  setup();
  int failed = RUN(tests);
  teardown();
  return failed;
}
