// What the files special_*.c share. Chances are handled as logarithms in long double, so that a
// chance of 1e-300 keeps its last digit.
#ifndef GT_ENGINE_SPECIAL_PARTS_H
#define GT_ENGINE_SPECIAL_PARTS_H

#include <stdbool.h>

// log Gamma(z) less Stirling's (z - 1/2) log z - z + log(2 pi) / 2; z > 0.
long double stirling_rest(long double z);

// One of two tails of a distribution at a point, and what Halley's method needs to move on.
struct tail {
    long double log_chance;  // of the tail that is looked for
    long double log_density; // log of x times the density at x
    long double bend;        // d log(x density) / d log x
};

// The x > 0 whose tail (`is_upper` or lower) has the chance exp(log_target), from a start > 0.
// The logarithm of a tail against log x is concave for the distributions here, so that the steps
// end at the root from wherever they start.
typedef struct tail (*tail_at)(const void *shape, long double x, bool is_upper);
long double tail_solve(tail_at at, const void *shape, bool is_upper, long double log_target,
                       long double start);

// log of x^a y^b / B(a, b), with y = 1 - x given by itself; and of I_x(a, b), the same.
long double beta_log_front(double a, double b, long double x, long double y);
long double beta_log_lower(double a, double b, long double x, long double y);

#endif
