// Run chart: what can be said of few points, or of skewed ones, without limits
// (methods.md 1.3, 1.7).
//
// The centre line is the median. Points on it are of no use to the rules (Anhoej): an unusually
// long run on one side, longer than round(log2(useful)) + 3, or unusually few crossings of the
// line, fewer than the 5 % point of a binomial of useful - 1 tries at one half. Either is a signal
// of something other than chance. Gaps are left out; over two or more missing periods a run ends.
#ifndef GT_ENGINE_RUN_CHART_H
#define GT_ENGINE_RUN_CHART_H

#include "base/compiler.h"

enum { RUN_CHART_ENOUGH = 10 }; // useful points, for the rules to mean anything

struct run_chart {
    size_t points, useful;                // figures; those not on the median
    double median;                        // NaN without points
    size_t longest_run, longest_expected; // the second is the most that chance explains
    size_t crossings, crossings_expected; // the second is the fewest that chance explains
    bool is_enough;                       // useful >= RUN_CHART_ENOUGH; else no signal
    bool has_long_run, has_few_crossings; // the signals
};

// NaN = a gap. `scratch` has room for `count` figures.
struct run_chart run_chart_evaluate(const double *values, size_t count, double *scratch);

// The same rules about another line than the median, such as the mean of a chart whose limits vary
// (engine/spc_proportion.h); `median` is then that line. NaN: no points on either side.
struct run_chart run_chart_about(const double *values, size_t count, double line);

#endif
