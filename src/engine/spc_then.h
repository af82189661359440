// What the control chart said at the time: limits, variation and assurance of each period, from the
// points up to that period only. For looking back on rules of referral (engine/referral.h) without
// the wisdom of later figures.
//
// A row's chart is that of rows 0 to the row (engine/spc.h): the same limits, rules and "enough".
// A step change counts from the period on by which people had recorded it. A gap says nothing.
// Takes n (n + 1) / 2 points of work for n rows: 40 periods are 820.
#ifndef GT_ENGINE_SPC_THEN_H
#define GT_ENGINE_SPC_THEN_H

#include "base/arena.h"
#include "engine/spc.h"

// The series; arrays of `count` rows in the order of their periods.
struct spc_series {
    const double *values;             // NaN = a gap
    const struct spc_target *targets; // in force at each row
    const size_t *known;              // the first row by which a step change at this row was
                                      // recorded; SIZE_MAX: none starts here. NULL: there are none
    size_t count;
};

// What was known of a row when it was the last one.
struct spc_then {
    enum variation variation;  // NONE: a gap, or too few points to say
    enum assurance assurance;  // NONE: the same, or nothing to compare with
    enum spc_type type;        // what fired; SPC_NO_TYPE where variation is NONE
    double mean, lower, upper; // NaN where there were none; also on trial
    size_t points;             // figures that the limits were made of
    // The level changed here: a step change starts, or the point is in a run of `shift_length` on
    // one side of the mean in a chart of this row or of one of the `shift_length` - 1 after it (so
    // much of what came later is looked at).
    bool is_level_shift;
};

// Fills `count` rows of ret. `scratch` holds nothing that is kept.
void spc_as_known(struct arena *scratch, const struct spc_series *series, const struct spc_how *how,
                  struct spc_then *ret);

#endif
