/* shape.h - how alike two texts are, from a few hundred bytes of each.
 *
 * The text's runs of five words (shingles) are hashed by SHAPE_N functions, of each of which the least value is kept (MinHash,
 * Broder 1997): the share of equal values estimates the share of runs that two texts have in common (Jaccard). Bands of the
 * values find candidates: texts that share none are not compared. Pure functions; nothing is stored here. */
#ifndef TR_LEDGER_SHAPE_H
#define TR_LEDGER_SHAPE_H
#include "base/str.h"

enum { SHAPE_N = 128, SHAPE_BANDS = 32, SHAPE_BAND_ROWS = 2, SHAPE_RUN = 5, SHAPE_LEAST = 20 };
#define SHAPE_COPY 0.33 /* of the runs in common: a copy, also where a paper cut or added paragraphs */

struct shape {
  uint32_t least[SHAPE_N];
  uint32_t runs; /* how many there are; below SHAPE_LEAST the text is too short to be anybody's copy */
};

void shape_of(str text, struct shape *s);
double shape_alike(const struct shape *a, const struct shape *b); /* 0 .. 1; 0 where either is too short */
int64_t shape_band(const struct shape *s, int band);              /* never 0 */

#endif
