// Where a council stands among others: rank, what it cannot be told apart from, the group as a
// whole, age and coverage, and that nothing is said of too few. Intervals are Wilson's and Byar's,
// worked out apart from the engine.
#include "fixture_reading.h"

#include <string.h>

#include "fixture_engine.h"
#include "view/words_comparison.h"

static const char PERCENT[] = "percent year ratio higher decimals=1";
static const char LOWER[] = "percent year ratio lower decimals=1";
static const char NEITHER[] = "percent year ratio none decimals=1";
static const char RATE[] = "rate year ratio lower decimals=1 per=1000";
static const char DAYS[] = "days year none lower decimals=0";
static const char SMALL[] = "percent year ratio higher decimals=1 small=5";

// Ash [82.6, 94.5], Birch [73.9, 85.0], Cedar [68.6, 80.5], Elm [50.2, 69.1], Fir [30.9, 49.8]: in
// all 500 of 700.
static const char FIVE[] = "Ash 2013-14-FY 90/100; Birch 2013-14-FY 160/200; Cedar 2013-14-FY "
                           "150/200; Elm 2013-14-FY 60/100; Fir 2013-14-FY 40/100";
static const char BARE[] = "Ash 2013-14-FY 90; Birch 2013-14-FY 80; Cedar 2013-14-FY 75; Elm "
                           "2013-14-FY 60; Fir 2013-14-FY 40";

static const struct {
    const char *measure, *own, *others, *page; // page: the period it is about
    const char *sentence, *group, *coverage, *caution;
} cases[] = {
    // [63.3, 75.9] overlaps Birch, Cedar and Elm, and holds the whole group's 71.4.
    {PERCENT, "2013-14-FY 140/200", FIVE, "2013-14-Q4",
     "70.0% in 2013/14: 4th of 6, and cannot be told apart from 2nd to 5th.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); the difference is no more "
     "than chance would make.",
     "The figures are of 2013/14; all 5 others in the group reported.", NULL},
    // [95.3, 99.2] overlaps nobody.
    {PERCENT, "2013-14-FY 196/200", FIVE, "2014-15-Q2",
     "98.0% in 2013/14: 1st of 6, and can be told apart from all the others.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); ours is better, by more than "
     "chance would make.",
     "The figures are of 2013/14, which ended 6 months before 2014/15 Q2 did; all 5 others in the "
     "group reported.",
     NULL},
    // The same figure where lower is better: last, and worse.
    {LOWER, "2013-14-FY 196/200", FIVE, "2013-14-Q4",
     "98.0% in 2013/14: 6th of 6, and can be told apart from all the others.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); ours is worse, by more than "
     "chance would make.",
     "The figures are of 2013/14; all 5 others in the group reported.", NULL},
    // Of two cases nothing can be told: [9.5, 90.5].
    {PERCENT, "2013-14-FY 1/2", FIVE, "2013-14-Q4",
     "50.0% in 2013/14: 5th of 6, and cannot be told apart from any of the others.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); the difference is no more "
     "than chance would make.",
     "The figures are of 2013/14; all 5 others in the group reported.", NULL},
    {NEITHER, "2013-14-FY 140/200", FIVE, "2013-14-Q4",
     "70.0% in 2013/14: 4th from the highest of 6, and cannot be told apart from 2nd to 5th.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); the difference is no more "
     "than chance would make.",
     "The figures are of 2013/14; all 5 others in the group reported.",
     "Neither high nor low is good here: the order is from high to low."},
    // Without numerators and denominators: no interval, no band; the distance from the median 75 is
    // 5, a third of the median distance 15.
    {PERCENT, "2013-14-FY 70", BARE, "2013-14-Q4", "70.0% in 2013/14: 4th of 6.",
     "The median of the group: 75.0%; ours is broadly similar.",
     "The figures are of 2013/14; all 5 others in the group reported.",
     "How far chance moves these figures cannot be told, so a difference of a few places may mean "
     "nothing."},
    // One without parts: the group as a whole cannot be summed, and its figure stands alone.
    {PERCENT, "2013-14-FY 140/200",
     "Ash 2013-14-FY 90; Birch 2013-14-FY 160/200; Cedar 2013-14-FY 150/200", "2013-14-Q4",
     "70.0% in 2013/14: 4th of 4, and cannot be told apart from 2nd to 4th.",
     "The median of the group: 80.0%; ours is worse, by more than chance would make.",
     "The figures are of 2013/14; all 3 others in the group reported.",
     "How far chance moves a figure can be told of 3 of the 4; the others stand as if they were "
     "certain."},
    // Ours alone without parts: beside the median, and no band.
    {PERCENT, "2013-14-FY 60", FIVE, "2013-14-Q4", "60.0% in 2013/14: joint 4th of 6.",
     "The group as a whole: 71.4% (the median of its members: 75.0%); beside that median ours is "
     "slightly worse.",
     "The figures are of 2013/14; all 5 others in the group reported.",
     "How far chance moves a figure can be told of 5 of the 6; the others stand as if they were "
     "certain."},
    // Equal as shown shares a rank: 79.96 is 80.0, like Birch.
    {PERCENT, "2013-14-FY 79.96", BARE, "2013-14-Q4", "80.0% in 2013/14: joint 2nd of 6.",
     "The median of the group: 75.0%; ours is broadly similar.",
     "The figures are of 2013/14; all 5 others in the group reported.",
     "How far chance moves these figures cannot be told, so a difference of a few places may mean "
     "nothing."},
    // Rates: 9 of 1,000 is [4.1, 17.1] exactly, 30 of 1,000 [20.2, 42.8] and 60 [45.8, 77.2] by
    // Byar; ours, 20, is [12.2, 30.9].
    {RATE, "2013-14-FY 20/1000",
     "Ash 2013-14-FY 9/1000; Birch 2013-14-FY 30/1000; Cedar 2013-14-FY 60/1000", "2013-14-Q4",
     "20.0 per 1,000 in 2013/14: 2nd of 4, and cannot be told apart from 1st to 3rd.",
     "The group as a whole: 33.0 per 1,000 (the median of its members: 30.0 per 1,000); ours is "
     "better, by more than chance would make.",
     "The figures are of 2013/14; all 3 others in the group reported.", NULL},
    // The latest year has two figures only: the year before is compared, and said to be older. Our
    // figure is of that year, too, though there is a later one.
    {DAYS, "2012-13-FY 20, 2013-14-FY 5",
     "Ash 2012-13-FY 10, 2013-14-FY 9; Birch 2012-13-FY 30, 2013-14-FY *; Cedar 2012-13-FY 30; Elm "
     "2013-14-FY 8",
     "2013-14-Q4", "20 days in 2012/13: 2nd of 4.",
     // All differ from the median by nought but one: there is no distance to tell.
     "The median of the group: 30 days.",
     "The figures are of 2012/13, which ended 12 months before 2013/14 Q4 did; 3 of the 4 others "
     "in the group reported.",
     "How far chance moves these figures cannot be told, so a difference of a few places may mean "
     "nothing."},
    // We have a figure, but none of their year.
    {DAYS, "2013-14-FY 5", "Ash 2012-13-FY 10; Birch 2012-13-FY 20; Cedar 2012-13-FY 40",
     "2013-14-Q4", "We have no figure for 2012/13, so we have no place among the others.",
     "The median of the group: 20 days.",
     "The figures are of 2012/13, which ended 12 months before 2013/14 Q4 did; all 3 others in the "
     "group reported.",
     "How far chance moves these figures cannot be told, so a difference of a few places may mean "
     "nothing."},
    // Two others are too few for anything.
    {PERCENT, "2013-14-FY 140/200",
     "Ash 2013-14-FY 90/100; Birch 2013-14-FY 160/200; Cedar "
     "2013-14-FY *",
     "2013-14-Q4",
     "Too few to compare: of 3 others in the group 2 have a figure for 2013/14 that can be shown, "
     "and it takes 3.",
     NULL, "The figures are of 2013/14; 2 of the 3 others in the group reported.", NULL},
    // Small numbers are told of nobody: Ash's 3 cases are left out, and ours.
    {SMALL, "2013-14-FY 4/200",
     "Ash 2013-14-FY 3/100; Birch 2013-14-FY 160/200; Cedar 2013-14-FY 150/200; Elm 2013-14-FY "
     "60/100",
     "2013-14-Q4",
     "Our figure for 2013/14 is too small a number to show, so we have no place among the others.",
     "The group as a whole: 74.0% (the median of its members: 75.0%).",
     "The figures are of 2013/14; 3 of the 4 others in the group reported.", NULL},
};

struct made {
    struct council *council;
    struct measure *measure;
};

// "Ash 2013-14-FY 1/2, 2014-15-FY 3; Birch ..." as a group of their own.
static struct made make(struct arena *a, const char *measure, const char *own, const char *others)
{
    struct council *c = council_of(a, "2014-11-01");
    struct made made = {c, add_measure(c, "M", measure)};
    set_figures(c, made.measure, "", own, "");
    const char *members = "";
    for (const char *at = others; *at != '\0';) {
        size_t name = strcspn(at, " ");
        const char *who = arena_textn(a, at, name);
        members =
            arena_printf(a, "%s%s%s %s Town", members, members[0] == '\0' ? "" : ", ", who, who);
        at += strcspn(at, ";");
        at += strspn(at, "; ");
    }
    give_group(c, "near", members);
    for (const char *at = others; *at != '\0';) {
        size_t name = strcspn(at, " "), length = strcspn(at, ";");
        give_comparisons(c, "M", arena_textn(a, at, name),
                         arena_textn(a, at + name + 1, length - name - 1));
        at += length;
        at += strspn(at, "; ");
    }
    return made;
}

static int differs(const char *what, const char *found, const char *expected, size_t at)
{
    const char *x = found == NULL ? "(none)" : found, *y = expected == NULL ? "(none)" : expected;
    if (strcmp(x, y) == 0) {
        return 0;
    }
    print_error("case %zu, %s:\n  found    %s\n  expected %s\n", at, what, x, y);
    return 1;
}

static void what_is_said(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct made x = make(a, cases[i].measure, cases[i].own, cases[i].others);
        struct period page = period_named(cases[i].page);
        const struct standing *s = NULL;
        assert_int_equal(standings_of(x.council, x.measure, page, a, &s), 1);
        faults +=
            differs("sentence", words_standing(a, x.council, x.measure, s), cases[i].sentence, i);
        faults += differs("group", words_standing_group(a, x.measure, s), cases[i].group, i);
        faults += differs("coverage", words_standing_coverage(a, x.council, s, page),
                          cases[i].coverage, i);
        faults += differs("caution", words_standing_caution(a, x.measure, s), cases[i].caution, i);
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// "1st Ash Town 90.0% (82.6% to 94.5%) 1st to 2nd, Better": one row as the table has it.
static const char *row_text(struct arena *a, const struct made *x, const struct standing *s,
                            const struct standing_row *r)
{
    const char *rank = words_rank(a, s, r), *interval = words_interval(a, x->measure, r);
    const char *band = words_band(a, r), *verdict = words_verdict(x->measure, r);
    return arena_printf(a, "%s %s %s (%s) %s %s", rank == NULL ? "-" : rank, r->name,
                        words_standing_figure(a, x->measure, r), interval == NULL ? "-" : interval,
                        band == NULL ? "-" : band, verdict == NULL ? "-" : verdict);
}

static void the_rows(void **state)
{
    static const struct {
        const char *measure, *own, *others, *rows[7];
    } tables[] = {
        {PERCENT,
         "2013-14-FY 140/200",
         "Ash 2013-14-FY 90/100; Birch 2013-14-FY 160/200; Cedar 2013-14-FY 150/200; Elm "
         "2013-14-FY *; Fir 2012-13-FY 4",
         {"1st Ash Town 90.0% (82.6% to 94.5%) 1st to 2nd Better",
          "2nd Birch Town 80.0% (73.9% to 85.0%) 1st to 4th Similar",
          "3rd Cedar Town 75.0% (68.6% to 80.5%) 2nd to 4th Similar",
          "4th Town Council 70.0% (63.3% to 75.9%) 2nd to 4th Worse",
          "- Elm Town Suppressed (-) - -", "- Fir Town No figure (-) - -", NULL}},
        // Lower is better, without parts: the median is 40, the median distance 20.
        {DAYS,
         "2013-14-FY 40",
         "Ash 2013-14-FY 20; Birch 2013-14-FY 29; Cedar 2013-14-FY 40; Elm 2013-14-FY 70; Fir "
         "2013-14-FY 200",
         {"1st Ash Town 20 days (-) - Slightly better",
          "2nd Birch Town 29 days (-) - Slightly better",
          "=3rd Cedar Town 40 days (-) - Broadly similar",
          "=3rd Town Council 40 days (-) - Broadly similar", "5th Elm Town 70 days (-) - Worse",
          "6th Fir Town 200 days (-) - Far worse", NULL}},
        // Too few: no rank and no word, of anybody.
        {DAYS,
         "2013-14-FY 40",
         "Ash 2013-14-FY 20; Birch 2013-14-FY 29",
         {"- Ash Town 20 days (-) - -", "- Birch Town 29 days (-) - -",
          "- Town Council 40 days (-) - -", NULL}},
    };
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct arena *a = arena_new(0);
        struct made x = make(a, tables[i].measure, tables[i].own, tables[i].others);
        x.council->name = "Town Council";
        const struct standing *s = NULL;
        assert_int_equal(standings_of(x.council, x.measure, period_named("2013-14-Q4"), a, &s), 1);
        for (size_t k = 0; k < s->row_count; k++) {
            faults += differs("row", row_text(a, &x, s, &s->rows[k]), tables[i].rows[k], k);
        }
        assert_null(tables[i].rows[s->row_count]);
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// No lines of fewer than five, no median of fewer than three, nothing where no other reported.
static void never_from_too_few(void **state)
{
    (void)state;
    static const char *const names[] = {"Ash", "Birch", "Cedar", "Elm", "Fir", "Gum"};
    for (size_t n = 0; n <= COUNT_OF(names); n++) {
        struct arena *a = arena_new(0);
        const char *others = "";
        for (size_t i = 0; i < COUNT_OF(names); i++) {
            others = arena_printf(a, "%s%s%s 2013-14-FY %s", others, i == 0 ? "" : "; ", names[i],
                                  i < n ? arena_printf(a, "%zu/100", 20 + 10 * i) : "*");
        }
        struct made x = make(a, PERCENT, "2013-14-FY 55/100", others);
        const struct standing *s = NULL;
        size_t made = standings_of(x.council, x.measure, period_named("2013-14-Q4"), a, &s);
        assert_int_equal(made, n == 0 ? 0 : 1);
        if (made == 1) {
            assert_int_equal(s->reported, n);
            assert_int_equal(s->enough, n >= 3);
            assert_int_equal(s->own->rank > 0, n >= 3);
            assert_int_equal(s->own->band.best > 0, n >= 3);
            assert_int_equal(s->own->verdict != VERDICT_NONE, n >= 3);
            assert_int_equal(s->middle.median == s->middle.median, n >= 3);
            assert_int_equal(s->benchmark.value == s->benchmark.value, n >= 3);
            assert_int_equal(s->middle.quartile_1 == s->middle.quartile_1, n >= 5);
            assert_int_equal(words_standing_short(a, x.council, x.measure, s) != NULL, n >= 3);
        }
        arena_free(a);
    }
}

// Parts that do not come to the figure beside them (of other years, of other people) say nothing of
// its chance; a figure that was only rounded keeps its interval.
static void parts_of_the_figure(void **state)
{
    static const struct {
        const char *value, *interval;
    } figures[] = {
        {"70", "63.3% to 75.9%"},
        {"70.4", NULL},
        {"69.9", "63.3% to 75.9%"},
        {"60", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        struct arena *a = arena_new(0);
        struct made x = make(a, PERCENT, "2013-14-FY 140/200", FIVE);
        struct figure *own = (struct figure *)(uintptr_t)x.measure->series[0].figures;
        own->value = dec_named(figures[i].value);
        const struct standing *s = NULL;
        assert_int_equal(standings_of(x.council, x.measure, period_named("2013-14-Q4"), a, &s), 1);
        assert_int_equal(
            differs(figures[i].value, words_interval(a, x.measure, s->own), figures[i].interval, i),
            0);
        arena_free(a);
    }
}

static void in_one_line(void **state)
{
    static const struct {
        const char *measure, *own, *others, *text;
    } lines[] = {
        {PERCENT, "2013-14-FY 140/200", FIVE,
         "4th of 6 (cannot be told apart from 2nd to 5th), 2013/14"},
        {PERCENT, "2013-14-FY 70", BARE, "4th of 6 (beside their median broadly similar), 2013/14"},
        {DAYS, "2013-14-FY 5", "Ash 2013-14-FY 7; Birch 2013-14-FY 7; Cedar 2013-14-FY 7",
         "1st of 4 (how far chance moves it cannot be told), 2013/14"},
        {PERCENT, "2012-13-FY 70", BARE, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct arena *a = arena_new(0);
        struct made x = make(a, lines[i].measure, lines[i].own, lines[i].others);
        const struct standing *s = NULL;
        assert_int_equal(standings_of(x.council, x.measure, period_named("2013-14-Q4"), a, &s), 1);
        assert_int_equal(
            differs("line", words_standing_short(a, x.council, x.measure, s), lines[i].text, i), 0);
        arena_free(a);
    }
}

static void ordinals(void **state)
{
    static const struct {
        size_t n;
        const char *text;
    } words[] = {{1, "1st"},   {2, "2nd"},   {3, "3rd"},     {4, "4th"},     {10, "10th"},
                 {11, "11th"}, {12, "12th"}, {13, "13th"},   {21, "21st"},   {22, "22nd"},
                 {33, "33rd"}, {40, "40th"}, {111, "111th"}, {112, "112th"}, {121, "121st"}};
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        assert_string_equal(words_ordinal(a, words[i].n), words[i].text);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said),       cmocka_unit_test(the_rows),
        cmocka_unit_test(never_from_too_few), cmocka_unit_test(parts_of_the_figure),
        cmocka_unit_test(in_one_line),        cmocka_unit_test(ordinals),
    };
    return cmocka_run_group_tests_name("standing", tests, NULL, NULL);
}
