/* tokenize.c - from white space to pieces: numbers, abbreviations, marks. Addresses and faces are in net.c, clitics in clitics.c. */
#include "text/tokenize.h"
#include "text/scan.h"

void pieces_init(struct pieces *p, struct arena *a) { *p = (struct pieces){.arena = a}; }

struct piece *piece_push(struct scan *s, size_t beg, size_t end, enum piece_kind kind) {
  struct pieces *p = s->out;
  if (p->n == p->size) {
    uint32_t size = p->size ? p->size * 2 : 256;
    struct piece *grown = ARENA_ARRAY(p->arena, struct piece, size);
    if (!grown) {
      p->failed = true;
      return NULL;
    }
    if (p->n) memcpy(grown, p->at, p->n * sizeof *grown);
    p->at = grown;
    p->size = size;
  }
  struct piece *q = &p->at[p->n++];
  *q = (struct piece){.beg = (uint32_t)beg, .end = (uint32_t)end, .gap = (uint8_t)s->gap, .kind = (uint8_t)kind};
  s->gap = GAP_NONE;
  return q;
}

enum char_class scan_class(const struct scan *s, size_t at) {
  size_t n;
  return at < s->end ? char_class_at(s->text, at, &n) : CHAR_SPACE;
}

static bool is_alnum(enum char_class c) { return c == CHAR_LETTER || c == CHAR_DIGIT; }

/* Where the letters and digits from `at` on end. */
size_t scan_alnum(const struct scan *s, size_t at) {
  for (size_t n; at < s->end && is_alnum(char_class_at(s->text, at, &n)); at += n) {}
  return at;
}

static size_t scan_digits(const struct scan *s, size_t at) {
  while (at < s->end && ascii_digit(s->text.p[at])) at++;
  return at;
}

static char at_or_nul(const struct scan *s, size_t at) { return at < s->end ? s->text.p[at] : 0; }

/* ---- joiners inside a word */

/* "713-853-3989", "2004-11-17", "555-0199", "77042-2016": one token. "1990-95", "3-5": not. */
static size_t join_digits(const struct scan *s, size_t beg, size_t hyphen) {
  size_t left = hyphen - beg, at = hyphen, parts = 1, last = left;
  for (; parts < 8 && at_or_nul(s, at) == '-' && ascii_digit(at_or_nul(s, at + 1)); parts++) {
    size_t end = scan_digits(s, at + 1);
    last = end - at - 1;
    at = end;
  }
  if (scan_class(s, at) == CHAR_LETTER) return 0;
  bool one = parts >= 3 || (parts == 2 && last == 4 && (left == 3 || left == 5));
  return one ? at : 0;
}

static bool joined_prefix(const struct scan *s, size_t part, size_t hyphen) {
  return wordlist_get_low(&s->words->prefix, str_sub(s->text, part, hyphen)) != 0;
}

/* The whole word around a hyphen or slash is listed ("w/o", "vice-president"): where it ends, else 0. */
static size_t joined_whole(const struct scan *s, size_t beg, size_t at) {
  size_t end = scan_alnum(s, at + 1);
  if (end == at + 1 || end - beg > WORDLIST_LONGEST) return 0;
  return wordlist_get_low(&s->words->joined, str_sub(s->text, beg, end)) ? end : 0;
}

static bool single_letter(const struct scan *s, size_t beg, size_t end) {
  return end - beg == 1 && ascii_alpha(s->text.p[beg]);
}

/* A full stop between letters or digits, the part before it being [part, dot): where the word goes on to, or 0 if it ends. */
static size_t join_dot(const struct scan *s, size_t beg, size_t part, size_t dot) {
  size_t end = scan_alnum(s, dot + 1);
  bool digit_left = ascii_digit(s->text.p[dot - 1]), digit_right = ascii_digit(at_or_nul(s, dot + 1));
  if (digit_left && digit_right) return end;
  if (single_letter(s, part, dot) && single_letter(s, dot + 1, end) && scan_class(s, end) != CHAR_APOSTROPHE)
    return end;
  str right = str_sub(s->text, dot + 1, end);
  if (at_or_nul(s, end) == '.' && end + 1 - beg <= WORDLIST_LONGEST &&
      words_abbreviation(s->words, str_sub(s->text, beg, end + 1)))
    return end; /* "Ph.D." */
  bool lower_left = ascii_lower(s->text.p[dot - 1]) || digit_left;
  if (wordlist_get_low(&s->words->domains, right)) return end;
  if (at_or_nul(s, end) == '.' && lower_left && char_lower_at(s->text, dot + 1) && end + 1 < s->end &&
      (char_lower_at(s->text, end + 1) || ascii_digit(at_or_nul(s, end + 1))))
    return end; /* comp.sources.unix */
  if (digit_left && !ascii_digit(s->text.p[beg]) && digit_right) return end;
  if (digit_right && single_letter(s, part, dot) && ascii_lower(s->text.p[part])) return end; /* v.2 */
  return 0;
}

static size_t join_hyphen(const struct scan *s, size_t beg, size_t part, size_t hyphen) {
  if (hyphen + 1 == s->end && hyphen - beg <= 2 && ascii_lower(s->text.p[beg]) && ascii_lower(s->text.p[hyphen - 1]))
    return hyphen + 1; /* "th- the": speech that breaks off */
  if (!is_alnum(scan_class(s, hyphen + 1))) return 0;
  if (ascii_digit(s->text.p[beg]) && ascii_digit(at_or_nul(s, hyphen + 1))) return join_digits(s, beg, hyphen);
  size_t whole = joined_whole(s, beg, hyphen);
  if (whole) return whole;
  return joined_prefix(s, part, hyphen) ? hyphen + 1 : 0;
}

/* "1,000,000" and "10,00,000": groups of digits, the last of three. "[12,13]" are two numbers. */
static bool grouped(const struct scan *s, size_t comma) {
  for (size_t groups = 0; groups < 8; groups++) {
    size_t end = comma + 1;
    while (end < s->end && end - comma <= 4 && ascii_digit(s->text.p[end])) end++;
    size_t digits = end - comma - 1;
    if (digits != 2 && digits != 3) return false;
    if (at_or_nul(s, end) != ',' || !ascii_digit(at_or_nul(s, end + 1))) return digits == 3;
    comma = end;
  }
  return false;
}

/* The character at `at` inside a word: where the word goes on to, or 0 if it ends before it. */
static size_t join(const struct scan *s, size_t beg, size_t part, size_t at) {
  char c = s->text.p[at], next = at_or_nul(s, at + 1), before = s->text.p[at - 1];
  bool digits = ascii_digit(before) && ascii_digit(next);
  switch (c) {
  case '.': return is_alnum(scan_class(s, at + 1)) ? join_dot(s, beg, part, at) : 0;
  case ',': return digits && grouped(s, at) ? at + 1 : 0;
  case ':': return digits ? at + 1 : 0;
  case '*': return ascii_alpha(before) && ascii_alpha(next) ? at + 1 : 0;
  case '/': return digits ? at + 1 : joined_whole(s, beg, at);
  case '-': return join_hyphen(s, beg, part, at);
  case '&':
    return (ascii_upper(before) && ascii_upper(next)) || (at - beg == 1 && scan_alnum(s, at + 1) == at + 2) ? at + 1
                                                                                                            : 0;
  case '$':
    return at - beg <= 3 && ascii_upper(before) && ascii_digit(next) ? 0
           : at - beg >= 2 && ascii_lower(next)                      ? at + 1
                                                                     : 0;
  default: break;
  }
  size_t n;
  if (char_class_at(s->text, at, &n) == CHAR_APOSTROPHE && scan_class(s, at + n) == CHAR_LETTER) return at + n;
  return 0;
}

/* Where the word that begins at `beg` ends: letters, digits and what joins them. */
static size_t word_end(const struct scan *s, size_t beg) {
  size_t at = beg, part = beg;
  for (;;) {
    at = scan_alnum(s, at);
    if (at >= s->end || at == beg) return at;
    size_t next = join(s, beg, part, at);
    if (!next) return at;
    if (next == at + 1) part = next;
    else
      for (part = next; part > at && is_alnum(scan_class(s, part - 1)); part--) {}
    at = next;
  }
}

/* ---- full stops behind a word */

static size_t skip_blanks(const struct scan *s, size_t at) {
  for (size_t n, steps = 0; at < s->text_end && steps < 64; at += n, steps++) {
    enum char_class c = char_class_at(s->text, at, &n);
    if (c != CHAR_SPACE && c != CHAR_LINE) break;
  }
  return at;
}

static const struct piece *last_piece(const struct scan *s) {
  return s->out->n > s->first ? &s->out->at[s->out->n - 1] : NULL;
}

static bool capital_piece(const struct scan *s, const struct piece *p) {
  return !p || p->kind != PIECE_WORD || p->abbr || p->initial || char_upper_at(s->text, p->beg);
}

/* "J." of "J. Smith", "E." of "E. coli"; "I." ends a sentence unless it stands among initials. */
static bool is_initial(const struct scan *s, size_t beg, size_t dot) {
  if (dot - beg != 1 || !ascii_upper(s->text.p[beg])) return false;
  size_t next = skip_blanks(s, dot + 1);
  if (next >= s->text_end || next == dot + 1) return next < s->text_end && char_upper_at(s->text, next);
  if (!char_upper_at(s->text, next) && !char_lower_at(s->text, next)) return false;
  const struct piece *before = last_piece(s);
  if (s->text.p[beg] == 'I') return before && capital_piece(s, before) && before->kind == PIECE_WORD;
  return true;
}

static bool is_acronym(const struct scan *s, size_t beg, size_t dot) {
  for (size_t i = dot; i > beg && dot - i < 16; i--) /* "anti-U.S.": the part behind the hyphen */
    if (s->text.p[i - 1] == '-') {
      beg = i;
      break;
    }
  size_t n = dot - beg;
  if (n < 3 || n > 16 || !(n & 1)) return false;
  for (size_t i = 0; i < n; i++)
    if (i & 1 ? s->text.p[beg + i] != '.' : !ascii_alpha(s->text.p[beg + i])) return false;
  return true;
}

/* "Sat. Sept. 30": a word whose first three letters abbreviate a month. */
static bool month_at(const struct scan *s, size_t at) {
  if (at + 3 > s->text_end) return false;
  char abbreviated[4] = {s->text.p[at], s->text.p[at + 1], s->text.p[at + 2], '.'};
  uint8_t class = wordlist_get(&s->words->abbreviations, (str){abbreviated, 4});
  return class == ABBR_MONTH || class == ABBR_DATE;
}

/* Whether the word [beg, dot) keeps the full stop at `dot`; fills what is known of it. */
static bool keeps_stop(const struct scan *s, size_t beg, size_t dot, struct piece *as) {
  if (at_or_nul(s, dot + 1) == '.') return false;
  size_t next = skip_blanks(s, dot + 1);
  bool digit_next = next < s->text_end && ascii_digit(s->text.p[next]);
  if (is_acronym(s, beg, dot)) {
    as->acronym = ascii_upper(s->text.p[beg]);
    as->abbr = words_abbreviation(s->words, str_sub(s->text, beg, dot + 1));
    if (!as->abbr) as->abbr = ABBR_END;
    return true;
  }
  if (is_initial(s, beg, dot)) return as->initial = true;
  if (dot + 1 - beg > WORDLIST_LONGEST) return false;
  as->abbr = words_abbreviation(s->words, str_sub(s->text, beg, dot + 1));
  const struct piece *before = last_piece(s);
  switch (as->abbr) {
  case ABBR_NONE: return false;
  case ABBR_NUMBER: return digit_next;
  case ABBR_DATE: return digit_next || at_or_nul(s, dot + 1) == ',' || month_at(s, next);
  case ABBR_UNIT: return before && before->kind == PIECE_NUMBER && next < s->text_end && !char_upper_at(s->text, next);
  case ABBR_TITLE: return next < s->text_end;
  default: return true;
  }
}

/* "35mm", "10am", "40K": digits and a unit. Where the unit begins, or 0. */
static size_t unit_at(const struct scan *s, size_t beg, size_t end) {
  size_t at = beg;
  while (at < end &&
         (ascii_digit(s->text.p[at]) || s->text.p[at] == ',' || s->text.p[at] == '.' || s->text.p[at] == ':'))
    at++;
  if (at == beg || at == end || (end - at == 1 && at - beg > 3)) return 0;
  for (size_t i = at; i < end; i++)
    if (!ascii_alpha(s->text.p[i]) && s->text.p[i] != '.') return 0;
  return wordlist_get_low(&s->words->units, str_sub(s->text, at, end)) ? at : 0;
}

static enum piece_kind word_kind(const struct scan *s, size_t beg) {
  char c = s->text.p[beg];
  return ascii_digit(c) || ((c == '.' || c == '+') && ascii_digit(at_or_nul(s, beg + 1))) ? PIECE_NUMBER : PIECE_WORD;
}

static bool only_underscores(const struct scan *s, size_t beg, size_t end) {
  while (beg < end && s->text.p[beg] == '_') beg++;
  return beg == end;
}

static size_t take_word(struct scan *s, size_t beg, size_t from) {
  size_t end = word_end(s, from);
  if (only_underscores(s, beg, end)) {
    piece_push(s, beg, end, end - beg > 1 ? PIECE_RULE : PIECE_DASH); /* "BAGHDAD (AP) _" */
    return end;
  }
  if (at_or_nul(s, end) == '/' && net_path(s, beg, end)) return net_take(s, beg, end);
  if (at_or_nul(s, end) == '$' && end - beg <= 3 && char_upper_at(s->text, beg) && ascii_digit(at_or_nul(s, end + 1)))
    end++;
  struct piece as = {0};
  bool stop = at_or_nul(s, end) == '.' && keeps_stop(s, beg, end, &as);
  if (stop) end++;
  size_t unit = unit_at(s, beg, end);
  if (unit) {
    piece_push(s, beg, unit, PIECE_NUMBER);
    beg = unit;
  }
  if (!stop && clitics_split(s, beg, &end)) return end;
  struct piece *p = piece_push(s, beg, end, word_kind(s, beg));
  if (p) {
    p->abbr = stop ? as.abbr : ABBR_NONE;
    p->acronym = stop && as.acronym;
    p->initial = stop && as.initial;
  }
  return stop ? clitic_after(s, end) : end;
}

/* ---- punctuation */

static size_t same_run(const struct scan *s, size_t at, size_t n) {
  size_t end = at + n;
  while (end + n <= s->end && !memcmp(s->text.p + at, s->text.p + end, n)) end += n;
  return end;
}

static size_t class_run(const struct scan *s, size_t at, enum char_class class) {
  size_t n;
  while (at < s->end && char_class_at(s->text, at, &n) == class) at += n;
  return at;
}

/* ? and ! and full stops in any mixture. */
static size_t mark_run(const struct scan *s, size_t at) {
  size_t n;
  while (at < s->end) {
    enum char_class c = char_class_at(s->text, at, &n);
    if (c != CHAR_MARK && c != CHAR_STOP) break;
    at += n;
  }
  return at;
}

static enum piece_kind punct_kind(char c) {
  return c == ',' ? PIECE_COMMA : c == ':' || c == ';' ? PIECE_COLON : PIECE_PUNCT;
}

/* A straight quotation mark opens after a blank or a bracket and before a word; between blanks it alternates. */
static size_t take_quote(struct scan *s, size_t at, size_t n) {
  bool before = s->gap == GAP_NONE, after = scan_class(s, at + n) != CHAR_SPACE && at + n < s->end;
  const struct piece *p = last_piece(s);
  if (before && p && (p->kind == PIECE_OPEN || p->kind == PIECE_QUOTE_OPEN || p->kind == PIECE_DASH)) before = false;
  bool open = before == after ? !s->double_open : after;
  s->double_open = open;
  piece_push(s, at, at + n, open ? PIECE_QUOTE_OPEN : PIECE_QUOTE_CLOSE);
  return at + n;
}

static size_t take_apostrophe(struct scan *s, size_t at, size_t n) {
  size_t run = same_run(s, at, n);
  if (run > at + n) { /* '' and `` */
    piece_push(s, at, run,
               s->text.p[at] == '`' || (s->gap != GAP_NONE && run < s->end) ? PIECE_QUOTE_OPEN : PIECE_QUOTE_CLOSE);
    return run;
  }
  size_t word = front_word(s, at, n);
  if (word) {
    piece_push(s, at, word, PIECE_WORD);
    return word;
  }
  bool after = at + n < s->end && is_alnum(scan_class(s, at + n));
  const struct piece *p = last_piece(s);
  bool before =
      s->gap == GAP_NONE && p && p->kind != PIECE_OPEN && p->kind != PIECE_QUOTE_OPEN && p->kind != PIECE_DASH;
  bool open = after && !before;
  s->single_open = open;
  piece_push(s, at, at + n, open ? PIECE_QUOTE_OPEN : PIECE_QUOTE_CLOSE);
  return at + n;
}

/* Pictures take their variation selectors, skin tones and joined pictures with them. */
static size_t take_symbol(struct scan *s, size_t at, size_t n) {
  size_t end = (unsigned char)s->text.p[at] < 0x80 ? same_run(s, at, n) : at + n;
  for (size_t steps = 0; end < s->end && steps < 16; steps++) {
    str rest = str_sub(s->text, end, s->end);
    if (str_starts(rest, STR("\xEF\xB8\x8F")) || str_starts(rest, STR("\xE2\x80\x8D"))) end += 3;
    else if (rest.n >= 4 && str_starts(rest, STR("\xF0\x9F\x8F")) && (unsigned char)rest.p[3] >= 0xBB) end += 4;
    else if (steps && str_starts(str_sub(s->text, end - 3, end), STR("\xE2\x80\x8D"))) {
      size_t more;
      char_class_at(s->text, end, &more);
      end += more;
    } else break;
  }
  bool rule = end - at > 2 && (unsigned char)s->text.p[at] < 0x80;
  piece_push(s, at, end, rule ? PIECE_RULE : (unsigned char)s->text.p[at] >= 0xF0 ? PIECE_FACE : PIECE_PUNCT);
  return end;
}

static size_t take_stop(struct scan *s, size_t at, size_t n) {
  if (s->text.p[at] == '.' && ascii_digit(at_or_nul(s, at + 1)) && s->gap != GAP_NONE) return take_word(s, at, at + 1);
  size_t end = class_run(s, at, CHAR_STOP);
  bool dots = end - at > 1;
  if (!dots) end = mark_run(s, end); /* ".?" is one token, "...?" two */
  piece_push(s, at, end, dots ? PIECE_ELLIPSIS : end - at > 1 ? PIECE_MARK : PIECE_STOP);
  (void)n;
  return end;
}

static size_t take_punct(struct scan *s, size_t at, size_t n) {
  char c = s->text.p[at];
  if ((c == '#' || c == '@') && scan_class(s, at + 1) == CHAR_LETTER && s->gap != GAP_NONE) {
    size_t end = scan_alnum(s, at + 1);
    piece_push(s, at, end, PIECE_NET);
    return end;
  }
  size_t end = strchr("*#/\\~", c) ? same_run(s, at, n) : at + n;
  if (end - at < 2) end = at + n;
  bool rule = end - at > 2;
  piece_push(s, at, end, rule ? PIECE_RULE : n == 1 ? punct_kind(c) : PIECE_PUNCT);
  return end;
}

static size_t take_other(struct scan *s, size_t at, enum char_class class, size_t n) {
  size_t end = at + n;
  switch (class) {
  case CHAR_APOSTROPHE: return take_apostrophe(s, at, n);
  case CHAR_QUOTE: return take_quote(s, at, n);
  case CHAR_QUOTE_OPEN:
  case CHAR_QUOTE_CLOSE:
    piece_push(s, at, end, class == CHAR_QUOTE_OPEN ? PIECE_QUOTE_OPEN : PIECE_QUOTE_CLOSE);
    if (str_starts(str_from(s->text, at), STR("\xE2\x80\x98"))) s->single_open = true;
    return end;
  case CHAR_OPEN: piece_push(s, at, end, PIECE_OPEN); return end;
  case CHAR_CLOSE: piece_push(s, at, end, PIECE_CLOSE); return end;
  case CHAR_DASH:
    end = same_run(s, at, n);
    if (at_or_nul(s, end) == '>') end++; /* an arrow */
    piece_push(s, at, end, end - at > 4 && n == 1 ? PIECE_RULE : PIECE_DASH);
    return end;
  case CHAR_STOP: return take_stop(s, at, n);
  case CHAR_MARK: piece_push(s, at, end = mark_run(s, at), PIECE_MARK); return end;
  case CHAR_CURRENCY: piece_push(s, at, end = same_run(s, at, n), PIECE_PUNCT); return end;
  case CHAR_SYMBOL:
    if (s->text.p[at] == '+' && ascii_digit(at_or_nul(s, at + 1)) && s->gap != GAP_NONE)
      return take_word(s, at, at + 1);
    return take_symbol(s, at, n);
  default: return take_punct(s, at, n);
  }
}

/* One run of characters without white space, [at, s->end). */
static void take_chunk(struct scan *s, size_t at) {
  net_look(s, at);
  while (at < s->end && !s->out->failed) {
    size_t n, end;
    enum char_class class = char_class_at(s->text, at, &n);
    if ((end = net_end(s, at)) != 0) at = net_take(s, at, end);
    else if ((end = face_end(s, at)) != 0) {
      piece_push(s, at, end, PIECE_FACE);
      at = end;
    } else if (is_alnum(class)) at = take_word(s, at, at);
    else at = take_other(s, at, class, n);
  }
}

bool tokenize(struct pieces *p, const struct words *w, struct layout *l, str text, size_t from, size_t to) {
  struct scan s = {.text = text, .text_end = to, .words = w, .out = p, .first = p->n};
  size_t at = from;
  while (at < to && !p->failed) {
    size_t n, blank = at;
    for (; at < to; at += n) {
      enum char_class c = char_class_at(text, at, &n);
      if (c != CHAR_SPACE && c != CHAR_LINE) break;
    }
    if (at >= to) break;
    s.gap = p->n == s.first ? GAP_PARAGRAPH : layout_gap(l, blank, at);
    if (s.gap >= GAP_LINE) s.single_open = s.double_open = false;
    for (s.end = at; s.end < to; s.end += n) {
      enum char_class c = char_class_at(text, s.end, &n);
      if (c == CHAR_SPACE || c == CHAR_LINE) break;
    }
    take_chunk(&s, at);
    at = s.end;
  }
  return !p->failed;
}
