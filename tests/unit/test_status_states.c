// What is said before any rule, in which order; what an explanation holds; the words of the files.
#include "status_fixture.h"

static const struct rule FIVE_POINTS = {.kind = RULE_TOLERANCE, .amber_within = {5, 0, true}};
static const struct rule NO_RULE = {.kind = RULE_NONE};
static const struct rule JUDGEMENT = {.kind = RULE_JUDGEMENT};
static const struct rule TARGET_ONLY = {.kind = RULE_TARGET_ONLY};
static const struct rule RANGE_RULE = {.kind = RULE_RANGE};
static const struct rule TWO_TARGETS = {.kind = RULE_TWO_TARGETS};
static const struct rule EMPTY_DUAL = {.kind = RULE_DUAL};

// A figure that is off target, in every way a figure can be kept from being judged.
struct state_case {
    const char *what;
    enum figure_state state;
    const struct rule *rule;
    enum polarity polarity;
    const char *value, *target, *denominator, *min_denominator;
    int present, expected;
    enum status status;
    enum status_reason reason;
};

// clang-format off
static const struct state_case STATES[] = {
    {"judged", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", "75", NULL, NULL, 0, 0,
     STATUS_OFF_TARGET, REASON_BEYOND},
    {"in development goes before everything", FIGURE_IN_DEVELOPMENT, &JUDGEMENT, POLARITY_NONE,
     NULL, NULL, "1", "10", 1, 3, STATUS_IN_DEVELOPMENT, REASON_IN_DEVELOPMENT},
    {"not applicable", FIGURE_NOT_APPLICABLE, &FIVE_POINTS, POLARITY_HIGHER, "60", "75", NULL, NULL,
     0, 0, STATUS_NOT_APPLICABLE, REASON_NOT_APPLICABLE},
    {"suppressed, whatever the figure behind it", FIGURE_SUPPRESSED, &FIVE_POINTS, POLARITY_HIGHER,
     "60", "75", "1", "10", 0, 0, STATUS_SUPPRESSED, REASON_SUPPRESSED},
    {"not due", FIGURE_NOT_DUE, &JUDGEMENT, POLARITY_HIGHER, NULL, "75", NULL, NULL, 0, 0,
     STATUS_NOT_DUE, REASON_NOT_DUE},
    {"missing", FIGURE_MISSING, &FIVE_POINTS, POLARITY_HIGHER, NULL, "75", NULL, NULL, 0, 0,
     STATUS_MISSING, REASON_NO_FIGURE},
    {"said to be present, but there is no figure", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER,
     NULL, "75", NULL, NULL, 0, 0, STATUS_MISSING, REASON_NO_FIGURE},
    {"missing is told even where there is no target", FIGURE_MISSING, &NO_RULE, POLARITY_NONE,
     NULL, NULL, NULL, NULL, 0, 0, STATUS_MISSING, REASON_NO_FIGURE},
    {"a status set by people, not set yet", FIGURE_PRESENT, &JUDGEMENT, POLARITY_HIGHER, "60", "75",
     NULL, NULL, 0, 0, STATUS_MISSING, REASON_AWAITS_JUDGEMENT},
    {"a judgement needs no figure, direction or target", FIGURE_MISSING, &JUDGEMENT, POLARITY_NONE,
     NULL, NULL, NULL, NULL, 0, 0, STATUS_MISSING, REASON_AWAITS_JUDGEMENT},
    {"two of three months", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", "75", "1", "10",
     2, 3, STATUS_MISSING, REASON_INCOMPLETE},
    {"three of three months", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "75", "75", NULL, NULL,
     3, 3, STATUS_ON_TARGET, REASON_TARGET_MET},
    {"19 cases where 20 are needed", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", "75",
     "19", "20", 0, 0, STATUS_NOT_APPLICABLE, REASON_FEW_CASES},
    {"20 cases where 20 are needed", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", "75",
     "20", "20", 0, 0, STATUS_OFF_TARGET, REASON_BEYOND},
    {"how many cases is not known", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", "75",
     NULL, "20", 0, 0, STATUS_OFF_TARGET, REASON_BEYOND},
    {"words", FIGURE_TEXT, &FIVE_POINTS, POLARITY_HIGHER, NULL, "75", NULL, NULL, 0, 0,
     STATUS_NO_TARGET, REASON_NOT_A_FIGURE},
    {"data only: no good direction, though a target stands", FIGURE_PRESENT, &FIVE_POINTS,
     POLARITY_NONE, "60", "75", NULL, NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_POLARITY},
    {"no target", FIGURE_PRESENT, &FIVE_POINTS, POLARITY_HIGHER, "60", NULL, NULL, NULL, 0, 0,
     STATUS_NO_TARGET, REASON_NO_TARGET},
    {"no target goes before no rule", FIGURE_PRESENT, &NO_RULE, POLARITY_LOWER, "60", NULL, NULL,
     NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_TARGET},
    {"a target, but no rule", FIGURE_PRESENT, &NO_RULE, POLARITY_LOWER, "60", "75", NULL, NULL, 0,
     0, STATUS_NO_TARGET, REASON_NO_RULE},
    {"a dual test without its thresholds is no rule", FIGURE_PRESENT, &EMPTY_DUAL, POLARITY_LOWER,
     "90", "75", NULL, NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_RULE},
    {"a range rule wants a range, not a target", FIGURE_PRESENT, &RANGE_RULE, POLARITY_HIGHER, "60",
     "75", NULL, NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_TARGET},
    {"two targets without any", FIGURE_PRESENT, &TWO_TARGETS, POLARITY_HIGHER, "60", NULL, NULL,
     NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_TARGET},
    {"two targets need a better end", FIGURE_PRESENT, &TWO_TARGETS, POLARITY_RANGE, "60", "75",
     NULL, NULL, 0, 0, STATUS_NO_TARGET, REASON_NO_POLARITY},
    {"a figure of nought is a figure", FIGURE_PRESENT, &TARGET_ONLY, POLARITY_LOWER, "0", "0", NULL,
     NULL, 0, 0, STATUS_ON_TARGET, REASON_TARGET_MET},
};
// clang-format on

static void test_what_is_said_before_any_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(STATES); i++) {
        const struct state_case *c = &STATES[i];
        struct status_input in = {.state = c->state,
                                  .polarity = c->polarity,
                                  .decimals = 1,
                                  .value = figure(c->value),
                                  .target = figure(c->target),
                                  .denominator = figure(c->denominator),
                                  .min_denominator = figure(c->min_denominator),
                                  .present = c->present,
                                  .expected = c->expected};
        struct status_explanation e = status_evaluate(&in, c->rule);
        if (e.status != c->status || e.reason != c->reason) {
            fail_msg("%s: %s (%s), expected %s (%s)", c->what, status_code(e.status),
                     status_reason_code(e.reason), status_code(c->status),
                     status_reason_code(c->reason));
        }
        if (status_recompute(&e) != e.status) {
            fail_msg("%s: recomputed %s", c->what, status_code(status_recompute(&e)));
        }
        bool compared = status_is_scored(e.status) || e.reason == REASON_NO_RULE;
        assert_int_equal(e.goal.present, compared);
        assert_int_equal(e.difference.present, compared);
    }
}

// What a reader is told: goal, how far, which bounds.
struct told_case {
    const char *what;
    struct rule rule;
    enum polarity polarity;
    const char *value, *target, *lower, *upper, *last_year;
    enum status_reason reason;
    bool worse;
    const char *goal, *difference, *percent, *green, *amber, *reference;
};

#define D(units, scale)                                                                            \
    {                                                                                              \
        units, scale, true                                                                         \
    }
// clang-format off
static const struct told_case TOLD[] = {
    {"68.2 against 75, tolerance 5", {.kind = RULE_TOLERANCE, .amber_within = D(5, 0)},
     POLARITY_HIGHER, "68.24", "75", NULL, NULL, NULL, REASON_BEYOND, true,
     "75", "6.8", "9.1", "75", "70", NULL},
    {"better than the target", {.kind = RULE_TOLERANCE, .amber_within = D(5, 0)},
     POLARITY_LOWER, "6.9", "7.5", NULL, NULL, NULL, REASON_TARGET_MET, false,
     "7.5", "0.6", "8.0", "7.5", "12.5", NULL},
    {"5 % and 10 % of 19,625",
     {RULE_TOLERANCE, D(5, 0), D(10, 0), WITHIN_PERCENT, BEYOND_RED, {0}, {0}},
     POLARITY_HIGHER, "18000", "19625", NULL, NULL, NULL, REASON_WITHIN_AMBER, true,
     "19625", "1625", "8.3", "18643.75", "17662.5", NULL},
    {"inside the green tolerance",
     {RULE_TOLERANCE, D(5, 0), D(10, 0), WITHIN_PERCENT, BEYOND_RED, {0}, {0}},
     POLARITY_HIGHER, "19000", "19625", NULL, NULL, NULL, REASON_WITHIN_GREEN, true,
     "19625", "625", "3.2", "18643.75", "17662.5", NULL},
    {"where amber ends with green there is no amber",
     {RULE_TOLERANCE, D(5, 0), D(5, 0), WITHIN_ABSOLUTE, BEYOND_RED, {0}, {0}},
     POLARITY_HIGHER, "70", "75", NULL, NULL, NULL, REASON_WITHIN_GREEN, true,
     "75", "5", "6.7", "70", NULL, NULL},
    {"held since last year",
     {RULE_TOLERANCE, D(10, 0), {0}, WITHIN_PERCENT, BEYOND_TRAVEL_LAST_YEAR, {0}, {0}},
     POLARITY_HIGHER, "66", "80", NULL, NULL, "66", REASON_TRAVEL_HELD, true,
     "80", "14", "17.5", "72", NULL, "66"},
    {"worse than last year",
     {RULE_TOLERANCE, D(10, 0), {0}, WITHIN_PERCENT, BEYOND_TRAVEL_LAST_YEAR, {0}, {0}},
     POLARITY_HIGHER, "65.9", "80", NULL, NULL, "66", REASON_TRAVEL_WORSE, true,
     "80", "14.1", "17.6", "72", NULL, "66"},
    {"nothing known of last year",
     {RULE_TOLERANCE, D(10, 0), {0}, WITHIN_PERCENT, BEYOND_TRAVEL_LAST_YEAR, {0}, {0}},
     POLARITY_HIGHER, "65.9", "80", NULL, NULL, NULL, REASON_TRAVEL_UNKNOWN, true,
     "80", "14.1", "17.6", "72", NULL, NULL},
    {"between two targets", {.kind = RULE_TWO_TARGETS}, POLARITY_HIGHER, "85", NULL, "80", "90",
     NULL, REASON_BETWEEN_TARGETS, true, "90", "5", "5.6", "90", "80", NULL},
    {"worse than both targets", {.kind = RULE_TWO_TARGETS}, POLARITY_LOWER, "31", NULL, "20", "30",
     NULL, REASON_WORSE_THAN_BOTH, true, "20", "11", "55.0", "20", "30", NULL},
    {"inside a range, nearer its upper bound", {.kind = RULE_RANGE, .amber_within = D(2, 0)},
     POLARITY_RANGE, "79", NULL, "70", "80", NULL, REASON_IN_RANGE, false,
     "80", "1", "1.3", "80", "82", NULL},
    {"near a range", {.kind = RULE_RANGE, .amber_within = D(2, 0)}, POLARITY_RANGE, "68.5", NULL,
     "70", "80", NULL, REASON_NEAR_RANGE, true, "70", "1.5", "2.1", "70", "68", NULL},
    {"out of a range", {.kind = RULE_RANGE, .amber_within = D(2, 0)}, POLARITY_RANGE, "90", NULL,
     "70", "80", NULL, REASON_OUT_OF_RANGE, true, "80", "10", "12.5", "80", "82", NULL},
    {"over by 288,000 on a directorate",
     {.kind = RULE_DUAL, .red_absolute = D(250000, 0), .red_percent = D(5, 0)}, POLARITY_LOWER,
     "96288000", "96000000", NULL, NULL, NULL, REASON_RED_ABSOLUTE, true,
     "96000000", "288000", "0.3", "96000000", "96250000", NULL},
    {"5 % comes first on a service",
     {.kind = RULE_DUAL, .red_absolute = D(100000, 0), .red_percent = D(5, 0)}, POLARITY_LOWER,
     "1060000", "1000000", NULL, NULL, NULL, REASON_RED_PERCENT, true,
     "1000000", "60000", "6.0", "1000000", "1050000", NULL},
    {"over, but under both",
     {.kind = RULE_DUAL, .red_absolute = D(100000, 0), .red_percent = D(5, 0)}, POLARITY_LOWER,
     "1040000", "1000000", NULL, NULL, NULL, REASON_UNDER_BOTH, true,
     "1000000", "40000", "4.0", "1000000", "1050000", NULL},
    {"a target of nought has no percentage", {.kind = RULE_TARGET_ONLY}, POLARITY_LOWER, "3", "0",
     NULL, NULL, NULL, REASON_BEYOND, true, "0", "3", NULL, "0", NULL, NULL},
    {"a percentage of a negative target is of its size", {.kind = RULE_TARGET_ONLY},
     POLARITY_HIGHER, "-30", "-20", NULL, NULL, NULL, REASON_BEYOND, true,
     "-20", "10", "50.0", "-20", NULL, NULL},
};
// clang-format on

static void assert_figure(struct dec got, const char *wanted, const char *what, const char *which)
{
    struct dec value = figure(wanted);
    if (!dec_equal(got, value)) {
        fail_msg("%s: %s is %s%lld (scale %d), expected %s", what, which,
                 got.present ? "" : "absent, ", (long long)got.units, got.scale,
                 wanted == NULL ? "absent" : wanted);
    }
}

static void test_an_explanation_tells_the_whole_calculation(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(TOLD); i++) {
        const struct told_case *c = &TOLD[i];
        struct status_input in = {.polarity = c->polarity,
                                  .decimals = 1,
                                  .value = figure(c->value),
                                  .target = figure(c->target),
                                  .lower = figure(c->lower),
                                  .upper = figure(c->upper),
                                  .last_year = figure(c->last_year)};
        struct status_explanation e = status_evaluate(&in, &c->rule);
        assert_string_equal(status_reason_code(e.reason), status_reason_code(c->reason));
        assert_int_equal(e.worse, c->worse);
        assert_figure(e.goal, c->goal, c->what, "the goal");
        assert_figure(e.difference, c->difference, c->what, "the difference");
        assert_figure(e.difference_percent, c->percent, c->what, "the difference in percent");
        assert_figure(e.green_bound, c->green, c->what, "the green bound");
        assert_figure(e.amber_bound, c->amber, c->what, "the amber bound");
        assert_figure(e.reference, c->reference, c->what, "the earlier figure");
    }
}

static void test_figures_are_kept_as_compared(void **state)
{
    (void)state;
    struct status_input in = {.polarity = POLARITY_HIGHER,
                              .decimals = 1,
                              .value = figure("74.96"),
                              .target = figure("75"),
                              .previous = figure("70.05"),
                              .last_year = figure("-70.05")};
    struct status_explanation e = status_evaluate(&in, &TARGET_ONLY);
    assert_figure(e.input.value, "75.0", "rounded", "value");
    assert_int_equal(e.input.value.scale, 1);
    assert_figure(e.input.previous, "70.1", "rounded", "previous");
    assert_figure(e.input.last_year, "-70.1", "rounded", "last year");
    assert_int_equal(e.status, STATUS_ON_TARGET);
}

static void test_words_of_the_files(void **state)
{
    (void)state;
    for (int s = 0; s < STATUS_COUNT; s++) {
        assert_int_equal(status_from_code(status_code((enum status)s)), s);
        for (int other = 0; other < s; other++) {
            assert_string_not_equal(status_code((enum status)s), status_code((enum status)other));
        }
    }
    for (int r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        assert_true(strlen(status_reason_code((enum status_reason)r)) > 0);
    }
    assert_int_equal(status_from_code("green"), STATUS_COUNT);
    assert_int_equal(status_from_code(""), STATUS_COUNT);
    assert_int_equal(status_from_code(NULL), STATUS_COUNT);
    for (enum polarity p = POLARITY_NONE; p <= POLARITY_RANGE; p++) {
        enum polarity read = POLARITY_NONE;
        assert_true(polarity_from_text(polarity_text(p), &read));
        assert_int_equal(read, p);
    }
    for (enum rule_kind k = RULE_TOLERANCE; k <= RULE_DUAL; k++) {
        enum rule_kind read = RULE_NONE;
        assert_true(rule_kind_from_text(rule_kind_text(k), &read));
        assert_int_equal(read, k);
    }
    enum polarity p = POLARITY_LOWER;
    enum rule_kind k = RULE_DUAL;
    assert_false(polarity_from_text("up", &p));
    assert_false(polarity_from_text("", &p));
    assert_false(polarity_from_text(NULL, &p));
    assert_int_equal(p, POLARITY_LOWER); // written only on success
    assert_false(rule_kind_from_text("", &k));
    assert_false(rule_kind_from_text("Tolerance", &k));
    enum within_unit u = WITHIN_ABSOLUTE;
    assert_true(within_unit_from_text("percent", &u) && u == WITHIN_PERCENT);
    assert_true(within_unit_from_text("absolute", &u) && u == WITHIN_ABSOLUTE);
    assert_false(within_unit_from_text("%", &u));
    enum rule_beyond b = BEYOND_RED;
    assert_true(rule_beyond_from_text("travel_last_period", &b) && b == BEYOND_TRAVEL_LAST_PERIOD);
    assert_true(rule_beyond_from_text("travel_last_year", &b) && b == BEYOND_TRAVEL_LAST_YEAR);
    assert_true(rule_beyond_from_text("red", &b) && b == BEYOND_RED);
    assert_false(rule_beyond_from_text("amber", &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_said_before_any_rule),
        cmocka_unit_test(test_an_explanation_tells_the_whole_calculation),
        cmocka_unit_test(test_figures_are_kept_as_compared),
        cmocka_unit_test(test_words_of_the_files),
    };
    return cmocka_run_group_tests_name("status: states and explanations", tests, NULL, NULL);
}
