// Shared by the files of forecast.h only.
#ifndef GT_ENGINE_FORECAST_PARTS_H
#define GT_ENGINE_FORECAST_PARTS_H

#include "engine/forecast.h"

// Nothing told but why.
struct forecast_result forecast_none(enum forecast_reason reason);

// The mean moving range of a series with gaps: over one missing period, not over more. NaN without
// any. `ret_n`: values present.
double forecast_mean_range(const double *values, size_t count, size_t *ret_n);

// Interval and chance around r->outturn with r->se and r->df, both set.
void forecast_spread(struct forecast_result *r, double target);

// The same of a stable process: se = 2.66 mR / 3 x `scale`, normal; sets se, df, n, is_trial, or
// the reason FORECAST_NO_RANGE.
void forecast_spread_stable(struct forecast_result *r, const double *values, size_t count,
                            double scale, double target);

// By Holt-Winters, once it is known that the year has begun, is not over and has no gap.
struct forecast_result forecast_smoothed(const struct forecast_input *in, double to_date);

#endif
