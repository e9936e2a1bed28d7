/* Runs tests/cases/time/: one line a case, fields parted by '|':
 *   publication date | text | words of the expression | TYPE value | further wants
 * Words of "-" mean that the text holds no expression. Wants: from=DAY to=DAY (earliest, latest; "none"), prec=, anchor=, role=,
 * minutes=, zone= (minutes east of UTC), origin=DAY (first day of what an anniversary commemorates). A case that fails is printed with what was found. */
#include "base/file.h"
#include "pipeline/engine.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static struct engine *engine;
static struct worker *worker;
static struct doc doc;

static int setup(void **state) {
  (void)state;
  struct err e = {0};
  struct engine_options options = {.data = getenv("TIGHTROPE_SOURCE"), .depth = DEPTH_EVENTS};
  engine = engine_open(&options, &e);
  if (engine) worker = worker_open(engine, &e);
  if (!worker) print_error("%s\n", e.message);
  doc_init(&doc);
  return worker ? 0 : -1;
}

static int teardown(void **state) {
  (void)state;
  doc_release(&doc);
  worker_close(worker);
  engine_close(engine);
  return 0;
}

static void end_text(char out[11], int32_t day) {
  if (day == DAY_NONE) snprintf(out, 11, "none");
  else day_format(day, out);
}

static bool want_ok(const struct timex *x, str want) {
  str key = str_cut(&want, '=');
  char z[24] = "";
  if (str_is(key, "from")) end_text(z, x->period.first);
  else if (str_is(key, "to")) end_text(z, x->period.last);
  else if (str_is(key, "origin")) end_text(z, x->origin.first);
  else if (str_is(key, "prec")) snprintf(z, sizeof z, "%s", precision_name(x->period.precision));
  else if (str_is(key, "anchor")) snprintf(z, sizeof z, "%s", anchor_name(x->anchor));
  else if (str_is(key, "role")) snprintf(z, sizeof z, "%s", timex_role_name(x->role));
  else if (str_is(key, "zone")) snprintf(z, sizeof z, "%d", x->zone);
  else if (str_is(key, "minutes")) snprintf(z, sizeof z, "%d", (int)x->minutes);
  return str_is(want, z);
}

static bool row_ok(const struct timex *x, str words, str value, str wants) {
  str type = str_cut(&value, ' ');
  if (!str_eq_fold(doc_span(&doc, x->span), words) || !str_is(type, timex_type_name(x->type)) ||
      !str_eq(str_trim(value), x->value))
    return false;
  while ((wants = str_trim(wants)).n)
    if (!want_ok(x, str_cut(&wants, ' '))) return false;
  return true;
}

static bool run_case(str line) {
  struct input in = {.id = STR("case")};
  str date = str_trim(str_cut(&line, '|')), text = str_trim(str_cut(&line, '|')), words = str_trim(str_cut(&line, '|'));
  str value = str_trim(str_cut(&line, '|')), wants = str_trim(line);
  in.text = text, in.date_text = date;
  if (!day_parse_iso(date, &in.day)) in.day = DAY_NONE;
  worker_code(worker, &in, &doc);
  if (str_is(words, "-")) return doc.times.n == 0;
  for (uint32_t i = 0; i < doc.times.n; i++)
    if (row_ok(&doc.times.at[i], words, value, wants)) return true;
  return false;
}

static void report(const char *file, uint64_t number, str line) {
  print_error("%s:%d: %.*s\n", file, (int)number, STR_FMT(line));
  for (uint32_t i = 0; i < doc.times.n; i++) {
    const struct timex *x = &doc.times.at[i];
    char from[11], to[11], origin[11];
    end_text(from, x->period.first), end_text(to, x->period.last), end_text(origin, x->origin.first);
    str words = doc_span(&doc, x->span);
    print_error("    found: %.*s | %s %.*s | from=%s to=%s prec=%s anchor=%s role=%s minutes=%d origin=%s\n",
                STR_FMT(words), timex_type_name(x->type), STR_FMT(x->value), from, to,
                precision_name(x->period.precision), anchor_name(x->anchor), timex_role_name(x->role), (int)x->minutes,
                origin);
  }
}

static void test_cases(void **state) {
  (void)state;
  char dir[4096];
  assert_true(path_join(dir, sizeof dir, getenv("TIGHTROPE_SOURCE"), "tests/cases/time"));
  DIR *d = opendir(dir);
  assert_non_null(d);
  int run = 0, failed = 0;
  for (struct dirent *f; (f = readdir(d));) {
    char path[4096];
    struct buf b;
    struct line_reader r;
    if (f->d_name[0] == '.' || !path_join(path, sizeof path, dir, f->d_name)) continue;
    buf_init(&b, 1 << 22);
    assert_true(file_read(&b, path, NULL));
    line_reader_init(&r, buf_str(&b), f->d_name);
    while (line_next(&r)) {
      run++;
      if (!run_case(r.line)) failed++, report(f->d_name, r.number, r.line);
    }
    buf_release(&b);
  }
  closedir(d);
  print_message("# %d cases, %d failed\n", run, failed);
  assert_true(run > 10);
  assert_int_equal(failed, 0);
}

/* Whatever stands where a date may stand, nothing crashes and no impossible day comes out. */
static void test_hostile(void **state) {
  (void)state;
  static const char *const texts[] = {
      "31 February 2020, 30/02/2020, 0/0/0000, 99/99/9999, 2020-13-45, 2020-00-00 and 32 May.",
      "in 99999 AD and the year 0 and year 0000",
      "99999999999999999999 years ago and 1000000 centuries later",
      "9999 decades from now, 5000 millennia ago, 999999 months later",
      "December 31, 9999 and next century and the following millennium",
      "25:61, 24:00, 13 p.m., 0 a.m., 99 o'clock on Monday",
      "Monday Monday Monday of of last last week week the the the 9th 9th",
      "- - - 3 - 4 - May - 2020 - the end of the end of the month of of",
      "W53 2015-W54 2020-366 9999-W53 2020-W00 Q5 2020 Q1 9999 H3 2020 0001-Q1",
      "seventy- fifth the eve of the eve of Easter, the 0th week of May, the 9th weekend of May, last 31 February",
      "31/12/0000 00/00/00 1/1/1 99.99.9999 0000 GMT 2500 GMT 99:99 EST twenty-first century-second anniversary of of",
      "the day before Monday before Tuesday the day after December 31, 9999, the day before January 1, 0001",
      "September 11 attacks on 9/11 before 9/11 the week of the week of May - 2019-05 2019-00 2019-13 1999-99",
      "the 0th, the 99th, the 32nd of the month",
      "ten thousand thousand thousand hundred million years ago"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (int day = 0; day < 3; day++) {
      struct input in = {.id = STR("case"),
                         .text = str_of(texts[i]),
                         .day = day == 0   ? DAY_NONE
                                : day == 1 ? 18000
                                           : -719162};
      worker_code(worker, &in, &doc);
      for (uint32_t k = 0; k < doc.times.n; k++) {
        struct period p = doc.times.at[k].period;
        if (p.first != DAY_NONE) assert_in_range(civil_of_day(p.first).year + 2, 2, 10001);
        if (p.last != DAY_NONE) assert_in_range(civil_of_day(p.last).year + 2, 2, 10001);
      }
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_hostile)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
