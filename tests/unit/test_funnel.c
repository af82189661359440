// Funnels: which areas stand out by more than their size explains, and the lines to draw.
#include "doubles_fixture.h"
#include "engine/funnel.h"

struct judge_case {
    const char *what;
    enum funnel_kind kind;
    double numerator, denominator, average;
    enum funnel_level expected;
};

static const struct judge_case CASES[] = {
    // Average 0.2 over 100: 95 % from 12.16 to 27.84, 99.8 % from 7.64 to 32.36.
    {"a share inside", FUNNEL_PROPORTION, 27, 100, 0.2, FUNNEL_NOT_SIGNIFICANT},
    {"high", FUNNEL_PROPORTION, 28, 100, 0.2, FUNNEL_HIGH_025},
    {"very high", FUNNEL_PROPORTION, 33, 100, 0.2, FUNNEL_HIGH_001},
    {"low", FUNNEL_PROPORTION, 12, 100, 0.2, FUNNEL_LOW_025},
    {"very low", FUNNEL_PROPORTION, 7, 100, 0.2, FUNNEL_LOW_001},
    {"the same share of few is within chance", FUNNEL_PROPORTION, 3, 10, 0.2,
     FUNNEL_NOT_SIGNIFICANT},
    {"two cases in twenty", FUNNEL_PROPORTION, 2, 20, 0.2, FUNNEL_NOT_SIGNIFICANT},
    {"nobody anywhere", FUNNEL_PROPORTION, 0, 20, 0, FUNNEL_NOT_SIGNIFICANT},
    {"more than all", FUNNEL_PROPORTION, 21, 20, 0.5, FUNNEL_NONE},
    {"less than none", FUNNEL_PROPORTION, -1, 20, 0.5, FUNNEL_NONE},
    {"of nobody", FUNNEL_PROPORTION, 0, 0, 0.5, FUNNEL_NONE},
    {"no figure", FUNNEL_PROPORTION, GAP, 20, 0.5, FUNNEL_NONE},
    {"no average", FUNNEL_PROPORTION, 1, 20, GAP, FUNNEL_NONE},

    // Intervals of a count of 8: exact 3.4538 to 15.7632; 99.8 %: 1.97 to 21.16.
    {"8 events, average inside", FUNNEL_RATE, 8, 1000, 0.015, FUNNEL_NOT_SIGNIFICANT},
    {"8 events, average over", FUNNEL_RATE, 8, 1000, 0.0158, FUNNEL_LOW_025},
    {"8 events, average far over", FUNNEL_RATE, 8, 1000, 0.0212, FUNNEL_LOW_001},
    {"8 events, average under", FUNNEL_RATE, 8, 1000, 0.0034, FUNNEL_HIGH_025},
    {"8 events, average far under", FUNNEL_RATE, 8, 1000, 0.0015, FUNNEL_HIGH_001},
    {"no events where 3 were to be expected", FUNNEL_RATE, 0, 1000, 0.003, FUNNEL_NOT_SIGNIFICANT},
    {"no events where 4 were to be expected", FUNNEL_RATE, 0, 1000, 0.004, FUNNEL_LOW_025},
    {"no events where 7 were to be expected", FUNNEL_RATE, 0, 1000, 0.007, FUNNEL_LOW_001},
    // Byar's interval of 100: 81.36 to 121.63.
    {"100 events, average just inside", FUNNEL_RATE, 100, 1000, 0.0814, FUNNEL_NOT_SIGNIFICANT},
    {"100 events, average just under", FUNNEL_RATE, 100, 1000, 0.0813, FUNNEL_HIGH_025},
    {"100 events, average just over", FUNNEL_RATE, 100, 1000, 0.1217, FUNNEL_LOW_025},

    {"as expected; a ratio needs no average", FUNNEL_RATIO, 30, 30, GAP, FUNNEL_NOT_SIGNIFICANT},
    {"half as many again of 100", FUNNEL_RATIO, 150, 100, 1, FUNNEL_HIGH_001},
    {"a standardised rate of 9 events is not judged", FUNNEL_DSR, 9, 1000, 0.5, FUNNEL_NONE},
    {"of 10 it is", FUNNEL_DSR, 10, 1000, 0.5, FUNNEL_LOW_001},
};

static void test_judgements(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct judge_case *c = &CASES[i];
        struct funnel f = funnel_make(c->kind, c->average);
        enum funnel_level level = funnel_judge(&f, c->numerator, c->denominator);
        if (level != c->expected) {
            fail_msg("%s: \"%s\", expected \"%s\"", c->what, funnel_code(level),
                     funnel_code(c->expected));
        }
    }
}

// The source's own formula for proportions, as it is written there.
static double source_limit(double z, double n, double average, double side)
{
    double first = average * (n / (z * z) + 1);
    double last = 1 / (z * z) + 1 / n;
    double inner = n * (average * (n / (z * z) + 2) - 1) + z * z * (average - 1);
    double adjusted = sqrt(64 * first * first - 64 * last * average * inner);
    return (first + side * adjusted / 8) / last / n;
}

static void test_proportion_lines_are_the_source_s(void **state)
{
    (void)state;
    struct chance chance = {5};
    for (int i = 0; i < 5000; i++) {
        double n = 20 + chance_below(&chance, 5000);
        double average = (1 + chance_below(&chance, 98)) / 100.0;
        struct funnel f = funnel_make(FUNNEL_PROPORTION, average);
        struct funnel_limits l = funnel_limits(&f, n);
        const double z = 1.959963984540054;
        assert_true(fabs(l.lower_025 - fmax(0, source_limit(z, n, average, -1))) < 1e-9);
        assert_true(fabs(l.upper_025 - fmin(1, source_limit(z, n, average, 1))) < 1e-9);
        assert_true(l.lower_001 <= l.lower_025 && l.upper_025 <= l.upper_001);
        assert_true(l.lower_025_at == n);
    }
}

// A point on a line stands out by just so much as the line says.
static void test_lines_of_rates(void **state)
{
    (void)state;
    struct funnel f = funnel_make(FUNNEL_RATE, 0.02);
    for (double events = 1; events < 10; events++) {
        struct funnel_limits l = funnel_limits(&f, events);
        assert_true(is_near(l.lower_025, events / l.lower_025_at));
        assert_true(is_near(l.upper_001, events / l.upper_001_at));
        double hair = 1e-9;
        assert_int_equal(funnel_judge(&f, events, l.upper_025_at * (1 - hair)), FUNNEL_HIGH_025);
        assert_int_equal(funnel_judge(&f, events, l.upper_025_at * (1 + hair)),
                         FUNNEL_NOT_SIGNIFICANT);
        assert_int_equal(funnel_judge(&f, events, l.lower_001_at * (1 + hair)), FUNNEL_LOW_001);
        assert_int_equal(funnel_judge(&f, events, l.lower_001_at * (1 - hair)), FUNNEL_LOW_025);
    }
    struct funnel ratios = funnel_make(FUNNEL_RATIO, GAP);
    struct funnel_limits ratio = funnel_limits(&ratios, 4);
    assert_true(fabs(ratio.lower_025 - 4 / 10.241589) < 1e-6);
    assert_true(fabs(ratio.upper_025 - 4 / 1.089865) < 1e-5);
    assert_true(isnan(funnel_limits(&f, 0).lower_025));
    f.average = GAP;
    assert_true(isnan(funnel_limits(&f, 5).lower_025));
    f = funnel_make(FUNNEL_PROPORTION, 1.2);
    assert_true(isnan(funnel_limits(&f, 5).lower_025));
}

// The limits of an area are where its judgement changes, for every whole number of events.
static void check_band(enum funnel_kind kind, double average, double denominator)
{
    struct funnel f = funnel_make(kind, average);
    struct funnel_band b = funnel_band(&f, denominator);
    assert_true(b.lower_001 <= b.lower_025 && b.lower_025 <= f.average * (1 + 1e-15));
    assert_true(f.average <= b.upper_025 && b.upper_025 <= b.upper_001);
    for (double events = 0; events <= 3 * f.average * denominator + 30; events++) {
        double value = events / denominator;
        enum funnel_level level = funnel_judge(&f, events, denominator);
        bool is_hair = fabs(value - b.lower_025) + fabs(value - b.upper_025) < 1e-12 ||
                       fabs(value - b.lower_001) < 1e-12 || fabs(value - b.upper_001) < 1e-12;
        enum funnel_level seen = value > b.upper_001   ? FUNNEL_HIGH_001
                                 : value > b.upper_025 ? FUNNEL_HIGH_025
                                 : value < b.lower_001 ? FUNNEL_LOW_001
                                 : value < b.lower_025 ? FUNNEL_LOW_025
                                                       : FUNNEL_NOT_SIGNIFICANT;
        if (!is_hair && seen != level) {
            fail_msg("%g events of %g, average %g: \"%s\", by the limits \"%s\"", events,
                     denominator, f.average, funnel_code(level), funnel_code(seen));
        }
    }
}

static void test_the_limits_of_an_area_are_where_its_judgement_changes(void **state)
{
    (void)state;
    for (double expected = 0.05; expected < 400; expected *= 1.07) {
        check_band(FUNNEL_RATE, expected / 1000, 1000);
        check_band(FUNNEL_RATIO, GAP, expected);
    }
    struct funnel f = funnel_make(FUNNEL_RATE, 0.003);
    struct funnel_band b = funnel_band(&f, 1000);
    assert_true(b.lower_025 == 0 && b.upper_025 > 0.007 && b.upper_025 < 0.008);
    assert_true(isnan(funnel_band(&f, 0).upper_025));
    f.average = 0;
    assert_true(funnel_band(&f, 1000).upper_001 == 0);
    f.average = 1e12;
    assert_true(isnan(funnel_band(&f, 1e12).upper_001));
    f = funnel_make(FUNNEL_PROPORTION, 0.2);
    assert_true(fabs(funnel_band(&f, 100).lower_025 - 0.1216) < 1e-4);
}

static void test_averages(void **state)
{
    (void)state;
    static const double x[] = {1, 20, GAP, 3};
    static const double n[] = {10, 100, 50, 0};
    assert_true(is_near(funnel_average(FUNNEL_PROPORTION, x, n, 4), 21.0 / 110));
    assert_true(funnel_average(FUNNEL_RATIO, x, n, 4) == 1);
    assert_true(isnan(funnel_average(FUNNEL_RATE, x, n, 0)));
    assert_true(is_near(funnel_denominator(FUNNEL_DSR, 20, 40, 100000, GAP), 50000));
    assert_true(isnan(funnel_denominator(FUNNEL_DSR, 0, 0, 100000, 700)));
    assert_true(funnel_denominator(FUNNEL_RATE, 0, 0, 100000, 700) == 700);
    assert_true(isnan(funnel_denominator(FUNNEL_RATE, 5, 0, 100000, 700)));
    assert_string_equal(funnel_code(FUNNEL_HIGH_001), "high_0.001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judgements),
        cmocka_unit_test(test_proportion_lines_are_the_source_s),
        cmocka_unit_test(test_lines_of_rates),
        cmocka_unit_test(test_the_limits_of_an_area_are_where_its_judgement_changes),
        cmocka_unit_test(test_averages),
    };
    return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
