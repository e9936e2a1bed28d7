/* deaths.c - reads the incidents of force and protest that have a country, and adds up their dead by day. */
#include "signal/deaths.h"
#include "base/calendar.h"
#include <stdlib.h>
#include <string.h>

struct death {
  char country[4];
  uint32_t period, killed;
};

static str cell(const struct ledger_query *q, const char *name) {
  for (int i = 0; i < ledger_query_columns(q); i++)
    if (!strcmp(ledger_query_name(q, i), name)) return ledger_query_text(q, i);
  return (str){"", 0};
}

/* "13", or the lower of "13-32". */
static bool take(const struct series *s, const struct ledger_query *q, struct death *out) {
  str killed = cell(q, "killed"), country = cell(q, "country");
  int64_t n;
  int32_t day;
  size_t period;
  if (country.n != 3 || !str_to_int(str_cut(&killed, '-'), &n) || n <= 0 || n > 1000000) return false;
  if (!day_parse_iso(cell(q, "date"), &day) || !series_find(s, day, &period)) return false;
  memcpy(out->country, country.p, 3), out->country[3] = 0;
  out->period = (uint32_t)period, out->killed = (uint32_t)n;
  return true;
}

static int by_country(const void *a, const void *b) {
  const struct death *x = a, *y = b;
  int c = strcmp(x->country, y->country);
  return c ? c : x->period < y->period ? -1 : x->period > y->period;
}

static bool lay(struct series *s, const struct death *d, size_t n, struct arena *memory) {
  s->unit = ARENA_ARRAY(memory, struct series_unit, n + 1);
  s->cell = ARENA_ARRAY(memory, struct series_cell, n + 1);
  if (!s->unit || !s->cell) return false;
  size_t cells = 0;
  for (size_t i = 0; i < n; i++) {
    bool other = !i || strcmp(d[i].country, d[i - 1].country) != 0;
    if (other)
      s->unit[s->units++] = (struct series_unit){.name = arena_str(memory, str_of(d[i].country)), .first = cells};
    struct series_unit *u = &s->unit[s->units - 1];
    if (!u->name.p) return false;
    if (other || d[i].period != d[i - 1].period)
      s->cell[cells++] = (struct series_cell){.period = d[i].period}, u->cells++;
    s->cell[cells - 1].count[SERIES_REPORTS] += d[i].killed;
    u->total[SERIES_REPORTS] += d[i].killed;
  }
  return true;
}

bool deaths_read(struct ledger *g, const struct ledger_filter *f, struct arena *memory, struct series *out,
                 struct err *e) {
  struct ledger_filter days = {
      .unit = "all", .period = "day", .from = f->from, .to = f->to, .source = f->source, .type = "-"};
  struct ledger_filter incidents = {.from = f->from, .to = f->to, .source = f->source};
  if (!series_read(g, &days, memory, out, e) || !out->n) return out->n == 0 && e->code == ERR_OK;
  struct ledger_query *q = ledger_query_open(g, LIST_PLACED, &incidents, e);
  struct death *d = NULL;
  size_t n = 0, size = 0;
  int there = -1;
  while (q && (there = ledger_query_next(q, e)) == 1) {
    if (n == size) {
      struct death *more = realloc(d, (size = size ? 2 * size : 256) * sizeof *d);
      if (!more) break;
      d = more;
    }
    n += take(out, q, &d[n]);
  }
  ledger_query_close(q);
  if (d) qsort(d, n, sizeof *d, by_country);
  bool ok = there == 0 && lay(out, d, n, memory);
  if (!ok && there >= 0) err_set(e, ERR_NOMEM, "no memory for the series");
  free(d);
  return ok;
}
