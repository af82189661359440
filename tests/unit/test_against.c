// One figure against a benchmark, a range or a target. Words in the tables: polarity h higher is
// better, l lower is better, - none.
#include <string.h>

#include "doubles_fixture.h"
#include "engine/against.h"

struct figures {
    double value, lower, upper, lower_998, upper_998, benchmark, benchmark_lower, benchmark_upper;
};

struct interval_case {
    const char *what;
    enum against_method method;
    struct figures f;
    enum verdict higher, lower, none; // by polarity
};

#define NOT_COMPARED VERDICT_NONE, VERDICT_NONE, VERDICT_NONE
#define ALL_SAME VERDICT_SAME, VERDICT_SAME, VERDICT_SAME
#define ABOVE VERDICT_BETTER, VERDICT_WORSE, VERDICT_HIGHER
#define UNDER VERDICT_WORSE, VERDICT_BETTER, VERDICT_LOWER
#define FAR_ABOVE VERDICT_BEST, VERDICT_WORST, VERDICT_HIGHER
#define FAR_UNDER VERDICT_WORST, VERDICT_BEST, VERDICT_LOWER

static const struct interval_case INTERVALS[] = {
    {"the benchmark is inside the interval",
     AGAINST_SINGLE,
     {3, 2, 4, GAP, GAP, 3.5, GAP, GAP},
     ALL_SAME},
    {"it is the lower end", AGAINST_SINGLE, {3, 2, 4, GAP, GAP, 2, GAP, GAP}, ALL_SAME},
    {"it is the upper end", AGAINST_SINGLE, {3, 2, 4, GAP, GAP, 4, GAP, GAP}, ALL_SAME},
    {"the whole interval is above it", AGAINST_SINGLE, {3, 2, 4, GAP, GAP, 1.99, GAP, GAP}, ABOVE},
    {"the whole interval is under it", AGAINST_SINGLE, {3, 2, 4, GAP, GAP, 4.01, GAP, GAP}, UNDER},
    {"no interval", AGAINST_SINGLE, {3, GAP, 4, GAP, GAP, 9, GAP, GAP}, NOT_COMPARED},
    {"no figure", AGAINST_SINGLE, {GAP, 2, 4, GAP, GAP, 9, GAP, GAP}, NOT_COMPARED},
    {"no benchmark", AGAINST_SINGLE, {3, 2, 4, GAP, GAP, GAP, GAP, GAP}, NOT_COMPARED},

    // Interval 2.3, 2.5, 2.6, 2.7, 2.9: the published test of the two-level comparer.
    {"the benchmark is above both intervals",
     AGAINST_DOUBLE,
     {2.6, 2.5, 2.7, 2.3, 2.9, 3.0, GAP, GAP},
     FAR_UNDER},
    {"between the two upper ends", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.8, GAP, GAP}, UNDER},
    {"on the outer upper end", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.9, GAP, GAP}, UNDER},
    {"inside both", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.6, GAP, GAP}, ALL_SAME},
    {"on the inner lower end", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.5, GAP, GAP}, ALL_SAME},
    {"between the two lower ends", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.4, GAP, GAP}, ABOVE},
    {"under both", AGAINST_DOUBLE, {2.6, 2.5, 2.7, 2.3, 2.9, 2.2, GAP, GAP}, FAR_ABOVE},
    {"the outer interval is not there",
     AGAINST_DOUBLE,
     {2.6, 2.5, 2.7, GAP, 2.9, 2.2, GAP, GAP},
     NOT_COMPARED},

    {"two intervals overlap", AGAINST_TWO, {4, 3.5, 4.5, GAP, GAP, 3, 2.7, 3.6}, ALL_SAME},
    {"they touch", AGAINST_TWO, {4, 3.5, 4.5, GAP, GAP, 3, 2.7, 3.5}, ALL_SAME},
    {"one lies inside the other", AGAINST_TWO, {4, 3.5, 4.5, GAP, GAP, 4.2, 1, 9}, ALL_SAME},
    {"the area's is above", AGAINST_TWO, {4, 3.5, 4.5, GAP, GAP, 3, 2.7, 3.4}, ABOVE},
    {"the area's is under", AGAINST_TWO, {3, 2.7, 3.4, GAP, GAP, 4, 3.5, 4.5}, UNDER},
    {"the benchmark has no interval",
     AGAINST_TWO,
     {3, 2.7, 3.4, GAP, GAP, 4, GAP, 4.5},
     NOT_COMPARED},

    {"under the range", AGAINST_RANGE, {69.9, 70, 80, GAP, GAP, GAP, GAP, GAP}, UNDER},
    {"on its lower bound", AGAINST_RANGE, {70, 70, 80, GAP, GAP, GAP, GAP, GAP}, ALL_SAME},
    {"inside it", AGAINST_RANGE, {79.9, 70, 80, GAP, GAP, GAP, GAP, GAP}, ALL_SAME},
    {"on its upper bound is beyond it",
     AGAINST_RANGE,
     {80, 70, 80, GAP, GAP, GAP, GAP, GAP},
     ABOVE},
    {"a range of one point, on it", AGAINST_RANGE, {70, 70, 70, GAP, GAP, GAP, GAP, GAP}, ABOVE},
    {"the wrong way round", AGAINST_RANGE, {75, 80, 70, GAP, GAP, GAP, GAP, GAP}, NOT_COMPARED},
    {"one bound only", AGAINST_RANGE, {75, 70, GAP, GAP, GAP, GAP, GAP, GAP}, NOT_COMPARED},
    {"no method", AGAINST_NONE, {3, 2, 4, 1, 5, 9, 8, 10}, NOT_COMPARED},
};

static void check(const char *what, struct against_input *in, enum verdict higher,
                  enum verdict lower, enum verdict none)
{
    const enum polarity polarities[] = {POLARITY_HIGHER, POLARITY_LOWER, POLARITY_NONE};
    const enum verdict expected[] = {higher, lower, none};
    for (size_t i = 0; i < COUNT_OF(polarities); i++) {
        in->polarity = polarities[i];
        in->not_applicable = false;
        enum verdict v = against_compare(in);
        if (v != expected[i]) {
            fail_msg("%s (polarity %s): %s, expected %s", what, polarity_text(polarities[i]),
                     verdict_code(v), verdict_code(expected[i]));
        }
        in->not_applicable = true;
        assert_int_equal(against_compare(in), VERDICT_NONE);
    }
}

static void test_intervals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(INTERVALS); i++) {
        const struct interval_case *c = &INTERVALS[i];
        struct against_input in = against_blank();
        in.method = c->method;
        in.value = c->f.value;
        in.lower = c->f.lower;
        in.upper = c->f.upper;
        in.lower_998 = c->f.lower_998;
        in.upper_998 = c->f.upper_998;
        in.benchmark = c->f.benchmark;
        in.benchmark_lower = c->f.benchmark_lower;
        in.benchmark_upper = c->f.benchmark_upper;
        check(c->what, &in, c->higher, c->lower, c->none);
    }
}

static void test_targets(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double value, limit, lower, upper;
        bool use_interval;
        enum verdict higher, lower_better, none;
    } cases[] = {
        {"over the limit", 11, 10, GAP, GAP, false, ABOVE},
        {"under the limit", 9, 10, GAP, GAP, false, UNDER},
        {"on the limit is good either way", 10, 10, GAP, GAP, false, VERDICT_BETTER, VERDICT_BETTER,
         VERDICT_HIGHER},
        {"the whole interval over the limit", 12, 10, 10.5, 13, true, ABOVE},
        {"the interval begins at the limit", 12, 10, 10, 13, true, ABOVE},
        {"the whole interval under it", 8, 10, 7, 9.9, true, UNDER},
        {"the interval ends at the limit", 9, 10, 8, 10, true, ALL_SAME},
        {"the limit inside the interval", 10.5, 10, 9, 12, true, ALL_SAME},
        {"asked for the interval, which is not there", 12, 10, GAP, 13, true, NOT_COMPARED},
        {"no limit", 12, GAP, 10, 13, false, NOT_COMPARED},
        {"no figure", GAP, 10, 10, 13, true, NOT_COMPARED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct against_input in = against_blank();
        in.method = AGAINST_TARGET;
        in.value = cases[i].value;
        in.limit = cases[i].limit;
        in.lower = cases[i].lower;
        in.upper = cases[i].upper;
        in.use_interval = cases[i].use_interval;
        check(cases[i].what, &in, cases[i].higher, cases[i].lower_better, cases[i].none);
    }
}

static void test_proportions(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double value, benchmark, denominator, unit, z;
        enum verdict higher, lower, none;
    } cases[] = {
        // Figures of the published tests of this comparer (indicators 1 and 514 of 2010).
        {"5PP at 95 %", 7.7065767284991562, 8.9611086876279327, 5930, 100, 1.96, UNDER},
        {"5PP at 99.8 %", 7.7065767284991562, 8.9611086876279327, 5930, 100, 3.0902, UNDER},
        {"5PN at 95 %", 9.8988121425428961, 8.9611086876279327, 2273, 100, 1.96, ALL_SAME},
        {"5PR at 99.8 %", 12.474645030425965, 8.9611086876279327, 1972, 100, 3.0902, ABOVE},
        {"5PY at 95 %", 10.9783420463032, 12.8379546895717, 1339, 100, 1.96, UNDER},
        {"5PY at 99.8 %", 10.9783420463032, 12.8379546895717, 1339, 100, 3.0902, ALL_SAME},
        {"5GC at 95 %", 15.9065628476085, 12.8379546895717, 899, 100, 1.96, ABOVE},
        {"5GC at 99.8 %", 15.9065628476085, 12.8379546895717, 899, 100, 3.0902, ALL_SAME},
        {"a plain share", 0.5, 0.9, 100, 1, 1.96, UNDER},
        {"nobody against nobody", 0, 0, 50, 100, 1.96, ALL_SAME},
        {"everybody against everybody", 100, 100, 50, 100, 1.96, ALL_SAME},
        {"a denominator of nought", 10, 11, 0, 100, 1.96, NOT_COMPARED},
        {"a denominator below nought", 10, 11, -1, 100, 1.96, NOT_COMPARED},
        {"a benchmark above 100 %", 90, 110, 50, 100, 1.96, NOT_COMPARED},
        {"no unit", 90, 80, 50, GAP, 1.96, NOT_COMPARED},
        {"no z", 90, 80, 50, 100, GAP, NOT_COMPARED},
        {"no figure", GAP, 80, 50, 100, 1.96, NOT_COMPARED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct against_input in = against_blank();
        in.method = AGAINST_PROPORTION;
        in.value = cases[i].value;
        in.benchmark = cases[i].benchmark;
        in.denominator = cases[i].denominator;
        in.unit = cases[i].unit;
        in.z = cases[i].z;
        check(cases[i].what, &in, cases[i].higher, cases[i].lower, cases[i].none);
    }
}

static void test_rates(void **state)
{
    (void)state;
    const double mrsa = 2.132708657734625; // per 100,000 in 2011: published tests of this comparer
    const struct {
        const char *what;
        double value, benchmark, denominator, p;
        enum verdict higher, lower, none;
    } cases[] = {
        {"5PP at 95 %", 1.1358436559886544, mrsa, 616282, 0.025, UNDER},
        {"5PP at 99.8 %", 1.1358436559886544, mrsa, 616282, 0.001, ALL_SAME},
        {"5PT at 95 %", 2.657913272289925, mrsa, 601976, 0.025, ALL_SAME},
        {"5PG at 95 %", 4.1515156695295845, mrsa, 409489, 0.025, ABOVE},
        {"5PG at 99.8 %", 4.1515156695295845, mrsa, 409489, 0.001, ALL_SAME},
        {"none expected, none there", 0, 0, 100000, 0.025, ALL_SAME},
        {"none expected, five there", 5, 0, 100000, 0.025, ABOVE},
        {"a denominator of nought", 5, 4, 0, 0.025, NOT_COMPARED},
        {"a tail of nought", 5, 4, 1000, 0, NOT_COMPARED},
        {"no tail", 5, 4, 1000, GAP, NOT_COMPARED},
        {"a benchmark below nought", 5, -4, 1000, 0.025, NOT_COMPARED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct against_input in = against_blank();
        in.method = AGAINST_RATE;
        in.value = cases[i].value;
        in.benchmark = cases[i].benchmark;
        in.denominator = cases[i].denominator;
        in.unit = 100000;
        in.p = cases[i].p;
        check(cases[i].what, &in, cases[i].higher, cases[i].lower, cases[i].none);
    }
}

// Limits of what is expected: those of a whole number of events, and for 3.4 the lower of 4 and the
// upper of 3 (tables of the Poisson distribution).
static void test_rate_limits(void **state)
{
    (void)state;
    double lower = 0;
    double upper = 0;
    assert_true(against_rate_limits(10, 1000, 1000, 0.025, &lower, &upper));
    assert_true(fabs(lower - 4.795389) < 1e-6 && fabs(upper - 18.390356) < 1e-6);
    assert_true(against_rate_limits(3.4, 1000, 1000, 0.025, &lower, &upper));
    assert_true(fabs(lower - 1.089865) < 1e-6 && fabs(upper - 8.767273) < 1e-6);
    assert_true(against_rate_limits(0, 1000, 1000, 0.025, &lower, &upper));
    assert_true(lower == 0 && fabs(upper - 3.688879) < 1e-6);
    // Per 100,000: the same events, spread over the area's people.
    assert_true(against_rate_limits(10, 200000, 100000, 0.025, &lower, &upper));
    assert_true(fabs(lower - 12.216520 / 2) < 1e-6 && fabs(upper - 30.888378 / 2) < 1e-6);
    assert_false(against_rate_limits(10, 0, 1000, 0.025, &lower, &upper));
}

static void test_words(void **state)
{
    (void)state;
    for (int v = 0; v < VERDICT_COUNT; v++) {
        enum verdict back = VERDICT_COUNT;
        assert_true(verdict_from_code(verdict_code((enum verdict)v), &back));
        assert_int_equal(back, v);
    }
    enum verdict verdict = VERDICT_SAME;
    assert_false(verdict_from_code("green", &verdict) || verdict_from_code(NULL, &verdict));
    enum against_method method = AGAINST_NONE;
    assert_true(against_method_from_text("proportion", &method));
    assert_int_equal(method, AGAINST_PROPORTION);
    assert_false(against_method_from_text("Single", &method));
    static const struct {
        const char *word;
        enum polarity polarity;
        bool not_applicable;
    } words[] = {
        {"higher", POLARITY_HIGHER, false},      {"high", POLARITY_HIGHER, false},
        {"lower", POLARITY_LOWER, false},        {"low", POLARITY_LOWER, false},
        {"none", POLARITY_NONE, false},          {"range", POLARITY_RANGE, false},
        {"not_applicable", POLARITY_NONE, true},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        enum polarity polarity = POLARITY_NONE;
        bool not_applicable = !words[i].not_applicable;
        assert_true(against_polarity_from_text(words[i].word, &polarity, &not_applicable));
        assert_int_equal(polarity, words[i].polarity);
        assert_int_equal(not_applicable, words[i].not_applicable);
        assert_false(against_polarity_from_text("up", &polarity, &not_applicable));
        assert_false(against_polarity_from_text(NULL, &polarity, &not_applicable));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intervals),   cmocka_unit_test(test_targets),
        cmocka_unit_test(test_proportions), cmocka_unit_test(test_rates),
        cmocka_unit_test(test_rate_limits), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests_name("against", tests, NULL, NULL);
}
