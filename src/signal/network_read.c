/* network_read.c - reads incidents between two, keeps the actors that are in most of them, and weighs their ties. */
#include "signal/network_read.h"
#include "base/calendar.h"
#include "base/intern.h"
#include <math.h>
#include <stdlib.h>

enum { DATE, SCORE, ACTOR, ACTOR_NAME, OTHER, OTHER_NAME, MUTUAL };
enum { HALF_LIVES = 20, MOST = 40 };

struct act {
  int32_t day;
  double score;
  sym a, b; /* numbers of ids */
  bool mutual;
};
struct reading {
  struct symtab ids;
  ROWS(struct act) acts;
  ROWS(uint32_t) count; /* by number of id */
  ROWS(str) name;
  struct arena memory;
};

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the network"); }

#define GROW(r, rows)                                                                                                  \
  rows_grow(&(r)->memory, (void **)&(r)->rows.at, &(r)->rows.n, &(r)->rows.size, sizeof *(r)->rows.at)

static sym id_number(struct reading *r, str id, str name) {
  sym k = symtab_add(&r->ids, id);
  while (k && r->count.n <= k) {
    if (!GROW(r, count) || !GROW(r, name)) return SYM_NONE;
    r->count.at[r->count.n++] = 0;
    r->name.at[r->name.n++] = (str){"", 0};
  }
  if (k && !r->name.at[k].n) r->name.at[k] = arena_str(&r->memory, name);
  if (k) r->count.at[k]++;
  return k;
}

static bool act_read(struct reading *r, const struct ledger_query *q) {
  struct act x = {.mutual = str_is(ledger_query_text(q, MUTUAL), "1")};
  if (!day_parse_iso(ledger_query_text(q, DATE), &x.day) || !str_to_double(ledger_query_text(q, SCORE), &x.score))
    return true;
  x.a = id_number(r, ledger_query_text(q, ACTOR), ledger_query_text(q, ACTOR_NAME));
  x.b = id_number(r, ledger_query_text(q, OTHER), ledger_query_text(q, OTHER_NAME));
  if (!x.a || !x.b || !GROW(r, acts)) return false;
  r->acts.at[r->acts.n++] = x;
  return true;
}

static bool acts_read(struct ledger *g, const struct network_options *o, struct reading *r, int32_t *on,
                      struct err *e) {
  char to[11] = "";
  if (o->on != DAY_NONE) day_format(o->on, to);
  struct ledger_filter f = {.unit = o->unit, .to = o->on == DAY_NONE ? NULL : to};
  struct ledger_query *q = ledger_query_open(g, LIST_DYADS, &f, e);
  int there = -1;
  bool ok = q != NULL;
  while (ok && (there = ledger_query_next(q, e)) == 1)
    if (!act_read(r, q)) ok = no_memory(e);
  ledger_query_close(q);
  *on = o->on;
  if (*on == DAY_NONE && r->acts.n) *on = r->acts.at[r->acts.n - 1].day; /* they stand by day */
  return ok && there == 0;
}

struct rank {
  sym id;
  uint32_t count;
};
static int by_count(const void *x, const void *y) {
  const struct rank *a = x, *b = y;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

/* Which actors are in, by number of id: 1 + their place in the network. Returns how many. */
static uint32_t actors_choose(struct reading *r, uint32_t most, uint32_t *place) {
  struct rank *rank = ARENA_ARRAY(&r->memory, struct rank, r->count.n + 1);
  uint32_t n = 0;
  for (sym k = 1; rank && k < r->count.n; k++) rank[n++] = (struct rank){k, r->count.at[k]};
  if (n) qsort(rank, n, sizeof *rank, by_count);
  if (n > most) n = most;
  for (uint32_t i = 0; i < n; i++) place[rank[i].id] = i + 1;
  return n;
}

static bool act_weigh(struct network *g, const struct act *x, uint32_t a, uint32_t b, double weight) {
  struct network_tie *t = network_tie(g, a, b);
  if (!t) return false;
  int way = a < b ? 0 : 1;
  for (int k = 0; k < (x->mutual ? 2 : 1); k++)
    *(x->score > 0 ? &t->pos[way ^ k] : &t->neg[way ^ k]) += fabs(x->score) * weight / (x->mutual ? 2 : 1);
  if (!t->incidents++ || x->day < t->first) t->first = x->day;
  if (t->incidents == 1 || x->day > t->last) t->last = x->day;
  return true;
}

static bool network_fill(struct reading *r, const struct network_options *o, struct network *g, int32_t on,
                         struct err *e) {
  uint32_t most = o->most ? o->most : MOST, *place = ARENA_ARRAY(&r->memory, uint32_t, r->count.n + 1);
  double half = o->half_life > 0 ? o->half_life : 90;
  if (!place) return no_memory(e);
  uint32_t n = actors_choose(r, most < NETWORK_MOST ? most : NETWORK_MOST, place);
  if (!network_init(g, n, e)) return false;
  for (sym k = 1; k < r->count.n; k++)
    if (place[k]) {
      g->name[place[k] - 1] = arena_str(&g->memory, r->name.at[k]);
      g->id[place[k] - 1] = arena_str(&g->memory, symtab_str(&r->ids, k));
    }
  for (uint32_t i = 0; i < r->acts.n; i++) {
    const struct act *x = &r->acts.at[i];
    double age = on - x->day;
    if (!place[x->a] || !place[x->b] || place[x->a] == place[x->b] || age > HALF_LIVES * half) continue;
    if (!act_weigh(g, x, place[x->a] - 1, place[x->b] - 1, exp2(-age / half))) return no_memory(e);
  }
  struct polarity rule = o->rule.theta > 0 || o->rule.kappa > 0 ? o->rule : POLARITY_DEFAULT;
  return network_settle(g, rule, e);
}

bool network_read(struct ledger *g, const struct network_options *o, struct network *out, int32_t *on, struct err *e) {
  struct reading r = {.memory = {0}};
  *out = (struct network){0};
  arena_init(&r.memory, (size_t)1 << 30);
  bool ok = (symtab_init(&r.ids) || no_memory(e)) && acts_read(g, o, &r, on, e) && network_fill(&r, o, out, *on, e);
  symtab_release(&r.ids);
  arena_release(&r.memory);
  return ok;
}
