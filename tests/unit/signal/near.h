/* near.h - a number within a tolerance, for the worked numbers of the signals. */
#ifndef TR_TESTS_SIGNAL_NEAR_H
#define TR_TESTS_SIGNAL_NEAR_H
#include "unit.h"
#include <math.h>

static inline void near(double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("got %.10g, expected %.10g", got, want);
}

#endif
