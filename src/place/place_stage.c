/* place_stage.c - keeps, uses and resolves toponyms; adds those in names and adjectives, unresolved places and buildings. */
#include "place/place_stage.h"
#include "doc/tree.h"
#include "place/resolve.h"
#include "place/settle.h"
#include <stdlib.h>

struct place *place_push(struct doc *d, uint32_t first, uint32_t n, uint8_t use, uint8_t level, const char *reason) {
  struct place *p = DOC_PUSH(d, places);
  if (!p) return NULL;
  struct span span = tokens_span(d, first, first + n - 1);
  *p = (struct place){.first = first,
                      .n = n,
                      .span = span,
                      .sentence = d->tokens.sentence[first],
                      .use = use,
                      .level = level,
                      .name = doc_span(d, span),
                      .reason = reason,
                      .mention = d->tokens.mention[first]};
  return p;
}

/* The mention that stands on the place's words or around them, or NULL. */
static const struct mention *mention_over(const struct doc *d, const struct place *p) {
  uint32_t t = p->first;
  for (int climb = 0; climb < 8 && t != NONE; climb++, t = d->tokens.head[t]) {
    uint32_t m = d->tokens.mention[t];
    if (m == NONE) continue;
    const struct mention *x = &d->mentions.at[m];
    if (x->first <= p->first && x->first + x->n >= p->first + p->n && x->type != MENTION_NOMINAL) return x;
  }
  return NULL;
}

static bool belongs_to_name(const struct doc *d, const struct place *p) {
  const struct mention *m = mention_over(d, p);
  if (!m) return false;
  bool wider = m->n > p->n;
  if (m->type == MENTION_DEMONYM) return true;
  uint8_t kind = m->actor < d->actors.n ? d->actors.at[m->actor].kind : m->kind;
  return wider ? kind != ACTOR_STATE : kind == ACTOR_PERSON || kind == ACTOR_GROUP || kind == ACTOR_ORGANIZATION;
}

/* Drops the rows that do not stand for themselves; the tokens of those kept point to their new rows. */
static void keep_places(struct settle *s) {
  struct doc *d = s->d;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < d->places.n; i++) {
    struct place p = d->places.at[i];
    bool drop = belongs_to_name(d, &p);
    struct context c = place_context(s->k, d, p.first, p.n, NULL);
    if (!drop && c.person && !c.locative) drop = true;
    for (uint32_t t = p.first; t < p.first + p.n; t++) d->tokens.place[t] = drop ? NONE : kept;
    if (!drop) d->places.at[kept++] = p;
  }
  d->places.n = kept;
}

struct ordered {
  struct place p;
  uint32_t row;
};
static int by_text(const void *a, const void *b) {
  const struct ordered *x = a, *y = b;
  if (x->p.span.beg != y->p.span.beg) return x->p.span.beg < y->p.span.beg ? -1 : 1;
  if (x->p.span.end != y->p.span.end) return x->p.span.end > y->p.span.end ? -1 : 1;
  return (int)(x->row > y->row) - (int)(x->row < y->row);
}

/* Rows in the order of the text; tokens follow. */
static bool order_places(struct doc *d) {
  struct arena_mark mark = arena_mark(&d->scratch);
  uint32_t n = d->places.n;
  struct ordered *all = ARENA_ARRAY(&d->scratch, struct ordered, n + 1);
  uint32_t *to = ARENA_ARRAY(&d->scratch, uint32_t, n + 1);
  if (!all || !to) return false;
  for (uint32_t i = 0; i < n; i++) all[i] = (struct ordered){d->places.at[i], i};
  if (n) qsort(all, n, sizeof *all, by_text);
  for (uint32_t i = 0; i < n; i++) d->places.at[i] = all[i].p, to[all[i].row] = i;
  for (uint32_t t = 0; t < d->tokens.n; t++)
    if (d->tokens.place[t] != NONE) d->tokens.place[t] = to[d->tokens.place[t]];
  arena_rewind(&d->scratch, mark);
  return true;
}

static bool place_run(const void *stage, void *work, struct doc *d, struct err *e) {
  struct settle s = {.k = stage, .d = d};
  (void)work;
  keep_places(&s);
  for (uint32_t i = 0; i < d->places.n; i++) {
    d->places.at[i].use = place_use_of(&s, &d->places.at[i]);
    d->places.at[i].mention = d->tokens.mention[place_head(d, &d->places.at[i])];
  }
  if (!features_add(&s) || !embedded_add(&s) || !places_resolve(&s) || !buildings_add(&s) || !offsets_add(&s) ||
      !learned_add(&s) || !order_places(d))
    return err_set(e, ERR_NOMEM, "no memory for the places");
  return true;
}

static void *place_open(const struct stage_setup *setup, struct err *e) { return place_knowledge_open(setup, e); }
static void place_close(void *stage) { place_knowledge_close(stage); }

const struct stage place_stage = {"place",     HAVE_TAGS | HAVE_TREE | HAVE_TOPONYMS | HAVE_ACTORS,
                                  HAVE_PLACES, place_open,
                                  place_close, NULL,
                                  NULL,        place_run};
