#include <math.h>

#include "engine.h"

// Figures of one decimal, the charts of Making Data Count.
static struct sweep_input input_of(const struct country *c)
{
    return (struct sweep_input){.values = c->values,
                                .length = c->length,
                                .targets = c->targets,
                                .green_within = c->green,
                                .amber_within = c->amber,
                                .polarity = c->polarity};
}

static struct sweep_how how_of(void)
{
    return (struct sweep_how){.spc = spc_how_default(SPC_MDC), .decimals = 1};
}

void pass_full(const struct country *c, size_t first, size_t end, struct sweep_result *result)
{
    struct sweep_input in = input_of(c);
    struct sweep_how how = how_of();
    struct spc_point scratch[64]; // as many as a series may have
    sweep_full(&in, &how, first, end, scratch, result);
}

void pass_limits(const struct country *c, size_t first, size_t end, struct sweep_result *result)
{
    struct sweep_input in = input_of(c);
    struct sweep_how how = how_of();
    sweep_limits(&in, &how, first, end, result);
}

static enum status plain_status(double value, double target, double amber, enum polarity polarity)
{
    if (polarity == POLARITY_NONE) {
        return STATUS_NO_TARGET;
    }
    double worse = polarity == POLARITY_HIGHER ? rint(target * 10) - rint(value * 10)
                                               : rint(value * 10) - rint(target * 10);
    return worse <= 0                  ? STATUS_ON_TARGET
           : worse <= rint(amber * 10) ? STATUS_SLIGHTLY_OFF
                                       : STATUS_OFF_TARGET;
}

static enum travel plain_travel(double value, double before, enum polarity polarity)
{
    if (polarity == POLARITY_NONE) {
        return TRAVEL_NOT_COMPARABLE;
    }
    double better = polarity == POLARITY_HIGHER ? value - before : before - value;
    return better > 0 ? TRAVEL_IMPROVED : better < 0 ? TRAVEL_WORSE : TRAVEL_SAME;
}

void pass_plain(const struct country *c, size_t first, size_t end, struct sweep_result *result)
{
    for (size_t s = first; s < end; s++) {
        const double *v = c->values + s * c->length;
        double sum = v[0], ranges = 0;
        for (size_t i = 1; i < c->length; i++) {
            sum += v[i];
            ranges += fabs(v[i] - v[i - 1]);
        }
        double mean = sum / (double)c->length;
        double reach = 2.66 * ranges / (double)(c->length - 1);
        double last = v[c->length - 1], before = v[c->length - 2];
        enum polarity polarity = (enum polarity)c->polarity[s];
        result->mean[s] = mean;
        result->lower[s] = mean - reach;
        result->upper[s] = mean + reach;
        result->status[s] = (uint8_t)plain_status(last, c->targets[s], c->amber[s], polarity);
        result->travel[s] = (uint8_t)plain_travel(last, before, polarity);
    }
}

// Sixteen sums at a time: as fast as the memory gives.
void pass_read(const struct country *c, size_t first, size_t end, struct sweep_result *result)
{
    typedef double sixteen __attribute__((vector_size(16 * sizeof(double)), aligned(8)));
    const double *from = c->values + first * c->length;
    size_t count = (end - first) * c->length;
    sixteen sum = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        sum += *(const sixteen *)(const void *)(from + i);
    }
    double all = 0;
    for (int k = 0; k < 16; k++) {
        all += sum[k];
    }
    for (; i < count; i++) {
        all += from[i];
    }
    (void)result;
    c->sums[first] = all; // so that it has to be worked out
}

// a = b + 3 c, as in McCalpin's STREAM.
void pass_triad(const struct country *c, size_t first, size_t end, struct sweep_result *result)
{
    size_t all = c->series * c->length, from = first * c->length, to = end * c->length;
    double *a = c->triad;
    const double *b = a + all, *d = b + all;
    (void)result;
    for (size_t i = from; i < to; i++) {
        a[i] = b[i] + 3 * d[i];
    }
}
