/* boundary.c - features of a gap between pieces, and the sum of their weights. */
#include "text/boundary.h"
#include "base/file.h"
#include "text/chars.h"
#include <stdlib.h>

enum { FEATURE_LONGEST = 192, WORD_SHOWN = 14, CASE_SAMPLE = 4000, LETTERS_SEEN = 64 };

/* ---- the text as a whole */

static bool has_lower(str text, const struct piece *q) {
  for (size_t at = q->beg, n; at < q->end && at < q->beg + LETTERS_SEEN; at += n) {
    char_class_at(text, at, &n);
    if (char_lower_at(text, at)) return true;
  }
  return false;
}

enum letter_case boundary_case(const struct boundary_text *t) {
  uint32_t words = 0, lower = 0, ends = 0, small = 0;
  uint32_t to = t->p->n - t->from > CASE_SAMPLE ? t->from + CASE_SAMPLE : t->p->n;
  for (uint32_t i = t->from; i < to; i++) {
    const struct piece *q = &t->p->at[i];
    if (q->kind != PIECE_WORD || q->end - q->beg < 2) continue;
    words++;
    lower += has_lower(t->text, q);
    if (i == t->from || t->p->at[i - 1].kind != PIECE_STOP) continue;
    ends++;
    small += char_lower_at(t->text, q->beg);
  }
  if (words >= 8 && lower * 4 < words) return CASE_UPPER;
  return ends >= 2 && small * 4 > ends * 3 ? CASE_LOWER : CASE_MIXED;
}

bool boundary_candidate(const struct boundary_text *t, uint32_t i) {
  const struct piece *q = &t->p->at[i], *last = q - 1;
  switch (q->kind) {
  case PIECE_QUOTE_CLOSE:
  case PIECE_CLOSE:
  case PIECE_COMMA:
  case PIECE_STOP: return false;
  default: break;
  }
  if (q->mwt_more) return false;
  if (q->gap == GAP_NONE)
    return (last->kind == PIECE_STOP || last->kind == PIECE_ELLIPSIS || last->kind == PIECE_MARK) &&
           (q->kind == PIECE_WORD || q->kind == PIECE_QUOTE_OPEN);
  bool words = last->kind == PIECE_WORD && !last->abbr && q->kind == PIECE_WORD;
  return !(words && char_lower_at(t->text, q->beg));
}

/* ---- features
 *
 * A feature is the name of its program and the values that the program's parts have at the gap: "cfcgM . X n". In a name, c is the class and
 * w the word of the piece whose place follows (d e f before the gap, g and h behind it); capitals are properties of the gap. */

static const char *const programs[] = {"M",      "cfcgM",  "cecfcg",   "cfcgch", "LcfcgM",  "wf",         "wgcg",
                                       "wfwg",   "wfcg",   "cfwg",     "wewf",   "cfwgwh",  "wecfcg",     "NcecfcgM",
                                       "SMcfcg", "EPcfcg", "PMcfcg",   "QPcfcg", "Scecfcg", "cdcecfcgch", "Gcfcg",
                                       "TcfcgP", "LTQcg",  "cewfcgwh", "Swfcg"};
_Static_assert(sizeof programs / sizeof *programs == BOUNDARY_PROGRAMS, "the model has room for the programs");

enum { PART_LONGEST = 20, PLACES = 5, PLACE_FIRST = -3, PROPERTIES = 9, PARTS = 2 * PLACES + PROPERTIES };
static const char property_names[PROPERTIES + 1] = "MSEPQGLNT";

struct part {
  char text[PART_LONGEST];
  uint32_t n;
};

struct gap_view {
  const struct boundary_text *t;
  const struct boundary_place *at;
  struct part part[PARTS]; /* classes by place, words by place, properties */
};

static void add_char(struct part *p, char c) {
  if (p->n < PART_LONGEST) p->text[p->n++] = c;
}

static const struct piece *piece_at(const struct boundary_text *t, int64_t i) {
  return i >= t->from && i < t->p->n ? &t->p->at[i] : NULL;
}

/* A word in lower case, digits as 0, cut short: "l-2000". */
static void put_word(struct part *p, const struct boundary_text *t, const struct piece *q) {
  if (!q) {
    add_char(p, '^');
    return;
  }
  for (size_t k = q->beg; k < q->end && k < q->beg + WORD_SHOWN; k++) {
    char c = t->text.p[k];
    add_char(p, ascii_digit(c) ? '0' : c <= ' ' && c >= 0 ? '_' : ascii_fold(c));
  }
}

/* The class of a piece in a letter or two: x X XX (case of a word), a1..a7 abbreviation, A acronym, I initial, marks as themselves. */
static void put_class(struct part *p, const struct boundary_text *t, const struct piece *q) {
  static const char kinds[PIECE_KINDS + 1] = "x0.~?()\"'-,:pFNR";
  if (!q || q->gap == GAP_PARAGRAPH || q->gap == GAP_LINE) add_char(p, '^');
  if (!q) return;
  if (q->initial) add_char(p, 'I');
  else if (q->acronym) add_char(p, 'A');
  else if (q->abbr) add_char(p, 'a'), add_char(p, (char)('0' + q->abbr));
  else if (q->kind == PIECE_PUNCT) add_char(p, (unsigned char)t->text.p[q->beg] < 0x80 ? t->text.p[q->beg] : 'p');
  else if (q->kind != PIECE_WORD) add_char(p, kinds[q->kind]);
  else if (char_lower_at(t->text, q->beg)) add_char(p, 'x');
  else {
    add_char(p, 'X');
    if (q->end - q->beg > 1 && !has_lower(t->text, q)) add_char(p, 'X');
  }
}

static char bucket(uint32_t n) {
  static const uint32_t edges[] = {1, 2, 3, 4, 5, 7, 10, 15, 25, 40};
  char c = 'a';
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) c += n > edges[i];
  return c;
}

static bool closing(const struct boundary_text *t, int64_t i) {
  return t->p->at[i].kind == PIECE_QUOTE_CLOSE || t->p->at[i].kind == PIECE_CLOSE;
}

static char starter(const struct boundary_text *t, const struct piece *q) {
  return wordlist_get_low(&t->words->starters, str_sub(t->text, q->beg, q->end)) ? 's' : 'o';
}

static void put_property(struct gap_view *v, struct part *p, char name) {
  const struct boundary_place *at = v->at;
  const struct piece *q = &v->t->p->at[at->i];
  int64_t last = (int64_t)at->i - 1;
  switch (name) {
  case 'M': add_char(p, "nlu"[v->t->letter_case]); break;
  case 'S': add_char(p, bucket(at->i - at->sentence)); break;
  case 'E': add_char(p, bucket(at->paragraph_end - at->i)); break;
  case 'P': add_char(p, at->stopped ? '.' : 'o'); break;
  case 'Q': add_char(p, (char)('0' + at->quoted + 2 * at->bracketed)); break;
  case 'G': add_char(p, q->gap == GAP_NONE ? 'n' : 's'); break;
  case 'T': add_char(p, starter(v->t, q)); break;
  case 'L': /* the piece before the gap that is no closing mark */
    while (last > v->t->from && closing(v->t, last)) last--;
    put_class(p, v->t, &v->t->p->at[last]);
    break;
  default: /* N: length of the word before the mark */
    q = piece_at(v->t, (int64_t)at->i - 2);
    add_char(p, q ? bucket(q->end - q->beg) : '^');
  }
}

static void look(struct gap_view *v, const struct boundary_text *t, const struct boundary_place *at) {
  v->t = t;
  v->at = at;
  for (size_t i = 0; i < PARTS; i++) v->part[i].n = 0;
  for (int k = 0; k < PLACES; k++) {
    const struct piece *q = piece_at(t, (int64_t)at->i + PLACE_FIRST + k);
    put_class(&v->part[k], t, q);
    put_word(&v->part[PLACES + k], t, q);
  }
  for (size_t k = 0; k < PROPERTIES; k++) put_property(v, &v->part[2 * PLACES + k], property_names[k]);
}

/* The part that a name goes on with; moves *name behind it. */
static size_t part_of(const char **name) {
  char c = *(*name)++;
  if (c == 'c' || c == 'w') return (size_t)(*(*name)++ - 'd') + (c == 'w' ? PLACES : 0);
  return 2 * PLACES + (size_t)(strchr(property_names, c) - property_names);
}

void boundary_features(const struct boundary_text *t, const struct boundary_place *at, boundary_sink *sink, void *to) {
  struct gap_view v;
  look(&v, t, at);
  for (size_t i = 0; i < BOUNDARY_PROGRAMS; i++) {
    char text[FEATURE_LONGEST];
    size_t n = strlen(programs[i]);
    memcpy(text, programs[i], n);
    for (const char *name = programs[i]; *name;) {
      const struct part *p = &v.part[part_of(&name)];
      text[n++] = ' ';
      memcpy(text + n, p->text, p->n);
      n += p->n;
    }
    sink(to, (str){text, n});
  }
}

/* ---- the model */

static uint64_t mix(uint64_t h, uint64_t part) {
  h = (h ^ part) * 0x9E3779B97F4A7C15u;
  return h ^ h >> 29;
}

/* The same as by parts: a feature's name, then its values. */
static uint64_t feature_hash(str s) {
  uint64_t h = str_hash(str_cut(&s, ' '), 0);
  while (s.n) h = mix(h, str_hash(str_cut(&s, ' '), 0));
  return h ? h : 1;
}

static struct boundary_slot *slot_of(const struct boundary_model *m, uint64_t hash) {
  uint64_t i = hash & m->mask;
  while (m->slot[i].hash && m->slot[i].hash != hash) i = (i + 1) & m->mask;
  return &m->slot[i];
}

static bool take_line(struct boundary_model *m, struct line_reader *r, struct err *e) {
  str rest = r->line, feature = str_cut(&rest, '\t');
  int64_t weight;
  if (!feature.n || !str_to_int(rest, &weight) || weight < -100000 || weight > 100000)
    return line_err(r, e, "a line is: feature, tab, weight");
  uint64_t hash = feature_hash(feature);
  *slot_of(m, hash) = (struct boundary_slot){hash, (int32_t)weight};
  return true;
}

static uint64_t count_lines(str s) {
  uint64_t n = 1;
  for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
  return n;
}

bool boundary_load(struct boundary_model *m, const char *path, struct err *e) {
  *m = (struct boundary_model){0};
  for (size_t i = 0; i < BOUNDARY_PROGRAMS; i++) m->program[i] = str_hash(str_of(programs[i]), 0);
  struct file_map map;
  if (!file_map_open(&map, path, e)) return false;
  uint64_t size = 64;
  while (size < 2 * count_lines(file_map_str(&map))) size *= 2;
  m->slot = calloc(size, sizeof *m->slot);
  m->mask = size - 1;
  bool ok = m->slot || err_set(e, ERR_NOMEM, "no memory for the boundary model");
  struct line_reader r;
  line_reader_init(&r, file_map_str(&map), path);
  while (ok && line_next(&r)) ok = take_line(m, &r, e);
  file_map_release(&map);
  if (!ok) boundary_release(m);
  return ok;
}

void boundary_release(struct boundary_model *m) {
  free(m->slot);
  *m = (struct boundary_model){0};
}

int32_t boundary_score(const struct boundary_model *m, const struct boundary_text *t, const struct boundary_place *at) {
  struct gap_view v;
  uint64_t hash[PARTS];
  int32_t sum = 0;
  look(&v, t, at);
  for (size_t i = 0; i < PARTS; i++) hash[i] = str_hash((str){v.part[i].text, v.part[i].n}, 0);
  for (size_t i = 0; i < BOUNDARY_PROGRAMS; i++) {
    uint64_t h = m->program[i];
    for (const char *name = programs[i]; *name;) h = mix(h, hash[part_of(&name)]);
    sum += slot_of(m, h ? h : 1)->weight;
  }
  return sum;
}
