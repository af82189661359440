#include "engine/standardise.h"

#include <math.h>

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

struct direct_rate direct_rate_of(const struct direct_stratum *strata, size_t count)
{
    long double observed = 0;
    long double rate = 0;
    long double variance = 0;
    long double weights = 0;
    for (size_t i = 0; i < count; i++) {
        const struct direct_stratum *s = &strata[i];
        long double people = or_zero(s->count);
        long double share = (long double)s->weight / s->population * s->events;
        observed += people * s->events;
        rate += people * share;
        variance += people * share * share;
        weights += s->repeats ? 0 : s->weight;
    }
    struct direct_rate d = {.observed = (double)observed, .rate = NAN, .variance = NAN};
    if (d.observed < INTERVAL_FEW) {
        d.gap = STANDARD_FEW;
    } else if (!(weights > 0)) {
        d.gap = STANDARD_UNWEIGHED;
    } else {
        d.rate = (double)(rate / weights);
        d.variance = (double)(variance / weights / weights);
    }
    return d;
}

struct interval direct_interval(const struct direct_rate *d, const struct confidence *c,
                                double multiplier)
{
    struct interval byar = interval_byar(d->observed, c);
    double scale = sqrt(d->variance / d->observed);
    return (struct interval){d->rate * multiplier,
                             (d->rate + scale * (byar.lower - d->observed)) * multiplier,
                             (d->rate + scale * (byar.upper - d->observed)) * multiplier};
}

struct indirect_ratio indirect_ratio_of(const struct indirect_stratum *strata, size_t count)
{
    long double observed = 0;
    long double expected = 0;
    long double events = 0;
    long double people = 0;
    for (size_t i = 0; i < count; i++) {
        const struct indirect_stratum *s = &strata[i];
        observed += or_zero(s->count);
        expected += or_zero(s->population) *
                    ((long double)or_zero(s->reference_count) / s->reference_population);
        events += or_zero(s->reference_count);
        people += s->reference_population;
    }
    return (struct indirect_ratio){.observed = (double)observed,
                                   .expected = (double)expected,
                                   .reference_rate = (double)(events / people),
                                   .gap = expected > 0 ? STANDARD_GIVEN : STANDARD_NONE_EXPECTED};
}

struct interval indirect_ratio_interval(const struct indirect_ratio *r, const struct confidence *c,
                                        double multiplier)
{
    return interval_over(interval_count(r->observed, c), r->expected, multiplier);
}

struct interval indirect_rate_interval(const struct indirect_ratio *r, const struct confidence *c,
                                       double multiplier)
{
    return indirect_ratio_interval(r, c, r->reference_rate * multiplier);
}
