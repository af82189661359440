// What may be said of the figures of a series as signal or noise: by kind of measure, by polarity,
// target, step change and gap; and that too few figures are never given limits.
#include "domain/limits.h"

#include <string.h>

#include "domain/judging.h"
#include "fixture_reading.h"

enum { YEAR_START = 4 };

// "2010-11-Q1 68, 2010-11-Q2 71 provisional, ..." of "68 71p ...": quarter by quarter, "-" a gap,
// "s" withheld. The last period is written to `ret_last`.
static const char *quarters(struct arena *a, const char *values, struct period *ret_last)
{
    struct buf b = buf_new(a, 1 << 16);
    struct period p = period_named("2010-11-Q1");
    for (const char *at = values; *at != '\0';) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (length == 0) {
            break;
        }
        const char *word = arena_textn(a, at, length);
        bool provisional = word[length - 1] == 'p';
        if (strcmp(word, "-") != 0) {
            buf_printf(&b, "%s%s ", b.length == 0 ? "" : ", ", period_id(a, p, YEAR_START));
            buf_printf(&b, strcmp(word, "s") == 0 ? "- suppressed" : "%.*s%s",
                       (int)(length - (provisional ? 1 : 0)), word,
                       provisional ? " provisional" : "");
        }
        *ret_last = p;
        p = period_step(p, 1, YEAR_START);
        at += length;
    }
    return buf_cstr(&b);
}

static void set_rebase(struct council *c, struct series *s, const char *period)
{
    if (period == NULL) {
        return;
    }
    struct rebase *r = ARENA_NEW(c->arena, struct rebase);
    *r = (struct rebase){.period = period_named(period),
                         .reason = "A new contract",
                         .by = "Head of Service",
                         .agreed_on = DAY_NONE,
                         .version = 1};
    s->rebases = r;
    s->rebase_count = 1;
}

struct given {
    const char *measure, *limits, *values, *target, *rebase;
};

// The measure judged over its quarters, with the target set for the last of them.
static struct measure *judged(struct council *c, const struct given *g, struct period *ret_last)
{
    struct measure *m =
        add_measure(c, arena_printf(c->arena, "M %zu", c->measure_count + 1), g->measure);
    const char *figures = quarters(c->arena, g->values, ret_last);
    const char *target = g->target == NULL
                             ? NULL
                             : arena_printf(c->arena, "%s %s",
                                            period_id(c->arena, *ret_last, YEAR_START), g->target);
    set_figures(c, m, "", figures, target);
    m->limits = g->limits;
    struct series *s = (struct series *)(uintptr_t)&m->series[0];
    set_rebase(c, s, g->rebase);
    judge_series(judging_new(c, c->arena), m, s);
    return m;
}

#define STEADY "70 74 69 75 71 73 70 74 72 71 75 70 73"
#define STEADY_UP "70 74 69 75 71 73 70 74 72 71 75 70 99"

static const struct {
    const char *label;
    struct given given;
    enum limits_why why;
    enum variation variation;
    enum assurance assurance;
    enum spc_flag rule;
    size_t figures; // of the run
} cases[] = {
    {"noise",
     {"percent quarter ratio higher", NULL, STEADY, "75", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_INCONSISTENT,
     0,
     0},
    {"noise below any hope of the target",
     {"percent quarter ratio higher", NULL, STEADY, "95", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_FAIL,
     0,
     0},
    {"noise above the target",
     {"percent quarter ratio higher", "mdc", STEADY, "50", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_PASS,
     0,
     0},
    {"the same where lower is better",
     {"percent quarter ratio lower", NULL, STEADY, "50", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_FAIL,
     0,
     0},
    {"no target",
     {"percent quarter ratio higher", NULL, STEADY, NULL, NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0},
    {"a leap up",
     {"percent quarter ratio higher", NULL, STEADY_UP, "75", NULL},
     LIMITS_SAID,
     VARIATION_IMPROVEMENT_HIGH,
     ASSURANCE_INCONSISTENT,
     SPC_OUTSIDE,
     1},
    {"a leap up is worse where lower is better",
     {"percent quarter ratio lower", NULL, STEADY_UP, "75", NULL},
     LIMITS_SAID,
     VARIATION_CONCERN_HIGH,
     ASSURANCE_INCONSISTENT,
     SPC_OUTSIDE,
     1},
    {"a leap where neither is better: no assurance",
     {"number quarter last none", NULL, STEADY_UP, "75", NULL},
     LIMITS_SAID,
     VARIATION_NEUTRAL_HIGH,
     ASSURANCE_NONE,
     SPC_OUTSIDE,
     1},
    {"in a range, held against the range",
     {"number quarter last range", NULL, STEADY, "40..99", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_PASS,
     0,
     0},
    {"a range the process lies outside of",
     {"number quarter last range", NULL, STEADY, "10..20", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_FAIL,
     0,
     0},
    {"a range narrower than the process",
     {"number quarter last range", NULL, STEADY, "70..74", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_INCONSISTENT,
     0,
     0},
    {"eight above the average",
     {"percent quarter ratio higher", NULL, "60 64 59 65 61 70 74 69 75 71 73 70 74", "75", NULL},
     LIMITS_SAID,
     VARIATION_IMPROVEMENT_HIGH,
     ASSURANCE_INCONSISTENT,
     SPC_SHIFT,
     8},
    {"eight in a row downwards",
     {"percent quarter ratio higher", NULL, "70 74 69 75 71 80 79 78 77 76 75 74 73", "75", NULL},
     LIMITS_SAID,
     VARIATION_CONCERN_LOW,
     ASSURANCE_INCONSISTENT,
     SPC_TREND,
     8},
    {"all alike at the target",
     {"percent quarter ratio higher", NULL, "100 100 100 100 100 100 100 100 100 100 100 100 100",
      "100", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_PASS,
     0,
     0},
    {"provisional figures count",
     {"percent quarter ratio higher", NULL, "70 74 69 75 71 73 70 74 72 71 75 70p 73p", "75", NULL},
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_INCONSISTENT,
     0,
     0},
    {"thirteen for the package's profile, too",
     {"percent quarter ratio higher", "plotthedots", "70 74 69 75 71 73 70 74 72 71 75 70", "75",
      NULL},
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"twelve, of an XmR chart that is asked for",
     {"percent quarter ratio higher", "mdc", "70 74 69 75 71 73 70 74 72 71 75 70", "75", NULL},
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"twelve and one withheld",
     {"percent quarter ratio higher", "mdc", "70 74 69 75 71 73 s 70 74 72 71 75 70", "75", NULL},
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"a step change leaves too few",
     {"percent quarter ratio higher", NULL, STEADY " 71 72 73", "75", "2013-14-Q3"},
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"none wanted",
     {"percent quarter ratio higher", "none", STEADY, "75", NULL},
     LIMITS_NOT_WANTED,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"the year so far",
     {"number quarter sum higher cumulative", NULL, STEADY, "75", NULL},
     LIMITS_CUMULATIVE,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"yes or no",
     {"yes_no quarter none higher", NULL, STEADY, "1", NULL},
     LIMITS_WORDS,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"no regular periods",
     {"number other none higher", NULL, STEADY, "75", NULL},
     LIMITS_IRREGULAR,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"in development",
     {"percent quarter ratio higher development", NULL, STEADY, "75", NULL},
     LIMITS_IN_DEVELOPMENT,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
    {"nothing withheld or given",
     {"percent quarter ratio higher", NULL, "s", "75", NULL},
     LIMITS_NO_FIGURES,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0},
};

static void check_case(struct council *c, size_t i)
{
    struct period last = PERIOD_ABSENT;
    const struct measure *m = judged(c, &cases[i].given, &last);
    struct reading r = reading_of(c, m, &m->series[0], last);
    const struct limits *l = limits_of(c->arena, c, &r);
    if (l->why != cases[i].why || l->variation != cases[i].variation ||
        l->assurance != cases[i].assurance || l->signal.rule != cases[i].rule ||
        l->signal.figures != cases[i].figures) {
        fail_msg("%s: why %d, %s, %s, rule %d over %zu", cases[i].label, (int)l->why,
                 variation_code(l->variation), assurance_code(l->assurance), (int)l->signal.rule,
                 l->signal.figures);
    }
    assert_true(l->why == LIMITS_SAID || (l->variation == VARIATION_NONE && isnan(l->mean)));
    assert_true((l->variation == VARIATION_NONE) == (l->why != LIMITS_SAID));
}

static void test_what_may_be_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        check_case(council_of(a, "2014-08-01"), i);
        arena_free(a);
    }
}

// A step change in the middle: two averages, the earlier stands.
static void test_a_step_change_starts_anew(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2018-08-01");
    struct period last = PERIOD_ABSENT;
    // On a quarter without a figure: it starts at the first after it.
    static const struct given given = {
        "percent quarter ratio higher", NULL,
        "10 12 10 12 10 12 10 12 10 12 10 12 10 - 30 32 30 32 30 32 30 32 30 32 30 32 30", "31",
        "2013-14-Q2"};
    const struct measure *m = judged(c, &given, &last);
    const struct limits *l = m->series[0].limits;
    assert_int_equal(l->segment_count, 2);
    assert_int_equal(l->segments[1].first, 14);
    assert_true(l->segments[0].upper < 20 && l->segments[1].lower > 20);
    assert_int_equal(l->why, LIMITS_SAID);
    assert_int_equal(l->variation, VARIATION_COMMON_CAUSE);
    // Read when there were only three after it: of those nothing is said, of the first segment all.
    struct reading r = reading_of(c, m, &m->series[0], period_named("2014-15-Q1"));
    l = limits_of(a, c, &r);
    assert_int_equal(l->rows, 17);
    assert_int_equal(l->why, LIMITS_TOO_FEW);
    assert_int_equal(l->segment_count, 2);
    assert_true(l->segments[0].lower > 0);
    assert_true(isnan(l->segments[1].lower) && isnan(l->mean));
    for (size_t i = l->segments[1].first; i < l->rows; i++) {
        assert_int_equal(l->points[i].flags, 0);
        assert_int_equal(l->points[i].variation, VARIATION_NONE);
    }
    arena_free(a);
}

// The latest figure speaks for two periods after it, not for three.
static void test_a_figure_grows_old(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        enum limits_why why;
    } at[] = {{"2013-14-Q1", LIMITS_SAID},
              {"2013-14-Q3", LIMITS_SAID},
              {"2013-14-Q4", LIMITS_OUT_OF_DATE},
              {"2014-15-Q4", LIMITS_OUT_OF_DATE},
              {"2012-01", LIMITS_TOO_FEW}};
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2016-08-01");
    struct period last = PERIOD_ABSENT;
    const struct given given = {"percent quarter ratio higher", NULL, STEADY, "75", NULL};
    const struct measure *m = judged(c, &given, &last);
    for (size_t i = 0; i < COUNT_OF(at); i++) {
        struct reading r = reading_of(c, m, &m->series[0], period_named(at[i].period));
        const struct limits *l = limits_of(a, c, &r);
        if (l->why != at[i].why || (l->variation != VARIATION_NONE) != (l->why == LIMITS_SAID) ||
            (l->assurance != ASSURANCE_NONE) != (l->why == LIMITS_SAID)) {
            fail_msg("%s: %d", at[i].period, (int)l->why);
        }
    }
    arena_free(a);
}

// The past is seen as it was then: not with the figures that came after.
static void test_the_past_is_not_recoloured(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2016-08-01");
    struct period last = PERIOD_ABSENT;
    const struct given given = {"percent quarter ratio higher", NULL, STEADY_UP " 99 99", "75",
                                NULL};
    const struct measure *m = judged(c, &given, &last);
    const struct series *s = &m->series[0];
    struct reading r = reading_of(c, m, s, period_named("2013-14-Q1"));
    const struct limits *then = limits_of(a, c, &r);
    const struct limits *alone = limits_evaluate(a, c, m, s, 13);
    assert_int_equal(then->rows, 13);
    assert_true(then->mean == alone->mean && then->mean < s->limits->mean);
    assert_int_equal(s->limits->rows, 15);
    r = reading_of(c, m, s, last);
    assert_ptr_equal(limits_of(a, c, &r), s->limits);
    arena_free(a);
}

// On random series with gaps and step changes: nothing is kept of a segment with too few figures.
static void test_too_few_are_never_given_limits(void **state)
{
    (void)state;
    enum { SERIES = 3000, ROWS = 60 };
    uint64_t seed = 20261122;
    size_t said = 0, silent = 0;
    for (int i = 0; i < SERIES; i++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2030-08-01");
        struct buf b = buf_new(a, 4096);
        int rows = 1 + (int)(seed >> 40) % ROWS;
        for (int k = 0; k < rows; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            unsigned word = (unsigned)(seed >> 33);
            buf_printf(&b, word % 7 == 0 ? "- " : "%u ", 50 + word % 40);
        }
        buf_text(&b, "70");
        const struct given given = {"percent quarter ratio higher",
                                    (seed >> 50) % 2 == 0 ? "plotthedots" : "mdc", buf_cstr(&b),
                                    "75", (seed >> 51) % 2 == 0 ? "2013-14-Q3" : NULL};
        struct period last = PERIOD_ABSENT;
        const struct measure *m = judged(c, &given, &last);
        for (size_t row = 0; row <= m->series[0].result_count; row++) {
            const struct limits *l = limits_evaluate(a, c, m, &m->series[0], row);
            for (size_t k = 0; k < l->segment_count; k++) {
                const struct spc_segment *at = &l->segments[k];
                bool enough = at->present >= SPC_ENOUGH;
                assert_true(enough || (isnan(at->mean) && isnan(at->lower) && isnan(at->upper)));
                for (size_t p = at->first; p < at->end; p++) {
                    assert_true(enough || (l->points[p].flags == 0 &&
                                           l->points[p].variation == VARIATION_NONE));
                }
            }
            assert_true(l->figures >= SPC_ENOUGH || l->variation == VARIATION_NONE);
            assert_true(l->figures >= SPC_ENOUGH || l->assurance == ASSURANCE_NONE);
            said += l->why == LIMITS_SAID ? 1 : 0;
            silent += l->why == LIMITS_SAID ? 0 : 1;
        }
        arena_free(a);
    }
    assert_true(said > SERIES && silent > SERIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_may_be_said),
        cmocka_unit_test(test_a_step_change_starts_anew),
        cmocka_unit_test(test_a_figure_grows_old),
        cmocka_unit_test(test_the_past_is_not_recoloured),
        cmocka_unit_test(test_too_few_are_never_given_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
