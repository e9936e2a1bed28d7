/* panel.c - reads the series of each outlet of the panel and has them put on one scale. */
#include "signal/panel.h"
#include "base/calendar.h"
#include "signal/scales.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct outlet {
  str name;
  int64_t documents;
};

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the panel"); }

/* Most articles first; then as the names stand. */
static int by_documents(const void *a, const void *b) {
  const struct outlet *x = a, *y = b;
  return x->documents > y->documents ? -1 : x->documents < y->documents ? 1 : str_compare(x->name, y->name);
}

/* The outlets that have most articles, at most PANEL_MAX. */
static bool outlets_read(struct ledger *g, struct arena *memory, struct outlet **out, size_t *n, struct err *e) {
  struct ledger_query *q = ledger_query_open(g, LIST_OUTLETS, &(struct ledger_filter){.limit = 0}, e);
  size_t size = 0;
  int there = -1;
  *n = 0, *out = NULL;
  while (q && (there = ledger_query_next(q, e)) == 1) {
    struct outlet x = {.name = arena_str(memory, ledger_query_text(q, 0))};
    if (!str_to_int(ledger_query_text(q, 1), &x.documents)) continue;
    if (*n == size) {
      struct outlet *more = ARENA_ARRAY(memory, struct outlet, size = size ? 2 * size : 64);
      if (!more) break;
      if (*n) memcpy(more, *out, *n * sizeof *more);
      *out = more;
    }
    (*out)[(*n)++] = x;
  }
  ledger_query_close(q);
  if (there > 0) return no_memory(e);
  if (*n) qsort(*out, *n, sizeof **out, by_documents);
  if (*n > PANEL_MAX) *n = PANEL_MAX;
  return there == 0;
}

struct shares { /* of one outlet after the other: [outlet * periods + period] */
  double *of[PANEL_INDICES];
};

static void shares_fill(const struct panel *p, const struct series *s, const char *of, const struct shares *x,
                        size_t outlet) {
  static const enum series_count counts[PANEL_INDICES] = {SERIES_THREATS, SERIES_ACTS, SERIES_COOPERATION};
  size_t n = p->all.n, at;
  const struct series_unit *u = NULL;
  for (size_t i = 0; i < s->units; i++)
    if (!of || str_is(s->unit[i].name, of)) u = &s->unit[i];
  for (size_t t = 0; t < n; t++) {
    bool told = series_find(s, p->all.day[t], &at) && s->documents[at] > 0;
    const struct series_cell *c = told && u ? series_at(s, u, at) : NULL;
    for (int k = 0; k < PANEL_INDICES; k++)
      x->of[k][outlet * n + t] = !told ? (double)NAN : c ? c->count[counts[k]] / s->documents[at] : 0;
  }
}

static double live(const double *share, size_t from, size_t to) {
  double n = 0;
  for (size_t t = from; t < to; t++) n += !isnan(share[t]);
  return n;
}

/* Reads one outlet; it belongs to the panel if it has articles in half of the base. */
static bool outlet_take(struct ledger *g, const struct ledger_filter *f, const struct panel_options *o,
                        const struct outlet *x, const struct shares *shares, struct arena *memory, struct panel *out,
                        struct err *e) {
  struct ledger_filter mine = *f;
  struct series s;
  char *name = arena_z(memory, x->name);
  if (!name) return no_memory(e);
  mine.source = name;
  if (!o->of) mine.unit = "all";
  if (!series_read(g, &mine, memory, &s, e)) return false;
  shares_fill(out, &s, o->of, shares, out->outlets);
  const double *share = shares->of[0] + out->outlets * out->all.n;
  if (2 * live(share, out->base, out->base_end) >= (double)(out->base_end - out->base))
    out->outlet[out->outlets++] = x->name;
  return true;
}

static void base_of(struct panel *p, const struct panel_options *o) {
  size_t at;
  p->base = 0, p->base_end = p->all.complete;
  if (o->from != DAY_NONE && series_find(&p->all, o->from, &at)) p->base = at;
  if (o->to != DAY_NONE && series_find(&p->all, o->to, &at)) p->base_end = at + 1;
  if (p->base > p->base_end) p->base = p->base_end;
}

static bool room(struct panel *p, struct shares *x, struct arena *memory) {
  size_t n = p->all.n + 1;
  p->alive = ARENA_ARRAY(memory, double, n);
  p->outlet = ARENA_ARRAY(memory, str, PANEL_MAX);
  bool ok = p->alive && p->outlet;
  for (int k = 0; k < PANEL_INDICES; k++) {
    ok = ok && (x->of[k] = ARENA_ARRAY(memory, double, n *(PANEL_MAX + 1)));
    ok = ok && (p->index[k] = ARENA_ARRAY(memory, double, n));
  }
  return ok;
}

bool panel_read(struct ledger *g, const struct ledger_filter *f, const struct panel_options *o, struct arena *memory,
                struct panel *out, struct err *e) {
  struct ledger_filter all = {.unit = "all", .period = f->period, .from = f->from, .to = f->to, .type = "-"};
  struct outlet *outlet;
  struct shares shares = {{NULL}};
  size_t n;
  *out = (struct panel){.outlets = 0};
  if (!series_read(g, &all, memory, &out->all, e) || !outlets_read(g, memory, &outlet, &n, e)) return false;
  if (!room(out, &shares, memory)) return no_memory(e);
  base_of(out, o);
  for (size_t i = 0; i < n; i++)
    if (!outlet_take(g, f, o, &outlet[i], &shares, memory, out, e)) return false;
  for (int k = 0; k < PANEL_INDICES; k++)
    scale_panel(shares.of[k], out->outlets, out->all.n, out->base, out->base_end, out->index[k]);
  for (size_t t = 0; t < out->all.n; t++) {
    out->alive[t] = 0;
    for (size_t i = 0; i < out->outlets; i++) out->alive[t] += !isnan(shares.of[0][i * out->all.n + t]);
  }
  return true;
}
