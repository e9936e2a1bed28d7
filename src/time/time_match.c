/* time_match.c - pieces of a sentence and the matcher over them. */
#include "time/time_match.h"

/* ---- digits */

static bool all_digits(str s, size_t from, size_t to, int *out) {
  int64_t v;
  if (from >= to || to > s.n || to - from > 9) return false;
  for (size_t i = from; i < to; i++)
    if (!ascii_digit(s.p[i])) return false;
  str_to_int(str_sub(s, from, to), &v);
  *out = (int)v;
  return true;
}

static void number_classes(struct piece *p, int v, size_t digits) {
  p->number = (float)v;
  p->mask |= TC_BIT(TC_NUM) | TC_BIT(TC_CARD);
  if (v >= 1 && v <= 31 && digits <= 2) p->mask |= TC_BIT(TC_DAY);
  if (digits == 2) p->mask |= TC_BIT(TC_TWODIGIT);
  if (digits == 4 && v >= 1) p->mask |= TC_BIT(TC_ANYYEAR);
  if (digits == 4 && v >= 1000 && v <= 2150) p->mask |= TC_BIT(TC_YEAR);
}

/* "21st" -> day 21 and the 21st. */
static bool ordinal(struct piece *p, str s) {
  int v;
  if (s.n < 3 || !all_digits(s, 0, s.n - 2, &v) || v < 1) return false;
  str end = str_from(s, s.n - 2);
  if (!str_eq_fold(end, STR("st")) && !str_eq_fold(end, STR("nd")) && !str_eq_fold(end, STR("rd")) &&
      !str_eq_fold(end, STR("th")))
    return false;
  p->number = (float)v;
  p->mask |= TC_BIT(TC_ORD);
  if (v <= 31) p->mask |= TC_BIT(TC_DAY);
  return true;
}

/* "1990s", "90s", "'90s": the first year. */
static bool decade(struct piece *p, str s) {
  int v;
  if (s.n && s.p[0] == '\'') s = str_from(s, 1);
  if (s.n < 3 || ascii_fold(s.p[s.n - 1]) != 's' || !all_digits(s, 0, s.n - 1, &v) || v % 10) return false;
  if (s.n == 5 && v >= 1000 && v <= 2150) p->extra = v;
  else if (s.n == 3) p->extra = v + (v <= 20 ? 2000 : 1900);
  else return false;
  p->mask |= TC_BIT(TC_DECADE);
  return true;
}

/* "7:15", "19.30" is not taken, "10pm", "7:15p.m.". */
static bool clock_of(struct piece *p, str s) {
  int h, m = 0;
  size_t digits = 0;
  while (digits < s.n && ascii_digit(s.p[digits])) digits++;
  if (!digits || digits > 2 || !all_digits(s, 0, digits, &h)) return false;
  str rest = str_from(s, digits);
  bool colon = rest.n >= 3 && rest.p[0] == ':' && all_digits(rest, 1, 3, &m);
  if (colon) rest = str_from(rest, 3);
  if (colon && rest.n >= 3 && rest.p[0] == ':') rest = str_from(rest, 3); /* seconds */
  bool pm = str_eq_fold(rest, STR("pm")) || str_eq_fold(rest, STR("p.m.")),
       am = str_eq_fold(rest, STR("am")) || str_eq_fold(rest, STR("a.m."));
  if (!(colon && !rest.n) && !pm && !am) return false;
  if (h > 24 || m > 59 || ((pm || am) && (h < 1 || h > 12))) return false;
  p->extra = (pm && h < 12 ? h + 12 : am && h == 12 ? 0 : h) * 60 + m;
  p->mask |= TC_BIT(TC_CLOCK);
  return true;
}

/* 2020-12-26, 2020/12/26; 26.12.2020 (with full stops the day always comes first); 26/12/2020 and 12/26/20, whose order the
 * resolver finds: kept as three numbers in extra. */
static bool numeric_date(struct piece *p, str s) {
  int a, b, c;
  size_t i = 0, j;
  while (i < s.n && ascii_digit(s.p[i])) i++;
  if (i == s.n || !i || (s.p[i] != '/' && s.p[i] != '-' && s.p[i] != '.')) return false;
  for (j = i + 1; j < s.n && ascii_digit(s.p[j]);) j++;
  if (j == s.n || s.p[j] != s.p[i]) return false;
  if (!all_digits(s, 0, i, &a) || !all_digits(s, i + 1, j, &b) || !all_digits(s, j + 1, s.n, &c)) return false;
  bool iso = i == 4;
  if (!iso && s.p[i] == '.' && s.n - j - 1 == 4) { /* to year, month, day */
    int day = a;
    a = c, c = day, iso = true;
  }
  if (iso ? (a < 1 || b > 12 || c > 31) : (a > 31 || b > 31 || (s.n - j - 1 != 4 && s.n - j - 1 != 2))) return false;
  if (!a || !b || (iso && !c)) return false;
  p->extra = iso ? (a * 16 + b) * 32 + c : (c * 32 + a) * 32 + b;
  p->mask |= iso ? TC_BIT(TC_ISODATE) : TC_BIT(TC_NUMDATE);
  return true;
}

/* "W53" behind "2020-": a week of ISO 8601. */
static bool week_number(struct piece *p, str s) {
  int v;
  if (s.n != 3 || ascii_fold(s.p[0]) != 'w' || !all_digits(s, 1, 3, &v) || v < 1 || v > 53) return false;
  p->extra = v;
  p->mask |= TC_BIT(TC_WEEKNO);
  return true;
}

static void classify_digits(struct piece *p) {
  str s = p->text;
  int v;
  double real;
  if (all_digits(s, 0, s.n, &v)) {
    number_classes(p, v, s.n);
    return;
  }
  if (s.n == 3 && (s.p[0] == '\'') && all_digits(s, 1, 3, &v)) { /* '98 */
    p->number = (float)(v + (v < 30 ? 2000 : 1900));
    p->mask |= TC_BIT(TC_YEAR);
    return;
  }
  if (ordinal(p, s) || decade(p, s) || clock_of(p, s) || numeric_date(p, s) || week_number(p, s)) return;
  if (str_to_double(s, &real) && real >= 0 && real < 1e7)
    p->number = (float)real, p->mask |= TC_BIT(TC_NUM) | TC_BIT(TC_CARD);
}

/* ---- pieces */

static void classify(struct piece *p, const struct time_words *t, bool digit) {
  if (p->word == t->curly_s) p->word = t->apostrophe_s;
  p->w = time_word(t, p->word);
  p->number = -1;
  if (p->w) {
    p->mask = p->w->mask;
    if (p->mask & TC_BIT(TC_NUM)) p->number = (float)word_value(p->w, TC_NUM), p->mask |= TC_BIT(TC_CARD);
    int ord = p->mask & TC_BIT(TC_ORD) ? word_value(p->w, TC_ORD) : 0;
    if (ord >= 1 && ord <= 31) p->mask |= TC_BIT(TC_DAY), p->number = (float)ord;
    if (p->mask & TC_BIT(TC_HOUR)) p->extra = word_value(p->w, TC_HOUR);
    if (p->mask & TC_BIT(TC_DECADE)) p->extra = word_value(p->w, TC_DECADE);
  } else if (p->word == t->a || p->word == t->an) {
    p->number = 1;
  }
  if (p->word == t->a || p->word == t->an) p->number = 1, p->mask |= TC_BIT(TC_CARD);
  if (digit) classify_digits(p);
}

/* A part of a token as a word, if the table knows it. */
static sym part_sym(const struct doc *d, str s) {
  char low[32];
  if (s.n > sizeof low) return SYM_NONE;
  for (size_t i = 0; i < s.n; i++) low[i] = ascii_fold(s.p[i]);
  return symtab_find(d->words.base, (str){low, s.n});
}

static bool has_digit(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (ascii_digit(s.p[i])) return true;
  return false;
}

/* "mid-November" as three pieces if all its parts are words of time or numbers; false leaves it whole. */
static bool split(struct pieces *p, const struct time_words *t, const struct doc *d, uint32_t token, str s) {
  uint32_t begin = p->n;
  for (str rest = s; rest.n;) {
    str part = str_cut(&rest, '-');
    bool digit = has_digit(part);
    sym w = part_sym(d, part);
    if (!part.n || p->n + 2 >= p->size || (!digit && !time_word(t, w))) return p->n = begin, false;
    if (p->n > begin)
      p->at[p->n] = (struct piece){.word = t->hyphen, .token = token, .text = STR("-")},
      classify(&p->at[p->n++], t, false);
    p->at[p->n] = (struct piece){.word = w, .token = token, .text = part};
    classify(&p->at[p->n], t, digit);
    if (!p->at[p->n].mask) return p->n = begin, false;
    p->n++;
  }
  return true;
}

void pieces_fill(struct pieces *p, const struct time_words *t, const struct doc *d, uint32_t first, uint32_t n) {
  p->n = 0;
  for (uint32_t i = first; i < first + n && p->n < p->size; i++) {
    sym w = d->tokens.norm[i];
    bool digit = d->tokens.flags[i] & TOKEN_DIGIT;
    const struct time_word *known = time_word(t, w);
    str text = token_text(d, i);
    struct piece *x = &p->at[p->n];
    *x = (struct piece){.word = w, .token = i, .text = text};
    if (!known && !digit && w < d->words.base->n && !memchr(text.p, '-', text.n)) { /* the common case */
      x->number = -1;
      p->n++;
      continue;
    }
    classify(x, t, digit);
    if (!x->mask && text.n > 2 && text.p[0] != '-' && memchr(text.p, '-', text.n) && split(p, t, d, i, text)) continue;
    p->n++;
  }
  uint64_t from = 0;
  for (uint32_t i = p->n; i--;) p->at[i].from = from |= p->at[i].mask;
}

/* ---- matching */

struct matcher {
  const struct time_words *t;
  const struct pieces *p;
};

static void catch_class(const struct piece *x, int cls, struct parts *c) {
  int v = x->w ? word_value(x->w, (enum time_class)cls) : 0;
  bool the = c->the; /* right before this word */
  c->the = false;
  switch (cls) {
  case TC_DAY: *(c->day ? &c->day2 : &c->day) = (int)x->number; break;
  case TC_YEAR: *(c->year ? &c->year2 : &c->year) = (int)x->number; break;
  case TC_MONTH: c->month = v; break;
  case TC_WEEKDAY: c->weekday = v, c->the_weekday = the; break;
  case TC_WEEKDAYS: c->weekday = v, c->weekdays = true; break;
  case TC_UNIT:
    *(c->nunit++ ? &c->unit2 : &c->unit) = v;
    c->plural = x->text.n && ascii_fold(x->text.p[x->text.n - 1]) == 's';
    break;
  case TC_PART: c->part = v; break;
  case TC_SEASON: c->season = v; break;
  case TC_REL: *(c->rel ? &c->rel2 : &c->rel) = v; break;
  case TC_MOD: c->mod = v; break;
  case TC_EDGE: c->edge = v; break;
  case TC_DIR: c->dir = v; break;
  case TC_REF: c->ref = v; break;
  case TC_FREQ: c->freq = v; break;
  case TC_EACH: c->each = 1; break;
  case TC_ORD: c->ord = x->w && (x->w->mask & TC_BIT(TC_ORD)) ? v : (int)x->number; break;
  case TC_DEICTIC: c->deictic = v, c->has_deictic = true; break;
  case TC_HOUR:
  case TC_CLOCK: c->clock = x->extra; break;
  case TC_ZONE: c->zone = v, c->zoned = true; break;
  case TC_ANYYEAR: c->year = (int)x->number; break;
  case TC_TWODIGIT: c->year2 = (int)x->number; break;
  case TC_WEEKNO: c->week = x->extra; break;
  case TC_QUARTERNO: c->quarter = v; break;
  case TC_HALFNO: c->halfyear = v; break;
  case TC_DECADE: c->decade = x->extra; break;
  case TC_ISODATE:
    c->numdate[0] = x->extra / 512, c->numdate[1] = x->extra / 32 % 16, c->numdate[2] = x->extra % 32, c->iso = 1;
    break;
  case TC_NUMDATE:
    c->numdate[2] = x->extra / 1024, c->numdate[0] = x->extra / 32 % 32, c->numdate[1] = x->extra % 32;
    break;
  default: break;
  }
}

/* A cardinal over several words: "forty eight", "two hundred", "a few", "2 1/2", "a couple of". Returns the pieces taken. */
static uint32_t match_card(const struct matcher *m, uint32_t i, struct parts *c) {
  const struct pieces *p = m->p;
  float total = 0, now = -1;
  uint32_t k = i;
  bool vague = false, article = false;
  for (; k < p->n && k < i + 6; k++) {
    const struct piece *x = &p->at[k];
    float v = x->number;
    if (x->word == m->t->hyphen && now >= 20 && now < 100 && k + 1 < p->n && p->at[k + 1].number >= 1 &&
        p->at[k + 1].number < 10 && p->at[k + 1].w)
      continue;
    if (!(x->mask & TC_BIT(TC_CARD))) break;
    if (x->word == m->t->a || x->word == m->t->an) {
      if (k != i) break;
      article = true, now = 1;
    } else if (v == -1) { /* few, several */
      vague = true, now = 0;
    } else if (v == -2) {
      now = now < 0 || article ? 0.5f : now + 0.5f;
    } else if (v == 100 || v == 1000) {
      now = (now < 0 ? 1 : now) * v;
      if (v == 1000) total += now, now = 0;
    } else if (now < 0 || article) {
      now = v;
    } else if (x->w && now >= 20 && v < 10) {
      now += v;
    } else {
      break;
    }
    if (x->w == NULL || v != 1) article = false;
  }
  if (k == i) return 0;
  if (k + 1 < p->n && p->at[k].text.n == 3 && p->at[k].text.p[1] == '/' && now >= 0) { /* 2 1/2 */
    float part = (float)(p->at[k].text.p[0] - '0') / (float)(p->at[k].text.p[2] > '0' ? p->at[k].text.p[2] - '0' : 1);
    if (part > 0 && part < 1) now += part, k++;
  }
  if (k < p->n && k > i && p->at[k].text.n == 2 && (str_is(p->at[k].text, "of")) && p->at[k - 1].number == 2 &&
      p->at[k - 1].w)
    k++; /* couple of */
  float value = vague ? -2 : total + (now < 0 ? 0 : now);
  *(c->ncard++ ? &c->num2 : &c->num) = value;
  return k - i;
}

/* What must stand behind a name: "September 11" with "attacks". */
static bool behind_ok(const struct matcher *m, const struct feast_name *f, uint32_t i) {
  for (uint32_t k = 0; i < m->p->n && k < f->nbehind; k++)
    if (m->p->at[i].word == f->behind[k]) return true;
  return false;
}

static uint32_t match_feast(const struct matcher *m, uint32_t i, struct parts *c) {
  uint32_t best = 0;
  const struct feast_name *f;
  for (uint32_t k = m->p->at[i].w ? m->p->at[i].w->feast : 0; k; k = f->next) {
    f = &m->t->name[k - 1];
    if (f->n <= best || i + f->n > m->p->n) continue;
    uint32_t j = 1;
    while (j < f->n && m->p->at[i + j].word == f->words[j]) j++;
    if (j < f->n) continue;
    if (f->nbehind && !behind_ok(m, f, i + j)) continue;
    best = f->n, c->feast = (int)f->feast;
  }
  return best;
}

/* "nineteen ninety-six", "two thousand one" as broadcast transcripts spell years. */
static uint32_t match_year_words(const struct matcher *m, uint32_t i, struct parts *c) {
  const struct pieces *p = m->p;
  float a = p->at[i].number;
  if (!p->at[i].w || i + 1 >= p->n || (a != 19 && a != 18 && a != 20)) return 0;
  uint32_t k = i + 1;
  float b = p->at[k].w ? p->at[k].number : -1;
  if (p->at[k].mask & TC_BIT(TC_ORD)) return 0;
  if (b < 10 || b > 90) return 0;
  k++;
  if (k < p->n && p->at[k].word == m->t->hyphen && k + 1 < p->n) k++;
  if (k < p->n && b >= 20 && p->at[k].w && p->at[k].number >= 1 && p->at[k].number < 10 &&
      !(p->at[k].mask & TC_BIT(TC_ORD)))
    b += p->at[k++].number;
  else if (p->at[k - 1].word == m->t->hyphen) k--;
  *(c->year ? &c->year2 : &c->year) = (int)(a * 100 + b);
  return k - i;
}

/* "7:15 p.m.", "10 pm", "four o'clock", "0300 GMT". */
static uint32_t match_clock(const struct matcher *m, uint32_t i, struct parts *c) {
  const struct piece *x = &m->p->at[i], *next = i + 1 < m->p->n ? x + 1 : NULL;
  float v = x->number;
  if (x->mask & TC_BIT(TC_CLOCK)) {
    c->clock = x->extra;
    if (next && (next->mask & TC_BIT(TC_MERIDIEM))) {
      int pm = word_value(next->w, TC_MERIDIEM);
      if (c->clock < 780 && c->clock >= 60) c->clock = c->clock % 720 + (pm ? 720 : 0);
      return 2;
    }
    return 1;
  }
  if (!next || v < 0 || v != (float)(int)v) return 0;
  if ((next->mask & TC_BIT(TC_MERIDIEM)) && v >= 1 && v <= 12) {
    c->clock = ((int)v % 12 + (word_value(next->w, TC_MERIDIEM) ? 12 : 0)) * 60;
    return 2;
  }
  if ((next->mask & TC_BIT(TC_ZONE)) && !x->w && x->text.n == 4 && v < 2400 && (int)v % 100 < 60) {
    c->clock = (int)v / 100 * 60 + (int)v % 100;
    catch_class(next, TC_ZONE, c);
    return 2;
  }
  if (str_eq_fold(next->text, STR("o'clock")) && v >= 1 && v <= 12) return c->clock = (int)v * 60, 2;
  return 0;
}

/* "seventy-fifth", "twenty first": tens and a small ordinal over several tokens. 0 if it is none. */
static uint32_t match_ordinal(const struct matcher *m, uint32_t i, struct parts *c) {
  const struct pieces *p = m->p;
  const struct piece *tens = &p->at[i];
  if (!tens->w || tens->number < 20 || tens->number > 90 || (int)tens->number % 10) return 0;
  uint32_t k = i + 1;
  if (k < p->n && p->at[k].word == m->t->hyphen) k++;
  if (k >= p->n || !(p->at[k].mask & TC_BIT(TC_ORD)) || !p->at[k].w) return 0;
  int unit = word_value(p->at[k].w, TC_ORD);
  if (unit < 1 || unit > 9) return 0;
  c->ord = (int)tens->number + unit;
  return k + 1 - i;
}

static uint32_t match_class(const struct matcher *m, uint32_t i, int cls, struct parts *c) {
  const struct piece *x = &m->p->at[i];
  if (cls == TC_CLOCK) return match_clock(m, i, c);
  if (cls == TC_YEAR && !(x->mask & TC_BIT(TC_YEAR))) return match_year_words(m, i, c);
  if (cls == TC_CARD) return x->mask & (TC_BIT(TC_CARD) | TC_BIT(TC_NUM)) ? match_card(m, i, c) : 0;
  if (cls == TC_ORD && !(x->mask & TC_BIT(TC_ORD))) return match_ordinal(m, i, c);
  if (!(x->mask & TC_BIT(cls))) return 0;
  if (cls == TC_FEAST) return match_feast(m, i, c);
  catch_class(x, cls, c);
  uint32_t n = 1; /* an abbreviation's full stop that stands apart */
  if ((cls == TC_MONTH || cls == TC_WEEKDAY) && x->text.n <= 5 && i + 2 < m->p->n &&
      m->p->at[i + 1].word == m->t->period)
    n = 2;
  return n;
}

static uint32_t match_pattern(const struct matcher *m, const struct pattern *p, uint32_t k, uint32_t i, struct parts *c,
                              uint32_t *lead);

/* Whether a block may begin at a piece; a number may begin a time of day ("10 p.m."). */
static bool block_may(const struct time_words *t, const struct piece *x, uint32_t block) {
  uint64_t number = x->mask & (TC_BIT(TC_NUM) | TC_BIT(TC_CARD)) ? TC_BIT(TC_CLOCK) : 0;
  return !(x->no_block >> block & 1) && (x->mask | number) & t->block[block].start;
}

/* A look at the second element, or the first, before anything is copied: most patterns fall here. Only what is decided by the
 * word or its classes alone is judged; numbers and blocks are left to the matcher. */
static bool element_may(const struct matcher *m, const struct element *e, uint32_t i) {
  if (i >= m->p->n) return false;
  const struct piece *x = &m->p->at[i];
  if (e->kind == ELEMENT_WORDS) {
    for (uint8_t w = 0; w < e->n; w++)
      if (x->word == e->words[w]) return true;
    return false;
  }
  if (e->kind == ELEMENT_BLOCK) return block_may(m->t, x, e->block);
  if (e->cls == TC_CARD || e->cls == TC_CLOCK || e->cls == TC_YEAR || e->cls == TC_ORD)
    return x->mask & (TC_BIT(e->cls) | TC_BIT(TC_CARD) | TC_BIT(TC_NUM) | TC_BIT(TC_CLOCK));
  return x->mask & TC_BIT(e->cls);
}

static bool one_piece(const struct element *e) {
  const uint64_t several = TC_BIT(TC_CARD) | TC_BIT(TC_CLOCK) | TC_BIT(TC_YEAR) | TC_BIT(TC_ORD) | TC_BIT(TC_FEAST) |
                           TC_BIT(TC_MONTH) | TC_BIT(TC_WEEKDAY);
  return e->kind == ELEMENT_WORDS || (e->kind == ELEMENT_CLASS && !(several & TC_BIT(e->cls)));
}

static bool pattern_may(const struct matcher *m, const struct pattern *p, uint32_t i) {
  const struct element *first = &p->at[0];
  if (first->optional) return true;
  if (!element_may(m, first, i)) return false;
  /* what takes one piece and no more lets the second element be judged as well */
  return !one_piece(first) || p->n == 1 || p->at[1].optional || element_may(m, &p->at[1], i + 1);
}

/* That a block does not begin at a piece is remembered: rules share blocks, and blocks hold blocks. What stands before it
 * changes what a match says, never whether there is one. */
static uint32_t match_block(const struct matcher *m, uint32_t block, uint32_t i, struct parts *c) {
  const struct block *b = &m->t->block[block];
  uint32_t best = 0;
  struct parts kept = *c;
  struct piece *x = &m->p->at[i];
  if (!block_may(m->t, x, block)) return 0;
  for (uint32_t k = 0; k < b->n; k++) {
    if (!pattern_may(m, &b->at[k], i)) continue;
    struct parts mine = *c;
    uint32_t lead = 0, n = match_pattern(m, &b->at[k], 0, i, &mine, &lead);
    if (n > best) best = n, kept = mine;
  }
  if (best) *c = kept;
  else x->no_block |= (uint16_t)(1u << block);
  return best;
}

static void catch_word(const struct time_words *t, sym w, struct parts *c) {
  if (w == t->half) c->half = true;
  else if (w == t->eve) c->eve = true;
  else if (w == t->the) c->the = true;
  else if (w == t->week) c->of_week = true;
  else if (w == t->year) c->of_year = true;
}

static uint32_t match_element(const struct matcher *m, const struct element *e, uint32_t i, struct parts *c) {
  if (i >= m->p->n) return 0;
  if (e->kind == ELEMENT_BLOCK) return match_block(m, e->block, i, c);
  if (e->kind == ELEMENT_CLASS) return match_class(m, i, e->cls, c);
  for (uint8_t w = 0; w < e->n; w++)
    if (m->p->at[i].word == e->words[w]) return catch_word(m->t, e->words[w], c), 1;
  return 0;
}

/* Pieces matched from element k on at piece i; 0 if the pattern does not fit. A pattern always takes a piece. Each
 * optional element is tried present, then absent: at most 2^optionals, which a pattern keeps small. */
static uint32_t match_pattern(const struct matcher *m, const struct pattern *p, uint32_t k, uint32_t i, struct parts *c,
                              uint32_t *lead) {
  if (k == p->n) return 0;
  const struct element *e = &p->at[k];
  if (!element_may(m, e, i)) return e->optional ? match_pattern(m, p, k + 1, i, c, lead) : 0;
  struct parts mine = *c;
  uint32_t n = match_element(m, e, i, &mine);
  if (n) {
    uint32_t rest = k + 1 == p->n ? 0 : match_pattern(m, p, k + 1, i + n, &mine, lead);
    bool ends = k + 1 == p->n;
    if (!ends && !rest) { /* all that follows may be optional */
      ends = true;
      for (uint32_t j = k + 1; j < p->n; j++) ends = ends && p->at[j].optional;
    }
    if (ends || rest) {
      if (e->context && k == 0) *lead = n;
      *c = mine;
      return n + rest;
    }
  }
  return e->optional ? match_pattern(m, p, k + 1, i, c, lead) : 0;
}

static bool find_at(const struct time_words *t, const struct pieces *p, uint32_t i, struct found *out) {
  struct matcher m = {t, p};
  uint64_t mask = p->at[i].mask;
  if (mask & TC_BIT(TC_NUM))
    mask |= TC_BIT(TC_CLOCK) | TC_BIT(TC_YEAR) | TC_BIT(TC_ORD); /* "10 p.m.", "nineteen ninety" begin with a number */
  const struct time_word *w = has_digit(p->at[i].text) ? NULL : p->at[i].w; /* digits have classes that no word has */
  uint32_t best = 0, n_try = w ? w->nbegins : t->npattern;
  for (uint32_t k = 0; k < n_try; k++) {
    const struct pattern *r = &t->pattern[w ? w->begins[k] : k];
    if (!(mask & r->start) || (r->need & ~p->at[i].from) || !pattern_may(&m, r, i)) continue;
    struct parts c = {.feast = -1, .clock = -1, .num = -1, .num2 = -1, .iso = DAY_NONE};
    uint32_t lead = 0, n = match_pattern(&m, r, 0, i, &c, &lead);
    if (n <= best) continue;
    best = n;
    *out = (struct found){i + lead, n - lead, r, c};
  }
  if (!best) return false;
  const struct piece *x = &p->at[out->first];
  out->parts.bare = out->n == 1 && x->w && x->w->weak;
  return true;
}

bool time_find(const struct time_words *t, const struct pieces *p, uint32_t i, struct found *out) {
  bool ok = find_at(t, p, i, out);
  struct found behind;
  if (ok && out->first > i && find_at(t, p, out->first, &behind) &&
      behind.first + behind.n > out->first + out->n) { /* "at dawn" gives way to "dawn on Monday" */
    *out = behind;
    return true;
  }
  if (p->at[i].word != t->the || i + 1 >= p->n || !find_at(t, p, i + 1, &behind)) return ok;
  if (ok && out->first + out->n >= behind.first + behind.n)
    return true; /* "the past" gives way to "past three months" */
  *out = behind;
  return true;
}
