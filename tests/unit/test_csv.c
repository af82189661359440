// CSV as people keep it, and as we write it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

// Rows as text: cells between | |, rows numbered as read, "!message" for a fault.
static const char *rows_as_text(struct arena *a, const char *bytes, size_t length)
{
    // A copy of exactly this size, so that ASan sees a byte read too far.
    char *exact = malloc(length == 0 ? 1 : length);
    assert_non_null(exact);
    memcpy(exact, bytes, length);
    struct csv c = csv_reader(a, "f.csv", exact, length);
    struct buf out = buf_new(a, 1 << 20);
    for (;;) {
        struct err e = {.arena = a};
        enum csv_result result = csv_next(&c, &e);
        if (result == CSV_END) {
            free(exact);
            return buf_cstr(&out);
        }
        if (result == CSV_FAULT) {
            buf_printf(&out, "!%s\n", e.message);
            continue;
        }
        buf_printf(&out, "%zu@%zu", c.row, c.line);
        for (size_t i = 0; i < c.count; i++) {
            buf_text(&out, c.quoted[i] ? "|q:" : "|");
            buf_put(&out, c.cells[i].text, c.cells[i].length);
        }
        buf_text(&out, "|\n");
    }
}

static void test_reads(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *what, *bytes, *rows;
    } cases[] = {
        {"nothing", "", ""},
        {"only line ends", "\n\r\n\r", ""},
        {"plain", "a,b\n1,2\n", "1@1|a|b|\n2@2|1|2|\n"},
        {"no last line end", "a,b\n1,2", "1@1|a|b|\n2@2|1|2|\n"},
        {"BOM",
         "\xef\xbb\xbf"
         "a\n1\n",
         "1@1|a|\n2@2|1|\n"},
        {"only a BOM", "\xef\xbb\xbf", ""},
        {"BOM before a quote", "\xef\xbb\xbf\"a\"\n", "1@1|q:a|\n"},
        {"CRLF", "a,b\r\n1,2\r\n", "1@1|a|b|\n2@2|1|2|\n"},
        {"lone CR", "a,b\r1,2\r3,4", "1@1|a|b|\n2@2|1|2|\n3@3|3|4|\n"},
        {"CR at the very end", "a\r", "1@1|a|\n"},
        {"quotes", "\"a, b\",\"c\"\"d\"\n", "1@1|q:a, b|q:c\"d|\n"},
        {"only doubled quotes", "\"\"\"\"\"\"\n", "1@1|q:\"\"|\n"},
        {"two doubled cells in a row", "\"a\"\"\",\"b\"\"\"\n", "1@1|q:a\"|q:b\"|\n"},
        {"empty quoted", "\"\",x\n", "1@1|q:|x|\n"},
        {"an empty quoted cell is no empty line", "\"\"\na\n", "1@1|q:|\n2@2|a|\n"},
        {"line end in quotes", "\"a\nb\",c\nd,e\n", "1@1|q:a\nb|c|\n2@3|d|e|\n"},
        {"CRLF in quotes is one line", "\"a\r\nb\"\nc\n", "1@1|q:a\r\nb|\n2@3|c|\n"},
        {"empty cells", ",a,,\n", "1@1||a|||\n"},
        {"comma at the very end", "a,", "1@1|a||\n"},
        {"empty lines are passed over but counted", "a\n\n\nb\n\n", "1@1|a|\n4@4|b|\n"},
        {"empty lines first", "\n\na\n", "3@3|a|\n"},
        {"a line of blanks is a row", "a\n \nb\n", "1@1|a|\n2@2| |\n3@3|b|\n"},
        {"blanks are kept", " a ,\tb\n", "1@1| a |\tb|\n"},
        {"a quote inside is a character", "a\"b,6\" pipe\n", "1@1|a\"b|6\" pipe|\n"},
        {"a quote after a blank is a character", "a, \"b\"\n", "1@1|a| \"b\"|\n"},
        {"quote closes at the very end", "a,\"b\"", "1@1|a|q:b|\n"},
        {"rows of different length", "a,b\n1\n1,2,3\n", "1@1|a|b|\n2@2|1|\n3@3|1|2|3|\n"},
        {"no ASCII", "caf\u00e9,\u00a3\n", "1@1|caf\u00e9|\u00a3|\n"},
        {"unclosed quote", "a,b\n1,\"two\n3,4\n",
         "1@1|a|b|\n!f.csv, row 2: the quote that opens in column 2 on line 2 is never closed; add "
         "the closing quote.\n"},
        {"unclosed quote later in a row of several lines", "\"a\nb\",\"c",
         "!f.csv, row 1: the quote that opens in column 2 on line 2 is never closed; add the "
         "closing quote.\n"},
        {"a lone quote at the very end", "a,\"",
         "!f.csv, row 1: the quote that opens in column 2 on line 1 is never closed; add the "
         "closing quote.\n"},
        {"text after a closing quote", "\"a\"b,c\nd\n",
         "!f.csv, row 1: text follows the closing quote in column 1 (line 1); put the whole cell "
         "in quotes and double the quotes inside it.\n2@2|d|\n"},
        {"blank after a closing quote", "x,\"a\" ,c\nd\n",
         "!f.csv, row 1: text follows the closing quote in column 2 (line 1); put the whole cell "
         "in quotes and double the quotes inside it.\n2@2|d|\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *rows = rows_as_text(a, cases[i].bytes, strlen(cases[i].bytes));
        if (strcmp(rows, cases[i].rows) != 0) {
            fail_msg("%s:\ngot      %s\nexpected %s", cases[i].what, rows, cases[i].rows);
        }
    }
    assert_string_equal(rows_as_text(a, "a\0b,c", 5), "1@1|a");
}

static void test_limits(void **state)
{
    struct arena *a = *state;
    size_t length = CSV_CELL_MAX + 10;
    char *bytes = arena_alloc(a, length + 16);
    memset(bytes, 'x', length);
    memcpy(bytes + length, "\nok\n", 4);
    static const char too_long[] =
        "!f.csv, row 1: the cell in column 1 is longer than 1048576 bytes; shorten it or check for "
        "a missing closing quote.\n2@2|ok|\n";
    assert_string_equal(rows_as_text(a, bytes, length + 4), too_long);
    bytes[0] = '"';
    bytes[length - 1] = '"';
    assert_string_equal(rows_as_text(a, bytes, length + 4), too_long);
    // Exactly at the limit is fine.
    struct csv c = csv_reader(a, "f.csv", bytes + 1, CSV_CELL_MAX);
    struct err e = {.arena = a};
    assert_int_equal(csv_next(&c, &e), CSV_ROW);
    assert_int_equal(c.cells[0].length, CSV_CELL_MAX);

    memset(bytes, ',', CSV_COLUMNS_MAX);
    memcpy(bytes + CSV_COLUMNS_MAX, "\nok", 3);
    assert_string_equal(rows_as_text(a, bytes, CSV_COLUMNS_MAX + 3),
                        "!f.csv, row 1 has more than 2000 columns; take out the ones not "
                        "needed.\n2@2|ok|\n");
    c = csv_reader(a, "f.csv", bytes, CSV_COLUMNS_MAX - 1);
    assert_int_equal(csv_next(&c, &e), CSV_ROW);
    assert_int_equal(c.count, CSV_COLUMNS_MAX);
}

static void test_cells_of_a_row_stay_while_it_is_read(void **state)
{
    struct arena *a = *state;
    // Many cells with doubled quotes: the reader's spare room grows while the row is read.
    struct buf b = buf_new(a, 1 << 20);
    for (int i = 0; i < 1500; i++) {
        buf_printf(&b, "%s\"%d\"\"x\"", i == 0 ? "" : ",", i);
    }
    struct csv c = csv_reader(a, "f.csv", b.text, b.length);
    struct err e = {.arena = a};
    assert_int_equal(csv_next(&c, &e), CSV_ROW);
    assert_int_equal(c.count, 1500);
    for (int i = 0; i < 1500; i++) {
        assert_true(slice_is(c.cells[i], arena_printf(a, "%d\"x", i)));
    }
}

static void test_memory_does_not_grow_with_rows(void **state)
{
    struct arena *a = *state;
    struct buf b = buf_new(a, 1 << 24);
    for (int i = 0; i < 50000; i++) {
        buf_text(&b, "\"a \"\"quoted\"\" cell\",plain,\"\"\"\"\n");
    }
    struct csv c = csv_reader(a, "f.csv", b.text, b.length);
    struct err e = {.arena = a};
    size_t before = arena_used(a);
    size_t rows = 0;
    while (csv_next(&c, &e) == CSV_ROW) {
        rows++;
    }
    assert_int_equal(rows, 50000);
    assert_true(arena_used(a) - before < 16384);
}

static void test_trims(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *cell, *trimmed;
    } cases[] = {
        {"", ""},
        {"  ", ""},
        {" a b ", "a b"},
        {"\ta\r\n", "a"},
        {"\u00a0 a\u00a0\u00a0", "a"},
        {"caf\u00e9", "caf\u00e9"},
        {"\u00a3", "\u00a3"},
        {"a\u00e0", "a\u00e0"}, // ends with the byte of a no-break space, but is another letter
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct slice cell = {cases[i].cell, strlen(cases[i].cell)};
        assert_string_equal(csv_cell_text(a, cell), cases[i].trimmed);
        assert_true(slice_is(slice_trim(cell), cases[i].trimmed));
    }
    assert_false(slice_is((struct slice){"abc", 3}, "ab"));
    assert_false(slice_is((struct slice){"ab", 2}, "abc"));
}

static void test_writes(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *cell, *plain, *guarded;
    } cases[] = {
        {"abc", "abc", "abc"},
        {"a,b", "\"a,b\"", "\"a,b\""},
        {"say \"yes\"", "\"say \"\"yes\"\"\"", "\"say \"\"yes\"\"\""},
        {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
        {"two\rlines", "\"two\rlines\"", "\"two\rlines\""},
        {" blank first", "\" blank first\"", "\" blank first\""},
        {"blank last ", "\"blank last \"", "\"blank last \""},
        {"=1+1", "=1+1", "'=1+1"},
        {"+44", "+44", "'+44"},
        {"-", "-", "'-"},
        {"@name", "@name", "'@name"},
        {"\tx", "\"\tx\"", "\"'\tx\""},
        {"=a,b", "\"=a,b\"", "\"'=a,b\""},
        {"a=b", "a=b", "a=b"},
        {"\ufeffa", "\"\ufeffa\"", "\"\ufeffa\""}, // else skipped as a BOM when it is read again
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (int guard = 0; guard < 2; guard++) {
            struct buf b = buf_new(a, 1000);
            struct csv_writer w = csv_writer(&b, "\n", guard == 1);
            csv_text(&w, cases[i].cell);
            csv_end_row(&w);
            const char *expected = guard == 1 ? cases[i].guarded : cases[i].plain;
            assert_string_equal(buf_cstr(&b), arena_printf(a, "%s\n", expected));
        }
    }
}

static void test_writes_rows(void **state)
{
    struct arena *a = *state;
    struct buf b = buf_new(a, 1000);
    struct csv_writer w = csv_writer(&b, "\r\n", true);
    csv_text(&w, "measure");
    csv_text(&w, NULL);
    csv_number(&w, "-6.8"); // a figure, not a formula
    csv_number(&w, NULL);
    csv_end_row(&w);
    csv_text(&w, "");
    csv_end_row(&w);
    csv_number(&w, "");
    csv_end_row(&w);
    csv_text(&w, "");
    csv_text(&w, "");
    csv_end_row(&w);
    assert_string_equal(buf_cstr(&b), "measure,,-6.8,\r\n\"\"\r\n\"\"\r\n,\r\n");
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
        cmocka_unit_test_setup_teardown(test_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cells_of_a_row_stay_while_it_is_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_memory_does_not_grow_with_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trims, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_writes_rows, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
