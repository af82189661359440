// Every kind of rule at, just inside and just outside each of its bounds: the nine rules that UK
// councils print (conventions.md 2.3) and the fourteen published ones, as a table to be read.
//
// An expectation is "value:status" with on, slightly or off; a value stands as it would be entered.
#include "status_fixture.h"

enum {
    HIGHER = POLARITY_HIGHER,
    LOWER = POLARITY_LOWER,
    RANGE = POLARITY_RANGE,
    NONE = POLARITY_NONE
};

struct rule_case {
    const char *what;
    struct {
        enum rule_kind kind;
        const char *green, *amber;
        enum within_unit unit;
        enum rule_beyond beyond;
        const char *red_absolute, *red_percent;
    } rule;
    int polarity, decimals;
    struct {
        const char *target, *lower, *upper, *amber, *previous, *last_year;
    } with;
    const char *expect;
};

#define PERCENT WITHIN_PERCENT
#define POINTS WITHIN_ABSOLUTE
#define LAST_YEAR BEYOND_TRAVEL_LAST_YEAR
#define LAST_PERIOD BEYOND_TRAVEL_LAST_PERIOD
// clang-format off
static const struct rule_case CASES[] = {
    // The nine.
    {"1 Havering 2013-15: within 10 % green, beyond it amber when held since last year",
     {RULE_TOLERANCE, "10", NULL, PERCENT, LAST_YEAR, NULL, NULL}, HIGHER, 1,
     {.target = "80", .last_year = "70"},
     "80:on 80.1:on 79.9:on 72.1:on 72:on 71.9:slightly 70.1:slightly 70:slightly 69.9:off 0:off"},
    {"1 Havering, lower is better",
     {RULE_TOLERANCE, "10", NULL, PERCENT, LAST_YEAR, NULL, NULL}, LOWER, 1,
     {.target = "80", .last_year = "90"},
     "80:on 79.9:on 87.9:on 88:on 88.1:slightly 89.9:slightly 90:slightly 90.1:off"},
    {"1 Havering, without a figure for last year",
     {RULE_TOLERANCE, "10", NULL, PERCENT, LAST_YEAR, NULL, NULL}, HIGHER, 1,
     {.target = "80", .previous = "60"}, "72:on 71.9:off"},
    {"2 Havering 2015/16: the measure's own tolerance, in points",
     {RULE_TOLERANCE, "2.5", NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "80"}, "80:on 77.6:on 77.5:on 77.4:off"},
    {"2 Havering 2015/16, lower is better",
     {RULE_TOLERANCE, "2.5", NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "80"}, "80:on 82.4:on 82.5:on 82.6:off"},
    {"3 Reigate & Banstead: amber within the agreed tolerance",
     {RULE_TOLERANCE, NULL, "5", POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "75"}, "75.1:on 75:on 74.9:slightly 70.1:slightly 70:slightly 69.9:off 68.2:off"},
    {"3 Reigate & Banstead, lower is better",
     {RULE_TOLERANCE, NULL, "0.5", POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "7.5"}, "7.4:on 7.5:on 7.6:slightly 7.9:slightly 8:slightly 8.1:off 9.8:off"},
    {"4 Medway 2009/10: amber is a judgement, so the rule itself knows two",
     {RULE_JUDGEMENT_AMBER, "5", "10", PERCENT, LAST_YEAR, NULL, NULL}, HIGHER, 0,
     {.target = "100", .last_year = "50"}, "101:on 100:on 99:off 50:off"},
    {"4 Medway, lower is better",
     {RULE_JUDGEMENT_AMBER, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 0,
     {.target = "100"}, "99:on 100:on 101:off"},
    {"5 Brighton & Hove: an amber value for each measure",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "75", .amber = "70"}, "75.1:on 75:on 74.9:slightly 70.1:slightly 70:slightly "
     "69.9:off"},
    {"5 Brighton & Hove, lower is better",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "7", .amber = "9"}, "6.9:on 7:on 7.1:slightly 8.9:slightly 9:slightly 9.1:off"},
    {"6 Lincoln: a low and a high target",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.lower = "80", .upper = "90"}, "91:on 90:on 89:slightly 81:slightly 80:slightly 79:off"},
    {"6 Lincoln, lower is better",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 0,
     {.lower = "20", .upper = "30"}, "19:on 20:on 21:slightly 29:slightly 30:slightly 31:off"},
    {"8 East Sussex: red or green, no amber at outturn",
     {RULE_TARGET_ONLY, "5", "10", PERCENT, LAST_YEAR, NULL, NULL}, HIGHER, 1,
     {.target = "55", .last_year = "10"}, "55.1:on 55:on 54.9:off 54:off"},
    {"8 East Sussex, lower is better",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "55"}, "54.9:on 55:on 55.1:off"},
    {"9 Brighton finance, a service: 5 % or 100,000, whichever comes first (here 5 %)",
     {RULE_DUAL, NULL, NULL, POINTS, BEYOND_RED, "100000", "5"}, LOWER, 0,
     {.target = "1000000"},
     "900000:on 1000000:on 1000001:slightly 1049999:slightly 1050000:off 1050001:off 1100000:off"},
    {"9 Brighton finance, a directorate: 250,000 comes first; 0.3 % over by 288,000 is red",
     {RULE_DUAL, NULL, NULL, POINTS, BEYOND_RED, "250000", "5"}, LOWER, 0,
     {.target = "96000000"},
     "96000000:on 96000001:slightly 96249999:slightly 96250000:off 96250001:off 96288000:off"},
    {"9 Brighton finance, the General Fund: 0.5 % or a million",
     {RULE_DUAL, NULL, NULL, POINTS, BEYOND_RED, "1000000", "0.5"}, LOWER, 0,
     {.target = "220000000"}, "220999999:slightly 221000000:off 221100000:off"},
    {"9 the dual test for income, where more is better",
     {RULE_DUAL, NULL, NULL, POINTS, BEYOND_RED, "100000", "5"}, HIGHER, 0,
     {.target = "1000000"}, "1000000:on 999999:slightly 950001:slightly 950000:off 949999:off"},

    // The published ones that are not among the nine (and those that are, in their own figures).
    {"Bracknell Forest: green within 5 %, amber to 10 %",
     {RULE_TOLERANCE, "5", "10", PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "74"}, "74:on 70.4:on 70.3:on 70.2:slightly 66.7:slightly 66.6:slightly 66.5:off"},
    {"Bracknell Forest, lower is better",
     {RULE_TOLERANCE, "5", "10", PERCENT, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "36"}, "36:on 37.7:on 37.8:on 37.9:slightly 39.5:slightly 39.6:slightly 39.7:off "
     "53.6:off"},
    {"Maidstone: slightly missed is within 10 %; and the BVPI district: missed by less than 10 %",
     {RULE_TOLERANCE, NULL, "10", PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.target = "250"}, "250:on 249:slightly 226:slightly 225:slightly 224:off"},
    {"Maidstone, lower is better",
     {RULE_TOLERANCE, NULL, "10", PERCENT, BEYOND_RED, NULL, NULL}, LOWER, 0,
     {.target = "250"}, "250:on 251:slightly 274:slightly 275:slightly 276:off"},
    {"Chorley: on or above target or within the 5 % threshold, the rest have action plans",
     {RULE_TOLERANCE, "5", NULL, PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, 2,
     {.target = "98.5"}, "98.5:on 93.58:on 93.57:off"},
    {"Medway 2009-19: below target but within acceptable variance (2 days)",
     {RULE_TOLERANCE, NULL, "2", POINTS, BEYOND_RED, NULL, NULL}, LOWER, 0,
     {.target = "20"}, "20:on 21:slightly 22:slightly 23:off"},
    {"Hart: above, close to (3 points) and below target; North West Leicestershire likewise",
     {RULE_TOLERANCE, NULL, "3", POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "90"}, "90:on 89.9:slightly 87:slightly 86.9:off"},
    {"Welwyn Hatfield KPI 18: the quarter's own target of 48 %, though the year's is 44 %",
     {RULE_TOLERANCE, NULL, "2", POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "48"}, "48:on 46:slightly 45:off 44:off"},
    {"Bath & North East Somerset 2003/04: no tolerance, 21.08 against 22 is red",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 2,
     {.target = "22"}, "22:on 21.99:off 21.08:off"},
    {"Slough: council tax against the profiled target and the year before",
     {RULE_TOLERANCE, NULL, NULL, POINTS, LAST_YEAR, NULL, NULL}, HIGHER, 1,
     {.target = "29.5", .last_year = "29.1"}, "29.5:on 29.4:slightly 29.1:slightly 29:off"},

    // What no council printed but the rules can say.
    {"green, then amber, then a look at the last period",
     {RULE_TOLERANCE, "1", "2", POINTS, LAST_PERIOD, NULL, NULL}, HIGHER, 0,
     {.target = "10", .previous = "6", .last_year = "1"},
     "9:on 8:slightly 7:slightly 6:slightly 5:off"},
    {"a range, with a tolerance of 3 outside it",
     {RULE_RANGE, NULL, "3", POINTS, BEYOND_RED, NULL, NULL}, RANGE, 0,
     {.lower = "70", .upper = "80"},
     "70:on 75:on 80:on 69:slightly 67:slightly 66:off 81:slightly 83:slightly 84:off"},
    {"a range, with 10 % of the bound that was missed",
     {RULE_RANGE, NULL, "10", PERCENT, BEYOND_RED, NULL, NULL}, RANGE, 0,
     {.lower = "50", .upper = "100"}, "50:on 100:on 45:slightly 44:off 110:slightly 111:off"},
    {"a range without tolerance, and one that is a single figure",
     {RULE_RANGE, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, RANGE, 0,
     {.lower = "5", .upper = "5"}, "5:on 4:off 6:off"},
    {"a range with one bound only",
     {RULE_RANGE, NULL, "1", POINTS, BEYOND_RED, NULL, NULL}, RANGE, 0,
     {.upper = "5"}, "-100:on 5:on 6:slightly 7:off"},
    {"a tolerance on both sides of a target",
     {RULE_TOLERANCE, "1", "2", POINTS, BEYOND_RED, NULL, NULL}, RANGE, 0,
     {.target = "20"}, "20:on 19:on 21:on 18:slightly 22:slightly 17:off 23:off"},
    {"beyond the range, but nearer to it than last year",
     {RULE_TOLERANCE, NULL, NULL, POINTS, LAST_YEAR, NULL, NULL}, RANGE, 0,
     {.lower = "70", .upper = "80", .last_year = "60"},
     "75:on 61:slightly 60:slightly 59:off 90:slightly 91:off"},
    {"two targets given the wrong way round: the better one is still the goal",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 0,
     {.target = "9", .amber = "7"}, "7:on 8:slightly 9:slightly 10:off"},
    {"two targets of which only one is set",
     {RULE_TWO_TARGETS, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.target = "9"}, "9:on 8:off"},

    // Nought and below.
    {"a target of nought has no amber in percent",
     {RULE_TOLERANCE, "5", "10", PERCENT, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "0"}, "0:on -1:on 0.1:off 5:off"},
    {"a target of nought with a tolerance in figures",
     {RULE_TOLERANCE, NULL, "1", POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "0"}, "0:on 0.1:slightly 1:slightly 1.1:off"},
    {"a budget of nought: the percentage is reached at once",
     {RULE_DUAL, NULL, NULL, POINTS, BEYOND_RED, "100", "5"}, LOWER, 0,
     {.target = "0"}, "0:on -5:on 1:off"},
    {"a negative target: percent is of its size",
     {RULE_TOLERANCE, "5", "10", PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "-20"}, "-19:on -20:on -21:on -21.1:slightly -22:slightly -22.1:off 0:on"},
    {"a negative target, lower is better",
     {RULE_TOLERANCE, "5", "10", PERCENT, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "-20"}, "-21:on -20:on -19:on -18.9:slightly -18:slightly -17.9:off 0:off"},

    // Compared as shown.
    {"74.96 is shown as 75.0 and therefore meets 75.0",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 1,
     {.target = "75.0"}, "74.96:on 74.95:on 74.949:off 74.94:off"},
    {"7.54 is shown as 7.5, lower is better",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, LOWER, 1,
     {.target = "7.5"}, "7.54:on 7.549:on 7.55:off"},
    {"the target is compared as shown too",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.target = "74.6"}, "74.5:on 75:on 74.4:off"},
    {"half a unit away from nought",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.target = "-2"}, "-2.4:on -2.5:off"},
    {"as given, when the measure names no decimals",
     {RULE_TARGET_ONLY, NULL, NULL, POINTS, BEYOND_RED, NULL, NULL}, HIGHER, -1,
     {.target = "75"}, "75.000:on 74.999999999:off"},
    {"a bound that follows from a tolerance is not rounded: 5 % of 75 is 3.75",
     {RULE_TOLERANCE, "5", NULL, PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, 0,
     {.target = "75"}, "72:on 71:off 71.5:on"},
    {"beyond the tolerance, held as shown since last year",
     {RULE_TOLERANCE, NULL, NULL, PERCENT, LAST_YEAR, NULL, NULL}, HIGHER, 1,
     {.target = "75", .last_year = "70.04"}, "69.96:slightly 69.94:off"},

    // Figures of eighteen digits.
    {"10 % of a figure of eighteen nines needs nineteen digits, and is compared exactly",
     {RULE_TOLERANCE, NULL, "10", PERCENT, BEYOND_RED, NULL, NULL}, HIGHER, -1,
     {.target = "999999999999999999"},
     "999999999999999999:on 900000000000000000:slightly 899999999999999999:off"},
    {"figures of very different size",
     {RULE_TOLERANCE, NULL, "99", POINTS, BEYOND_RED, NULL, NULL}, HIGHER, -1,
     {.target = "100"}, "1.00000000000000001:slightly 0.999999999999999999:off"},
};
// clang-format on

static const char *short_name(enum status s)
{
    switch (s) {
    case STATUS_ON_TARGET: return "on";
    case STATUS_SLIGHTLY_OFF: return "slightly";
    case STATUS_OFF_TARGET: return "off";
    default: return status_code(s);
    }
}

static void check_value(const struct rule_case *c, const char *value, const char *expected)
{
    struct rule rule = {
        c->rule.kind,   figure(c->rule.green),        figure(c->rule.amber),      c->rule.unit,
        c->rule.beyond, figure(c->rule.red_absolute), figure(c->rule.red_percent)};
    struct status_input in = {.polarity = (enum polarity)c->polarity,
                              .decimals = c->decimals,
                              .value = figure(value),
                              .target = figure(c->with.target),
                              .lower = figure(c->with.lower),
                              .upper = figure(c->with.upper),
                              .amber = figure(c->with.amber),
                              .previous = figure(c->with.previous),
                              .last_year = figure(c->with.last_year)};
    struct status_explanation e = status_evaluate(&in, &rule);
    if (strcmp(short_name(e.status), expected) != 0) {
        fail_msg("%s: %s is %s (%s), expected %s", c->what, value, short_name(e.status),
                 status_reason_code(e.reason), expected);
    }
    if (status_recompute(&e) != e.status) {
        fail_msg("%s: %s is %s, but recomputed %s", c->what, value, short_name(e.status),
                 short_name(status_recompute(&e)));
    }
}

static void test_each_rule_at_and_around_its_bounds(void **state)
{
    (void)state;
    size_t checked = 0;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const char *at = CASES[i].expect;
        while (*at != '\0') {
            char value[32], expected[16];
            int used = 0;
            if (sscanf(at, "%31[^:]:%15[a-z]%n", value, expected, &used) != 2) {
                fail_msg("%s: the expectation does not read: %s", CASES[i].what, at);
            }
            check_value(&CASES[i], value, expected);
            checked++;
            at += used;
            at += strspn(at, " ");
        }
    }
    print_message("# %zu values against %zu rules\n", checked, COUNT_OF(CASES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule_at_and_around_its_bounds),
    };
    return cmocka_run_group_tests_name("status: rules", tests, NULL, NULL);
}
