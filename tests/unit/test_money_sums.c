// Totals, variances, shares and the checks on them, as tables of budget lines and savings.

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "view/money_sums.h"
#include "view/words_money.h"

static struct dec number(const char *text)
{
    struct dec d = DEC_NONE;
    if (text != NULL) {
        assert_true(dec_parse(text, strlen(text), &d));
    }
    return d;
}

static struct period year_of(const char *id)
{
    struct period p;
    assert_true(period_parse_id(id, strlen(id), 4, &p));
    return p;
}

static void same(const char *what, const char *found, const char *expected)
{
    if (strcmp(found == NULL ? "(none)" : found, expected) != 0) {
        print_error("%s\n  found    %s\n  expected %s\n", what, found, expected);
        fail();
    }
}

// ---- units of figures ----

static void test_the_unit_of_a_note(void **state)
{
    (void)state;
    static const struct {
        const char *note, *unit, *rest;
    } cases[] = {
        {"£m. Printed as 50 % of the whole.", "£m", "Printed as 50 % of the whole."},
        {"£m", "£m", "(none)"},
        {"£000: of which half is grant", "£000", "of which half is grant"},
        {"£, net", "£", "net"},
        {"£650k of it is one-off", "(none)", "£650k of it is one-off"},
        {"Printed in £m", "(none)", "Printed in £m"},
        {NULL, "(none)", "(none)"},
    };
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *rest = NULL;
        const char *unit = money_note_unit(a, cases[i].note, &rest);
        same("unit", unit == NULL ? "(none)" : unit, cases[i].unit);
        same("rest", rest == NULL ? "(none)" : rest, cases[i].rest);
    }
    arena_free(a);
}

static void test_money_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *value;
        int decimals;
        const char *words;
    } cases[] = {
        {"£m", "469.5", 2, "£469.50m"},    {"£m", "-37.99", 2, "−£37.99m"},
        {"£", "1234567", 0, "£1,234,567"}, {"£000", "250", 0, "250 (£000)"},
        {"£bn", "1.2", 1, "£1.2bn"},       {NULL, "12.5", 1, "12.5"},
        {"£m", "-0.001", 2, "£0.00m"},
    };
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        same(cases[i].value,
             words_money(a, cases[i].unit, number(cases[i].value), cases[i].decimals),
             cases[i].words);
    }
    assert_null(words_money(a, "£m", DEC_NONE, 2));
    arena_free(a);
}

// ---- budget lines ----

struct line {
    const char *line, *kind, *budget, *forecast, *actual, *note;
};

static struct council *council_with(struct arena *a, const struct line *lines, size_t count)
{
    struct council *c = ARENA_NEW(a, struct council);
    struct budget *budgets = ARENA_ARRAY(a, count, struct budget);
    for (size_t i = 0; i < count; i++) {
        budgets[i] = (struct budget){.line = lines[i].line,
                                     .year = year_of("2013-14-FY"),
                                     .kind = lines[i].kind,
                                     .budget = number(lines[i].budget),
                                     .forecast = number(lines[i].forecast),
                                     .actual = number(lines[i].actual),
                                     .prior = DEC_NONE,
                                     .note = lines[i].note};
    }
    c->year_start = 4;
    c->budgets = budgets;
    c->budget_count = count;
    return c;
}

static const struct line whole[] = {
    {"Roads", "revenue", "19.10", "19.10", NULL, "£m. As planned."},
    {"Schools", "revenue", "214.6", "216.05", NULL, "£m"},
    {"Care", "revenue", "70.45", "72.1", NULL, "£m"},
    {"Interest", "revenue", "-2.40", "-2.55", NULL, "£m. Negative: income is more than cost."},
    {"Grants", "income", "301.75", "301.75", NULL, "£m"},
};

static void test_totals_of_lines_that_are_all_there(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const struct council *c = council_with(a, whole, COUNT_OF(whole));
    struct money_kind m = money_kind_of(c, a, "revenue", year_of("2013-14-FY"));
    assert_int_equal(m.count, 4);
    assert_int_equal(m.decimals, 2);
    same("unit", m.unit, "£m");
    same("the largest stands first", m.lines[0]->line, "Schools");
    same("the negative last", m.lines[3]->line, "Interest");
    same("budget", words_total(a, &m.budget, m.decimals), "301.75");
    same("forecast", words_total(a, &m.forecast, m.decimals), "304.70");
    same("actual", words_total(a, &m.actual, m.decimals), "No figure yet");
    same("variance", dec_text(a, m.variance.total), "2.95");
    // 304.15 above nought: 70.6, 23.2 and 6.3 of it.
    same("base of the shares", dec_text(a, m.base), "304.15");
    same("a share", dec_text(a, money_share(&m, m.lines[0])), "70.6");
    assert_false(money_share(&m, m.lines[3]).present);
    same("their sum", dec_text(a, m.shares), "100.1");
    assert_true(m.shares_add_up);
    same("outturn", words_outturn(a, &m),
         "Forecast of £304.70m against a budget of £301.75m: £2.95m more (1.0%).");
    same("shares", words_shares(a, &m),
         "Shares are of £304.15m, the budget of the 3 lines above nought; a line below nought has "
         "none. They add up to 100.1%; the rest is rounding.");
    struct money_kind income = money_kind_of(c, a, "income", year_of("2013-14-FY"));
    same("compared", words_compared(a, &m, &income),
         "Revenue and income come to the same budget, £301.75m: checked.");
    assert_null(words_compared(a, &m, &(struct money_kind){.kind = "capital"}));
    assert_int_equal(money_kind_of(c, a, "revenue", year_of("2012-13-FY")).count, 0);
    arena_free(a);
}

static void test_a_missing_figure_is_not_nought(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"Roads", "capital", "10", "11", NULL, NULL},
        {"Schools", "capital", NULL, "20", NULL, NULL},
        {"Parks", "capital", "5", "11", "6", NULL},
        {"Loans", "capital_financing", "15", NULL, NULL, NULL},
    };
    struct arena *a = arena_new(0);
    const struct council *c = council_with(a, lines, COUNT_OF(lines));
    struct money_kind m = money_kind_of(c, a, "capital", year_of("2013-14-FY"));
    same("budget", words_total(a, &m.budget, m.decimals), "15 (2 of 3 lines)");
    same("forecast", words_total(a, &m.forecast, m.decimals), "42");
    same("what has no budget has no variance", dec_text(a, money_variance(&c->budgets[1])), "");
    same("the actual comes before the forecast", dec_text(a, money_variance(&c->budgets[2])), "1");
    same("no unit", words_money_unit(a, m.unit), ", as given");
    same("no total to compare", words_outturn(a, &m),
         "2 of 3 lines have a budget, so there is no total to compare.");
    same("what stands last", m.lines[2]->line, "Schools");
    struct money_kind loans = money_kind_of(c, a, "capital_financing", year_of("2013-14-FY"));
    same("not compared", words_compared(a, &m, &loans),
         "Capital expenditure and how capital is paid for cannot be compared: not every line has a "
         "budget in the same unit.");
    arena_free(a);
}

static void test_what_does_not_agree_is_said(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"Roads", "capital", "65.18", "65.18", NULL, "£m"},
        {"Grant", "capital_financing", "60", NULL, NULL, "£m"},
        {"Loan", "capital_financing", "5.2", NULL, NULL, "£m"},
    };
    struct arena *a = arena_new(0);
    const struct council *c = council_with(a, lines, COUNT_OF(lines));
    struct money_kind spent = money_kind_of(c, a, "capital", year_of("2013-14-FY"));
    struct money_kind paid = money_kind_of(c, a, "capital_financing", year_of("2013-14-FY"));
    same("compared", words_compared(a, &spent, &paid),
         "Capital expenditure of £65.18m and how capital is paid for of £65.20m do not agree: they "
         "are £0.02m apart.");
    same("as budgeted", words_outturn(a, &spent), "Forecast of £65.18m, as budgeted.");
    same("no forecast", words_outturn(a, &paid),
         "Budget of £65.2m; no forecast and no actual figure yet.");
    same("one line is all of it", words_shares(a, &spent),
         "Shares are of £65.18m, the budget of the 1 line above nought. They add up to 100%.");
    arena_free(a);
}

static void test_units_that_differ_are_not_mixed(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"Roads", "revenue", "1", NULL, NULL, "£m"},
        {"Schools", "revenue", "2000", NULL, NULL, "£000"},
        {"Parks", "income", "2000", NULL, NULL, "£000"},
        {"Halls", "income", "2000", NULL, NULL, NULL},
    };
    struct arena *a = arena_new(0);
    const struct council *c = council_with(a, lines, COUNT_OF(lines));
    assert_null(money_kind_of(c, a, "revenue", year_of("2013-14-FY")).unit);
    assert_null(money_kind_of(c, a, "income", year_of("2013-14-FY")).unit);
    arena_free(a);
}

// The rounding of seven equal shares is no fault; a line too many would be one.
static void test_rounding_is_no_fault(void **state)
{
    (void)state;
    static const struct line seven[] = {
        {"1", "revenue", "1", NULL, NULL, NULL}, {"2", "revenue", "1", NULL, NULL, NULL},
        {"3", "revenue", "1", NULL, NULL, NULL}, {"4", "revenue", "1", NULL, NULL, NULL},
        {"5", "revenue", "1", NULL, NULL, NULL}, {"6", "revenue", "1", NULL, NULL, NULL},
        {"7", "revenue", "1", NULL, NULL, NULL},
    };
    struct arena *a = arena_new(0);
    const struct council *c = council_with(a, seven, COUNT_OF(seven));
    struct money_kind m = money_kind_of(c, a, "revenue", year_of("2013-14-FY"));
    same("sum", dec_text(a, m.shares), "100.1");
    assert_true(m.shares_add_up);
    m.shares = number("101.0");
    m.shares_add_up = false;
    same("said", words_shares(a, &m),
         "Shares are of 7, the budget of the 7 lines above nought. They do not add up: 101.0%, 1.0 "
         "points more than 100%.");
    arena_free(a);
}

// ---- savings ----

static const struct {
    const char *target, *delivered, *on_track, *at_risk, *undeliverable;
    enum saving_check check;
    enum saving_state state;
    const char *words;
} savings[] = {
    {"1.20", "0.45", "0.35", "0.40", "0", SAVING_ADDS_UP, SAVING_AT_RISK, "Adds up"},
    {"0.8", "0.80", "0", "0", "0", SAVING_ADDS_UP, SAVING_DELIVERED, "Adds up"},
    {"1.5", "1.1", "0.4", "0", "0", SAVING_ADDS_UP, SAVING_ON_TRACK, "Adds up"},
    {"0.5", "0.2", "0.1", "0", "0.2", SAVING_ADDS_UP, SAVING_PARTLY_LOST, "Adds up"},
    {"0.3", "0", "0", "0", "0.3", SAVING_ADDS_UP, SAVING_LOST, "Adds up"},
    {"1", "0.5", "0.2", "0.1", "0", SAVING_DIFFERS, SAVING_AT_RISK,
     "Does not add up: 0.20 less than the target"},
    {"1", "0.9", "0.2", "0", "0", SAVING_DIFFERS, SAVING_ON_TRACK,
     "Does not add up: 0.10 more than the target"},
    {"1", "0.9", NULL, "0.1", "0", SAVING_UNKNOWN, SAVING_AT_RISK,
     "Cannot be checked: a figure is missing"},
    {NULL, "0.9", "0", "0", "0", SAVING_UNKNOWN, SAVING_DELIVERED,
     "Cannot be checked: a figure is missing"},
    {"1", NULL, NULL, NULL, NULL, SAVING_UNKNOWN, SAVING_NO_FIGURES,
     "Cannot be checked: a figure is missing"},
};

static struct saving saving_at(size_t i)
{
    return (struct saving){.code = "S",
                           .title = "A saving",
                           .year = year_of("2013-14-FY"),
                           .target = number(savings[i].target),
                           .delivered = number(savings[i].delivered),
                           .on_track = number(savings[i].on_track),
                           .at_risk = number(savings[i].at_risk),
                           .undeliverable = number(savings[i].undeliverable),
                           .note = "£m. Illustrative."};
}

static void test_each_saving(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(savings); i++) {
        struct saving s = saving_at(i);
        struct dec difference;
        enum saving_check check = saving_check(&s, &difference);
        same(savings[i].words, words_saving_check(a, check, difference, 2), savings[i].words);
        assert_int_equal(check, savings[i].check);
        assert_int_equal(saving_state(&s), savings[i].state);
    }
    arena_free(a);
}

static struct council *council_of_savings(struct arena *a, size_t from, size_t count)
{
    struct council *c = ARENA_NEW(a, struct council);
    struct saving *list = ARENA_ARRAY(a, count, struct saving);
    for (size_t i = 0; i < count; i++) {
        list[i] = saving_at(from + i);
    }
    c->year_start = 4;
    c->savings = list;
    c->saving_count = count;
    return c;
}

static void test_the_savings_of_a_year(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct period year = year_of("2013-14-FY");
    const struct council *c = council_of_savings(a, 0, 5);
    struct savings_sum s = savings_sum_of(c, a, year, false);
    assert_int_equal(s.count, 5);
    assert_int_equal(s.whole, SAVING_ADDS_UP);
    assert_int_equal(s.differ, 0);
    assert_int_equal(saving_state(s.lines[0]), SAVING_LOST);
    assert_int_equal(saving_state(s.lines[4]), SAVING_DELIVERED);
    same("sentence", words_savings(a, &s),
         "Of a target of £4.30m, £2.55m (59%) is delivered; £0.85m (20%) on track; £0.40m (9%) at "
         "risk; £0.50m (12%) cannot be delivered.");
    // Two faults that cancel out: 0.20 too little and 0.10 too much, and one that hides a figure.
    c = council_of_savings(a, 5, 2);
    s = savings_sum_of(c, a, year, false);
    assert_int_equal(s.whole, SAVING_DIFFERS);
    assert_int_equal(s.differ, 2);
    same("short by", dec_text(a, s.difference), "0.1");
    c = council_of_savings(a, 5, 5);
    s = savings_sum_of(c, a, year, false);
    assert_int_equal(s.whole, SAVING_UNKNOWN);
    assert_int_equal(s.unknown, 3);
    same("no target for one", words_savings(a, &s),
         "4 of 5 savings have a target, so there are no shares.");
    // Years before count when they are asked for.
    assert_int_equal(savings_sum_of(c, a, year_of("2014-15-FY"), true).count, 5);
    assert_int_equal(savings_sum_of(c, a, year_of("2014-15-FY"), false).count, 0);
    assert_int_equal(savings_sum_of(c, a, year_of("2012-13-FY"), true).count, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_unit_of_a_note),
        cmocka_unit_test(test_money_in_words),
        cmocka_unit_test(test_totals_of_lines_that_are_all_there),
        cmocka_unit_test(test_a_missing_figure_is_not_nought),
        cmocka_unit_test(test_what_does_not_agree_is_said),
        cmocka_unit_test(test_units_that_differ_are_not_mixed),
        cmocka_unit_test(test_rounding_is_no_fault),
        cmocka_unit_test(test_each_saving),
        cmocka_unit_test(test_the_savings_of_a_year),
    };
    return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
