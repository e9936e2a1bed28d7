/* mask.c - a text with the names of private persons replaced by their role words. */
#include "ledger/mask.h"
#include "base/utf8.h"
#include "ledger/fields.h"
#include <stdlib.h>

enum { NAME_WORDS = 256, SHORTEST_NAME_WORD = 3, MASK_CAP = 1 << 26 };

struct name_word {
  str text, role;
};

/* What one call of mask_init works with. */
struct masker {
  struct mask *m;
  struct name_word words[NAME_WORDS];
  size_t n_words, size;
  struct masked *open; /* names of public actors: not to be touched */
  size_t n_open;
};

static bool is_private(const struct json_value *actor) { return field_bool(actor, "private"); }

static bool is_name(const struct json_value *mention) { return str_is(field_str(mention, "type"), "name"); }

str mask_role_word(const struct json_value *actor) {
  str word = field_str(actor, "role_word");
  if (word.n) return word;
  size_t i;
  const struct json_value *mention;
  JSON_EACH(field(actor, "mentions"), i, mention)
  if (str_is(field_str(mention, "type"), "nominal")) return field_str(mention, "text");
  return STR("private person");
}

/* The mention's bytes in m->text; false if they cannot be. */
static bool mention_bytes(const struct mask *m, const struct json_value *mention, uint32_t *beg, uint32_t *end) {
  struct place_in_text s = span_of(mention);
  int64_t shift = s.in_title ? (int64_t)m->body_len + 1 : 0;
  int64_t limit = s.in_title ? (int64_t)m->text.n : (int64_t)m->body_len;
  if (s.start < 0 || s.end <= s.start || s.end + shift > limit) return false;
  *beg = (uint32_t)(s.start + shift);
  *end = (uint32_t)(s.end + shift);
  return true;
}

static int by_place(const void *a, const void *b) {
  const struct masked *x = a, *y = b;
  if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
  return x->end > y->end ? -1 : x->end < y->end;
}

/* The parts of a name: what stands between blanks, hyphens and punctuation. */
static bool word_byte(char c) { return ascii_alpha(c) || (unsigned char)c >= 0x80 || c == '\''; }

static bool capitalised(str w) {
  size_t at = 0;
  return w.n && utf8_upper_char(utf8_next(w, &at));
}

static str next_word(str text, size_t *at) {
  while (*at < text.n && !word_byte(text.p[*at])) ++*at;
  size_t from = *at;
  while (*at < text.n && word_byte(text.p[*at])) ++*at;
  str w = str_sub(text, from, *at);
  if (str_ends(w, STR("'s"))) w.n -= 2;
  return w;
}

static void add_words(struct masker *k, str name, str role) {
  for (size_t at = 0; at < name.n && k->n_words < NAME_WORDS;) {
    str w = next_word(name, &at);
    if (w.n >= SHORTEST_NAME_WORD && capitalised(w)) k->words[k->n_words++] = (struct name_word){w, role};
  }
}

static void add(struct masked *list, size_t *n, size_t size, struct masked v) {
  if (*n < size) list[(*n)++] = v;
}

static void collect(struct masker *k, const struct mask_name *names, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct masked v = {names[i].beg, names[i].end, names[i].role};
    if (names[i].hidden) add(k->m->at, &k->m->n, k->size, v);
    else add(k->open, &k->n_open, k->size, v);
    if (names[i].hidden) add_words(k, str_sub(k->m->text, v.beg, v.end), v.word);
  }
  qsort(k->open, k->n_open, sizeof *k->open, by_place);
}

static const struct name_word *hidden_word(const struct masker *k, str w) {
  for (size_t i = 0; i < k->n_words; i++)
    if (str_eq_fold(k->words[i].text, w)) return &k->words[i];
  return NULL;
}

/* Every further place where a word of a private name stands, public names left alone; linear in the text. */
static void sweep(struct masker *k) {
  size_t open = 0;
  for (size_t at = 0; at < k->m->text.n;) {
    str w = next_word(k->m->text, &at);
    uint32_t beg = (uint32_t)(w.p - k->m->text.p), end = beg + (uint32_t)w.n;
    while (open < k->n_open && k->open[open].end <= beg) open++;
    if (open < k->n_open && k->open[open].beg <= beg) continue;
    const struct name_word *hidden = w.n >= SHORTEST_NAME_WORD && capitalised(w) ? hidden_word(k, w) : NULL;
    if (hidden) add(k->m->at, &k->m->n, k->size, (struct masked){beg, end, hidden->role});
  }
}

/* Only a blank (or a hyphen) lies between two pieces of one name. */
static bool adjoining(const struct mask *m, const struct masked *a, const struct masked *b) {
  return b->beg == a->end + 1 && (m->text.p[a->end] == ' ' || m->text.p[a->end] == '-') && str_eq(a->word, b->word);
}

static void merge(struct mask *m) {
  qsort(m->at, m->n, sizeof *m->at, by_place);
  size_t n = 0;
  for (size_t i = 0; i < m->n; i++) {
    struct masked *last = n ? &m->at[n - 1] : NULL;
    if (last && (m->at[i].beg < last->end || adjoining(m, last, &m->at[i]))) {
      if (m->at[i].end > last->end) last->end = m->at[i].end;
    } else m->at[n++] = m->at[i];
  }
  m->n = n;
}

bool mask_build(struct mask *m, str text, uint32_t body_len, const struct mask_name *names, size_t n, struct arena *a) {
  *m = (struct mask){.text = text, .body_len = body_len, .arena = a};
  bool any_private = false;
  for (size_t i = 0; i < n; i++) any_private |= names[i].hidden;
  if (!any_private) return true;
  struct masker k = {.m = m, .size = n + text.n / 16 + 16};
  m->at = ARENA_ARRAY(a, struct masked, k.size);
  k.open = ARENA_ARRAY(a, struct masked, k.size);
  if (!m->at || !k.open) return false;
  collect(&k, names, n);
  if (k.n_words) sweep(&k);
  merge(m);
  return true;
}

bool mask_init(struct mask *m, str text, uint32_t body_len, const struct json_value *actors, struct arena *a) {
  *m = (struct mask){.text = text, .body_len = body_len, .arena = a};
  size_t i, j, most = 0, n = 0;
  const struct json_value *actor, *mention;
  JSON_EACH(actors, i, actor) most += json_size(field(actor, "mentions"));
  struct mask_name *names = ARENA_ARRAY(a, struct mask_name, most);
  if (!names) return false;
  JSON_EACH(actors, i, actor) {
    bool hidden = is_private(actor);
    str role = hidden ? mask_role_word(actor) : (str){"", 0};
    JSON_EACH(field(actor, "mentions"), j, mention) {
      struct mask_name v = {.hidden = hidden, .role = role};
      if (is_name(mention) && mention_bytes(m, mention, &v.beg, &v.end)) names[n++] = v;
    }
  }
  return mask_build(m, text, body_len, names, n, a);
}

const struct masked *mask_at(const struct mask *m, size_t byte) {
  size_t lo = 0, hi = m->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (m->at[mid].end <= byte) lo = mid + 1;
    else hi = mid;
  }
  return lo < m->n && m->at[lo].beg <= byte ? &m->at[lo] : NULL;
}

static void put_plain(struct buf *out, str s) {
  for (size_t i = 0; i < s.n; i++) {
    bool blank = ascii_space(s.p[i]) || (unsigned char)s.p[i] < 0x20;
    if (!blank) buf_putc(out, s.p[i]);
    else if (out->n && out->p[out->n - 1] != ' ') buf_putc(out, ' ');
  }
}

void mask_put(const struct mask *m, size_t beg, size_t end, struct buf *out) {
  size_t i = 0, at = beg;
  while (i < m->n && m->at[i].end <= beg) i++;
  for (; i < m->n && m->at[i].beg < end; i++) {
    if (m->at[i].beg > at) put_plain(out, str_sub(m->text, at, m->at[i].beg));
    buf_putc(out, '[');
    put_plain(out, m->at[i].word);
    buf_putc(out, ']');
    at = m->at[i].end;
  }
  if (at < end) put_plain(out, str_sub(m->text, at, end));
}

str mask_copy(const struct mask *m, size_t beg, size_t end) {
  if (beg >= end || end > m->text.n) return (str){"", 0};
  struct buf out;
  buf_init(&out, MASK_CAP);
  mask_put(m, beg, end, &out);
  str copy = str_trim(arena_str(m->arena, buf_str(&out)));
  buf_release(&out);
  return copy;
}
