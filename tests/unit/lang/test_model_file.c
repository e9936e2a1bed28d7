/* Model files: a damaged, truncated, foreign or lying one is an error, never a crash. */
#include "lang.h"

static struct buf image; /* a whole copy of the shipped model */

static void load_image(void) {
  struct err e = {0};
  buf_init(&image, 1 << 26);
  assert_true(file_read(&image, source_path("models/en.model"), &e));
}

static void *aligned_copy(const char *p, size_t n) {
  void *c = aligned_alloc(64, (n + 127) & ~(size_t)63);
  assert_non_null(c);
  memcpy(c, p, n);
  return c;
}

/* Everything that opening a model does, over bytes. */
static bool opens(const void *bytes, size_t n, struct err *e) {
  static struct net net;
  struct lemma_table lemmas;
  struct model_file m;
  *e = (struct err){0};
  return model_file_view(&m, bytes, n, "test", e) && net_open(&net, &m, e) && lemma_table_open(&lemmas, &m, e);
}

static void test_whole(void **state) {
  struct err e;
  char *copy = aligned_copy(image.p, image.n);
  (void)state;
  assert_true(opens(copy, image.n, &e));
  free(copy);
}

static void test_truncated_anywhere(void **state) {
  struct err e;
  (void)state;
  char *copy = aligned_copy(image.p, image.n);
  for (size_t n = 0; n < image.n; n += n < 8192 ? 61 : image.n / 50) {
    assert_false(opens(copy, n, &e));
    assert_int_equal(e.code, ERR_MODEL);
    assert_true(e.message[0]);
  }
  free(copy);
}

static void test_damaged_anywhere(void **state) {
  struct err e;
  uint64_t seed = 7;
  (void)state;
  char *copy = aligned_copy(image.p, image.n);
  for (int k = 0; k < 60; k++) {
    size_t at = k < 30 ? test_random(&seed) % 4096 : test_random(&seed) % image.n;
    copy[at] = (char)(copy[at] ^ (1 << (k % 8)));
    assert_false(opens(copy, image.n, &e));
    assert_int_equal(e.code, ERR_MODEL);
    copy[at] = (char)(copy[at] ^ (1 << (k % 8)));
  }
  free(copy);
}

static void test_foreign(void **state) {
  struct err e;
  char text[256];
  (void)state;
  memset(text, 'x', sizeof text);
  assert_false(opens(text, sizeof text, &e));
  assert_non_null(strstr(e.message, "not a Tightrope model"));
  assert_false(opens("", 0, &e));
  char *copy = aligned_copy(image.p, image.n);
  copy[16] = 99;
  assert_false(opens(copy, image.n, &e));
  assert_non_null(strstr(e.message, "version"));
  free(copy);
}

/* The shipped model with the bytes of one section replaced, its checksums right: only validation can refuse it. */
static bool opens_with(const char *name, const void *bytes, size_t n, bool drop, struct err *e) {
  struct model_file m;
  struct model_writer w;
  struct buf out;
  assert_true(model_file_view(&m, image.p, image.n, "test", e));
  model_writer_init(&w, 1 << 26);
  buf_init(&out, 1 << 26);
  for (uint32_t i = 0; i < m.nsection; i++) {
    const char *entry = m.bytes + 48 + 32 * (size_t)i;
    str s = model_section(&m, entry);
    bool this = !strcmp(entry, name);
    if (this && drop) continue;
    model_writer_add(&w, entry, this ? bytes : s.p, this ? n : s.n);
  }
  assert_true(model_writer_finish(&w, &out, e));
  char *copy = aligned_copy(out.p, out.n);
  bool good = opens(copy, out.n, e);
  free(copy);
  buf_release(&out);
  model_writer_release(&w);
  return good;
}

static void test_missing_section(void **state) {
  static const char *const names[] = {"shape",      "embed",      "lex.slot",   "lex.word",     "layer0.w",
                                      "norm0.gain", "tags.scale", "slots.sum",  "actions.bias", "extra",
                                      "allowed",    "deprel",     "lemma.entry"};
  struct err e;
  (void)state;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    assert_false(opens_with(names[i], NULL, 0, true, &e));
    assert_int_equal(e.code, ERR_MODEL);
    assert_false(opens_with(names[i], "abc", 3, false, &e));
    assert_int_equal(e.code, ERR_MODEL);
  }
}

static void test_lying_shape(void **state) {
  struct err e;
  struct model_file m;
  struct net_shape s;
  (void)state;
  assert_true(model_file_view(&m, image.p, image.n, "test", &e));
  memcpy(&s, model_section(&m, "shape").p, sizeof s);
  const uint32_t values[] = {0, 1, 63, 65, 100000, UINT32_MAX};
  uint32_t *const fields[] = {&s.d,        &s.h,     &s.nlayer,   &s.nslot,           &s.slot[0],
                              &s.nupos,    &s.nxpos, &s.nfeats,   &s.ndeprel,         &s.xpos_at,
                              &s.feats_at, &s.root,  &s.nfeature, &s.feature[1].kind, &s.feature[1].rows};
  for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
      uint32_t was = *fields[f];
      if (values[v] == was || (fields[f] == &s.nlayer && values[v] == 1) || /* a smaller network */
          (fields[f] == &s.root && values[v] < s.ndeprel) || (fields[f] == &s.slot[0] && values[v] < ARC_SLOTS) ||
          (fields[f] == &s.feature[1].kind && values[v] == 1) ||
          (fields[f] == &s.xpos_at && values[v] >= s.nupos && values[v] + s.nxpos <= s.feats_at))
        continue;
      *fields[f] = values[v];
      if (fields[f] != &s.feats_at || values[v] > 4096) { /* a feats_at that overlaps is refused by size or order */
        assert_false(opens_with("shape", &s, sizeof s, false, &e));
        assert_int_equal(e.code, ERR_MODEL);
      }
      *fields[f] = was;
    }
}

static void test_lying_tables(void **state) {
  struct err e;
  struct model_file m;
  (void)state;
  assert_true(model_file_view(&m, image.p, image.n, "test", &e));
  const char *const names[] = {"lex.slot", "lemma.entry", "lex.word", "allowed", "tags.scale", "upos"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    str s = model_section(&m, names[i]);
    char *copy = aligned_copy(s.p, s.n);
    memset(copy, 0x7F, s.n);             /* numbers out of range, floats of 3.4e38: moves that are allowed */
    if (i == 4) memset(copy, 0xFF, s.n); /* NaN */
    assert_false(opens_with(names[i], copy, s.n, false, &e));
    assert_int_equal(e.code, ERR_MODEL);
    free(copy);
  }
}

static void test_meta(void **state) {
  struct err e;
  struct model_file m;
  (void)state;
  assert_true(model_file_view(&m, image.p, image.n, "test", &e));
  assert_true(str_is(model_meta(&m, "name"), "en"));
  assert_null(model_meta(&m, "no such key").p);
}

static void test_missing_file(void **state) {
  struct err e = {0};
  struct model m;
  (void)state;
  assert_false(model_open(&m, "/nowhere/en.model", NULL, &e));
  assert_int_equal(e.code, ERR_IO);
  assert_false(model_open(&m, source_path("models/en.model"), "abacus", &e));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_whole),
      cmocka_unit_test(test_truncated_anywhere),
      cmocka_unit_test(test_damaged_anywhere),
      cmocka_unit_test(test_foreign),
      cmocka_unit_test(test_missing_section),
      cmocka_unit_test(test_lying_shape),
      cmocka_unit_test(test_lying_tables),
      cmocka_unit_test(test_meta),
      cmocka_unit_test(test_missing_file),
  };
  load_image();
  int failed = RUN(tests);
  buf_release(&image);
  return failed;
}
