/* petr_actors.c - files of actors: a phrase, its synonyms (+), its codes with dates; what an actor's code is on a day.
 *
 *   SAM_GAMGEE [HOB]               GOLLUM
 *   +SAMWISE                       +SMEAGOL
 *     [HOBMIL 20080120-20121109]     [HOB <950601] */
#include "base/calendar.h"
#include "petrarch/petr_read.h"
#include <stdlib.h>

/* ---- dates */

/* YYYYMMDD, or YYMMDD where years below 31 are of this century. False: no such day. */
static bool read_day(str s, int32_t *day) {
  int64_t n;
  if ((s.n != 8 && s.n != 6) || !str_to_int(s, &n) || n < 0) return false;
  int year = (int)(n / 10000);
  if (s.n == 6) year += year <= 30 ? 2000 : 1900;
  struct civil c = {year, (int)(n / 100 % 100), (int)(n % 100)};
  if (!civil_valid(c)) return false;
  *day = day_of_civil(c);
  return true;
}

/* "<d", ">d" or "d1-d2" with blanks anywhere: the days on which the code holds. A bound that is no day is noted and lost; the
 * code lives on with the other bound, as an undated one where none is left. */
static bool read_range(struct petr_reader *r, str s, struct petr_dated *x) {
  char sign = s.p[0];
  int32_t day;
  if (sign == '<' || sign == '>') {
    if (!read_day(str_trim(str_from(s, 1)), &day)) return false;
    if (sign == '<') x->to = day - 1;
    else x->from = day + 1;
    return true;
  }
  str rest = s, first = str_trim(str_cut(&rest, '-')), last = str_trim(rest);
  if (!read_day(first, &x->from) || !read_day(last, &x->to)) return false;
  if (x->from > x->to) {
    petr_note(r, "the dates run backwards: write %.*s-%.*s", STR_FMT(last), STR_FMT(first));
    int32_t swap = x->from;
    x->from = x->to;
    x->to = swap;
  }
  return true;
}

static size_t end_of_code(str s) {
  size_t i = 0;
  while (i < s.n && !ascii_space(s.p[i]) && s.p[i] != '<' && s.p[i] != '>') i++;
  return i;
}

/* The inside of one bracket: "CODE", "CODE >19990101", "CODE 19990101-20010101". */
static void read_bracket(struct petr_reader *r, str inside) {
  size_t cut = end_of_code(inside);
  struct petr_dated x = {.from = INT32_MIN, .to = INT32_MAX};
  str range = str_trim(str_from(inside, cut));
  if (!petr_code(r, str_sub(inside, 0, cut), &x.code)) {
    petr_note(r, "'%.*s' is no code: letters and digits, such as [USAGOV]; left out", STR_FMT(inside));
    return;
  }
  if (range.n && !read_range(r, range, &x)) {
    petr_note(r, "'%.*s' is no date: write <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD; the code is left out",
              STR_FMT(range));
    return;
  }
  struct petr_dated *row = PETR_PUSH(r, dated, n_dated, size_dated);
  if (row) *row = x;
}

static void read_brackets(struct petr_reader *r, str text) {
  while (text.n) {
    size_t open = str_find(text, '[');
    if (open == text.n) break;
    str inside = str_from(text, open + 1);
    size_t close = str_find(inside, ']');
    if (close == inside.n) petr_note(r, "a code has no ']'; write it");
    read_bracket(r, str_trim(str_sub(inside, 0, close)));
    text = close < inside.n ? str_from(inside, close + 1) : str_from(inside, inside.n);
  }
}

/* ---- phrases */

static void add_gap(struct petr_reader *r, const struct petr_piece *piece, uint32_t n, uint32_t record) {
  struct petr_gap g = {.record = record, .n = (uint8_t)n};
  if (n > sizeof g.word / sizeof g.word[0]) return;
  for (uint32_t i = 0; i < n; i++) g.word[i] = piece[i].word;
  struct petr_gap *row = PETR_PUSH(r, gap, n_gaps, size_gaps);
  if (!row) return;
  *row = g;
  r->no_memory |= !petr_trie_add(&r->d->gaps, g.word, 1, r->d->n_gaps - 1);
}

static void add_phrase(struct petr_reader *r, str phrase, uint32_t record) {
  struct petr_piece piece[PETR_PIECES];
  sym word[PETR_PIECES];
  bool long_one, gap = false;
  size_t paren = str_find(phrase, '(');
  if (paren < phrase.n)
    phrase = str_sub(phrase, 0, paren); /* "BRITISH PETROLEUM (BP)": the abbreviation is another's phrase */
  uint32_t n = petr_pieces(r, phrase, piece, &long_one);
  if (!n || long_one) {
    petr_note(r,
              n ? "the phrase is too long (%d words at most); left out" : "there is no phrase on this line; left out",
              PETR_PIECES);
    return;
  }
  for (uint32_t i = 0; i < n; i++) {
    word[i] = piece[i].word;
    gap |= i && !piece[i].adjacent;
  }
  r->no_memory |= !petr_trie_add(&r->d->actors, word, n, record);
  if (gap) add_gap(r, piece, n, record);
}

static void end_record(struct petr_reader *r, struct petr_record *at, uint32_t line) {
  if (!at) return;
  at->n = r->d->n_dated - at->first;
  if (at->n) return;
  uint64_t here = r->lines.number;
  r->lines.number = line;
  petr_note(r, "this actor has no code: add [CODE]; it counts as known without code");
  r->lines.number = here;
}

static void read_root(struct petr_reader *r) {
  struct petr_record *row = PETR_PUSH(r, record, n_records, size_records);
  if (!row) return;
  *row = (struct petr_record){r->d->n_dated, 0};
  size_t open = str_find(r->line, '[');
  add_phrase(r, str_trim(str_sub(r->line, 0, open)), r->d->n_records - 1);
  if (open < r->line.n) read_brackets(r, str_from(r->line, open));
}

void petr_read_actors(struct petr_reader *r) {
  uint32_t line = 0;
  bool open = false;
  while (petr_next(r)) {
    char c = r->line.p[0];
    struct petr_record *last = open ? &r->d->record[r->d->n_records - 1] : NULL;
    if (c == '[' || c == '+') {
      if (!last) petr_note(r, "a %s stands before the first actor; left out", c == '[' ? "code" : "synonym");
      else if (c == '[') read_brackets(r, r->line);
      else {
        str rest = str_from(r->line, 1);
        size_t bracket = str_find(rest, '[');
        add_phrase(r, str_trim(str_sub(rest, 0, bracket)), r->d->n_records - 1);
        if (bracket < rest.n) read_brackets(r, str_from(rest, bracket));
      }
      continue;
    }
    end_record(r, last, line);
    line = (uint32_t)r->lines.number;
    read_root(r);
    open = r->d->n_records > 0;
  }
  if (open) end_record(r, &r->d->record[r->d->n_records - 1], line);
}

/* ---- look-up */

bool petr_actor_code(const struct petr_dict *d, uint32_t link, int32_t day, str *code) {
  const struct petr_dated *fallback = NULL;
  bool known = false;
  for (uint32_t l = link; l; l = d->actors.link[l - 1].next) {
    const struct petr_record *rec = &d->record[d->actors.link[l - 1].value];
    known = true;
    for (uint32_t i = rec->first; i < rec->first + rec->n; i++) {
      const struct petr_dated *x = &d->dated[i];
      bool undated = x->from == INT32_MIN && x->to == INT32_MAX;
      if (undated && !fallback) fallback = x;
      if (undated || day == DAY_NONE || day < x->from || day > x->to) continue;
      *code = x->code;
      return true;
    }
  }
  *code = fallback ? fallback->code : STR("");
  return known;
}
