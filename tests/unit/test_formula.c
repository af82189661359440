// Formulas: what a text means, what it comes to with the figures there are, what is said of one
// that cannot be read. Cases as an officer would put them: formula, figures, result.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "engine/formula.h"

struct figures_case {
    const char *formula;
    const char *figures; // "A 412, B 38, previous([A]) missing"; what is not named is missing
    const char *how;     // "skip", "zero", "nought" (x / 0 is 0), "decimals=1", "per=100"
    const char *result;  // the figure, or why there is none
};

// ---- figures of a case ----

static enum formula_state state_named(const char *word)
{
    static const struct {
        const char *word;
        enum formula_state state;
    } states[] = {{"missing", FORMULA_MISSING},
                  {"incomplete", FORMULA_INCOMPLETE},
                  {"suppressed", FORMULA_SUPPRESSED},
                  {"not applicable", FORMULA_NOT_APPLICABLE}};
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    fail_msg("no such state: %s", word);
    return FORMULA_MISSING;
}

// What stands behind the part's name in the list, up to a comma; NULL when it is not named.
static const char *said_of(struct arena *a, const char *figures, const char *part)
{
    size_t length = strlen(part);
    for (const char *at = figures; at != NULL; at = strstr(at, ", ")) {
        at += strncmp(at, ", ", 2) == 0 ? 2 : 0;
        bool bare = length > 2 && strncmp(at, part + 1, length - 2) == 0 && at[length - 2] == ' ';
        bool whole = strncmp(at, part, length) == 0 && at[length] == ' ';
        if (whole || bare) {
            const char *said = at + (whole ? length + 1 : length - 1);
            const char *end = strstr(said, ", ");
            return end == NULL ? said : arena_textn(a, said, (size_t)(end - said));
        }
    }
    return NULL;
}

static struct formula_given given_of(struct arena *a, const char *figures, const char *part)
{
    const char *said = said_of(a, figures, part);
    struct formula_given g = {.state = FORMULA_MISSING};
    if (said == NULL) {
        return g;
    }
    if (dec_parse(said, strlen(said), &g.value)) {
        g.state = FORMULA_KNOWN;
    } else {
        g.state = state_named(said);
    }
    return g;
}

static struct formula_policy policy_of(const char *how)
{
    struct formula_policy p = {.decimals = 6};
    p.missing = strstr(how, "skip") != NULL   ? FORMULA_MISSING_SKIP
                : strstr(how, "zero") != NULL ? FORMULA_MISSING_ZERO
                                              : FORMULA_MISSING_BLANK;
    p.zero = strstr(how, "nought") != NULL ? FORMULA_ZERO_ZERO : FORMULA_ZERO_BLANK;
    const char *decimals = strstr(how, "decimals=");
    const char *per = strstr(how, "per=");
    p.decimals = decimals == NULL ? 6 : (int)strtol(decimals + 9, NULL, 10);
    p.multiplier = per == NULL ? 0 : strtol(per + 4, NULL, 10);
    return p;
}

static const char *state_text(const struct formula_value *v)
{
    switch (v->state) {
    case FORMULA_MISSING: return "missing";
    case FORMULA_INCOMPLETE: return "incomplete";
    case FORMULA_SUPPRESSED: return "suppressed";
    case FORMULA_TOO_LARGE: return "too large";
    case FORMULA_NOT_APPLICABLE: return v->by_zero ? "divided by nought" : "not applicable";
    case FORMULA_KNOWN: break;
    }
    return "";
}

static const char *result_text(struct arena *a, const struct formula_value *v)
{
    if (v->state != FORMULA_KNOWN) {
        assert_false(v->value.present);
        return state_text(v);
    }
    assert_true(v->value.present);
    const char *fraction = !v->numerator.present
                               ? ""
                               : arena_printf(a, " = %s of %s", dec_text(a, dec_trim(v->numerator)),
                                              dec_text(a, dec_trim(v->denominator)));
    return arena_printf(a, "%s%s%s", dec_text(a, dec_trim(v->value)), fraction,
                        v->rounded ? " (rounded)" : "");
}

static const char *worked_out(struct arena *a, const struct figures_case *k)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(a, k->formula, strlen(k->formula), &f, &fault)) {
        return formula_refusal(a, &fault);
    }
    struct formula_given *given = ARENA_ARRAY(a, f->part_count, struct formula_given);
    for (size_t i = 0; i < f->part_count; i++) {
        given[i] = given_of(a, k->figures, f->parts[i].text);
    }
    struct formula_policy policy = policy_of(k->how);
    struct formula_value v = formula_evaluate(f, &policy, given, NULL);
    return result_text(a, &v);
}

static void check_cases(const struct figures_case *cases, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena *a = arena_new(0);
        const char *found = worked_out(a, &cases[i]);
        if (strcmp(found, cases[i].result) != 0) {
            print_error("%s with %s (%s): \"%s\", not \"%s\"\n", cases[i].formula, cases[i].figures,
                        cases[i].how, found, cases[i].result);
            wrong++;
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}
#define CHECK_CASES(cases) check_cases(cases, COUNT_OF(cases))

// ---- what formulas come to ----

static void test_arithmetic(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"([NI 117] + [NI 118]) / [POP] * 100", "NI 117 412, NI 118 38, POP 1204", "",
         "37.375415282392"},
        {"1 + 2 * [A]", "A 3", "", "7"},
        {"(1 + 2) * [A]", "A 3", "", "9"},
        {"[A] - 3 - 2", "A 10", "", "5"},
        {"[A] - (3 - 2)", "A 10", "", "9"},
        {"[A] / 4 / 5", "A 100", "", "5"},
        {"-[A] + 5", "A 3", "", "2"},
        {"--[A]", "A 3", "", "3"},
        {"2 * -[A]", "A 3", "", "-6"},
        {"[A] \u00d7 2 \u00f7 4 \u2212 1", "A 3", "", "0.5"},
        {"A1 + B_2 * c.3", "A1 1, B_2 2, c.3 3", "", "7"},
        {"[A]+[B]\n  -\t[C]", "A 1, B 2, C 3", "", "0"},
        {"[A] * 0.1 + [A] * 0.2", "A 1", "", "0.3"},
        {"[odd ]] code] + 1", "[odd ]] code] 2", "", "3"},
        {"[  NI 117 ] + 1", "NI 117 2", "", "3"},
        {"sum", "sum 4", "", "4"}, // a code like any other without a parenthesis
    };
    CHECK_CASES(cases);
}

static void test_nothing_is_lost_on_the_way(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"[A] / 3 * 3", "A 1", "decimals=0", "1"},
        {"if([A] / 3 * 3 = [A], 1, 0)", "A 1", "", "1"},
        {"[A] / 7 + [A] / 7 * 6", "A 1", "decimals=0", "1"},
        {"mean([A], [A], [A])", "A 0.1", "", "0.1"},
        // A half is a half, also by way of a third: 0.5 is shown as 1.
        {"round([A] / 3 * 1.5, 0)", "A 1", "", "1"},
        // An endless fraction is cut off six places after those shown, never rounded: 66.666...
        {"[A] / [B] * 100", "A 2, B 3", "decimals=1", "66.6666666"},
        {"[A] / [B] * 100", "A -2, B 3", "decimals=1", "-66.6666666"},
        // 74.95 less next to nothing: cut off it is 74.9499999, shown 74.9; rounded it were 75.0.
        {"[A] - 0.00000000001", "A 74.95", "decimals=1", "74.9499999"},
        // The digits before the point come first.
        {"[A] + 0.123456", "A 999999999999999", "", "999999999999999.123"},
        {"[A] * [B]", "A 999999999999999999, B 1", "", "999999999999999999"},
        {"[A] + 1", "A 999999999999999999", "", "too large"},
        {"[A] * [A] / [A]", "A 999999999999999999", "", "999999999999999999"},
        {"[A] * [A] * [A]", "A 999999999999999999", "", "too large"},
        {"[A] * [A] * [A]", "A 0.999999999999999999", "", "0.999999999999 (rounded)"},
        {"if([A] < [B], 1, 2)", "A 0.999999999999999998, B 0.999999999999999999", "", "1"},
    };
    CHECK_CASES(cases);
}

static void test_functions(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"sum([A], [B], 3)", "A 1, B 2", "", "6"},
        {"MEAN([A], [B])", "A 1, B 2", "", "1.5"},
        {"min([A], [B], -1)", "A 1, B 2", "", "-1"},
        {"max([A], [B], -1)", "A 1, B 2", "", "2"},
        {"abs([A] - [B])", "A 1, B 2.5", "", "1.5"},
        {"round([A], 1)", "A 34.25", "", "34.3"},
        {"round(-[A], 1)", "A 34.25", "", "-34.3"},
        {"round([A], 0)", "A 0.5", "", "1"},
        {"if([A] >= 20, [B], 0)", "A 20, B 7", "", "7"},
        {"if([A] >= 20, [B], 0)", "A 19.99, B 7", "", "0"},
        {"if([A] <> [B] and not [A] > 5 or [B] = 9, 1, 2)", "A 1, B 2", "", "1"},
        {"if([A] <> [B] and not [A] > 5 or [B] = 9, 1, 2)", "A 6, B 2", "", "2"},
        {"if([A] \u2265 1 and [A] \u2264 2 and [A] \u2260 1.5, 1, 2)", "A 1.5", "", "2"},
        {"if([A] = 1.50, 1, 0)", "A 1.5", "", "1"},
        {"[A] - previous([A])", "A 12, previous([A]) 10", "", "2"},
        {"[A] - previous([A], 1)", "A 12, previous([A]) 10", "", "2"},
        {"[A] - PREVIOUS( [A] ,4 )", "A 12, previous([A], 4) 10", "", "2"},
        {"previous(previous([A]), 2)", "previous([A], 3) 10", "", "10"},
        {"[A] / same_period_last_year([A]) * 100 - 100", "A 110, same_period_last_year([A]) 100",
         "", "10"},
        {"ytd([A]) / ytd(same_period_last_year([A]))",
         "ytd([A]) 6, ytd(same_period_last_year([A])) 3", "", "2"},
        {"numerator([A]) / denominator(previous([A]))",
         "numerator([A]) 6, denominator(previous([A])) 3", "", "2"},
        {"previous(numerator([A]))", "numerator(previous([A])) 6", "", "6"},
    };
    CHECK_CASES(cases);
}

static void test_missing_parts(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"[A] + [B]", "A 1", "", "missing"},
        {"[A] + [B]", "A 1", "skip", "missing"},
        {"[A] + [B]", "A 1", "zero", "1"},
        {"sum([A], [B])", "A 1", "", "missing"},
        {"sum([A], [B])", "A 1", "skip", "1"},
        {"sum([A], [B])", "A 1", "zero", "1"},
        {"mean([A], [B])", "A 1", "skip", "1"},
        {"mean([A], [B])", "A 1", "zero", "0.5"},
        {"min([A], [B])", "A 1", "skip", "1"},
        {"min([A], [B])", "A 1", "zero", "0"},
        {"max([A], [B])", "B -1", "skip", "-1"},
        {"sum([A], [B])", "", "skip", "missing"},
        {"sum([A], [B])", "", "zero", "0"},
        {"sum([A], [B] / [C])", "A 1, B 2", "skip", "1"},
        // What an if passes over is not needed; what it asks is.
        {"if([A] > 0, [A], [B])", "A 1", "", "1"},
        {"if([A] > 0, [A], [B])", "A -1", "", "missing"},
        {"if([B] > 0, [A], [A])", "A 1", "skip", "missing"},
        {"if([A] > 0 or [B] > 0, 1, 2)", "A 1", "", "missing"},
        {"if([A] > 0 or [B] > 0, 1, 2)", "A 1", "skip", "1"},
        {"if([B] > 0 or [A] > 0, 1, 2)", "A 0", "skip", "missing"},
        {"if([B] > 0 and [A] > 0, 1, 2)", "A 0", "skip", "2"},
        {"if([B] > 0 and [A] > 0, 1, 2)", "A 0", "zero", "2"},
        // Suppressed is not missing and not nought; nor is a quarter of two months.
        {"sum([A], [B])", "A 1, B suppressed", "skip", "suppressed"},
        {"sum([A], [B])", "A 1, B suppressed", "zero", "suppressed"},
        {"sum([B], [A])", "A missing, B suppressed", "", "suppressed"},
        {"sum([A], [B])", "A 1, B incomplete", "skip", "incomplete"},
        {"sum([A], [B])", "A 1, B incomplete", "zero", "incomplete"},
        {"sum([A], [B])", "A 1, B not applicable", "", "not applicable"},
        {"sum([A], [B])", "A 1, B not applicable", "skip", "1"},
        {"[A] + [B]", "A missing, B not applicable", "", "missing"},
    };
    CHECK_CASES(cases);
}

static void test_division_by_nought(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"[A] / [B]", "A 1, B 0", "", "divided by nought"},
        {"[A] / [B]", "A 0, B 0", "", "divided by nought"},
        {"[A] / [B]", "A 1, B 0", "nought", "0"},
        {"[A] / [B] + 5", "A 1, B 0", "nought", "5"},
        {"[A] / ([B] - [B])", "A 1, B 3", "", "divided by nought"},
        {"[A] / [B]", "A 1", "zero", "divided by nought"},
        {"[A] / [B]", "A 1", "zero nought", "0"},
        {"sum([A] / [B], 2)", "A 1, B 0", "skip", "2"},
        {"sum([A] / [B], 2)", "A 1, B 0", "zero", "divided by nought"},
        {"if([B] = 0, 0, [A] / [B])", "A 1, B 0", "", "0"},
    };
    CHECK_CASES(cases);
}

static void test_numerator_and_denominator(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"[A] / [B] * 100", "A 1, B 4", "per=100", "25 = 1 of 4"},
        {"100 * [A] / [B]", "A 1, B 4", "per=100", "25 = 1 of 4"},
        {"100 * ([A] / [B])", "A 1, B 4", "per=100", "25 = 1 of 4"},
        {"([A] + [C]) / sum([B], 4) * 1000", "A 1, B 4, C 1", "per=1000", "250 = 2 of 8"},
        {"[A] / [B]", "A 1, B 4", "per=1", "0.25 = 1 of 4"},
        {"[A] / [B]", "A 1, B 4", "per=100", "0.25"},
        {"[A] / [B] * 10", "A 1, B 4", "per=100", "2.5"},
        {"100 - [A] / [B] * 100", "A 1, B 4", "per=100", "75"},
        {"[A] / [B]", "A 1, B 4", "", "0.25"},
    };
    CHECK_CASES(cases);
}

// ---- what cannot be read ----

static void test_refusals(void **state)
{
    (void)state;
    static const struct figures_case cases[] = {
        {"", "", "",
         "cannot be read at character 1: there is nothing in it; write how the measure is worked "
         "out, such as [A] / [B] * 100"},
        {"[A] [B]", "", "",
         "cannot be read at character 5: \"[B]\" follows with nothing between it and what is "
         "before; put +, -, * or / there; a code with blanks stands in square brackets"},
        {"NI 117 + 2", "", "",
         "cannot be read at character 4: \"117\" follows with nothing between it and what is "
         "before; put +, -, * or / there; a code with blanks stands in square brackets"},
        {"\u2212[A] + \u20ac5", "", "",
         "cannot be read at character 8: \"\u20ac\" means nothing in a formula; use measures in "
         "square brackets, numbers, + - * / ( ), = <> < <= > >=, and, or, not, and functions"},
        {"[A] * 1,204", "", "",
         "cannot be read at character 8: a comma stands outside the parentheses of a function; "
         "write numbers without commas, 1204 or 0.5"},
        {"[A] + 1.2.3", "", "",
         "cannot be read at character 7: \"1.2.3\" is not a number of up to 18 digits; write "
         "numbers as 1204 or 0.5, and a measure's code that starts with a digit in square "
         "brackets"},
        {"([A] + 2", "", "",
         "cannot be read at character 1: this parenthesis is never closed; put ) where it should "
         "end"},
        {"[A] + 2)", "", "",
         "cannot be read at character 8: this parenthesis closes nothing; take it out, or put ( "
         "where it should begin"},
        {"[A] + [NI 117", "", "",
         "cannot be read at character 7: the square bracket is never closed; put ] behind the "
         "measure's code"},
        {"[A] + [ ]", "", "",
         "cannot be read at character 7: the square brackets hold no code; put a measure's code "
         "between them"},
        {"[A] +", "", "",
         "cannot be read at character 6: a measure, a number or a function should stand here, not "
         "the end; put one there, or take the sign before it out"},
        {"[A] + * 2", "", "",
         "cannot be read at character 7: a measure, a number or a function should stand here, not "
         "\"*\"; put one there, or take the sign before it out"},
        {"if([A] == 1, 1, 2)", "", "",
         "cannot be read at character 8: \"==\" is no comparison; write =, <>, <= or >="},
        {"if(1 < [A] < 3, 1, 2)", "", "",
         "cannot be read at character 12: this is a second comparison in a row; join two with "
         "and: [A] > 0 and [A] < 10"},
        {"median([A], [B])", "", "",
         "cannot be read at character 1: \"median\" is no function; use if, sum, mean, min, max, "
         "abs, round, previous, same_period_last_year, ytd, numerator or denominator"},
        {"if([A] > 1, 2)", "", "",
         "cannot be read at character 1: if needs three things, a condition and two figures, "
         "between its parentheses; write if([A] > 0, [B] / [A], 0)"},
        {"sum()", "", "",
         "cannot be read at character 1: sum needs at least one figure between its parentheses; "
         "write sum([A], [B], [C])"},
        {"if([A], 1, 2)", "", "",
         "cannot be read at character 4: \"[A]\" is a figure where a condition should stand; "
         "compare it with something: [A] > 0"},
        {"2 + ([A] > 1)", "", "",
         "cannot be read at character 5: \"([A] > 1)\" is a condition where a figure should "
         "stand; use if(condition, one figure, another)"},
        {"[A] > 1", "", "",
         "cannot be read at character 1: \"[A] > 1\" is a condition where a figure should stand; "
         "use if(condition, one figure, another)"},
        {"previous([A] + 1)", "", "",
         "cannot be read at character 14: previous looks at one measure, and \"+\" is none; write "
         "previous([A]) with the measure's code"},
        {"ytd(5)", "", "",
         "cannot be read at character 5: ytd looks at one measure, and \"5\" is none; write "
         "ytd([A]) with the measure's code"},
        {"previous([A], 0)", "", "",
         "cannot be read at character 15: \"0\" is no number of periods to go back; write a whole "
         "number from 1 to 120"},
        {"round([A], [B])", "", "",
         "cannot be read at character 12: \"[B]\" is no number of decimals; write a whole number "
         "from 0 to 6"},
        {"ytd(ytd([A]))", "", "",
         "cannot be read at character 1: ytd does this twice over; write it once, around the "
         "measure"},
        {"ytd([A], 2)", "", "",
         "cannot be read at character 1: ytd needs one measure between its parentheses; write "
         "ytd([A])"},
    };
    CHECK_CASES(cases);
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

static const struct formula *read_good(struct arena *a, const char *text)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(a, text, strlen(text), &f, &fault)) {
        fail_msg("%s %s", text, formula_refusal(a, &fault));
    }
    return f;
}

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

// ---- docs/formulas.md ----

enum { DOC_CELLS = 4, DOC_MAX = 1 << 20 };

// The cells of a line of a table, without the marks of code; how many there are.
static size_t cells_of(struct arena *a, const char *line, size_t length, const char **cells)
{
    size_t count = 0;
    const char *at = line + 1, *end = line + length;
    while (at < end && count < DOC_CELLS) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        const char *stop = bar == NULL ? end : bar;
        while (at < stop && (*at == ' ' || *at == '`')) {
            at++;
        }
        const char *last = stop;
        while (last > at && (last[-1] == ' ' || last[-1] == '`')) {
            last--;
        }
        cells[count++] = arena_textn(a, at, (size_t)(last - at));
        at = stop + 1;
    }
    return count;
}

// What the document calls a result: rounded as it prints it.
static const char *doc_result(struct arena *a, const struct formula_value *v, const char *printed)
{
    if (v->state == FORMULA_KNOWN) {
        const char *point = strchr(printed, '.');
        return dec_text(a, dec_round(v->value, point == NULL ? 0 : (int)strlen(point + 1)));
    }
    return v->state == FORMULA_SUPPRESSED       ? "suppressed"
           : v->state == FORMULA_NOT_APPLICABLE ? "not applicable"
                                                : "no figure";
}

static bool try_example(struct arena *a, const char *const *head, const char *const *cells,
                        size_t count)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    const char *expected = cells[count - 1], *found = NULL;
    if (!formula_read(a, cells[0], strlen(cells[0]), &f, &fault)) {
        found = formula_refusal(a, &fault);
    } else {
        struct formula_given *given = ARENA_ARRAY(a, f->part_count, struct formula_given);
        for (size_t i = 0; i < f->part_count; i++) {
            given[i] = given_of(a, cells[1], f->parts[i].text);
        }
        struct formula_policy policy = {.decimals = 6};
        bool known = count < 4 || (strcmp(head[2], "missing_parts") == 0
                                       ? formula_missing_from_text(cells[2], &policy.missing)
                                       : formula_zero_from_text(cells[2], &policy.zero));
        assert_true(known);
        struct formula_value v = formula_evaluate(f, &policy, given, NULL);
        found = doc_result(a, &v, expected);
    }
    if (strcmp(found, expected) != 0) {
        print_error("%s: \"%s\", not \"%s\"\n", cells[0], found, expected);
        return false;
    }
    return true;
}

static void test_the_examples_of_the_manual(void **state)
{
    (void)state;
    const char *folder = getenv("GOLDTHREAD_SOURCE");
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    const char *path = arena_printf(a, "%s/docs/formulas.md", folder == NULL ? "." : folder);
    struct file_bytes file;
    if (!file_map(a, path, DOC_MAX, &file, &e)) {
        fail_msg("%s", e.message);
    }
    const char *text = arena_textn(a, file.bytes, file.length);
    const char *head[DOC_CELLS] = {""}, *cells[DOC_CELLS];
    bool in_table = false;
    int tried = 0, wrong = 0;
    for (const char *line = text; *line != '\0';) {
        const char *end = strchrnul(line, '\n');
        size_t count = line[0] == '|' ? cells_of(a, line, (size_t)(end - line) - 1, cells) : 0;
        if (count == 0) {
            in_table = false;
        } else if (!in_table) {
            memcpy(head, cells, sizeof head);
            in_table = true;
        } else if (strcmp(head[0], "formula") == 0 && strncmp(cells[0], "---", 3) != 0) {
            wrong += !try_example(a, head, cells, count);
            tried++;
        }
        line = *end == '\0' ? end : end + 1;
    }
    assert_int_equal(wrong, 0);
    assert_true(tried > 35);
    arena_free(a);
}

// What became of each part.
static void test_uses(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *figures, *how;
        enum formula_use uses[3]; // of the parts in order
    } cases[] = {
        {"A + B", "A 1, B 2", "", {FORMULA_USED, FORMULA_USED}},
        {"A + B", "A 1", "", {FORMULA_USED, FORMULA_LACKED}},
        {"A + B", "A 1", "zero", {FORMULA_USED, FORMULA_AS_ZERO}},
        {"sum(A, B)", "A 1", "skip", {FORMULA_USED, FORMULA_LEFT_OUT}},
        {"B + sum(A, B)", "A 1", "skip", {FORMULA_LACKED, FORMULA_USED}},
        {"sum(A, B) + B", "A 1", "skip", {FORMULA_USED, FORMULA_LACKED}},
        {"if(A > 0, B, C)", "A 1, B 2", "", {FORMULA_USED, FORMULA_USED, FORMULA_NOT_NEEDED}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        const struct formula *f = read_good(a, cases[i].formula);
        struct formula_given given[3];
        enum formula_use uses[3];
        for (size_t k = 0; k < f->part_count; k++) {
            given[k] = given_of(a, cases[i].figures, f->parts[k].text);
        }
        struct formula_policy policy = policy_of(cases[i].how);
        formula_evaluate(f, &policy, given, uses);
        for (size_t k = 0; k < f->part_count; k++) {
            if (uses[k] != cases[i].uses[k]) {
                fail_msg("%s (%s): part %zu is used as %d", cases[i].formula, cases[i].how, k + 1,
                         uses[k]);
            }
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_nothing_is_lost_on_the_way),
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_missing_parts),
        cmocka_unit_test(test_division_by_nought),
        cmocka_unit_test(test_numerator_and_denominator),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_written_as_read),
        cmocka_unit_test(test_figures_in_place_of_measures),
        cmocka_unit_test(test_uses),
        cmocka_unit_test(test_the_examples_of_the_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
