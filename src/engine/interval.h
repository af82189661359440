// Confidence intervals: how far chance alone may have moved a figure (methods.md 5).
//
// A result is a value with its limits, in the same unit; what is undefined is NaN, each by itself.
// Counts need not be whole (weighted counts are not). The functions take any figures: those they
// have no answer for (negative, a count above its denominator for a proportion) give NaN; whoever
// reads figures says what was wrong with them.
#ifndef GT_ENGINE_INTERVAL_H
#define GT_ENGINE_INTERVAL_H

#include <stddef.h>

struct interval {
    double value, lower, upper;
};

// Fewer events than this: exact limits, from here on Byar's; and no directly standardised rate.
enum { INTERVAL_FEW = 10 };

// A level of confidence, made once and used for many figures.
struct confidence {
    double tail;  // the chance beyond either limit: (1 - share) / 2, 0.025 for 95 %
    double below; // the chance below the upper limit: share + (1 - share) / 2
    double z;     // the normal quantile of `below`: 1.959963984540054 for 95 %
    double small_lower[INTERVAL_FEW], small_upper[INTERVAL_FEW]; // exact limits of 0, 1, ... 9
};

// From a share (0.95) or per cent (95); 90 to 99.9 %. Both tails are worked out in doubles just as
// the published package does, dust included: where Byar's lower limit is nearly 0 it shows.
struct confidence confidence_of_share(double share);
struct confidence confidence_of_percent(double percent);
struct confidence confidence_of_tail(double tail); // beyond either limit: 0.025 for 95 %

// --- Proportion x of n. Wilson (1927): (2x + z^2 -+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)). The
// lower limit is worked out as 2x^2 / (n (2x + z^2 + z sqrt(...))), the same without cancellation:
// x = 0 gives exactly 0, x = n the upper limit 1. n = 0 is undefined.
struct interval interval_wilson(double x, double n, const struct confidence *c);

// --- Count of events x.
// Byar (Breslow and Day 1987): x (1 - 1/(9x) - z/(3 sqrt x))^3, and the same with x + 1 and + z. A
// lower limit that would be below 0 (few events, high confidence; x = 0) is undefined.
struct interval interval_byar(double x, const struct confidence *c);
// Exact Poisson (Garwood 1936): half the chi-square quantiles with 2x and 2x + 2 degrees of
// freedom; x = 0 has the lower limit 0.
struct interval interval_exact(double x, const struct confidence *c);
// Exact below INTERVAL_FEW, Byar from there on, whole or not: 9.999 is exact, 10.25 Byar's.
struct interval interval_count(double x, const struct confidence *c);

// A count's interval over a denominator, times a multiplier: a rate. A denominator that is not
// above 0 leaves it undefined.
struct interval interval_over(struct interval count, double denominator, double multiplier);

// --- Mean of measurements, Student's t: mean -+ t s / sqrt(n).
struct spread {
    size_t n; // values present
    double mean;
    double deviation; // of the sample (n - 1); undefined for n < 2
};
// NaN is a missing value and not counted. Without any the mean is undefined.
struct spread spread_of(const double *values, size_t count);
// One value alone has no limits.
struct interval interval_mean(const struct spread *s, const struct confidence *c);

#endif
