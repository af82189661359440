// Where the year will end (methods.md 8). m periods of P (12 months, 4 quarters) have elapsed, Y is
// the year to date, h = P - m.
//
//   run_rate        Y P / m
//   profile         Y / s, s = last year's share of its total by then
//   profile_two     Y / s, s = the mean of the last two years' shares
//   recent          Y + h x mean of the latest three values (which may reach into last year)
//   seasonal_naive  Y + the same remaining periods of last year
//   trend           Y + the sum of a straight line's forecasts, fitted to all values (at least 12)
//                   se^2 = s^2 (h + h^2 / n + (sum of (t - mean t))^2 / Stt), t with n - 2 df
//   holt_winters    additive, alpha 0.3, beta 0.1, gamma 0.2, started from the first two years as
//                   R's HoltWinters is; of the values since the last gap (at least two years)
//                   se^2 = var(one-step errors) x sum over j of (1 + psi(1) + ... + psi(h - j))^2,
//                   psi(j) = alpha (1 + j beta) + [j a whole year] gamma (1 - alpha); normal
// The others have no model of their own: the interval of a stable process on what remains. 2.66
// mean moving ranges are three sigma, so se = 2.66 mR / 3 x sqrt(h), normal. A moving range is
// not taken over a gap of two periods or more.
// Chance of the target: P(outturn >= target) = F((outturn - target) / se), F of t or normal. A
// target met by being at or below it has 1 minus that. se = 0 (all values equal): 1 or 0.
//
// Edges. m = 0: none by any method. m = P: the outturn is Y, without interval and chance. A gap in
// the year to date: none by any method, for Y is not known; a gap where last year is needed: none
// by that method. Nothing is ever filled. Y = 0, s = 0 or a year that sums to 0: the profile is
// undefined. An interval needs one moving range (trend: 12 values, holt_winters two years); under
// FORECAST_FIRM values it is a trial one, as with process limits.
#ifndef GT_ENGINE_FORECAST_H
#define GT_ENGINE_FORECAST_H

#include "base/arena.h"

enum { FORECAST_TREND_LEAST = 12, FORECAST_RECENT = 3, FORECAST_FIRM = 13 };

enum forecast_method {
    FORECAST_RUN_RATE,
    FORECAST_PROFILE,
    FORECAST_PROFILE_TWO,
    FORECAST_RECENT_PACE,
    FORECAST_SEASONAL_NAIVE,
    FORECAST_TREND,
    FORECAST_HOLT_WINTERS,
    FORECAST_METHOD_COUNT,
};

enum forecast_reason {
    FORECAST_REASON_NONE,
    FORECAST_NOTHING_ELAPSED,
    FORECAST_YEAR_COMPLETE,  // the outturn is there, as it stands
    FORECAST_GAP_THIS_YEAR,  // a value of the year to date is missing
    FORECAST_NO_LAST_YEAR,   // the series starts too late
    FORECAST_GAP_LAST_YEAR,  // a value of last year (or the year before) is missing
    FORECAST_ZERO_TO_DATE,   // Y = 0: no profile
    FORECAST_ZERO_SHARE,     // s = 0 or last year's total is 0: no profile
    FORECAST_TOO_FEW,        // values for the method
    FORECAST_NO_RANGE,       // an outturn without interval: no two values to take a range of
    FORECAST_NO_DENOMINATOR, // ratio: nothing to divide by
    FORECAST_REASON_COUNT,
};

struct forecast_input {
    const double *values; // one a period, oldest first, the last one elapsed last; NaN is a gap
    size_t count;
    int elapsed;        // m: the last m values are this year's; over count: they start too late
    int periods_a_year; // 12 or 4
    double target;      // for the year; NaN: none
};

// What cannot be told is NaN.
struct forecast_result {
    enum forecast_reason reason; // why there is no outturn, or no interval
    double outturn;
    double se;
    double lower_80, upper_80, lower_95, upper_95;
    double probability; // of an outturn at or above the target
    double df;          // of t; infinite for the normal
    size_t n;           // values the interval rests on
    bool is_trial;      // an interval of fewer than FORECAST_FIRM values
};

struct forecast_result forecast_outturn(const struct forecast_input *in,
                                        enum forecast_method method);

// The one to show: profile where the year before is whole, else run rate. May turn out undefined
// all the same (Y = 0): then there is no forecast, rather than a worse one.
enum forecast_method forecast_default(const struct forecast_input *in);

// The lowest and highest outturn over all methods that give one; NaN and 0 when none does.
struct forecast_range {
    double lowest, highest;
    int methods;
};
struct forecast_range forecast_range(const struct forecast_input *in);

// A stock (open cases at the end of the period): the last value, or with `with_slope` the last
// value
// + slope x h, the slope by least squares over all values (at least 12). Its interval is that of a
// walk: se = sqrt(pi / 2) x mean |step - slope| x sqrt(h), steps from one period to the next.
struct forecast_result forecast_stock(const struct forecast_input *in, bool with_slope);

// A ratio, rate or percentage: numerator and denominator are forecast apart, never the percentage.
// The interval is of the ratio's own process: what remains averages h values, so
// se = 2.66 mR / 3 / sqrt(h) x (share of the year's denominator still to come). A period counts
// only with both parts; one without a denominator has no ratio, and no part in the moving ranges.
struct forecast_ratio_input {
    const double *numerators, *denominators;
    size_t count;
    int elapsed, periods_a_year;
    double target;      // in the ratio's units
    double multiplier;  // 100 for a percentage
    bool is_percentage; // outturn and interval are clipped to 0-100, afterwards
};
// Scratch in `a`.
struct forecast_result forecast_ratio(struct arena *a, const struct forecast_ratio_input *in,
                                      enum forecast_method method);
enum forecast_method forecast_ratio_default(struct arena *a, const struct forecast_ratio_input *in);

const char *forecast_method_code(enum forecast_method m); // "run_rate", ...
const char *forecast_reason_code(enum forecast_reason r); // "gap_this_year", ...; "" for none

#endif
