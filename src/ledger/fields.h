/* fields.h - fields of a page's JSON, forgiving: what is missing, null or of another type is "", 0, NAN or false.
 *
 * Private to src/ledger/. Views live as long as the page and the arena that it was read into. */
#ifndef TR_LEDGER_FIELDS_H
#define TR_LEDGER_FIELDS_H
#include "base/json_tree.h"
#include <math.h>

static inline const struct json_value *field(const struct json_value *o, const char *key) {
  return json_member(o, key);
}
static inline str field_str(const struct json_value *o, const char *key) { return json_text(json_member(o, key)); }
static inline bool field_bool(const struct json_value *o, const char *key) {
  const struct json_value *v = json_member(o, key);
  return v && v->type == VALUE_TRUE;
}
static inline double field_real(const struct json_value *o, const char *key) {
  return json_double(json_member(o, key));
}
static inline int64_t field_int(const struct json_value *o, const char *key) {
  const struct json_value *v = json_member(o, key);
  int64_t whole;
  if (!v || v->type != VALUE_NUMBER) return 0;
  if (str_to_int(v->text, &whole)) return whole;
  double d = json_double(v);
  return d > -9e18 && d < 9e18 ? (int64_t)d : 0;
}

/* A span of the page: {"start","end"} and perhaps "in":"title". */
struct place_in_text {
  int64_t start, end;
  bool in_title, known;
};
static inline struct place_in_text span_of(const struct json_value *o) {
  const struct json_value *end = json_member(o, "end");
  return (struct place_in_text){field_int(o, "start"), field_int(o, "end"), str_is(field_str(o, "in"), "title"),
                                end && end->type == VALUE_NUMBER};
}

#endif
