// What a rule refers of a council: quarters of a measure written as letters, the actions that
// answer them, rules of the record, classes, retirement, and what is counted quarter by quarter.
#include <string.h>

#include "domain/judging.h"
#include "domain/refer.h"
#include "fixture_reading.h"

enum { YEAR_START = 4, TOLD_MAX = 1 << 12 };

// Quarters from 2011-12-Q1, higher is better, the target 10 and within 2 is slightly off:
// "G" 12, "A" 9, "R" 5, "M" no figure, another letter: neither figure nor target.
static struct measure *add_history(struct council *c, const char *code, const char *letters,
                                   const char *more)
{
    struct arena *a = c->arena;
    struct measure *m =
        add_measure(c, code, arena_printf(a, "number quarter last higher rule=ABS %s", more));
    struct buf figures = buf_new(a, TOLD_MAX), targets = buf_new(a, TOLD_MAX);
    struct period p = period_named("2011-12-Q1");
    for (const char *at = letters; *at != '\0'; at++, p = period_step(p, 1, YEAR_START)) {
        const char *id = period_id(a, p, YEAR_START);
        const char *value = *at == 'G' ? "12" : *at == 'A' ? "9" : *at == 'R' ? "5" : NULL;
        if (value != NULL) {
            buf_printf(&figures, "%s%s %s", figures.length > 0 ? ", " : "", id, value);
        }
        if (value != NULL || *at == 'M') {
            buf_printf(&targets, "%s%s 10", targets.length > 0 ? ", " : "", id);
        }
    }
    set_figures(c, m, "", buf_cstr(&figures), buf_cstr(&targets));
    return m;
}

static void judge_all(struct council *c)
{
    struct judging *j = judging_new(c, c->arena);
    for (size_t i = 0; i < c->measure_count; i++) {
        judge_series(j, &c->measures[i], (struct series *)(uintptr_t)c->measures[i].series);
    }
}

static struct refer_play play(struct council *c, const char *text, const struct refer_scope *scope)
{
    struct err e = {.arena = c->arena};
    struct refer_rule *rule = ARENA_NEW(c->arena, struct refer_rule);
    if (!refer_rule_read(c, text, c->today, rule, &e)) {
        fail_msg("%s: %s", text, e.message);
    }
    static const struct refer_scope all = {.from = DAY_NONE, .to = DAY_NONE};
    struct refer_play found;
    refer_play(c, c->arena, rule, 1, scope == NULL ? &all : scope, &found);
    return found;
}

// "M1 2011-12-Q3 to 2012-13-Q1 (2), M2 2011-12-Q4 open (1)": code, since, until, periods.
static const char *told(struct council *c, const struct refer_play *p)
{
    struct buf b = buf_new(c->arena, TOLD_MAX);
    for (size_t i = 0; i < p->count; i++) {
        const struct referred *r = &p->referred[i];
        buf_printf(&b, "%s%s %s ", i > 0 ? ", " : "", r->measure->code,
                   period_id(c->arena, r->since, YEAR_START));
        if (r->end == REFER_RECOVERED) {
            buf_printf(&b, "to %s", period_id(c->arena, r->until, YEAR_START));
        } else {
            buf_text(&b, r->end == REFER_RETIRED ? "retired" : "open");
        }
        buf_printf(&b, " (%d)", r->periods);
    }
    return buf_cstr(&b);
}

static void expect(struct council *c, const char *rule, const struct refer_scope *scope,
                   const char *expected)
{
    struct refer_play p = play(c, rule, scope);
    assert_string_equal(told(c, &p), expected);
}

// ---- actions ----

struct action_case {
    const char *what;
    const char *action; // "start due state", "-" for none
    const char *expected;
};

// Off target in 2011-12-Q2 to Q4 (July 2011 to March 2012), as of May 2012.
static const struct action_case ACTIONS[] = {
    {"no action", NULL, "M 2011-12-Q2 open (2)"},
    {"open from before and since", "2011-01-10 - in_progress", ""},
    {"without a start: open throughout", "- - not_started", ""},
    {"begun in the quarter after: that answers the second quarter", "2011-11-01 - in_progress", ""},
    {"begun on the last day of the quarter after", "2011-12-31 - in_progress", ""},
    {"begun a day later: it answers the next", "2012-01-01 - in_progress",
     "M 2011-12-Q2 to 2011-12-Q3 (1)"},
    {"to begin next year, and open now: the newest quarter has it", "2013-01-01 - not_started",
     "M 2011-12-Q2 to 2011-12-Q4 (2)"},
    {"completed before the quarter ended", "2011-01-10 2011-09-29 completed",
     "M 2011-12-Q2 open (2)"},
    {"completed on the day it ended", "2011-01-10 2011-09-30 completed", "M 2011-12-Q3 open (1)"},
    {"completed within the quarter after", "2011-01-10 2011-12-01 completed",
     "M 2011-12-Q3 open (1)"},
    {"completed, nobody knows when", "2011-01-10 - completed", ""},
    {"cancelled", "2011-01-10 - cancelled", "M 2011-12-Q2 open (2)"},
};

static day day_or_none(const char *text)
{
    return strcmp(text, "-") == 0 ? DAY_NONE : day_named(text);
}

static struct action *action_of(struct arena *a, const char *text)
{
    static const char *const states[] = {"not_started", "in_progress", "completed", "cancelled"};
    struct action *x = ARENA_NEW(a, struct action);
    const char *space = strchr(text, ' '), *last = strrchr(text, ' ');
    x->start = day_or_none(arena_textn(a, text, (size_t)(space - text)));
    x->due = day_or_none(arena_textn(a, space + 1, (size_t)(last - space - 1)));
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        x->state = strcmp(states[i], last + 1) == 0 ? (enum action_state)i : x->state;
    }
    return x;
}

static void test_actions_that_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ACTIONS); i++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2012-05-15");
        struct measure *m = add_history(c, "M", "GRRR", "");
        if (ACTIONS[i].action != NULL) {
            const struct action **list = ARENA_ARRAY(a, 1, const struct action *);
            list[0] = action_of(a, ACTIONS[i].action);
            m->actions = list;
            m->action_count = 1;
        }
        judge_all(c);
        struct refer_play p = play(c, "red_without_action", NULL);
        if (strcmp(told(c, &p), ACTIONS[i].expected) != 0) {
            fail_msg("%s: %s", ACTIONS[i].what, told(c, &p));
        }
        arena_free(a);
    }
}

static void test_an_action_told_in_the_commentary(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2012-05-15");
    struct measure *m = add_history(c, "M", "GRRR", "");
    const struct commentary said = {.period = period_named("2011-12-Q3"), .action = "Two more."};
    m->commentary = &said;
    m->commentary_count = 1;
    judge_all(c);
    expect(c, "red_without_action", NULL, "M 2011-12-Q2 to 2011-12-Q3 (1), M 2011-12-Q4 open (0)");
    arena_free(a);
}

// ---- what is looked at ----

static struct council *three(struct arena *a)
{
    struct council *c = council_of(a, "2013-05-15");
    add_history(c, "M1", "GRRRGRRR", "statutory");
    add_history(c, "M2", "RRRRRRRG", "corporate");
    add_history(c, "M3", "GGMMGRRM", "service statutory");
    judge_all(c);
    return c;
}

static void test_rules_over_a_council(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = three(a);
    expect(c, "off_target:3", NULL,
           "M2 2011-12-Q3 to 2012-13-Q4 (5), M1 2011-12-Q4 to 2012-13-Q1 (1), M1 2012-13-Q4 open "
           "(0)");
    expect(c, "missing:2", NULL, "M3 2011-12-Q4 to 2012-13-Q1 (1)");
    struct refer_scope scope = {.classes = CLASS_STATUTORY, .from = DAY_NONE, .to = DAY_NONE};
    expect(c, "off_target:2", &scope,
           "M1 2011-12-Q3 to 2012-13-Q1 (2), M1 2012-13-Q3 open (1), M3 2012-13-Q3 open (1)");
    scope =
        (struct refer_scope){.only = council_measure(c, "M2"), .from = DAY_NONE, .to = DAY_NONE};
    expect(c, "off_target:2", &scope, "M2 2011-12-Q2 to 2012-13-Q4 (6)");
    arena_free(a);
}

static void test_from_and_to(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = three(a);
    struct refer_scope scope = {.from = day_named("2012-04-01"), .to = DAY_NONE};
    expect(c, "off_target:4", &scope, "M2 2012-13-Q1 to 2012-13-Q4 (3)");
    scope = (struct refer_scope){.from = DAY_NONE, .to = day_named("2012-06-30")};
    expect(c, "off_target:3", &scope, "M2 2011-12-Q3 open (2), M1 2011-12-Q4 to 2012-13-Q1 (1)");
    scope.to = day_named("2012-06-29"); // the quarter was not over
    expect(c, "off_target:3", &scope, "M2 2011-12-Q3 open (1), M1 2011-12-Q4 open (0)");
    scope.to = day_named("2011-01-01");
    struct refer_play p = play(c, "off_target:1", &scope);
    assert_int_equal(p.count + p.quarter_count, 0);
    arena_free(a);
}

static void test_what_is_not_due_is_not_looked_at(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2012-04-20");
    add_history(c, "M", "GRRM", "lag=30");
    judge_all(c);
    expect(c, "off_target:2", NULL, "M 2011-12-Q3 open (0)");
    expect(c, "missing:1", NULL, "");
    arena_free(a);
}

static void test_judgements_stand(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2012-05-15");
    struct measure *m = add_history(c, "M", "GRRR", "");
    set_overrides(c, m, "2011-12-Q3 on_target");
    judge_all(c);
    expect(c, "off_target:1", NULL, "M 2011-12-Q2 to 2011-12-Q3 (1), M 2011-12-Q4 open (0)");
    arena_free(a);
}

static void test_a_retired_measure_is_open_no_longer(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2013-05-15");
    add_history(c, "M", "GRR", "retired=2012-01-31");
    add_history(c, "N", "GGGGG", "");
    judge_all(c);
    expect(c, "off_target:2", NULL, "M 2011-12-Q3 retired (0)");
    struct refer_play p = play(c, "off_target:2", NULL);
    struct refer_summary s = refer_summarise(&p, a);
    assert_int_equal(s.retired, 1);
    assert_int_equal(s.open + s.recovered, 0);
    // Open at the end of the third quarter, not at the end of the fourth.
    assert_int_equal(p.quarters[2].open, 1);
    assert_int_equal(p.quarters[3].open, 0);
    assert_int_equal(p.quarters[3].ended, 1);
    arena_free(a);
}

// ---- counts ----

static void test_quarters_and_sums(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = three(a);
    struct refer_play p = play(c, "off_target:3", NULL);
    static const int newly[] = {0, 0, 1, 1, 0, 0, 0, 1}, open[] = {0, 0, 1, 2, 1, 1, 1, 1},
                     ended[] = {0, 0, 0, 0, 1, 0, 0, 1};
    assert_int_equal(p.quarter_count, COUNT_OF(newly));
    for (size_t i = 0; i < COUNT_OF(newly); i++) {
        assert_int_equal(p.quarters[i].newly, newly[i]);
        assert_int_equal(p.quarters[i].open, open[i]);
        assert_int_equal(p.quarters[i].ended, ended[i]);
    }
    struct refer_summary s = refer_summarise(&p, a);
    assert_int_equal(s.referrals, 3);
    assert_int_equal(s.measures, 2);
    assert_int_equal(s.recovered, 2);
    assert_int_equal(s.open, 1);
    assert_int_equal(s.most_open, 2);
    assert_string_equal(period_id(a, s.most_open_in, YEAR_START), "2011-12-Q4");
    assert_string_equal(dec_text(a, s.median_periods), "3"); // of 5 and 1
    assert_string_equal(dec_text(a, s.median_months), "9");
    assert_int_equal(s.cannot_tell, 3); // eight figures are too few for any chart
    assert_int_equal(p.looked_at, 3);
    arena_free(a);
}

static void test_nothing_to_count(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2013-05-15");
    add_measure(c, "EMPTY", "number quarter last higher rule=ABS");
    judge_all(c);
    struct refer_play p = play(c, "off_target:1", NULL);
    struct refer_summary s = refer_summarise(&p, a);
    assert_int_equal(p.count + p.quarter_count + (size_t)p.looked_at, 0);
    assert_false(s.median_periods.present);
    assert_int_equal(s.most_open_in.kind, PERIOD_NONE);
    arena_free(a);
}

// ---- rules of the record ----

static void test_rules_of_the_record(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = three(a);
    const struct referral_rule rules[] = {
        {.code = "A", .kind = "off_target_often", .n = 3, .m = 5, .from = DAY_NONE},
        {.code = "A", .kind = "off_target_often", .n = 4, .m = 5, .from = day_named("2013-01-01")},
        {.code = "B",
         .kind = "missing_running",
         .n = 2,
         .from = DAY_NONE,
         .classes = CLASS_SERVICE},
        {.code = "C", .kind = "worsening", .from = day_named("2020-01-01")},
        {.code = "X1", .kind = "off_target_running", .from = DAY_NONE},
        {.code = "X2", .kind = "off_target_often", .n = 3, .from = DAY_NONE},
        {.code = "X3", .kind = "yellow", .n = 3, .from = DAY_NONE},
    };
    c->referral_rules = rules;
    c->referral_rule_count = COUNT_OF(rules);
    struct err e = {.arena = a};
    struct refer_rule rule;
    assert_true(refer_rule_read(c, "A", day_named("2012-12-31"), &rule, &e));
    assert_int_equal(rule.how.n, 3);
    assert_true(refer_rule_read(c, "A", day_named("2013-01-01"), &rule, &e));
    assert_int_equal(rule.how.n, 4);
    assert_true(refer_rule_read(c, "C", day_named("2013-01-01"), &rule, &e));
    assert_int_equal(rule.from, day_named("2020-01-01"));
    expect(c, "B", NULL, "M3 2011-12-Q4 to 2012-13-Q1 (1)");
    // In force from January 2013: M2 was off target long before.
    expect(c, "A", NULL, "M1 2012-13-Q4 open (0)");
    static const struct {
        const char *code, *says;
        enum err_kind kind;
    } bad[] = {
        {"X1", "give n in referral_rules.csv", ERR_INPUT},
        {"X2", "give m in referral_rules.csv", ERR_INPUT},
        {"X3", "no kind that is known", ERR_INPUT},
        {"AA", "the nearest is \"A\"", ERR_USAGE},
        {"off_target:0", "off_target:3/5 (3 of the last 5)", ERR_USAGE},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        e = (struct err){.arena = a};
        assert_false(refer_rule_read(c, bad[i].code, c->today, &rule, &e));
        if (e.kind != bad[i].kind || strstr(e.message, bad[i].says) == NULL) {
            fail_msg("%s: %s", bad[i].code, e.message);
        }
    }
    e = (struct err){.arena = a};
    c->referral_rule_count = 4;
    const struct refer_rule *all = NULL;
    size_t count = 0;
    assert_true(refer_rules_all(c, a, c->today, &all, &count, &e));
    assert_int_equal(count, 3);
    assert_string_equal(all[0].name, "A");
    assert_int_equal(all[0].how.n, 4);
    c->referral_rule_count = COUNT_OF(rules);
    assert_false(refer_rules_all(c, a, c->today, &all, &count, &e));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_actions_that_answer),
        cmocka_unit_test(test_an_action_told_in_the_commentary),
        cmocka_unit_test(test_rules_over_a_council),
        cmocka_unit_test(test_from_and_to),
        cmocka_unit_test(test_what_is_not_due_is_not_looked_at),
        cmocka_unit_test(test_judgements_stand),
        cmocka_unit_test(test_a_retired_measure_is_open_no_longer),
        cmocka_unit_test(test_quarters_and_sums),
        cmocka_unit_test(test_nothing_to_count),
        cmocka_unit_test(test_rules_of_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
