// Figures of counts: what intervals cover, what bands tell apart.
#include <math.h>
#include <stdio.h>

#include "engine/compare.h"
#include "engine/interval.h"
#include "simulate.h"

// --- Coverage

static double binomial_share(int x, int n, double p)
{
    return exp(lgamma(n + 1.0) - lgamma(x + 1.0) - lgamma(n - x + 1.0) + x * log(p) +
               (n - x) * log1p(-p));
}

// The chance that Wilson's interval holds the truth: its mean over truths from 5 to 95 %, or the
// least of them.
static double coverage(int n, double level, bool least)
{
    struct confidence c = confidence_of_percent(level);
    double sum = 0, lowest = 1;
    int truths = 0;
    for (double p = 0.05; p < 0.9505; p += 0.001, truths++) {
        double covered = 0;
        for (int x = 0; x <= n; x++) {
            struct interval i = interval_wilson(x, n, &c);
            covered += i.lower <= p && p <= i.upper ? binomial_share(x, n, p) : 0;
        }
        sum += covered;
        lowest = fmin(lowest, covered);
    }
    return least ? lowest : sum / truths;
}

void simulate_coverage(struct table *t)
{
    static const int sizes[] = {20, 100, 400};
    table_head("How often Wilson's interval holds the truth, truths from 5 to 95 %", ", %");
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char what[80];
        snprintf(what, sizeof what, "95 %% of %d cases, on average", sizes[i]);
        table_exact(t, what, coverage(sizes[i], 95, false), 0.945, 0.96, 100);
        snprintf(what, sizeof what, "95 %% of %d cases, at worst", sizes[i]);
        table_exact(t, what, coverage(sizes[i], 95, true), 0.9, 0.95, 100);
        snprintf(what, sizeof what, "99.8 %% of %d cases, on average", sizes[i]);
        table_exact(t, what, coverage(sizes[i], 99.8, false), 0.99, 0.999, 100);
    }
}

// --- Tie bands

enum { CLIENTS = 200, AREAS_MOST = 16 };
#define TRUTH 0.8

// The chance that the intervals of two areas that are the same do not touch.
static double predict_apart(const struct confidence *c)
{
    double apart = 0;
    for (int x = 0; x <= CLIENTS; x++) {
        struct interval a = interval_wilson(x, CLIENTS, c);
        for (int y = 0; y < x; y++) {
            struct interval b = interval_wilson(y, CLIENTS, c);
            if (b.upper < a.lower) {
                apart += 2 * binomial_share(x, CLIENTS, TRUTH) * binomial_share(y, CLIENTS, TRUTH);
            }
        }
    }
    return apart;
}

// A league of areas that are all the same: the share whose band leaves somebody out.
static double league(struct dice *d, size_t areas, const struct confidence *c,
                     struct arena *scratch)
{
    double values[AREAS_MOST] = {0}, lower[AREAS_MOST] = {0}, upper[AREAS_MOST] = {0};
    size_t ranks[AREAS_MOST], last = 0, short_bands = 0;
    struct compare_band bands[AREAS_MOST];
    for (size_t i = 0; i < areas; i++) {
        struct interval v = interval_wilson(dice_binomial(d, CLIENTS, TRUTH), CLIENTS, c);
        values[i] = v.value;
        lower[i] = v.lower;
        upper[i] = v.upper;
    }
    compare_rank(values, areas, POLARITY_HIGHER, ranks, scratch);
    compare_bands(values, lower, upper, ranks, areas, bands, scratch);
    for (size_t i = 0; i < areas; i++) {
        last = ranks[i] > last ? ranks[i] : last;
    }
    for (size_t i = 0; i < areas; i++) {
        short_bands += bands[i].best > 1 || bands[i].worst < last;
    }
    return (double)short_bands / (double)areas;
}

void simulate_bands(struct table *t, struct dice *d, size_t size, struct arena *scratch)
{
    struct confidence c = confidence_of_percent(95);
    struct tally pairs = {0}, leagues = {0};
    for (size_t i = 0; i < size / 4; i++) {
        tally_add(&pairs, league(d, 2, &c, scratch));
    }
    for (size_t i = 0; i < size / 40; i++) {
        tally_add(&leagues, league(d, AREAS_MOST, &c, scratch));
    }
    table_head("Areas that are all the same (80 % of 200 cases) and are told apart", ", %");
    table_line(t, "two areas", &pairs, predict_apart(&c), 0, 100);
    table_told(t, "areas of sixteen whose band leaves somebody out", &leagues, 100);
}
