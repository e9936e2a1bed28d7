/* time_accept.c - is what a pattern matched an expression of time? Judged by the words beside it. */
#include "time/time_scan.h"

static bool nominal(const struct doc *d, uint32_t t) {
  uint8_t u = d->tokens.upos[t];
  return u == UPOS_NOUN || u == UPOS_PROPN;
}

/* "may", "march", "sun" alone: only with a capital, tagged as a name, and where a date may stand. */
static bool weak_ok(const struct scan *s, const struct found *f) {
  const struct doc *d = s->d;
  uint32_t at = s->pieces.at[f->first].token, before = previous_token(s, f), after = next_token(s, f);
  if (!upper(d, at) && f->parts.season == 0) return false;
  if (f->parts.season) return d->tokens.upos[at] != UPOS_VERB && d->tokens.upos[at] != UPOS_ADJ;
  if (d->tokens.xpos[at] == XPOS_MD) return false;
  int prep = before == NONE ? 0 : prep_of(s, before);
  if (!prep && before != NONE && after != NONE && d->tokens.upos[before] == UPOS_DET &&
      d->tokens.upos[after] == UPOS_NOUN)
    return f->parts.month != 0; /* "the March talks" */
  if (!prep || (after != NONE && d->tokens.upos[after] == UPOS_PROPN)) return false;
  return f->parts.month != 0;
}

/* "announced on Tuesday the first generation of": the ordinal in words counts what follows it, and the day is Tuesday. */
void time_trim(const struct scan *s, struct found *f) {
  const struct piece *last = &s->pieces.at[f->first + f->n - 1];
  uint32_t after = next_token(s, f);
  if (f->n < 3 || !f->parts.weekday || f->parts.month || !f->parts.day || !last->w || after == NONE) return;
  if (!(last->mask & TC_BIT(TC_ORD)) || !word_is(s->pieces.at[f->first + f->n - 3].w, TC_WEEKDAY)) return;
  if (!(nominal(s->d, after) || s->d->tokens.upos[after] == UPOS_ADJ || s->d->tokens.upos[after] == UPOS_NUM)) return;
  f->n -= 2;
  f->parts.day = 0;
}

/* "iLife'11": grown onto a word, so a part of its name. */
static bool grown_on(const struct scan *s, const struct found *f) {
  uint32_t at = s->pieces.at[f->first].token;
  const struct tokens *t = &s->d->tokens;
  return at > s->s->first && t->beg[at] == t->end[at - 1] && t->upos[at - 1] != UPOS_PUNCT &&
         t->upos[at - 1] != UPOS_SYM;
}

/* "the now-cancelled deal", "the then-president" */
static bool half_of_compound(const struct scan *s, const struct found *f) {
  uint32_t after = next_token(s, f), at = s->pieces.at[f->first + f->n - 1].token;
  const struct tokens *t = &s->d->tokens;
  return after != NONE && word_z(s->d, after, "-") && t->beg[after] == t->end[at] &&
         after + 1 < s->s->first + s->s->n && t->beg[after + 1] == t->end[after];
}

/* "Since 2014 rebels have held it", "In 1988 troops shelled the town": what opens a sentence is its time, though a plural noun stands
 * behind it; not where the number is round, "In 2000 villages". */
static bool opens_with_year(const struct scan *s, const struct found *f, uint32_t before, int prep) {
  int year = f->parts.year;
  if (before == NONE || before != s->s->first || year < 1900 || year > 2050) return false;
  return prep == PREP_SINCE || (prep == PREP_IN && year % 100 && word_z(s->d, before, "in"));
}

/* A number of four digits: a year, or two thousand of something. */
static bool year_ok(const struct scan *s, const struct found *f) {
  const struct doc *d = s->d;
  uint32_t before = previous_token(s, f), after = next_token(s, f);
  int year = f->parts.year, prep = before == NONE ? 0 : prep_of(s, before);
  if (f->n > 1) return true;
  if (str_starts(s->pieces.at[f->first].text, STR("'")) && grown_on(s, f)) return false;
  if (before != NONE) {
    uint8_t x = d->tokens.xpos[before];
    if (x == XPOS_DOLLAR || x == XPOS_SYM || x == XPOS_HYPH || word_z(d, before, "no.") || word_z(d, before, "#") ||
        word_z(d, before, "-"))
      return false;
    if (x == XPOS_CD && !prep) return false;
  }
  if (opens_with_year(s, f, before, prep)) return true;
  if (after != NONE) {
    uint8_t x = d->tokens.xpos[after];
    if (x == XPOS_NNS || x == XPOS_CD || word_z(d, after, "%") || word_z(d, after, "percent") ||
        word_z(d, after, "people"))
      return false;
    if (word_is(time_word(s->t, d->tokens.norm[after]), TC_UNIT) || word_z(d, after, ":")) return x == XPOS_COLON;
    if (word_z(d, after, "million") || word_z(d, after, "billion") || word_z(d, after, "km") ||
        word_z(d, after, "miles"))
      return false;
  }
  if (prep && prep != PREP_TO && prep != PREP_AND) return year >= 1100 && year <= 2150;
  return year >= 1900 && year <= 2050;
}

/* "the 9th" of the month, not "the 9th division", "the 1st". */
static bool day_alone_ok(const struct scan *s, const struct found *f) {
  const struct piece *x = &s->pieces.at[f->first + f->n - 1];
  uint32_t after = next_token(s, f);
  if (f->n != 2) return true;
  if (x->w || !(x->mask & TC_BIT(TC_ORD))) return false; /* in words it counts something: "the third" */
  return after == NONE ||
         !(nominal(s->d, after) || s->d->tokens.upos[after] == UPOS_ADJ || s->d->tokens.upos[after] == UPOS_NUM);
}

static bool age_follows(const struct scan *s, const struct found *f) {
  uint32_t after = next_token(s, f), before = previous_token(s, f);
  if (before != NONE && word_z(s->d, before, "aged")) return true;
  for (int k = 0; k < 2 && after != NONE; k++) {
    if (word_is(time_word(s->t, s->d->tokens.norm[after]), TC_AGE)) return true;
    if (!word_z(s->d, after, "-")) return false;
    after = after + 1 < s->s->first + s->s->n ? after + 1 : NONE;
  }
  return false;
}

/* Most words with a capital: a headline in running text. */
static bool headline_like(const struct scan *s) {
  uint32_t capital = 0, words = 0;
  for (uint32_t i = s->s->first; i < s->s->first + s->s->n; i++) {
    if (s->d->tokens.upos[i] == UPOS_PUNCT) continue;
    words++, capital += upper(s->d, i);
  }
  return s->s == s->d->sentences.at || capital * 3 > words * 2;
}

static bool lead_word(const struct scan *s, uint32_t token) {
  return token == s->s->first || s->d->tokens.upos[token - 1] == UPOS_PUNCT;
}

/* "60 Minutes", "This Week": with a capital in running text they are names. */
static bool name_of_show(const struct scan *s, const struct found *f) {
  const struct doc *d = s->d;
  if (s->s->flags & SENTENCE_HEADLINE) return false;
  for (uint32_t i = f->first; i < f->first + f->n; i++) {
    const struct piece *x = &s->pieces.at[i];
    if (!(x->mask & TC_BIT(TC_UNIT)) || lead_word(s, x->token)) continue;
    uint16_t flags = d->tokens.flags[x->token];
    if ((flags & TOKEN_UPPER_FIRST) && !(flags & TOKEN_UPPER_ALL) && !headline_like(s)) return true;
  }
  return false;
}

/* "in his thirties", "in her mid-30s" */
static bool age_decade(const struct scan *s, const struct found *f) {
  uint32_t before = previous_token(s, f);
  return before != NONE && s->d->tokens.xpos[before] == XPOS_PRPS;
}

/* "$5 a day", "50 people a day", "24 hours a day": a rate, so a set. */
bool time_is_rate(const struct scan *s, const struct found *f) {
  const struct parts *c = &f->parts;
  const struct piece *x = &s->pieces.at[f->first];
  uint32_t before = previous_token(s, f);
  bool article = x->word == s->t->a || x->word == s->t->an;
  if (f->pattern->op != OP_LENGTH || f->n != 2 || !article || c->plural || before == NONE || c->unit < 2) return false;
  uint32_t after = next_token(s, f), unit = s->pieces.at[f->first + 1].token;
  if (s->d->tokens.deprel[unit] == DEPREL_OBJ) return false;
  if (after != NONE && s->d->tokens.xpos[after] == XPOS_TO) return false; /* "gave the rebels a week to leave" */
  uint8_t u = s->d->tokens.upos[before];
  return u == UPOS_NUM || u == UPOS_NOUN || u == UPOS_SYM;
}

static bool length_ok(const struct scan *s, const struct found *f) {
  const struct parts *c = &f->parts;
  const struct piece *x = &s->pieces.at[f->first];
  uint32_t behind = next_token(s, f);
  if (age_follows(s, f) || name_of_show(s, f)) return false;
  if (c->unit == 7 && behind != NONE && word_z(s->d, behind, "of")) return false; /* "three-quarters of the food" */
  if (!c->ncard && !c->half && !c->plural && f->n == 1) return false;
  bool article = x->word == s->t->a || x->word == s->t->an;
  if (article && c->unit == 1) { /* "a second bomb" */
    uint32_t after = next_token(s, f);
    return after == NONE || !(nominal(s->d, after) || s->d->tokens.upos[after] == UPOS_ADJ);
  }
  if (c->ncard == 1 && c->num > 1 && c->unit == 1 && !c->plural && f->n == 2) return false; /* "1988 second" */
  return true;
}

/* "for the third day", "a third straight night" reach up to now; "on the third day of the siege" does not. */
static bool nth_ok(const struct scan *s, const struct found *f) {
  uint32_t after = next_token(s, f), before = previous_token(s, f);
  if (after != NONE && prep_of(s, after) == PREP_OF) return false;
  if (f->n > 2 && s->pieces.at[f->first].word != s->t->the) return true;
  if (before != NONE && s->d->tokens.upos[before] == UPOS_DET && before > s->s->first) before--;
  return f->n > 3 || (before != NONE && (prep_of(s, before) == PREP_FOR || word_z(s->d, before, "into")));
}

/* Names of feasts are written with a capital, wherever one begins: "last Christmas", "9/11". */
static bool feast_upper(const struct scan *s, const struct found *f) {
  for (uint32_t i = f->first; i < f->first + f->n; i++) {
    const struct piece *x = &s->pieces.at[i];
    if (x->mask & TC_BIT(TC_FEAST)) return upper(s->d, x->token) || (s->d->tokens.flags[x->token] & TOKEN_DIGIT);
  }
  return true;
}

/* "the year", "the week" alone: where a date may stand, and nothing says which one is meant. */
static bool unit_alone(const struct scan *s, const struct found *f) {
  uint32_t before = previous_token(s, f), after = next_token(s, f);
  int unit = f->parts.unit, prep = before == NONE ? 0 : prep_of(s, before);
  if (unit == 7 || unit == 11) return true; /* "the quarter", "the weekend" */
  if (unit != 5 && unit != 6 && unit != 8) return false;
  if (after != NONE && (prep_of(s, after) == PREP_OF || word_z(s->d, after, "that") || word_z(s->d, after, "when")))
    return false;
  return prep == PREP_OF || prep == PREP_FOR || (prep == PREP_IN && word_z(s->d, before, "during"));
}

bool time_accept(const struct scan *s, const struct found *f) {
  const struct parts *c = &f->parts;
  const struct doc *d = s->d;
  uint32_t at = s->pieces.at[f->first].token;
  if (f->parts.bare && !weak_ok(s, f)) return false;
  if (c->month == 5 && f->n <= 2 && !upper(d, s->pieces.at[f->first + f->n - 1].token) && !upper(d, at))
    return false; /* may */
  if (c->feast >= 0 && !feast_upper(s, f)) return false;
  for (uint32_t i = f->first; c->month && !c->day && !c->year && i < f->first + f->n; i++) /* "this march" */
    if ((s->pieces.at[i].mask & TC_BIT(TC_MONTH)) && s->pieces.at[i].w->weak && !upper(d, s->pieces.at[i].token))
      return false;
  if (c->weekday && !c->day && !c->weekdays) { /* "that Sun machine" */
    for (uint32_t i = f->first; i < f->first + f->n; i++)
      if (word_is(s->pieces.at[i].w, TC_WEEKDAY) && s->pieces.at[i].w->weak) return false;
  }
  switch ((enum time_op)f->pattern->op) {
  case OP_YEAR: return year_ok(s, f);
  case OP_DAY:
    if (c->clock < 0 && c->part && c->ncard) { /* "at four in the morning" */
      uint32_t before = previous_token(s, f);
      return before != NONE && (word_z(d, before, "at") || word_z(d, before, "around") || word_z(d, before, "about"));
    }
    if (c->day && !c->month && !c->weekday && c->clock < 0) return day_alone_ok(s, f);
    if (c->clock >= 0 && f->n == 1 && s->pieces.at[f->first].w == NULL) {
      uint32_t before = previous_token(s, f);
      return before == NONE || !nominal(d, before); /* "Luke 7:15" */
    }
    return true;
  case OP_RANGE: return c->day && c->day2;
  case OP_LENGTH:
  case OP_SPAN: return length_ok(s, f);
  case OP_AWAY: return !age_follows(s, f);
  case OP_UNIT:
    if (c->mod && !c->rel && f->n == 2) return false; /* "late day" */
    if (name_of_show(s, f)) return false;
    if (!c->rel && !c->mod && !c->edge && !c->dir && f->n == 2) return unit_alone(s, f);
    if (c->edge && !c->rel && f->n <= 3 && s->pieces.at[f->first].word != s->t->the) /* "year end", "month's end" */
      return c->unit == 8 || c->unit == 6 || c->unit == 5;
    if (c->rel == 6 && f->n == 2 &&
        s->pieces.at[f->first].word != s->t->the) { /* "that day" but not "said that day care" */
      uint32_t after = next_token(s, f);
      return after == NONE || !nominal(d, after);
    }
    return true;
  case OP_SET: return !c->freq || d->tokens.upos[at] == UPOS_ADV || c->freq == 4;
  case OP_REF:
  case OP_PRESENT: return !half_of_compound(s, f);
  case OP_ANNIVERSARY: return true;
  case OP_NTH: return nth_ok(s, f);
  case OP_DECADE: return !age_decade(s, f) && (f->n > 1 || !s->pieces.at[f->first].w);
  default: return true;
  }
}

/* "two days after the attack" counts from the attack, which this stage does not know: its words are a length. */
bool time_hangs_on_event(const struct scan *s, const struct found *f) {
  uint32_t after = next_token(s, f);
  const struct piece *last = &s->pieces.at[f->first + f->n - 1];
  if (after == NONE || !(f->parts.dir == 2 || f->parts.dir == -2)) return false;
  if (!str_eq_fold(last->text, STR("after")) && !str_eq_fold(last->text, STR("before"))) return false;
  uint8_t u = s->d->tokens.upos[after], x = s->d->tokens.xpos[after];
  return u == UPOS_DET || u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_ADJ || x == XPOS_VBG ||
         u == UPOS_NUM;
}
