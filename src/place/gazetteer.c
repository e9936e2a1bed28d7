/* gazetteer.c - mapping, checking and probing the compiled gazetteer. */
#include "place/gazetteer.h"
#include "base/checksum.h"
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

static bool blank(uint32_t c) { return c <= ' ' || c == '-' || c == 0xA0 || c == 0x2010 || c == 0x2011 || c == 0x2013; }

/* Most names, and most words that are asked for, are ASCII: one byte in, at most one out. */
static size_t fold_ascii(str s, char *out, size_t size) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (dropped(c) || (blank(c) && (!n || out[n - 1] == ' '))) continue;
    if (n == size) return 0;
    out[n++] = blank(c) ? ' ' : ascii_fold((char)c);
  }
  return n;
}

static size_t fold_utf8(str s, char *out, size_t size) {
  size_t n = 0;
  for (size_t at = 0; at < s.n;) {
    size_t from = at;
    uint32_t c = utf8_next(s, &at);
    if (dropped(c) || (blank(c) && (!n || out[n - 1] == ' '))) continue;
    str put = blank(c) ? STR(" ") : str_sub(s, from, at);
    for (size_t i = 0; c > 0x7F && i < sizeof plain / sizeof *plain; i++)
      if (plain[i].c == c) put = str_of(plain[i].as);
    if (n + put.n > size) return 0;
    memcpy(out + n, put.p, put.n);
    n += put.n;
  }
  return n;
}

size_t gazetteer_fold(str name, char *out, size_t size) {
  char low[4 * GAZ_KEY_MAX];
  bool ascii = true;
  for (size_t i = 0; i < name.n; i++) ascii = ascii && !(name.p[i] & 0x80);
  if (name.n > sizeof low / 2) return 0;
  size_t n = ascii ? fold_ascii(name, out, size) : fold_utf8((str){low, utf8_fold(name, low, sizeof low)}, out, size);
  return n && out[n - 1] == ' ' ? n - 1 : n;
}

uint32_t gazetteer_hash(str key) {
  uint32_t h = (uint32_t)str_hash(key, 7);
  return h ? h : 1;
}

uint64_t gazetteer_seal(const struct gaz_header *h) {
  struct gaz_header copy = *h;
  copy.seal = 0;
  return checksum64(&copy, sizeof copy);
}

static bool power_of_two(uint32_t n) { return n && !(n & (n - 1)); }

/* All sizes add up to the file's, so that no offset computed from them leaves it. */
static bool layout_ok(const struct gazetteer *g) {
  const struct gaz_header *h = g->header;
  uint64_t need = sizeof *h + (uint64_t)h->places * sizeof(struct gaz_place) +
                  (uint64_t)h->slots * sizeof(struct gaz_slot) + (uint64_t)h->words * sizeof(struct gaz_word) +
                  (uint64_t)h->lists * sizeof(uint32_t) + h->strings;
  return !memcmp(h->magic, "TRPLACES", 8) && h->version == GAZ_VERSION && h->endian == GAZ_ENDIAN && need == g->map.n &&
         h->seal == gazetteer_seal(h) && h->size == g->map.n - sizeof *h && power_of_two(h->slots) &&
         power_of_two(h->words) && h->strings >= 2;
}

bool gazetteer_open(struct gazetteer *g, const char *path, struct err *e) {
  *g = (struct gazetteer){0};
  if (!path || !*path || !file_exists(path)) return true;
  if (!file_map_open(&g->map, path, e)) return false;
  if (g->map.n >= sizeof *g->header) {
    const char *at = g->map.p;
    const struct gaz_header *h = g->header = (const void *)at;
    if (layout_ok(g)) {
      g->places = (const void *)(at + sizeof *h);
      g->slots = (const void *)(g->places + h->places);
      g->words = (const void *)(g->slots + h->slots);
      g->lists = (const void *)(g->words + h->words);
      g->strings = (const char *)(g->lists + h->lists);
      return true;
    }
  }
  gazetteer_close(g);
  err_set(e, ERR_KNOWLEDGE, "the gazetteer is damaged or of another version: build it anew");
  return err_at(e, path, 0, 0);
}

bool gazetteer_whole(const struct gazetteer *g) {
  return !g->header || g->header->checksum == checksum64(g->header + 1, g->header->size);
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

/* How many entries of the list at `at` may be used: all, unless the file is damaged behind its header. */
static uint32_t list_sound(const struct gazetteer *g, uint32_t at) {
  uint32_t size = g->header->lists, k = 0;
  if (at + 2 > size || at + 2 < at || g->lists[at + 1] > size - at - 2) return 0;
  while (k < g->lists[at + 1] && GAZ_ROW(g->lists[at + 2 + k]) < g->header->places) k++;
  return k;
}

uint32_t gazetteer_find(const struct gazetteer *g, str key, const uint32_t **rows) {
  if (!g->header || !key.n) return 0;
  uint32_t hash = gazetteer_hash(key), mask = g->header->slots - 1;
  for (uint32_t i = hash & mask, probes = 0; g->slots[i].list && probes <= mask; i = (i + 1) & mask, probes++) {
    if (g->slots[i].hash != hash) continue;
    uint32_t at = g->slots[i].list, n = list_sound(g, at);
    if (!n || !str_eq(gazetteer_str(g, g->lists[at]), key)) continue;
    *rows = g->lists + at + 2;
    return n;
  }
  return 0;
}

const struct gaz_word *gazetteer_word(const struct gazetteer *g, str word) {
  if (!g->header || !word.n) return NULL;
  uint32_t hash = gazetteer_hash(word), mask = g->header->words - 1;
  for (uint32_t i = hash & mask, probes = 0; g->words[i].hash && probes <= mask; i = (i + 1) & mask, probes++)
    if (g->words[i].hash == hash) return &g->words[i];
  return NULL;
}
