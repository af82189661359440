// Figures of counts: swings of two cases in twenty, what intervals cover, what bands tell apart.
#include <math.h>
#include <stdio.h>

#include "engine/against.h"
#include "engine/compare.h"
#include "engine/interval.h"
#include "engine/spc.h"
#include "simulate.h"

// --- Two cases in twenty

enum { CASES = 20, SWING = 2, POINTS = 25 };
#define PER_CASE (100.0 / CASES)

// Levels, in cases: from a fifth to four fifths nothing may be called; nearer the ends it is told.
enum { LEVEL_LEAST = 4, LEVEL_MOST = 16, END_LEAST = 2, END_MOST = 18 };

struct failures {
    size_t tried, verdicts, assurances, outside;
};

static bool is_failure(enum verdict v)
{
    return v == VERDICT_WORSE || v == VERDICT_WORST;
}

// The figure swings by two cases from what the benchmark says, higher is better: by its own
// interval, and by the limits round the benchmark.
static void judge_against(int level, struct failures *f)
{
    double cases = level - SWING;
    struct confidence c = confidence_of_percent(95);
    struct interval i = interval_over(interval_wilson(cases, CASES, &c), 1, 100);
    struct against_input in = against_blank();
    in.polarity = POLARITY_HIGHER;
    in.value = cases * PER_CASE;
    in.benchmark = level * PER_CASE;
    in.lower = i.lower;
    in.upper = i.upper;
    in.denominator = CASES;
    in.unit = 100;
    in.z = c.z;
    in.method = AGAINST_PROPORTION;
    f->verdicts += is_failure(against_compare(&in));
    in.method = AGAINST_SINGLE;
    f->verdicts += is_failure(against_compare(&in));
    f->tried += 2;
}

// A stable percentage of twenty for two years, the latest one two cases under its level; the level
// is the target.
static void judge_chart(struct dice *d, int level, struct failures *f)
{
    double values[POINTS];
    for (size_t i = 0; i + 1 < POINTS; i++) {
        values[i] = PER_CASE * dice_binomial(d, CASES, (double)level / CASES);
    }
    values[POINTS - 1] = PER_CASE * (level - SWING);
    struct spc_how how = spc_how_default(SPC_MDC);
    how.improvement = IMPROVEMENT_INCREASE;
    struct spc_segment segment;
    struct spc_point points[POINTS];
    struct spc_target target = {PER_CASE * level, NAN, NAN};
    size_t segments = spc_evaluate(values, NULL, POINTS, &how, &segment, points);
    struct spc_summary sum =
        spc_summarise(&segment, segments, points, values, POINTS, &how, &target);
    f->assurances += sum.assurance == ASSURANCE_FAIL;
    f->outside += (points[POINTS - 1].flags & SPC_OUTSIDE) != 0;
    f->tried++;
}

void simulate_two_in_twenty(struct table *t, struct dice *d, size_t size)
{
    struct failures against = {0}, charts = {0}, end_against = {0}, end_charts = {0};
    for (int level = END_LEAST; level < CASES; level++) {
        bool is_end = level < LEVEL_LEAST || level > LEVEL_MOST;
        judge_against(level, is_end ? &end_against : &against);
    }
    for (size_t i = 0; i < size; i++) {
        int level = END_LEAST + (int)(i % (END_MOST - END_LEAST + 1));
        bool is_end = level < LEVEL_LEAST || level > LEVEL_MOST;
        judge_chart(d, level, is_end ? &end_charts : &charts);
    }
    table_head("Twenty cases, the latest figure two of them under its level", "");
    table_never(t, "level from 4 to 16 of 20: worse than a benchmark at that level",
                against.verdicts, against.tried);
    table_never(t, "the same: \"will not be met\" of a target at that level", charts.assurances,
                charts.tried);
    table_rare(t, "the same: outside the limits of its own chart", charts.outside, charts.tried);
    table_count(t, "nearer the ends: worse than a benchmark at that level", end_against.verdicts,
                end_against.tried);
    table_never(t, "the same: \"will not be met\" of a target at that level", end_charts.assurances,
                end_charts.tried);
    table_count(t, "the same: outside the limits of its own chart", end_charts.outside,
                end_charts.tried);
}

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
