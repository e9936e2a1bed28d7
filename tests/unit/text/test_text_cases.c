/* test_text_cases.c - runs tests/cases/text/ *.txt through the text stage.
 *
 * A case is a line "text: ..." and a line "want: ...". In text, \n is a line end. In want, pieces stand between blanks,
 * sentences between " | ", and a multiword token's words are glued by "~": "He | do~n't". A title goes on a line "title: ...". */
#include "base/file.h"
#include "text/text_stage.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

struct fixture {
  struct symtab words;
  void *stage, *work;
  struct doc doc;
  char folder[2048];
};

static void unescape(struct buf *b, str s) {
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n') buf_putc(b, '\n'), i++;
    else buf_putc(b, s.p[i]);
  }
}

/* The document as a want line, from sentence 1 on; a title as sentence 0 before " || ". */
static void render(const struct doc *d, struct buf *b) {
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    const struct sentence *s = &d->sentences.at[i];
    if (i == 0 && !s->n) continue;
    if (i == 1 && d->sentences.at[0].n) buf_puts(b, " || ");
    if (i > 1) buf_puts(b, " | ");
    for (uint32_t t = s->first; t < s->first + s->n; t++) {
      if (t > s->first) buf_putc(b, d->tokens.flags[t] & TOKEN_MWT_MORE ? '~' : ' ');
      buf_put(b, token_text(d, t));
    }
  }
}

static void check(struct fixture *f, str text, str title, str want, const char *file, uint64_t line) {
  struct buf bytes, head, got;
  struct err e = {0};
  buf_init(&bytes, 1 << 20), buf_init(&head, 1 << 20), buf_init(&got, 1 << 20);
  unescape(&bytes, text), unescape(&head, title);
  assert_true(doc_reset(&f->doc, &f->words, buf_str(&bytes), buf_str(&head), &e));
  assert_true(text_stage.run(f->stage, f->work, &f->doc, &e));
  render(&f->doc, &got);
  if (!str_eq(buf_str(&got), want))
    fail_msg("%s:%llu\n  want %.*s\n  got  %.*s", file, (unsigned long long)line, STR_FMT(want), (int)got.n, got.p);
  buf_release(&bytes), buf_release(&head), buf_release(&got);
}

static size_t run_file(struct fixture *f, const char *name) {
  char path[4096];
  struct err e = {0};
  struct buf bytes;
  assert_true(path_join(path, sizeof path, f->folder, name));
  buf_init(&bytes, 1 << 20);
  assert_true(file_read(&bytes, path, &e));
  struct line_reader r;
  line_reader_init(&r, buf_str(&bytes), path);
  str text = {0}, title = {0};
  size_t cases = 0;
  while (line_next(&r)) {
    str line = r.line;
    if (str_starts(line, STR("text: "))) text = str_from(line, 6);
    else if (str_starts(line, STR("title: "))) title = str_from(line, 7);
    else if (str_starts(line, STR("want: "))) {
      check(f, text, title, str_from(line, 6), name, r.number);
      title = (str){0};
      cases++;
    } else fail_msg("%s:%llu: neither text:, title: nor want:", name, (unsigned long long)r.number);
  }
  buf_release(&bytes);
  return cases;
}

static void test_cases(void **state) {
  struct fixture *f = *state;
  DIR *folder = opendir(f->folder);
  assert_non_null(folder);
  size_t cases = 0;
  for (struct dirent *entry; (entry = readdir(folder));)
    if (str_ends(str_of(entry->d_name), STR(".txt"))) cases += run_file(f, entry->d_name);
  closedir(folder);
  assert_true(cases > 0);
}

static int setup(void **state) {
  const char *root = getenv("TIGHTROPE_SOURCE");
  struct fixture *f = calloc(1, sizeof *f);
  char knowledge[2048];
  struct err e = {0};
  if (!f || !root || !symtab_init(&f->words)) return -1;
  snprintf(f->folder, sizeof f->folder, "%s/tests/cases/text", root);
  snprintf(knowledge, sizeof knowledge, "%s/knowledge", root);
  struct stage_setup with = {.knowledge = knowledge, .words = &f->words};
  f->stage = text_stage.open(&with, &e);
  if (!f->stage) return -1;
  f->work = text_stage.work_open(f->stage, &e);
  doc_init(&f->doc);
  *state = f;
  return 0;
}

static int teardown(void **state) {
  struct fixture *f = *state;
  text_stage.work_close(f->work);
  text_stage.close(f->stage);
  doc_release(&f->doc);
  symtab_release(&f->words);
  free(f);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
