// Every reason as an officer would say it.
#include "status_fixture.h"
#include "view/words_status.h"

static const struct words_unit PERCENT = {.suffix = "%", .decimals = 1};
static const struct words_unit MONEY = {.prefix = "£", .decimals = 0};
static const struct words_unit PENCE = {.prefix = "£", .decimals = 2};
static const struct words_unit DAYS = {.noun = "days", .noun_one = "day", .decimals = 0};
static const struct words_unit RATE = {.noun = "per 1,000", .decimals = 1};
static const struct words_unit PLAIN = {.decimals = 0};
static const struct words_unit AS_GIVEN = {.decimals = -1};

#define D(units, scale)                                                                            \
    {                                                                                              \
        units, scale, true                                                                         \
    }
#define AGAINST(figure, goal)                                                                      \
    {                                                                                              \
        .value = (figure), .target = (goal)                                                        \
    }
#define TOLERANCE(...)                                                                             \
    {                                                                                              \
        .kind = RULE_TOLERANCE, __VA_ARGS__                                                        \
    }

struct sentence {
    const struct words_unit *unit;
    struct rule rule;
    enum polarity polarity;
    struct {
        const char *value, *target, *lower, *upper, *amber, *last_year, *previous;
    } with;
    const char *says;
};

// clang-format off
static const struct sentence SENTENCES[] = {
    // Tolerances.
    {&PERCENT, TOLERANCE(.amber_within = D(5, 0)), POLARITY_HIGHER, AGAINST("68.2", "75"),
     "68.2% against a target of 75%: 6.8 points below, and the tolerance is 5"},
    {&AS_GIVEN, TOLERANCE(.amber_within = D(5, 0)), POLARITY_HIGHER, AGAINST("68.2", "75"),
     "68.2 against a target of 75: 6.8 below, and the tolerance is 5"},
    {&PERCENT, TOLERANCE(.amber_within = D(5, 1)), POLARITY_LOWER, AGAINST("9.8", "7.5"),
     "9.8% against a target of 7.5% or less: 2.3 points above, and the tolerance is 0.5"},
    {&PERCENT, TOLERANCE(.amber_within = D(5, 0)), POLARITY_HIGHER, AGAINST("74", "75"),
     "74.0% against a target of 75%: 1 point below, within the tolerance of 5"},
    {&PERCENT, TOLERANCE(.green_within = D(2, 0)), POLARITY_HIGHER, AGAINST("73.5", "75"),
     "73.5% against a target of 75%: 1.5 points below, within the tolerance of 2, which counts as "
     "on target"},
    {&PERCENT, TOLERANCE(.amber_within = D(5, 0)), POLARITY_HIGHER, AGAINST("78.1", "75"),
     "78.1% against a target of 75%: 3.1 points above"},
    {&PERCENT, TOLERANCE(.amber_within = D(5, 0)), POLARITY_HIGHER, AGAINST("74.96", "75"),
     "75.0% against a target of 75%: met exactly"},
    {&PERCENT, TOLERANCE(.amber_within = D(5, 0)), POLARITY_LOWER, AGAINST("6.9", "7.5"),
     "6.9% against a target of 7.5% or less: 0.6 points below"},
    {&PLAIN, TOLERANCE(.green_within = D(5, 0), .amber_within = D(10, 0),
     .within_unit = WITHIN_PERCENT),
     POLARITY_HIGHER, AGAINST("10966", "19625"),
     "10,966 against a target of 19,625: 8,659 below (44.1%), and the tolerance is 10%"},
    {&PERCENT, TOLERANCE(.green_within = D(5, 0), .amber_within = D(10, 0),
     .within_unit = WITHIN_PERCENT),
     POLARITY_HIGHER, AGAINST("70", "75"),
     "70.0% against a target of 75%: 5 points below (6.7%), past the 5% that counts as on target "
     "but within the 10% that counts as slightly off"},
    {&PERCENT, TOLERANCE(.green_within = D(5, 0), .amber_within = D(10, 0),
     .within_unit = WITHIN_PERCENT),
     POLARITY_HIGHER, AGAINST("73.4", "75"),
     "73.4% against a target of 75%: 1.6 points below (2.1%), within the tolerance of 5%, which "
     "counts as on target"},
    {&PLAIN, TOLERANCE(.amber_within = D(10, 0), .within_unit = WITHIN_PERCENT), POLARITY_LOWER,
     AGAINST("3", "0"), "3 against a target of 0 or less: 3 above, "
     "and a percentage of 0 leaves no tolerance"},
    // 10.02 % is not told as 10 % beside a tolerance of 10 %.
    {&PLAIN, TOLERANCE(.amber_within = D(10, 0), .within_unit = WITHIN_PERCENT), POLARITY_HIGHER,
     AGAINST("8998", "10000"),
     "8,998 against a target of 10,000: 1,002 below (10.02%), and the tolerance is 10%"},
    {&PLAIN, TOLERANCE(.amber_within = D(10, 0), .within_unit = WITHIN_PERCENT), POLARITY_HIGHER,
     AGAINST("9000", "10000"),
     "9,000 against a target of 10,000: 1,000 below (10%), within the tolerance of 10%"},
    {&PERCENT, TOLERANCE(.green_within = {0}), POLARITY_HIGHER, AGAINST("68.2", "75"),
     "68.2% against a target of 75%: 6.8 points below"},

    // Money, days, rates, plain numbers, below nought.
    {&MONEY, TOLERANCE(.amber_within = D(1000, 0)), POLARITY_LOWER, AGAINST("53200", "50000"),
     "£53,200 against a target of £50,000 or less: £3,200 above, and the tolerance is £1,000"},
    {&PENCE, TOLERANCE(.amber_within = D(5, 1)), POLARITY_LOWER, AGAINST("12.5", "10.25"),
     "£12.50 against a target of £10.25 or less: £2.25 above, and the tolerance is £0.50"},
    {&MONEY, {.kind = RULE_TARGET_ONLY}, POLARITY_HIGHER, AGAINST("-4200", "1000"),
     "−£4,200 against a target of £1,000: £5,200 below"},
    {&DAYS, TOLERANCE(.amber_within = D(2, 0)), POLARITY_LOWER, AGAINST("21", "20"),
     "21 days against a target of 20 days or less: 1 day above, within the tolerance of 2"},
    {&DAYS, {.kind = RULE_TARGET_ONLY}, POLARITY_LOWER, AGAINST("1", "3"),
     "1 day against a target of 3 days or less: 2 days below"},
    {&RATE, {.kind = RULE_TARGET_ONLY}, POLARITY_LOWER, AGAINST("31.4", "30"),
     "31.4 per 1,000 against a target of 30 per 1,000 or less: 1.4 per 1,000 above"},
    {&PLAIN, {.kind = RULE_TARGET_ONLY}, POLARITY_HIGHER, AGAINST("246", "258"),
     "246 against a target of 258: 12 below"},
    {&PLAIN, {.kind = RULE_JUDGEMENT_AMBER}, POLARITY_HIGHER, AGAINST("99", "100"),
     "99 against a target of 100: 1 below; slightly off target would have to be set by judgement"},

    // Beyond the tolerance, with a look at an earlier figure.
    {&PERCENT, TOLERANCE(.green_within = D(10, 0), .within_unit = WITHIN_PERCENT,
     .beyond = BEYOND_TRAVEL_LAST_YEAR),
     POLARITY_HIGHER, {.value = "68.2", .target = "80", .last_year = "66"},
     "68.2% against a target of 80%: 11.8 points below (14.8%), and the tolerance is 10%, but "
     "better than a year ago (66%)"},
    {&PERCENT, TOLERANCE(.beyond = BEYOND_TRAVEL_LAST_YEAR), POLARITY_HIGHER,
     {.value = "29.1", .target = "29.5", .last_year = "29.1"},
     "29.1% against a target of 29.5%: 0.4 points below, but the same as a year ago (29.1%)"},
    {&PERCENT, TOLERANCE(.amber_within = D(1, 0), .beyond = BEYOND_TRAVEL_LAST_PERIOD),
     POLARITY_LOWER,
     {.value = "9.8", .target = "7.5", .previous = "9.1"},
     "9.8% against a target of 7.5% or less: 2.3 points above, and the tolerance is 1, and worse "
     "than in the period before (9.1%)"},
    {&PERCENT, TOLERANCE(.amber_within = D(1, 0), .beyond = BEYOND_TRAVEL_LAST_YEAR),
     POLARITY_LOWER,
     {.value = "9.8", .target = "7.5"},
     "9.8% against a target of 7.5% or less: 2.3 points above, and the tolerance is 1, and there "
     "is no figure of a year ago to compare it with"},
    {&PLAIN, TOLERANCE(.beyond = BEYOND_TRAVEL_LAST_YEAR), POLARITY_RANGE,
     {.value = "90", .lower = "70", .upper = "80", .last_year = "60"},
     "90 against a range of 70 to 80: 10 above it, but no worse than a year ago (60)"},

    // Two targets.
    {&PERCENT, {.kind = RULE_TWO_TARGETS}, POLARITY_HIGHER, {.value = "72", .target = "75",
     .amber = "70"},
     "72.0% against a target of 75%: 3 points below, and down to 70% is slightly off target"},
    {&PERCENT, {.kind = RULE_TWO_TARGETS}, POLARITY_HIGHER, {.value = "69", .target = "75",
     .amber = "70"},
     "69.0% against a target of 75%: 6 points below, and less than 70% is off target"},
    {&DAYS, {.kind = RULE_TWO_TARGETS}, POLARITY_LOWER, {.value = "25", .lower = "20",
     .upper = "30"},
     "25 days against a target of 20 days or less: 5 days above, and up to 30 days is slightly off "
     "target"},
    {&DAYS, {.kind = RULE_TWO_TARGETS}, POLARITY_LOWER, {.value = "31", .lower = "20",
     .upper = "30"},
     "31 days against a target of 20 days or less: 11 days above, and more than 30 days is off "
     "target"},
    {&PLAIN, {.kind = RULE_TWO_TARGETS}, POLARITY_HIGHER, {.value = "91", .lower = "80",
     .upper = "90"},
     "91 against a target of 90: 1 above"},

    // Ranges.
    {&PERCENT, {.kind = RULE_RANGE, .amber_within = D(3, 0)}, POLARITY_RANGE,
     {.value = "72", .lower = "70", .upper = "80"}, "72.0% is within the range of 70% to 80%"},
    {&DAYS, {.kind = RULE_RANGE, .amber_within = D(3, 0)}, POLARITY_RANGE,
     {.value = "2", .lower = "3", .upper = "5"},
     "2 days against a range of 3 to 5 days: 1 day below it, within the tolerance of 3"},
    {&PLAIN, {.kind = RULE_RANGE, .amber_within = D(10, 0), .within_unit = WITHIN_PERCENT},
     POLARITY_RANGE,
     {.value = "90", .lower = "70", .upper = "80"},
     "90 against a range of 70 to 80: 10 above it (12.5%), and the tolerance is 10%"},
    {&PLAIN, {.kind = RULE_RANGE}, POLARITY_RANGE, {.value = "12", .upper = "10"},
     "12 against an upper limit of 10: 2 above"},
    {&PLAIN, {.kind = RULE_RANGE}, POLARITY_RANGE, {.value = "12", .lower = "10"},
     "12 against a lower limit of 10: 2 above"},
    {&PLAIN, TOLERANCE(.green_within = D(1, 0)), POLARITY_RANGE, AGAINST("20", "20"),
     "20 against a target of 20: met exactly"},

    // The dual test.
    {&MONEY, {.kind = RULE_DUAL, .red_absolute = D(250000, 0), .red_percent = D(5, 0)},
     POLARITY_LOWER,
     AGAINST("96288000", "96000000"),
     "£96,288,000 against a target of £96,000,000 or less: £288,000 above (0.3%), and £250,000 or "
     "more is off target"},
    {&MONEY, {.kind = RULE_DUAL, .red_absolute = D(100000, 0), .red_percent = D(5, 0)},
     POLARITY_LOWER,
     AGAINST("1060000", "1000000"),
     "£1,060,000 against a target of £1,000,000 or less: £60,000 above (6%), and 5% or more is off "
     "target"},
    {&MONEY, {.kind = RULE_DUAL, .red_absolute = D(100000, 0), .red_percent = D(5, 0)},
     POLARITY_LOWER,
     AGAINST("1049999", "1000000"),
     "£1,049,999 against a target of £1,000,000 or less: £49,999 above (4.9999%), less than the "
     "£100,000 or 5% that is off target"},
    {&MONEY, {.kind = RULE_DUAL, .red_percent = D(5, 0)}, POLARITY_LOWER,
     AGAINST("1040000", "1000000"),
     "£1,040,000 against a target of £1,000,000 or less: £40,000 above (4%), less than the 5% that "
     "is off target"},
    {&MONEY, {.kind = RULE_DUAL, .red_absolute = D(100000, 0), .red_percent = D(5, 0)},
     POLARITY_LOWER,
     AGAINST("950000", "1000000"),
     "£950,000 against a target of £1,000,000 or less: £50,000 below"},

    // Shown, not judged.
    {&PERCENT, TOLERANCE(.green_within = {0}), POLARITY_HIGHER, {.value = "68.2"},
     "68.2%: there is no target for this period"},
    {&PERCENT, TOLERANCE(.green_within = {0}), POLARITY_NONE, AGAINST("68.2", "75"),
     "68.2%: neither higher nor lower is better, so it is shown and not judged"},
    {&PERCENT, {.kind = RULE_NONE}, POLARITY_HIGHER, AGAINST("68.2", "75"),
     "68.2% against a target of 75%: there is no rule to judge it by"},
    {&PERCENT, {.kind = RULE_JUDGEMENT}, POLARITY_HIGHER, AGAINST("68.2", "75"),
     "The status is set by judgement, and nobody has set it yet"},
    {&PERCENT, TOLERANCE(.green_within = {0}), POLARITY_HIGHER, AGAINST(NULL, "75"),
     "There is no figure, and it was due"},
};
// clang-format on

static void assert_says(struct arena *a, const struct status_explanation *e,
                        const struct words_unit *unit, const char *expected)
{
    const char *got = words_status_reason(a, e, unit);
    if (strcmp(got, expected) != 0) {
        fail_msg("says\n  %s\nexpected\n  %s", got, expected);
    }
}

static void test_sentences(void **state)
{
    (void)state;
    struct arena *a = arena_new(16u << 20);
    for (size_t i = 0; i < COUNT_OF(SENTENCES); i++) {
        const struct sentence *s = &SENTENCES[i];
        struct status_input in = {.polarity = s->polarity,
                                  .decimals = s->unit->decimals,
                                  .value = figure(s->with.value),
                                  .target = figure(s->with.target),
                                  .lower = figure(s->with.lower),
                                  .upper = figure(s->with.upper),
                                  .amber = figure(s->with.amber),
                                  .last_year = figure(s->with.last_year),
                                  .previous = figure(s->with.previous)};
        struct status_explanation e = status_evaluate(&in, &s->rule);
        assert_says(a, &e, s->unit, s->says);
    }
    arena_free(a);
}

static void test_sentences_about_the_figure_itself(void **state)
{
    (void)state;
    static const struct {
        struct status_input input;
        const char *says;
    } cases[] = {
        {{.state = FIGURE_NOT_DUE}, "The figure is not due yet"},
        {{.state = FIGURE_SUPPRESSED}, "The figure is suppressed, so it is not judged"},
        {{.state = FIGURE_NOT_APPLICABLE}, "The measure does not apply to this period"},
        {{.state = FIGURE_IN_DEVELOPMENT}, "The measure is still in development"},
        {{.state = FIGURE_MISSING}, "There is no figure, and it was due"},
        {{.state = FIGURE_TEXT}, "What was given is words, not a figure, so it is not judged"},
        {{.value = D(600, 1), .denominator = D(12, 0), .min_denominator = D(20, 0), .decimals = 1},
         "60.0%, from 12 cases: fewer than the 20 needed to judge it"},
        {{.value = D(0, 0), .denominator = D(1, 0), .min_denominator = D(20, 0), .decimals = 1},
         "0.0%, from 1 case: fewer than the 20 needed to judge it"},
        {{.value = D(600, 1), .present = 2, .expected = 3, .decimals = 1},
         "60.0%, made of 2 of the 3 figures it needs: not judged until it is complete"},
    };
    static const struct rule rule = {.kind = RULE_TARGET_ONLY};
    struct arena *a = arena_new(16u << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct status_explanation e = status_evaluate(&cases[i].input, &rule);
        assert_says(a, &e, &PERCENT, cases[i].says);
    }
    arena_free(a);
}

// A reason that nobody thought of must not come out as an empty cell.
static void test_every_reason_has_its_sentence(void **state)
{
    (void)state;
    struct arena *a = arena_new(16u << 20);
    struct status_explanation e = {
        .input = {.polarity = POLARITY_HIGHER, .decimals = 0, .value = D(1, 0)},
        .goal = D(2, 0),
        .difference = D(1, 0),
        .amber_bound = D(1, 0),
        .reference = D(1, 0),
    };
    for (int r = REASON_NONE + 1; r < REASON_COUNT; r++) {
        e.reason = (enum status_reason)r;
        const char *text = words_status_reason(a, &e, &PLAIN);
        assert_true(strlen(text) > 10);
        assert_true(text[strlen(text) - 1] != '.');
    }
    arena_free(a);
}

static void test_figures(void **state)
{
    (void)state;
    static const struct {
        const struct words_unit *unit;
        const char *value, *shown;
    } cases[] = {
        {&PERCENT, "68.25", "68.3%"}, {&PENCE, "1234.5", "£1,234.50"},
        {&DAYS, "12", "12 days"},     {&DAYS, "1", "1 day"},
        {&MONEY, "-4", "−£4"},        {&RATE, "31.4", "31.4 per 1,000"},
        {&PLAIN, "-0.4", "0"},        {&AS_GIVEN, "0.125", "0.125"},
        {&PERCENT, NULL, ""},
    };
    struct arena *a = arena_new(1u << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(words_unit_figure(a, cases[i].unit, figure(cases[i].value)),
                            cases[i].shown);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_sentences_about_the_figure_itself),
        cmocka_unit_test(test_every_reason_has_its_sentence),
        cmocka_unit_test(test_figures),
    };
    return cmocka_run_group_tests_name("words of a status", tests, NULL, NULL);
}
