// The latest five yearly values: weighted by their intervals, or as proportions.
#include "engine/trend_parts.h"

#include <math.h>

enum { ALL = TREND_POINTS }; // leaves none out

// What is fitted at t = 1...5.
struct weighted {
    long double y[TREND_POINTS], weight[TREND_POINTS];
};

struct weighted_line {
    long double slope, intercept;
    long double spread; // sum of w (t - mean t)^2
};

// Around the weighted means, so that equal values have a slope of exactly 0: written out,
// (W Swty - Swt Swy) / (W Swtt - Swt^2), it would be what rounding leaves.
static struct weighted_line fit_without(const struct weighted *five, int left_out)
{
    long double total = 0, t_mean = 0, y_mean = 0, spread = 0, products = 0;
    int from = left_out == 0 ? 1 : 0; // differences to one of the values are small and exact
    for (int i = 0; i < TREND_POINTS; i++) {
        if (i != left_out) {
            total += five->weight[i];
            t_mean += five->weight[i] * (long double)(i - from);
            y_mean += five->weight[i] * (five->y[i] - five->y[from]);
        }
    }
    t_mean /= total;
    y_mean /= total;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (i != left_out) {
            long double t = (long double)(i - from) - t_mean;
            spread += five->weight[i] * t * t;
            products += five->weight[i] * t * (five->y[i] - five->y[from] - y_mean);
        }
    }
    struct weighted_line l = {.slope = products / spread, .spread = spread};
    l.intercept = five->y[from] + y_mean - l.slope * ((long double)(from + 1) + t_mean);
    return l;
}

static int sign(long double x)
{
    return (x > 0) - (x < 0);
}

// No single value makes the slope: it points the same way without each of them.
static bool keeps_sign(const struct weighted *five, long double slope)
{
    for (int i = 0; i < TREND_POINTS; i++) {
        if (sign(fit_without(five, i).slope) != sign(slope)) {
            return false;
        }
    }
    return sign(slope) != 0;
}

static void mark(struct trend_result *r, const struct weighted *five,
                 const struct weighted_line *line, long double chi_square)
{
    r->n = TREND_POINTS;
    r->slope = (double)line->slope;
    r->intercept = (double)line->intercept;
    r->chi_square = (double)chi_square;
    r->p = erfc(sqrt(r->chi_square / 2)); // of chi-square with 1 df
    r->marker = TREND_NO_CHANGE;
    if (r->chi_square > TREND_CHI_SQUARE && keeps_sign(five, line->slope)) {
        r->marker = line->slope > 0 ? TREND_INCREASING : TREND_DECREASING;
    }
}

// The latest five in `ret_latest`, when they are five years in a row.
static enum trend_reason latest_five(const struct trend_point *points, size_t count,
                                     enum trend_span span, const struct trend_point **ret_latest)
{
    if (span != TREND_SPAN_YEAR) {
        return span == TREND_SPAN_YEARS ? TREND_YEAR_RANGE : TREND_NOT_ANNUAL;
    }
    if (count < TREND_POINTS) {
        return TREND_TOO_FEW;
    }
    const struct trend_point *latest = points + count - TREND_POINTS;
    for (int i = 0; i < TREND_POINTS; i++) {
        if (isnan(latest[i].value)) {
            return TREND_VALUE_MISSING;
        }
    }
    for (int i = 1; i < TREND_POINTS; i++) {
        double step = latest[i].time - latest[i - 1].time;
        if (step != 1) {
            return step > 1 ? TREND_YEAR_MISSING : TREND_NOT_ANNUAL;
        }
    }
    *ret_latest = latest;
    return TREND_REASON_NONE;
}

static bool is_whole(const struct trend_point *p)
{
    return p->count == p->denominator; // false where either is missing
}

static enum trend_reason weigh(const struct trend_point *latest, struct weighted *ret_five)
{
    for (int i = 0; i < TREND_POINTS; i++) {
        const struct trend_point *p = &latest[i];
        long double se = ((long double)p->upper - (long double)p->lower) / 3.92L;
        if (isnan(se)) {
            return TREND_NO_INTERVAL;
        }
        if (is_whole(p)) {
            return TREND_COUNT_IS_DENOMINATOR;
        }
        if (se == 0) {
            return TREND_ZERO_WIDTH;
        }
        ret_five->y[i] = (long double)p->value;
        ret_five->weight[i] = 1 / (se * se);
    }
    return TREND_REASON_NONE;
}

struct trend_result trend_five_point(const struct trend_point *points, size_t count,
                                     enum trend_span span)
{
    const struct trend_point *latest = NULL;
    struct weighted five;
    enum trend_reason reason = latest_five(points, count, span, &latest);
    if (reason == TREND_REASON_NONE) {
        reason = weigh(latest, &five);
    }
    struct trend_result r = trend_cannot(reason, trend_present(points, count));
    if (reason != TREND_REASON_NONE) {
        return r;
    }
    struct weighted_line line = fit_without(&five, ALL);
    r.se = (double)sqrtl(1 / line.spread);
    mark(&r, &five, &line, line.slope * line.slope * line.spread);
    return r;
}

static enum trend_reason take_logits(const struct trend_point *latest, struct weighted *ret_five)
{
    for (int i = 0; i < TREND_POINTS; i++) {
        const struct trend_point *p = &latest[i];
        if (isnan(p->count) || isnan(p->denominator)) {
            return TREND_VALUE_MISSING;
        }
        if (p->denominator <= 0) {
            return TREND_DENOMINATOR_ZERO;
        }
        if (is_whole(p)) {
            return TREND_COUNT_IS_DENOMINATOR;
        }
        if (p->count == 0) {
            return TREND_COUNT_ZERO;
        }
        if (p->count < 0 || p->count > p->denominator) {
            return TREND_COUNT_OUTSIDE;
        }
        long double x = (long double)p->count;
        ret_five->y[i] = logl(x / ((long double)p->denominator - x));
        ret_five->weight[i] = 1;
    }
    return TREND_REASON_NONE;
}

// N (N Sxt - X Snt)^2 / (X (N - X) (N Sntt - Snt^2))
static long double proportion_chi_square(const struct trend_point *latest)
{
    long double n = 0, x = 0, xt = 0, nt = 0, ntt = 0;
    for (int i = 0; i < TREND_POINTS; i++) {
        long double t = (long double)(i + 1);
        n += (long double)latest[i].denominator;
        x += (long double)latest[i].count;
        xt += (long double)latest[i].count * t;
        nt += (long double)latest[i].denominator * t;
        ntt += (long double)latest[i].denominator * t * t;
    }
    long double away = n * xt - x * nt;
    return n * away * away / (x * (n - x) * (n * ntt - nt * nt));
}

struct trend_result trend_proportion(const struct trend_point *points, size_t count,
                                     enum trend_span span)
{
    const struct trend_point *latest = NULL;
    struct weighted five;
    enum trend_reason reason = latest_five(points, count, span, &latest);
    if (reason == TREND_REASON_NONE) {
        reason = take_logits(latest, &five);
    }
    struct trend_result r = trend_cannot(reason, trend_present(points, count));
    if (reason != TREND_REASON_NONE) {
        return r;
    }
    struct weighted_line line = fit_without(&five, ALL);
    mark(&r, &five, &line, proportion_chi_square(latest));
    return r;
}
