// Turning the curve: the latest three figures against where the baseline was going.
#include "engine/turning.h"

#include <string.h>

#include "numbers_fixture.h"

struct turning_case {
    const char *what;
    size_t count, before;
    double values[14];
    enum polarity polarity;
    bool is_median;
    enum turning turning;
};

// clang-format off
static const struct turning_case CASES[] = {
    {"it went up and fewer is better: now it comes down", 11, 8,
     {10, 11, 12, 12, 14, 15, 16, 18, 14, 13, 12}, POLARITY_LOWER, false, TURNING_TURNED},
    {"below the forecast, but within its interval", 11, 8,
     {10, 13, 9, 14, 12, 17, 13, 18, 16, 18, 17}, POLARITY_LOWER, false, TURNING_TURNING},
    {"it goes on as it went: a line that is kept", 9, 6, {1, 2, 3, 4, 5, 6, 7, 8, 9},
     POLARITY_LOWER, false, TURNING_NOT_TURNED},
    {"the same where more is better", 9, 6, {1, 2, 3, 4, 5, 6, 7, 8, 9}, POLARITY_HIGHER, false,
     TURNING_NOT_TURNED},
    {"worse than the forecast", 9, 6, {10, 12, 11, 13, 12, 14, 20, 21, 22}, POLARITY_LOWER, false,
     TURNING_NOT_TURNED},
    {"more is better, and there is far more", 9, 6, {10, 12, 11, 13, 12, 14, 20, 21, 22},
     POLARITY_HIGHER, false, TURNING_TURNED},
    {"off a line without any noise, by a hair", 9, 6, {1, 2, 3, 4, 5, 6, 7, 8, 9.01},
     POLARITY_HIGHER, false, TURNING_TURNED},
    {"the median line is not bent by one wild year", 11, 8,
     {10, 11, 12, 13, 14, 15, 16, 90, 18, 18, 18}, POLARITY_LOWER, true, TURNING_TURNING},
    {"only the latest three count, not the two before", 11, 6,
     {10, 12, 11, 13, 12, 14, 40, 40, 12, 12, 12}, POLARITY_LOWER, false, TURNING_TURNED},
    {"a gap among the latest is passed over", 12, 6,
     {10, 12, 11, 13, 12, 14, 40, 12, 12, GAP, 12, GAP}, POLARITY_LOWER, false, TURNING_TURNED},
    {"two figures since are too few", 8, 6, {10, 12, 11, 13, 12, 14, 1, 1}, POLARITY_LOWER, false,
     TURNING_UNKNOWN},
    {"two figures before are too few", 5, 2, {10, 12, 1, 1, 1}, POLARITY_LOWER, false,
     TURNING_UNKNOWN},
    {"nobody said what is better", 9, 6, {10, 12, 11, 13, 12, 14, 20, 21, 22}, POLARITY_NONE, false,
     TURNING_UNKNOWN},
    {"a range has no direction", 9, 6, {10, 12, 11, 13, 12, 14, 20, 21, 22}, POLARITY_RANGE, false,
     TURNING_UNKNOWN},
    {"nothing at all", 0, 0, {0}, POLARITY_LOWER, false, TURNING_UNKNOWN},
};
// clang-format on

static void test_each_curve(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct turning_case *c = &CASES[i];
        struct turning_input in = {c->values, c->count, c->before, c->polarity, c->is_median};
        struct turning_result r = turning_evaluate(a, &in);
        if (r.turning != c->turning) {
            fail_msg("%s: %s, expected %s", c->what, turning_code(r.turning),
                     turning_code(c->turning));
        }
    }
    arena_free(a);
}

// Baseline 10, 12, 11, 15, 12: slope 0.7, intercept 9.9, variance 9.1 / 3, spread 10, 3 df.
static void test_the_figures_behind(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static const double values[] = {10, 12, 11, 15, 12, 20, 19, 21};
    struct turning_input in = {values, 8, 5, POLARITY_HIGHER, false};
    struct turning_result r = turning_evaluate(a, &in);
    // t = 6, 7, 8: h = 3, the sum of (t - 3) is 12.
    double se = sqrt(9.1 / 3 * (3 + 9 / 5.0 + 144 / 10.0)) / 3;
    expect_near("five and three", "actual", r.actual, 20);
    expect_near("five and three", "forecast", r.forecast, 14.8);
    // The t table for 3 degrees of freedom and 80 %: 1.637744353696.
    assert_true(fabs((r.upper_80 - r.forecast) / se - 1.637744353696) < 1e-9);
    assert_true(fabs((r.forecast - r.lower_80) / se - 1.637744353696) < 1e-9);
    expect_near("five and three", "change", r.change, 1.1);
    assert_int_equal(r.n, 5);
    assert_int_equal(r.turning, TURNING_TURNED);
    arena_free(a);
}

static void test_change_since_the_first(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static const double debts[] = {GAP, -50, -40, GAP}, from_nought[] = {0, 5}, none[] = {GAP};
    struct turning_input in = {debts, 4, 1, POLARITY_HIGHER, false};
    expect_near("a debt a fifth smaller", "change", turning_evaluate(a, &in).change, 0.2);
    in.values = from_nought;
    in.count = 2;
    expect_near("from nought", "change", turning_evaluate(a, &in).change, NAN);
    in.values = none;
    in.count = 1;
    expect_near("no figure", "change", turning_evaluate(a, &in).change, NAN);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_curve),
        cmocka_unit_test(test_the_figures_behind),
        cmocka_unit_test(test_change_since_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
