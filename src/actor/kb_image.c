/* kb_image.c - writing, checking and opening the compiled knowledge of actors. The text is read by actor_kb.c; what a phrase or a
 * spell means is not looked at here, only that every number in the file leads inside it. */
#include "actor/kb_image.h"
#include "base/checksum.h"

enum { KINDS = NAME_AGENT + 1 };

/* The tables of the file, in this order, each aligned to 8 bytes. */
enum table {
  T_LETTERS, /* bytes of all words, one behind the other */
  T_WORDS,   /* uint32_t[words + 1]: where each word begins in T_LETTERS */
  T_SLOTS,   /* struct sym_slot[mask + 1] */
  T_EDGES,
  T_FIRST,
  T_ENTRIES,
  T_STATES,
  T_SPELLS,
  T_ENTITIES,
  T_AGENTS,
  T_TAKERS,
  T_CLASSES, /* struct kb_word[mask + 1] */
  T_TEXT,
  TABLES
};
_Static_assert((int)TABLES == (int)IMAGE_TABLES, "the header counts every table");
static const size_t row_size[TABLES] = {1,
                                        sizeof(uint32_t),
                                        sizeof(struct sym_slot),
                                        sizeof(struct phrase_edge),
                                        sizeof(uint32_t),
                                        sizeof(struct phrase_entry),
                                        sizeof(struct kb_state),
                                        sizeof(struct kb_spell),
                                        sizeof(struct kb_entity),
                                        sizeof(struct kb_agent),
                                        sizeof(struct kb_taker),
                                        sizeof(struct kb_word),
                                        1};

static size_t aligned(size_t n) { return (n + 7) & ~(size_t)7; }

uint64_t actor_image_seal(const struct actor_image_header *h) {
  struct actor_image_header copy = *h;
  copy.seal = 0;
  return checksum64(&copy, sizeof copy);
}

/* ---- writing */

static void table_put(struct buf *out, struct actor_image_header *h, enum table t, const void *rows, size_t n) {
  static const char zero[8] = {0};
  size_t bytes = n * row_size[t];
  h->rows[t] = (uint32_t)n;
  if (bytes) buf_put(out, (str){rows, bytes});
  buf_put(out, (str){zero, aligned(bytes) - bytes});
}

static void words_put(struct buf *out, struct actor_image_header *h, const struct symtab *words) {
  struct buf letters, at;
  buf_init(&letters, UINT32_MAX), buf_init(&at, UINT32_MAX);
  for (uint32_t i = 0; i <= words->n; i++) {
    uint32_t begin = (uint32_t)letters.n;
    buf_put(&at, (str){(const char *)&begin, sizeof begin});
    if (i < words->n) buf_put(&letters, words->text[i]);
  }
  table_put(out, h, T_LETTERS, letters.p, letters.n);
  table_put(out, h, T_WORDS, at.p, at.n / sizeof(uint32_t));
  table_put(out, h, T_SLOTS, words->slot, (size_t)words->mask + 1);
  out->failed = out->failed || letters.failed || at.failed;
  buf_release(&letters), buf_release(&at);
}

bool actor_image_build(const struct actor_kb *kb, uint64_t sources, struct buf *out, struct err *e) {
  struct actor_image_header h = {.magic = {'T', 'R', 'A', 'C', 'T', 'O', 'R', 'S'},
                                 .version = IMAGE_VERSION,
                                 .endian = IMAGE_ENDIAN,
                                 .sources = sources,
                                 .n_edges = kb->phrases.n_edges,
                                 .n_classes = kb->n_words};
  size_t start = out->n;
  buf_put(out, (str){(const char *)&h, sizeof h});
  words_put(out, &h, kb->words);
  table_put(out, &h, T_EDGES, kb->phrases.edge, (size_t)kb->phrases.mask + 1);
  table_put(out, &h, T_FIRST, kb->phrases.first, kb->phrases.n);
  table_put(out, &h, T_ENTRIES, kb->phrases.entry, kb->phrases.n_entries);
  table_put(out, &h, T_STATES, kb->states.at, kb->states.n);
  table_put(out, &h, T_SPELLS, kb->spells.at, kb->spells.n);
  table_put(out, &h, T_ENTITIES, kb->entities.at, kb->entities.n);
  table_put(out, &h, T_AGENTS, kb->agents.at, kb->agents.n);
  table_put(out, &h, T_TAKERS, kb->takers.at, kb->takers.n);
  table_put(out, &h, T_CLASSES, kb->word, (size_t)kb->word_mask + 1);
  table_put(out, &h, T_TEXT, kb->text.p, kb->text.n);
  if (out->failed) return err_set(e, ERR_NOMEM, "no memory for the compiled actors");
  h.checksum = checksum64(out->p + start + sizeof h, out->n - start - sizeof h);
  h.seal = actor_image_seal(&h);
  memcpy(out->p + start, &h, sizeof h);
  return true;
}

/* ---- reading */

static const struct actor_image_header *header_of(const struct actor_image *m) { return (const void *)m->map.p; }

/* Where a table begins in the file. */
static size_t table_at(const struct actor_image_header *h, enum table t) {
  size_t at = sizeof *h;
  for (int i = 0; i < (int)t; i++) at += aligned((size_t)h->rows[i] * row_size[i]);
  return at;
}

static const void *table_of(const struct actor_image *m, enum table t) { return m->map.p + table_at(header_of(m), t); }

static bool power_of_two(uint32_t n) { return n && !(n & (n - 1)); }

static bool layout_ok(const struct actor_image *m, uint64_t sources) {
  const struct actor_image_header *h = header_of(m);
  return m->map.n >= sizeof *h && !memcmp(h->magic, "TRACTORS", 8) && h->version == IMAGE_VERSION &&
         h->endian == IMAGE_ENDIAN && h->sources == sources && h->seal == actor_image_seal(h) &&
         table_at(h, TABLES) == m->map.n && power_of_two(h->rows[T_SLOTS]) && power_of_two(h->rows[T_EDGES]) &&
         power_of_two(h->rows[T_CLASSES]) && h->rows[T_WORDS] >= 2 && h->rows[T_FIRST] && h->rows[T_ENTRIES];
}

/* Words follow one another; every slot names one; a free slot ends each search. */
static bool words_ok(const struct actor_image *m) {
  const struct actor_image_header *h = header_of(m);
  const uint32_t *at = table_of(m, T_WORDS);
  const struct sym_slot *slot = table_of(m, T_SLOTS);
  uint32_t n = h->rows[T_WORDS] - 1, used = 0;
  if (at[0] || at[n] != h->rows[T_LETTERS]) return false;
  for (uint32_t i = 0; i < n; i++)
    if (at[i] > at[i + 1]) return false;
  for (uint32_t i = 0; i < h->rows[T_SLOTS]; i++) {
    if (slot[i].id >= n) return false;
    used += slot[i].id != 0;
  }
  return used < h->rows[T_SLOTS] && n <= h->rows[T_SLOTS] / 2;
}

static bool value_ok(const struct actor_image_header *h, uint32_t value) {
  static const uint8_t table[KINDS] = {T_STATES, T_STATES, T_STATES, T_STATES, T_STATES, T_ENTITIES, T_AGENTS};
  return (uint32_t)name_kind(value) < KINDS && name_row(value) < h->rows[table[name_kind(value)]];
}

/* Entries of a phrase stand behind one another, so that none is met twice. */
static bool phrases_ok(const struct actor_image *m) {
  const struct actor_image_header *h = header_of(m);
  const struct phrase_edge *edge = table_of(m, T_EDGES);
  const uint32_t *first = table_of(m, T_FIRST);
  const struct phrase_entry *entry = table_of(m, T_ENTRIES);
  uint32_t nodes = h->rows[T_FIRST], words = h->rows[T_WORDS] - 1, used = 0;
  for (uint32_t i = 0; i < h->rows[T_EDGES]; i++) {
    if (edge[i].to >= nodes || edge[i].node >= nodes || edge[i].word >= words) return false;
    used += edge[i].to != 0;
  }
  for (uint32_t i = 0; i < nodes; i++)
    if (first[i] >= h->rows[T_ENTRIES]) return false;
  for (uint32_t i = 1; i < h->rows[T_ENTRIES]; i++)
    if (!value_ok(h, entry[i].value) || entry[i].next >= h->rows[T_ENTRIES] || (entry[i].next && entry[i].next <= i))
      return false;
  return used < h->rows[T_EDGES];
}

static bool byte_bool(const void *p) { return *(const unsigned char *)p <= 1; }

static bool ended(const char (*code)[4], int n) {
  for (int i = 0; i < n; i++)
    if (code[i][3]) return false;
  return true;
}

static bool actors_ok(const struct actor_image *m) {
  const struct actor_image_header *h = header_of(m);
  const struct kb_spell *spell = table_of(m, T_SPELLS);
  const struct kb_entity *entity = table_of(m, T_ENTITIES);
  for (uint32_t i = 0; i < h->rows[T_SPELLS]; i++) {
    const struct actor_code *c = &spell[i].code;
    if (!ended(&c->country, 1) || !ended(c->sector, CODE_SECTORS) || c->cameo[sizeof c->cameo - 1]) return false;
    if (spell[i].agent != NONE && spell[i].agent >= h->rows[T_AGENTS]) return false;
  }
  for (uint32_t i = 0; i < h->rows[T_ENTITIES]; i++)
    if (entity[i].first_spell > h->rows[T_SPELLS] || entity[i].n_spells > h->rows[T_SPELLS] - entity[i].first_spell ||
        entity[i].gender > GENDER_NEUTER)
      return false;
  return true;
}

static bool nouns_ok(const struct actor_image *m) {
  const struct actor_image_header *h = header_of(m);
  const struct kb_state *state = table_of(m, T_STATES);
  const struct kb_agent *agent = table_of(m, T_AGENTS);
  const struct kb_taker *taker = table_of(m, T_TAKERS);
  const struct kb_word *word = table_of(m, T_CLASSES);
  uint32_t used = 0;
  for (uint32_t i = 0; i < h->rows[T_STATES]; i++)
    if (!ended(&state[i].iso3, 1) || !ended(&state[i].cameo, 1) || !byte_bool(&state[i].breakaway)) return false;
  for (uint32_t i = 0; i < h->rows[T_AGENTS]; i++)
    if (!ended(agent[i].sector, CODE_SECTORS)) return false;
  for (uint32_t i = 0; i < h->rows[T_TAKERS]; i++)
    if (!byte_bool(&taker[i].subject)) return false;
  for (uint32_t i = 0; i < h->rows[T_CLASSES]; i++) {
    if (!byte_bool(&word[i].plural) || word[i].gender > GENDER_NEUTER || word[i].sector[3]) return false;
    used += word[i].word != 0;
  }
  return used < h->rows[T_CLASSES];
}

bool actor_image_open(struct actor_image *m, const char *path, uint64_t sources, struct symtab *words, struct err *e) {
  struct err ignored = {0};
  *m = (struct actor_image){0};
  if (!file_exists(path) || !file_map_open(&m->map, path, &ignored)) return true;
  if (!layout_ok(m, sources) || !words_ok(m) || !phrases_ok(m) || !actors_ok(m) || !nouns_ok(m)) {
    actor_image_close(m);
    return true;
  }
  const struct actor_image_header *h = header_of(m);
  if (symtab_fill(words, table_of(m, T_LETTERS), table_of(m, T_WORDS), h->rows[T_WORDS] - 1, table_of(m, T_SLOTS),
                  h->rows[T_SLOTS] - 1))
    return true;
  actor_image_close(m);
  return err_set(e, ERR_NOMEM, "no memory for the words of the actors");
}

bool actor_image_whole(const struct actor_image *m) {
  const struct actor_image_header *h = header_of(m);
  return !m->map.n || h->checksum == checksum64(h + 1, m->map.n - sizeof *h);
}

void actor_image_close(struct actor_image *m) {
  if (m->map.n) file_map_release(&m->map);
  *m = (struct actor_image){0};
}

/* The rows of a table; nothing writes to them once knowledge is open. */
#define ROWS_OF(rows_, m, t) ((rows_).at = (void *)(uintptr_t)table_of(m, t), (rows_).n = header_of(m)->rows[t])

void actor_kb_of_image(struct actor_kb *kb, const struct actor_image *m, struct symtab *words) {
  const struct actor_image_header *h = header_of(m);
  *kb = (struct actor_kb){.words = words, .mapped = true, .n_words = h->n_classes};
  ROWS_OF(kb->states, m, T_STATES);
  ROWS_OF(kb->spells, m, T_SPELLS);
  ROWS_OF(kb->entities, m, T_ENTITIES);
  ROWS_OF(kb->agents, m, T_AGENTS);
  ROWS_OF(kb->takers, m, T_TAKERS);
  kb->word = (void *)(uintptr_t)table_of(m, T_CLASSES);
  kb->word_mask = h->rows[T_CLASSES] - 1;
  kb->text = (struct buf){.p = (char *)(uintptr_t)table_of(m, T_TEXT), .n = h->rows[T_TEXT]};
  kb->phrases = (struct phrases){.edge = (void *)(uintptr_t)table_of(m, T_EDGES),
                                 .mask = h->rows[T_EDGES] - 1,
                                 .n_edges = h->n_edges,
                                 .first = (void *)(uintptr_t)table_of(m, T_FIRST),
                                 .n = h->rows[T_FIRST],
                                 .entry = (void *)(uintptr_t)table_of(m, T_ENTRIES),
                                 .n_entries = h->rows[T_ENTRIES]};
}
