/* Offsets by the IANA rules: published transitions, gaps and overlaps of summer time, changes of a state's mind. */
#include "base/file.h"
#include "base/zone.h"
#include "unit.h"
#include <stdlib.h>

static struct zones zones;
static struct buf text;

static int setup(void **state) {
  (void)state;
  char path[4096];
  struct err e = {0};
  buf_init(&text, 1 << 22);
  bool ok = path_join(path, sizeof path, getenv("TIGHTROPE_SOURCE"), "knowledge/time/tzdata.zi") &&
            file_read(&text, path, &e) && zones_read(&zones, buf_str(&text), path, &e);
  if (!ok) print_error("%s\n", e.message);
  return ok ? 0 : -1;
}

static int teardown(void **state) {
  (void)state;
  zones_release(&zones);
  buf_release(&text);
  return 0;
}

static int offset(const char *zone, const char *when, enum zone_doubt *doubt) {
  int32_t day;
  uint32_t z = zone_find(&zones, str_of(zone));
  assert_int_not_equal(z, UINT32_MAX);
  assert_true(day_parse_iso(str_of(when), &day));
  int64_t hour = 0, minute = 0;
  assert_true(str_to_int(str_sub(str_of(when), 11, 13), &hour) && str_to_int(str_sub(str_of(when), 14, 16), &minute));
  return zone_offset(&zones, z, day, (int)(hour * 60 + minute), doubt);
}
#define IS(zone, when, want) assert_int_equal(offset(zone, when, NULL), want)

static void test_offsets(void **state) {
  (void)state;
  IS("Europe/Kyiv", "2023-10-28T20:00", 180);
  IS("Europe/Kyiv", "2023-10-30T20:00", 120);
  IS("Europe/Kiev", "2023-07-01T00:00", 180); /* a link */
  IS("America/New_York", "2023-10-11T20:30", -240);
  IS("America/New_York", "2023-12-11T20:30", -300);
  IS("America/New_York", "2006-04-01T12:00", -300); /* until 2006 from the first Sunday of April */
  IS("America/New_York", "2006-04-03T12:00", -240);
  IS("America/New_York", "2007-03-12T12:00", -240); /* since 2007 from the second Sunday of March */
  IS("Australia/Sydney", "2023-01-15T12:00", 660);  /* summer is in January */
  IS("Australia/Sydney", "2023-07-15T12:00", 600);
  IS("Asia/Kolkata", "2023-07-15T12:00", 330);
  IS("Asia/Kathmandu", "2023-07-15T12:00", 345);
  IS("Asia/Baghdad", "2023-07-15T12:00", 180);
  IS("Asia/Kabul", "2023-07-15T12:00", 270);
  IS("Asia/Tehran", "2021-07-15T12:00", 270);
  IS("Asia/Tehran", "2023-07-15T12:00", 210); /* summer time given up in 2022 */
  IS("Europe/Istanbul", "2015-12-15T12:00", 120);
  IS("Europe/Istanbul", "2017-12-15T12:00", 180); /* summer time all year since 2016 */
  IS("Europe/Moscow", "2012-01-15T12:00", 240);
  IS("Europe/Moscow", "2015-01-15T12:00", 180);
  IS("Africa/Khartoum", "2010-01-15T12:00", 180);
  IS("Africa/Khartoum", "2020-01-15T12:00", 120);
  IS("Asia/Damascus", "2023-01-15T12:00", 180);
  IS("Asia/Pyongyang", "2016-01-15T12:00", 510);
  IS("Asia/Pyongyang", "2020-01-15T12:00", 540);
  IS("Etc/UTC", "2020-01-15T12:00", 0);
}

static void test_doubt(void **state) {
  (void)state;
  enum zone_doubt d;
  assert_int_equal(offset("Europe/Kyiv", "2023-03-26T03:30", &d), 120); /* skipped: 3:00 became 4:00 */
  assert_int_equal(d, ZONE_GAP);
  assert_int_equal(offset("Europe/Kyiv", "2023-10-29T03:30", &d), 180); /* shown twice */
  assert_int_equal(d, ZONE_OVERLAP);
  assert_int_equal(offset("Europe/Kyiv", "2023-10-29T05:00", &d), 120);
  assert_int_equal(d, ZONE_CERTAIN);
}

/* 48 hours from 20:00 on the eve of winter time end at 19:00 by the clock; one o'clock UTC is the evening before in Washington. */
static void test_instants(void **state) {
  (void)state;
  int32_t day;
  uint32_t kyiv = zone_find(&zones, STR("Europe/Kyiv")), washington = zone_find(&zones, STR("America/New_York"));
  assert_true(day_parse_iso(STR("2023-10-28"), &day));
  int64_t utc = (int64_t)day * 1440 + 20 * 60 - 180 + 48 * 60;
  int64_t wall = utc + zone_offset_utc(&zones, kyiv, utc);
  assert_int_equal(wall / 1440, day + 2);
  assert_int_equal(wall % 1440, 19 * 60);
  assert_true(day_parse_iso(STR("2023-10-12"), &day));
  utc = (int64_t)day * 1440 + 30;
  wall = utc + zone_offset_utc(&zones, washington, utc);
  assert_int_equal(wall / 1440, day - 1);
  assert_int_equal(weekday_of_day((int32_t)(wall / 1440)), 3);
  assert_int_equal(wall % 1440, 20 * 60 + 30);
}

static void test_every_zone(void **state) { /* all of them, over two centuries and at the ends of the calendar */
  (void)state;
  assert_true(zones.nzone > 300);
  for (uint32_t z = 0; z < zones.nzone; z++)
    for (int year = 1850; year < 2060; year += 7) {
      int off = zone_offset_utc(&zones, z, (int64_t)day_of_civil((struct civil){year, 7, 1}) * 1440);
      assert_true(off >= -16 * 60 && off <= 16 * 60);
    }
  assert_in_range(zone_offset(&zones, 0, day_of_civil((struct civil){9999, 12, 31}), 1439, NULL) + 960, 0, 1920);
  assert_in_range(zone_offset(&zones, 0, day_of_civil((struct civil){1, 1, 1}), 0, NULL) + 960, 0, 1920);
}

static void test_bad_lines(void **state) {
  (void)state;
  static const char *const bad[] = {"R x",
                                    "Z A/B 1",
                                    "Z A/B x - X",
                                    "1 - X",
                                    "R a 1 o - Jx 1 2 1 S",
                                    "L no where",
                                    "R a 1990 o - Ja Xx>=1 2 1 S",
                                    "Z A/B 1 nosuch X",
                                    "Z A/B 1 - X 2000 Ja 1 2 3 4 5 6 7 8 9"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct zones z;
    struct err e = {0};
    assert_false(zones_read(&z, str_of(bad[i]), "x.zi", &e));
    assert_string_equal(e.file, "x.zi");
    assert_true(e.line >= 1);
    zones_release(&z);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_offsets), cmocka_unit_test(test_doubt),
                                     cmocka_unit_test(test_instants), cmocka_unit_test(test_every_zone),
                                     cmocka_unit_test(test_bad_lines)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
