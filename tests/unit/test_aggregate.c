// Months to quarters, years, the year to date and rolling windows: flows, stocks and ratios.
//
// A series is written as "2024-04 12, 2024-05 -" (a dash is a month without a figure); a ratio as
// "2024-04 7/9".
#include "engine/aggregate.h"
#include "status_fixture.h"

#include <stdio.h>

enum { APRIL = 4, PARTS_MAX = 40 };

enum span { PERIOD, TO_DATE, ROLLING_3, ROLLING_12 };

struct aggregate_case {
    const char *what;
    enum aggregation as;
    int64_t multiplier;
    int decimals;
    const char *series;
    enum span span;
    const char *period; // the whole, or the last part
    const char *value, *numerator, *denominator;
    int present, expected;
};

#define Q1 "2024-04 10, 2024-05 20.5, 2024-06 12"
#define GAP "2024-04 10, 2024-05 -, 2024-06 12"
#define OPEN_END "2024-04 10, 2024-05 20, 2024-06 -"
#define SHARES "2024-04 9/10, 2024-05 10/90, 2024-06 1/100"
#define YEAR                                                                                       \
    "2024-04 1, 2024-05 2, 2024-06 3, 2024-07 4, 2024-08 5, 2024-09 6, 2024-10 7, 2024-11 8, "     \
    "2024-12 9, 2025-01 10, 2025-02 11, 2025-03 12"

// clang-format off
static const struct aggregate_case CASES[] = {
    {"a flow: the sum", AGGREGATE_SUM, 1, 2, Q1, PERIOD, "2024-25-Q1", "42.5", NULL, NULL, 3, 3},
    {"a flow with a gap: what is there, and how much of it", AGGREGATE_SUM, 1, 2, GAP, PERIOD,
     "2024-25-Q1", "22", NULL, NULL, 2, 3},
    {"a month that has no row at all is a gap too", AGGREGATE_SUM, 1, 2, "2024-04 10, 2024-06 12",
     PERIOD, "2024-25-Q1", "22", NULL, NULL, 2, 3},
    {"missing is not nought", AGGREGATE_SUM, 1, 2, "2024-04 -, 2024-05 -", PERIOD, "2024-25-Q1",
     NULL, NULL, NULL, 0, 3},
    {"nought is not missing", AGGREGATE_SUM, 1, 2, "2024-04 0, 2024-05 0, 2024-06 0", PERIOD,
     "2024-25-Q1", "0", NULL, NULL, 3, 3},
    {"figures of other quarters stay out", AGGREGATE_SUM, 1, 2, YEAR, PERIOD, "2024-25-Q2", "15",
     NULL, NULL, 3, 3},
    {"a year", AGGREGATE_SUM, 1, 2, YEAR, PERIOD, "2024-25-FY", "78", NULL, NULL, 12, 12},
    {"a half", AGGREGATE_SUM, 1, 2, YEAR, PERIOD, "2024-25-H2", "57", NULL, NULL, 6, 6},
    {"a month is its own whole", AGGREGATE_SUM, 1, 2, YEAR, PERIOD, "2024-07", "4", NULL, NULL, 1,
     1},
    {"before the first figure", AGGREGATE_SUM, 1, 2, YEAR, PERIOD, "2023-24-Q4", NULL, NULL, NULL,
     0, 3},
    {"no figures at all: not even the kind of part is known", AGGREGATE_SUM, 1, 2, "", PERIOD,
     "2024-25-Q1", NULL, NULL, NULL, 0, 0},
    {"pence add up exactly", AGGREGATE_SUM, 1, 0, "2024-04 0.1, 2024-05 0.2, 2024-06 0.3", PERIOD,
     "2024-25-Q1", "0.6", NULL, NULL, 3, 3},
    {"a sum of more than eighteen digits is not given", AGGREGATE_SUM, 1, 0,
     "2024-04 999999999999999999, 2024-05 1, 2024-06 0", PERIOD, "2024-25-Q1", NULL, NULL, NULL, 3,
     3},
    {"quarters to a year", AGGREGATE_SUM, 1, 0, "2024-25-Q1 1, 2024-25-Q2 2, 2024-25-Q3 -", PERIOD,
     "2024-25-FY", "3", NULL, NULL, 2, 4},

    {"a stock: the last figure", AGGREGATE_LAST, 1, 2, Q1, PERIOD, "2024-25-Q1", "12", NULL, NULL,
     3, 3},
    {"a stock whose last month is missing: the last there is", AGGREGATE_LAST, 1, 2, OPEN_END,
     PERIOD, "2024-25-Q1", "20", NULL, NULL, 2, 3},
    {"a stock, year to date", AGGREGATE_LAST, 1, 2, YEAR, TO_DATE, "2024-08", "5", NULL, NULL, 5,
     5},
    {"a stock, rolling: the mean", AGGREGATE_LAST, 1, 2, YEAR, ROLLING_3, "2024-08", "4", NULL,
     NULL,
     3, 3},

    {"a declared mean, rounded half away from nought", AGGREGATE_MEAN, 1, 1, Q1, PERIOD,
     "2024-25-Q1", "14.2", NULL, NULL, 3, 3},
    {"a mean below nought", AGGREGATE_MEAN, 1, 0, "2024-04 -1, 2024-05 -2, 2024-06 -", PERIOD,
     "2024-25-Q1", "-2", NULL, NULL, 2, 3},
    {"all the digits there are", AGGREGATE_MEAN, 1, -1, "2024-04 1, 2024-05 0, 2024-06 0", PERIOD,
     "2024-25-Q1", "0.333333333333333333", NULL, NULL, 3, 3},
    {"all the digits of a large mean", AGGREGATE_MEAN, 1, -1,
     "2024-04 20000000, 2024-05 0, 2024-06 0", PERIOD, "2024-25-Q1", "6666666.66666666667", NULL,
     NULL, 3, 3},

    {"a percentage: 20 of 200, not the mean of 90 %, 11 % and 1 %", AGGREGATE_RATIO, 100, 1, SHARES,
     PERIOD, "2024-25-Q1", "10.0", "20", "200", 3, 3},
    {"a rate per 1,000", AGGREGATE_RATIO, 1000, 2, SHARES, PERIOD, "2024-25-Q1", "100.00", "20",
     "200", 3, 3},
    {"a plain ratio", AGGREGATE_RATIO, 1, 3, SHARES, PERIOD, "2024-25-Q1", "0.100", "20", "200", 3,
     3},
    {"a month counts only with both its parts", AGGREGATE_RATIO, 100, 1,
     "2024-04 9/10, 2024-05 /90, 2024-06 1/", PERIOD, "2024-25-Q1", "90.0", "9", "10", 1, 3},
    {"nothing of nothing is undefined, not nought", AGGREGATE_RATIO, 100, 1,
     "2024-04 0/0, 2024-05 0/0, 2024-06 0/0", PERIOD, "2024-25-Q1", NULL, "0", "0", 3, 3},
    {"no pair at all", AGGREGATE_RATIO, 100, 1, "2024-04 9/, 2024-05 /3", PERIOD, "2024-25-Q1",
     NULL, NULL, NULL, 0, 3},
    {"two thirds, rounded once", AGGREGATE_RATIO, 100, 2, "2024-04 1/1, 2024-05 1/1, 2024-06 0/1",
     PERIOD, "2024-25-Q1", "66.67", "2", "3", 3, 3},
    {"a ratio, year to date", AGGREGATE_RATIO, 100, 1, SHARES, TO_DATE, "2024-05", "19.0", "19",
     "100", 2, 2},
    {"a ratio, rolling", AGGREGATE_RATIO, 100, 1, SHARES, ROLLING_3, "2024-06", "10.0", "20", "200",
     3, 3},

    {"the year to date", AGGREGATE_SUM, 1, 2, YEAR, TO_DATE, "2024-08", "15", NULL, NULL, 5, 5},
    {"the first month of the year", AGGREGATE_SUM, 1, 2, YEAR, TO_DATE, "2024-04", "1", NULL, NULL,
     1, 1},
    {"the last month of the year", AGGREGATE_SUM, 1, 2, YEAR, TO_DATE, "2025-03", "78", NULL, NULL,
     12, 12},
    {"a new year begins anew", AGGREGATE_SUM, 1, 2, "2024-03 100, 2024-04 1", TO_DATE, "2024-04",
     "1", NULL, NULL, 1, 1},
    {"a gap does not reset it but is told", AGGREGATE_SUM, 1, 2, GAP, TO_DATE, "2024-06", "22",
     NULL, NULL, 2, 3},
    {"a year that the data enter part-way", AGGREGATE_SUM, 1, 2, "2024-06 3, 2024-07 4", TO_DATE,
     "2024-07", "7", NULL, NULL, 2, 4},

    {"three months rolling", AGGREGATE_SUM, 1, 2, YEAR, ROLLING_3, "2024-08", "12", NULL, NULL, 3,
     3},
    {"over the turn of the year", AGGREGATE_SUM, 1, 2, YEAR, ROLLING_3, "2025-01", "27", NULL, NULL,
     3, 3},
    {"twelve months rolling", AGGREGATE_SUM, 1, 2, YEAR, ROLLING_12, "2025-03", "78", NULL, NULL,
     12,
     12},
    {"a window that is not full says nothing", AGGREGATE_SUM, 1, 2, YEAR, ROLLING_12, "2025-02",
     NULL, NULL, NULL, 11, 12},
    {"nor one with a gap", AGGREGATE_SUM, 1, 2, GAP, ROLLING_3, "2024-06", NULL, NULL, NULL, 2, 3},

    {"what cannot be aggregated has the figure of the very period", AGGREGATE_NONE, 1, 2,
     "2024-25-Q1 44, 2024-25-Q2 50", PERIOD, "2024-25-Q2", "50", NULL, NULL, 1, 1},
    {"and no other", AGGREGATE_NONE, 1, 2, Q1, PERIOD, "2024-25-Q1", NULL, NULL, NULL, 0, 1},
    {"to date: the figure of the period itself", AGGREGATE_NONE, 1, 2, YEAR, TO_DATE, "2024-08",
     "5", NULL, NULL, 1, 1},
};
// clang-format on

static struct period period(const char *id)
{
    struct period p = PERIOD_ABSENT;
    if (!period_parse_id(id, strlen(id), APRIL, &p)) {
        fail_msg("the test holds a wrong period: %s", id);
    }
    return p;
}

static struct dec part_of(const char *text)
{
    return text[0] == '\0' || strcmp(text, "-") == 0 ? DEC_NONE : figure(text);
}

static size_t read_series(const char *text, struct part_figure *parts)
{
    size_t count = 0;
    while (*text != '\0') {
        char id[16], value[32];
        int used = 0;
        if (sscanf(text, "%15s %31[^,]%n", id, value, &used) != 2 || count == PARTS_MAX) {
            fail_msg("the test holds a wrong series: %s", text);
        }
        struct part_figure *p = &parts[count++];
        *p = (struct part_figure){.period = period(id)};
        char *slash = strchr(value, '/');
        if (slash == NULL) {
            p->value = part_of(value);
        } else {
            *slash = '\0';
            p->numerator = part_of(value);
            p->denominator = part_of(slash + 1);
        }
        text += used;
        text += strspn(text, ", ");
    }
    return count;
}

static struct aggregate_result aggregate(const struct aggregate_case *c,
                                         const struct part_figure *parts, size_t count)
{
    struct aggregate_how how = {c->as, c->multiplier, c->decimals, APRIL};
    struct period p = period(c->period);
    switch (c->span) {
    case PERIOD: return aggregate_period(parts, count, p, &how);
    case TO_DATE: return aggregate_year_to_date(parts, count, p, &how);
    case ROLLING_3: return aggregate_rolling(parts, count, p, 3, &how);
    case ROLLING_12: break;
    }
    return aggregate_rolling(parts, count, p, 12, &how);
}

static void test_each_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct aggregate_case *c = &CASES[i];
        struct part_figure parts[PARTS_MAX];
        size_t count = read_series(c->series, parts);
        struct aggregate_result r = aggregate(c, parts, count);
        if (!dec_equal(r.value, figure(c->value))) {
            fail_msg("%s: %lld (scale %d, %s), expected %s", c->what, (long long)r.value.units,
                     r.value.scale, r.value.present ? "present" : "absent",
                     c->value == NULL ? "none" : c->value);
        }
        if (!dec_equal(r.numerator, figure(c->numerator)) ||
            !dec_equal(r.denominator, figure(c->denominator))) {
            fail_msg("%s: %lld of %lld", c->what, (long long)r.numerator.units,
                     (long long)r.denominator.units);
        }
        if (r.present != c->present || r.expected != c->expected) {
            fail_msg("%s: %d of %d", c->what, r.present, r.expected);
        }
    }
}

// Forty years of months: each way against a plain sum over all of them.
static void test_long_series_against_plain_sums(void **state)
{
    (void)state;
    enum { MONTHS = 480 };
    static struct part_figure parts[MONTHS];
    struct period p = period("1985-04");
    for (int i = 0; i < MONTHS; i++, p = period_step(p, 1, APRIL)) {
        parts[i] = (struct part_figure){.period = p};
        if (i * 7 % 11 != 0) {
            parts[i].value = dec_make(i * 7919 % 1000, 1);
        }
    }
    struct aggregate_how how = {AGGREGATE_SUM, 1, 2, APRIL};
    for (int last = 0; last < MONTHS; last++) {
        int64_t to_date = 0, rolling = 0, quarter = 0;
        int months = 0;
        for (int i = last - last % 12; i <= last; i++) {
            to_date += parts[i].value.units;
        }
        for (int i = last - last % 3; i < last - last % 3 + 3; i++) {
            quarter += parts[i].value.units;
        }
        for (int i = last; i >= 0 && i > last - 12; i--) {
            rolling += parts[i].value.units;
            months += parts[i].value.present;
        }
        struct period at = parts[last].period;
        struct aggregate_result r = aggregate_year_to_date(parts, MONTHS, at, &how);
        assert_true(r.expected == last % 12 + 1);
        assert_true(!r.value.present || dec_equal(r.value, dec_make(to_date, 1)));
        r = aggregate_period(parts, MONTHS, period_of(PERIOD_QUARTER, at.end, APRIL), &how);
        assert_true(dec_equal(r.value, dec_make(quarter, 1)) && r.expected == 3);
        r = aggregate_rolling(parts, MONTHS, at, 12, &how);
        assert_int_equal(r.present, months);
        assert_int_equal(r.value.present, months == 12);
        assert_true(!r.value.present || dec_equal(r.value, dec_make(rolling, 1)));
    }
}

// A year that starts in January has other quarters and another year to date.
static void test_another_year_start(void **state)
{
    (void)state;
    struct part_figure parts[PARTS_MAX];
    size_t count = read_series(YEAR, parts);
    struct aggregate_how how = {AGGREGATE_SUM, 1, 2, 1};
    struct aggregate_result r = aggregate_year_to_date(parts, count, period("2025-02"), &how);
    assert_true(dec_equal(r.value, figure("21")));
    assert_int_equal(r.expected, 2);
}

static void test_words(void **state)
{
    (void)state;
    for (enum aggregation as = AGGREGATE_NONE; as <= AGGREGATE_RATIO; as++) {
        enum aggregation read = AGGREGATE_NONE;
        assert_true(aggregation_from_text(aggregation_text(as), &read));
        assert_int_equal(read, as);
    }
    enum aggregation as = AGGREGATE_LAST;
    assert_false(aggregation_from_text("average", &as));
    assert_false(aggregation_from_text("", &as));
    assert_false(aggregation_from_text(NULL, &as));
    assert_int_equal(as, AGGREGATE_LAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_way),
        cmocka_unit_test(test_long_series_against_plain_sums),
        cmocka_unit_test(test_another_year_start),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests_name("aggregate", tests, NULL, NULL);
}
