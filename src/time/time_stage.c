/* time_stage.c - sentence by sentence: find, check against the context, resolve, note the role. */
#include "time/time_stage.h"
#include "time/anniversary.h"
#include "time/time_scan.h"
#include <stdlib.h>

struct time_work {
  struct piece *pieces;
};

enum { QUARTER_HOLDS = 4 };

/* ---- rows */

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
  if (a->period.precision == PRECISION_SEASON && a->period.last - a->period.first < 95 && strchr(a->value, 'Q'))
    s->quarter = a->period, s->quarter_at = (uint32_t)(s->s - s->d->sentences.at);
  if (a->period.precision <= PRECISION_DAY) s->told = a->period.first;
}

/* The day of a dateline is the day on which the report was written: what follows counts from it. */
static void set_dateline(struct scan *s, struct answer *a) {
  int32_t day = a->period.first;
  a->role = TIMEX_ROLE_UTTERANCE;
  bool plausible = s->d->date != DAY_NONE && day != DAY_NONE && day <= s->d->date && day >= s->d->date - 14;
  if (plausible && a->period.precision == PRECISION_DAY) s->utter = day;
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

/* "will leave in two weeks": when that is; the value stays a length. */
static void ahead_by(const struct reference *r, struct answer *a) {
  if (r->day == DAY_NONE || a->minutes <= 0 || period_known(a->period) || a->minutes > 52596000) return;
  int32_t day = r->day + (a->minutes + 720) / 1440, slack = a->minutes / 1440 / 8;
  a->period = period_of_day(day - slack);
  a->period.last = day + slack;
  a->period.precision = slack > 15  ? PRECISION_YEAR
                        : slack > 3 ? PRECISION_MONTH
                        : slack     ? PRECISION_WEEK
                                    : PRECISION_DAY;
  a->anchor = ANCHOR_PUBLICATION, a->relative = true;
}

/* Reports on a quarter compare it with "a year earlier" for a few sentences. */
static struct period quarter_near(const struct scan *s) {
  uint32_t now = (uint32_t)(s->s - s->d->sentences.at);
  return period_known(s->quarter) && now - s->quarter_at <= QUARTER_HOLDS ? s->quarter : PERIOD_NONE;
}

static bool take(struct scan *s, const struct found *f, uint32_t *consumed) {
  struct doc *d = s->d;
  struct found g = *f;
  uint32_t core = s->pieces.at[g.first].token;
  if (time_hangs_on_event(s, &g)) {
    if (g.pattern->op != OP_AWAY) return true;
    g.n--, g.parts.dir = 0, *consumed = g.n;
  }
  uint32_t first = time_lead_in(s, core), prep_at;
  bool begins = from_start(s, &g, time_governing_prep(s, first, &prep_at));
  if (begins) *consumed = g.n;
  uint32_t last = s->pieces.at[g.first + g.n - 1].token + 1;
  struct tense_reading tense = tense_read(s->t, d, first, last - first);
  int prep = time_governing_prep(s, first, &prep_at);
  struct answer a;
  struct reference ref = {.day = s->utter != DAY_NONE ? s->utter : d->date,
                          .clock = s->utter == DAY_NONE || s->utter == d->date ? d->clock : CLOCK_NONE,
                          .narrative = s->narrative,
                          .told = s->told,
                          .quarter = quarter_near(s),
                          .tense = tense.tense,
                          .headline = s->s == d->sentences.at || (s->s->flags & SENTENCE_HEADLINE),
                          .order = g.parts.numdate[0] && g.parts.iso == DAY_NONE ? time_date_order(s) : ORDER_UNKNOWN};
  struct pattern as_length = *g.pattern;
  if (begins || (g.pattern->op == OP_AWAY && !g.parts.dir && !g.parts.weekday && g.n < f->n))
    as_length.op = OP_LENGTH, g.pattern = &as_length;
  bool due = !time_possessive(s, last) && time_due_date(s, first, prep, &tense);
  bool of_thing = time_possessive(s, last);
  if (of_thing && ref.tense != TENSE_FUTURE) ref.tense = TENSE_PAST; /* "follows Monday's bombing" */
  if (due) ref.tense = TENSE_FUTURE;
  else if (prep == PREP_FROM && ref.tense == TENSE_NONE) ref.tense = TENSE_FUTURE;
  else if (prep == PREP_SINCE) ref.tense = TENSE_PAST;
  else if (prep_at != NONE && word_z(d, prep_at, "effective")) ref.tense = TENSE_FUTURE;
  if (!timex_resolve(s->t, &ref, &g, &a)) return true;
  bool length = a.type == TIMEX_DURATION;
  if (length && time_due_length(s, first, last, prep, &tense)) a.role = TIMEX_ROLE_DEADLINE, anchor_length(s, &a);
  else if (length && prep == PREP_IN && tense.tense == TENSE_FUTURE && word_z(d, prep_at, "in")) ahead_by(&ref, &a);
  else if (length && g.pattern->op == OP_SPAN && period_known(a.period) && a.period.first == d->date &&
           prep == PREP_WITHIN)
    a.role = TIMEX_ROLE_DEADLINE;
  else if (!length && due && a.role == TIMEX_ROLE_EVENT && a.type != TIMEX_SET) a.role = TIMEX_ROLE_DEADLINE;
  if (!length && time_in_dateline(s, first, last)) set_dateline(s, &a);
  if (s->utter != DAY_NONE && s->utter != d->date && a.anchor == ANCHOR_PUBLICATION && a.role != TIMEX_ROLE_UTTERANCE)
    a.anchor = ANCHOR_UTTERANCE;
  if (prep == PREP_SINCE && period_known(a.period)) open_end(&a, true);
  if (!put_row(s, first, last - first, &a)) return false;
  d->times.at[d->times.n - 1].lasting = g.pattern->op == OP_RANGE && prep == PREP_FROM; /* "from 3 to 7 May" */
  if (g.pattern->op != OP_AWAY || g.parts.dir > 0)
    tell(s, &a, ref.tense); /* "from $9 million a year ago" compares only */
  return true;
}

/* ---- ranges over two rows: from Monday to Wednesday, between 2003 and 2011 */

/* Moves a weekday by weeks; its value is that day. */
static void move_day(struct doc *d, struct timex *x, int32_t days) {
  char z[11];
  x->period.first += days, x->period.last += days;
  day_format(x->period.first, z);
  str moved = arena_str(&d->arena, str_of(z));
  if (moved.n) x->value = moved;
}

/* Told on a Monday, "from Monday to Wednesday" of last week: each alone is the nearest, but the first comes before the second. What
 * is still to come runs on into the next week. */
static bool in_order(const struct scan *s, struct timex *a, struct timex *b) {
  const struct tokens *t = &s->d->tokens;
  bool weekdays = a->n == 1 && b->n == 1 && word_is(time_word(s->t, t->norm[a->first]), TC_WEEKDAY) &&
                  word_is(time_word(s->t, t->norm[b->first]), TC_WEEKDAY);
  if (!weekdays || a->period.first != a->period.last || a->period.first - b->period.last > 6) return false;
  if (s->d->date != DAY_NONE && a->period.first > s->d->date) move_day(s->d, b, 7);
  else move_day(s->d, a, -7);
  return true;
}

/* "from 6 p.m. to 6 a.m." */
static bool over_midnight(const struct timex *a, const struct timex *b) {
  return a->period.first == b->period.last && a->period.first_min >= 0 && b->period.last_min >= 0 &&
         b->period.last_min < a->period.first_min;
}

static void join_range(struct scan *s, uint32_t row) {
  struct doc *d = s->d;
  struct timex *a = &d->times.at[row - 1], *b = &d->times.at[row];
  uint32_t end = a->first + a->n;
  if (a->sentence != b->sentence || b->first != end + 1 || a->first == s->s->first) return;
  int open = prep_of(s, a->first - 1), link = prep_of(s, end);
  bool range =
      (open == PREP_FROM && (link == PREP_TO || link == PREP_UNTIL)) || (open == PREP_BETWEEN && link == PREP_AND);
  if (!range || a->period.first == DAY_NONE || b->period.last == DAY_NONE) return;
  if (b->period.last < a->period.first && !in_order(s, a, b)) return;
  if (over_midnight(a, b)) b->period.first++, b->period.last++;
  a->period.last = b->period.last, a->period.last_min = b->period.last_min;
  a->lasting = open == PREP_FROM;
  if (b->period.precision > a->period.precision) a->period.precision = b->period.precision;
}

/* ---- the document */

static bool hot_near(const struct pieces *p, uint32_t i) {
  for (uint32_t k = i; k < p->n && k < i + 7; k++)
    if (p->at[k].mask & TC_HOT) return true;
  return false;
}

static bool full_date(const struct found *f) {
  return (f->pattern->op == OP_DAY && f->parts.day && f->parts.month) || f->parts.week;
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
      if (time_is_rate(s, &f)) as_set.op = OP_SET, f.pattern = &as_set;
      time_trim(s, &f);
      if (!time_accept(s, &f)) {
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
                   .quarter = PERIOD_NONE,
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
