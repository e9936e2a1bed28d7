/* network.c - the struct, signs, triads and walks, PN centrality, tightropes. Camps are found in network_camps.c. */
#include "signal/network.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 1 << 30, TERMS = 24 };

static bool no_memory(struct err *e) { return err_set(e, ERR_NOMEM, "no memory for the network"); }

bool network_init(struct network *g, uint32_t n, struct err *e) {
  *g = (struct network){.n = n};
  arena_init(&g->memory, MEMORY);
  if (n > NETWORK_MOST) return err_set(e, ERR_LIMIT, "%u actors are more than the %d of a network", n, NETWORK_MOST);
  g->name = ARENA_ARRAY(&g->memory, str, n + 1);
  g->id = ARENA_ARRAY(&g->memory, str, n + 1);
  g->sign = ARENA_ARRAY(&g->memory, int8_t, (size_t)n * n + 1);
  g->between = ARENA_ARRAY(&g->memory, double, (size_t)n *n + 1);
  return (g->name && g->id && g->sign && g->between) || no_memory(e);
}

void network_release(struct network *g) {
  arena_release(&g->memory);
  *g = (struct network){0};
}

struct network_tie *network_tie(struct network *g, uint32_t a, uint32_t b) {
  if (a == b || a >= g->n || b >= g->n) return NULL;
  uint32_t lo = a < b ? a : b, hi = a < b ? b : a;
  for (uint32_t i = 0; i < g->n_ties; i++)
    if (g->tie[i].a == lo && g->tie[i].b == hi) return &g->tie[i];
  if (g->n_ties == g->size_ties) {
    uint32_t size = g->size_ties ? 2 * g->size_ties : 64;
    struct network_tie *more = ARENA_ARRAY(&g->memory, struct network_tie, size);
    if (!more) return NULL;
    if (g->n_ties) memcpy(more, g->tie, g->n_ties * sizeof *more);
    g->tie = more, g->size_ties = size;
  }
  g->tie[g->n_ties] = (struct network_tie){.a = lo, .b = hi};
  return &g->tie[g->n_ties++];
}

static int tie_order(const void *x, const void *y) {
  const struct network_tie *a = x, *b = y;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return a->b < b->b ? -1 : a->b > b->b;
}

bool network_settle(struct network *g, struct polarity rule, struct err *e) {
  (void)e;
  if (g->n_ties) qsort(g->tie, g->n_ties, sizeof *g->tie, tie_order);
  memset(g->sign, 0, (size_t)g->n * g->n);
  for (uint32_t i = 0; i < g->n_ties; i++) {
    struct network_tie *t = &g->tie[i];
    double p = t->pos[0] + t->pos[1], n = t->neg[0] + t->neg[1];
    if (t->incidents) {
      t->x = (p - n) / (p + n + rule.kappa);
      t->sign = t->x > rule.theta ? 1 : t->x < -rule.theta ? -1 : 0;
    } else if (t->x == 0) t->x = t->sign;
    size_t ab = (size_t)t->a * g->n + t->b, ba = (size_t)t->b * g->n + t->a;
    g->sign[ab] = g->sign[ba] = (int8_t)t->sign;
    g->between[ab] = g->between[ba] = t->x;
  }
  return true;
}

/* ---- balance */

static void triads_count(const struct network *g, struct network_balance *out) {
  for (uint32_t a = 0; a < g->n; a++)
    for (uint32_t b = a + 1; b < g->n; b++) {
      int ab = g->sign[(size_t)a * g->n + b];
      for (uint32_t c = b + 1; ab && c < g->n; c++) {
        int ac = g->sign[(size_t)a * g->n + c], bc = g->sign[(size_t)b * g->n + c];
        if (ac && bc) out->triad[(ab < 0) + (ac < 0) + (bc < 0)]++;
      }
    }
}

/* The trace of e^M for M = the signs, or their absolute values: by squaring the series of M / 2^k. */
static bool exp_trace(const struct network *g, bool absolute, double *trace) {
  size_t n = g->n, cells = n * n;
  double *m = malloc(4 * cells * sizeof *m), most = 0;
  if (!m) return false;
  double *term = m + cells, *sum = m + 2 * cells, *room = m + 3 * cells;
  for (size_t i = 0; i < n; i++) {
    double row = 0;
    for (size_t k = 0; k < n; k++) row += abs(g->sign[i * n + k]);
    most = row > most ? row : most;
  }
  int halvings = most > 1 ? (int)ceil(log2(most)) : 0;
  for (size_t i = 0; i < cells; i++) m[i] = ldexp(absolute ? abs(g->sign[i]) : g->sign[i], -halvings);
  memset(sum, 0, cells * sizeof *sum);
  for (size_t i = 0; i < n; i++) sum[i * n + i] = 1;
  memcpy(term, sum, cells * sizeof *term);
  for (int t = 1; t <= TERMS + halvings; t++) {
    double *left = t <= TERMS ? term : sum, *right = t <= TERMS ? m : sum;
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < n; k++) {
        double s = 0;
        for (size_t l = 0; l < n; l++) s += left[i * n + l] * right[l * n + k];
        room[i * n + k] = t <= TERMS ? s / t : s;
      }
    memcpy(left, room, cells * sizeof *left);
    for (size_t i = 0; t <= TERMS && i < cells; i++) sum[i] += term[i];
  }
  *trace = 0;
  for (size_t i = 0; i < n; i++) *trace += sum[i * n + i];
  free(m);
  return true;
}

bool network_balance_of(const struct network *g, struct network_balance *out, struct err *e) {
  double signed_walks = 0, walks = 0;
  *out = (struct network_balance){.triads = NAN, .walks = NAN};
  for (uint32_t i = 0; i < g->n_ties; i++) out->positive += g->tie[i].sign > 0, out->negative += g->tie[i].sign < 0;
  triads_count(g, out);
  uint64_t all = out->triad[0] + out->triad[1] + out->triad[2] + out->triad[3];
  if (all) out->triads = (double)(out->triad[0] + out->triad[2]) / (double)all;
  if (!out->positive && !out->negative) return true;
  if (!exp_trace(g, false, &signed_walks) || !exp_trace(g, true, &walks)) return no_memory(e);
  out->walks = signed_walks / walks;
  return true;
}

/* ---- positions */

bool network_pn(const struct network *g, double *out, struct err *e) {
  size_t n = g->n;
  double *m = malloc((n * (n + 1) + 1) * sizeof *m);
  if (!m) return no_memory(e);
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < n; k++) {
      int s = g->sign[i * n + k];
      m[i * (n + 1) + k] = (i == k) - (n > 1 ? (s > 0 ? 1.0 : s < 0 ? -2.0 : 0) / (2.0 * (double)n - 2) : 0);
    }
    m[i * (n + 1) + n] = 1;
  }
  bool ok = true;
  for (size_t c = 0; c < n && ok; c++) { /* elimination with the largest pivot of the column */
    size_t p = c;
    for (size_t i = c + 1; i < n; i++)
      if (fabs(m[i * (n + 1) + c]) > fabs(m[p * (n + 1) + c])) p = i;
    ok = fabs(m[p * (n + 1) + c]) > 1e-12;
    for (size_t k = 0; ok && k <= n; k++) {
      double swap = m[c * (n + 1) + k];
      m[c * (n + 1) + k] = m[p * (n + 1) + k], m[p * (n + 1) + k] = swap;
    }
    for (size_t i = 0; ok && i < n; i++) {
      double f = i == c ? 0 : m[i * (n + 1) + c] / m[c * (n + 1) + c];
      for (size_t k = c; f != 0 && k <= n; k++) m[i * (n + 1) + k] -= f * m[c * (n + 1) + k];
    }
  }
  for (size_t i = 0; ok && i < n; i++) out[i] = m[i * (n + 1) + n] / m[i * (n + 1) + i];
  free(m);
  return ok || err_set(e, ERR_LIMIT, "PN centrality is not defined for this network");
}

static int stronger(const void *x, const void *y) {
  const struct tightrope *a = x, *b = y;
  if (a->value != b->value) return a->value > b->value ? -1 : 1;
  if (a->actor != b->actor) return a->actor < b->actor ? -1 : 1;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return a->b < b->b ? -1 : a->b > b->b;
}

int64_t network_tightropes(struct network *g, struct tightrope **out, struct err *e) {
  struct tightrope *t = NULL;
  for (int pass = 0; pass < 2; pass++) { /* counts, then fills */
    size_t n = 0;
    for (uint32_t i = 0; i < g->n_ties; i++) {
      const struct network_tie *h = &g->tie[i];
      for (uint32_t v = 0; h->sign < 0 && v < g->n; v++) {
        size_t va = (size_t)v * g->n + h->a, vb = (size_t)v * g->n + h->b;
        if (v == h->a || v == h->b || g->sign[va] <= 0 || g->sign[vb] <= 0) continue;
        double weaker = g->between[va] < g->between[vb] ? g->between[va] : g->between[vb];
        if (t) t[n] = (struct tightrope){v, h->a, h->b, weaker * fabs(h->x)};
        n++;
      }
    }
    if (t || !n) {
      if (n) qsort(t, n, sizeof *t, stronger);
      *out = t;
      return (int64_t)n;
    }
    if (!(t = ARENA_ARRAY(&g->memory, struct tightrope, n))) break;
  }
  no_memory(e);
  return -1;
}
