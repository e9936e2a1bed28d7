/* compare.c - reading both sides, matching them, and counting by country, group and month. */
#include "report/compare.h"
#include "base/calendar.h"
#include "base/csv.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 128, MEMORY = 1 << 30 };

const char *const compare_group_name[COMPARE_GROUPS] = {"force", "protest"};

/* ---- their file */

enum field { F_ID, F_DATE, F_UNTIL, F_COUNTRY, F_PLACE, F_LAT, F_LON, F_WHAT, F_A, F_B, F_LOW, F_BEST, F_HIGH, FIELDS };
static const char *const columns[][FIELDS] = {
    [COMPARE_ACLED] = {"event_id_cnty", "event_date", NULL, "country", "location", "latitude", "longitude",
                       "event_type", "actor1", "actor2", NULL, "fatalities", NULL},
    [COMPARE_UCDP] = {"id", "date_start", "date_end", "country", "where_coordinates", "latitude", "longitude",
                      "type_of_violence", "side_a", "side_b", "low", "best", "high"}};

struct table {
  struct csv_reader r;
  size_t at[FIELDS];
  str cell[CELLS];
  size_t n;
};

static bool columns_find(struct table *t, struct comparison *c, enum compare_source source, const char *name,
                         struct err *e) {
  int there = csv_row(&t->r, &c->memory, t->cell, CELLS, &t->n, e);
  if (there < 0) return err_at(e, name, t->r.line, 0);
  for (int f = 0; f < FIELDS; f++) {
    const char *want = columns[source][f];
    t->at[f] = CELLS;
    for (size_t k = 0; there && want && k < t->n; k++)
      if (str_eq_fold(str_trim(t->cell[k]), str_of(want))) t->at[f] = k;
    if (!want || t->at[f] != CELLS) continue;
    err_set(e, ERR_FORMAT, "the column '%s' is missing: %s", want,
            source == COMPARE_ACLED ? "an export of ACLED is wanted" : "a table of UCDP GED is wanted");
    return err_at(e, name, 1, 0);
  }
  return true;
}

static str value_of(const struct table *t, enum field f) {
  return t->at[f] < t->n ? str_trim(t->cell[t->at[f]]) : (str){"", 0};
}

/* "2024-05-14", perhaps with a time behind it, or "14 May 2024" as ACLED's tool writes it. */
static bool day_read(str s, int32_t *day) {
  static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  if (s.n >= 10 && s.p[4] == '-') return day_parse_iso(str_sub(s, 0, 10), day);
  str rest = s, d = str_cut(&rest, ' '), m = str_cut(&rest, ' ');
  struct civil c = {.month = 0};
  int64_t number, year;
  for (int i = 0; i < 12; i++)
    if (m.n >= 3 && str_eq_fold(str_sub(m, 0, 3), str_of(months[i]))) c.month = i + 1;
  if (!c.month || !str_to_int(d, &number) || !str_to_int(str_trim(rest), &year) || year < 1 || year > 9999)
    return false;
  c.day = (int)number, c.year = (int)year;
  if (!civil_valid(c)) return false;
  *day = day_of_civil(c);
  return true;
}

static double number_read(str s) {
  double d;
  return s.n && str_to_double(s, &d) ? d : (double)NAN;
}

/* The group of one of theirs; COMPARE_GROUPS: neither. */
static uint8_t group_of(enum compare_source source, str what) {
  static const char *const force[] = {"Battles", "Explosions/Remote violence", "Violence against civilians"},
                           *const protest[] = {"Protests", "Riots"};
  if (source == COMPARE_UCDP) return GROUP_FORCE;
  for (size_t i = 0; i < sizeof force / sizeof *force; i++)
    if (str_eq_fold(what, str_of(force[i]))) return GROUP_FORCE;
  for (size_t i = 0; i < sizeof protest / sizeof *protest; i++)
    if (str_eq_fold(what, str_of(protest[i]))) return GROUP_PROTEST;
  return COMPARE_GROUPS;
}

static bool room_for(struct comparison *c, struct placed **at, uint32_t n) {
  if (n & (n - 1)) return true; /* doubled at powers of two */
  struct placed *more = ARENA_ARRAY(&c->memory, struct placed, n ? 2 * (size_t)n : 1);
  if (more && n) memcpy(more, *at, n * sizeof *more);
  if (more) *at = more;
  return more != NULL;
}

static str joined(struct comparison *c, str a, str b) {
  if (!b.n) return a;
  char *p = arena_alloc(&c->memory, a.n + b.n + 3);
  if (!p) return a;
  memcpy(p, a.p, a.n), memcpy(p + a.n, " / ", 3), memcpy(p + a.n + 3, b.p, b.n);
  return (str){p, a.n + b.n + 3};
}

/* One of their rows; false with *e: it cannot be read. */
static bool theirs_read(struct comparison *c, const struct table *t, const struct compare_options *o, struct placed *p,
                        struct err *e) {
  str date = value_of(t, F_DATE), until = value_of(t, F_UNTIL), country = value_of(t, F_COUNTRY);
  *p = (struct placed){.id = value_of(t, F_ID),
                       .what = value_of(t, F_WHAT),
                       .place = value_of(t, F_PLACE),
                       .match = UINT32_MAX};
  if (!day_read(date, &p->first)) return err_set(e, ERR_FORMAT, "'%.*s' is no day", STR_FMT(date));
  if (!until.n || !day_read(until, &p->last) || p->last < p->first) p->last = p->first;
  if (!o->country(o->ctx, country, p->country))
    return err_set(e, ERR_FORMAT, "no country is known as '%.*s'", STR_FMT(country));
  p->lat = number_read(value_of(t, F_LAT)), p->lon = number_read(value_of(t, F_LON));
  p->best = number_read(value_of(t, F_BEST));
  p->low = t->at[F_LOW] < CELLS ? number_read(value_of(t, F_LOW)) : p->best;
  p->high = t->at[F_HIGH] < CELLS ? number_read(value_of(t, F_HIGH)) : p->best;
  p->who = joined(c, value_of(t, F_A), value_of(t, F_B));
  p->group = group_of(o->source, p->what);
  return true;
}

static bool theirs_take(struct comparison *c, str text, const char *name, const struct compare_options *o,
                        struct problems *problems, struct err *e) {
  struct table t = {.n = 0};
  int there;
  csv_reader_init(&t.r, text);
  if (!columns_find(&t, c, o->source, name, e)) return false;
  while ((there = csv_row(&t.r, &c->memory, t.cell, CELLS, &t.n, e)) == 1) {
    struct placed p;
    struct err bad = {0};
    if (!theirs_read(c, &t, o, &p, &bad)) {
      err_at(&bad, name, t.r.line, 0);
      if (!problems_take(problems, &bad)) return *e = bad, false;
    } else if (p.group < COMPARE_GROUPS) {
      if (!room_for(c, &c->theirs, c->n_theirs)) return err_set(e, ERR_NOMEM, "no memory for their events");
      c->theirs[c->n_theirs++] = p;
    }
  }
  return there == 0 || err_at(e, name, t.r.line, 0);
}

/* ---- the ledger */

/* "5", "3-7" */
static void killed_read(str s, struct placed *p) {
  str high = s, low = str_cut(&high, '-');
  p->low = number_read(low);
  p->high = high.n ? number_read(high) : p->low;
  p->best = p->low == p->high ? p->low : (double)NAN;
}

static bool ours_read(struct comparison *c, const struct ledger_query *q, struct placed *p) {
  enum { ID, DATE, LATEST, TYPE, COUNTRY, PLACE, PRECISION, LAT, LON, KILLED, ACTOR, RECIPIENT };
  str country = ledger_query_text(q, COUNTRY), precision = ledger_query_text(q, PRECISION);
  *p = (struct placed){.match = UINT32_MAX};
  if (country.n != 3) return c->unplaced++, false;
  if (!day_parse_iso(ledger_query_text(q, DATE), &p->first)) return false;
  if (!day_parse_iso(ledger_query_text(q, LATEST), &p->last) || p->last < p->first) p->last = p->first;
  memcpy(p->country, country.p, 3);
  p->group = str_is(ledger_query_text(q, TYPE), "PROTEST") ? GROUP_PROTEST : GROUP_FORCE;
  p->lat = number_read(ledger_query_text(q, LAT)), p->lon = number_read(ledger_query_text(q, LON));
  p->coarse = !str_is(precision, "city") && !str_is(precision, "building") && !str_is(precision, "district");
  killed_read(ledger_query_text(q, KILLED), p);
  p->id = arena_str(&c->memory, ledger_query_text(q, ID));
  p->what = arena_str(&c->memory, ledger_query_text(q, TYPE));
  p->place = arena_str(&c->memory, ledger_query_text(q, PLACE));
  p->who = joined(c, arena_str(&c->memory, ledger_query_text(q, ACTOR)),
                  arena_str(&c->memory, ledger_query_text(q, RECIPIENT)));
  return true;
}

static bool ours_take(struct comparison *c, struct ledger *g, const struct ledger_filter *f, struct err *e) {
  struct ledger_query *q = ledger_query_open(g, LIST_PLACED, f, e);
  int there = q ? 1 : -1;
  while (q && (there = ledger_query_next(q, e)) == 1) {
    struct placed p;
    if (!ours_read(c, q, &p)) continue;
    if (!room_for(c, &c->ours, c->n_ours)) there = -1, err_set(e, ERR_NOMEM, "no memory for the ledger's incidents");
    if (there < 0) break;
    c->ours[c->n_ours++] = p;
  }
  ledger_query_close(q);
  return there == 0;
}

/* ---- the days that both cover */

static int by_where_and_day(const void *a, const void *b) {
  const struct placed *x = a, *y = b;
  int k = memcmp(x->country, y->country, 4);
  if (!k) k = (int)x->group - (int)y->group;
  if (!k) k = x->first < y->first ? -1 : x->first > y->first;
  if (!k) k = x->id.n < y->id.n ? -1 : x->id.n > y->id.n;
  return k ? k : x->id.n ? memcmp(x->id.p, y->id.p, x->id.n) : 0;
}

static uint32_t within(struct placed *at, uint32_t n, int32_t first, int32_t last) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < n; i++)
    if (at[i].first >= first && at[i].first <= last) at[kept++] = at[i];
  return kept;
}

static void range_of(const struct placed *at, uint32_t n, int32_t *first, int32_t *last) {
  for (uint32_t i = 0; i < n; i++) {
    if (!i || at[i].first < *first) *first = at[i].first;
    if (!i || at[i].first > *last) *last = at[i].first;
  }
}

static void days_shared(struct comparison *c, int window) {
  int32_t a[2] = {0, -1}, b[2] = {0, -1};
  range_of(c->theirs, c->n_theirs, &a[0], &a[1]), range_of(c->ours, c->n_ours, &b[0], &b[1]);
  c->first = (a[0] > b[0] ? a[0] : b[0]) - window; /* what begins at the edge may have its like beyond it */
  c->last = (a[1] < b[1] ? a[1] : b[1]) + window;
  if (c->last - c->first < 2 * window || !c->n_theirs || !c->n_ours) c->last = c->first - 1;
  c->n_theirs = within(c->theirs, c->n_theirs, c->first, c->last);
  c->n_ours = within(c->ours, c->n_ours, c->first, c->last);
  if (c->n_theirs) qsort(c->theirs, c->n_theirs, sizeof *c->theirs, by_where_and_day);
  if (c->n_ours) qsort(c->ours, c->n_ours, sizeof *c->ours, by_where_and_day);
}

/* ---- matching */

struct pair {
  double cost;
  uint32_t theirs, ours;
};

static int by_cost(const void *a, const void *b) {
  const struct pair *x = a, *y = b;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  if (x->theirs != y->theirs) return x->theirs < y->theirs ? -1 : 1;
  return x->ours < y->ours ? -1 : x->ours > y->ours;
}

static double km_between(const struct placed *a, const struct placed *b) {
  const double turn = 0.017453292519943295;
  double s = sin((b->lat - a->lat) * turn / 2), t = sin((b->lon - a->lon) * turn / 2);
  double h = s * s + cos(a->lat * turn) * cos(b->lat * turn) * t * t;
  return 2 * 6371.0 * asin(sqrt(h > 1 ? 1 : h));
}

/* Days and distance as one number; NAN: they are not one. */
static double cost_of(const struct placed *a, const struct placed *b, const struct compare_options *o) {
  int32_t apart = a->first > b->last ? a->first - b->last : b->first > a->last ? b->first - a->last : 0;
  if (apart > o->window) return NAN;
  double km = a->coarse || b->coarse ? o->km : km_between(a, b);
  if (isnan(km)) km = o->km; /* one has no point */
  return km <= o->km ? apart + km / o->km : (double)NAN;
}

static bool same_row(const struct placed *a, const struct placed *b) {
  return !memcmp(a->country, b->country, 4) && a->group == b->group;
}

/* All pairs that may be one. Both sides stand by country, group and day. */
static bool pairs_find(struct comparison *c, const struct compare_options *o, struct pair **out, size_t *n) {
  size_t size = 0;
  uint32_t from = 0;
  *out = NULL, *n = 0;
  for (uint32_t i = 0; i < c->n_theirs; i++) {
    const struct placed *a = &c->theirs[i];
    while (from < c->n_ours && by_where_and_day(&c->ours[from], a) < 0 &&
           (!same_row(&c->ours[from], a) || c->ours[from].first < a->first - o->window - 31))
      from++;
    for (uint32_t k = from; k < c->n_ours && same_row(&c->ours[k], a) && c->ours[k].first <= a->last + o->window; k++) {
      double cost = cost_of(a, &c->ours[k], o);
      if (isnan(cost)) continue;
      if (*n == size) {
        size = size ? 2 * size : 1024;
        struct pair *more = realloc(*out, size * sizeof *more);
        if (!more) return false;
        *out = more;
      }
      (*out)[(*n)++] = (struct pair){cost, i, k};
    }
  }
  return true;
}

static bool match(struct comparison *c, const struct compare_options *o) {
  struct pair *pair;
  size_t n;
  bool ok = pairs_find(c, o, &pair, &n);
  if (ok && n) qsort(pair, n, sizeof *pair, by_cost);
  for (size_t i = 0; ok && i < n; i++) {
    struct placed *a = &c->theirs[pair[i].theirs], *b = &c->ours[pair[i].ours];
    if (a->match == UINT32_MAX && b->match == UINT32_MAX) a->match = pair[i].ours, b->match = pair[i].theirs;
  }
  free(pair);
  return ok;
}

/* ---- counting */

static uint32_t month_of(int32_t day) {
  struct civil c = civil_of_day(day);
  return (uint32_t)(c.year * 12 + c.month - 1);
}

static double pearson(const double *x, const double *y, uint32_t n) {
  double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
  for (uint32_t i = 0; i < n; i++) sx += x[i], sy += y[i];
  for (uint32_t i = 0; i < n; i++) {
    double a = x[i] - sx / n, b = y[i] - sy / n;
    xx += a * a, yy += b * b, xy += a * b;
  }
  return n >= 3 && xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}

static void fatalities(const struct comparison *c, const struct placed *a, struct compared *r) {
  const struct placed *b = &c->ours[a->match];
  if (isnan(a->best) || isnan(b->low)) return;
  r->their_low += a->low, r->their_best += a->best, r->their_high += a->high;
  r->our_low += b->low, r->our_high += b->high;
}

/* A row from theirs[i..] and ours[k..] of one country and group; the counts of months go into x and y. */
static void row_count(struct comparison *c, struct compared *r, uint32_t *i, uint32_t *k, double *x, double *y,
                      uint32_t months) {
  uint32_t base = month_of(c->first);
  memset(x, 0, months * sizeof *x), memset(y, 0, months * sizeof *y);
  for (; *i < c->n_theirs && !memcmp(c->theirs[*i].country, r->country, 4) && c->theirs[*i].group == r->group; ++*i) {
    const struct placed *a = &c->theirs[*i];
    r->theirs++, x[month_of(a->first) - base]++;
    if (a->match != UINT32_MAX) r->matched++, fatalities(c, a, r);
  }
  for (; *k < c->n_ours && !memcmp(c->ours[*k].country, r->country, 4) && c->ours[*k].group == r->group; ++*k)
    r->ours++, y[month_of(c->ours[*k].first) - base]++;
  r->months = months;
  r->correlation = pearson(x, y, months);
}

static bool count_all(struct comparison *c) {
  if (!c->n_theirs && !c->n_ours) return true;
  uint32_t months = month_of(c->last) - month_of(c->first) + 1, i = 0, k = 0;
  double *x = ARENA_ARRAY(&c->memory, double, months), *y = ARENA_ARRAY(&c->memory, double, months);
  c->row = ARENA_ARRAY(&c->memory, struct compared, (size_t)c->n_theirs + c->n_ours);
  if (!x || !y || !c->row) return false;
  while (i < c->n_theirs || k < c->n_ours) {
    bool theirs = k == c->n_ours ||
                  (i < c->n_theirs &&
                   (same_row(&c->theirs[i], &c->ours[k]) || memcmp(c->theirs[i].country, c->ours[k].country, 4) < 0 ||
                    (!memcmp(c->theirs[i].country, c->ours[k].country, 4) && c->theirs[i].group < c->ours[k].group)));
    const struct placed *p = theirs ? &c->theirs[i] : &c->ours[k];
    struct compared *r = &c->row[c->n_rows++];
    *r = (struct compared){.group = p->group};
    memcpy(r->country, p->country, 4);
    row_count(c, r, &i, &k, x, y, months);
  }
  return true;
}

bool compare_read(struct comparison *c, struct ledger *g, const struct ledger_filter *f, str text, const char *name,
                  const struct compare_options *o, struct problems *problems, struct err *e) {
  *c = (struct comparison){.n_rows = 0};
  arena_init(&c->memory, MEMORY);
  if (!theirs_take(c, text, name, o, problems, e) || !ours_take(c, g, f, e)) return false;
  days_shared(c, o->window);
  return (match(c, o) && count_all(c)) || err_set(e, ERR_NOMEM, "no memory for the comparison");
}

void compare_release(struct comparison *c) { arena_release(&c->memory); }
