/* alarms.c - reads weekly series from the ledger and asks counts.c how unusual the last week is. */
#include "signal/alarms.h"
#include "base/calendar.h"
#include "signal/counts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_PERIOD, COLUMN_UNIT, COLUMN_VERBAL = 5, COLUMN_MATERIAL, COLUMN_OUTLETS = 9, COLUMN_DOCUMENTS };

struct weeks { /* of the ledger: index 0 is the first of the past, `last` the one that is judged */
  int32_t monday;
  size_t last;
  double articles[ALARM_PAST_MAX + 1];
};

static int32_t monday_of(int32_t day) { return day - (weekday_of_day(day) - 1); }

static double cell(const struct ledger_query *q, int column) {
  int64_t n = 0;
  return str_to_int(ledger_query_text(q, column), &n) ? (double)n : 0;
}

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the series"); }

/* The week of a row, or false when it lies outside. */
static bool week_of(const struct weeks *w, const struct ledger_query *q, size_t *week) {
  int32_t day;
  if (!day_parse_iso(ledger_query_text(q, COLUMN_PERIOD), &day) || day < w->monday) return false;
  *week = (size_t)(day - w->monday) / 7;
  return *week <= w->last;
}

static struct ledger_query *series(struct ledger *g, const struct alarm_options *o, const char *unit, const char *from,
                                   const char *to, struct err *e) {
  struct ledger_filter f = {.unit = unit, .period = "week", .from = from, .to = to, .source = o->source};
  return ledger_query_open(g, LIST_SERIES, &f, e);
}

/* The last day with a document, no later than `on`. */
static bool last_day(struct ledger *g, const struct alarm_options *o, int32_t *last, struct err *e) {
  char to[11] = "";
  if (o->on != DAY_NONE) day_format(o->on, to);
  struct ledger_query *q = series(g, o, "all", NULL, o->on == DAY_NONE ? NULL : to, e);
  int rc = -1;
  *last = DAY_NONE;
  while (q && (rc = ledger_query_next(q, e)) == 1) {
    int32_t day;
    if (cell(q, COLUMN_DOCUMENTS) > 0 && day_parse_iso(ledger_query_text(q, COLUMN_PERIOD), &day)) *last = day;
  }
  ledger_query_close(q);
  return rc == 0;
}

static bool read_coverage(struct ledger *g, const struct alarm_options *o, struct weeks *w, const char *from,
                          const char *to, struct err *e) {
  struct ledger_query *q = series(g, o, "all", from, to, e);
  size_t week;
  int rc = -1;
  while (q && (rc = ledger_query_next(q, e)) == 1)
    if (week_of(w, q, &week)) w->articles[week] = cell(q, COLUMN_DOCUMENTS);
  ledger_query_close(q);
  return rc == 0;
}

/* Change of rate as BOCPD sees it, over the weeks that have articles. */
static double changed(const struct weeks *w, const double *count) {
  static const double hazard = 1.0 / 100;
  struct bocpd *b = malloc(sizeof *b);
  if (!b) return (double)NAN;
  bocpd_init(b, 1, 1, hazard);
  for (size_t i = 0; i <= w->last; i++)
    if (w->articles[i] > 0) bocpd_step(b, (unsigned)count[i]);
  double p = bocpd_recent(b, 3);
  free(b);
  return p;
}

/* One unit's weeks: what its past lets expect of the last. Weeks without articles teach nothing. */
static void judge(const struct weeks *w, const double *count, struct unit_week *u) {
  double past[ALARM_PAST_MAX], articles[ALARM_PAST_MAX];
  size_t n = 0;
  for (size_t i = 0; i < w->last; i++)
    if (w->articles[i] > 0) past[n] = count[i], articles[n++] = w->articles[i];
  u->expected = u->p = u->changed = (double)NAN;
  if (n < ALARM_PAST_LEAST) return;
  struct rate r = rate_learn(past, articles, n);
  u->expected = rate_mean(r, w->articles[w->last]);
  u->p = rate_at_least(r, u->reports, w->articles[w->last]);
  u->changed = changed(w, count);
  u->surge = acled_surge(count, w->last + 1);
}

static bool add(struct arena *memory, struct alarms *out, size_t *size, const struct unit_week *u) {
  if (out->n == *size) {
    size_t more = *size ? *size * 2 : 64;
    struct unit_week *p = ARENA_ARRAY(memory, struct unit_week, more);
    if (!p) return false;
    if (out->n) memcpy(p, out->at, out->n * sizeof *p);
    out->at = p, *size = more;
  }
  out->at[out->n++] = *u;
  return true;
}

static bool close_unit(struct arena *memory, struct alarms *out, size_t *size, const struct weeks *w,
                       const double *count, struct unit_week *u) {
  double sum = 0;
  for (size_t i = 0; i <= w->last; i++) sum += count[i];
  if (!u->unit.n || !(sum > 0)) return true;
  out->watched++;
  if (!u->reports) return true;
  judge(w, count, u);
  return add(memory, out, size, u);
}

/* The units' rows come sorted by unit, so one is held at a time. */
static bool read_units(struct ledger *g, const struct alarm_options *o, const struct weeks *w, const char *from,
                       const char *to, struct arena *memory, struct alarms *out, struct err *e) {
  double count[ALARM_PAST_MAX + 1] = {0};
  struct unit_week u = {0};
  size_t size = 0, week;
  struct ledger_query *q = series(g, o, o->unit, from, to, e);
  int rc = -1;
  bool held = true;
  while (held && q && (rc = ledger_query_next(q, e)) == 1) {
    str name = ledger_query_text(q, COLUMN_UNIT);
    if (!str_eq(name, u.unit)) {
      held = close_unit(memory, out, &size, w, count, &u);
      memset(count, 0, sizeof count);
      u = (struct unit_week){.unit = arena_str(memory, name)};
      held = held && u.unit.n;
    }
    if (!week_of(w, q, &week)) continue;
    count[week] = cell(q, COLUMN_VERBAL) + cell(q, COLUMN_MATERIAL);
    if (week == w->last) u.reports = (unsigned)count[week], u.outlets = (unsigned)cell(q, COLUMN_OUTLETS);
  }
  held = held && close_unit(memory, out, &size, w, count, &u);
  ledger_query_close(q);
  if (!held) return no_memory(e);
  return rc == 0;
}

/* Least likely first, those without a past behind them; names settle ties, so that the order is always the same. */
static int by_odds(const void *a, const void *b) {
  const struct unit_week *x = a, *y = b;
  double p = isnan(x->p) ? 2 : x->p, q = isnan(y->p) ? 2 : y->p;
  return p < q ? -1 : p > q ? 1 : str_compare(x->unit, y->unit);
}

/* Benjamini and Hochberg over all units watched: those without conflict this week stand behind with p = 1. */
static bool raise_alarms(const struct alarm_options *o, struct arena *memory, struct alarms *out) {
  double *p = ARENA_ARRAY(memory, double, out->watched + 1);
  if (!p) return false;
  for (unsigned i = 0; i < out->watched; i++) p[i] = i < out->n && !isnan(out->at[i].p) ? out->at[i].p : 1;
  size_t found = discoveries(p, out->watched, o->rate);
  for (size_t i = 0; i < found && i < out->n; i++) {
    struct unit_week *u = &out->at[i];
    u->alarm = u->reports >= o->least && u->outlets >= o->outlets;
    out->raised += u->alarm;
  }
  return true;
}

bool alarms_find(struct ledger *g, const struct alarm_options *o, struct arena *memory, struct alarms *out,
                 struct err *e) {
  int32_t last;
  *out = (struct alarms){0};
  if (!last_day(g, o, &last, e)) return false;
  if (last == DAY_NONE) return true;
  struct weeks *w = ARENA_ARRAY(memory, struct weeks, 1);
  if (!w) return no_memory(e);
  memset(w, 0, sizeof *w);
  w->last = o->past;
  w->monday = monday_of(last) - 7 * (int32_t)o->past;
  char from[11], to[11];
  day_format(w->monday, from);
  day_format(monday_of(last) + 6, to);
  day_format(monday_of(last), out->week);
  if (!read_coverage(g, o, w, from, to, e) || !read_units(g, o, w, from, to, memory, out, e)) return false;
  out->articles = w->articles[w->last];
  for (size_t i = 0; i < w->last; i++) out->silent_weeks += !(w->articles[i] > 0);
  if (out->n) qsort(out->at, out->n, sizeof *out->at, by_odds);
  return raise_alarms(o, memory, out) || no_memory(e);
}
