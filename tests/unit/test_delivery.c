// The pages of plans, delivery, search and reports on a council of the tests: what is late, what
// stands first, what adds up.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_delivery.h"
#include "fixture_page.h"
#include "view/actions.h"
#include "view/plans.h"
#include "view/projects.h"
#include "view/risks.h"

// ---- what a page says, by the path of each value ----

static const struct {
    const char *address, *path, *text;
} said[] = {
    // Actions: late ones first, the latest first; then by date; one without a date last.
    {"/town/actions", "lead", "2 of 5 open actions are late. 1 completed, 1 cancelled."},
    {"/town/actions", "shown_words", "5 actions"},
    {"/town/actions", "table.rows.0.code", "A1"},
    {"/town/actions", "table.rows.0.late", "Late by 104 days"},
    {"/town/actions", "table.rows.0.links.0.what", "Measure"},
    {"/town/actions", "table.rows.1.code", "A5"},
    {"/town/actions", "table.rows.1.late", "Late by 1 day"},
    {"/town/actions", "table.rows.2.code", "A3"},
    {"/town/actions", "table.rows.2.late", ""},
    {"/town/actions", "table.rows.3.code", "A7"},
    {"/town/actions", "table.rows.4.code", "A4"},
    {"/town/actions", "table.rows.4.progress_words", "No progress given"},
    {"/town/actions?state=late", "shown_words", "2 actions"},
    {"/town/actions?state=all", "table.rows.5.code", "A2"},
    {"/town/actions?state=all", "table.rows.6.code", "A6"},
    {"/town/actions?state=completed", "table.rows.0.code", "A2"},
    {"/town/actions?state=completed", "table.rows.0.late", ""},
    {"/town/actions?for=risk", "shown_words", "2 actions"},
    {"/town/actions?for=nothing", "table.rows.0.code", "A4"},
    {"/town/actions?owner=post-cl", "table.rows.0.code", "A5"},
    {"/town/actions?owner=post-cl", "chosen.0.words", "Owner: Director of Children and Learning"},
    {"/town/actions?plan=DP", "shown_words", "1 action"},
    {"/town/actions?code=A6", "table.rows.0.title", "Given up"},
    {"/town/actions?state=nonsense", "nothing", "true"},
    // Risks: by what they score now, whether recorded or made of likelihood and impact.
    {"/town/risks", "lead",
     "5 risks, 0 of them severe. 2 of the 3 with a target score are above it. The review of 2 is "
     "overdue."},
    {"/town/risks", "table.rows.0.code", "R2"},
    {"/town/risks", "table.rows.0.movement", "Down from 14 to 9"},
    {"/town/risks", "table.rows.0.reviewed_shown", "No review recorded"},
    {"/town/risks", "table.rows.1.code", "R1"},
    {"/town/risks", "table.rows.1.target_words", "Target 4, 2 above it"},
    {"/town/risks", "table.rows.1.actions_words", "1 open action, 1 late"},
    {"/town/risks", "table.rows.2.code", "R3"},
    {"/town/risks", "table.rows.2.mismatch", "The score recorded is not likelihood times impact"},
    {"/town/risks", "table.rows.2.overdue", "false"},
    {"/town/risks", "table.rows.3.code", "R10"},
    {"/town/risks", "table.rows.3.residual", "4"},
    {"/town/risks", "table.rows.3.movement", "4 now; no score before controls"},
    {"/town/risks", "table.rows.3.above_target", "false"},
    {"/town/risks", "table.rows.3.overdue", "true"},
    {"/town/risks", "table.rows.4.movement", "No score"},
    // Bands of sixteen: from 10, 7 and 4.
    {"/town/risks", "bands.0.range", "10 to 16"},
    {"/town/risks", "bands.1.range", "7 to 9"},
    {"/town/risks", "bands.3.range", "3 or less"},
    {"/town/risks", "matrix.side", "4"},
    {"/town/risks", "matrix.table.rows.2.cells.2.risks.0.code", "R1"},
    {"/town/risks", "matrix.table.rows.2.impact_3", "R1"},
    {"/town/risks", "matrix.table.rows.2.cells.2.score", "6"},
    {"/town/risks", "unplaced.0.code", "R2"},
    {"/town/risks", "unplaced.1.code", "R4"},
    {"/town/risks", "unplaced_words", "2 risks have a"},
    {"/town/risks/R1", "above_target", "2 above its target score of 4"},
    {"/town/risks/R1", "line",
     "“Children are safe” is part of “Protect the vulnerable”, which serves “A town to be proud "
     "of” (Vision for 2026)."},
    {"/town/risks/R1", "savings.0.code", "S1"},
    {"/town/risks/R4", "has_controls", "false"},
    // Projects: gates by the day of the decision, what is open last.
    {"/town/projects/PR1", "decision.word", "Pause"},
    {"/town/projects/PR1", "gates.rows.0.gate", "Outline"},
    {"/town/projects/PR1", "gates.rows.1.gate", "Design"},
    {"/town/projects/PR1", "gates.rows.2.decision_word", "Not decided yet"},
    {"/town/projects/PR1", "benefits.rows.0.expected_words", "−1.5"},
    {"/town/projects/PR1", "benefits.rows.0.value_shown", "9.8%"},
    {"/town/projects/PR1", "benefits.rows.1.expected_words", "fewer complaints"},
    {"/town/projects/PR2", "has_gates", "false"},
    {"/town/projects", "lead",
     "2 projects. By their last gate 0 may go on with conditions, 1 wait and 0 stopped."},
    // Money: the year of the period, in words as in the table.
    {"/town/money", "year.title", "2013/14"},
    {"/town/money", "kinds.0.table.caption", "Revenue, 2013/14 (£m)"},
    {"/town/money", "kinds.0.table.rows.0.variance_words", "+1.45"},
    {"/town/money", "kinds.0.table.rows.1.share_words", "None"},
    {"/town/money", "kinds.0.total.budget_words", "212.20"},
    {"/town/money", "kinds.0.total.prior_words", "210.00 (1 of 2 lines)"},
    {"/town/money", "kinds.0.table.rows.1.prior_words", "No figure yet"},
    {"/town/money", "checks.0", "Revenue and income come to the same budget, £212.20m: checked."},
    {"/town/money", "savings.table.rows.0.code", "S2"},
    {"/town/money", "savings.table.rows.0.state_word", "Undeliverable"},
    {"/town/money", "savings.so_far",
     "With the years before: £2.6m of £3.5m delivered (74%), over 3 savings."},
    {"/town/money", "savings.split", "£1.0m of the target recurs each year and £0.5m is one-off."},
    {"/town/money?year=2012-13-FY", "kinds.0.table.caption",
     "Capital expenditure, 2012/13, as given"},
    {"/town/money?year=2012-13-FY", "kinds.0.outturn",
     "Actual of 66.00 against a budget of 65.18: 0.82 more (1.3%)."},
    {"/town/money?year=2012-13-FY", "checks.0",
     "Capital expenditure of 65.18 and how capital is paid for of 65.00 do not agree: they are "
     "0.18 apart."},
    {"/town/money?year=2009-10-FY", "nothing", "true"},
    {"/town/money?period=2012-13-Q2", "year.title", "2012/13"},
    {"/town/money?period=2016-17-Q1", "year.title", "2013/14"},
    // Delivery over them all.
    {"/town/delivery", "actions.late", "2"},
    {"/town/delivery", "risks.above_target", "2"},
    {"/town/delivery", "projects.held", "1"},
    {"/town/delivery", "projects.items.0.word", "Pause"},
    {"/town/delivery", "money.variance", "£1.30m"},
    {"/town/delivery", "money.variance_words", "over the revenue budget"},
    // The thread.
    {"/town/plans", "table.rows.0.group", "Vision"},
    {"/town/plans", "table.rows.1.group", "Corporate plans"},
    {"/town/plans/DP", "line",
     "This plan contributes to Corporate Plan, which serves Vision for 2026."},
    {"/town/plans/V", "line", ""},
    {"/town/plans/CP", "aims.0.children.0.title", "Children are safe"},
    {"/town/plans/CP", "aims.0.contributed_words", "1 aim elsewhere contributes to this"},
    {"/town/plans/CP", "up.0.words", "2 contributions"},
    {"/town/plans/CP", "down.0.code", "DP"},
    {"/town/plans/CP", "actions_count", "2"},
    {"/town/units/CL", "line",
     "Children and Learning: plan contributes to Corporate Plan, which serves Vision for 2026."},
    // Search.
    {"/town/search?q=m+1", "groups.0.items.0.code", "M 1"},
    {"/town/search?q=young+people", "groups.0.kind", "measure"},
    {"/town/search?q=LEAVER", "groups.0.items.0.href", "/town/actions?code=A1"},
    {"/town/search?q=fewer+offend", "groups.0.items.0.title", "Fewer young people offend"},
    {"/town/search?q=yesterday&period=2013-14-Q3", "groups.0.items.0.href",
     "/town/actions?period=2013-14-Q3&code=A5"},
    {"/town/search?q=zzzz", "none", "true"},
    {"/town/search", "asked", "false"},
    {"/town/search?q=m&kind=measure", "groups.0.kind", "measure"},
    {"/town/search?q=m&kind=measure", "groups.1", "(absent)"},
    // Reports.
    {"/town/reports", "latest.href", "/town/reports/quarterly?period=2013-14-Q4"},
    {"/town/reports", "table.rows.0.boards", "Executive"},
    {"/town/reports", "table.rows.9.period", "2011-12-Q3"},
    {"/town/reports", "meetings.rows.0.report_href", "/town/reports/quarterly?period=2013-14-Q4"},
    {"/town/reports", "meetings.rows.0.despatch_shown", "9 June 2014"},
};

static const char *text_at(const struct tree *page, const char *path)
{
    const struct tree *node = fixture_at(page, path);
    if (node != NULL && node->kind == TREE_BOOL) {
        return node->truth ? "true" : "false";
    }
    return fixture_text(page, path);
}

static void test_what_pages_say(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        struct tree *page = fixture_page(a, fixture_delivery(a), said[i].address, NULL, &e);
        const char *text = page == NULL ? e.message : text_at(page, said[i].path);
        if (strcmp(text, said[i].text) != 0) {
            print_error("%s %s\n  says     %s\n  expected %s\n", said[i].address, said[i].path,
                        text, said[i].text);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// ---- every name a template asks for, with sections open that a small council leaves shut ----

static void on_missing(void *context, const char *name, int line, const char *key)
{
    int *missing = context;
    (*missing)++;
    print_error("%s line %d asks for %s\n", name, line, key);
}

static void test_templates_find_every_name(void **state)
{
    (void)state;
    static const char *const more[] = {"/town/accessibility", "/town/plans/DP", "/town/risks/R10",
                                       "/town/actions?for=aim&owner=post-yos&state=all",
                                       "/town/search?q=%3Cscript%3Ealert"};
    int missing = 0;
    for (size_t i = 0; i < COUNT_OF(said) + COUNT_OF(more); i++) {
        const char *address = i < COUNT_OF(said) ? said[i].address : more[i - COUNT_OF(said)];
        if (i > 0 && i < COUNT_OF(said) && strcmp(address, said[i - 1].address) == 0) {
            continue;
        }
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const struct route *route = NULL;
        struct tree *page = fixture_page(a, fixture_delivery(a), address, &route, &e);
        assert_non_null(page);
        const struct template *t = templates_find(fixture_templates(a), route->template_name);
        (void)templates_missing_keys(t, page, on_missing, &missing, NULL);
        const char *html = fixture_html(a, route, page);
        assert_null(strstr(html, "<script>alert"));
        assert_null(strstr(html, "<b>not bold"));
        assert_null(strstr(html, "<fees>"));
        arena_free(a);
    }
    assert_int_equal(missing, 0);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        enum err_kind kind;
        const char *message;
    } cases[] = {
        {"/town/plans/XX", ERR_ABSENT, "There is no plan with the code \"XX\"."},
        {"/town/risks/R99", ERR_ABSENT, "There is no risk with the code \"R99\"."},
        {"/town/projects/PR9", ERR_ABSENT, "There is no project with the code \"PR9\"."},
        {"/town/money?year=thirteen", ERR_INPUT,
         "\"thirteen\" is not a financial year: write it like 2013-14-FY."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        assert_null(fixture_page(a, fixture_delivery(a), cases[i].address, NULL, &e));
        assert_int_equal(e.kind, cases[i].kind);
        assert_string_equal(e.message, cases[i].message);
        arena_free(a);
    }
}

// ---- the rules behind the pages ----

static void test_the_same_score_has_the_same_band(void **state)
{
    (void)state;
    static const struct {
        int top, score;
        const char *band;
    } cases[] = {
        {9, 9, "severe"},   {9, 6, "severe"},   {9, 5, "high"},   {9, 4, "high"},
        {9, 3, "medium"},   {9, 2, "medium"},   {9, 1, "low"},    {9, 0, "low"},
        {9, -1, "none"},    {16, 10, "severe"}, {16, 9, "high"},  {16, 7, "high"},
        {16, 6, "medium"},  {16, 4, "medium"},  {16, 3, "low"},   {25, 25, "severe"},
        {25, 15, "severe"}, {25, 14, "high"},   {25, 10, "high"}, {25, 9, "medium"},
        {25, 5, "medium"},  {25, 4, "low"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct risk_scale scale = {5, cases[i].top};
        assert_string_equal(risk_band_code(risk_band_of(scale, cases[i].score)), cases[i].band);
    }
}

static void test_what_leads_nowhere(void **state)
{
    (void)state;
    struct measure live = {.state = MEASURE_LIVE}, retired = {.state = MEASURE_RETIRED};
    const struct measure *with_live[] = {&retired, &live}, *with_retired[] = {&retired};
    const struct {
        const char *what;
        struct aim aim;
        int actions;
        bool nowhere;
    } cases[] = {
        {"nothing at all", {0}, 0, true},
        {"an action", {0}, 1, false},
        {"an aim below", {.child_count = 1}, 0, false},
        {"it contributes", {.to_count = 1}, 0, false},
        {"something contributes", {.from_count = 1}, 0, false},
        {"a measure", {.measures = with_live, .measure_count = 2}, 0, false},
        {"a retired measure only", {.measures = with_retired, .measure_count = 1}, 0, true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (aim_leads_nowhere(&cases[i].aim, cases[i].actions) != cases[i].nowhere) {
            fail_msg("%s", cases[i].what);
        }
    }
}

static void test_what_is_late(void **state)
{
    (void)state;
    static const struct {
        const char *due;
        enum action_state state;
        int days;
    } cases[] = {
        {"2014-05-14", ACTION_IN_PROGRESS, 1}, {"2014-05-15", ACTION_IN_PROGRESS, 0},
        {"2014-05-16", ACTION_IN_PROGRESS, 0}, {"2013-05-15", ACTION_NOT_STARTED, 365},
        {"2013-05-15", ACTION_COMPLETED, 0},   {"2013-05-15", ACTION_CANCELLED, 0},
        {NULL, ACTION_IN_PROGRESS, 0},
    };
    day today;
    assert_true(day_parse("2014-05-15", 10, &today));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct action x = {.state = cases[i].state, .due = DAY_NONE};
        if (cases[i].due != NULL) {
            assert_true(day_parse(cases[i].due, 10, &x.due));
        }
        assert_int_equal(action_days_late(&x, today), cases[i].days);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_pages_say),
        cmocka_unit_test(test_templates_find_every_name),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_the_same_score_has_the_same_band),
        cmocka_unit_test(test_what_leads_nowhere),
        cmocka_unit_test(test_what_is_late),
    };
    return cmocka_run_group_tests_name("delivery", tests, NULL, NULL);
}
