#include "engine/interval.h"

#include <math.h>

#include "engine/special.h"

static const struct interval UNDEFINED = {NAN, NAN, NAN};

static double exact_lower(double x, const struct confidence *c)
{
    return chi_square_quantile(c->tail, 2 * x) / 2;
}

static double exact_upper(double x, const struct confidence *c)
{
    return chi_square_quantile(c->below, 2 * x + 2) / 2;
}

static struct confidence make(double tail, double below)
{
    struct confidence c = {.tail = tail, .below = below, .z = normal_quantile(below)};
    for (int x = 0; x < INTERVAL_FEW; x++) {
        c.small_lower[x] = exact_lower(x, &c);
        c.small_upper[x] = exact_upper(x, &c);
    }
    return c;
}

struct confidence confidence_of_share(double share)
{
    double tail = (1 - share) / 2;
    return make(tail, share + tail);
}

struct confidence confidence_of_tail(double tail)
{
    return make(tail, 1 - tail);
}

struct confidence confidence_of_percent(double percent)
{
    // The double nearest to the hundredth: 99.8 / 100 may be the one beside it.
    static const double PARTS = 1e9;
    return confidence_of_share(nearbyint(percent * (PARTS / 100)) / PARTS);
}

struct interval interval_wilson(double x, double n, const struct confidence *c)
{
    if (!(x >= 0 && n > 0 && x <= n && isfinite(n))) {
        return UNDEFINED;
    }
    double z2 = c->z * c->z;
    double root = c->z * sqrt(z2 + 4 * x * (1 - x / n));
    double sum = 2 * x + z2 + root;
    double lower = 2 * x * (x / n) / sum;
    double upper = x == n ? 1 : sum / (2 * (n + z2));
    return (struct interval){x / n, fmin(lower, 1), fmin(upper, 1)};
}

struct interval interval_byar(double x, const struct confidence *c)
{
    if (!(x >= 0 && isfinite(x))) {
        return UNDEFINED;
    }
    double below = 1 - 1 / (9 * x) - c->z / (3 * sqrt(x));
    double next = x + 1;
    double above = 1 - 1 / (9 * next) + c->z / (3 * sqrt(next));
    // For x = 0 `below` is minus infinity.
    double lower = below >= 0 ? x * (below * below * below) : NAN;
    return (struct interval){x, lower, next * (above * above * above)};
}

struct interval interval_exact(double x, const struct confidence *c)
{
    if (!(x >= 0 && isfinite(x))) {
        return UNDEFINED;
    }
    if (x < INTERVAL_FEW && floor(x) == x) {
        size_t i = (size_t)x;
        return (struct interval){x, c->small_lower[i], c->small_upper[i]};
    }
    return (struct interval){x, exact_lower(x, c), exact_upper(x, c)};
}

struct interval interval_count(double x, const struct confidence *c)
{
    return x < INTERVAL_FEW ? interval_exact(x, c) : interval_byar(x, c);
}

struct interval interval_over(struct interval count, double denominator, double multiplier)
{
    if (!(denominator > 0)) {
        return UNDEFINED;
    }
    return (struct interval){count.value / denominator * multiplier,
                             count.lower / denominator * multiplier,
                             count.upper / denominator * multiplier};
}

struct spread spread_of(const double *values, size_t count)
{
    struct spread s = {0, NAN, NAN};
    long double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            s.n++;
            sum += values[i];
        }
    }
    if (s.n == 0) {
        return s;
    }
    long double mean = sum / (long double)s.n;
    s.mean = (double)mean;
    if (s.n == 1) {
        return s;
    }
    // Equal values differ from their mean by its rounding only; as a double it is one of them.
    long double squares = 0;
    long double rest = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            long double off = values[i] - (long double)s.mean;
            squares += off * off;
            rest += off;
        }
    }
    squares -= rest * rest / (long double)s.n;
    s.deviation = (double)sqrtl(fmaxl(squares, 0) / (long double)(s.n - 1));
    return s;
}

struct interval interval_mean(const struct spread *s, const struct confidence *c)
{
    if (s->n < 2) {
        return (struct interval){s->mean, NAN, NAN};
    }
    double n = (double)s->n;
    double half = student_quantile_upper(c->tail, n - 1) * s->deviation / sqrt(n);
    return (struct interval){s->mean, s->mean - half, s->mean + half};
}
