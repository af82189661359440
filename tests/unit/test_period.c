// Periods in the calendar: which days, which neighbours, how many parts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engine/period.h"

static struct period read_id(const char *id, int year_start)
{
    struct period p = PERIOD_ABSENT;
    if (!period_parse_id(id, strlen(id), year_start, &p)) {
        fail_msg("not an id: %s", id);
    }
    return p;
}

static void test_ids_and_their_days(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *id;
        int year_start;
        const char *kind, *start, *end;
    } cases[] = {
        {"2025-04", 4, "month", "2025-04-01", "2025-04-30"},
        {"2024-02", 4, "month", "2024-02-01", "2024-02-29"},
        {"2023-02", 4, "month", "2023-02-01", "2023-02-28"},
        {"2000-02", 4, "month", "2000-02-01", "2000-02-29"},
        {"1900-02", 4, "month", "1900-02-01", "1900-02-28"},
        {"2025-26-Q1", 4, "quarter", "2025-04-01", "2025-06-30"},
        {"2025-26-Q4", 4, "quarter", "2026-01-01", "2026-03-31"},
        {"2023-24-Q4", 4, "quarter", "2024-01-01", "2024-03-31"},
        {"2025-26-Q1", 1, "quarter", "2025-01-01", "2025-03-31"},
        {"2025-26-Q2", 12, "quarter", "2026-03-01", "2026-05-31"},
        {"2025-26-H1", 4, "half", "2025-04-01", "2025-09-30"},
        {"2025-26-H2", 4, "half", "2025-10-01", "2026-03-31"},
        {"2025-26-FY", 4, "year", "2025-04-01", "2026-03-31"},
        {"2025-26-FY", 1, "year", "2025-01-01", "2025-12-31"},
        {"2025-26-FY", 7, "year", "2025-07-01", "2026-06-30"},
        {"1999-00-FY", 4, "year", "1999-04-01", "2000-03-31"},
        {"2025-26-AY", 4, "academic_year", "2025-09-01", "2026-08-31"},
        {"2025", 4, "calendar_year", "2025-01-01", "2025-12-31"},
        {"2025-Q2", 4, "calendar_quarter", "2025-04-01", "2025-06-30"},
        {"2014_2016", 4, "years", "2014-01-01", "2016-12-31"},
        {"2023-05-17_2023-06-11", 4, "span", "2023-05-17", "2023-06-11"},
        {"2008-12-31_2008-12-31", 4, "span", "2008-12-31", "2008-12-31"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period p = read_id(cases[i].id, cases[i].year_start);
        assert_string_equal(period_kind_text(p.kind), cases[i].kind);
        assert_int_equal(period_kind_from_text(cases[i].kind), p.kind);
        assert_string_equal(day_text(a, p.start), cases[i].start);
        assert_string_equal(day_text(a, p.end), cases[i].end);
        assert_string_equal(period_id(a, p, cases[i].year_start), cases[i].id);
        if (p.kind != PERIOD_YEARS && p.kind != PERIOD_SPAN) {
            // Whichever of its days one asks for, it is the same period.
            for (day d = p.start; d <= p.end; d++) {
                assert_true(period_equal(period_of(p.kind, d, cases[i].year_start), p));
            }
        }
    }
    assert_string_equal(period_id(a, PERIOD_ABSENT, 4), "");
    assert_int_equal(period_kind_from_text("week"), PERIOD_NONE);
    assert_int_equal(period_kind_from_text(""), PERIOD_NONE);
    assert_int_equal(period_kind_from_text(NULL), PERIOD_NONE);
    assert_int_equal(period_of(PERIOD_SPAN, 0, 4).kind, PERIOD_NONE);
    assert_int_equal(period_of(PERIOD_MONTH, DAY_NONE, 4).kind, PERIOD_NONE);
}

static void test_what_is_no_id(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2025-4",
        "2025-13",
        "2025-00",
        "2025-Q5",
        "2025-Q0",
        "2025-q1",
        "2025-27-Q1",
        "2025-26-Q5",
        "2025-26-H3",
        "2025-26-fy",
        "2025-26",
        "2025/26",
        "2025-26-Q1 ",
        " 2025",
        "2016_2014",
        "2016_2016",
        "202",
        "1799",
        "2200",
        "2025-26_Q1",
        "2023-06-11_2023-05-17",
        "2023-02-29_2023-03-01",
        "2025-26-XY",
        "2025 26-Q1",
        "2023-05-17-2023-06-11",
        "1799-12-31_1800-01-01",
        "2199-00-FY",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period p = PERIOD_ABSENT;
        if (period_parse_id(cases[i], strlen(cases[i]), 4, &p)) {
            fail_msg("read as an id: '%s'", cases[i]);
        }
        assert_int_equal(p.kind, PERIOD_NONE);
    }
}

static void test_neighbours(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *id;
        int steps;
        const char *to;
    } cases[] = {
        {"2025-12", 1, "2026-01"},
        {"2025-01", -1, "2024-12"},
        {"2025-04", 25, "2027-05"},
        {"2025-26-Q4", 1, "2026-27-Q1"},
        {"2025-26-Q1", -1, "2024-25-Q4"},
        {"2025-26-Q2", -4, "2024-25-Q2"},
        {"2025-26-H2", 1, "2026-27-H1"},
        {"2025-26-FY", -1, "2024-25-FY"},
        {"2099-00-FY", 1, "2100-01-FY"},
        {"2025-26-AY", 2, "2027-28-AY"},
        {"2025", -5, "2020"},
        {"2025-Q4", 1, "2026-Q1"},
        {"2014_2016", 1, "2017_2019"},
        {"2014_2016", -1, "2011_2013"},
        {"2021-10-01_2022-09-30", 1, "2022-10-01_2023-09-30"}, // whole months move by months
        {"2023-03-01_2024-02-29", -1, "2022-03-01_2023-02-28"},
        {"2024-02-01_2024-02-29", 1, "2024-03-01_2024-03-31"},
        {"2023-05-17_2023-06-11", 1, "2023-06-12_2023-07-07"}, // other spans by their days
        {"2023-05-17_2023-06-11", -1, "2023-04-21_2023-05-16"},
        {"2008-12-31_2008-12-31", 1, "2009-01-01_2009-01-01"},
        {"2025-26-Q1", 0, "2025-26-Q1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period p = read_id(cases[i].id, 4);
        struct period there = period_step(p, cases[i].steps, 4);
        assert_string_equal(period_id(a, there, 4), cases[i].to);
        assert_true(period_equal(period_step(there, -cases[i].steps, 4), p));
    }
    assert_string_equal(period_id(a, period_step(read_id("2025-26-Q4", 10), 1, 10), 10),
                        "2026-27-Q1");
    // Out of the calendar there is nothing.
    static const char *const far[] = {"2025-04", "2025-26-FY", "2014_2016",
                                      "2023-05-17_2023-06-11"};
    for (size_t i = 0; i < COUNT_OF(far); i++) {
        assert_int_equal(period_step(read_id(far[i], 4), INT32_MAX, 4).kind, PERIOD_NONE);
        assert_int_equal(period_step(read_id(far[i], 4), INT32_MIN, 4).kind, PERIOD_NONE);
    }
    assert_int_equal(period_step(PERIOD_ABSENT, 1, 4).kind, PERIOD_NONE);
}

static void test_a_year_before(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *id, *before;
    } cases[] = {
        {"2025-04", "2024-04"},
        {"2025-26-Q4", "2024-25-Q4"},
        {"2025-26-H1", "2024-25-H1"},
        {"2000-01-FY", "1999-00-FY"},
        {"2025-26-AY", "2024-25-AY"},
        {"2025", "2024"},
        {"2025-Q1", "2024-Q1"},
        {"2014_2016", "2013_2015"},
        {"2021-10-01_2022-09-30", "2020-10-01_2021-09-30"},
        {"2024-02-01_2024-02-29", "2023-02-01_2023-02-28"},
        {"2023-05-17_2023-06-11", "2022-05-17_2022-06-11"},
        {"2009-03-31_2009-03-31", "2008-03-31_2008-03-31"},
        {"2025-02-28_2025-02-28", "2024-02-29_2024-02-29"}, // the last day stays the last day
        {"2024-02-29_2024-02-29", "2023-02-28_2023-02-28"},
        {"2024-02-15_2024-02-28", "2023-02-15_2023-02-28"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period before = period_year_before(read_id(cases[i].id, 4), 4);
        assert_string_equal(period_id(a, before, 4), cases[i].before);
    }
    assert_int_equal(period_year_before(PERIOD_ABSENT, 4).kind, PERIOD_NONE);
}

static void test_order_and_containing(void **state)
{
    (void)state;
    // By end, then start (so the longer one comes first), then kind.
    static const char *const ascending[] = {"2024-25-FY", "2024-25-Q4", "2025-04", "2025-26-Q1",
                                            "2025-Q2",    "2025-06",    "2025",    "2025-26-FY"};
    for (size_t i = 0; i < COUNT_OF(ascending); i++) {
        for (size_t j = 0; j < COUNT_OF(ascending); j++) {
            int order = period_compare(read_id(ascending[i], 4), read_id(ascending[j], 4));
            assert_int_equal(order, (i > j) - (i < j));
        }
    }
    static const struct {
        const char *outer, *inner;
        bool contains;
    } cases[] = {
        {"2025-26-FY", "2025-26-Q4", true},  {"2025-26-FY", "2025-26-FY", true},
        {"2025-26-Q4", "2025-26-FY", false}, {"2025", "2025-26-Q4", false},
        {"2025", "2025-12", true},           {"2014_2016", "2015", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(period_contains(read_id(cases[i].outer, 4), read_id(cases[i].inner, 4)),
                         cases[i].contains);
    }
    assert_false(period_contains(PERIOD_ABSENT, PERIOD_ABSENT));
    assert_false(period_equal(read_id("2025-26-Q1", 4), read_id("2025-Q2", 4)));
}

static void test_how_many_parts(void **state)
{
    (void)state;
    static const struct {
        const char *whole;
        int year_start;
        enum period_kind part;
        int count;
    } cases[] = {
        {"2025-26-Q1", 4, PERIOD_MONTH, 3},
        {"2025-26-H1", 4, PERIOD_QUARTER, 2},
        {"2025-26-FY", 4, PERIOD_MONTH, 12},
        {"2025-26-FY", 4, PERIOD_QUARTER, 4},
        {"2025-26-FY", 4, PERIOD_HALF, 2},
        {"2025-26-FY", 4, PERIOD_YEAR, 1},
        {"2025-26-FY", 4, PERIOD_CALENDAR_QUARTER, 4},
        {"2025-26-FY", 5, PERIOD_CALENDAR_QUARTER, 0},
        {"2025-26-FY", 4, PERIOD_CALENDAR_YEAR, 0},
        {"2025-26-FY", 1, PERIOD_CALENDAR_YEAR, 1},
        {"2025-26-AY", 4, PERIOD_MONTH, 12},
        {"2025-26-AY", 4, PERIOD_QUARTER, 0},
        {"2025", 4, PERIOD_QUARTER, 4},
        {"2025", 4, PERIOD_HALF, 0},
        {"2025-Q2", 4, PERIOD_QUARTER, 1},
        {"2014_2016", 4, PERIOD_CALENDAR_YEAR, 3},
        {"2014_2016", 4, PERIOD_YEAR, 0},
        {"2021-10-01_2022-09-30", 4, PERIOD_MONTH, 12},
        {"2021-10-01_2022-09-30", 4, PERIOD_QUARTER, 4},
        {"2021-10-01_2022-09-30", 4, PERIOD_HALF, 2},
        {"2021-11-01_2022-10-31", 4, PERIOD_QUARTER, 0},
        {"2023-05-17_2023-06-11", 4, PERIOD_MONTH, 0},
        {"2025-04", 4, PERIOD_QUARTER, 0},
        {"2025-04", 4, PERIOD_MONTH, 1},
        {"2025-04", 4, PERIOD_SPAN, 0},
        {"2025-04", 4, PERIOD_NONE, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period whole = read_id(cases[i].whole, cases[i].year_start);
        int count = period_count(whole, cases[i].part, cases[i].year_start);
        if (count != cases[i].count) {
            fail_msg("%s in %s: got %d, expected %d", cases[i].whole,
                     period_kind_text(cases[i].part), count, cases[i].count);
        }
    }
    assert_int_equal(period_count(PERIOD_ABSENT, PERIOD_MONTH, 4), 0);
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    *state = a;
    return a == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_and_their_days),   cmocka_unit_test(test_what_is_no_id),
        cmocka_unit_test(test_neighbours),           cmocka_unit_test(test_a_year_before),
        cmocka_unit_test(test_order_and_containing), cmocka_unit_test(test_how_many_parts),
    };
    return cmocka_run_group_tests_name("period", tests, set_up, tear_down);
}
