#include "engine/forecast.h"

#include <float.h>
#include <math.h>

#include "base/compiler.h"
#include "engine/forecast_parts.h"
#include "engine/line.h"

// A sum of some values; of those that cancel to their last digit it is exactly 0, so that nothing
// is divided by what rounding left.
struct total {
    double sum;
    bool has_gap;
};

static struct total total_of(const double *values, size_t count)
{
    long double sum = 0, size = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            return (struct total){NAN, true};
        }
        sum += (long double)values[i];
        size += fabsl((long double)values[i]);
    }
    return (struct total){fabsl(sum) <= (long double)DBL_EPSILON * size ? 0 : (double)sum, false};
}

// --- What the methods work on

struct year {
    const struct forecast_input *in;
    size_t count, elapsed, periods; // values known, m, P
    double to_date;                 // Y
};

static double left(const struct year *y)
{
    return (double)(y->periods - y->elapsed);
}

// The values of the year `back` years before this one, or NULL when the series starts later.
static const double *year_before(const struct year *y, size_t back)
{
    size_t needed = y->elapsed + back * y->periods;
    return y->count < needed ? NULL : y->in->values + (y->count - needed);
}

static enum forecast_reason open_year(const struct forecast_input *in, struct year *ret)
{
    *ret = (struct year){.in = in, .count = in->count};
    if (in->elapsed <= 0 || in->periods_a_year <= 0) {
        return FORECAST_NOTHING_ELAPSED;
    }
    ret->periods = (size_t)in->periods_a_year;
    ret->elapsed = (size_t)in->elapsed < ret->periods ? (size_t)in->elapsed : ret->periods;
    if (ret->elapsed > in->count) {
        return FORECAST_GAP_THIS_YEAR;
    }
    struct total known = total_of(in->values + (in->count - ret->elapsed), ret->elapsed);
    ret->to_date = known.sum;
    return known.has_gap ? FORECAST_GAP_THIS_YEAR : FORECAST_REASON_NONE;
}

// --- Methods: each gives the outturn, or why there is none

// The share of its total that a year had reached by m.
static enum forecast_reason share_of(const struct year *y, size_t back, double *ret)
{
    const double *values = year_before(y, back);
    if (values == NULL) {
        return FORECAST_NO_LAST_YEAR;
    }
    struct total whole = total_of(values, y->periods);
    if (whole.has_gap) {
        return FORECAST_GAP_LAST_YEAR;
    }
    if (whole.sum == 0) {
        return FORECAST_ZERO_SHARE;
    }
    *ret = total_of(values, y->elapsed).sum / whole.sum;
    return FORECAST_REASON_NONE;
}

static enum forecast_reason by_profile(const struct year *y, size_t years, double *ret)
{
    double shares = 0;
    for (size_t back = 1; back <= years; back++) {
        double share = 0;
        enum forecast_reason reason = share_of(y, back, &share);
        if (reason != FORECAST_REASON_NONE) {
            return reason;
        }
        shares += share;
    }
    if (shares == 0) {
        return FORECAST_ZERO_SHARE;
    }
    if (y->to_date == 0) {
        return FORECAST_ZERO_TO_DATE;
    }
    *ret = y->to_date / (shares / (double)years);
    return FORECAST_REASON_NONE;
}

static enum forecast_reason by_recent(const struct year *y, double *ret)
{
    if (y->count < FORECAST_RECENT) {
        return FORECAST_TOO_FEW;
    }
    struct total latest = total_of(y->in->values + (y->count - FORECAST_RECENT), FORECAST_RECENT);
    if (latest.has_gap) {
        return FORECAST_GAP_LAST_YEAR; // this year has none
    }
    *ret = y->to_date + left(y) * (latest.sum / FORECAST_RECENT);
    return FORECAST_REASON_NONE;
}

static enum forecast_reason by_last_year(const struct year *y, double *ret)
{
    if (y->count < y->periods) {
        return FORECAST_NO_LAST_YEAR;
    }
    const double *same = y->in->values + (y->count - y->periods);
    struct total rest = total_of(same, y->periods - y->elapsed);
    if (rest.has_gap) {
        return FORECAST_GAP_LAST_YEAR;
    }
    *ret = y->to_date + rest.sum;
    return FORECAST_REASON_NONE;
}

static enum forecast_reason plain_outturn(const struct year *y, enum forecast_method method,
                                          double *ret)
{
    switch (method) {
    case FORECAST_RUN_RATE:
        *ret = y->to_date * (double)y->periods / (double)y->elapsed;
        return FORECAST_REASON_NONE;
    case FORECAST_PROFILE: return by_profile(y, 1, ret);
    case FORECAST_PROFILE_TWO: return by_profile(y, 2, ret);
    case FORECAST_RECENT_PACE: return by_recent(y, ret);
    case FORECAST_SEASONAL_NAIVE: return by_last_year(y, ret);
    case FORECAST_TREND:
    case FORECAST_HOLT_WINTERS:
    case FORECAST_METHOD_COUNT: break;
    }
    return FORECAST_TOO_FEW;
}

static struct forecast_result by_trend(const struct year *y)
{
    struct line l = line_least_squares(NULL, y->in->values, y->count);
    if (l.n < FORECAST_TREND_LEAST) {
        return forecast_none(FORECAST_TOO_FEW);
    }
    size_t rest = y->periods - y->elapsed;
    double t_mean = (double)y->count + ((double)rest + 1) / 2;
    struct forecast_result r = forecast_none(FORECAST_REASON_NONE);
    r.outturn = y->to_date + (double)rest * line_at(&l, t_mean);
    r.n = l.n;
    r.df = (double)(l.n - 2);
    r.is_trial = l.n < FORECAST_FIRM;
    r.se = line_sum_error(&l, rest, t_mean);
    forecast_spread(&r, y->in->target);
    return r;
}

struct forecast_result forecast_outturn(const struct forecast_input *in,
                                        enum forecast_method method)
{
    struct year y;
    enum forecast_reason reason = open_year(in, &y);
    if (reason != FORECAST_REASON_NONE) {
        return forecast_none(reason);
    }
    struct forecast_result r = forecast_none(FORECAST_YEAR_COMPLETE);
    if (y.elapsed == y.periods) {
        r.outturn = y.to_date;
        return r;
    }
    if (method == FORECAST_TREND) {
        return by_trend(&y);
    }
    if (method == FORECAST_HOLT_WINTERS) {
        return forecast_smoothed(in, y.to_date);
    }
    r.reason = plain_outturn(&y, method, &r.outturn);
    if (r.reason == FORECAST_REASON_NONE) {
        forecast_spread_stable(&r, in->values, in->count, sqrt(left(&y)), in->target);
    }
    return r;
}

// --- Choosing

enum forecast_method forecast_default(const struct forecast_input *in)
{
    struct year y;
    if (open_year(in, &y) != FORECAST_REASON_NONE) {
        return FORECAST_RUN_RATE;
    }
    const double *last = year_before(&y, 1);
    bool is_whole = last != NULL && !total_of(last, y.periods).has_gap;
    return is_whole ? FORECAST_PROFILE : FORECAST_RUN_RATE;
}

struct forecast_range forecast_range(const struct forecast_input *in)
{
    struct forecast_range range = {NAN, NAN, 0};
    for (int m = 0; m < FORECAST_METHOD_COUNT; m++) {
        double outturn = forecast_outturn(in, (enum forecast_method)m).outturn;
        if (!isnan(outturn)) {
            range.lowest = fmin(range.lowest, outturn); // of a number and NaN: the number
            range.highest = fmax(range.highest, outturn);
            range.methods++;
        }
    }
    return range;
}

// --- Names

const char *forecast_method_code(enum forecast_method m)
{
    static const char *const codes[FORECAST_METHOD_COUNT] = {
        [FORECAST_RUN_RATE] = "run_rate",
        [FORECAST_PROFILE] = "profile",
        [FORECAST_PROFILE_TWO] = "profile_two",
        [FORECAST_RECENT_PACE] = "recent",
        [FORECAST_SEASONAL_NAIVE] = "seasonal_naive",
        [FORECAST_TREND] = "trend",
        [FORECAST_HOLT_WINTERS] = "holt_winters",
    };
    return (size_t)m < COUNT_OF(codes) ? codes[m] : "";
}

const char *forecast_reason_code(enum forecast_reason r)
{
    static const char *const codes[FORECAST_REASON_COUNT] = {
        [FORECAST_REASON_NONE] = "",
        [FORECAST_NOTHING_ELAPSED] = "nothing_elapsed",
        [FORECAST_YEAR_COMPLETE] = "year_complete",
        [FORECAST_GAP_THIS_YEAR] = "gap_this_year",
        [FORECAST_NO_LAST_YEAR] = "no_last_year",
        [FORECAST_GAP_LAST_YEAR] = "gap_last_year",
        [FORECAST_ZERO_TO_DATE] = "zero_to_date",
        [FORECAST_ZERO_SHARE] = "zero_share",
        [FORECAST_TOO_FEW] = "too_few_values",
        [FORECAST_NO_RANGE] = "no_moving_range",
        [FORECAST_NO_DENOMINATOR] = "no_denominator",
    };
    return (size_t)r < COUNT_OF(codes) ? codes[r] : "";
}
