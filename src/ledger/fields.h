/* fields.h - fields of a page's JSON, forgiving: what is missing, null or of another type is "", 0, NAN or false.
 *
 * Private to src/ledger/. Views live as long as the JSON value. */
#ifndef TR_LEDGER_FIELDS_H
#define TR_LEDGER_FIELDS_H
#include "base/str.h"
#include <jansson.h>
#include <math.h>

static inline str json_text(const json_t *v) {
  return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){"", 0};
}
static inline const json_t *field(const json_t *o, const char *key) { return json_object_get(o, key); }
static inline str field_str(const json_t *o, const char *key) { return json_text(json_object_get(o, key)); }
static inline bool field_bool(const json_t *o, const char *key) { return json_is_true(json_object_get(o, key)); }
static inline int64_t field_int(const json_t *o, const char *key) {
  return json_is_number(json_object_get(o, key)) ? (int64_t)json_number_value(json_object_get(o, key)) : 0;
}
static inline double field_real(const json_t *o, const char *key) {
  const json_t *v = json_object_get(o, key);
  return json_is_number(v) ? json_number_value(v) : NAN;
}

/* A span of the page: {"start","end"} and perhaps "in":"title". */
struct place_in_text {
  int64_t start, end;
  bool in_title, known;
};
static inline struct place_in_text span_of(const json_t *o) {
  return (struct place_in_text){field_int(o, "start"), field_int(o, "end"), str_is(field_str(o, "in"), "title"),
                                json_is_object(o) && json_is_integer(json_object_get(o, "end"))};
}

#endif
