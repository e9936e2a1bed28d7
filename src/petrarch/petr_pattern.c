/* petr_pattern.c - one pattern of a verb file into elements.
 *
 *   - $ HOSTED * IN_^ WITH + [042:043]     TABARI, PETRARCH1: words in the order of the text; _ adjacent, blank a gap
 *   - * {TRADE MISSION} (TO &TOWN) [0311]  PETRARCH2: heads, noun phrases and prepositional phrases of the tree */
#include "petrarch/petr_read.h"

uint32_t petr_synset_find(const struct petr_dict *d, str name) {
  while (name.n && name.p[name.n - 1] == '_') name.n--;
  for (uint32_t i = d->n_synsets; i-- > 0;)
    if (str_eq_fold(d->synset[i].name, name)) return i;
  return NONE;
}

struct sides { /* the elements of one pattern while it is read; side[0] left of the verb in reading order */
  struct petr_element at[2][PETR_PIECES];
  uint8_t n[2];
  uint8_t side;
  bool adjacent; /* what comes next is joined to what came before */
  bool too_long;
};

static void put(struct sides *s, uint8_t kind, uint32_t number) {
  uint8_t n = s->n[s->side];
  if (n == PETR_PIECES) {
    s->too_long = true;
    return;
  }
  s->at[s->side][n] = (struct petr_element){kind, s->adjacent, number};
  s->n[s->side]++;
  s->adjacent = false;
}

static bool put_word(struct petr_reader *r, struct sides *s, str word) {
  if (word.n == 1 && memchr("$+%^", word.p[0], 4)) {
    put(s,
        word.p[0] == '$'   ? PETR_SOURCE
        : word.p[0] == '+' ? PETR_TARGET
        : word.p[0] == '%' ? PETR_COMPOUND
                           : PETR_SKIP,
        0);
    return true;
  }
  if (word.p[0] == '&') {
    uint32_t row = petr_synset_find(r->d, str_from(word, 1));
    if (row == NONE)
      petr_note(r, "the synset %.*s is not defined before this line; the pattern is left out", STR_FMT(word));
    else put(s, PETR_SYNSET, row);
    return row != NONE;
  }
  struct petr_piece piece[PETR_PIECES];
  bool long_one, adjacent = s->adjacent;
  uint32_t n = petr_pieces(r, word, piece, &long_one);
  for (uint32_t i = 0; i < n; i++) {
    s->adjacent = i ? piece[i].adjacent : adjacent;
    put(s, PETR_WORD, piece[i].word);
  }
  return true;
}

/* TABARI's { A | B }: a synset without a name. Returns the length read, 0 if there is no '|' before '}'. */
static size_t alternatives(struct petr_reader *r, struct sides *s, str rest) {
  size_t close = str_find(rest, '}');
  str inside = str_sub(rest, 1, close < rest.n ? close : rest.n);
  if (close == rest.n || str_find(inside, '|') == inside.n) return 0;
  struct petr_synset *x = PETR_PUSH(r, synset, n_synsets, size_synsets);
  if (!x) return 0;
  *x = (struct petr_synset){STR(""), r->d->n_members, 0};
  uint32_t row = r->d->n_synsets - 1;
  while (inside.n) {
    struct petr_piece piece[PETR_PIECES];
    struct petr_member m = {.n = 0};
    bool long_one;
    uint32_t n = petr_pieces(r, str_trim(str_cut(&inside, '|')), piece, &long_one);
    for (uint32_t i = 0; i < n && i < 6; i++) m.word[i] = piece[i].word, m.adjacent[i] = piece[i].adjacent, m.n++;
    struct petr_member *to = n ? PETR_PUSH(r, member, n_members, size_members) : NULL;
    if (to) *to = m, r->d->synset[row].n++;
  }
  put(s, PETR_SYNSET, row);
  return close + 1;
}

static bool bracket_kind(struct petr_reader *r, struct sides *s, str rest, size_t *i) {
  static const char open[] = "{}()";
  char c = rest.p[*i];
  size_t read = c == '{' ? alternatives(r, s, str_from(rest, *i)) : 0;
  if (read) *i += read;
  else {
    const char *at = strchr(open, c);
    if (r->d->tree_style && at) put(s, (uint8_t)(PETR_NP + (at - open)), 0);
    ++*i;
  }
  return true;
}

static bool read_sides(struct petr_reader *r, str text, struct sides *s) {
  bool seen = false, good = true;
  for (size_t i = 0; i < text.n && good;) {
    char c = text.p[i];
    if (ascii_space(c)) i++;
    else if (c == '_') {
      s->adjacent = i + 1 < text.n && !ascii_space(text.p[i + 1]); /* "TO_ ^": a whole word, then a gap */
      i++;
    } else if (memchr("{}()", c, 4)) bracket_kind(r, s, text, &i);
    else if (c == '*') {
      if (seen && text.p[i - 1] != '*') return false;
      seen = true, s->side = 1, i++;
    } else {
      size_t from = i;
      while (i < text.n && !ascii_space(text.p[i]) && !memchr("_*{}()", text.p[i], 6)) i++;
      good = put_word(r, s, str_sub(text, from, i));
    }
  }
  return good && seen && !s->too_long;
}

/* Left of the verb, words are met going left: their order turns, and "joined to the one before" becomes "joined to the one after". */
static void turn(struct sides *s, bool last_joined) {
  struct petr_element *e = s->at[0];
  uint8_t n = s->n[0];
  bool joined[PETR_PIECES];
  for (uint8_t i = 0; i < n; i++) joined[i] = i + 1 < n ? e[i + 1].adjacent : last_joined;
  for (uint8_t i = 0; i < n; i++) e[i].adjacent = joined[i];
  for (uint8_t i = 0; i + 1 < n - i; i++) {
    struct petr_element swap = e[i];
    e[i] = e[n - 1 - i];
    e[n - 1 - i] = swap;
  }
}

static uint64_t word_bit(uint32_t word) { return 1ull << (word * 0x9E3779B1u >> 26); }

static void store(struct petr_reader *r, struct petr_pattern *p, const struct sides *s) {
  for (uint8_t side = 0; side < 2; side++) {
    *(side ? &p->after : &p->before) = r->d->n_elements;
    for (uint8_t i = 0; i < s->n[side]; i++) {
      const struct petr_element *x = &s->at[side][i];
      struct petr_element *to = PETR_PUSH(r, element, n_elements, size_elements);
      if (!to) return;
      *to = *x;
      p->weight += x->kind < PETR_NP;
      if (x->kind == PETR_WORD) p->words |= word_bit(x->number);
    }
  }
  p->n_before = s->n[0], p->n_after = s->n[1];
}

bool petr_event_codes(struct petr_reader *r, str inside, str *code, str *reverse) {
  str rest = inside, first = str_trim(str_cut(&rest, ':')), second = str_trim(rest);
  *code = *reverse = STR("");
  bool pair = first.n < inside.n;
  if (first.n && !petr_code(r, first, code)) return false;
  return !pair || (second.n && petr_code(r, second, reverse));
}

bool petr_read_pattern(struct petr_reader *r, str line, struct petr_pattern *p) {
  str text = line, inside;
  struct sides s = {.side = 0};
  *p = (struct petr_pattern){.line = (uint32_t)r->lines.number, .file = r->file};
  if (!petr_bracket(r, &text, &inside) || !petr_event_codes(r, inside, &p->code, &p->reverse)) {
    petr_note(r, "a pattern ends with its code, such as [042], [042:043] or [---]; left out");
    return false;
  }
  uint64_t noted = r->d->notes.total;
  if (!read_sides(r, str_trim(str_from(text, 1)), &s)) {
    if (s.too_long) petr_note(r, "the pattern has more than %d words on one side; left out", PETR_PIECES);
    else if (noted == r->d->notes.total) petr_note(r, "a pattern has one '*' for its verb; left out");
    return false;
  }
  size_t star = str_find(text, '*');
  if (!r->d->tree_style) turn(&s, star && text.p[star - 1] == '_');
  store(r, p, &s);
  return true;
}
