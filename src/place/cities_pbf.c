/* cities_pbf.c - the few parts of protobuf that the file uses. */
#include "place/cities_pbf.h"

static bool varint(str *s, uint64_t *out) {
  uint64_t v = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (!s->n) return false;
    unsigned char b = (unsigned char)s->p[0];
    *s = str_from(*s, 1);
    v |= (uint64_t)(b & 127) << shift;
    if (!(b & 128)) return *out = v, true;
  }
  return false;
}

static int64_t zigzag(uint64_t v) { return (int64_t)(v >> 1) ^ -(int64_t)(v & 1); }

static bool bytes(str *s, str *out) {
  uint64_t n;
  if (!varint(s, &n) || n > s->n) return false;
  *out = str_sub(*s, 0, (size_t)n);
  *s = str_from(*s, (size_t)n);
  return true;
}

static bool field(struct cities_reader *r, str *message, struct city *c) {
  uint64_t tag, v;
  str s;
  if (!varint(message, &tag)) return false;
  if ((tag & 7) == 2) {
    if (!bytes(message, &s)) return false;
    switch (tag >> 3) {
    case 2: c->name = s; break;
    case 3: c->country = s; break;
    case 7: c->feature = s; break;
    case 8: c->admin = s; break;
    default: break;
    }
    return true;
  }
  if ((tag & 7) || !varint(message, &v)) return false;
  switch (tag >> 3) {
  case 1: c->id = (uint64_t)zigzag(v); break;
  case 9: c->population = v; break;
  case 10: r->lon += zigzag(v); break;
  case 11: r->lat += zigzag(v); break;
  default: break;
  }
  return true;
}

int cities_next(struct cities_reader *r, struct city *c) {
  str message;
  *c = (struct city){0};
  if (!r->rest.n) return 0;
  if (!bytes(&r->rest, &message)) return -1;
  while (message.n)
    if (!field(r, &message, c)) return -1;
  if (r->lat < -9000000 || r->lat > 9000000 || r->lon < -18000000 || r->lon > 18000000) return -1;
  c->lat = (int32_t)r->lat, c->lon = (int32_t)r->lon;
  return 1;
}
