/* series.c - reads LIST_SERIES twice: the documents by period, then the units' counts. */
#include "signal/series.h"
#include "base/calendar.h"
#include <stdlib.h>
#include <string.h>

const char *const series_count_name[SERIES_COUNTS + 1] = {"reports", "conflict", "cooperation",
                                                          "threats", "acts",     NULL};
const char *const series_by_name[4] = {"day", "week", "month", NULL};

int32_t series_period(enum series_by by, int32_t day) {
  if (by == SERIES_WEEK) return day - (weekday_of_day(day) - 1);
  return by == SERIES_MONTH ? day - (civil_of_day(day).day - 1) : day;
}

int32_t series_after(enum series_by by, int32_t first_day) {
  return by == SERIES_MONTH ? day_add_months(first_day, 1) : first_day + (by == SERIES_WEEK ? 7 : 1);
}

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the series"); }

/* ---- the columns of the list, by their names */

struct columns {
  int period, unit, reports, quad[4], threats, acts, telling, documents, outlets;
};

static int column(const struct ledger_query *q, const char *name) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (!strcmp(ledger_query_name(q, i), name)) return i;
  return 0;
}

static struct columns columns_of(const struct ledger_query *q) {
  return (struct columns){.period = column(q, "period"),
                          .unit = column(q, "unit"),
                          .reports = column(q, "reports"),
                          .quad = {column(q, "verbal_cooperation"), column(q, "material_cooperation"),
                                   column(q, "verbal_conflict"), column(q, "material_conflict")},
                          .threats = column(q, "threats"),
                          .acts = column(q, "acts"),
                          .telling = column(q, "telling"),
                          .documents = column(q, "documents"),
                          .outlets = column(q, "outlets")};
}

static uint32_t number(const struct ledger_query *q, int column_) {
  int64_t n = 0;
  return str_to_int(ledger_query_text(q, column_), &n) && n > 0 ? n < UINT32_MAX ? (uint32_t)n : UINT32_MAX : 0;
}

/* "2020-12-26", or "2020-12" where months are counted. */
static bool period_day(str s, int32_t *day) {
  char whole[11];
  if (s.n != 7) return day_parse_iso(s, day);
  memcpy(whole, s.p, 7), memcpy(whole + 7, "-01", 4);
  return day_parse_iso(str_of(whole), day);
}

/* ---- documents by period */

struct told { /* a period that has documents */
  int32_t day;
  uint32_t documents, outlets;
};

static bool told_read(struct ledger *g, const struct ledger_filter *f, struct told *at, size_t *n, struct err *e) {
  struct ledger_filter all = {
      .unit = "all", .period = f->period, .from = f->from, .to = f->to, .source = f->source, .type = "-"};
  struct ledger_query *q = ledger_query_open(g, LIST_SERIES, &all, e);
  int there = -1;
  *n = 0;
  if (!q) return false;
  struct columns c = columns_of(q);
  while ((there = ledger_query_next(q, e)) == 1) {
    struct told t = {0, number(q, c.documents), number(q, c.outlets)};
    if (!t.documents || !period_day(ledger_query_text(q, c.period), &t.day)) continue;
    if (*n == SERIES_PERIODS_MAX) {
      err_set(e, ERR_USAGE, "more than %d periods; give --from, or count longer ones", SERIES_PERIODS_MAX);
      there = -1;
      break;
    }
    at[(*n)++] = t;
  }
  ledger_query_close(q);
  return there == 0;
}

/* All periods from the first to the last, those that are silent too. */
static bool periods_lay(struct series *s, const struct told *at, size_t n, struct arena *memory, struct err *e) {
  size_t periods = 0, k = 0;
  for (int32_t day = at[0].day; n && day <= at[n - 1].day; day = series_after(s->by, day)) periods++;
  if (periods > SERIES_PERIODS_MAX)
    return err_set(e, ERR_USAGE, "more than %d periods; give --from, or count longer ones", SERIES_PERIODS_MAX);
  s->day = ARENA_ARRAY(memory, int32_t, periods + 1);
  s->documents = ARENA_ARRAY(memory, double, periods + 1);
  s->outlets = ARENA_ARRAY(memory, double, periods + 1);
  if (!s->day || !s->documents || !s->outlets) return no_memory(e);
  for (int32_t day = at[0].day; s->n < periods; day = series_after(s->by, day)) {
    bool told = k < n && at[k].day == day;
    s->day[s->n] = day;
    s->documents[s->n] = told ? at[k].documents : 0;
    s->outlets[s->n++] = told ? at[k].outlets : 0;
    k += told;
  }
  return true;
}

/* A period that still runs on the day of the last document is not complete. */
static bool completeness(struct ledger *g, const struct ledger_filter *f, struct series *s, struct err *e) {
  struct ledger_query *q = ledger_query_open(g, LIST_OUTLETS, &(struct ledger_filter){.limit = 0}, e);
  int32_t last = DAY_NONE, day;
  int there = -1;
  if (!q) return false;
  int name = column(q, "title"), until = column(q, "last");
  while ((there = ledger_query_next(q, e)) == 1)
    if ((!f->source || str_is(ledger_query_text(q, name), f->source)) &&
        day_parse_iso(ledger_query_text(q, until), &day) && (last == DAY_NONE || day > last))
      last = day;
  ledger_query_close(q);
  if (f->to && day_parse_iso(str_of(f->to), &day) && last != DAY_NONE && day < last) last = day;
  s->complete = s->n;
  while (s->complete && last != DAY_NONE && series_after(s->by, s->day[s->complete - 1]) - 1 > last) s->complete--;
  return there == 0;
}

static bool coverage_read(struct ledger *g, const struct ledger_filter *f, struct series *s, struct arena *memory,
                          struct err *e) {
  struct told *at = malloc(SERIES_PERIODS_MAX * sizeof *at);
  size_t n = 0;
  if (!at) return no_memory(e);
  bool ok = told_read(g, f, at, &n, e) && (!n || periods_lay(s, at, n, memory, e)) && completeness(g, f, s, e);
  free(at);
  return ok;
}

/* ---- units */

bool series_find(const struct series *s, int32_t day, size_t *period) {
  size_t low = 0, high = s->n;
  if (!s->n || day < s->day[0] || day >= series_after(s->by, s->day[s->n - 1])) return false;
  while (high - low > 1) {
    size_t mid = low + (high - low) / 2;
    if (s->day[mid] <= day) low = mid;
    else high = mid;
  }
  *period = low;
  return true;
}

static bool grow(void **at, size_t *size, size_t n, size_t one, struct arena *memory) {
  if (n < *size) return true;
  size_t more = *size ? *size * 2 : 256;
  void *p = arena_alloc(memory, more * one);
  if (!p) return false;
  if (n) memcpy(p, *at, n * one);
  *at = p, *size = more;
  return true;
}

struct filling {
  struct series *s;
  struct arena *memory;
  size_t units, cells; /* that have room */
};

static bool unit_begin(struct filling *f, str name) {
  struct series *s = f->s;
  void *at = s->unit;
  if (s->units && str_eq(s->unit[s->units - 1].name, name)) return true;
  if (!grow(&at, &f->units, s->units, sizeof *s->unit, f->memory)) return false;
  s->unit = at;
  size_t first = s->units ? s->unit[s->units - 1].first + s->unit[s->units - 1].cells : 0;
  s->unit[s->units] = (struct series_unit){.name = arena_str(f->memory, name), .first = first};
  return s->unit[s->units++].name.p != NULL;
}

static bool cell_add(struct filling *f, const struct ledger_query *q, const struct columns *c, size_t period) {
  struct series *s = f->s;
  struct series_unit *u = &s->unit[s->units - 1];
  void *at = s->cell;
  if (!grow(&at, &f->cells, u->first + u->cells, sizeof *s->cell, f->memory)) return false;
  s->cell = at;
  struct series_cell *x = &s->cell[u->first + u->cells++];
  *x = (struct series_cell){.period = (uint32_t)period, .telling = number(q, c->telling)};
  x->count[SERIES_REPORTS] = number(q, c->reports);
  x->count[SERIES_COOPERATION] = number(q, c->quad[0]) + number(q, c->quad[1]);
  x->count[SERIES_CONFLICT] = number(q, c->quad[2]) + number(q, c->quad[3]);
  x->count[SERIES_THREATS] = number(q, c->threats);
  x->count[SERIES_ACTS] = number(q, c->acts);
  for (int i = 0; i < SERIES_COUNTS; i++) u->total[i] += x->count[i];
  return true;
}

/* The rows come by unit and period. */
static bool units_read(struct ledger *g, const struct ledger_filter *f, struct series *s, struct arena *memory,
                       struct err *e) {
  struct filling fill = {s, memory, 0, 0};
  struct ledger_query *q = ledger_query_open(g, LIST_SERIES, f, e);
  int there = -1;
  bool held = true;
  if (!q) return false;
  struct columns c = columns_of(q);
  while (held && (there = ledger_query_next(q, e)) == 1) {
    int32_t day;
    size_t period;
    if (!number(q, c.reports) || !period_day(ledger_query_text(q, c.period), &day) || !series_find(s, day, &period))
      continue;
    held = unit_begin(&fill, ledger_query_text(q, c.unit)) && cell_add(&fill, q, &c, period);
  }
  ledger_query_close(q);
  return held ? there == 0 : no_memory(e);
}

bool series_read(struct ledger *g, const struct ledger_filter *f, struct arena *memory, struct series *out,
                 struct err *e) {
  *out = (struct series){.by = SERIES_WEEK};
  for (int i = 0; f->period && i < 3; i++)
    if (!strcmp(f->period, series_by_name[i])) out->by = (enum series_by)i;
  return coverage_read(g, f, out, memory, e) && (!out->n || units_read(g, f, out, memory, e));
}

void series_row(const struct series *s, const struct series_unit *u, enum series_count what, double *out) {
  memset(out, 0, s->n * sizeof *out);
  for (size_t i = 0; i < u->cells; i++) out[s->cell[u->first + i].period] = s->cell[u->first + i].count[what];
}

const struct series_cell *series_at(const struct series *s, const struct series_unit *u, size_t period) {
  for (size_t i = 0; i < u->cells; i++)
    if (s->cell[u->first + i].period == period) return &s->cell[u->first + i];
  return NULL;
}
