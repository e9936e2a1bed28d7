/* Look-ups in the ontology that ships. */
#include "../unit.h"
#include "doc/ontology.h"
#include <stdio.h>
#include <stdlib.h>

static struct ontology *open_shipped(void) {
  char path[4096];
  struct err e = {0};
  const char *root = getenv("TIGHTROPE_SOURCE");
  assert_non_null(root);
  snprintf(path, sizeof path, "%s/knowledge", root);
  struct ontology *o = ontology_open(path, NULL, &e);
  if (!o) fail_msg("%s:%d: %s", e.file, (int)e.line, e.message);
  return o;
}

static void test_plover(void **state) {
  (void)state;
  struct ontology *o = open_shipped();
  assert_int_equal(ontology_type_count(o), 16);
  uint8_t assault = ontology_type(o, STR("ASSAULT")), threaten = ontology_type(o, STR("THREATEN")),
          aid = ontology_type(o, STR("AID"));
  assert_int_equal(ontology_quad(o, assault), 4);
  assert_int_equal(ontology_type_row(o, assault)->announced, threaten);
  assert_int_equal(ontology_type_row(o, aid)->announced, ontology_type(o, STR("AGREE")));
  uint8_t drone = ontology_mode(o, assault, STR("drone"));
  assert_string_equal(ontology_mode_name(o, assault, drone), "drone");
  assert_string_equal(ontology_mode_name(o, aid, drone), "");
  assert_true(ontology_scale(o, assault, drone) < -9.4);
  assert_int_equal(ontology_speech_mode(o, threaten, assault, drone), ontology_mode(o, threaten, STR("violence")));
  assert_int_equal(ontology_type(o, STR("WAR")), 0);
  assert_int_equal(ontology_context(o, STR("corruption")), 34);
  ontology_close(o);
}

static void test_cameo(void **state) {
  (void)state;
  struct ontology *o = open_shipped();
  const struct cameo_code *c = ontology_cameo(o, STR("1823"));
  assert_non_null(c);
  assert_int_equal(c->type, ontology_type(o, STR("ASSAULT")));
  assert_true(c->goldstein < -9.9f);
  assert_true(ontology_goldstein(o, STR("0251")) ==
              ontology_goldstein(o, STR("025"))); /* the longest prefix, not the root */
  assert_true(ontology_goldstein(o, STR("1246")) < -4.9);
  assert_null(ontology_cameo(o, STR("999")));
  ontology_close(o);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_plover), cmocka_unit_test(test_cameo)};
  return RUN(tests);
}
