// How a computed figure came about, part by part: worked out again from the same figures, so that
// whoever recomputes from what is told here gets the same.
#ifndef GT_DOMAIN_FORMULA_EXPLAIN_H
#define GT_DOMAIN_FORMULA_EXPLAIN_H

#include "domain/council.h"
#include "engine/formula.h"

struct formula_line {
    const char *text; // as the formula writes the part: "previous([NI 117], 2)"
    const struct formula_part *part;
    const struct measure *measure;
    struct period period;     // whose figure it is
    bool carried;             // the latest there is, of an earlier period
    struct dec value;         // as it went into the formula
    enum formula_state state; // why there is none
    int present, expected;    // where incomplete: 2 of 3 months
    enum formula_use use;
};

struct formula_explanation {
    const struct formula *formula;
    struct formula_policy policy;
    struct formula_value value;
    const struct formula_line *lines; // in the order the parts first stand
    size_t line_count;
    // The formula with the figures that were used in place of its measures, canonical: it reads as
    // a formula that comes to the same value. NULL where there is none, or where a
    // step in the midst was left out.
    const char *worked;
};

// For period `p` (of the measure's own frequency) of the series of `m` named `ward`. False: the
// measure has no formula that can be worked out, or one of its measures has no such ward.
bool formula_explain(const struct council *c, struct arena *a, const struct measure *m,
                     const char *ward, struct period p, struct formula_explanation *out) MUST_CHECK;

#endif
