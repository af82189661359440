// The pass over a whole country gives what the single engines give, on random series of every
// kind: with gaps, with ties, all equal, long and short, at the edge between two roundings.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sweep.h"

enum { SERIES = 20000, LENGTH_MOST = 80, ROWS = SERIES * LENGTH_MOST };

// A small generator of its own, so that every machine tests the same series.
static uint64_t seed = 20261122;

static uint64_t random_bits(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static size_t below(size_t bound)
{
    return (size_t)(random_bits() % bound);
}

static double one_of(const double *figures, size_t count)
{
    return figures[below(count)];
}

enum kind { NOISE, TIES, CONSTANT, DRIFT, STEP, SPARSE, HUGE_FIGURES, KINDS };

static double figure(enum kind kind, size_t i, size_t count)
{
    static const double ties[] = {1, 2, 3, 2, 2}, edges[] = {0.05, 0.15, 1.005, 70.25, 70.35};
    double noise = ((double)below(2001) - 1000) / 100; // two places
    switch (kind) {
    case NOISE: return 70 + noise;
    case TIES: return one_of(ties, COUNT_OF(ties));
    case CONSTANT: return 0.1;
    case DRIFT: return (double)i * 0.7 + noise / 9;
    case STEP: return (i < count / 2 ? 10 : 20) + noise / 5;
    case SPARSE: return below(9) == 0 ? one_of(edges, COUNT_OF(edges)) : 0;
    case HUGE_FIGURES: return 1e14 * noise;
    case KINDS: break;
    }
    return 0;
}

struct country {
    double *values, *targets, *green, *amber;
    size_t *offsets;
    uint8_t *polarity;
};

static void *room(size_t count, size_t size)
{
    void *p = calloc(count, size);
    assert_non_null(p);
    return p;
}

static struct country make_country(void)
{
    static const double targets[] = {NAN, 70, 70.25, 2, 0.29, -3.05, 10};
    static const double tolerances[] = {0, 0.29, 0.05, 5, 1200};
    struct country c = {room(ROWS, 8),
                        room(SERIES, 8),
                        room(SERIES, 8),
                        room(SERIES, 8),
                        room(SERIES + 1, sizeof(size_t)),
                        room(SERIES, 1)};
    for (size_t s = 0; s < SERIES; s++) {
        // Every other sixteen are of one length, without gaps and ranges: those go four at a time.
        bool is_calm = s / 16 % 2 == 0;
        size_t count = below(8) == 0 ? below(LENGTH_MOST + 1) : below(40);
        count = is_calm && s % 16 != 0 ? c.offsets[s] - c.offsets[s - 1] : count;
        enum kind kind = (enum kind)below(KINDS);
        bool has_gaps = !is_calm && below(3) == 0;
        for (size_t i = 0; i < count; i++) {
            bool is_gap = has_gaps && below(5) == 0;
            c.values[c.offsets[s] + i] = is_gap ? NAN : figure(kind, i, count);
        }
        c.offsets[s + 1] = c.offsets[s] + count;
        c.targets[s] = one_of(targets, COUNT_OF(targets));
        c.green[s] = one_of(tolerances, COUNT_OF(tolerances));
        c.amber[s] = one_of(tolerances, COUNT_OF(tolerances));
        c.polarity[s] = (uint8_t)below(POLARITY_RANGE + !is_calm);
    }
    return c;
}

static struct sweep_result make_result(void)
{
    return (struct sweep_result){room(SERIES, 8), room(SERIES, 8), room(SERIES, 8), room(SERIES, 1),
                                 room(SERIES, 1), room(SERIES, 1), room(SERIES, 1), room(ROWS, 1)};
}

static void free_result(struct sweep_result *r)
{
    void *all[] = {r->mean,   r->lower,     r->upper,     r->status,
                   r->travel, r->variation, r->assurance, r->points};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        free(all[i]);
    }
}

static void assert_same(double ours, double expected, size_t series, const char *what)
{
    bool both_unknown = isnan(ours) && isnan(expected);
    if (!both_unknown && memcmp(&ours, &expected, sizeof ours) != 0) {
        fail_msg("series %zu: %s %.17g, not %.17g", series, what, ours, expected);
    }
}

// The decimal a person would have written.
static struct dec written(double value)
{
    char text[64];
    for (int digits = 1; digits <= 17; digits++) {
        int length = snprintf(text, sizeof text, "%.*g", digits, value);
        double back = strtod(text, NULL);
        struct dec d = DEC_NONE;
        if (length > 0 && !(back < value) && !(back > value) &&
            dec_parse(text, (size_t)length, &d)) {
            return d;
        }
    }
    return DEC_NONE; // NaN, or with an exponent
}

static struct dec decimal(double value, int decimals)
{
    struct dec d = written(value);
    return d.present ? dec_round(d, decimals) : dec_from_double(value, decimals);
}

static void check_status(const struct country *c, size_t s, int decimals,
                         const struct sweep_result *r)
{
    size_t count = c->offsets[s + 1] - c->offsets[s];
    const double *values = c->values + c->offsets[s];
    double value = count > 0 ? values[count - 1] : NAN;
    struct rule rule = {.kind = RULE_TOLERANCE,
                        .green_within = written(c->green[s]),
                        .amber_within = written(c->amber[s])};
    struct status_input in = {.state = isnan(value) ? FIGURE_MISSING : FIGURE_PRESENT,
                              .polarity = (enum polarity)c->polarity[s],
                              .decimals = decimals,
                              .value = decimal(value, decimals),
                              .target = decimal(c->targets[s], decimals)};
    assert_int_equal(r->status[s], status_evaluate(&in, &rule).status);
    struct travel_input travel = {.polarity = in.polarity,
                                  .decimals = decimals,
                                  .value = in.value,
                                  .before = decimal(count > 1 ? values[count - 2] : NAN, decimals)};
    assert_int_equal(r->travel[s], travel_evaluate(&travel).travel);
}

static void check_chart(const struct country *c, size_t s, const struct spc_how *how,
                        const struct sweep_result *r)
{
    static const enum improvement ways[] = {
        [POLARITY_NONE] = IMPROVEMENT_NEUTRAL,
        [POLARITY_HIGHER] = IMPROVEMENT_INCREASE,
        [POLARITY_LOWER] = IMPROVEMENT_DECREASE,
        [POLARITY_RANGE] = IMPROVEMENT_NEUTRAL,
    };
    size_t count = c->offsets[s + 1] - c->offsets[s];
    const double *values = c->values + c->offsets[s];
    struct spc_how own = *how;
    own.improvement = ways[c->polarity[s]];
    struct spc_segment segment;
    struct spc_point points[LENGTH_MOST];
    size_t segments = spc_evaluate(values, NULL, count, &own, &segment, points);
    struct spc_target target = {c->targets[s], NAN, NAN};
    struct spc_summary sum =
        spc_summarise(&segment, segments, points, values, count, &own, &target);
    assert_same(r->mean[s], sum.mean, s, "mean");
    assert_same(r->lower[s], sum.lower, s, "lower");
    assert_same(r->upper[s], sum.upper, s, "upper");
    assert_int_equal(r->variation[s], sum.variation);
    assert_int_equal(r->assurance[s], sum.assurance);
    for (size_t i = 0; i < count; i++) {
        uint8_t point = r->points[c->offsets[s] + i];
        if (sweep_flags(point) != points[i].flags || sweep_type(point) != points[i].type) {
            fail_msg("series %zu of %zu rows, row %zu: flags %u type %d, not %u %d", s, count, i,
                     sweep_flags(point), sweep_type(point), points[i].flags, points[i].type);
        }
    }
}

static void check_country(const struct country *c, const struct sweep_how *how)
{
    struct sweep_input in = {.values = c->values,
                             .offsets = c->offsets,
                             .targets = c->targets,
                             .green_within = c->green,
                             .amber_within = c->amber,
                             .polarity = c->polarity};
    struct sweep_result full = make_result(), limits = make_result();
    struct spc_point *scratch = room(sweep_longest(&in, 0, SERIES), sizeof *scratch);
    // In two parts, as threads would.
    sweep_full(&in, how, SERIES / 3, SERIES, scratch, &full);
    sweep_full(&in, how, 0, SERIES / 3, scratch, &full);
    sweep_limits(&in, how, 0, SERIES, &limits);
    for (size_t s = 0; s < SERIES; s++) {
        check_chart(c, s, &how->spc, &full);
        check_status(c, s, how->decimals, &full);
        assert_same(limits.mean[s], full.mean[s], s, "mean");
        assert_same(limits.lower[s], full.lower[s], s, "lower");
        assert_same(limits.upper[s], full.upper[s], s, "upper");
        assert_int_equal(limits.status[s], full.status[s]);
        assert_int_equal(limits.travel[s], full.travel[s]);
    }
    free(scratch);
    free_result(&full);
    free_result(&limits);
}

static void test_sweep_equals_one_by_one(void **state)
{
    (void)state;
    struct country c = make_country();
    struct sweep_how hows[] = {
        {spc_how_default(SPC_MDC), 1}, {spc_how_default(SPC_PLOTTHEDOTS), 2},
        {spc_how_default(SPC_MDC), 0}, {spc_how_default(SPC_PLOTTHEDOTS), 1},
        {spc_how_default(SPC_MDC), 2},
    };
    hows[2].spc.screen = true;
    hows[2].spc.fix_after = 12;
    hows[3].spc.screen = false;
    hows[4].spc.shift_length = 6;
    hows[4].spc.trend_length = 5;
    for (size_t i = 0; i < COUNT_OF(hows); i++) {
        check_country(&c, &hows[i]);
    }
    void *all[] = {c.values, c.targets, c.green, c.amber, c.offsets, c.polarity};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        free(all[i]);
    }
}

// All series of one length, without targets: no offsets needed.
static void test_one_length(void **state)
{
    (void)state;
    double values[3 * 13];
    uint8_t polarity[3] = {POLARITY_HIGHER, POLARITY_LOWER, POLARITY_NONE};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        values[i] = i % 13 == 12 ? 100 : (double)(i % 2);
    }
    struct sweep_input in = {.values = values, .length = 13, .polarity = polarity};
    struct sweep_how how = {spc_how_default(SPC_MDC), 0};
    struct sweep_result r = make_result();
    assert_int_equal(sweep_longest(&in, 0, 3), 13);
    sweep_full(&in, &how, 0, 3, NULL, &r);
    static const enum variation expected[] = {VARIATION_IMPROVEMENT_HIGH, VARIATION_CONCERN_HIGH,
                                              VARIATION_NEUTRAL_HIGH};
    for (size_t s = 0; s < 3; s++) {
        assert_int_equal(r.variation[s], expected[s]);
        assert_int_equal(r.status[s], STATUS_NO_TARGET);
        assert_int_equal(sweep_type(r.points[s * 13 + 12]), SPC_ABOVE_UPPER);
    }
    assert_int_equal(r.travel[0], TRAVEL_IMPROVED);
    assert_int_equal(r.travel[1], TRAVEL_WORSE);
    assert_int_equal(r.travel[2], TRAVEL_NOT_COMPARABLE);
    free_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep_equals_one_by_one),
        cmocka_unit_test(test_one_length),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
