// Rules as sentences: what stands in the legend and behind "why this status".

#include "status_fixture.h"

#include "view/words_rule.h"

static const struct words_unit percent = {.suffix = "%", .decimals = 1};
static const struct words_unit money = {.prefix = "£", .decimals = 0};
static const struct words_unit days = {.noun = "days", .noun_one = "day", .decimals = 1};

static const struct {
    enum rule_kind kind;
    const char *green, *amber;
    enum within_unit within;
    enum rule_beyond beyond;
    const char *red_absolute, *red_percent;
    const struct words_unit *unit;
    const char *words;
} cases[] = {
    {RULE_TOLERANCE, "5", "10", WITHIN_PERCENT, 0, NULL, NULL, NULL,
     "On target at the target or better, or worse by no more than 5% of it; slightly off target "
     "when worse by no more than 10%; off target beyond that."},
    {RULE_TOLERANCE, NULL, "10", WITHIN_PERCENT, 0, NULL, NULL, NULL,
     "On target at the target or better; slightly off target when worse by no more than 10% of it; "
     "off target beyond that."},
    {RULE_TOLERANCE, "10", NULL, WITHIN_PERCENT, BEYOND_TRAVEL_LAST_YEAR, NULL, NULL, NULL,
     "On target at the target or better, or worse by no more than 10% of it; beyond that slightly "
     "off target when no worse than a year before, else off target."},
    {RULE_TOLERANCE, "10", "10", WITHIN_PERCENT, BEYOND_TRAVEL_LAST_PERIOD, NULL, NULL, NULL,
     "On target at the target or better, or worse by no more than 10% of it; beyond that slightly "
     "off target when no worse than the period before, else off target."},
    {RULE_TOLERANCE, NULL, "2.50", WITHIN_ABSOLUTE, 0, NULL, NULL, &percent,
     "On target at the target or better; slightly off target when worse by no more than 2.5 "
     "points; "
     "off target beyond that."},
    {RULE_TOLERANCE, NULL, "1", WITHIN_ABSOLUTE, 0, NULL, NULL, &days,
     "On target at the target or better; slightly off target when worse by no more than 1 day; "
     "off target beyond that."},
    {RULE_TOLERANCE, "0", "0", WITHIN_PERCENT, 0, NULL, NULL, NULL,
     "On target at the target or better; off target when worse."},
    {RULE_TARGET_ONLY, NULL, NULL, 0, 0, NULL, NULL, NULL,
     "On target at the target or better; off target when worse."},
    {RULE_TWO_TARGETS, NULL, NULL, 0, 0, NULL, NULL, NULL,
     "On target at the better of two targets; slightly off target from there to the other one; off "
     "target when worse than both."},
    {RULE_RANGE, NULL, "20", WITHIN_ABSOLUTE, 0, NULL, NULL, NULL,
     "On target inside the range; slightly off target when outside it by no more than 20; off "
     "target beyond that."},
    {RULE_RANGE, NULL, NULL, WITHIN_ABSOLUTE, 0, NULL, NULL, NULL,
     "On target inside the range; off target outside it."},
    {RULE_DUAL, NULL, NULL, 0, 0, "100000", "5", &money,
     "Off target when worse than the target by £100,000 or more, or by 5% of it or more, whichever "
     "is reached first; slightly off target when worse by less; on target at the target or "
     "better."},
    {RULE_DUAL, NULL, NULL, 0, 0, NULL, "0.5", &money,
     "Off target when worse than the target by 0.5% of it or more; slightly off target when worse "
     "by less; on target at the target or better."},
    {RULE_JUDGEMENT, NULL, NULL, 0, 0, NULL, NULL, NULL,
     "The status is set by people, who give their reason; nothing is computed."},
    {RULE_NONE, NULL, NULL, 0, 0, NULL, NULL, NULL,
     "There is no rule: figures are shown and not judged."},
};

static void test_rules_in_words(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct rule rule = {.kind = cases[i].kind,
                            .green_within = figure(cases[i].green),
                            .amber_within = figure(cases[i].amber),
                            .within_unit = cases[i].within,
                            .beyond = cases[i].beyond,
                            .red_absolute = figure(cases[i].red_absolute),
                            .red_percent = figure(cases[i].red_percent)};
        assert_string_equal(words_rule(a, &rule, cases[i].unit), cases[i].words);
    }
    arena_free(a);
}

static void test_versions(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct rule_version since = {.from = day_from_ymd(2013, 4, 1)}, ever = {.from = DAY_NONE};
    assert_string_equal(words_rule_version(a, &since), "In force since 1 April 2013");
    assert_string_equal(words_rule_version(a, &ever), "In force since the record began");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_in_words),
        cmocka_unit_test(test_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
