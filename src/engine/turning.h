// Turning the curve (Friedman's outcome-based accountability; methods.md 7): has the figure left
// the way it was going before something was done?
//
// The baseline is a straight line through the values up to the intervention, carried on. The mean
// of the latest three values is held against the line's forecast for those three periods and its
// 80 % prediction interval (se of line.h, t with n - 2 degrees of freedom):
//   turned      better than the forecast, and outside the interval
//   turning     better, but inside it (a bound counts as inside)
//   not_turned  as forecast or worse
//   unknown     fewer than three values before or after, or no direction that is better
#ifndef GT_ENGINE_TURNING_H
#define GT_ENGINE_TURNING_H

#include "engine/line.h"
#include "engine/status.h"

enum turning { TURNING_UNKNOWN, TURNING_NOT_TURNED, TURNING_TURNING, TURNING_TURNED };

enum { TURNING_ACTUALS = 3, TURNING_BASELINE_LEAST = 3 };

struct turning_input {
    const double *values; // one a period, oldest first; NaN is a gap
    size_t count;
    size_t before;          // how many of them are the baseline, up to the intervention
    enum polarity polarity; // higher or lower; others are not judged
    bool is_median;         // Theil-Sen, for baselines with outliers; else least squares
};

// What cannot be told is NaN.
struct turning_result {
    enum turning turning;
    struct line baseline;
    size_t n;                  // values of the baseline
    double actual;             // mean of the latest three
    double forecast;           // of the same three periods
    double lower_80, upper_80; // of that forecast
    double change;             // (latest - first) / |first|, as a share; NaN from nought
};

struct turning_result turning_evaluate(struct arena *a, const struct turning_input *in);

const char *turning_code(enum turning t); // "turned", "turning", "not_turned", "unknown"

#endif
