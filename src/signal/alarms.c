/* alarms.c - the week that is asked for: reads the series around it, watches them, and tells the units with their odds. */
#include "signal/alarms.h"
#include "base/calendar.h"
#include "signal/deaths.h"
#include <math.h>

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the series"); }

/* The last day with a document, no later than `on`; DAY_NONE: none. */
static bool last_day(struct ledger *g, const struct alarm_options *o, struct arena *memory, int32_t *last,
                     struct err *e) {
  struct ledger_filter f = {.unit = "all", .period = "week", .source = o->source, .type = "-"};
  struct series s;
  char to[11] = "";
  *last = DAY_NONE;
  if (o->on != DAY_NONE) { /* also a week without an article is judged where it is asked for: as one without data */
    *last = o->on;
    day_format(series_period(SERIES_WEEK, o->on) + 6, to), f.to = to;
  }
  if (!series_read(g, &f, memory, &s, e)) return false;
  if (!s.n) *last = DAY_NONE;
  else if (o->on == DAY_NONE) *last = s.day[s.n - 1];
  return true;
}

bool alarms_watch(struct ledger *g, const struct alarm_options *o, const char *from, const char *to,
                  struct arena *memory, struct alarm_room *room, struct watch *out, struct err *e) {
  struct ledger_filter f = {.unit = o->unit, .period = "week", .from = from, .to = to, .source = o->source};
  bool days = o->rule == RULE_HDX;
  cusum_limits_make(&room->limits);
  *out = (struct watch){.s = &room->series,
                        .what = days ? SERIES_REPORTS : SERIES_CONFLICT,
                        .rules = days ? 1U << RULE_HDX : (1U << RULE_HDX) - 1,
                        .step = days ? 7 : 1,
                        .past = days ? 365 : o->past,
                        .horizon = days ? 30 : 4,
                        .rate = o->rate,
                        .least = o->least,
                        .outlets = o->outlets,
                        .deaths = o->deaths,
                        .limits = &room->limits};
  return days ? deaths_read(g, &f, memory, &room->series, e) : series_read(g, &f, memory, &room->series, e);
}

static struct unit_week unit_week(const struct watch *w, const struct watch_reading *x, const struct alarm_options *o,
                                  double *row) {
  const struct series_unit *u = &w->s->unit[x->unit];
  struct unit_week out = {u->name,     x->count, x->telling,
                          x->expected, x->p,     (double)NAN,
                          x->judged,   x->fired, watch_alarm(x, o->rule)};
  if (o->rule == RULE_HDX) return out;
  series_row(w->s, u, w->what, row);
  struct rule_weeks weeks = {row, w->s->documents, x->period, w->past, w->limits, w->deaths};
  if (!isnan(x->p)) out.changed = rule_changed(&weeks);
  return out;
}

static bool fill(const struct watch *w, const struct watch_readings *r, const struct alarm_options *o,
                 struct arena *memory, struct alarms *out) {
  double *row = ARENA_ARRAY(memory, double, w->s->n + 1);
  out->at = ARENA_ARRAY(memory, struct unit_week, r->n + 1);
  if (!row || !out->at) return false;
  for (size_t i = 0; i < r->n; i++) {
    out->at[out->n] = unit_week(w, &r->at[i], o, row);
    out->raised += out->at[out->n++].alarm;
  }
  return true;
}

/* Articles and outlets of the week, and how many of the weeks before it were silent. */
static bool coverage(struct ledger *g, const struct alarm_options *o, const char *from, const char *to,
                     struct arena *memory, struct alarms *out, struct err *e) {
  struct ledger_filter f = {.unit = "all", .period = "week", .from = from, .to = to, .source = o->source, .type = "-"};
  struct series s;
  double live = 0;
  if (!series_read(g, &f, memory, &s, e)) return false;
  for (size_t i = 0; i < s.n; i++) {
    if (s.day[i] == out->first) out->articles = s.documents[i], out->outlets = s.outlets[i];
    else if (s.documents[i] > 0) out->usual += s.outlets[i], live++;
  }
  out->usual = live > 0 ? out->usual / live : (double)NAN;
  out->silent_weeks = o->past > (unsigned)live ? o->past - (unsigned)live : 0;
  return true;
}

bool alarms_find(struct ledger *g, const struct alarm_options *o, struct arena *memory, struct alarms *out,
                 struct err *e) {
  enum { THREAT_WEEKS = 56, HDX_DAYS = 400 };
  int32_t last;
  char from[11], back[11], to[11];
  struct alarm_room room;
  struct watch w;
  struct watch_readings r = {0};
  *out = (struct alarms){0};
  if (!last_day(g, o, memory, &last, e)) return false;
  if (last == DAY_NONE) return true;
  out->first = series_period(SERIES_WEEK, last), out->last = out->first + 6;
  day_format(out->first, out->week);
  day_format(out->last, to);
  day_format(out->first - 7 * (int32_t)o->past, from);
  int32_t weeks = o->past > THREAT_WEEKS ? (int32_t)o->past : THREAT_WEEKS;
  day_format(out->first - (o->rule == RULE_HDX ? HDX_DAYS : 7 * weeks), back);
  if (!coverage(g, o, from, to, memory, out, e) || !alarms_watch(g, o, back, to, memory, &room, &w, e)) return false;
  if (!(out->articles > 0) || !series_find(&room.series, out->first, &w.from)) return true; /* no data */
  if (o->rule == RULE_HDX) w.from = room.series.n - 1;
  w.to = w.from;
  if (!watch_read(&w, memory, &r, e)) return false;
  out->watched = r.watched[w.from];
  return fill(&w, &r, o, memory, out) || no_memory(e);
}
