// Signal and noise in words: a table of series and what is said of them.
#include "view/words_limits.h"

#include <string.h>

#include "domain/judging.h"
#include "fixture_reading.h"
#include "view/signal.h"

enum { YEAR_START = 4 };

static struct limits none(enum limits_why why)
{
    return (struct limits){.why = why, .mean = NAN, .lower = NAN, .upper = NAN};
}

// Quarter by quarter from 2010/11 Q1, "-" a gap; the target set for the last of them.
static struct reading read_series(struct council *c, const char *measure, const char *values,
                                  const char *target, const char *rebase)
{
    struct measure *m = add_measure(c, "M 1", measure);
    struct buf b = buf_new(c->arena, 1 << 16);
    struct period p = period_named("2010-11-Q1"), last = p;
    for (const char *at = values + strspn(values, " "); *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (length > 1 || *at != '-') {
            buf_printf(&b, "%s%s %.*s", b.length == 0 ? "" : ", ",
                       period_id(c->arena, p, YEAR_START), (int)length, at);
        }
        last = p;
        p = period_step(p, 1, YEAR_START);
        at += length;
    }
    set_figures(c, m, "", buf_cstr(&b),
                target == NULL ? NULL
                               : arena_printf(c->arena, "%s %s",
                                              period_id(c->arena, last, YEAR_START), target));
    struct series *s = (struct series *)(uintptr_t)&m->series[0];
    if (rebase != NULL) {
        struct rebase *r = ARENA_NEW(c->arena, struct rebase);
        *r = (struct rebase){.period = period_named(rebase), .reason = "A new contract"};
        s->rebases = r;
        s->rebase_count = 1;
    }
    judge_series(judging_new(c, c->arena), m, s);
    return reading_of(c, m, s, last);
}

#define HIGHER "percent quarter ratio higher"
#define STEADY "70 74 69 75 71 73 70 74 72 71 75 70 73"

static const struct {
    const char *measure, *values, *target, *rebase, *said, *target_said;
} cases[] = {
    {HIGHER, STEADY, "75", NULL,
     "This is within its usual variation: 63% to 82%. Ups and downs of this size are chance, not "
     "change.",
     "The target of 75% lies within the usual variation: it will be met some times and missed "
     "others, by chance."},
    {HIGHER, STEADY, "95", NULL,
     "This is within its usual variation: 63% to 82%. Ups and downs of this size are chance, not "
     "change.",
     "The target of 95% is outside what this process gives: it will keep failing unless something "
     "changes."},
    {HIGHER, STEADY, "50", NULL,
     "This is within its usual variation: 63% to 82%. Ups and downs of this size are chance, not "
     "change.",
     "Even the worst that is usual meets the target of 50%: it will be met every time unless "
     "something changes."},
    {HIGHER, STEADY, NULL, NULL,
     "This is within its usual variation: 63% to 82%. Ups and downs of this size are chance, not "
     "change.",
     NULL},
    // The latest figure is that of the quarter before: it is named.
    {HIGHER, STEADY " -", "75", NULL,
     "The latest figure (2013/14 Q1) is within its usual variation: 63% to 82%. Ups and downs of "
     "this size are chance, not change.",
     NULL},
    {"days quarter mean lower decimals=1", "7 7.4 6.9 7.5 7.1 7.3 7 7.4 7.2 7.1 7.5 7 9.9", "7.5",
     NULL, "This is above what is usual (5.9 to 8.9 days): a real worsening.",
     "The target of 7.5 days lies within the usual variation: it will be met some times and missed "
     "others, by chance. But it is getting worse, so this may no longer hold."},
    {"number quarter last none", "70 74 69 75 71 73 70 74 72 71 75 70 10", "75", NULL,
     "This is below what is usual (45 to 89): a real fall.", NULL},
    {HIGHER, "60 64 59 65 61 70 74 69 75 71 73 70 74", "75", NULL,
     "This is within its usual variation: 56% to 80%. The last eight quarters are all above the "
     "average of 68%: a real improvement, since 2011/12 Q2.",
     "The target of 75% lies within the usual variation: it will be met some times and missed "
     "others, by chance. But it is improving, so this may no longer hold."},
    {HIGHER, "60 64 59 65 61 70 74 69 - 75 71 73 70 74", NULL, NULL,
     "This is within its usual variation: 56% to 80%. The last eight figures are all above the "
     "average of 68%: a real improvement, since 2011/12 Q2.",
     NULL},
    {HIGHER, "70 74 69 75 71 80 79 78 77 76 75 74 73", NULL, NULL,
     "This is within its usual variation: 67% to 82%. It went down seven quarters running: a real "
     "worsening, since 2011/12 Q2.",
     NULL},
    {HIGHER, "70 71 70 71 70 71 70 71 70 71 71 73 73", NULL, NULL,
     "This is within its usual variation: 68.5% to 73.4%. Two of the last three quarters are close "
     "to "
     "the upper limit: a real improvement, since 2012/13 Q4.",
     NULL},
    {HIGHER, "100 100 100 100 100 100 100 100 100 100 100 100 100", "100", NULL,
     "All 13 figures are the same.", "The target of 100% is met every time."},
    {HIGHER, "90 90 90 90 90 90 90 90 90 90 90 90 90", "100", NULL, "All 13 figures are the same.",
     "The target of 100% is outside what this process gives: it will keep failing unless something "
     "changes."},
    // Shares never get above 100%, nor counts below nought.
    {HIGHER, "99 97 99 98 100 97 99 96 100 98 99 97 98", NULL, NULL,
     "This is within its usual variation: 93% to 100%. Ups and downs of this size are chance, not "
     "change.",
     NULL},
    {"number quarter last lower", "3 0 5 1 4 0 3 1 5 0 4 1 2", NULL, NULL,
     "This is within its usual variation: 0 to 11. Ups and downs of this size are chance, not "
     "change.",
     NULL},
    {"money quarter last higher", "-20 15 -10 5 -15 20 -5 10 -20 15 0 5 -5", NULL, NULL,
     "This is within its usual variation: \u2212£59 to £58. Ups and downs of this size are chance, "
     "not change.",
     NULL},
    {"number quarter last range", STEADY, "40..99", NULL,
     "This is within its usual variation: 63 to 82. Ups and downs of this size are chance, not "
     "change.",
     "Even the worst that is usual meets the range of 40 to 99: it will be met every time unless "
     "something changes."},
    // A figure beyond a limit that would be printed the same: one more decimal.
    {HIGHER, "70 70 70 71 70 70 70 70 70 71 70 70 72", NULL, NULL,
     "This is above what is usual (69.0% to 71.6%): a real improvement.", NULL},
    {HIGHER, "70 74 69 75 71 73 70 74", "75", NULL,
     "Too few points to tell change from chance: 8 of the 13 it takes.", NULL},
    {HIGHER, STEADY " 71 72 73", "75", "2013-14-Q3",
     "Too few points since 2013/14 Q3, when the limits start anew, to tell change from chance: 2 "
     "of "
     "the 13 it takes.",
     NULL},
    {HIGHER, STEADY " - - -", "75", NULL,
     "The latest figure is too old to tell whether anything has changed.", NULL},
    {"number quarter sum higher cumulative", STEADY, "75", NULL,
     "Figures of the year so far: no control limits.", NULL},
    {"number other none higher", STEADY, "75", NULL,
     "No control limits: its periods do not follow one another regularly.", NULL},
    {"percent quarter ratio higher development", STEADY, "75", NULL, NULL, NULL},
    {"yes_no quarter none higher", "yes no yes", NULL, NULL, NULL, NULL},
};

static bool same(const char *found, const char *wanted)
{
    return found == NULL || wanted == NULL ? found == wanted : strcmp(found, wanted) == 0;
}

static void test_what_is_said(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2016-08-01");
        struct reading r =
            read_series(c, cases[i].measure, cases[i].values, cases[i].target, cases[i].rebase);
        const struct limits *l = limits_of(a, c, &r);
        const char *said = words_limits(a, c, &r, l);
        const char *target = words_limits_target(a, &r, l);
        if (!same(said, cases[i].said) || !same(target, cases[i].target_said)) {
            print_error("case %zu: %s\n    %s\n", i, said == NULL ? "(nothing)" : said,
                        target == NULL ? "(nothing)" : target);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// Every code has its word, its meaning and its place; nothing has a word that may not be said.
static void test_every_code_has_a_word(void **state)
{
    (void)state;
    assert_null(words_variation(VARIATION_NONE));
    assert_null(words_assurance(ASSURANCE_NONE));
    assert_null(words_signal(SPC_NO_TYPE, LIMITS_XMR));
    assert_null(words_signal(SPC_COMMON, LIMITS_XMR));
    assert_null(words_limits_why(LIMITS_SAID));
    assert_null(words_look(LOOK_NONE));
    for (int v = VARIATION_NONE + 1; v < VARIATION_COUNT; v++) {
        assert_non_null(words_variation((enum variation)v));
        assert_non_null(words_variation_meaning((enum variation)v));
    }
    for (int x = ASSURANCE_NONE + 1; x < ASSURANCE_COUNT; x++) {
        assert_non_null(words_assurance((enum assurance)x));
        assert_non_null(words_assurance_meaning((enum assurance)x));
    }
    for (int t = SPC_COMMON + 1; t < SPC_TYPES; t++) {
        assert_non_null(words_signal((enum spc_type)t, LIMITS_XMR));
    }
    for (int w = LIMITS_SAID + 1; w <= LIMITS_OUT_OF_DATE; w++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2016-08-01");
        struct reading r = read_series(c, HIGHER, "70", "75", NULL);
        struct limits l = none((enum limits_why)w);
        assert_non_null(words_limits_why((enum limits_why)w));
        assert_null(words_limits_target(a, &r, &l));
        arena_free(a);
    }
    for (int l = 0; l < LOOK_NONE; l++) {
        assert_non_null(words_look((enum look)l));
        assert_true(look_compare((enum look)l, LOOK_NONE) < 0);
    }
    assert_true(look_compare(LOOK_WORSENING, LOOK_FAILING) < 0);
    assert_true(look_compare(LOOK_FAILING, LOOK_OFF_BY_CHANCE) < 0);
    assert_int_equal(look_compare(LOOK_OFF_BY_CHANCE, LOOK_OFF), 0);
    assert_true(look_compare(LOOK_OFF, LOOK_SLIGHTLY) < 0);
}

static void test_a_step_change_with_reason_and_who(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = council_of(a, "2016-08-01");
    const struct {
        const char *by, *on, *said;
    } told[] = {
        {"Executive", "2013-05-03",
         "The limits start anew with 2013/14 Q1: A new contract (Executive, 3 May 2013)."},
        {"Executive", NULL, "The limits start anew with 2013/14 Q1: A new contract (Executive)."},
        {NULL, "2013-05-03",
         "The limits start anew with 2013/14 Q1: A new contract (agreed 3 May 2013)."},
        {NULL, NULL, "The limits start anew with 2013/14 Q1: A new contract."},
    };
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        struct rebase r = {.period = period_named("2013-14-Q1"),
                           .reason = "A new contract",
                           .by = told[i].by,
                           .agreed_on = told[i].on == NULL ? DAY_NONE : day_named(told[i].on)};
        assert_string_equal(words_rebase(a, c, &r), told[i].said);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_said),
        cmocka_unit_test(test_every_code_has_a_word),
        cmocka_unit_test(test_a_step_change_with_reason_and_who),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
