/* timex_stretch.c - operations that give a stretch of the calendar: months, years, quarters, seasons, "last week". */
#include "time/timex_op.h"

/* ---- months, years, quarters, seasons */

/* "the first week of May", "the second half of May", "the last days of May": the month's value, the part's days. */
static bool month_part(struct answer *a, const struct parts *c) {
  struct period m = a->period;
  bool last = c->rel == REL_LAST || c->rel == REL_PAST;
  if (c->half) {
    if (c->ord < 1 || c->ord > 2) return false;
    a->period =
        c->ord == 1 ? span_of(m.first, m.first + 14, PRECISION_WEEK) : span_of(m.first + 15, m.last, PRECISION_WEEK);
    return true;
  }
  if (c->unit == UNIT_WEEK && (last || (c->ord >= 1 && c->ord <= 5))) {
    int32_t first = last ? m.last - 6 : m.first + 7 * (c->ord - 1);
    a->period = span_of(first, first + 6 > m.last ? m.last : first + 6, PRECISION_WEEK);
    return true;
  }
  if (c->unit == UNIT_WEEKEND && (last || (c->ord >= 1 && c->ord <= 4))) {
    int32_t saturday = m.first + (6 - weekday_of_day(m.first) + 7) % 7 + 7 * (c->ord - 1);
    if (last)
      for (saturday = m.last - 1; weekday_of_day(saturday) != 6;) saturday--;
    return answer_weekend(a, saturday);
  }
  if (c->unit == UNIT_DAY && c->plural && (last || c->ord == 1)) {
    a->period = last ? span_of(m.last - 6, m.last, PRECISION_WEEK) : span_of(m.first, m.first + 6, PRECISION_WEEK);
    return true;
  }
  if (c->unit == UNIT_DAY && !c->plural) {
    int32_t day = last ? m.last : m.first + c->ord - 1;
    return day <= m.last && (last || c->ord >= 1) && answer_day(a, day);
  }
  return false;
}

bool op_month(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int year = c->year;
  a->anchor = year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  a->relative = !year;
  bool of_unit = c->unit || c->half; /* "the last week of May": the relation is the week's */
  if (!year && c->rel && !of_unit && c->rel != REL_THIS) {
    struct civil now = civil_of_day(r->day);
    if (c->of_year || c->rel == REL_SAME) year = rel_year(r, c->rel);
    else if (c->rel == REL_LAST || c->rel == REL_PAST || c->rel == REL_PREVIOUS)
      year = c->month < now.month ? now.year : now.year - 1;
    else year = c->month > now.month ? now.year : now.year + 1;
  }
  if (!year && !of_unit && c->rel == REL_THIS) year = civil_of_day(r->day).year;
  if (!year) year = nearest_year(r, yearly_month, c);
  bool bare = !c->year && (!c->rel || of_unit) &&
              !c->day; /* "killed in January", told at the end of December: the one that was */
  if (bare && r->tense == TENSE_PAST && period_of_month(year, c->month).first > r->day) year--;
  if (!answer_month(a, year, c->month)) return false;
  if (of_unit) return month_part(a, c);
  if (c->edge) return edge_day(a, c->edge);
  narrow(a, c->mod, 0);
  return true;
}

bool op_year(const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int year = c->year ? c->year : (int)c->num; /* "the year two thousand" */
  a->anchor = ANCHOR_CALENDAR;
  if ((!c->year && (year < 100 || year > 2150 || (float)year != c->num)) || !answer_year(a, year)) return false;
  if (c->edge == 3) a->period = period_of_month(year, 12);
  else narrow(a, c->mod, c->edge);
  return true;
}

bool op_decade(const struct found *f, struct answer *a) {
  a->anchor = ANCHOR_CALENDAR;
  if (!answer_decade(a, f->parts.decade)) return false;
  narrow(a, f->parts.mod, f->parts.edge);
  return true;
}

bool op_quarter(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  if (c->quarter) {
    int year = c->year ? c->year : rel_year(r, c->rel);
    a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
    return answer_quarter(a, year, c->quarter);
  }
  if (!c->ord && c->year) { /* "the 1988 quarter": the one that is spoken of */
    a->anchor = ANCHOR_NARRATIVE, a->relative = true;
    if (!period_known(r->quarter)) return answer_year(a, c->year);
    return answer_quarter(a, c->year, (civil_of_day(r->quarter.first).month - 1) / 3 + 1);
  }
  if (c->ord < 1 || c->ord > 4) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  int year = c->year ? c->year : c->rel ? rel_year(r, c->rel) : nearest_year(r, yearly_quarter, c);
  return answer_quarter(a, year, c->ord);
}

bool op_half(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  bool last = c->rel == REL_LAST || c->mod == MOD_LATE; /* "the last half of 1989" */
  int n = c->halfyear ? c->halfyear : c->ord ? c->ord : last ? 2 : 0;
  if (n < 1 || n > 2) return false;
  a->relative = !c->year, a->anchor = c->year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  int year = c->year ? c->year : rel_year(r, c->rel2 ? c->rel2 : c->ord || c->halfyear ? c->rel : 0);
  if (!year_ok(year)) return false;
  put(a, "%04d-H%d", year, n);
  a->period = months_from(year, n * 6 - 5, 6, PRECISION_SEASON);
  return true;
}

bool op_season(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int year = c->year, now = civil_of_day(r->day).year, rel = c->rel2 ? c->rel2 : c->rel;
  a->relative = !year, a->anchor = year ? ANCHOR_CALENDAR : ANCHOR_PUBLICATION;
  if (!year && c->of_year) year = rel_year(r, c->rel);
  if (!year && (rel == REL_LAST || rel == REL_PAST || rel == REL_PREVIOUS)) /* the last one that is over */
    year = year_ok(now + 1) && months_from(now, c->season * 3, 3, PRECISION_SEASON).last < r->day ? now : now - 1;
  if (!year && (rel == REL_NEXT || rel == REL_COMING || rel == REL_FOLLOWING))
    year = months_from(now, c->season * 3, 3, PRECISION_SEASON).first > r->day ? now : now + 1;
  if (!year && rel) year = now;
  if (!year) year = nearest_year(r, yearly_season, c);
  if (!answer_season(a, year, c->season)) return false;
  narrow(a, c->mod, c->edge);
  return true;
}

/* ---- units: last week, this year, the same month, the end of the month */

static bool story_rel(int rel) { return rel == REL_PREVIOUS || rel == REL_FOLLOWING || rel == REL_SAME; }

bool unit_answer(struct answer *a, const struct reference *r, int32_t from, int unit, int step) {
  struct civil c = civil_of_day(from);
  int32_t moved;
  switch (unit) {
  case UNIT_DAY:
  case UNIT_NIGHT: return answer_day(a, from + step);
  case UNIT_WEEK: return answer_week(a, from + 7 * step);
  case UNIT_FORTNIGHT: return answer_week(a, from + 14 * step);
  case UNIT_WEEKEND: {
    int32_t in = from + 7 * step;
    if (step == 0 && !toward_future(r) && weekday_of_day(from) < 6 && r->tense != TENSE_NONE)
      in -= 7; /* "the weekend" of which one tells */
    return answer_weekend(a, in);
  }
  case UNIT_MONTH:
    moved = day_add_months(from, step);
    return moved != DAY_NONE && (c = civil_of_day(moved), answer_month(a, c.year, c.month));
  case UNIT_QUARTER: {
    int q = c.year * 4 + (c.month - 1) / 3 + step;
    return answer_quarter(a, q / 4, q % 4 + 1);
  }
  case UNIT_YEAR: return answer_year(a, c.year + step);
  case UNIT_DECADE: return answer_decade(a, c.year + 10 * step);
  case UNIT_CENTURY: return answer_century(a, (c.year - 1) / 100 + 1 + step);
  default: return false;
  }
}

int rel_step(int rel) {
  switch (rel) {
  case REL_LAST:
  case REL_PAST:
  case REL_PREVIOUS: return -1;
  case REL_NEXT:
  case REL_FOLLOWING:
  case REL_COMING: return 1;
  default: return 0;
  }
}

/* "over the past decade": the ten years up to now, not the calendar's. */
static bool past_stretch(struct answer *a, const struct reference *r, int unit) {
  int years = unit == UNIT_DECADE ? 10 : 100;
  int32_t from = day_add_months(r->day, -12 * years);
  a->type = TIMEX_DURATION, a->relative = true, a->anchor = ANCHOR_PUBLICATION;
  a->minutes = years * 525960;
  put(a, "P%dY", years);
  if (from != DAY_NONE) a->period = span_of(from, r->day, PRECISION_YEAR);
  return true;
}

bool op_unit(const struct reference *r, const struct found *f, struct answer *a) {
  const struct parts *c = &f->parts;
  int rel = c->rel2 ? c->rel2 : c->rel, step = rel_step(rel), unit = c->unit ? c->unit : c->of_year ? UNIT_YEAR : 0;
  if (unit == UNIT_SECOND || unit == UNIT_MINUTE || unit == UNIT_HOUR || unit == UNIT_MILLENNIUM || !unit) return false;
  if (c->plural && !c->edge) { /* "recent weeks", "the coming months": some */
    if (!rel_step(rel)) return false;
    put(a, rel_step(rel) < 0 ? "PAST_REF" : "FUTURE_REF");
    a->relative = true, a->anchor = ANCHOR_PUBLICATION;
    return true;
  }
  if (rel == REL_PAST && (unit == UNIT_DECADE || unit == UNIT_CENTURY)) return past_stretch(a, r, unit);
  bool story = story_rel(rel) && story_known(r);
  bool daily = unit == UNIT_DAY || unit == UNIT_NIGHT;
  if (daily && (story || (c->dir && !rel)) && story_known(r)) {
    if (story_exact(r) == DAY_NONE) return answer_within(a, r->narrative);
  }
  a->relative = true, a->anchor = story ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (f->n >= 3 && c->dir) step += c->dir < 0 ? -1 : 1; /* "the week before" */
  int32_t from = !story && !c->dir ? r->day : daily && story_known(r) ? story_exact(r) : story_day(r);
  if (c->dir && rel) step = c->dir < 0 ? -2 : 2, from = r->day; /* "the week before last" */
  if (unit == UNIT_QUARTER && rel == REL_LATEST) step = -1;
  if (unit == UNIT_DAY && (rel == REL_NEXT) && !c->dir)
    from = story_exact(r), a->anchor = from != DAY_NONE ? ANCHOR_NARRATIVE : ANCHOR_PUBLICATION;
  if (from == DAY_NONE) from = r->day;
  if (unit == UNIT_QUARTER && !c->rel && !c->edge && !c->mod && f->n == 2)
    step = -1; /* "the quarter" of a report is the one that is over */
  if (!unit_answer(a, r, from, unit, step)) return false;
  if (c->edge && unit == UNIT_MONTH) return edge_day(a, c->edge);
  if (c->edge && unit == UNIT_WEEK && c->edge == 3) return a->period.first = a->period.last - 2, true;
  if (c->edge == 3 && unit == UNIT_YEAR) {
    if (f->n <= 3) put_day(a, a->period.last); /* year-end, year's end */
    a->period.first = a->period.last - 30;
    return true;
  }
  if (c->edge == 3 && unit == UNIT_DAY) return refine_part(a, a->period.first, PART_EVENING, 0);
  if (rel == REL_PAST && unit >= UNIT_WEEK && unit <= UNIT_YEAR) { /* "the past week": up to now */
    int32_t back = unit == UNIT_WEEK ? r->day - 7
                                     : day_add_months(r->day, unit == UNIT_MONTH     ? -1
                                                              : unit == UNIT_QUARTER ? -3
                                                                                     : -12);
    if (back != DAY_NONE) a->period = span_of(back, r->day, a->period.precision);
    return true;
  }
  if (c->mod == MOD_EARLIER && rel == REL_THIS && a->period.last >= r->day) a->period.last = r->day;
  else if (c->mod == MOD_LATER && rel == REL_THIS && a->period.first <= r->day) a->period.first = r->day;
  else narrow(a, c->mod, c->edge);
  return true;
}
