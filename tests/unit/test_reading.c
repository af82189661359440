// Readings: what one measure says for one reporting period. Cases as a performance officer would
// put them; the engine's rules are tested elsewhere, here it is which figures they are given.
#include "fixture_reading.h"

#include <string.h>

#include "domain/reading.h"

struct reading_case {
    const char *what;
    const char *measure, *figures, *targets; // see fixture_reading.h
    const char *asked, *today;
    // expected:
    const char *of;     // the period whose figure is shown
    const char *value;  // rounded to the measure's decimals; "" none
    const char *target; // the target it was judged by; "" none
    const char *status, *reason;
};

static const char *shown(struct arena *a, const struct measure *m, struct dec value)
{
    return dec_text(a, dec_round(value, m->decimals));
}

static int differs(const struct reading_case *k, const char *what, const char *found,
                   const char *expected)
{
    if (strcmp(found, expected) == 0) {
        return 0;
    }
    print_error("%s: %s is \"%s\", not \"%s\"\n", k->what, what, found, expected);
    return 1;
}

static void check_cases(const struct reading_case *cases, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const struct reading_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, k->today);
        struct measure *m = add_measure(c, "M", k->measure);
        set_figures(c, m, "", k->figures, k->targets);
        struct reading r = reading_of(c, m, &m->series[0], period_named(k->asked));
        wrong += differs(k, "period", period_id(a, r.period, c->year_start), k->of);
        wrong += differs(k, "value", shown(a, m, r.value), k->value);
        wrong += differs(k, "target", dec_text(a, r.why.input.target), k->target);
        wrong += differs(k, "status", status_code(r.status), k->status);
        wrong += differs(k, "reason", status_reason_code(r.why.reason), k->reason);
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}
#define CHECK_CASES(cases) check_cases(cases, COUNT_OF(cases))

static void test_figures_of_the_very_period(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"the quarter's own figure, not its neighbours'", "number quarter sum higher rule=STD",
         "2013-14-Q1 90, 2013-14-Q2 96, 2013-14-Q3 200",
         "2013-14-Q1 100, 2013-14-Q2 100, 2013-14-Q3 100", "2013-14-Q2", "2014-05-15", "2013-14-Q2",
         "96", "100", "slightly_off", "within_amber"},
        {"a month read as a month", "number month sum higher rule=STD", "2013-04 12", "2013-04 10",
         "2013-04", "2013-06-01", "2013-04", "12", "10", "on_target", "target_met"},
        {"a percentage is worked out from its numerator and denominator",
         "percent quarter ratio higher decimals=1 rule=STD", "2013-14-Q1 2/3", "2013-14-Q1 66.7",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "66.7", "66.7", "on_target", "target_met"},
        {"a rate for 1,000 people", "rate quarter ratio lower per=1000 decimals=1 rule=STD",
         "2013-14-Q1 21/3450", "2013-14-Q1 5.5", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "6.1",
         "5.5", "off_target", "beyond"},
        {"74.96% against 75% is shown as 75.0 and met",
         "percent quarter ratio higher decimals=1 rule=MET", "2013-14-Q1 74.96", "2013-14-Q1 75.0",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "75.0", "75.0", "on_target", "target_met"},
        {"nought of nought cases is no percentage, and not a missing figure",
         "percent quarter ratio higher decimals=1 rule=STD", "2013-14-Q1 0/0", "2013-14-Q1 75",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "", "75.0", "not_applicable", "not_applicable"},
        {"nought is a figure", "number quarter sum lower rule=STD", "2013-14-Q1 0", "2013-14-Q1 0",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "0", "0", "on_target", "target_met"},
    };
    CHECK_CASES(cases);
}

static void test_months_made_into_quarters(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"counts are added up, and so are their targets", "number month sum higher rule=STD",
         "2013-04 10, 2013-05 12, 2013-06 14", "2013-04 10, 2013-05 10, 2013-06 10", "2013-14-Q1",
         "2013-08-01", "2013-14-Q1", "36", "30", "on_target", "target_met"},
        {"a target given for the quarter itself goes before the sum of the months'",
         "number month sum higher rule=STD", "2013-04 10, 2013-05 12, 2013-06 14",
         "2013-04 10, 2013-05 10, 2013-06 10, 2013-14-Q1 40", "2013-14-Q1", "2013-08-01",
         "2013-14-Q1", "36", "40", "off_target", "beyond"},
        {"a target that lacks a month is no target of the quarter",
         "number month sum higher rule=STD", "2013-04 10, 2013-05 12, 2013-06 14",
         "2013-04 10, 2013-06 10", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "36", "", "no_target",
         "no_target"},
        {"a year's target says nothing of a quarter's count", "number month sum higher rule=STD",
         "2013-04 10, 2013-05 12, 2013-06 14", "2013-14-FY 120", "2013-14-Q1", "2013-08-01",
         "2013-14-Q1", "36", "", "no_target", "no_target"},
        {"of a stock the last month stands, with the last month's target",
         "number month last lower rule=STD", "2013-04 90, 2013-05 85, 2013-06 81",
         "2013-04 90, 2013-05 85, 2013-06 80", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "81", "80",
         "slightly_off", "within_amber"},
        {"of a stock the last month is enough", "number month last lower rule=STD", "2013-06 81",
         "2013-06 80", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "81", "80", "slightly_off",
         "within_amber"},
        {"of a stock whose last month is missing the month before does not stand for it",
         "number month last lower rule=STD", "2013-04 90, 2013-05 85", "2013-14-Q1 80",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "85", "80", "missing", "incomplete"},
        {"nor when the last month says that it is missing", "number month last lower rule=STD",
         "2013-04 90, 2013-05 85, 2013-06 - missing", "2013-14-Q1 80", "2013-14-Q1", "2013-08-01",
         "2013-14-Q1", "85", "80", "missing", "incomplete"},
        {"the mean of three months, rounded once", "days month mean lower decimals=1 rule=STD",
         "2013-04 10, 2013-05 10, 2013-06 10.5", "2013-14-Q1 10.0", "2013-14-Q1", "2013-08-01",
         "2013-14-Q1", "10.2", "10.0", "slightly_off", "within_amber"},
        {"a percentage is the sum of numerators over the sum of denominators",
         "percent month ratio higher decimals=1 rule=STD",
         "2013-04 9/10, 2013-05 50/100, 2013-06 50/100", "2013-14-Q1 60", "2013-14-Q1",
         "2013-08-01", "2013-14-Q1", "51.9", "60.0", "off_target", "beyond"},
        {"percentages without their parts are not averaged",
         "percent month ratio higher decimals=1 rule=STD", "2013-04 90, 2013-05 50, 2013-06 50",
         "2013-14-Q1 60", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "", "60.0", "missing",
         "no_figure"},
        {"a figure given for the quarter itself goes before its months",
         "percent month ratio higher decimals=1 rule=STD",
         "2013-04 9/10, 2013-05 50/100, 2013-06 50/100, 2013-14-Q1 55.5", "2013-14-Q1 55",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "55.5", "55.0", "on_target", "target_met"},
        {"what cannot be added up shows its latest month, told as that month",
         "score month none higher decimals=1 rule=STD", "2013-04 7.1, 2013-05 7.4, 2013-06 7.2",
         "2013-06 7", "2013-14-Q1", "2013-08-01", "2013-06", "7.2", "7.0", "on_target",
         "target_met"},
        {"what cannot be added up, with a figure for the quarter itself",
         "score month none higher decimals=1 rule=STD", "2013-04 7.1, 2013-14-Q1 7.3",
         "2013-14-Q1 7", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "7.3", "7.0", "on_target",
         "target_met"},
        {"quarters made into a year", "number quarter sum higher rule=STD",
         "2013-14-Q1 1, 2013-14-Q2 2, 2013-14-Q3 3, 2013-14-Q4 4", "2013-14-FY 10", "2013-14-FY",
         "2014-05-15", "2013-14-FY", "10", "10", "on_target", "target_met"},
        {"months made into a half year", "number month sum higher rule=STD",
         "2013-04 1, 2013-05 1, 2013-06 1, 2013-07 1, 2013-08 1, 2013-09 1, 2013-10 100",
         "2013-14-H1 6", "2013-14-H1", "2014-05-15", "2013-14-H1", "6", "6", "on_target",
         "target_met"},
        {"months made into a calendar year", "number month sum higher rule=STD",
         "2013-01 1, 2013-02 1, 2013-03 1, 2013-04 1, 2013-05 1, 2013-06 1, 2013-07 1, "
         "2013-08 1, 2013-09 1, 2013-10 1, 2013-11 1, 2013-12 1, 2014-01 50",
         "2013 12", "2013", "2014-05-15", "2013", "12", "12", "on_target", "target_met"},
    };
    CHECK_CASES(cases);
}

static void test_missing_months(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"two months of three, all due: shown, and not judged",
         "number month sum higher lag=20 rule=STD", "2013-04 10, 2013-06 14", "2013-14-Q1 30",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "24", "30", "missing", "incomplete"},
        {"two months of three while the quarter still runs: not yet due",
         "number month sum higher lag=20 rule=STD", "2013-04 10, 2013-05 12", "2013-14-Q1 30",
         "2013-14-Q1", "2013-06-25", "2013-14-Q1", "22", "30", "not_due", "not_due"},
        {"no month at all", "number month sum higher lag=20 rule=STD", "2013-03 10",
         "2013-14-Q1 30", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "", "30", "missing",
         "no_figure"},
        {"a month that is suppressed is a month that lacks",
         "number month sum higher lag=20 rule=STD", "2013-04 10, 2013-05 - suppressed, 2013-06 14",
         "2013-14-Q1 30", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "24", "30", "missing",
         "incomplete"},
        {"all months suppressed: so is the quarter", "number month sum higher lag=20 rule=STD",
         "2013-04 - suppressed, 2013-05 - suppressed, 2013-06 - suppressed", "2013-14-Q1 30",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "", "30", "suppressed", "suppressed"},
        {"a month with a numerator and no denominator is not counted",
         "percent month ratio higher decimals=1 rule=STD", "2013-04 9/10, 2013-05 9/10, 2013-06 9/",
         "2013-14-Q1 80", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "90.0", "80.0", "missing",
         "incomplete"},
    };
    CHECK_CASES(cases);
}

static void test_cumulative_measures(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"figures are the year so far, against the profiled target",
         "number quarter sum higher cumulative rule=STD",
         "2013-14-Q1 10, 2013-14-Q2 25, 2013-14-Q3 40",
         "2013-14-Q1 12, 2013-14-Q2 24, 2013-14-Q3 36, 2013-14-Q4 48", "2013-14-Q2", "2014-05-15",
         "2013-14-Q2", "25", "24", "on_target", "target_met"},
        {"months of the year so far read at a quarter: the last one, not their sum",
         "money month sum lower cumulative rule=STD", "2013-04 10, 2013-05 20, 2013-06 30",
         "2013-04 11, 2013-05 22, 2013-06 33", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "30", "33",
         "on_target", "target_met"},
        {"quarters of the year so far read at the year",
         "number quarter sum higher cumulative rule=STD",
         "2013-14-Q1 10, 2013-14-Q2 25, 2013-14-Q3 40, 2013-14-Q4 50", "2013-14-FY 48",
         "2013-14-FY", "2014-05-15", "2013-14-FY", "50", "48", "on_target", "target_met"},
        {"without a profile a year's target says nothing of the first quarter",
         "number quarter sum higher cumulative rule=STD", "2013-14-Q1 10, 2013-14-Q4 50",
         "2013-14-FY 48", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "10", "", "no_target",
         "no_target"},
        {"the year so far at its last quarter is the year: its target holds",
         "number quarter sum higher cumulative rule=STD", "2013-14-Q1 10, 2013-14-Q4 50",
         "2013-14-FY 48", "2013-14-Q4", "2014-05-15", "2013-14-Q4", "50", "48", "on_target",
         "target_met"},
        {"the last month so far is missing: the one before does not stand for it",
         "number month sum higher cumulative rule=STD", "2013-04 10, 2013-05 20, 2013-06 - missing",
         "2013-14-Q1 30", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "20", "30", "missing",
         "incomplete"},
        {"in April a count of the year so far is not worse than March's",
         "number quarter sum higher cumulative rule=HELD", "2012-13-Q4 90, 2013-14-Q1 10",
         "2013-14-Q1 20", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "10", "20", "off_target",
         "travel_unknown"},
    };
    CHECK_CASES(cases);
}

static void test_annual_measures_between_their_figures(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"at the second quarter the year before still stands",
         "percent year none higher decimals=1 lag=45 rule=STD", "2011-12-FY 78, 2012-13-FY 79.2",
         "2012-13-FY 79, 2013-14-FY 80", "2013-14-Q2", "2013-11-01", "2012-13-FY", "79.2", "79.0",
         "on_target", "target_met"},
        {"at the last quarter before the figure is due: the year before stands",
         "percent year none higher decimals=1 lag=45 rule=STD", "2011-12-FY 78, 2012-13-FY 79.2",
         "2012-13-FY 79, 2013-14-FY 80", "2013-14-Q4", "2014-05-14", "2012-13-FY", "79.2", "79.0",
         "on_target", "target_met"},
        {"from the day it is due it is missing",
         "percent year none higher decimals=1 lag=45 rule=STD", "2011-12-FY 78, 2012-13-FY 79.2",
         "2012-13-FY 79, 2013-14-FY 80", "2013-14-Q4", "2014-05-15", "2013-14-FY", "", "80.0",
         "missing", "no_figure"},
        {"a figure that came before it was due is shown",
         "percent year none higher decimals=1 lag=45 rule=STD", "2012-13-FY 79.2, 2013-14-FY 81",
         "2012-13-FY 79, 2013-14-FY 80", "2013-14-Q4", "2014-04-10", "2013-14-FY", "81.0", "80.0",
         "on_target", "target_met"},
        {"not due, and no year before to stand for it",
         "percent year none higher decimals=1 lag=90 rule=STD", "", "2013-14-FY 80", "2013-14-Q4",
         "2014-05-15", "2013-14-FY", "", "80.0", "not_due", "not_due"},
        {"a half-yearly measure read at a third quarter", "number half sum higher rule=MET",
         "2013-14-H1 3, 2012-13-H2 5", "2013-14-H1 4", "2013-14-Q3", "2014-02-01", "2013-14-H1",
         "3", "4", "off_target", "beyond"},
        {"a quarterly measure read at a month", "number quarter sum higher rule=MET",
         "2013-14-Q1 3, 2013-14-Q2 9", "2013-14-Q1 4", "2013-08", "2013-09-01", "2013-14-Q1", "3",
         "4", "off_target", "beyond"},
        {"the school year ends in August",
         "percent academic_year none higher decimals=1 lag=120 rule=STD",
         "2011-12-AY 55, 2012-13-AY 57", "2011-12-AY 56, 2012-13-AY 60", "2013-14-Q4", "2014-05-15",
         "2012-13-AY", "57.0", "60.0", "slightly_off", "within_amber"},
        {"a calendar year read at the quarter that ends with it",
         "number calendar_year none lower rule=MET", "2012 40, 2013 38", "2013 39", "2013-14-Q3",
         "2014-05-15", "2013", "38", "39", "on_target", "target_met"},
        {"figures now and then: the latest that had ended",
         "score other none higher decimals=1 rule=MET",
         "2009_2011 80, 2010_2012 82.4, 2011_2013 84", "2010_2012 84", "2013-14-Q1", "2014-05-15",
         "2010_2012", "82.4", "84.0", "off_target", "beyond"},
    };
    CHECK_CASES(cases);
}

static void test_what_stands_for_a_figure(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"due tomorrow", "number quarter sum higher lag=30 rule=STD", "2012-13-Q4 5",
         "2013-14-Q1 10", "2013-14-Q1", "2013-07-29", "2013-14-Q1", "", "10", "not_due", "not_due"},
        {"due today and not there", "number quarter sum higher lag=30 rule=STD", "2012-13-Q4 5",
         "2013-14-Q1 10", "2013-14-Q1", "2013-07-30", "2013-14-Q1", "", "10", "missing",
         "no_figure"},
        {"a quarter before the first that was ever counted",
         "number quarter sum higher lag=30 rule=STD", "2013-14-Q1 5", "2013-14-Q1 10", "2012-13-Q4",
         "2014-05-15", "2012-13-Q4", "", "", "not_due", "not_due"},
        {"a measure that never had a figure or target", "number quarter sum higher lag=30 rule=STD",
         "", "", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "", "", "missing", "no_figure"},
        {"in development, whatever stands there", "number quarter sum higher rule=STD development",
         "2013-14-Q1 5", "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "5", "10",
         "in_development", "in_development"},
        {"retired: before its last day it is judged as ever",
         "number quarter sum higher rule=STD retired=2013-06-30", "2012-13-Q4 5, 2013-14-Q1 10",
         "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "10", "10", "on_target",
         "target_met"},
        {"retired: after its last day", "number quarter sum higher rule=STD retired=2013-06-30",
         "2012-13-Q4 5, 2013-14-Q1 10", "2013-14-Q1 10", "2013-14-Q2", "2014-05-15", "2013-14-Q2",
         "", "", "not_applicable", "not_applicable"},
        {"retired without a date: its months are still added up",
         "number month sum higher rule=STD retired", "2013-04 1, 2013-05 1, 2013-06 1",
         "2013-14-Q1 3", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "3", "3", "on_target",
         "target_met"},
        {"retired in the middle of the quarter: nobody waits for its last month",
         "number month sum higher rule=STD retired=2013-05-31", "2013-04 1, 2013-05 1",
         "2013-14-Q1 3", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "2", "3", "not_applicable",
         "not_applicable"},
        {"suppressed", "number quarter sum higher rule=STD", "2013-14-Q1 - suppressed",
         "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "", "10", "suppressed",
         "suppressed"},
        {"not applicable", "number quarter sum higher rule=STD", "2013-14-Q1 - not_applicable",
         "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "", "10", "not_applicable",
         "not_applicable"},
        {"said to be missing", "number quarter sum higher rule=STD", "2013-14-Q1 - missing",
         "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "", "10", "missing",
         "no_figure"},
        {"provisional is a figure like any other", "number quarter sum higher rule=STD",
         "2013-14-Q1 10 provisional", "2013-14-Q1 10", "2013-14-Q1", "2014-05-15", "2013-14-Q1",
         "10", "10", "on_target", "target_met"},
        {"nine cases where twenty are needed", "percent quarter ratio higher rule=STD cases=20",
         "2013-14-Q1 3/9", "2013-14-Q1 50", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "33", "50",
         "not_applicable", "few_cases"},
        {"twenty cases where twenty are needed", "percent quarter ratio higher rule=STD cases=20",
         "2013-14-Q1 10/20", "2013-14-Q1 50", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "50", "50",
         "on_target", "target_met"},
        {"the cases of three months count together", "percent month ratio higher rule=STD cases=20",
         "2013-04 5/7, 2013-05 5/7, 2013-06 5/7", "2013-14-Q1 50", "2013-14-Q1", "2014-05-15",
         "2013-14-Q1", "71", "50", "on_target", "target_met"},
        {"yes where yes is wanted", "yes_no quarter last higher rule=MET", "2013-14-Q1 yes",
         "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "1", "1", "on_target",
         "target_met"},
        {"no where yes is wanted", "yes_no quarter last higher rule=MET",
         "2013-14-Q1 no provisional", "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "0",
         "1", "off_target", "beyond"},
        {"words are shown and not judged", "text year none none rule=STD", "2012-13-FY Good", "",
         "2012-13-FY", "2014-05-15", "2012-13-FY", "", "", "no_target", "not_a_figure"},
        {"provisional words are words too", "text year none none rule=STD",
         "2012-13-FY Good provisional", "", "2012-13-FY", "2014-05-15", "2012-13-FY", "", "",
         "no_target", "not_a_figure"},
        {"words wait for a judgement", "text year none none rule=JUDGE", "2012-13-FY Good", "",
         "2012-13-FY", "2014-05-15", "2012-13-FY", "", "", "missing", "awaits_judgement"},
    };
    CHECK_CASES(cases);
}

static void test_targets_and_rules(void **state)
{
    (void)state;
    static const struct reading_case cases[] = {
        {"a percentage is judged by the year's target where the quarter has none",
         "percent quarter ratio higher decimals=1 rule=STD", "2013-14-Q1 81", "2013-14-FY 80",
         "2013-14-Q1", "2013-08-01", "2013-14-Q1", "81.0", "80.0", "on_target", "target_met"},
        {"and the quarter's own goes before it", "percent quarter ratio higher decimals=1 rule=STD",
         "2013-14-Q1 81", "2013-14-Q1 90, 2013-14-FY 80", "2013-14-Q1", "2013-08-01", "2013-14-Q1",
         "81.0", "90.0", "off_target", "beyond"},
        {"last year's target does not run on", "percent quarter ratio higher decimals=1 rule=STD",
         "2013-14-Q1 81", "2012-13-FY 80", "2013-14-Q1", "2013-08-01", "2013-14-Q1", "81.0", "",
         "no_target", "no_target"},
        {"the rule of the day the period ended: 10% until March",
         "number quarter sum higher rule=STD", "2012-13-Q4 92, 2013-14-Q1 92",
         "2012-13-Q4 100, 2013-14-Q1 100", "2012-13-Q4", "2014-05-15", "2012-13-Q4", "92", "100",
         "slightly_off", "within_amber"},
        {"and 5% from April", "number quarter sum higher rule=STD", "2012-13-Q4 92, 2013-14-Q1 92",
         "2012-13-Q4 100, 2013-14-Q1 100", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "92", "100",
         "off_target", "beyond"},
        {"a tolerance of the target's own goes before the rule's",
         "number quarter sum higher rule=STD", "2013-14-Q1 92", "2013-14-Q1 100 within=10",
         "2013-14-Q1", "2014-05-15", "2013-14-Q1", "92", "100", "slightly_off", "within_amber"},
        {"a green tolerance of the target's own", "number quarter sum higher rule=STD",
         "2013-14-Q1 97", "2013-14-Q1 100 green=4", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "97",
         "100", "on_target", "within_green"},
        {"an amber value beside the target", "number quarter sum higher rule=TWO", "2013-14-Q1 64",
         "2013-14-Q1 70 amber=60", "2013-14-Q1", "2014-05-15", "2013-14-Q1", "64", "70",
         "slightly_off", "between_targets"},
        {"a range", "number quarter sum range rule=RNG", "2013-14-Q1 13", "2013-14-Q1 8..12",
         "2013-14-Q1", "2014-05-15", "2013-14-Q1", "13", "", "slightly_off", "near_range"},
        {"without a rule", "number quarter sum higher", "2013-14-Q1 13", "2013-14-Q1 12",
         "2013-14-Q1", "2014-05-15", "2013-14-Q1", "13", "12", "no_target", "no_rule"},
        {"no good direction", "number quarter sum none rule=STD", "2013-14-Q1 13", "2013-14-Q1 12",
         "2013-14-Q1", "2014-05-15", "2013-14-Q1", "13", "12", "no_target", "no_polarity"},
    };
    CHECK_CASES(cases);
}

// ---- what stands beside the status ----

struct told_case {
    const char *what, *measure, *figures, *targets, *asked, *today;
    bool carried, target_of_year;
    int present, expected;
    const char *due;
    const char *marker; // NULL: none
};

static void test_what_is_told_with_it(void **state)
{
    (void)state;
    static const struct told_case cases[] = {
        {"a quarter's figure", "number quarter sum higher lag=20 rule=STD", "2013-14-Q1 1",
         "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", false, false, 0, 0, "2013-07-20", NULL},
        {"last year's figure carried", "percent year none higher lag=45 rule=STD", "2012-13-FY 1",
         "2012-13-FY 1", "2013-14-Q2", "2014-05-15", true, false, 0, 0, "2013-05-15", NULL},
        {"the year's target", "percent quarter ratio higher rule=STD", "2013-14-Q1 1",
         "2013-14-FY 1", "2013-14-Q1", "2014-05-15", false, true, 0, 0, "2013-06-30", NULL},
        {"two months of three", "number month sum higher rule=STD", "2013-04 1, 2013-06 1",
         "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", false, false, 2, 3, "2013-06-30", NULL},
        {"three months of three", "number month sum higher rule=STD",
         "2013-04 1, 2013-05 1, 2013-06 1", "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", false,
         false, 3, 3, "2013-06-30", NULL},
        {"eleven months of twelve", "number month sum higher rule=STD",
         "2013-04 1, 2013-05 1, 2013-06 1, 2013-07 1, 2013-08 1, 2013-09 1, 2013-10 1, 2013-11 1, "
         "2013-12 1, 2014-01 1, 2014-03 1",
         "2013-14-FY 1", "2013-14-FY", "2014-05-15", false, false, 11, 12, "2014-03-31", NULL},
        {"no month of three", "number month sum higher rule=STD", "2013-03 1", "2013-14-Q1 1",
         "2013-14-Q1", "2014-05-15", false, false, 0, 0, "2013-06-30", NULL},
        {"the marker of the figure", "number quarter sum higher rule=STD",
         "2013-14-Q1 1 provisional", "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", false, false, 0, 0,
         "2013-06-30", "provisional"},
        {"one provisional month makes the quarter provisional", "number month sum higher rule=STD",
         "2013-04 1 provisional, 2013-05 1, 2013-06 1", "2013-14-Q1 1", "2013-14-Q1", "2014-05-15",
         false, false, 3, 3, "2013-06-30", "provisional"},
        {"estimated weighs more than revised, provisional more than estimated",
         "number month sum higher rule=STD",
         "2013-04 1 estimated, 2013-05 1 provisional, 2013-06 1 revised", "2013-14-Q1 1",
         "2013-14-Q1", "2014-05-15", false, false, 3, 3, "2013-06-30", "provisional"},
        {"a suppressed month does not mark what is shown of the others",
         "number month sum higher rule=STD", "2013-04 1, 2013-05 1, 2013-06 - suppressed",
         "2013-14-Q1 1", "2013-14-Q1", "2014-05-15", false, false, 2, 3, "2013-06-30", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct told_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, k->today);
        struct measure *m = add_measure(c, "M", k->measure);
        set_figures(c, m, "", k->figures, k->targets);
        struct reading r = reading_of(c, m, &m->series[0], period_named(k->asked));
        const char *marker = marker_text(r.marker);
        if (r.carried != k->carried || r.target_of_year != k->target_of_year ||
            r.present != k->present || r.expected != k->expected ||
            strcmp(day_text(a, r.due), k->due) != 0 ||
            strcmp(marker == NULL ? "" : marker, k->marker == NULL ? "" : k->marker) != 0) {
            fail_msg("%s: carried %d, of the year %d, %d of %d, due %s, marker %s", k->what,
                     r.carried, r.target_of_year, r.present, r.expected, day_text(a, r.due),
                     marker == NULL ? "none" : marker);
        }
        arena_free(a);
    }
}

// ---- direction of travel ----

struct travel_case {
    const char *what, *measure, *figures, *targets, *asked;
    const char *since_last, *since_year; // travel codes
};

static void test_direction_of_travel(void **state)
{
    (void)state;
    static const struct travel_case cases[] = {
        {"higher is better", "number quarter sum higher",
         "2012-13-Q1 9, 2012-13-Q4 11, "
         "2013-14-Q1 10",
         "", "2013-14-Q1", "worse", "improved"},
        {"lower is better", "number quarter sum lower",
         "2012-13-Q1 9, 2012-13-Q4 11, "
         "2013-14-Q1 10",
         "", "2013-14-Q1", "improved", "worse"},
        {"the same as shown", "percent quarter ratio higher decimals=1",
         "2012-13-Q4 74.96, 2013-14-Q1 75.04", "", "2013-14-Q1", "same", "not_comparable"},
        {"quarters made of months", "number month sum higher",
         "2013-01 1, 2013-02 1, 2013-03 1, 2013-04 2, 2013-05 2, 2013-06 2", "", "2013-14-Q1",
         "improved", "not_comparable"},
        {"against a quarter that lacks a month: not comparable", "number month sum higher",
         "2013-01 1, 2013-03 1, 2013-04 2, 2013-05 2, 2013-06 2", "", "2013-14-Q1",
         "not_comparable", "not_comparable"},
        {"of a quarter that lacks a month: not comparable", "number month sum higher",
         "2013-01 1, 2013-02 1, 2013-03 1, 2013-04 2, 2013-05 2", "", "2013-14-Q1",
         "not_comparable", "not_comparable"},
        {"a stock against the last month of the quarter before, which is all there is",
         "number month last lower", "2013-03 9, 2013-06 8", "", "2013-14-Q1", "improved",
         "not_comparable"},
        {"a gap is not bridged", "number quarter sum higher", "2012-13-Q3 1, 2013-14-Q1 2", "",
         "2013-14-Q1", "not_comparable", "not_comparable"},
        {"suppressed before", "number quarter sum higher", "2012-13-Q4 - suppressed, 2013-14-Q1 2",
         "", "2013-14-Q1", "not_comparable", "not_comparable"},
        {"a count of the year so far: only with a year before",
         "number quarter sum higher cumulative", "2012-13-Q2 20, 2013-14-Q1 10, 2013-14-Q2 25", "",
         "2013-14-Q2", "not_comparable", "improved"},
        {"a share of the year so far, within the year", "percent quarter ratio higher cumulative",
         "2013-14-Q1 10, 2013-14-Q2 25", "", "2013-14-Q2", "improved", "not_comparable"},
        {"a share of the year so far, in April", "percent quarter ratio higher cumulative",
         "2012-13-Q4 10, 2013-14-Q1 25", "", "2013-14-Q1", "not_comparable", "not_comparable"},
        {"an annual figure carried: its own year before", "number year none higher",
         "2011-12-FY 1, 2012-13-FY 2", "", "2013-14-Q2", "improved", "improved"},
        {"a school year", "number academic_year none higher", "2011-12-AY 3, 2012-13-AY 2", "",
         "2013-14-Q4", "worse", "worse"},
        {"nearer to the range", "number quarter sum range rule=RNG", "2012-13-Q4 20, 2013-14-Q1 14",
         "2013-14-Q1 8..12", "2013-14-Q1", "improved", "not_comparable"},
        {"nearer to the one right figure", "number quarter sum range rule=RNG",
         "2012-13-Q4 20, 2013-14-Q1 14", "2013-14-Q1 12", "2013-14-Q1", "improved",
         "not_comparable"},
        {"no good direction", "number quarter sum none", "2012-13-Q4 20, 2013-14-Q1 14", "",
         "2013-14-Q1", "not_comparable", "not_comparable"},
        {"yes after no", "yes_no quarter last higher", "2012-13-Q4 no, 2013-14-Q1 yes", "",
         "2013-14-Q1", "improved", "not_comparable"},
        {"several years", "number other none higher", "2009_2011 3, 2012_2014 4", "", "2014-15-Q4",
         "improved", "not_comparable"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct travel_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2015-05-15");
        struct measure *m = add_measure(c, "M", k->measure);
        set_figures(c, m, "", k->figures, k->targets);
        struct reading r = reading_of(c, m, &m->series[0], period_named(k->asked));
        const char *last = travel_code(r.short_travel.travel);
        const char *year = travel_code(r.long_travel.travel);
        if (strcmp(last, k->since_last) != 0 || strcmp(year, k->since_year) != 0) {
            fail_msg("%s: %s and %s, not %s and %s", k->what, last, year, k->since_last,
                     k->since_year);
        }
        arena_free(a);
    }
}

// ---- judgement, parts, runs ----

static void test_an_override_stands_beside_what_was_computed(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-05-15");
    struct measure *m = add_measure(c, "M", "number quarter sum higher rule=STD");
    set_figures(c, m, "", "2013-14-Q1 50, 2013-14-Q2 50", "2013-14-Q1 100, 2013-14-Q2 100");
    set_figures(c, m, "Biscot", "2013-14-Q1 40", "2013-14-Q1 50");
    set_overrides(c, m, "2013-14-Q1 slightly_off");
    struct reading r = reading_of(c, m, &m->series[0], period_named("2013-14-Q1"));
    assert_int_equal(r.status, STATUS_SLIGHTLY_OFF);
    assert_int_equal(r.why.status, STATUS_OFF_TARGET);
    assert_non_null(r.override);
    r = reading_of(c, m, &m->series[0], period_named("2013-14-Q2"));
    assert_int_equal(r.status, STATUS_OFF_TARGET);
    assert_null(r.override);
    // A judgement of the measure is none of a ward in it.
    r = reading_of(c, m, &m->series[1], period_named("2013-14-Q1"));
    assert_int_equal(r.status, STATUS_OFF_TARGET);
    assert_null(r.override);
    arena_free(a);
}

static void test_parts_have_their_own_figures_and_targets(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-05-15");
    struct measure *m = add_measure(c, "M", "number quarter sum higher rule=STD");
    set_figures(c, m, "", "2013-14-Q1 100", "2013-14-Q1 100");
    set_figures(c, m, "Biscot", "2013-14-Q1 40", "2013-14-Q1 50");
    set_figures(c, m, "Dallow", "2013-14-Q1 60", "");
    static const struct {
        size_t series;
        const char *value;
        enum status status;
    } expected[] = {
        {0, "100", STATUS_ON_TARGET}, {1, "40", STATUS_OFF_TARGET}, {2, "60", STATUS_NO_TARGET}};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct reading r =
            reading_of(c, m, &m->series[expected[i].series], period_named("2013-14-Q1"));
        assert_string_equal(dec_text(a, r.value), expected[i].value);
        assert_int_equal(r.status, expected[i].status);
    }
    const struct reading *all = readings_all(c, a, period_named("2013-14-Q1"));
    assert_string_equal(dec_text(a, all[0].value), "100");
    arena_free(a);
}

struct run_case {
    const char *what, *measure, *figures, *targets, *overrides, *asked;
    int running;
};

static void test_how_long_it_was_off_target(void **state)
{
    (void)state;
    static const struct run_case cases[] = {
        {"on target", "number quarter sum higher rule=MET", "2013-14-Q4 9", "2013-14-Q4 9", NULL,
         "2013-14-Q4", 0},
        {"once", "number quarter sum higher rule=MET", "2013-14-Q3 9, 2013-14-Q4 8",
         "2013-14-Q3 9, 2013-14-Q4 9", NULL, "2013-14-Q4", 1},
        {"three quarters running, over the turn of the year", "number quarter sum higher rule=MET",
         "2012-13-Q3 9, 2012-13-Q4 8, 2013-14-Q1 8, 2013-14-Q2 8",
         "2012-13-Q3 9, 2012-13-Q4 9, 2013-14-Q1 9, 2013-14-Q2 9", NULL, "2013-14-Q2", 3},
        {"a missing quarter ends the run", "number quarter sum higher rule=MET",
         "2012-13-Q4 8, 2013-14-Q2 8", "2012-13-Q4 9, 2013-14-Q1 9, 2013-14-Q2 9", NULL,
         "2013-14-Q2", 1},
        {"a judgement ends the run", "number quarter sum higher rule=MET",
         "2012-13-Q4 8, 2013-14-Q1 8, 2013-14-Q2 8", "2012-13-Q4 9, 2013-14-Q1 9, 2013-14-Q2 9",
         "2013-14-Q1 slightly_off", "2013-14-Q2", 1},
        {"a judgement lengthens the run", "number quarter sum higher rule=MET",
         "2013-14-Q1 9, 2013-14-Q2 8", "2013-14-Q1 9, 2013-14-Q2 9", "2013-14-Q1 off_target",
         "2013-14-Q2", 2},
        {"an annual figure carried counts years", "number year none higher rule=MET",
         "2010-11-FY 9, 2011-12-FY 8, 2012-13-FY 8", "2010-11-FY 9, 2011-12-FY 9, 2012-13-FY 9",
         NULL, "2013-14-Q2", 2},
        {"quarters made of months count quarters", "number month sum higher rule=MET",
         "2013-04 1, 2013-05 1, 2013-06 1, 2013-07 1, 2013-08 1, 2013-09 1",
         "2013-14-Q1 9, 2013-14-Q2 9", NULL, "2013-14-Q2", 2},
        {"figures now and then", "number other none higher rule=MET",
         "2008_2010 9, 2009_2011 8, 2012_2014 8", "2008_2010 9, 2009_2011 9, 2012_2014 9", NULL,
         "2014-15-Q4", 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct run_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2015-05-15");
        struct measure *m = add_measure(c, "M", k->measure);
        set_figures(c, m, "", k->figures, k->targets);
        if (k->overrides != NULL) {
            set_overrides(c, m, k->overrides);
        }
        struct reading r = reading_of(c, m, &m->series[0], period_named(k->asked));
        int running = reading_off_running(c, &r);
        if (running != k->running) {
            fail_msg("%s: %d running, not %d", k->what, running, k->running);
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_of_the_very_period),
        cmocka_unit_test(test_months_made_into_quarters),
        cmocka_unit_test(test_missing_months),
        cmocka_unit_test(test_cumulative_measures),
        cmocka_unit_test(test_annual_measures_between_their_figures),
        cmocka_unit_test(test_what_stands_for_a_figure),
        cmocka_unit_test(test_targets_and_rules),
        cmocka_unit_test(test_what_is_told_with_it),
        cmocka_unit_test(test_direction_of_travel),
        cmocka_unit_test(test_an_override_stands_beside_what_was_computed),
        cmocka_unit_test(test_parts_have_their_own_figures_and_targets),
        cmocka_unit_test(test_how_long_it_was_off_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
