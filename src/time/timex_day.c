/* timex_day.c - operations that give a day, a part of one or a range of days. */
#include "time/timex_op.h"
#include <stdio.h>

/* ---- days */

static bool weekday_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int today = weekday_of_day(r->day), w = c->weekday;
  int32_t back = r->day - (today - w + 7) % 7, ahead = r->day + (w - today + 7) % 7;
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  int rel = c->rel;
  if (c->rel2) rel = c->rel2; /* "this coming Sunday", "this past Friday" */
  switch (rel) {
  case REL_LAST:
  case REL_PAST: *day = back == r->day ? back - 7 : back; return true;
  case REL_THIS: *day = r->day - today + w; return true;
  case REL_NEXT:
    *day = r->day - today + 7 + w; /* of the coming week; "next Friday" on a Thursday may also be tomorrow */
    if (w > today) a->period = span_of(ahead, *day, PRECISION_DAY);
    return true;
  case REL_COMING: *day = ahead == r->day ? ahead + 7 : ahead; return true;
  case REL_PREVIOUS:
  case REL_FOLLOWING:
  case REL_SAME: {
    int32_t from = story_exact(r);
    a->anchor = from != DAY_NONE ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
    if (from == DAY_NONE) from = r->day;
    int at = weekday_of_day(from);
    int32_t before = from - ((at - w + 6) % 7 + 1), after = from + ((w - at + 6) % 7 + 1);
    *day = rel == REL_PREVIOUS        ? before
           : rel == REL_FOLLOWING     ? after
           : at == w                  ? from
           : r->tense == TENSE_FUTURE ? after
                                      : before;
    return true;
  }
  default:
    if (c->the_weekday && r->tense != TENSE_FUTURE && story_exact(r) != DAY_NONE) { /* "on the Friday they collapsed" */
      int32_t from = story_exact(r), then = from + (w - weekday_of_day(from) + 7) % 7;
      if (then <= r->day) return a->anchor = ANCHOR_NARRATIVE, *day = then, true;
    }
    *day = toward_future(r) ? ahead : back;
    return true;
  }
}

/* "Monday of last week": the weekday of that week. */
static bool weekday_in_week(const struct reference *r, const struct parts *c, int32_t *day) {
  int32_t monday = r->day - weekday_of_day(r->day) + 1;
  int weeks = c->rel == REL_LAST || c->rel == REL_PAST ? -1 : c->rel == REL_NEXT || c->rel == REL_COMING ? 1 : 0;
  *day = monday + 7 * weeks + c->weekday - 1;
  return true;
}

/* "last Oct. 23": the last one that is over; "this 3 May", "next 3 May". */
static int rel_day_year(const struct reference *r, const struct parts *c) {
  struct civil now = civil_of_day(r->day);
  int here = c->month * 32 + c->day, today = now.month * 32 + now.day;
  if (c->rel == REL_LAST || c->rel == REL_PAST || c->rel == REL_PREVIOUS) return here < today ? now.year : now.year - 1;
  if (c->rel == REL_NEXT || c->rel == REL_COMING) return here > today ? now.year : now.year + 1;
  return now.year;
}

static bool month_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int year = c->year                 ? c->year
             : c->rel && c->of_year  ? rel_year(r, c->rel)
             : c->rel && c->rel != 6 ? rel_day_year(r, c)
                                     : nearest_year(r, yearly_day, c);
  struct civil d = {year, c->month, c->day};
  if (!civil_valid(d)) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  *day = day_of_civil(d);
  return true;
}

static bool numeric_day(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  struct civil d;
  a->anchor = ANCHOR_CALENDAR;
  if (c->iso != DAY_NONE) {
    d = (struct civil){c->numdate[0], c->numdate[1], c->numdate[2]};
  } else {
    int x = c->numdate[0], y = c->numdate[1], year = c->numdate[2];
    if (year < 100) year += year < 50 ? 2000 : 1900;
    struct civil american = {year, x, y}, other = {year, y, x};
    d = y > 12 || r->order != ORDER_DAY_FIRST ? american : other;
    if (x > 12) d = other;
    if (r->order == ORDER_UNKNOWN && x != y && civil_valid(american) && civil_valid(other)) {
      int32_t one = day_of_civil(american), two = day_of_civil(other);
      bool near_one = one <= r->day + 7 && one >= r->day - 14, near_two = two <= r->day + 7 && two >= r->day - 14;
      if (near_two && !near_one) d = other;
      else if (near_one == near_two) /* nothing tells: both readings are kept as bounds */
        a->period = span_of(one < two ? one : two, one < two ? two : one, PRECISION_YEAR);
    }
  }
  if (!civil_valid(d)) return false;
  *day = day_of_civil(d);
  return true;
}

/* "the 9th": of this month or the one beside it, as the tense has it. */
static bool day_of_month(const struct reference *r, const struct parts *c, struct answer *a, int32_t *day) {
  int64_t least = INT64_MAX;
  for (int m = -1; m <= 1; m++) {
    int32_t in = day_add_months(r->day - civil_of_day(r->day).day + 1, m);
    if (in == DAY_NONE) continue;
    struct civil d = civil_of_day(in);
    d.day = c->day;
    if (!civil_valid(d)) continue;
    int32_t at = day_of_civil(d);
    int64_t far = at > r->day && !toward_future(r)  ? 1000 + at - r->day
                  : at < r->day && toward_future(r) ? 1000 + r->day - at
                  : at > r->day                     ? at - r->day
                                                    : r->day - at;
    if (far < least) least = far, *day = at;
  }
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  return least != INT64_MAX;
}

static bool feast_answer(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
                         int32_t *day) {
  const struct feast *f = &t->feast[c->feast];
  if (f->rule == FEAST_ONCE) {
    *day = f->table[0];
    a->anchor = ANCHOR_CALENDAR;
    return *day <= r->day;
  }
  int year = c->year                                                              ? c->year
             : c->rel == REL_LAST || c->rel == REL_NEXT || c->rel == REL_PREVIOUS ? 0
                                                                                  : nearest_year(r, yearly_feast, f);
  if (!year) { /* "last Christmas": the last one that is over */
    year = civil_of_day(r->day).year;
    int32_t d = feast_day(f, year);
    if (c->rel == REL_NEXT ? d != DAY_NONE && d <= r->day : d == DAY_NONE || d >= r->day)
      year += c->rel == REL_NEXT ? 1 : -1;
  }
  *day = feast_day(f, year);
  if (*day == DAY_NONE) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  if (f->length > 1) a->period = span_of(*day, *day + f->length - 1, PRECISION_DAY);
  return true;
}

/* The day that the parts name, without part of day or clock, "the eve of" or "the day before". */
static bool plain_day(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
                      int32_t *day) {
  a->anchor = ANCHOR_PUBLICATION;
  if (c->numdate[0]) return numeric_day(r, c, a, day);
  if (c->month && c->day) return month_day(r, c, a, day);
  if (c->weekday && c->day) return day_of_month(r, c, a, day);
  if (c->weekday && c->of_week) return weekday_in_week(r, c, day);
  if (c->weekday) return weekday_day(r, c, a, day);
  if (c->feast >= 0) return feast_answer(t, r, c, a, day);
  if (c->has_deictic) return a->relative = true, *day = r->day + (c->deictic < 100 ? c->deictic : 0), true;
  if (c->day) return day_of_month(r, c, a, day);
  a->relative = true;
  if (c->rel == REL_LAST || c->rel == REL_PAST) return *day = r->day - 1, true; /* "last night" is the evening before */
  if (c->rel == REL_THIS) return *day = r->day, true;
  int32_t from = story_exact(r);
  if (!c->rel && (r->tense == TENSE_FUTURE || r->tense == TENSE_PRESENT)) from = DAY_NONE; /* "expires at midnight" */
  a->anchor = from != DAY_NONE ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (from == DAY_NONE) from = r->day;
  bool after = c->rel == REL_NEXT || c->rel == REL_FOLLOWING;
  return *day = from + (after ? 1 : c->rel == REL_PREVIOUS ? -1 : 0), true;
}

bool base_day(const struct time_words *t, const struct reference *r, const struct parts *c, struct answer *a,
              int32_t *day) {
  if (!plain_day(t, r, c, a, day)) return false;
  bool beside = c->unit == UNIT_DAY && c->dir && !c->ncard; /* "the day before yesterday" */
  if (!beside && !c->eve) return true;
  *day += c->eve || c->dir < 0 ? -1 : 1;
  a->period = PERIOD_NONE;
  return true;
}

/* "that night", "the next morning" of a story that has told a year or a month only: some day of that stretch. */
static bool day_untold(const struct reference *r, const struct parts *c) {
  bool counts = c->rel == REL_NEXT || c->rel == REL_FOLLOWING || c->rel == REL_PREVIOUS || c->rel == REL_SAME;
  bool other = c->numdate[0] || c->month || c->weekday || c->feast >= 0 || c->has_deictic || c->day;
  return counts && !other && story_known(r) && story_exact(r) == DAY_NONE;
}

bool op_day(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int32_t day = DAY_NONE;
  if (day_untold(r, c)) return answer_within(a, r->narrative);
  if (!base_day(t, r, c, a, &day)) return false;
  if (!year_ok(civil_of_day(day).year)) return false;
  int part = c->part;
  if (c->has_deictic && c->deictic == 100) part = PART_NIGHT;
  if (c->has_deictic && c->deictic == 101) { /* overnight: the evening before and the morning after */
    char z[11];
    int32_t eve = r->tense == TENSE_FUTURE ? r->day : r->day - 1;
    day_format(eve, z);
    a->type = TIMEX_TIME;
    put(a, "%sTNI", z);
    a->period = (struct period){eve, eve + 1, 1080, 420, PRECISION_DAYPART};
    return true;
  }
  if (c->zoned) a->zone = c->zone == 9000 ? ZONE_LOCAL : c->zone == 9001 ? ZONE_NONE : c->zone;
  bool hour = c->part && c->ncard && c->clock < 0; /* "four in the morning" */
  if (hour && (c->num < 1 || c->num > 12 || c->num != (float)(int)c->num)) return false;
  if (c->clock >= 0 || hour) {
    int minute = hour ? (int)c->num % 12 * 60 : c->clock;
    if (hour && c->part == PART_NIGHT) minute += c->num < 6 ? 0 : 720;
    else if (part >= PART_AFTERNOON && part <= PART_NIGHT && minute < 720) minute += 720;
    return refine_clock(a, day, minute);
  }
  if (part) return refine_part(a, day, part, c->mod);
  struct period wide = a->period;
  answer_day(a, day);
  if (period_known(wide)) a->period = wide;
  return true;
}

bool op_range(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  struct parts c = f->parts;
  int32_t first, last;
  (void)t;
  if (!month_day(r, &c, a, &first)) return false;
  c.day = c.day2, c.year = civil_of_day(first).year;
  bool relative = a->relative;
  if (c.day < f->parts.day || !month_day(r, &c, a, &last)) return false;
  a->relative = relative, a->anchor = relative ? ANCHOR_PUBLICATION : ANCHOR_CALENDAR;
  char from[11], to[11];
  day_format(first, from), day_format(last, to);
  put(a, "%s/%s", from, to);
  a->period = span_of(first, last, PRECISION_DAY);
  return true;
}

bool op_years(const struct found *f, struct answer *a) {
  int first = f->parts.year, last = f->parts.year2 ? f->parts.year2 : f->parts.day;
  if (last >= 1 && last <= 12 && last < 100 && last <= first % 100 && f->parts.year2 < 100 && f->n == 3) {
    a->anchor = ANCHOR_CALENDAR; /* 2019-05 */
    return answer_month(a, first, last);
  }
  if (last < 100) last += first / 100 * 100;
  if (!year_ok(first) || !year_ok(last) || last <= first || last - first > 150) return false;
  put(a, "%04d/%04d", first, last);
  a->anchor = ANCHOR_CALENDAR;
  a->period = span_of(period_of_year(first).first, period_of_year(last).last, PRECISION_YEAR);
  return true;
}

/* The stretch whose weekdays are counted: a month, a feast of several days, this month or one beside it. */
static bool counted_in(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  struct found in = *f;
  int32_t day;
  in.parts.rel = f->parts.ord ? f->parts.rel : f->parts.rel2; /* "the last Friday of next month" */
  in.parts.rel2 = in.parts.ord = in.parts.weekday = in.parts.the_weekday = 0;
  if (in.parts.month) return op_month(r, &in, a);
  if (in.parts.feast >= 0) return base_day(t, r, &in.parts, a, &day) && period_known(a->period);
  a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  return unit_answer(a, r, r->day, UNIT_MONTH, rel_step(in.parts.rel));
}

/* "the second Monday of May", "the last Friday of Ramadan", "the first Sunday of the month". */
bool op_weekday(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  bool last = !c->ord && (c->rel == REL_LAST || c->rel == REL_PAST);
  if ((!last && (c->ord < 1 || c->ord > 5)) || !counted_in(t, r, f, a)) return false;
  struct period in = a->period;
  int32_t day = last ? in.last - (weekday_of_day(in.last) - c->weekday + 7) % 7
                     : in.first + (c->weekday - weekday_of_day(in.first) + 7) % 7 + 7 * (c->ord - 1);
  return day >= in.first && day <= in.last && answer_day(a, day);
}

bool op_week(const struct time_words *t, const struct reference *r, const struct found *f, struct answer *a) {
  int32_t day;
  a->anchor = ANCHOR_CALENDAR;
  const struct parts *c = &f->parts;
  if (!c->week && c->ncard && (c->num < 1 || c->num > 53)) return false;
  if (c->week || c->ncard) return answer_iso_week(a, c->year, c->week ? c->week : (int)c->num);
  return base_day(t, r, &f->parts, a, &day) && answer_week(a, day); /* "the week of 6 March" */
}
