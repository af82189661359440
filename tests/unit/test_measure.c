// The page of one measure: what it says of every kind of measure, and that nothing is left blank.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_page.h"
#include "render/table_csv.h"

static struct tree *measure_page(struct arena *a, const char *code)
{
    struct err e = {.arena = a};
    struct tree *page = fixture_page(a, fixture_council(a),
                                     arena_printf(a, "/town/measures/M%%20%s", code), NULL, &e);
    if (page == NULL) {
        fail_msg("%s: %s", code, e.message);
    }
    return page;
}

// What stands first: the status, and the sentence that gives the reason.
static const struct {
    const char *code, *status, *reason;
} verdicts[] = {
    {"1", "off_target",
     "9.8% against a target of 7.5% or less: 2.3 points above (30.7%), and the tolerance is 5%."},
    {"1?part=North", "no_target", "12.4%: there is no target for this period."},
    {"1?period=2013-14-Q3", "off_target",
     "9.1% against a target of 8% or less: 1.1 points above (13.8%), and the tolerance is 5%."},
    {"2", "on_target", "92.0% against a target of 90%: 2 points above."},
    {"3", "slightly_off",
     "20.6 days against a target of 20 days or less: 0.6 days above (3%), within the tolerance of "
     "5%."},
    {"4", "missing", "There is no figure, and it was due."},
    {"5", "no_target", "1,234: there is no target for this period."},
    {"6", "not_due", "The figure is not due yet."},
    {"7", "suppressed", "The figure is suppressed, so it is not judged."},
    {"8", "not_applicable", "The measure does not apply to this period."},
    {"9", "in_development", "The measure is still in development."},
    {"10", "not_applicable", "The measure does not apply to this period."},
    {"12", "missing", "The status is set by judgement, and nobody has set it yet."},
    {"13", "slightly_off",
     "130 against a range of 60 to 120: 10 above it, within the tolerance of 20."},
    {"14", "on_target", "80.0% against a target of 80%: met exactly."},
    {"16", "slightly_off",
     "£400,000 against a target of £390,000 or less: £10,000 above (2.6%), less than the £100,000 "
     "or 5% that is off target."},
    {"17", "missing", "22, made of 2 of the 3 figures it needs: not judged until it is complete."},
    {"19", "slightly_off",
     "2.8 against a target of 3: 0.2 below, and down to 2.5 is slightly off target."},
    {"20", "slightly_off",
     "21.0% against a target of 25%: 4 points below (16%), and the tolerance is 10%, but better "
     "than a year ago (20%)."},
};

static void test_verdicts(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
        struct arena *a = arena_new(0);
        struct tree *page = measure_page(a, verdicts[i].code);
        if (strcmp(fixture_text(page, "reading.status.code"), verdicts[i].status) != 0 ||
            strcmp(fixture_text(page, "reading.reason"), verdicts[i].reason) != 0) {
            print_error("M %s: %s: %s\n", verdicts[i].code,
                        fixture_text(page, "reading.status.code"),
                        fixture_text(page, "reading.reason"));
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// A value somewhere on the page of a measure.
static const struct {
    const char *code, *path, *text;
} values[] = {
    // Above the figure: the line to the vision, through the corporate plan.
    {"1", "thread.0.title", "A town to be proud of"},
    {"1", "thread.2.title", "Children are safe"},
    {"1", "threads.1.items.2.title", "Fewer young people offend"},
    {"18", "thread_any", "false"},
    {"1", "reading.running_sentence", "Off target 4 quarters running"},
    {"1", "reading.travel_short.since", "last quarter (9.1%)"},
    {"1", "reading.commentary.why", "Courses ended in December."},
    {"1", "story.earlier.0.period", "2013/14 Q3"},
    {"1", "asks_action", "true"},
    {"2", "reading.no_commentary", "true"},
    // What stands in place of a figure.
    {"4", "due_note", "The date was 20 April 2014, 25 days ago."},
    {"6", "due_note", "It is due on 24 June 2015."},
    {"11", "said", "Good"},
    {"12", "reading.value_shown", "Yes"},
    {"12", "history.rows.0.said", "yes"},
    {"12", "chart_figure.words_only", "true"},
    {"12", "chart_figure.any", "false"},
    {"11", "one_travel", "true"},
    {"11", "reading.reason", "Set by judgement to On target: The grade was good."},
    {"11", "history.rows.0.computed", ""},
    {"9", "state_note",
     "In development: what is counted, and how, is still being worked out, so it has no status "
     "yet."},
    {"10", "state_note",
     "Retired on 1 April 2013: no figures are collected any more; those there were are kept "
     "below."},
    {"11", "chart_figure.words_only", "true"},
    {"9", "chart_figure.any", "false"},
    // The chart: its message, and the tolerance from the rule and target of each period.
    {"1", "chart_figure.headline", "Off target, and worse than a year ago"},
    {"1", "chart_figure.description",
     "From 8.7% (2012/13 Q4) to 9.8% (2013/14 Q4); highest 9.8% (2013/14 Q4), lowest 8.7% (2012/13 "
     "Q4); target 7.5% or less."},
    {"1", "chart_figure.chart.points.3.lower", "8.0"},
    {"1", "chart_figure.chart.points.3.upper", "8.4"},
    {"1", "chart_figure.chart.points.0.upper", ""},
    {"1", "chart_figure.chart.points.4.marker", "r"},
    {"1", "chart_figure.chart.points.4.short", "Q4 2013/14"},
    {"1?period=2013-14-Q2", "chart_figure.table.rows.0.period", "2013-14-Q2"},
    {"13", "chart_figure.chart.points.0.lower", "60"},
    {"14", "chart_figure.headline", "On target in 2013/14 Q4, month by month"},
    {"14", "chart_figure.chart.points.3.short", "Mar 2014"},
    // Wards.
    {"1", "parts.rows.0.part", "North"},
    {"1", "parts.rows.1.part_href", "/town/measures/M%201?part=South%20%26%20East"},
    {"1?part=North", "history.rows.0.value", "12.4"},
    {"1?part=North", "whole_href", "/town/measures/M%201"},
    // The past: each status with the version of the rule that gave it, and what was revised.
    {"1", "history.rows.0.period", "2013-14-Q4"},
    {"1", "history.rows.0.fraction", "343 of 3,500"},
    {"1", "history.rows.0.revisions", "Was 9.5% (333 of 3,500), known from 20 April 2014"},
    {"1", "history.rows.0.revised_on", "10 May 2014"},
    {"1", "history.rows.0.version", "2"},
    {"1", "history.rows.0.rule_shown", "STD, version of 1 April 2013"},
    {"1", "history.rows.4.rule_shown", "STD"},
    {"14", "history.rows.0.period", "2013-14-Q4"},
    {"14", "history.rows.0.value", "80.0"},
    {"14", "history.rows.1.period", "2014-03"},
    {"15", "history.rows.0.status_code", "off_target"},
    {"15", "history.rows.0.computed_code", "on_target"},
    {"11", "history.rows.0.said", "Good"},
    {"7", "history.rows.0.value_shown", "Suppressed"},
    // Targets.
    {"1", "targets_changed", "1 target was changed after it was agreed."},
    {"1", "targets.rows.0.target", "7.5"},
    {"1", "targets.rows.0.changes", "Was 8.5% or less, agreed by Executive on 11 March 2013"},
    {"19", "targets.rows.0.beside", "slightly off target as far as 2.5"},
    {"18", "targets_any", "false"},
    // Actions and the risks they answer.
    {"1", "actions.rows.0.code", "A1"},
    {"1", "actions.rows.0.late", "Late by 104 days"},
    {"1", "risks.0.code", "R1"},
};

static void test_values(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct arena *a = arena_new(0);
        const char *found = fixture_text(measure_page(a, values[i].code), values[i].path);
        if (strcmp(found, values[i].text) != 0) {
            print_error("M %s, %s: %s\n", values[i].code, values[i].path, found);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// A line of "why this status".
static const struct {
    const char *code, *key, *value, *note;
} facts[] = {
    {"1", "Figure", "9.8% for 2013/14 Q4", "343 of 3,500. Marked revised."},
    {"1", "Target", "7.5% or less",
     "Agreed by Executive on 20 January 2014. As good as similar towns. Was 8.5% or less, agreed "
     "by "
     "Executive on 11 March 2013."},
    {"1", "Rule", "STD: Corporate rule. In force since 1 April 2013.",
     "On target at the target or better; slightly off target when worse by no more than 5% of it; "
     "off target beyond that."},
    {"1", "Difference", "2.3 points above the target (30.7% of it): worse", ""},
    {"1", "What it would take",
     "On target at 7.5% or less; slightly off target up to 7.875%; off target above that.", ""},
    {"1", "The period before", "9.1% in 2013/14 Q3: since then worse", ""},
    {"2", "Target", "90.0% or more",
     "It is the target of the whole year. As good as similar towns."},
    {"2", "What it would take",
     "On target at 90% or more; slightly off target down to 85.5%; off target below that.", ""},
    {"2", "A year before", "90.0% in 2012/13 Q4: since then better", ""},
    {"4", "Figure", "No figure (was due 20 April 2014) for 2013/14 Q4", ""},
    {"4", "What it would take",
     "On target at 85% or more; slightly off target down to 80.75%; off target below that.", ""},
    {"5", "Target", "No target", ""},
    {"9", "Rule", "No rule: its figures are shown and not judged", ""},
    {"11", "Set by judgement", "On target: The grade was good.", "By Director, 6 May 2014"},
    {"11", "Computed beside it", "Nothing: this rule leaves the status to people", ""},
    {"13", "Difference", "10 above the range: worse", ""},
    {"13", "What it would take",
     "On target from 60 to 120; slightly off target from 40 to 140; off target outside that.", ""},
    {"14", "Figure", "80.0% for 2013/14 Q4",
     "320 of 400. Made of 3 of 3 months. Numerators over denominators, each added up over a longer "
     "period. Marked provisional."},
    {"15", "Computed beside it", "On target", "96.0% against a target of 95%: 1 point above."},
    {"16", "What it would take",
     "On target at £390,000 or less; slightly off target between that and £409,500; off target at "
     "£409,500 or more.",
     ""},
    {"19", "What it would take",
     "On target at 3 or more; slightly off target down to 2.5; off target below that.", ""},
    {"20", "What it would take",
     "On target at 22.5% or more; slightly off target when no worse than a year ago (20.0%); else "
     "off target below that.",
     ""},
};

static const struct tree *fact_of(const struct tree *page, const char *key)
{
    const struct tree *list = tree_get(page, "why");
    for (const struct tree *f = list->first; f != NULL; f = f->next) {
        if (strcmp(tree_get(f, "key")->text, key) == 0) {
            return f;
        }
    }
    return NULL;
}

static void test_why(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(facts); i++) {
        struct arena *a = arena_new(0);
        const struct tree *fact = fact_of(measure_page(a, facts[i].code), facts[i].key);
        const char *value = fact == NULL ? "(absent)" : fixture_text(fact, "value");
        const char *note = fact == NULL ? "" : fixture_text(fact, "note");
        if (strcmp(value, facts[i].value) != 0 || strcmp(note, facts[i].note) != 0) {
            print_error("M %s, %s: %s / %s\n", facts[i].code, facts[i].key, value, note);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// Page and CSV come from one view: the history downloads as it is shown.
static void test_history_as_csv(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct buf csv = buf_new(a, 1 << 16);
    assert_true(table_csv(&csv, tree_find_table(measure_page(a, "15"), NULL)));
    assert_string_equal(
        buf_cstr(&csv),
        "period,value,said,numerator,denominator,target,status_code,computed_code,rule,rule_from,"
        "marker,version,revisions,note\r\n"
        "2013-14-Q4,96.0,,,,95.0,off_target,on_target,STD,2013-04-01,,1,,As reported\r\n");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_why),
        cmocka_unit_test(test_history_as_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
