/* confidence.c - the estimated chance that a row is right; see confidence.h. */
#include "event/confidence.h"
#include "base/file.h"
#include <math.h>

static const char *const names[] = {
#define X(name, text) text,
    CONFIDENCE_FEATURES(X)
#undef X
};

static bool read_grade(struct confidence *c, const str *f, const struct line_reader *r, struct err *e) {
  struct confidence_grade *g = &c->grade[c->n];
  if (c->n == CONFIDENCE_GRADES) return line_err(r, e, "more than %d grades", CONFIDENCE_GRADES);
  if (!str_to_double(f[1], &g->from) || !str_to_double(f[2], &g->chance) || g->chance <= 0 || g->chance >= 1)
    return line_err(r, e, "a grade has a score and a chance between 0 and 1");
  if (c->n && g->from <= g[-1].from) return line_err(r, e, "grades stand by rising score");
  c->n++;
  return true;
}

static bool read_weight(struct confidence *c, uint32_t *seen, const struct line_reader *r, struct err *e) {
  str f[3];
  size_t n = line_fields(r->line, f, 3);
  if (str_is(f[0], "grade"))
    return n == 3 ? read_grade(c, f, r, e) : line_err(r, e, "a grade has a score and a chance");
  for (uint8_t i = 0; i < CONFIDENCE_COUNT; i++) {
    if (!str_is(f[0], names[i])) continue;
    if (n != 2 || !str_to_double(f[1], &c->weight[i])) return line_err(r, e, "a weight is a number");
    if (*seen >> i & 1) return line_err(r, e, "'%s' stands twice", names[i]);
    *seen |= 1u << i;
    return true;
  }
  return line_err(r, e, "unknown feature '%.*s'", STR_FMT(f[0]));
}

bool confidence_open(struct confidence *c, const struct stage_setup *setup, struct err *e) {
  char path[4096];
  struct file_map m;
  struct line_reader r;
  uint32_t seen = 0;
  bool ok = true;
  if (!path_join(path, sizeof path, setup->knowledge, "events/confidence.tsv"))
    return err_set(e, ERR_IO, "the path is too long");
  if (!file_map_open(&m, path, e)) return false;
  line_reader_init(&r, file_map_str(&m), path);
  while (ok && line_next(&r)) ok = read_weight(c, &seen, &r, e);
  if (ok && seen != (1u << CONFIDENCE_COUNT) - 1) ok = err_set(e, ERR_KNOWLEDGE, "%s: a feature has no weight", path);
  file_map_release(&m);
  return ok;
}

static void features_of(const struct acts *a, const struct act *x, double f[CONFIDENCE_COUNT]) {
  const struct tokens *t = &a->d->tokens;
  uint8_t quad = ontology_quad(a->g.rules->ontology, x->type);
  bool speech = quad == 1 || quad == 3, verbal = token_verbal(a->d, x->token);
  f[CONFIDENCE_BIAS] = 1;
  f[CONFIDENCE_SPECIFIC] = (x->rule->specificity > 12 ? 12 : x->rule->specificity) / 12.0;
  f[CONFIDENCE_ACTOR] = x->actor.n > 0;
  f[CONFIDENCE_RECIPIENT] = x->recipient.n || x->object != NONE || x->reciprocal;
  f[CONFIDENCE_NOUN] = !verbal;
  f[CONFIDENCE_ATTRIBUTE] = verbal && t->deprel[x->token] == DEPREL_AMOD;
  f[CONFIDENCE_UNREAL] = x->status != STATUS_ACTUAL;
  f[CONFIDENCE_DOUBT] = x->certainty != CERTAINTY_CERTAIN;
  f[CONFIDENCE_ALLEGED] = x->claimer != NONE;
  f[CONFIDENCE_CONTENT] = speech && x->content_head != NONE;
  f[CONFIDENCE_MARGIN] = t->margin[x->token] / 255.0;
}

float confidence_of(const struct confidence *c, const struct acts *a, const struct act *x) {
  double f[CONFIDENCE_COUNT], z = 0;
  features_of(a, x, f);
  for (int i = 0; i < CONFIDENCE_COUNT; i++) z += c->weight[i] * f[i];
  double p = 1 / (1 + exp(-z));
  if (c->n) { /* the better of two rows of a grade still stands a little higher */
    uint8_t g = 0;
    while (g + 1 < c->n && z >= c->grade[g + 1].from) g++;
    p = c->grade[g].chance + 0.02 * (p - 0.5);
  }
  return (float)(p < 0.01 ? 0.01 : p > 0.99 ? 0.99 : p);
}
