// "Compared with similar councils" on the page of a measure: which group, which period, what stands
// there, and when the section is not there at all.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_engine.h"
#include "fixture_page.h"
#include "render/table_csv.h"

// M 1 (lower is better) is 9.8%, 343 of 3,500, in 2013/14 Q4: [8.9, 10.8].
static const struct council *town(struct arena *a)
{
    const struct council *c = fixture_council(a);
    give_group(c, "far", "E1 Ash, E2 Barchester, E3 Melchester");
    give_group(c, "near", "E2 Barchester, E3 Melchester, E4 Budmouth, E5 Wessex, E6 Exonbury");
    give_comparisons(c, "M 1", "E1", "2012-13-Q4 8.4");
    give_comparisons(c, "M 1", "E2", "2012-13-Q4 70/900, 2013-14-Q4 90/900");
    give_comparisons(c, "M 1", "E3", "2012-13-Q4 9.9, 2013-14-Q4 77/700");
    give_comparisons(c, "M 1", "E4", "2013-14-Q4 60/1200");
    give_comparisons(c, "M 1", "E5", "2013-14-Q4 *");
    give_comparisons(c, "M 2", "E5", "2013-14-Q4 90");
    give_comparisons(c, "M 12", "E2", "2013-14-Q4 1");
    give_comparisons(c, "M 12", "E3", "2013-14-Q4 1");
    give_comparisons(c, "M 12", "E4", "2013-14-Q4 1");
    return c;
}

static struct tree *page_of(struct arena *a, const char *code, struct err *e)
{
    return fixture_page(a, town(a), arena_printf(a, "/town/measures/M%%20%s", code), NULL, e);
}

static const struct {
    const char *page, *path, *text;
} values[] = {
    // The first group with enough figures, for the period that has them.
    {"1", "comparison.title", "far"},
    {"1", "comparison.period", "2012-13-Q4"},
    {"1", "comparison.lag_months", "12"},
    {"1", "comparison.groups_several", "true"},
    {"1", "comparison.groups.0.current", "true"},
    {"1", "comparison.groups.1.href", "/town/measures/M%201?group=near"},
    {"1?group=near", "comparison.title", "near"},
    {"1?group=near", "comparison.groups.1.current", "true"},
    {"1?group=near", "comparison.period", "2013-14-Q4"},
    // [8.2, 12.1] and [8.9, 13.5] overlap ours, [3.9, 6.4] does not.
    {"1?group=near", "comparison.sentence",
     "9.8% in 2013/14 Q4: 2nd of 4, and cannot be told apart from 2nd to 4th."},
    {"1?group=near", "comparison.group_sentence",
     "The group as a whole: 8.1% (the median of its members: 10.0%); ours is worse, by more than "
     "chance would make."},
    {"1?group=near", "comparison.coverage",
     "The figures are of 2013/14 Q4; 3 of the 5 others in the group reported."},
    {"1?group=near", "comparison.caution", ""},
    {"1?group=near", "comparison.benchmark_kind", "ratio"},
    {"1?group=near", "comparison.members", "5"},
    {"1?group=near", "comparison.reported", "3"},
    {"1?group=near", "comparison.ranked", "4"},
    {"1?group=near", "comparison.quartile_1", ""}, // of three: no such line
    {"1?group=near", "comparison.chart.band_lower", ""},
    {"1?group=near", "comparison.chart.rows.1.own", "true"},
    {"1?group=near", "comparison.table.rows.1.rank_shown", "2nd"},
    {"1?group=near", "comparison.table.rows.0.verdict", "better"},
    {"1?group=near", "comparison.table.rows.3.verdict", "worse"},
    {"1?group=near", "comparison.table.rows.4.value_shown", "No figure"},
    {"1?group=near", "comparison.table.rows.5.value_shown", "Suppressed"},
    // At the period a year before, its own figures; a later figure is nowhere.
    {"1?period=2013-14-Q3&group=near", "comparison.sentence",
     "Too few to compare: of 5 others in the group 2 have a figure for 2012/13 Q4 that can be "
     "shown, and it takes 3."},
    {"1?period=2013-14-Q3&group=near", "comparison.any", "false"},
    {"1?period=2013-14-Q3&group=near", "comparison.ranked", "0"},
    {"1?period=2013-14-Q3&group=near", "comparison.median", ""},
    {"1?period=2013-14-Q3&group=near", "comparison.chart", "(absent)"},
    {"1?period=2013-14-Q3&group=near", "comparison.table.rows.0.rank", ""},
    // None: before anybody has a figure, of a ward, of words, of what nobody else has.
    {"1?period=2012-13-Q3", "comparison", ""},
    {"1?part=North", "comparison", ""},
    {"12", "comparison", ""},
    {"3", "comparison", ""},
};

static void test_values(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        struct tree *page = page_of(a, values[i].page, &e);
        const char *found = page == NULL ? e.message : fixture_text(page, values[i].path);
        if (strcmp(found, values[i].text) != 0) {
            print_error("M %s %s:\n  found    %s\n  expected %s\n", values[i].page, values[i].path,
                        found, values[i].text);
            faults++;
        }
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

static void test_a_group_that_is_not_there(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    assert_null(page_of(a, "1?group=nobody", &e));
    assert_string_equal(e.message, "There is no group \"nobody\" to compare with.");
    // One that is there and has nothing on this measure: the section shows what there is.
    struct tree *page = page_of(a, "2?group=far", &e);
    assert_string_equal(fixture_text(page, "comparison.title"), "near");
    arena_free(a);
}

// The file says the same as the page: figures, limits of more places, codes in place of words.
static void test_the_file(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct tree *page = page_of(a, "1?group=near", &e);
    struct buf out = buf_new(a, 1 << 16);
    assert_true(table_csv(&out, tree_find_table(page, "comparison")));
    const char *text = buf_cstr(&out);
    static const char *const lines[] = {
        "organisation,name,own,period,value,numerator,denominator,lower,upper,rank,",
        "band_best,band_worst,verdict,deviations,marker\r\n",
        "E4,Budmouth,no,2013-14-Q4,5.0,60,1200,3.904,6.383,1,1,1,better,-5.00,\r\n",
        ",yes,2013-14-Q4,9.8,343,3500,8.859,10.830,2,2,4,worse,-0.20,revised\r\n",
        "E2,Barchester,no,2013-14-Q4,10.0,90,900,8.207,12.133,3,2,4,worse,0.00,\r\n",
        "E5,Wessex,no,2013-14-Q4,,,,,,,,,,,suppressed\r\n",
        "E6,Exonbury,no,2013-14-Q4,,,,,,,,,,,\r\n",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (strstr(text, lines[i]) == NULL) {
            fail_msg("lacks %s\n%s", lines[i], text);
        }
    }
    arena_free(a);
}

// In the report's exceptions: one line of the group the page opens with, and nothing without one.
static void test_the_report(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct tree *page = fixture_page(a, town(a), "/town/reports/quarterly", NULL, &e);
    int told = 0;
    for (const struct tree *x = fixture_at(page, "exceptions.items")->first; x != NULL;
         x = x->next) {
        bool first = strcmp(tree_get(x, "code")->text, "M 1") == 0;
        const char *line = first ? "Compared with far: 3rd of 4 (cannot be told apart from 1st to "
                                   "3rd), 2012/13 Q4"
                                 : "";
        assert_string_equal(fixture_text(x, "compared"), line);
        told += first ? 1 : 0;
    }
    assert_int_equal(told, 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_a_group_that_is_not_there),
        cmocka_unit_test(test_the_file),
        cmocka_unit_test(test_the_report),
    };
    return cmocka_run_group_tests_name("measure_comparison", tests, NULL, NULL);
}
