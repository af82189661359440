// Does a series of figures rise or fall beyond chance (methods.md 3)? Whether that is good is not
// asked here: that is for the measure's polarity.
//
//   five_point    OHID Fingertips recent trend: the latest five yearly values, t = 1...5, each
//                 weighted by 1 / se^2, se = (upper - lower) / 3.92 of its 95 % interval.
//                 chi^2 = slope^2 (W Swtt - Swt^2) / W. Significant at 99.8 % (chi^2 over
//                 TREND_CHI_SQUARE, 1 df) and only when the slope keeps its sign in the full set
//                 and in all five sets without one.
//   proportion    the same of counts out of denominators:
//                 chi^2 = N (N Sxt - X Snt)^2 / (X (N - X) (N Sntt - Snt^2)); slope, intercept and
//                 the signs from unweighted fits of the logit ln(x / (n - x)).
//   mann_kendall  S = (later values above) - (later values below), over all pairs;
//                 V = (n (n - 1) (2n + 5) - sum over ties of t (t - 1) (2t + 5)) / 18;
//                 z = sign(S) (|S| - 1) / sqrt(V), p two-sided, from n = 8. Slope: Theil-Sen.
//   theil_sen     the median slope; its marker is Mann-Kendall's.
//   ols           least squares, t test of the slope with n - 2 degrees of freedom, from n = 3.
// Markers of the last three: p < TREND_LEVEL. The tests assume that values do not overlap
// (rolling sums do) and that a year's seasons are not in them.
//
// Edges. Five-point: fewer than five values, a year missing among the latest five (gaps are never
// closed up), periods of another length than a year, count = denominator: cannot be calculated. So
// are x = 0 (its logit is minus infinity) and an interval without width (its weight is infinite).
// The reference's fault of calling every significant proportion decreasing is not copied.
// All values equal: no change, without a test.
#ifndef GT_ENGINE_TREND_H
#define GT_ENGINE_TREND_H

#include "base/arena.h"
#include "engine/line.h"

#define TREND_CHI_SQUARE 9.54953570608324 // 99.8 %, 1 df
#define TREND_LEVEL 0.05
enum { TREND_POINTS = 5, TREND_MANN_KENDALL_LEAST = 8 };

enum trend_method {
    TREND_FIVE_POINT,
    TREND_PROPORTION,
    TREND_MANN_KENDALL,
    TREND_THEIL_SEN,
    TREND_OLS,
    TREND_METHOD_COUNT,
};

enum trend_marker {
    TREND_CANNOT_BE_CALCULATED,
    TREND_NO_CHANGE,
    TREND_INCREASING,
    TREND_DECREASING,
};

enum trend_reason {
    TREND_REASON_NONE,
    TREND_TOO_FEW,       // values for the method
    TREND_TOO_MANY,      // over LINE_MEDIAN_MAX, for Theil-Sen
    TREND_VALUE_MISSING, // among the latest five
    TREND_YEAR_MISSING,  // the latest five are not five years in a row
    TREND_NOT_ANNUAL,    // periods shorter than a year, or overlapping ones
    TREND_YEAR_RANGE,    // periods of several years
    TREND_NO_INTERVAL,   // lower or upper is missing
    TREND_ZERO_WIDTH,    // lower = upper
    TREND_COUNT_IS_DENOMINATOR,
    TREND_COUNT_ZERO,
    TREND_COUNT_OUTSIDE, // below 0 or above its denominator
    TREND_DENOMINATOR_ZERO,
    TREND_ALL_EQUAL, // with no change: nothing to test
    TREND_REASON_COUNT,
};

// One period, oldest first. NaN is missing.
struct trend_point {
    double time; // in periods; t of the methods other than five_point and proportion
    double value, count, denominator;
    double lower, upper; // 95 %
};

// What the periods are, for five_point and proportion.
enum trend_span { TREND_SPAN_YEAR, TREND_SPAN_SHORTER, TREND_SPAN_YEARS };

// What does not apply is NaN.
struct trend_result {
    enum trend_marker marker;
    enum trend_reason reason;
    size_t n; // values used
    double slope, intercept, se;
    double statistic; // Mann-Kendall's S; OLS' t
    double variance;  // of S
    double z, p;
    double chi_square, r_squared;
};

// `points` ascend in time; for five_point and proportion a step of more than 1 in `time` is a
// missing year.
struct trend_result trend_five_point(const struct trend_point *points, size_t count,
                                     enum trend_span span);
struct trend_result trend_proportion(const struct trend_point *points, size_t count,
                                     enum trend_span span);
// Scratch in `a`.
struct trend_result trend_mann_kendall(struct arena *a, const struct trend_point *points,
                                       size_t count);
struct trend_result trend_theil_sen(struct arena *a, const struct trend_point *points,
                                    size_t count);
struct trend_result trend_ols(struct arena *a, const struct trend_point *points, size_t count);

struct trend_result trend_evaluate(struct arena *a, enum trend_method method,
                                   const struct trend_point *points, size_t count,
                                   enum trend_span span);

const char *trend_method_code(enum trend_method m); // "five_point", ...
const char *trend_marker_code(enum trend_marker m); // "increasing", "decreasing", "no_change", ...
const char *trend_reason_code(enum trend_reason r); // "too_few_values", ...; "" for none

#endif
