/* gazetteer.c - mapping, checking and probing the compiled gazetteer. */
#include "place/gazetteer.h"
#include "base/utf8.h"

/* Letters that no decomposition takes apart. */
static const struct {
  uint32_t c;
  const char *as;
} plain[] = {{0x142, "l"}, {0xF8, "o"},   {0x131, "i"}, {0x111, "d"}, {0xDF, "ss"},
             {0xE6, "ae"}, {0x153, "oe"}, {0x259, "e"}, {0xF0, "d"},  {0xFE, "th"},
             {0x127, "h"}, {0x167, "t"},  {0x28B, "v"}, {0x268, "i"}, {0x24D, "r"}};

static bool dropped(uint32_t c) {
  return c == '\'' || c == '.' || c == ',' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0xB4 ||
         c == 0x2BB || c == 0x2BC || c == 0x2BE || c == 0x2BF || c == 0x2B9 || c == 0x2032;
}

size_t gazetteer_fold(str name, char *out, size_t size) {
  char low[4 * GAZ_KEY_MAX];
  bool ascii = true;
  for (size_t i = 0; i < name.n; i++) ascii = ascii && !(name.p[i] & 0x80);
  if (name.n > sizeof low / 2) return 0;
  str s = name;
  if (!ascii) s = (str){low, utf8_fold(name, low, sizeof low)};
  size_t n = 0;
  for (size_t at = 0; at < s.n;) {
    uint32_t c = (unsigned char)s.p[at];
    size_t from = at;
    if (c < 0x80) at++, c = (unsigned char)ascii_fold((char)c);
    else c = utf8_next(s, &at);
    if (dropped(c)) continue;
    if (c <= ' ' || c == '-' || c == 0xA0 || c == 0x2010 || c == 0x2011 || c == 0x2013) {
      if (n && out[n - 1] != ' ') {
        if (n == size) return 0;
        out[n++] = ' ';
      }
      continue;
    }
    const char *as = NULL;
    for (size_t i = 0; c > 0x7F && i < sizeof plain / sizeof *plain; i++)
      if (plain[i].c == c) as = plain[i].as;
    str put = as ? str_of(as) : str_sub(s, from, at);
    if (n + put.n > size) return 0;
    if (c < 0x80) out[n] = (char)c;
    else memcpy(out + n, put.p, put.n);
    n += put.n;
  }
  return n && out[n - 1] == ' ' ? n - 1 : n;
}

uint32_t gazetteer_hash(str key) {
  uint32_t h = (uint32_t)str_hash(key, 7);
  return h ? h : 1;
}

uint64_t gazetteer_checksum(const void *p, size_t n) { /* four lanes of multiply and xor: as fast as memory */
  uint64_t lane[4] = {1, 2, 3, 4}, word;
  const char *at = p;
  for (; n >= 32; n -= 32, at += 32)
    for (int i = 0; i < 4; i++) {
      memcpy(&word, at + 8 * i, 8);
      lane[i] = (lane[i] ^ word) * 0x9E3779B97F4A7C15u;
      lane[i] ^= lane[i] >> 29;
    }
  uint64_t h = lane[0] ^ lane[1] * 3 ^ lane[2] * 5 ^ lane[3] * 7;
  for (; n; n--, at++) h = (h ^ (unsigned char)*at) * 0x100000001B3u;
  return h;
}

static bool power_of_two(uint32_t n) { return n && !(n & (n - 1)); }

/* All sizes add up to the file's, so that no offset computed from them leaves it. */
static bool layout_ok(const struct gazetteer *g) {
  const struct gaz_header *h = g->header;
  uint64_t need = sizeof *h + (uint64_t)h->places * sizeof(struct gaz_place) +
                  (uint64_t)h->slots * sizeof(struct gaz_slot) + (uint64_t)h->words * sizeof(struct gaz_word) +
                  (uint64_t)h->lists * sizeof(uint32_t) + h->strings;
  return !memcmp(h->magic, "TRPLACES", 8) && h->version == GAZ_VERSION && h->endian == GAZ_ENDIAN && need == g->map.n &&
         h->size == g->map.n - sizeof *h && power_of_two(h->slots) && power_of_two(h->words) && h->strings >= 2;
}

/* Every row that a list names exists, every string ends inside: checked once, so that look-ups need not. */
static bool content_ok(const struct gazetteer *g) {
  const struct gaz_header *h = g->header;
  for (uint32_t i = 0; i < h->slots; i++) {
    uint32_t at = g->slots[i].list;
    if (!at) continue;
    if (at + 2 > h->lists || g->lists[at + 1] > h->lists - at - 2 || !g->lists[at + 1]) return false;
    for (uint32_t k = 0; k < g->lists[at + 1]; k++)
      if (GAZ_ROW(g->lists[at + 2 + k]) >= h->places) return false;
  }
  for (uint32_t i = 0; i < h->places; i++)
    if (g->places[i].region != UINT32_MAX && g->places[i].region >= h->places) return false;
  return true;
}

bool gazetteer_open(struct gazetteer *g, const char *path, struct err *e) {
  *g = (struct gazetteer){0};
  if (!path || !*path || !file_exists(path)) return true;
  if (!file_map_open(&g->map, path, e)) return false;
  if (g->map.n >= sizeof *g->header) {
    const char *at = g->map.p;
    const struct gaz_header *h = g->header = (const void *)at;
    at += sizeof *h;
    g->places = (const void *)at;
    if (layout_ok(g)) {
      g->slots = (const void *)(g->places + h->places);
      g->words = (const void *)(g->slots + h->slots);
      g->lists = (const void *)(g->words + h->words);
      g->strings = (const char *)(g->lists + h->lists);
      if (h->checksum == gazetteer_checksum(at, h->size) && content_ok(g)) return true;
    }
  }
  gazetteer_close(g);
  err_set(e, ERR_KNOWLEDGE, "the gazetteer is damaged or of another version: build it anew");
  return err_at(e, path, 0, 0);
}

void gazetteer_close(struct gazetteer *g) {
  if (g->map.p) file_map_release(&g->map);
  *g = (struct gazetteer){0};
}

str gazetteer_str(const struct gazetteer *g, uint32_t offset) {
  uint32_t size = g->header ? g->header->strings : 0;
  if (!offset || offset + 2 > size) return (str){"", 0};
  uint16_t n;
  memcpy(&n, g->strings + offset, 2);
  return n <= size - offset - 2 ? (str){g->strings + offset + 2, n} : (str){"", 0};
}

uint32_t gazetteer_find(const struct gazetteer *g, str key, const uint32_t **rows) {
  if (!g->header || !key.n) return 0;
  uint32_t hash = gazetteer_hash(key), mask = g->header->slots - 1;
  for (uint32_t i = hash & mask, probes = 0; g->slots[i].list && probes <= mask; i = (i + 1) & mask, probes++) {
    const uint32_t *list = g->lists + g->slots[i].list;
    if (g->slots[i].hash != hash || !str_eq(gazetteer_str(g, list[0]), key)) continue;
    *rows = list + 2;
    return list[1];
  }
  return 0;
}

uint32_t gazetteer_reach(const struct gazetteer *g, str word) {
  if (!g->header || !word.n) return 0;
  uint32_t hash = gazetteer_hash(word), mask = g->header->words - 1;
  for (uint32_t i = hash & mask, probes = 0; g->words[i].hash && probes <= mask; i = (i + 1) & mask, probes++)
    if (g->words[i].hash == hash) return g->words[i].bytes;
  return 0;
}
