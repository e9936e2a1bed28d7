/* agreement.h - how far coders agree: Krippendorff's alpha, for two or more coders with gaps; and how sure a share is.
 *
 * 1 - observed / expected disagreement over all pairs of values given to one unit (Krippendorff 2011). A pure function, any thread. */
#ifndef TR_SIGNAL_AGREEMENT_H
#define TR_SIGNAL_AGREEMENT_H
#include <stddef.h>

enum agreement_level { AGREEMENT_NOMINAL, AGREEMENT_INTERVAL };

/* value[coder * units + unit], NAN: not coded. NAN where it is not defined: no unit was coded twice, or all values are the same. O(n^2)
 * in the values. */
double agreement_alpha(const double *value, size_t coders, size_t units, enum agreement_level level);

/* Wilson's 95 % interval of a share of k in n (Wilson 1927); 0 to 1 where n is 0. */
void agreement_wilson(double k, double n, double *low, double *high);

#endif
