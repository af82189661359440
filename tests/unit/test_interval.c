// Confidence intervals: published examples, reference figures over the levels of confidence, and
// every edge of the methods.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "engine/interval.h"
#include "near.h"

// The digits printed by others.
static void test_published_examples(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    // Newcombe (1998), Statistics in Medicine 17:857, table I, Wilson.
    static const double wilson[][4] = {{81, 263, 0.2553, 0.3662},
                                       {15, 148, 0.0624, 0.1605},
                                       {0, 20, 0, 0.1611},
                                       {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < COUNT_OF(wilson); i++) {
        struct interval w = interval_wilson(wilson[i][0], wilson[i][1], &c);
        assert_true(fabs(w.lower - wilson[i][2]) <= 0.00005);
        assert_true(fabs(w.upper - wilson[i][3]) <= 0.00005);
    }
    // Garwood (1936), exact limits of a Poisson count.
    static const double exact[][3] = {{0, 0, 3.689},        {1, 0.0253, 5.572},
                                      {5, 1.623, 11.668},   {10, 4.795, 18.390},
                                      {20, 12.217, 30.888}, {50, 37.11, 65.92}};
    for (size_t i = 0; i < COUNT_OF(exact); i++) {
        struct interval p = interval_exact(exact[i][0], &c);
        assert_true(fabs(p.lower - exact[i][1]) <= 0.005);
        assert_true(fabs(p.upper - exact[i][2]) <= 0.005);
    }
}

struct limits_case {
    double x, n, percent, lower, upper; // n: of a proportion
};

// Reference figures of R 4.2.2 (qnorm, qchisq) with the formulas of methods.md 5.
static void test_wilson(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {81, 263, 90, 0.26331361718848145, 0.35656634960848815},
        {65, 100, 95, 0.55254443296887967, 0.73635751756902468},
        {2.5, 10, 95, 0.080947824209994496, 0.55781857572145011},
        {250000, 1e6, 95, 0.24915227214719243, 0.25084964857483949},
        {0, 20, 99.8, 0, 0.32317041462405505},
        {20, 20, 99.8, 0.67682958537594495, 1},
        {15, 148, 99.8, 0.047383680506572316, 0.2036455309019902},
        {1, 29, 99.9, 0.0027109952635727057, 0.31936658576902743},
        {2.5, 10, 99.9, 0.041785695052081441, 0.71814784883732208},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct limits_case *t = &cases[i];
        struct confidence c = confidence_of_percent(t->percent);
        struct interval w = interval_wilson(t->x, t->n, &c);
        assert_true(w.value == t->x / t->n);
        ASSERT_NEAR(w.lower, t->lower, 1e-13, "%g of %g at %g %%", t->x, t->n, t->percent);
        ASSERT_NEAR(w.upper, t->upper, 1e-13, "%g of %g at %g %%", t->x, t->n, t->percent);
    }
}

// None of many, all of many: the ends to the last digit, at any level and size.
static void test_wilson_at_its_ends(void **state)
{
    (void)state;
    for (double percent = 90; percent < 99.95; percent += 0.1) {
        struct confidence c = confidence_of_percent(percent);
        for (double n = 0.5; n < 1e9; n *= 3.7) {
            struct interval none = interval_wilson(0, n, &c);
            struct interval all = interval_wilson(n, n, &c);
            assert_true(none.lower == 0 && none.value == 0 && none.upper > 0 && none.upper < 1);
            assert_true(all.upper == 1 && all.value == 1 && all.lower < 1 && all.lower > 0);
        }
    }
    // Where 2x + z^2 and the root nearly cancel: n = 250,365, x = 0.01; by mpmath.
    struct confidence c = confidence_of_percent(99.9);
    ASSERT_NEAR(interval_wilson(0.01, 250365, &c).lower, 3.6820903838453333e-11, 1e-14,
                "a hundredth of a case");
}

static void test_undefined_proportions(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    static const double cases[][2] = {{0, 0}, {-1, 10}, {11, 10}, {NAN, 10}, {1, NAN}, {1, -3}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct interval w = interval_wilson(cases[i][0], cases[i][1], &c);
        assert_true(isnan(w.value) && isnan(w.lower) && isnan(w.upper));
    }
}

static void test_byar(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {1, 0, 90, 0.039513960151279268, 4.7280249693018721},
        {10, 0, 95, 4.7874499139675644, 18.391458605756473},
        {10.25, 0, 95, 4.9601309551202171, 18.715631523105031},
        {25000, 0, 95, 24691.050623574552, 25311.849871795101},
        {65, 0, 99.8, 42.880261471480203, 94.000290844318002},
        {2, 0, 99.9, 0.0096296219828194973, 12.201231975887094},
        {1e6, 0, 99.9, 996712.74853519222, 1003294.8048201232},
        // Below 0, so undefined; and no event at all.
        {1, 0, 99.8, NAN, 9.362180217908362},
        {1, 0, 99.9, NAN, 10.177411355156119},
        {0, 0, 95, NAN, 3.6680118321737507},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct limits_case *t = &cases[i];
        struct confidence c = confidence_of_percent(t->percent);
        struct interval b = interval_byar(t->x, &c);
        assert_true(b.value == t->x);
        ASSERT_NEAR(b.lower, t->lower, 1e-13, "%g at %g %%", t->x, t->percent);
        ASSERT_NEAR(b.upper, t->upper, 1e-13, "%g at %g %%", t->x, t->percent);
    }
}

static void test_exact(void **state)
{
    (void)state;
    static const struct limits_case cases[] = {
        {0, 0, 90, 0, 2.99573227355399},
        {0.5, 0, 95, 0.00049103455858762884, 4.6742018022480725},
        {1, 0, 95, 0.025317807984289897, 5.5716433909388989},
        {9, 0, 95, 4.1153730973783329, 17.08480345141917},
        {9.999, 0, 95, 4.7947004147615111, 18.389057739743752},
        {25000, 0, 95, 24691.050721637512, 25311.849776705112},
        {1e6, 0, 95, 998040.98334029387, 1001961.9119454322},
        {0.5, 0, 99.8, 7.8539857463124659e-07, 8.1331180981190645},
        {3, 0, 99.8, 0.19053337756840324, 13.06224077918807},
        {65, 0, 99.9, 41.694999433238678, 96.044097941508795},
        {1e6, 0, 99.9, 996712.74877353699, 1003294.8045814902},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct limits_case *t = &cases[i];
        struct confidence c = confidence_of_percent(t->percent);
        struct interval p = interval_exact(t->x, &c);
        ASSERT_NEAR(p.lower, t->lower, 1e-12, "%g at %g %%", t->x, t->percent);
        ASSERT_NEAR(p.upper, t->upper, 1e-12, "%g at %g %%", t->x, t->percent);
    }
}

// Exact below ten events, Byar's from ten on, whole or not.
static void test_which_limits_a_count_has(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    static const double few[] = {0, 0.25, 1, 9, 9.999};
    static const double many[] = {10, 10.25, 5000};
    for (size_t i = 0; i < COUNT_OF(few); i++) {
        assert_true(interval_count(few[i], &c).upper == interval_exact(few[i], &c).upper);
        assert_true(interval_count(few[i], &c).lower == interval_exact(few[i], &c).lower);
    }
    for (size_t i = 0; i < COUNT_OF(many); i++) {
        assert_true(interval_count(many[i], &c).upper == interval_byar(many[i], &c).upper);
        assert_true(interval_count(many[i], &c).lower == interval_byar(many[i], &c).lower);
    }
    assert_true(isnan(interval_count(-1, &c).value));
    assert_true(isnan(interval_count(NAN, &c).value));
}

static void test_rates(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    struct interval rate = interval_over(interval_count(65, &c), 100, 100000);
    ASSERT_NEAR(rate.value, 65000., 1e-15, "value");
    ASSERT_NEAR(rate.lower, 50163.187710459454, 1e-13, "lower");
    ASSERT_NEAR(rate.upper, 82849.138545939837, 1e-13, "upper");
    // More events than people: a rate has no upper end.
    assert_true(interval_over(interval_count(30, &c), 20, 1).value == 1.5);
    static const double none[] = {0, -5, NAN};
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        assert_true(isnan(interval_over(interval_count(3, &c), none[i], 1).value));
    }
}

static void test_levels(void **state)
{
    (void)state;
    ASSERT_NEAR(confidence_of_percent(95).z, 1.959963984540054, 3e-16, "95 %%");
    assert_true(confidence_of_percent(99.8).z == confidence_of_share(0.998).z);
    ASSERT_NEAR(confidence_of_percent(99.8).z, 3.090232306167813, 3e-16, "99.8 %%");
    ASSERT_NEAR(confidence_of_tail(0.025).z, 1.959963984540054, 3e-16, "by the tail");
    struct confidence narrow = confidence_of_percent(90);
    struct confidence wide = confidence_of_percent(99.9);
    assert_true(interval_wilson(7, 30, &narrow).lower > interval_wilson(7, 30, &wide).lower);
    assert_true(interval_count(7, &narrow).upper < interval_count(7, &wide).upper);
}

static void test_means(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    // With a gap, which is not counted.
    static const double values[] = {30, 40, NAN, 50, 60};
    struct spread s = spread_of(values, COUNT_OF(values));
    struct interval m = interval_mean(&s, &c);
    assert_int_equal(s.n, 4);
    assert_true(s.mean == 45 && m.value == 45);
    ASSERT_NEAR(s.deviation, 12.909944487358056, 1e-15, "deviation");
    ASSERT_NEAR(m.lower, 24.457397432394792, 1e-14, "lower");
    ASSERT_NEAR(m.upper, 65.542602567605201, 1e-14, "upper");
    // Small differences of large values.
    static const double large[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    s = spread_of(large, COUNT_OF(large));
    ASSERT_NEAR(s.deviation, 5.4772255750516612, 1e-15, "large values");
    // All equal: no spread at all, and limits that are the value.
    static const double equal[] = {0.1, 0.1, 0.1};
    s = spread_of(equal, COUNT_OF(equal));
    m = interval_mean(&s, &c);
    assert_true(s.deviation == 0 && m.lower == 0.1 && m.upper == 0.1);
    // One value has no limits; none has no mean.
    s = spread_of(values, 1);
    m = interval_mean(&s, &c);
    assert_true(s.n == 1 && m.value == 30);
    assert_true(isnan(s.deviation) && isnan(m.lower) && isnan(m.upper));
    s = spread_of(values, 0);
    assert_true(s.n == 0 && isnan(interval_mean(&s, &c).value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_examples),
        cmocka_unit_test(test_wilson),
        cmocka_unit_test(test_wilson_at_its_ends),
        cmocka_unit_test(test_undefined_proportions),
        cmocka_unit_test(test_byar),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_which_limits_a_count_has),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_means),
    };
    return cmocka_run_group_tests_name("interval", tests, NULL, NULL);
}
