// Roll-up: many statuses told as counts, so that nothing red hides in an average.
//
// The base is fixed: `total` is every measure that belongs to the group, whatever its state; the
// counts by status add up to it. Worst child: the scored measure furthest from its goal among the
// worst status present. Shares are printed with both bases (RPT-20): of all, and of those scored.
#ifndef GT_ENGINE_ROLLUP_H
#define GT_ENGINE_ROLLUP_H

#include "engine/status.h"

struct rollup {
    int total;
    int by_status[STATUS_COUNT]; // adds up to total
    int scored;                  // on target + slightly off + off target
    int with_data;               // measures that have a figure for the period
    int worst;                   // index of the worst child in the input, -1 when none is scored
    enum status worst_status;    // its status; STATUS_COUNT when none is scored
};

struct rollup_child {
    enum status status;
    bool has_figure;
    // How far worse than its goal, in percent (negative: better than it); absent: not compared,
    // and comes after those that were.
    struct dec shortfall_percent;
};

struct rollup rollup_count(const struct rollup_child *children, size_t count);

// Share in whole percent of `part` in `base`, rounded half away from zero; absent when base is 0.
struct dec rollup_share(int part, int base, int decimals);

#endif
