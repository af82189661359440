// Formulas: what they come to with the figures there are. Cases as an officer would put them:
// formula, figures, result.
#include "formula_fixture.h"

struct figures_case {
    const char *formula;
    const char *figures; // "A 412, B 38, previous([A]) missing"; what is not named is missing
    const char *how;     // "skip", "zero", "nought" (x / 0 is 0), "decimals=1", "per=100"
    const char *result;  // the figure, or why there is none
};

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
        cmocka_unit_test(test_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
