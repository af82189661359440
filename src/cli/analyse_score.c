#include <math.h>

#include "cli/analyse_job.h"
#include "engine/score.h"

enum { GOAL, RED_FLAG, VALUE };
enum { SCORE_10, SCORE_100, COLOUR };

static const char *const COLUMNS[] = {
    [GOAL] = "goal",
    [RED_FLAG] = "red_flag",
    [VALUE] = "value",
    NULL,
};

static bool score_row(struct analyse *j)
{
    double goal = NAN;
    double red_flag = NAN;
    double value = NAN;
    if (!analyse_double(j, GOAL, &goal) || !analyse_double(j, RED_FLAG, &red_flag) ||
        !analyse_double(j, VALUE, &value)) {
        return false;
    }
    if (goal == red_flag) {
        return analyse_fault(j, "%s is the same as %s; a score needs two figures that differ.",
                             analyse_shown(j, GOAL), analyse_shown(j, RED_FLAG));
    }
    double score = score_goal(goal, red_flag, value);
    j->results[SCORE_10] = analyse_double_text(j, score);
    j->results[SCORE_100] = analyse_double_text(j, 10 * score);
    j->results[COLOUR] = score_colour_code(score_goal_colour(goal, red_flag, value));
    return true;
}

static const char *const RESULTS[] = {"score_10", "score_100", "colour", NULL};
static const char *const OPTIONS[] = {"--decimals", NULL};

const struct analyse_method analyse_method_score = {
    .name = "score",
    .summary = "a score of 0 to 10 from a goal and a red flag",
    .columns = COLUMNS,
    .required = VALUE + 1,
    .results = RESULTS,
    .options = OPTIONS,
    .one_to_one = true,
    .row = score_row,
    .help =
        "goldthread analyse score [FILE]\n\n"
        "Scores each value between its goal and its red flag: 3.33 at the red flag, 6.67 at the\n"
        "goal, 10 as far beyond the goal as the two are apart, 0 as far beyond the red flag. A\n"
        "goal under the red flag means that lower is better.\n\n"
        "Columns\n"
        "  goal           where it should be\n"
        "  red_flag       where it must not be; not the same as the goal\n"
        "  value          the figure; blank: no score\n"
        "Adds\n"
        "  score_10       0 to 10\n"
        "  score_100      the same from 0 to 100\n"
        "  colour         green at the goal or better, red beyond the red flag, else yellow\n\n"
        "Example\n"
        "  printf 'goal,red_flag,value\\n90,60,81\\n5,10,4\\n' |\n"
        "    goldthread analyse score --decimals 1\n\n"
        "Options\n"
        "  --decimals N   rounds the scores; without it they read back to the same double\n",
};
