/* json_tree.h - JSON read into a tree in an arena, for the ledger, which reads every page that it takes in.
 *
 * As RFC 8259 has it: UTF-8, numbers and escapes by the letter, at most JSON_DEEPEST levels. Of members of one name the last counts.
 * Four times as fast as jansson, which checks and allocates value by value; documents from outside are read by jansson, in
 * src/intake. Reading is forgiving: what is missing, null or of another type is "", 0, NAN or false. */
#ifndef TR_BASE_JSON_TREE_H
#define TR_BASE_JSON_TREE_H
#include "base/arena.h"
#include "base/err.h"

enum { JSON_DEEPEST = 64 };
enum value_type { VALUE_NULL, VALUE_FALSE, VALUE_TRUE, VALUE_NUMBER, VALUE_STRING, VALUE_ARRAY, VALUE_OBJECT };

struct json_value {
  const struct json_value *first, *next; /* its items or members; its neighbour */
  str key;                               /* of a member */
  str text;                              /* a string without its escapes; of everything else its bytes in the source */
  uint32_t n;                            /* items or members */
  uint8_t type;                          /* enum value_type */
};

/* The value that `s` holds, with nothing but space around it. It points into `s` and `a`. NULL with *e: ERR_FORMAT with the byte, or
 * ERR_NOMEM when the arena is full. */
const struct json_value *json_tree(str s, struct arena *a, struct err *e);

#define JSON_EACH(parent, i, v) for (i = 0, v = json_first(parent); v; v = v->next, i++)
static inline const struct json_value *json_first(const struct json_value *v) { return v ? v->first : NULL; }
static inline uint32_t json_size(const struct json_value *v) { return v ? v->n : 0; }
const struct json_value *json_item(const struct json_value *array, size_t i);           /* NULL beyond the end */
const struct json_value *json_member(const struct json_value *object, const char *key); /* NULL if there is none */
static inline str json_text(const struct json_value *v) {
  return v && v->type == VALUE_STRING ? v->text : (str){"", 0};
}
double json_double(const struct json_value *v); /* NAN where it is no number */

#endif
