// Where the year will end: by each method, with its interval and the chance of the target.
#include "engine/forecast.h"

#include <string.h>

#include "numbers_fixture.h"

enum { YEAR = 12, MOST = 40 };

// Years are written as twelve figures. EVEN: ten a month. SEASONAL: half of it in the last quarter.
#define EVEN 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10
#define SEASONAL 5, 5, 5, 5, 5, 5, 5, 5, 5, 15, 15, 15
#define NOTHING 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0

struct outturn_case {
    const char *what;
    double values[MOST];
    size_t count;
    int elapsed;
    enum forecast_method method;
    double outturn;
    enum forecast_reason reason;
};

// clang-format off
static const struct outturn_case CASES[] = {
    {"run rate: 30 in three months", {8, 10, 12}, 3, 3, FORECAST_RUN_RATE, 120, 0},
    {"run rate knows no season", {SEASONAL, 6, 6, 6}, 15, 3, FORECAST_RUN_RATE, 72, 0},
    {"profile: by June a sixth of last year was in, 18 so far", {SEASONAL, 6, 6, 6}, 15, 3,
     FORECAST_PROFILE, 18 / (15 / 90.0), 0},
    {"profile of two years: a sixth and a quarter", {SEASONAL, EVEN, 6, 6, 6}, 27, 3,
     FORECAST_PROFILE_TWO, 18 / ((15 / 90.0 + 30 / 120.0) / 2), 0},
    {"recent pace: the latest three go on", {EVEN, 1, 2, 3, 4, 5}, 17, 5, FORECAST_RECENT_PACE,
     15 + 7 * 4, 0},
    {"recent pace reaches into last year", {EVEN, 40}, 13, 1, FORECAST_RECENT_PACE,
     40 + 11 * 20, 0},
    {"seasonal naive: the rest as last year", {SEASONAL, 6, 6, 6}, 15, 3,
     FORECAST_SEASONAL_NAIVE, 18 + 75, 0},
    {"trend: one more each month", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, 14, 2,
     FORECAST_TREND, 13 + 14 + 15 + 16 + 17 + 18 + 19 + 20 + 21 + 22 + 23 + 24, 0},
    {"trend: a gap last year moves nothing", {1, 2, 3, 4, 5, GAP, 7, 8, 9, 10, 11, 12, 13, 14}, 14,
     2, FORECAST_TREND, 222, 0},
    {"eleven months are too few for a trend", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 11, 11,
     FORECAST_TREND, NAN, FORECAST_TOO_FEW},
    {"Holt-Winters: the season comes back", {SEASONAL, SEASONAL, 5, 5, 5}, 27, 3,
     FORECAST_HOLT_WINTERS, 90, 0},
    {"Holt-Winters: only since the last gap", {99, GAP, SEASONAL, SEASONAL, 5, 5, 5}, 29, 3,
     FORECAST_HOLT_WINTERS, 90, 0},
    {"Holt-Winters: a gap within the two years", {GAP, SEASONAL, GAP, SEASONAL}, 26, 6,
     FORECAST_HOLT_WINTERS, NAN, FORECAST_GAP_LAST_YEAR},
    {"Holt-Winters: 23 months are too few", {EVEN, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 23, 11,
     FORECAST_HOLT_WINTERS, NAN, FORECAST_TOO_FEW},
    {"nothing has elapsed", {EVEN}, 12, 0, FORECAST_SEASONAL_NAIVE, NAN, FORECAST_NOTHING_ELAPSED},
    {"all has elapsed: the outturn is the year", {SEASONAL}, 12, 12, FORECAST_RUN_RATE, 90,
     FORECAST_YEAR_COMPLETE},
    {"by any method", {SEASONAL}, 12, 12, FORECAST_PROFILE_TWO, 90, FORECAST_YEAR_COMPLETE},
    {"a gap this year: nobody knows the year to date", {EVEN, 5, GAP, 5}, 15, 3, FORECAST_RUN_RATE,
     NAN, FORECAST_GAP_THIS_YEAR},
    {"the latest month is not in", {EVEN, 5, 5, GAP}, 15, 3, FORECAST_SEASONAL_NAIVE, NAN,
     FORECAST_GAP_THIS_YEAR},
    {"the series starts within the year", {5, 5}, 2, 6, FORECAST_RUN_RATE, NAN,
     FORECAST_GAP_THIS_YEAR},
    {"even with a whole year of gaps", {5, GAP, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 12, 12,
     FORECAST_RUN_RATE, NAN, FORECAST_GAP_THIS_YEAR},
    {"profile: the year before is not whole", {10, 10, 5, 5, 5}, 5, 3, FORECAST_PROFILE, NAN,
     FORECAST_NO_LAST_YEAR},
    {"profile: a gap in the year before", {GAP, EVEN, 5, 5}, 15, 3, FORECAST_PROFILE, NAN,
     FORECAST_GAP_LAST_YEAR},
    {"profile of two years: there is one", {EVEN, 5, 5, 5}, 15, 3, FORECAST_PROFILE_TWO, NAN,
     FORECAST_NO_LAST_YEAR},
    {"profile of two years: a gap two years back", {GAP, SEASONAL, EVEN, 5, 5}, 27, 3,
     FORECAST_PROFILE_TWO, NAN, FORECAST_GAP_LAST_YEAR},
    {"nothing this year yet: the profile cannot tell", {EVEN, 0, 0, 0}, 15, 3, FORECAST_PROFILE,
     NAN, FORECAST_ZERO_TO_DATE},
    {"nothing by June last year", {0, 0, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1, 2, 3}, 15, 3,
     FORECAST_PROFILE, NAN, FORECAST_ZERO_SHARE},
    {"nothing all last year", {NOTHING, 1, 2, 3}, 15, 3, FORECAST_PROFILE, NAN,
     FORECAST_ZERO_SHARE},
    {"last year's pennies cancel out to nothing",
     {0.1, 0.2, -0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3}, 15, 3, FORECAST_PROFILE, NAN,
     FORECAST_ZERO_SHARE},
    {"seasonal naive needs only the rest of last year", {10, 10, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5},
     12, 6, FORECAST_SEASONAL_NAIVE, 90, 0},
    {"and not a month less", {10, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5}, 11, 6,
     FORECAST_SEASONAL_NAIVE, NAN, FORECAST_NO_LAST_YEAR},
    {"a gap in the rest of last year", {10, 10, GAP, 10, 10, 10, 5, 5, 5, 5, 5, 5}, 12, 6,
     FORECAST_SEASONAL_NAIVE, NAN, FORECAST_GAP_LAST_YEAR},
    {"recent pace of two months", {4, 5}, 2, 2, FORECAST_RECENT_PACE, NAN, FORECAST_TOO_FEW},
    {"recent pace with March missing", {EVEN, GAP, 5, 5}, 15, 2, FORECAST_RECENT_PACE, NAN,
     FORECAST_GAP_LAST_YEAR},
    {"one month alone: an outturn without an interval", {5}, 1, 1, FORECAST_RUN_RATE, 60,
     FORECAST_NO_RANGE},
    {"refunds may run below nought", {-5, -7}, 2, 2, FORECAST_RUN_RATE, -72, 0},
};
// clang-format on

static struct forecast_input months(const double *values, size_t count, int elapsed, double target)
{
    return (struct forecast_input){values, count, elapsed, YEAR, target};
}

static void test_each_method(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct outturn_case *c = &CASES[i];
        struct forecast_input in = months(c->values, c->count, c->elapsed, NAN);
        struct forecast_result r = forecast_outturn(&in, c->method);
        expect_near(c->what, "outturn", r.outturn, c->outturn);
        if (r.reason != c->reason) {
            fail_msg("%s: \"%s\", expected \"%s\"", c->what, forecast_reason_code(r.reason),
                     forecast_reason_code(c->reason));
        }
        expect_near(c->what, "no chance without a target", r.probability, NAN);
        if (c->reason != FORECAST_REASON_NONE) {
            expect_near(c->what, "no error", r.se, NAN);
            expect_near(c->what, "no interval", r.lower_80, NAN);
            expect_near(c->what, "no interval", r.upper_95, NAN);
        }
    }
}

// Moving ranges 2, 4, 2, mean 8/3; eight months to go: se = 2.66 x (8/3) / 3 x sqrt(8).
static void test_the_interval_of_a_stable_process(void **state)
{
    (void)state;
    static const double values[] = {10, 12, 8, 10};
    struct forecast_input in = months(values, 4, 4, 120);
    struct forecast_result r = forecast_outturn(&in, FORECAST_RUN_RATE);
    double se = 2.66 * (8 / 3.0) / 3 * sqrt(8);
    expect_near("10, 12, 8, 10", "outturn", r.outturn, 120);
    expect_near("10, 12, 8, 10", "error", r.se, se);
    expect_near("10, 12, 8, 10", "lower 80", r.lower_80, 120 - 1.2815515655446004 * se);
    expect_near("10, 12, 8, 10", "upper 80", r.upper_80, 120 + 1.2815515655446004 * se);
    expect_near("10, 12, 8, 10", "lower 95", r.lower_95, 120 - 1.959963984540054 * se);
    expect_near("10, 12, 8, 10", "upper 95", r.upper_95, 120 + 1.959963984540054 * se);
    expect_near("as likely as not", "chance", r.probability, 0.5);
    assert_true(r.is_trial && r.n == 4 && isinf(r.df));
    in.target = 120 - se;
    expect_near("one error to spare", "chance",
                forecast_outturn(&in, FORECAST_RUN_RATE).probability, 0.8413447460685429);
}

// A range is taken over one missing month, not over two.
static void test_ranges_over_gaps(void **state)
{
    (void)state;
    static const double one[] = {10, 14, GAP, 15, EVEN, 10},
                        two[] = {10, 14, GAP, GAP, 15, EVEN, 10};
    struct forecast_input in = months(one, 17, 1, NAN);
    expect_near("one month missing", "error", forecast_outturn(&in, FORECAST_RUN_RATE).se,
                2.66 * ((4 + 1 + 5) / 15.0) / 3 * sqrt(11));
    in = months(two, 18, 1, NAN);
    expect_near("two months missing", "error", forecast_outturn(&in, FORECAST_RUN_RATE).se,
                2.66 * ((4 + 5) / 14.0) / 3 * sqrt(11));
    assert_false(forecast_outturn(&in, FORECAST_RUN_RATE).is_trial);
}

// 1 and 3 by turns for 13 months: with the line fitted, df 11 and the error as in line.h.
static void test_the_interval_of_a_trend(void **state)
{
    (void)state;
    double values[13], mean = 25 / 13.0, residual = 0;
    for (int i = 0; i < 13; i++) {
        values[i] = i % 2 == 0 ? 1 : 3;
        residual += (values[i] - mean) * (values[i] - mean); // even about the middle: slope 0
    }
    struct forecast_input in = months(values, 13, 1, 1 + 11 * mean);
    struct forecast_result r = forecast_outturn(&in, FORECAST_TREND);
    // t = 14 to 24: the sum of (t - 7) is 132; the spread of t is 182.
    double se = sqrt(residual / 11 * (11 + 121 / 13.0 + 132.0 * 132 / 182));
    expect_near("to and fro", "outturn", r.outturn, 1 + 11 * mean);
    expect_near("to and fro", "error", r.se, se);
    expect_near("to and fro", "degrees of freedom", r.df, 11);
    // t tables: 1.363430318, 2.200985160 for 11 degrees of freedom.
    assert_true(fabs((r.upper_80 - r.outturn) / se - 1.363430318) < 1e-9);
    assert_true(fabs((r.outturn - r.lower_95) / se - 2.200985160) < 1e-9);
    expect_near("to and fro", "chance", r.probability, 0.5);
}

// The first 27 months of the air passengers of Box and Jenkins, in thousands, as R 4.2.2 has them:
// HoltWinters(x, 0.3, 0.1, 0.2), the next nine of predict summed, and their deviation as in
// forecast.h.
static void test_holt_winters_as_in_r(void **state)
{
    (void)state;
    static const double values[] = {112, 118, 132, 129, 121, 135, 148, 148, 136,
                                    119, 104, 118, 115, 126, 141, 135, 125, 149,
                                    170, 170, 158, 133, 114, 140, 145, 150, 178};
    struct forecast_input in = months(values, 27, 3, NAN);
    struct forecast_result r = forecast_outturn(&in, FORECAST_HOLT_WINTERS);
    expect_near("air passengers", "outturn", r.outturn, 2035.2146066209875);
    expect_near("air passengers", "error", r.se, 52.286382917385772);
}

static void test_certain_when_nothing_varies(void **state)
{
    (void)state;
    static const double values[] = {EVEN, 10, 10, 10};
    for (int m = 0; m < FORECAST_METHOD_COUNT; m++) {
        enum forecast_method method = (enum forecast_method)m;
        struct forecast_input in = months(values, 15, 3, 120);
        struct forecast_result r = forecast_outturn(&in, method);
        if (method == FORECAST_PROFILE_TWO || method == FORECAST_HOLT_WINTERS) {
            assert_true(isnan(r.outturn)); // for want of a second year
            continue;
        }
        expect_near(forecast_method_code(method), "outturn", r.outturn, 120);
        expect_near(forecast_method_code(method), "error", r.se, 0);
        expect_near(forecast_method_code(method), "upper", r.upper_95, 120);
        expect_near("met on the dot", "chance", r.probability, 1);
        in.target = 120.5;
        expect_near("half short", "chance", forecast_outturn(&in, method).probability, 0);
    }
}

// Tenths are not exact in a double; a target met on the dot is met all the same.
static void test_certain_of_every_tenth(void **state)
{
    (void)state;
    for (int tenths = 1; tenths <= 500; tenths++) {
        double values[11];
        for (int i = 0; i < 11; i++) {
            values[i] = tenths / 10.0;
        }
        for (int elapsed = 2; elapsed <= 11; elapsed++) {
            struct forecast_input in = months(values, (size_t)elapsed, elapsed, tenths * 12 / 10.0);
            assert_true(forecast_outturn(&in, FORECAST_RUN_RATE).probability == 1);
        }
    }
}

static void test_quarters(void **state)
{
    (void)state;
    static const double values[] = {10, 20, 30, 40, 12, 22};
    struct forecast_input in = {values, 6, 2, 4, NAN};
    expect_near("two quarters", "run rate", forecast_outturn(&in, FORECAST_RUN_RATE).outturn, 68);
    expect_near("two quarters", "profile", forecast_outturn(&in, FORECAST_PROFILE).outturn,
                34 / 0.3);
    expect_near("two quarters", "naive", forecast_outturn(&in, FORECAST_SEASONAL_NAIVE).outturn,
                104);
    expect_near("two quarters", "recent", forecast_outturn(&in, FORECAST_RECENT_PACE).outturn,
                34 + 2 * 74 / 3.0);
}

static void test_the_one_to_show(void **state)
{
    (void)state;
    static const double whole[] = {SEASONAL, 6, 6, 6},
                        gap[] = {GAP, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6};
    struct forecast_input in = months(whole, 15, 3, NAN);
    assert_int_equal(forecast_default(&in), FORECAST_PROFILE);
    struct forecast_range range = forecast_range(&in);
    expect_near("the range", "lowest", range.lowest, 72);
    expect_near("the range", "highest", range.highest,
                forecast_outturn(&in, FORECAST_TREND).outturn);
    expect_near("the range", "highest", range.highest, 4356 / 35.0);
    assert_int_equal(range.methods, 5);
    in = months(gap, 15, 3, NAN);
    assert_int_equal(forecast_default(&in), FORECAST_RUN_RATE);
    in = months(whole, 3, 3, NAN);
    assert_int_equal(forecast_default(&in), FORECAST_RUN_RATE);
    in = months(whole, 12, 0, NAN);
    range = forecast_range(&in);
    expect_near("nothing elapsed", "lowest", range.lowest, NAN);
    assert_int_equal(range.methods, 0);
}

// --- Stocks and ratios

static void test_stocks(void **state)
{
    (void)state;
    static const double values[] = {100, 104, 102, 106};
    struct forecast_input in = months(values, 4, 4, 106);
    struct forecast_result r = forecast_stock(&in, false);
    expect_near("open cases", "outturn", r.outturn, 106);
    // Steps 4, 2, 4: their mean size is 10/3; eight months to go.
    expect_near("open cases", "error", r.se, sqrt(acos(-1) / 2) * 10 / 3 * sqrt(8));
    expect_near("open cases", "chance", r.probability, 0.5);
    assert_int_equal(forecast_stock(&in, true).reason, FORECAST_TOO_FEW);
    double line[14];
    for (int i = 0; i < 14; i++) {
        line[i] = 3 * i;
    }
    in = months(line, 14, 2, NAN);
    r = forecast_stock(&in, true);
    expect_near("three more each month", "outturn", r.outturn, 39 + 3 * 10);
    expect_near("three more each month", "error", r.se, 0);
    in = months(line, 14, 12, NAN);
    assert_int_equal(forecast_stock(&in, false).reason, FORECAST_YEAR_COMPLETE);
    in = months(line, 14, 0, NAN);
    assert_int_equal(forecast_stock(&in, false).reason, FORECAST_NOTHING_ELAPSED);
    line[13] = GAP;
    in = months(line, 14, 2, NAN);
    assert_int_equal(forecast_stock(&in, false).reason, FORECAST_GAP_THIS_YEAR);
}

static void test_ratios(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    // 50 % of 10, then 90 % of 30, then 60 % of 20: 44 of 60 by June.
    static const double tops[] = {5, 27, 12}, bottoms[] = {10, 30, 20};
    struct forecast_ratio_input in = {tops, bottoms, 3, 3, YEAR, 70, 100, true};
    struct forecast_result r = forecast_ratio(a, &in, FORECAST_RUN_RATE);
    expect_near("of the year", "outturn", r.outturn, 100 * 44 / 60.0);
    // Moving ranges 40 and 30; three quarters of the denominator are to come, in nine months.
    double se = 2.66 * 35 / 3 * 0.75 / 3;
    expect_near("of the year", "error", r.se, se);
    expect_near("cut at a hundred, afterwards", "upper 80", r.upper_80,
                100 * 44 / 60.0 + 1.2815515655446004 * se);
    in.multiplier = 130;
    r = forecast_ratio(a, &in, FORECAST_RUN_RATE);
    expect_near("cut at a hundred, afterwards", "upper 95", r.upper_95, 100);
    expect_near("the error is not cut", "error", r.se, 1.3 * se);
    static const double half[] = {5, GAP, 12}, none[] = {0, 0, 0};
    in = (struct forecast_ratio_input){half, bottoms, 3, 3, YEAR, NAN, 100, true};
    assert_int_equal(forecast_ratio(a, &in, FORECAST_RUN_RATE).reason, FORECAST_GAP_THIS_YEAR);
    in = (struct forecast_ratio_input){tops, none, 3, 3, YEAR, NAN, 100, true};
    assert_int_equal(forecast_ratio(a, &in, FORECAST_RUN_RATE).reason, FORECAST_NO_DENOMINATOR);
    assert_int_equal(forecast_ratio_default(a, &in), FORECAST_RUN_RATE);
    in.elapsed = 0;
    assert_int_equal(forecast_ratio(a, &in, FORECAST_RUN_RATE).reason, FORECAST_NOTHING_ELAPSED);
    arena_free(a);
}

static void test_a_ratio_of_a_whole_year(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static const double tops[] = {SEASONAL}, bottoms[] = {EVEN};
    struct forecast_ratio_input in = {tops, bottoms, 12, 12, YEAR, 70, 100, true};
    struct forecast_result r = forecast_ratio(a, &in, FORECAST_PROFILE);
    expect_near("the year as it was", "outturn", r.outturn, 75);
    expect_near("the year as it was", "error", r.se, NAN);
    assert_int_equal(r.reason, FORECAST_YEAR_COMPLETE);
    arena_free(a);
}

static void test_every_code_has_its_word(void **state)
{
    (void)state;
    for (int m = 0; m < FORECAST_METHOD_COUNT; m++) {
        assert_true(strlen(forecast_method_code((enum forecast_method)m)) > 0);
    }
    for (int r = 1; r < FORECAST_REASON_COUNT; r++) {
        assert_true(strlen(forecast_reason_code((enum forecast_reason)r)) > 0);
    }
    assert_string_equal(forecast_reason_code(FORECAST_REASON_NONE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_method),
        cmocka_unit_test(test_the_interval_of_a_stable_process),
        cmocka_unit_test(test_ranges_over_gaps),
        cmocka_unit_test(test_the_interval_of_a_trend),
        cmocka_unit_test(test_holt_winters_as_in_r),
        cmocka_unit_test(test_certain_when_nothing_varies),
        cmocka_unit_test(test_certain_of_every_tenth),
        cmocka_unit_test(test_quarters),
        cmocka_unit_test(test_the_one_to_show),
        cmocka_unit_test(test_stocks),
        cmocka_unit_test(test_ratios),
        cmocka_unit_test(test_a_ratio_of_a_whole_year),
        cmocka_unit_test(test_every_code_has_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
