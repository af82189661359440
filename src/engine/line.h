// A straight line through points in time, and what may be expected of further points
// (methods.md 3, 7 and 8). Pure; NaN is a missing value and is left out, never filled.
//
// Time is in periods (t = 1 for the first), so that a gap keeps its width. Sums are taken in long
// double around the means: a flat line in large figures loses no digits.
#ifndef GT_ENGINE_LINE_H
#define GT_ENGINE_LINE_H

#include <stddef.h>

#include "base/arena.h"

// All NaN but n where it cannot be told.
struct line {
    size_t n;                // values present
    double slope, intercept; // n >= 2 (different times)
    double t_mean, t_spread; // mean of t; sum of (t - mean)^2
    double residual;         // sum of squared residuals; rounding noise counts as exactly 0
    double total;            // sum of (y - mean)^2; the same
    double variance;         // residual / (n - 2); n >= 3
};

// Ordinary least squares. `times` NULL: 1, 2, 3, ...
struct line line_least_squares(const double *times, const double *values, size_t count);

// Theil-Sen: the median of the slopes between any two points, and the median of y - slope t. Takes
// n (n - 1) / 2 slopes of scratch in `a`; over LINE_MEDIAN_MAX values slope and all of it is NaN.
enum { LINE_MEDIAN_MAX = 3000 };
struct line line_median(struct arena *a, const double *times, const double *values, size_t count);

double line_at(const struct line *l, double t);

// The standard error of the sum of `count` new points whose times have mean `t_mean`:
//   se^2 = variance (h + h^2 / n + (sum of (t - mean t))^2 / spread), n - 2 degrees of freedom.
// Of their mean: divided by h. NaN for n < 3.
double line_sum_error(const struct line *l, size_t count, double t_mean);

// Middle of what is present, as R's median: the mean of the two middle ones of an even number. NaN
// for none. Reorders `values`, which must hold no NaN.
double median_of(double *values, size_t count);

#endif
