/* arcs.c - see arcs.h. */
#include "model/arcs.h"
#include "model/net.h"

static bool width_fits(uint32_t n) { return n >= 64 && n <= ARCS_WIDTH_MAX && n % 64 == 0; }

bool arc_scorer_open(struct arc_scorer *a, const struct model_file *m, uint32_t d, uint32_t nrel, struct err *e) {
  str shape = model_section(m, "arcs.shape");
  uint32_t size[2];
  *a = (struct arc_scorer){.nrel = nrel};
  if (!shape.p) return true;
  if (shape.n != sizeof size) return err_set(e, ERR_MODEL, "the arcs of the model have the wrong size");
  memcpy(size, shape.p, sizeof size);
  if (!width_fits(size[0]) || !width_fits(size[1]))
    return err_set(e, ERR_MODEL, "the arcs of the model have a width that cannot be");
  a->width = size[0], a->hidden = size[1];
  return linear_open(&a->arcs, m, "arcs", d, 2 * a->width, e) &&
         model_floats(m, "arcs.far", (size_t)ARCS_FAR * a->width, &a->far, e) &&
         model_floats(m, "arcs.root", a->width, &a->root, e) &&
         linear_open(&a->relations, m, "rels", d, 2 * a->hidden, e) &&
         model_shorts(m, "rels.null", a->hidden, &a->null, e) &&
         model_shorts(m, "rels.fact", (size_t)arcs_facts(nrel) * a->hidden, &a->fact, e) &&
         linear_open(&a->out, m, "rels.out", a->hidden, (nrel + 63) & ~63u, e);
}

void arc_links_make(struct arc_links *l) {
  memset(l->first, 0, sizeof *l->first * (size_t)(l->n + 1));
  for (int t = l->n; t > 0; t--) {
    int h = l->head[t] > 0 ? l->head[t] : 0;
    l->next[t] = l->first[h], l->first[h] = (int16_t)t;
  }
}

uint32_t arc_facts(const struct arc_links *l, uint32_t nrel, int t, int head, uint32_t *row) {
  uint32_t n = 0;
  row[n++] = arcs_far(t, head);
  row[n++] = arcs_fact_always(nrel);
  row[n++] = arcs_fact_up(head && l->rel[head] >= 0 ? (uint32_t)l->rel[head] : nrel);
  for (int c = head ? l->first[head] : 0; c && n < ARCS_ROWS_MAX / 3 * 2; c = l->next[c])
    if (c != t && l->rel[c] >= 0) row[n++] = arcs_fact_beside(nrel, (uint32_t)l->rel[c], c > t);
  for (int c = l->first[t]; c && n < ARCS_ROWS_MAX; c = l->next[c])
    if (l->rel[c] >= 0) row[n++] = arcs_fact_below(nrel, (uint32_t)l->rel[c], c > t);
  return n;
}
