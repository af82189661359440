// What became of each figure that was expected, and how complete and timely they are.
#include "doubles_fixture.h"
#include "engine/timeliness.h"

// June 2025, with 20 days to send the figure in.
static struct expected_figure june(enum entered_kind entered, day on)
{
    struct period p = period_of(PERIOD_MONTH, day_from_ymd(2025, 6, 1), 4);
    return (struct expected_figure){p, 20, entered, on};
}

static void test_states(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        enum entered_kind entered;
        int month, dom;
        enum expected_state expected;
        const char *code;
    } cases[] = {
        {"the period runs still", ENTERED_NOTHING, 6, 15, EXPECTED_NOT_DUE, "not_due"},
        {"its last day", ENTERED_NOTHING, 6, 30, EXPECTED_NOT_DUE, "not_due"},
        {"the day after", ENTERED_NOTHING, 7, 1, EXPECTED_DUE, "due"},
        {"the last day on which it is on time", ENTERED_NOTHING, 7, 20, EXPECTED_DUE, "due"},
        {"a day later", ENTERED_NOTHING, 7, 21, EXPECTED_OVERDUE, "overdue"},
        {"entered for good, whatever the day", ENTERED_FIGURE, 6, 15, EXPECTED_FINAL, "final"},
        {"entered provisionally", ENTERED_PROVISIONAL, 9, 1, EXPECTED_PROVISIONAL, "provisional"},
        {"not applicable", ENTERED_NOT_APPLICABLE, 9, 1, EXPECTED_NOT_APPLICABLE, "not_applicable"},
        {"suppressed", ENTERED_SUPPRESSED, 9, 1, EXPECTED_SUPPRESSED, "suppressed"},
        {"a true nought", ENTERED_NO_ACTIVITY, 9, 1, EXPECTED_NO_ACTIVITY, "no_activity"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct expected_figure f = june(cases[i].entered, DAY_NONE);
        enum expected_state s =
            expected_state(&f, day_from_ymd(2025, cases[i].month, cases[i].dom));
        if (s != cases[i].expected) {
            fail_msg("%s: %s", cases[i].what, expected_code(s));
        }
        assert_string_equal(expected_code(s), cases[i].code);
    }
    struct expected_figure at_once = june(ENTERED_NOTHING, DAY_NONE);
    at_once.lag_days = 0;
    assert_int_equal(expected_state(&at_once, day_from_ymd(2025, 7, 1)), EXPECTED_OVERDUE);
}

static void test_on_time(void **state)
{
    (void)state;
    struct expected_figure f = june(ENTERED_FIGURE, day_from_ymd(2025, 7, 20));
    assert_int_equal(expected_due(&f), day_from_ymd(2025, 7, 20));
    assert_true(expected_on_time(&f));
    f.entered_on++;
    assert_false(expected_on_time(&f));
    f.entered_on = DAY_NONE; // nobody knows when: not counted as on time
    assert_false(expected_on_time(&f));
    f = june(ENTERED_NOTHING, day_from_ymd(2025, 7, 1));
    assert_false(expected_on_time(&f));
}

static void test_shares(void **state)
{
    (void)state;
    day in_time = day_from_ymd(2025, 7, 5);
    day late = day_from_ymd(2025, 8, 5);
    struct expected_figure figures[] = {
        june(ENTERED_FIGURE, in_time),       june(ENTERED_FIGURE, late),
        june(ENTERED_NOTHING, DAY_NONE),     june(ENTERED_NO_ACTIVITY, in_time),
        june(ENTERED_NOT_APPLICABLE, late),  june(ENTERED_SUPPRESSED, in_time),
        june(ENTERED_PROVISIONAL, DAY_NONE), june(ENTERED_NOTHING, DAY_NONE),
    };
    struct timeliness t = timeliness_count(figures, COUNT_OF(figures), day_from_ymd(2025, 9, 1));
    // Not applicable is expected of nobody: 7 expected, 5 there, 3 of them in time.
    assert_int_equal(t.expected, 7);
    assert_int_equal(t.entered, 5);
    assert_int_equal(t.on_time, 3);
    assert_true(is_near(t.completeness, 5.0 / 7) && is_near(t.timeliness, 3.0 / 7));
    assert_int_equal(t.states[EXPECTED_OVERDUE], 2);
    assert_int_equal(t.states[EXPECTED_FINAL], 2);

    // While there is time, what is not there is not expected, and what is there counts.
    t = timeliness_count(figures, COUNT_OF(figures), day_from_ymd(2025, 7, 10));
    assert_int_equal(t.expected, 5);
    assert_true(is_near(t.completeness, 1));
    assert_int_equal(t.states[EXPECTED_DUE], 2);

    struct expected_figure early = june(ENTERED_NOTHING, DAY_NONE);
    t = timeliness_count(&early, 1, day_from_ymd(2025, 6, 10));
    assert_int_equal(t.expected, 0);
    assert_true(isnan(t.completeness) && isnan(t.timeliness));
    t = timeliness_count(NULL, 0, day_from_ymd(2025, 6, 10));
    assert_true(t.expected == 0 && isnan(t.completeness));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_on_time),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests_name("timeliness", tests, NULL, NULL);
}
