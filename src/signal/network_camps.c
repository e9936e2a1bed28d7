/* network_camps.c - the split into two camps that leaves the fewest ties unsatisfied: branch and bound, or bounds where it is cut off.
 *
 * An unsatisfied tie is a positive one between the camps or a negative one inside. Actors are placed in order of their number of
 * ties; a branch ends where what it has cost, and what each unplaced actor must cost at least towards those placed, reaches the
 * best so far. Components that share no signed tie are searched apart. The lower bound is the number of negative triangles
 * that share no tie. */
#include "signal/network.h"
#include <math.h>
#include <string.h>

enum { STEPS = 100000000 };

struct search {
  const struct network *g;
  uint32_t *order, n;  /* actors of the component, those with most ties first */
  uint32_t (*cost)[2]; /* [n of network] of placing an actor in a camp, towards those placed */
  uint8_t *now, *best; /* [n of network] camps */
  uint32_t best_cost;
  uint64_t splits, steps, most_steps;
};

static int sign_of(const struct network *g, uint32_t a, uint32_t b) { return g->sign[(size_t)a * g->n + b]; }

static void place(struct search *s, uint32_t at, uint8_t camp, int by) {
  uint32_t v = s->order[at];
  for (uint32_t i = at + 1; i < s->n; i++) {
    uint32_t u = s->order[i];
    int sign = sign_of(s->g, v, u);
    if (sign) s->cost[u][sign > 0 ? !camp : camp] += (uint32_t)by;
  }
}

static void branch(struct search *s, uint32_t at, uint32_t cost) {
  if (s->steps >= s->most_steps) return;
  s->steps++;
  uint32_t least = cost;
  for (uint32_t i = at; i < s->n; i++) {
    const uint32_t *c = s->cost[s->order[i]];
    least += c[0] < c[1] ? c[0] : c[1];
  }
  if (least > s->best_cost) return;
  if (at == s->n) {
    s->splits = cost < s->best_cost ? 1 : s->splits + 1;
    if (cost < s->best_cost) {
      s->best_cost = cost;
      for (uint32_t i = 0; i < s->n; i++) s->best[s->order[i]] = s->now[s->order[i]];
    }
    return;
  }
  uint32_t v = s->order[at];
  uint8_t first = s->cost[v][1] < s->cost[v][0];
  for (uint8_t k = 0; k < (at ? 2 : 1); k++) { /* the first actor is in camp 0: camps have no names */
    uint8_t camp = at ? first ^ k : 0;
    s->now[v] = camp;
    place(s, at, camp, 1);
    branch(s, at + 1, cost + s->cost[v][camp]);
    place(s, at, camp, -1);
  }
}

/* Moves single actors to the other camp as long as that helps. */
static uint32_t improve(const struct search *s, uint8_t *camp) {
  uint32_t cost = 0;
  bool moved = true;
  while (moved) {
    moved = false;
    for (uint32_t i = 0; i < s->n; i++) {
      uint32_t v = s->order[i], here = 0, there = 0;
      for (uint32_t k = 0; k < s->n; k++) {
        int sign = sign_of(s->g, v, s->order[k]);
        bool same = camp[v] == camp[s->order[k]];
        if (sign) (sign > 0 ? !same : same) ? here++ : there++;
      }
      if (there < here) camp[v] ^= 1, moved = true;
    }
  }
  for (uint32_t i = 0; i < s->n; i++)
    for (uint32_t k = i + 1; k < s->n; k++) {
      int sign = sign_of(s->g, s->order[i], s->order[k]);
      bool same = camp[s->order[i]] == camp[s->order[k]];
      cost += sign > 0 ? !same : sign < 0 && same;
    }
  return cost;
}

/* Triangles with an odd number of negative ties, no two of which share a tie: each costs one. */
static uint32_t lower_bound(const struct search *s, uint8_t *used) {
  const struct network *g = s->g;
  uint32_t found = 0;
  memset(used, 0, (size_t)g->n * g->n);
  for (uint32_t i = 0; i < s->n; i++)
    for (uint32_t j = i + 1; j < s->n; j++)
      for (uint32_t k = j + 1; k < s->n; k++) {
        uint32_t a = s->order[i], b = s->order[j], c = s->order[k];
        size_t ab = (size_t)a * g->n + b, ac = (size_t)a * g->n + c, bc = (size_t)b * g->n + c;
        if (sign_of(g, a, b) * sign_of(g, a, c) * sign_of(g, b, c) >= 0 || used[ab] || used[ac] || used[bc]) continue;
        used[ab] = used[ac] = used[bc] = 1;
        found++;
      }
  return found;
}

static uint32_t degree(const struct network *g, uint32_t v) {
  uint32_t d = 0;
  for (uint32_t u = 0; u < g->n; u++) d += sign_of(g, v, u) != 0;
  return d;
}

/* The actors that are tied with `from`, directly or by others, into order; `seen` marks them. */
static uint32_t component(const struct network *g, uint32_t from, uint8_t *seen, uint32_t *order) {
  uint32_t n = 0;
  seen[from] = 1;
  order[n++] = from;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t u = 0; u < g->n; u++)
      if (!seen[u] && sign_of(g, order[i], u)) seen[u] = 1, order[n++] = u;
  for (uint32_t i = 1; i < n; i++) /* insertion sort: most ties first, else as they are numbered */
    for (uint32_t k = i; k && (degree(g, order[k]) > degree(g, order[k - 1]) ||
                               (degree(g, order[k]) == degree(g, order[k - 1]) && order[k] < order[k - 1]));
         k--) {
      uint32_t swap = order[k];
      order[k] = order[k - 1], order[k - 1] = swap;
    }
  return n;
}

bool network_camps_of(struct network *g, uint64_t steps, struct network_camps *out, struct err *e) {
  struct search s = {.g = g};
  uint8_t *seen = ARENA_ARRAY(&g->memory, uint8_t, g->n + 1);
  uint8_t *used = ARENA_ARRAY(&g->memory, uint8_t, (size_t)g->n * g->n + 1);
  *out = (struct network_camps){.splits = 1, .frustration = NAN};
  s.order = ARENA_ARRAY(&g->memory, uint32_t, g->n + 1);
  s.cost = arena_alloc(&g->memory, (g->n + 1) * sizeof *s.cost);
  s.now = ARENA_ARRAY(&g->memory, uint8_t, g->n + 1);
  s.best = ARENA_ARRAY(&g->memory, uint8_t, g->n + 1);
  if (!seen || !used || !s.order || !s.cost || !s.now || !s.best)
    return err_set(e, ERR_NOMEM, "no memory for the camps");
  uint32_t ties = 0;
  for (uint32_t i = 0; i < g->n_ties; i++) ties += g->tie[i].sign != 0;
  for (uint32_t v = 0; v < g->n; v++) {
    if (seen[v]) continue;
    s.n = component(g, v, seen, s.order);
    if (s.n == 1) {
      s.best[v] = 2;
      continue;
    }
    s.steps = 0, s.most_steps = steps ? steps : STEPS, s.splits = 0;
    s.best_cost = improve(&s, s.best);
    branch(&s, 0, 0);
    bool whole = s.steps < s.most_steps;
    out->most += s.best_cost;
    out->least += whole ? s.best_cost : lower_bound(&s, used);
    out->splits = whole ? out->splits * s.splits : 0;
  }
  if (ties) out->frustration = 1 - 2.0 * out->most / ties;
  out->camp = s.best;
  return true;
}
