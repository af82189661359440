// Intervals around an outturn, and the chance of its target.
#include "engine/forecast_parts.h"

#include <float.h>
#include <math.h>

#include "engine/special.h"

enum { BRIDGED = 2 }; // periods from one value to the next: over one missing period, not over two

static const double THREE_SIGMA = 2.66; // mean moving ranges

struct forecast_result forecast_none(enum forecast_reason reason)
{
    return (struct forecast_result){.reason = reason,
                                    .outturn = NAN,
                                    .se = NAN,
                                    .lower_80 = NAN,
                                    .upper_80 = NAN,
                                    .lower_95 = NAN,
                                    .upper_95 = NAN,
                                    .probability = NAN,
                                    .df = NAN};
}

double forecast_mean_range(const double *values, size_t count, size_t *ret_n)
{
    long double sum = 0;
    size_t ranges = 0, present = 0, last = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            continue;
        }
        if (present > 0 && i - last <= BRIDGED) {
            sum += fabsl((long double)values[i] - (long double)values[last]);
            ranges++;
        }
        present++;
        last = i;
    }
    *ret_n = present;
    return ranges == 0 ? NAN : (double)(sum / (long double)ranges);
}

// The chance of a figure at or above the target, so that one that is certain to be met on the dot
// counts as met.
static double chance(const struct forecast_result *r, double target)
{
    if (isnan(target)) {
        return NAN;
    }
    double above = r->outturn - target;
    if (r->se <= 0) {
        // Twelve times a tenth is 1.2 but for its last digit.
        return above >= -8 * DBL_EPSILON * fabs(target) ? 1 : 0;
    }
    return student_cdf(above / r->se, r->df);
}

void forecast_spread(struct forecast_result *r, double target)
{
    double far_80 = r->se * student_quantile(0.9, r->df);
    double far_95 = r->se * student_quantile(0.975, r->df);
    r->lower_80 = r->outturn - far_80;
    r->upper_80 = r->outturn + far_80;
    r->lower_95 = r->outturn - far_95;
    r->upper_95 = r->outturn + far_95;
    r->probability = chance(r, target);
}

void forecast_spread_stable(struct forecast_result *r, const double *values, size_t count,
                            double scale, double target)
{
    double range = forecast_mean_range(values, count, &r->n);
    if (isnan(range)) {
        r->reason = FORECAST_NO_RANGE;
        return;
    }
    r->se = THREE_SIGMA * range / 3 * scale;
    r->df = INFINITY;
    r->is_trial = r->n < FORECAST_FIRM;
    forecast_spread(r, target);
}
