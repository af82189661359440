// Charts beside the XmR chart, and suggested step changes, in cases an officer can read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "engine/run_chart.h"
#include "engine/shift.h"
#include "engine/spc_proportion.h"

enum { FIGURES_MAX = 128 };

// "5 - 6": figures and gaps; "9 11 *10" repeats what stands before ten times in all.
struct figures {
    double values[FIGURES_MAX];
    size_t count;
};

static void add(struct figures *f, double value)
{
    assert_true(f->count < FIGURES_MAX);
    f->values[f->count++] = value;
}

static struct figures read_figures(const char *text)
{
    struct figures f = {.count = 0};
    size_t block = 0; // where what a star repeats begins
    for (const char *at = text; *at != '\0';) {
        char *end;
        if (*at == ' ') {
            at++;
        } else if (*at == '-' && (at[1] == ' ' || at[1] == '\0')) {
            add(&f, NAN);
            at++;
        } else if (*at == '*') {
            long times = strtol(at + 1, &end, 10);
            size_t length = f.count - block;
            for (size_t i = 0; i < (size_t)(times - 1) * length; i++) {
                add(&f, f.values[f.count - length]);
            }
            block = f.count;
            at = end;
        } else {
            add(&f, strtod(at, &end));
            assert_true(end != at);
            at = end;
        }
    }
    return f;
}

struct run_case {
    const char *what, *figures;
    double median;
    size_t useful, longest, longest_expected, crossings, crossings_expected;
    bool long_run, few_crossings;
};

static const struct run_case RUN_CASES[] = {
    {"ten that alternate", "1 2 *5", 1.5, 10, 1, 6, 9, 2, false, false},
    {"points on the median are of no use", "1 2 1 3 2 3", 2, 4, 2, 5, 1, 0, false, false},
    {"low for eight, high for eight", "1 *8 2 *8", 1.5, 16, 8, 7, 1, 4, true, true},
    {"the same, too short to say", "1 1 1 1 2 2 2 2", 1.5, 8, 4, 6, 1, 1, false, false},
    {"a gap is left out", "1 - 2 1 2 1 2 1 2 1 2", 1.5, 10, 1, 6, 9, 2, false, false},
    {"two in a row end a run", "1 1 1 1 - - 1 1 1 1 2 2 2 2 - - 2 2 2 2", 1.5, 16, 4, 7, 1, 4,
     false, true},
    {"one figure", "5", 5, 0, 0, 0, 0, 0, false, false},
};

static void test_run_chart(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(RUN_CASES); i++) {
        const struct run_case *k = &RUN_CASES[i];
        struct figures f = read_figures(k->figures);
        double scratch[FIGURES_MAX];
        struct run_chart c = run_chart_evaluate(f.values, f.count, scratch);
        if (c.median != k->median || c.useful != k->useful || c.longest_run != k->longest ||
            c.longest_expected != k->longest_expected || c.crossings != k->crossings ||
            c.crossings_expected != k->crossings_expected || c.has_long_run != k->long_run ||
            c.has_few_crossings != k->few_crossings) {
            fail_msg("%s: median %g, useful %zu, longest %zu of %zu, crossings %zu of %zu", k->what,
                     c.median, c.useful, c.longest_run, c.longest_expected, c.crossings,
                     c.crossings_expected);
        }
    }
    assert_true(isnan(run_chart_evaluate(NULL, 0, NULL).median));
}

struct proportion_case {
    const char *what;
    enum spc_chart chart;
    const char *numerators, *denominators;
    double centre, spread;
    size_t at; // this point's limits
    double lower, upper;
    bool is_outside;
};

// Worked out beside this in another language.
static const struct proportion_case PROPORTION_CASES[] = {
    {"p: 12 of 100 among 96 of 790", SPC_CHART_P, "12 15 9 40 20", "100 150 80 200 260",
     0.12151898734177215, 1, 0, 0.023500157134774588, 0.21953781754876972, false},
    {"p: 40 of 200 is too many", SPC_CHART_P, "12 15 9 40 20", "100 150 80 200 260",
     0.12151898734177215, 1, 3, 0.05220920781843137, 0.1908287668651129, true},
    {"p': the same, with more than chance between periods", SPC_CHART_P_PRIME, "12 15 9 40 20",
     "100 150 80 200 260", 0.12151898734177215, 2.3407771723218467, 3, 0, 0.2837577370686684,
     false},
    {"u", SPC_CHART_U, "12 15 9 40 20", "100 150 80 200 260", 0.12151898734177215, 1, 0,
     0.016940266462429326, 0.22609770822111497, false},
    {"u'", SPC_CHART_U_PRIME, "12 15 9 40 20", "100 150 80 200 260", 0.12151898734177215,
     2.193947662363804, 4, 0, 0.2638117838320926, false},
    {"I'", SPC_CHART_I_PRIME, "12 15 9 40 20", "100 150 80 200 260", 0.12151898734177215,
     0.6940928463933954, 2, -0.11128683074302063, 0.3543248054265649, false},
    {"clipped at all of them", SPC_CHART_P, "9 10 10 9", "10 10 10 10", 0.95, 1, 0,
     0.7432392687186465, 1, false},
    {"clipped at none", SPC_CHART_U, "1 0 2 1", "10 12 9 11", 0.09523809523809523, 1, 1, 0,
     0.36249933715051963, false},
    {"all of them, always: the limits are the average", SPC_CHART_P_PRIME, "10 12 9", "10 12 9",
     1.0, 0.0, 1, 1.0, 1.0, false},
    {"a single point has a p chart", SPC_CHART_P, "3", "10", 0.3, 1, 0, 0, 0.7347413023856831,
     false},
    {"but no p' chart", SPC_CHART_P_PRIME, "3", "10", 0.3, NAN, 0, NAN, NAN, false},
    {"a gap and a denominator of nought are left out", SPC_CHART_P_PRIME, "12 15 - 9 3 40 20",
     "100 150 90 80 0 200 260", 0.12151898734177215, 2.3407771723218467, 5, 0, 0.2837577370686684,
     false},
    {"no difference is taken over two missing periods", SPC_CHART_I_PRIME, "12 15 - - 9 40",
     "100 150 - - 80 200", 0.14339622641509434, 0.5115759858750688, 5, 0.034874571803757956,
     0.2519178810264307, false},
};

static void assert_near(double ours, double expected, const char *what)
{
    bool both_unknown = isnan(ours) && isnan(expected);
    if (!both_unknown && !(fabs(ours - expected) <= 1e-12 * fmax(1, fabs(expected)))) {
        fail_msg("%s: %.17g, not %.17g", what, ours, expected);
    }
}

static void test_proportions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(PROPORTION_CASES); i++) {
        const struct proportion_case *k = &PROPORTION_CASES[i];
        struct figures n = read_figures(k->numerators), d = read_figures(k->denominators);
        assert_int_equal(n.count, d.count);
        struct spc_proportion_point points[FIGURES_MAX];
        struct spc_proportion p =
            spc_proportion_evaluate(n.values, d.values, n.count, k->chart, points);
        assert_near(p.centre, k->centre, k->what);
        assert_near(p.spread, k->spread, k->what);
        assert_near(points[k->at].lower, k->lower, k->what);
        assert_near(points[k->at].upper, k->upper, k->what);
        assert_int_equal(points[k->at].is_outside, k->is_outside);
    }
    struct figures even = read_figures("100 150 200"), uneven = read_figures("100 - 0 201");
    assert_false(spc_proportion_is_apt(even.values, even.count));
    assert_true(spc_proportion_is_apt(uneven.values, uneven.count));
}

struct shift_case {
    const char *what, *figures;
    size_t count;
    struct shift_suggestion first;
};

static const struct shift_case SHIFT_CASES[] = {
    {"nothing but noise", "9 11 *30", 0, {0}},
    {"a new level that stays", "11 9 *12 19 21 *15", 1, {24, true, 21, 10, 20}},
    {"down", "19 21 *12 9 11 *15", 1, {24, false, 21, 20, 10}},
    {"twenty points of it are not enough", "11 9 *12 19 21 *10", 0, {0}},
    {"up for ten and back for good", "11 9 *12 19 21 *5 9 11 *15", 0, {0}},
    {"on its way back when the figures end", "11 9 *12 19 21 *8 9 11 9 11 9", 0, {0}},
    {"and the same when it came up again",
     "11 9 *12 19 21 *8 9 11 9 11 9 20",
     1,
     {24, true, 16, 10, 0}},
    {"two levels, one after the other", "11 9 *12 21 19 *12 39 41 *12", 2, {24, true, 21, 10, 20}},
    {"a wild point in the first is left out",
     "11 9 *3 90 *1 11 9 *9 19 21 *15",
     1,
     {25, true, 21, 10, 20}},
    {"a gap keeps its place", "11 9 - 11 9 *6 19 21 *15", 1, {30, true, 21, 10, 20}},
    {"fewer than twice 21 points", "11 9 *10 19 *20", 0, {0}},
};

static void test_shift(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SHIFT_CASES); i++) {
        const struct shift_case *k = &SHIFT_CASES[i];
        struct figures f = read_figures(k->figures);
        size_t rows[FIGURES_MAX];
        struct shift_suggestion found[FIGURES_MAX / SHIFT_PERIOD];
        size_t count = shift_suggest(f.values, f.count, rows, found);
        if (count != k->count) {
            fail_msg("%s: %zu suggestions, the first at row %zu", k->what, count,
                     count > 0 ? found[0].row : 0);
        }
        if (count == 0) {
            continue;
        }
        const struct shift_suggestion *s = &found[0];
        bool after_is_right = k->first.after == 0 || fabs(s->after - k->first.after) < 0.5;
        if (s->row != k->first.row || s->is_up != k->first.is_up || s->run != k->first.run ||
            fabs(s->before - k->first.before) > 0.5 || !after_is_right) {
            fail_msg("%s: row %zu, up %d, run %zu, from %g to %g", k->what, s->row, s->is_up,
                     s->run, s->before, s->after);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run_chart),
        cmocka_unit_test(test_proportions),
        cmocka_unit_test(test_shift),
    };
    return cmocka_run_group_tests_name("spc_others", tests, NULL, NULL);
}
