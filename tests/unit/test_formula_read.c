// Formulas: what is said of one that cannot be read, its bounds, and what is read written again.
#include "formula_fixture.h"

// ---- what cannot be read ----

struct refusal_case {
    const char *formula, *said;
};

static const char *refusal_of(struct arena *a, const char *text)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    return formula_read(a, text, strlen(text), &f, &fault) ? "" : formula_refusal(a, &fault);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct refusal_case cases[] = {
        {"",
         "cannot be read at character 1: there is nothing in it; write how the measure is worked "
         "out, such as [A] / [B] * 100"},
        {"[A] [B]",
         "cannot be read at character 5: \"[B]\" follows with nothing between it and what is "
         "before; put +, -, * or / there; a code with blanks stands in square brackets"},
        {"NI 117 + 2",
         "cannot be read at character 4: \"117\" follows with nothing between it and what is "
         "before; put +, -, * or / there; a code with blanks stands in square brackets"},
        {"\u2212[A] + \u20ac5",
         "cannot be read at character 8: \"\u20ac\" means nothing in a formula; use measures in "
         "square brackets, numbers, + - * / ( ), = <> < <= > >=, and, or, not, and functions"},
        {"[A] * 1,204",
         "cannot be read at character 8: a comma stands outside the parentheses of a function; "
         "write numbers without commas, 1204 or 0.5"},
        {"[A] + 1.2.3",
         "cannot be read at character 7: \"1.2.3\" is not a number of up to 18 digits; write "
         "numbers as 1204 or 0.5, and a measure's code that starts with a digit in square "
         "brackets"},
        {"([A] + 2",
         "cannot be read at character 1: this parenthesis is never closed; put ) where it should "
         "end"},
        {"[A] + 2)",
         "cannot be read at character 8: this parenthesis closes nothing; take it out, or put ( "
         "where it should begin"},
        {"[A] + [NI 117",
         "cannot be read at character 7: the square bracket is never closed; put ] behind the "
         "measure's code"},
        {"[A] + [ ]",
         "cannot be read at character 7: the square brackets hold no code; put a measure's code "
         "between them"},
        {"[A] +",
         "cannot be read at character 6: a measure, a number or a function should stand here, not "
         "the end; put one there, or take the sign before it out"},
        {"[A] + * 2",
         "cannot be read at character 7: a measure, a number or a function should stand here, not "
         "\"*\"; put one there, or take the sign before it out"},
        {"if([A] == 1, 1, 2)",
         "cannot be read at character 8: \"==\" is no comparison; write =, <>, <= or >="},
        {"if(1 < [A] < 3, 1, 2)",
         "cannot be read at character 12: this is a second comparison in a row; join two with "
         "and: [A] > 0 and [A] < 10"},
        {"median([A], [B])",
         "cannot be read at character 1: \"median\" is no function; use if, sum, mean, min, max, "
         "abs, round, previous, same_period_last_year, ytd, numerator or denominator"},
        {"if([A] > 1, 2)",
         "cannot be read at character 1: if needs three things, a condition and two figures, "
         "between its parentheses; write if([A] > 0, [B] / [A], 0)"},
        {"sum()",
         "cannot be read at character 1: sum needs at least one figure between its parentheses; "
         "write sum([A], [B], [C])"},
        {"if([A], 1, 2)",
         "cannot be read at character 4: \"[A]\" is a figure where a condition should stand; "
         "compare it with something: [A] > 0"},
        {"2 + ([A] > 1)",
         "cannot be read at character 5: \"([A] > 1)\" is a condition where a figure should "
         "stand; use if(condition, one figure, another)"},
        {"[A] > 1",
         "cannot be read at character 1: \"[A] > 1\" is a condition where a figure should stand; "
         "use if(condition, one figure, another)"},
        {"previous([A] + 1)",
         "cannot be read at character 14: previous looks at one measure, and \"+\" is none; write "
         "previous([A]) with the measure's code"},
        {"ytd(5)",
         "cannot be read at character 5: ytd looks at one measure, and \"5\" is none; write "
         "ytd([A]) with the measure's code"},
        {"previous([A], 0)",
         "cannot be read at character 15: \"0\" is no number of periods to go back; write a whole "
         "number from 1 to 120"},
        {"round([A], [B])",
         "cannot be read at character 12: \"[B]\" is no number of decimals; write a whole number "
         "from 0 to 6"},
        {"ytd(ytd([A]))",
         "cannot be read at character 1: ytd does this twice over; write it once, around the "
         "measure"},
        {"ytd([A], 2)",
         "cannot be read at character 1: ytd needs one measure between its parentheses; write "
         "ytd([A])"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        const char *said = refusal_of(a, cases[i].formula);
        if (strcmp(said, cases[i].said) != 0) {
            print_error("%s: \"%s\", not \"%s\"\n", cases[i].formula, said, cases[i].said);
            wrong++;
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

// ---- bounds ----

static const char *repeated(struct arena *a, const char *before, const char *text, int times,
                            const char *after)
{
    struct buf b = buf_new(a, 1 << 20);
    buf_text(&b, before);
    for (int i = 0; i < times; i++) {
        buf_text(&b, text);
    }
    buf_text(&b, after);
    return buf_cstr(&b);
}

static enum formula_wrong wrong_with(struct arena *a, const char *text)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    return formula_read(a, text, strlen(text), &f, &fault) ? FORMULA_FINE : fault.wrong;
}

static void test_bounds(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    assert_int_equal(wrong_with(a, repeated(a, "[A]", "+ 1", 200, "")), FORMULA_FINE);
    assert_int_equal(wrong_with(a, repeated(a, "[A]", "+1", 300, "")), FORMULA_TOO_MANY_NODES);
    assert_int_equal(wrong_with(a, repeated(a, "[A]", " ", 4000, "")), FORMULA_TOO_LONG);
    assert_int_equal(wrong_with(a, repeated(a, "", "(", 39, "[A]")), FORMULA_OPEN_PARENTHESIS);
    assert_int_equal(wrong_with(a, repeated(a, "", "(", 1000, "[A]")), FORMULA_TOO_DEEP);
    assert_int_equal(wrong_with(a, repeated(a, "", "-", 1000, "[A]")), FORMULA_TOO_DEEP);
    assert_int_equal(wrong_with(a, repeated(a, "", "not ", 900, "[A]")), FORMULA_TOO_DEEP);
    assert_int_equal(wrong_with(a, repeated(a, "", "if(1<", 500, "[A]")), FORMULA_TOO_DEEP);
    assert_int_equal(wrong_with(a, repeated(a, "", "ytd(", 500, "[A]")), FORMULA_TOO_DEEP);
    assert_int_equal(wrong_with(a, repeated(a, "sum(1", ",1", 63, ")")), FORMULA_FINE);
    assert_int_equal(wrong_with(a, repeated(a, "sum(1", ",1", 64, ")")), FORMULA_TOO_MANY_IN_LIST);
    assert_int_equal(wrong_with(a, repeated(a, "[", "x", 500, "]")), FORMULA_CODE_TOO_LONG);
    struct buf many = buf_new(a, 1 << 16);
    for (int i = 0; i <= FORMULA_PARTS_MAX; i++) {
        buf_printf(&many, "%s[M%d]", i == 0 ? "" : "+", i);
    }
    assert_int_equal(wrong_with(a, buf_cstr(&many)), FORMULA_TOO_MANY_PARTS);
    arena_free(a);
}

// ---- text ----

static void test_written_as_read(void **state)
{
    (void)state;
    static const struct {
        const char *given, *written;
    } cases[] = {
        {"((A+[B ])*2)", "([A] + [B]) * 2"},
        {"A-(B-C)-D", "[A] - ([B] - [C]) - [D]"},
        {"A/(B*C)", "[A] / ([B] * [C])"},
        {"(A*B)/C", "[A] * [B] / [C]"},
        {"-(A+B)", "-([A] + [B])"},
        {"2*-A", "2 * -[A]"},
        {"IF(NOT(A=1 OR B>2)AND C<>3,1,2)", "if(not ([A] = 1 or [B] > 2) and [C] <> 3, 1, 2)"},
        {"round(numerator(previous(ytd(A),3)),2)", "round(numerator(ytd(previous([A], 3))), 2)"},
        {"[a ]] b]+1.50", "[a ]] b] + 1.5"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct buf once = buf_new(a, 4096), twice = buf_new(a, 4096);
        formula_write(&once, read_good(a, cases[i].given), NULL, FORMULA_PLAIN);
        assert_string_equal(buf_cstr(&once), cases[i].written);
        formula_write(&twice, read_good(a, buf_cstr(&once)), NULL, FORMULA_PLAIN);
        assert_string_equal(buf_cstr(&twice), cases[i].written);
        arena_free(a);
    }
}

static void test_figures_in_place_of_measures(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct formula *f = read_good(a, "(A + B) / previous(A) * 1000 - 2");
    static const char *const figures[] = {"412", "38", "1,204"};
    struct buf b = buf_new(a, 4096);
    formula_write(&b, f, figures, FORMULA_SHOWN);
    assert_string_equal(buf_cstr(&b), "(412 + 38) / 1,204 \u00d7 1,000 \u2212 2");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_written_as_read),
        cmocka_unit_test(test_figures_in_place_of_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
