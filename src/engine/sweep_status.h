// Status and travel of one series of a sweep: on doubles where the figure as shown can be told from
// them, else with the decimals of engine/status.h. For sweep.c only.
#ifndef GT_ENGINE_SWEEP_STATUS_H
#define GT_ENGINE_SWEEP_STATUS_H

#include <math.h>

#include "engine/sweep.h"
#include "engine/sweep_lanes.h"

// Whole numbers up to here are exact doubles.
#define WHOLE_MOST 9007199254740992.0

static const double TENS[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// One series as it is worked on.
struct series {
    const double *values;
    size_t count, row; // rows; the first of them in `points`
    double target, green, amber;
    enum polarity polarity;
};

SWEEP_INLINE struct series series_of(const struct sweep_input *in, size_t s)
{
    size_t row = in->offsets == NULL ? s * in->length : in->offsets[s];
    return (struct series){
        .values = in->values + row,
        .count = in->offsets == NULL ? in->length : in->offsets[s + 1] - row,
        .row = row,
        .target = in->targets == NULL ? NAN : in->targets[s],
        .green = in->green_within == NULL ? 0 : in->green_within[s],
        .amber = in->amber_within == NULL ? 0 : in->amber_within[s],
        .polarity = (enum polarity)in->polarity[s],
    };
}

struct judged {
    enum status status;
    enum travel travel;
};

// All the digits a decimal holds.
static struct dec dec_of(double value)
{
    int whole = fabs(value) < 1 ? 1 : (int)floor(log10(fabs(value))) + 1;
    int decimals = DEC_DIGITS_MAX - 1 - whole;
    return dec_from_double(value, decimals < 0 ? 0 : decimals);
}

static struct judged judge_slowly(const struct series *s, int decimals)
{
    double value = s->count > 0 ? s->values[s->count - 1] : NAN;
    double before = s->count > 1 ? s->values[s->count - 2] : NAN;
    struct rule rule = {
        .kind = RULE_TOLERANCE,
        .green_within = dec_of(s->green),
        .amber_within = dec_of(s->amber),
    };
    struct status_input in = {
        .state = isnan(value) ? FIGURE_MISSING : FIGURE_PRESENT,
        .polarity = s->polarity,
        .decimals = decimals,
        .value = dec_from_double(value, decimals),
        .target = dec_from_double(s->target, decimals),
    };
    struct travel_input travel = {
        .polarity = s->polarity,
        .decimals = decimals,
        .value = in.value,
        .before = dec_from_double(before, decimals),
    };
    return (struct judged){status_evaluate(&in, &rule).status, travel_evaluate(&travel).travel};
}

// As shown, in units of the last place shown; NaN stays. False where that cannot be told from the
// product.
SWEEP_INLINE bool as_shown(double value, double tens, double *out)
{
    double units = value * tens;
    double whole = rint(units);
    double rest = fabs(units - whole);
    *out = whole;
    return isnan(value) || (fabs(units) < WHOLE_MOST && rest < 0.5 - SWEEP_EDGE);
}

// A tolerance in the same units, on the whole number it is a rounding away from.
SWEEP_INLINE double tolerance(double within, double tens)
{
    double units = within * tens;
    double whole = rint(units);
    return fabs(units - whole) <= 4 * __DBL_EPSILON__ * fabs(units) ? whole : units;
}

// `worse` than the target by so much; NaN where there is none.
SWEEP_INLINE enum status status_of(double worse, double green, double amber)
{
    if (isnan(worse)) {
        return STATUS_NO_TARGET;
    }
    if (worse <= green || worse <= 0) {
        return STATUS_ON_TARGET;
    }
    return worse <= amber ? STATUS_SLIGHTLY_OFF : STATUS_OFF_TARGET;
}

SWEEP_INLINE struct judged judge(const struct series *s, const struct sweep_how *how)
{
    double tens = TENS[how->decimals], value, before, target;
    if (s->count < 2 || s->polarity == POLARITY_RANGE ||
        !as_shown(s->values[s->count - 1], tens, &value) ||
        !as_shown(s->values[s->count - 2], tens, &before) || !as_shown(s->target, tens, &target)) {
        return judge_slowly(s, how->decimals);
    }
    if (isnan(value)) {
        return (struct judged){STATUS_MISSING, TRAVEL_NOT_COMPARABLE};
    }
    if (s->polarity == POLARITY_NONE) {
        return (struct judged){STATUS_NO_TARGET, TRAVEL_NOT_COMPARABLE};
    }
    double sign = s->polarity == POLARITY_HIGHER ? 1 : -1;
    double worse = (target - value) * sign, better = (value - before) * sign;
    enum travel travel = better > 0 ? TRAVEL_IMPROVED : better < 0 ? TRAVEL_WORSE : TRAVEL_SAME;
    return (struct judged){status_of(worse, tolerance(s->green, tens), tolerance(s->amber, tens)),
                           isnan(before) ? TRAVEL_NOT_COMPARABLE : travel};
}

#endif
