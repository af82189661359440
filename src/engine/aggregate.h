// From months to quarters, years, year to date and rolling windows (methods.md 4).
//
//   sum    flow (count, money): the sum
//   last   stock (open cases): the last figure; rolling: the mean
//   mean   the mean of the figures (declared, equal weights)
//   ratio  sum of numerators over sum of denominators; never a mean of percentages. A period counts
//          only when both parts are present; sum of denominators 0: undefined, not 0.
//   none   cannot be aggregated: only the figure of the very period
// Missing is not zero: `present` of `expected` parts is told with every result, and a caller that
// needs a whole period looks at it (of a stock, only the closing part matters). Sums are exact
// decimals; a sum that needs more than 18 digits is absent.
#ifndef GT_ENGINE_AGGREGATE_H
#define GT_ENGINE_AGGREGATE_H

#include "base/decimal.h"
#include "engine/period.h"

enum aggregation { AGGREGATE_NONE, AGGREGATE_SUM, AGGREGATE_LAST, AGGREGATE_MEAN, AGGREGATE_RATIO };

struct part_figure {
    struct period period;
    struct dec value, numerator, denominator;
};

struct aggregate_result {
    struct dec value; // ratio: multiplier * num / den at `decimals`; else exact (mean: at decimals)
    struct dec numerator, denominator; // sums (ratio), absent otherwise
    int present, expected;
};

struct aggregate_how {
    enum aggregation as;
    int64_t multiplier; // 100 for percent, 1000 / 100000 for rates, 1 for a plain ratio
    int decimals;       // places kept by divisions (mean, ratio); -1: all that 18 digits hold
    int year_start;
};

// The figure of `whole` out of `parts` (any order of kinds is refused by the caller; ascending by
// end) that lie in it. `expected` is how many parts of that kind fill `whole`; 0 when there are no
// parts at all to tell the kind by. Parts that start outside it are left out.
struct aggregate_result aggregate_period(const struct part_figure *parts, size_t count,
                                         struct period whole, const struct aggregate_how *how);
// From the start of the financial year to the end of `last`, which is of the parts' kind.
struct aggregate_result aggregate_year_to_date(const struct part_figure *parts, size_t count,
                                               struct period last, const struct aggregate_how *how);
// The `window` parts that end with `last`. value is absent unless all are present. For none the
// three give the figure of the very period, 1 expected.
struct aggregate_result aggregate_rolling(const struct part_figure *parts, size_t count,
                                          struct period last, int window,
                                          const struct aggregate_how *how);

bool aggregation_from_text(const char *text, enum aggregation *out) MUST_CHECK;
const char *aggregation_text(enum aggregation a);

#endif
