#include "engine/trend.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "engine/special.h"
#include "engine/trend_parts.h"

struct trend_result trend_cannot(enum trend_reason reason, size_t n)
{
    return (struct trend_result){.marker = TREND_CANNOT_BE_CALCULATED,
                                 .reason = reason,
                                 .n = n,
                                 .slope = NAN,
                                 .intercept = NAN,
                                 .se = NAN,
                                 .statistic = NAN,
                                 .variance = NAN,
                                 .z = NAN,
                                 .p = NAN,
                                 .chi_square = NAN,
                                 .r_squared = NAN};
}

size_t trend_present(const struct trend_point *points, size_t count)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        present += isnan(points[i].value) ? 0 : 1;
    }
    return present;
}

// What is present, in order.
struct sequence {
    size_t n;
    double *times, *values;
};

static struct sequence sequence_of(struct arena *a, const struct trend_point *points, size_t count)
{
    struct sequence s = {0, ARENA_ARRAY(a, count, double), ARENA_ARRAY(a, count, double)};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(points[i].value)) {
            s.times[s.n] = points[i].time;
            s.values[s.n++] = points[i].value;
        }
    }
    return s;
}

static enum trend_marker marker_of(double direction, double p)
{
    if (!(p < TREND_LEVEL) || direction == 0) {
        return TREND_NO_CHANGE;
    }
    return direction > 0 ? TREND_INCREASING : TREND_DECREASING;
}

// --- Mann-Kendall

// Sorts `values` by merging, and counts the pairs of which the earlier is the larger.
static double sort_counting(double *values, double *scratch, size_t count)
{
    double inversions = 0; // whole, and exact far beyond what memory holds
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            size_t left = low, right = middle;
            for (size_t at = low; at < high; at++) {
                if (left < middle && (right == high || values[left] <= values[right])) {
                    scratch[at] = values[left++];
                } else {
                    inversions += (double)(middle - left);
                    scratch[at] = values[right++];
                }
            }
        }
        memcpy(values, scratch, count * sizeof *values);
    }
    return inversions;
}

struct kendall {
    double s, variance;
};

static double spread_of(double n)
{
    return (double)((long double)n * (long double)(n - 1) * (long double)(2 * n + 5));
}

// S = pairs - pairs of ties - 2 x pairs that fall.
static struct kendall kendall_of(struct arena *a, const struct sequence *s)
{
    double n = (double)s->n;
    double *sorted = ARENA_ARRAY(a, s->n, double);
    memcpy(sorted, s->values, s->n * sizeof *sorted);
    double falling = sort_counting(sorted, ARENA_ARRAY(a, s->n, double), s->n);
    double tied_pairs = 0, spread = spread_of(n);
    for (size_t from = 0, to = 0; from < s->n; from = to) {
        for (to = from + 1; to < s->n && sorted[to] == sorted[from]; to++) {
        }
        double ties = (double)(to - from);
        tied_pairs += ties * (ties - 1) / 2;
        spread -= spread_of(ties);
    }
    return (struct kendall){n * (n - 1) / 2 - tied_pairs - 2 * falling, spread / 18};
}

static void test_kendall(struct trend_result *r, const struct kendall *k)
{
    if (r->n < TREND_MANN_KENDALL_LEAST) {
        r->reason = TREND_TOO_FEW;
        return;
    }
    if (k->variance <= 0) {
        r->reason = TREND_ALL_EQUAL;
        r->marker = TREND_NO_CHANGE;
        return;
    }
    double away = fmax(fabs(k->s) - 1, 0);
    r->z = k->s == 0 ? 0 : copysign(away / sqrt(k->variance), k->s);
    r->p = erfc(fabs(r->z) / sqrt(2));
    r->reason = TREND_REASON_NONE;
    r->marker = marker_of(k->s, r->p);
}

struct trend_result trend_mann_kendall(struct arena *a, const struct trend_point *points,
                                       size_t count)
{
    struct sequence s = sequence_of(a, points, count);
    struct trend_result r = trend_cannot(TREND_TOO_FEW, s.n);
    if (s.n < 2) {
        return r;
    }
    struct kendall k = kendall_of(a, &s);
    r.statistic = k.s;
    r.variance = k.variance;
    test_kendall(&r, &k);
    struct line l = line_median(a, s.times, s.values, s.n);
    r.slope = l.slope;
    r.intercept = l.intercept;
    return r;
}

struct trend_result trend_theil_sen(struct arena *a, const struct trend_point *points, size_t count)
{
    struct trend_result kendall = trend_mann_kendall(a, points, count);
    struct trend_result r = trend_cannot(kendall.reason, kendall.n);
    r.slope = kendall.slope;
    r.intercept = kendall.intercept;
    r.marker = kendall.marker;
    if (r.n > LINE_MEDIAN_MAX) {
        r.marker = TREND_CANNOT_BE_CALCULATED;
        r.reason = TREND_TOO_MANY;
    }
    return r;
}

// --- Least squares

struct trend_result trend_ols(struct arena *a, const struct trend_point *points, size_t count)
{
    struct sequence s = sequence_of(a, points, count);
    struct line l = line_least_squares(s.times, s.values, s.n);
    struct trend_result r = trend_cannot(TREND_TOO_FEW, s.n);
    r.slope = l.slope;
    r.intercept = l.intercept;
    if (s.n < 3) {
        return r;
    }
    r.se = sqrt(l.variance / l.t_spread);
    if (l.total == 0) {
        r.marker = TREND_NO_CHANGE;
        r.reason = TREND_ALL_EQUAL;
        return r;
    }
    double explained = l.slope * l.slope * l.t_spread;
    r.r_squared = explained / (explained + l.residual);
    if (r.se > 0) {
        r.statistic = l.slope / r.se;
        r.p = 2 * student_upper(fabs(r.statistic), (double)(s.n - 2));
    } else {
        r.p = 0; // on the line to the last digit: t is infinite
    }
    r.reason = TREND_REASON_NONE;
    r.marker = marker_of(l.slope, r.p);
    return r;
}

// --- By name

struct trend_result trend_evaluate(struct arena *a, enum trend_method method,
                                   const struct trend_point *points, size_t count,
                                   enum trend_span span)
{
    switch (method) {
    case TREND_FIVE_POINT: return trend_five_point(points, count, span);
    case TREND_PROPORTION: return trend_proportion(points, count, span);
    case TREND_MANN_KENDALL: return trend_mann_kendall(a, points, count);
    case TREND_THEIL_SEN: return trend_theil_sen(a, points, count);
    case TREND_OLS: return trend_ols(a, points, count);
    case TREND_METHOD_COUNT: break;
    }
    return trend_cannot(TREND_TOO_FEW, 0);
}

const char *trend_method_code(enum trend_method m)
{
    static const char *const codes[TREND_METHOD_COUNT] = {
        [TREND_FIVE_POINT] = "five_point",
        [TREND_PROPORTION] = "proportion",
        [TREND_MANN_KENDALL] = "mann_kendall",
        [TREND_THEIL_SEN] = "theil_sen",
        [TREND_OLS] = "ols",
    };
    return (size_t)m < COUNT_OF(codes) ? codes[m] : "";
}

const char *trend_marker_code(enum trend_marker m)
{
    static const char *const codes[] = {
        [TREND_CANNOT_BE_CALCULATED] = "cannot_be_calculated",
        [TREND_NO_CHANGE] = "no_change",
        [TREND_INCREASING] = "increasing",
        [TREND_DECREASING] = "decreasing",
    };
    return (size_t)m < COUNT_OF(codes) ? codes[m] : "";
}

const char *trend_reason_code(enum trend_reason r)
{
    static const char *const codes[TREND_REASON_COUNT] = {
        [TREND_REASON_NONE] = "",
        [TREND_TOO_FEW] = "too_few_values",
        [TREND_TOO_MANY] = "too_many_values",
        [TREND_VALUE_MISSING] = "value_missing",
        [TREND_YEAR_MISSING] = "year_missing",
        [TREND_NOT_ANNUAL] = "not_annual",
        [TREND_YEAR_RANGE] = "several_years",
        [TREND_NO_INTERVAL] = "no_interval",
        [TREND_ZERO_WIDTH] = "zero_width_interval",
        [TREND_COUNT_IS_DENOMINATOR] = "count_is_denominator",
        [TREND_COUNT_ZERO] = "count_zero",
        [TREND_COUNT_OUTSIDE] = "count_outside_denominator",
        [TREND_DENOMINATOR_ZERO] = "denominator_zero",
        [TREND_ALL_EQUAL] = "all_equal",
    };
    return (size_t)r < COUNT_OF(codes) ? codes[r] : "";
}
