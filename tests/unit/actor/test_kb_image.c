/* test_kb_image.c - the compiled actors say what the text says; an image that does not fit the text, or is damaged, is not used. */
#include "actor/kb_image.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct symtab words;
static struct actor_kb kb;
static char folder[4096], path[64] = "/tmp/tightrope-actors-XXXXXX";
static struct buf image;
enum { TEXT = 7 }; /* the hash of what it was made from */

static int make(void **state) {
  (void)state;
  struct err e = {0};
  path_join(folder, sizeof folder, getenv("TIGHTROPE_SOURCE"), "fuzz/seeds/knowledge");
  buf_init(&image, 1 << 28);
  int fd = mkstemp(path);
  if (fd >= 0) close(fd);
  return fd >= 0 && symtab_init(&words) && actor_kb_open(&kb, folder, &words, NULL, &e) &&
                 actor_image_build(&kb, TEXT, &image, &e) && file_write_atomic(path, buf_str(&image), &e)
             ? 0
             : -1;
}

static int unmake(void **state) {
  (void)state;
  unlink(path);
  actor_kb_release(&kb);
  symtab_release(&words);
  buf_release(&image);
  return 0;
}

static uint32_t lookup(const struct actor_kb *k, const char *name, uint32_t *value) {
  sym key[PHRASE_MAX];
  return kb_longest(k, key, kb_pieces(k->words, str_of(name), key, PHRASE_MAX), ~0u, value);
}

static void an_image_says_what_the_text_says(void **state) {
  (void)state;
  static const char *const names[] = {"Afghan",       "Kabul",   "vice presidents", "United Nations Security Council",
                                      "Ashraf Ghani", "nobody!", "Mustafa Kadhimi"};
  struct symtab again;
  struct actor_image m;
  struct actor_kb k;
  struct err e = {0};
  assert_true(symtab_init(&again) && actor_image_open(&m, path, TEXT, &again, &e));
  assert_true(m.map.n > 0);
  actor_kb_of_image(&k, &m, &again);
  assert_int_equal(again.n, words.n);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    uint32_t a = 0, b = 0;
    assert_int_equal(lookup(&kb, names[i], &a), lookup(&k, names[i], &b));
    assert_int_equal(a, b);
  }
  uint32_t value;
  assert_int_equal(lookup(&k, "Ashraf Ghani", &value), 2);
  const struct kb_entity *x = &k.entities.at[name_row(value)];
  bool past;
  const struct kb_spell *s = kb_spell_on(&k, x, day_of_civil((struct civil){2018, 1, 1}), &past);
  assert_non_null(s);
  assert_false(past);
  assert_true(str_is(kb_str(&k, s->role), "president"));
  sym adam = symtab_find(&again, STR("adam"));
  assert_true(kb_word_is(&k, adam, WORD_GIVEN));
  sym more = symtab_add(&again, STR("a word of another stage")); /* the table grows on as any */
  assert_int_equal(more, words.n);
  assert_int_equal(symtab_find(&again, STR("adam")), adam);
  actor_kb_release(&k);
  symtab_release(&again);
  actor_image_close(&m);
}

/* Opens what stands in `bytes`; whether it was used. */
static bool used(str bytes, uint64_t of) {
  char bad[80];
  struct symtab again;
  struct actor_image m;
  struct err e = {0};
  snprintf(bad, sizeof bad, "%s.bad", path);
  assert_true(file_write_atomic(bad, bytes, &e) && symtab_init(&again) && actor_image_open(&m, bad, of, &again, &e));
  bool is = m.map.n > 0;
  assert_true(is || again.n == 1);
  symtab_release(&again);
  actor_image_close(&m);
  unlink(bad);
  return is;
}

static void one_that_does_not_fit_is_not_used(void **state) {
  (void)state;
  struct err e = {0};
  struct symtab again;
  struct actor_image m;
  assert_true(used(buf_str(&image), TEXT));
  assert_false(used(buf_str(&image), TEXT + 1)); /* other text */
  assert_false(used(STR(""), TEXT));
  assert_false(used((str){image.p, image.n / 2}, TEXT));
  image.p[offsetof(struct actor_image_header, rows)] ^= 1;
  assert_false(used(buf_str(&image), TEXT));
  image.p[offsetof(struct actor_image_header, rows)] ^= 1;
  image.p[image.n - 9] ^= 1; /* a letter of a name: found by reading all of it */
  assert_true(file_write_atomic(path, buf_str(&image), &e) && symtab_init(&again));
  assert_true(actor_image_open(&m, path, TEXT, &again, &e) && m.map.n);
  assert_false(actor_image_whole(&m));
  symtab_release(&again);
  actor_image_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_image_says_what_the_text_says),
      cmocka_unit_test(one_that_does_not_fit_is_not_used),
  };
  return cmocka_run_group_tests(tests, make, unmake);
}
