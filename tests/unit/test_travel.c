// Direction of travel: better, the same or worse, as shown.
#include "engine/travel.h"
#include "status_fixture.h"

struct travel_case {
    const char *what;
    enum polarity polarity;
    int decimals;
    const char *value, *before, *dead_band, *lower, *upper;
    enum travel travel;
    const char *change;
};

// clang-format off
static const struct travel_case CASES[] = {
    {"higher is better and it rose", POLARITY_HIGHER, 1, "70.1", "70", NULL, NULL, NULL,
     TRAVEL_IMPROVED, "0.1"},
    {"higher is better and it fell", POLARITY_HIGHER, 1, "69.9", "70", NULL, NULL, NULL,
     TRAVEL_WORSE, "-0.1"},
    {"lower is better and it rose", POLARITY_LOWER, 1, "9.8", "9.1", NULL, NULL, NULL, TRAVEL_WORSE,
     "0.7"},
    {"lower is better and it fell", POLARITY_LOWER, 1, "8.7", "9.1", NULL, NULL, NULL,
     TRAVEL_IMPROVED, "-0.4"},
    {"the same", POLARITY_HIGHER, 1, "70.0", "70", NULL, NULL, NULL, TRAVEL_SAME, "0"},
    {"the same as shown: 70.04 and 69.96 are both 70.0", POLARITY_HIGHER, 1, "70.04", "69.96", NULL,
     NULL, NULL, TRAVEL_SAME, "0"},
    {"as given, without decimals, it did change", POLARITY_HIGHER, -1, "70.04", "69.96", NULL, NULL,
     NULL, TRAVEL_IMPROVED, "0.08"},
    {"at the dead band it is the same", POLARITY_HIGHER, 1, "70.5", "70", "0.5", NULL, NULL,
     TRAVEL_SAME, "0.5"},
    {"at the dead band downwards too", POLARITY_HIGHER, 1, "69.5", "70", "0.5", NULL, NULL,
     TRAVEL_SAME, "-0.5"},
    {"just past the dead band", POLARITY_HIGHER, 1, "70.6", "70", "0.5", NULL, NULL,
     TRAVEL_IMPROVED, "0.6"},
    {"just past it the wrong way", POLARITY_HIGHER, 1, "69.4", "70", "0.5", NULL, NULL,
     TRAVEL_WORSE, "-0.6"},
    {"from nought", POLARITY_LOWER, 0, "3", "0", NULL, NULL, NULL, TRAVEL_WORSE, "3"},
    {"through nought", POLARITY_HIGHER, 0, "2", "-2", NULL, NULL, NULL, TRAVEL_IMPROVED, "4"},
    {"no figure now", POLARITY_HIGHER, 0, NULL, "2", NULL, NULL, NULL, TRAVEL_NOT_COMPARABLE, NULL},
    {"no figure then", POLARITY_HIGHER, 0, "2", NULL, NULL, NULL, NULL, TRAVEL_NOT_COMPARABLE,
     NULL},
    {"no good direction", POLARITY_NONE, 0, "2", "1", NULL, NULL, NULL, TRAVEL_NOT_COMPARABLE,
     NULL},
    {"into the range", POLARITY_RANGE, 0, "75", "69", NULL, "70", "80", TRAVEL_IMPROVED, "6"},
    {"out of the range", POLARITY_RANGE, 0, "81", "75", NULL, "70", "80", TRAVEL_WORSE, "6"},
    {"nearer from below", POLARITY_RANGE, 0, "66", "65", NULL, "70", "80", TRAVEL_IMPROVED, "1"},
    {"from one side to as far on the other", POLARITY_RANGE, 0, "85", "65", NULL, "70", "80",
     TRAVEL_SAME, "20"},
    {"both inside is the same, however it moved", POLARITY_RANGE, 0, "79", "70", NULL, "70", "80",
     TRAVEL_SAME, "9"},
    {"farther by no more than the dead band", POLARITY_RANGE, 0, "83", "81", "2", "70", "80",
     TRAVEL_SAME, "2"},
    {"a range with one bound", POLARITY_RANGE, 0, "12", "11", NULL, NULL, "10", TRAVEL_WORSE, "1"},
    {"a range without bounds", POLARITY_RANGE, 0, "12", "11", NULL, NULL, NULL,
     TRAVEL_NOT_COMPARABLE, NULL},
    {"figures too far apart for eighteen digits", POLARITY_HIGHER, -1, "999999999999999999",
     "-0.000000000000000001", NULL, NULL, NULL, TRAVEL_IMPROVED, NULL},
};
// clang-format on

static void test_each_direction(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct travel_case *c = &CASES[i];
        struct travel_input in = {c->polarity,       c->decimals,          figure(c->value),
                                  figure(c->before), figure(c->dead_band), figure(c->lower),
                                  figure(c->upper)};
        struct travel_result r = travel_evaluate(&in);
        if (r.travel != c->travel) {
            fail_msg("%s: %s, expected %s", c->what, travel_code(r.travel), travel_code(c->travel));
        }
        if (!dec_equal(r.change, figure(c->change))) {
            fail_msg("%s: the change is %lld (scale %d)", c->what, (long long)r.change.units,
                     r.change.scale);
        }
        assert_true(dec_equal(r.value, dec_round(figure(c->value), c->decimals)));
        assert_true(dec_equal(r.before, dec_round(figure(c->before), c->decimals)));
    }
}

struct run_case {
    const char *what;
    enum polarity polarity;
    const char *values[8]; // "" is a gap
    int run;
};

static void test_runs(void **state)
{
    (void)state;
    static const struct run_case cases[] = {
        {"three periods improving", POLARITY_HIGHER, {"5", "4", "5", "6", "7"}, 3},
        {"two periods worse", POLARITY_LOWER, {"5", "4", "5", "6"}, 2},
        {"the last step only", POLARITY_HIGHER, {"5", "6", "5"}, 1},
        {"every step there is", POLARITY_HIGHER, {"1", "2", "3"}, 2},
        {"no change ends a run", POLARITY_HIGHER, {"1", "2", "2", "3"}, 1},
        {"the same at the end is no run", POLARITY_HIGHER, {"1", "2", "3", "3"}, 0},
        {"a gap ends a run", POLARITY_HIGHER, {"1", "2", "", "3", "4"}, 1},
        {"a gap at the end is no run", POLARITY_HIGHER, {"1", "2", ""}, 0},
        {"one figure", POLARITY_HIGHER, {"1"}, 0},
        {"no figures", POLARITY_HIGHER, {NULL}, 0},
        {"no good direction", POLARITY_NONE, {"1", "2", "3"}, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec values[8];
        size_t count = 0;
        for (; count < 8 && cases[i].values[count] != NULL; count++) {
            const char *text = cases[i].values[count];
            values[count] = text[0] == '\0' ? DEC_NONE : figure(text);
        }
        int run = travel_run(values, count, cases[i].polarity, 0);
        if (run != cases[i].run) {
            fail_msg("%s: %d, expected %d", cases[i].what, run, cases[i].run);
        }
    }
}

static void test_codes(void **state)
{
    (void)state;
    assert_string_equal(travel_code(TRAVEL_IMPROVED), "improved");
    assert_string_equal(travel_code(TRAVEL_SAME), "same");
    assert_string_equal(travel_code(TRAVEL_WORSE), "worse");
    assert_string_equal(travel_code(TRAVEL_NOT_COMPARABLE), "not_comparable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_direction),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("travel", tests, NULL, NULL);
}
