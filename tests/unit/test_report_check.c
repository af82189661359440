// The arithmetic of a report is made again from what it prints: a sound report passes, and each
// kind of fault planted in it is refused by name.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_page.h"
#include "view/quarterly.h"

static struct tree *report(struct arena *a)
{
    struct err e = {.arena = a};
    struct tree *page =
        fixture_page(a, fixture_council(a), "/town/reports/quarterly?period=2013-14-Q4", NULL, &e);
    if (page == NULL) {
        fail_msg("%s", e.message);
    }
    return page;
}

static struct tree *node_at(struct tree *page, const char *path)
{
    struct tree *node = (struct tree *)(uintptr_t)fixture_at(page, path);
    if (node == NULL) {
        fail_msg("the report has no %s", path);
    }
    return node;
}

static void test_a_sound_report_passes(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct tree *page = report(a);
    if (!report_check(page, &e)) {
        fail_msg("%s", e.message);
    }
    // It says something at all: measures of every kind of status, exceptions, money, travel.
    static const char *const wanted[] = {"glance.rollup.off_target",
                                         "exceptions.items.0.code",
                                         "travel.table.rows.0.all",
                                         "missing.table.rows.0.code",
                                         "by_priority.priorities.0.rollup.total",
                                         "summary.tables.0.rows.0.total"};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        if (fixture_at(page, wanted[i]) == NULL) {
            fail_msg("the report has no %s", wanted[i]);
        }
    }
    arena_free(a);
}

struct fault {
    const char *what;
    const char *path; // of a number one is added to, or of a list that loses its first item
    bool drop;
    const char *said; // part of the sentence
};

static void test_each_fault_is_refused_by_name(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {"a total", "glance.rollup.total", false, "is not"},
        {"a count by status", "glance.rollup.off_target", false, "is not"},
        {"those with a status", "glance.rollup.scored", false, "is not"},
        {"those without", "glance.rollup.not_scored", false, "is not"},
        {"a share of those with a status", "glance.rollup.on_target_of_scored", false, "is not"},
        {"a share of all", "glance.rollup.on_target_of_all", false, "is not"},
        {"the share with data", "glance.rollup.with_data_percent", false, "is not"},
        {"a status in the list beside it", "glance.rollup.statuses.0.count", false, "the statuses"},
        {"a status left out", "glance.rollup.statuses", true, "the statuses"},
        {"a reason for no status", "glance.rollup.not_scored_parts.0.count", false,
         "what is not scored"},
        {"a part of the bar", "glance.rollup.bar.segments.1.count", false, "the bar"},
        {"a group of the summary", "summary.tables.1.rows.0.slightly_off", false, "is not"},
        {"a share in the summary", "summary.tables.1.rows.0.on_target_of_all", false, "is not"},
        {"an exception left out", "exceptions.items", true, "Exceptions"},
        {"the number of exceptions", "exceptions.count", false, "Exceptions"},
        {"a measure left out under its priority", "by_priority.priorities.0.outcomes.0.table.rows",
         true, "counts"},
        {"travel", "travel.table.rows.0.worse", false, "not comparable"},
        {"travel of all", "travel.table.rows.1.all", false, "not comparable"},
        {"a missing figure left out", "missing.table.rows", true, "lists"},
        {"the number of missing figures", "missing.count", false, "lists"},
        {"a judgement left out", "overrides.table.rows", true, "lists"},
        {"an action left out", "actions.table.rows", true, "lists"},
    };
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        struct tree *page = report(a);
        struct tree *node = node_at(page, faults[i].path);
        if (faults[i].drop) {
            node->first = node->first->next;
            node->count--;
        } else {
            assert_int_equal(node->kind, TREE_NUMBER);
            node->number = dec_add(node->number, dec_int(1));
        }
        if (report_check(page, &e)) {
            fail_msg("%s: passes", faults[i].what);
        }
        assert_int_equal(e.kind, ERR_INPUT);
        if (strstr(e.message, "does not add up") == NULL ||
            strstr(e.message, faults[i].said) == NULL) {
            fail_msg("%s: %s", faults[i].what, e.message);
        }
        arena_free(a);
    }
}

// One red row taken out of the exceptions, and the count with it: the roll-up still tells.
static void test_a_red_cannot_be_hidden(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct tree *page = report(a);
    struct tree *items = node_at(page, "exceptions.items");
    struct tree *count = node_at(page, "exceptions.count");
    assert_string_equal(fixture_text(page, "exceptions.items.0.status_code"), "off_target");
    items->first = items->first->next;
    items->count--;
    count->number = dec_sub(count->number, dec_int(1));
    assert_false(report_check(page, &e));
    assert_non_null(strstr(e.message, "are off target, and the exceptions list"));

    struct err again = {.arena = a};
    page = report(a);
    struct tree *rows = node_at(page, "missing.table.rows");
    rows->first = rows->first->next;
    rows->count--;
    count = node_at(page, "missing.count");
    count->number = dec_sub(count->number, dec_int(1));
    assert_false(report_check(page, &again));
    assert_non_null(strstr(again.message, "are missing, and the list"));
    arena_free(a);
}

// ---- rounding, and tables with totals, on trees made by hand ----

struct share_case {
    int part, base, share;
    bool right;
};

static void test_shares_are_rounded_half_up(void **state)
{
    (void)state;
    static const struct share_case cases[] = {
        {1, 8, 13, true},      {1, 8, 12, false},    {1, 3, 33, true},   {1, 3, 34, false},
        {2, 3, 67, true},      {2, 3, 66, false},    {0, 5, 0, true},    {0, 5, 1, false},
        {5, 5, 100, true},     {5, 5, 99, false},    {6, 5, 120, false}, {1, 200, 1, true},
        {1, 201, 0, true},     {54, 66, 59, false},  {54, 66, 82, true}, // Lincoln, Q3 2024/25
        {199, 200, 100, true}, {198, 200, 99, true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct share_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        struct tree *page = tree_new_map(a);
        tree_text(page, "title", "Those on target");
        tree_int(page, "on_target", k->part);
        tree_int(page, "scored", k->base);
        tree_int(page, "on_target_of_scored", k->share);
        if (report_check(page, &e) != k->right) {
            fail_msg("%d of %d is %d%%", k->part, k->base, k->share);
        }
        if (!k->right) {
            assert_non_null(strstr(e.message, "Those on target"));
        }
        arena_free(a);
    }
}

static struct tree *put_line(struct tree *table, const char *budget, const char *share)
{
    struct tree *row = tree_row(table);
    struct dec d = DEC_NONE;
    if (dec_parse(budget, strlen(budget), &d)) {
        tree_number(row, "budget", d, 2);
    }
    if (dec_parse(share, strlen(share), &d)) {
        tree_number(row, "share", d, 1);
    }
    return row;
}

static struct tree *money(struct arena *a, const char *total)
{
    struct tree *page = tree_new_map(a);
    struct tree *table = tree_table(page, "revenue", "revenue", "Revenue, 2011/12");
    tree_column(table, "budget", "Budget", true);
    tree_column(table, "share", "Share", true);
    put_line(table, "256.62", "66.7");
    put_line(table, "128.31", "33.3");
    put_line(table, "", ""); // no figure yet
    struct dec d = DEC_NONE;
    assert_true(dec_parse(total, strlen(total), &d));
    struct tree *totals = tree_new_map(a);
    tree_number(totals, "budget", d, 2);
    tree_attach(table, "totals", totals);
    return page;
}

static void test_totals_and_shares_of_a_whole(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err right = {.arena = a}, wrong = {.arena = a}, shares = {.arena = a};
    assert_true(report_check(money(a, "384.93"), &right));
    assert_false(report_check(money(a, "384.94"), &wrong));
    assert_string_equal(wrong.message,
                        "The report does not add up: column \"budget\" of \"Revenue, "
                        "2011/12\" sums to 384.93, and its total says 384.94.");
    // Havering, 2017/18 Q2: 74% green and 29% red.
    struct tree *page = tree_new_map(a);
    struct tree *table = tree_table(page, "t", "t", "Measures");
    tree_column(table, "share", "Share", true);
    put_line(table, "", "74");
    put_line(table, "", "29");
    assert_false(report_check(page, &shares));
    assert_string_equal(shares.message,
                        "The report does not add up: the shares in \"Measures\" sum to 103%.");
    arena_free(a);
}

static void test_an_empty_report_passes(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    assert_true(report_check(tree_new_map(a), &e));
    struct tree *page =
        fixture_page(a, fixture_empty_council(a), "/empty/reports/quarterly", NULL, &e);
    assert_non_null(page);
    assert_true(report_check(page, &e));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_report_passes),
        cmocka_unit_test(test_each_fault_is_refused_by_name),
        cmocka_unit_test(test_a_red_cannot_be_hidden),
        cmocka_unit_test(test_shares_are_rounded_half_up),
        cmocka_unit_test(test_totals_and_shares_of_a_whole),
        cmocka_unit_test(test_an_empty_report_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
