/* cmd_series.c - `tightrope series --index` and `--both`: the index of a panel of outlets, and both directions of each dyad side by side. The
 * plain counts are a list (cmd_list.c). */
#include "cli/cmd_series.h"
#include "base/calendar.h"
#include "cli/cli.h"
#include "signal/panel.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void put(char out[32], const char *format, double value) {
  if (isnan(value)) out[0] = 0; /* nothing is known: an empty cell, not a zero */
  else snprintf(out, 32, format, value);
}

/* "2020-12-21", of months "2020-12", as the counts have it. */
static void put_period(const struct series *s, size_t t, char out[11]) {
  day_format(s->day[t], out);
  if (s->by == SERIES_MONTH) out[7] = 0;
}

/* ---- the panel */

static void tell_panel(const struct panel *p) {
  char from[11], to[11];
  if (!p->all.n || p->base >= p->base_end) {
    fprintf(stderr, "No period is complete: there is no base to measure by.\n");
    return;
  }
  put_period(&p->all, p->base, from), put_period(&p->all, p->base_end - 1, to);
  fprintf(stderr, "100 is the mean from %s to %s. The panel, %zu outlets with articles in half of that:", from, to,
          p->outlets);
  for (size_t i = 0; i < p->outlets; i++) fprintf(stderr, "%s %.*s", i ? ";" : "", STR_FMT(p->outlet[i]));
  fprintf(stderr, ".\nA period in which all of them are silent has no data, which is not peace.\n");
}

static bool print_index(struct table *t, const struct panel *p) {
  bool open = true;
  for (size_t i = 0; open && i < p->all.n; i++) {
    char day[11], value[PANEL_INDICES][32], alive[32], of[32], documents[32];
    put_period(&p->all, i, day);
    for (int k = 0; k < PANEL_INDICES; k++) put(value[k], "%.1f", p->index[k][i]);
    put(alive, "%.0f", p->alive[i]), put(of, "%.0f", (double)p->outlets);
    put(documents, "%.0f", p->all.documents[i]);
    const str cells[] = {str_of(day),   str_of(value[0]), str_of(value[1]), str_of(value[2]),
                         str_of(alive), str_of(of),       str_of(documents)};
    open = table_row(t, cells);
  }
  return open;
}

int series_index(struct ledger *g, const struct ledger_filter *f, const char *of, const char *base,
                 enum table_format format) {
  static const char *const names[] = {"period", "threats", "acts", "cooperation", "alive", "panel", "documents"};
  struct panel_options o = {.of = of, .from = DAY_NONE, .to = DAY_NONE};
  struct arena memory;
  struct panel p;
  struct table t;
  struct err e = {0};
  str to = str_of(base), from = str_cut(&to, '/');
  if (base && (!day_parse_iso(from, &o.from) || !day_parse_iso(to, &o.to)))
    return cli_usage("series", "--base wants YYYY-MM-DD/YYYY-MM-DD, not '%s'", base);
  arena_init(&memory, (size_t)1 << 31);
  bool ok = panel_read(g, f, &o, &memory, &p, &e);
  if (ok) {
    table_begin(&t, format, sizeof names / sizeof *names, names);
    if (!print_index(&t, &p)) t.format = TABLE_TSV;
    table_end(&t);
    tell_panel(&p);
  }
  int code = ok ? CLI_OK : cli_fail(&e);
  arena_release(&memory);
  return cli_close_stdout(code);
}

/* ---- both directions */

static int by_name(const void *key, const void *unit) {
  return str_compare(*(const str *)key, ((const struct series_unit *)unit)->name);
}

static const struct series_unit *reversed(const struct series *s, const struct series_unit *u, struct arena *memory) {
  size_t cut = str_find_str(u->name, STR(" > "));
  if (cut == u->name.n) return NULL;
  char *p = arena_alloc(memory, u->name.n);
  if (!p) return NULL;
  str a = str_sub(u->name, 0, cut), b = str_from(u->name, cut + 3), other = {p, u->name.n};
  memcpy(p, b.p, b.n), memcpy(p + b.n, " > ", 3), memcpy(p + b.n + 3, a.p, a.n);
  return bsearch(&other, s->unit, s->units, sizeof *s->unit, by_name);
}

static uint32_t count_of(const struct series_cell *c, enum series_count what) { return c ? c->count[what] : 0; }

/* (a - b) / (a + b): 1, all of it comes from the first; NAN where there is none. */
static double asymmetry(double a, double b) { return a + b > 0 ? (a - b) / (a + b) : (double)NAN; }

static bool print_both(struct table *t, const struct series *s, const struct series_unit *u,
                       const struct series_unit *other) {
  size_t cut = str_find_str(u->name, STR(" > "));
  bool open = true;
  for (size_t i = 0; open && i < s->n; i++) {
    const struct series_cell *a = series_at(s, u, i), *b = other ? series_at(s, other, i) : NULL;
    if (!a && !b) continue;
    char day[11], value[7][32];
    put_period(s, i, day);
    static const enum series_count counts[2] = {SERIES_CONFLICT, SERIES_COOPERATION};
    for (int k = 0; k < 2; k++) {
      double x = count_of(a, counts[k]), y = count_of(b, counts[k]);
      put(value[3 * k], "%.0f", x), put(value[3 * k + 1], "%.0f", y), put(value[3 * k + 2], "%.2f", asymmetry(x, y));
    }
    put(value[6], "%.0f", s->documents[i]);
    const str cells[] = {str_of(day),      str_sub(u->name, 0, cut), str_from(u->name, cut + 3), str_of(value[0]),
                         str_of(value[1]), str_of(value[2]),         str_of(value[3]),           str_of(value[4]),
                         str_of(value[5]), str_of(value[6])};
    open = table_row(t, cells);
  }
  return open;
}

static bool print_dyads(struct table *t, const struct series *s, struct arena *memory) {
  bool open = true;
  for (size_t i = 0; open && i < s->units; i++) {
    struct arena_mark mark = arena_mark(memory);
    const struct series_unit *other = reversed(s, &s->unit[i], memory);
    if (!other || other > &s->unit[i])
      open = print_both(t, s, &s->unit[i], other); /* else it was told from the other side */
    arena_rewind(memory, mark);
  }
  return open;
}

int series_both(struct ledger *g, const struct ledger_filter *f, enum table_format format) {
  static const char *const names[] = {"period",
                                      "a",
                                      "b",
                                      "a_conflict",
                                      "b_conflict",
                                      "conflict_asymmetry",
                                      "a_cooperation",
                                      "b_cooperation",
                                      "cooperation_asymmetry",
                                      "documents"};
  struct arena memory;
  struct series s;
  struct table t;
  struct err e = {0};
  arena_init(&memory, (size_t)1 << 31);
  bool ok = series_read(g, f, &memory, &s, &e);
  if (ok) {
    table_begin(&t, format, sizeof names / sizeof *names, names);
    if (!print_dyads(&t, &s, &memory)) t.format = TABLE_TSV;
    table_end(&t);
  }
  int code = ok ? CLI_OK : cli_fail(&e);
  arena_release(&memory);
  return cli_close_stdout(code);
}
