// An area among others: rank, classes, distance from the middle, and what cannot be told apart
// (methods.md 6).
//
// Arrays hold one figure an area; NaN is missing (infinity too), and is neither ranked nor counted.
// Ranks: 1 is best; 1 + how many are strictly better, so that ties share. Without a good direction
// (polarity none, or range) high to low. What is too little to say is not said: no median or MAD of
// fewer than 3, no quartile lines of fewer than 5, no k classes of fewer than k. One area alone is
// first of one by the definition; a page does not print that (`ranked` is beside it).
#ifndef GT_ENGINE_COMPARE_H
#define GT_ENGINE_COMPARE_H

#include "base/arena.h"
#include "engine/against.h"

enum {
    COMPARE_SPREAD_LEAST = 2, // mean, deviation, benchmark
    COMPARE_MEDIAN_LEAST = 3,
    COMPARE_LINES_LEAST = 5,
    COMPARE_CLASSES_MAX = 100,
};

// NaN: too few to say.
struct compare_summary {
    size_t ranked;                 // figures present
    double mean, deviation;        // from 2 on; deviation with n - 1
    double median;                 // of an even number the mean of the two middle ones
    double mad;                    // median of |value - median|, unscaled
    double quartile_1, quartile_3; // the 25 % and 75 % points (type 7), whatever the polarity
};
struct compare_summary compare_summarise(const double *values, size_t count, struct arena *scratch);

// Rank of each; 0: not ranked (missing).
void compare_rank(const double *values, size_t count, enum polarity polarity, size_t *ret_ranks,
                  struct arena *scratch);

// Which of `classes` (2 to 100) a rank falls in, 1 = best: q = max(1, floor(k + 1 - ceil((N + 1 -
// r) / (N / k)))), so that ties share a class; 0 when there are fewer figures than classes, or no
// rank. (PHEindicatormethods phe_quantile.)
int compare_class(size_t rank, size_t ranked, int classes);

// (value - mean) / deviation; NaN where the deviation is 0 or unknown. Raw sign: above is positive,
// be that good or bad. And (value - median) / MAD likewise.
double compare_z(const struct compare_summary *s, double value);
double compare_mads(const struct compare_summary *s, double value);

// How far from the middle, in words (Oflog): under 0.5 MADs, 1.5, 3, 7.5, and beyond. A bound
// belongs to the farther class.
enum compare_distance {
    DISTANCE_NONE,     // not known
    DISTANCE_SIMILAR,  // broadly similar
    DISTANCE_SLIGHTLY, // slightly better or worse
    DISTANCE_PLAIN,    // better or worse
    DISTANCE_MUCH,     // much better or worse
    DISTANCE_BEYOND,   // so far out that a person should write it
};
enum compare_distance compare_distance(double mads);
// Which way, in the measure's own sense: better, worse, higher, lower; same within broadly similar;
// none where it is not known.
enum verdict compare_side(double mads, enum polarity polarity);

// The ranks an area cannot be told apart from: best and worst rank among the areas whose interval
// overlaps its own (touching counts). An area without an interval counts as its bare value; so
// without any intervals the band is that of the ties. 0, 0: not ranked.
struct compare_band {
    size_t best, worst;
};
// `lower` and `upper` may be NULL. `ranks` from compare_rank.
void compare_bands(const double *values, const double *lower, const double *upper,
                   const size_t *ranks, size_t count, struct compare_band *ret_bands,
                   struct arena *scratch);

// What the group as a whole comes to, in the unit of the values.
enum benchmark_kind {
    BENCHMARK_NONE,   // fewer than 2 figures, or fewer than 3 without parts
    BENCHMARK_RATIO,  // sum of numerators / sum of denominators x scale, never a mean of ratios
    BENCHMARK_MEDIAN, // some area has no parts
};
struct compare_benchmark {
    enum benchmark_kind kind;
    double value;
    double scale; // value : numerator/denominator, 100 for percentages; NaN when not known
};
// Areas whose figure is missing count for nothing; one who leaves out an area (its own) gives NaN
// as its value. The scale is the median over the areas, taken for the power of ten it is within 1 %
// of (figures come rounded). `numerators` and `denominators` may be NULL.
struct compare_benchmark compare_benchmark(const double *values, const double *numerators,
                                           const double *denominators, size_t count,
                                           struct arena *scratch);

#endif
