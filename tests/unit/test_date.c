// Days and working days.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/date.h"

static day on(const char *text)
{
    day d = DAY_NONE;
    if (!day_parse(text, strlen(text), &d)) {
        fail_msg("not a date: %s", text);
    }
    return d;
}

static void test_every_day_goes_there_and_back(void **state)
{
    (void)state;
    int expected = day_from_ymd(1, 1, 1);
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (leap && month == 2);
            assert_int_equal(month_length(year, month), length);
            for (int dom = 1; dom <= length; dom++, expected++) {
                struct ymd back = day_to_ymd(expected);
                if (back.year != year || back.month != month || back.day != dom ||
                    day_from_ymd(year, month, dom) != expected) {
                    fail_msg("%04d-%02d-%02d does not come back", year, month, dom);
                }
            }
        }
    }
    assert_int_equal(day_from_ymd(1970, 1, 1), 0);
}

static void test_month_numbers_are_normalised(void **state)
{
    (void)state;
    assert_int_equal(day_from_ymd(2024, 13, 1), on("2025-01-01"));
    assert_int_equal(day_from_ymd(2024, 25, 1), on("2026-01-01"));
    assert_int_equal(day_from_ymd(2024, 0, 1), on("2023-12-01"));
    assert_int_equal(day_from_ymd(2024, -11, 1), on("2023-01-01"));
    assert_int_equal(day_from_ymd(2024, 3, 0), on("2024-02-29"));
}

static void test_dates_that_are_none(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "2023-02-29",  "1900-02-29", "2024-02-30", "2024-13-01", "2024-00-01", "2024-01-00",
        "2024-01-32",  "0000-01-01", "2024-1-01",  "2024-01-1",  "2024/01/01", "01-01-2024",
        "2024-01-01 ", "",           "2024-01",    "20240101",   "2024-0a-01", "+024-01-01",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        day d = 7;
        if (day_parse(cases[i], strlen(cases[i]), &d)) {
            fail_msg("read as a date: %s", cases[i]);
        }
        assert_int_equal(d, 7);
    }
    assert_true(ymd_valid(2000, 2, 29));
    assert_false(ymd_valid(10000, 1, 1));
}

static void test_written(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *date, *shown;
        int weekday;
    } cases[] = {
        {"2011-04-01", "1 April 2011", 4},     {"2024-02-29", "29 February 2024", 3},
        {"1970-01-01", "1 January 1970", 3},   {"1969-12-31", "31 December 1969", 2},
        {"2025-12-25", "25 December 2025", 3}, {"2025-09-07", "7 September 2025", 6},
        {"2025-09-08", "8 September 2025", 0}, {"0001-01-01", "1 January 1", 0},
        {"9999-12-31", "31 December 9999", 4},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(day_text(a, on(cases[i].date)), cases[i].date);
        assert_string_equal(day_shown(a, on(cases[i].date)), cases[i].shown);
        assert_int_equal(day_of_week(on(cases[i].date)), cases[i].weekday);
    }
    assert_string_equal(day_text(a, DAY_NONE), "");
    assert_string_equal(day_shown(a, DAY_NONE), "");
}

static void test_working_days_pass_over_weekends_and_holidays(void **state)
{
    (void)state;
    // Good Friday and Easter Monday 2025, Christmas and Boxing Day.
    const day holidays[] = {on("2025-04-18"), on("2025-04-21"), on("2025-12-25"), on("2025-12-26")};
    static const struct {
        const char *from;
        int count;
        const char *to;
    } cases[] = {
        {"2025-04-14", 1, "2025-04-15"},  {"2025-04-17", 1, "2025-04-22"},
        {"2025-04-22", -1, "2025-04-17"}, {"2025-04-22", -5, "2025-04-11"},
        {"2025-04-19", 0, "2025-04-19"}, // nought moves nowhere, not even off a Saturday
        {"2025-04-19", 1, "2025-04-22"},  {"2025-12-24", 1, "2025-12-29"},
        {"2025-12-29", -1, "2025-12-24"}, {"2025-06-02", 10, "2025-06-16"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        day got = day_add_working(on(cases[i].from), cases[i].count, holidays, COUNT_OF(holidays));
        assert_int_equal(got, on(cases[i].to));
    }
    assert_int_equal(day_add_working(on("2025-04-17"), 1, NULL, 0), on("2025-04-18"));
    assert_true(day_today() > on("2025-01-01"));
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
        cmocka_unit_test(test_every_day_goes_there_and_back),
        cmocka_unit_test(test_month_numbers_are_normalised),
        cmocka_unit_test(test_dates_that_are_none),
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_working_days_pass_over_weekends_and_holidays),
    };
    return cmocka_run_group_tests_name("date", tests, set_up, tear_down);
}
