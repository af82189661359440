// Lines through points in time: least squares, the median line, and what to expect of more points.
#include "engine/line.h"
#include "numbers_fixture.h"

struct line_case {
    const char *what;
    size_t count;
    double values[8];
    double slope, intercept; // least squares
    double median_slope, median_intercept;
    double residual;
};

// clang-format off
static const struct line_case CASES[] = {
    {"two more each period", 4, {3, 5, 7, 9}, 2, 1, 2, 1, 0},
    {"a gap keeps its place", 5, {3, GAP, 7, 9, 11}, 2, 1, 2, 1, 0},
    {"a gap at the start, too", 4, {GAP, 5, 7, 9}, 2, 1, 2, 1, 0},
    {"all equal", 5, {0.1, 0.1, 0.1, 0.1, 0.1}, 0, 0.1, 0, 0.1, 0},
    {"tenths on a line leave no residual, though no double holds a tenth", 4, {0.1, 0.2, 0.3, 0.4},
     0.1, 0, 0.1, 0, 0},
    {"one wild figure bends least squares, not the median line", 5, {1, 2, 3, 4, 50}, 10, -18, 1, 0,
     810},
    {"to and fro", 4, {1, 3, 1, 3}, 0.4, 1, 1.0 / 3, 7.0 / 6, 3.2},
    {"two points", 2, {4, 1}, -3, 7, -3, 7, 0},
    {"one point has no slope", 1, {4}, NAN, NAN, NAN, NAN, NAN},
    {"only gaps", 2, {GAP, GAP}, NAN, NAN, NAN, NAN, NAN},
};
// clang-format on

static void test_lines(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct line_case *c = &CASES[i];
        struct line l = line_least_squares(NULL, c->values, c->count);
        expect_near(c->what, "slope", l.slope, c->slope);
        expect_near(c->what, "intercept", l.intercept, c->intercept);
        expect_near(c->what, "residual", l.residual, c->residual);
        struct line m = line_median(a, NULL, c->values, c->count);
        expect_near(c->what, "median slope", m.slope, c->median_slope);
        expect_near(c->what, "median intercept", m.intercept, c->median_intercept);
    }
    arena_free(a);
}

// 10, 12, 11, 15, 12: mean 12 at t = 3, spread 10, slope 0.7, residual 9.1, variance 9.1 / 3.
static void test_what_to_expect(void **state)
{
    (void)state;
    static const double values[] = {10, 12, 11, 15, 12};
    struct line l = line_least_squares(NULL, values, 5);
    expect_near("five figures", "variance", l.variance, 9.1 / 3);
    expect_near("five figures", "total", l.total, 14);
    expect_near("the next one", "forecast", line_at(&l, 6), 14.1);
    expect_near("the next one", "error", line_sum_error(&l, 1, 6),
                sqrt(9.1 / 3 * (1 + 1 / 5.0 + 9 / 10.0)));
    // t = 6, 7: h = 2, the sum of (t - 3) is 7.
    expect_near("the sum of the next two", "error", line_sum_error(&l, 2, 6.5),
                sqrt(9.1 / 3 * (2 + 4 / 5.0 + 49 / 10.0)));
    struct line two = line_least_squares(NULL, values, 2);
    expect_near("two figures tell no error", "error", line_sum_error(&two, 1, 3), NAN);
}

static void test_large_figures_lose_nothing(void **state)
{
    (void)state;
    double values[24];
    for (int i = 0; i < 24; i++) {
        values[i] = 1e12 + (i % 2);
    }
    struct line l = line_least_squares(NULL, values, 24);
    expect_near("0 and 1 by turns on a million million", "slope", l.slope, 6 / 1150.0);
    expect_near("0 and 1 by turns on a million million", "total", l.total, 6);
}

static void test_times_of_their_own(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static const double times[] = {2016, 2017, 2020}, same[] = {3, 3, 3}, values[] = {1, 2, 5};
    expect_near("years", "slope", line_least_squares(times, values, 3).slope, 1);
    expect_near("years", "median slope", line_median(a, times, values, 3).slope, 1);
    expect_near("all at once", "slope", line_least_squares(same, values, 3).slope, NAN);
    expect_near("all at once", "median slope", line_median(a, same, values, 3).slope, NAN);
    arena_free(a);
}

static void test_the_median_line_has_its_limit(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    double *values = ARENA_ARRAY(a, LINE_MEDIAN_MAX + 1, double);
    for (size_t i = 0; i <= LINE_MEDIAN_MAX; i++) {
        values[i] = (double)i;
    }
    expect_near("at the limit", "slope", line_median(a, NULL, values, LINE_MEDIAN_MAX).slope, 1);
    expect_near("past it", "slope", line_median(a, NULL, values, LINE_MEDIAN_MAX + 1).slope, NAN);
    arena_free(a);
}

static int ascending(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

enum shape { RISING, FALLING, EQUAL, ROOF, FEW_VALUES, RANDOM, SHAPES };

static double shaped(enum shape shape, size_t i, size_t count, uint64_t *seed)
{
    switch (shape) {
    case RISING: return (double)i;
    case FALLING: return -(double)i;
    case EQUAL: return 7;
    case ROOF: return (double)(i < count / 2 ? i : count - i);
    case FEW_VALUES: return floor(next_number(seed) * 3);
    case RANDOM:
    case SHAPES: break;
    }
    return next_number(seed);
}

static void test_the_median_is_that_of_sorting(void **state)
{
    (void)state;
    enum { MOST = 300 };
    double values[MOST], sorted[MOST];
    uint64_t seed = 1;
    expect_near("nothing", "median", median_of(values, 0), NAN);
    for (enum shape shape = RISING; shape < SHAPES; shape++) {
        for (size_t count = 1; count <= MOST; count++) {
            for (size_t i = 0; i < count; i++) {
                values[i] = sorted[i] = shaped(shape, i, count, &seed);
            }
            qsort(sorted, count, sizeof *sorted, ascending);
            double expected = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
            assert_true(median_of(values, count) == expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_what_to_expect),
        cmocka_unit_test(test_large_figures_lose_nothing),
        cmocka_unit_test(test_times_of_their_own),
        cmocka_unit_test(test_the_median_line_has_its_limit),
        cmocka_unit_test(test_the_median_is_that_of_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
