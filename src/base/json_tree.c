/* json_tree.c - the reader: one pass over the bytes, values as they come, strings as views where they hold no escape. */
#include "base/json_tree.h"
#include "base/utf8.h"
#include <math.h>
#include <string.h>

struct tree {
  str s;
  size_t at;
  struct arena *a;
  struct err *e;
};

static bool wrong(struct tree *t, const char *what) {
  if (t->e->code == ERR_OK) {
    err_set(t->e, ERR_FORMAT, "%s", what);
    err_at(t->e, NULL, 0, t->at);
  }
  return false;
}

static bool no_memory(struct tree *t) { return err_set(t->e, ERR_NOMEM, "no memory for a JSON text"); }

static char here(const struct tree *t) { return t->at < t->s.n ? t->s.p[t->at] : 0; }

static void space(struct tree *t) {
  while (t->at < t->s.n &&
         (t->s.p[t->at] == ' ' || t->s.p[t->at] == '\n' || t->s.p[t->at] == '\t' || t->s.p[t->at] == '\r'))
    t->at++;
}

/* ---- strings */

static bool hex4(struct tree *t, uint32_t *out) {
  uint32_t v = 0;
  if (t->s.n - t->at < 4) return wrong(t, "a \\u escape has four digits");
  for (int i = 0; i < 4; i++) {
    char c = t->s.p[t->at++];
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return wrong(t, "a \\u escape has four digits");
    v = v << 4 | (uint32_t)digit;
  }
  *out = v;
  return true;
}

/* Behind "\u": a character, perhaps of two escapes, in UTF-8. */
static bool escape_u(struct tree *t, char *out, size_t *n) {
  uint32_t c, low;
  if (!hex4(t, &c)) return false;
  if (c >= 0xD800 && c < 0xDC00) {
    if (t->s.n - t->at < 2 || t->s.p[t->at] != '\\' || t->s.p[t->at + 1] != 'u')
      return wrong(t, "half a surrogate pair");
    t->at += 2;
    if (!hex4(t, &low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return wrong(t, "half a surrogate pair");
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  } else if (c >= 0xDC00 && c < 0xE000) return wrong(t, "half a surrogate pair");
  if (!c) return wrong(t, "a string holds U+0000");
  *n = utf8_encode(c, out);
  return true;
}

static bool escape(struct tree *t, char *out, size_t *n) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char c = here(t);
  const char *found = c ? strchr(from, c) : NULL;
  if (c == 'u') return t->at++, escape_u(t, out, n);
  if (!found) return wrong(t, "an escape that JSON does not have");
  t->at++;
  *out = to[found - from];
  *n = 1;
  return true;
}

/* From the first escape on: a copy, no longer than the source. */
static bool string_copy(struct tree *t, size_t from, str *out) {
  size_t end = t->at; /* of the room that the copy may need */
  while (end < t->s.n && t->s.p[end] != '"') end += t->s.p[end] == '\\' && end + 1 < t->s.n ? 2 : 1;
  char *copy = arena_alloc(t->a, end - from + 1);
  if (!copy) return no_memory(t);
  size_t used = t->at - from, n;
  memcpy(copy, t->s.p + from, used);
  while (here(t) != '"') {
    if (t->at >= t->s.n || (unsigned char)here(t) < 0x20) return wrong(t, "a string does not end");
    n = 1;
    if (here(t) == '\\') {
      t->at++;
      if (!escape(t, copy + used, &n)) return false;
    } else copy[used] = t->s.p[t->at++];
    used += n;
  }
  *out = (str){copy, used};
  return true;
}

static bool string(struct tree *t, str *out) {
  size_t from = ++t->at;
  while (t->at < t->s.n && t->s.p[t->at] != '"' && t->s.p[t->at] != '\\' && (unsigned char)t->s.p[t->at] >= 0x20)
    t->at++;
  if (here(t) == '\\') {
    if (!string_copy(t, from, out)) return false;
  } else if (here(t) == '"') *out = (str){t->s.p + from, t->at - from};
  else return wrong(t, "a string does not end");
  t->at++;
  return true;
}

/* ---- the rest */

static bool digits(struct tree *t) {
  size_t from = t->at;
  while (ascii_digit(here(t))) t->at++;
  return t->at > from || wrong(t, "a digit is missing");
}

static bool number(struct tree *t) {
  if (here(t) == '-') t->at++;
  if (here(t) == '0') t->at++;
  else if (!digits(t)) return false;
  if (here(t) == '.') {
    t->at++;
    if (!digits(t)) return false;
  }
  if (here(t) != 'e' && here(t) != 'E') return true;
  t->at++;
  if (here(t) == '+' || here(t) == '-') t->at++;
  return digits(t);
}

static bool word(struct tree *t, str w) {
  if (!str_starts(str_from(t->s, t->at), w)) return wrong(t, "no value of JSON");
  t->at += w.n;
  return true;
}

static bool value(struct tree *t, struct json_value *v, int depth);

/* Items up to the bracket; of an object each behind its name. */
static bool items(struct tree *t, struct json_value *v, char close, int depth) {
  const struct json_value **link = &v->first;
  if (depth == JSON_DEEPEST) return wrong(t, "too many levels");
  t->at++;
  space(t);
  if (here(t) == close) return t->at++, true;
  for (;; t->at++) {
    struct json_value *item = ARENA_NEW(t->a, struct json_value);
    if (!item) return no_memory(t);
    space(t);
    if (close == '}') {
      if (here(t) != '"') return wrong(t, "the name of a member is missing");
      if (!string(t, &item->key)) return false;
      space(t);
      if (here(t) != ':') return wrong(t, "':' is missing");
      t->at++;
    }
    if (!value(t, item, depth + 1)) return false;
    *link = item;
    link = &item->next;
    v->n++;
    space(t);
    if (here(t) != ',') break;
  }
  if (here(t) != close) return wrong(t, "',' or the closing bracket is missing");
  t->at++;
  return true;
}

static bool value(struct tree *t, struct json_value *v, int depth) {
  space(t);
  size_t from = t->at;
  bool ok;
  switch (here(t)) {
  case '"': v->type = VALUE_STRING; return string(t, &v->text);
  case '{': v->type = VALUE_OBJECT, ok = items(t, v, '}', depth); break;
  case '[': v->type = VALUE_ARRAY, ok = items(t, v, ']', depth); break;
  case 't': v->type = VALUE_TRUE, ok = word(t, STR("true")); break;
  case 'f': v->type = VALUE_FALSE, ok = word(t, STR("false")); break;
  case 'n': v->type = VALUE_NULL, ok = word(t, STR("null")); break;
  default: v->type = VALUE_NUMBER, ok = number(t);
  }
  v->text = str_sub(t->s, from, t->at);
  return ok;
}

const struct json_value *json_tree(str s, struct arena *a, struct err *e) {
  struct err none = {0};
  struct tree t = {.s = s, .a = a, .e = e ? e : &none};
  struct json_value *v = ARENA_NEW(a, struct json_value);
  t.e->code = ERR_OK;
  if (!v) return no_memory(&t), NULL;
  if (!utf8_valid(s)) return wrong(&t, "the JSON text is not UTF-8"), NULL;
  if (!value(&t, v, 0)) return NULL;
  space(&t);
  if (t.at < s.n) return wrong(&t, "something stands behind the value"), NULL;
  return v;
}

const struct json_value *json_item(const struct json_value *array, size_t i) {
  const struct json_value *v = json_first(array);
  while (v && i--) v = v->next;
  return v;
}

const struct json_value *json_member(const struct json_value *object, const char *key) {
  const struct json_value *found = NULL;
  if (!object || object->type != VALUE_OBJECT) return NULL;
  str want = str_of(key);
  for (const struct json_value *v = object->first; v; v = v->next)
    if (str_eq(v->key, want)) found = v;
  return found;
}

/* Without strtod, which obeys the locale. Pages hold plain fractions; an exponent is a power of ten. */
double json_double(const struct json_value *v) {
  if (!v || v->type != VALUE_NUMBER) return NAN;
  size_t e = 0;
  while (e < v->text.n && v->text.p[e] != 'e' && v->text.p[e] != 'E') e++;
  str power = str_from(v->text, e + (e < v->text.n));
  int64_t ten = 0;
  double d;
  if (power.n && power.p[0] == '+') power = str_from(power, 1);
  if (!str_to_double(str_sub(v->text, 0, e), &d) || (power.n && !str_to_int(power, &ten)) || ten < -400 || ten > 400)
    return NAN;
  return ten < 0 ? d / pow(10, (double)-ten) : d * pow(10, (double)ten);
}
