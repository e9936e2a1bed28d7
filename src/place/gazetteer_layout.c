/* gazetteer_layout.c - sorts the names by how likely they mean which place, and lays rows, names and strings out as one file. */
#include "base/checksum.h"
#include "place/gazetteer_builder.h"
#include <math.h>
#include <stdlib.h>

static double prior(const struct builder *b, const struct name *n) {
  const struct gaz_place *p = &b->row[n->row].p;
  double score = log10((double)p->population + 300);
  if (n->rank == GAZ_RANK_ADJECTIVE) score -= 100;
  if (p->level == LEVEL_COUNTRY) score += 3;
  if (p->feature == GAZ_CAPITAL) score += 1.5;
  if (p->feature == GAZ_REGION_SEAT) score += 0.4;
  if (p->feature == GAZ_OWN && p->level != LEVEL_COUNTRY) score = score > 5.5 ? score : 5.5;
  if (p->feature == GAZ_DIVISION) score -= 0.7; /* a division's people are those of its towns: "Moscow" is the town */
  if (p->feature == GAZ_COUNTY) score -= 1.2;
  if (p->feature == GAZ_SECTION) score -= 1;
  if (n->rank == GAZ_RANK_RULE) score -= 1.5;
  if (n->rank == GAZ_RANK_SPELLING) score -= 1;
  return score;
}

static int name_order(const void *x, const void *y) {
  const struct name *a = x, *b = y;
  int c = str_compare(a->key, b->key);
  if (c) return c;
  if (a->prior != b->prior) return a->prior > b->prior ? -1 : 1;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return (int)a->rank - (int)b->rank;
}

static uint32_t string_put(struct buf *strings, str s) {
  uint32_t at = (uint32_t)strings->n;
  uint16_t n = (uint16_t)(s.n > 200 ? 200 : s.n);
  buf_put(strings, (str){(const char *)&n, 2});
  buf_put(strings, str_sub(s, 0, n));
  return at;
}

static uint32_t power_above(uint32_t n) {
  uint32_t p = 1024;
  while (p < n) p *= 2;
  return p;
}

static void word_count(struct gaz_word *words, uint32_t mask, str key) {
  str first = str_sub(key, 0, str_find(key, ' '));
  uint32_t hash = gazetteer_hash(first), i = hash & mask;
  while (words[i].hash && words[i].hash != hash) i = (i + 1) & mask;
  words[i].hash = hash;
  if (key.n > words[i].bytes) words[i].bytes = (uint16_t)key.n;
  words[i].sizes |= (uint16_t)(1u << key.n % 16);
}

static void slot_put(struct gaz_slot *slots, uint32_t mask, str key, uint32_t list) {
  uint32_t hash = gazetteer_hash(key), i = hash & mask;
  while (slots[i].list) i = (i + 1) & mask;
  slots[i] = (struct gaz_slot){hash, list};
}

static bool names_lay(struct builder *b, struct buf *lists, struct buf *strings, struct gaz_slot *slots,
                      uint32_t slot_mask, struct gaz_word *words, uint32_t word_mask) {
  uint32_t zero = 0;
  for (uint32_t i = 0; i < b->nname; i++) b->name[i].prior = (float)prior(b, &b->name[i]);
  qsort(b->name, b->nname, sizeof *b->name, name_order);
  buf_put(lists, (str){(const char *)&zero, 4}); /* list 0 means none */
  for (uint32_t i = 0, j; i < b->nname; i = j) {
    uint32_t head[2] = {string_put(strings, b->name[i].key), 0}, at = (uint32_t)(lists->n / 4);
    for (j = i; j < b->nname && str_eq(b->name[j].key, b->name[i].key); j++)
      head[1] += j == i || b->name[j].row != b->name[j - 1].row;
    buf_put(lists, (str){(const char *)head, 8});
    for (uint32_t k = i; k < j; k++)
      if (k == i || b->name[k].row != b->name[k - 1].row) {
        uint32_t entry = b->name[k].row | (uint32_t)b->name[k].rank << 29;
        buf_put(lists, (str){(const char *)&entry, 4});
      }
    slot_put(slots, slot_mask, b->name[i].key, at);
    word_count(words, word_mask, b->name[i].key);
    b->counts->names++;
  }
  return !lists->failed && !strings->failed;
}

bool lay_out(struct builder *b, struct buf *out, struct err *e) {
  struct gaz_header h = {.magic = {'T', 'R', 'P', 'L', 'A', 'C', 'E', 'S'},
                         .version = GAZ_VERSION,
                         .endian = GAZ_ENDIAN,
                         .places = b->nrow,
                         .slots = power_above(b->nname + b->nname / 3),
                         .words = power_above(b->nname),
                         .cities = b->counts->towns};
  struct gaz_slot *slots = calloc(h.slots, sizeof *slots);
  struct gaz_word *words = calloc(h.words, sizeof *words);
  struct buf lists, strings;
  buf_init(&lists, 1u << 28), buf_init(&strings, 1u << 28);
  buf_put(&strings, (str){"\0\0", 2});
  bool ok = slots && words && names_lay(b, &lists, &strings, slots, h.slots - 1, words, h.words - 1);
  size_t start = out->n;
  buf_put(out, (str){(const char *)&h, sizeof h});
  for (uint32_t i = 0; ok && i < b->nrow; i++) {
    struct row *w = &b->row[i];
    w->p.name = string_put(&strings, w->name);
    w->p.adm1 = w->adm1.n ? string_put(&strings, w->adm1) : 0;
    buf_put(out, (str){(const char *)&w->p, sizeof w->p});
  }
  while (strings.n % 4) buf_putc(&strings, 0);
  if (ok) {
    buf_put(out, (str){(const char *)slots, h.slots * sizeof *slots});
    buf_put(out, (str){(const char *)words, h.words * sizeof *words});
    h.lists = (uint32_t)(lists.n / 4), h.strings = (uint32_t)strings.n;
    buf_put(out, buf_str(&lists)), buf_put(out, buf_str(&strings));
  }
  ok = ok && !out->failed && !strings.failed;
  if (ok) {
    h.size = out->n - start - sizeof h;
    h.checksum = checksum64(out->p + start + sizeof h, h.size);
    h.seal = gazetteer_seal(&h);
    memcpy(out->p + start, &h, sizeof h);
  }
  free(slots), free(words), buf_release(&lists), buf_release(&strings);
  return ok ? true : err_set(e, ERR_NOMEM, "the gazetteer is too large");
}
