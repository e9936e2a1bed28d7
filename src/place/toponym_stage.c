/* toponym_stage.c - one pass over capitalised words. */
#include "place/toponym_stage.h"
#include "place/context.h"
#include "place/resolve.h"

static bool add(const struct knowledge *k, struct doc *d, const struct name_hit *hit, const struct context *c) {
  uint32_t row = d->places.n;
  struct place *p = DOC_PUSH(d, places);
  if (!p) return false;
  *p = (struct place){.first = hit->first,
                      .n = hit->n,
                      .span = tokens_span(d, hit->first, hit->first + hit->n - 1),
                      .sentence = d->tokens.sentence[hit->first],
                      .use = PLACE_USE_LITERAL,
                      .ground = c->ground,
                      .mention = NONE};
  place_fill(k, p, GAZ_ROW(hit->rows[0]), "the likeliest of that name");
  for (uint32_t i = hit->first; i < hit->first + hit->n; i++) d->tokens.place[i] = row;
  return true;
}

static bool toponym_run(const void *stage, void *work, struct doc *d, struct err *e) {
  const struct knowledge *k = stage;
  (void)work;
  for (uint32_t i = 0; i < d->tokens.n;) {
    struct name_hit hit;
    uint32_t step = 1;
    if ((d->tokens.flags[i] & TOKEN_UPPER_FIRST) && name_at(k, d, i, &hit)) {
      struct context c = place_context(k, d, hit.first, hit.n, &k->gaz.places[GAZ_ROW(hit.rows[0])]);
      if (c.score >= TOPONYM_MAYBE) {
        if (!add(k, d, &hit, &c)) return err_set(e, ERR_NOMEM, "places");
        step = hit.n;
      }
    }
    i += step;
  }
  d->have |= HAVE_TOPONYMS;
  return true;
}

static void *toponym_open(const struct stage_setup *setup, struct err *e) { return place_knowledge_open(setup, e); }
static void toponym_close(void *stage) { place_knowledge_close(stage); }

const struct stage toponym_stage = {"toponym",     HAVE_TOKENS | HAVE_TAGS,
                                    HAVE_TOPONYMS, toponym_open,
                                    toponym_close, NULL,
                                    NULL,          toponym_run};
