#include "engine/spc_proportion.h"

#include <math.h>

#include "engine/spc_rules.h"
#include "engine/spc_sum.h"

#define RANGE_TO_SIGMA 1.128 // d2 of two points
#define LIMIT_SIGMAS 3.0
#define HALF_PI 1.57079632679489661923
#define APT_RATIO 2.0

struct task {
    const double *numerators, *denominators;
    size_t count;
    enum spc_chart chart;
    double centre;
};

static bool is_point(const struct task *t, size_t i)
{
    return !isnan(t->numerators[i]) && t->denominators[i] > 0;
}

static double value_of(const struct task *t, size_t i)
{
    return t->numerators[i] / t->denominators[i];
}

// What a point would vary by were there only chance; of I' for a spread of 1.
static double deviation(const struct task *t, size_t i)
{
    double n = t->denominators[i];
    switch (t->chart) {
    case SPC_CHART_P:
    case SPC_CHART_P_PRIME: return sqrt(t->centre * (1 - t->centre) / n);
    case SPC_CHART_U:
    case SPC_CHART_U_PRIME: return sqrt(t->centre / n);
    case SPC_CHART_I_PRIME: break;
    }
    return sqrt(1 / n);
}

// From one point to the next, in units of what chance explains.
static double step(const struct task *t, size_t before, size_t i)
{
    if (t->chart == SPC_CHART_I_PRIME) {
        double both = sqrt(1 / t->denominators[i] + 1 / t->denominators[before]);
        return sqrt(HALF_PI) * fabs(value_of(t, i) - value_of(t, before)) / both;
    }
    double z = (value_of(t, i) - t->centre) / deviation(t, i);
    double z_before = (value_of(t, before) - t->centre) / deviation(t, before);
    return fabs(z - z_before) / RANGE_TO_SIGMA;
}

static double spread_of(const struct task *t)
{
    if (t->chart == SPC_CHART_P || t->chart == SPC_CHART_U) {
        return 1;
    }
    struct spc_sum steps = {{0}, {0}, 0};
    size_t before = SIZE_MAX, gap = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (!is_point(t, i)) {
            gap++;
            continue;
        }
        if (before != SIZE_MAX && gap < SPC_GAP) {
            // Chance that explains nothing (all or none): a point cannot differ from the centre.
            spc_sum_add(&steps, deviation(t, i) > 0 ? step(t, before, i) : 0);
        }
        before = i;
        gap = 0;
    }
    return steps.count == 0 ? NAN : spc_sum_mean(&steps);
}

static double clipped(double limit, enum spc_chart chart)
{
    bool is_share = chart == SPC_CHART_P || chart == SPC_CHART_P_PRIME;
    bool is_rate = chart == SPC_CHART_U || chart == SPC_CHART_U_PRIME;
    limit = (is_share || is_rate) && limit < 0 ? 0 : limit;
    return is_share && limit > 1 ? 1 : limit;
}

struct spc_proportion spc_proportion_evaluate(const double *numerators, const double *denominators,
                                              size_t count, enum spc_chart chart,
                                              struct spc_proportion_point *points)
{
    struct task t = {numerators, denominators, count, chart, NAN};
    struct spc_sum above = {{0}, {0}, 0}, below = {{0}, {0}, 0};
    for (size_t i = 0; i < count; i++) {
        if (is_point(&t, i)) {
            spc_sum_add(&above, numerators[i]);
            spc_sum_add(&below, denominators[i]);
        }
    }
    struct spc_proportion p = {.points = above.count, .centre = NAN, .spread = NAN};
    if (p.points > 0) {
        p.centre = t.centre = spc_sum_mean(&above) / spc_sum_mean(&below);
        p.spread = spread_of(&t);
    }
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct spc_proportion_point){NAN, NAN, NAN, false};
        if (!is_point(&t, i)) {
            continue;
        }
        double reach = LIMIT_SIGMAS * deviation(&t, i) * p.spread;
        points[i].value = value_of(&t, i);
        points[i].lower = clipped(p.centre - reach, chart);
        points[i].upper = clipped(p.centre + reach, chart);
        points[i].is_outside =
            points[i].value > points[i].upper || points[i].value < points[i].lower;
    }
    return p;
}

bool spc_proportion_is_apt(const double *denominators, size_t count)
{
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < count; i++) {
        if (denominators[i] > 0) {
            least = fmin(least, denominators[i]);
            most = fmax(most, denominators[i]);
        }
    }
    return most > APT_RATIO * least;
}
