// Distances and percentages of figures of up to eighteen digits, where plain decimals give up.
#include "engine/exact.h"
#include "status_fixture.h"

struct percent_case {
    const char *distance, *percent, *base;
    int expected; // of the distance against so many per cent of the base
};

static void test_a_distance_against_a_percentage(void **state)
{
    (void)state;
    static const struct percent_case cases[] = {
        {"5", "5", "100", 0},
        {"4.99", "5", "100", -1},
        {"5.01", "5", "-100", 1},
        {"0", "5", "0", 0},
        {"0", "0", "100", 0},
        {"0.1", "0", "100", 1},
        {"0", "5", "100", -1},
        {"0.1", "-5", "100", 1}, // a tolerance below nought is none
        {"0.0375", "12.5", "0.3", 0},
        {"0.0375", "12.50", "0.300", 0},
        {"0.037500000000000001", "12.5", "0.3", 1},
        {"99999999999999999.9", "10", "999999999999999999", 0},
        {"99999999999999999.8", "10", "999999999999999999", -1},
        {"100000000000000000", "10", "999999999999999999", 1},
        {"0.01", "0.999999999999999999", "0.99999999999999999", 1},
        {"0.009999999999999999", "0.999999999999999999", "0.99999999999999999", -1},
        // Either side needs more than 38 digits.
        {"999999999999999999", "0.000000000000000001", "0.000000000000000001", 1},
        {"0.000000000000000001", "999999999999999999", "999999999999999999", -1},
        {"0.000000000000000001", "0.00000000000000001", "0.00000000000000001", 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct percent_case *c = &cases[i];
        int got =
            exact_cmp_percent(exact_of(figure(c->distance)), figure(c->percent), figure(c->base));
        if (got != c->expected) {
            fail_msg("%s against %s per cent of %s: %d, expected %d", c->distance, c->percent,
                     c->base, got, c->expected);
        }
    }
}

static void test_back_to_a_decimal(void **state)
{
    (void)state;
    static const char *const same[] = {
        "0", "-0.5", "1.5", "999999999999999999", "0.000000000000000001", "-123456.789"};
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        assert_true(dec_equal(exact_dec(exact_of(figure(same[i]))), figure(same[i])));
    }
    assert_int_equal(exact_dec(exact_of(figure("1.500"))).scale, 1);
    exact too_wide = exact_of(figure("999999999999999999")) + exact_of(figure("0.1"));
    assert_false(exact_dec(too_wide).present);
    assert_false(exact_dec(-too_wide).present);
    assert_true(exact_of(DEC_NONE) == 0);
}

static void test_the_difference_of_two(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *expected; // NULL: absent
    } cases[] = {
        {"75.0", "70.0", "5"},
        {"75.5", "70.2", "5.3"},
        {"70.2", "75.5", "-5.3"},
        {"1.50", "1.5", "0"},
        {"100", "0.001", "99.999"},
        {"999999999999999999", "-1", NULL},
        {"-999999999999999999", "1", NULL},
        {"99999999999999999.5", "-99999999999999999.5", "199999999999999999"},
        {"99999999999999999.9", "-99999999999999999.8", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec got = exact_difference(figure(cases[i].a), figure(cases[i].b));
        struct dec same = exact_dec(exact_of(figure(cases[i].a)) - exact_of(figure(cases[i].b)));
        bool right = got.present == (cases[i].expected != NULL) &&
                     (!got.present || dec_equal(got, figure(cases[i].expected)));
        if (!right || !dec_equal(got, same) || got.scale != same.scale) {
            fail_msg("%s less %s", cases[i].a, cases[i].b);
        }
    }
}

static void test_outside_a_span(void **state)
{
    (void)state;
    static const struct {
        const char *value, *low, *high, *outside;
    } cases[] = {
        {"5", "1", "9", "0"},     {"1", "1", "9", "0"},     {"9.0", "1", "9", "0"},
        {"0.9", "1", "9", "0.1"}, {"9.5", "1", "9", "0.5"}, {"-4", "-1", NULL, "3"},
        {"40", "1", NULL, "0"},   {"-4", NULL, "9", "0"},   {"10", NULL, "9", "1"},
        {"10", NULL, NULL, "0"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct good_span good = {figure(cases[i].low), figure(cases[i].high)};
        exact outside = exact_outside(figure(cases[i].value), good);
        assert_true(outside == exact_of(figure(cases[i].outside)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_distance_against_a_percentage),
        cmocka_unit_test(test_back_to_a_decimal),
        cmocka_unit_test(test_the_difference_of_two),
        cmocka_unit_test(test_outside_a_span),
    };
    return cmocka_run_group_tests_name("exact", tests, NULL, NULL);
}
