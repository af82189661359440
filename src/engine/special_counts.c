#include <math.h>
#include <stdbool.h>

#include "engine/special.h"

// Above this the sums take too long to be worth an answer.
static const double TRIALS_MAX = 1e12;

double poisson_cdf(double k, double mean)
{
    if (!(mean >= 0 && isfinite(mean)) || isnan(k)) {
        return NAN;
    }
    if (k < 0) {
        return 0;
    }
    return mean == 0 || isinf(k) ? 1 : gamma_upper(floor(k) + 1, mean);
}

double poisson_upper(double k, double mean)
{
    if (!(mean >= 0 && isfinite(mean)) || isnan(k)) {
        return NAN;
    }
    if (k < 0) {
        return 1;
    }
    return mean == 0 || isinf(k) ? 0 : gamma_lower(floor(k) + 1, mean);
}

static bool is_binomial(double n, double chance)
{
    return n >= 0 && n <= TRIALS_MAX && floor(n) == n && chance >= 0 && chance <= 1;
}

double binomial_upper(double k, double n, double chance)
{
    if (!is_binomial(n, chance) || isnan(k)) {
        return NAN;
    }
    if (k < 0 || k >= n) {
        return k < 0 ? 1 : 0;
    }
    return beta_lower(floor(k) + 1, n - floor(k), chance);
}

double binomial_cdf(double k, double n, double chance)
{
    if (!is_binomial(n, chance) || isnan(k)) {
        return NAN;
    }
    if (k < 0 || k >= n) {
        return k < 0 ? 0 : 1;
    }
    return beta_upper(floor(k) + 1, n - floor(k), chance);
}

// A distribution over 0, 1, 2, ...; `most` may be infinite.
struct counts {
    double (*cdf)(const struct counts *c, double k);
    double mean, deviation, most;
    double n, chance;
};

static double poisson_at(const struct counts *c, double k)
{
    return poisson_cdf(k, c->mean);
}

static double binomial_at(const struct counts *c, double k)
{
    return binomial_cdf(k, c->n, c->chance);
}

// The smallest k with cdf >= p: a guess from the normal, a bracket in widening steps, halved.
static double counts_quantile(const struct counts *c, double p)
{
    // A chance that is p but for its rounding counts as p.
    double least = p * (1 - 64 * 2.22e-16);
    double guess = floor(c->mean + normal_quantile(p) * c->deviation);
    double high = fmin(fmax(guess, 0), c->most);
    double step = 1;
    while (high < c->most && c->cdf(c, high) < least) {
        high = fmin(high + step, c->most);
        step *= 2;
    }
    double low = high; // becomes -1 or a count whose cdf is too small
    for (step = 1; low >= 0 && c->cdf(c, low) >= least; step *= 2) {
        low = fmax(low - step, -1);
    }
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);
        if (c->cdf(c, middle) >= least) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

double poisson_quantile(double p, double mean)
{
    if (!(p >= 0 && p <= 1 && mean >= 0 && mean < 1e15)) {
        return NAN;
    }
    if (p == 0 || mean == 0) {
        return 0;
    }
    struct counts c = {.cdf = poisson_at, .mean = mean, .deviation = sqrt(mean), .most = INFINITY};
    return p == 1 ? INFINITY : counts_quantile(&c, p);
}

double binomial_quantile(double p, double n, double chance)
{
    if (!(p >= 0 && p <= 1) || !is_binomial(n, chance)) {
        return NAN;
    }
    if (p == 0 || n == 0 || chance == 0) {
        return 0;
    }
    if (p == 1 || chance == 1) {
        return n;
    }
    struct counts c = {.cdf = binomial_at,
                       .mean = n * chance,
                       .deviation = sqrt(n * chance * (1 - chance)),
                       .most = n,
                       .n = n,
                       .chance = chance};
    return counts_quantile(&c, p);
}
