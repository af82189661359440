// Rising, falling or no change: the five-point trend, proportions, Mann-Kendall, Theil-Sen and
// least squares.
#include "engine/trend.h"

#include <string.h>

#include "numbers_fixture.h"

static void expect_verdict(const char *what, const struct trend_result *r, enum trend_marker marker,
                           enum trend_reason reason)
{
    if (r->marker != marker || r->reason != reason) {
        fail_msg("%s: %s \"%s\", expected %s \"%s\"", what, trend_marker_code(r->marker),
                 trend_reason_code(r->reason), trend_marker_code(marker),
                 trend_reason_code(reason));
    }
}

// --- The latest five years, each with an interval of its value -/+ `half`

struct five_case {
    const char *what;
    size_t count;
    double values[7];
    double half;
    enum trend_marker marker;
    enum trend_reason reason;
    double slope, chi_square;
};

// With equal weights: chi^2 = slope^2 x 10 / se^2, se = half / 1.96.
// clang-format off
static const struct five_case FIVE[] = {
    {"rises by one a year, far beyond its intervals", 5, {10, 11, 12, 13, 14}, 1,
     TREND_INCREASING, TREND_REASON_NONE, 1, 10 * 1.96 * 1.96},
    {"falls by one a year", 5, {14, 13, 12, 11, 10}, 1,
     TREND_DECREASING, TREND_REASON_NONE, -1, 10 * 1.96 * 1.96},
    {"rises within its intervals: chi-square is 9.37, just under the threshold", 5,
     {10, 11, 12, 13, 14}, 2.025, TREND_NO_CHANGE, TREND_REASON_NONE, 1,
     10 * (1.96 / 2.025) * (1.96 / 2.025)},
    {"a little narrower, and it is beyond chance: 9.56", 5,
     {10, 11, 12, 13, 14}, 2.005, TREND_INCREASING, TREND_REASON_NONE, 1,
     10 * (1.96 / 2.005) * (1.96 / 2.005)},
    {"one year makes the rise: without it there is none", 5, {10, 10, 10, 10, 14}, 1,
     TREND_NO_CHANGE, TREND_REASON_NONE, 0.8, 0.64 * 10 * 1.96 * 1.96},
    {"one year makes the rise: without it there is a fall", 5, {10.3, 10.2, 10.1, 10, 20}, 1,
     TREND_NO_CHANGE, TREND_REASON_NONE, 1.92, 1.92 * 1.92 * 10 * 1.96 * 1.96},
    {"no change at all", 5, {10, 10, 10, 10, 10}, 1, TREND_NO_CHANGE, TREND_REASON_NONE, 0, 0},
    {"only the latest five count: it fell before", 7, {90, 50, 10, 11, 12, 13, 14}, 1,
     TREND_INCREASING, TREND_REASON_NONE, 1, 10 * 1.96 * 1.96},
    {"a gap before the latest five does not matter", 6, {GAP, 10, 11, 12, 13, 14}, 1,
     TREND_INCREASING, TREND_REASON_NONE, 1, 10 * 1.96 * 1.96},
    {"four years are too few", 4, {10, 11, 12, 13}, 1,
     TREND_CANNOT_BE_CALCULATED, TREND_TOO_FEW, NAN, NAN},
    {"nothing at all", 0, {0}, 1, TREND_CANNOT_BE_CALCULATED, TREND_TOO_FEW, NAN, NAN},
    {"a gap among the latest five", 6, {9, 10, 11, GAP, 13, 14}, 1,
     TREND_CANNOT_BE_CALCULATED, TREND_VALUE_MISSING, NAN, NAN},
    {"the latest one is not there yet", 6, {9, 10, 11, 12, 13, GAP}, 1,
     TREND_CANNOT_BE_CALCULATED, TREND_VALUE_MISSING, NAN, NAN},
    {"an interval without width would weigh without end", 5, {10, 11, 12, 13, 14}, 0,
     TREND_CANNOT_BE_CALCULATED, TREND_ZERO_WIDTH, NAN, NAN},
    {"no interval", 5, {10, 11, 12, 13, 14}, NAN,
     TREND_CANNOT_BE_CALCULATED, TREND_NO_INTERVAL, NAN, NAN},
};
// clang-format on

static struct trend_point point_of(size_t i, double value, double half)
{
    return (struct trend_point){.time = (double)(2016 + i),
                                .value = value,
                                .count = NAN,
                                .denominator = NAN,
                                .lower = value - half,
                                .upper = value + half};
}

static void test_five_points(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FIVE / sizeof *FIVE; i++) {
        const struct five_case *c = &FIVE[i];
        struct trend_point points[7];
        for (size_t k = 0; k < c->count; k++) {
            points[k] = point_of(k, c->values[k], c->half);
        }
        struct trend_result r = trend_five_point(points, c->count, TREND_SPAN_YEAR);
        expect_verdict(c->what, &r, c->marker, c->reason);
        expect_near(c->what, "slope", r.slope, c->slope);
        expect_near(c->what, "chi-square", r.chi_square, c->chi_square);
        expect_near(c->what, "error", r.se, isnan(c->slope) ? NAN : c->half / 1.96 / sqrt(10));
        expect_near(c->what, "p", r.p, isnan(c->slope) ? NAN : erfc(sqrt(c->chi_square / 2)));
    }
}

// 10, 12, 13 with weight 1 and 15, 18 with weight 1/4: W = 3.5, mean t = 33/14, ...
static void test_a_wide_interval_weighs_less(void **state)
{
    (void)state;
    static const double values[] = {10, 12, 13, 15, 18}, half[] = {1.96, 1.96, 1.96, 3.92, 3.92};
    struct trend_point points[5];
    for (size_t i = 0; i < 5; i++) {
        points[i] = point_of(i, values[i], half[i]);
    }
    struct trend_result r = trend_five_point(points, 5, TREND_SPAN_YEAR);
    // W = 3.5, Swt = 8.25, Swtt = 24.25, Swy = 43.25, Swty = 110.5; W Swtt - Swt^2 = 16.8125.
    double slope = (3.5 * 110.5 - 8.25 * 43.25) / 16.8125;
    expect_near("two wide ones", "slope", r.slope, slope);
    expect_near("two wide ones", "intercept", r.intercept, (43.25 - slope * 8.25) / 3.5);
    expect_near("two wide ones", "chi-square", r.chi_square, slope * slope * 16.8125 / 3.5);
    expect_near("two wide ones", "error", r.se, sqrt(3.5 / 16.8125));
}

static void test_what_is_no_year(void **state)
{
    (void)state;
    struct trend_point points[5];
    for (size_t i = 0; i < 5; i++) {
        points[i] = point_of(i, (double)(10 + i), 1);
    }
    struct trend_result r = trend_five_point(points, 5, TREND_SPAN_YEARS);
    expect_verdict("periods of three years", &r, TREND_CANNOT_BE_CALCULATED, TREND_YEAR_RANGE);
    r = trend_five_point(points, 5, TREND_SPAN_SHORTER);
    expect_verdict("quarters", &r, TREND_CANNOT_BE_CALCULATED, TREND_NOT_ANNUAL);
    points[4].time = 2021;
    r = trend_five_point(points, 5, TREND_SPAN_YEAR);
    expect_verdict("2020 is not there", &r, TREND_CANNOT_BE_CALCULATED, TREND_YEAR_MISSING);
    points[4].time = 2019.5;
    r = trend_five_point(points, 5, TREND_SPAN_YEAR);
    expect_verdict("years that overlap", &r, TREND_CANNOT_BE_CALCULATED, TREND_NOT_ANNUAL);
    points[4].time = 2020;
    points[1].count = points[1].denominator = 20;
    r = trend_five_point(points, 5, TREND_SPAN_YEAR);
    expect_verdict("20 of 20", &r, TREND_CANNOT_BE_CALCULATED, TREND_COUNT_IS_DENOMINATOR);
}

// --- Proportions

struct proportion_case {
    const char *what;
    double counts[5], denominators[5];
    enum trend_marker marker;
    enum trend_reason reason;
    double chi_square;
};

// Of 100 each year: chi^2 = 500 (500 Sxt - 15 X ... ) as in trend.h; with n the same every year it
// is 10 slope^2 / (p (1 - p) / 100), p the share of all.
// clang-format off
static const struct proportion_case PROPORTIONS[] = {
    {"from 40 to 60 of 100", {40, 45, 50, 55, 60}, {100, 100, 100, 100, 100},
     TREND_INCREASING, TREND_REASON_NONE, 10.0},
    {"from 60 to 40: falling, and only this is", {60, 55, 50, 45, 40}, {100, 100, 100, 100, 100},
     TREND_DECREASING, TREND_REASON_NONE, 10.0},
    {"one more in a hundred each year is chance", {48, 49, 50, 51, 52}, {100, 100, 100, 100, 100},
     TREND_NO_CHANGE, TREND_REASON_NONE, 0.4},
    {"one year makes it", {50, 50, 50, 50, 90}, {100, 100, 100, 100, 100},
     TREND_NO_CHANGE, TREND_REASON_NONE, 10 * 0.08 * 0.08 / (0.58 * 0.42 / 100)},
    {"always half", {50, 10, 500, 50, 1}, {100, 20, 1000, 100, 2},
     TREND_NO_CHANGE, TREND_REASON_NONE, 0},
    {"all of them in one year", {40, 45, 100, 55, 60}, {100, 100, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_COUNT_IS_DENOMINATOR, NAN},
    {"none of them in one year", {40, 0, 50, 55, 60}, {100, 100, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_COUNT_ZERO, NAN},
    {"nobody to count in one year", {40, 0, 50, 55, 60}, {100, 0, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_DENOMINATOR_ZERO, NAN},
    {"more than there are", {40, 45, 101, 55, 60}, {100, 100, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_COUNT_OUTSIDE, NAN},
    {"fewer than none", {40, 45, -1, 55, 60}, {100, 100, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_COUNT_OUTSIDE, NAN},
    {"no count", {40, 45, GAP, 55, 60}, {100, 100, 100, 100, 100},
     TREND_CANNOT_BE_CALCULATED, TREND_VALUE_MISSING, NAN},
};
// clang-format on

static void test_proportions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PROPORTIONS / sizeof *PROPORTIONS; i++) {
        const struct proportion_case *c = &PROPORTIONS[i];
        struct trend_point points[5];
        for (size_t k = 0; k < 5; k++) {
            points[k] = point_of(k, 1, NAN);
            points[k].count = c->counts[k];
            points[k].denominator = c->denominators[k];
        }
        struct trend_result r = trend_proportion(points, 5, TREND_SPAN_YEAR);
        expect_verdict(c->what, &r, c->marker, c->reason);
        expect_near(c->what, "chi-square", r.chi_square, c->chi_square);
        points[3].value = GAP;
        r = trend_proportion(points, 5, TREND_SPAN_YEAR);
        expect_verdict("a suppressed value", &r, TREND_CANNOT_BE_CALCULATED, TREND_VALUE_MISSING);
    }
}

static void test_the_slope_of_a_proportion_is_of_its_logit(void **state)
{
    (void)state;
    struct trend_point points[5];
    for (size_t k = 0; k < 5; k++) {
        points[k] = point_of(k, 1, NAN);
        points[k].count = 1;
        points[k].denominator = 1 + exp(-0.25 * (double)(k + 1)); // logit 0.25 t
    }
    struct trend_result r = trend_proportion(points, 5, TREND_SPAN_YEAR);
    expect_near("a straight logit", "slope", r.slope, 0.25);
    expect_near("a straight logit", "intercept", r.intercept, 0);
}

// --- Mann-Kendall, Theil-Sen, least squares

struct long_case {
    const char *what;
    size_t count;
    double values[12];
    enum trend_marker marker;
    enum trend_reason reason;
    double s, variance, z; // Mann-Kendall
    double slope;          // Theil-Sen
};

// clang-format off
static const struct long_case LONG[] = {
    {"eight in a row upwards", 8, {1, 2, 3, 4, 5, 6, 7, 8}, TREND_INCREASING, TREND_REASON_NONE,
     28, 8 * 7 * 21 / 18.0, 27 / 8.082903768654761, 1},
    {"eight in a row downwards", 8, {8, 7, 6, 5, 4, 3, 2, 1}, TREND_DECREASING, TREND_REASON_NONE,
     -28, 8 * 7 * 21 / 18.0, -27 / 8.082903768654761, -1},
    {"seven in a row are too few to test", 7, {1, 2, 3, 4, 5, 6, 7}, TREND_CANNOT_BE_CALCULATED,
     TREND_TOO_FEW, 21, 7 * 6 * 19 / 18.0, NAN, 1},
    {"gaps do not count as values", 9, {1, 2, GAP, 3, 4, 5, GAP, 6, 7}, TREND_CANNOT_BE_CALCULATED,
     TREND_TOO_FEW, 21, 7 * 6 * 19 / 18.0, NAN, 0.75},
    {"up and down again", 8, {1, 2, 3, 4, 4, 3, 2, 1}, TREND_NO_CHANGE, TREND_REASON_NONE,
     0, (8 * 7 * 21 - 4 * 2 * 1 * 9) / 18.0, 0, 0},
    {"two more falls than rises, less one for continuity", 8, {2, 1, 4, 3, 6, 5, 1.5, 0},
     TREND_NO_CHANGE, TREND_REASON_NONE, -2, 8 * 7 * 21 / 18.0, -1 / 8.082903768654761, -0.125},
    {"all equal: nothing to test", 8, {3, 3, 3, 3, 3, 3, 3, 3}, TREND_NO_CHANGE, TREND_ALL_EQUAL,
     0, 0, NAN, 0},
    {"one value", 1, {3}, TREND_CANNOT_BE_CALCULATED, TREND_TOO_FEW, NAN, NAN, NAN, NAN},
    {"none", 0, {0}, TREND_CANNOT_BE_CALCULATED, TREND_TOO_FEW, NAN, NAN, NAN, NAN},
};
// clang-format on

static size_t points_of(const double *values, size_t count, struct trend_point *ret)
{
    for (size_t i = 0; i < count; i++) {
        ret[i] = point_of(i, values[i], NAN);
        ret[i].time = (double)(i + 1);
    }
    return count;
}

static void test_mann_kendall(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct trend_point points[12];
    for (size_t i = 0; i < sizeof LONG / sizeof *LONG; i++) {
        const struct long_case *c = &LONG[i];
        points_of(c->values, c->count, points);
        struct trend_result r = trend_mann_kendall(a, points, c->count);
        expect_verdict(c->what, &r, c->marker, c->reason);
        expect_near(c->what, "S", r.statistic, c->s);
        expect_near(c->what, "variance", r.variance, c->variance);
        expect_near(c->what, "z", r.z, c->z);
        expect_near(c->what, "p", r.p, isnan(c->z) ? NAN : erfc(fabs(c->z) / sqrt(2)));
        expect_near(c->what, "slope", r.slope, c->slope);
        struct trend_result sen = trend_theil_sen(a, points, c->count);
        expect_verdict(c->what, &sen, c->marker, c->reason);
        expect_near(c->what, "slope", sen.slope, c->slope);
        expect_near(c->what, "no statistic of its own", sen.statistic, NAN);
    }
    arena_free(a);
}

// Ranks against counting every pair, with many ties.
static void test_kendall_counts_every_pair(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    uint64_t seed = 5;
    for (size_t count = 2; count < 200; count++) {
        double values[200];
        struct trend_point points[200];
        double s = 0;
        for (size_t i = 0; i < count; i++) {
            values[i] = floor(next_number(&seed) * (double)(1 + count % 17));
            for (size_t k = 0; k < i; k++) {
                s += (values[i] > values[k]) - (values[i] < values[k]);
            }
        }
        points_of(values, count, points);
        assert_true(trend_mann_kendall(a, points, count).statistic == s);
    }
    arena_free(a);
}

// 10, 12, 11, 15, 12: slope 0.7, residual 9.1, total 14, t = 0.7 / sqrt(9.1 / 3 / 10), 3 df.
static void test_least_squares(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct trend_point points[12];
    static const double some[] = {10, 12, 11, 15, 12};
    points_of(some, 5, points);
    struct trend_result r = trend_ols(a, points, 5);
    double t = 0.7 / sqrt(9.1 / 30);
    expect_verdict("five figures", &r, TREND_NO_CHANGE, TREND_REASON_NONE);
    expect_near("five figures", "slope", r.slope, 0.7);
    expect_near("five figures", "intercept", r.intercept, 9.9);
    expect_near("five figures", "error", r.se, sqrt(9.1 / 30));
    expect_near("five figures", "t", r.statistic, t);
    // For 3 degrees of freedom, two-sided: 1 - 2/pi (atan x + x / (1 + x^2)), x = t / sqrt(3).
    double x = t / sqrt(3);
    expect_near("five figures", "p", r.p, 1 - 2 / acos(-1) * (atan(x) + x / (1 + x * x)));
    expect_near("five figures", "r squared", r.r_squared, 1 - 9.1 / 14);
    static const double line[] = {0.1, 0.2, 0.3};
    points_of(line, 3, points);
    r = trend_ols(a, points, 3);
    expect_verdict("on a line", &r, TREND_INCREASING, TREND_REASON_NONE);
    expect_near("on a line", "error", r.se, 0);
    expect_near("on a line", "t", r.statistic, NAN);
    expect_near("on a line", "p", r.p, 0);
    expect_near("on a line", "r squared", r.r_squared, 1);
    static const double equal[] = {0.1, 0.1, 0.1};
    points_of(equal, 3, points);
    r = trend_ols(a, points, 3);
    expect_verdict("all equal", &r, TREND_NO_CHANGE, TREND_ALL_EQUAL);
    expect_near("all equal", "p", r.p, NAN);
    r = trend_ols(a, points, 2);
    expect_verdict("two points", &r, TREND_CANNOT_BE_CALCULATED, TREND_TOO_FEW);
    arena_free(a);
}

// Turned round in time or upside down, every trend is the opposite one.
static void test_mirrored(void **state)
{
    (void)state;
    static const enum trend_marker opposite[] = {
        [TREND_CANNOT_BE_CALCULATED] = TREND_CANNOT_BE_CALCULATED,
        [TREND_NO_CHANGE] = TREND_NO_CHANGE,
        [TREND_INCREASING] = TREND_DECREASING,
        [TREND_DECREASING] = TREND_INCREASING,
    };
    struct arena *a = arena_new(0);
    uint64_t seed = 11;
    int found[4] = {0};
    for (int round = 0; round < 300; round++) {
        struct trend_point points[10], mirrored[10];
        double rise = (next_number(&seed) - 0.5) * 10;
        for (size_t i = 0; i < 10; i++) {
            double value = floor(40 + rise * (double)i / 4 + next_number(&seed) * 12);
            double half = 1 + next_number(&seed);
            points[i] = point_of(i, value, half);
            points[i].count = fmin(fmax(value, 1), 99);
            points[i].denominator = 100;
            mirrored[i] = point_of(i, -value, half);
            mirrored[i].count = 100 - points[i].count;
            mirrored[i].denominator = 100;
        }
        for (size_t m = 0; m < TREND_METHOD_COUNT; m++) {
            enum trend_method method = (enum trend_method)m;
            struct trend_result r = trend_evaluate(a, method, points, 10, TREND_SPAN_YEAR);
            struct trend_result back = trend_evaluate(a, method, mirrored, 10, TREND_SPAN_YEAR);
            expect_verdict(trend_method_code(method), &back, opposite[r.marker], r.reason);
            found[r.marker]++;
        }
    }
    assert_true(found[TREND_NO_CHANGE] > 50 && found[TREND_INCREASING] > 50 &&
                found[TREND_DECREASING] > 50);
    arena_free(a);
}

static void test_every_code_has_its_word(void **state)
{
    (void)state;
    for (int m = 0; m < TREND_METHOD_COUNT; m++) {
        assert_true(strlen(trend_method_code((enum trend_method)m)) > 0);
    }
    for (int r = 1; r < TREND_REASON_COUNT; r++) {
        assert_true(strlen(trend_reason_code((enum trend_reason)r)) > 0);
    }
    assert_string_equal(trend_reason_code(TREND_REASON_NONE), "");
    assert_string_equal(trend_marker_code(TREND_NO_CHANGE), "no_change");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_five_points),
        cmocka_unit_test(test_a_wide_interval_weighs_less),
        cmocka_unit_test(test_what_is_no_year),
        cmocka_unit_test(test_proportions),
        cmocka_unit_test(test_the_slope_of_a_proportion_is_of_its_logit),
        cmocka_unit_test(test_mann_kendall),
        cmocka_unit_test(test_kendall_counts_every_pair),
        cmocka_unit_test(test_least_squares),
        cmocka_unit_test(test_mirrored),
        cmocka_unit_test(test_every_code_has_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
