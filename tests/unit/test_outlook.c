// Outlook: where the year will end. Cases as a performance officer would put them; the methods
// themselves are tested in test_forecast, here it is which figures and which target they are given.
#include "fixture_reading.h"

#include <math.h>
#include <string.h>

#include "domain/outlook.h"

static const char twelve[] = "2012-13-Q1 10, 2012-13-Q2 20, 2012-13-Q3 30, 2012-13-Q4 40,"
                             "2013-14-Q1 11, 2013-14-Q2 22";

struct outlook_case {
    const char *what;
    const char *measure, *figures, *targets; // see fixture_reading.h
    const char *asked;
    // expected:
    const char *kind;
    enum outlook_why why;
    const char *value, *status;
    int elapsed;
};

static const struct outlook_case cases[] = {
    {"a count by last year's profile: 33 is 30 % of the year", "number quarter sum higher rule=MET",
     twelve, "2013-14-FY 100", "2013-14-Q2", "computed", OUTLOOK_TOLD, "110", "on_target", 2},
    {"the same, a target it will miss", "number quarter sum higher rule=MET", twelve,
     "2013-14-FY 120", "2013-14-Q2", "computed", OUTLOOK_TOLD, "110", "off_target", 2},
    {"lower is better", "number quarter sum lower rule=MET", twelve, "2013-14-FY 120", "2013-14-Q2",
     "computed", OUTLOOK_TOLD, "110", "on_target", 2},
    {"without a year before: the run rate", "number quarter sum higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14", "2013-14-FY 40", "2013-14-Q2", "computed", OUTLOOK_TOLD, "48",
     "on_target", 2},
    {"targets of the quarters add up to the year's", "number quarter sum higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14", "2013-14-Q1 12, 2013-14-Q2 12, 2013-14-Q3 12, 2013-14-Q4 14",
     "2013-14-Q2", "computed", OUTLOOK_TOLD, "48", "off_target", 2},
    {"a quarter's target is not the year's", "number quarter sum higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14", "2013-14-Q2 12", "2013-14-Q2", "computed", OUTLOOK_TOLD, "48",
     "no_target", 2},
    {"what came later is not looked at", "number quarter sum higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14, 2013-14-Q3 99", "2013-14-FY 40", "2013-14-Q2", "computed",
     OUTLOOK_TOLD, "48", "on_target", 2},
    {"figures of the year so far are taken apart first",
     "number quarter last higher cumulative rule=MET",
     "2012-13-Q1 10, 2012-13-Q2 30, 2012-13-Q3 60, 2012-13-Q4 100, 2013-14-Q1 11, 2013-14-Q2 33",
     "2013-14-FY 100", "2013-14-Q2", "computed", OUTLOOK_TOLD, "110", "on_target", 2},
    {"a percentage from its parts: (10 + 14) of (20 + 20), and so to the year's end",
     "percent quarter ratio higher decimals=1 rule=MET", "2013-14-Q1 10/20, 2013-14-Q2 14/20",
     "2013-14-FY 60", "2013-14-Q2", "computed", OUTLOOK_TOLD, "60.0", "on_target", 2},
    {"a percentage without parts is not guessed", "percent quarter ratio higher rule=MET",
     "2013-14-Q1 50, 2013-14-Q2 70", "2013-14-FY 60", "2013-14-Q2", "", OUTLOOK_NO_PARTS, "", "",
     2},
    {"a percentage by the target in force, where the year has none",
     "percent quarter ratio higher rule=MET", "2013-14-Q1 10/20, 2013-14-Q2 14/20", "2013-14-Q2 70",
     "2013-14-Q2", "computed", OUTLOOK_TOLD, "60", "off_target", 2},
    {"a stock: its latest figure", "number quarter last lower rule=MET",
     "2013-14-Q1 50, 2013-14-Q2 44", "2013-14-FY 45", "2013-14-Q2", "computed", OUTLOOK_TOLD, "44",
     "on_target", 2},
    {"a gap in the year so far: nothing is filled", "number quarter sum higher rule=MET",
     "2012-13-Q4 9, 2013-14-Q2 14", "2013-14-FY 40", "2013-14-Q2", "", OUTLOOK_NO_METHOD, "", "",
     2},
    {"before the first figure of the year", "number quarter sum higher rule=MET", "2012-13-Q4 9",
     "2013-14-FY 40", "2013-14-Q1", "", OUTLOOK_NO_METHOD, "", "", 0},
    {"quarters that cannot be put together", "number quarter none higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14", "2013-14-FY 40", "2013-14-Q2", "", OUTLOOK_NOT_ADDED_UP, "",
     "", 2},
    {"a yearly figure has nothing to go by", "number year sum higher rule=MET", "2012-13-FY 9",
     "2013-14-FY 40", "2013-14-Q2", "", OUTLOOK_FREQUENCY, "", "", 0},
    {"a measure in words", "text quarter none higher rule=MET", "2013-14-Q1 Good", "2013-14-FY 40",
     "2013-14-Q2", "", OUTLOOK_NOT_FORECAST, "", "", 0},
    {"at the end of the year it is the outturn", "number quarter sum higher rule=MET",
     "2013-14-Q1 10, 2013-14-Q2 14, 2013-14-Q3 9, 2013-14-Q4 8", "2013-14-FY 40", "2013-14-Q4",
     "outturn", OUTLOOK_TOLD, "41", "on_target", 0},
    {"months, by run rate", "number month sum higher rule=MET", "2013-04 10, 2013-05 12, 2013-06 8",
     "2013-14-FY 130", "2013-14-Q1", "computed", OUTLOOK_TOLD, "120", "off_target", 3},
};

static int differs(const struct outlook_case *k, const char *what, const char *found,
                   const char *expected)
{
    if (strcmp(found, expected) == 0) {
        return 0;
    }
    print_error("%s: %s is \"%s\", not \"%s\"\n", k->what, what, found, expected);
    return 1;
}

static void test_cases(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct outlook_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2014-07-01");
        struct measure *m = add_measure(c, "M", k->measure);
        set_figures(c, m, "", k->figures, k->targets);
        struct reading r = reading_of(c, m, &m->series[0], period_named(k->asked));
        struct outlook o = outlook_of(c, &r, a);
        wrong += differs(k, "kind", outlook_kind_code(o.kind), k->kind);
        wrong += differs(k, "value", dec_text(a, o.value), k->value);
        wrong +=
            differs(k, "status", o.status == STATUS_COUNT ? "" : status_code(o.status), k->status);
        if (o.why != k->why || o.elapsed != k->elapsed) {
            print_error("%s: why %d, not %d; %d elapsed, not %d\n", k->what, o.why, k->why,
                        o.elapsed, k->elapsed);
            wrong++;
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

// The owner's forecast stands, judged; the computed one is kept beside it.
static void test_the_owners_own(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-07-01");
    struct measure *m = add_measure(c, "M", "number quarter sum higher rule=MET");
    set_figures(c, m, "", twelve, "2013-14-FY 105");
    struct forecast own = {.period = period_named("2013-14-FY"), .forecast = dec_named("98")};
    struct series s = m->series[0];
    s.forecasts = &own;
    s.forecast_count = 1;
    struct reading r = reading_of(c, m, &s, period_named("2013-14-Q2"));
    struct outlook o = outlook_of(c, &r, a);
    assert_int_equal(o.kind, OUTLOOK_MANUAL);
    assert_string_equal(dec_text(a, o.value), "98");
    assert_string_equal(dec_text(a, o.computed), "110");
    assert_int_equal(o.status, STATUS_OFF_TARGET);
    assert_ptr_equal(o.manual, &own);
    arena_free(a);
}

static void test_the_chance_is_of_meeting_the_target(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-07-01");
    static const char figures[] = "2012-13-Q1 24, 2012-13-Q2 26, 2012-13-Q3 24, 2012-13-Q4 26,"
                                  "2013-14-Q1 25, 2013-14-Q2 25";
    double chance[2];
    static const char *const measures[] = {"number quarter sum higher rule=MET",
                                           "number quarter sum lower rule=MET"};
    for (int i = 0; i < 2; i++) {
        struct measure *m = add_measure(c, i == 0 ? "H" : "L", measures[i]);
        set_figures(c, m, "", figures, "2013-14-FY 98");
        struct reading r = reading_of(c, m, &m->series[0], period_named("2013-14-Q2"));
        chance[i] = outlook_of(c, &r, a).chance;
    }
    assert_true(chance[0] > 0.5 && chance[0] < 1); // 100 expected, 98 wanted
    assert_true(fabs(chance[0] + chance[1] - 1) < 1e-12);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_the_owners_own),
        cmocka_unit_test(test_the_chance_is_of_meeting_the_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
