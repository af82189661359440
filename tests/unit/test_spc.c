// Statistical process control in cases an officer can read: figures in, one letter a point out.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/spc.h"

enum { POINTS_MAX = 64 };

// One letter a type, in the order of enum spc_type: a gap, common, above, below, increasing,
// decreasing, two in three high and low, shift high and low.
static const char LETTERS[] = ".cABIDTtSs";

// "5 6 - 7 | 8": figures, a gap, a step change before the 8.
struct chart {
    double values[POINTS_MAX];
    bool starts[POINTS_MAX];
    size_t count, segments;
    struct spc_how how;
    struct spc_segment segment[POINTS_MAX];
    struct spc_point point[POINTS_MAX];
};

static void draw(struct chart *c, const char *figures, const struct spc_how *how)
{
    *c = (struct chart){.how = *how};
    for (const char *at = figures; *at != '\0';) {
        if (*at == ' ') {
            at++;
        } else if (*at == '|') {
            c->starts[c->count] = true;
            at++;
        } else if (*at == '-' && (at[1] == ' ' || at[1] == '\0')) {
            c->values[c->count++] = NAN;
            at++;
        } else {
            char *end;
            c->values[c->count++] = strtod(at, &end);
            assert_true(end != at);
            at = end;
        }
        assert_true(c->count < POINTS_MAX);
    }
    assert_int_equal(spc_segments(c->values, c->starts, c->count),
                     spc_evaluate(c->values, c->starts, c->count, &c->how, c->segment, c->point));
    c->segments = spc_segments(c->values, c->starts, c->count);
}

static struct spc_summary summary_of(const struct chart *c, struct spc_target target)
{
    return spc_summarise(c->segment, c->segments, c->point, c->values, c->count, &c->how, &target);
}

struct rule_case {
    const char *what;
    enum spc_profile profile;
    const char *figures; // the first four set the limits: average 5, m = 2, -0.32 to 10.32, near
                         // limits 1.453 to 8.547
    const char *types;   // one letter a row
};

static const struct rule_case RULE_CASES[] = {
    {"beyond a limit", SPC_MDC, "6 4 6 4 10.4 5 -0.4", "ccccAcB"},
    {"seven in a row above the average", SPC_MDC, "6 4 6 4 6 7 6 7 6 7 6 4", "ccccSSSSSSSc"},
    {"six are not enough", SPC_MDC, "6 4 6 4 6 7 6 7 6 7 4", "ccccccccccc"},
    {"each further one counts", SPC_MDC, "6 4 6 4 3 4 3 4 3 4 3 4 3 6", "cccssssssssssc"},
    {"a point on the average breaks a run", SPC_MDC, "6 4 6 4 6 7 6 5 7 6 7 6", "cccccccccccc"},
    {"seven rising in a row", SPC_MDC, "6 4 6 4 4 4.2 4.4 4.6 4.8 5.2 5.4", "ccccIIIIIII"},
    {"seven falling in a row", SPC_MDC, "6 4 6 4 6 5.8 5.6 5.2 4.8 4.6 4.4", "ccccDDDDDDD"},
    {"a tie breaks a trend", SPC_MDC, "6 4 6 4 4 4.4 4.8 5.2 5.2 5.6 6 6.4", "cccccccccccc"},
    {"a peak is of the trend after it, and a trend goes before a run", SPC_MDC,
     "6 4 6 4 4 4.5 5.5 6 6.5 7 7.5 7 6.5 6 5.5 4.5 4", "ccccIIIIIIDDDDDDD"},
    {"trends that meet in a tie keep their own ways", SPC_MDC,
     "6 4 6 4 4 4.5 5.5 6 6.5 7 7.5 7.5 7 6.5 6 5.5 4.5 4", "ccccIIIIIIIDDDDDDD"},
    {"two of three beyond the near limit, the third is not marked", SPC_MDC, "6 4 6 4 9 6 9 4",
     "ccccTcTc"},
    {"two of three below", SPC_MDC, "4 6 4 6 1 1 4 6", "ccccttcc"},
    {"the third on the other side: no", SPC_MDC, "6 4 6 4 9 4 9 4", "cccccccc"},
    {"a point beyond the limit counts in mdc", SPC_MDC, "6 4 6 4 11 9 6 4", "ccccATcc"},
    {"but not in the R package", SPC_PLOTTHEDOTS, "6 4 6 4 11 9 6 4", "ccccAccc"},
    {"a run goes on over one missing period", SPC_MDC, "6 4 6 4 6 7 6 - 7 6 7 6 4",
     "ccccSSS.SSSSc"},
    {"but not over two", SPC_MDC, "6 4 6 4 6 7 6 - - 7 6 7 6 4", "ccccccc..ccccc"},
    {"a trend goes on over one missing period", SPC_MDC, "6 4 6 4 4 4.2 4.4 - 4.6 4.8 5.2 5.4",
     "ccccIII.IIII"},
    {"but not over two", SPC_MDC, "6 4 6 4 4 4.2 4.4 - - 4.6 4.8 5.2 5.4", "ccccccc..cccc"},
    {"three in a row may have one gap each", SPC_MDC, "6 4 6 4 9 - 6 - 9 4", "ccccT.c.Tc"},
    {"but not two", SPC_MDC, "6 4 6 4 9 - - 6 9 4", "ccccc..ccc"},
    {"nothing is carried over a step change", SPC_MDC, "6 4 6 4 6 7 6 | 7 6 7 6", "ccccccccccc"},
};
static void test_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(RULE_CASES); i++) {
        const struct rule_case *k = &RULE_CASES[i];
        struct spc_how how = spc_how_default(k->profile);
        how.fix_after = 4;
        struct chart c;
        draw(&c, k->figures, &how);
        assert_true(c.segment[0].mean == 5 && c.segment[0].moving_range == 2);
        char types[POINTS_MAX + 1] = "";
        for (size_t p = 0; p < c.count; p++) {
            types[p] = LETTERS[c.point[p].type];
        }
        if (strcmp(types, k->types) != 0) {
            fail_msg("%s: expected %s, got %s (mean %g, %g to %g)", k->what, k->types, types,
                     c.segment[0].mean, c.segment[0].lower, c.segment[0].upper);
        }
    }
}

struct limits_case {
    const char *what;
    bool screen;
    const char *figures;
    double mean, moving_range; // of the latest segment
    bool fell_back;
};

static const struct limits_case LIMITS_CASES[] = {
    {"moving ranges 2, 2, 4", false, "6 4 6 2", 4.5, 8 / 3.0, false},
    {"one missing period is bridged", false, "6 4 - 6 2", 4.5, 8 / 3.0, false},
    {"two are not: the step from 4 to 6 is left out", false, "6 4 - - 6 2", 4.5, 3, false},
    {"nor is a step change", false, "100 90 100 | 6 4 6 2", 4.5, 8 / 3.0, false},
    {"a step change on a gap starts at the next point", false, "100 90 | - 6 4 6 2", 4.5, 8 / 3.0,
     false},
    {"screening leaves the jump out", true, "1 2 1 2 1 2 1 2 1 30", 4.3, 1, false},
    {"without, it counts", false, "1 2 1 2 1 2 1 2 1 30", 4.3, 37 / 9.0, false},
    {"screening that leaves nothing uses all", true, "0 0 0 0 0 0 0 0 10 0", 1, 20 / 9.0, true},
    {"all equal: nothing to screen, and nothing to say", true, "7 7 7 7 7", 7, 0, false},
    {"a figure that no sum of halves reaches", false, "0.1 0.1 0.1", 0.1, 0, false},
};

static void test_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(LIMITS_CASES); i++) {
        const struct limits_case *k = &LIMITS_CASES[i];
        struct spc_how how = spc_how_default(SPC_MDC);
        how.screen = k->screen;
        struct chart c;
        draw(&c, k->figures, &how);
        const struct spc_segment *s = &c.segment[c.segments - 1];
        if (fabs(s->mean - k->mean) > 1e-15 || fabs(s->moving_range - k->moving_range) > 1e-15 ||
            s->screen_fell_back != k->fell_back) {
            fail_msg("%s: mean %.17g, m %.17g", k->what, s->mean, s->moving_range);
        }
        assert_true(s->lower == s->mean - 2.66 * s->moving_range);
        assert_true(s->upper == s->mean + 2.66 * s->moving_range);
        assert_true(s->near_lower == s->mean - 2 * (2.66 / 3) * s->moving_range);
        assert_true(s->near_upper == s->mean + 2 * (2.66 / 3) * s->moving_range);
    }
}

static void test_on_the_limit_is_inside(void **state)
{
    (void)state;
    struct spc_how how = spc_how_default(SPC_MDC);
    how.fix_after = 4;
    struct chart c;
    draw(&c, "6 4 6 4 5 5", &how);
    c.values[4] = c.segment[0].upper;
    c.values[5] = nextafter(c.segment[0].upper, INFINITY);
    (void)spc_evaluate(c.values, NULL, c.count, &how, c.segment, c.point);
    assert_int_equal(c.point[4].flags & SPC_OUTSIDE, 0);
    assert_int_equal(c.point[5].flags & SPC_OUTSIDE, SPC_OUTSIDE);
}

// A mean that is out by its last bit would put each of these beside the average instead of on it.
static void test_points_on_the_average(void **state)
{
    (void)state;
    struct spc_how how = spc_how_default(SPC_MDC);
    struct chart c;
    draw(&c, "0.3 0.1 0.5 0.3 0.2 0.4 0.3", &how);
    assert_true(c.segment[0].mean == 0.3);
    draw(&c, "1e16 1 -1e16 7 1 7 1 7", &how);
    assert_true(c.segment[0].mean == 3);
}

struct variation_case {
    const char *what;
    enum spc_profile profile;
    enum improvement improvement;
    const char *figures; // the last point is the one judged; limits as in RULE_CASES
    enum variation variation;
};

// Falling, and all above the average of 5.
#define FALLING_ABOVE "6 4 6 4 8.5 8 7.5 7 6.5 6 5.5"

static const struct variation_case VARIATION_CASES[] = {
    {"nothing fired", SPC_MDC, IMPROVEMENT_INCREASE, "6 4 6 4 5", VARIATION_COMMON_CAUSE},
    {"high where higher is better", SPC_MDC, IMPROVEMENT_INCREASE, "6 4 6 4 11",
     VARIATION_IMPROVEMENT_HIGH},
    {"high where lower is better", SPC_MDC, IMPROVEMENT_DECREASE, "6 4 6 4 11",
     VARIATION_CONCERN_HIGH},
    {"high without a good direction", SPC_MDC, IMPROVEMENT_NEUTRAL, "6 4 6 4 11",
     VARIATION_NEUTRAL_HIGH},
    {"low where higher is better", SPC_MDC, IMPROVEMENT_INCREASE, "6 4 6 4 -1",
     VARIATION_CONCERN_LOW},
    {"low where lower is better", SPC_MDC, IMPROVEMENT_DECREASE, "6 4 6 4 -1",
     VARIATION_IMPROVEMENT_LOW},
    {"low without a good direction", SPC_MDC, IMPROVEMENT_NEUTRAL, "6 4 6 4 -1",
     VARIATION_NEUTRAL_LOW},
    {"mdc: improvement wins over the falling trend", SPC_MDC, IMPROVEMENT_INCREASE, FALLING_ABOVE,
     VARIATION_IMPROVEMENT_HIGH},
    {"mdc: and so it does the other way round", SPC_MDC, IMPROVEMENT_DECREASE, FALLING_ABOVE,
     VARIATION_IMPROVEMENT_LOW},
    {"without a good direction the trend decides", SPC_MDC, IMPROVEMENT_NEUTRAL, FALLING_ABOVE,
     VARIATION_NEUTRAL_LOW},
    {"the R package goes by the trend", SPC_PLOTTHEDOTS, IMPROVEMENT_INCREASE, FALLING_ABOVE,
     VARIATION_CONCERN_LOW},
};

static void test_variation(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(VARIATION_CASES); i++) {
        const struct variation_case *k = &VARIATION_CASES[i];
        struct spc_how how = spc_how_default(k->profile);
        how.fix_after = 4;
        how.enough = 2;
        how.improvement = k->improvement;
        struct chart c;
        draw(&c, k->figures, &how);
        struct spc_summary s = summary_of(&c, SPC_NO_TARGET);
        if (s.variation != k->variation) {
            fail_msg("%s: %s", k->what, variation_code(s.variation));
        }
        assert_int_equal(s.assurance, ASSURANCE_NONE);
        assert_int_equal(variation_is_improvement(s.variation),
                         strstr(variation_code(s.variation), "improvement") != NULL);
        assert_int_equal(variation_is_concern(s.variation),
                         strstr(variation_code(s.variation), "concern") != NULL);
    }
}

struct assurance_case {
    const char *what;
    double lower, upper;
    enum improvement improvement;
    struct spc_target target;
    enum assurance expected;
};

static const struct assurance_case ASSURANCE_CASES[] = {
    {"higher is better, target below the limits",
     60,
     80,
     IMPROVEMENT_INCREASE,
     {59, NAN, NAN},
     ASSURANCE_PASS},
    {"higher is better, target above them",
     60,
     80,
     IMPROVEMENT_INCREASE,
     {81, NAN, NAN},
     ASSURANCE_FAIL},
    {"between them", 60, 80, IMPROVEMENT_INCREASE, {70, NAN, NAN}, ASSURANCE_INCONSISTENT},
    {"on the lower limit", 60, 80, IMPROVEMENT_INCREASE, {60, NAN, NAN}, ASSURANCE_INCONSISTENT},
    {"on the upper limit", 60, 80, IMPROVEMENT_DECREASE, {80, NAN, NAN}, ASSURANCE_INCONSISTENT},
    {"lower is better, target above", 60, 80, IMPROVEMENT_DECREASE, {81, NAN, NAN}, ASSURANCE_PASS},
    {"lower is better, target below", 60, 80, IMPROVEMENT_DECREASE, {59, NAN, NAN}, ASSURANCE_FAIL},
    {"no good direction", 60, 80, IMPROVEMENT_NEUTRAL, {59, NAN, NAN}, ASSURANCE_NONE},
    {"no target", 60, 80, IMPROVEMENT_INCREASE, {NAN, NAN, NAN}, ASSURANCE_NONE},
    {"no limits", NAN, NAN, IMPROVEMENT_INCREASE, {59, NAN, NAN}, ASSURANCE_NONE},
    {"always 100, target 100", 100, 100, IMPROVEMENT_INCREASE, {100, NAN, NAN}, ASSURANCE_PASS},
    {"always 100, target 98", 100, 100, IMPROVEMENT_INCREASE, {98, NAN, NAN}, ASSURANCE_PASS},
    {"always 100, target 101", 100, 100, IMPROVEMENT_INCREASE, {101, NAN, NAN}, ASSURANCE_FAIL},
    {"always 100, no more than 99", 100, 100, IMPROVEMENT_DECREASE, {99, NAN, NAN}, ASSURANCE_FAIL},
    {"limits within the band", 60, 80, IMPROVEMENT_NEUTRAL, {NAN, 60, 80}, ASSURANCE_PASS},
    {"limits below the band", 60, 80, IMPROVEMENT_NEUTRAL, {NAN, 80.5, 90}, ASSURANCE_FAIL},
    {"limits above the band", 60, 80, IMPROVEMENT_NEUTRAL, {NAN, 40, 59}, ASSURANCE_FAIL},
    {"limits that touch the band",
     60,
     80,
     IMPROVEMENT_NEUTRAL,
     {NAN, 80, 90},
     ASSURANCE_INCONSISTENT},
    {"a band with one end", 60, 80, IMPROVEMENT_NEUTRAL, {NAN, 55, NAN}, ASSURANCE_PASS},
};

static void test_assurance(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ASSURANCE_CASES); i++) {
        const struct assurance_case *k = &ASSURANCE_CASES[i];
        struct spc_how how = spc_how_default(SPC_MDC);
        how.improvement = k->improvement;
        enum assurance a = spc_assurance(k->lower, k->upper, &how, &k->target);
        if (a != k->expected) {
            fail_msg("%s: %s", k->what, assurance_code(a));
        }
    }
}

struct enough_case {
    const char *what;
    enum spc_profile profile;
    const char *figures;
    size_t points, segments;
    enum spc_why why;
    bool is_trial, has_limits;
};

static const struct enough_case ENOUGH_CASES[] = {
    {"no row", SPC_MDC, "", 0, 0, SPC_NO_POINTS, false, false},
    {"only gaps", SPC_MDC, "- - -", 0, 1, SPC_NO_POINTS, false, false},
    {"a series of one", SPC_MDC, "- 5 -", 1, 1, SPC_ONE_POINT, false, false},
    {"two points", SPC_MDC, "5 6", 2, 1, SPC_TRIAL, true, true},
    {"two points, three periods apart", SPC_MDC, "5 - - 6", 2, 1, SPC_NO_RANGE, false, false},
    {"twelve are on trial", SPC_MDC, "5 6 5 6 5 6 - 5 6 5 6 5 6", 12, 1, SPC_TRIAL, true, true},
    {"thirteen are enough", SPC_MDC, "5 6 5 6 5 6 5 6 5 6 5 6 5", 13, 1, SPC_WHY_NOT, false, true},
    {"but not when the last segment has fewer", SPC_MDC, "5 6 5 6 5 6 5 6 5 6 5 6 5 | 9 8 9", 16, 2,
     SPC_TRIAL, true, true},
    {"the R package says from two", SPC_PLOTTHEDOTS, "5 6", 2, 1, SPC_WHY_NOT, true, true},
    {"but not of one", SPC_PLOTTHEDOTS, "5", 1, 1, SPC_ONE_POINT, false, false},
    {"no figure for two periods is near enough", SPC_MDC, "5 6 5 6 5 6 5 6 5 6 5 6 5 - -", 13, 1,
     SPC_WHY_NOT, false, true},
    {"for three it is out of date", SPC_MDC, "5 6 5 6 5 6 5 6 5 6 5 6 5 - - -", 13, 1,
     SPC_OUT_OF_DATE, false, true},
    {"a step change at the first point starts nothing new", SPC_MDC, "| 5 6", 2, 1, SPC_TRIAL, true,
     true},
    {"nor does one that no point follows", SPC_MDC, "5 6 | -", 2, 1, SPC_TRIAL, true, true},
    {"nor two for the same point", SPC_MDC, "5 6 | - | 7 8", 4, 2, SPC_TRIAL, true, true},
};

static void test_enough(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ENOUGH_CASES); i++) {
        const struct enough_case *k = &ENOUGH_CASES[i];
        struct spc_how how = spc_how_default(k->profile);
        how.improvement = IMPROVEMENT_INCREASE;
        struct chart c;
        draw(&c, k->figures, &how);
        struct spc_summary s = summary_of(&c, (struct spc_target){4, NAN, NAN});
        bool has_limits = isfinite(s.lower) && isfinite(s.upper);
        if (s.points != k->points || s.segments != k->segments || s.why != k->why ||
            s.is_trial != k->is_trial || has_limits != k->has_limits) {
            fail_msg("%s: %zu points, %zu segments, why %d", k->what, s.points, s.segments,
                     (int)s.why);
        }
        bool says = k->why == SPC_WHY_NOT;
        assert_int_equal(s.variation != VARIATION_NONE, says);
        assert_int_equal(s.assurance != ASSURANCE_NONE, says);
        for (size_t p = 0; !k->has_limits && p < c.count; p++) {
            assert_int_equal(c.point[p].flags, 0);
            assert_int_equal(c.point[p].variation, VARIATION_NONE);
        }
    }
}

static void test_gap_rows_have_their_place(void **state)
{
    (void)state;
    struct spc_how how = spc_how_default(SPC_MDC);
    struct chart c;
    draw(&c, "- 5 6 | - 7 - 8", &how);
    static const uint32_t segments[] = {0, 0, 0, 0, 1, 1, 1};
    for (size_t i = 0; i < c.count; i++) {
        assert_int_equal(c.point[i].segment, segments[i]);
        assert_int_equal(c.point[i].type == SPC_NO_TYPE, isnan(c.values[i]) != 0);
    }
    struct spc_summary s = summary_of(&c, SPC_NO_TARGET);
    assert_int_equal(s.latest, 6);
    assert_int_equal(s.missing_since, 0);
}

static void test_words(void **state)
{
    (void)state;
    enum improvement i = IMPROVEMENT_NEUTRAL;
    assert_true(improvement_from_text("decrease", &i));
    assert_int_equal(i, IMPROVEMENT_DECREASE);
    assert_false(improvement_from_text("down", &i));
    assert_string_equal(improvement_code(i), "decrease");
    enum spc_profile p = SPC_MDC;
    assert_true(spc_profile_from_text("plotthedots", &p));
    assert_int_equal(p, SPC_PLOTTHEDOTS);
    assert_false(spc_profile_from_text("excel", &p));
    assert_string_equal(spc_type_code(SPC_TWO_IN_THREE_LOW), "two_in_three_low");
    assert_string_equal(variation_code(VARIATION_NONE), "");
    assert_string_equal(assurance_code(ASSURANCE_INCONSISTENT), "inconsistent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_on_the_limit_is_inside),
        cmocka_unit_test(test_points_on_the_average),
        cmocka_unit_test(test_variation),
        cmocka_unit_test(test_assurance),
        cmocka_unit_test(test_enough),
        cmocka_unit_test(test_gap_rows_have_their_place),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests_name("spc", tests, NULL, NULL);
}
