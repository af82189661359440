// The list of measures and the scorecards: what each choice in the address shows, in which order,
// and that page, JSON and CSV say the same.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_page.h"
#include "render/page.h"
#include "render/table_csv.h"
#include "view/measure_filter.h"

static struct tree *page_at(struct arena *a, const char *address)
{
    struct err e = {.arena = a};
    struct tree *page = fixture_page(a, fixture_council(a), address, NULL, &e);
    if (page == NULL) {
        fail_msg("%s: %s", address, e.message);
    }
    return page;
}

// The codes of rows without their "M ": "1 15 3".
static const char *codes(struct arena *a, const struct tree *rows)
{
    struct buf b = buf_new(a, 4096);
    for (const struct tree *r = rows->first; r != NULL; r = r->next) {
        buf_text(&b, b.length > 0 ? " " : "");
        buf_text(&b, fixture_text(r, "code") + 2);
    }
    return buf_cstr(&b);
}

static const struct {
    const char *query, *shown, *codes;
} lists[] = {
    {"", "20 measures", "1 2 3 4 5 6 7 8 9 11 12 13 14 15 16 17 18 19 20 21"},
    {"?status=off_target", "3 of 20 measures", "1 15 21"},
    {"?status=look", "4 of 20 measures", "1 21 15 3"},
    {"?status=look&sort=code", "4 of 20 measures", "1 3 15 21"},
    {"?status=look&sort=look", "4 of 20 measures", "21 1 15 3"},
    {"?sort=look&class=corporate", "9 of 20 measures", "21 1 15 3 2 14 6 7 8"},
    {"?status=missing", "3 of 20 measures", "4 12 17"},
    {"?status=suppressed", "1 of 20 measures", "7"},
    {"?class=statutory", "2 of 20 measures", "1 11"},
    {"?class=statutory&status=on_target", "1 of 20 measures", "11"},
    {"?unit=CL", "9 of 20 measures", "1 4 9 11 13 15 17 19 21"},
    {"?unit=CL-YOS", "5 of 20 measures", "4 9 13 17 21"},
    {"?owner=post-yos", "4 of 20 measures", "4 13 17 21"},
    {"?kind=contextual", "1 of 20 measures", "18"},
    {"?state=retired", "1 measure", "10"},
    {"?state=retired&class=service", "0 of 1 measure", ""},
    {"?state=development", "1 measure", "9"},
    {"?q=young", "1 of 20 measures", "1"},
    {"?q=YOUNG+work", "1 of 20 measures", "1"},
    {"?q=m%202", "4 of 20 measures", "2 12 20 21"},
    {"?q=nowhere", "0 of 20 measures", ""},
    {"?status=purple", "0 of 20 measures", ""},
    {"?unit=CE&sort=status&class=organisational", "3 of 20 measures", "16 20 14"},
    {"?class=corporate&sort=travel", "9 of 20 measures", "1 21 3 2 6 7 8 14 15"},
    {"?class=corporate&sort=title", "9 of 20 measures", "14 2 3 6 7 15 21 8 1"},
    {"?class=statutory&sort=nonsense", "2 of 20 measures", "1 11"},
};

static void test_lists(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct arena *a = arena_new(0);
        struct tree *page = page_at(a, arena_printf(a, "/town/measures%s", lists[i].query));
        const char *found = codes(a, fixture_at(page, "table.rows"));
        const char *none = fixture_text(page, "none");
        if (strcmp(found, lists[i].codes) != 0 ||
            strcmp(fixture_text(page, "shown"), lists[i].shown) != 0 ||
            strcmp(none, lists[i].codes[0] == '\0' ? "true" : "false") != 0) {
            print_error("%s shows %s (%s)\n", lists[i].query, found, fixture_text(page, "shown"));
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// What is chosen can be taken out one by one, and all at once; the period stays.
static void test_chosen(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct tree *page =
        page_at(a, "/town/measures?q=work&unit=CL&period=2013-14-Q4&status=off_target&sort=title");
    assert_string_equal(fixture_text(page, "filters.chosen.0.value"), "work");
    assert_string_equal(fixture_text(page, "filters.chosen.1.value"), "Off target");
    assert_string_equal(fixture_text(page, "filters.chosen.1.href"),
                        "/town/measures?q=work&unit=CL&period=2013-14-Q4&sort=title");
    assert_string_equal(fixture_text(page, "filters.chosen.2.value"), "Children and Learning");
    assert_string_equal(fixture_text(page, "filters.clear_href"),
                        "/town/measures?period=2013-14-Q4&sort=title");
    assert_string_equal(fixture_text(page, "filters.sort_by.title.aria"), "ascending");
    assert_string_equal(fixture_text(page, "filters.sort_by.code.aria"), "none");
    assert_string_equal(
        fixture_text(page, "filters.sort_by.code.href"),
        "/town/measures?q=work&unit=CL&period=2013-14-Q4&status=off_target&sort=code");
    arena_free(a);
}

// The count beside a choice is what the choice shows.
static void test_counts_hold(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct tree *page = page_at(a, "/town/measures?class=corporate");
    const struct tree *items = fixture_at(page, "filters.by_status.items");
    assert_true(items->count >= 4);
    for (const struct tree *item = items->first; item != NULL; item = item->next) {
        struct tree *then = page_at(a, fixture_text(item, "href"));
        assert_int_equal(tree_get(item, "count")->number.units,
                         fixture_at(then, "table.rows")->count);
    }
    arena_free(a);
}

static const struct {
    const char *address, *groups; // title: codes; ...
} cards[] = {
    {"/town/scorecards/statutory",
     "Protect the vulnerable: 1 11; Learning & skills for \"all\": 1; "},
    {"/town/scorecards/statutory?by=unit", "Children and Learning: 1 11; "},
    {"/town/scorecards/statutory?by=outcome",
     "Protect the vulnerable: 1 11; Learning & skills for \"all\": 1; "},
    {"/town/scorecards/statutory?status=off_target",
     "Protect the vulnerable: 1; Learning & skills for \"all\": 1; "},
    {"/town/scorecards/organisational", "Protect the vulnerable: 16 14; "
                                        "Learning & skills for \"all\": 20; "},
    {"/town/scorecards/priority/P1", "Children are safe: 1 21 15 19 11 4 17 9; "
                                     "Others that contribute to this: 13 16 14 12 6 7; "},
    {"/town/scorecards/unit/CL", "Youth Offending Service: 21 13 4 17 9; "
                                 "Children and Learning itself: 1 15 19 11; "},
    {"/town/scorecards/unit/CL-YOS?sort=code", "All measures: 4 9 13 17 21; "},
    {"/town/scorecards/unit/CL-YOS?sort=look", "All measures: 21 13 4 17 9; "},
    {"/town/scorecards/board/HWB", ""},
};

static const char *groups_of(struct arena *a, const struct tree *page)
{
    struct buf b = buf_new(a, 4096);
    const struct tree *groups = fixture_at(page, "groups");
    for (const struct tree *g = groups->first; g != NULL; g = g->next) {
        buf_printf(&b, "%s: %s; ", fixture_text(g, "title"), codes(a, tree_get(g, "rows")));
    }
    return buf_cstr(&b);
}

static void test_scorecards(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(cards); i++) {
        struct arena *a = arena_new(0);
        const char *found = groups_of(a, page_at(a, cards[i].address));
        if (strcmp(found, cards[i].groups) != 0) {
            print_error("%s shows %s\n", cards[i].address, found);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// Each measure counts once in the whole however many groups it stands in; every group adds up.
static void test_scorecard_counts(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct tree *page = page_at(a, "/town/scorecards/corporate?status=off_target");
    assert_string_equal(fixture_text(page, "rollup.total"), "9");
    assert_string_equal(fixture_text(page, "shown"), "3 of 9 measures");
    assert_string_equal(fixture_text(page, "repeated"),
                        "1 measure stands in more than one group, because it serves more than one "
                        "priority or outcome; the counts above take each once.");
    const struct tree *groups = fixture_at(page, "groups");
    for (const struct tree *g = groups->first; g != NULL; g = g->next) {
        int64_t sum = 0;
        const struct tree *statuses = fixture_at(g, "rollup.statuses");
        for (const struct tree *s = statuses->first; s != NULL; s = s->next) {
            sum += tree_get(s, "count")->number.units;
        }
        assert_int_equal(sum, fixture_at(g, "rollup.total")->number.units);
    }
    assert_string_equal(fixture_text(page, "rules.0.code"), "STD");
    assert_string_equal(fixture_text(page, "rules.0.since"), "In force since 1 April 2013");
    arena_free(a);
}

// Every figure of every row of the page's table stands in the page, and in the CSV.
static void say_the_same(const char *address)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    const struct route *route = NULL;
    struct tree *page = fixture_page(a, fixture_council(a), address, &route, &e);
    assert_non_null(page);
    const char *html = fixture_html(a, route, page);
    struct buf csv = buf_new(a, 1 << 20), json = buf_new(a, 1 << 20);
    const struct tree *table = tree_find_table(page, NULL);
    assert_true(table_csv(&csv, table));
    assert_true(render_json(page, &json, &e));
    size_t figures = 0;
    for (const struct tree *row = tree_get(table, "rows")->first; row != NULL; row = row->next) {
        const struct tree *value = tree_get(row, "value");
        assert_non_null(strstr(html, fixture_text(row, "code")));
        if (value->kind == TREE_NUMBER) {
            figures++;
            assert_non_null(strstr(html, dec_shown(a, value->number, value->decimals)));
            assert_non_null(strstr(buf_cstr(&csv), dec_text(a, value->number)));
            assert_non_null(strstr(buf_cstr(&json), dec_text(a, value->number)));
        }
    }
    assert_true(figures >= 3);
    arena_free(a);
}

static void test_formats(void **state)
{
    (void)state;
    say_the_same("/town/measures");
    say_the_same("/town/scorecards/corporate");
    say_the_same("/town/scorecards/unit/CL");
}

static void test_codes_in_order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"CE 1",  "LBC 6 and LBC 7", "NI 07",     "NI 7",  "NI 9",
                                         "NI 59", "NI 112",          "NI 112 PH", "NI 117"};
    for (size_t i = 0; i < COUNT_OF(sorted); i++) {
        for (size_t k = 0; k < COUNT_OF(sorted); k++) {
            int order = code_compare(sorted[i], sorted[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_chosen),
        cmocka_unit_test(test_counts_hold),
        cmocka_unit_test(test_scorecards),
        cmocka_unit_test(test_scorecard_counts),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_codes_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
