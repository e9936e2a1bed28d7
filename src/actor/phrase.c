/* phrase.c - the word automaton: pieces, building, stepping. Knows nothing of actors. */
#include "actor/phrase.h"
#include "base/utf8.h"
#include <stdlib.h>

static bool apostrophe(str s, size_t at, size_t *width) {
  unsigned char c = (unsigned char)s.p[at];
  if (c == '\'' || c == '`') return *width = 1, true;
  if (c != 0xE2 && c != 0xCA) return false;
  if (at + 2 < s.n && c == 0xE2 && (unsigned char)s.p[at + 1] == 0x80 &&
      ((unsigned char)s.p[at + 2] == 0x99 || (unsigned char)s.p[at + 2] == 0x98))
    return *width = 3, true;
  if (at + 1 < s.n && c == 0xCA && ((unsigned char)s.p[at + 1] == 0xBC || (unsigned char)s.p[at + 1] == 0xBF))
    return *width = 2, true; /* modifier letters of transliteration */
  return false;
}

static bool splits(char c) { return ascii_space(c) || c == '-' || c == ',' || c == '(' || c == ')'; }

/* Length of the piece's bytes at `at`: up to a blank, a hyphen, or the "'s" that ends the word. */
static size_t piece_end(str s, size_t at) {
  size_t i = at, width;
  while (i < s.n && !splits(s.p[i])) {
    if (i > at && apostrophe(s, i, &width)) {
      size_t after = i + width;
      bool ends = after == s.n || splits(s.p[after]);
      bool genitive = after < s.n && ascii_fold(s.p[after]) == 's' && (after + 1 == s.n || splits(s.p[after + 1]));
      if (ends || genitive) return i;
    }
    i++;
  }
  return i;
}

bool piece_next(str text, size_t *at, char out[PIECE_MAX], size_t *n) {
  size_t width;
  while (*at < text.n && splits(text.p[*at])) (*at)++;
  if (*at >= text.n) return false;
  size_t end = piece_end(text, *at);
  char raw[PIECE_MAX];
  size_t length = 0;
  bool only_mark = false;
  for (size_t i = *at; i < end;) {
    if (apostrophe(text, i, &width)) {
      only_mark = i == *at; /* "'s", "'" */
      if (only_mark) raw[length++] = '\'';
      i += width;
    } else {
      if (length < sizeof raw) raw[length++] = text.p[i];
      i++;
    }
  }
  *n = utf8_fold((str){raw, length}, out, PIECE_MAX);
  *at = end;
  return *n > 0 || piece_next(text, at, out, n);
}

bool phrases_init(struct phrases *p) {
  *p = (struct phrases){.mask = (1u << 12) - 1, .n = 1, .size = 1 << 12, .n_entries = 1, .size_entries = 1 << 12};
  p->edge = calloc(p->mask + 1, sizeof *p->edge);
  p->first = calloc(p->size, sizeof *p->first);
  p->entry = calloc(p->size_entries, sizeof *p->entry);
  if (p->edge && p->first && p->entry) return true;
  phrases_release(p);
  return false;
}

void phrases_release(struct phrases *p) {
  free(p->edge);
  free(p->first);
  free(p->entry);
  *p = (struct phrases){0};
}

static uint32_t edge_hash(uint32_t node, sym word) {
  uint64_t h = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32);
}

uint32_t phrases_step(const struct phrases *p, uint32_t node, sym word) {
  for (uint32_t i = edge_hash(node, word) & p->mask; p->edge[i].to; i = (i + 1) & p->mask)
    if (p->edge[i].node == node && p->edge[i].word == word) return p->edge[i].to;
  return 0;
}

static void edge_put(struct phrase_edge *table, uint32_t mask, struct phrase_edge e) {
  uint32_t i = edge_hash(e.node, e.word) & mask;
  while (table[i].to) i = (i + 1) & mask;
  table[i] = e;
}

static bool edges_grow(struct phrases *p) {
  if (p->n_edges * 2 <= p->mask) return true;
  uint32_t mask = p->mask * 2 + 1;
  struct phrase_edge *table = calloc((size_t)mask + 1, sizeof *table);
  if (!table) return false;
  for (uint32_t i = 0; i <= p->mask; i++)
    if (p->edge[i].to) edge_put(table, mask, p->edge[i]);
  free(p->edge);
  p->edge = table;
  p->mask = mask;
  return true;
}

static bool array_grow(void *where, uint32_t n, uint32_t *size, size_t width) {
  void **at = where;
  if (n < *size) return true;
  void *more = realloc(*at, (size_t)*size * 2 * width);
  if (!more) return false;
  memset((char *)more + (size_t)*size * width, 0, (size_t)*size * width);
  *at = more;
  *size *= 2;
  return true;
}

bool phrases_add(struct phrases *p, const sym *words, uint32_t n, uint32_t value) {
  uint32_t node = 0;
  if (!n) return false;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t to = phrases_step(p, node, words[i]);
    if (!to) {
      if (!edges_grow(p) || !array_grow(&p->first, p->n, &p->size, sizeof *p->first)) return false;
      to = p->n++;
      edge_put(p->edge, p->mask, (struct phrase_edge){node, words[i], to});
      p->n_edges++;
    }
    node = to;
  }
  if (!array_grow(&p->entry, p->n_entries, &p->size_entries, sizeof *p->entry)) return false;
  uint32_t *link = &p->first[node];
  while (*link) {
    if (p->entry[*link].value == value) return true;
    link = &p->entry[*link].next;
  }
  *link = p->n_entries;
  p->entry[p->n_entries++] = (struct phrase_entry){value, 0};
  return true;
}
