// Cells of every type of column: canonical text, or a refusal with its remedy.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "model/cell.h"

static const char *const kinds[] = {"directorate", "cross_cutting", "team", NULL};
static const struct column code = {.type = COLUMN_CODE};
static const struct column text = {.type = COLUMN_TEXT};
static const struct column long_text = {.type = COLUMN_LONG_TEXT};
static const struct column integer = {.type = COLUMN_INTEGER, .min = 0, .max = 100};
static const struct column decimal = {.type = COLUMN_DECIMAL};
static const struct column date = {.type = COLUMN_DATE};
static const struct column month = {.type = COLUMN_MONTH};
static const struct column yes_no = {.type = COLUMN_YES_NO};
static const struct column choice = {.type = COLUMN_CHOICE, .choices = kinds};
static const struct column choices = {.type = COLUMN_CHOICES, .choices = kinds};
static const struct column email = {.type = COLUMN_EMAIL};

static void taken(void **state)
{
    static const struct {
        const struct column *column;
        const char *cell, *text; // text NULL: absent
    } cases[] = {
        {&code, "NI 117", "NI 117"},
        {&code, " N 19 ", "N 19"},
        {&code, "\xc2\xa0", NULL},
        {&text, "Luton’s plan", "Luton’s plan"},
        {&text, "", NULL},
        {&long_text, "one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"},
        {&integer, "50", "50"},
        {&integer, "50.0", "50"},
        {&integer, "007", "7"},
        {&integer, "0", "0"},
        {&decimal, "£1,234.50", "1234.50"},
        {&decimal, "(5)", "-5"},
        {&date, "2024-02-29", "2024-02-29"},
        {&month, "4", "04"},
        {&month, "12", "12"},
        {&yes_no, "Yes", "yes"},
        {&yes_no, "NO", "no"},
        {&choice, "Directorate", "directorate"},
        {&choice, "Cross-cutting", "cross_cutting"},
        {&choice, "cross cutting", "cross_cutting"},
        {&choices, "team; Directorate;", "directorate;team"},
        {&choices, ";", NULL},
        {&email, "head.of.waste@council.gov.uk", "head.of.waste@council.gov.uk"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct slice out = {NULL, 0};
        const char *why = "";
        bool good = cell_read(a, cases[i].column,
                              (struct slice){cases[i].cell, strlen(cases[i].cell)}, &out, &why);
        bool same = cases[i].text == NULL ? out.text == NULL : slice_is(out, cases[i].text);
        if (!good || !same) {
            fail_msg("\"%s\": expected \"%s\", found \"%.*s\" %s", cases[i].cell,
                     cases[i].text == NULL ? "" : cases[i].text, (int)out.length,
                     out.text == NULL ? "" : out.text, why);
        }
    }
}

static void refused(void **state)
{
    static const struct {
        const struct column *column;
        const char *cell, *why;
    } cases[] = {
        {&code, "two\nlines", "several lines"},
        {&text, "bell\a", "cannot be printed"},
        {&long_text, "bell\a", "cannot be printed"},
        {&integer, "101", "from 0 to 100"},
        {&integer, "-1", "from 0 to 100"},
        {&integer, "1.5", "whole number"},
        {&integer, "many", "whole number"},
        {&decimal, "-", "leave the cell blank"},
        {&decimal, "50%", "plain number"},
        {&date, "12/04/2011", "write 2011-04-12"},
        {&date, "1.4.2011", "write 2011-04-01"},
        {&date, "2023-02-29", "not a date"},
        {&date, "April 2011", "2011-04-12"},
        {&date, "99/99/2011", "not a date"},
        {&month, "13", "month"},
        {&month, "April", "04 for April"},
        {&yes_no, "y", "neither yes nor no"},
        {&choice, "group", "directorate, cross_cutting or team"},
        {&choices, "team;group", "';' between them"},
        {&email, "nobody", "e-mail"},
        {&email, "a@b@c", "e-mail"},
        {&email, "@council.gov.uk", "e-mail"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct slice out = {NULL, 0};
        const char *why = "";
        bool good = cell_read(a, cases[i].column,
                              (struct slice){cases[i].cell, strlen(cases[i].cell)}, &out, &why);
        if (good || strstr(why, cases[i].why) == NULL) {
            fail_msg("\"%s\" should be refused (%s), found: %s", cases[i].cell, cases[i].why, why);
        }
    }
}

// Limits count characters, not bytes: a Welsh or accented title is not shorter than an English one.
static void limits(void **state)
{
    struct arena *a = *state;
    char cell[2 * (CELL_TEXT_MAX + 1)];
    for (size_t i = 0; i < sizeof cell; i += 2) {
        memcpy(cell + i, "\xc5\xb5", 2); // w with a circumflex
    }
    struct slice out = {NULL, 0};
    const char *why = NULL;
    assert_true(cell_read(a, &text, (struct slice){cell, sizeof cell - 2}, &out, &why));
    assert_false(cell_read(a, &text, (struct slice){cell, sizeof cell}, &out, &why));
    assert_non_null(strstr(why, "500 characters"));
    assert_false(cell_read(a, &code, (struct slice){cell, 202}, &out, &why));
    assert_true(cell_read(a, &code, (struct slice){cell, 200}, &out, &why));
}

static int setup(void **state)
{
    *state = arena_new(0);
    return *state == NULL;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(taken, setup, teardown),
        cmocka_unit_test_setup_teardown(refused, setup, teardown),
        cmocka_unit_test_setup_teardown(limits, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
