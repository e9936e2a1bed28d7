/* incident_match.c - the features of a pair of reports and their weights. */
#include "ledger/incident_match.h"
#include <stdio.h>

enum side { SIDE_UNKNOWN, SIDE_SAME, SIDE_LIKE, SIDE_OTHER };

struct pair { /* what two reports share */
  int apart;  /* days between */
  enum side actor, recipient;
  bool crossed;                     /* both tell something mutual and share a party */
  bool party, place, far;           /* a party in common; the same place; places in different countries */
  bool stem, figure, cameo, object; /* the same */
  int mode;                         /* 1 the same, -1 another, 0 not told */
};

static bool shared(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m) {
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < m; j++)
      if (a[i] && a[i] == b[j]) return true;
  return false;
}

static bool within(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m) { /* all of a are in b */
  for (uint32_t i = 0; i < n; i++)
    if (!shared(&a[i], 1, b, m)) return false;
  return true;
}

static enum side side_of(const uint32_t *a, const uint32_t *ac, uint32_t n, const uint32_t *b, const uint32_t *bc,
                         uint32_t m) {
  if (!n || !m) return SIDE_UNKNOWN;
  if (shared(a, n, b, m) && !within(a, n, b, m) && !within(b, m, a, n)) return SIDE_LIKE;
  return shared(a, n, b, m) ? SIDE_SAME : shared(ac, n, bc, m) ? SIDE_LIKE : SIDE_OTHER;
}

static struct pair pair_of(const struct report_face *a, const struct report_face *b) {
  int apart = a->first > b->last ? a->first - b->last : b->first > a->last ? b->first - a->last : 0;
  bool across = shared(a->actor, a->n_actor, b->recipient, b->n_recipient) ||
                shared(a->recipient, a->n_recipient, b->actor, b->n_actor);
  struct pair p = {.apart = apart,
                   .actor = side_of(a->actor, a->actor_code, a->n_actor, b->actor, b->actor_code, b->n_actor),
                   .recipient = side_of(a->recipient, a->recipient_code, a->n_recipient, b->recipient,
                                        b->recipient_code, b->n_recipient),
                   .stem = a->stem && a->stem == b->stem,
                   .figure = shared(a->figure, FACE_FIGURES, b->figure, FACE_FIGURES),
                   .cameo = a->cameo == b->cameo,
                   .object = a->object && a->object == b->object,
                   .mode = !a->mode || !b->mode ? 0
                           : a->mode == b->mode ? 1
                                                : -1,
                   .place = a->place && a->place == b->place && (a->fine || !b->fine)};
  /* "Kenya and Uganda", "Kenya and Tanzania": of mutual acts, each with a party that the other does not have, neither is the other */
  if (a->reciprocal && b->reciprocal && p.actor == SIDE_LIKE) p.actor = SIDE_OTHER, across = false;
  p.crossed = a->reciprocal && b->reciprocal && p.actor == SIDE_SAME;
  p.party = p.actor == SIDE_SAME || p.recipient == SIDE_SAME || across;
  p.far = a->country && b->country && a->country != b->country && !p.place;
  return p;
}

/* Two tellings in one text: the same parties on both sides and the same word. */
static bool told_twice(const struct pair *p) {
  return p->actor == SIDE_SAME && (p->recipient == SIDE_SAME || p->crossed) && p->stem && p->mode >= 0;
}

double incident_score(const struct report_face *a, const struct report_face *b, enum company company) {
  static const double actor[] = {0, 2.5, 1.5, -1.3}, recipient[] = {0, 3.0, 1.8, -1.0}; /* by enum side */
  if (a->version != FACE_VERSION || b->version != FACE_VERSION || a->type != b->type) return MATCH_NO;
  struct pair p = pair_of(a, b);
  if (p.apart > MATCH_DAYS || (p.apart && a->exact && b->exact)) return MATCH_NO;
  if (company == COMPANY_DOCUMENT) return told_twice(&p) ? MATCH_YES : MATCH_NO;
  if (company == COMPANY_FAMILY) return p.stem && p.mode >= 0 ? MATCH_YES : MATCH_NO;
  if (!p.party && !p.place) return MATCH_NO;
  double s = -3.2 + (p.apart ? 0.3 : 1.9) + actor[p.actor] + recipient[p.recipient];
  s += p.place ? 1.4 : p.far ? -2.0 : 0;
  s += p.mode > 0 ? 0.6 : p.mode < 0 ? -3.0 : 0;
  return s + 1.4 * p.stem + 0.5 * p.figure + 0.4 * p.cameo + 0.8 * p.object;
}

static void say(char *out, size_t size, size_t *n, bool yes, const char *words) {
  if (!yes || *n >= size) return;
  int k = snprintf(out + *n, size - *n, "%s%s", *n ? ", " : "", words);
  *n += k > 0 ? (size_t)k : 0;
}

size_t incident_reasons(const struct report_face *a, const struct report_face *b, char *out, size_t size) {
  struct pair p = pair_of(a, b);
  size_t n = 0;
  if (size) out[0] = 0;
  say(out, size, &n, !p.apart, "same day");
  say(out, size, &n, p.apart == 1, "a day apart");
  say(out, size, &n, p.actor == SIDE_SAME, "same actor");
  say(out, size, &n, p.actor == SIDE_LIKE, "like actors");
  say(out, size, &n, p.actor == SIDE_OTHER, "other actor");
  say(out, size, &n, p.recipient == SIDE_SAME, "same recipient");
  say(out, size, &n, p.recipient == SIDE_LIKE, "like recipients");
  say(out, size, &n, p.recipient == SIDE_OTHER, "other recipient");
  say(out, size, &n, p.place, "same place");
  say(out, size, &n, p.far, "another country");
  say(out, size, &n, p.stem, "same word");
  say(out, size, &n, p.figure, "same figure");
  say(out, size, &n, p.object, "same thing");
  say(out, size, &n, p.mode > 0, "same mode");
  say(out, size, &n, p.mode < 0, "another mode");
  return n < size ? n : size - 1;
}
