/* scales.h - from scored acts and shares of sources to a level: decayed means, the index of a panel.
 *
 * Pure functions over arrays, any thread; what is not defined is NAN. The index is that of Baker, Bloom and Davis (economic policy
 * uncertainty): each source by its own spread, so that no source leads because it writes much. */
#ifndef TR_SIGNAL_SCALES_H
#define TR_SIGNAL_SCALES_H
#include <stdbool.h>
#include <stddef.h>

struct decayed {
  double weight, sum, mean; /* mean: NAN without acts */
};
/* Scores of acts on days up to `on`; one weighs half after `half_life` days (> 0). Later acts do not count. */
struct decayed scale_decayed(const double *day, const double *score, size_t n, double on, double half_life);

/* share[source * periods + period], NAN: the source was silent. Each by its standard deviation over the base periods [from, to), the
 * mean of those that are not silent, scaled so that the base has mean 100. out[period] is NAN where all are silent. A source with no
 * spread in the base is left out; false (all NAN): no source is left. */
bool scale_panel(const double *share, size_t sources, size_t periods, size_t from, size_t to, double *out);

#endif
