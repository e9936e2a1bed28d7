/* watch.c - unit by unit: its counts as a row, a reading for each period that has some; then the false discovery rate, period by period. */
#include "signal/watch.h"
#include "signal/counts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rows { /* of one unit, in the order that is judged */
  double *count, *telling, *documents, *plain;
};

struct pass {
  const struct watch *w;
  struct watch_readings *out;
  struct arena *memory;
  size_t size;
  struct rows row;
  int *change; /* of `watched`, from period to period */
};

static size_t shown(const struct watch *w, size_t period) { return w->order ? w->order[period] : period; }

static bool rows_init(struct rows *r, const struct watch *w, struct arena *memory) {
  size_t n = w->s->n + 1;
  r->count = ARENA_ARRAY(memory, double, n), r->telling = ARENA_ARRAY(memory, double, n);
  r->documents = ARENA_ARRAY(memory, double, n), r->plain = ARENA_ARRAY(memory, double, n);
  if (!r->count || !r->telling || !r->documents || !r->plain) return false;
  for (size_t i = 0; i < w->s->n; i++) r->documents[i] = w->s->documents[shown(w, i)];
  return true;
}

static void rows_fill(struct rows *r, const struct watch *w, const struct series_unit *u) {
  const struct series *s = w->s;
  series_row(s, u, w->what, r->plain);
  for (size_t i = 0; i < s->n; i++) r->count[i] = r->plain[shown(w, i)];
  memset(r->plain, 0, s->n * sizeof *r->plain);
  for (size_t i = 0; i < u->cells; i++) r->plain[s->cell[u->first + i].period] = s->cell[u->first + i].telling;
  for (size_t i = 0; i < s->n; i++) r->telling[i] = r->plain[shown(w, i)];
}

/* Did more follow, by the article? -1 where too little is known of before or after. */
static int8_t followed(const struct watch *w, const struct rows *r, size_t at) {
  double before = 0, read_before = 0, after = 0, read_after = 0, live = 0;
  if (at + w->horizon >= w->s->complete) return -1;
  for (size_t i = at > w->past ? at - w->past : 0; i < at; i++)
    if (r->documents[i] > 0) before += r->count[i], read_before += r->documents[i];
  for (size_t i = at + 1; i <= at + w->horizon; i++)
    if (r->documents[i] > 0) after += r->count[i], read_after += r->documents[i], live++;
  if (2 * live < (double)w->horizon || !(read_before > 0)) return -1;
  return after >= 2 && after / read_after >= 1.5 * before / read_before;
}

static struct watch_reading judge(const struct watch *w, const struct rows *r, size_t unit, size_t at) {
  struct watch_reading x = {.unit = (uint32_t)unit, .period = (uint32_t)at, .p = (double)NAN, .expected = (double)NAN};
  struct rule_weeks weeks = {r->count, r->documents, at, w->past, w->limits, w->deaths};
  x.count = (uint32_t)r->count[at], x.telling = (uint32_t)r->telling[at];
  x.enough = x.count >= w->least && x.telling >= w->outlets;
  for (int k = 0; k < ALARM_RULES; k++) {
    if (!(w->rules >> k & 1) || (k != RULE_EXCEEDANCE && k != RULE_HDX && !x.enough)) continue;
    struct rule_reading y = rule_judge((enum alarm_rule)k, &weeks);
    x.judged |= (uint16_t)(y.judged << k), x.fired |= (uint16_t)(y.fired << k);
    if (k == RULE_EXCEEDANCE || k == RULE_HDX) x.p = y.p, x.expected = y.expected;
  }
  x.followed = followed(w, r, at);
  return x;
}

/* Deaths of the last thirty days stand for a country's day. */
static void take_deaths(const struct rows *r, struct watch_reading *x) {
  double sum = 0;
  for (size_t i = x->period > 29 ? x->period - 29 : 0; i <= x->period; i++) sum += r->count[i];
  x->count = (uint32_t)sum, x->enough = true;
}

static bool keep(struct pass *p, const struct watch_reading *x) {
  struct watch_readings *o = p->out;
  if (o->n == p->size) {
    size_t more = p->size ? 2 * p->size : 256;
    struct watch_reading *at = ARENA_ARRAY(p->memory, struct watch_reading, more);
    if (!at) return false;
    if (o->n) memcpy(at, o->at, o->n * sizeof *at);
    o->at = at, p->size = more;
  }
  o->at[o->n++] = *x;
  return true;
}

/* A unit is watched from a period with reports until its past has none any more. */
static void note_watched(struct pass *p) {
  const struct watch *w = p->w;
  size_t until = 0;
  for (size_t i = 0; i < w->s->n; i++) {
    if (!(p->row.count[i] > 0)) continue;
    size_t from = i > until ? i : until, to = i + w->past + 1;
    if (to > w->s->n) to = w->s->n;
    if (from < to) p->change[from]++, p->change[to]--;
    if (to > until) until = to;
  }
}

static bool unit_read(struct pass *p, size_t unit) {
  const struct watch *w = p->w;
  bool days = w->rules >> RULE_HDX & 1;
  rows_fill(&p->row, w, &w->s->unit[unit]);
  note_watched(p);
  for (size_t at = w->from; at <= w->to && at < w->s->n; at += w->step) {
    if (!days && !(p->row.count[at] > 0)) continue;
    struct watch_reading x = judge(w, &p->row, unit, at);
    if (days) take_deaths(&p->row, &x);
    if ((!days || x.count) && !keep(p, &x)) return false;
  }
  return true;
}

/* The units stand by their names, so that ties of p are settled by the name. */
static int by_odds(const void *a, const void *b) {
  const struct watch_reading *x = a, *y = b;
  if (x->period != y->period) return x->period < y->period ? -1 : 1;
  double p = isnan(x->p) ? 2 : x->p, q = isnan(y->p) ? 2 : y->p;
  return p < q ? -1 : p > q ? 1 : x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* Benjamini and Hochberg over all units watched: those without reports in the period stand behind with p = 1. */
static bool discover(const struct watch *w, struct watch_reading *x, size_t n, unsigned watched, struct arena *memory) {
  struct arena_mark mark = arena_mark(memory);
  size_t tests = watched > n ? watched : n;
  double *p = ARENA_ARRAY(memory, double, tests + 1);
  if (!p) return false;
  for (size_t i = 0; i < tests; i++) p[i] = i < n && !isnan(x[i].p) ? x[i].p : 1;
  size_t found = discoveries(p, tests, w->rate);
  for (size_t i = 0; i < found && i < n; i++) x[i].fired |= 1 << RULE_EXCEEDANCE;
  arena_rewind(memory, mark);
  return true;
}

bool watch_read(const struct watch *w, struct arena *memory, struct watch_readings *out, struct err *e) {
  *out = (struct watch_readings){.watched = ARENA_ARRAY(memory, unsigned, w->s->n + 1)};
  struct pass p = {.w = w, .out = out, .memory = memory, .change = ARENA_ARRAY(memory, int, w->s->n + 1)};
  bool ok = out->watched && p.change && rows_init(&p.row, w, memory);
  if (ok) memset(p.change, 0, (w->s->n + 1) * sizeof *p.change);
  for (size_t i = 0; ok && i < w->s->units; i++) ok = unit_read(&p, i);
  int sum = 0;
  for (size_t i = 0; ok && i < w->s->n; i++) out->watched[i] = (unsigned)(sum += p.change[i]);
  if (ok && out->n) qsort(out->at, out->n, sizeof *out->at, by_odds);
  for (size_t i = 0, k; ok && i < out->n && w->rules >> RULE_EXCEEDANCE & 1; i = k) {
    for (k = i; k < out->n && out->at[k].period == out->at[i].period;) k++;
    ok = discover(w, out->at + i, k - i, out->watched[out->at[i].period], memory);
  }
  return ok || err_set(e, ERR_NOMEM, "no memory for the series");
}

bool watch_alarm(const struct watch_reading *x, enum alarm_rule r) { return x->enough && x->fired >> r & 1; }
