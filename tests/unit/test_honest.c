// Nothing is said that too few figures do not bear out: over every page of the council of the
// tests, in its tree (and so in JSON and CSV) and in its HTML. Only M 21 has figures enough.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "fixture_council.h"
#include "fixture_page.h"
#include "view/words_limits.h"

#define ENOUGH "M 21"

// What is found on a page.
struct found {
    const char *address;
    size_t said, drawn; // values that tell of variation; points with limits
    size_t faults;
};

static bool is_value(const struct tree *node)
{
    return node != NULL && node->kind != TREE_NULL;
}

// The measure a row or the page itself is about.
static const char *code_of(const struct tree *map, const char *outer)
{
    const struct tree *code = tree_get(map, "code");
    bool measure = code != NULL && code->kind == TREE_TEXT && strncmp(code->text, "M ", 2) == 0;
    return measure ? code->text : outer;
}

static void look(const struct tree *node, const char *about, struct found *f)
{
    static const char *const keys[] = {"variation",      "assurance",   "variation_said", "mean",
                                       "lower_limit",    "upper_limit", "signal_said",    "signal",
                                       "assurance_said", "median"};
    if (node->kind == TREE_MAP) {
        about = code_of(node, about);
        for (size_t i = 0; i < COUNT_OF(keys); i++) {
            // The median of a group is another thing than that of a chart, which has segments.
            bool median = strcmp(keys[i], "median") == 0;
            bool other = median && tree_get(node, "segment") == NULL;
            if (!other && is_value(tree_get(node, keys[i]))) {
                bool point = median || strcmp(keys[i], "mean") == 0;
                f->said++;
                f->drawn += point ? 1 : 0;
                if (about == NULL || strcmp(about, ENOUGH) != 0) {
                    print_error("%s: %s of %s\n", f->address, keys[i],
                                about == NULL ? "nobody" : about);
                    f->faults++;
                }
            }
        }
    }
    if (node->kind == TREE_MAP || node->kind == TREE_LIST) {
        for (const struct tree *child = node->first; child != NULL; child = child->next) {
            look(child, about, f);
        }
    }
}

static const char *const pages[] = {"",
                                    "?sort=look",
                                    "/measures",
                                    "/measures?sort=look",
                                    "/measures?status=look",
                                    "/measures?state=retired",
                                    "/scorecards/corporate",
                                    "/scorecards/service?sort=look",
                                    "/scorecards/statutory",
                                    "/scorecards/unit/CL",
                                    "/scorecards/priority/P1",
                                    "/units/CL",
                                    "/boards/EXEC",
                                    "/aims/P1",
                                    "/reports/quarterly",
                                    "/risks",
                                    "/plans/CP"};

static struct found look_at(const struct council *c, const char *address, const char **ret_html,
                            struct arena *a)
{
    struct err e = {.arena = a};
    const struct route *route = NULL;
    struct tree *page = fixture_page(a, c, address, &route, &e);
    struct found f = {.address = address};
    assert_non_null(page);
    look(page, NULL, &f);
    *ret_html = fixture_html(a, route, page);
    return f;
}

static void test_lists_and_reports(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    size_t said = 0, faults = 0;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        const char *html = NULL;
        struct found f = look_at(c, arena_printf(a, "/town%s", pages[i]), &html, a);
        said += f.said;
        faults += f.faults;
        if (f.said == 0) {
            assert_null(strstr(html, words_variation(VARIATION_CONCERN_HIGH)));
            assert_null(strstr(html, "gt-chart--signal"));
        }
    }
    assert_int_equal(faults, 0);
    assert_true(said > 0);
    arena_free(a);
}

static size_t count_of(const char *text, const char *wanted)
{
    size_t count = 0;
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted)) {
        count++;
    }
    return count;
}

static void test_pages_of_measures(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    for (size_t i = 0; i < c->measure_count; i++) {
        const char *code = c->measures[i].code, *html = NULL;
        const char *path = arena_printf(a, "/town/measures/M%%20%s", code + 2);
        struct found f = look_at(c, path, &html, a);
        bool enough = strcmp(code, ENOUGH) == 0;
        assert_int_equal(f.faults, 0);
        assert_int_equal(f.said > 0, enough);
        assert_int_equal(strstr(html, "gt-chart__limit") != NULL, enough);
        assert_int_equal(strstr(html, "gt-chart__mean") != NULL, enough);
        assert_int_equal(strstr(html, "gt-chart__signal") != NULL, enough);
        assert_int_equal(strstr(html, "Real worsening") != NULL, enough);
    }
    arena_free(a);
}

// Its limits start anew in October 2012: told, drawn, and of what came before the same as it was.
static void test_a_page_with_limits(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    const char *html = NULL;
    struct found f = look_at(c, "/town/measures/M%2021", &html, a);
    // In the points of the chart and in the rows of its table: all 32 months.
    assert_int_equal(f.drawn, 64);
    // Three lines a segment, wide and narrow; and one upright.
    assert_int_equal(count_of(html, "\"gt-chart__mean\""), 4);
    assert_int_equal(count_of(html, "\"gt-chart__limit\""), 8);
    assert_int_equal(count_of(html, "\"gt-chart__step\""), 2);
    assert_non_null(strstr(html, "<strong>A</strong>: The limits start anew with October 2012: The "
                                 "contractor &lt;b&gt;not bold&lt;/b&gt; changed (Executive, 5 "
                                 "November 2012)."));
    assert_non_null(strstr(html, "Target out of reach"));
    // A year before, eleven months after it: too few since, so only the first segment is drawn.
    f = look_at(c, "/town/measures/M%2021?period=2013-14-Q1", &html, a);
    assert_int_equal(f.drawn, 28);
    assert_int_equal(count_of(html, "\"gt-chart__mean\""), 2);
    assert_null(strstr(html, "Real "));
    assert_non_null(strstr(html,
                           "Too few points since October 2012, when the limits start anew, to "
                           "tell change from chance: 9 of the 13 it takes."));
    // Before there were thirteen: nothing at all.
    f = look_at(c, "/town/measures/M%2021?period=2012-13-Q1", &html, a);
    assert_int_equal(f.said, 0);
    assert_null(strstr(html, "gt-chart__limit"));
    arena_free(a);
}

// A measure that asks for no chart of its own: a run chart from ten figures, which has no limits,
// and before there are ten off the median nothing at all.
static void test_a_page_with_a_median(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = fixture_council(a);
    struct measure *m = (struct measure *)(uintptr_t)council_measure(c, ENOUGH);
    const char *html = NULL;
    m->limits = NULL;
    struct found f = look_at(c, "/town/measures/M%2021?period=2012-07", &html, a);
    assert_int_equal(f.faults, 0);
    assert_int_equal(f.drawn, 24); // points of the chart, and rows of its table
    assert_int_equal(count_of(html, "\"gt-chart__mean\""), 2);
    assert_null(strstr(html, "gt-chart__limit"));
    assert_null(strstr(html, ">Average<"));
    assert_non_null(strstr(html, ">Median<"));
    assert_non_null(strstr(html, "With 12 figures only the median and runs can be told."));
    // Eleven, three of them on the median.
    f = look_at(c, "/town/measures/M%2021?period=2012-06", &html, a);
    assert_int_equal(f.said, 0);
    assert_null(strstr(html, "gt-chart__mean"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_and_reports),
        cmocka_unit_test(test_pages_of_measures),
        cmocka_unit_test(test_a_page_with_limits),
        cmocka_unit_test(test_a_page_with_a_median),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
