#include "engine/turning.h"

#include <float.h>
#include <math.h>

#include "base/compiler.h"
#include "engine/special.h"

// The latest values that are present, among those after the intervention.
struct latest {
    size_t n;
    double t_mean, mean;
};

static struct latest latest_of(const struct turning_input *in)
{
    struct latest l = {0};
    for (size_t i = in->count; i > in->before && l.n < TURNING_ACTUALS; i--) {
        if (!isnan(in->values[i - 1])) {
            l.n++;
            l.t_mean += (double)i;
            l.mean += in->values[i - 1];
        }
    }
    l.t_mean /= TURNING_ACTUALS;
    l.mean /= TURNING_ACTUALS;
    return l;
}

static double change_of(const struct turning_input *in)
{
    double first = NAN, last = NAN;
    for (size_t i = 0; i < in->count; i++) {
        if (!isnan(in->values[i])) {
            first = isnan(first) ? in->values[i] : first;
            last = in->values[i];
        }
    }
    return first == 0 ? NAN : (last - first) / fabs(first);
}

static enum turning judge(const struct turning_result *r, enum polarity polarity)
{
    bool higher = polarity == POLARITY_HIGHER;
    if (!higher && polarity != POLARITY_LOWER) {
        return TURNING_UNKNOWN;
    }
    // Figures that carry on along the line differ from it by rounding only.
    double noise = 8 * DBL_EPSILON * fmax(fabs(r->actual), fabs(r->forecast));
    double better = higher ? r->actual - r->forecast : r->forecast - r->actual;
    if (better <= noise) {
        return TURNING_NOT_TURNED;
    }
    return better > r->upper_80 - r->forecast ? TURNING_TURNED : TURNING_TURNING;
}

struct turning_result turning_evaluate(struct arena *a, const struct turning_input *in)
{
    size_t before = in->before < in->count ? in->before : in->count;
    struct turning_result r = {.turning = TURNING_UNKNOWN,
                               .actual = NAN,
                               .forecast = NAN,
                               .lower_80 = NAN,
                               .upper_80 = NAN,
                               .change = change_of(in)};
    r.baseline = in->is_median ? line_median(a, NULL, in->values, before)
                               : line_least_squares(NULL, in->values, before);
    r.n = r.baseline.n;
    struct latest latest = latest_of(in);
    if (r.n < TURNING_BASELINE_LEAST || latest.n < TURNING_ACTUALS || isnan(r.baseline.slope)) {
        return r;
    }
    double se = line_sum_error(&r.baseline, TURNING_ACTUALS, latest.t_mean) / TURNING_ACTUALS;
    double far = se * student_quantile(0.9, (double)(r.n - 2));
    r.actual = latest.mean;
    r.forecast = line_at(&r.baseline, latest.t_mean);
    r.lower_80 = r.forecast - far;
    r.upper_80 = r.forecast + far;
    r.turning = judge(&r, in->polarity);
    return r;
}

const char *turning_code(enum turning t)
{
    static const char *const codes[] = {
        [TURNING_UNKNOWN] = "unknown",
        [TURNING_NOT_TURNED] = "not_turned",
        [TURNING_TURNING] = "turning",
        [TURNING_TURNED] = "turned",
    };
    return (size_t)t < COUNT_OF(codes) ? codes[t] : "";
}
