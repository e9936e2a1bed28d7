/* gazetteer_builder.h - what the files that make the gazetteer share: its rows and names before they are laid out.
 *
 * Internal to the build (gazetteer_build.c, gazetteer_tables.c, gazetteer_adjectives.c, gazetteer_layout.c); never used at run time. */
#ifndef TR_PLACE_GAZETTEER_BUILDER_H
#define TR_PLACE_GAZETTEER_BUILDER_H
#include "base/arena.h"
#include "place/gazetteer_build.h"

struct row {
  struct gaz_place p;
  str name, adm1, admin; /* admin: code of the first-level division, "" none */
  char alpha2[3];
};
struct name {
  str key; /* folded */
  uint32_t row;
  uint8_t rank; /* enum gaz_rank */
  float prior;  /* how likely the name means this place; set before sorting */
};
struct division { /* first-level division of a country, from its towns */
  char alpha2[3];
  str code;
  double x, y, z; /* sums of the towns' unit vectors */
  uint64_t population;
  uint32_t towns, row; /* row of its region, NO_ROW */
  /* from the table of divisions, where it is there */
  bool told;
  int32_t lat, lon;
  uint16_t radius;
  uint32_t geonameid;
  str names; /* separated by | */
};

#define NO_ROW UINT32_MAX
struct builder {
  struct arena memory;
  struct row *row;
  struct name *name;
  struct division *division;
  uint32_t *by_key; /* names at the time of names_index, by key */
  uint32_t nrow, size_row, nname, size_name, ndivision, size_division, countries, towns, indexed;
  struct gazetteer_counts *counts;
};

struct row *row_add(struct builder *b); /* NULL: out of memory; the pointer holds until the next call */
bool name_add(struct builder *b, str name, uint32_t row, uint8_t rank);
bool grow_rows(void **at, uint32_t n, uint32_t *size, size_t each);
const struct row *country_of_alpha2(const struct builder *b, str alpha2);
struct division *division_of(const struct builder *b, const char *alpha2, str code);
uint16_t radius_of(double km); /* in the file's unit */
bool town_names(struct builder *b, const struct row *w, uint32_t row);
double town_radius(uint64_t population); /* km */

/* gazetteer_tables.c: the tables that tools/place_sources.py makes. The texts must outlive the builder. */
bool more_towns_read(struct builder *b, str text, const char *file, struct err *e);
bool divisions_read(struct builder *b, str text, const char *file, struct err *e);
/* Names and ids of the first-level divisions go to the rows of our tables, or become rows. */
bool divisions_name(struct builder *b, struct err *e);

/* Adjectives: of states from actors/states.tsv, of other places from adjectives.tsv. */
bool state_adjectives_read(struct builder *b, str text, const char *file, struct err *e);
bool adjectives_read(struct builder *b, str text, const char *file, struct err *e);

/* gazetteer_layout.c */
bool lay_out(struct builder *b, struct buf *out, struct err *e);
#endif
