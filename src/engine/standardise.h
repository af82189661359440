// Standardised rates: what the rate would be if every area had the same age structure (methods.md
// 5; the formulas OHID publishes in its technical guide and R package).
//
// Undefined is NaN, with the reason beside it.
#ifndef GT_ENGINE_STANDARDISE_H
#define GT_ENGINE_STANDARDISE_H

#include <stdbool.h>

#include "engine/interval.h"

enum standard_gap {
    STANDARD_GIVEN,     // there is a value
    STANDARD_FEW,       // fewer than INTERVAL_FEW events: a direct rate would not be reliable
    STANDARD_UNWEIGHED, // the weights add up to nought
    STANDARD_NONE_EXPECTED,
};

// --- Direct: the area's rates, weighted as in a standard population.

struct direct_stratum {
    double count;      // of events, >= 0; NaN (missing) counts as 0
    double population; // > 0
    double weight;     // of the standard population, >= 0
    // Where one person may have several events, which are then not independent: `count` people with
    // `events` events each, a row for each number; 1 where events are counted. Rows of a stratum
    // after its first `repeats` it: its weight counts once.
    double events;
    bool repeats;
};

struct direct_rate {
    double observed; // O: sum of events x count
    double rate;     // sum of weight x events x count / population over the sum of weights; a unit
    double variance; // sum of weight^2 events^2 count / population^2 over that sum squared
    enum standard_gap gap;
};

struct direct_rate direct_rate_of(const struct direct_stratum *strata, size_t count);
// Dobson (1991, Statistics in Medicine 10:457): rate + sqrt(variance / O) (Byar's limit of O - O),
// times the multiplier.
struct interval direct_interval(const struct direct_rate *d, const struct confidence *c,
                                double multiplier);

// --- Indirect: the area's events beside what a reference population's rates would give it.

struct indirect_stratum {
    double count;                // >= 0; NaN counts as 0
    double population;           // >= 0; NaN counts as 0
    double reference_count;      // >= 0; NaN counts as 0
    double reference_population; // > 0
};

struct indirect_ratio {
    double observed;
    double expected;       // sum of population x reference count / reference population
    double reference_rate; // sum of reference counts over sum of reference populations
    enum standard_gap gap;
};

struct indirect_ratio indirect_ratio_of(const struct indirect_stratum *strata, size_t count);
// Observed over expected times the multiplier, limits by interval_count of the observed.
struct interval indirect_ratio_interval(const struct indirect_ratio *r, const struct confidence *c,
                                        double multiplier);
// The ratio times the reference rate.
struct interval indirect_rate_interval(const struct indirect_ratio *r, const struct confidence *c,
                                       double multiplier);

#endif
