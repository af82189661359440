// Funnel plots: which areas stand out by more than their size explains (methods.md 6; Funnels.R of
// PHEindicatormethods).
//
// Proportions: Wilson-type limits around the average proportion for the area's denominator. Rates
// and ratios: the interval of the area's own count (exact below 10, Byar from 10 on) over its
// denominator (ratio: the expected count), against the average. Two levels: 0.025 and 0.001 in each
// tail. A directly standardised rate of fewer than 10 events is not judged.
#ifndef GT_ENGINE_FUNNEL_H
#define GT_ENGINE_FUNNEL_H

#include "base/compiler.h"
#include "engine/interval.h"

enum funnel_kind {
    FUNNEL_PROPORTION, // average: sum of numerators / sum of denominators
    FUNNEL_RATE,       // average: the same
    FUNNEL_DSR,        // the same, with denominators derived from rates (funnel_denominator)
    FUNNEL_RATIO,      // average: 1 (observed over expected)
};

enum funnel_level {
    FUNNEL_NONE, // a figure is missing or impossible, or too few events
    FUNNEL_NOT_SIGNIFICANT,
    FUNNEL_HIGH_025, // "High (0.025)"
    FUNNEL_HIGH_001,
    FUNNEL_LOW_025,
    FUNNEL_LOW_001,
};

// What the areas are held against; made once for a group. `average` is a plain ratio, not times a
// multiplier; for FUNNEL_RATIO it is 1 whatever is given.
struct funnel {
    enum funnel_kind kind;
    double average;
    struct confidence near, wide; // 0.025 and 0.001
};
struct funnel funnel_make(enum funnel_kind kind, double average);
enum funnel_level funnel_judge(const struct funnel *f, double numerator, double denominator);
// Sum of numerators over sum of denominators, of the areas that have both; NaN when there are none.
// For FUNNEL_RATIO always 1.
double funnel_average(enum funnel_kind kind, const double *numerators, const double *denominators,
                      size_t count);
// The denominator a rate was made with: multiplier x events / rate; `denominator` itself where
// there are no events (NaN for a DSR).
double funnel_denominator(enum funnel_kind kind, double events, double rate, double multiplier,
                          double denominator);

// The lines to draw. Proportion: at this denominator (clipped to 0 and 1). Rate, DSR, ratio: at
// this number of events: the average over which, or under which, so many events would stand out,
// as a ratio; `at` is the denominator (ratio: the expected count) where the point lies.
struct funnel_limits {
    double lower_025, upper_025, lower_001, upper_001;
    double lower_025_at, upper_025_at, lower_001_at, upper_001_at; // proportion: the denominator
};
// All NaN where they cannot be told.
struct funnel_limits funnel_limits(const struct funnel *f, double size);

// The limits of a single area, as ratios, at its own denominator: what lies beyond them is what
// funnel_judge calls high or low. Proportion: as funnel_limits. Else the rates whose interval just
// reaches the average; the lower one is 0 where not even no event at all would stand out.
struct funnel_band {
    double lower_025, upper_025, lower_001, upper_001;
};
struct funnel_band funnel_band(const struct funnel *f, double denominator); // NaN: cannot be told

const char *funnel_code(enum funnel_level level); // "high_0.025", ..., "" for none

#endif
