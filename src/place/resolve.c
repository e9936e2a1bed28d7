/* resolve.c - filling and choosing. */
#include "place/resolve.h"

void place_fill(const struct knowledge *k, struct doc *d, struct place *p, uint32_t row, const char *reason) {
  const struct gaz_place *g = &k->gaz.places[row];
  (void)d;
  p->name = gazetteer_str(&k->gaz, g->name);
  p->adm1 = gazetteer_str(&k->gaz, g->adm1);
  p->level = g->level;
  p->resolved = g->lat != GAZ_NOWHERE;
  p->lat = p->resolved ? g->lat * 1e-5 : 0, p->lon = p->resolved ? g->lon * 1e-5 : 0;
  p->radius_km = (float)g->radius / 10;
  memcpy(p->country, g->country, 3), p->country[3] = 0;
  p->geonameid = g->geonameid, p->population = g->population;
  p->reason = p->resolved ? reason : "the gazetteer has no point for it";
}
