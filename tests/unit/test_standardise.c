// Directly and indirectly standardised rates against the formulas worked in R, and their edges.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "engine/standardise.h"
#include "near.h"

// An area of five age bands: events, people, the standard population.
static const struct direct_stratum AREA[] = {
    {3, 5200, 25000, 1, false},  {12, 9100, 30000, 1, false}, {25, 8800, 27500, 1, false},
    {40, 4300, 13000, 1, false}, {61, 1900, 4500, 1, false},
};

static void test_direct(void **state)
{
    (void)state;
    struct direct_rate d = direct_rate_of(AREA, COUNT_OF(AREA));
    assert_true(d.gap == STANDARD_GIVEN && d.observed == 141);
    ASSERT_NEAR(d.rate, 0.0039751243325218235, 1e-14, "rate");
    ASSERT_NEAR(d.variance, 1.1516789163938638e-07, 1e-14, "variance");
    struct confidence c = confidence_of_percent(95);
    struct interval i = direct_interval(&d, &c, 100000);
    ASSERT_NEAR(i.value, 397.51243325218235, 1e-14, "value");
    ASSERT_NEAR(i.lower, 333.74078462576747, 1e-13, "95 %% lower");
    ASSERT_NEAR(i.upper, 469.78722233130543, 1e-13, "95 %% upper");
    c = confidence_of_percent(99.8);
    i = direct_interval(&d, &c, 100000);
    ASSERT_NEAR(i.lower, 300.68156983369693, 1e-13, "99.8 %% lower");
    ASSERT_NEAR(i.upper, 513.84883420526406, 1e-13, "99.8 %% upper");
}

// Every area the same in every band: the rate is that of the band, whatever the weights.
static void test_direct_of_equal_rates(void **state)
{
    (void)state;
    static const struct direct_stratum equal[] = {
        {10, 1000, 1, 1, false}, {50, 5000, 700, 1, false}, {3, 300, 12.5, 1, false}};
    struct direct_rate d = direct_rate_of(equal, COUNT_OF(equal));
    ASSERT_NEAR(d.rate, 0.01, 1e-15, "rate");
}

// People with one, two and three events: the variance is that of each number, times its square.
static void test_direct_of_repeated_events(void **state)
{
    (void)state;
    static const double twice[] = {0, 2, 5, 7, 9}, thrice[] = {0, 0, 1, 3, 4};
    struct direct_stratum rows[3 * COUNT_OF(AREA)];
    for (size_t i = 0; i < COUNT_OF(AREA); i++) {
        struct direct_stratum *r = &rows[3 * i];
        r[0] = r[1] = r[2] = AREA[i];
        r[1].count = twice[i];
        r[2].count = thrice[i];
        r[1].events = 2;
        r[2].events = 3;
        r[1].repeats = r[2].repeats = true;
    }
    struct direct_rate d = direct_rate_of(rows, COUNT_OF(rows));
    assert_true(d.observed == 211);
    ASSERT_NEAR(d.rate, 0.0059191176173887311, 1e-14, "rate");
    ASSERT_NEAR(d.variance, 2.4284103431625057e-07, 1e-14, "variance");
    struct confidence c = confidence_of_percent(95);
    struct interval i = direct_interval(&d, &c, 1);
    ASSERT_NEAR(i.lower, 0.0049857497760633562, 1e-13, "lower");
    ASSERT_NEAR(i.upper, 0.0069529279096723403, 1e-13, "upper");
}

static void test_direct_edges(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    // Nine events and a bit are too few; ten are not. A missing count is none.
    struct direct_stratum few[] = {{9.999, 100, 1, 1, false}, {NAN, 200, 3, 1, false}};
    struct direct_rate d = direct_rate_of(few, COUNT_OF(few));
    assert_true(d.gap == STANDARD_FEW && d.observed == 9.999);
    struct interval i = direct_interval(&d, &c, 1);
    assert_true(isnan(i.value) && isnan(i.lower) && isnan(i.upper));
    few[0].count = 10;
    d = direct_rate_of(few, COUNT_OF(few));
    assert_true(d.gap == STANDARD_GIVEN && d.rate == 0.025);
    few[0].weight = few[1].weight = 0;
    d = direct_rate_of(few, COUNT_OF(few));
    assert_true(d.gap == STANDARD_UNWEIGHED && isnan(d.rate));
    d = direct_rate_of(few, 0);
    assert_true(d.gap == STANDARD_FEW && d.observed == 0);
}

static const double REFERENCE[][2] = {
    {210, 500000}, {980, 800000}, {2100, 700000}, {3300, 350000}, {4100, 150000}};

static void against_reference(struct indirect_stratum *out)
{
    for (size_t i = 0; i < COUNT_OF(AREA); i++) {
        out[i] = (struct indirect_stratum){AREA[i].count, AREA[i].population, REFERENCE[i][0],
                                           REFERENCE[i][1]};
    }
}

static void test_indirect(void **state)
{
    (void)state;
    struct indirect_stratum strata[COUNT_OF(AREA)];
    against_reference(strata);
    struct indirect_ratio r = indirect_ratio_of(strata, COUNT_OF(strata));
    assert_true(r.gap == STANDARD_GIVEN && r.observed == 141);
    ASSERT_NEAR(r.expected, 132.20769047619046, 1e-14, "expected");
    struct confidence c = confidence_of_percent(95);
    struct interval i = indirect_ratio_interval(&r, &c, 100);
    ASSERT_NEAR(i.value, 106.65037676109541, 1e-14, "ratio");
    ASSERT_NEAR(i.lower, 89.77261804113027, 1e-13, "lower");
    ASSERT_NEAR(i.upper, 125.77857052569168, 1e-13, "upper");
    i = indirect_rate_interval(&r, &c, 100000);
    ASSERT_NEAR(i.value, 456.03701103044394, 1e-14, "rate");
    // Seven events: exact limits.
    for (size_t k = 0; k < COUNT_OF(strata); k++) {
        strata[k].count = k == 4 ? 7 : NAN;
    }
    r = indirect_ratio_of(strata, COUNT_OF(strata));
    i = indirect_ratio_interval(&r, &c, 1);
    ASSERT_NEAR(i.value, 0.052946995555153753, 1e-14, "seven events");
    ASSERT_NEAR(i.lower, 0.021287438282773054, 1e-12, "seven events, lower");
    ASSERT_NEAR(i.upper, 0.1090910468956402, 1e-12, "seven events, upper");
}

static void test_indirect_edges(void **state)
{
    (void)state;
    struct confidence c = confidence_of_percent(95);
    // A stratum without people here, or without events in the reference, expects none.
    struct indirect_stratum strata[] = {{4, 100, 5, 1000}, {NAN, NAN, 9, 90}, {1, 50, NAN, 400}};
    struct indirect_ratio r = indirect_ratio_of(strata, COUNT_OF(strata));
    assert_true(r.observed == 5 && r.expected == 0.5);
    ASSERT_NEAR(r.reference_rate, 14. / 1490, 1e-15, "reference rate");
    // No events are 0 of those expected, with an upper limit.
    strata[0].count = strata[2].count = 0;
    r = indirect_ratio_of(strata, COUNT_OF(strata));
    struct interval i = indirect_ratio_interval(&r, &c, 1);
    assert_true(i.value == 0 && i.lower == 0 && i.upper > 7);
    // None expected: no ratio.
    strata[0].reference_count = 0;
    r = indirect_ratio_of(strata, COUNT_OF(strata));
    assert_true(r.gap == STANDARD_NONE_EXPECTED);
    assert_true(isnan(indirect_ratio_interval(&r, &c, 1).value));
    assert_true(isnan(indirect_rate_interval(&r, &c, 1).upper));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_direct),
        cmocka_unit_test(test_direct_of_equal_rates),
        cmocka_unit_test(test_direct_of_repeated_events),
        cmocka_unit_test(test_direct_edges),
        cmocka_unit_test(test_indirect),
        cmocka_unit_test(test_indirect_edges),
    };
    return cmocka_run_group_tests_name("standardise", tests, NULL, NULL);
}
