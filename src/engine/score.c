#include "engine/score.h"

#include <math.h>

static double between(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static bool scale_is_told(double goal, double red_flag, double value)
{
    return isfinite(goal) && isfinite(red_flag) && isfinite(value) && goal != red_flag;
}

double score_goal(double goal, double red_flag, double value)
{
    if (!scale_is_told(goal, red_flag, value)) {
        return NAN;
    }
    double d = goal - red_flag;
    double score = 10 * (value - (red_flag - d)) / (3 * d);
    return isnan(score) ? NAN : between(score, 0, 10);
}

enum score_colour score_goal_colour(double goal, double red_flag, double value)
{
    if (!scale_is_told(goal, red_flag, value)) {
        return SCORE_COLOUR_NONE;
    }
    bool is_lower_better = goal < red_flag;
    if (is_lower_better ? value <= goal : value >= goal) {
        return SCORE_GREEN;
    }
    return (is_lower_better ? value > red_flag : value < red_flag) ? SCORE_RED : SCORE_YELLOW;
}

const char *score_colour_code(enum score_colour c)
{
    static const char *const codes[] = {
        [SCORE_COLOUR_NONE] = "",
        [SCORE_GREEN] = "green",
        [SCORE_YELLOW] = "yellow",
        [SCORE_RED] = "red",
    };
    return (size_t)c < COUNT_OF(codes) ? codes[c] : "";
}

double score_band(double lower, double upper, double tolerance, double value)
{
    if (!isfinite(lower) || !isfinite(upper) || !isfinite(tolerance) || !isfinite(value) ||
        lower > upper || tolerance < 0) {
        return NAN;
    }
    double outside = value < lower ? lower - value : value > upper ? value - upper : 0;
    if (outside == 0) {
        return 10;
    }
    return outside >= tolerance ? 0 : between(10 * (1 - outside / tolerance), 0, 10);
}

struct score_rollup score_roll_up(const double *scores, const double *weights, size_t count)
{
    struct score_rollup r = {NAN, NAN, NAN, 0, SIZE_MAX};
    long double all = 0;
    long double scored = 0;
    long double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights == NULL ? 1 : weights[i];
        weight = isfinite(weight) && weight > 0 ? weight : 0;
        all += weight;
        if (!isfinite(scores[i])) {
            continue;
        }
        r.scored++;
        scored += weight;
        sum += (long double)weight * scores[i];
        if (r.worst == SIZE_MAX || scores[i] < scores[r.worst]) {
            r.worst = i;
        }
    }
    if (all > 0) {
        r.coverage = (double)(scored / all);
    }
    if (scored > 0) {
        r.mean = (double)(sum / scored);
    }
    if (r.coverage >= SCORE_COVERAGE_LEAST) {
        r.score = r.mean;
    }
    return r;
}
