// Cells with figures as people keep them: what each becomes, or why it is refused.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "model/value_cell.h"

static const struct value_how number = {.type = VALUE_NUMBER};
static const struct value_how percent = {.type = VALUE_PERCENT};
static const struct value_how money = {.type = VALUE_MONEY};
static const struct value_how millions = {.type = VALUE_MONEY, .unit = "£m"};
static const struct value_how days = {.type = VALUE_DAYS};
static const struct value_how rate = {.type = VALUE_RATE, .per = 100000};
static const struct value_how tonnes = {.type = VALUE_NUMBER, .unit = "tonnes"};
static const struct value_how score = {.type = VALUE_SCORE};
static const struct value_how yes_no = {.type = VALUE_YES_NO};
static const struct value_how words = {.type = VALUE_TEXT};

static struct value_cell read(struct arena *a, const char *cell, const struct value_how *how)
{
    return value_cell_read(a, (struct slice){cell, strlen(cell)}, how);
}

static void check_figure(struct arena *a, const char *cell, const struct value_how *how,
                         const char *expected)
{
    struct value_cell v = read(a, cell, how);
    if (v.result != VALUE_FIGURE || !slice_is(v.text, expected)) {
        fail_msg("\"%s\": expected the figure %s, found %.*s (%s)", cell, expected,
                 (int)v.text.length, v.text.text == NULL ? "" : v.text.text,
                 v.why == NULL ? "" : v.why);
    }
}

static void figures(void **state)
{
    static const struct {
        const char *cell;
        const struct value_how *how;
        const char *text;
    } cases[] = {
        {"12", &number, "12"},
        {"0", &number, "0"},
        {"-0.5", &number, "-0.5"},
        {"12.50", &number, "12.50"}, // as written: a figure says how exact it is
        {"  7 ", &number, "7"},
        {"\xc2\xa0"
         "7",
         &number, "7"}, // a no-break space
        {"007", &number, "7"},
        {"00", &number, "0"},
        {".5", &number, "0.5"},
        {"5.", &number, "5"},
        {"+5", &number, "5"},
        {"-0", &number, "0"},
        {"-0.0", &number, "0.0"},
        {"1,234", &number, "1234"},
        {"1,234,567.80", &number, "1234567.80"},
        {"-1,234", &number, "-1234"},
        {"\xe2\x88\x92"
         "5",
         &number, "-5"}, // the minus of print, U+2212
        {"(37.99)", &number, "-37.99"},
        {"( 1,234 )", &number, "-1234"},
        {"£1,234", &money, "1234"},
        {"£ 12.50", &money, "12.50"},
        {"-£5", &money, "-5"},
        {"£-5", &money, "-5"},
        {"(£1,234.50)", &money, "-1234.50"},
        {"£(12)", &money, NULL},
        {"12.5%", &percent, "12.5"},
        {"12.5 %", &percent, "12.5"},
        {"-5.6%", &percent, "-5.6"},
        {"(5.6%)", &percent, "-5.6"},
        {"(5.6)%", &percent, "-5.6"},
        {"12 per cent", &percent, "12"},
        {"3 days", &days, "3"},
        {"1 day", &days, "1"},
        {"3 Working Days", &days, "3"},
        {"62.5 per 100,000", &rate, "62.5"},
        {"62.5 per 100000", &rate, "62.5"},
        {"40 tonnes", &tonnes, "40"},
        {"£3.2m", &millions, "3.2"},
        {"3.2 £m", &millions, "3.2"},
        {"7 points", &score, "7"},
        {"999999999999999999", &number, "999999999999999999"},
        {"3463.724898397871", &number, "3463.724898397871"},
        {"Yes", &yes_no, "yes"},
        {"no", &yes_no, "no"},
        {"Good with outstanding features", &words, "Good with outstanding features"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (cases[i].text != NULL) {
            check_figure(a, cases[i].cell, cases[i].how, cases[i].text);
        } else {
            assert_int_equal(read(a, cases[i].cell, cases[i].how).result, VALUE_REFUSED);
        }
    }
}

static void marks(void **state)
{
    static const struct {
        const char *cell;
        enum marker marker;
    } cases[] = {
        {"NA", MARKER_MISSING},
        {"N/A", MARKER_NOT_APPLICABLE},
        {"n/a", MARKER_NOT_APPLICABLE},
        {"-", MARKER_MISSING},
        {"–", MARKER_MISSING},
        {"..", MARKER_MISSING},
        {"…", MARKER_MISSING},
        {":", MARKER_MISSING},
        {"*", MARKER_SUPPRESSED},
        {"**", MARKER_SUPPRESSED},
        {"c", MARKER_SUPPRESSED},
        {"Not measured", MARKER_MISSING},
        {"not measured", MARKER_MISSING},
        {"TBC", MARKER_MISSING},
        {"New", MARKER_NOT_APPLICABLE},
        {" .. ", MARKER_MISSING},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct value_cell v = read(a, cases[i].cell, &percent);
        if (v.result != VALUE_MARKED || v.marker != cases[i].marker) {
            fail_msg("\"%s\" is not the mark it should be", cases[i].cell);
        }
        // The mark itself is kept, as it stood.
        assert_memory_equal(v.text.text, cases[i].cell + (cases[i].cell[0] == ' '), v.text.length);
    }
    assert_int_equal(read(a, "", &percent).result, VALUE_BLANK);
    assert_int_equal(read(a, "  \xc2\xa0", &percent).result, VALUE_BLANK);
}

static void refused(void **state)
{
    static const struct {
        const char *cell;
        const struct value_how *how;
        const char *why; // part of the sentence
    } cases[] = {
        {"1,23", &number, "comma"}, // a decimal comma, or a slip: nobody can tell
        {"1234,567", &number, "comma"},
        {"1,2345", &number, "comma"},
        {"12,34,567", &number, "comma"},
        {",5", &number, "comma"},
        {"1.234.567", &number, "not a figure"},
        {"C", &number, "not a figure"},
        {"approx 5", &number, "not a figure"},
        {"--5", &number, "not a figure"},
        {"(5", &number, "not a figure"},
        {"()", &number, "not a figure"},
        {"%", &percent, "not a figure"},
        {"£", &money, "not a figure"},
        {".", &number, "not a figure"},
        {"1e5", &number, "scientific"},
        {"1.23E+05", &number, "scientific"},
        {"12%", &number, "% sign"},
        {"£12", &number, "£ sign"},
        {"12 apples", &number, "not the measure's unit"},
        {"12.5m", &money, "not the measure's unit"},
        {"62.5 per 1,000", &rate, "not the measure's unit"},
        {"1234567890123456789", &number, "18 digits"},
        {"0.1234567890123456789", &number, "18 digits"},
        {"maybe", &yes_no, "neither yes nor no"},
        {"Not Applicable", &number, "not a figure"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct value_cell v = read(a, cases[i].cell, cases[i].how);
        if (v.result != VALUE_REFUSED || strstr(v.why, cases[i].why) == NULL) {
            fail_msg("\"%s\" should be refused (%s), found %s", cases[i].cell, cases[i].why,
                     v.result == VALUE_REFUSED ? v.why : "a figure");
        }
    }
}

// A canonical figure costs no memory: a million of them stay where they stand.
static void canonical_is_not_copied(void **state)
{
    struct arena *a = *state;
    static const char cell[] = "1234.5";
    struct value_cell v = read(a, cell, &number);
    assert_ptr_equal(v.text.text, cell);
    assert_true(dec_equal(v.number, dec_make(12345, 1)));
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
        cmocka_unit_test_setup_teardown(figures, setup, teardown),
        cmocka_unit_test_setup_teardown(marks, setup, teardown),
        cmocka_unit_test_setup_teardown(refused, setup, teardown),
        cmocka_unit_test_setup_teardown(canonical_is_not_copied, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
