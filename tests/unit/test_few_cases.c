// Of twenty cases two more or fewer are never called a failure, at any level from none to all; five
// are, wherever there are five. And what is arithmetic, the status, stays what it is.
#include "fixture_reading.h"

#include <math.h>
#include <string.h>

#include "domain/few_cases.h"
#include "domain/judging.h"
#include "domain/limits.h"
#include "engine/interval.h"
#include "view/words_comparison.h"
#include "view/words_limits.h"

enum { CASES = 20, POINTS = 25, YEAR_START = 4 };

static const char *const ways[] = {"percent quarter ratio higher decimals=1 rule=MET",
                                   "percent quarter ratio lower decimals=1 rule=MET"};

// So many cases the wrong way from a level; false where there are not so many.
static bool swing(int level, int cases, bool higher, int *ret)
{
    *ret = higher ? level - cases : level + cases;
    return *ret >= 0 && *ret <= CASES;
}

// Six years at the level, each quarter the same, and the latest figure off it.
static const struct measure *steady(struct council *c, const char *words, int level, int latest)
{
    struct measure *m = add_measure(c, arena_printf(c->arena, "M %zu", c->measure_count), words);
    struct buf b = buf_new(c->arena, 1 << 16);
    struct period p = period_named("2008-09-Q1");
    for (int i = 1; i <= POINTS; i++) {
        buf_printf(&b, "%s%s %d/%d", i == 1 ? "" : ", ", period_id(c->arena, p, YEAR_START),
                   i < POINTS ? level : latest, CASES);
        p = i < POINTS ? period_step(p, 1, YEAR_START) : p;
    }
    const char *target =
        arena_printf(c->arena, "%s %d", period_id(c->arena, p, YEAR_START), level * 100 / CASES);
    set_figures(c, m, "", buf_cstr(&b), target);
    judge_series(judging_new(c, c->arena), m, (struct series *)(uintptr_t)&m->series[0]);
    return m;
}

struct said {
    bool worsening, out_of_reach, worse, few; // few: beside the status
    enum status status;
};

static enum verdict verdict_of(const struct measure *m, int level, int latest, bool *ret_few)
{
    struct confidence k = confidence_of_percent(95);
    struct interval i = interval_over(interval_wilson(latest, CASES, &k), 1, 100);
    struct standing_row row = {.value = dec_int(latest * 100 / CASES),
                               .numerator = dec_int(latest),
                               .denominator = dec_int(CASES),
                               .lower = i.lower,
                               .upper = i.upper,
                               .rank = 1,
                               .deviations = -9};
    standing_judge(m, &row, level * 100.0 / CASES);
    *ret_few = row.few_cases;
    return row.verdict;
}

static struct said say(const char *words, int level, int latest)
{
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-08-01");
    const struct measure *m = steady(c, words, level, latest);
    const struct series *s = &m->series[0];
    struct reading r = reading_of(c, m, s, s->results[s->result_count - 1].period);
    const struct limits *l = limits_of(a, c, &r);
    assert_int_equal(l->why, LIMITS_SAID);
    const char *sentence = words_limits(a, c, &r, l), *target = words_limits_target(a, &r, l);
    bool few = false;
    struct said said = {.worsening = variation_is_concern(l->variation),
                        .out_of_reach = l->assurance == ASSURANCE_FAIL,
                        .worse = verdict_of(m, level, latest, &few) == VERDICT_WORSE,
                        .few = words_few_cases(a, &r) != NULL,
                        .status = r.status};
    assert_int_equal(strstr(sentence, "worsening") != NULL, said.worsening);
    assert_int_equal(target != NULL && strstr(target, "keep failing") != NULL, said.out_of_reach);
    arena_free(a);
    return said;
}

static void test_two_of_twenty_at_every_level(void **state)
{
    (void)state;
    for (size_t way = 0; way < COUNT_OF(ways); way++) {
        for (int level = 0; level <= CASES; level++) {
            for (int cases = 0; cases <= 2; cases++) {
                int latest = 0;
                if (!swing(level, cases, way == 0, &latest)) {
                    continue;
                }
                struct said said = say(ways[way], level, latest);
                assert_false(said.worsening);
                assert_false(said.out_of_reach);
                assert_false(said.worse);
                assert_int_equal(said.few, cases > 0);
                assert_int_equal(said.status, cases > 0 ? STATUS_OFF_TARGET : STATUS_ON_TARGET);
            }
        }
    }
}

// The rule does not make the pages mute.
static void test_five_of_twenty_at_every_level(void **state)
{
    (void)state;
    for (size_t way = 0; way < COUNT_OF(ways); way++) {
        for (int level = 0; level <= CASES; level++) {
            int latest = 0;
            if (swing(level, 5, way == 0, &latest)) {
                struct said said = say(ways[way], level, latest);
                assert_true(said.worsening);
                assert_false(said.few);
            }
        }
    }
}

// The ends are where an interval alone would tell two cases apart.
static void test_beside_a_benchmark(void **state)
{
    (void)state;
    static const struct {
        int level, latest;
        enum verdict verdict;
        bool few;
        const char *word;
    } cases[] = {
        {19, 17, VERDICT_NONE, true, "Too few cases to tell"},
        {20, 18, VERDICT_NONE, true, "Too few cases to tell"},
        {20, 19, VERDICT_NONE, true, "Too few cases to tell"},
        {20, 17, VERDICT_WORSE, false, "Worse"},
        {20, 15, VERDICT_WORSE, false, "Worse"},
        {10, 8, VERDICT_SAME, false, "Similar"},
        {10, 4, VERDICT_WORSE, false, "Worse"},
        {2, 0, VERDICT_SAME, false, "Similar"},
    };
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-08-01");
    const struct measure *m = add_measure(c, "M", ways[0]);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool few = false;
        enum verdict v = verdict_of(m, cases[i].level, cases[i].latest, &few);
        struct standing_row row = {.verdict = v, .few_cases = few, .rank = 1, .deviations = -9};
        assert_int_equal(v, cases[i].verdict);
        assert_int_equal(few, cases[i].few);
        assert_string_equal(words_verdict(m, &row), cases[i].word);
    }
    arena_free(a);
}

// Every quarter one case short of all: off target each time, and nobody says it cannot be met.
static void test_a_target_one_case_away(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-08-01");
    struct measure *m = add_measure(c, "M", ways[0]);
    const char *figures = "2010-11-Q1 19/20, 2010-11-Q2 19/20, 2010-11-Q3 19/20, 2010-11-Q4 19/20, "
                          "2011-12-Q1 19/20, 2011-12-Q2 19/20, 2011-12-Q3 19/20, 2011-12-Q4 19/20, "
                          "2012-13-Q1 19/20, 2012-13-Q2 19/20, 2012-13-Q3 19/20, 2012-13-Q4 19/20, "
                          "2013-14-Q1 19/20, 2013-14-Q2 19/20";
    set_figures(c, m, "", figures, "2013-14-Q2 100");
    judge_series(judging_new(c, a), m, (struct series *)(uintptr_t)&m->series[0]);
    struct reading r = reading_of(c, m, &m->series[0], period_named("2013-14-Q2"));
    const struct limits *l = limits_of(a, c, &r);
    assert_int_equal(r.status, STATUS_OFF_TARGET);
    assert_int_equal(l->assurance, ASSURANCE_NONE);
    assert_true(l->target_is_near);
    assert_string_equal(words_limits_target(a, &r, l),
                        "The target of 100% is fewer than three cases from the average: too few to "
                        "tell whether it is out of reach.");
    assert_string_equal(words_few_cases(a, &r),
                        "Off target by fewer than three cases of 20: that may well be chance.");
    arena_free(a);
}

// Where nobody knows of how many, nothing is few: a value without its denominator, a number.
static void test_what_is_not_counted_of_so_many(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-08-01");
    const struct measure *share = add_measure(c, "M 1", ways[0]);
    const struct measure *number = add_measure(c, "M 2", "number quarter sum higher");
    const struct measure *rate = add_measure(c, "M 3", "rate quarter ratio lower per=1000");
    assert_true(few_cases_reach(share, NAN) == 0 && few_cases_reach(share, 0) == 0);
    assert_true(few_cases_reach(number, 20) == 0);
    assert_false(few_cases_between(number, 20, 18, 20));
    assert_false(few_cases_between(share, 20, NAN, 20));
    assert_true(few_cases_between(share, 30, 100.0 * 28 / 30, 100));
    assert_false(few_cases_between(share, 30, 100.0 * 27 / 30, 100));
    assert_true(few_cases_between(rate, 500, 2, 6));  // one and three of five hundred
    assert_false(few_cases_between(rate, 500, 2, 8)); // one and four
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_of_twenty_at_every_level),
        cmocka_unit_test(test_five_of_twenty_at_every_level),
        cmocka_unit_test(test_beside_a_benchmark),
        cmocka_unit_test(test_a_target_one_case_away),
        cmocka_unit_test(test_what_is_not_counted_of_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
