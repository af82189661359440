// False alarms and found shifts of the XmR chart, against theory.
#include <math.h>
#include <stdio.h>

#include "engine/spc.h"
#include "engine/special.h"
#include "simulate.h"

// A baseline that sets the limits at exactly three standard deviations, and two missing periods
// after it, over which nothing of a run, a trend or a window goes on.
enum { BASELINE = 12, PAUSE = 2, STREAM = 1000, ROWS = BASELINE + PAUSE + STREAM };
#define HALF_STEP (3 / (2 * 2.66))

static const enum spc_flag RULES[] = {SPC_OUTSIDE, SPC_TREND, SPC_TWO_IN_THREE, SPC_SHIFT};
static const char *const RULE_NAMES[] = {"outside", "trend", "two in three", "shift"};
enum { RULE_COUNT = COUNT_OF(RULES) };

static const char *const PROFILE_NAMES[] = {"mdc", "plotthedots"};

static void make_baseline(double values[])
{
    for (size_t i = 0; i < BASELINE; i++) {
        values[i] = i % 2 == 0 ? HALF_STEP : -HALF_STEP;
    }
    for (size_t i = BASELINE; i < BASELINE + PAUSE; i++) {
        values[i] = NAN;
    }
}

// --- What theory says of limits at three standard deviations: the share of points marked

static double predict_outside(void)
{
    return 2 * normal_upper(3);
}

static double factorial(int n)
{
    return n <= 1 ? 1 : n * factorial(n - 1);
}

// Points in a rising run of exactly L: L (1/L! - 2/(L+1)! + 1/(L+2)!), of independent figures of
// any distribution; twice, for falling runs; a peak or trough between two such runs counts once.
static double predict_trend(void)
{
    double share = 0;
    for (int length = SPC_RUN; length < 30; length++) {
        share += 2 * length *
                 (1 / factorial(length) - 2 / factorial(length + 1) + 1 / factorial(length + 2));
    }
    double both = factorial(12) / (factorial(6) * factorial(6)) / factorial(13);
    return share - 2 * both;
}

// A point stands in a run of exactly L on its side with chance L / 2^(L+1).
static double predict_shift(void)
{
    double shorter = 0;
    for (int length = 1; length < SPC_RUN; length++) {
        shorter += length / pow(2, length + 1);
    }
    return 1 - shorter;
}

enum near { FAR, SIDE, OTHER, NEARS };

// A far point and its four neighbours, each far, on its side or on the other: all ways.
static double predict_two_in_three(enum spc_profile profile)
{
    double far = normal_upper(2) - (profile == SPC_MDC ? 0 : normal_upper(3));
    const double chance[NEARS] = {far, 0.5 - far, 0.5};
    double share = 0;
    for (unsigned way = 0; way < 3 * 3 * 3 * 3; way++) {
        enum near p[5] = {way % 3, way / 3 % 3, FAR, way / 9 % 3, way / 27 % 3};
        bool marked = false;
        for (int i = 0; i <= 2; i++) {
            int fars = (p[i] == FAR) + (p[i + 1] == FAR) + (p[i + 2] == FAR);
            bool one_side = p[i] != OTHER && p[i + 1] != OTHER && p[i + 2] != OTHER;
            marked = marked || (one_side && fars >= 2);
        }
        share += marked ? chance[p[0]] * chance[p[1]] * chance[p[3]] * chance[p[4]] : 0;
    }
    return 2 * far * share;
}

// --- Known limits

static void tally_rules(const struct spc_point *points, size_t count, struct tally *tallies)
{
    for (size_t r = 0; r < RULE_COUNT; r++) {
        size_t marked = 0;
        for (size_t i = 0; i < count; i++) {
            marked += (points[i].flags & RULES[r]) != 0;
        }
        tally_add(&tallies[r], (double)marked / (double)count);
    }
}

void simulate_alarms(struct table *t, struct dice *d, size_t size)
{
    double values[ROWS];
    struct spc_point points[ROWS];
    struct tally tallies[SPC_PROFILES][RULE_COUNT] = {0};
    make_baseline(values);
    // The ends of a stream, where runs are cut short, are not counted.
    enum { FIRST = BASELINE + PAUSE + 30, COUNT = STREAM - 60 };
    for (size_t run = 0; run < size / 25 + 1; run++) {
        for (size_t i = BASELINE + PAUSE; i < ROWS; i++) {
            values[i] = dice_normal(d);
        }
        for (int p = 0; p < SPC_PROFILES; p++) {
            struct spc_how how = spc_how_default((enum spc_profile)p);
            struct spc_segment segment;
            how.fix_after = BASELINE;
            spc_evaluate(values, NULL, ROWS, &how, &segment, points);
            tally_rules(points + FIRST, COUNT, tallies[p]);
        }
    }
    table_head("False alarms: points marked of a stable process, limits known to be at three "
               "standard deviations",
               ", %");
    for (int p = 0; p < SPC_PROFILES; p++) {
        const double predicted[] = {predict_outside(), predict_trend(),
                                    predict_two_in_three((enum spc_profile)p), predict_shift()};
        for (size_t r = 0; r < RULE_COUNT; r++) {
            char what[80];
            snprintf(what, sizeof what, "%s, %s", PROFILE_NAMES[p], RULE_NAMES[r]);
            table_line(t, what, &tallies[p][r], predicted[r], 0, 100);
        }
    }
}

// --- Limits from the chart's own points

enum { CHART_MOST = 25 };

// Shares by bench/simulate.R, 3,000,000 charts, with standard errors: the rules in the order of
// RULES, the latest point, any point.
struct reference {
    size_t points;
    enum spc_profile profile;
    double share[RULE_COUNT + 2], error[RULE_COUNT + 2];
};
static const struct reference REFERENCES[] = {
    {25,
     SPC_MDC,
     {0.002561, 0.001908, 0.002857, 0.029420, 0.014112, 0.163692},
     {0.000006, 0.000013, 0.000009, 0.000055, 0.000068, 0.000214}},
    {25,
     SPC_PLOTTHEDOTS,
     {0.004490, 0.001908, 0.003100, 0.029420, 0.016376, 0.195756},
     {0.000008, 0.000013, 0.000010, 0.000055, 0.000073, 0.000229}},
    {13,
     SPC_MDC,
     {0.002377, 0.001356, 0.002903, 0.009569, 0.010677, 0.055204},
     {0.000008, 0.000016, 0.000014, 0.000042, 0.000059, 0.000132}},
};

static void chart(const double *values, const struct reference *r, struct tally *tallies)
{
    struct spc_how how = spc_how_default(r->profile);
    struct spc_segment segment;
    struct spc_point points[CHART_MOST];
    spc_evaluate(values, NULL, r->points, &how, &segment, points);
    tally_rules(points, r->points, tallies);
    bool any = false;
    for (size_t i = 0; i < r->points; i++) {
        any = any || points[i].flags != 0;
    }
    tally_add(&tallies[RULE_COUNT], points[r->points - 1].flags != 0);
    tally_add(&tallies[RULE_COUNT + 1], any);
}

void simulate_own_limits(struct table *t, struct dice *d, size_t size)
{
    static const char *const more[] = {"the latest point by any rule", "any point by any rule"};
    struct tally tallies[COUNT_OF(REFERENCES)][RULE_COUNT + 2] = {0};
    double values[CHART_MOST];
    for (size_t run = 0; run < size; run++) {
        for (size_t i = 0; i < COUNT_OF(values); i++) {
            values[i] = dice_normal(d);
        }
        for (size_t r = 0; r < COUNT_OF(REFERENCES); r++) {
            chart(values, &REFERENCES[r], tallies[r]);
        }
    }
    table_head("False alarms: charts of a stable process, limits from their own points", ", %");
    for (size_t r = 0; r < COUNT_OF(REFERENCES); r++) {
        for (size_t k = 0; k < RULE_COUNT + 2; k++) {
            const struct reference *of = &REFERENCES[r];
            char what[120];
            snprintf(what, sizeof what, "%s, %zu points: %s%s", PROFILE_NAMES[of->profile],
                     of->points, k < RULE_COUNT ? "points by " : "",
                     k < RULE_COUNT ? RULE_NAMES[k] : more[k - RULE_COUNT]);
            table_line(t, what, &tallies[r][k], of->share[k], of->error[k], 100);
        }
    }
}
