/* time_stage.c - sentence by sentence: find, check against the context, resolve, note the role. */
#include "time/time_stage.h"
#include "time/anniversary.h"
#include "time/tense.h"
#include <stdlib.h>

struct time_work {
  struct piece *pieces;
};

struct scan { /* one document */
  const struct time_words *t;
  struct doc *d;
  struct pieces pieces;
  const struct sentence *s;
  struct period narrative;
  int32_t told;  /* the last day told */
  int32_t utter; /* the dateline's day, DAY_NONE before one */
  uint8_t order; /* enum date_order */
};

static bool upper(const struct doc *d, uint32_t t) { return d->tokens.flags[t] & TOKEN_UPPER_FIRST; }
static bool word_z(const struct doc *d, uint32_t t, const char *z) { return str_is(doc_word(d, d->tokens.norm[t]), z); }

static int prep_of(const struct scan *s, uint32_t token) {
  return word_value(time_word(s->t, s->d->tokens.norm[token]), TC_PREP);
}
enum prep {
  PREP_BY = 1,
  PREP_UNTIL,
  PREP_WITHIN,
  PREP_SINCE,
  PREP_FROM,
  PREP_BETWEEN,
  PREP_FOR,
  PREP_IN,
  PREP_TO,
  PREP_AND,
  PREP_OF
};

/* ---- is it one? */

static uint32_t next_token(const struct scan *s, const struct found *f) {
  uint32_t last = s->pieces.at[f->first + f->n - 1].token + 1;
  return last < s->s->first + s->s->n ? last : NONE;
}
static uint32_t previous_token(const struct scan *s, const struct found *f) {
  uint32_t first = s->pieces.at[f->first].token;
  return first > s->s->first ? first - 1 : NONE;
}

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

/* A number of four digits: a year, or two thousand of something. */
static bool year_ok(const struct scan *s, const struct found *f) {
  const struct doc *d = s->d;
  uint32_t before = previous_token(s, f), after = next_token(s, f);
  int year = f->parts.year, prep = before == NONE ? 0 : prep_of(s, before);
  if (f->n > 1) return true;
  if (before != NONE) {
    uint8_t x = d->tokens.xpos[before];
    if (x == XPOS_DOLLAR || x == XPOS_SYM || x == XPOS_HYPH || word_z(d, before, "no.") || word_z(d, before, "#") ||
        word_z(d, before, "-"))
      return false;
    if (x == XPOS_CD && !prep) return false;
  }
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
static bool rate(const struct scan *s, const struct found *f) {
  const struct parts *c = &f->parts;
  const struct piece *x = &s->pieces.at[f->first];
  uint32_t before = previous_token(s, f);
  bool article = x->word == s->t->a || x->word == s->t->an;
  if (f->pattern->op != OP_LENGTH || f->n != 2 || !article || c->plural || before == NONE || c->unit < 2) return false;
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

static bool accept(const struct scan *s, const struct found *f) {
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
  case OP_ANNIVERSARY: return true;
  case OP_NTH: return nth_ok(s, f);
  case OP_DECADE: return !age_decade(s, f) && (f->n > 1 || !s->pieces.at[f->first].w);
  default: return true;
  }
}

/* "two days after the attack" counts from the attack, which this stage does not know: its words are a length. */
static bool hangs_on_event(const struct scan *s, const struct found *f) {
  uint32_t after = next_token(s, f);
  const struct piece *last = &s->pieces.at[f->first + f->n - 1];
  if (after == NONE || !(f->parts.dir == 2 || f->parts.dir == -2)) return false;
  if (!str_eq_fold(last->text, STR("after")) && !str_eq_fold(last->text, STR("before"))) return false;
  uint8_t u = s->d->tokens.upos[after], x = s->d->tokens.xpos[after];
  return u == UPOS_DET || u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_ADJ || x == XPOS_VBG ||
         u == UPOS_NUM;
}

/* ---- words before and after */

/* Does a number stand there, as what "over" is said of? */
static bool counted(const struct scan *s, uint32_t token) {
  const struct time_word *w = time_word(s->t, s->d->tokens.norm[token]);
  return (s->d->tokens.flags[token] & TOKEN_DIGIT) || word_is(w, TC_NUM);
}

/* The first token of the expression with what leads it: "the", "about", "at least", "more than". */
static uint32_t lead_in(const struct scan *s, uint32_t first) {
  const struct doc *d = s->d;
  for (int steps = 0; steps < 4 && first > s->s->first; steps++) {
    const struct time_word *w = time_word(s->t, d->tokens.norm[first - 1]);
    int v = word_value(w, TC_LEAD);
    if (!v || v == 3) return first;
    if (v == 4 && !counted(s, first)) return first;
    if (v == 2) {
      if (first < s->s->first + 2 || word_value(time_word(s->t, d->tokens.norm[first - 2]), TC_LEAD) != 3) return first;
      first--;
    }
    first--;
  }
  return first;
}

/* The preposition that governs the expression; "no later than" counts as by. */
static int governing_prep(const struct scan *s, uint32_t first, uint32_t *at) {
  *at = NONE;
  if (first == s->s->first) return 0;
  *at = first - 1;
  if (word_z(s->d, first - 1, "than") && first >= s->s->first + 2 && word_z(s->d, first - 2, "later")) return PREP_BY;
  if (first >= s->s->first + 2 && word_z(s->d, first - 1, "to") && word_z(s->d, first - 2, "up")) return PREP_UNTIL;
  if (word_z(s->d, first - 1, "on") && first >= s->s->first + 2 && prep_of(s, first - 2) == PREP_BY) return PREP_BY;
  return prep_of(s, first - 1);
}

static bool grants(const struct scan *s, uint32_t first, const struct tense_reading *r) {
  const struct doc *d = s->d;
  if (r->verb != NONE && word_is(time_word(s->t, d->tokens.lemma[r->verb]), TC_GRANT)) return true;
  if (d->have & HAVE_TREE) return false;
  for (uint32_t i = first; i > s->s->first && first - i < 10; i--)
    if (d->tokens.upos[i - 1] == UPOS_VERB && word_is(time_word(s->t, d->tokens.lemma[i - 1]), TC_GRANT)) return true;
  return false;
}

/* "48 hours to release him", also with "on Thursday" between. */
static bool infinitive_follows(const struct scan *s, uint32_t last) {
  const struct doc *d = s->d;
  uint32_t end = s->s->first + s->s->n, i = last;
  if (i < end && (prep_of(s, i) == PREP_IN || prep_of(s, i) == PREP_FROM)) i++;
  while (i > last && i < end && i < last + 4 && word_is(time_word(s->t, d->tokens.norm[i]), TC_WEEKDAY)) i++;
  return i + 1 < end && word_z(d, i, "to") && (d->tokens.xpos[i + 1] == XPOS_VB || d->tokens.upos[i + 1] == UPOS_VERB);
}

/* "a 48-hour ultimatum", "ten days' notice", "set a deadline of 72 hours". */
static bool ultimatum_near(const struct scan *s, uint32_t first, uint32_t last) {
  const struct doc *d = s->d;
  uint32_t end = s->s->first + s->s->n;
  for (uint32_t i = last; i < end && i < last + 3; i++)
    if (word_is(time_word(s->t, d->tokens.norm[i]), TC_ULTIMATUM)) return true;
  return first >= s->s->first + 2 && word_is(time_word(s->t, d->tokens.norm[first - 2]), TC_ULTIMATUM) &&
         prep_of(s, first - 1) == PREP_OF;
}

static bool ultimatum_before(const struct scan *s,
                             uint32_t first) { /* "a deadline of Friday", "the ultimatum expires on" */
  for (uint32_t i = first; i > s->s->first && first - i < 6; i--)
    if (word_is(time_word(s->t, s->d->tokens.norm[i - 1]), TC_ULTIMATUM)) return true;
  return false;
}

/* ---- rows */

/* "called on the garrison to surrender by Friday": the infinitive right above is still to be done. */
static bool under_infinitive(const struct scan *s, uint32_t first) {
  const struct tokens *t = &s->d->tokens;
  uint32_t verb = t->head[first];
  if (verb == NONE || t->xpos[verb] != XPOS_VB) return false;
  for (uint32_t c = t->child[verb]; c != NONE && c < verb; c = t->sibling[c])
    if (t->xpos[c] == XPOS_TO) return true;
  return false;
}

static bool deadline_of_date(const struct scan *s, uint32_t first, int prep, const struct tense_reading *r) {
  bool ahead = r->tense == TENSE_FUTURE || r->tense == TENSE_PRESENT || r->conditional || r->tense == TENSE_NONE ||
               under_infinitive(s, first);
  bool asked = r->verb != NONE && word_is(time_word(s->t, s->d->tokens.lemma[r->verb]), TC_REQUESTING);
  if (prep == PREP_BY) return ahead || asked;
  if (prep == PREP_UNTIL) return ahead || asked || grants(s, first, r);
  return ultimatum_before(s, first) && r->tense != TENSE_PAST;
}

static bool deadline_of_length(const struct scan *s, uint32_t first, uint32_t last, int prep,
                               const struct tense_reading *r) {
  bool ahead = r->tense != TENSE_PAST || r->conditional;
  if (ultimatum_near(s, first, last)) return true;
  if (prep == PREP_WITHIN) {
    bool of = last < s->s->first + s->s->n && (prep_of(s, last) == PREP_OF || word_z(s->d, last, "after"));
    return !of && (ahead || (grants(s, first, r) && infinitive_follows(s, last)));
  }
  if (prep == PREP_FOR || prep == PREP_OF) return false;
  return infinitive_follows(s, last) && (grants(s, first, r) || r->tense != TENSE_PAST);
}

/* A length as a deadline ends that long after the publication; the event stage counts anew from the utterance. */
static void anchor_length(const struct scan *s, struct answer *a) {
  if (s->d->date == DAY_NONE || a->minutes <= 0 || a->minutes > 5000000) return;
  int32_t days = (a->minutes + 1439) / 1440;
  a->period = period_of_day(s->d->date + days);
  a->anchor = ANCHOR_PUBLICATION, a->relative = true;
  a->period.precision = a->minutes < 1440 ? PRECISION_HOUR : PRECISION_DAY;
}

static void open_end(struct answer *a, bool past) { /* "since 2014" */
  if (!past || a->period.first == DAY_NONE || a->type == TIMEX_DURATION) return;
  a->period.last = DAY_NONE, a->period.last_min = -1;
  a->period.precision = PRECISION_OPEN;
}

static bool put_row(struct scan *s, uint32_t first, uint32_t n, const struct answer *a) {
  struct doc *d = s->d;
  uint32_t row = d->times.n;
  struct timex *x = DOC_PUSH(d, times);
  if (!x) return false;
  *x = (struct timex){.first = first,
                      .n = n,
                      .span = tokens_span(d, first, first + n - 1),
                      .sentence = d->tokens.sentence[first],
                      .type = a->type,
                      .role = a->role,
                      .anchor = a->anchor,
                      .value = arena_str(&d->arena, str_of(a->value)),
                      .period = a->period,
                      .origin = PERIOD_NONE,
                      .minutes = a->minutes,
                      .zone = (int16_t)a->zone,
                      .relative = a->relative,
                      .of = NONE};
  if (a->years && period_known(a->period)) {
    int year = civil_of_day(a->period.first).year - a->years;
    if (year >= 1) x->origin = period_of_year(year);
  }
  for (uint32_t i = first; i < first + n; i++) d->tokens.timex[i] = row;
  return true;
}

/* What later expressions may count from: a day, month or year that was told of. */
static void tell(struct scan *s, const struct answer *a, enum tense tense) {
  if (a->type != TIMEX_DATE && a->type != TIMEX_TIME) return;
  if (a->period.first == DAY_NONE || a->role != TIMEX_ROLE_EVENT || tense == TENSE_FUTURE) return;
  s->narrative = a->period;
  if (a->period.precision <= PRECISION_DAY) s->told = a->period.first;
}

static bool dateline(const struct scan *s, uint32_t first,
                     uint32_t last) { /* "BAGHDAD, Dec 26 --", "KHARTOUM, June 13 (Reuters) -" */
  const struct doc *d = s->d;
  if (first > s->s->first + 8 || first == s->s->first || s->s - d->sentences.at > 3) return false;
  for (uint32_t i = s->s->first; i < first; i++) /* a place and no more: "Geneva, 26 December (UNHCR) -" */
    if (d->tokens.upos[i] != UPOS_PUNCT && !upper(d, i)) return false;
  if (d->tokens.upos[first - 1] != UPOS_PUNCT && !(d->tokens.flags[s->s->first] & TOKEN_UPPER_ALL)) return false;
  for (uint32_t i = last; i < s->s->first + s->s->n && i < last + 6; i++) {
    str w = token_text(d, i);
    if (str_is(w, "--") || str_is(w, "-") || str_is(w, "\xE2\x80\x94") || str_is(w, "\xE2\x80\x93") || str_is(w, "_"))
      return true;
  }
  return false;
}

static bool day_figure(const struct doc *d, uint32_t token) {
  int64_t v;
  return (d->tokens.flags[token] & TOKEN_DIGIT) && str_to_int(token_text(d, token), &v) && v >= 1 && v <= 31;
}

/* How the document orders day and month in figures: from a date in figures that has one reading only, else from how it
 * writes dates with the month's name. */
static enum date_order date_order(const struct scan *s) {
  const struct doc *d = s->d;
  int day_first = 0, month_first = 0;
  for (uint32_t i = 0; i + 1 < d->tokens.n; i++) {
    str w = token_text(d, i);
    int64_t a, b;
    if ((d->tokens.flags[i] & TOKEN_DIGIT) && w.n >= 6 && w.n <= 10 && memchr(w.p, '/', w.n)) {
      str rest = w, x = str_cut(&rest, '/'), y = str_cut(&rest, '/');
      if (!rest.n || !str_to_int(x, &a) || !str_to_int(y, &b)) continue;
      if (a > 12 && a <= 31 && b <= 12) return ORDER_DAY_FIRST;
      if (b > 12 && b <= 31 && a <= 12) return ORDER_MONTH_FIRST;
    }
    const struct time_word *one = time_word(s->t, d->tokens.norm[i]), *two = time_word(s->t, d->tokens.norm[i + 1]);
    if (word_is(one, TC_MONTH) && upper(d, i) && day_figure(d, i + 1)) month_first++;
    if (word_is(two, TC_MONTH) && upper(d, i + 1) && day_figure(d, i)) day_first++;
  }
  return day_first > month_first ? ORDER_DAY_FIRST : month_first > day_first ? ORDER_MONTH_FIRST : ORDER_UNKNOWN;
}

/* The day of a dateline is the day on which the report was written: what follows counts from it. */
static void set_dateline(struct scan *s, struct answer *a) {
  int32_t day = a->period.first;
  a->role = TIMEX_ROLE_UTTERANCE;
  bool plausible = s->d->date != DAY_NONE && day != DAY_NONE && day <= s->d->date && day >= s->d->date - 14;
  if (plausible && a->period.precision == PRECISION_DAY) s->utter = day;
}

static bool possessive_follows(const struct scan *s, uint32_t last) {
  return last < s->s->first + s->s->n &&
         (s->d->tokens.norm[last] == s->t->apostrophe_s || s->d->tokens.norm[last] == s->t->curly_s);
}

/* "for 48 hours from Tuesday" is a length and the day it begins; the two words before "from" are the length. */
static bool from_start(const struct scan *s, struct found *g, int prep) {
  const struct parts *c = &g->parts;
  if (g->pattern->op != OP_AWAY || prep != PREP_FOR || c->dir || !(c->weekday || c->feast >= 0 || c->has_deictic))
    return false;
  for (uint32_t i = 1; i < g->n; i++)
    if (prep_of(s, s->pieces.at[g->first + i].token) == PREP_FROM) return g->n = i, true;
  return false;
}

static bool take(struct scan *s, const struct found *f, uint32_t *consumed) {
  struct doc *d = s->d;
  struct found g = *f;
  uint32_t core = s->pieces.at[g.first].token;
  if (hangs_on_event(s, &g)) {
    if (g.pattern->op != OP_AWAY) return true;
    g.n--, g.parts.dir = 0, *consumed = g.n;
  }
  uint32_t first = lead_in(s, core), prep_at;
  bool begins = from_start(s, &g, governing_prep(s, first, &prep_at));
  if (begins) *consumed = g.n;
  uint32_t last = s->pieces.at[g.first + g.n - 1].token + 1;
  struct tense_reading tense = tense_read(s->t, d, first, last - first);
  int prep = governing_prep(s, first, &prep_at);
  struct answer a;
  struct reference ref = {.day = s->utter != DAY_NONE ? s->utter : d->date,
                          .narrative = s->narrative,
                          .told = s->told,
                          .tense = tense.tense,
                          .headline = s->s == d->sentences.at || (s->s->flags & SENTENCE_HEADLINE),
                          .order = g.parts.numdate[0] && g.parts.iso == DAY_NONE ? date_order(s) : ORDER_UNKNOWN};
  struct pattern as_length = *g.pattern;
  if (begins || (g.pattern->op == OP_AWAY && !g.parts.dir && !g.parts.weekday && g.n < f->n))
    as_length.op = OP_LENGTH, g.pattern = &as_length;
  bool due = !possessive_follows(s, last) && deadline_of_date(s, first, prep, &tense);
  bool of_thing = possessive_follows(s, last);
  if (of_thing && ref.tense != TENSE_FUTURE) ref.tense = TENSE_PAST; /* "follows Monday's bombing" */
  if (due) ref.tense = TENSE_FUTURE;
  else if (prep == PREP_FROM && ref.tense == TENSE_NONE) ref.tense = TENSE_FUTURE;
  else if (prep == PREP_SINCE) ref.tense = TENSE_PAST;
  if (!timex_resolve(s->t, &ref, &g, &a)) return true;
  bool length = a.type == TIMEX_DURATION;
  if (length && deadline_of_length(s, first, last, prep, &tense)) a.role = TIMEX_ROLE_DEADLINE, anchor_length(s, &a);
  else if (length && g.pattern->op == OP_SPAN && period_known(a.period) && a.period.first == d->date &&
           prep == PREP_WITHIN)
    a.role = TIMEX_ROLE_DEADLINE;
  else if (!length && due && a.role == TIMEX_ROLE_EVENT && a.type != TIMEX_SET) a.role = TIMEX_ROLE_DEADLINE;
  if (!length && dateline(s, first, last)) set_dateline(s, &a);
  if (s->utter != DAY_NONE && s->utter != d->date && a.anchor == ANCHOR_PUBLICATION && a.role != TIMEX_ROLE_UTTERANCE)
    a.anchor = ANCHOR_UTTERANCE;
  if (prep == PREP_SINCE && period_known(a.period)) open_end(&a, true);
  if (!put_row(s, first, last - first, &a)) return false;
  if (g.pattern->op != OP_AWAY || g.parts.dir > 0)
    tell(s, &a, ref.tense); /* "from $9 million a year ago" compares only */
  return true;
}

/* ---- ranges over two rows: from Monday to Wednesday, between 2003 and 2011 */

static void join_range(struct scan *s, uint32_t row) {
  struct doc *d = s->d;
  struct timex *a = &d->times.at[row - 1], *b = &d->times.at[row];
  uint32_t end = a->first + a->n;
  if (a->sentence != b->sentence || b->first != end + 1 || a->first == s->s->first) return;
  int open = prep_of(s, a->first - 1), link = prep_of(s, end);
  bool range =
      (open == PREP_FROM && (link == PREP_TO || link == PREP_UNTIL)) || (open == PREP_BETWEEN && link == PREP_AND);
  if (!range || a->period.first == DAY_NONE || b->period.last == DAY_NONE || b->period.last < a->period.first) return;
  a->period.last = b->period.last, a->period.last_min = b->period.last_min;
  if (b->period.precision > a->period.precision) a->period.precision = b->period.precision;
}

/* ---- the document */

static bool hot_near(const struct pieces *p, uint32_t i) {
  for (uint32_t k = i; k < p->n && k < i + 7; k++)
    if (p->at[k].mask & TC_HOT) return true;
  return false;
}

static bool full_date(const struct found *f) {
  return (f->pattern->op == OP_DAY && f->parts.day && f->parts.month && f->parts.year) || f->parts.week;
}

static bool scan_sentence(struct scan *s, uint32_t row) {
  const uint64_t patterns = TC_BIT(TC_LITERAL + 1) - 1; /* all classes that patterns may begin with */
  s->s = &s->d->sentences.at[row];
  pieces_fill(&s->pieces, s->t, s->d, s->s->first, s->s->n);
  for (uint32_t i = 0; i < s->pieces.n;) {
    struct found f;
    const struct piece *x = &s->pieces.at[i];
    uint32_t step = 1;
    bool look = (x->mask & patterns) &&
                ((x->mask & TC_HOT) || hot_near(&s->pieces, i) || (x->mask & (TC_BIT(TC_ORD) | TC_BIT(TC_LITERAL))) ||
                 (x->w && x->number >= 18 && x->number <= 20));
    if (look && time_find(s->t, &s->pieces, i, &f)) {
      struct pattern as_set = *f.pattern;
      if (rate(s, &f)) as_set.op = OP_SET, f.pattern = &as_set;
      if (!accept(s, &f)) {
        i++;
        continue;
      }
      uint32_t consumed = f.n, rows = s->d->times.n;
      if (!take(s, &f, &consumed)) return false;
      if (s->d->times.n > rows) step = f.first + consumed - i;
      else if (full_date(&f)) step = f.first + f.n - i; /* "31 February 2020" is no "February 2020" either */
      if (s->d->times.n > rows && rows) join_range(s, rows);
    }
    i += step;
  }
  return true;
}

static bool time_run(const void *stage, void *work, struct doc *d, struct err *e) {
  struct time_work *w = work;
  struct scan s = {.t = stage,
                   .d = d,
                   .pieces = {w->pieces, 0, PIECES_MAX},
                   .narrative = PERIOD_NONE,
                   .told = DAY_NONE,
                   .utter = DAY_NONE};
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    if (i == 1)
      s.narrative = PERIOD_NONE,
      s.told = DAY_NONE; /* the title comes first in the columns but tells nothing the body counts from */
    if (!scan_sentence(&s, i)) return err_set(e, ERR_NOMEM, "times");
  }
  anniversaries_link(s.t, d);
  d->have |= HAVE_TIMES;
  return true;
}

static void *time_open(const struct stage_setup *setup, struct err *e) {
  struct time_words *t = calloc(1, sizeof *t);
  if (!t) return err_set(e, ERR_NOMEM, "words of time"), NULL;
  if (time_words_open(t, setup->knowledge, setup->words, e)) return t;
  time_words_release(t);
  free(t);
  return NULL;
}

static void time_close(void *stage) {
  if (stage) time_words_release(stage);
  free(stage);
}

static void *time_work_open(const void *stage, struct err *e) {
  (void)stage;
  struct time_work *w = calloc(1, sizeof *w);
  if (w) w->pieces = calloc(PIECES_MAX, sizeof *w->pieces);
  if (w && w->pieces) return w;
  free(w);
  err_set(e, ERR_NOMEM, "a workspace for times");
  return NULL;
}

static void time_work_close(void *work) {
  struct time_work *w = work;
  if (w) free(w->pieces);
  free(w);
}

const struct stage time_stage = {"time",     HAVE_TOKENS | HAVE_TAGS, HAVE_TIMES,      time_open,
                                 time_close, time_work_open,          time_work_close, time_run};
