/* offset.c - "20 km north of Mosul", "about 15 miles (24 km) from Kassala": a point at a distance and bearing from a place.
 *
 * The phrase becomes a row of its own, an area: with a bearing a point on it and a radius of what a compass word leaves open, without
 * one the circle about the place. The place itself keeps its row; the tokens point to the phrase, for that is where something was. */
#include "place/settle.h"
#include <math.h>

#define EARTH_KM 6371.0

struct measure {
  double km, bearing; /* degrees from north; NAN: none told */
  uint32_t end;       /* token behind the phrase's measure */
};

static bool number_at(const struct settle *s, uint32_t t, double *v) {
  const struct doc *d = s->d;
  const struct offset_word *w = offset_word(&s->k->offsets, d->tokens.norm[t]);
  if (w && w->kind == OFFSET_NUMBER) return *v = w->value, true;
  char digits[24];
  str text = token_text(d, t);
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == ',') continue;
    if (!(ascii_digit(text.p[i]) || text.p[i] == '.') || n + 1 >= sizeof digits) return false;
    digits[n++] = text.p[i];
  }
  return n && str_to_double((str){digits, n}, v) && *v > 0;
}

static const struct offset_word *word_at(const struct settle *s, uint32_t t, uint32_t end, uint8_t kind) {
  const struct offset_word *w = t < end ? offset_word(&s->k->offsets, s->d->tokens.norm[t]) : NULL;
  return w && w->kind == kind ? w : NULL;
}

static bool mark(const struct doc *d, uint32_t t, uint32_t end, char c) {
  return t < end && d->text.p[d->tokens.beg[t]] == c && d->tokens.end[t] == d->tokens.beg[t] + 1;
}

/* A bearing in one word or in two, with or without a hyphen: "north", "southeast", "south-east", "north northwest". */
static uint32_t bearing_at(const struct settle *s, uint32_t t, uint32_t end, double *bearing) {
  double x = 0, y = 0;
  uint32_t at = t, n = 0;
  for (const struct offset_word *w; n < 3 && (w = word_at(s, at, end, OFFSET_BEARING)); n++) {
    double a = w->value * M_PI / 180;
    x += cos(a), y += sin(a), at++;
    if (mark(s->d, at, end, '-') && word_at(s, at + 1, end, OFFSET_BEARING)) at++;
  }
  if (!n || (fabs(x) < 1e-6 && fabs(y) < 1e-6)) return t;
  *bearing = fmod(atan2(y, x) * 180 / M_PI + 360, 360);
  return at;
}

/* "(24 km)" behind the first measure. */
static uint32_t skip_bracket(const struct settle *s, uint32_t t, uint32_t end) {
  if (!mark(s->d, t, end, '(')) return t;
  for (uint32_t i = t + 1; i < end && i < t + 5; i++)
    if (mark(s->d, i, end, ')')) return i + 1;
  return t;
}

static bool measure_at(const struct settle *s, uint32_t t, uint32_t end, struct measure *m) {
  double v;
  if (!number_at(s, t, &v)) return false;
  uint32_t at = t + 1;
  if (mark(s->d, at, end, '-')) at++; /* "20-km" */
  const struct offset_word *unit = word_at(s, at, end, OFFSET_UNIT);
  if (!unit) return false;
  at = skip_bracket(s, at + 1, end);
  while (word_at(s, at, end, OFFSET_FILLER)) at++; /* "away", "to the" */
  *m = (struct measure){v * unit->value, NAN, 0};
  at = bearing_at(s, at, end, &m->bearing);
  if (!word_at(s, at, end, OFFSET_FROM)) return false;
  at++;
  while (word_at(s, at, end, OFFSET_FILLER) || word_at(s, at, end, OFFSET_FROM)) at++; /* "of the city of Mosul" */
  m->end = at;
  return m->km <= 1000;
}

static void displace(struct place *p, const struct place *base, const struct measure *m) {
  double lat = base->lat * M_PI / 180, lon = base->lon * M_PI / 180, a = m->km / EARTH_KM, b = m->bearing * M_PI / 180;
  double to = asin(sin(lat) * cos(a) + cos(lat) * sin(a) * cos(b));
  double east = lon + atan2(sin(b) * sin(a) * cos(lat), cos(a) - sin(lat) * sin(to));
  p->lat = round(to * 180 / M_PI * 1e5) / 1e5;
  p->lon = round((fmod(east * 180 / M_PI + 540, 360) - 180) * 1e5) / 1e5;
  p->radius_km = (float)fmax(3, 0.4 * m->km); /* a compass word leaves some 22 degrees to both sides */
}

static bool add(struct settle *s, uint32_t first, uint32_t base, const struct measure *m) {
  struct doc *d = s->d;
  uint32_t row = d->places.n, n = d->places.at[base].first + d->places.at[base].n - first;
  struct place *p = place_push(d, first, n, PLACE_USE_LITERAL, LEVEL_DISTRICT, "at a distance from the place named");
  if (!p) return false;
  const struct place *of = &d->places.at[base];
  memcpy(p->country, of->country, sizeof p->country);
  p->resolved = of->resolved, p->lat = of->lat, p->lon = of->lon;
  p->radius_km = (float)m->km + (of->level == LEVEL_CITY ? of->radius_km : 0);
  if (of->resolved && !isnan(m->bearing))
    displace(p, of, m), p->reason = "at a distance and bearing from the place named";
  if (!of->resolved) p->reason = of->reason;
  for (uint32_t t = first; t < first + n; t++) d->tokens.place[t] = row;
  return true;
}

bool offsets_add(struct settle *s) {
  const struct doc *d = s->d;
  for (uint32_t t = 0; t < d->tokens.n; t++) {
    if (d->tokens.upos[t] != UPOS_NUM && !(d->tokens.flags[t] & TOKEN_DIGIT)) continue;
    const struct sentence *in = &d->sentences.at[d->tokens.sentence[t]];
    struct measure m;
    if (!measure_at(s, t, in->first + in->n, &m) || m.end >= in->first + in->n) continue;
    uint32_t base = d->tokens.place[m.end];
    if (base == NONE || d->places.at[base].first != m.end || d->places.at[base].level > LEVEL_DISTRICT) continue;
    if (!add(s, t, base, &m)) return false;
  }
  return true;
}
