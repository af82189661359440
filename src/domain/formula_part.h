// One part of a formula for one period: which figure it is, read by the rules of domain/reading.h.
//
// [X] is X's figure for the period of the measure that is worked out: its own, or made of finer
// ones by X's aggregation (all of them: a quarter of two months is incomplete), or the latest of a
// coarser frequency due by then (a year's population read by a quarter). previous and
// same_period_last_year look at an earlier period of the computed measure; ytd puts X's figures
// together from the start of the financial year, and takes a cumulative figure as it stands.
// A yes counts 1 and a no 0.
#ifndef GT_DOMAIN_FORMULA_PART_H
#define GT_DOMAIN_FORMULA_PART_H

#include "domain/council.h"
#include "engine/formula.h"

struct formula_found {
    struct formula_given given;
    struct period period;  // that was looked at, or whose figure stands for it
    bool carried;          // that ended before
    int present, expected; // where incomplete
    enum marker marker;
    day known_from; // of the latest figure it is made of; DAY_NONE where there is none
};

// `s`: the series of the part's measure `of`; `p`: the period that is worked out.
struct formula_found formula_part_find(const struct council *c, const struct formula_part *part,
                                       const struct measure *of, const struct series *s,
                                       struct period p);
// The period a part looks at when `p` is worked out.
struct period formula_part_period(const struct council *c, const struct formula_part *part,
                                  struct period p);

#endif
