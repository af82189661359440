// Scores from a goal and a red flag, from a band, and their roll-up.
#include "doubles_fixture.h"
#include "engine/score.h"

static void test_goal_and_red_flag(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double goal, red_flag, value, score;
        enum score_colour colour;
    } cases[] = {
        {"at the goal two thirds", 90, 60, 90, 20.0 / 3, SCORE_GREEN},
        {"at the red flag one third, and yellow still", 90, 60, 60, 10.0 / 3, SCORE_YELLOW},
        {"between them", 90, 60, 75, 5, SCORE_YELLOW},
        {"just worse than the red flag", 90, 60, 59.999, 10 * (59.999 - 30) / 90, SCORE_RED},
        {"as far under the red flag as the goal is above it: nought", 90, 60, 30, 0, SCORE_RED},
        {"further down it stays at nought", 90, 60, -50, 0, SCORE_RED},
        {"as far above the goal: ten", 90, 60, 120, 10, SCORE_GREEN},
        {"further up it stays at ten", 90, 60, 500, 10, SCORE_GREEN},
        {"lower is better: at the goal", 5, 10, 5, 20.0 / 3, SCORE_GREEN},
        {"lower is better: at the red flag", 5, 10, 10, 10.0 / 3, SCORE_YELLOW},
        {"lower is better: beyond the red flag", 5, 10, 12.5, 10.0 * 2.5 / 15, SCORE_RED},
        {"lower is better: far under the goal", 5, 10, -3, 10, SCORE_GREEN},
        {"through nought", 10, -10, 0, 5, SCORE_YELLOW},
        {"the goal is the red flag: not defined", 5, 5, 5, GAP, SCORE_COLOUR_NONE},
        {"no figure", 90, 60, GAP, GAP, SCORE_COLOUR_NONE},
        {"no goal", GAP, 60, 70, GAP, SCORE_COLOUR_NONE},
        {"no red flag", 90, GAP, 70, GAP, SCORE_COLOUR_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double score = score_goal(cases[i].goal, cases[i].red_flag, cases[i].value);
        enum score_colour colour =
            score_goal_colour(cases[i].goal, cases[i].red_flag, cases[i].value);
        if (!is_near(score, cases[i].score) || colour != cases[i].colour) {
            fail_msg("%s: %.17g, %s", cases[i].what, score, score_colour_code(colour));
        }
    }
    assert_string_equal(score_colour_code(SCORE_GREEN), "green");
    assert_string_equal(score_colour_code(SCORE_YELLOW), "yellow");
    assert_string_equal(score_colour_code(SCORE_RED), "red");
    assert_string_equal(score_colour_code(SCORE_COLOUR_NONE), "");
}

static void test_band(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double lower, upper, tolerance, value, score;
    } cases[] = {
        {"inside", 70, 80, 5, 75, 10},
        {"on its lower end", 70, 80, 5, 70, 10},
        {"on its upper end", 70, 80, 5, 80, 10},
        {"half a tolerance below", 70, 80, 5, 67.5, 5},
        {"a fifth of a tolerance above", 70, 80, 5, 81, 8},
        {"a whole tolerance outside", 70, 80, 5, 85, 0},
        {"further outside", 70, 80, 5, 5, 0},
        {"no tolerance: outside is nought", 70, 80, 0, 80.1, 0},
        {"no tolerance: on the end is inside", 70, 80, 0, 80, 10},
        {"a band of one point", 70, 70, 5, 71, 8},
        {"the wrong way round", 80, 70, 5, 75, GAP},
        {"a tolerance below nought", 70, 80, -1, 75, GAP},
        {"no figure", 70, 80, 5, GAP, GAP},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double score =
            score_band(cases[i].lower, cases[i].upper, cases[i].tolerance, cases[i].value);
        if (!is_near(score, cases[i].score)) {
            fail_msg("%s: %.17g", cases[i].what, score);
        }
    }
}

static void test_roll_up(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double scores[5], weights[5];
        size_t count;
        bool has_weights;
        struct score_rollup expected;
    } cases[] = {
        {"all alike", {2, 4, 9}, {0}, 3, false, {5, 5, 1, 3, 0}},
        {"by weight", {2, 10}, {3, 1}, 2, true, {4, 4, 1, 2, 0}},
        {"one is missing: weights made to add up again",
         {2, GAP, 10},
         {2, 4, 2},
         3,
         true,
         {6, 6, 0.5, 2, 0}},
        {"half is covered: just enough", {GAP, 8}, {0}, 2, false, {8, 8, 0.5, 1, 1}},
        {"less than half is covered: no score",
         {GAP, GAP, 8},
         {0},
         3,
         false,
         {GAP, 8, 1.0 / 3, 1, 2}},
        {"nothing is scored", {GAP, GAP}, {0}, 2, false, {GAP, GAP, 0, 0, SIZE_MAX}},
        {"no children", {0}, {0}, 0, false, {GAP, GAP, GAP, 0, SIZE_MAX}},
        {"no weight at all", {3, 4}, {0, 0}, 2, true, {GAP, GAP, GAP, 2, 0}},
        {"a missing weight counts as nought", {3, 4}, {GAP, 2}, 2, true, {4, 4, 1, 2, 0}},
        {"of two worst the first", {9, 1, 1}, {0}, 3, false, {11.0 / 3, 11.0 / 3, 1, 3, 1}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct score_rollup r = score_roll_up(
            cases[i].scores, cases[i].has_weights ? cases[i].weights : NULL, cases[i].count);
        const struct score_rollup *x = &cases[i].expected;
        if (!is_near(r.score, x->score) || !is_near(r.mean, x->mean) ||
            !is_near(r.coverage, x->coverage) || r.scored != x->scored || r.worst != x->worst) {
            fail_msg("%s: %.17g, mean %.17g, coverage %.17g, %zu scored, worst %zu", cases[i].what,
                     r.score, r.mean, r.coverage, r.scored, r.worst);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goal_and_red_flag),
        cmocka_unit_test(test_band),
        cmocka_unit_test(test_roll_up),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
