// Roll-up: counts that add up to a fixed base, and the worst child, so that nothing red hides.
#include "engine/rollup.h"
#include "status_fixture.h"

static void test_counts_add_up_to_every_measure(void **state)
{
    (void)state;
    struct rollup_child children[3 * STATUS_COUNT];
    size_t count = 0;
    for (int s = 0; s < STATUS_COUNT; s++) {
        for (int times = 0; times <= s % 3; times++) {
            children[count++] =
                (struct rollup_child){(enum status)s, s <= STATUS_ON_TARGET, DEC_NONE};
        }
    }
    struct rollup r = rollup_count(children, count);
    int sum = 0;
    for (int s = 0; s < STATUS_COUNT; s++) {
        assert_int_equal(r.by_status[s], 1 + s % 3);
        sum += r.by_status[s];
    }
    assert_int_equal(r.total, (int)count);
    assert_int_equal(sum, r.total);
    assert_int_equal(r.scored, 1 + 2 + 3);
    assert_int_equal(r.with_data, 1 + 2 + 3);
}

struct worst_case {
    const char *what;
    struct {
        enum status status;
        const char *shortfall;
    } children[6];
    size_t count;
    int worst;
    enum status worst_status;
};

static void test_the_worst_child(void **state)
{
    (void)state;
    static const struct worst_case cases[] = {
        {"one red among greens",
         {{STATUS_ON_TARGET, "-5"}, {STATUS_OFF_TARGET, "11"}, {STATUS_ON_TARGET, "0"}},
         3,
         1,
         STATUS_OFF_TARGET},
        {"the red that is furthest off, not the amber that is further",
         {{STATUS_SLIGHTLY_OFF, "90"}, {STATUS_OFF_TARGET, "11"}, {STATUS_OFF_TARGET, "44.1"}},
         3,
         2,
         STATUS_OFF_TARGET},
        {"the first of two equals",
         {{STATUS_OFF_TARGET, "12.50"}, {STATUS_OFF_TARGET, "12.5"}},
         2,
         0,
         STATUS_OFF_TARGET},
        {"one that was not compared comes after one that was",
         {{STATUS_OFF_TARGET, NULL}, {STATUS_OFF_TARGET, "0.1"}, {STATUS_OFF_TARGET, NULL}},
         3,
         1,
         STATUS_OFF_TARGET},
        {"all on target: the one nearest to its goal",
         {{STATUS_ON_TARGET, "-20"}, {STATUS_ON_TARGET, "-1"}, {STATUS_ON_TARGET, "-7"}},
         3,
         1,
         STATUS_ON_TARGET},
        {"what is not scored is never the worst",
         {{STATUS_MISSING, "99"}, {STATUS_SLIGHTLY_OFF, "2"}, {STATUS_NO_TARGET, NULL}},
         3,
         1,
         STATUS_SLIGHTLY_OFF},
        {"none is scored", {{STATUS_MISSING, NULL}, {STATUS_NOT_DUE, NULL}}, 2, -1, STATUS_COUNT},
        {"an empty group", {{STATUS_MISSING, NULL}}, 0, -1, STATUS_COUNT},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct rollup_child children[6];
        for (size_t k = 0; k < cases[i].count; k++) {
            children[k] = (struct rollup_child){cases[i].children[k].status, false,
                                                figure(cases[i].children[k].shortfall)};
        }
        struct rollup r = rollup_count(children, cases[i].count);
        if (r.worst != cases[i].worst || r.worst_status != cases[i].worst_status) {
            fail_msg("%s: child %d, expected %d", cases[i].what, r.worst, cases[i].worst);
        }
    }
}

static void test_shares(void **state)
{
    (void)state;
    static const struct {
        int part, base, decimals;
        const char *share;
    } cases[] = {
        {54, 66, 0, "82"},  {31, 54, 0, "57"}, {1, 3, 1, "33.3"}, {1, 8, 0, "13"},
        {1, 8, 1, "12.5"},  {0, 5, 0, "0"},    {5, 5, 0, "100"},  {0, 0, 0, NULL},
        {64, 114, 0, "56"}, {1, 200, 0, "1"},  {1, 201, 0, "0"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec share = rollup_share(cases[i].part, cases[i].base, cases[i].decimals);
        if (!dec_equal(share, figure(cases[i].share))) {
            fail_msg("%d of %d: %lld (scale %d)", cases[i].part, cases[i].base,
                     (long long)share.units, share.scale);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_add_up_to_every_measure),
        cmocka_unit_test(test_the_worst_child),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests_name("rollup", tests, NULL, NULL);
}
