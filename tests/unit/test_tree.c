// The view tree: what is put in comes out as JSON, in order, exact.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/tree.h"

static const char *as_json(struct arena *a, const struct tree *node)
{
    struct buf b = buf_new(a, 10000);
    tree_write_json(&b, node);
    return buf_cstr(&b);
}

static void test_values_in_the_order_added(void **state)
{
    struct arena *a = *state;
    struct tree *page = tree_new_map(a);
    assert_string_equal(as_json(a, page), "{}");
    tree_text(page, "title", "Children & \"care\"");
    tree_text(page, "nothing", NULL);
    tree_number(page, "value", dec_make(6825, 2), 1);
    tree_number(page, "missing", DEC_NONE, 1);
    tree_int(page, "count", -3);
    tree_bool(page, "public", true);
    tree_null(page, "empty");
    struct tree *list = tree_list(page, "list");
    tree_int(list, NULL, 1);
    tree_text(list, NULL, "two");
    tree_bool(tree_map(list, NULL), "deep", false);
    struct tree *made_before = tree_new_list(a);
    tree_int(made_before, NULL, 9);
    tree_attach(page, "attached", made_before);
    assert_string_equal(as_json(a, page),
                        "{\"title\":\"Children \\u0026 \\\"care\\\"\",\"nothing\":null,"
                        "\"value\":68.25,\"missing\":null,\"count\":-3,\"public\":true,"
                        "\"empty\":null,\"list\":[1,\"two\",{\"deep\":false}],\"attached\":[9]}");
    assert_string_equal(tree_get(page, "value")->text, "68.3"); // as people read it
    assert_int_equal(tree_get(page, "list")->count, 3);
    assert_null(tree_get(page, "absent"));
    assert_null(tree_get(list, "list"));
    assert_null(tree_get(NULL, "x"));
}

static void test_what_a_section_shows(void **state)
{
    struct arena *a = *state;
    struct tree *m = tree_new_map(a);
    const struct {
        const struct tree *node;
        bool truthy;
    } cases[] = {
        {NULL, false},
        {tree_null(m, "a"), false},
        {tree_bool(m, "b", false), false},
        {tree_bool(m, "c", true), true},
        {tree_text(m, "d", ""), false},
        {tree_text(m, "e", "x"), true},
        {tree_text(m, "f", NULL), false},
        {tree_int(m, "g", 0), true}, // a figure of nought is a figure
        {tree_number(m, "h", DEC_NONE, 1), false},
        {tree_list(m, "i"), false},
        {tree_map(m, "j"), true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(tree_truthy(cases[i].node), cases[i].truthy);
    }
    struct tree *list = tree_list(m, "k");
    tree_null(list, NULL);
    assert_true(tree_truthy(list));
}

static void test_tables(void **state)
{
    struct arena *a = *state;
    struct tree *page = tree_new_map(a);
    struct tree *section = tree_map(tree_list(page, "sections"), NULL);
    struct tree *first = tree_table(section, "first", "exceptions", "Off target");
    tree_column(first, "measure", "Measure", false);
    tree_column(first, "value", "Value", true);
    struct tree *row = tree_row(first);
    tree_text(row, "measure", "M1");
    tree_int(row, "value", 5);
    struct tree *second = tree_table(page, "second", "all", "All");
    assert_string_equal(as_json(a, first),
                        "{\"id\":\"exceptions\",\"caption\":\"Off target\",\"columns\":["
                        "{\"key\":\"measure\",\"title\":\"Measure\",\"numeric\":false},"
                        "{\"key\":\"value\",\"title\":\"Value\",\"numeric\":true}],"
                        "\"rows\":[{\"measure\":\"M1\",\"value\":5}]}");
    assert_ptr_equal(tree_find_table(page, "all"), second);
    assert_ptr_equal(tree_find_table(page, "exceptions"), first);
    assert_ptr_equal(tree_find_table(page, NULL), first);
    assert_null(tree_find_table(page, "none"));
    struct tree *chart = tree_chart(page, "chart");
    assert_int_equal(chart->role, TREE_CHART);
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    *state = a;
    return a == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_in_the_order_added),
        cmocka_unit_test(test_what_a_section_shows),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests_name("tree", tests, set_up, tear_down);
}
