#include "engine/funnel.h"

#include <float.h>
#include <math.h>

#define BAND_MOST 1e15 // beyond, one event more or less is lost in a double

struct funnel funnel_make(enum funnel_kind kind, double average)
{
    return (struct funnel){kind, kind == FUNNEL_RATIO ? 1 : average, confidence_of_tail(0.025),
                           confidence_of_tail(0.001)};
}

// How far from the average a proportion may be by chance. The source's formula (sigma_adjustment)
// comes to this: the values whose Wilson interval just reaches the average.
static double spread(const struct funnel *f, double denominator, const struct confidence *c)
{
    return c->z * sqrt(f->average * (1 - f->average) / denominator);
}

static enum funnel_level judge_proportion(const struct funnel *f, double x, double n)
{
    if (x > n || f->average > 1) {
        return FUNNEL_NONE;
    }
    double off = x / n - f->average;
    if (fabs(off) > spread(f, n, &f->wide)) {
        return off < 0 ? FUNNEL_LOW_001 : FUNNEL_HIGH_001;
    }
    if (fabs(off) > spread(f, n, &f->near)) {
        return off < 0 ? FUNNEL_LOW_025 : FUNNEL_HIGH_025;
    }
    return FUNNEL_NOT_SIGNIFICANT;
}

static enum funnel_level judge_count(const struct funnel *f, double events, double denominator)
{
    struct interval wide = interval_over(interval_count(events, &f->wide), denominator, 1);
    struct interval near = interval_over(interval_count(events, &f->near), denominator, 1);
    if (f->average < wide.lower) {
        return FUNNEL_HIGH_001;
    }
    if (f->average < near.lower) {
        return FUNNEL_HIGH_025;
    }
    if (f->average > wide.upper) {
        return FUNNEL_LOW_001;
    }
    return f->average > near.upper ? FUNNEL_LOW_025 : FUNNEL_NOT_SIGNIFICANT;
}

enum funnel_level funnel_judge(const struct funnel *f, double numerator, double denominator)
{
    if (!isfinite(numerator) || !isfinite(denominator) || !isfinite(f->average) || numerator < 0 ||
        denominator <= 0 || f->average < 0 || (f->kind == FUNNEL_DSR && numerator < INTERVAL_FEW)) {
        return FUNNEL_NONE;
    }
    return f->kind == FUNNEL_PROPORTION ? judge_proportion(f, numerator, denominator)
                                        : judge_count(f, numerator, denominator);
}

double funnel_average(enum funnel_kind kind, const double *numerators, const double *denominators,
                      size_t count)
{
    if (kind == FUNNEL_RATIO) {
        return 1;
    }
    long double numerator = 0;
    long double denominator = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(numerators[i]) && isfinite(denominators[i]) && denominators[i] > 0) {
            numerator += numerators[i];
            denominator += denominators[i];
        }
    }
    return denominator > 0 ? (double)(numerator / denominator) : NAN;
}

double funnel_denominator(enum funnel_kind kind, double events, double rate, double multiplier,
                          double denominator)
{
    if (events == 0) {
        return kind == FUNNEL_DSR ? NAN : denominator;
    }
    double derived = multiplier * events / rate;
    return isfinite(derived) && derived > 0 ? derived : NAN;
}

static struct funnel_limits proportion_limits(const struct funnel *f, double denominator)
{
    double near = spread(f, denominator, &f->near);
    double wide = spread(f, denominator, &f->wide);
    return (struct funnel_limits){
        .lower_025 = fmax(0, f->average - near),
        .upper_025 = fmin(1, f->average + near),
        .lower_001 = fmax(0, f->average - wide),
        .upper_001 = fmin(1, f->average + wide),
        .lower_025_at = denominator,
        .upper_025_at = denominator,
        .lower_001_at = denominator,
        .upper_001_at = denominator,
    };
}

struct funnel_limits funnel_limits(const struct funnel *f, double size)
{
    bool is_proportion = f->kind == FUNNEL_PROPORTION;
    if (!isfinite(size) || size <= 0 || !isfinite(f->average) || f->average < 0 ||
        (is_proportion ? f->average > 1 : f->average == 0)) {
        return (struct funnel_limits){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    }
    if (is_proportion) {
        return proportion_limits(f, size);
    }
    // Exact at every size: the mean under which so few, or over which so many, come about with this
    // chance.
    struct interval near = interval_exact(size, &f->near);
    struct interval wide = interval_exact(size, &f->wide);
    return (struct funnel_limits){
        .lower_025 = f->average * size / near.upper,
        .upper_025 = f->average * size / near.lower,
        .lower_001 = f->average * size / wide.upper,
        .upper_001 = f->average * size / wide.lower,
        .lower_025_at = near.upper / f->average,
        .upper_025_at = near.lower / f->average,
        .lower_001_at = wide.upper / f->average,
        .upper_001_at = wide.lower / f->average,
    };
}

// A bound of the interval of a count, against what was expected: it rises with the count, and
// where it is 0 the count begins, or ceases, to stand out.
struct reach {
    double expected;
    const struct confidence *c;
    bool is_upper;
};

static double beyond(const struct reach *r, double events)
{
    struct interval i = interval_count(events, r->c);
    double bound = r->is_upper ? i.upper : i.lower;
    // Byar's lower limit is not defined for few events at high confidence: it is nought then.
    return (isnan(bound) ? 0 : bound) - r->expected;
}

enum { EDGE_STEPS = 60 };

// Where `beyond` changes its sign between `from` and `to`, to the last digit or so: regula falsi
// that gives an end which stays twice less weight (Illinois).
static double edge(const struct reach *r, double from, double to)
{
    double at_from = beyond(r, from), at_to = beyond(r, to);
    int side = 0;
    for (int i = 0; i < EDGE_STEPS && to - from > 4 * DBL_EPSILON * to; i++) {
        double next = to - at_to * (to - from) / (at_to - at_from);
        if (!(next > from && next < to)) {
            next = from + (to - from) / 2;
        }
        double at_next = beyond(r, next);
        if (at_next == 0) {
            return next;
        }
        if (at_next > 0) {
            at_from /= side > 0 ? 2 : 1;
            to = next;
            at_to = at_next;
            side = 1;
        } else {
            at_to /= side < 0 ? 2 : 1;
            from = next;
            at_from = at_next;
            side = -1;
        }
    }
    return from + (to - from) / 2;
}

// The exact interval and Byar's do not meet to the last digit at INTERVAL_FEW: the search stays on
// one side of it, so that counts of events are told apart just as they are judged.
static double reached(const struct reach *r)
{
    if (beyond(r, 0) >= 0) {
        return 0;
    }
    if (beyond(r, INTERVAL_FEW) >= 0) {
        return edge(r, 0, INTERVAL_FEW);
    }
    double most = 2 * r->expected + 4 * INTERVAL_FEW;
    while (beyond(r, most) < 0) {
        most *= 2;
    }
    return edge(r, INTERVAL_FEW, most);
}

struct funnel_band funnel_band(const struct funnel *f, double denominator)
{
    double expected = f->average * denominator;
    if (f->kind == FUNNEL_PROPORTION) {
        struct funnel_limits l = funnel_limits(f, denominator);
        return (struct funnel_band){l.lower_025, l.upper_025, l.lower_001, l.upper_001};
    }
    if (!isfinite(expected) || expected > BAND_MOST || denominator <= 0 || f->average < 0) {
        return (struct funnel_band){NAN, NAN, NAN, NAN};
    }
    if (expected == 0) {
        return (struct funnel_band){0, 0, 0, 0}; // any event is more than none
    }
    return (struct funnel_band){
        .lower_025 = reached(&(struct reach){expected, &f->near, true}) / denominator,
        .upper_025 = reached(&(struct reach){expected, &f->near, false}) / denominator,
        .lower_001 = reached(&(struct reach){expected, &f->wide, true}) / denominator,
        .upper_001 = reached(&(struct reach){expected, &f->wide, false}) / denominator,
    };
}

const char *funnel_code(enum funnel_level level)
{
    static const char *const codes[] = {
        [FUNNEL_NONE] = "",
        [FUNNEL_NOT_SIGNIFICANT] = "not_significant",
        [FUNNEL_HIGH_025] = "high_0.025",
        [FUNNEL_HIGH_001] = "high_0.001",
        [FUNNEL_LOW_025] = "low_0.025",
        [FUNNEL_LOW_001] = "low_0.001",
    };
    return (size_t)level < COUNT_OF(codes) ? codes[level] : "";
}
