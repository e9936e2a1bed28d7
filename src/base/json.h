/* json.h - a streaming JSON writer over a capped buffer: commas, quotes and escapes are its business, the order is the caller's.
 *
 * Nothing is checked beyond nesting depth; the caller opens and closes in pairs. Non-ASCII stays UTF-8 (input must be valid),
 * control characters are escaped, and so are '<', '>' and '&' never: what goes into HTML is escaped there. */
#ifndef TR_BASE_JSON_H
#define TR_BASE_JSON_H
#include "base/buf.h"

struct json {
  struct buf *out;
  bool comma; /* a value stands before at this level */
};

static inline struct json json_writer(struct buf *out) { return (struct json){out, false}; }
void json_open(struct json *j, char bracket);   /* '{' or '[' as a value */
void json_close(struct json *j, char bracket);  /* '}' or ']' */
void json_key(struct json *j, const char *key); /* key must need no escape */
void json_str(struct json *j, str s);
void json_int(struct json *j, int64_t v);
void json_number(struct json *j, double v, int decimals); /* null for NaN; trailing zeros cut */
void json_bool(struct json *j, bool v);
void json_none(struct json *j);
void json_raw(struct json *j, str s); /* a finished value */

/* key and value in one go */
void json_key_str(struct json *j, const char *key, str s);
void json_key_name(struct json *j, const char *key, const char *name); /* null for "" */
void json_key_int(struct json *j, const char *key, int64_t v);
void json_key_real(struct json *j, const char *key, double v, int decimals);
void json_key_bool(struct json *j, const char *key, bool v);
void json_key_null(struct json *j, const char *key);

#endif
