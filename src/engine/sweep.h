// The whole country in one pass: limits, rules, icons, status and direction of travel of hundreds
// of thousands of series, for speed.
//
// The answers are those of engine/spc.h, engine/status.h and engine/travel.h to the last bit
// (tests/unit/test_sweep.c): each series is one segment; status is that of its last row by a
// tolerance in absolute terms, compared as shown at `decimals`; travel is the last row against the
// row before. What the fast way does not hold (gaps, more than 64 rows, a fixed baseline, a figure
// on the edge between two roundings) goes the slow way by itself.
// Pure, no allocation, no shared state: threads take [first, end) each, with a scratch of their
// own.
#ifndef GT_ENGINE_SWEEP_H
#define GT_ENGINE_SWEEP_H

#include "engine/spc.h"
#include "engine/status.h"
#include "engine/travel.h"

struct sweep_input {
    const double *values;  // series after series; NaN = a gap
    const size_t *offsets; // series i has the rows offsets[i] to offsets[i + 1] (one more than
                           // there are series); NULL: each has `length`
    size_t length;
    const double *targets;      // one a series, NaN = none; NULL: none at all
    const double *green_within; // absolute tolerances, one a series; NULL: 0
    const double *amber_within;
    const uint8_t *polarity; // enum polarity, one a series; a range is the target itself
};

struct sweep_how {
    struct spc_how spc; // `improvement` is taken from each series' polarity
    int decimals;       // 0 to 15: places at which figures are shown
};

// One element a series; `points` one a row, or NULL. All the caller's.
struct sweep_result {
    double *mean, *lower, *upper; // NaN where there are none
    uint8_t *status;              // enum status
    uint8_t *travel;              // enum travel, short
    uint8_t *variation;           // enum variation of the latest point
    uint8_t *assurance;           // enum assurance
    uint8_t *points;              // sweep_flags and sweep_type of each row
};

// What `points` holds of a row.
static inline unsigned sweep_flags(uint8_t point)
{
    return point & 15u;
}
static inline enum spc_type sweep_type(uint8_t point)
{
    return (enum spc_type)(point >> 4);
}

// Rows of the longest of the series [first, end): how much scratch they need.
size_t sweep_longest(const struct sweep_input *in, size_t first, size_t end);

// Everything, for the series [first, end).
void sweep_full(const struct sweep_input *in, const struct sweep_how *how, size_t first, size_t end,
                struct spc_point *scratch, const struct sweep_result *out);

// Limits, status and travel only: mean, lower, upper, status and travel of the result.
void sweep_limits(const struct sweep_input *in, const struct sweep_how *how, size_t first,
                  size_t end, const struct sweep_result *out);

#endif
