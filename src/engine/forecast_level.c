// Where the year will end of what is not a sum: stocks and ratios.
#include <math.h>

#include "engine/forecast_parts.h"
#include "engine/line.h"

// --- Stocks

// The mean |step - slope| between neighbouring periods; NaN without any.
static double mean_step(const struct forecast_input *in, double slope)
{
    long double sum = 0;
    size_t steps = 0;
    for (size_t i = 1; i < in->count; i++) {
        double step = in->values[i] - in->values[i - 1];
        if (!isnan(step)) {
            sum += fabsl((long double)step - (long double)slope);
            steps++;
        }
    }
    return steps == 0 ? NAN : (double)(sum / (long double)steps);
}

struct forecast_result forecast_stock(const struct forecast_input *in, bool with_slope)
{
    if (in->elapsed <= 0) {
        return forecast_none(FORECAST_NOTHING_ELAPSED);
    }
    double last = in->count == 0 ? NAN : in->values[in->count - 1];
    if (isnan(last)) {
        return forecast_none(FORECAST_GAP_THIS_YEAR);
    }
    int rest = in->periods_a_year - in->elapsed;
    struct forecast_result r = forecast_none(FORECAST_YEAR_COMPLETE);
    r.outturn = last;
    if (rest <= 0) {
        return r;
    }
    struct line l = line_least_squares(NULL, in->values, in->count);
    if (with_slope && l.n < FORECAST_TREND_LEAST) {
        return forecast_none(FORECAST_TOO_FEW);
    }
    double slope = with_slope ? l.slope : 0;
    double step = mean_step(in, slope);
    r.n = l.n;
    r.outturn = last + slope * rest;
    r.reason = isnan(step) ? FORECAST_NO_RANGE : FORECAST_REASON_NONE;
    if (!isnan(step)) {
        // The mean size of normal steps is sqrt(2 / pi) of their deviation.
        r.se = sqrt(acos(-1) / 2) * step * sqrt(rest);
        r.df = INFINITY;
        r.is_trial = r.n < FORECAST_FIRM;
        forecast_spread(&r, in->target);
    }
    return r;
}

// --- Ratios

// Numerators and denominators of the periods that have both, and the ratios.
struct pairs {
    double *tops, *bottoms, *ratios;
};

static struct pairs pairs_of(struct arena *a, const struct forecast_ratio_input *in)
{
    struct pairs p = {ARENA_ARRAY(a, in->count, double), ARENA_ARRAY(a, in->count, double),
                      ARENA_ARRAY(a, in->count, double)};
    for (size_t i = 0; i < in->count; i++) {
        bool both = !isnan(in->numerators[i]) && !isnan(in->denominators[i]);
        p.tops[i] = both ? in->numerators[i] : NAN;
        p.bottoms[i] = both ? in->denominators[i] : NAN;
        p.ratios[i] = both && p.bottoms[i] != 0 ? in->multiplier * p.tops[i] / p.bottoms[i] : NAN;
    }
    return p;
}

static struct forecast_input part_of(const struct forecast_ratio_input *in, const double *values)
{
    return (struct forecast_input){.values = values,
                                   .count = in->count,
                                   .elapsed = in->elapsed,
                                   .periods_a_year = in->periods_a_year,
                                   .target = NAN};
}

static void clip(struct forecast_result *r)
{
    double *figures[] = {&r->outturn, &r->lower_80, &r->upper_80, &r->lower_95, &r->upper_95};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (!isnan(*figures[i])) {
            *figures[i] = fmin(fmax(*figures[i], 0), 100);
        }
    }
}

static double to_date(const struct forecast_input *in)
{
    double sum = 0;
    for (size_t i = in->count - (size_t)in->elapsed; i < in->count; i++) {
        sum += in->values[i];
    }
    return sum;
}

struct forecast_result forecast_ratio(struct arena *a, const struct forecast_ratio_input *in,
                                      enum forecast_method method)
{
    struct pairs p = pairs_of(a, in);
    struct forecast_input tops = part_of(in, p.tops), bottoms = part_of(in, p.bottoms);
    struct forecast_result top = forecast_outturn(&tops, method);
    struct forecast_result bottom = forecast_outturn(&bottoms, method);
    if (isnan(top.outturn) || isnan(bottom.outturn)) {
        return forecast_none(isnan(top.outturn) ? top.reason : bottom.reason);
    }
    if (bottom.outturn <= 0) {
        return forecast_none(FORECAST_NO_DENOMINATOR);
    }
    struct forecast_result r = forecast_none(bottom.reason);
    r.outturn = in->multiplier * top.outturn / bottom.outturn;
    if (r.reason != FORECAST_YEAR_COMPLETE) {
        int rest = in->periods_a_year - in->elapsed;
        double to_come = fabs(bottom.outturn - to_date(&bottoms)) / bottom.outturn;
        r.reason = FORECAST_REASON_NONE;
        forecast_spread_stable(&r, p.ratios, in->count, to_come / sqrt(rest), in->target);
    }
    if (in->is_percentage) {
        clip(&r);
    }
    return r;
}

enum forecast_method forecast_ratio_default(struct arena *a, const struct forecast_ratio_input *in)
{
    struct pairs p = pairs_of(a, in);
    struct forecast_input bottoms = part_of(in, p.bottoms);
    return forecast_default(&bottoms);
}
