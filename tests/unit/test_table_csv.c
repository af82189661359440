// A table of a page as a download (RPT-34): safe in a spreadsheet, exact for a program.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/csv.h"
#include "render/table_csv.h"
#include "tree_text.h"

enum { FILE_MAX = 1 << 20 };

// A table whose one column holds the value as JSON writes it.
static const char *cell_of(struct arena *a, const char *value)
{
    struct buf out = buf_new(a, FILE_MAX);
    const struct tree *table =
        tree_from_text(a, arena_printf(a,
                                       "{\"columns\": [{\"key\": \"v\"}, {\"key\": \"w\"}], "
                                       "\"rows\": [{\"v\": %s}]}",
                                       value));
    assert_true(table_csv(&out, table));
    const char *text = buf_cstr(&out);
    assert_memory_equal(text, "v,w\r\n", 5);
    size_t length = out.length - 5;
    assert_true(length >= 3);
    assert_string_equal(text + out.length - 3, ",\r\n");
    return arena_textn(a, text + 5, length - 3);
}

static void test_cells(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *value, *cell;
    } cases[] = {
        {"\"On target\"", "On target"},
        {"\"Children, young people\"", "\"Children, young people\""},
        {"\"the \\\"thread\\\"\"", "\"the \"\"thread\"\"\""},
        {"\"two\\nlines\"", "\"two\nlines\""},
        {"\"\"", ""},
        {"null", ""},
        {"true", "yes"},
        {"false", "no"},
        {"68.2", "68.2"},
        {"68.20", "68.20"},
        {"0", "0"},
        {"-4.5", "-4.5"},           // a figure: no guard, a hyphen that a program reads
        {"1234567.8", "1234567.8"}, // no thousands commas
        {"\"=1+1\"", "'=1+1"},      // text that a spreadsheet would run
        {"\"+44 1582\"", "'+44 1582"},
        {"\"-4.5\"", "'-4.5"},
        {"\"@import\"", "'@import"},
        {"\"\ttab\"", "\"'\ttab\""},
        {"\"=HYPERLINK(\\\"x\\\",\\\"y\\\")\"", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
        {"\"a=1\"", "a=1"},
        {"[1, 2]", ""},
        {"{\"k\": 1}", ""},
        {"\"Llŷn\"", "Llŷn"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(cell_of(a, cases[i].value), cases[i].cell);
    }
}

static void test_a_whole_table(void **state)
{
    struct arena *a = *state;
    struct tree *page = tree_new_map(a);
    struct tree *table = tree_table(page, "measures", "measures", "Measures");
    tree_column(table, "code", "Code", false);
    tree_column(table, "value", "This quarter", true);
    tree_column(table, "status", "Status", false);
    struct tree *row = tree_row(table);
    tree_text(row, "status", "off_target"); // in another order, with a key that no column has
    tree_text(row, "href", "/luton/measures/NI-117");
    tree_text(row, "code", "NI 117");
    tree_number(row, "value", dec_make(98, 1), 1);
    row = tree_row(table);
    tree_text(row, "code", "NI 118");
    tree_number(row, "value", DEC_NONE, 1);
    struct buf out = buf_new(a, FILE_MAX);
    assert_true(table_csv(&out, tree_find_table(page, "measures")));
    assert_string_equal(buf_cstr(&out),
                        "code,value,status\r\nNI 117,9.8,off_target\r\nNI 118,,\r\n");
}

static void test_no_rows_is_a_header(void **state)
{
    struct arena *a = *state;
    struct tree *page = tree_new_map(a);
    struct tree *table = tree_table(page, "t", "t", "None");
    tree_column(table, "code", "Code", false);
    struct buf out = buf_new(a, FILE_MAX);
    assert_true(table_csv(&out, table));
    assert_string_equal(buf_cstr(&out), "code\r\n");
}

static void test_what_is_no_table(void **state)
{
    struct arena *a = *state;
    static const char *const cases[] = {"{}", "{\"columns\": []}",
                                        "{\"columns\": [], \"rows\": []}", "{\"rows\": []}"};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = buf_new(a, FILE_MAX);
        assert_false(table_csv(&out, tree_from_text(a, cases[i])));
        assert_int_equal(out.length, 0);
    }
}

// Whatever stands in a cell, our own reader finds it again where it was.
static void test_reads_back(void **state)
{
    struct arena *a = *state;
    static const char *const texts[] = {"plain", "a,b", "a\"b", "\"", "line\nbreak", " edge ", "x"};
    struct tree *page = tree_new_map(a);
    struct tree *table = tree_table(page, "t", "t", "Texts");
    tree_column(table, "a", "A", false);
    tree_column(table, "b", "B", false);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "a", texts[i]);
        tree_text(row, "b", "end");
    }
    struct buf out = buf_new(a, FILE_MAX);
    assert_true(table_csv(&out, table));
    struct csv reader = csv_reader(a, "t.csv", buf_cstr(&out), out.length);
    struct err e = {.arena = a};
    assert_int_equal(csv_next(&reader, &e), CSV_ROW);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_int_equal(csv_next(&reader, &e), CSV_ROW);
        assert_int_equal(reader.count, 2);
        assert_true(slice_is(reader.cells[0], texts[i]));
        assert_true(slice_is(reader.cells[1], "end"));
    }
    assert_int_equal(csv_next(&reader, &e), CSV_END);
}

static int set_up(void **state)
{
    *state = arena_new(0);
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_a_whole_table),
        cmocka_unit_test(test_no_rows_is_a_header),
        cmocka_unit_test(test_what_is_no_table),
        cmocka_unit_test(test_reads_back),
    };
    return cmocka_run_group_tests_name("table_csv", tests, set_up, tear_down);
}
